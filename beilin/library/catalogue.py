"""The archive's articles: identifiers given, versions joined, what is gone remembered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from beilin.library.ledger import Event, Ledger, Record, record_of
from beilin.library.ledger_lines import write_event, write_record
from beilin.library.recognition import identify
from beilin.library.versions import arrival, number_versions
from beilin.model.article import Article, Facts, TextRevision
from beilin.model.problem import Level, Problem
from beilin.model.site import Site


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
    ordered = sorted(facts, key=arrival)
    groups, problems = identify(ordered, ledger)
    articles: list[Article] = []
    additions: list[str] = []
    live: set[tuple[str, int]] = set()
    for identifier, captures in groups.items():
        versions = number_versions(identifier, captures, ledger)
        histories = {
            number: _history(identifier, number, found[0], ledger, today) for number, found in versions.items()
        }
        articles.extend(_articles(identifier, versions, histories, site))
        for number, history in histories.items():
            live.add((identifier, number))
            additions.extend(map(write_record, history[len(ledger.records.get((identifier, number), ())) :]))
            if ledger.withdrawal(identifier, number) is not None:
                additions.append(write_event(Event(identifier, number, today, is_withdrawal=False, reason="")))
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


def _history(identifier: str, number: int, facts: Facts, ledger: Ledger, today: str) -> tuple[Record, ...]:
    """Every revision of a version, with a new one where `facts` differ from the last."""
    known = ledger.records.get((identifier, number), ())
    last = known[-1] if known else None
    is_text_revised = (
        last is not None and last.capture_sha256 == facts.capture_sha256 and last.text_sha256 != facts.text_sha256
    )
    revision = last.revision + 1 if last else 1
    record = record_of(identifier, number, revision, facts, revised=today if is_text_revised else None)
    return known if last is not None and last.same_as(record) else (*known, record)


def _text_revisions(history: tuple[Record, ...]) -> Iterator[TextRevision]:
    """The changes of the published text that better rules made, the capture underneath staying the same."""
    for before, after in pairwise(history):
        if after.revised is not None:
            yield TextRevision(after.revised, before.text_sha256, after.text_sha256, after.rules)


def _articles(
    identifier: str, versions: dict[int, list[Facts]], histories: dict[int, tuple[Record, ...]], site: Site
) -> Iterator[Article]:
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
            text_revisions=tuple(_text_revisions(histories[number])),
        )


def _time(facts: Facts) -> str:
    stamp = facts.captured or facts.published
    return stamp.iso if stamp else ""


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
