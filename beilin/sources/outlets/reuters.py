"""路透中文网 Reuters, Chinese site."""

import re
from html import escape

from selectolax.lexbor import LexborNode

from beilin.markup.parsing import parse_html
from beilin.sources.declaration import Source

NAMES = r"[^\s；;，,/／、]{2,4}(?:[/／、][^\s；;，,/／、]{2,4})*"
BETWEEN_ROLES = r"(?:^|\n|[；;][ 　]?)"
SUBHEAD = re.compile(r"\s*\*{1,3}([^*\n]{2,40})\*{1,3}\s*")
CELL = re.compile(r"\S(?:[^\S\n]?\S)*")
"""What stands between runs of two spaces and more."""
FEWEST_ROWS = 3
WIDEST = 400
"""Characters of a row with its spaces."""


def _repair(root: LexborNode) -> None:
    """Makes headings of lines between asterisks, and tables of rows that only spaces divide into columns."""
    for paragraph in root.css("p"):
        if match := SUBHEAD.fullmatch(paragraph.text() or ""):
            _replace(paragraph, f"<h3>{escape(match[1].strip(), quote=False)}</h3>")
    rows: list[LexborNode] = []
    for paragraph in root.css("p"):
        follows = not rows or _element_before(paragraph) == rows[-1].mem_id
        if _is_row(paragraph) and follows:
            rows.append(paragraph)
            continue
        _make_table(rows)
        rows = [paragraph] if _is_row(paragraph) else []
    _make_table(rows)


def _is_row(paragraph: LexborNode) -> bool:
    text = paragraph.text() or ""
    return len(text) <= WIDEST and "   " in text.replace("\u00a0", " ") and len(CELL.findall(text)) > 1


def _element_before(node: LexborNode) -> int | None:
    previous = node.prev
    while previous is not None and previous.tag == "-text" and not (previous.text_content or "").strip():
        previous = previous.prev
    return previous.mem_id if previous is not None else None


def _make_table(rows: list[LexborNode]) -> None:
    if len(rows) < FEWEST_ROWS:
        return
    cells = [_placed(row.text() or "") for row in rows]
    columns = [place for place, _ in max(cells, key=len)]
    lines = []
    for row in cells:
        line = [""] * len(columns)
        free = 0
        for index, (place, text) in enumerate(row):
            last = 0 if index == 0 else len(columns) - (len(row) - index)
            nearest = min(range(free, last + 1), key=lambda column: abs(columns[column] - place))
            line[nearest] = text
            free = nearest + 1
        lines.append("<tr>" + "".join(f"<td>{escape(text, quote=False)}</td>" for text in line) + "</tr>")
    for follower in rows[1:]:
        follower.decompose()
    _replace(rows[0], f"<table>{''.join(lines)}</table>")


def _placed(row: str) -> list[tuple[float, str]]:
    """The cells of a row, each with its middle in columns of a typewriter; a Chinese character is two wide."""
    placed = []
    for match in CELL.finditer(row):
        start, end = (sum(1 + (ord(character) > 0x2E7F) for character in row[:at]) for at in match.span())
        placed.append(((start + end) / 2, match[0]))
    return placed


def _replace(node: LexborNode, html: str) -> None:
    body = parse_html(html).body
    assert body is not None and body.first_child is not None, "the parser gives every document a body"
    node.insert_before(body.first_child)
    node.decompose()


SOURCE = Source(
    kind="reuters",
    name="路透中文网",
    hosts=("cn.reuters.com",),
    markers=("div.Attribution_content", "div[class*='BackdropImage']"),
    drop=("[class*='trustBadgeContainer']", "[class*='TrustBadge']", "[class*='AdSlot__container']"),
    captions=("[class*='Image_caption']", "div > small"),
    # 发稿 某某；编译 某某/某某；审校 某某
    reporters=re.compile(rf"{BETWEEN_ROLES}(?:整理|发稿|记者|采写|撰稿)[ 　]+(?P<names>{NAMES})(?=[ 　；;\n]|$)"),
    translators=re.compile(rf"{BETWEEN_ROLES}(?:编译|翻译)(?:[/／]审校)?[ 　]+(?P<names>{NAMES})(?=[ 　；;\n]|$)"),
    editors=re.compile(rf"审校[ 　]+(?P<names>{NAMES})\s*$"),
    repair=_repair,
    is_newspaper=True,
)
