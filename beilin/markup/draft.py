"""Blocks on their way to the gate: rebuilt from the captured tree, not yet trusted."""

from dataclasses import dataclass

from beilin.model.article import BlockKind


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A block of an article's body as the builder wrote it."""

    kind: BlockKind
    html: str
    """One element, its own start tag first."""
    text: str
    level: int = 0
    """Of a heading: 1 to 6, as captured."""
    is_strong: bool = False
    """Whether the block is a paragraph of one line, all bold: it may act as a heading."""
    is_credit: bool = False
    """Whether the block is the credit of a picture that is still to be joined to it."""
    is_captioned: bool = False
    """Whether the block is a picture for whose caption the page has an element, which may be empty."""
    anchors: tuple[str, ...] = ()
    """Names that the captured page gave to places in this block (`id`, `name`)."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Something visible that a rule set aside while the body was built."""

    rule: str
    text: str
