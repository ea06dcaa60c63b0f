"""What a saved page says of itself in its head, its structured data and the comment that a browser left."""

import json
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from beilin.model.stamp import Stamp
from beilin.sources.claims import Claims
from beilin.text.addresses import clean_link
from beilin.text.characters import one_line
from beilin.text.dates import parse_written_date

SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(?P<url>\S+)\s*-->", re.I)
SINGLEFILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s*url:\s*(?P<url>\S+)\s*saved date:\s*(?P<date>[^\n(]+)", re.I
)
WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.I)
"""What only a whole page has."""


def read_head(html: str, tree: LexborHTMLParser) -> Claims:
    """The claims of a whole page; no claims for a fragment."""
    if not WHOLE_PAGE.search(html[:5000]):
        return Claims()
    metas = dict(_metas(tree))
    data = next(_articles(tree), {})
    saved = SINGLEFILE.search(html) or SAVED_FROM.search(html)
    canonical = tree.css_first("link[rel='canonical'][href]")
    addresses = (
        metas.get("og:url"),
        canonical.attributes.get("href") if canonical else None,
        saved["url"] if saved else None,
    )
    h1 = tree.css_first("article h1") or tree.css_first("h1")
    title = tree.css_first("head title")
    site_name = metas.get("og:site_name") or _name(data.get("publisher"))
    return Claims(
        titles=tuple(
            filter(
                None,
                (
                    metas.get("og:title") or "",
                    str(data.get("headline") or ""),
                    one_line(h1.text() or "") if h1 else "",
                    _page_title(one_line(title.text() or "") if title else "", site_name),
                ),
            )
        ),
        address=next((address for address in addresses if address and clean_link(address, None)), ""),
        account=site_name,
        authors=tuple(filter(None, (metas.get("author", ""),))) or tuple(_names(data.get("author"))),
        published=_published(metas, data, tree),
        captured=_captured(saved),
        tags=tuple(_tags(metas, data, tree)),
        is_page=True,
    )


def _metas(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for meta in tree.css("meta[content]"):
        name = (
            meta.attributes.get("property") or meta.attributes.get("name") or meta.attributes.get("itemprop") or ""
        ).lower()
        content = one_line(meta.attributes.get("content") or "")
        if name and content:
            seen[name] = (
                f"{seen[name]},{content}" if name == "article:tag" and name in seen else seen.get(name, content)
            )
    yield from seen.items()


def _articles(tree: LexborHTMLParser) -> Iterator[dict[str, object]]:
    """JSON-LD objects that describe an article."""
    for script in tree.css("script[type='application/ld+json']"):
        try:
            loaded = json.loads(script.text() or "")
        except (ValueError, RecursionError):
            continue
        graph = loaded.get("@graph", [loaded]) if isinstance(loaded, dict) else loaded
        for item in graph if isinstance(graph, list) else ():
            if isinstance(item, dict) and ("headline" in item or "datePublished" in item):
                yield item


def _tags(metas: dict[str, str], data: dict[str, object], tree: LexborHTMLParser) -> Iterator[str]:
    written = [metas.get(name, "") for name in ("article:tag", "keywords", "news_keywords")]
    keywords = data.get("keywords")
    written += [str(word) for word in keywords] if isinstance(keywords, list) else [str(keywords or "")]
    written += [link.text() or "" for link in tree.css("a[rel='tag']")]
    for text in written:
        yield from (tag for tag in re.split(r"[,，;；]\s*", text) if tag.strip())


def _names(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if name := _name(item):
            yield name


def _name(value: object) -> str:
    found = value.get("name") if isinstance(value, dict) else value
    return one_line(found) if isinstance(found, str) and "://" not in found else ""


def _page_title(title: str, site_name: str) -> str:
    """`title` without the site's name, which pages put behind a dash or a bar."""
    match = re.fullmatch(r"(?P<stem>.+?)(?:\s+[-–—|｜_]\s+|[|｜_])(?P<last>[^|｜]+)", title)
    is_name = match is not None and site_name and (match["last"].strip() in site_name or site_name in match["last"])
    return match["stem"] if match and is_name else title


def _published(metas: dict[str, str], data: dict[str, object], tree: LexborHTMLParser) -> tuple[Stamp, ...]:
    time = tree.css_first(
        "article time[datetime], time[pubdate], time[itemprop='datePublished'], header time[datetime]"
    )
    written = (
        metas.get("article:published_time"),
        str(data.get("datePublished") or ""),
        metas.get("datepublished")
        or metas.get("pubdate")
        or metas.get("publishdate")
        or metas.get("dc.date")
        or metas.get("date"),
        time.attributes.get("datetime") if time is not None else None,
    )
    return tuple(stamp for text in written if text and (stamp := parse_written_date(text, "page")))[:1]


def _captured(saved: re.Match[str] | None) -> Stamp | None:
    """SingleFile writes `Fri Mar 01 2024 10:20:30 GMT+0800`."""
    if saved is None or "date" not in saved.groupdict():
        return None
    match = re.match(r"\w{3} (\w{3}) (\d{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT([+-]\d{2})(\d{2})", saved["date"].strip())
    if match is None:
        return None
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    if match[1] not in months:
        return None
    iso = f"{match[3]}-{months.index(match[1]) + 1:02}-{match[2]}T{match[4]}{match[5]}:{match[6]}"
    return Stamp(iso, "saved page")
