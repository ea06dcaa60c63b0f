"""The names that an archive knows, found in its texts: folded as for search, longest first, never inside another."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick

from beilin.model.name import Mentions, Name
from beilin.text.characters import HAN, one_line
from beilin.text.digests import text_digest
from beilin.text.folding import fold, fold_with_offsets
from beilin.text.tokens import WORD_SCRIPTS

SCHEME = 1
"""Grows whenever the same text and names give other mentions, so that what is remembered is not mistaken for new."""

_WORD = re.compile(rf"\d|(?=[{WORD_SCRIPTS}])[^\W_]")
"""What a neighbour of a name may not be, where the name itself begins or ends so: Blinken is not in Blinkenberg."""
_LETTER = rf"[0-9{WORD_SCRIPTS}]"
_SEAM = re.compile(rf"(?<={_LETTER})(?<=\w) ?(?=[{HAN}])|(?<=[{HAN}]) ?(?={_LETTER})(?=\w)")
"""Where some printers set a space and others none."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place of a text at which a known name stands."""

    start: int
    """Offsets in the folded text."""
    end: int
    name: int
    """Its number in the authority's order."""


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One folded form of a variant."""

    name: int
    opens_with_word: bool
    closes_with_word: bool
    is_capital: bool
    """Only in capitals is WHO a name and no word."""


@dataclass(frozen=True, slots=True)
class Authority:
    """The known names, ready to be looked for; travels to other processes as the names alone."""

    names: tuple[Name, ...]
    _owners: dict[str, int] = field(init=False, repr=False, compare=False)
    _spellings: tuple[_Spelling, ...] = field(init=False, repr=False, compare=False)
    _automaton: AhoCorasick = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        owners: dict[str, int] = {}
        spellings: dict[str, _Spelling] = {}
        for number, name in enumerate(self.names):
            for variant in name.variants:
                if owners.setdefault(variant_key(variant), number) == number:
                    for folded in spelled(variant):
                        spellings[folded] = _spelling(number, folded, variant, spellings.get(folded))
        object.__setattr__(self, "_owners", owners)
        object.__setattr__(self, "_spellings", tuple(spellings.values()))
        object.__setattr__(self, "_automaton", AhoCorasick(spellings))

    def __reduce__(self) -> tuple[type["Authority"], tuple[tuple[Name, ...]]]:
        return Authority, (self.names,)

    def find(self, variant: str) -> Name | None:
        """The name of which `variant` is a variant, however it is folded."""
        number = self._owners.get(variant_key(variant))
        return None if number is None else self.names[number]

    def occurrences(self, text: str) -> list[Occurrence]:
        """Where known names stand in `text`, in order: none inside another, of two that overlap the longer or first."""
        folded = fold(text)
        found = [
            (start, end, self._spellings[number])
            for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True)
        ]
        found = [item for item in found if _stands_alone(folded, *item)]
        if any(spelling.is_capital for *_, spelling in found):
            offsets = fold_with_offsets(text)[1]
            found = [
                (start, end, spelling)
                for start, end, spelling in found
                if not spelling.is_capital or text[offsets[start] : offsets[end - 1] + 1].isupper()
            ]
        return _longest_first(_outermost(Occurrence(start, end, spelling.name) for start, end, spelling in found))

    def mentions(self, texts: Iterable[str]) -> Mentions:
        """The known names that `texts` mention; none reaches over the end of a text."""
        counts = Counter(occurrence.name for occurrence in self.occurrences("\n".join(texts)))
        return Mentions(tuple(sorted(counts, key=lambda number: -counts[number])))

    def with_names(self, tags: Sequence[str], mentions: Mentions) -> tuple[str, ...]:
        """An article's `tags`, each by its known name, then the names that its text mentions; none twice."""
        own = (found.name if (found := self.find(tag)) else tag for tag in tags)
        return tuple(dict.fromkeys((*own, *(self.names[number].name for number in mentions.names))))


def variant_key(variant: str) -> str:
    """What two variants share that are one to this archive: folded, without the spaces that are layout alone."""
    return _SEAM.sub("", re.sub(" ?· ?", "·", fold(one_line(variant))))


def spelled(variant: str) -> Iterator[str]:
    """The folded forms of `variant`: without the spaces that are layout alone, with all of them, and as written."""
    closed = variant_key(variant)
    yield from dict.fromkeys((closed, _SEAM.sub(" ", closed).replace("·", " · "), fold(one_line(variant)).strip()))


def names_digest(names: Iterable[Name]) -> str:
    """Hex digest of all that decides what a text mentions: the names with their aliases, in order, and `SCHEME`."""
    return text_digest((str(SCHEME), *("\n".join(name.variants) for name in names)))


def _spelling(number: int, folded: str, variant: str, other: _Spelling | None) -> _Spelling:
    """`other` is what another variant of the same name with the same folded form asks for."""
    is_capital = variant.isupper() and (other is None or other.is_capital)
    return _Spelling(number, _WORD.match(folded[0]) is not None, _WORD.match(folded[-1]) is not None, is_capital)


def _stands_alone(folded: str, start: int, end: int, spelling: _Spelling) -> bool:
    if spelling.opens_with_word and start and _WORD.match(folded[start - 1]):
        return False
    return not (spelling.closes_with_word and end < len(folded) and _WORD.match(folded[end]))


def _outermost(found: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """Those of `found` that lie inside no other."""
    furthest = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.end > furthest:
            furthest = one.end
            yield one


def _longest_first(found: Iterable[Occurrence]) -> list[Occurrence]:
    """Those of `found` that overlap no longer one, nor an earlier one of their own length."""
    taken: set[int] = set()
    kept = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        # what overlaps a longer one reaches into it with its first or its last character
        if one.start not in taken and one.end - 1 not in taken:
            taken.update(range(one.start, one.end))
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
