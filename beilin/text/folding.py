"""What searching treats as the same: for search only, never for display.

Width, case, accents, compatibility forms, Traditional and Simplified characters, interpuncts, quotation marks and
dashes are folded character by character, so that each folded character knows the printed one it came from.
"""

import json
import unicodedata

from beilin.text.traditional import OTHER_SIMPLIFIED, OTHER_TRADITIONAL, USUAL_SIMPLIFIED, USUAL_TRADITIONAL

SIMPLIFIED = dict(zip(USUAL_TRADITIONAL + OTHER_TRADITIONAL, USUAL_SIMPLIFIED + OTHER_SIMPLIFIED, strict=True))
"""Traditional character → Simplified character."""

SYMBOLS = dict(
    zip(
        "‧・•･∙⋅「」『』〝〞‐‑‒–―─⋯‥〜",
        "······“”‘’“”----——……~",
        strict=True,
    )
) | {"…": "…"}
"""Marks that are set in several ways; looked up before compatibility forms, which would make three dots of `…`."""

BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""What ends a line; a phrase never crosses one."""


class _Folding(dict[int, str]):
    """Code of a printed character → its folded form, none to several characters; worked out when first asked for."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


def _folded(character: str) -> str:
    if character in BREAKS:
        return "\n"
    if character in SYMBOLS:
        return SYMBOLS[character]
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).lower())
    return "".join(filter(None, map(_plain, plain)))


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Zs" or character == "\t":
        return " "
    if category[0] == "M" or category in ("Cc", "Cf", "Cs"):
        return ""
    return SYMBOLS.get(character) or SIMPLIFIED.get(character, character)


_FOLDING = _Folding()


def fold(text: str) -> str:
    """`text` as searching sees it. Folding twice changes nothing more; line breaks stay, as `\\n`."""
    return text.translate(_FOLDING)


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """`fold(text)`, and for each of its characters the offset in `text` of the printed one it came from."""
    pieces = [_FOLDING[ord(character)] for character in text]
    folded = "".join(pieces)
    if len(folded) == len(text) and "" not in pieces:
        return folded, list(range(len(text)))
    return folded, [offset for offset, piece in enumerate(pieces) for _ in piece]


def browser_table() -> str:
    """The tables above as `theme/assets/folding.js`, for the search page."""
    tables = {
        "usualTraditional": USUAL_TRADITIONAL,
        "usualSimplified": USUAL_SIMPLIFIED,
        "otherTraditional": OTHER_TRADITIONAL,
        "otherSimplified": OTHER_SIMPLIFIED,
        "symbols": "".join(SYMBOLS),
        "foldedSymbols": "".join(SYMBOLS.values()),
        "breaks": BREAKS,
    }
    lines = (f"  {name}: {json.dumps(table, ensure_ascii=False)}," for name, table in tables.items())
    notice = "Characters: OpenCC (https://github.com/BYVoid/OpenCC), Apache License 2.0."
    head = f"// Written by beilin.text.folding.browser_table. {notice}\n"
    # Two of the line breaks may not stand in a string of older JavaScript.
    return (
        (head + "window.beilinFolding = {\n" + "\n".join(lines) + "\n};\n")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .replace("\x85", "\\u0085")
    )
