"""An account of every letter, digit and Chinese character of a capture: published, set aside and listed, or lost.

Punctuation and white space, which cleaning may normalise, are left out of the count; formulas too, which are said in
TeX where the page drew them, and the cards of embedded things, whose words stand in attributes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from html import unescape

from alignment import Strip, between, cut_up, matching, slid_to_starts, strip_of, unmatched
from printed import Printed, counted

from beilin.model.article import Block, BlockKind, Reading

NOT_PRINTED = re.compile(r'<(?:span|div|strong) class="(?:formula|embed-kind)">(.*?)</(?:span|div|strong)>', re.DOTALL)
TAG = re.compile("<[^<>]*>")
WRITTEN = re.compile(r"<!--.*?-->|</?[a-z][^<>]*>", re.IGNORECASE)
"""Markup in a capture tool's lines, which are listed as they were written."""
CARDS = "cards"
HERE = ""
"""The place of what is published beside a picture, where order does not tell anything."""
DEFINED_ASIDE = "cna"
"""The kind of source whose pages open the definition of a term in the middle of the sentence that uses it."""
SHORT = 6
"""Characters; a shorter text may stand anywhere by chance."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where the characters of a capture went."""

    visible: int
    """Without the capture tool's lines."""
    kept: int
    set_aside: Counter[str] = field(default_factory=Counter)
    """Characters for each rule; the capture tool's lines among them."""
    lost: tuple[str, ...] = ()
    """Seen on the page, neither published nor listed."""
    moved: tuple[str, ...] = ()
    """Published out of order, and not beside a picture."""
    doubled: tuple[str, ...] = ()
    """Published more often than printed, or published although listed as set aside."""
    invented: tuple[str, ...] = ()
    """Published, and nowhere in the capture."""

    @property
    def faults(self) -> dict[str, tuple[str, ...]]:
        """What does not add up, by name; empty if everything does."""
        found = {"lost": self.lost, "moved": self.moved, "doubled": self.doubled, "invented": self.invented}
        return {name: texts for name, texts in found.items() if texts}


def account(page: Printed, reading: Reading) -> Account:
    """Where the characters of `page` went in `reading`."""
    placed = {BlockKind.FIGURE} | ({BlockKind.QUOTE} if _kind(reading) == DEFINED_ASIDE else set())
    told = strip_of(_lines(reading, set(BlockKind) - placed - {BlockKind.EMBED}))
    where: Counter[str] = Counter()
    seen, opening, pools = _strike(
        page, [*_listed(page, reading), *((HERE, text) for text in _texts(reading, placed))], where
    )
    pools[CARDS] += _texts(reading, {BlockKind.EMBED})
    passages = matching(seen.text, told.text)
    surplus = [
        told.text[a:b] for gap in slid_to_starts(told, unmatched(passages, 1, told)) for a, b in cut_up(gap, told.cuts)
    ]
    where[HERE] += sum(max(i + size - max(i, opening), 0) for i, _, size in passages)
    moved: list[str] = []
    lost = _settle(seen, slid_to_starts(seen, unmatched(passages, 0, seen)), pools, where, (surplus, moved))
    for piece in [piece for piece in surplus if len(piece) >= SHORT and _take(lost, piece)]:
        surplus.remove(piece)
        moved.append(piece)
    where[HERE] += sum(map(len, moved)) + where.pop(CARDS, 0)
    doubled, invented = _unexplained([*surplus, *pools[HERE]], page)
    visible, kept = len(page.text) - page.opening, where.pop(HERE)
    return Account(visible, kept, where, tuple(lost), tuple(moved), tuple(doubled), tuple(invented))


def _settle(
    seen: Strip,
    gaps: Iterable[tuple[int, int]],
    pools: dict[str, list[str]],
    where: Counter[str],
    elsewhere: tuple[list[str], list[str]],
) -> list[str]:
    """What of `gaps` in `seen` is nowhere; what is in `pools` is added to `where`.

    What stands in the first list of `elsewhere` goes from there into the second.
    """
    surplus, moved = elsewhere
    lost: list[str] = []
    todo = [(start - end, start) for start, end in gaps]
    heapify(todo)  # the longest first, so that no short piece takes what belongs to a long one
    while todo:
        size, start = heappop(todo)
        piece = seen.text[start : start - size]
        place = next((place for place, texts in pools.items() if _take(texts, piece)), None)
        if place is not None:
            where[place] += len(piece)
        elif _take(surplus, piece):
            moved.append(piece)
        elif len(parts := list(cut_up((start, start - size), seen.cuts))) > 1:
            for part_start, part_end in parts:
                heappush(todo, (part_start - part_end, part_start))
        else:
            lost.append(piece)
    return lost


