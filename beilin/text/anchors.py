"""Names of passages that follow from their words alone: version 1, frozen.

Addresses with these names are printed in other people's work. Nothing here may depend on what is still being improved,
such as the folding of the search, nor on the edition of Unicode that the running Python knows: a better rule is a new
version beside this one.
"""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable

from beilin.text.identifiers import ALPHABET

VERSION = 1
LENGTH = 10
"""29 to the tenth are some 4e14 names: two different passages of one article do not meet by chance."""

_UNICODE = unicodedata.ucd_3_2_0
"""The edition of 2002, which every Python brings. Characters that are younger take no part."""


class _Essence(dict[int, str]):
    """Code point → what of it takes part in a name: letters and digits in their plain, lower-case form."""

    def __missing__(self, code: int) -> str:
        plain = _UNICODE.normalize("NFKD", chr(code)).lower()
        essence = self[code] = "".join(letter for letter in plain if _UNICODE.category(letter)[0] in "LN")
        return essence


_ESSENCE = _Essence()


def essence(text: str) -> str:
    """The letters and digits of `text`: what neither spacing nor punctuation, width, case or accents change."""
    return text.translate(_ESSENCE)


def anchors(texts: Iterable[str]) -> tuple[str, ...]:
    """A name for each of the blocks with `texts`, in their order: `t` and ten characters, or nothing without words.

    It stays while the block's own words stay, wherever the block moves. Blocks of the same words are told apart by
    `-2`, `-3` in reading order.
    """
    seen: Counter[str] = Counter()
    names = []
    for text in texts:
        name = _name(essence(text))
        seen[name] += 1
        names.append(f"{name}-{seen[name]}" if name and seen[name] > 1 else name)
    return tuple(names)


def _name(words: str) -> str:
    if not words:
        return ""
    number = int.from_bytes(hashlib.sha256(words.encode()).digest(), "big")
    digits = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "t" + "".join(digits)
