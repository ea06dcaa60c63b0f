"""What belongs to the page and not to the article: left out, and listed."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from beilin.markup.draft import DraftBlock, Removed
from beilin.model.article import BlockKind, Removal
from beilin.sources.declaration import Source
from beilin.text.characters import NOT_SPACE, is_blank, one_line

PAGE_FURNITURE = (
    "nav",
    "body > header",
    "body > footer",
    "footer[role='contentinfo']",
    "body > aside",
    # a box in the text without links out of the page is a note
    "aside:has(a:not([href^='#']))",
    "aside:has(form)",
    "dialog",
    "[role='navigation']",
    "[role='banner']",
    "[role='search']",
    "[role='complementary']",
    "[role='dialog']",
    "[role='alertdialog']",
    "[aria-hidden='true']:not(svg):not(img)",
    "[hidden]",
    "#masthead",
    "#colophon",
    "#secondary",
    ".site-header",
    ".site-footer",
    ".widget-area",
    ".skip-link",
    ".breadcrumb",
    ".breadcrumbs",
    ".sidebar",
    "#sidebar",
    ".sharedaddy",
    ".jp-relatedposts",
    "#jp-relatedposts",
    ".share",
    ".share-buttons",
    ".share-bar",
    ".social-share",
    ".addtoany_share_save_container",
    ".bdsharebuttonbox",
    ".comments",
    "#comments",
    ".comments-area",
    ".comment-respond",
    ".comment-wrapper",
    ".field--name-comment",
    "#disqus_thread",
    ".related-posts",
    ".related-articles",
    ".post-navigation",
    ".blog-pager",
    ".author-box",
    ".newsletter",
    ".newsletter-signup",
    ".subscription-widget-wrap",
    ".advertisement",
    ".adsbygoogle",
    ".cookie-notice",
    "#cookie-notice",
    ".cookie-banner",
    ".cookie-consent",
    ".entry-footer",
    ".post-footer",
    # the wiki software's own links and boxes
    ".mw-editsection",
    ".mw-jump-link",
    "#siteSub",
    "#contentSub",
    "#toc",
    ".navbox",
    ".noprint",
    ".printfooter",
    "#catlinks",
    # Zhihu's reward and buttons, Sohu's way back
    ".Reward",
    ".RichContent-actions",
    ".ContentItem-actions",
    ".Modal-wrapper",
    "#backsohucom",
)
"""Parts of a whole page that the HTML and ARIA standards, or the commonest themes and sites, name as no article."""

SURE_CONTENT = (
    "[itemprop='articleBody']",
    "#mw-content-text",
    ".gh-content",
    ".available-content",
    "#artibody",
    "#mp-editor",
    "#endText",
    ".post_body",
    ".Post-RichText",
    ".news_txt",
    ".TRS_Editor",
    "#UCAP-CONTENT",
    ".field--name-body",
    ".field-name-body",
)
"""Where the standards and single programs and portals put the article: no other part has these names."""

PAGE_CONTENT = (
    *SURE_CONTENT,
    ".entry-content",
    ".post-body",
    ".post-content",
    ".article-content",
    ".article-body",
    ".article__body",
    "#article-content",
    "#zoom",
    "article",
    "main",
    "[role='main']",
    "#content",
)
"""Where themes and sites put the article, the surest first."""

SURE_SHARE = 0.1
"""Enough of the page's text for an element that can be nothing else: news may be two sentences."""

ENOUGH_SHARE = 0.4
"""A candidate with less of the page's text than this is a teaser, not the article."""

SIBLINGS_SHARE = 0.3
"""Elements like the best one with so much of its text, taken together, are parts of the whole: a thread's posts."""

DENSE_SHARE = 0.8
"""Where no name helps: an element with so much of the page's text and no sentence beside it is the article."""

DEEPEST_CONTENT = 25
"""Levels below the body; real pages need ten."""

LINK_WEIGHT = 0.2
"""What a character in a link counts: furniture is made of links, an article may be."""

