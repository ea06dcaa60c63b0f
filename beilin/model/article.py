"""What a capture becomes: its facts, its blocks, and its place in the archive."""

from dataclasses import dataclass, field
from enum import StrEnum

from beilin.model.problem import Problem
from beilin.model.stamp import Stamp


class BlockKind(StrEnum):
    """What a block of an article's body is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST = "list"
    FIGURE = "figure"
    TABLE = "table"
    CODE = "code"
    FORMULA = "formula"
    EMBED = "embed"
    NOTES = "notes"
    RULE = "rule"
    OLDER = "older"
    """A list of other posts that the account put under this one, folded."""


class SafeHtml(str):
    """Markup that has passed the gate. Only `beilin.markup.gate` makes one, and the cache that remembers it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an article's body: the unit of permalinks, search hits, languages, versions and the text digest."""

    kind: BlockKind
    html: SafeHtml
    """One element, its own start tag first; without `id` and without `lang`, which the page adds."""
    text: str
    """Plain text, lines kept with `\\n` where the block has lines (list items, code, table rows, speaker turns)."""
    lang: str
    """BCP 47, such as `zh-Hans`, `zh-Hant`, `en`; the article's own language where the block cannot tell."""


@dataclass(frozen=True, slots=True)
class Removal:
    """Something visible that cleaning set aside."""

    rule: str
    """The rule that did it, such as `wechat.widgets` or `wrapper.title-line`."""
    text: str
    """What was there, as text, all of it, on one line."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the front matter itself says, unjudged: what another generator made an address of."""

    title: str = ""
    slug: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a capture says about itself; no body, so that 100,000 of them fit in memory."""

    capture: str
    """Path below `content/`."""
    capture_sha256: str
    kind: str
    """The key of the source declaration that read it, such as `wechat`."""
    title: str
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    translators: tuple[str, ...]
    source: str
    """Display name of the outlet or account; empty if nothing says."""
    published: Stamp | None
    captured: Stamp | None
    original_url: str | None
    lang: str
    """BCP 47 tag of the article's main language."""
    tags: tuple[str, ...]
    summary: str
    """The first words of the text, on one line, at most 120 characters."""
    characters: int
    """Characters of the text that are not white space."""
    text_sha256: str
    natural_id: str
    """The identifier that follows from the normalised original address, or from the bytes where there is none."""
    pinned_id: str | None
    """`id:` of the front matter, if any."""
    aliases: tuple[str, ...] = ()
    """`aliases:` of the front matter, as written: addresses that the article had before."""
    written: Written = field(default_factory=Written)
    rules: int = 1
    """Version of the rules that read the capture."""
    sketch: bytes = b""
    """What `beilin.text.sketches` keeps of the text, to know it again after edits and elsewhere."""
    dek: str = ""
    """The lines under the title in which the outlet sums the article up; empty if it printed none."""
    origins: tuple[tuple[str, str], ...] = ()
    """Where each fact was read, as pairs of a fact's name and a place: `("title", "wrapper line")`."""
    edges: bytes = b""
    """What `beilin.library.furniture` needs of the first and last blocks, to see which of them an account repeats."""
    links: bytes = b""
    """Digests of what the article links to, 8 bytes each, to find the links that this archive can follow itself."""
    set_aside: tuple[int, ...] = ()
    """Numbers, from 1, of blocks of the reading that are not the article's but repeated by its account."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What cleaning one capture gave: everything that is remembered between builds."""

    facts: Facts | None
    """None if the capture cannot be published; `problems` says why."""
    blocks: tuple[Block, ...]
    removals: tuple[Removal, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class TextRevision:
    """A change of a published text while the capture underneath stayed the same."""

    date: str
    """The day of the first build with the new text."""
    old_sha256: str
    new_sha256: str
    rules: int
    """Version of the rules that gave the new text."""


@dataclass(frozen=True, slots=True)
class Article:
    """One published version of an article, placed in the archive."""

    id: str
    version: int
    """Its number in the ledger, from 1; numbers grow in order of arrival, not of time."""
    facts: Facts
    date: str | None
    """What it is filed under in the site's timezone: a day, or `2023-10`, or `2023`; None if nothing is known."""
    is_newest: bool
    """Whether it is the newest of the page's published versions, the one that `/a/<id>/` shows."""
    seen_again: tuple[Stamp, ...]
    """When other captures found this very text on this very page."""
    text_revisions: tuple[TextRevision, ...] = ()
    """How better rules changed the published text since it was first published, oldest first."""
