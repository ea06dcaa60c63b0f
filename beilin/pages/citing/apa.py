"""Citations in APA style, seventh edition, as an entry of the list of references.

The texts are those that citeproc-js makes of our CSL-JSON in the public CSL style. The style says `n.d.` where no date
is known, and only then the day of retrieval, which is the day of the capture. It has no place for the original address.
"""

from beilin.pages.citing.english import ended, in_words, series
from beilin.pages.citing.item import Genre, Item

NAMED_AUTHORS = 20  # of more, the first nineteen and the last are named


def apa(item: Item) -> str:
    """`item` as one entry: author, date, title and source, or title first where there is no author."""
    opening = [title(item), date(item)]
    if item.authors:
        opening = [credit(item.authors), date(item), title(item)]
    sentences = [ended(part, ".") for part in (*opening, *source(item)) if part]
    return " ".join([*sentences, *address(item)])


def credit(authors: tuple[str, ...]) -> str:
    """The authors, whole; from the twenty-first on all but the last left out."""
    if len(authors) > NAMED_AUTHORS:
        return f"{', '.join(authors[: NAMED_AUTHORS - 1])}, … {authors[-1]}"
    return series(authors, "&")


def date(item: Item) -> str:
    """`(2023, October 27)`, no more precise than it is known; `(n.d.)` if it is not."""
    if item.issued is None:
        return "(n.d.)"
    year, *rest = item.issued.split("-")
    return f"({year}, {in_words(item.issued).removesuffix(year).rstrip(' ,')})" if rest else f"({year})"


def title(item: Item) -> str:
    """The title, with the translators in brackets."""
    return f"{item.title} ({series(item.translators, '&')}, Trans.)" if item.translators else item.title


def source(item: Item) -> tuple[str, str]:
    """The outlet and the archive with its place for the article; for web pages the archive comes first."""
    archive = f"{item.archive} ({item.archive_location})"
    return (archive, item.source) if item.genre is Genre.PAGE else (item.source, archive)


def address(item: Item) -> list[str]:
    """The address, without a full stop that could be taken for part of it; nothing if there is none."""
    if item.url is None:
        return []
    if item.issued is None and item.accessed is not None:
        return [f"Retrieved {in_words(item.accessed)}, from {item.url}"]
    return [item.url]
