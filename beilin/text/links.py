"""Digests of what a link leads to and of what an article is, so that links inside an archive can be found."""

import re

from beilin.text.digests import short_digest
from beilin.text.identifiers import normalise_url

KEY_LENGTH = 8
_TITLE_MARKS = re.compile(r"《([^《》]+)》")


def address_key(url: str) -> bytes:
    """Eight bytes that stand for the page at `url`, in whatever form its address is written."""
    return short_digest(f"url {normalise_url(url)}")


def title_key(account: str, title: str) -> bytes:
    """Eight bytes that stand for the post of `account` that has this very title, white space aside."""
    return short_digest(f"title {account}\n{''.join(title.split())}")


def link_keys(url: str, words: str, account: str) -> tuple[bytes, ...]:
    """The keys by which the goal of a link with these `words`, on a page of `account`, may be known.

    WeChat's long form of an address (`__biz`, `mid`) tells nothing of the short form under which posts are captured:
    there the title that the account wrote as the words of the link is the only trace.
    """
    address = address_key(url)
    if not (account and words and "__biz=" in url and "mid=" in url):
        return (address,)
    title = words.strip()
    inside = _TITLE_MARKS.fullmatch(title)
    return (address, title_key(account, title), *([title_key(account, inside[1])] if inside else []))


def pack_keys(keys: set[bytes]) -> bytes:
    """The keys one after the other, in order of their bytes."""
    return b"".join(sorted(keys))


def unpack_keys(packed: bytes) -> tuple[bytes, ...]:
    """The keys that `pack_keys` packed."""
    return tuple(packed[start : start + KEY_LENGTH] for start in range(0, len(packed), KEY_LENGTH))
