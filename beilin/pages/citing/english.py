"""What the English styles have in common: dates in words, lists of names, marks that go inside quotation marks.

The texts are plain, without italics. Titles keep their language and their capitals.
"""

from collections.abc import Sequence

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

ENDINGS = ".?!:;。？！"
"""Marks after which no full stop is set; those of full width end a sentence as well as the others."""

CLOSED_BY = {"“": "”", "‘": "’"}
NESTED = (("‘", "’"), ("“", "”"))
"""Quotation marks within “…”: the outermost pair, the next one, and so on by turns."""


def split_date(date: str) -> tuple[str, int, int]:
    """Year, month and day of `2023`, `2023-10` or `2023-10-27`; 0 for what it does not say."""
    year, month, day = [*date.split("-"), "0", "0"][:3]
    return year, int(month), int(day)


def in_words(date: str) -> str:
    """`2023`, `October 2023` or `October 27, 2023`."""
    year, month, day = split_date(date)
    if not month:
        return year
    return f"{MONTHS[month - 1]} {day}, {year}" if day else f"{MONTHS[month - 1]} {year}"


def series(names: Sequence[str], conjunction: str) -> str:
    """`A`, `A and B`, `A, B, and C`."""
    if len(names) <= 2:
        return f" {conjunction} ".join(names)
    return f"{', '.join(names[:-1])}, {conjunction} {names[-1]}"


def ended(text: str, mark: str) -> str:
    """`text` and `mark`, a full stop or a comma, which goes inside closing quotation marks and is never doubled."""
    closing = set(pairs(text).values())
    end = len(text)
    while end - 1 in closing:
        end -= 1
    if text[:end].endswith(tuple(ENDINGS) if mark == "." else mark):
        return text
    return f"{text[:end]}{mark}{text[end:]}"


def quoted(title: str, mark: str) -> str:
    """`title` in “…`mark`”, its own curly quotation marks changed to suit the outer ones."""
    marks = list(title)
    found = pairs(title)
    for opening, closing in found.items():
        depth = sum(outer < opening and closing < end for outer, end in found.items())
        marks[opening], marks[closing] = NESTED[depth % 2]
    return f"“{ended(''.join(marks), mark)}”"


def pairs(text: str) -> dict[int, int]:
    """Where curly quotation marks open → where they close again; a mark alone, such as an apostrophe, is left out."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for position, mark in enumerate(text):
        if mark in CLOSED_BY:
            waiting.append(position)
        elif mark in CLOSED_BY.values():
            while mark == "”" and waiting and text[waiting[-1]] == "‘":
                waiting.pop()
            if waiting and CLOSED_BY[text[waiting[-1]]] == mark:
                found[waiting.pop()] = position
    return found
