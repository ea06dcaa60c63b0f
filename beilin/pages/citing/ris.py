"""Citations in the RIS format, in UTF-8 with CR LF."""

from collections.abc import Iterable

from beilin.pages.citing.item import Genre, Item

TYPES = {Genre.NEWS: "NEWS", Genre.POST: "BLOG", Genre.PAGE: "ELEC"}


def ris(items: Iterable[Item]) -> str:
    """An `.ris` file of `items`, in their order; each record ends in an empty line."""
    return "".join(map(record, items))


def record(item: Item) -> str:
    """One record, `TY` to `ER`. `DB` and `AN` are what Zotero and EndNote read as archive and place in it."""
    tags = [
        ("TY", TYPES[item.genre]),
        ("ID", item.key),
        *(("AU", name) for name in item.authors),
        *(("A4", name) for name in item.translators),
        ("TI", item.title),
        ("T2", item.source),
        ("PY", item.issued[:4] if item.issued else None),
        ("DA", slashed(item.issued)),
        ("Y2", slashed(item.accessed)),
        ("LA", item.lang),
        ("UR", unparted(item.url)),
        ("DB", item.archive),
        ("AN", item.archive_location),
        ("N1", item.note),
    ]
    lines = [f"{tag}  - {value}\r\n" for tag, value in tags if value]
    return f"{''.join(lines)}ER  - \r\n\r\n"


def slashed(date: str | None) -> str | None:
    """`date` as `YYYY/MM/DD/`, unknown parts empty, three slashes always."""
    if date is None:
        return None
    year, month, day = [*date.split("-"), "", ""][:3]
    return f"{year}/{month}/{day}/"


def unparted(url: str | None) -> str | None:
    """`url` without semicolons, at which readers of RIS part a list of addresses."""
    return url.replace(";", "%3B") if url else None
