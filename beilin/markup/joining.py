"""Blocks inside another element: a cell, a caption, a heading, a list item."""

from beilin.markup.draft import DraftBlock
from beilin.model.article import BlockKind


def inline_html(block: DraftBlock) -> str:
    """The markup inside a paragraph's or heading's own element; the whole block for other kinds."""
    if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) or block.html.startswith("<p>"):
        return block.html[block.html.index(">") + 1 : block.html.rindex("<")]
    return block.html


def joined(blocks: list[DraftBlock]) -> tuple[str, str]:
    """Markup and text of `blocks` inside one cell or caption: paragraphs joined by line breaks, the rest as it is."""
    if all(block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) for block in blocks):
        return "<br>".join(inline_html(block) for block in blocks), texts_of(blocks)
    return "".join(block.html for block in blocks), texts_of(blocks)


def texts_of(blocks: list[DraftBlock]) -> str:
    """The blocks' texts, a line each."""
    return "\n".join(block.text for block in blocks if block.text)
