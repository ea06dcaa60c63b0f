"""The addresses that Hugo and Jekyll make of a capture by the pattern of a site's permalinks.

Slugs follow both generators as far as their rules are stable: Hugo drops punctuation, Jekyll sets a hyphen for it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from beilin.model.article import Facts
from beilin.text.dates import parse_written_date

TOKENS = ("year", "month", "day", "title", "slug", "filename", "id")
NAMING = frozenset(("title", "slug", "filename", "id"))
"""Tokens that tell one article from another."""
TOKEN = re.compile(r":([a-z_]+)")

_DATED_NAME = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)-(?P<name>.+)")
_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_HUGO_MARKS = "._/+~@#"
_JEKYLL_MARKS = "._~!$&'()+,;=@"


def former_addresses(facts: Facts, identifier: str, pattern: str, timezone: str) -> tuple[str, ...]:
    """The paths that `pattern` gives for the capture with `facts`, without the first slash; none if it says too little.

    Several where the generators spell it differently, or where its day is another in `timezone` than as written.
    """
    paths = (_filled(pattern, values) for values in _readings(facts, identifier, timezone))
    return tuple(dict.fromkeys(path.lstrip("/") for path in paths if path))


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    """`pattern` with its tokens replaced; empty if one of them has no value."""
    if not all(values.get(token) for token in TOKEN.findall(pattern)):
        return ""
    return TOKEN.sub(lambda match: values[match[1]], pattern)


def _readings(facts: Facts, identifier: str, timezone: str) -> Iterator[Mapping[str, str]]:
    """What each token stands for, in each way in which a generator may have read the capture."""
    name = PurePosixPath(facts.capture).stem
    dated = _DATED_NAME.fullmatch(name)
    written = facts.written
    stamp = parse_written_date(written.date, "front matter") if written.date else None
    days = dict.fromkeys((stamp.iso[:10], stamp.filed_under(timezone))) if stamp else {"": None}
    title = written.title or facts.title
    for day in days:
        yield {
            "id": identifier,
            "title": hugo_slug(title),
            "slug": hugo_slug(written.slug or title),
            "filename": hugo_slug(name),
            **_parts(day),
        }
    if dated:
        # Only what is named after its day is a post of Jekyll's.
        yield {
            "id": identifier,
            "title": jekyll_slug(written.slug or dated["name"], _JEKYLL_MARKS),
            "slug": jekyll_slug(written.slug or dated["name"]).lower(),
            "filename": jekyll_slug(dated["name"], _JEKYLL_MARKS),
            **_parts(stamp.filed_under(timezone) if stamp else dated["date"]),
        }


def _parts(day: str) -> dict[str, str]:
    match = _DAY.fullmatch(day)
    return {name: part for name, part in match.groupdict().items() if part} if match else {}


def hugo_slug(text: str) -> str:
    """`text` as Hugo writes it in addresses: lower case, hyphens for spaces, other punctuation dropped."""
    pieces = (
        character if _is_word(character, _HUGO_MARKS) else " " if character == "-" or character.isspace() else ""
        for character in text
    )
    return "-".join("".join(pieces).split()).lower()


def jekyll_slug(text: str, marks: str = "") -> str:
    """`text` as Jekyll writes it in addresses: a hyphen for every run of what is no letter, digit or one of `marks`."""
    pieces = (character if _is_word(character, marks) else " " for character in text)
    return "-".join("".join(pieces).split()).strip("-")


def _is_word(character: str, marks: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd" or character in marks
