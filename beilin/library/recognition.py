"""Which identifier a capture has: the one it had before, wherever its bytes, its text or its path are known again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from beilin.library.ledger import Ledger, Record
from beilin.model.article import Facts
from beilin.model.problem import Level, Problem
from beilin.text.identifiers import is_identifier
from beilin.text.sketches import RECOGNISABLE, read_sketch, resemblance


def identify(captures: Sequence[Facts], ledger: Ledger) -> tuple[dict[str, list[Facts]], list[Problem]]:
    """Identifier → its captures in the order given, and what is wrong with pinned and contested identifiers.

    A capture with an address has the identifier of the address, or the one under which the ledger knows that address.
    One without keeps the identifier that the ledger knows by its bytes, else by its text, else by its path, else by a
    text that is still recognisable; so does one that gained its address since.
    """
    problems: list[Problem] = []
    given: dict[str, str] = {}
    strangers: list[Facts] = []
    by_url = {record.original_url: record.id for history in ledger.records.values() for record in history}
    for facts in captures:
        identifier = _pinned(facts, problems)
        if identifier is None and facts.original_url:
            identifier = facts.natural_id if facts.natural_id in ledger.numbers else by_url.get(facts.original_url)
        if identifier is None:
            strangers.append(facts)
        else:
            given[facts.capture] = identifier
    given.update(_known_again(strangers, ledger, taken=set(given.values())))
    groups: dict[str, list[Facts]] = defaultdict(list)
    for facts in captures:
        groups[given[facts.capture]].append(facts)
    for identifier, claimants in groups.items():
        groups[identifier], contested = _uncontested(identifier, claimants, ledger)
        problems.extend(contested)
    return dict(groups), problems


def _pinned(facts: Facts, problems: list[Problem]) -> str | None:
    if not facts.pinned_id:
        return None
    if is_identifier(facts.pinned_id):
        return facts.pinned_id
    message = f'"{facts.pinned_id}" is no identifier: its check character fails; correct or remove id:'
    problems.append(Problem(Level.WARNING, "identifier-invalid", facts.capture, 1, message))
    return None


def _known_again(captures: Sequence[Facts], ledger: Ledger, taken: set[str]) -> dict[str, str]:
    """Capture → identifier, for captures without an address and those whose address the ledger does not know.

    Each way of knowing a capture again is tried on all captures before the next, and an identifier that one capture
    has is not given to another: so a new file in the place of one that moved does not take its address.
    """
    records = [record for key in sorted(ledger.records) for record in ledger.records[key] if not record.original_url]
    given: dict[str, str] = {}
    by_bytes = {record.capture_sha256: record.id for record in records}
    for facts in captures:
        if facts.capture_sha256 in by_bytes:
            given[facts.capture] = by_bytes[facts.capture_sha256]
    taken |= set(given.values())
    for way in (_by_text_and_path, _by_text, _by_path):
        known = {way(record.text_sha256, record.capture): record.id for record in records if record.id not in taken}
        for facts in captures:
            identifier = known.get(way(facts.text_sha256, facts.capture))
            # texts without words are all alike, and a page with an address is not what once lay at its path
            is_telling = facts.original_url is None if way is _by_path else facts.characters > 0
            if is_telling and facts.capture not in given and identifier is not None and identifier not in taken:
                given[facts.capture] = identifier
                taken.add(identifier)
    free = {record.id: read_sketch(record.sketch) for record in records if record.sketch and record.id not in taken}
    for facts in captures:
        if facts.capture not in given:
            alike = None if facts.original_url else _by_likeness(facts, free)
            given[facts.capture] = alike or facts.natural_id
            free.pop(given[facts.capture], None)
    return given


def _by_text_and_path(text_sha256: str, path: str) -> tuple[str, str]:
    return text_sha256, path


def _by_text(text_sha256: str, _path: str) -> tuple[str, str]:
    return text_sha256, ""


def _by_path(_text_sha256: str, path: str) -> tuple[str, str]:
    return "", path


def _by_likeness(facts: Facts, free: Mapping[str, bytes]) -> str | None:
    """The identifier in `free` (identifier → sketch) whose text is most like that of `facts`, if it is recognisable."""
    likeness = {identifier: resemblance(drawn, facts.sketch) for identifier, drawn in free.items()}
    best = max(likeness, key=lambda identifier: (likeness[identifier], identifier), default=None)
    return best if best is not None and likeness[best] >= RECOGNISABLE else None


def _uncontested(identifier: str, claimants: list[Facts], ledger: Ledger) -> tuple[list[Facts], list[Problem]]:
    """The captures of the page that has the identifier, and an error for each capture of another page.

    It belongs to the page that the ledger knows under it, else to the first claimant's.
    """
    pages = {facts.natural_id for facts in claimants if facts.original_url}
    if len(pages) < 2:
        return claimants, []
    holder = _holder(ledger, identifier) or next((facts for facts in claimants if facts.original_url), claimants[0])
    owner = next((f for f in claimants if f.original_url == holder.original_url), claimants[0])
    kept = [facts for facts in claimants if not facts.original_url or facts.natural_id == owner.natural_id]
    problems = [
        Problem(
            Level.ERROR,
            "identifier-conflict",
            facts.capture,
            1,
            f"the identifier {identifier} belongs to {owner.capture} ({owner.original_url}) and is claimed by this "
            f"capture of {facts.original_url} too; give it an id: of its own, or remove its id:",
        )
        for facts in claimants
        if facts not in kept
    ]
    return kept, problems


def _holder(ledger: Ledger, identifier: str) -> Record | None:
    numbers = ledger.numbers.get(identifier)
    return ledger.newest(identifier, numbers[0]) if numbers else None
