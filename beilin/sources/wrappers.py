"""What capture tools wrap around a page: recognised by anchored patterns at the very start and the very end only."""

import re
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

from beilin.model.article import Removal
from beilin.text.characters import one_line


class Form(StrEnum):
    """What the body of a capture is written in."""

    HTML = "html"
    MARKDOWN = "markdown"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A capture's body without its wrapper, and what the wrapper said."""

    body: str
    form: Form
    title: str
    """From the wrapper's own line; empty if it has none."""
    account: str
    url: str
    has_closing_link: bool
    """Whether `url` is that of the link to the original below the article."""
    is_feed: bool
    """Whether a feed tool wrote it: its tags and categories only name the outlet."""
    is_post_capture: bool
    """Whether the WeChat capture tool wrote it: its date is when it captured."""
    feed_date: str
    """What the front matter's `date` is: `published` (the feed's), `captured`, or empty if nothing tells."""
    removals: tuple[Removal, ...]


_STAMP = r"(?:<!--[ ]*(?P<stamp>NaN|\d{9,15})[ ]*-->[ \t]*\n)"
_LINK_LINE = re.compile(
    # an address without `](`, or a line of nothing but links would be read again from each of them
    rf"{_STAMP}?\s*\[(?P<title>[^\n]*)\]\((?P<url>(?:[^\s\]]|\](?!\())+?)\)[ \t]*\n-{{6,}}[ \t]*(?:\n|\Z)"
)
_STAMP_LINE = re.compile(_STAMP)
_TITLE_LINE = re.compile(
    r"(?:(?P<url>https?://\S+)[ \t]*\n\s*(?:-{3,}[ \t]*\n\s*)?)?"
    r"(?P<line>[^\n<][^\n]*)\n-{6,}[ \t]*(?:\n|\Z)"
)
_BY = " by "
"""Between title and account; a title may hold it too, so the last one counts."""
_CLOSING_LINK = re.compile(
    r"<a\s+href=\"(?P<url>[^\"<>]*)\"[\s,]*(?:target=[^<>]*)?>\s*(?:原文链接|原文連結)\s*</a>\s*\Z", re.IGNORECASE
)
_CLOSING_RULE = re.compile(r"<hr ?/?>\Z", re.IGNORECASE)
_ELEMENT = re.compile(
    r"<(?:!doctype|html|body|div|p|section|article|main|br|h[1-6]|img|table|ul|ol|blockquote|figure|span|iframe)\b",
    re.I,
)
_MARKDOWN_STRONG = re.compile(
    r"^#{1,6} \S|^```|^\[\^[^\]]+\]:|\[[^\]\[\n]{1,400}\]\((?:https?://|#)[^()\s]{1,2000}\)|"
    r"^\|?[ :]*-{3,}[ :]*\|[ :|-]*$|^={3,}$|!\[[^\]\[\n]{0,400}\]\(",
    re.M,
)
_MARKDOWN_WEAK = re.compile(r"\*\*\S[^*\n]*\*\*|^[*+-] \S|^> \S|^\d+\. \S|(?<!`)`[^`\n]+`(?!`)", re.M)


def unwrap(body: str, *, has_front_matter: bool) -> Unwrapped:
    """`body` without its wrapper's lines. They are metadata now, listed as removals."""
    removals: list[Removal] = []
    title = account = url = stamp = ""
    is_feed = is_post = False
    start = body.lstrip()
    if match := _LINK_LINE.match(start):
        title, url, stamp, is_feed = match["title"], match["url"], match["stamp"] or "", True
    elif (match := _TITLE_LINE.match(start)) and _BY in match["line"]:
        title, _, account = match["line"].rpartition(_BY)
        url, is_post = match["url"] or "", True
    elif match := _STAMP_LINE.match(start):
        stamp, is_feed = match["stamp"], True
    if match:
        removals.append(Removal("wrapper.opening", one_line(match[0])))
        body = start[match.end() :]
    if closing := _CLOSING_LINK.match(body, max(body.rfind("<a"), 0)):
        url, is_post = unescape(closing["url"]), True
        rest = body[: closing.start()].rstrip()
        rule = _CLOSING_RULE.search(rest, max(len(rest) - len("<hr />"), 0))
        rest = rest[: rule.start()].rstrip() if rule else rest
        removals.append(Removal("wrapper.closing-link", one_line(body[len(rest) :])))
        body = rest
    form = _form(body, is_wrapped=bool(match or closing), has_front_matter=has_front_matter)
    return Unwrapped(
        body,
        form,
        title.strip(),
        account.strip(),
        url,
        closing is not None,
        is_feed,
        is_post,
        _meaning_of_date(stamp, is_post=is_post),
        tuple(removals),
    )


def _meaning_of_date(stamp: str, *, is_post: bool) -> str:
    """The feed tool writes the moment of the crawl where it cannot read the feed's date: NaN, or odd milliseconds."""
    if is_post:
        return "captured"
    if not stamp:
        return ""
    return "published" if stamp != "NaN" and stamp.endswith("000") else "captured"


def _form(body: str, *, is_wrapped: bool, has_front_matter: bool) -> Form:
    start = body.lstrip()
    if _ELEMENT.search(body) and (is_wrapped or start.startswith("<")):
        return Form.HTML
    if is_wrapped:
        return Form.HTML if start.startswith("<") else Form.PLAIN
    weak = len(_MARKDOWN_WEAK.findall(body))
    if _MARKDOWN_STRONG.search(body) or (weak and has_front_matter) or weak > 2:
        return Form.MARKDOWN
    return Form.MARKDOWN if has_front_matter else Form.PLAIN
