"""Captions that stand under a picture as paragraphs of their own, and captions that say nothing."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape, unescape
from itertools import pairwise

from beilin.markup.draft import DraftBlock, Removed
from beilin.markup.joining import inline_html
from beilin.markup.pictures import NO_CAPTION
from beilin.model.article import BlockKind
from beilin.text.characters import is_blank, one_line

LONGEST_CAPTION = 120
LONGEST_LEGEND = 800
"""Characters of a caption whose number a mark sets off: `图2 | …`, `Fig. 3. …`; such captions explain each panel."""
LONGEST_CREDIT = 60
"""Characters; what is longer is the article's own text."""

_NUMBERED = (
    r"(?:[图圖]|(?:(?:Extended Data|Supplementary|Suppl?\.)\s+)?Fig(?:ure)?\.?)\s*"
    r"(?:S?\d+(?:[-–.]\d+)*(?:[A-Za-z](?:[-–、,，/]?[A-Za-z])*)?|[一二三四五六七八九十]{1,3})(?!\d)"
)
_PROSE = "|".join(
    (
        *(
            "显示",
            "顯示",
            "展示",
            "展現",
            "展现",
            "给出",
            "給出",
            "表示",
            "表明",
            "说明",
            "說明",
            "所示",
            "可以",
            "可见",
        ),
        *("我们", "中", "是", "为", "為", "和", "与", "與", "里", "则", "則", "的", "shows?", "is", "are"),
    )
)
"""What goes on after a figure's number where a sentence speaks of the figure."""
CAPTION = re.compile(rf"(?:{_NUMBERED}(?:\Z|[\s:：.．。、|｜,，]+(?!{_PROSE}))|[图圖]\s?[注：:]|[▲△])", re.IGNORECASE)
CREDIT = re.compile(
    r"[图圖]片?(?:来源|來源|源)|[图圖]片?\s?[/／]|"
    r"(?:摄影|攝影|供图|供圖|(?:Photo|Image)s?(?: by| credit)?|Credit)\s?[:：/／]",
    re.IGNORECASE,
)
LEGEND = re.compile(rf"{_NUMBERED}\s*(?:[|｜]|[.．:：](?=\s*[^\s\d]))\s*(?!{_PROSE})", re.IGNORECASE)
"""How a caption begins that may be as long as a paragraph."""
ABOVE, BELOW = re.compile(r"上[图圖]\s?[：:]"), re.compile(r"下[图圖]\s?[：:]")
"""A line in italics that says which of its neighbours it is about; in other type it may be a sentence."""
_ONLY_ITALIC = re.compile(r"<p><em>(?:(?!</?em>).)*</em></p>", re.DOTALL)
_FIGURE = re.compile(
    r'<figure class="figure">(?P<shown>.*?)(?:<figcaption>(?P<caption>.*)</figcaption>)?</figure>', re.DOTALL
)
_LABEL = re.compile(r' aria-label="(?P<kind>[^":：]*)(?:：|: )(?P<alt>[^"]*)"')


def settle_captions(blocks: Sequence[DraftBlock], removed: list[Removed]) -> list[DraftBlock]:
    """`blocks` with each caption at its picture, and without captions that are only a file's name."""
    settled: list[DraftBlock] = []
    joins = not _stand_above(blocks)
    for block in blocks:
        last = settled[-1] if settled else None
        if block.kind is BlockKind.FIGURE:
            figure = _without_file_name(block, removed)
            if last is not None and _is_remark(last, BELOW) and _is_open(figure):
                figure = _joined(figure, settled.pop())
            settled.append(_without_repetition(figure))
        elif last is not None and _is_open(last) and (_is_remark(block, ABOVE) or (joins and _is_caption(block))):
            settled[-1] = _without_repetition(_joined(last, block))
        elif (
            last is not None
            and _is_credit(block)
            and last.kind is BlockKind.FIGURE
            and 'class="credit"' not in last.html
        ):
            settled[-1] = _joined(last, block, is_credit=True)
        else:
            settled.append(block)
    return settled


def _is_caption(block: DraftBlock) -> bool:
    kinds = (BlockKind.PARAGRAPH, BlockKind.HEADING)
    if block.kind not in kinds or len(block.text) > LONGEST_LEGEND:
        return False
    form = CAPTION if len(block.text) <= LONGEST_CAPTION else LEGEND
    return form.match(block.text) is not None


def _is_remark(block: DraftBlock, pattern: re.Pattern[str]) -> bool:
    """Whether a line in italics begins as `pattern` says."""
    is_short = block.kind is BlockKind.PARAGRAPH and len(block.text) <= LONGEST_CAPTION
    return is_short and pattern.match(block.text) is not None and _ONLY_ITALIC.fullmatch(block.html) is not None


def _is_credit(block: DraftBlock) -> bool:
    is_short = block.kind is BlockKind.PARAGRAPH and len(block.text) <= LONGEST_CREDIT
    return is_short and CREDIT.match(block.text) is not None


def _is_open(block: DraftBlock) -> bool:
    """Whether a block is a picture that no words belong to yet."""
    return block.kind is BlockKind.FIGURE and is_blank(block.text) and _FIGURE.fullmatch(block.html) is not None


def _stand_above(blocks: Sequence[DraftBlock]) -> bool:
    """Whether the page puts its captions above the pictures rather than below: more stand so than the other way."""
    above = sum(_is_caption(one) and _is_open(two) for one, two in pairwise(blocks))
    below = sum(_is_open(one) and _is_caption(two) for one, two in pairwise(blocks))
    return above > below


def _joined(figure: DraftBlock, words: DraftBlock, *, is_credit: bool = False) -> DraftBlock:
    match = _FIGURE.fullmatch(figure.html)
    if match is None:
        return figure
    html = inline_html(words)
    parts = [match["caption"] or "", f'<span class="credit">{html}</span>' if is_credit else html]
    caption = " ".join(part for part in parts if part)
    return replace(
        figure,
        html=f'<figure class="figure">{match["shown"]}<figcaption>{caption}</figcaption></figure>',
        text="\n".join(part for part in (figure.text, words.text) if part),
        anchors=(*figure.anchors, *words.anchors),
    )


def _without_file_name(figure: DraftBlock, removed: list[Removed]) -> DraftBlock:
    """Editors write the name of the uploaded file where the caption should stand."""
    match = _FIGURE.fullmatch(figure.html)
    if match is None or is_blank(figure.text) or not NO_CAPTION.fullmatch(one_line(figure.text)):
        return figure
    removed.append(Removed("figure.file-name", figure.text))
    return replace(figure, html=f'<figure class="figure">{match["shown"]}</figure>', text="")


def _without_repetition(figure: DraftBlock) -> DraftBlock:
    """An alternative text that only repeats the caption is read out twice."""
    words = one_line(figure.text)

    def label(match: re.Match[str]) -> str:
        alt = one_line(unescape(match["alt"])).removesuffix("…")
        return f' aria-label="{escape(match["kind"])}"' if alt and words.startswith(alt) else match[0]

    return replace(figure, html=_LABEL.sub(label, figure.html)) if words else figure
