"""Drawn formulas that kept no TeX, as TeX: read from their MathML or from the shapes of their letters."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from beilin.text.characters import is_blank, one_line

DEEPEST = 40
"""Levels; a formula in print has ten at most."""
_TEX = re.compile(r"tex\b", re.IGNORECASE)
_FORMS = {
    "mfrac": (2, r"\frac{{{0}}}{{{1}}}"),
    "mover": (2, r"\overset{{{1}}}{{{0}}}"),
    "mroot": (2, r"\sqrt[{1}]{{{0}}}"),
    "msub": (2, "{0}_{{{1}}}"),
    "msubsup": (3, "{0}_{{{1}}}^{{{2}}}"),
    "msup": (2, "{0}^{{{1}}}"),
    "munder": (2, r"\underset{{{1}}}{{{0}}}"),
    "munderover": (3, "{0}_{{{1}}}^{{{2}}}"),
}
"""How many children an element of MathML has, and how TeX writes what their order says."""
_SEQUENCES = {
    "msqrt": (r"\sqrt{", "", "}"),
    "mtable": (r"\begin{matrix}", r" \\ ", r"\end{matrix}"),
    "mtr": ("", " & ", ""),
}
_TOKENS = frozenset(("mi", "mn", "mo", "ms", "mtext"))
_UNREAD = frozenset(("annotation", "annotation-xml", "mprescripts", "mspace", "none"))
_CODE = re.compile(r"(?:^|\s)mjx-c(?P<code>[0-9A-F]{2,5})(?:\s|$)")


def of_mathml(node: LexborNode) -> str:
    """The TeX of the formula in `node`: its annotation, its alternative text, else what its MathML says."""
    for annotation in node.css("annotation"):
        if _TEX.search(annotation.attributes.get("encoding") or ""):
            return annotation.text() or ""
    math = node if node.tag in ("math", "semantics") else node.css_first("math")
    if math is None:
        return one_line(node.text(separator=" ") or "") or of_glyphs(node)
    alternative = math.attributes.get("alttext") or ""
    return alternative if not is_blank(alternative) else _written(math, DEEPEST)


def of_glyphs(node: LexborNode) -> str:
    """The characters that MathJax drew as shapes, each of which names its code point."""
    codes: list[str] = []
    for shape in node.css("[data-c]"):
        codes.append(shape.attributes.get("data-c") or "")
    if not codes:
        for shape in node.css("mjx-c[class]"):
            if match := _CODE.search(shape.attributes.get("class") or ""):
                codes.append(match["code"])
    return "".join(_character(code) for code in codes)


def _character(code: str) -> str:
    if not re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) or int(code, 16) > 0x10FFFF:
        return ""
    character = chr(int(code, 16))
    return character if character.isprintable() else ""


def _written(node: LexborNode, levels: int) -> str:
    tag = node.tag or ""
    if levels == 0 or tag in _TOKENS:
        words = one_line(node.text(separator=" ") or "")
        return rf"\text{{{words}}}" if tag == "mtext" and words else words
    children = list(_elements(node))
    if tag == "semantics":
        children = children[:1]
    parts = [_written(child, levels - 1) for child in children]
    count, form = _FORMS.get(tag, (0, ""))
    if form and len(parts) == count:
        return form.format(*parts)
    start, between, end = _SEQUENCES.get(tag, ("", "", ""))
    return start + between.join(parts) + end


def _elements(node: LexborNode) -> Iterator[LexborNode]:
    return (child for child in node.iter(include_text=False) if child.tag not in _UNREAD)
