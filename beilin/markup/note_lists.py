"""The notes at the end of a text: which of its blocks are notes, and under what label."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from beilin.markup.draft import DraftBlock
from beilin.markup.note_labels import leading_label
from beilin.model.article import BlockKind

_TITLE = re.compile(
    r"[\W_]*(?:\d+[.、]\s*)?(?:(?:主要)?(?:参考|參考|引用)(?:资料|資料|文献|文獻|书目|書目|来源|來源|资源|資源)?|注释|註釋|注釋|註释|注解|註解"
    r"|脚注|腳註|尾注|尾註|备注|備註|注|註|references?|notes?|footnotes?|endnotes?|bibliography|citations?)[\W_]*",
    re.IGNORECASE,
)
LONGEST_TITLE = 16
MOST_UNLABELLED = 3
"""Blocks without a label that may follow each other inside a list of notes: WeChat's editors put label, title and
address in a block each."""
_ITEM = re.compile(r"<(?P<end>/?)(?P<name>li|ul|ol)\b[^>]*>")
_PARAGRAPH = re.compile(r"<p>(?P<inside>.*?)</p>", re.DOTALL)
_START = re.compile(r'<ol(?: start="(?P<start>\d+)")?>')


@dataclass(frozen=True, slots=True)
class Note:
    """One note, and where in the blocks it stands."""

    index: int
    start: int
    end: int
    """Of its words in the block's markup."""


def notes_below_title(blocks: list[DraftBlock]) -> Mapping[str, Note]:
    """The notes of the last list of notes that has a title of its own, by label; empty if a label comes twice."""
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if _is_title(block) and (notes := _listed(blocks, index)):
            return notes
    return {}


def notes_at_the_end(blocks: list[DraftBlock]) -> Mapping[str, Note]:
    """The notes that end the text without a title, by label; up to three lines of credits may stand below them."""
    found: list[tuple[str, Note]] = []
    unlabelled = 0
    for index in range(len(blocks) - 1, -1, -1):
        lines = [(leading_label(_inside(blocks[index], span)), Note(index, *span)) for span in _spans(blocks[index])]
        if not lines or not lines[0][0]:
            unlabelled += 1
            if unlabelled > MOST_UNLABELLED:
                break
            continue
        labelled = [(label, note) for label, note in lines if label]
        if found and unlabelled and not _precedes(labelled[-1][0], found[0][0]):
            break
        found = labelled + found
        unlabelled = 0
    notes = dict(found)
    return notes if len(notes) == len(found) else {}


def _precedes(label: str, following: str) -> bool:
    return label.isdecimal() and following.isdecimal() and int(label) + 1 == int(following)


def note_of(blocks: list[DraftBlock], index: int, label: str) -> Note | None:
    """The note with `label` in one block; the whole block where none of its lines has that label."""
    spans = list(_spans(blocks[index]))
    for number, span in enumerate(spans):
        if _label(blocks[index], number, span) == label:
            return Note(index, *span)
    return Note(index, spans[0][0], spans[-1][1]) if spans else None


def _is_title(block: DraftBlock) -> bool:
    if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH):
        return False
    line, _, _ = block.text.partition("\n")
    return len(line) <= LONGEST_TITLE and _TITLE.fullmatch(line) is not None


def _listed(blocks: list[DraftBlock], title: int) -> Mapping[str, Note]:
    notes: dict[str, Note] = {}
    unlabelled = 0
    for index in range(title, len(blocks)):
        block = blocks[index]
        if index > title and (block.kind is BlockKind.HEADING or (block.kind is BlockKind.RULE and notes)):
            break
        found = False
        for number, span in enumerate(_spans(block)):
            label = _label(block, number, span)
            if not label or (index == title and number == 0):
                continue
            if label in notes:
                return {}
            notes[label] = Note(index, *span)
            found = True
        unlabelled = 0 if found else unlabelled + 1
        if unlabelled > MOST_UNLABELLED:
            break
    return notes


def _label(block: DraftBlock, number: int, span: tuple[int, int]) -> str:
    """The label of a line, or the number of an item in a numbered list."""
    own = leading_label(_inside(block, span))
    if not own and (start := _START.match(block.html)):
        return str(int(start["start"] or 1) + number)
    return own


def _inside(block: DraftBlock, span: tuple[int, int]) -> str:
    return block.html[span[0] : span[1]]


def _spans(block: DraftBlock) -> Iterator[tuple[int, int]]:
    """Where in its markup the lines of a block stand, or the items of a list."""
    if block.kind is BlockKind.LIST:
        yield from _items(block.html)
    elif block.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE):
        for paragraph in _PARAGRAPH.finditer(block.html):
            start = paragraph.start("inside")
            for line in paragraph["inside"].split("<br>"):
                yield start, start + len(line)
                start += len(line) + len("<br>")


def _items(html: str) -> Iterator[tuple[int, int]]:
    depth = start = 0
    for tag in _ITEM.finditer(html):
        if tag["name"] != "li":
            depth += -1 if tag["end"] else 1
        elif depth == 1 and not tag["end"]:
            start = tag.end()
        elif depth == 1:
            yield start, tag.start()
