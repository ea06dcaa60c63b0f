"""What an editor prints beside a text: line numbers as a list of their own, large marks around a quotation."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from beilin.markup.draft import DraftBlock, Removed
from beilin.model.article import BlockKind
from beilin.text.characters import is_blank

FEWEST_DIVIDERS = 3
_DIVIDER = re.compile(r"ratio-[12]\b|/mmbiz_gif/|wx_fmt=gif")
"""What the placeholder of an ornament says: four times as wide as high, or moving."""
_ORNAMENTED = re.compile(r"<blockquote><p>❝</p>(?P<inside>.+)<p>❞</p></blockquote>", re.DOTALL)


def without_gutters(blocks: Sequence[DraftBlock], removed: list[Removed]) -> list[DraftBlock]:
    """`blocks` without the lists of nothing but 1, 2, 3… that stand right before a listing."""
    gutters = {id(one) for one, two in pairwise(blocks) if two.kind is BlockKind.CODE and _counts(one)}
    removed.extend(Removed("code.line-numbers", block.text) for block in blocks if id(block) in gutters)
    return [_without_ornaments(block, removed) for block in blocks if id(block) not in gutters]


def _without_ornaments(block: DraftBlock, removed: list[Removed]) -> DraftBlock:
    """A quotation without the two marks that stand, each alone on a line, above and below its text."""
    match = _ORNAMENTED.fullmatch(block.html) if block.kind is BlockKind.QUOTE else None
    if match is None:
        return block
    removed.append(Removed("builder.quotation-marks", "❝ ❞"))
    html = f"<blockquote>{match['inside']}</blockquote>"
    return replace(block, html=html, text=block.text.removeprefix("❝\n").removesuffix("\n❞"))


def _counts(block: DraftBlock) -> bool:
    """Whether a list says its own items' numbers and nothing else."""
    lines = block.text.split("\n")
    return block.kind is BlockKind.LIST and lines == [str(number) for number in range(1, len(lines) + 1)]


def dividers(blocks: Sequence[DraftBlock]) -> set[int]:
    """Where a moving picture or a strip stands that the post shows again and again between its parts."""
    shown: dict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.FIGURE and is_blank(block.text) and _DIVIDER.search(block.html):
            shown[block.html].append(index)
    return {index for places in shown.values() if len(places) >= FEWEST_DIVIDERS for index in places}
