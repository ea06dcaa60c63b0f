"""Links inside a page: from a note's mark to the note and back, as links to the blocks that hold them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise

from beilin.markup.draft import DraftBlock
from beilin.markup.note_labels import Form, Mark, is_circled, label_of, marks_in, note_fragment
from beilin.markup.note_lists import Note, note_of, notes_at_the_end, notes_below_title
from beilin.model.article import BlockKind
from beilin.text.languages import language_of

_INSIDE_LINK = re.compile(r'<a href="#(?P<name>[^"]*)">(?P<words>.*?)</a>')
_RESOLVED = re.compile(r'<a class="note-mark" href="#p(?P<number>\d+)">(?P<words>.*?)</a>')
_LINK = re.compile(r"<a (?P<attributes>[^>]*)>(?P<words>.*?)</a>", re.DOTALL)
_HINTS = ("<sup>", 'class="note-mark"', "#_ftn", "#fn", "#_edn", "[1]", "①")
"""At least one of these stands on a page with notes."""
BACK = {"zh": "返回正文", "en": "Back to the text"}
"""What the way back from a note is called, for those who hear the page; it has no text of its own."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A mark, and the index of its block."""

    index: int
    mark: Mark


def resolve_anchors(blocks: list[DraftBlock]) -> list[DraftBlock]:
    """`blocks` with every link to a place on the page leading to the block that holds it, and notes linked both ways.

    Of links that lead nowhere the words stay. The text of no block changes.
    """
    places = {name: number for number, block in enumerate(blocks, 1) for name in block.anchors}

    def lead(match: re.Match[str]) -> str:
        number = places.get(match["name"])
        return f'<a class="note-mark" href="#p{number}">{match["words"]}</a>' if number else match["words"]

    resolved = [
        replace(block, html=_INSIDE_LINK.sub(lead, block.html)) if '<a href="#' in block.html else block
        for block in blocks
    ]
    if not any(hint in block.html for block in resolved for hint in _HINTS):
        return resolved
    return _both_ways(resolved)


def _both_ways(blocks: list[DraftBlock]) -> list[DraftBlock]:
    found = [
        _Place(index, mark)
        for index, block in enumerate(blocks)
        if block.kind is not BlockKind.CODE
        for mark in marks_in(block.html)
    ]
    notes, marks = _paired(blocks, found)
    ways_back = {note: (label, place.index) for label, note in notes.items() for place in _first(marks, label)}
    for index, label, note in _linked_by_page(blocks):
        ways_back.setdefault(note, (label, index))
    if not ways_back:
        return blocks
    language = language_of("\n".join(block.text for block in blocks if block.kind is not BlockKind.CODE), "zh")
    words = BACK["zh" if language.startswith("zh") else "en"]
    edits: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for place in marks:
        mark = place.mark
        edits[place.index].append((mark.start, mark.end, _link(notes[mark.label].index, mark.words)))
    for note, (label, index) in ways_back.items():
        edits[note.index].extend(_way_back(blocks[note.index].html, note, index, f"{words} {label}"))
    return [
        replace(block, html=_edited(block.html, edits[i])) if i in edits else block for i, block in enumerate(blocks)
    ]


def _link(index: int, words: str) -> str:
    return f'<a class="note-mark" href="#p{index + 1}">{words}</a>'


def _edited(html: str, edits: Iterable[tuple[int, int, str]]) -> str:
    for start, end, fresh in sorted(edits, reverse=True):
        html = html[:start] + fresh + html[end:]
    return html


def _first(marks: list[_Place], label: str) -> Iterator[_Place]:
    yield from [place for place in marks if place.mark.label == label][:1]


def _paired(blocks: list[DraftBlock], found: list[_Place]) -> tuple[Mapping[str, Note], list[_Place]]:
    """The notes of the page by label, and the marks that are surely theirs."""
    notes = notes_below_title(blocks)
    if notes:
        marks = _marks_before(found, notes)
        return notes, _certain(marks, notes)
    notes = notes_at_the_end(blocks)
    return notes, _certain(_marks_before(found, notes), notes)


def _marks_before(found: list[_Place], notes: Mapping[str, Note]) -> list[_Place]:
    """The marks that stand above the first note."""
    if not notes:
        return []
    first = min(note.index for note in notes.values())
    return [place for place in found if place.index < first]


def _certain(marks: list[_Place], notes: Mapping[str, Note]) -> list[_Place]:
    """Those of `marks` that the labels of `notes` prove, in the surest form that the page uses."""
    enclosed = [place for place in marks if place.mark.form in (Form.LINK, Form.RAISED)]
    if enclosed:
        having = [place for place in enclosed if place.mark.label in notes]
        return having if len(having) * 2 > len(enclosed) else []
    bare = [place for place in marks if place.mark.form is Form.BARE]
    if bare:
        return bare if _count_up(bare, notes) and bare[0].mark.label == next(iter(notes)) else []
    in_text = [place for place in marks if place.mark.form is Form.TEXT]
    if not any(is_circled(label) for label in notes):
        in_text = [place for place in in_text if not is_circled(place.mark.label)]
    return in_text if _count_up(in_text, notes) else []


def _count_up(marks: list[_Place], notes: Mapping[str, Note]) -> bool:
    """Whether labels appear as a text counts its notes: once each, in the order of the notes, and nearly all of them.

    Powers, the numbers of authors' institutes and the output of programs do not.
    """
    labels = [place.mark.label for place in marks]
    order = {label: number for number, label in enumerate(notes)}
    places = [order[label] for label in labels if label in order]
    is_ascending = all(before < after for before, after in pairwise(places))
    return len(places) == len(labels) and is_ascending and len(labels) * 4 >= len(notes) * 3


def _linked_by_page(blocks: list[DraftBlock]) -> Iterator[tuple[int, str, Note]]:
    """The page's own links from a mark to a note below it that has no link back: index of the mark, label, note."""
    for index, block in enumerate(blocks):
        if 'class="note-mark"' not in block.html:
            continue
        for link in _RESOLVED.finditer(block.html):
            target = int(link["number"]) - 1
            label = label_of(link["words"])
            if label and target > index and blocks[target].kind is not BlockKind.HEADING:
                note = note_of(blocks, target, label)
                if note is not None:
                    yield index, label, note


def _way_back(html: str, note: Note, index: int, words: str) -> Iterator[tuple[int, int, str]]:
    """The edits that lead a note back: its own link, where it has one to the page where it first stood, else ours."""
    own = html[note.start : note.end]
    for link in _LINK.finditer(own):
        if any(int(leads["number"]) <= note.index for leads in _RESOLVED.finditer(link[0])):
            return
        if note_fragment(link["attributes"]) == "back":
            yield note.start + link.start(), note.start + link.end(), _link(index, link["words"])
            return
    end = note.start + len(own.removesuffix("</p>"))
    yield end, end, f'<a class="note-back" href="#p{index + 1}" aria-label="{escape(words)}"></a>'
