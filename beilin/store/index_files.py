"""What Pagefind's files must hold for the search page to read them. Their form is not documented, so it is checked."""

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAGIC = b"pagefind_dcd"
META = "pagefind.pf_meta"
"""The one file whose name does not come from Pagefind, which puts a digest into it."""

_CHUNK = re.compile(rb"\x81(?:[\x81-\x97]|\x98.|\x99..|\x9a....)\x83[\x60-\x7b]", re.DOTALL)
"""How a file of the index starts, in CBOR: a list of one list of words, each a list of three, its text first."""


class IndexingError(RuntimeError):
    """Pagefind gave no index, or one that cannot be read."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What a shard's metadata lists."""

    pages: tuple[str, ...]
    """Names of the fragments, one a record, in the order of the records."""
    chunks: tuple[str, ...]
    """Names of the index files, in the order of their words."""


def verify(files: Mapping[str, bytes], pages: int) -> None:
    """Raise `IndexingError` unless `files` (path → bytes) are a whole shard of `pages` pages in the form known here."""
    unpacked = {path: _unpacked(path, data) for path, data in files.items()}
    if META not in unpacked:
        raise IndexingError("pagefind: no metadata came back")
    meta = read_meta(unpacked[META])
    named = {f"fragment/{name}.pf_fragment" for name in meta.pages} | {f"index/{name}.pf_index" for name in meta.chunks}
    if len(meta.pages) != pages or named | {META} != set(files):
        raise IndexingError(f"pagefind: {pages} pages went in, {len(meta.pages)} came out, in {len(files) - 1} files")
    for path, data in unpacked.items():
        if path.endswith(".pf_index") and not _CHUNK.match(data):
            raise IndexingError(f"pagefind: {path} is in a form that is not known; install the version that is pinned")


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
        return Meta(tuple(name for name, _words in pages), tuple(name for _first, _last, name in chunks))
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
