"""Marks of notes in a line of text, and the labels that name both a mark and its note."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

_CORE = r"\d{1,3}|[ivxlc]{1,6}"
_CIRCLED = "①-⑳㉑-㉟"
_BRACKETED = rf"[\[［〔【(（]\s*(?:[注註]\s*)?(?P<label>{_CORE})\s*[\]］〕】)）]"
_ENCLOSED = re.compile(rf"{_BRACKETED}|(?P<circled>[{_CIRCLED}])|[注註]\s*(?P<noted>\d{{1,3}})", re.IGNORECASE)
_BARE = re.compile(r"\d{1,3}|\*{1,3}|[†‡]")
_LEADING = re.compile(
    rf"\s*(?:{_ENCLOSED.pattern}|(?P<numbered>\d{{1,3}})(?:[.．、:：]\s*(?!\d)|\s+(?=\S))|(?P<starred>\*{{1,3}}|[†‡]))",
    re.IGNORECASE,
)
_PIECES = re.compile(
    r"<(?P<skipped>code|pre)\b.*?</(?P=skipped)>"
    r"|<a (?P<attributes>[^>]*)>(?P<words>.*?)</a>"
    r"|(?P<before>[^<>]{0,3})<sup>(?P<raised>.*?)</sup>"
    r"|<[^>]*>"
    rf"|(?P<text>\[\d{{1,3}}\]|[{_CIRCLED}])",
    re.DOTALL,
)
_LINE_START = re.compile(r"(?:\A|<(?:br|p|li|td|th|blockquote)>)(?:<[^/][^>]*>|\s)*\Z")
_SEVERAL = re.compile(r"\[\d{1,3}\]")
_TAG = re.compile("<[^>]*>")
_HREF = re.compile(r'href="(?:[^"#]*)#(?P<fragment>[^"]+)"')
_NOTE_FRAGMENT = re.compile(r"_?(?:ftn|edn|fn|footnote|endnote)[-_:]?(?P<back>ref)?[-_:]?\d+", re.IGNORECASE)
_EXPONENT = re.compile(r"[\d.)\]]$|(?:^|[^A-Za-z])[A-Za-zα-ωΑ-Ω²³]{1,2}$")
"""What stands before a power or a unit's exponent, and before a mark only in rare cases: 10, m, km, χ."""


class Form(StrEnum):
    """How a mark is written, the surest first."""

    LINK = "link"
    """A link to a footnote, by its name, on the page where the text first stood."""
    RAISED = "raised"
    """Raised and enclosed: `<sup>[1]</sup>`, `<sup>①</sup>`."""
    BARE = "bare"
    """Raised alone, as powers are: `<sup>1</sup>`."""
    TEXT = "text"
    """`[1]` or `①` in the line, as programs print it and lists count."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What looks like the mark of a note."""

    label: str
    """Without its brackets: `1`, `iv`, `①`, `*`."""
    form: Form
    start: int
    end: int
    """Of what becomes the link, in the block's markup."""
    words: str
    """Markup of the link's words."""


def marks_in(html: str) -> Iterator[Mark]:
    """Everything in a block's markup that may be the mark of a note and has no link on this page."""
    for piece in _PIECES.finditer(html):
        if piece["attributes"] is not None:
            label = label_of(piece["words"])
            if label and note_fragment(piece["attributes"]) == "there":
                yield Mark(label, Form.LINK, piece.start(), piece.end(), piece["words"])
        elif piece["raised"] is not None:
            yield from _raised(piece)
        elif piece["text"] and not _LINE_START.search(html, max(piece.start() - 80, 0), piece.start()):
            yield Mark(piece["text"].strip("[]"), Form.TEXT, piece.start(), piece.end(), piece["text"])


def _raised(piece: re.Match[str]) -> Iterator[Mark]:
    words, start = piece["raised"], piece.start("raised")
    if "<a " in words:
        for mark in marks_in(words):
            if mark.form is Form.LINK:
                yield Mark(mark.label, mark.form, start + mark.start, start + mark.end, mark.words)
        return
    text = plain(words)
    if _ENCLOSED.fullmatch(text):
        yield Mark(label_of(words), Form.RAISED, start, piece.end("raised"), words)
    elif _BARE.fullmatch(text):
        if not _EXPONENT.search(piece["before"]):
            yield Mark(text, Form.BARE, start, piece.end("raised"), words)
    elif "<" not in words and _SEVERAL.sub("", text).strip(" ,，、") == "":
        for one in _SEVERAL.finditer(words):
            yield Mark(one[0].strip("[]"), Form.RAISED, start + one.start(), start + one.end(), one[0])


def label_of(words: str) -> str:
    """The label that `words` (markup) are, without its brackets; empty if they are none."""
    text = plain(words)
    if match := _ENCLOSED.fullmatch(text):
        return _label(match)
    return text if _BARE.fullmatch(text) else ""


def leading_label(html: str) -> str:
    """The label that a note (markup) begins with; empty if it has none."""
    match = _LEADING.match(plain(html))
    return "" if match is None else match["numbered"] or match["starred"] or _label(match)


def note_fragment(attributes: str) -> str:
    """Where a link leads by the name of its goal: `there`, to a footnote, or `back`, to its mark; empty if neither."""
    href = _HREF.search(attributes)
    match = href and _NOTE_FRAGMENT.fullmatch(href["fragment"])
    if not match:
        return ""
    return "back" if match["back"] else "there"


def is_circled(label: str) -> bool:
    """Whether `label` is a number in a circle, which lists are counted with too."""
    return re.fullmatch(f"[{_CIRCLED}]", label) is not None


def plain(html: str) -> str:
    """The words of some markup."""
    return unescape(_TAG.sub("", html)).strip()


def _label(match: re.Match[str]) -> str:
    return (match["label"] or match["circled"] or match["noted"]).lower()
