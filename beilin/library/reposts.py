"""Reposts: the same text, or nearly, under other addresses.

What a source prints again and again (a channel's standing description, a bulletin's form, a notice under every post)
is no repost. So of each sketch only those bins count whose values few other articles of its source have; the rest is
the source's standing text, and what an article has besides must be long enough to be compared. Within one source,
where series and forms abound, texts under unlike titles must be nearly the same throughout.

Articles whose sketches agree in two neighbouring bins meet in a bucket; where many meet, each is compared with its
nearest neighbours alone. So the work grows with the number of articles, not with its square.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import eq

from beilin.text.folding import fold
from beilin.text.sketches import BINS, LENGTH, values_of

FEWEST_CHARACTERS = 200
"""Of an article's own text: what is shorter says too little to be told from another of its kind."""
LEAST_SIMILARITY = 0.6
"""Agency reports that two outlets rewrite, each in its own way, have mostly less than this in common."""
LEAST_UNDER_ONE_TITLE = 0.4
"""A text that has its title too in common with another was edited, not written anew."""
LEAST_IN_A_SOURCE = 0.9
"""Under other titles; below are the parts of a series, and bulletins of one form."""
SHORTEST_TITLE = 4
"""Letters; shorter ones, such as `早报` and `无题`, name many an article."""
MOST_PRINTINGS = 6
"""A source may print a passage so many times, under another title or on another day; once more, and it stands."""
MOST_REPOSTS = 8
"""Listed with one article."""
FEWEST_BINS = 8
"""That belong to both articles' own text; fewer tell nothing of how much of it they share."""
NEIGHBOURS = 8
"""How many that follow it an article is compared with, in a bucket that more than so many share."""

_BAND_BYTES = 4
_ALL = (1 << BINS) - 1


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as far as finding reposts needs to know it."""

    id: str
    source: str
    """Whose standing text it may hold: the outlet's or the account's name; empty counts as one source."""
    title: str
    date: str | None
    """What it is filed under: a day, a month or a year."""
    characters: int
    sketch: bytes
    """Of `beilin.text.sketches`."""
    is_video: bool = False
    """Whether the text only describes the work. Many videos are described alike: their titles must agree as well."""


@dataclass(frozen=True, slots=True)
class Repost:
    """Another article with the same text, or nearly."""

    id: str
    similarity: float
    """The share of the texts that both have, in hundredths up to 1; standing text left out."""


@dataclass(frozen=True, slots=True)
class _Known:
    """An entry, its title as it is compared, and a bit for each bin that is not its source's standing text."""

    entry: Entry
    title: str
    owned: int

    @property
    def own_characters(self) -> int:
        return self.entry.characters * self.owned.bit_count() // BINS


def find_reposts(entries: Iterable[Entry]) -> dict[str, tuple[Repost, ...]]:
    """The reposts of each article that has any, by identifier: most similar first, then oldest, then by identifier.

    `entries` holds one for each identifier; their order makes no difference.
    """
    sketched = sorted((entry for entry in entries if len(entry.sketch) == LENGTH), key=_age)
    known = [one for one in _known(sketched) if one.own_characters >= FEWEST_CHARACTERS]
    found: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for one, other in _meetings(known):
        similarity = _similarity(known[one], known[other])
        if similarity >= _least(known[one], known[other]):
            found[one].append((-similarity, other))
            found[other].append((-similarity, one))
    return {
        known[place].entry.id: tuple(
            Repost(known[other].entry.id, -similarity) for similarity, other in sorted(found[place])[:MOST_REPOSTS]
        )
        for place in sorted(found)
    }


def _age(entry: Entry) -> tuple[bool, str, str]:
    """By date, then identifier; what has no date comes last."""
    return entry.date is None, entry.date or "", entry.id


