"""A sketch of a text: 128 bytes that tell, without the texts, how much of them two texts have in common.

The text is folded and cut into units: a word of an alphabetic script, any other letter, a digit; marks and spaces
do not count. Every three units in a row are hashed, the hashes dealt into bins, and of each bin the smallest is kept
(one-permutation MinHash: Li, Owen and Zhang 2012). The share of bins in which two sketches agree is, but for chance,
the share of such triples that the two texts have in common (Jaccard's coefficient).
"""

import re
from array import array
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterable
from itertools import chain
from struct import Struct, unpack
from zlib import crc32

from beilin.text.folding import fold
from beilin.text.tokens import WORD_SCRIPTS

SCHEME = 1
"""Grows whenever the same text gives another sketch: sketches of two schemes cannot be compared."""
BINS = 64
"""The standard error of a resemblance is at most 1 / (2 · √64), one part in sixteen."""
LENGTH = 2 * BINS
"""Bytes of a sketch: the last two of each bin's hash, so that two unlike texts agree in one bin of 65,536."""
LONGEST = 500_000
"""Characters; a text that is longer is sketched by so many."""
RECOGNISABLE = 0.4
"""The resemblance from which one text is another, edited: at 0.4 two fifths of the sentences are new."""

_PER_BIN = 8
"""Of a long text only the smallest hashes, about so many a bin, are sorted; one bin in e⁸ then counts as empty."""
_FIRST_WORD, _WORDS = 0xF0000, 0xFFFE
"""The private plane, whose characters stand for words."""
_DISTANCE = 0x9E37
"""2¹⁶ over the golden ratio: a value borrowed from afar looks like no other."""

_WORDS_BETWEEN = re.compile(f"([{WORD_SCRIPTS}]+)")
_TRIPLE = 12
"""Bytes of three units."""
_PACKED = Struct(f">{BINS}H")


class _Letters(dict[int, str]):
    """Code of a character → its folded letters and digits, a space for each mark; worked out when first asked for."""

    def __missing__(self, code: int) -> str:
        letters = self[code] = "".join(folded if folded.isalnum() else " " for folded in fold(chr(code)))
        return letters


_LETTERS = _Letters()


def sketch(texts: Iterable[str]) -> bytes:
    """The sketch of a text given as its blocks, `LENGTH` bytes; `b""` where they hold no letter and no digit."""
    hashes = _hashes(_units("\n".join(texts)[:LONGEST]))
    if not hashes:
        return b""
    bound = _PER_BIN * BINS * 2**32 // len(hashes)
    # The smallest of a bin comes last and takes the place of the others.
    few = sorted([value for value in hashes if value < bound], reverse=True) or [min(hashes)]
    return _PACKED.pack(*_without_gaps({value % BINS: value // BINS % 2**16 for value in few}))


def _units(text: str) -> str:
    """`text` as its units, one character each."""
    parts = _WORDS_BETWEEN.split(text.translate(_LETTERS))
    parts[1::2] = [chr(_FIRST_WORD + crc32(word.encode()) % _WORDS) for word in parts[1::2]]
    return "".join(parts).replace(" ", "")


def _hashes(units: str) -> set[int]:
    """The 32-bit hashes of every three units in a row; of all together where there are fewer."""
    data = units.encode("utf-32-le")
    if len(data) < _TRIPLE:
        return {crc32(data)} if data else set()
    # Overlapping triples are three rows of triples side by side, which are unpacked without a loop of Python's.
    rows = (memoryview(data)[start : len(data) - (len(data) - start) % _TRIPLE] for start in (0, 4, 8))
    return set(map(crc32, chain.from_iterable(unpack(f"{_TRIPLE}s" * (len(row) // _TRIPLE), row) for row in rows)))


def _without_gaps(smallest: dict[int, int]) -> list[int]:
    """A value for every bin: an empty one borrows from the next that has one, changed by the distance."""
    values = [0] * BINS
    value = distance = 0
    # Twice around, so that the last bins borrow from the first.
    for index in chain(range(BINS - 1, -1, -1), range(BINS - 1, -1, -1)):
        if index in smallest:
            value, distance = smallest[index], 0
        else:
            distance += 1
        values[index] = (value + distance * _DISTANCE) % 2**16
    return values


def values_of(sketch: bytes) -> "array[int]":
    """The values of the bins of one sketch, or of several joined, in the machine's own byte order."""
    return array("H", sketch)


def resemblance(one: bytes, other: bytes) -> float:
    """The share of all triples of two sketched texts that both have, 0 to 1; 0 where one has no sketch."""
    if not one or not other:
        return 0.0
    return sum(map(int.__eq__, values_of(one), values_of(other))) / BINS


def is_recognisable(old: bytes, new: bytes) -> bool:
    """Whether the text sketched as `new` is the one sketched as `old`, edited."""
    return resemblance(old, new) >= RECOGNISABLE


def write_sketch(sketch: bytes) -> str:
    """`sketch` as ASCII text that `read_sketch` reads, its scheme before it; 174 characters, or none for `b""`."""
    return f"{SCHEME}.{b64encode(sketch).decode()}" if sketch else ""


def read_sketch(written: str) -> bytes:
    """The sketch that `write_sketch` wrote; `b""` where it is of another scheme, damaged or none."""
    scheme, _, packed = written.partition(".")
    try:
        sketch = b64decode(packed, validate=True)
    except (Error, ValueError):
        return b""
    return sketch if scheme == str(SCHEME) and len(sketch) == LENGTH else b""
