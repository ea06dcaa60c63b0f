"""Code listings: every line kept, whatever the editor made of line breaks."""

import re
from dataclasses import dataclass
from html import escape

from selectolax.lexbor import LexborNode

from beilin.text.characters import HAN_CHARACTER, UNWANTED_CONTROLS

LANGUAGE_CLASS = re.compile(r"(?:^|\s)(?:lang(?:uage)?|highlight-source|brush:?)[-_ :]([A-Za-z0-9+#.-]{1,20})")
_LINE_ENDERS = frozenset(("p", "li", "section", "div", "tr"))
_MOSTLY_PROSE = 0.5
"""Share of Chinese characters from which a `<pre>` without any code element is prose in a box."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A code listing."""

    text: str
    """Its lines, joined by `\\n`, NBSP as spaces, zero-width characters kept."""
    language: str
    """As the page named it, lower-case; empty if it did not."""


def is_prose(node: LexborNode) -> bool:
    """Whether a `<pre>` is a box around pictures or paragraphs rather than a listing."""
    if node.css_first("code") is not None:
        return node.css_first("code img") is not None
    if node.css_first("img, table, h1, h2, h3, figure") is not None:
        return True
    text = re.sub(r"\s", "", node.text() or "")
    return (
        bool(text)
        and node.css_first("p, section") is not None
        and len(HAN_CHARACTER.findall(text)) > _MOSTLY_PROSE * len(text)
    )


def read_listing(node: LexborNode) -> Listing:
    """The listing in a `<pre>`: `<br>`, one `<code>` a line, and block children all end a line."""
    codes = [child for child in node.iter(include_text=False) if child.tag == "code"]
    by_element = len(codes) > 1
    parts: list[str] = []
    _collect(node, parts, ends_code_lines=by_element)
    text = UNWANTED_CONTROLS.sub("", "".join(parts)).replace("\u00a0", " ")
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return Listing("\n".join(lines), _language(node))


def _collect(root: LexborNode, parts: list[str], *, ends_code_lines: bool) -> None:
    """Depth first with a stack of its own; a marker on the stack ends the line after an element's children."""
    stack: list[LexborNode | None] = [root]
    while stack:
        node = stack.pop()
        if node is None:
            if parts and not parts[-1].endswith("\n"):
                parts.append("\n")
            continue
        if node.tag == "-text":
            parts.append(node.text_content or "")
            continue
        if node.tag == "br":
            parts.append("\n")
            continue
        if node is not root and (node.tag in _LINE_ENDERS or (ends_code_lines and node.tag == "code")):
            stack.append(None)
            if node.tag == "code" and not (node.text() or ""):
                parts.append("\n")
                continue
        children = list(node.iter(include_text=True))
        stack.extend(reversed(children))


def _language(node: LexborNode) -> str:
    for element in (node, *node.css("code")[:1]):
        attributes = element.attributes
        named = attributes.get("data-lang") or attributes.get("lang") or ""
        match = LANGUAGE_CLASS.search(attributes.get("class") or "")
        found = match[1] if match else named
        if re.fullmatch(r"[A-Za-z0-9+#.-]{1,20}", found):
            return found.lower()
    return ""


def write_listing(listing: Listing) -> str:
    """The listing's markup."""
    attribute = f' class="language-{escape(listing.language)}"' if listing.language else ""
    return f"<pre><code{attribute}>{escape(listing.text, quote=False)}</code></pre>"
