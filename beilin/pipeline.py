"""A build from end to end: captures in, site out."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

from beilin.collecting import CHUNK, Collected, chunks, collect
from beilin.library.candidates import Candidate
from beilin.library.catalogue import Catalogue, catalogue, repeated
from beilin.library.ledger_lines import read_ledger, sorted_lines
from beilin.library.links import find_goals
from beilin.library.names import Authority
from beilin.library.reposts import Entry, find_reposts
from beilin.library.shards import Index, Member, Shard, cut, shard_path
from beilin.library.shelves import Shelves, arrange
from beilin.model.article import Article, Facts
from beilin.model.page import File, Page
from beilin.model.problem import Level, Problem
from beilin.model.site import Site
from beilin.pages.about import about_page
from beilin.pages.known_names import former_tags
from beilin.pages.places import article_place
from beilin.pages.plan import placements, plan, sitemap_files
from beilin.pages.redirects import redirect_files, redirects
from beilin.pages.rendering import Theme
from beilin.pages.setting import Setting
from beilin.report import Report
from beilin.sources.registry import kinds, sources
from beilin.store.cache import Cache, work_folder
from beilin.store.captures import find_captures
from beilin.store.config import load_site
from beilin.store.ledger_file import LEDGER_FILE, LedgerWriteError, read_lines, write_lines
from beilin.store.names_file import load_names
from beilin.store.pagefind import index_scheme
from beilin.store.publishing import Outcome, Publication
from beilin.store.rules import rules_digest
from beilin.store.staging import Placed
from beilin.store.themes import read_theme
from beilin.store.workers import Workers
from beilin.store.workshop import Bench, Drawn, Indexed, draw_articles, draw_pages, index, prepare
from beilin.text.digests import text_digest

LEDGER_MISSING = (
    "the site has articles and there is no ledger: addresses stay, version numbers and withdrawals are lost; "
    "restore it from version control"
)


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
    missing_names: tuple[Candidate, ...]
    """The most frequent names that the authority file lacks; empty where there is no such file."""


@dataclass(frozen=True, slots=True)
class Archive:
    """All that the captures and the ledger say together."""

    collected: Collected
    catalogue: Catalogue
    shelves: Shelves
    authority: Authority | None


@dataclass(frozen=True, slots=True)
class Press:
    """What turns the archive into files."""

    setting: Setting
    publication: Publication
    workers: Workers
    report: Report


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
    names = load_names(options.content)
    authority = None if names is None else Authority(names)
    with Publication(options.site, sources=(options.content, options.theme)) as publication:
        work = work_folder(options.site)
        bench = Bench(options.content, work, publication.staging, rules_digest(site), setting, theme, authority)
        with Cache(work) as cache, Workers(options.jobs, prepare, (bench,)) as workers:
            found = find_captures(options.content)
            report.add(found.problems)
            with report.stage("reading"):
                collected = collect(found.paths, names, cache, workers, report)
            with report.stage("cataloguing"):
                catalogued, additions = _catalogue(
                    collected.facts, options.content, site, report, has_published=publication.has("data/articles.jsonl")
                )
                archive = Archive(collected, catalogued, arrange(catalogued.articles, names or ()), authority)
            press = Press(setting, publication, workers, report)
            placed = [publication.staging.put(f"assets/{name}", data) for name, data in raw_theme.assets.items()]
            shards: tuple[Shard, ...] = ()
            if options.search:
                with report.stage("indexing"):
                    shards = _shards(archive.shelves.newest)
                    placed += _index(shards, archive, press)
            with report.stage("drawing"):
                placed += _draw_articles(archive, press)
                placed += _draw_pages(archive, press, Index(shards, _outlets()) if options.search else None)
                placed += _draw_redirects(archive, press, {file.path for file in placed})
            with report.stage("publishing"):
                if options.keeps_ledger:
                    _write_ledger(options.content, additions, report)
                outcome = publication.finish(placed)
                report.add(map(_set_aside, outcome.set_aside))
                cache.prune(collected.live_keys)
    report.forgive(site.expected_unpublished)
    return Summary(
        captures=len(found.paths),
        articles=len(archive.shelves.newest),
        versions=len(catalogued.articles),
        outcome=outcome,
        missing_names=collected.missing_names,
    )


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


def _index(shards: tuple[Shard, ...], archive: Archive, press: Press) -> list[Placed]:
    """The index's files: shards that stand as they were published are kept, the others made."""
    placed: list[Placed] = []
    keys = archive.collected.keys
    by_id = {article.id: article for article in archive.shelves.newest}
    tasks = []
    for shard in reversed(shards):
        kept = press.publication.keep_folder(f"search/{shard_path(shard)}/")
        if kept:
            placed += kept
        else:
            members = [(by_id[member.id], keys[by_id[member.id].facts.capture]) for member in shard.members]
            tasks.append(Indexed(shard, members))
    for files in press.report.progress("indexing", press.workers.run(index, tasks), len(tasks)):
        placed += files
    return placed


