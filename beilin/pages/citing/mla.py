"""Citations in MLA style, ninth edition, as an entry of the list of works cited.

The texts are those that citeproc-js makes of our CSL-JSON in the public CSL style. The day of access, which is the day
of the capture, stands only where no date is known. The style has no place for the original address.
"""

from beilin.pages.citing.english import MONTHS, ended, quoted, series, split_date
from beilin.pages.citing.item import Item

WHOLE_MONTHS = 4  # months of at most four letters are not shortened; September keeps four, the others three


def mla(item: Item) -> str:
    """`item` as one entry: author, title, then the container with everything that leads to it."""
    sentences = [ended(credit(item), ".")] if credit(item) else []
    if item.title:
        # Without a container the work stands for itself and is not quoted.
        sentences.append(quoted(item.title, ".") if item.source else ended(item.title, "."))
    sentences.append(container(item))
    if item.issued is None and item.accessed is not None:
        sentences.append(f"Accessed {shortened(item.accessed)}.")
    return " ".join(sentences)


def credit(item: Item) -> str:
    """The author, or two, or the first `et al.`; where there is none the translators, said to be such."""
    names = item.authors or item.translators
    listed = f"{names[0]}, et al." if len(names) > 2 else series(names, "and")
    if item.authors or not names:
        return listed
    return f"{listed}, translator{'s' if len(names) > 1 else ''}"


def container(item: Item) -> str:
    """Outlet, translators, date, archive with its place for the article, and address, with a full stop at the end."""
    translators = item.translators if item.authors else ()
    listed = f"{translators[0]} et al." if len(translators) > 2 else series(translators, "and")
    begun = "translated" if item.source else "Translated"
    parts = [
        item.source,
        f"{begun} by {listed}" if listed else "",
        shortened(item.issued) if item.issued else "",
        item.archive,
        item.archive_location,
        item.url or "",
    ]
    *before, last = [part for part in parts if part]
    return " ".join([*(ended(part, ",") for part in before), f"{last}."])


def shortened(date: str) -> str:
    """`2023`, `Oct. 2023` or `27 Oct. 2023`."""
    year, month, day = split_date(date)
    if not month:
        return year
    name = MONTHS[month - 1]
    kept = WHOLE_MONTHS if name == "September" else 3
    short = name if len(name) <= WHOLE_MONTHS else f"{name[:kept]}."
    return f"{day} {short} {year}" if day else f"{short} {year}"
