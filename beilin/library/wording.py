"""How the wording of one text became another's, in pieces that a reader of Chinese can read.

The unit is a character, but a Latin word and a number are one unit each. Runs that stand by chance between two changes
become part of them, and what was put in or taken out ends where a clause ends, wherever that is the same thing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from beilin.library.chains import Pair, heaviest_chain

MOST_CELLS = 2_000_000
"""Units of one text times units of the other, up to which they are compared unit by unit at once."""
MOST_MEETINGS = 100_000
"""The same, for pairs of equal units: two texts of 2,000 characters have some 25,000, unless they are one refrain."""
FEWEST_LETTERS = 3
"""A shorter run between two changes tells a reader nothing, unless a clause begins or ends in it."""
CHANCE = 4
"""A run is still chance if the changes on both sides are each this many times as long."""
LEAST_KEPT = 0.2
"""Of the longer text: where less stays, both are shown whole."""

_WORD = "0-9A-Za-zÀ-ԯԱ-֏א-ۿḀ-῿０-９Ａ-Ｚａ-ｚ"
_UNITS = re.compile(rf"[{_WORD}]+(?:[.,:'’-][{_WORD}]+)*[%％]?|[ \t]+|.[\u0300-\u036f\u200d\ufe00-\ufe0f]*", re.S)
_LETTER = re.compile(r"\w")
_CLOSING = frozenset("，。！？；：、…—”’」』）》〉】,.!?;:)]\n ")
"""What a clause ends with."""
_OPENING = frozenset("“‘「『（《〈【([")


class Fate(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text of one fate; never empty."""

    fate: Fate
    text: str


@dataclass(slots=True)
class _Step:
    """What stayed, and the change after it; lists of units."""

    same: list[str]
    removed: list[str]
    inserted: list[str]

    @property
    def is_replacement(self) -> bool:
        return bool(self.removed and self.inserted)


def segments(old: str, new: str) -> tuple[Segment, ...]:
    """The way from `old` to `new`: all but the inserted is `old`, all but the removed is `new`."""
    steps = _steps(_UNITS.findall(old), _UNITS.findall(new))
    for step, following in pairwise(steps):
        _slide(step, following)
    steps = _joined(steps)
    kept = sum(_letters(step.same) for step in steps)
    if kept < LEAST_KEPT * max(_letters(_UNITS.findall(old)), _letters(_UNITS.findall(new))):
        steps = [_Step([], [old], [new])]
    return tuple(_written(steps))


def _written(steps: Sequence[_Step]) -> Iterator[Segment]:
    for step in steps:
        for fate, units in ((Fate.SAME, step.same), (Fate.REMOVED, step.removed), (Fate.INSERTED, step.inserted)):
            if text := "".join(units):
                yield Segment(fate, text)


def _steps(old: list[str], new: list[str]) -> list[_Step]:
    """Both texts in steps; the last one may end without a change."""
    steps = [_Step([], [], [])]
    old_end = new_end = 0
    for i, j, length in [*_matches(old, new), (len(old), len(new), 0)]:
        if i > old_end or j > new_end:
            steps[-1].removed, steps[-1].inserted = old[old_end:i], new[new_end:j]
            steps.append(_Step([], [], []))
        steps[-1].same += old[i : i + length]
        old_end, new_end = i + length, j + length
    return steps


