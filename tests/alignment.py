"""Two texts laid side by side: what stands in both, in the same order, however long they are."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

GRAMS = (24, 8, 4)
"""Lengths of the passages by which two texts are laid side by side, the surest first."""
SMALL = 400
"""Characters; what is left between passages and shorter is compared letter by letter."""


def matching(a: str, b: str) -> list[tuple[int, int, int]]:
    """The passages that `a` and `b` have in common and in the same order: start in each and length, ascending."""
    found: list[tuple[int, int, int]] = []
    todo = [(0, len(a), 0, len(b))]
    while todo:
        a_start, a_end, b_start, b_end = todo.pop()
        same = _common(a[a_start:a_end], b[b_start:b_end])
        if same:
            found.append((a_start, b_start, same))
            a_start, b_start = a_start + same, b_start + same
        same = _common(a[a_start:a_end][::-1], b[b_start:b_end][::-1])
        if same:
            a_end, b_end = a_end - same, b_end - same
            found.append((a_end, b_end, same))
        if a_start == a_end or b_start == b_end:
            continue
        pairs = _anchors(a[a_start:a_end], b[b_start:b_end])
        corners = [(a_start, b_start), *((a_start + i, b_start + j) for i, j, _ in pairs), (a_end, b_end)]
        lengths = [0, *(size for _, _, size in pairs), 0]
        found.extend((a_start + i, b_start + j, size) for i, j, size in pairs)
        if pairs:
            todo.extend(
                (i + size, k, j + size, m) for ((i, j), (k, m)), size in zip(pairwise(corners), lengths, strict=False)
            )
    return sorted(found)


def _common(a: str, b: str) -> int:
    """The length of the common beginning of `a` and `b`."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if a[low:middle] == b[low:middle] else (low, middle - 1)
    return low


def _anchors(a: str, b: str) -> list[tuple[int, int, int]]:
    """Passages that stand once in each of the two, in the same order in both; letter by letter if both are small."""
    for size in GRAMS:
        places = [_once(text, size) for text in (a, b)]
        pairs = sorted((i, places[1][gram]) for gram, i in places[0].items() if i >= 0 and places[1].get(gram, -1) >= 0)
        if pairs:
            return _joined(_ascending(pairs), size)
    if len(a) <= SMALL and len(b) <= SMALL:
        blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
        return [(block.a, block.b, block.size) for block in blocks if block.size]
    return []


def _once(text: str, size: int) -> dict[str, int]:
    """Each passage of `size` characters with its place, or -1 if it stands more than once."""
    places: dict[str, int] = {}
    for place in range(len(text) - size + 1):
        gram = text[place : place + size]
        places[gram] = -1 if gram in places else place
    return places


def _ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs`, sorted by the first number, that ascends in the second."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        last[length : length + 1] = [index]
    chain, index = [], last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _joined(pairs: list[tuple[int, int]], size: int) -> list[tuple[int, int, int]]:
    """Passages that overlap or touch, as one."""
    found: list[tuple[int, int, int]] = []
    for i, j in pairs:
        if found:
            a, b, length = found[-1]
            if i - a == j - b and i <= a + length:
                found[-1] = (a, b, i - a + size)
                continue
            if i < a + length or j < b + length:
                continue
        found.append((i, j, size))
    return found


@dataclass(frozen=True, slots=True)
class Strip:
    """Counted characters in a row, cut where a text node, or a line of a block, starts."""

    text: str
    cuts: tuple[int, ...]
    """Ascending, the end of the text among them."""


def strip_of(runs: Iterable[str]) -> Strip:
    full = [run for run in runs if run]
    return Strip("".join(full), tuple(accumulate(map(len, full), initial=0)))


def between(spans: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """What lies between `spans`, ascending, and up to `length`."""
    edges = [0, *(edge for span in spans for edge in span), length]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def unmatched(passages: Sequence[tuple[int, int, int]], side: int, strip: Strip) -> list[tuple[int, int]]:
    """What of `strip`, the first (0) or second (1) of two texts, is in none of their common passages."""
    return between([(passage[side], passage[side] + passage[2]) for passage in passages], len(strip.text))


def cut_up(span: tuple[int, int], cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The parts of `span` between `cuts`."""
    start, end = span
    for cut in cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]:
        yield start, cut
        start = cut
    yield start, end


def slid_to_starts(strip: Strip, gaps: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """`gaps`, each slid to where something starts: of `甲乙甲丙` without `甲乙` the letters would as well be `乙甲`."""
    cuts = set(strip.cuts)
    end_before = 0
    for gap in gaps:
        slid = [gap]
        while slid[-1][0] > end_before and strip.text[slid[-1][0] - 1] == strip.text[slid[-1][1] - 1]:
            slid.append((slid[-1][0] - 1, slid[-1][1] - 1))
        best = max(slid, key=lambda span: (span[0] in cuts) + (span[1] in cuts))
        end_before = best[1]
        yield best
