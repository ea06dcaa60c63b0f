"""The archive in its orders: by date, tag and source; each entry an article's newest version."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from beilin.library.slugs import slugs
from beilin.model.article import Article
from beilin.model.name import Name


@dataclass(frozen=True, slots=True)
class Shelf:
    """Articles under one name, newest first."""

    name: str
    """As printed: a tag, a source, or a date in ISO form."""
    slug: str
    articles: tuple[Article, ...]
    entry: Name | None = None
    """What the authority file says of it; only of a tag."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """Every listing of the archive."""

    newest: tuple[Article, ...]
    """The newest version of every article, newest date first."""
    tags: tuple[Shelf, ...]
    """The most used first."""
    sources: tuple[Shelf, ...]
    """The largest first."""
    dates: Mapping[str, tuple[Article, ...]]
    """`2023`, `2023-10` and `2023-10-27` → what is filed there, newest first."""
    slug_of_tag: Mapping[str, str]
    slug_of_source: Mapping[str, str]


def arrange(articles: Sequence[Article], names: Iterable[Name] = ()) -> Shelves:
    """`articles`, newest first, arranged; `names` are those that the archive knows."""
    newest = tuple(article for article in articles if article.is_newest)
    tags: dict[str, list[Article]] = defaultdict(list)
    sources: dict[str, list[Article]] = defaultdict(list)
    dates: dict[str, list[Article]] = defaultdict(list)
    for article in newest:
        for tag in article.facts.tags:
            tags[tag].append(article)
        if article.facts.source:
            sources[article.facts.source].append(article)
        for length in (4, 7, 10):
            if article.date and len(article.date) >= length:
                dates[article.date[:length]].append(article)
    # older versions have tags and sources too, and link to their pages
    tag_slugs = slugs(dict.fromkeys([*tags, *(tag for article in articles for tag in article.facts.tags)]))
    source_slugs = slugs(
        dict.fromkeys([*sources, *(article.facts.source for article in articles if article.facts.source)])
    )
    return Shelves(
        newest=newest,
        tags=_by_size(tags, tag_slugs, {name.name: name for name in names}),
        sources=_by_size(sources, source_slugs, {}),
        dates={date: tuple(found) for date, found in sorted(dates.items())},
        slug_of_tag=tag_slugs,
        slug_of_source=source_slugs,
    )


def _by_size(
    found: Mapping[str, Sequence[Article]], slug_of: Mapping[str, str], entries: Mapping[str, Name]
) -> tuple[Shelf, ...]:
    """A name that only older versions have keeps its page, empty, so that their links lead somewhere."""
    shelves = [Shelf(name, slug, tuple(found.get(name, ())), entries.get(name)) for name, slug in slug_of.items()]
    return tuple(sorted(shelves, key=lambda shelf: (-len(shelf.articles), shelf.name)))
