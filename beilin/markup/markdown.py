"""Markdown as HTML, which then goes the same way as captured HTML: through the builder and the gate."""

import functools

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin


@functools.cache
def _parser() -> MarkdownIt:
    """CommonMark with tables, strikethrough and footnotes; raw HTML is let through, since the gate comes after."""
    parser = MarkdownIt("commonmark", {"html": True, "breaks": False})
    return parser.enable(["table", "strikethrough"]).use(footnote_plugin)


def markdown_to_html(text: str) -> str:
    """Untrusted HTML of a Markdown text."""
    html: str = _parser().render(text)
    return html
