"""Captured HTML as a tree, by a parser of the HTML standard."""

import re

from selectolax.lexbor import LexborHTMLParser

from beilin.markup.tags import FUSED_TAG, PSEUDO_TAG

DEEPEST = 400
"""Elements deeper than this are closed early; the deepest real capture has 48 levels."""

_CUSTOM_END = re.compile(r"</([A-Za-z][\w.]*-[\w.-]*)\s*>")
_NAME = re.compile(r"/?([A-Za-z][\w.-]*)(?=[\s/>])")
_TAG = re.compile(
    r"<(/?)(div|section|span|font|blockquote|ul|ol|li|b|i|em|strong|table|tbody|tr|td|a|p|center|article)\b[^>]*>", re.I
)


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
    """`html` without the start tags of containers that are nested deeper than `DEEPEST`, which only an attack has."""
    depth = deepest = 0
    for match in _TAG.finditer(html):
        depth += -1 if match[1] else 1
        deepest = max(deepest, depth)
    if deepest <= DEEPEST:
        return html
    depth = 0

    def close_early(match: re.Match[str]) -> str:
        nonlocal depth
        depth += -1 if match[1] else 1
        return match[0] if depth < DEEPEST else ""

    return _TAG.sub(close_early, html)
