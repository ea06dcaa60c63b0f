"""Formatted citations by the Chinese national standard GB/T 7714, in its editions of 2025 and 2015.

News outlets follow the clause on contributions to serials (2025: 8.5; 2015: 4.4): `[N/OL]`, outlet and date. All else
follows the one on web sites and pages (2025: 8.11; 2015: 4.6, electronic resources): `[EB/OL]`, dates in brackets.
What is not known is left out with its punctuation, as both editions do in their examples.

The texts are those that citeproc-js makes of our CSL-JSON in the public CSL styles of the two editions, with two
exceptions in that of 2015: it sets names in Latin letters in capitals, which would be wrong for a body's name, and it
takes the archive for a publisher.
"""

from dataclasses import dataclass

from beilin.pages.citing.item import Genre, Item

NAMED_AUTHORS = 3  # both editions: of more than three, the first three are named


@dataclass(frozen=True, slots=True)
class Punctuation:
    """In what the two editions differ, apart from the date of access of newspapers."""

    comma: str
    opening: str
    closing: str


FULL_WIDTH = Punctuation("，", "（", "）")
HALF_WIDTH = Punctuation(", ", "(", ")")


def gbt7714_2025(item: Item) -> str:
    """`item` as the edition of 2025 wants it: full-width punctuation, and no date of access for newspapers."""
    if item.genre is Genre.NEWS:
        return joined(item, imprint_of_serial(item, FULL_WIDTH), FULL_WIDTH)
    return joined(item, imprint_of_page(item, FULL_WIDTH), FULL_WIDTH)


def gbt7714_2015(item: Item) -> str:
    """`item` as the edition of 2015 wants it: half-width punctuation, the date of access always."""
    if item.genre is Genre.NEWS:
        return joined(item, imprint_of_serial(item, HALF_WIDTH) + access(item), HALF_WIDTH)
    return joined(item, imprint_of_page(item, HALF_WIDTH), HALF_WIDTH)


def joined(item: Item, imprint: str, punctuation: Punctuation) -> str:
    """The parts that are there, a full stop and a space between them, a full stop at the end."""
    title = f"{item.title}[{mark(item)}]"
    parts = [part for part in (credit(item, punctuation), title, imprint, item.url or "") if part]
    return " ".join(part if part.endswith(".") and part != item.url else f"{part}." for part in parts)


def credit(item: Item, punctuation: Punctuation) -> str:
    """The authors, the fourth and later ones as 等 or et al."""
    others = "等" if item.lang.startswith("zh") else "et al"
    more = (others,) if len(item.authors) > NAMED_AUTHORS else ()
    return punctuation.comma.join((*item.authors[:NAMED_AUTHORS], *more))


def mark(item: Item) -> str:
    """Letters for type and medium; a page that no address leads to is Z, other."""
    if item.genre is Genre.NEWS:
        return "N/OL" if item.url else "N"
    return "EB/OL" if item.url else "Z"


def imprint_of_serial(item: Item, punctuation: Punctuation) -> str:
    """Outlet and date."""
    return punctuation.comma.join(part for part in (item.source, item.issued) if part)


def imprint_of_page(item: Item, punctuation: Punctuation) -> str:
    """Date of publication in round brackets, of access in square ones; the bare date where there is no address."""
    if item.url is None:
        return item.issued or ""
    published = f"{punctuation.opening}{item.issued}{punctuation.closing}" if item.issued else ""
    return published + access(item)


def access(item: Item) -> str:
    """When it was captured; nothing where the reader is given no address."""
    return f"[{item.accessed}]" if item.url and item.accessed else ""
