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
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_ENGLISH = re.compile(rf"{_MONTH} (?:{_DAY},? )?(?P<year>(?:19|20)\d\d)", re.I)
_ENGLISH_DAY_FIRST = re.compile(rf"{_DAY} {_MONTH},? (?P<year>(?:19|20)\d\d)", re.I)
_NUMERALS = re.compile(
    r"(?P<year>(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2})年"
    r"(?:(?P<month>[一二三四五六七八九十]{1,2})月(?:(?P<day>[一二三四五六七八九十廿卅]{1,3})[日号號])?)?"
)
_DIGITS = {numeral: str(value) for value, numeral in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_TENS = {"十": 10, "廿": 20, "卅": 30}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def parse_written_date(written: str, origin: str) -> Stamp | None:
    """The moment that the whole of `written` names, no more precise than it is written; None if it names none.

    ISO 8601, `2019/5/6`, `2019年5月6日 09:30`, `二〇一九年五月六日`, RFC 5322, `May 6, 2019` and `6 May 2019` are read.
    """
    written = written.strip()
    if match := _NUMERALS.fullmatch(written):
        written = _in_digits(match)
    for pattern in (_ISO, _SLASHED, _CHINESE, _ENGLISH, _ENGLISH_DAY_FIRST):
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


def find_date(text: str, origin: str) -> Stamp | None:
    """The first date to the day, with its time if one follows, of a text such as `发布于 2019-04-02 10:20`, which says
    no more than when and where something appeared; None if there is none."""
    found = [match for pattern in (_ISO, _SLASHED, _CHINESE) if (match := _day_in(pattern, text)) is not None]
    if found:
        return _stamp(min(found, key=re.Match.start), origin)
    numerals = _day_in(_NUMERALS, text)
    return parse_written_date(numerals[0], origin) if numerals is not None else None


def _day_in(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match in `text` that names a day and is no part of a longer number."""
    for match in pattern.finditer(text):
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        if match["day"] and not before.isdecimal() and not after.isdecimal():
            return match
    return None


def _in_digits(numerals: re.Match[str]) -> str:
    """`二〇一九年十月三十日` as `2019年10月30日`."""
    written = "".join(_DIGITS[numeral] for numeral in numerals["year"]) + "年"
    for name, unit in (("month", "月"), ("day", "日")):
        if numerals[name]:
            written += f"{_number(numerals[name])}{unit}"
    return written


def _number(numerals: str) -> int:
    """A number below a hundred: 三 is 3, 十 is 10, 三十 is 30, 廿三 is 23."""
    total = 0
    for numeral in numerals:
        total = max(total, 1) * 10 if numeral == "十" else total + (_TENS.get(numeral) or int(_DIGITS[numeral]))
    return total


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
