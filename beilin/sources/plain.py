"""Plain text: its first lines are its metadata, its last lines often the page's buttons."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from itertools import pairwise

from beilin.markup.draft import DraftBlock
from beilin.markup.embeds import Card, write_card
from beilin.model.article import BlockKind, Removal
from beilin.sources.claims import Claim, Claims, Origin, claims_of
from beilin.sources.first_lines import read_metadata
from beilin.sources.wrappers import Form, Unwrapped
from beilin.text.characters import HAN_CHARACTER, is_blank, one_line
from beilin.text.wrapping import is_hard_wrapped, width_of

LONGEST_TITLE = 90
FIRST_LINES = 8
"""Within so many lines that are not blank stand the title and the line with date and source."""
LONG_LINE = 60
"""Characters; a line of a text that is longer is a paragraph by itself."""

ADDRESS_LINE = re.compile(
    r"\s*(?:原文(?:链接|鏈接|連結|地址|网址|網址)?|链接|鏈接|网址|網址|URL|Link)\s*[：:]\s*<?(?P<url>https?://[^\s<>]+)>?\s*",
    re.I,
)

_MARKUP = re.compile(
    r"^#{1,6} \S|^```|^\[\^[^\]\n]+\]:|\]\([^()\s]{1,2000}\)|^\|?[ :]*-{3,}[ :]*\||^={3,}$|\*\*\S|(?<!`)`[^`\n]+`(?!`)",
    re.M,
)
"""What only Markdown has; lines that begin with numbers or dashes are in every plain text."""
_SUBTITLE = re.compile(r"[—―─－–-]{2,4}\s*(?P<text>[^\s—―─－–-][^\n]{1,60}[^\s。；])")
_OTHER_LABEL = re.compile(r"[^\s：:，。]{2,6}[：:]\s*[^\s：:，。][^：:，。]{0,30}")
"""`译者：…`: a line between metadata that may stay in the text without ending it."""
_ENDS_OF_SENTENCES = "。！？；，…：:,;.!?”」"

_BUTTON = re.compile(
    r"分享|转发|轉發|评论|評論|留言|提交|收藏|点赞|打印|列印|返回顶部|上一篇|下一篇|输入|輸入|内容|登录|登入|举报|字号|关闭|share|comment|submit|print",
    re.I,
)
LONGEST_BUTTON = 24
_NEIGHBOUR = re.compile(r"(?:上|下)一[篇条條页頁则則个個][：:\s].{1,80}")
_RULE = re.compile(r"\s*([*＊※◇◆○●◎☆★—―─━－=＝~～_·•#-])(?:\s*\1){2,}\s*")
_IS_CHINESE = re.compile(rf"{HAN_CHARACTER.pattern}|[，。、；：！？）」』”》…—]")
SHORTEST_INDENTED = 20
"""Characters; a shorter indented line belongs to verse or a list."""


def read_first_lines(unwrapped: Unwrapped) -> tuple[Unwrapped, Claims]:
    """`unwrapped`, a text without front matter, without its first lines and its tail, and what these say."""
    if unwrapped.form is Form.MARKDOWN and not _MARKUP.search(unwrapped.body):
        unwrapped = replace(unwrapped, form=Form.PLAIN)
    lines = unwrapped.body.split("\n")
    lines, cut = _without_buttons(lines)
    first_lines, claims, rest = _first_lines(lines, is_markdown=unwrapped.form is Form.MARKDOWN)
    claims = replace(claims, addresses=claims.addresses or claims_of((_labelled_address(rest),), Origin.LAST_LINES))
    removals = [*unwrapped.removals]
    if first_lines:
        removals.append(Removal("plain.first-lines", one_line(" ".join(first_lines))))
    if cut:
        removals.append(Removal("plain.page-buttons", one_line(" ".join(cut))))
    return replace(unwrapped, body="\n".join(rest), removals=tuple(removals)), claims


def _without_buttons(lines: list[str]) -> tuple[list[str], list[str]]:
    """A page's buttons come last, after the gap that its layout left: short lines, one at least a button's words."""
    end = len(lines)
    while end and is_blank(lines[end - 1]):
        end -= 1
    start = end
    while (start and not is_blank(lines[start - 1]) and _is_short(lines[start - 1])) or (
        start and is_blank(lines[start - 1]) and len(lines[start - 1]) > 0
    ):
        start -= 1
    tail = [line for line in lines[start:end] if not is_blank(line)]
    buttons = sum(1 for line in tail if _BUTTON.search(line) or _NEIGHBOUR.fullmatch(line.strip()))
    has_gap = 0 < start < end and (is_blank(lines[start - 1]) or is_blank(lines[start]))
    if has_gap and buttons * 2 > len(tail):
        return lines[:start], tail
    return lines[:end], []


def _is_short(line: str) -> bool:
    return len(line.strip()) <= LONGEST_BUTTON or bool(_NEIGHBOUR.fullmatch(line.strip()))


def _labelled_address(lines: list[str]) -> str:
    """The address that one of the last lines names as the original; a bare address may belong to the text."""
    last = [line for line in lines if not is_blank(line)][-FIRST_LINES:]
    return next((match["url"] for line in reversed(last) if (match := ADDRESS_LINE.fullmatch(line))), "")


def _first_lines(lines: list[str], *, is_markdown: bool) -> tuple[list[str], Claims, list[str]]:
    """The lines that hold metadata, what they say, and the other lines. In Markdown only a heading is a title."""
    numbers = [number for number, line in enumerate(lines) if not is_blank(line)][:FIRST_LINES]
    claims, taken = Claims(), []
    for number in numbers:
        read = read_metadata(lines[number], claims)
        if read is None or read.authors or read.accounts:
            break  # names come after a title
        claims = read
        taken.append(number)
    numbers = numbers[len(taken) :]
    if is_markdown and not (numbers and lines[numbers[0]].startswith("# ")):
        return [], Claims(), lines
    if numbers and not claims.titles and _is_title(lines, numbers):
        title = one_line(lines[numbers[0]])
        title = title.removeprefix("# ") if is_markdown else title
        claims = replace(claims, titles=(Claim(title, Origin.FIRST_LINES),))
        taken.append(numbers.pop(0))
    if claims.titles and len(numbers) > 1 and (dek := _SUBTITLE.fullmatch(lines[numbers[0]].strip())):
        claims = replace(claims, deks=(Claim(dek["text"], Origin.FIRST_LINES),))
        taken.append(numbers.pop(0))
    for number in numbers:
        read = read_metadata(lines[number], claims)
        if read is not None:
            claims = read
            taken.append(number)
        elif not _OTHER_LABEL.fullmatch(lines[number].strip()):
            break
    rest = [line for number, line in enumerate(lines) if number not in taken]
    return [lines[number] for number in taken], claims, rest


def _is_title(lines: list[str], numbers: list[int]) -> bool:
    """Whether the first of the lines `numbers` stands apart from what follows, as a title does."""
    title = one_line(lines[numbers[0]])
    if len(numbers) < 2 or len(title) > LONGEST_TITLE or read_metadata(title, Claims()) is not None:
        return False
    following = lines[numbers[1]]
    if numbers[1] > numbers[0] + 1 or _SUBTITLE.fullmatch(following.strip()):
        return True
    for before, number in pairwise(numbers):
        if number > before + 1 or not _OTHER_LABEL.fullmatch(lines[number].strip()):
            break
        if read_metadata(lines[number], Claims()) is not None:
            return True
    if read_metadata(lines[number], Claims()) is not None:
        return True
    begins_paragraph = following.startswith(("\u3000", "    ", "\t")) or len(following.strip()) > LONG_LINE
    return begins_paragraph and not lines[numbers[0]].startswith("\u3000") and title[-1] not in _ENDS_OF_SENTENCES


def as_html(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs, short lines keep their breaks, hard-wrapped ones are joined."""
    chunks = [[line.strip(" \t\u3000") for line in chunk] for chunk in _chunks(text.split("\n"))]
    width = max((width_of(lines) for lines in chunks), default=0)
    return "\n".join(part for lines in chunks for part in _paragraphs(lines, width))


