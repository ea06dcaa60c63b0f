"""One capture, read: decoded bytes in, facts and admitted blocks out. A pure function, so that it can be remembered."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from beilin.markup import gate
from beilin.markup.building import Page, build_blocks
from beilin.markup.captions import settle_captions
from beilin.markup.draft import DraftBlock, Removed
from beilin.markup.formulas import set_off_formulas
from beilin.markup.gutters import without_gutters
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
from beilin.sources.claims import Claims, collected
from beilin.sources.declaration import Source
from beilin.sources.facts import settle
from beilin.sources.furniture import cut_tail, leave_out, without_title
from beilin.sources.generic import GENERIC
from beilin.sources.head import read_head, text_in_data
from beilin.sources.older import fold_older
from beilin.sources.opening import take_opening
from beilin.sources.page_claims import with_opening, with_page
from beilin.sources.promotion import without_calls
from beilin.sources.publishable import is_draft, why_not
from beilin.sources.registry import Recognition, recognise_source
from beilin.sources.titles import settle_title
from beilin.sources.tool_claims import tool_claims
from beilin.sources.traces import with_traces
from beilin.sources.wrappers import Form, Unwrapped, unwrap
from beilin.text.addresses import host_of
from beilin.text.characters import one_line
from beilin.text.languages import block_language, is_only_latin, language_of
from beilin.text.spacing import speaks_of_invisible

WORDLESS = frozenset((BlockKind.CODE, BlockKind.FORMULA))
"""Blocks whose letters say nothing of a language."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a capture is, before its body is rebuilt."""

    recognition: Recognition
    unwrapped: Unwrapped
    claims: Claims
    root: LexborNode

    @property
    def source(self) -> Source:
        """The declaration by which the capture is read."""
        return self.recognition.source


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
    blocks, opening = take_opening(blocks, recognised.source)
    removals = [*recognised.unwrapped.removals, *removals, *opening.removals]
    claims = with_opening(recognised.claims, opening)
    obstacle = why_not(capture, recognised.unwrapped, blocks)
    if obstacle is not None:
        return Reading(None, (), tuple(removals), (*problems, obstacle))
    title, title_doubts = settle_title(capture, claims, recognised.source, blocks)
    blocks, repeated = without_title(blocks, title.text) if claims.titles else (blocks, [])
    blocks, calls = _without_account(blocks, recognised.source, claims)
    blocks = resolve_anchors(set_off_formulas(order_headings(blocks)))
    facts, doubts = settle(capture, recognised.source, claims, title, blocks, site)
    facts = with_traces(facts, recognised.source, blocks)
    removals += [*repeated, *calls]
    return Reading(facts, _admit(blocks, facts.lang), tuple(removals), (*problems, *title_doubts, *doubts))


def _without_account(
    blocks: list[DraftBlock], source: Source, claims: Claims
) -> tuple[list[DraftBlock], list[Removal]]:
    """`blocks` without what the publishing account says for itself around a post."""
    return without_calls(fold_older(blocks), claims.account) if source.is_account else (blocks, [])


def recognise(capture: Capture, site: Site) -> Recognised:
    """The source of `capture` and what its wrapper, front matter and head claim."""
    unwrapped = unwrap(capture.body, has_front_matter=bool(capture.front_matter))
    begun = Claims()
    if unwrapped.form is not Form.HTML and not capture.front_matter:
        unwrapped, begun = plain.read_first_lines(unwrapped)
    tree = parse_html(_HTML_OF[unwrapped.form](unwrapped.body))
    root = tree.body or tree.root  # a page of frames has no body
    assert root is not None, "the parser gives every document a root"
    is_html = unwrapped.form is Form.HTML
    head = read_head(unwrapped.body, tree) if is_html else Claims()
    claims = collected(tool_claims(capture, unwrapped), begun, head)
    if head.is_page and (text := text_in_data(tree)):
        root.insert_child(_as_element(text))
        message = (
            "the page shows no text and that of its structured data stands in; capture it once its scripts have run"
        )
        doubt = Problem(Level.WARNING, "text-from-data", capture.path, capture.body_line, message)
        claims = replace(claims, doubts=(*claims.doubts, doubt))
    recognition = recognise_source(host_of(claims.url), site.hosts, root if is_html else None, GENERIC[unwrapped.form])
    return Recognised(recognition, unwrapped, with_page(claims, recognition.source, root), root)


def _as_element(text: str) -> LexborNode:
    """An element that holds the paragraphs of a plain text as an article's body."""
    body = parse_html(f"<div itemprop=articleBody>{plain.as_html(text)}</div>").body
    assert body is not None and body.first_child is not None, "the parser gives every document a body"
    return body.first_child


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
    text = root.text() or ""
    page = Page(
        base=claims.url,
        lang=_language_of_words(root, text),
        roles=_roles(root, source),
        has_anchors=root.css_first("a[href^='#']") is not None,
        keeps_invisible=speaks_of_invisible(text),
        removed=removed,
    )
    page.pictures_outside_noscript = _pictures_outside_noscript(root, page.base)
    blocks = build_blocks(root, page)
    if source.embeds_itself and claims.url:
        blocks = [plain.video_card(claims, page.lang), *blocks]
    blocks = cut_tail(blocks, source, removed)
    blocks = settle_captions(without_gutters(blocks, removed), removed)
    return blocks, [Removal(item.rule, one_line(item.text)) for item in removed]


def _language_of_words(root: LexborNode, text: str) -> str:
    """The language of the words of a page with this text, its code listings left aside."""
    for listing in root.css("pre"):
        text = text.replace(listing.text() or "", "", 1)
    return language_of(text, "zh-Hans")


def _roles(root: LexborNode, source: Source) -> dict[int, str]:
    roles: dict[int, str] = {}
    for role, selectors in (("caption", source.captions), ("credit", source.credits)):
        if selectors:
            roles.update((node.mem_id, role) for node in root.css(", ".join(selectors)))
    return roles


def _pictures_outside_noscript(root: LexborNode, base: str | None) -> frozenset[str]:
    if root.css_first("noscript img") is None:
        return frozenset()
    inside = {image.mem_id for image in root.css("noscript img")}
    pictures = (read_picture(image.attributes, base) for image in root.css("img") if image.mem_id not in inside)
    return frozenset(picture.address for picture in pictures if picture is not None)


def _admit(blocks: list[DraftBlock], lang: str) -> tuple[Block, ...]:
    """The blocks through the gate, each with its language."""
    langs = [lang if block.kind in WORDLESS else block_language(block.text, lang) for block in blocks]
    for index, block in enumerate(blocks):
        # a lone `READOUT` or an address says too little by itself, and belongs to the English around it
        if is_only_latin(block.text) and langs[index] == lang != "en" and "en" in langs[max(index - 1, 0) : index + 2]:
            langs[index] = "en"
    return tuple(
        Block(block.kind, gate.admit(block.html), block.text, block_lang)
        for block, block_lang in zip(blocks, langs, strict=True)
    )
