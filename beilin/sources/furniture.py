"""What belongs to the page and not to the article: left out, and listed."""

import re

from selectolax.lexbor import LexborNode

from beilin.markup.draft import DraftBlock, Removed
from beilin.model.article import BlockKind, Removal
from beilin.sources.declaration import Source
from beilin.text.characters import NOT_SPACE, is_blank, one_line, shortened

PAGE_FURNITURE = (
    "nav",
    "body > header",
    "body > footer",
    "footer[role='contentinfo']",
    "aside",
    "[role='navigation']",
    "[role='banner']",
    "[role='search']",
    "[role='complementary']",
    "[aria-hidden='true']:not(svg):not(img)",
    "[hidden]",
    ".sharedaddy",
    ".share",
    ".social-share",
    ".breadcrumb",
    ".breadcrumbs",
    ".comments",
    "#comments",
    ".related-posts",
    ".newsletter",
    ".sidebar",
    "#sidebar",
    ".skip-link",
    ".advertisement",
)
"""Parts of a whole page that the HTML and ARIA standards, or the commonest themes, name as not the article."""

PAGE_CONTENT = (
    "[itemprop='articleBody']",
    ".entry-content",
    ".post-content",
    ".article-content",
    ".article-body",
    ".article__body",
    "#article-content",
    "article",
    "main",
    "[role='main']",
    "#content",
)
"""Where themes put the article, the surest first."""

ENOUGH_SHARE = 0.4
"""A candidate with less of the page's paragraphs than this is a teaser, not the article."""

FEED_FOOTER = re.compile(r"(?:获取|獲取)更多RSS[：:]?\s*(?:https?://\S+\s*)*", re.DOTALL)
_WORDS = re.compile(r"[^\w]+")


def leave_out(root: LexborNode, source: Source, removed: list[Removed], *, is_page: bool) -> LexborNode:
    """The element that holds the article, its furniture taken out of the tree and noted in `removed`."""
    if source.repair is not None:
        source.repair(root)
    _drop(root, source.drop, source.kind, removed)
    if source.tag_link is not None:
        _unwrap_tag_links(root, source.tag_link)
    content = _first_with_text(root, source.content)
    if content is None and is_page:
        _drop(root, PAGE_FURNITURE, "page", removed)
        content = _best_content(root)
        if content is not None:
            _take_in_lead(content)
    if content is not None and content.mem_id != root.mem_id:
        around = shortened(_text_outside(root, content), 200)
        if not is_blank(around):
            removed.append(Removed(f"{source.kind}.around-the-article", around))
    return content if content is not None else root


def _drop(root: LexborNode, selectors: tuple[str, ...], kind: str, removed: list[Removed]) -> None:
    for selector in selectors:
        for node in root.css(selector):
            text = one_line(node.text(separator=" ") or "")
            if text:
                removed.append(Removed(f"{kind}.drop {selector}", text))
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


def _best_content(root: LexborNode) -> LexborNode | None:
    """The first of `PAGE_CONTENT` that holds enough of the page's paragraphs."""
    whole = _weight(root)
    for selector in PAGE_CONTENT:
        candidates = root.css(selector)
        if candidates:
            best = max(candidates, key=_weight)
            if whole and _weight(best) >= ENOUGH_SHARE * whole:
                return best
    return None


def _take_in_lead(content: LexborNode) -> None:
    """Moves a lead picture into `content`: themes put it above the text, inside the article but outside its body."""
    article = content.parent
    while article is not None and article.tag != "article":
        article = article.parent
    if article is None:
        return
    inside = {node.mem_id for node in content.css("figure")}
    first = content.first_child
    for figure in article.css("figure"):
        if figure.mem_id in inside or first is None:
            return
        if figure.css_first("img") is not None:
            first.insert_before(figure)  # a copy
            figure.decompose()


def _weight(node: LexborNode) -> int:
    return sum(len(paragraph.text() or "") for paragraph in node.css("p, li, blockquote, td, pre"))


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
            return blocks[:index] + blocks[index + 1 :], [Removal("article.repeated-title", block.text)]
    return blocks, []


def folded(text: str) -> str:
    """`text` without punctuation, spaces and case, for comparing titles."""
    return _WORDS.sub("", text).casefold()
