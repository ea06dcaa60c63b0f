"""Captured HTML as a tree, by a parser of the HTML standard."""

import re
from collections import Counter
from itertools import accumulate, islice

from selectolax.lexbor import LexborHTMLParser

from beilin.markup.tags import FUSED_TAG, PSEUDO_TAG, VOID

DEEPEST = 400
"""Elements deeper than this are closed early; the deepest real capture has 48 levels."""

_CUSTOM_END = re.compile(r"</([A-Za-z][\w.]*-[\w.-]*)\s*>")
_NAME = re.compile(r"/?([A-Za-z][\w.-]*)(?=[\s/>])")
UNNESTED = VOID | frozenset(
    "body caption colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr".split()
)
"""Elements whose end tag may be left out, so that many start tags in a row are not depth."""

_TAG_NAME = re.compile(r"(/?)([A-Za-z][\w:-]*)")
_TAG = re.compile(rf"<{_TAG_NAME.pattern}[^<>]*>")
LONGEST_TAG = 20_000
"""Characters; a longer tag holds a picture, or more attributes than the parser can compare with each other."""
MOST_ATTRIBUTES = 1000
_LONG_TAG = re.compile(rf"<([A-Za-z][^\s<>/]*)([^<>]{{{LONGEST_TAG},}})>")
_ATTRIBUTE = re.compile(r"""[^\s/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"']+))?""")
FORMATTING = frozenset("b big code em font i nobr s small strike strong tt u".split())
"""Elements that a parser opens again in every block until they are closed, but of equal ones three at the most."""
MOST_UNCLOSED = 50
"""Above it their attributes go, so that they are equal; only an attack leaves so many open."""
_FORMATTING_TAG = re.compile(rf"<({'|'.join(sorted(FORMATTING))})\s[^<>]*>", re.IGNORECASE)
_START = re.compile(r"<(/?[^\s/>]*[\s/>]?)")
"""What stands after a `<`, up to the first character that may end a name."""


def parse_html(html: str) -> LexborHTMLParser:
    """`html` (a fragment or a whole page) as a tree, every `<` that starts no known element kept as text."""
    if len(html) > 2 * LONGEST_TAG:
        html = _LONG_TAG.sub(_with_fewer_attributes, html)
    starts = _START.findall(html)
    # a page has some dozens of different starts of tags, most of them hundreds of times
    different = "".join(f"<{start}" for start in dict.fromkeys(starts))
    if FUSED_TAG.search(different) or PSEUDO_TAG.search(different):
        html = _mended(html)
        starts = _START.findall(html)
    if _unclosed(starts) > MOST_UNCLOSED:
        html = _FORMATTING_TAG.sub(r"<\1>", html)
    return LexborHTMLParser(_shallow(html) if _most_depth(starts) > DEEPEST else html)


def _unclosed(starts: list[str]) -> int:
    """How many more formatting elements begin than end."""
    return sum(
        _step(start) * number
        for start, number in Counter(starts).items()
        if (name := _TAG_NAME.match(start)) and name[2].lower() in FORMATTING
    )


def _with_fewer_attributes(tag: re.Match[str]) -> str:
    attributes = [attribute[0] for attribute in islice(_ATTRIBUTE.finditer(tag[2]), MOST_ATTRIBUTES + 1)]
    return tag[0] if len(attributes) <= MOST_ATTRIBUTES else f"<{tag[1]} {' '.join(attributes[:-1])}>"


def _mended(html: str) -> str:
    html = FUSED_TAG.sub(r"<\1 ", html)
    closed = frozenset(name.lower() for name in _CUSTOM_END.findall(html))
    if not closed:
        return PSEUDO_TAG.sub("&lt;", html)
    return PSEUDO_TAG.sub(lambda match: match[0] if _starts_one_of(closed, match) else "&lt;", html)


def _most_depth(starts: list[str]) -> int:
    """How deep the elements are nested at the most; less where some need no end tag."""
    steps = {start: _step(start) for start in dict.fromkeys(starts)}
    depths = list(accumulate(map(steps.__getitem__, starts), initial=0))
    return max(depth - least for depth, least in zip(depths, accumulate(depths, min), strict=True))


def _step(start: str) -> int:
    """By how much the depth may change where a tag begins with `start`."""
    name = _TAG_NAME.match(start)
    if name is None or name[2].lower() in UNNESTED:
        return 0
    return -1 if name[1] else 1


def _starts_one_of(names: frozenset[str], match: re.Match[str]) -> bool:
    """Whether the `<` starts or ends a custom element that the page also closes."""
    name = _NAME.match(match.string, match.end())
    return name is not None and name[1].lower() in names


def _shallow(html: str) -> str:
    """`html` without the tags of elements that are nested deeper than `DEEPEST`, which only an attack has."""
    depth = deepest = 0

    def descend(tag: re.Match[str]) -> str:
        nonlocal depth, deepest
        if tag[2].lower() in UNNESTED or tag[0].endswith("/>"):
            return tag[0]
        inside = depth + (not tag[1])
        depth = max(depth - 1, 0) if tag[1] else inside
        deepest = max(deepest, inside)
        return tag[0] if inside <= DEEPEST else ""

    cut = _TAG.sub(descend, html)
    return cut if deepest > DEEPEST else html
