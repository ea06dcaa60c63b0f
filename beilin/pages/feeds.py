"""Feeds of the newest articles: Atom (RFC 4287) and JSON Feed 1.1.

A site that knows its address uses it: entries are identified by their permalinks. One that does not uses relative
links and `tag:` identifiers (RFC 4151) under `beilin.invalid`, a name that RFC 2606 promises to nobody, and a fixed
year. They depend on nothing but the article's identifier or the listing's path: no build changes them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from zoneinfo import ZoneInfo

from beilin.model.article import Article
from beilin.model.site import Site
from beilin.model.stamp import Stamp
from beilin.pages.citing.item import known, legal_url, one_line, one_line_each

LENGTH = 50
"""Entries of a feed at most: what readers fetch again and again stays small."""

TAG = "tag:beilin.invalid,2026:"
UNDATED = "1970-01-01T00:00:00Z"
"""Stands for "not known" where Atom demands a moment."""

DAY = 10  # characters of YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class Channel:
    """A listing that has feeds: all articles, those of a tag, those of a source."""

    title: str
    path: str
    """From the site's root, not percent-encoded: empty for all articles, else such as `tag/<tag>/`."""


def atom(site: Site, channel: Channel, articles: Sequence[Article]) -> str:
    """`feed.xml` of `channel`; `articles` newest first, of which the first 50 are told."""
    newest = articles[:LENGTH]
    home = home_address(site, channel)
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": site.language})
    say(feed, "id", f"{home}feed.xml" if site.base_url else f"{TAG}feed/{quote(channel.path)}")
    say(feed, "title", channel.title)
    say(feed, "subtitle", site.description)
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{home}feed.xml"})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": home or "./"})
    say(feed, "updated", latest(site, newest))
    say(SubElement(feed, "author"), "name", site.title)
    say(feed, "rights", site.licence)
    for article in newest:
        feed.append(atom_entry(site, channel, article))
    indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'


def atom_entry(site: Site, channel: Channel, article: Article) -> Element:
    """One entry of an Atom feed."""
    facts = article.facts
    entry = Element("entry", {"xml:lang": facts.lang})
    say(entry, "id", identifier(site, article))
    title = SubElement(entry, "title")
    title.text = one_line(facts.title)
    link = {"rel": "alternate", "type": "text/html", "href": address(site, channel, article)}
    SubElement(entry, "link", link)
    if facts.original_url:
        SubElement(entry, "link", {"rel": "via", "href": legal_url(facts.original_url)})
    say(entry, "updated", updated(site, article))
    say(entry, "published", published(site, article))
    for name in one_line_each(facts.authors):
        say(SubElement(entry, "author"), "name", name)
    for tag in one_line_each(facts.tags):
        SubElement(entry, "category", {"term": tag})
    say(entry, "summary", facts.summary)
    return entry


def json_feed(site: Site, channel: Channel, articles: Sequence[Article]) -> str:
    """`feed.json` of `channel`; `articles` newest first, of which the first 50 are told.

    A feed that does not know its address names none of its own; the addresses of its articles are then relative to it.
    """
    home = home_address(site, channel)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": one_line(channel.title),
        "home_page_url": home if site.base_url else None,
        "feed_url": f"{home}feed.json" if site.base_url else None,
        "description": one_line(site.description),
        "language": site.language,
    }
    items = [json_entry(site, channel, article) for article in articles[:LENGTH]]
    return json.dumps(known(feed) | {"items": items}, ensure_ascii=False, indent=1) + "\n"


def json_entry(site: Site, channel: Channel, article: Article) -> dict[str, object]:
    """One item of a JSON Feed."""
    facts = article.facts
    entry = {
        "id": identifier(site, article),
        "url": address(site, channel, article),
        "external_url": legal_url(facts.original_url) if facts.original_url else None,
        "title": one_line(facts.title),
        "date_published": published(site, article),
        "date_modified": updated(site, article) if facts.published or facts.captured else None,
        "authors": [{"name": name} for name in one_line_each(facts.authors)],
        "tags": list(one_line_each(facts.tags)),
        "language": facts.lang,
    }
    return known(entry) | {"content_text": one_line(facts.summary)}


def home_address(site: Site, channel: Channel) -> str:
    """The listing's address; the empty string, which is the feed's own folder, where the site knows none."""
    return f"{site.base_url}{quote(channel.path)}" if site.base_url else ""


def address(site: Site, channel: Channel, article: Article) -> str:
    """The article's permalink; relative to the feed where the site knows no address."""
    return f"{site.base_url or '../' * channel.path.count('/')}a/{article.id}/"


def identifier(site: Site, article: Article) -> str:
    """The entry's identifier, the same in every feed of the site."""
    return f"{site.base_url}a/{article.id}/" if site.base_url else f"{TAG}{article.id}"


def published(site: Site, article: Article) -> str | None:
    """When the article was published; None if the day is not known, for a month has no RFC 3339 form."""
    stamp = article.facts.published
    return rfc3339(instant(stamp, site.timezone)) if stamp and len(stamp.iso) >= DAY else None


def updated(site: Site, article: Article) -> str:
    """The later of publication and capture: a new version of an article comes with a later capture."""
    return latest(site, [article])


def latest(site: Site, articles: Sequence[Article]) -> str:
    """The latest moment that `articles` speak of."""
    stamps = [stamp for article in articles for stamp in (article.facts.published, article.facts.captured) if stamp]
    return rfc3339(max(instant(stamp, site.timezone) for stamp in stamps)) if stamps else UNDATED


def instant(stamp: Stamp, timezone_name: str) -> datetime:
    """The moment of `stamp`, or the first of the day, month or year that it names, in the site's timezone."""
    iso = stamp.iso if len(stamp.iso) >= DAY else f"{stamp.iso}-01-01"[:DAY]
    moment = datetime.fromisoformat(iso)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone_name))


def rfc3339(moment: datetime) -> str:
    """`moment` to the second. Before standard time was introduced offsets have seconds, which RFC 3339 cannot say."""
    offset = moment.utcoffset() or timedelta()
    minutes = timezone(timedelta(minutes=offset // timedelta(minutes=1)))
    return moment.replace(tzinfo=minutes).isoformat(timespec="seconds")


def say(parent: Element, name: str, text: str | None) -> None:
    """Adds an element to `parent` unless there is nothing to say."""
    content = one_line(text or "")
    if content:
        SubElement(parent, name).text = content