def _chunks(lines: list[str]) -> Iterator[list[str]]:
    """Runs of lines that no blank line, no indentation and no rule between signs parts."""
    chunk: list[str] = []
    for line in lines:
        is_rule = bool(_RULE.fullmatch(line))
        begins = line.startswith("\u3000") or (line.startswith(("  ", "\t")) and _is_sentence(line.strip()))
        if (is_blank(line) or is_rule or begins) and chunk:
            yield chunk
            chunk = []
        if is_rule:
            yield [line]
        elif not is_blank(line):
            chunk.append(line)
    if chunk:
        yield chunk


def _is_sentence(line: str) -> bool:
    return len(line) > SHORTEST_INDENTED or line.endswith(("。", "！", "？", "”"))


def _paragraphs(lines: list[str], width: int) -> Iterator[str]:
    if len(lines) == 1 and _RULE.fullmatch(lines[0]):
        yield "<hr>"
        return
    escaped = [escape(line, quote=False) for line in lines]
    if is_hard_wrapped(lines, width):
        yield f"<p>{_rejoined(lines, escaped)}</p>"
    elif any(len(line) > LONG_LINE for line in lines):
        yield from (f"<p>{line}</p>" for line in escaped)
    else:
        yield f"<p>{'<br>'.join(escaped)}</p>"


def _rejoined(lines: list[str], escaped: list[str]) -> str:
    """The lines as one; a space where two Latin words meet."""
    parts = [escaped[0]]
    for before, after, html in zip(lines, lines[1:], escaped[1:], strict=False):
        parts.append("" if _IS_CHINESE.search(before[-1:] + after[:1]) else " ")
        parts.append(html)
    return "".join(parts)


def video_card(claims: Claims, lang: str) -> DraftBlock:
    """A card for a page that is itself a video."""
    card = Card("video", claims.titles[0].text if claims.titles else "", claims.account, claims.url)
    return DraftBlock(BlockKind.EMBED, write_card(card, lang), "")
