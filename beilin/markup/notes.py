"""Links inside a page: from a note's mark to the note and back, as links to the blocks that hold them."""

import re
from dataclasses import replace

from beilin.markup.draft import DraftBlock

_INSIDE_LINK = re.compile(r'<a href="#(?P<name>[^"]*)">(?P<words>.*?)</a>')


def resolve_anchors(blocks: list[DraftBlock]) -> list[DraftBlock]:
    """`blocks` with every link to a place on the page leading to the block that holds it.

    Of links that lead nowhere the words stay.
    """
    places = {name: number for number, block in enumerate(blocks, 1) for name in block.anchors}

    def lead(match: re.Match[str]) -> str:
        number = places.get(match["name"])
        return f'<a class="note-mark" href="#p{number}">{match["words"]}</a>' if number else match["words"]

    return [
        replace(block, html=_INSIDE_LINK.sub(lead, block.html)) if '<a href="#' in block.html else block
        for block in blocks
    ]
