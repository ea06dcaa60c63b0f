"""Listings: tags, sources, years, months and days, each paged, with feeds and citations where the contract has them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from beilin.library.shelves import Shelf, Shelves
from beilin.model.article import Article
from beilin.model.name import Name
from beilin.model.page import File, Page
from beilin.pages.citing import bulk_downloads, bulk_files
from beilin.pages.citing.item import describe
from beilin.pages.feeds import Channel, atom, json_feed
from beilin.pages.known_names import name_view
from beilin.pages.moments import day_moment, in_words
from beilin.pages.places import article_place, date_folder, page_of_listing, source_folder, tag_folder, way
from beilin.pages.setting import Setting
from beilin.pages.views import Entry, Group, IndexView, Link, ListingView, Pager

ENTRIES_A_PAGE = 100
"""About 60 kB of markup: a phone shows it at once, and ten thousand articles are a hundred pages."""
YEAR_LENGTH, DAY_LENGTH = 4, 10
DATE_KINDS = {YEAR_LENGTH: "year", 7: "month", DAY_LENGTH: "day"}
"""By the length of the ISO date."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One listing before it is cut into pages. `up` and `parts` name files from the site's root."""

    kind: str
    heading: str
    folder: str
    articles: Sequence[Article]
    up: Link
    parts: Sequence[Link] = ()
    entry: Name | None = None


def listing_pages(shelves: Shelves, setting: Setting) -> Iterator[Page | File]:
    """Every listing with what belongs to it."""
    for kind, found, folder_of in (("tag", shelves.tags, tag_folder), ("source", shelves.sources, source_folder)):
        name = setting.words[f"{kind}s"]
        up = Link(f"{kind}/index.html", name)
        for shelf in found:
            folder = folder_of(shelf.slug)
            yield from _pages(Listing(kind, shelf.name, folder, shelf.articles, up, entry=shelf.entry), setting)
            yield from feed_files(Channel(f"{shelf.name} – {setting.site.title}", folder), shelf.articles, setting)
            yield from _citations(folder, shelf.articles, setting)
        yield _index(kind, name, [(folder_of(shelf.slug), shelf) for shelf in found], setting)
    yield from _dates(shelves, setting)


def _dates(shelves: Shelves, setting: Setting) -> Iterator[Page | File]:
    language = setting.site.language
    inside: dict[str, list[str]] = defaultdict(list)
    for date in shelves.dates:
        inside[date[:-3]].append(date)
    for date, articles in shelves.dates.items():
        folder = date_folder(date)
        up = Link("date/index.html", setting.words["dates"])
        if len(date) > YEAR_LENGTH:
            up = Link(f"{date_folder(date[:-3])}index.html", in_words(date[:-3], language))
        parts = [
            Link(f"{date_folder(part)}index.html", in_words(part, language), len(shelves.dates[part]))
            for part in inside[date]
        ]
        yield from _pages(
            Listing(DATE_KINDS[len(date)], in_words(date, language), folder, articles, up, parts), setting
        )
        if len(date) < DAY_LENGTH:
            yield from _citations(folder, articles, setting)
    years = [
        Shelf(in_words(date, language), date, found)
        for date, found in shelves.dates.items()
        if len(date) == YEAR_LENGTH
    ]
    yield _index("date", setting.words["dates"], [(date_folder(year.slug), year) for year in reversed(years)], setting)


def _pages(listing: Listing, setting: Setting) -> Iterator[Page]:
    """The pages of one listing."""
    folder, articles = listing.folder, listing.articles
    total = max(1, -(-len(articles) // ENTRIES_A_PAGE))
    for number in range(1, total + 1):
        here = page_of_listing(folder, number)
        shown = articles[(number - 1) * ENTRIES_A_PAGE : number * ENTRIES_A_PAGE]
        view = ListingView(
            kind=listing.kind,
            heading=listing.heading,
            total=len(articles),
            parts=tuple(Link(way(here, part.href), part.text, part.count) for part in listing.parts),
            up=Link(way(here, listing.up.href), listing.up.text),
            groups=grouped(shown, here, setting),
            pager=_pager(folder, number, total) if total > 1 else None,
            downloads=bulk_downloads(way(here, folder)) if listing.kind != "day" else (),
            name=name_view(listing.entry, setting.address(folder)) if listing.entry else None,
        )
        feeds = {folder: listing.heading} if listing.kind in ("tag", "source") else None
        yield Page(here, "listing.html", view, setting.frame(here, listing.heading, feed_folders=feeds))


def _pager(folder: str, number: int, total: int) -> Pager:
    here = page_of_listing(folder, number)
    return Pager(
        number=number,
        total=total,
        newer=way(here, page_of_listing(folder, number - 1)) if number > 1 else None,
        older=way(here, page_of_listing(folder, number + 1)) if number < total else None,
    )


def grouped(articles: Sequence[Article], here: str, setting: Setting) -> tuple[Group, ...]:
    """`articles` as the entries of the page at `here`, a group for each date."""
    language = setting.site.language
    return tuple(
        Group(
            heading=day_moment(date, language=language, page=here) if date else None,
            entries=tuple(_entry(article, here, setting) for article in found),
        )
        for date, found in groupby(articles, key=lambda article: article.date)
    )


def _entry(article: Article, here: str, setting: Setting) -> Entry:
    facts = article.facts
    return Entry(
        href=way(here, article_place(article)),
        title=facts.title,
        lang=facts.lang,
        source=facts.source,
        date=day_moment(article.date, language=setting.site.language) if article.date else None,
        summary=facts.summary,
    )


def _index(kind: str, heading: str, found: Sequence[tuple[str, Shelf]], setting: Setting) -> Page:
    here = f"{kind}/index.html"
    links = tuple(Link(way(here, f"{folder}index.html"), shelf.name, len(shelf.articles)) for folder, shelf in found)
    return Page(here, "index.html", IndexView(kind, heading, links), setting.frame(here, heading))


def feed_files(channel: Channel, articles: Sequence[Article], setting: Setting) -> Iterator[File]:
    """The two feeds of one listing."""
    yield File(f"{channel.path}feed.xml", atom(setting.site, channel, articles).encode())
    yield File(f"{channel.path}feed.json", json_feed(setting.site, channel, articles).encode())


def _citations(folder: str, articles: Sequence[Article], setting: Setting) -> Iterator[File]:
    items = [describe(setting.site, article) for article in articles]
    for name, text in bulk_files(items).items():
        yield File(folder + name, text.encode())
