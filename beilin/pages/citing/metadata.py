"""What an article page says of itself to programs: Zotero, Dublin Core, Open Graph, schema.org."""

import json
import re

from beilin.model.article import Article
from beilin.model.site import Site
from beilin.pages.citing.item import Genre, Item, describe, known, legal_url, one_line, one_line_each, permalink
from beilin.pages.views import Meta

ZOTERO_TYPES = {Genre.NEWS: "newspaperArticle", Genre.POST: "blogPost", Genre.PAGE: "webpage"}
SCHEMA_TYPES = {Genre.NEWS: "NewsArticle", Genre.POST: "BlogPosting", Genre.PAGE: "Article"}

UNSAFE_IN_SCRIPTS = re.compile("[<>&\u2028\u2029]")
"""What could end a script element or, in old readers of JavaScript, a line."""


def head_metas(site: Site, article: Article, *, version: int | None = None) -> tuple[Meta, ...]:
    """The metas of an article page, from which Zotero saves it whole at the first try.

    The same bare date stands in `DC.date` and `article:published_time`: of two different ones Zotero takes either.
    """
    item = describe(site, article, version=version)
    named = [
        ("z:itemType", ZOTERO_TYPES[item.genre]),
        ("z:archive", item.archive),
        ("z:archiveLocation", item.archive_location),
        ("z:extra", item.note),
        ("DC.title", item.title),
        *(("DC.creator", unsplit(name)) for name in item.authors),
        ("DC.source", item.source),
        ("DC.date", item.issued),
        ("DC.language", item.lang),
        ("DC.rights", one_line(site.licence)),
        ("DC.identifier", permalink(site, article, version=version)),
        ("citation_public_url", item.url if site.base_url else None),
    ]
    metas = tuple(Meta(name, content) for name, content in named if content)
    return metas + open_graph(site, item, one_line(article.facts.summary))


def open_graph(site: Site, item: Item, summary: str) -> tuple[Meta, ...]:
    """What services that show a link read. Without a source, Zotero would take `og:site_name` for the publication."""
    properties = [
        ("og:type", "article"),
        ("og:title", item.title),
        ("og:description", summary),
        ("og:site_name", item.archive if item.source else None),
        ("og:url", item.url if site.base_url else None),
        ("article:published_time", item.issued),
    ]
    return tuple(Meta(name, content, is_property=True) for name, content in properties if content)


def unsplit(name: str) -> str:
    """`name` such that Zotero keeps it whole: it splits at a space unless there is a comma, be it at the very end."""
    return f"{name}," if " " in name and "," not in name else name


def structured_data(site: Site, article: Article, *, version: int | None = None) -> str:
    """schema.org JSON-LD of the archived work, escaped to stand in a script element.

    Names carry no type: nothing tells a person from a body.
    """
    item = describe(site, article, version=version)
    facts = article.facts
    work = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES[item.genre],
        "headline": item.title,
        "author": [{"name": name} for name in item.authors],
        "editor": [{"name": name} for name in one_line_each(facts.editors)],
        "translator": [{"name": name} for name in item.translators],
        "publisher": {"name": item.source} if item.source else None,
        "datePublished": item.issued,
        "inLanguage": item.lang,
        "keywords": list(one_line_each(facts.tags)),
        "url": legal_url(facts.original_url) if facts.original_url else None,
        "archivedAt": copy(site, item, article.version),
        "encoding": known(
            {"@type": "MediaObject", "sha256": facts.capture_sha256, "dateCreated": item.accessed},
        ),
    }
    text = json.dumps(known(work), ensure_ascii=False)
    return UNSAFE_IN_SCRIPTS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def copy(site: Site, item: Item, version: int) -> dict[str, object]:
    """The page of the archive that holds the work."""
    archive = {"@type": "WebSite", "name": item.archive, "url": site.base_url}
    page = {
        "@type": "WebPage",
        "identifier": item.archive_location,
        "version": str(version),
        "url": item.url if site.base_url else None,
        "isPartOf": known(archive),
    }
    return known(page)
