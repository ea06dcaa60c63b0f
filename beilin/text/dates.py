"""Dates as Chinese and foreign outlets print them, kept at the precision of the print."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from beilin.model.stamp import Stamp

CHINA_OFFSET = "+08:00"
"""Times without an offset are UTC+8, as the sources print them."""

_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2})"
    r"(?:[T ]\s*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?P<fraction>\.\d+)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?)?)?"
)
_SLASHED = re.compile(
    r"(?P<year>(?:19|20)\d\d)[/.](?P<month>\d{1,2})(?:[/.](?P<day>\d{1,2}))?(?:\s+(?P<hour>\d{1,2}):(?P<minute>\d\d))?"
)
_CHINESE = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*年(?:\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*[日号號])?)?"
    r"(?:\s*(?:星期.|周.)?\s*(?P<hour>\d{1,2})[:：](?P<minute>\d\d)(?:[:：](?P<second>\d\d))?)?"
)
_ENGLISH = re.compile(
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? "
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?, (?P<year>(?:19|20)\d\d)",
    re.I,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def parse_written_date(written: str, origin: str) -> Stamp | None:
    """The moment that the whole of `written` names, no more precise than it is written; None if it names none.

    ISO 8601, `2019/5/6`, `2019年5月6日 09:30`, RFC 5322 and `May 6, 2019` are read.
    """
    written = written.strip()
    for pattern in (_ISO, _SLASHED, _CHINESE, _ENGLISH):
        match = pattern.fullmatch(written)
        if match:
            return _stamp(match, origin)
    if re.match(r"[A-Z][a-z]{2}, ?\d", written):
        try:
            moment = parsedate_to_datetime(written)
        except (ValueError, TypeError):
            return None
        return Stamp(moment.isoformat(), origin)
    return None


def find_chinese_date(text: str, origin: str) -> Stamp | None:
    """The first `2023年10月27日` (with its time, if one follows) in `text`; None if there is none to the day."""
    match = re.search(_CHINESE.pattern, text)
    return _stamp(match, origin) if match and match["day"] else None


def from_milliseconds(milliseconds: int) -> str:
    """ISO 8601, UTC, of a Unix time in milliseconds."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _stamp(match: re.Match[str], origin: str) -> Stamp | None:
    fields = match.groupdict()
    iso = fields["year"]
    month = fields.get("month")
    if month:
        number = _MONTHS.index(month[:3].lower()) + 1 if month[0].isalpha() else int(month)
        iso += f"-{number:02}"
    if fields.get("day"):
        iso += f"-{int(fields['day']):02}"
    if fields.get("hour"):
        iso += f"T{int(fields['hour']):02}:{fields['minute']}"
        iso += f":{fields['second']}" if fields.get("second") else ""
        fraction = fields.get("fraction") or ""
        iso += (fraction if fraction.strip(".0") else "") + _zone(fields.get("zone"))
    return Stamp(iso, origin) if _exists(iso) else None


def _zone(written: str | None) -> str:
    if written in ("Z", "UTC", "GMT"):
        return "Z"
    if not written:
        return CHINA_OFFSET
    return written if ":" in written else f"{written[:3]}:{written[3:]}"


def _exists(iso: str) -> bool:
    """Whether the calendar has such a moment: `2023-02-30` is a misprint, not a date."""
    padded = iso if len(iso) >= 10 else iso + "-01-01"[len(iso) - 4 :]
    try:
        datetime.fromisoformat(padded)
    except ValueError:
        return False
    return True
