"""Inline runs: text with the tags around it, cut into paragraphs and lines, and written anew."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from beilin.markup.pictures import Picture
from beilin.text.addresses import ADDRESS_IN_TEXT, address_in_text, without_tracking
from beilin.text.characters import UNWANTED_CONTROLS, is_blank
from beilin.text.spacing import ATOM, BREAK, MARK, normalise_spacing

OUTSIDE_LINK = 'class="outside" rel="noopener noreferrer nofollow"'
_TOKENS = re.compile(f"([{MARK}{ATOM}{BREAK}])")
_SAID_ONCE = frozenset(("code", "del", "em", "ins", "mark", "s", "strong", "u"))
"""Elements that inside each other mean no more than one of them; what is raised twice stands higher."""
_UNLINKED = frozenset(("a", "code", "kbd", "samp"))


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag of a kept inline element."""

    name: str
    attributes: str
    """Escaped and with a leading space, or empty; of a start tag."""
    is_end: bool


@dataclass(frozen=True, slots=True)
class Atom:
    """Something in the line that is not text: its markup, its text, and the picture if it is one."""

    html: str
    text: str
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph, its tags balanced."""

    html: str
    text: str
    pictures: tuple[tuple[Picture, str], ...]
    """The line's pictures, each with the start tag of the link around it, if there is one."""
    is_strong: bool
    """Whether all of its text is bold."""

    @property
    def is_empty(self) -> bool:
        return not self.pictures and is_blank(self.text)

    @property
    def has_only_pictures(self) -> bool:
        return bool(self.pictures) and is_blank(self.text)


class Run:
    """Collects an inline run in reading order; `lines` writes it out."""

    __slots__ = ("_items", "_pieces")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._items: list[Tag | Atom] = []

    def __bool__(self) -> bool:
        return bool(self._pieces)

    @property
    def begins_line(self) -> bool:
        """Whether no word stands yet on the line that is being collected."""
        for piece in reversed(self._pieces):
            if piece == BREAK:
                return True
            if piece not in (MARK, ATOM) and not is_blank(piece):
                return False
        return True

    def add_text(self, text: str) -> None:
        self._pieces.append(UNWANTED_CONTROLS.sub("", text))

    def open(self, name: str, attributes: str = "") -> None:
        self._pieces.append(MARK)
        self._items.append(Tag(name, attributes, is_end=False))

    def close(self, name: str) -> None:
        self._pieces.append(MARK)
        self._items.append(Tag(name, "", is_end=True))

    def add_break(self) -> None:
        self._pieces.append(BREAK)

    def add_atom(self, atom: Atom) -> None:
        self._pieces.append(ATOM)
        self._items.append(atom)

    def lines(self, *, keeps_invisible: bool = False) -> list[Line]:
        """The run's lines in order; an empty line stands between paragraphs."""
        text = normalise_spacing("".join(self._pieces), keeps_invisible=keeps_invisible)
        tokens = _TOKENS.split(text)
        items = iter(self._items)
        writer = _LineWriter()
        return list(writer.write(tokens, items))


class _LineWriter:
    """Writes tokens as balanced lines: what is open at a line's end is closed there and opened again on the next."""

    __slots__ = ("_bold", "_html", "_is_bold_only", "_open", "_pictures", "_text")

    def __init__(self) -> None:
        self._open: list[Tag] = []
        self._start()

    def _start(self) -> None:
        self._html: list[str] = []
        self._text: list[str] = []
        self._pictures: list[tuple[Picture, str]] = []
        self._is_bold_only = True
        for place, tag in enumerate(self._open):
            if not _is_repeated(tag, self._open[:place]):
                self._html.append(f"<{tag.name}{tag.attributes}>")

    def write(self, tokens: list[str], items: Iterator[Tag | Atom]) -> Iterator[Line]:
        for token in tokens:
            if token == BREAK:
                yield self._finish()
                self._start()
            elif token == MARK:
                item = next(items)
                assert isinstance(item, Tag)
                self._write_tag(item)
            elif token == ATOM:
                item = next(items)
                assert isinstance(item, Atom)
                self._write_atom(item)
            elif token:
                self._write_text(token)
        yield self._finish()

    def _write_text(self, text: str) -> None:
        if not self._text:
            text = text.lstrip(" \u3000")
            if not text:
                return
        self._text.append(text)
        names = {tag.name for tag in self._open}
        if "strong" not in names and not is_blank(text):
            self._is_bold_only = False
        if "://" in text and not names & _UNLINKED:
            self._html.append(_with_links(text))
        else:
            self._html.append(escape(text, quote=False))

    def _write_tag(self, tag: Tag) -> None:
        if not tag.is_end:
            again = f"</{tag.name}>"
            if _is_repeated(tag, self._open):
                pass
            elif self._html and self._html[-1] == again and not tag.attributes:
                self._html.pop()  # a word split over two elements of one kind
            else:
                self._html.append(f"<{tag.name}{tag.attributes}>")
            self._open.append(tag)
            return
        if not any(opened.name == tag.name for opened in self._open):
            return
        while self._open:
            opened = self._open.pop()
            self._end(opened)
            if opened.name == tag.name:
                break

    def _end(self, opened: Tag) -> None:
        start = f"<{opened.name}{opened.attributes}>"
        if _is_repeated(opened, self._open):
            return
        if self._html and self._html[-1] == start:
            self._html.pop()
        else:
            self._html.append(f"</{opened.name}>")

    def _write_atom(self, atom: Atom) -> None:
        if atom.picture is not None:
            link = next((f"<a{tag.attributes}>" for tag in self._open if tag.name == "a"), "")
            self._pictures.append((atom.picture, link))
        elif atom.text and not any(tag.name == "strong" for tag in self._open):
            self._is_bold_only = False
        self._html.append(atom.html)
        self._text.append(atom.text)

    def _finish(self) -> Line:
        reopened = list(self._open)
        while self._open:
            self._end(self._open.pop())
        self._open = reopened
        text = "".join(self._text)
        html = "".join(self._html)
        if text.endswith((" ", "\u3000")):
            text = text.rstrip(" \u3000")
            html = re.sub(r"[ \u3000]+((?:</\w+>)*)$", r"\1", html)
        return Line(html, text, tuple(self._pictures), self._is_bold_only and not is_blank(text))


def _is_repeated(tag: Tag, around: list[Tag]) -> bool:
    """Whether `tag` says only what an element of the same name among those `around` it says already."""
    return tag.name in _SAID_ONCE and any(outer.name == tag.name for outer in around)


def _with_links(text: str) -> str:
    """`text` escaped, its bare web addresses as links."""
    parts: list[str] = []
    position = 0
    for match in ADDRESS_IN_TEXT.finditer(text):
        address, rest = address_in_text(match[0])
        parts.append(escape(text[position : match.start()], quote=False))
        href = escape(without_tracking(address))
        parts.append(f'<a href="{href}" {OUTSIDE_LINK}>{escape(address, quote=False)}</a>{escape(rest, quote=False)}')
        position = match.end()
    parts.append(escape(text[position:], quote=False))
    return "".join(parts)


def paragraphs(lines: list[Line]) -> Iterator[list[Line]]:
    """Runs of lines with text, and each line that holds only pictures by itself."""
    current: list[Line] = []
    for line in lines:
        if line.is_empty or line.has_only_pictures:
            if current:
                yield current
            current = []
            if line.has_only_pictures:
                yield [line]
        else:
            current.append(line)
    if current:
        yield current
