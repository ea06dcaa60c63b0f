"""Difference pages: what changed in one version of an article against the version before it in time."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from beilin.library.differences import Change, ChangeKind, compare
from beilin.library.wording import Fate, Segment, segments
from beilin.model.article import Block
from beilin.model.page import Page
from beilin.model.stamp import Stamp
from beilin.pages.moments import moment_of
from beilin.pages.places import article_folder, way
from beilin.pages.setting import Setting
from beilin.pages.views import ChangedBlock, DifferenceView, Link, Piece, Side, Stretch

LONGEST_SAME = 300
"""Characters of an unchanged run within a block; of a longer one only the ends are in sight."""
CONTEXT = 60
"""Characters that stay in sight at each end, and at most as many again up to the end of a clause."""

_CLAUSE_END = re.compile(r"[，。！？；：、,.!?;:\s”’」』）)]")


@dataclass(frozen=True, slots=True)
class ComparedVersion:
    """One of the two versions that are compared; plain data, for worker processes."""

    number: int
    stamp: Stamp | None
    """When it was captured, else published."""
    title: str
    lang: str
    blocks: tuple[Block, ...]


def difference_place(identifier: str, number: int) -> str:
    """Where the page lies that says what changed in version `number`."""
    return article_folder(identifier, number) + "changes/index.html"


def difference_page(identifier: str, old: ComparedVersion, new: ComparedVersion, setting: Setting) -> Page:
    """The page that leads from `old` to `new`, two versions of the article `identifier`."""
    here = difference_place(identifier, new.number)
    changes = compare([block.text for block in old.blocks], [block.text for block in new.blocks])
    kinds = Counter(change.kind for change in changes)
    titles = segments(old.title, new.title) if old.title != new.title else ()
    sides = (_side(identifier, old, here, setting), _side(identifier, new, here, setting))
    view = DifferenceView(
        id=identifier,
        title=new.title,
        lang=new.lang,
        article=way(here, article_folder(identifier) + "index.html"),
        old=sides[0],
        new=sides[1],
        edited=kinds[ChangeKind.EDITED],
        inserted=kinds[ChangeKind.INSERTED],
        removed=kinds[ChangeKind.REMOVED],
        moved=kinds[ChangeKind.MOVED],
        characters_inserted=_characters(changes, Fate.INSERTED),
        characters_removed=_characters(changes, Fate.REMOVED),
        titles=tuple(Piece(segment.fate.value, segment.text) for segment in titles),
        stretches=tuple(
            Stretch(is_unchanged, tuple(_block(change, (old, new), sides) for change in run))
            for is_unchanged, run in groupby(changes, lambda change: change.kind is ChangeKind.UNCHANGED)
        ),
    )
    title = f"{new.title} – {setting.words['changes']}"
    return Page(here, "difference.html", view, setting.frame(here, title, robots="noindex"))


def _side(identifier: str, version: ComparedVersion, here: str, setting: Setting) -> Side:
    href = way(here, article_folder(identifier, version.number) + "index.html")
    site = setting.site
    date = moment_of(version.stamp, timezone=site.timezone, language=site.language) if version.stamp else None
    return Side(version.number, href, date)


def _characters(changes: Sequence[Change], fate: Fate) -> int:
    texts = (segment.text for change in changes for segment in change.segments if segment.fate is fate)
    return sum(len("".join(text.split())) for text in texts)


def _block(change: Change, versions: tuple[ComparedVersion, ComparedVersion], sides: tuple[Side, Side]) -> ChangedBlock:
    old, new = (
        None if number is None else Link(f"{side.href}#p{number}", str(number))
        for number, side in zip((change.old, change.new), sides, strict=True)
    )
    version, number = (versions[0], change.old) if change.new is None else (versions[1], change.new)
    assert number is not None, "every change has a block in one version at least"
    is_whole = change.kind is ChangeKind.UNCHANGED
    pieces = _as_they_are(change.segments) if is_whole else _folded(change.segments)
    return ChangedBlock(change.kind.value, version.blocks[number - 1].lang, old, new, tuple(pieces))


def _as_they_are(run: Sequence[Segment]) -> Iterator[Piece]:
    return (Piece(segment.fate.value, segment.text) for segment in run)


def _folded(run: Sequence[Segment]) -> Iterator[Piece]:
    """The segments, the middles of long unchanged ones folded."""
    for index, segment in enumerate(run):
        text = segment.text
        if segment.fate is not Fate.SAME or len(text) <= LONGEST_SAME:
            yield Piece(segment.fate.value, text)
            continue
        end = _clause_end(text, CONTEXT)
        start = len(text) if index == len(run) - 1 else _clause_end(text, len(text) - 2 * CONTEXT)
        yield Piece(Fate.SAME.value, text[:end])
        yield Piece(Fate.SAME.value, text[end:start], folded=start - end)
        if start < len(text):
            yield Piece(Fate.SAME.value, text[start:])


def _clause_end(text: str, start: int) -> int:
    """Where a clause ends in the CONTEXT characters from `start`; `start` itself if none does."""
    found = _CLAUSE_END.search(text, start, start + CONTEXT)
    return found.end() if found else start
