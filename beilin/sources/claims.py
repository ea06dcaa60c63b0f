"""What a capture claims about itself, place by place, before anyone decides between the claims."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import unescape

from selectolax.lexbor import LexborNode

from beilin.model.capture import Capture, FrontMatter
from beilin.model.problem import Level, Problem
from beilin.model.stamp import Stamp
from beilin.sources.declaration import Source
from beilin.sources.front_matter import every, first
from beilin.sources.opening import Opening
from beilin.sources.wrappers import Unwrapped
from beilin.text.addresses import clean_link
from beilin.text.characters import one_line
from beilin.text.dates import find_chinese_date, parse_written_date

URL_KEYS = (
    "from",
    "original_url",
    "source_url",
    "url",
    "link",
    "original",
    "canonical",
    "canonical_url",
    "source",
    "permalink",
)
SOURCE_KEYS = ("publication", "publisher", "outlet", "account", "site", "site_name", "source")
AUTHOR_KEYS = ("author", "authors", "by")
PUBLISHED_KEYS = ("published", "published_at", "pubdate", "publish_date", "publishdate", "date_published", "date")
CAPTURED_KEYS = (
    "captured",
    "captured_at",
    "archived",
    "archived_at",
    "saved",
    "retrieved",
    "accessed",
    "access_date",
    "crawled",
)


LONGEST_NAME = 60
_BETWEEN_NAMES = re.compile(r"[,，、;；]|\s&\s")
_AROUND_NAMES = re.compile(
    r"^(?:null\s+|(?:采访|特约|特約|本报|文字)?(?:记者|記者|作者|撰稿人?|编译|文)\s*[：:/／]\s*)|"
    r"\s*[（(](?:摘编|摘編|编译|編譯|(?:综合|綜合)?(?:报道|报导|報導)|发自[^）)]*|發自[^）)]*|文|图|圖)[）)]$"
)
_NOBODY = frozenset(("unknown", "null", "none", "admin", "more"))


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims, best first in each field."""

    titles: tuple[str, ...] = ()
    address: str = ""
    """The original address as captured, tracking and all; empty if nothing says."""
    account: str = ""
    """Name of the publishing outlet or account."""
    authors: tuple[str, ...] = ()
    published: tuple[Stamp, ...] = ()
    captured: Stamp | None = None
    tags: tuple[str, ...] = ()
    is_page: bool = False
    """Whether the capture is a whole page with a head, with all its navigation."""
    doubts: tuple[Problem, ...] = ()

    @property
    def url(self) -> str | None:
        """The original address, cleaned."""
        return clean_link(self.address, None)

    def with_page(self, source: Source, root: LexborNode) -> "Claims":
        """These claims with what `source` says where to find on the page itself."""
        titles = tuple(text for text in _texts(root, source.title) if text)[:1]
        accounts = tuple(_account(node) for selector in source.account for node in root.css(selector)[:1])
        stamps = tuple(stamp for node in _nodes(root, source.published) if (stamp := _stamp(node)) is not None)[:1]
        return replace(
            self,
            titles=(*titles, *self.titles) if self.is_page else (*self.titles, *titles),
            account=_first((*accounts, self.account) if self.is_page else (self.account, *accounts)),
            authors=self.authors or split_names(_texts(root, source.authors)),
            published=(*stamps, *self.published),
            tags=(*self.tags, *_texts(root, source.tags), *_tag_links(root, source)),
        )

    def with_opening(self, opening: Opening) -> "Claims":
        """These claims with what the line before the text says."""
        stamps = (opening.published,) if opening.published else ()
        return replace(self, authors=self.authors or split_names(opening.authors), published=(*stamps, *self.published))


def collect_claims(begun: Claims, capture: Capture, unwrapped: Unwrapped, head: Claims) -> Claims:
    """All claims of the wrapper, the front matter and the page's `head`, added to those `begun` by the plain reader."""
    matter = capture.front_matter
    is_feed = unwrapped.is_feed or ("layout" in matter and "from" in matter)
    address = _address(unwrapped.url, matter) or begun.address or head.address
    name, authors, tags = _names(matter, unwrapped, is_feed=is_feed)
    published, captured, doubts = _dates(capture, unwrapped)
    return Claims(
        titles=tuple(filter(None, (unwrapped.title, first(matter, "title"), *begun.titles, *head.titles))),
        address=address,
        account=name or begun.account or head.account,
        authors=authors or begun.authors or head.authors,
        published=(*begun.published, *head.published, *published),
        captured=captured or head.captured,
        tags=(*tags, *head.tags),
        is_page=head.is_page,
        doubts=doubts,
    )


