"""Every page of the site but the articles' own, in the order in which they depend on nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from beilin.library.catalogue import Catalogue, Withdrawn
from beilin.library.ledger import facts_of
from beilin.library.links import local_links
from beilin.library.reposts import Repost
from beilin.library.shards import Index
from beilin.library.shelves import Shelves
from beilin.model.article import Article
from beilin.model.page import File, Page
from beilin.model.stamp import Stamp
from beilin.pages import places
from beilin.pages.articles import Edition, Neighbour, Placement, Twin
from beilin.pages.citing.gbt7714 import gbt7714_2025
from beilin.pages.citing.item import describe, permalink
from beilin.pages.data import record
from beilin.pages.feeds import Channel
from beilin.pages.listings import feed_files, grouped, listing_pages
from beilin.pages.moments import day_moment, moment_of
from beilin.pages.places import article_folder, date_folder, source_folder, tag_folder, way
from beilin.pages.search_page import search_files
from beilin.pages.setting import Setting
from beilin.pages.sitemap import HEADERS, robots, sitemaps
from beilin.pages.views import FrontView, Link, NotFoundView, WithdrawnView

NEWEST_ON_FRONT = 20
TAGS_ON_FRONT = 60
SOURCES_ON_FRONT = 40


def placements(
    articles: tuple[Article, ...],
    shelves: Shelves,
    reposts: Mapping[str, tuple[Repost, ...]],
    goals: Mapping[bytes, str],
) -> Iterator[Placement]:
    """Each article with what its page must know of its neighbours, its versions, its reposts and its links."""
    editions: dict[str, list[Article]] = {}
    for article in sorted(articles, key=_time):
        editions.setdefault(article.id, []).append(article)
    position = {article.id: index for index, article in enumerate(shelves.newest)}
    for article in articles:
        index = position[article.id]
        versions = editions[article.id]
        before = versions.index(article) - 1
        yield Placement(
            article=article,
            source_slug=shelves.slug_of_source.get(article.facts.source, ""),
            tag_slugs=tuple(shelves.slug_of_tag[tag] for tag in article.facts.tags),
            editions=tuple(
                Edition(other.version, other.facts.captured or other.facts.published, other.is_newest, number > 0)
                for number, other in enumerate(versions)
                if len(versions) > 1
            ),
            version_before=versions[before] if before >= 0 else None,
            twins=tuple(
                Twin(shelves.newest[position[repost.id]], repost.similarity) for repost in reposts.get(article.id, ())
            ),
            goals=local_links(article, goals),
            has_date_page=article.date in shelves.dates,
            earlier=_neighbour(shelves, index + 1),
            later=_neighbour(shelves, index - 1),
        )


def _time(article: Article) -> tuple[str, int]:
    stamp = article.facts.captured or article.facts.published
    return (stamp.iso if stamp else "", article.version)


def _neighbour(shelves: Shelves, index: int) -> Neighbour | None:
    if not 0 <= index < len(shelves.newest):
        return None
    article = shelves.newest[index]
    return Neighbour(article.id, article.facts.title, article.facts.lang)


def plan(catalogue: Catalogue, shelves: Shelves, setting: Setting, index: Index | None) -> Iterator[Page | File]:
    """All that is not an article's page; `index` is None where the site has no search index."""
    yield _front(shelves, setting)
    yield from listing_pages(shelves, setting)
    yield from feed_files(Channel(setting.site.title, ""), shelves.newest, setting)
    for gone in catalogue.withdrawn:
        yield from _withdrawn(gone, catalogue, setting)
    yield from search_files(shelves.newest, index, setting)
    yield _not_found(setting)
    data = "".join(record(article, is_newest=article.is_newest) for article in catalogue.articles)
    yield File("data/articles.jsonl", data.encode())
    yield File("robots.txt", robots(setting.site).encode())
    yield File("_headers", HEADERS.encode())


def sitemap_files(page_paths: list[str], setting: Setting) -> tuple[File, ...]:
    """The sitemap over `page_paths`; nothing without `base_url`."""
    return sitemaps(setting.site, (path for path in page_paths if path != places.NOT_FOUND))


def _front(shelves: Shelves, setting: Setting) -> Page:
    site, here = setting.site, places.FRONT
    days = [date for date in shelves.dates if len(date) == 10]
    years = [date for date in shelves.dates if len(date) == 4]
    view = FrontView(
        description=site.description,
        total=len(shelves.newest),
        span=(
            (day_moment(days[0], language=site.language), day_moment(days[-1], language=site.language))
            if days
            else None
        ),
        newest=grouped(shelves.newest[:NEWEST_ON_FRONT], here, setting),
        years=tuple(
            Link(way(here, date_folder(year) + "index.html"), year, len(shelves.dates[year]))
            for year in reversed(years)
        ),
        sources=tuple(
            Link(way(here, source_folder(shelf.slug) + "index.html"), shelf.name, len(shelf.articles))
            for shelf in shelves.sources[:SOURCES_ON_FRONT]
        ),
        tags=tuple(
            Link(way(here, tag_folder(shelf.slug) + "index.html"), shelf.name, len(shelf.articles))
            for shelf in shelves.tags[:TAGS_ON_FRONT]
        ),
    )
    return Page(here, "front.html", view, setting.frame(here, site.title, description=site.description))


def _not_found(setting: Setting) -> Page:
    path = urlsplit(setting.site.base_url).path or "/"
    frame = setting.frame(places.NOT_FOUND, setting.words["not_found"], robots="noindex")
    frame = replace(frame, root=path, canonical=None, feeds=())
    return Page(places.NOT_FOUND, "not-found.html", NotFoundView(path), frame)


def _withdrawn(gone: Withdrawn, catalogue: Catalogue, setting: Setting) -> Iterator[Page]:
    """What stays at a withdrawn address: at the identifier's own where no version is left, and at its version's."""
    record = gone.record
    versions = sorted(other.record.version for other in catalogue.withdrawn if other.record.id == record.id)
    is_living = any(article.id == record.id for article in catalogue.articles)
    folders = []
    if not is_living and record.version == versions[-1]:
        folders.append(article_folder(record.id))
    if is_living or len(versions) > 1:
        folders.append(article_folder(record.id, record.version))
    for folder in folders:
        yield _withdrawn_page(folder + "index.html", gone, setting)


def _withdrawn_page(here: str, gone: Withdrawn, setting: Setting) -> Page:
    site, record = setting.site, gone.record
    article = Article(record.id, record.version, facts_of(record), None, is_newest=True, seen_again=())
    is_private = gone.reason == "privacy"
    version = None if here == article_folder(record.id) + "index.html" else record.version
    title = setting.words["withdrawn"] if is_private else record.title
    published = None if record.published is None or is_private else Stamp(record.published, "ledger")
    view = WithdrawnView(
        id=record.id,
        title=title,
        source="" if is_private else record.source,
        published=moment_of(published, timezone=site.timezone, language=site.language) if published else None,
        withdrawn=day_moment(gone.date, language=site.language),
        original_url=None if is_private else record.original_url,
        reason=gone.reason,
        citation="" if is_private else gbt7714_2025(describe(site, article, version=version)),
        permalink=permalink(site, article, version=version),
    )
    return Page(here, "withdrawn.html", view, setting.frame(here, title, robots="noindex"))
