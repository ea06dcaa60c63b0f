"""What is particular to one outlet, as data."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from selectolax.lexbor import LexborNode


@dataclass(frozen=True, slots=True)
class Source:
    """How the pages of one outlet or platform are recognised and read. Selectors are CSS; empty fields do nothing."""

    kind: str
    """The key in `data/articles.jsonl`."""
    name: str = ""
    """Display name where the capture itself names none."""
    hosts: tuple[str, ...] = ()
    """Exact host names of its pages."""
    markers: tuple[str, ...] = ()
    """Selectors of elements that only this outlet's pages have; they count where no host is known."""
    content: tuple[str, ...] = ()
    """Where the article stands; the first selector that finds text wins. None: the whole body."""
    drop: tuple[str, ...] = ()
    """Furniture: elements set aside with all that is in them."""
    captions: tuple[str, ...] = ()
    """Elements that hold the caption of the picture before them."""
    credits: tuple[str, ...] = ()
    """Elements that hold the credit of the picture before them."""
    title: tuple[str, ...] = ()
    dek: tuple[str, ...] = ()
    """Elements that hold the lines under the title in which the outlet sums the article up; they leave the text."""
    authors: tuple[str, ...] = ()
    author_is_editor: bool = False
    """Whether the feed names as author the editor who posted the article."""
    card: tuple[str, ...] = ()
    """Elements that hold lines of `label：value` about an article that the outlet reprints; `drop` takes them out."""
    account: tuple[str, ...] = ()
    """Elements that hold the name of the publishing account."""
    published: tuple[str, ...] = ()
    """Elements whose `datetime` or text is the date of publication."""
    tags: tuple[str, ...] = ()
    tag_link: re.Pattern[str] | None = None
    """Addresses of links that only lead to the outlet's own tag pages: their words stay and become tags."""
    hashtags: bool = False
    """Whether its texts close with hashtags: they stay and become tags."""
    title_suffix: re.Pattern[str] | None = None
    """What the outlet appends to its titles."""
    dateline: re.Pattern[str] | None = None
    """Found at the start of the first paragraphs; groups: a Chinese date is read from the match."""
    opening_date: bool = False
    """Whether its feed writes a date, as people print dates, in a line before the text. Lines with a program's date
    (`2021-01-11T15:19:27Z`) are known everywhere; an essay may begin with `1945年8月15日`."""
    url_date: re.Pattern[str] | None = None
    """Groups `year month day`, found in the original address; two-digit years are 20yy. A group `clock` says that the
    address tells the time as well, of no stated zone: then no other clock is asked for it."""
    reporters: re.Pattern[str] | None = None
    """Group `names`, found in the first or last paragraphs."""
    editors: re.Pattern[str] | None = None
    """Group `names`, found in the last paragraphs."""
    translators: re.Pattern[str] | None = None
    tail: re.Pattern[str] | None = None
    """Whole blocks at the very end that are furniture."""
    repair: Callable[[LexborNode], None] | None = None
    """What no selector can say, done to the tree before it is rebuilt."""
    is_account: bool = False
    """Whether its pages are posts of accounts, which put calls to follow and lists of their older posts around them."""
    is_newspaper: bool = False
    """Whether its articles are cited as newspaper articles."""
    embeds_itself: bool = False
    """Whether the page is itself a video, so that a capture without text still shows something."""
