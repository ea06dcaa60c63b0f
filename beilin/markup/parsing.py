"""Captured HTML as a tree, by a parser of the HTML standard."""

import re

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

_TAG = re.compile(r"<(/?)([a-z][\w:-]*)[^<>]*>", re.IGNORECASE)


def parse_html(html: str) -> LexborHTMLParser:
    """`html` (a fragment or a whole page) as a tree, every `<` that starts no known element kept as text."""
    html = FUSED_TAG.sub(r"<\1 ", html)
    closed = frozenset(name.lower() for name in _CUSTOM_END.findall(html))
    html = PSEUDO_TAG.sub(lambda match: match[0] if _starts_one_of(closed, match) else "&lt;", html)
    if html.count("<") > DEEPEST:
        html = _shallow(html)
    return LexborHTMLParser(html)


def _starts_one_of(names: frozenset[str], match: re.Match[str]) -> bool:
    """Whether the `<` starts or ends a custom element that the page also closes."""
    if not names:
        return False
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
