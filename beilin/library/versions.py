"""Version numbers: given once, in order of arrival; a capture keeps its own whatever happens to it."""

from collections import defaultdict
from collections.abc import Sequence

from beilin.library.ledger import Ledger, Record
from beilin.model.article import Facts


def arrival(facts: Facts) -> tuple[str, str, str, str]:
    """In which order captures that arrive together are numbered: by time, then by their bytes, then by path."""
    return (
        facts.captured.iso if facts.captured else "",
        facts.published.iso if facts.published else "",
        facts.capture_sha256,
        facts.capture,
    )


def number_versions(identifier: str, captures: Sequence[Facts], ledger: Ledger) -> dict[int, list[Facts]]:
    """The captures of one page by version number, the capture that stands for the version first.

    A capture keeps the number of its bytes, else of its path, else of its text, else of the moment at which it was
    captured; identical texts are one version, and a version has one text.
    """
    newest = [ledger.newest(identifier, number) for number in ledger.numbers.get(identifier, ())]
    records = [record for one in newest for record in ledger.records[identifier, one.version]]
    claims: dict[int, list[Facts]] = defaultdict(list)
    newcomers: list[Facts] = []
    for facts in captures:
        number = _known_number(facts, newest, records)
        if number is None:
            newcomers.append(facts)
        else:
            claims[number].append(facts)
    numbers: dict[int, list[Facts]] = {}
    for record in newest:
        members = sorted(claims.get(record.version, ()), key=lambda facts: (_unlikeness(facts, record), arrival(facts)))
        numbers[record.version] = [facts for facts in members if facts.text_sha256 == members[0].text_sha256]
        newcomers.extend(facts for facts in members if facts.text_sha256 != members[0].text_sha256)
    moments = {record.captured: record.version for record in newest if not numbers[record.version]}
    next_number = max((record.version for record in newest), default=0) + 1
    for facts in sorted(newcomers, key=arrival):
        number = next((n for n, found in numbers.items() if found and found[0].text_sha256 == facts.text_sha256), None)
        if number is None and facts.captured is not None:
            number = moments.pop(facts.captured.iso, None)
        if number is None:
            number, next_number = next_number, next_number + 1
        numbers.setdefault(number, []).append(facts)
    return {number: members for number, members in numbers.items() if members}


def _known_number(facts: Facts, newest: Sequence[Record], records: Sequence[Record]) -> int | None:
    """The version that `facts` were before: as last recorded, else as ever recorded."""
    for known in (newest, records):
        by_bytes = {record.capture_sha256: record.version for record in known}
        by_path = {record.capture: record.version for record in known}
        by_text = {record.text_sha256: record.version for record in known}
        number = by_bytes.get(facts.capture_sha256) or by_path.get(facts.capture) or by_text.get(facts.text_sha256)
        if number is not None:
            return number
    return None


def _unlikeness(facts: Facts, record: Record) -> int:
    """How little `facts` are like the last record of a version: whoever is most like it stands for it."""
    return (
        (facts.capture_sha256 != record.capture_sha256) * 4
        + (facts.capture != record.capture) * 2
        + (facts.text_sha256 != record.text_sha256)
    )
