"""Markdown as HTML, which then goes the same way as captured HTML: through the builder and the gate."""

import functools
import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from beilin.text.characters import HAN_CHARACTER
from beilin.text.wrapping import is_hard_wrapped, width_of

MOST_UNMATCHED = 2000
"""Brackets that open nothing; the parser looks for the other half of each, and no text has so many."""

_BROKEN_LINE = re.compile(r"[^\n]{59,99}[A-Za-z,]")
"""Programs break Latin text at 60 to 100 characters, most lines inside a sentence."""


@functools.cache
def _parser() -> MarkdownIt:
    """CommonMark with tables, strikethrough and footnotes; raw HTML is let through, since the gate comes after."""
    parser = MarkdownIt("commonmark", {"html": True, "breaks": False})
    parser = parser.enable(["table", "strikethrough"]).use(footnote_plugin)
    parser.core.ruler.push("line_ends", _keep_line_ends)
    # the way back from a note is made where the notes are
    parser.add_render_rule("footnote_anchor", _write_nothing)
    return parser


@functools.cache
def _parser_without_links() -> MarkdownIt:
    return _parser.__wrapped__().disable(["link", "image", "footnote_inline", "footnote_ref"])


def markdown_to_html(text: str) -> str:
    """Untrusted HTML of a Markdown text; where it is all brackets, these stay text."""
    unmatched = text.count("[") - text.count("]") + max(text.count("](") - text.count(")"), 0)
    parser = _parser() if unmatched <= MOST_UNMATCHED else _parser_without_links()
    html: str = parser.render(text)
    return html


def _write_nothing(*_arguments: object) -> str:
    return ""


def _keep_line_ends(state: StateCore) -> None:
    """Makes line ends that an author typed line breaks; those at which a program broke long lines stay white space."""
    runs = [token.children for token in state.tokens if token.type == "inline" and token.children]
    several = [(run, lines) for run in runs if len(lines := _lines(run)) > 1]
    latin = _width([lines for _, lines in several if _is_latin(lines)])
    chinese = _width([lines for _, lines in several if not _is_latin(lines)])
    for run, lines in several:
        if not is_hard_wrapped(lines, latin if _is_latin(lines) else chinese):
            for token in run:
                if token.type == "softbreak":
                    token.type, token.tag = "hardbreak", "br"


def _is_latin(lines: Sequence[str]) -> bool:
    """Whether no line holds a Chinese character: a program breaks such lines at twice as many characters."""
    return not any(HAN_CHARACTER.search(line) for line in lines)


def _width(paragraphs: Sequence[Sequence[str]]) -> int:
    """The width at which a program broke paragraphs of one script; 0 if it did not."""
    return max(map(width_of, paragraphs), default=0) or max(
        (len(lines[0]) for lines in paragraphs if _BROKEN_LINE.fullmatch(lines[0])), default=0
    )


def _lines(run: Sequence[Token]) -> list[str]:
    """The text of each line of an inline run."""
    lines = [""]
    for token in run:
        if token.type in ("softbreak", "hardbreak"):
            lines.append("")
        else:
            lines[-1] += token.content
    return lines
