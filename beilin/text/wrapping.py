"""Lines that a program broke at a width, told from lines that their author ended."""

import re
from collections.abc import Sequence

ITEM = re.compile(
    r"[・•·●○■□◆◇▪►▲✅①-⑳-]\s?|[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.、．]|[^\s：:，。]{1,8}(?:：|:(?!//))"
)
"""How a list's item or a speaker's turn begins."""
FEWEST_WRAPPED = 3
NARROWEST = 30
RAGGED = 0.75
"""Lines that a program broke before long words are at least so much of the width."""


def width_of(lines: Sequence[str]) -> int:
    """The width at which a program broke `lines`: all but the last are nearly as long as the longest. 0: it did not."""
    longest = max(map(len, lines))
    body = lines[:-1]
    if len(lines) < FEWEST_WRAPPED or longest < NARROWEST or any(ITEM.match(line) for line in lines[1:]):
        return 0
    has_even_lines = all(len(line) >= longest * RAGGED for line in body)
    return longest if has_even_lines and sum(line[-1:] in "。！？.!?”" for line in body) <= len(body) / 3 else 0


def is_hard_wrapped(lines: Sequence[str], width: int) -> bool:
    """Whether a program broke the lines: by their own shape, or at the `width` of the others."""
    if width_of(lines):
        return True
    body = lines[:-1]
    if not body or any(ITEM.match(line) for line in lines[1:]):
        return False
    fits = all(width * RAGGED <= len(line) <= width / RAGGED for line in body)
    return fits and any(line[-1:] not in "。！？.!?：:”" for line in body)
