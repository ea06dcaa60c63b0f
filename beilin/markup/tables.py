"""Tables: rows, header cells, spans and captions; tables that only lay out a page are no tables."""

from collections.abc import Callable
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

WIDEST_SPAN = 1000
"""What the HTML standard allows a column span to be."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    node: LexborNode
    is_header: bool
    colspan: int
    rowspan: int


def read_rows(table: LexborNode) -> list[list[Cell]]:
    """The table's own rows (not those of tables inside it), each as its cells."""
    rows = []
    for row in _own(table, "tr", ("thead", "tbody", "tfoot")):
        cells = [
            Cell(cell, cell.tag == "th", _span(cell, "colspan"), _span(cell, "rowspan"))
            for cell in row.iter(include_text=False)
            if cell.tag in ("td", "th")
        ]
        if cells:
            rows.append(cells)
    return rows


def is_layout(rows: list[list[Cell]]) -> bool:
    """Whether the table is no data but a box around paragraphs or pictures, of one column, or around other tables."""
    cells = [cell for row in rows for cell in row]
    if any(cell.is_header for cell in cells):
        return False
    return all(len(row) == 1 for row in rows) or any(cell.node.css_first("table") is not None for cell in cells)


def caption_of(table: LexborNode) -> list[LexborNode]:
    """The table's own caption, if it has one."""
    return [child for child in table.iter(include_text=False) if child.tag == "caption"][:1]


def write_table(
    table: LexborNode, rows: list[list[Cell]], content: Callable[[LexborNode], tuple[str, str]]
) -> tuple[str, str]:
    """Markup and text of a table, cells parted by tabs and rows by line ends in the text.

    `content` gives markup and text of what is inside a cell.
    """
    parts = ['<div class="table-scroll"><table>']
    texts = []
    for caption in caption_of(table):
        html, text = content(caption)
        parts.append(f"<caption>{html}</caption>")
        texts.append(text)
    head = len(rows) if not rows or not _is_head(rows[0]) else 1
    head = head if len(rows) > 1 and _is_head(rows[0]) else 0
    if head:
        parts.append(f"<thead>{_row(rows[0], content, texts)}</thead>")
    parts.append("<tbody>")
    parts.extend(_row(row, content, texts) for row in rows[head:])
    parts.append("</tbody></table></div>")
    return "".join(parts), "\n".join(text for text in texts if text)


def _is_head(row: list[Cell]) -> bool:
    return all(cell.is_header for cell in row)


def _row(row: list[Cell], content: Callable[[LexborNode], tuple[str, str]], texts: list[str]) -> str:
    parts, words = ["<tr>"], []
    for cell in row:
        html, text = content(cell.node)
        words.append(text.replace("\n", " "))
        name = "th" if cell.is_header else "td"
        spans = (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "") + (
            f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        )
        parts.append(f"<{name}{spans}>{html}</{name}>")
    texts.append("\t".join(words).strip("\t"))
    return "".join(parts) + "</tr>"


def _own(table: LexborNode, wanted: str, groups: tuple[str, ...]) -> list[LexborNode]:
    found = []
    for child in table.iter(include_text=False):
        if child.tag == wanted:
            found.append(child)
        elif child.tag in groups:
            found.extend(row for row in child.iter(include_text=False) if row.tag == wanted)
    return found


def _span(cell: LexborNode, name: str) -> int:
    written = (cell.attributes.get(name) or "").strip()
    return min(int(written), WIDEST_SPAN) if written.isascii() and written.isdecimal() and len(written) < 6 else 1