FEED_FOOTER = re.compile(r"(?:获取|獲取)更多RSS[：:]?\s*(?:https?://\S+\s*)*", re.DOTALL)
_CONTAINERS = frozenset(("div", "section", "article", "main", "center", "table", "tbody", "tr", "td", "form", "font"))
_LEADS = (
    "figure",
    ".post-thumbnail",
    ".featured-image",
    ".entry-thumbnail",
    ".wp-post-image",
    ".field--name-field-image",
)
_SENTENCE = re.compile(r"[。！？]|[a-z]{2}[.!?](?:\s|$)")
_WORDS = re.compile(r"[^\w]+")


def leave_out(root: LexborNode, source: Source, removed: list[Removed], *, is_page: bool) -> LexborNode:
    """The element that holds the article, its furniture taken out of the tree and noted in `removed`."""
    if source.repair is not None:
        source.repair(root)
    _drop(root, source.drop, source.kind, removed)
    _drop(root, source.dek, source.kind, removed, verb="dek")
    if source.tag_link is not None:
        _unwrap_tag_links(root, source.tag_link)
    content = _first_with_text(root, source.content)
    if content is None and is_page:
        _drop(root, PAGE_FURNITURE, "page", removed)
        content = _best_content(root)
        if content is not None:
            _take_in_lead(content)
    if content is not None and content.mem_id != root.mem_id:
        around = _text_outside(root, content)
        if not is_blank(around):
            removed.append(Removed(f"{source.kind}.around-the-article", around))
    return content if content is not None else root


def _drop(
    root: LexborNode, selectors: tuple[str, ...], kind: str, removed: list[Removed], *, verb: str = "drop"
) -> None:
    if not selectors or root.css_first(", ".join(selectors)) is None:
        return
    for selector in selectors:
        for node in root.css(selector):
            text = one_line(node.text(separator=" ") or "")
            if text:
                removed.append(Removed(f"{kind}.{verb} {selector}", text))
            node.decompose()


def _unwrap_tag_links(root: LexborNode, tag_link: re.Pattern[str]) -> None:
    for link in root.css("a[href]"):
        if tag_link.search(link.attributes.get("href") or ""):
            link.unwrap()
    root.merge_text_nodes()


def _first_with_text(root: LexborNode, selectors: tuple[str, ...]) -> LexborNode | None:
    for selector in selectors:
        for node in root.css(selector):
            if node.css_first("img, p, video, iframe") is not None or NOT_SPACE.search(node.text() or ""):
                return node
    return None


def enough_share(selector: str) -> float:
    """The share of the page's text that makes the element of `selector` the article."""
    return SURE_SHARE if selector in SURE_CONTENT else ENOUGH_SHARE


def _best_content(root: LexborNode) -> LexborNode | None:
    """The first of `PAGE_CONTENT` that holds enough of the page's text; else the element with nearly all of it."""
    for selector, node, share in candidates(root):
        if share >= enough_share(selector):
            return node
    return _densest(root)


def candidates(root: LexborNode) -> Iterator[tuple[str, LexborNode, float]]:
    """Each selector of `PAGE_CONTENT` that the page has, its weightiest element, and the share of the text in that.

    The share is 0 where several elements of the kind make up the text together.
    """
    whole = _weight(root)
    for selector in PAGE_CONTENT:
        if found := root.css(selector):
            best = max(found, key=_weight)
            weight = _weight(best)
            beside = sum(_weight(node) for node in found if not _holds(node, best) and not _holds(best, node))
            is_part = beside > SIBLINGS_SHARE * weight
            yield selector, best, weight / whole if whole and not is_part else 0.0


def _holds(outer: LexborNode, inner: LexborNode) -> bool:
    node: LexborNode | None = inner
    while node is not None and node.mem_id != outer.mem_id:
        node = node.parent
    return node is not None


def _densest(root: LexborNode) -> LexborNode | None:
    """The deepest element below `root` that still holds nearly all of its text; None if that is `root` itself."""
    densest, whole = root, _weight(root)
    for _ in range(DEEPEST_CONTENT):
        children = [child for child in densest.iter(include_text=True) if not _is_blank_text(child)]
        best = _heaviest([child for child in children if child.tag in _CONTAINERS])
        if best is None or not whole or (len(children) > 1 and _weight(best) < DENSE_SHARE * whole):
            break
        if any(child.mem_id != best.mem_id and _is_running_text(child) for child in children):
            break
        densest = best
    return densest if densest.mem_id != root.mem_id else None


