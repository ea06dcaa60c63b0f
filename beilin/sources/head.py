"""What a saved page says of itself in its head, its structured data and the comment that a browser left."""

import json
import re
from collections.abc import Iterator
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from beilin.model.stamp import Stamp
from beilin.sources.claims import Claim, Claims, Origin, claims_of
from beilin.text.addresses import clean_link
from beilin.text.characters import NOT_SPACE, one_line
from beilin.text.dates import parse_written_date

SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(?P<url>\S+)\s*-->", re.I)
SINGLEFILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s*url:\s*(?P<url>\S+)\s*saved date:\s*(?P<date>[^\n(]+)", re.I
)
WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.I)
"""What only a whole page has."""

LEAST_TIMES = 2
"""The text of the structured data is so many times what the page shows beside it, a menu and a few buttons."""


def read_head(html: str, tree: LexborHTMLParser) -> Claims:
    """The claims of a whole page; no claims for a fragment."""
    if not WHOLE_PAGE.search(html[:5000]):
        return Claims()
    metas = dict(_metas(tree))
    data = next(_articles(tree), {})
    saved = SINGLEFILE.search(html) or SAVED_FROM.search(html)
    canonical = tree.css_first("link[rel='canonical'][href]")
    addresses = (
        Claim(metas.get("og:url", ""), Origin.PAGE_HEAD),
        Claim((canonical.attributes.get("href") if canonical else None) or "", Origin.PAGE_HEAD),
        Claim(saved["url"] if saved else "", Origin.SAVED_PAGE),
    )
    site_name = metas.get("og:site_name") or _name(data.get("publisher"))
    return Claims(
        titles=_titles(metas, data, tree, site_name),
        addresses=tuple(claim for claim in addresses if clean_link(claim.text, None)),
        accounts=claims_of((site_name,), Origin.PAGE_HEAD),
        authors=claims_of((metas.get("author") or "",), Origin.PAGE_HEAD)
        or claims_of(_names(data.get("author")), Origin.PAGE_HEAD),
        published=_published(metas, data, tree),
        captured=_captured(saved),
        tags=_tags(metas, data, tree),
        deks=claims_of((metas.get(name, "") for name in ("og:description", "description")), Origin.PAGE_HEAD),
        is_page=True,
    )


def text_in_data(tree: LexborHTMLParser) -> str:
    """The article's text in the page's structured data, where its body has none to speak of, as pages have that only
    scripts fill; else empty."""
    text = next((text for data in _articles(tree) if isinstance(text := data.get("articleBody"), str)), "")
    if not text or tree.body is None or tree.body.css_first("p") is not None:
        return ""
    # a script's text is text of the body to the parser
    unseen = sum(
        len(NOT_SPACE.findall(node.text() or "")) for node in tree.body.css("script, style, template, noscript")
    )
    visible = len(NOT_SPACE.findall(tree.body.text() or "")) - unseen
    # many sites write entities there as well
    return unescape(text) if visible * LEAST_TIMES < len(NOT_SPACE.findall(text)) else ""


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


def _titles(
    metas: dict[str, str], data: dict[str, object], tree: LexborHTMLParser, site_name: str
) -> tuple[Claim, ...]:
    h1 = tree.css_first("article h1") or tree.css_first("h1")
    title = tree.css_first("head title")
    return (
        *claims_of((metas.get("og:title", ""), str(data.get("headline") or "")), Origin.PAGE_HEAD),
        *claims_of((one_line(h1.text() or "") if h1 else "",), Origin.PAGE),
        *claims_of((_page_title(one_line(title.text() or "") if title else "", site_name),), Origin.PAGE_HEAD),
    )


def _tags(metas: dict[str, str], data: dict[str, object], tree: LexborHTMLParser) -> tuple[Claim, ...]:
    written = [metas.get(name, "") for name in ("article:tag", "keywords", "news_keywords")]
    keywords = data.get("keywords")
    written += [str(word) for word in keywords] if isinstance(keywords, list) else [str(keywords or "")]
    linked = [link.text() or "" for link in tree.css("a[rel='tag']")]
    return (*claims_of(_listed(written), Origin.PAGE_HEAD), *claims_of(_listed(linked), Origin.PAGE))


def _listed(written: list[str]) -> Iterator[str]:
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
    dated = ("datepublished", "pubdate", "publishdate", "dc.date", "date")
    written = (
        *claims_of((metas.get("article:published_time", ""), str(data.get("datePublished") or "")), Origin.PAGE_HEAD),
        *claims_of((metas.get(name, "") for name in dated), Origin.PAGE_HEAD),
        *claims_of(((time.attributes.get("datetime") if time is not None else None) or "",), Origin.PAGE),
    )
    return tuple(stamp for claim in written if (stamp := parse_written_date(claim.text, claim.origin)))[:1]


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
    return Stamp(iso, Origin.SAVED_PAGE)
