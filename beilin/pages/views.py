"""What templates may see: the contract between the code and the theme. Every value arrives ready to print."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the site (relative, naming the file), or out of it."""

    href: str
    text: str
    count: int | None = None
    """How many articles are behind it, where that helps."""
    lang: str | None = None
    """BCP 47 tag of `text` where it is not the interface's language."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed or other machine-readable twin, advertised in the head."""

    href: str
    type: str
    title: str


@dataclass(frozen=True, slots=True)
class Meta:
    """One `<meta name= content=>` of the head; `property` instead of `name` for Open Graph and article:*."""

    name: str
    content: str
    is_property: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page shares."""

    root: str
    """Relative way to the site's root, `""`, `"../"`, `"../../"`…; on the 404 page the absolute path of the root."""
    title: str
    """For `<title>`, without the site's name."""
    description: str
    site_title: str
    lang: str
    """BCP 47 tag of the interface."""
    canonical: str | None
    """Absolute address of this page, None if the site has no `base_url`."""
    feeds: tuple[Feed, ...] = ()
    metas: tuple[Meta, ...] = ()
    robots: str | None = None
    """Content of `<meta name="robots">`, such as `noindex`, where it is needed."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date for a reader and for a machine."""

    iso: str
    text: str
    """In words of the interface's language, of the same precision, such as `2023年10月27日`."""
    href: str | None
    """The date page, if there is one."""


@dataclass(frozen=True, slots=True)
class VersionLink:
    """One version in an article's list of versions."""

    number: int
    href: str
    date: Moment | None
    is_shown: bool
    is_newest: bool
    changes: str | None = None
    """The page of what changed since the version before it in time; None for the first."""


@dataclass(frozen=True, slots=True)
class TextRevisionNote:
    """That better rules changed the published text of an unchanged capture."""

    date: Moment
    old_sha256: str


