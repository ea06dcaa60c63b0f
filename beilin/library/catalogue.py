"""The archive's articles: identifiers given, versions joined, what is gone remembered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from beilin.library.ledger import Event, Ledger, Record, record_of, write_event, write_record
from beilin.model.article import Article, Facts
from beilin.model.problem import Level, Problem
from beilin.model.site import Site
from beilin.text.identifiers import is_identifier


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A version that was published once and has no capture any more."""

    record: Record
    date: str
    """The day of the withdrawal."""
    reason: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that has or had an address."""

    articles: tuple[Article, ...]
    """Every published version, newest date first."""
    withdrawn: tuple[Withdrawn, ...]
    additions: tuple[str, ...]
    """Lines that the ledger lacks."""
    problems: tuple[Problem, ...]


def catalogue(facts: Iterable[Facts], ledger: Ledger, site: Site, today: str) -> Catalogue:
    """The catalogue of the captures with `facts`. `today` (ISO date) is the day of what is withdrawn or comes back now.

    The order of `facts` makes no difference.
    """
    ordered = sorted(facts, key=_arrival)
    problems: list[Problem] = []
    groups: dict[str, list[Facts]] = defaultdict(list)
    index = _LedgerIndex(ledger)
    for item in ordered:
        groups[index.identifier(item, problems)].append(item)
    articles: list[Article] = []
    additions: list[str] = []
    live: set[tuple[str, int]] = set()
    for identifier, captures in groups.items():
        problems.extend(_conflicts(identifier, captures))
        versions = _versions(identifier, captures, ledger)
        articles.extend(_articles(identifier, versions, site))
        for number, members in versions.items():
            live.add((identifier, number))
            additions.extend(_additions(identifier, number, members[0], ledger, today))
    withdrawn = []
    for key in ledger.records:
        if key not in live:
            event = ledger.withdrawal(*key) or Event(*key, today, is_withdrawal=True, reason="")
            withdrawn.append(Withdrawn(ledger.newest(*key), event.date, event.reason))
            if ledger.withdrawal(*key) is None:
                additions.append(write_event(event))
    articles.sort(key=lambda article: (article.date or "", article.id, article.version), reverse=True)
    withdrawn.sort(key=lambda gone: (gone.record.id, gone.record.version))
    return Catalogue(tuple(articles), tuple(withdrawn), tuple(sorted(additions)), tuple(problems))


class _LedgerIndex:
    """Finds the identifier that a capture had before."""

    def __init__(self, ledger: Ledger) -> None:
        self._by_capture: dict[str, str] = {}
        self._by_text: dict[str, str] = {}
        self._by_path: dict[str, str] = {}
        for revisions in ledger.records.values():
            for record in revisions:
                if record.original_url is None:
                    self._by_capture[record.capture_sha256] = record.id
                    self._by_text[record.text_sha256] = record.id
                    self._by_path[record.capture] = record.id

    def identifier(self, facts: Facts, problems: list[Problem]) -> str:
        """Pinned, else of the address, else as the ledger knows the bytes, the text or the path, else of the bytes."""
        if facts.pinned_id:
            if is_identifier(facts.pinned_id):
                return facts.pinned_id
            message = f'"{facts.pinned_id}" is no identifier: its check character fails; correct or remove id:'
            problems.append(Problem(Level.WARNING, "identifier-invalid", facts.capture, 1, message))
        if facts.original_url is not None:
            return facts.natural_id
        return (
            self._by_capture.get(facts.capture_sha256)
            or self._by_text.get(facts.text_sha256)
            or self._by_path.get(facts.capture)
            or facts.natural_id
        )


def _arrival(facts: Facts) -> tuple[str, str, str, str]:
    """In which order captures that arrive together are numbered: by time, then by their bytes, then by path."""
    return (
        facts.captured.iso if facts.captured else "",
        facts.published.iso if facts.published else "",
        facts.capture_sha256,
        facts.capture,
    )


def _conflicts(identifier: str, captures: list[Facts]) -> Iterator[Problem]:
    """Captures of different pages under one identifier: a pinned mistake, or two digests that meet."""
    first = captures[0]
    for other in captures[1:]:
        if other.natural_id != first.natural_id and other.original_url is not None and first.original_url is not None:
            message = (
                f"the identifier {identifier} is claimed by {first.capture} ({first.original_url}) and by this capture "
                f"({other.original_url}); give one of them an id: of its own"
            )
            yield Problem(Level.ERROR, "identifier-conflict", other.capture, 1, message)


def _versions(identifier: str, captures: list[Facts], ledger: Ledger) -> dict[int, list[Facts]]:
    """The captures of one page by version number, the capture that stands for the version first.

    A capture keeps the number of its bytes, else of its path, else of its text; identical texts are one version.
    """
    records = [record for number in ledger.numbers.get(identifier, ()) for record in ledger.records[identifier, number]]
    by_bytes = {record.capture_sha256: record.version for record in records}
    by_path = {record.capture: record.version for record in records}
    by_text = {record.text_sha256: record.version for record in records}
    numbers: dict[int, list[Facts]] = defaultdict(list)
    newcomers = []
    for facts in captures:
        number = by_bytes.get(facts.capture_sha256) or by_path.get(facts.capture) or by_text.get(facts.text_sha256)
        if number is not None:
            numbers[number].append(facts)
        else:
            newcomers.append(facts)
    next_number = max((record.version for record in records), default=0) + 1
    for facts in newcomers:
        same = next(
            (n for n, members in numbers.items() if any(m.text_sha256 == facts.text_sha256 for m in members)), None
        )
        if same is not None:
            numbers[same].append(facts)
        else:
            numbers[next_number].append(facts)
            next_number += 1
    for number, members in numbers.items():
        known = {record.capture_sha256 for record in records if record.version == number}
        members.sort(key=lambda facts: (facts.capture_sha256 not in known, _arrival(facts)))
    return dict(numbers)


def _articles(identifier: str, versions: dict[int, list[Facts]], site: Site) -> Iterator[Article]:
    newest = max(versions, key=lambda number: (_time(versions[number][0]), number))
    for number, members in versions.items():
        facts = members[0]
        stamp = facts.published or facts.captured
        yield Article(
            id=identifier,
            version=number,
            facts=facts,
            date=stamp.filed_under(site.timezone) if stamp else None,
            is_newest=number == newest,
            seen_again=tuple(other.captured for other in members[1:] if other.captured is not None),
        )


def _time(facts: Facts) -> str:
    stamp = facts.captured or facts.published
    return stamp.iso if stamp else ""


def _additions(identifier: str, number: int, facts: Facts, ledger: Ledger, today: str) -> Iterator[str]:
    revisions = ledger.records.get((identifier, number), ())
    record = record_of(identifier, number, len(revisions) + 1, facts)
    if not revisions or not revisions[-1].same_as(record):
        yield write_record(record)
    if ledger.withdrawal(identifier, number) is not None:
        yield write_event(Event(identifier, number, today, is_withdrawal=False, reason=""))


def repeated(catalogued: Catalogue, facts: Iterable[Facts]) -> Iterator[Problem]:
    """A warning for each capture that was joined to a version with the same text."""
    shown = {article.facts.capture: article for article in catalogued.articles}
    by_text = {(article.facts.natural_id, article.facts.text_sha256): article for article in catalogued.articles}
    for item in facts:
        if item.capture not in shown:
            article = by_text.get((item.natural_id, item.text_sha256))
            twin = article.facts.capture if article else "another capture"
            message = f"the same page with the same text as {twin}; the two are shown as one, seen again"
            yield Problem(Level.WARNING, "capture-repeated", item.capture, 1, message)
