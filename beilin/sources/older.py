"""Lists of an account's older posts under a post: folded, so that they are there and out of the way.

Such a list is known by its heading, its place after the article's text, and its form: lines that are links, or titles
without a full stop. Where the list is the article, it stays as it is.
"""

import re
from collections.abc import Sequence
from html import escape

from beilin.markup.draft import DraftBlock
from beilin.markup.joining import inline_html, texts_of
from beilin.markup.links import MOSTLY_LINKS, linked_share
from beilin.model.article import BlockKind
from beilin.text.characters import NOT_SPACE, is_blank, one_line

_OWN = "(?:往期|历史|过往|以往|歷史|過往)"
_WORDS = (
    *("精彩", "热点", "热门", "优质", "推荐", "回顾", "精选", "文章", "内容", "推文", "链接", "目录", "精品", "专题"),
    *("系列", "阅读", "好文", "熱點", "推薦", "回顧", "精選", "內容", "連結", "閱讀"),
)
_WHAT = f"(?:{'|'.join(_WORDS)})"
HEADING = re.compile(
    rf"\W*(?P<own>[\w·|｜]{{0,10}}\W{{0,2}}{_OWN}\W{{0,2}}{_WHAT}{{1,3}})(?:\W*点击\w{{0,8}})?\W*|"
    r"\W*(?:推荐阅读|阅读推荐|延伸阅读|拓展阅读|扩展阅读|相关阅读|相关文章|推荐文章|热门文章|精选文章|热门推荐|猜你喜欢|更多阅读|热文推荐|热门推文|"
    r"精彩回顾|好文推荐|推薦閱讀|延伸閱讀|相關閱讀|相關文章|熱門文章)\W*"
)
"""What stands above such a list; only the group `own` can mean nothing but the account's own older posts."""
PLATFORM_LINK = re.compile(r'href="https?://mp\.weixin\.qq\.com/')
LONGEST_TITLE = 70
FEWEST_TITLES = 2
"""Titles without links need company to be a list."""
LONGEST_HALF = 6
"""Characters of a heading that an editor set in two lines: `热文` and `推荐`."""
FEWEST_BLOCKS_BEFORE = 2
ENOUGH_TEXT_BEFORE = 200
"""Characters; a list after fewer, and after less than itself, is what the post is about."""
MOST_TEXT_AFTER = 400
"""Characters after the list: greetings and notices; more is the article going on."""


def fold_older(blocks: Sequence[DraftBlock]) -> list[DraftBlock]:
    """`blocks` with each list of older posts that follows the article's text as one folded block."""
    index = FEWEST_BLOCKS_BEFORE
    folded = _with_whole_headings(blocks)
    while index < len(folded) - 1:
        end = _end_of_list(folded, index) if _is_heading(folded[index]) else index
        if end > index:
            folded[index:end] = [_folded(folded[index], folded[index + 1 : end])]
        index += 1
    return folded


def _with_whole_headings(blocks: Sequence[DraftBlock]) -> list[DraftBlock]:
    """`blocks` with each heading of such a list that stands in two lines as one."""
    whole: list[DraftBlock] = []
    for block in blocks:
        last = whole[-1] if whole else None
        if last is not None and _is_half(last) and _is_half(block) and HEADING.fullmatch(last.text + block.text):
            words = last.text + block.text
            html = f"<p>{escape(words, quote=False)}</p>"
            whole[-1] = DraftBlock(BlockKind.PARAGRAPH, html, words, anchors=(*last.anchors, *block.anchors))
        else:
            whole.append(block)
    return whole


def _is_half(block: DraftBlock) -> bool:
    is_line = block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and 0 < len(block.text) <= LONGEST_HALF
    return is_line and "<a " not in block.html and HEADING.fullmatch(block.text) is None


def _is_heading(block: DraftBlock) -> bool:
    kinds = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.QUOTE)
    return block.kind in kinds and len(block.text) <= 30 and HEADING.fullmatch(one_line(block.text)) is not None


def _end_of_list(blocks: Sequence[DraftBlock], start: int) -> int:
    """The index after the last block of the list below the heading at `start`; `start` where there is no such list."""
    heading = HEADING.fullmatch(one_line(blocks[start].text))
    is_own = heading is not None and heading["own"] is not None
    end = start + 1
    last_linked = last_title = 0
    titles = 0
    while end < len(blocks) and not _is_heading(blocks[end]):
        block = blocks[end]
        if _is_linked(block):
            last_linked = end + 1
        elif _is_title(block):
            titles += block.text.count("\n") + 1
            last_title = end + 1
        elif not _is_between(block):
            break
        end += 1
    if last_linked:
        end = last_linked
    elif is_own and titles >= FEWEST_TITLES:
        end = last_title
    else:
        return start
    is_platform = any(PLATFORM_LINK.search(block.html) for block in blocks[start:end])
    return end if (is_own or is_platform) and _stands_after_text(blocks, start, end) else start


def _is_linked(block: DraftBlock) -> bool:
    """Whether a block is nothing but links: words, or pictures that lead somewhere."""
    if block.kind is BlockKind.FIGURE and is_blank(block.text):
        return '<figure class="figure"><a ' in block.html
    return block.kind is not BlockKind.CODE and "<a " in block.html and linked_share(block.html) >= MOSTLY_LINKS


def _is_title(block: DraftBlock) -> bool:
    kinds = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST, BlockKind.QUOTE)
    lines = block.text.split("\n")
    return block.kind in kinds and all(len(line) <= LONGEST_TITLE and line[-1:] not in "。：:；" for line in lines)


def _is_between(block: DraftBlock) -> bool:
    """Whether a block may stand between the entries of a list: a picture, a rule."""
    return block.kind is BlockKind.RULE or (block.kind is BlockKind.FIGURE and is_blank(block.text))


def _stands_after_text(blocks: Sequence[DraftBlock], start: int, end: int) -> bool:
    before, inside, after = (
        sum(len(NOT_SPACE.findall(block.text)) for block in part)
        for part in (blocks[:start], blocks[start:end], blocks[end:])
    )
    return (before >= ENOUGH_TEXT_BEFORE or before >= inside) and after <= max(MOST_TEXT_AFTER, before // 4)


def _folded(heading: DraftBlock, entries: Sequence[DraftBlock]) -> DraftBlock:
    summary = one_line(heading.text)
    # a heading inside would claim a place in the article's outline
    inside = "".join(
        f"<p>{inline_html(block)}</p>" if block.kind is BlockKind.HEADING else block.html for block in entries
    )
    return DraftBlock(
        BlockKind.OLDER,
        f'<details class="older"><summary>{escape(summary, quote=False)}</summary>{inside}</details>',
        "\n".join(part for part in (summary, texts_of(list(entries))) if part),
        anchors=tuple(name for block in (heading, *entries) for name in block.anchors),
    )