@dataclass(frozen=True, slots=True)
class RepostLink:
    """A near-identical text under another address."""

    href: str
    title: str
    lang: str
    source: str
    date: Moment | None
    percent: int
    """How much of the text the two have in common, 0 to 100."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A formatted citation; `style` is the contract's key, such as `gb7714-2025`."""

    style: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Download:
    """A citation file as a `data:` address (article pages) or a relative link (listings)."""

    href: str
    filename: str
    type: str
    label: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article page."""

    id: str
    title: str
    lang: str
    kind: str
    source: Link | None
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    translators: tuple[str, ...]
    published: Moment | None
    captured: Moment | None
    seen_again: tuple[Moment, ...]
    """When the same text was captured again."""
    original_url: str | None
    tags: tuple[Link, ...]
    characters: int
    body: tuple[Markup, ...]
    """The blocks, each one element with its `id="p<n>"` (and `lang` where it differs from the article's); in it, where
    its text begins, its number as a link, without text."""
    contents: tuple[Link, ...]
    """Headings of the body as links to their blocks; empty if fewer than three."""
    versions: tuple[VersionLink, ...]
    """Empty if there is but one."""
    text_revisions: tuple[TextRevisionNote, ...]
    reposts: tuple[RepostLink, ...]
    """The most alike first."""
    citations: tuple[Citation, ...]
    downloads: tuple[Download, ...]
    permalink: str
    """Absolute where the site has a `base_url`, else the path from the site's root."""
    capture_href: str | None
    capture_path: str
    capture_sha256: str
    text_sha256: str
    licence: str
    earlier: Link | None
    later: Link | None
    structured_data: Markup
    """schema.org JSON-LD, escaped so that it can stand in a script element of type `application/ld+json`."""
    dek: str = ""
    """The lines under the title; empty if the outlet printed none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a listing."""

    href: str
    title: str
    lang: str
    source: str
    date: Moment | None
    summary: str


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading, a day as a rule."""

    heading: Moment | None
    """None for articles without a date."""
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page stands in a listing of several pages."""

    number: int
    total: int
    newer: str | None
    older: str | None


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as it is written somewhere."""

    text: str
    lang: str | None
    """BCP 47 tag where the characters tell, and None where they do not."""


@dataclass(frozen=True, slots=True)
class NameView:
    """What the authority file says of a tag."""

    kind: str
    """`person`, `place`, `body` or `subject`."""
    variants: tuple[Spelling, ...]
    """Everything it is called, its own name first."""
    same_as: tuple[Link, ...]
    """Addresses that identify it elsewhere."""
    structured_data: Markup
    """schema.org JSON-LD, escaped as on an article page."""


@dataclass(frozen=True, slots=True)
class ListingView:
    """A tag, source, year, month or day page."""

    kind: str
    """`tag`, `source`, `year`, `month` or `day`."""
    heading: str
    total: int
    parts: tuple[Link, ...]
    """The months of a year, the days of a month; else empty."""
    up: Link | None
    """The year of a month, the month of a day; the index of all tags or sources."""
    groups: tuple[Group, ...]
    pager: Pager | None
    """None if there is one page only."""
    downloads: tuple[Download, ...]
    name: NameView | None = None
    """None for all but the tags that the authority file knows."""


@dataclass(frozen=True, slots=True)
class IndexView:
    """All tags, all sources or all years, each with its count."""

    kind: str
    """`tag`, `source` or `date`."""
    heading: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FrontView:
    """The front door."""

    description: str
    total: int
    span: tuple[Moment, Moment] | None
    """First and last day of the archive."""
    newest: tuple[Group, ...]
    years: tuple[Link, ...]
    sources: tuple[Link, ...]
    tags: tuple[Link, ...]
    """The most used, most used first."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page: an empty shell that the script fills."""

    shards: str
    """JSON: what the script must know of the index; the empty string if the site was built without search."""
    kinds: str
    """JSON: kind of source → its name."""
    downloads: tuple[Download, ...]
    """The forms in which the script can give out the results' citations: the files to read them from, beside lists."""


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """What stays at the address of a capture that was withdrawn."""

    id: str
    title: str
    source: str
    published: Moment | None
    withdrawn: Moment
    original_url: str | None
    reason: str
    """`privacy`, `rights`, `error`, or empty."""
    citation: str
    permalink: str


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """The 404 page."""

    root: str
    """Absolute path of the site's root."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a changed block's text."""

    fate: str
    """`same`, `removed` or `inserted`."""
    text: str
    folded: int = 0
    """Characters, where the run is long and unchanged and shall be folded away; else 0."""


@dataclass(frozen=True, slots=True)
class ChangedBlock:
    """A block on a difference page."""

    kind: str
    """`unchanged`, `edited`, `inserted`, `removed` or `moved`."""
    lang: str
    old: Link | None
    """Its place in the older version, its number as text; None if it was not there."""
    new: Link | None
    pieces: tuple[Piece, ...]
    """Empty for a block without text."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring blocks of a difference page, either all unchanged or all changed."""

    is_unchanged: bool
    blocks: tuple[ChangedBlock, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions on a difference page."""

    number: int
    href: str
    date: Moment | None


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """What changed in a version of an article against the version before it in time."""

    id: str
    title: str
    lang: str
    article: str
    """The way to the article's own page."""
    old: Side
    new: Side
    edited: int
    """Blocks, as the three below."""
    inserted: int
    removed: int
    moved: int
    characters_inserted: int
    """Those that are not white space; of a moved block, only what was edited in it."""
    characters_removed: int
    titles: tuple[Piece, ...]
    """From the older title to the newer; empty if they are the same."""
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """What cleaning set aside in the captures of one kind of source."""

    kind: str
    name: str
    """The outlet's; empty for pages, Markdown and plain text of whatever outlet."""
    captures: int
    pieces: tuple[int, ...]
    """One number for each of the view's categories, in their order."""
    total: int


@dataclass(frozen=True, slots=True)
class AboutView:
    """The page about cleaning."""

    categories: tuple[tuple[str, int], ...]
    """Every `beilin.model.category.Category`, with the number of pieces in the whole archive."""
    rows: tuple[SetAside, ...]
    captures: int
    """In all rows together, as `total`."""
    total: int
    unpublished: tuple[tuple[str, int], ...]
    """Why captures could not be published, as codes of problems, each with its number of captures."""
