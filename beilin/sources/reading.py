"""One capture, read: decoded bytes in, facts and admitted blocks out. A pure function, so that it can be remembered."""

from collections.abc import Callable
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from beilin.markup import gate
from beilin.markup.building import Page, build_blocks
from beilin.markup.draft import DraftBlock, Removed
from beilin.markup.headings import order_headings
from beilin.markup.markdown import markdown_to_html
from beilin.markup.notes import resolve_anchors
from beilin.markup.parsing import parse_html
from beilin.markup.pictures import read_picture
from beilin.model.article import Block, BlockKind, Reading, Removal
from beilin.model.capture import Capture
from beilin.model.problem import Level, Problem
from beilin.model.site import Site
from beilin.sources import plain
from beilin.sources.captured import as_capture
from beilin.sources.claims import Claims, collect_claims
from beilin.sources.declaration import Source
from beilin.sources.facts import settle, settle_title
from beilin.sources.furniture import cut_tail, leave_out, without_title
from beilin.sources.head import read_head
from beilin.sources.opening import take_opening
from beilin.sources.publishable import is_draft, why_not
from beilin.sources.registry import source_of_host, source_of_markers
from beilin.sources.wrappers import Form, Unwrapped, unwrap
from beilin.text.addresses import host_of
from beilin.text.characters import shortened
from beilin.text.languages import block_language, is_only_latin, language_of


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a capture is, before its body is rebuilt."""

    source: Source
    unwrapped: Unwrapped
    claims: Claims
    root: LexborNode


def read(path: str, data: bytes, sha256: str, site: Site) -> Reading:
    """What the capture at `path` (below `content/`) says and holds; without facts where it cannot be published."""
    capture, problems = as_capture(path, data, sha256)
    if capture is None:
        return Reading(None, (), (), tuple(problems))
    if is_draft(capture) and not site.drafts:
        message = "this is a draft and stays unpublished; build with --drafts to see it"
        return Reading(None, (), (), (*problems, Problem(Level.WARNING, "draft", path, 1, message)))
    recognised = recognise(capture, site)
    blocks, removals = _rebuild(recognised)
    blocks, opening = take_opening(blocks)
    removals = [*recognised.unwrapped.removals, *removals, *opening.removals]
    claims = recognised.claims.with_opening(opening)
    obstacle = why_not(capture, recognised.unwrapped, blocks)
    if obstacle is not None:
        return Reading(None, (), tuple(removals), (*problems, obstacle))
    title, title_doubts = settle_title(capture, claims, recognised.source, blocks)
    blocks, repeated = without_title(blocks, title) if claims.titles else (blocks, [])
    blocks = resolve_anchors(order_headings(blocks))
    facts, doubts = settle(capture, recognised.source, claims, title, blocks, site)
    return Reading(facts, _admit(blocks, facts.lang), (*removals, *repeated), (*problems, *title_doubts, *doubts))


def recognise(capture: Capture, site: Site) -> Recognised:
    """The source of `capture` and what its wrapper, front matter and head claim."""
    unwrapped = unwrap(capture.body, has_front_matter=bool(capture.front_matter))
    begun = Claims()
    if unwrapped.form is not Form.HTML and not capture.front_matter:
        unwrapped, begun = plain.read_first_lines(unwrapped)
    tree = parse_html(_HTML_OF[unwrapped.form](unwrapped.body))
    root = tree.body or tree.root  # a page of frames has no body
    assert root is not None, "the parser gives every document a root"
    claims = collect_claims(
        begun, capture, unwrapped, read_head(unwrapped.body, tree) if unwrapped.form is Form.HTML else Claims()
    )
    source = (
        source_of_host(host_of(claims.url), site.hosts)
        or (source_of_markers(root) if unwrapped.form is Form.HTML else None)
        or Source(kind=str(unwrapped.form))
    )
    return Recognised(source, unwrapped, claims.with_page(source, root), root)


_HTML_OF: dict[Form, Callable[[str], str]] = {
    Form.HTML: str,
    Form.MARKDOWN: markdown_to_html,
    Form.PLAIN: plain.as_html,
}


def _rebuild(recognised: Recognised) -> tuple[list[DraftBlock], list[Removal]]:
    """The article's blocks, rebuilt, with the outlet's and the page's furniture left out."""
    source, claims = recognised.source, recognised.claims
    removed: list[Removed] = []
    root = leave_out(recognised.root, source, removed, is_page=recognised.claims.is_page)
    page = Page(
        base=claims.url,
        lang=_language_of_words(root),
        roles=_roles(root, source),
        has_anchors=root.css_first("a[href^='#']") is not None,
        removed=removed,
    )
    page.pictures_outside_noscript = _pictures_outside_noscript(root, page.base)
    blocks = build_blocks(root, page)
    if source.embeds_itself and claims.url:
        blocks = [plain.video_card(claims, page.lang), *blocks]
    blocks = cut_tail(blocks, source, removed)
    return blocks, [Removal(item.rule, shortened(item.text, 200)) for item in removed]


def _language_of_words(root: LexborNode) -> str:
    """The language of a page's words, its code listings left aside."""
    text = root.text() or ""
    for listing in root.css("pre"):
        text = text.replace(listing.text() or "", "", 1)
    return language_of(text, "zh-Hans")


def _roles(root: LexborNode, source: Source) -> dict[int, str]:
    roles: dict[int, str] = {}
    for role, selectors in (("caption", source.captions), ("credit", source.credits)):
        for selector in selectors:
            roles.update((node.mem_id, role) for node in root.css(selector))
    return roles


def _pictures_outside_noscript(root: LexborNode, base: str | None) -> frozenset[str]:
    if root.css_first("noscript img") is None:
        return frozenset()
    inside = {image.mem_id for image in root.css("noscript img")}
    pictures = (read_picture(image.attributes, base) for image in root.css("img") if image.mem_id not in inside)
    return frozenset(picture.address for picture in pictures if picture is not None)


def _admit(blocks: list[DraftBlock], lang: str) -> tuple[Block, ...]:
    """The blocks through the gate, each with its language."""
    langs = [lang if block.kind is BlockKind.CODE else block_language(block.text, lang) for block in blocks]
    for index, block in enumerate(blocks):
        # a lone `READOUT` or an address says too little by itself, and belongs to the English around it
        if is_only_latin(block.text) and langs[index] == lang != "en" and "en" in langs[max(index - 1, 0) : index + 2]:
            langs[index] = "en"
    return tuple(
        Block(block.kind, gate.admit(block.html), block.text, block_lang)
        for block, block_lang in zip(blocks, langs, strict=True)
    )
