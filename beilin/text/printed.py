"""How a searched text was printed, written small enough to travel with its tokens.

The search page rebuilds a text from its tokens: each unit has a usual print, and where the print differs an edit says
so. Edits are written in private-use characters, which an index neither keeps nor counts as letters.
"""

from beilin.text.tokens import WORD, Units, letter_of_mark
from beilin.text.traditional import USUAL_SIMPLIFIED, USUAL_TRADITIONAL

PRIVATE = 0xF0000
"""The plane of private-use characters in which edits are written."""
DISTANCE = 0x100
"""An edit starts with the character of this number plus the units since the last edit."""
FARTHEST = 0xD7FF - DISTANCE
EDIT_END = "\x1f"

_CHINESE_MARKS = dict(zip(",:;!?()", "，：；！？（）", strict=True))
_TRADITIONAL_MARKS = dict(zip("“”‘’", "「」『』", strict=True))


def _prints(*tables: dict[str, str]) -> dict[str, str]:
    marks = [*range(0x100), *range(0x2000, 0x2800), *range(0x3000, 0x3040), *range(0x1F000, 0x1FB00)]
    prints = {letter_of_mark(chr(mark)): chr(mark) for mark in marks}
    for table in tables:
        prints |= {letter_of_mark(mark): printed for mark, printed in table.items()}
    return prints


USUAL_PRINTS = {
    "western": _prints(),
    "simplified": _prints(_CHINESE_MARKS),
    "traditional": _prints(_CHINESE_MARKS, _TRADITIONAL_MARKS)
    | dict(zip(USUAL_SIMPLIFIED, USUAL_TRADITIONAL, strict=True)),
}
"""For each way of printing, what a unit looks like as a rule; a unit that is not here looks like itself."""


def way_of_printing(lang: str) -> str:
    """The key of `USUAL_PRINTS` that needs the fewest edits for a text whose language is `lang` (BCP 47)."""
    if lang.startswith("zh-Hant"):
        return "traditional"
    return "simplified" if lang.startswith("zh") else "western"


def edits(text: str, cut: Units, way: str) -> str:
    """What to change in the usual print of the units `cut` to get `text` without the spaces before its first unit."""
    usual = USUAL_PRINTS[way]
    ends = [*cut.starts, len(text)][1:]
    following = [*cut.kinds, None][1:]
    found: list[str] = []
    last = 0
    for index, (unit, start, end) in enumerate(zip(cut.texts, cut.starts, ends, strict=True)):
        printed = text[start:end]
        expected = usual.get(unit, unit)
        if cut.kinds[index] == WORD == following[index]:
            expected += " "
        if printed != expected or index - last == FARTHEST:
            found.append(chr(DISTANCE + index - last) + printed + EDIT_END)
            last = index
    return "".join(found)


def private(text: str) -> str:
    """`text` in private-use characters, one for each of its UTF-16 code units."""
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(PRIVATE + low + 256 * high) for low, high in zip(data[::2], data[1::2], strict=True))
