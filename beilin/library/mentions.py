"""What an article's own words say of names, known and unknown."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from beilin.library.candidates import find_candidates, find_glosses
from beilin.library.names import Authority
from beilin.model.article import Block, BlockKind
from beilin.model.name import Mentions

WORDLESS = frozenset((BlockKind.CODE, BlockKind.FORMULA, BlockKind.RULE, BlockKind.OLDER))
"""Blocks whose text is not the article's prose: listings, TeX, and the titles of other posts."""


def own_words(title: str, blocks: Iterable[Block]) -> Iterator[str]:
    """The texts of an article in which names are looked for."""
    yield title
    yield from (block.text for block in blocks if block.kind not in WORDLESS)


def find_mentions(authority: Authority, texts: Iterable[str]) -> Mentions:
    """The known names in `texts`, and what looks like a name that may be missing; the same for every process."""
    words = tuple(texts)
    return replace(authority.mentions(words), candidates=find_candidates(words), glosses=find_glosses(words))