def _known(entries: Sequence[Entry]) -> Iterator[_Known]:
    titles = ["".join(filter(str.isalnum, fold(entry.title))) for entry in entries]
    by_source: dict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        by_source[entry.source].append(place)
    owned = [_ALL] * len(entries)
    for places in by_source.values():
        values = values_of(b"".join(entries[place].sketch for place in places))
        printings = [(titles[place], entries[place].date) for place in places]
        for index in range(BINS):
            column = values[index::BINS]
            standing = _standing(column, printings)
            for place, value in zip(places, column, strict=True) if standing else ():
                if value in standing:
                    owned[place] &= ~(1 << index)
    return map(_Known, entries, titles, owned)


def _standing(column: Sequence[int], printings: Sequence[tuple[str, str | None]]) -> set[int]:
    """The values of one bin that a source has printed too often, from those of its articles, titles and dates."""
    often = {value for value, times in Counter(column).items() if times > MOST_PRINTINGS}
    if not often:
        return often
    printed = {pair for pair in zip(column, printings, strict=True) if pair[0] in often}
    return {value for value, times in Counter(value for value, _ in printed).items() if times > MOST_PRINTINGS}


def _meetings(known: Sequence[_Known]) -> set[tuple[int, int]]:
    """Pairs of places in `known`, the lower first, of articles that may be alike."""
    pairs: set[tuple[int, int]] = set()
    for start in range(0, LENGTH, _BAND_BYTES):
        band = 0b11 << start // 2
        buckets: dict[bytes, list[int]] = defaultdict(list)
        for place, one in enumerate(known):
            if one.owned & band == band:
                buckets[one.entry.sketch[start : start + _BAND_BYTES]].append(place)
        for places in buckets.values():
            if len(places) > 1:
                pairs.update(_neighbours(places, known, start))
    return pairs


def _neighbours(places: list[int], known: Sequence[_Known], start: int) -> Iterator[tuple[int, int]]:
    """Every pair of a small bucket; of a larger one, those whose sketches agree longest from byte `start` on."""
    if len(places) > NEIGHBOURS:
        places = sorted(places, key=lambda place: _turned(known[place].entry.sketch, start))
    for index, one in enumerate(places):
        for other in places[index + 1 : index + 1 + NEIGHBOURS]:
            yield (one, other) if one < other else (other, one)


def _turned(sketch: bytes, start: int) -> bytes:
    return sketch[start:] + sketch[:start]


def _similarity(one: _Known, other: _Known) -> float:
    """The share of text in common, in hundredths, from the share of triples; 0 if too little of it can be compared."""
    owned = one.owned & other.owned
    if owned.bit_count() < FEWEST_BINS:
        return 0.0
    agreeing: Iterable[bool] = map(eq, values_of(one.entry.sketch), values_of(other.entry.sketch))
    if owned != _ALL:
        agreeing = compress(agreeing, [owned >> index & 1 for index in range(BINS)])
    both = sum(agreeing)
    return round(2 * both / (owned.bit_count() + both), 2)


def _least(one: _Known, other: _Known) -> float:
    """The similarity from which the two are reposts; more than 1 if they cannot be."""
    if one.title == other.title and len(one.title) >= SHORTEST_TITLE:
        return LEAST_UNDER_ONE_TITLE
    if one.entry.is_video or other.entry.is_video:
        return 2.0
    return LEAST_SIMILARITY if one.entry.source != other.entry.source else LEAST_IN_A_SOURCE


def groups_of(reposts: Mapping[str, Iterable[Repost]]) -> Iterator[tuple[str, ...]]:
    """The articles that reposts join, directly or through others, in order of identifier."""
    near: dict[str, set[str]] = defaultdict(set)
    for identifier, found in reposts.items():
        for repost in found:
            near[identifier].add(repost.id)
            near[repost.id].add(identifier)
    seen: set[str] = set()
    for start in sorted(near):
        group, waiting = {start}, [] if start in seen else [start]
        while waiting:
            new = near[waiting.pop()] - group
            group |= new
            waiting.extend(new)
        if start not in seen:
            yield tuple(sorted(group))
        seen |= group
