"""What a citation of an article says, before any format: the record that every format is written from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from beilin.model.article import Article, Facts
from beilin.model.site import Site

UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
"""Control characters that end no line, byte order marks and what UTF-8 or XML 1.0 cannot hold."""

NOT_IN_URLS = re.compile(r'[\s"<>\\^`{|}]')
"""What RFC 3986 and RFC 3987 keep out of every address; braces would also unbalance a BibLaTeX field."""


class Genre(StrEnum):
    """What sort of writing is cited, by its name in CSL."""

    NEWS = "article-newspaper"
    POST = "post-weblog"
    PAGE = "webpage"


GENRES = {
    **dict.fromkeys(
        ("rfa", "epochtimes", "voa", "bbc", "dw", "rfi", "cna", "zaobao", "nytcn", "reuters"),
        Genre.NEWS,
    ),
    **dict.fromkeys(("wechat", "matters", "medium"), Genre.POST),
}
"""Kinds of source that are more than a web page."""


@dataclass(frozen=True, slots=True)
class Item:
    """A citation without a style. Every text is one line; what nothing says is empty or None, never guessed."""

    key: str
    """Unique in the archive: the article's identifier, of an older version `<id>-v<n>`."""
    genre: Genre
    title: str
    authors: tuple[str, ...]
    """Whole names as printed; nothing tells which part of one is the family name."""
    translators: tuple[str, ...]
    source: str
    issued: str | None
    """Of the printed precision: `2023`, `2023-10` or `2023-10-27`, the day in the archive's timezone."""
    accessed: str | None
    """When it was captured, in the same form."""
    permalink: str | None
    """None where the archive knows no address of its own."""
    original_url: str | None
    lang: str
    archive: str
    archive_location: str
    """`<id>` or `<id>/v<n>`."""
    note: str
    """Day and SHA-256 of the capture and the original address, as far as they are known."""

    @property
    def url(self) -> str | None:
        """Where formats with room for one address send the reader: the permalink, else the original address."""
        return self.permalink or self.original_url


def permalink(site: Site, article: Article, *, version: int | None = None) -> str:
    """The lasting address of `article`, or of one of its versions; without `base_url` its path from the site's root."""
    return f"{site.base_url}a/{article.id}/" if version is None else f"{site.base_url}a/{article.id}/v{version}/"


def describe(site: Site, article: Article, *, version: int | None = None) -> Item:
    """The citation of `article`; with `version`, of exactly that version under its own address."""
    facts = article.facts
    original_url = legal_url(facts.original_url) if facts.original_url else None
    captured = facts.captured.filed_under(site.timezone) if facts.captured else None
    return Item(
        key=article.id if version is None else f"{article.id}-v{version}",
        genre=GENRES.get(facts.kind, Genre.PAGE),
        title=one_line(facts.title),
        authors=one_line_each(facts.authors),
        translators=one_line_each(facts.translators),
        source=one_line(facts.source),
        issued=facts.published.filed_under(site.timezone) if facts.published else None,
        accessed=captured,
        permalink=permalink(site, article, version=version) if site.base_url else None,
        original_url=original_url,
        lang=facts.lang,
        archive=one_line(site.title),
        archive_location=article.id if version is None else f"{article.id}/v{version}",
        note=provenance(facts, captured, original_url),
    )


def provenance(facts: Facts, captured: str | None, original_url: str | None) -> str:
    """Where the archived text comes from, for the field that each format keeps for remarks.

    No colons: CSL processors and Zotero read `name: value` in a note as a field.
    """
    known = (
        captured and f"captured {captured}",
        facts.capture_sha256 and f"SHA-256 {facts.capture_sha256}",
        original_url and f"original address {original_url}",
    )
    return "; ".join(part for part in known if part)


def csl(item: Item) -> dict[str, object]:
    """`item` as CSL-JSON 1.0.2; a name is `{"literal": …}`, a date has the parts that are known."""
    fields = {
        "id": item.key,
        "type": item.genre.value,
        "title": item.title,
        "author": [{"literal": name} for name in item.authors],
        "translator": [{"literal": name} for name in item.translators],
        "container-title": item.source,
        "issued": date_parts(item.issued),
        "accessed": date_parts(item.accessed),
        "URL": item.url,
        "language": item.lang,
        "archive": item.archive,
        "archive_location": item.archive_location,
        "note": item.note,
    }
    return known(fields)


def date_parts(date: str | None) -> dict[str, list[list[int]]] | None:
    """A CSL date of one to three parts from `2023`, `2023-10` or `2023-10-27`."""
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None


def known(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields that say something: no nulls, no empty texts or lists."""
    return {name: value for name, value in fields.items() if value}


def one_line(text: str) -> str:
    """`text` on one line, without characters that a text file or XML cannot hold."""
    lines = UNWRITABLE.sub("", text).replace("\t", " ").splitlines()
    return " ".join(line for line in (line.strip() for line in lines) if line)


def one_line_each(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names that are not empty, each on one line."""
    return tuple(name for name in map(one_line, names) if name)


def legal_url(url: str) -> str:
    """`url` as it is, but for characters that no address may hold, which are percent-encoded."""
    return NOT_IN_URLS.sub(lambda match: quote(match[0], safe=""), one_line(url))
