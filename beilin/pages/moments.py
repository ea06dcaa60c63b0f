"""Dates in words, in the language of the interface."""

from datetime import datetime
from zoneinfo import ZoneInfo

from beilin.model.stamp import TIME_STARTS, Stamp
from beilin.pages.places import date_folder, way
from beilin.pages.views import Moment

ENGLISH_MONTHS = "January February March April May June July August September October November December".split()


def moment_of(stamp: Stamp, *, timezone: str, language: str, page: str | None = None) -> Moment:
    """`stamp` for a reader, in `timezone`; with a link to its date page from the page at `page`, if one is given."""
    filed = stamp.filed_under(timezone)
    text = in_words(filed, language)
    if len(stamp.iso) > TIME_STARTS:
        clock = datetime.fromisoformat(stamp.iso).astimezone(ZoneInfo(timezone)).strftime("%H:%M")
        text = f"{text}, {clock}" if language == "en" else f"{text} {clock}"
    return Moment(stamp.iso, text, date_link(filed, page))


def day_moment(date: str, *, language: str, page: str | None = None) -> Moment:
    """A day, month or year for a reader."""
    return Moment(date, in_words(date, language), date_link(date, page))


def date_link(date: str, page: str | None) -> str | None:
    """The way from the page at `page` to the listing of `date`."""
    return way(page, f"{date_folder(date)}index.html") if page is not None else None


def in_words(date: str, language: str) -> str:
    """`2023-10-27`, `2023-10` or `2023` in words."""
    parts = [int(part) for part in date.split("-")]
    if language == "en":
        words = [str(parts[0])]
        if len(parts) > 1:
            words.insert(0, ENGLISH_MONTHS[parts[1] - 1])
        if len(parts) > 2:
            words.insert(0, str(parts[2]))
        return " ".join(words)
    return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))
