"""The ledger: every identifier and version ever published, with what is needed to cite it after it is gone.

It is a set of lines, each one JSON object, sorted; lines are only ever added, so that two people's additions merge
by keeping both (`merge=union`), and a line that came twice is one line.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from beilin.model.article import Facts
from beilin.model.problem import Level, Problem
from beilin.model.stamp import Stamp
from beilin.text.sketches import write_sketch

PATH = "permalinks.jsonl"

_CITATION_FIELDS = ("title", "authors", "source", "kind", "lang", "published", "captured", "original_url")
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(
        ("id", "capture", "capture_sha256", "text_sha256", "title", "source", "kind", "lang", "sketch"), str
    ),
    **dict.fromkeys(("version", "revision", "rules"), int),
    **dict.fromkeys(("published", "captured", "original_url", "revised"), (str, type(None))),
}
RECORD_FIELDS = (
    *("id", "version", "revision", "capture", "capture_sha256", "text_sha256"),
    *_CITATION_FIELDS,
    "rules",
)
OPTIONAL_FIELDS = ("revised", "sketch")
"""Left out of a line where they say nothing."""


@dataclass(frozen=True, slots=True)
class Record:
    """A version as it was when it was published, or when its capture was last edited."""

    id: str
    version: int
    revision: int
    """From 1; a capture that is edited, moved or retitled adds a revision."""
    capture: str
    capture_sha256: str
    text_sha256: str
    title: str
    authors: tuple[str, ...]
    source: str
    kind: str
    lang: str
    published: str | None
    captured: str | None
    original_url: str | None
    rules: int
    """Version of the rules that read the capture."""
    revised: str | None
    """The day on which other rules changed the text of an unchanged capture; None for every other revision."""
    sketch: str
    """Of the text of a capture without an address, as `beilin.text.sketches` writes it; empty for the others."""

    def same_as(self, other: "Record") -> bool:
        """Whether they say the same of the capture and its text; when and by which rules it was read may differ."""
        return all(getattr(self, name) == getattr(other, name) for name in _SAYING)


@dataclass(frozen=True, slots=True)
class Event:
    """A version that was withdrawn, or came back."""

    id: str
    version: int
    date: str
    is_withdrawal: bool
    reason: str
    """`privacy`, `rights`, `error` or empty; the owner may write it into the line."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger's lines, read."""

    records: Mapping[tuple[str, int], tuple[Record, ...]]
    """By identifier and version; each with its revisions in order."""
    events: Mapping[tuple[str, int], tuple[Event, ...]]
    """By identifier and version, in order of date."""
    numbers: Mapping[str, tuple[int, ...]]
    """The version numbers that an identifier has had, ascending."""

    def newest(self, identifier: str, version: int) -> Record:
        """The last revision of a version."""
        return self.records[identifier, version][-1]

    def withdrawal(self, identifier: str, version: int) -> Event | None:
        """The withdrawal in force, if the version's last event is one."""
        events = self.events.get((identifier, version), ())
        return events[-1] if events and events[-1].is_withdrawal else None


_SAYING = tuple(name for name in RECORD_FIELDS if name not in ("revision", "rules"))


def record_of(identifier: str, version: int, revision: int, facts: Facts, *, revised: str | None = None) -> Record:
    """What the ledger keeps of `facts`."""
    return Record(
        id=identifier,
        version=version,
        revision=revision,
        capture=facts.capture,
        capture_sha256=facts.capture_sha256,
        text_sha256=facts.text_sha256,
        title=facts.title,
        authors=facts.authors,
        source=facts.source,
        kind=facts.kind,
        lang=facts.lang,
        published=facts.published.iso if facts.published else None,
        captured=facts.captured.iso if facts.captured else None,
        original_url=facts.original_url,
        rules=facts.rules,
        revised=revised,
        sketch="" if facts.original_url else write_sketch(facts.sketch),
    )


def facts_of(record: Record) -> Facts:
    """The facts that the ledger still has of a withdrawn version; its text is gone."""
    return Facts(
        capture=record.capture,
        capture_sha256=record.capture_sha256,
        kind=record.kind,
        title=record.title,
        authors=record.authors,
        editors=(),
        translators=(),
        source=record.source,
        published=Stamp(record.published, "ledger") if record.published else None,
        captured=Stamp(record.captured, "ledger") if record.captured else None,
        original_url=record.original_url,
        lang=record.lang,
        tags=(),
        summary="",
        characters=0,
        text_sha256=record.text_sha256,
        natural_id=record.id,
        pinned_id=None,
    )


