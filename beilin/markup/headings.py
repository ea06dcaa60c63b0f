"""Headings in one consistent order below the page's own h1."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from beilin.markup.captions import CAPTION
from beilin.markup.draft import DraftBlock
from beilin.markup.gutters import FEWEST_DIVIDERS
from beilin.markup.joining import inline_html
from beilin.model.article import BlockKind

TOP_LEVEL, LOWEST_LEVEL = 2, 6
LONGEST_ACTING_HEADING = 30
"""Characters; a bold line that is longer is a sentence with emphasis."""
LONGEST_HEADING = 150
LONGEST_SENTENCE_HEADING = 60
"""Characters; a longer one that ends as a sentence does is text that an editor set large."""
SENTENCE_ENDS = "。！；：，、.!;:,…"
SPEAKER = re.compile(r"\S{1,8}[：:]")
"""Who speaks: such a line asks something in an interview, it heads nothing."""
_END_MARK = re.compile(r"\W*(?:the)?\W*end\W*|\W*(?:全文)?完\W*", re.IGNORECASE)
_NUMBER = re.compile(r"(?:part\s?\.?|no\s?\.?)?\s?\d{1,2}\s?[.、/]?|[一二三四五六七八九十]{1,3}、?", re.IGNORECASE)
"""A heading's number where an editor sets it on a line of its own above the heading."""
_NUMBERED = re.compile(r"(?:part\s?\.?)?\s?\d{1,2}[\s.、]", re.IGNORECASE)
_CHAPTER = re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}(?:章|节|節|部分)")
"""How a line begins that heads a part, even one that begins with a heading of its own."""
_ONLY_HEADING = re.compile(
    r"<(?:ul|ol)[^>]*><li>(?P<heading><h(?P<level>[2-6])>(?:(?!</?(?:li|h[2-6])\b).)*</h(?P=level)>)</li></(?:ul|ol)>",
    re.DOTALL,
)
_INNER_HEADING = re.compile(r"<h(?P<level>[2-6])>(?P<words>.*?)</h(?P=level)>", re.DOTALL)


def order_headings(blocks: list[DraftBlock]) -> list[DraftBlock]:
    """`blocks` with headings from h2 down without gaps, bold lines that act as headings among them.

    A page that sets all its text in headings means none of them.
    """
    blocks = _with_numbers([_as_meant(block) for block in blocks])
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    texts = [block for block in blocks if block.text]
    if len(headings) > 4 and len(headings) * 2 > len(texts):
        blocks = [_as_paragraph(block) if block.kind is BlockKind.HEADING else block for block in blocks]
    ordered: list[DraftBlock] = []
    shown = Counter(block.html for block in blocks if _lacks_caption(block))
    above: list[int] = []  # captured levels of the headings under which the next one stands
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            while above and above[-1] >= block.level:
                above.pop()
            ordered.append(_at_level(_unbolded(block), _level_below(above)))
            above.append(block.level)
        elif _acts_as_heading(blocks, index, shown):
            ordered.append(_at_level(_unbolded(block), _level_below(above)))
        else:
            ordered.append(block)
    return ordered


def _level_below(above: list[int]) -> int:
    return min(TOP_LEVEL + len(above), LOWEST_LEVEL)


def _as_meant(block: DraftBlock) -> DraftBlock:
    """A heading that is the only item of a list as that heading, one of a paragraph's length as a paragraph.

    A heading inside a quotation or a list would claim a place in the article's outline: it becomes a bold line there.
    """
    if block.kind is BlockKind.HEADING:
        is_text = len(block.text) > LONGEST_HEADING or (
            len(block.text) > LONGEST_SENTENCE_HEADING and block.text[-1] in "。！？"
        )
        return _as_paragraph(block) if is_text else block
    if block.kind is BlockKind.LIST and (only := _ONLY_HEADING.fullmatch(block.html)):
        return replace(block, kind=BlockKind.HEADING, html=only["heading"], level=int(only["level"]))
    if block.kind in (BlockKind.LIST, BlockKind.QUOTE) and "</h" in block.html:
        return replace(block, html=_INNER_HEADING.sub(_as_bold_line, block.html))
    return block


