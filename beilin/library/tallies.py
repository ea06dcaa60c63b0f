"""What cleaning set aside, counted for each kind of source."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from beilin.model.article import Facts
from beilin.model.category import Category, category_of
from beilin.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Tally:
    """One kind of source."""

    kind: str
    captures: int
    """Those that could be published."""
    pieces: Mapping[Category, int]
    """Every category, be it with none."""

    @property
    def total(self) -> int:
        """All pieces."""
        return sum(self.pieces.values())


def tally(heads: Iterable[tuple[Facts, Mapping[str, int]]]) -> tuple[Tally, ...]:
    """A tally of each kind, that with most captures first. `heads`: facts of a capture, and how often each rule met it.

    The order of `heads` makes no difference.
    """
    captures: Counter[str] = Counter()
    pieces: dict[str, Counter[Category]] = {}
    for facts, removed in heads:
        captures[facts.kind] += 1
        counted = pieces.setdefault(facts.kind, Counter())
        for rule, number in removed.items():
            counted[category_of(rule)] += number
        counted[Category.PROMOTION] += len(facts.set_aside)
    kinds = sorted(captures, key=lambda kind: (-captures[kind], kind))
    return tuple(
        Tally(kind, captures[kind], {category: pieces[kind][category] for category in Category}) for kind in kinds
    )


def refusals(problems: Iterable[tuple[Problem, ...]]) -> dict[str, int]:
    """Why captures could not be published: code → captures. `problems`: those of each such capture, the reason last."""
    return dict(sorted(Counter(found[-1].code for found in problems if found).items()))
