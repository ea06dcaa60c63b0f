"""Formulas as MathML: what a converter makes of their TeX, written anew through an allow-list."""

import functools
import re
from collections.abc import Iterator
from html import escape, unescape
from xml.etree.ElementTree import Element

from latex2mathml.converter import Converter

LONGEST = 2_000
"""Characters of TeX; the longest of real captures has 300."""
DEEPEST_BRACES = 24
LONGEST_CHAIN = 24
"""Commands in a row without anything between them."""
DEEPEST_TREE = 60
"""Levels of elements. The three bounds lie so far below what exhausts the converter's stack that it never decides."""

TOKENS = frozenset(("mi", "mn", "mo", "mtext"))
LAYOUT = frozenset(
    "menclose mfrac mmultiscripts mover mpadded mphantom mprescripts mroot mrow mspace msqrt mstyle msub msubsup msup "
    "mtable mtd mtr munder munderover none".split()
)
ELEMENTS = TOKENS | LAYOUT | {"math"}
ATTRIBUTES = frozenset(
    "accent accentunder columnalign columnlines columnspacing depth displaystyle fence form height linethickness "
    "lspace maxsize minsize movablelimits notation rowlines rowspacing rspace scriptlevel separator stretchy symmetric "
    "voffset width".split()
)
_LENGTH = r"-?[0-2]?(?:\.\d{1,3})?(?:em|ex|pt)?"
_WORD = "[a-z]{1,22}"
_VALUE = re.compile(rf"{_WORD}(?: {_WORD}){{0,19}}|{_LENGTH}(?: {_LENGTH}){{0,19}}")
"""Words, small numbers and small lengths: a formula may not lie over the text around it."""
_VARIANTS = {"normal": "normal", "bold": "bold", "bold-italic": "bold"}

_DEFINITIONS = re.compile(
    r"\\(?:def|let|(?:re)?new\w+|providecommand|Declare\w+|unicode|href|class|style|verb)(?![a-z])"
)
"""Commands that make other commands, which can grow without bound, or that speak to a browser."""
_CHAIN = re.compile(rf"(?:\\[A-Za-z]+\s*){{{LONGEST_CHAIN},}}")
_TEXT = re.compile(r"\\(?:text\w*|mbox|hbox|mathrm|operatorname)\s*\{[^{}]*\}")
_NOT_MATHEMATICAL = re.compile("[@㐀-䶿一-鿿豈-﫿　-〿！-｠]")
"""What stands in a formula only where an editor took two dollar signs in a text or a program for its borders."""
_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]{1,6});")
_COMMAND_LEFT = re.compile(r"\\[A-Za-z]")


class _UnfitError(Exception):
    """The tree holds something that is not written."""


@functools.lru_cache(maxsize=4096)
def mathml_of(tex: str, display: str) -> str | None:
    """`tex` as a `<math>` element, `display` being `inline` or `block`; None where it cannot be shown so.

    Its markup is made of known elements and attributes alone; what `tex` holds arrives as escaped text.
    """
    if not _is_convertible(tex):
        return None
    try:
        tree = Converter(display=display).convert_to_element(tex)
        inside = "".join(_write(child, DEEPEST_TREE) for child in tree)
    except Exception:  # of whatever kind: the converter fails on broken TeX in many ways
        return None
    attribute = ' display="block"' if display == "block" else ""
    return f"<math{attribute}>{inside}</math>"


def _is_convertible(tex: str) -> bool:
    if len(tex) > LONGEST or _DEFINITIONS.search(tex) or _CHAIN.search(tex):
        return False
    if _NOT_MATHEMATICAL.search(_TEXT.sub("", tex)):
        return False
    depth = deepest = 0
    for brace in re.findall(r"[{}]", tex):
        depth += 1 if brace == "{" else -1
        deepest = max(deepest, depth)
    return deepest <= DEEPEST_BRACES


def _write(element: Element, levels: int) -> str:
    name = element.tag
    if name not in ELEMENTS or levels == 0:
        raise _UnfitError
    text = ""
    if element.text:
        if name not in TOKENS:
            raise _UnfitError
        text = escape(_characters(element.text), quote=False)
    attributes = "".join(_attributes(element))
    inside = "".join(_write(child, levels - 1) for child in element)
    return f"<{name}{attributes}>{text}{inside}</{name}>"


def _attributes(element: Element) -> Iterator[str]:
    for name, value in sorted(element.attrib.items()):
        if name == "mathvariant":
            # browsers know no other value; the converter writes script and double-struck letters as such
            if variant := _VARIANTS.get(value):
                yield f' mathvariant="{variant}"'
        elif name in ATTRIBUTES and value and _VALUE.fullmatch(value):
            yield f' {name}="{value}"'


def _characters(text: str) -> str:
    """The text of a token; the converter names characters by references of its own."""
    characters = _REFERENCE.sub(lambda match: unescape(match[0]), text)
    # U+2061 to U+2064 are invisible operators
    if _COMMAND_LEFT.search(characters) or not all(
        character.isprintable() or character in "\u00a0\u2061\u2062\u2063\u2064\u2009\u2006" for character in characters
    ):
        raise _UnfitError
    return characters
