"""Citations in Chicago style, as a full note: The Chicago Manual of Style, eighteenth edition.

Up to the archive the texts are those that citeproc-js makes of our CSL-JSON in the public CSL style. Of the archived
copy they say what the editors of the manual recommend, for which CSL has no variables: the original address, `archived`
with the day of the capture, the archive and the permalink.
"""

from beilin.pages.citing.english import ended, in_words, quoted, series, split_date
from beilin.pages.citing.item import Genre, Item

NAMED = 6  # of more than six, the first three are named
NAMED_OF_MANY = 3


def chicago(item: Item) -> str:
    """`item` as one note, ending in a full stop."""
    authors, translators = listed(item.authors), listed(item.translators)
    # Where nothing contains it, the work stands for itself and is not quoted, unless it is a mere page.
    is_quoted = bool(item.source) or item.genre is Genre.PAGE
    parts = [
        ended(authors or (f"{translators}, trans." if translators else ""), ","),
        quoted(item.title, ",") if is_quoted and item.title else ended(item.title, ","),
        ended(f"trans. {translators}" if translators and authors else "", ","),
        ended(item.source, ","),
        ended(date(item), ","),
        archived(item),
    ]
    return f"{' '.join(part for part in parts if part not in ('', ','))}."


def listed(names: tuple[str, ...]) -> str:
    """The names, whole; of many the first three."""
    if len(names) > NAMED:
        return f"{', '.join(names[:NAMED_OF_MANY])}, et al."
    return series(names, "and")


def date(item: Item) -> str:
    """The date no more precise than it is known; of newspapers and blogs `n.d.` if it is not."""
    if item.issued is None:
        return "" if item.genre is Genre.PAGE else "n.d."
    return in_words(item.issued)


def archived(item: Item) -> str:
    """The original address, and the day, the archive and the address of the copy, as far as they are known."""
    if item.accessed is None:
        since = "archived at"
    else:
        day = split_date(item.accessed)[2]
        since = f"archived {in_words(item.accessed)}{',' if day else ''} at"
    copy = f"{since} {ended(item.archive, ',')} {item.permalink or item.archive_location}"
    return f"{item.original_url}, {copy}" if item.original_url else copy
