"""A build from end to end: captures in, site out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from beilin.library.catalogue import Catalogue, catalogue, repeated
from beilin.library.ledger_lines import read_ledger, sorted_lines
from beilin.library.reposts import Entry, find_reposts
from beilin.library.shards import Member, Shard, cut, listing, shard_path
from beilin.library.shelves import Shelves, arrange
from beilin.model.article import Article, Facts
from beilin.model.page import File, Page
from beilin.model.problem import Level, Problem
from beilin.model.site import Site
from beilin.pages.places import article_place
from beilin.pages.plan import placements, plan, sitemap_files
from beilin.pages.redirects import redirect_files, redirects
from beilin.pages.rendering import Theme
from beilin.pages.setting import Setting
from beilin.report import Report
from beilin.sources.registry import kinds, sources
from beilin.store.cache import Cache, Shelf, decode_head, work_folder
from beilin.store.captures import find_captures
from beilin.store.config import load_site
from beilin.store.ledger_file import LEDGER_FILE, LedgerWriteError, read_lines, write_lines
from beilin.store.pagefind import index_scheme
from beilin.store.publishing import Outcome, Publication
from beilin.store.rules import rules_digest
from beilin.store.staging import Placed
from beilin.store.themes import read_theme
from beilin.store.workers import Workers
from beilin.store.workshop import Bench, Drawn, Gathered, Indexed, draw_articles, draw_pages, gather, index, prepare
from beilin.text.digests import text_digest

CHUNK = 32
"""Captures or pages that a worker takes at once: enough to outweigh the passing, few enough to share evenly."""

LEDGER_MISSING = (
    "the site has articles and there is no ledger: addresses stay, version numbers and withdrawals are lost; "
    "restore it from version control"
)

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line decides."""

    content: Path
    site: Path
    theme: Path
    base_url: str | None
    jobs: int
    search: bool = True
    drafts: bool = False
    keeps_ledger: bool = True
    """Whether new identifiers and withdrawals are written into the ledger."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did."""

    captures: int
    articles: int
    versions: int
    outcome: Outcome


def build(options: Options, report: Report) -> Summary:
    """Builds the site. Problems of captures go to `report`.

    Raises `ConfigurationError`, `ThemeError`, `PublicationError`, `LedgerReadError`, `WorkerError` or `IndexingError`
    where the site could not be built; what was published before is then untouched.
    """
    raw_theme = read_theme(options.theme)
    site = load_site(options.content, kinds=kinds(), languages=raw_theme.languages.keys(), base_url=options.base_url)
    site = replace(site, drafts=options.drafts)
    words = raw_theme.languages[site.language]
    setting, theme = Setting(site, words), Theme(raw_theme.templates, words)
    with Publication(options.site, sources=(options.content, options.theme)) as publication:
        work = work_folder(options.site)
        bench = Bench(options.content, work, publication.staging, rules_digest(site), setting, theme)
        with Cache(work) as cache, Workers(options.jobs, prepare, (bench,)) as workers:
            found = find_captures(options.content)
            report.add(found.problems)
            with report.stage("reading"):
                facts, keys = _read(found.paths, cache, workers, report)
            with report.stage("cataloguing"):
                catalogued, additions = _catalogue(
                    facts, options.content, site, report, has_published=publication.has("data/articles.jsonl")
                )
                shelves = arrange(catalogued.articles)
            placed = [publication.staging.put(f"assets/{name}", data) for name, data in raw_theme.assets.items()]
            shards: tuple[Shard, ...] = ()
            if options.search:
                with report.stage("indexing"):
                    shards = _shards(shelves.newest)
                    placed += _index(shards, shelves.newest, keys, publication, workers, report)
            with report.stage("drawing"):
                placed += _draw_articles(catalogued, shelves, keys, workers, report)
                placed += _draw_pages(
                    catalogued, shelves, setting, listing(shards) if options.search else "", publication, workers
                )
                moved = redirects(catalogued.articles, site, captures=facts, taken={file.path for file in placed})
                report.add(moved.problems)
                placed += _draw(redirect_files(moved, setting), publication, workers)
            with report.stage("publishing"):
                if options.keeps_ledger:
                    _write_ledger(options.content, additions, report)
                outcome = publication.finish(placed)
                report.add(map(_set_aside, outcome.set_aside))
                cache.prune(keys.values())
    report.forgive(site.expected_unpublished)
    return Summary(len(found.paths), len(shelves.newest), len(catalogued.articles), outcome)


def _chunks(things: Iterator[Thing], size: int = CHUNK) -> Iterator[tuple[Thing, ...]]:
    while chunk := tuple(islice(things, size)):
        yield chunk


