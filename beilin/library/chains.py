"""Which of many possible pairs between two sequences keep their order."""

from collections.abc import Iterable
from typing import NamedTuple


class Pair(NamedTuple):
    """A place in the old sequence, a place in the new one, from 0, and what keeping both together is worth."""

    old: int
    new: int
    weight: int


def heaviest_chain(pairs: Iterable[Pair]) -> list[Pair]:
    """Those of `pairs` in which both places grow from one to the next and whose weights are the greatest sum."""
    # from the last place backwards in each row, so that a row never builds on itself
    ordered = sorted(pairs, key=lambda pair: (pair.old, -pair.new))
    size = 1 + max((pair.new for pair in ordered), default=0)
    best: list[tuple[int, int]] = [(0, -1)] * (size + 1)
    before: list[int] = []
    for index, pair in enumerate(ordered):
        weight, last = _best_up_to(best, pair.new)
        before.append(last)
        weight += pair.weight
        place = pair.new + 1
        while place <= size:
            if weight > best[place][0]:
                best[place] = (weight, index)
            place += place & -place
    chain = []
    last = _best_up_to(best, size)[1]
    while last >= 0:
        chain.append(ordered[last])
        last = before[last]
    return chain[::-1]


def _best_up_to(best: list[tuple[int, int]], place: int) -> tuple[int, int]:
    """The heaviest chain that ends before `place`; `best` is a Fenwick tree of maxima."""
    found = (0, -1)
    while place > 0:
        if best[place][0] > found[0]:
            found = best[place]
        place -= place & -place
    return found