def _kind(reading: Reading) -> str:
    return reading.facts.kind if reading.facts else ""


def _texts(reading: Reading, kinds: AbstractSet[BlockKind]) -> Iterator[str]:
    """The counted words of each block of these kinds."""
    return ("".join(_words(block)) for block in reading.blocks if block.kind in kinds)


def _lines(reading: Reading, kinds: AbstractSet[BlockKind]) -> Iterator[str]:
    """The counted words of each line of the blocks of these kinds."""
    return (words for block in reading.blocks if block.kind in kinds for words in _words(block) if words)


def _words(block: Block) -> list[str]:
    """The counted words of each line of `block` without formulas and the words that cards begin with."""
    lines = [counted(line) for line in block.text.split("\n")]
    if 'class="formula"' not in block.html and 'class="embed-kind"' not in block.html:
        return lines
    # every second part is a formula: a letter of it must not be taken for the same letter of a word
    parts = [counted(unescape(TAG.sub("", part))) for part in NOT_PRINTED.split(block.html)]
    return parts[::2] if "".join(parts) == "".join(lines) else lines


def _listed(page: Printed, reading: Reading) -> Iterator[tuple[str, str]]:
    """Rule and words of each removal that had words; a picture is listed by its address."""
    for removal in reading.removals:
        is_wrapper = removal.rule.startswith("wrapper.")
        words = counted(WRITTEN.sub("", removal.text) if is_wrapper else removal.text)
        if not removal.text.startswith("http") or words in page.text:
            yield removal.rule, words


def _strike(
    page: Printed, known: Iterable[tuple[str, str]], where: Counter[str]
) -> tuple[Strip, int, dict[str, list[str]]]:
    """The page's text without what of `known` stands in it once, how much of the opening is left, the rest of `known`.

    `known` are places and the words that went there; what is struck is added to `where`.
    """
    text, cuts = page.text, set(page.cuts)
    spans: list[tuple[int, int]] = []
    rest: dict[str, list[str]] = defaultdict(list, {HERE: []})
    for place, words in sorted(known, key=lambda pair: -len(pair[1])):
        start = text.find(words)
        end = start + len(words)
        is_whole = start in cuts and end in cuts
        is_one = start >= 0 and text.find(words, start + 1) < 0 and words not in page.unseen
        if words and is_one and (is_whole or len(words) >= SHORT) and all(end <= a or b <= start for a, b in spans):
            spans.append((start, end))
            where[place] += len(words)
        else:
            rest[place].append(words)
    left = between(sorted(spans), len(text))
    pieces = [text[a:b] for gap in left for a, b in cut_up(gap, page.cuts)]
    return strip_of(pieces), sum(max(min(b, page.opening) - a, 0) for a, b in left), rest


def _take(pool: list[str], piece: str) -> bool:
    """Whether one of `pool` holds `piece`, which is then used up."""
    for index, text in enumerate(pool):
        if piece in text:
            before, _, after = text.partition(piece)
            pool[index : index + 1] = [part for part in (before, after) if part]
            return True
    return False


def _unexplained(surplus: Sequence[str], page: Printed) -> tuple[list[str], list[str]]:
    """What is published more often than seen, and what is published and not in the capture.

    Words that only stand in the markup, such as what looks like a tag and is none, may be published.
    """
    doubled: list[str] = []
    invented: list[str] = []
    everything = counted(page.raw) + page.unseen if surplus else ""
    for piece in surplus:
        if piece in page.text and (len(piece) >= SHORT or piece not in everything):
            if piece not in map(counted, TAG.findall(page.raw)):
                doubled.append(piece)
        elif piece not in everything:
            invented.append(piece)
    return doubled, invented
