"""What a capture claims about itself, place by place, before anyone decides between the claims."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

from beilin.model.problem import Problem
from beilin.model.stamp import Stamp
from beilin.text.addresses import clean_link
from beilin.text.characters import one_line

LONGEST_NAME = 60
_BETWEEN_NAMES = re.compile(r"[,，、;；]|\s&\s|(?<=[A-Z）)])和(?=[A-Z])|(?<=[）)])和")
_AROUND_NAMES = re.compile(
    r"^(?:null\s+)?(?:(?:采访|特约|特約|本报|文字)?(?:记者|記者|作者|撰稿人?|编译|文)\s*[：:/／]\s*)?|"
    r"\s+(?:综合|綜合|采访|採訪|编译|編譯)?(?:报道|报导|報導)$|"
    r"\s*[（(](?:摘编|摘編|摘译|摘譯|编译|編譯|(?:综合|綜合)?(?:报道|报导|報導)|发自[^）)]*|發自[^）)]*|文|图|圖)[）)]$"
)
_NOBODY = frozenset(("unknown", "null", "none", "admin", "more", "德国之声", "德国之声 中文网", "德国之声中文网"))


class Origin(StrEnum):
    """Where in a capture a fact was read. No other word stands in `Facts.origins`."""

    FRONT_MATTER = "front matter"
    WRAPPER_LINE = "wrapper line"
    """The line that a capture tool wrote above the article."""
    CLOSING_LINK = "closing link"
    """The link to the original that a capture tool wrote below it."""
    FIRST_LINES = "first lines"
    """Of a plain text."""
    LAST_LINES = "last lines"
    PAGE_HEAD = "page head"
    """The metadata and structured data of a whole page."""
    SAVED_PAGE = "saved page"
    """The comment that a browser wrote when it saved the page."""
    PAGE = "page"
    """An element of the page that the outlet's rules, or the standards, name."""
    DATELINE = "dateline"
    BYLINE = "byline"
    """A line of names near the start of the text."""
    CREDIT_LINE = "credit line"
    """A line of names at its end."""
    URL = "url"
    """The original address itself."""
    TEXT = "text"
    OUTLET = "outlet's name"
    """The one that the outlet's rules give where the capture names none."""
    SETTINGS = "site.toml"
    NOTHING = "nothing"
    """A stand-in: nothing says."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that a capture says of itself, and where. A date that it claims is a `Stamp`, which knows that too."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims, best first in each field."""

    titles: tuple[Claim, ...] = ()
    addresses: tuple[Claim, ...] = ()
    """Of the original, as captured, tracking and all."""
    accounts: tuple[Claim, ...] = ()
    """Names of the publishing outlet or account."""
    authors: tuple[Claim, ...] = ()
    editors: tuple[Claim, ...] = ()
    published: tuple[Stamp, ...] = ()
    captured: Stamp | None = None
    tags: tuple[Claim, ...] = ()
    deks: tuple[Claim, ...] = ()
    is_page: bool = False
    """Whether the capture is a whole page with a head, with all its navigation."""
    doubts: tuple[Problem, ...] = ()

    @property
    def address(self) -> str:
        """The original address as captured; empty if nothing says."""
        return self.addresses[0].text if self.addresses else ""

    @property
    def account(self) -> str:
        """Name of the publishing outlet or account; empty if nothing says."""
        return self.accounts[0].text if self.accounts else ""

    @property
    def url(self) -> str | None:
        """The original address, cleaned."""
        return clean_link(self.address, None)


def collected(tool: Claims, begun: Claims, head: Claims) -> Claims:
    """All claims of the capture tool, of the first lines of a plain text and of the head of a whole page.

    The tool knows best what it captured; only of the date of publication it knows least.
    """
    return Claims(
        titles=(*tool.titles, *begun.titles, *head.titles),
        addresses=(*tool.addresses, *begun.addresses, *head.addresses),
        accounts=(*tool.accounts, *begun.accounts, *head.accounts),
        authors=tool.authors or begun.authors or head.authors,
        published=(*begun.published, *head.published, *tool.published),
        captured=tool.captured or head.captured,
        tags=(*tool.tags, *head.tags),
        deks=(*tool.deks, *head.deks),
        is_page=head.is_page,
        doubts=tool.doubts,
    )


def claims_of(texts: Iterable[str], origin: Origin) -> tuple[Claim, ...]:
    """A claim for each of `texts` that is not empty."""
    return tuple(Claim(text, origin) for text in texts if text)


def split_names(written: Iterable[str]) -> tuple[str, ...]:
    """Names one by one, without the labels and remarks that bylines carry: `采访记者： 某某（摘编）`."""
    parts = (part for text in written for part in _BETWEEN_NAMES.split(unescape(text)))
    names = (_AROUND_NAMES.sub("", one_line(part)).strip(" &") for part in parts)
    return tuple(dict.fromkeys(name for name in names if 1 < len(name) <= LONGEST_NAME and name.lower() not in _NOBODY))
