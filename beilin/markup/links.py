"""Links of rebuilt markup that lead out of the page."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from beilin.text.characters import NOT_SPACE
from beilin.text.links import link_keys, pack_keys

OUTSIDE = re.compile(
    r'<a (?=[^>]*\bclass="outside")[^>]*?\bhref="(?P<href>https?:[^"]*)"[^>]*>(?P<words>.*?)</a>', re.DOTALL
)
MOSTLY_LINKS = 0.6
"""Share of a block's characters inside links from which it is a list of links."""
_LINK = re.compile(r"<a [^>]*>(?P<words>.*?)</a>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def keys_of(link: re.Match[str], account: str) -> tuple[bytes, ...]:
    """The keys of a match of `OUTSIDE` on a page of `account`."""
    return link_keys(unescape(link["href"]), unescape(_TAG.sub("", link["words"])), account)


def packed_keys(htmls: Iterable[str], account: str) -> bytes:
    """The keys of every link in `htmls`, for `Facts.links`."""
    return pack_keys(set(_keys(htmls, account)))


def _keys(htmls: Iterable[str], account: str) -> Iterator[bytes]:
    for html in htmls:
        if 'class="outside"' in html:
            for link in OUTSIDE.finditer(html):
                yield from keys_of(link, account)


def linked_share(html: str) -> float:
    """How much of the text in `html` is inside links, 0 to 1."""
    whole = len(NOT_SPACE.findall(_TAG.sub("", html)))
    linked = sum(len(NOT_SPACE.findall(_TAG.sub("", words))) for words in _LINK.findall(html))
    return linked / whole if whole else 0.0
