"""What Pagefind's files must hold for the search page to read them. Their form is not documented, so it is checked.

Pagefind names its files by digests, which are most of what its metadata holds. Published, they have numbers instead,
and `index.json` lists the little that the search page needs beside them.
"""

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MAGIC = b"pagefind_dcd"
META = "pagefind.pf_meta"
"""The one file whose name does not come from Pagefind, which puts a digest into it."""
LISTING, NAMES = "index.json", "ids.json"
LAYOUT = 1
"""Grows whenever `published` gives other files."""

_CHUNK = re.compile(rb"\x81(?:[\x81-\x97]|\x98.|\x99..|\x9a....)\x83[\x60-\x7b]", re.DOTALL)
"""How a file of the index starts, in CBOR: a list of one list of words, each a list of three, its text first."""


class IndexingError(RuntimeError):
    """Pagefind gave no index, or one that cannot be read."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What a shard's metadata lists."""

    pages: tuple[str, ...]
    """Names of the fragments, one a record, in the order of the records."""
    chunks: tuple[tuple[str, str], ...]
    """Of each index file the first word and the name, in the order of the words' UTF-8 bytes."""


def published(files: Mapping[str, bytes], ids: Sequence[str]) -> dict[str, bytes]:
    """Path → bytes of a shard as the search page reads it; `files` are what Pagefind made of the articles `ids`.

    A page's number is its place in `ids`. Raises `IndexingError` unless `files` are whole and in the form known here.
    """
    meta = verify(files, len(ids))
    numbered = {LISTING: _json([word for word, _ in meta.chunks]), NAMES: _json(ids)}
    numbered |= {f"fragment/{page}.pf_fragment": files[fragment(name)] for page, name in enumerate(meta.pages)}
    return numbered | {f"index/{at}.pf_index": files[chunk(name)] for at, (_, name) in enumerate(meta.chunks)}


def _json(words: Sequence[str]) -> bytes:
    return json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()


def fragment(name: str) -> str:
    """The path of the file that holds a page's text."""
    return f"fragment/{name}.pf_fragment"


def chunk(name: str) -> str:
    """The path of a file that holds some words and where they stand."""
    return f"index/{name}.pf_index"


def verify(files: Mapping[str, bytes], pages: int) -> Meta:
    """What the metadata of `files` (path → bytes) lists.

    Raises `IndexingError` unless they are a whole shard of `pages` pages in the form known here.
    """
    unpacked = {path: _unpacked(path, data) for path, data in files.items()}
    if META not in unpacked:
        raise IndexingError("pagefind: no metadata came back")
    meta = read_meta(unpacked[META])
    named = {*map(fragment, meta.pages), *(chunk(name) for _, name in meta.chunks)}
    if len(meta.pages) != pages or named | {META} != set(files):
        raise IndexingError(f"pagefind: {pages} pages went in, {len(meta.pages)} came out, in {len(files) - 1} files")
    for path, data in unpacked.items():
        if path.endswith(".pf_index") and not _CHUNK.match(data):
            raise IndexingError(f"pagefind: {path} is in a form that is not known; install the version that is pinned")
    return meta


def _unpacked(path: str, data: bytes) -> bytes:
    try:
        unpacked = gzip.decompress(data)
    except (OSError, EOFError) as error:
        raise IndexingError(f"pagefind: {path} is not whole: {error}") from error
    if not unpacked.startswith(MAGIC):
        raise IndexingError(f"pagefind: {path} does not start with {MAGIC.decode()}")
    return unpacked.removeprefix(MAGIC)


def read_meta(data: bytes) -> Meta:
    """What the unpacked metadata `data` (CBOR) lists. Raises `IndexingError` if it is in another form."""
    try:
        _version, pages, chunks, *_rest = _value(data, 0)[0]
        return Meta(tuple(name for name, _words in pages), tuple((first, name) for first, _last, name in chunks))
    except (ValueError, TypeError, IndexError) as error:
        raise IndexingError(
            "pagefind: metadata in a form that is not known; install the version that is pinned"
        ) from error


def _value(data: bytes, at: int) -> tuple[Any, int]:
    """The CBOR value (number, text or list of them; RFC 8949) that starts at offset `at`, and where it ends."""
    kind, size = data[at] >> 5, data[at] & 31
    at += 1
    if size >= 24:
        width = 1 << (size - 24)
        size = int.from_bytes(data[at : at + width])
        at += width
    match kind:
        case 0:
            return size, at
        case 3:
            return data[at : at + size].decode(), at + size
        case 4:
            values = []
            for _ in range(size):
                value, at = _value(data, at)
                values.append(value)
            return values, at
    raise ValueError(f"CBOR of major type {kind}")
