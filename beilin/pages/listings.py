"""Listings: tags, sources, years, months and days, each paged, with feeds and citations where the contract has them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from beilin.library.shelves import Shelf, Shelves
from beilin.model.article import Article
from beilin.model.page import File, Page
from beilin.pages.citing import bulk_downloads, bulk_files
from beilin.pages.citing.item import describe
from beilin.pages.feeds import Channel, atom, json_feed
from beilin.pages.moments import day_moment, in_words
from beilin.pages.places import article_place, date_folder, page_of_listing, source_folder, tag_folder, way
from beilin.pages.setting import Setting
from beilin.pages.views import Entry, Group, IndexView, Link, ListingView, Pager

ENTRIES_A_PAGE = 100
"""About 60 kB of markup: a phone shows it at once, and ten thousand articles are a hundred pages."""
DAY_LENGTH, MONTH_LENGTH, YEAR_LENGTH = 10, 7, 4


def listing_pages(shelves: Shelves, setting: Setting) -> Iterator[Page | File]:
    """Every listing with what belongs to it."""
    for kind, found, folder_of in (("tag", shelves.tags, tag_folder), ("source", shelves.sources, source_folder)):
        up = setting.words[f"{kind}s"]
        for shelf in found:
            folder = folder_of(shelf.slug)
            yield from _listing(kind, shelf.name, folder, shelf.articles, setting, up=Link(f"{kind}/index.html", up))
            yield from feed_files(Channel(f"{shelf.name} – {setting.site.title}", folder), shelf.articles, setting)
            yield from _citations(folder, shelf.articles, setting)
        yield _index(kind, up, [(folder_of(shelf.slug), shelf) for shelf in found], setting)
    yield from _dates(shelves, setting)


def _dates(shelves: Shelves, setting: Setting) -> Iterator[Page | File]:
    language = setting.site.language
    kinds = {YEAR_LENGTH: "year", MONTH_LENGTH: "month", DAY_LENGTH: "day"}
    for date, articles in shelves.dates.items():
        parts = [other for other in shelves.dates if len(other) == len(date) + 3 and other.startswith(date)]
        folder = date_folder(date)
        up = Link("date/index.html", setting.words["dates"])
        if len(date) > YEAR_LENGTH:
            up = Link(f"{date_folder(date[:-3])}index.html", in_words(date[:-3], language))
        yield from _listing(kinds[len(date)], in_words(date, language), folder, articles, setting, up=up, parts=[
            Link(f"{date_folder(part)}index.html", in_words(part, language), len(shelves.dates[part])) for part in parts
        ])  # fmt: skip
        if len(date) < DAY_LENGTH:
            yield from _citations(folder, articles, setting)
    years = [
        Shelf(in_words(date, language), date, found)
        for date, found in shelves.dates.items()
        if len(date) == YEAR_LENGTH
    ]
    yield _index("date", setting.words["dates"], [(date_folder(year.slug), year) for year in reversed(years)], setting)


def _listing(kind: str, heading: str, folder: str, articles: Sequence[Article], setting: Setting, *,
             up: Link, parts: Sequence[Link] = ()) -> Iterator[Page]:  # fmt: skip
    """The pages of one listing. `up` and `parts` name files from the site's root."""
    total = max(1, -(-len(articles) // ENTRIES_A_PAGE))
    for number in range(1, total + 1):
        here = page_of_listing(folder, number)
        shown = articles[(number - 1) * ENTRIES_A_PAGE : number * ENTRIES_A_PAGE]
        view = ListingView(
            kind=kind,
            heading=heading,
            total=len(articles),
            parts=tuple(Link(way(here, part.href), part.text, part.count) for part in parts),
            up=Link(way(here, up.href), up.text),
            groups=grouped(shown, here, setting),
            pager=_pager(folder, number, total) if total > 1 else None,
            downloads=bulk_downloads(way(here, folder)) if kind != "day" else (),
        )
        has_feeds = kind in ("tag", "source")
        frame = setting.frame(here, heading, feed_folders={folder: heading} if has_feeds else None)
        yield Page(here, "listing.html", view, frame)


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
