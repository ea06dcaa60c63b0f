"""The ledger's lines: one JSON object each, sorted, each once."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from beilin.library.ledger import OPTIONAL_FIELDS, PATH, RECORD_FIELDS, Event, Ledger, Record
from beilin.model.problem import Level, Problem

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(
        ("id", "capture", "capture_sha256", "text_sha256", "title", "source", "kind", "lang", "sketch"), str
    ),
    **dict.fromkeys(("version", "revision", "rules"), int),
    **dict.fromkeys(("published", "captured", "original_url", "revised"), (str, type(None))),
}


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