def _read(paths: Sequence[str], cache: Cache, workers: Workers, report: Report) -> tuple[list[Facts], dict[str, str]]:
    """The facts of every publishable capture, and the key of each capture's reading."""
    facts: list[Facts] = []
    keys: dict[str, str] = {}
    results = workers.run(gather, _chunks(iter(paths)))
    for chunk in report.progress("reading", results, -(-len(paths) // CHUNK)):
        _remember(chunk, cache)
        for gathered in chunk:
            if gathered.problem is not None:
                report.add([gathered.problem])
                continue
            head = decode_head(gathered.head, gathered.path)
            report.add(head.problems)
            if head.facts is not None:
                facts.append(head.facts)
            keys[gathered.path] = gathered.key
    return facts, keys


def _remember(chunk: list[Gathered], cache: Cache) -> None:
    fresh = [gathered for gathered in chunk if gathered.body is not None]
    if fresh:
        # bodies first: a build that is killed in between must not leave a head that promises a body
        cache.put(Shelf.BODIES, ((gathered.key, gathered.body or b"") for gathered in fresh))
        cache.put(Shelf.HEADS, ((gathered.key, gathered.head) for gathered in fresh))


def _catalogue(
    facts: list[Facts], content: Path, site: Site, report: Report, *, has_published: bool
) -> tuple[Catalogue, tuple[str, ...]]:
    """The catalogue, and the ledger's lines with what it adds."""
    lines = read_lines(content)
    ledger, problems = read_ledger(lines)
    report.add(problems)
    if not lines and has_published:
        report.add([Problem(Level.WARNING, "ledger-missing", LEDGER_FILE, 1, LEDGER_MISSING)])
    today = datetime.now(ZoneInfo(site.timezone)).date().isoformat()
    catalogued = catalogue(facts, ledger, site, today)
    report.add(catalogued.problems)
    report.add(repeated(catalogued, facts))
    return catalogued, sorted_lines((*lines, *catalogued.additions))


def _write_ledger(content: Path, lines: tuple[str, ...], report: Report) -> None:
    """Writes the ledger, or says what it would have written where it cannot.

    A host's build machine works from the committed one.
    """
    try:
        write_lines(content, lines)
    except LedgerWriteError as error:
        known = set(read_lines(content))
        message = f"{error}; add by hand: " + " ".join(line for line in lines if line not in known)
        report.add([Problem(Level.WARNING, "ledger-not-written", "permalinks.jsonl", 1, message)])


def _set_aside(path: str) -> Problem:
    message = "Beilin did not make this file; it was moved to the work folder beside the site, keep it elsewhere"
    return Problem(Level.WARNING, "file-set-aside", path, 1, message)


def _shards(articles: Sequence[Article]) -> tuple[Shard, ...]:
    members = (
        Member(
            article.id,
            article.date,
            article.facts.characters + len(article.facts.title),
            text_digest(
                (
                    article.facts.title,
                    article.facts.source,
                    article.date or "",
                    article.facts.lang,
                    article.facts.text_sha256,
                )
            ),
        )
        for article in articles
    )
    return cut(members, index_scheme())


def _index(
    shards: tuple[Shard, ...],
    articles: Sequence[Article],
    keys: dict[str, str],
    publication: Publication,
    workers: Workers,
    report: Report,
) -> list[Placed]:
    """The index's files: shards that stand as they were published are kept, the others made."""
    placed: list[Placed] = []
    by_id = {article.id: article for article in articles}
    tasks = []
    for shard in reversed(shards):
        kept = publication.keep_folder(f"search/{shard_path(shard)}/")
        if kept:
            placed += kept
        else:
            members = [(by_id[member.id], keys[by_id[member.id].facts.capture]) for member in shard.members]
            tasks.append(Indexed(shard, members))
    for files in report.progress("indexing", workers.run(index, tasks), len(tasks)):
        placed += files
    return placed


def _draw_articles(
    catalogued: Catalogue, shelves: Shelves, keys: dict[str, str], workers: Workers, report: Report
) -> list[Placed]:
    placed: list[Placed] = []
    placing = placements(catalogued.articles, shelves, find_reposts(map(_entry, shelves.newest)))
    drawn = (Drawn(place, keys[place.article.facts.capture], _key(place.version_before, keys)) for place in placing)
    total = -(-len(catalogued.articles) // CHUNK)
    for files, problems in report.progress("drawing", workers.run(draw_articles, _chunks(drawn)), total):
        placed += files
        report.add(problems)
    return placed


def _key(article: Article | None, keys: Mapping[str, str]) -> str | None:
    return keys[article.facts.capture] if article is not None else None


def _entry(article: Article) -> Entry:
    facts = article.facts
    is_video = sources()[facts.kind].embeds_itself if facts.kind in sources() else False
    return Entry(article.id, facts.source, facts.title, article.date, facts.characters, facts.sketch, is_video)


def _draw_pages(
    catalogued: Catalogue,
    shelves: Shelves,
    setting: Setting,
    shards: str,
    publication: Publication,
    workers: Workers,
) -> list[Placed]:
    """All but the articles."""
    placed = _draw(plan(catalogued, shelves, setting, shards), publication, workers)
    paths = [file.path for file in placed if file.path.endswith(".html")]
    paths += [article_place(article) for article in catalogued.articles]
    placed += [publication.staging.put(file.path, file.data) for file in sitemap_files(paths, setting)]
    return placed


def _draw(things: Iterator[Page | File], publication: Publication, workers: Workers) -> list[Placed]:
    """The files of `things`: pages are drawn by the workers while finished files are placed here."""
    placed: list[Placed] = []

    def pages() -> Iterator[Page]:
        for thing in things:
            if isinstance(thing, File):
                placed.append(publication.staging.put(thing.path, thing.data))
            else:
                yield thing

    for files in workers.run(draw_pages, _chunks(pages(), 8)):
        placed += files
    return placed
