"""The line of author and date that some feeds put before the text: metadata, and no part of the article."""

import re
from dataclasses import dataclass

from beilin.markup.draft import DraftBlock
from beilin.model.article import BlockKind, Removal
from beilin.model.stamp import Stamp
from beilin.sources.claims import Origin
from beilin.sources.declaration import Source
from beilin.text.characters import one_line
from beilin.text.dates import parse_written_date

LONGEST = 80
_DAY_FIRST = re.compile(r"(\d{2})/(\d{2})/((?:19|20)\d\d)\s*-\s*\d{1,2}:\d{2}")
"""`27/10/2023 - 17:46`: how the French service prints dates; its clock is Paris, so only the day is taken."""
_PROGRAMS = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?|"
    r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:[A-Z]{3}|[+-]\d{4})"
)
"""Dates as programs write them, to the second; no text begins so."""
_UNZONED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?")
"""What writes the `T` of ISO 8601 means UTC: Reuters' feed left the `Z` out until late in 2020."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the opening line says."""

    published: Stamp | None = None
    authors: tuple[str, ...] = ()
    """As printed: perhaps several in one line."""
    removals: tuple[Removal, ...] = ()


def take_opening(blocks: list[DraftBlock], source: Source) -> tuple[list[DraftBlock], Opening]:
    """`blocks` without the opening line, if the first block is one: a date alone, or names and then a date."""
    if not blocks or blocks[0].kind is not BlockKind.PARAGRAPH or len(blocks[0].text) > LONGEST:
        return blocks, Opening()
    lines = [one_line(line) for line in blocks[0].text.split("\n") if line.strip()]
    if not lines or len(lines) > 2:
        return blocks, Opening()
    stamp = _stamp(lines[-1], source)
    if stamp is None:
        return blocks, Opening()
    names = lines[0] if len(lines) == 2 else ""
    removal = Removal("article.opening-line", one_line(blocks[0].text))
    return blocks[1:], Opening(stamp, (names,) if names else (), (removal,))


def _stamp(line: str, source: Source) -> Stamp | None:
    if match := _DAY_FIRST.fullmatch(line):
        return parse_written_date(f"{match[3]}-{match[2]}-{match[1]}", Origin.PAGE)
    if _UNZONED.fullmatch(line):
        return parse_written_date(f"{line}Z", Origin.PAGE)
    return parse_written_date(line, Origin.PAGE) if source.opening_date or _PROGRAMS.fullmatch(line) else None
