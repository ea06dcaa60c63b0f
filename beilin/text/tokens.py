"""The search index's own words: overlapping pieces of text that make any substring findable.

A text is cut into units: a Latin, Greek, Cyrillic, Hebrew or Arabic word, one digit, one Chinese or other character,
one mark. Each unit gives one token, at its own position: a character or mark is joined with what follows (`布林 林肯
肯`), a digit with up to three more (`2024 024年 24年 4年`), a word with the character or digit after it (`gdp增`). So
every substring is a few tokens at fixed distances, and no segmenter has to guess. Marks stand in the tokens as Tangut
letters, because an index drops what is neither letter nor digit.

Spaces are a unit only between two digits or two characters; elsewhere they are layout (`2020 年` = `2020年`). A line
break is a unit that no query can hold. `theme/assets/tokens.js` does the same in the browser; `tests/cases/tokens.json`
holds both to one another.
"""

import re
import unicodedata
from dataclasses import dataclass

from beilin.text.folding import fold_with_offsets

SCHEME = 1
"""Grows whenever the same text gives other tokens, so that old indexes are not mistaken for new ones."""

DIGIT_REACH = 4
"""Digits joined in one token: years are the commonest numbers, and two digits alone would say little."""

WORD, DIGIT, CHARACTER, MARK, SPACE = range(5)

WORD_SCRIPTS = "A-ԯԱ-֏א-ۿḀ-῿"
"""Scripts that set spaces between words. Every other letter is a unit of its own, which is right for any script."""

RARE_CHINESE = range(0x20000, 0x40000)
"""Planes of Chinese characters, which grow with each edition of Unicode."""
TANGUT = range(0x17000, 0x187F8)
OTHER_MARK = chr(0x18500)
"""Stands for every mark outside `MARK_RANGES`."""
MARK_RANGES = ((0x0, 0x100, 0x17000), (0x2000, 0x2800, 0x17100), (0x3000, 0x3040, 0x17900), (0x1F000, 0x1FB00, 0x17940))
"""First and end of a range of marks, and the Tangut letter that stands for its first."""

_PIECES = re.compile(rf"(?:(?=[{WORD_SCRIPTS}])[^\W\d_])+|[ \n]+|[^ \n]")


@dataclass(frozen=True, slots=True)
class Units:
    """A text cut into units: three lists of one length."""

    texts: list[str]
    """Folded; marks as the letters that stand for them."""
    kinds: list[int]
    starts: list[int]
    """Offset in the printed text; a unit's print reaches to the start of the next one, dropped spaces included."""


def letter_of_mark(mark: str) -> str:
    """The Tangut letter that stands for `mark` in a token."""
    code = ord(mark)
    for first, end, letter in MARK_RANGES:
        if first <= code < end:
            return chr(letter + code - first)
    return OTHER_MARK


class _Kinds(dict[str, tuple[int, str]]):
    """First character of a piece → its kind, and the piece as a unit where it is one character."""

    def __missing__(self, character: str) -> tuple[int, str]:
        kind = self[character] = _kind(character)
        return kind


def _kind(character: str) -> tuple[int, str]:
    if character in " \n":
        return SPACE, letter_of_mark(character)
    if "0" <= character <= "9":
        return DIGIT, character
    is_letter = unicodedata.category(character)[0] in "LN"
    if is_letter and re.match(f"[{WORD_SCRIPTS}]", character) and character.isalpha():
        return WORD, character
    if (is_letter and ord(character) not in TANGUT) or ord(character) in RARE_CHINESE:
        return CHARACTER, character
    return MARK, letter_of_mark(character)


_KINDS = _Kinds()


def units(text: str) -> Units:
    """`text` cut into units."""
    folded, offsets = fold_with_offsets(text)
    texts: list[str] = []
    kinds: list[int] = []
    starts: list[int] = []
    position = 0
    last_kind, space = SPACE, ""
    for piece in _PIECES.findall(folded):
        kind, unit = _KINDS[piece[0]]
        if kind == SPACE:
            space, space_position = piece, position
        else:
            if space:
                is_break = "\n" in space
                if texts and (is_break or (last_kind == kind and kind in (DIGIT, CHARACTER))):
                    texts.append(_KINDS["\n" if is_break else " "][1])
                    kinds.append(MARK)
                    starts.append(offsets[space_position])
                space = ""
            texts.append(piece if kind == WORD else unit)
            kinds.append(kind)
            starts.append(offsets[position])
            last_kind = kind
        position += len(piece)
    return Units(texts, kinds, starts)


def index_tokens(text: str) -> list[str]:
    """The tokens of `text`, one for each of its units."""
    return tokens_of(units(text))


def tokens_of(cut: Units) -> list[str]:
    """The tokens of a text that has been cut into units, one for each."""
    texts, kinds = cut.texts, cut.kinds
    heads = [text[0] for text in texts]
    tokens = [text + head for text, head in zip(texts, [*heads, ""][1:], strict=True)]
    for index, kind in enumerate(kinds):
        if kind == WORD and index + 1 < len(kinds) and kinds[index + 1] == WORD:
            tokens[index] = texts[index]
        elif kind == DIGIT:
            end = index + 1
            while end < len(kinds) and end < index + DIGIT_REACH and kinds[end] == DIGIT:
                end += 1
            reach = end if end == index + DIGIT_REACH else end + 1
            tokens[index] = "".join(heads[index:reach])
    return tokens
