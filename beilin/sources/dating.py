"""Deciding when an article was published: of several dates, which one, and which contradict it."""

import re
from collections.abc import Iterator
from datetime import date

from beilin.model.capture import Capture
from beilin.model.problem import Level, Problem
from beilin.model.site import Site
from beilin.model.stamp import Stamp
from beilin.sources.claims import Claims, Origin
from beilin.sources.declaration import Source
from beilin.text.dates import find_chinese_date

FIRST_BLOCKS = 4
"""Datelines and reporters stand in the first blocks with text."""
CLOCK_DAYS = 1
"""Two clocks, the newsroom's and the feed's, may be this far apart without contradiction."""

_RANKS = {
    Origin.DATELINE: 0,
    Origin.FIRST_LINES: 0,
    Origin.PAGE: 1,
    Origin.PAGE_HEAD: 1,
    Origin.URL: 2,
    Origin.FRONT_MATTER: 3,
}


def settle_dates(
    capture: Capture, source: Source, claims: Claims, texts: list[str], site: Site
) -> tuple[Stamp | None, list[Problem]]:
    """When the article was published, None if nothing says; and a warning for each date that contradicts it."""
    stamps = [
        *_dateline(source, texts),
        *claims.published[:1],
        *_address_date(source, claims.url),
        *claims.published[1:],
    ]
    stamps.sort(key=_rank)
    contradictions = list(_contradictions(capture, stamps, claims.captured, site))
    return (_precise(stamps, source, site) if stamps else None), contradictions


def _precise(stamps: list[Stamp], source: Source, site: Site) -> Stamp:
    """The first stamp, or where that is the bare day of an address, another that tells the moment on the same day."""
    believed = stamps[0]
    has_clock = source.url_date is not None and "clock" in source.url_date.groupindex
    if believed.origin == Origin.URL and not has_clock:
        for other in stamps[1:]:
            if len(other.iso) > len(believed.iso) and other.filed_under(site.timezone) == believed.iso:
                return other
    return believed


def _rank(stamp: Stamp) -> int:
    return _RANKS.get(Origin(stamp.origin), len(_RANKS))


def _dateline(source: Source, texts: list[str]) -> Iterator[Stamp]:
    if source.dateline is None:
        return
    for text in texts[:FIRST_BLOCKS]:
        match = source.dateline.search(text)
        if match and (stamp := find_chinese_date(match[0], Origin.DATELINE)):
            yield stamp
            return


def _address_date(source: Source, url: str | None) -> Iterator[Stamp]:
    match: re.Match[str] | None = source.url_date.search(url) if source.url_date and url else None
    if match is None:
        return
    year = match["year"] if len(match["year"]) == 4 else "20" + match["year"]
    try:
        yield Stamp(date(int(year), int(match["month"]), int(match["day"])).isoformat(), Origin.URL)
    except ValueError:
        return


def _contradictions(capture: Capture, stamps: list[Stamp], captured: Stamp | None, site: Site) -> Iterator[Problem]:
    def day(stamp: Stamp) -> date | None:
        filed = stamp.filed_under(site.timezone)
        return date.fromisoformat(filed) if len(filed) == 10 else None

    believed = stamps[0] if stamps else None
    if believed is None or (believed_day := day(believed)) is None:
        return
    for other in stamps[1:]:
        other_day = day(other)
        if other_day is not None and abs((believed_day - other_day).days) > CLOCK_DAYS:
            claims = f"the {believed.origin} says {believed.iso}, the {other.origin} {other.iso}"
            message = f"{claims}; the {believed.origin} was believed"
            yield Problem(Level.WARNING, "date-contradiction", capture.path, 1, message)
    if captured is not None and (captured_day := day(captured)) and (believed_day - captured_day).days > CLOCK_DAYS:
        claims = f"published {believed.iso} ({believed.origin}) is after captured {captured.iso} ({captured.origin})"
        message = f"{claims}; mend whichever is wrong"
        yield Problem(Level.WARNING, "date-contradiction", capture.path, 1, message)