def _is_blank_text(node: LexborNode) -> bool:
    return node.tag == "-text" and is_blank(node.text_content or "")


def _heaviest(nodes: list[LexborNode]) -> LexborNode | None:
    return nodes[0] if len(nodes) == 1 else max(nodes, key=_weight, default=None)


def _is_running_text(node: LexborNode) -> bool:
    """Whether `node` holds sentences that are no links; a page's furniture has few, and then it stays."""
    if node.tag == "-text":
        return bool(_SENTENCE.search(node.text_content or ""))
    if node.tag in ("script", "style", "template", "noscript"):
        return False
    in_links = sum(_sentences(link) for link in node.css("a[href]"))
    return _sentences(node) > in_links


def _sentences(node: LexborNode) -> int:
    return len(_SENTENCE.findall(node.text(separator=" ") or ""))


def _take_in_lead(content: LexborNode) -> None:
    """Moves a lead picture into `content`: themes put it above the text, inside the article but outside its body."""
    article = content.parent
    while article is not None and article.tag != "article":
        article = article.parent
    first = content.first_child
    if article is None or first is None:
        return
    leads = {node.mem_id: node for selector in _LEADS for node in article.css(selector)}
    before: list[LexborNode] = []
    for node in article.traverse():
        if node.mem_id == content.mem_id:
            break
        if node.mem_id in leads and not any(_holds(lead, node) for lead in before):
            before.append(node)
    for lead in before:
        if lead.css_first("img") is not None and not _holds(lead, content):
            first.insert_before(lead)  # a copy
            lead.decompose()


def _weight(node: LexborNode) -> float:
    """How much text an element holds, in characters; a character in a link counts for little."""
    unseen = sum(_length(hidden) for hidden in node.css("script, style, template, noscript"))
    links = sum(_length(link) for link in node.css("a[href]"))
    return _length(node) - unseen - (1 - LINK_WEIGHT) * links


def _length(node: LexborNode) -> int:
    return len(NOT_SPACE.findall(node.text() or ""))


def _text_outside(root: LexborNode, content: LexborNode) -> str:
    """The text around `content`: that of everything beside it and beside the elements that hold it."""
    parts: list[str] = []
    inner: LexborNode | None = content
    while inner is not None and inner.mem_id != root.mem_id:
        outer = inner.parent
        if outer is None:
            break
        for node in outer.iter(include_text=True):
            if node.mem_id != inner.mem_id and node.tag not in ("script", "style", "template", "noscript", "-comment"):
                parts.append((node.text_content if node.tag == "-text" else node.text(separator=" ")) or "")
        inner = outer
    return one_line(" ".join(parts))


def cut_tail(blocks: list[DraftBlock], source: Source, removed: list[Removed]) -> list[DraftBlock]:
    """`blocks` without the closing lines that feed tools and outlets append, and the rules that set them off."""
    blocks = list(blocks)
    while blocks:
        text = blocks[-1].text.strip()
        for name, pattern in (("feed-footer", FEED_FOOTER), ("tail", source.tail)):
            if pattern is not None and text and pattern.fullmatch(text):
                removed.append(Removed(f"{source.kind}.{name}", text))
                blocks.pop()
                break
        else:
            if blocks[-1].kind is BlockKind.RULE:
                blocks.pop()
                continue
            break
    return blocks


def without_title(blocks: list[DraftBlock], title: str) -> tuple[list[DraftBlock], list[Removal]]:
    """`blocks` without the heading near the start that repeats the title."""
    wanted = folded(title) if len(blocks) > 1 else ""
    for index, block in enumerate(blocks[:4]):
        may_repeat = block.kind is BlockKind.HEADING or (block.kind is BlockKind.PARAGRAPH and index == 0)
        if may_repeat and wanted and folded(block.text) == wanted:
            return blocks[:index] + blocks[index + 1 :], [Removal("article.repeated-title", one_line(block.text))]
    return blocks, []


def folded(text: str) -> str:
    """`text` without punctuation, spaces and case, for comparing titles."""
    return _WORDS.sub("", text).casefold()