def write_record(record: Record) -> str:
    """A record's line, without its end."""
    fields = {name: getattr(record, name) for name in RECORD_FIELDS}
    optional = {name: value for name in OPTIONAL_FIELDS if (value := getattr(record, name))}
    return _line({**fields, "authors": list(record.authors), **optional})


def write_event(event: Event) -> str:
    """An event's line, without its end."""
    fields: dict[str, Any] = {
        "id": event.id,
        "version": event.version,
        "withdrawn" if event.is_withdrawal else "restored": event.date,
    }
    if event.is_withdrawal:
        fields["reason"] = event.reason
    return _line(fields)


def _line(fields: Mapping[str, Any]) -> str:
    text = json.dumps(fields, ensure_ascii=False)
    return text.replace("\u0085", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def sorted_lines(lines: Iterable[str]) -> tuple[str, ...]:
    """Lines in the ledger's order: by identifier, version, and revision; each once."""
    return tuple(sorted({line for line in lines if line.strip()}, key=_order))


def _order(line: str) -> tuple[str, int, int, str]:
    fields = _fields(line) or {}
    version, revision = fields.get("version"), fields.get("revision", 1_000_000)
    return (
        str(fields.get("id", "")),
        version if isinstance(version, int) else 0,
        revision if isinstance(revision, int) else 0,
        line,
    )


def read_ledger(lines: Iterable[str]) -> tuple[Ledger, list[Problem]]:
    """The ledger in `lines`, and an error for each line that cannot be read; such lines stay in the file."""
    records: dict[tuple[str, int], dict[int, Record]] = {}
    events: dict[tuple[str, int], list[Event]] = {}
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        fields = _fields(line)
        if fields is None:
            problems.append(_unreadable(number, line))
            continue
        key = fields["id"], fields["version"]
        if "withdrawn" in fields or "restored" in fields:
            is_withdrawal = "withdrawn" in fields
            date = str(fields["withdrawn" if is_withdrawal else "restored"])
            events.setdefault(key, []).append(Event(*key, date, is_withdrawal, str(fields.get("reason") or "")))
            continue
        record = _record(fields)
        if record is None:
            problems.append(_unreadable(number, line))
            continue
        known = records.setdefault(key, {}).setdefault(record.revision, record)
        if not known.same_as(record):
            problems.append(_conflict(number, known, record))
    numbers: dict[str, list[int]] = {}
    for identifier, version in sorted(records):
        numbers.setdefault(identifier, []).append(version)
    ledger = Ledger(
        {key: tuple(by_revision[n] for n in sorted(by_revision)) for key, by_revision in records.items()},
        # a version may be withdrawn and restored on one day: restored sorts after
        {
            key: tuple(sorted(found, key=lambda event: (event.date, not event.is_withdrawal)))
            for key, found in events.items()
        },
        {identifier: tuple(versions) for identifier, versions in numbers.items()},
    )
    return ledger, problems


def _fields(line: str) -> dict[str, Any] | None:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or not isinstance(fields.get("id"), str) or type(fields.get("version")) is not int:
        return None
    return fields


def _record(fields: Mapping[str, Any]) -> Record | None:
    named: dict[str, Any] = {name: fields.get(name) for name in RECORD_FIELDS}
    named["authors"] = tuple(str(name) for name in fields.get("authors") or ())
    named["revision"] = fields.get("revision", 1)
    named["rules"] = fields.get("rules", 1)
    named["revised"], named["sketch"] = fields.get("revised"), fields.get("sketch", "")
    wrong = [name for name, types in _TYPES.items() if not isinstance(named[name], types)]
    return None if wrong else Record(**named)


def _unreadable(number: int, line: str) -> Problem:
    message = f"this is no line of the ledger: {line[:60]!r}; restore it from version control"
    return Problem(Level.ERROR, "ledger-unreadable", PATH, number, message)


def _conflict(number: int, known: Record, record: Record) -> Problem:
    message = (
        f"version {record.version} of {record.id} was given both to {known.capture} and to {record.capture}, "
        "on two sides of a merge as a rule; keep one line and build again, and the other capture gets the next number"
    )
    return Problem(Level.ERROR, "ledger-conflict", PATH, number, message)
