"""Lists of terms and what is said of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from beilin.markup.tags import DROPPED
from beilin.text.characters import is_blank


@dataclass(frozen=True, slots=True)
class Entry:
    """One or more terms and what is said of them, as elements."""

    terms: tuple[LexborNode, ...]
    meanings: tuple[LexborNode, ...]


def read_entries(node: LexborNode) -> list[Entry]:
    """The entries of a `dl` in order; none where it has no terms, or holds anything beside them, as galleries do."""
    parts = list(_parts(node))
    tags = {part.tag for part in parts}
    if tags != {"dt", "dd"} or parts[0].tag != "dt" or node.css_first("dt img, dt table, dl dl") is not None:
        return []
    entries: list[Entry] = []
    for part in parts:
        last = entries[-1] if entries else Entry((), ())
        if part.tag == "dd":
            entries[-1] = Entry(last.terms, (*last.meanings, part))
        elif last.terms and not last.meanings:
            entries[-1] = Entry((*last.terms, part), ())
        else:
            entries.append(Entry((part,), ()))
    return entries


def _parts(node: LexborNode) -> Iterator[LexborNode]:
    """What stands in the list; the HTML standard lets a `div` hold the parts of one entry."""
    for child in node.iter(include_text=True):
        if child.tag == "div":
            yield from _parts(child)
        elif child.tag in DROPPED or (child.tag or "").startswith("-"):
            if child.tag == "-text" and not is_blank(child.text_content or ""):
                yield child
        else:
            yield child
