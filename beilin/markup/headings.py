"""Headings in one consistent order below the page's own h1."""

from dataclasses import replace

from beilin.markup.draft import DraftBlock
from beilin.markup.joining import inline_html
from beilin.model.article import BlockKind

TOP_LEVEL, LOWEST_LEVEL = 2, 6
LONGEST_ACTING_HEADING = 30
"""Characters; a bold line that is longer is a sentence with emphasis."""
SENTENCE_ENDS = "。！？；：，、.!?;:,…"


def order_headings(blocks: list[DraftBlock]) -> list[DraftBlock]:
    """`blocks` with headings from h2 down without gaps, bold lines that act as headings among them.

    A page that sets all its text in headings means none of them.
    """
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    texts = [block for block in blocks if block.text]
    if len(headings) > 4 and len(headings) * 2 > len(texts):
        blocks = [_as_paragraph(block) if block.kind is BlockKind.HEADING else block for block in blocks]
        headings = []
    levels = {
        level: min(TOP_LEVEL + rank, LOWEST_LEVEL) for rank, level in enumerate(sorted({h.level for h in headings}))
    }
    ordered: list[DraftBlock] = []
    current = TOP_LEVEL - 1
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            current = levels[block.level]
            ordered.append(_at_level(_unbolded(block), current))
        elif _acts_as_heading(blocks, index):
            ordered.append(_at_level(_unbolded(block), min(current + 1, LOWEST_LEVEL)))
        else:
            ordered.append(block)
    return ordered


def _acts_as_heading(blocks: list[DraftBlock], index: int) -> bool:
    """Whether a paragraph that is only bold stands above ordinary text; not in a run of such lines, and not last."""
    block = blocks[index]
    if (
        not block.is_strong
        or len(block.text) > LONGEST_ACTING_HEADING
        or block.text[-1] in SENTENCE_ENDS
        or "<a " in block.html
    ):
        return False
    if index + 1 >= len(blocks) or blocks[index + 1].kind in (BlockKind.HEADING, BlockKind.RULE):
        return False
    if index and (blocks[index - 1].is_strong or _lacks_caption(blocks[index - 1])):
        return False
    return not blocks[index + 1].is_strong


def _lacks_caption(block: DraftBlock) -> bool:
    """Whether a picture stands without a caption, which a bold line below it may be."""
    return block.kind is BlockKind.FIGURE and not block.text


def _at_level(block: DraftBlock, level: int) -> DraftBlock:
    return replace(
        block, kind=BlockKind.HEADING, html=f"<h{level}>{inline_html(block)}</h{level}>", level=level, is_strong=False
    )


def _unbolded(block: DraftBlock) -> DraftBlock:
    return replace(block, html=block.html.replace("<strong>", "").replace("</strong>", ""))


def _as_paragraph(block: DraftBlock) -> DraftBlock:
    return replace(block, kind=BlockKind.PARAGRAPH, html=f"<p>{inline_html(block)}</p>", level=0)