def _address(wrapped: str, matter: FrontMatter) -> str:
    candidates = (wrapped, *(first(matter, key) for key in URL_KEYS))
    return next((text.strip() for text in candidates if clean_link(text, None) and "://" in text), "")


def _names(matter: FrontMatter, unwrapped: Unwrapped, *, is_feed: bool) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Name of the outlet, authors and tags; a feed tool's tags and categories are the outlet's name and no more."""
    authors = split_names(every(matter, *AUTHOR_KEYS))
    if is_feed:
        name = first(matter, "tags", "categories") or first(matter, "author")
        return one_line(name), tuple(author for author in authors if author != one_line(name)), ()
    tags = every(matter, "tags", "keywords")
    if unwrapped.is_post_capture:
        return one_line(unwrapped.account), authors, tags
    name = next((value for key in SOURCE_KEYS if (value := first(matter, key)) and "://" not in value), "")
    return one_line(name), authors, tags


def split_names(written: Iterable[str]) -> tuple[str, ...]:
    """Names one by one, without the labels and remarks that bylines carry: `采访记者： 某某（摘编）`."""
    parts = (part for text in written for part in _BETWEEN_NAMES.split(unescape(text)))
    names = (_AROUND_NAMES.sub("", one_line(part)).strip() for part in parts)
    return tuple(dict.fromkeys(name for name in names if 1 < len(name) <= LONGEST_NAME and name.lower() not in _NOBODY))


def _dates(capture: Capture, unwrapped: Unwrapped) -> tuple[tuple[Stamp, ...], Stamp | None, tuple[Problem, ...]]:
    matter = capture.front_matter
    doubts: list[Problem] = []

    def read(keys: tuple[str, ...]) -> Iterator[Stamp]:
        for key in keys:
            written = first(matter, key)
            if not written:
                continue
            stamp = parse_written_date(written, "front matter")
            if stamp is not None:
                yield stamp
            else:
                message = f'"{written}" is no date that can be read; write {key}: 2019-06-30, 2019-06 or 2019'
                doubts.append(Problem(Level.WARNING, "date-unreadable", capture.path, _line_of(capture, key), message))

    captured = next(read(CAPTURED_KEYS), None)
    is_tool_date = unwrapped.feed_date == "captured" or "fetched" in every(matter, "tags")
    if is_tool_date:
        return tuple(read(PUBLISHED_KEYS[:-1])), captured or next(read(("date",)), None), tuple(doubts)
    return tuple(read(PUBLISHED_KEYS))[:1], captured, tuple(doubts)


def _line_of(capture: Capture, key: str) -> int:
    for number, line in enumerate(capture.text.split("\n")[: capture.body_line], 1):
        if line.lower().startswith(key):
            return number
    return 1


def _nodes(root: LexborNode, selectors: tuple[str, ...]) -> Iterator[LexborNode]:
    for selector in selectors:
        yield from root.css(selector)


def _texts(root: LexborNode, selectors: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for node in _nodes(root, selectors) if (text := one_line(node.text() or "")))


def _tag_links(root: LexborNode, source: Source) -> tuple[str, ...]:
    """The words of links in the text that only lead to the outlet's tag pages."""
    if source.tag_link is None:
        return ()
    links = (link for link in root.css("a[href]") if source.tag_link.search(link.attributes.get("href") or ""))
    return tuple(dict.fromkeys(text for link in links if (text := one_line(link.text() or ""))))


def _first(names: tuple[str, ...]) -> str:
    return next((name for name in names if name), "")


def _account(node: LexborNode) -> str:
    return one_line(node.attributes.get("data-nickname") or node.text() or "")


def _stamp(node: LexborNode) -> Stamp | None:
    attributes = node.attributes
    for written in (attributes.get("datetime"), attributes.get("pudate"), attributes.get("content"), node.text()):
        text = one_line(written or "")
        stamp = parse_written_date(text, "page") or find_chinese_date(text, "page")
        if stamp is not None:
            return stamp
    return None
