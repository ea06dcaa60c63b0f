"""The ledger: every identifier and version ever published, with what is needed to cite it after it is gone.

It is a set of lines, each one JSON object, sorted; lines are only ever added, so that two people's additions merge
by keeping both (`merge=union`), and a line that came twice is one line.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from beilin.model.article import Facts
from beilin.model.stamp import Stamp
from beilin.text.sketches import write_sketch

PATH = "permalinks.jsonl"

_CITATION_FIELDS = ("title", "authors", "source", "kind", "lang", "published", "captured", "original_url")
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
