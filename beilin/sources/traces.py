"""What a reading leaves for the passes over the whole archive, and how these change it."""

from collections.abc import Sequence
from dataclasses import replace

from beilin.markup.draft import DraftBlock
from beilin.markup.links import packed_keys
from beilin.model.article import Block, Facts
from beilin.sources.declaration import Source
from beilin.sources.facts import summary_of
from beilin.sources.promotion import edges_of
from beilin.text.characters import NOT_SPACE
from beilin.text.digests import text_digest
from beilin.text.sketches import sketch


def with_traces(facts: Facts, source: Source, blocks: Sequence[DraftBlock]) -> Facts:
    """`facts` with the fingerprints of what `blocks` repeat and link to."""
    edges = edges_of(blocks, facts.source) if source.is_account else b""
    return replace(facts, edges=edges, links=packed_keys((block.html for block in blocks), facts.source))


def without_blocks(facts: Facts, blocks: Sequence[Block], numbers: tuple[int, ...]) -> Facts:
    """`facts` of the reading with `blocks` once those with `numbers`, from 1, are set aside."""
    rest = [block for number, block in enumerate(blocks, 1) if number not in numbers]
    texts = [block.text for block in rest]
    return replace(
        facts,
        summary=summary_of(rest, facts.title),
        characters=sum(len(NOT_SPACE.findall(text)) for text in texts),
        text_sha256=text_digest(texts),
        sketch=sketch(texts),
        set_aside=numbers,
    )