def _draw_articles(archive: Archive, press: Press) -> list[Placed]:
    placed: list[Placed] = []
    articles, newest, keys = archive.catalogue.articles, archive.shelves.newest, archive.collected.keys
    placing = placements(articles, archive.shelves, find_reposts(map(_entry, newest)), find_goals(newest))
    drawn = (Drawn(place, keys[place.article.facts.capture], _key(place.version_before, keys)) for place in placing)
    results = press.workers.run(draw_articles, chunks(drawn))
    for files, problems in press.report.progress("drawing", results, -(-len(articles) // CHUNK)):
        placed += files
        press.report.add(problems)
    return placed


def _key(article: Article | None, keys: Mapping[str, str]) -> str | None:
    return keys[article.facts.capture] if article is not None else None


def _entry(article: Article) -> Entry:
    facts = article.facts
    is_video = sources()[facts.kind].embeds_itself if facts.kind in sources() else False
    return Entry(article.id, facts.source, facts.title, article.date, facts.characters, facts.sketch, is_video)


def _draw_pages(archive: Archive, press: Press, index: Index | None) -> list[Placed]:
    """All but the articles."""
    planned = plan(archive.catalogue, archive.shelves, press.setting, index)
    placed = _draw(chain(planned, [_about(archive.collected, press.setting)]), press)
    paths = [file.path for file in placed if file.path.endswith(".html")]
    paths += [article_place(article) for article in archive.catalogue.articles]
    placed += [press.publication.staging.put(file.path, file.data) for file in sitemap_files(paths, press.setting)]
    return placed


def _about(collected: Collected, setting: Setting) -> Page:
    return about_page(collected.tallies, setting, outlets=_outlets(), unpublished=collected.refusals)


def _outlets() -> dict[str, str]:
    """Kind of source → display name of its outlet."""
    return {kind: source.name for kind, source in sources().items()}


def _draw_redirects(archive: Archive, press: Press, taken: Collection[str]) -> list[Placed]:
    """What stands at the former addresses of articles and of tags; `taken` are the paths of the site's own files."""
    collected, shelves, setting = archive.collected, archive.shelves, press.setting
    tags = former_tags(collected.own_tags, shelves, archive.authority) if archive.authority else ()
    taken = {*taken, *(tag.place for tag in tags if tag.place)}
    moved = redirects(archive.catalogue.articles, setting.site, captures=collected.facts, taken=taken)
    press.report.add(moved.problems)
    return _draw(redirect_files(replace(moved, redirects=(*moved.redirects, *tags)), setting), press)


def _draw(things: Iterator[Page | File], press: Press) -> list[Placed]:
    """The files of `things`: pages are drawn by the workers while finished files are placed here."""
    placed: list[Placed] = []

    def pages() -> Iterator[Page]:
        for thing in things:
            if isinstance(thing, File):
                placed.append(press.publication.staging.put(thing.path, thing.data))
            else:
                yield thing

    for files in press.workers.run(draw_pages, chunks(pages(), 8)):
        placed += files
    return placed