def _as_bold_line(heading: re.Match[str]) -> str:
    words = heading["words"].replace("<strong>", "").replace("</strong>", "")
    return f"<p><strong>{words}</strong></p>"


def _with_numbers(blocks: list[DraftBlock]) -> list[DraftBlock]:
    """`blocks` with a bold number that stands alone joined to the short line below it, which it numbers."""
    joined: list[DraftBlock] = []
    numbered = {id(two): one for one, two in pairwise(blocks) if _is_number(one) and _may_be_numbered(two)}
    numbers = {id(number) for number in numbered.values()}
    for block in blocks:
        if (number := numbered.get(id(block))) is not None:
            html = f"<p><strong>{inline_html(_unbolded(number))} {inline_html(_unbolded(block))}</strong></p>"
            anchors = (*number.anchors, *block.anchors)
            text = f"{number.text} {block.text}"
            joined.append(DraftBlock(BlockKind.PARAGRAPH, html, text, is_strong=True, anchors=anchors))
        elif id(block) not in numbers:
            joined.append(block)
    return joined


def _is_number(block: DraftBlock) -> bool:
    return block.kind is BlockKind.PARAGRAPH and block.is_strong and _NUMBER.fullmatch(block.text) is not None


def _may_be_numbered(block: DraftBlock) -> bool:
    is_short = block.kind is BlockKind.PARAGRAPH and 1 < len(block.text) <= LONGEST_ACTING_HEADING
    is_line = is_short and "\n" not in block.text and block.text[-1] not in SENTENCE_ENDS
    return is_line and "<a " not in block.html and "<span" not in block.html and not _NUMBER.fullmatch(block.text)


def _acts_as_heading(blocks: list[DraftBlock], index: int, shown: Counter[str]) -> bool:
    """Whether a paragraph that is only bold stands above ordinary text; not in a run of such lines, and not last.

    `shown` counts the pictures without caption by their markup: one that parts the text belongs to no line.
    """
    block = blocks[index]
    if (
        not block.is_strong
        or len(block.text) > LONGEST_ACTING_HEADING
        or block.text[-1] in SENTENCE_ENDS
        or SPEAKER.match(block.text)
        or _END_MARK.fullmatch(block.text)
        or CAPTION.match(block.text)
        or "<a " in block.html
    ):
        return False
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if after is None or after.kind is BlockKind.RULE:
        return False
    if after.kind is BlockKind.HEADING and not _CHAPTER.match(block.text):
        return False
    before = blocks[index - 1] if index else None
    if before is not None and (
        _in_a_run(before, block) or (_lacks_caption(before) and shown[before.html] < FEWEST_DIVIDERS)
    ):
        return False
    return not _in_a_run(block, after)


def _in_a_run(one: DraftBlock, two: DraftBlock) -> bool:
    """Whether two lines, one below the other, are bold and of one kind: a list of names, a poem."""
    return one.is_strong and two.is_strong and _is_numbered(one) == _is_numbered(two)


def _is_numbered(block: DraftBlock) -> bool:
    return len(block.text) <= LONGEST_ACTING_HEADING and _NUMBERED.match(block.text) is not None


def _lacks_caption(block: DraftBlock) -> bool:
    """Whether a picture stands without a caption, which a bold line below it may be."""
    return block.kind is BlockKind.FIGURE and not block.text and not block.is_captioned


def _at_level(block: DraftBlock, level: int) -> DraftBlock:
    return replace(
        block, kind=BlockKind.HEADING, html=f"<h{level}>{inline_html(block)}</h{level}>", level=level, is_strong=False
    )


def _unbolded(block: DraftBlock) -> DraftBlock:
    return replace(block, html=block.html.replace("<strong>", "").replace("</strong>", ""))


def _as_paragraph(block: DraftBlock) -> DraftBlock:
    return replace(block, kind=BlockKind.PARAGRAPH, html=f"<p>{inline_html(block)}</p>", level=0)