def _matches(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int]]:
    """Runs that stay, as start in `old`, start in `new` and length, in order. The work is bounded for any texts."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield 0, 0, start
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    find = _by_units if _is_bearable(old_middle, new_middle) else _by_clauses
    for i, j, length in find(old_middle, new_middle):
        yield start + i, start + j, length
    yield len(old) - end, len(new) - end, end


def _is_bearable(old: list[str], new: list[str]) -> bool:
    """Whether comparing unit by unit ends soon."""
    old_times, new_times = Counter(old), Counter(new)
    meetings = sum(times * new_times[unit] for unit, times in old_times.items())
    return len(old) * len(new) <= MOST_CELLS and meetings <= MOST_MEETINGS


def _by_units(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int]]:
    yield from SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()


def _by_clauses(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int]]:
    """Clauses that stand once in each text hold it in place; between them unit by unit, where that is not too much."""
    old_clauses, new_clauses = _clauses(old), _clauses(new)
    pairs = [
        Pair(i, new_clauses[clause][0], len(clause))
        for clause, (i, times) in old_clauses.items()
        if times == 1 and clause in new_clauses and new_clauses[clause][1] == 1
    ]
    old_end = new_end = 0
    for pair in [*heaviest_chain(pairs), Pair(len(old), len(new), 0)]:
        old_gap, new_gap = old[old_end : pair.old], new[new_end : pair.new]
        if _is_bearable(old_gap, new_gap):
            yield from ((old_end + i, new_end + j, length) for i, j, length in _by_units(old_gap, new_gap))
        yield pair.old, pair.new, pair.weight
        old_end, new_end = pair.old + pair.weight, pair.new + pair.weight


def _clauses(units: list[str]) -> dict[tuple[str, ...], tuple[int, int]]:
    """Clause → where it first starts, and how often it stands."""
    starts = [0, *(index + 1 for index, unit in enumerate(units) if unit[-1] in _CLOSING)]
    found = [(tuple(units[start:end]), start) for start, end in zip(starts, [*starts[1:], len(units)], strict=True)]
    times = Counter(clause for clause, _ in found)
    return {clause: (start, times[clause]) for clause, start in reversed(found) if clause}


def _slide(step: _Step, following: _Step) -> None:
    """Moves an insertion or a removal, where it can move without a difference, to where a clause begins and ends."""
    changed = step.removed or step.inserted
    if step.is_replacement or not changed:
        return
    run = [*step.same, *changed, *following.same]
    length, here = len(changed), len(step.same)
    low = high = here
    while low > 0 and run[low - 1] == run[low - 1 + length]:
        low -= 1
    while high + length < len(run) and run[high] == run[high + length]:
        high += 1
    best = max(range(low, high + 1), key=lambda start: (_seams(run, start, start + length), -abs(start - here)))
    step.same[:], changed[:], following.same[:] = run[:best], run[best : best + length], run[best + length :]


def _seams(run: list[str], *cuts: int) -> int:
    """How many of the cuts fall between clauses."""
    return sum(
        cut in (0, len(run)) or run[cut - 1][-1] in _CLOSING or run[cut][0] in _OPENING
        for cut in cuts
    )  # fmt: skip


def _joined(steps: Sequence[_Step]) -> list[_Step]:
    """The steps without the runs that stand by chance between two changes."""
    joined: list[_Step] = []
    for step in steps:
        if joined and _is_chance(joined[-1], step):
            joined[-1].removed = [*joined[-1].removed, *step.same, *step.removed]
            joined[-1].inserted = [*joined[-1].inserted, *step.same, *step.inserted]
        else:
            joined.append(step)
    return joined


def _is_chance(before: _Step, step: _Step) -> bool:
    if not ((before.removed or before.inserted) and (step.removed or step.inserted)):
        return False
    if not step.same:
        return True
    if not (before.removed or step.removed) or not (before.inserted or step.inserted):
        return False  # a reader reads past what is only put in, or only taken out
    around = min(max(_letters(side.removed), _letters(side.inserted)) for side in (before, step))
    letters = _letters(step.same)
    is_seam = letters > 0 and any(unit[-1] in _CLOSING or unit[0] in _OPENING for unit in step.same)
    return (letters < FEWEST_LETTERS and not is_seam) or letters * CHANCE <= around


def _letters(units: Sequence[str]) -> int:
    """Characters that are no marks or spaces; a word or number counts two, however long."""
    return sum(min(len(unit), 2) for unit in units if _LETTER.search(unit))
