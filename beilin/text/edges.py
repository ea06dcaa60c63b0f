"""Fingerprints of the blocks at an article's two ends, to see across the archive which of them an account repeats."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from struct import Struct

from beilin.text.digests import short_digest

MOST_BLOCKS = 65_535
"""An article with more has no edges."""
HEAD_BLOCKS = 3
"""What an account says before a post stands in the first blocks."""
TAIL_SHARE = 0.75
"""Where the tail of a post begins, as a share of its blocks."""
_COUNT, _EDGE = Struct(">H"), Struct(">HB8s")


class Form(IntEnum):
    """What a block looks like."""

    PICTURE = 1
    """A picture or card without words of its own."""
    CALL = 2
    """A short line all of whose words call to follow, share, like or scan."""
    HINT = 3
    """A short line with a word of such calls."""
    NOTICE = 4
    """A longer paragraph with such a word."""
    LINE = 5
    """A short line that is no sentence."""
    LINKS = 6
    """A list that is nothing but links."""
    GAP = 7
    """What neither begins nor ends an article: a rule, a folded list."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One block that might be its account's own and not the article's."""

    number: int
    """The block's number in the reading, from 1."""
    form: Form
    digest: bytes
    """Eight bytes that stand for its form and its words."""


def make_edge(number: int, form: Form, words: str) -> Edge:
    """The edge of block `number`, which says `words`."""
    return Edge(number, form, short_digest(f"{form:d} {words}"))


def pack_edges(total: int, edges: Iterable[Edge]) -> bytes:
    """`edges` of an article of `total` blocks, 11 bytes each; empty where there are none or too many blocks."""
    packed = (
        b"".join(_EDGE.pack(edge.number, edge.form, edge.digest) for edge in edges) if total <= MOST_BLOCKS else b""
    )
    return _COUNT.pack(total) + packed if packed else b""


def unpack_edges(packed: bytes) -> tuple[int, tuple[Edge, ...]]:
    """The number of the article's blocks and its edges, in reading order."""
    if not packed:
        return 0, ()
    return _COUNT.unpack_from(packed)[0], tuple(_unpacked(packed))


def _unpacked(packed: bytes) -> Iterator[Edge]:
    for number, form, digest in _EDGE.iter_unpack(memoryview(packed)[_COUNT.size :]):
        yield Edge(number, Form(form), digest)
