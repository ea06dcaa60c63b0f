"""Plain text: its first lines are its metadata, its last lines often the page's buttons."""

import re
from dataclasses import replace
from html import escape

from beilin.markup.draft import DraftBlock
from beilin.markup.embeds import Card, write_card
from beilin.model.article import BlockKind, Removal
from beilin.model.stamp import Stamp
from beilin.sources.claims import Claims
from beilin.sources.wrappers import Form, Unwrapped
from beilin.text.characters import HAN_CHARACTER, is_blank, one_line
from beilin.text.dates import find_chinese_date, parse_written_date

LONGEST_TITLE = 90
FIRST_LINES = 8
"""Within so many lines that are not blank stand the title and the line with date and source."""
LONG_LINE = 60
"""Characters; a line of a text that is longer is a paragraph by itself."""

DATE_LINE = re.compile(
    r"\s*(?:发布(?:时间|于)?|發佈(?:時間)?|时间|時間|日期|Published|Date)?\s*[：:]?\s*"
    r"(?P<date>(?:19|20)\d\d(?:\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号號]|[-/.]\d{1,2}[-/.]\d{1,2})"
    r"(?:[ T\u3000]*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?)"
    r"(?:[\s\u3000|｜]+(?:来源|來源|Source)?\s*[：:]?\s*(?P<source>\S[^\n]{0,40}?))?\s*"
)
SOURCE_LINE = re.compile(r"\s*(?:来源|來源|出处|Source)\s*[：:]\s*(?P<source>[^\s：:][^\n]{0,40}?)\s*")
AUTHOR_LINE = re.compile(r"\s*(?:作者|文|记者|記者|By|Author)\s*[：:/／]\s*(?P<author>[^\s：:][^\n]{0,30}?)\s*")
ADDRESS_LINE = re.compile(
    r"\s*(?:原文(?:链接|鏈接|連結|地址|网址|網址)?|链接|鏈接|网址|網址|URL|Link)\s*[：:]\s*<?(?P<url>https?://[^\s<>]+)>?\s*",
    re.I,
)

_BUTTON = re.compile(
    r"分享|转发|轉發|评论|評論|留言|提交|收藏|点赞|打印|列印|返回顶部|上一篇|下一篇|输入|輸入|内容|登录|登入|举报|字号|关闭|share|comment|submit|print",
    re.I,
)
LONGEST_BUTTON = 24


def read_first_lines(unwrapped: Unwrapped) -> tuple[Unwrapped, Claims]:
    """`unwrapped`, a text without front matter, without its first lines and its tail, and what these say."""
    lines = unwrapped.body.split("\n")
    lines, cut = _without_buttons(lines)
    first_lines, claims, rest = _first_lines(lines, is_markdown=unwrapped.form is Form.MARKDOWN)
    claims = replace(claims, address=claims.address or _labelled_address(rest))
    removals = [*unwrapped.removals]
    if first_lines:
        removals.append(Removal("plain.first-lines", one_line(" ".join(first_lines))[:200]))
    if cut:
        removals.append(Removal("plain.page-buttons", one_line(" ".join(cut))[:200]))
    return replace(unwrapped, body="\n".join(rest), removals=tuple(removals)), claims


def _without_buttons(lines: list[str]) -> tuple[list[str], list[str]]:
    """A page's buttons come last, after the gap that its layout left: short lines, one at least a button's words."""
    end = len(lines)
    while end and is_blank(lines[end - 1]):
        end -= 1
    start = end
    while (start and not is_blank(lines[start - 1]) and len(lines[start - 1].strip()) <= LONGEST_BUTTON) or (
        start and is_blank(lines[start - 1]) and len(lines[start - 1]) > 0
    ):
        start -= 1
    tail = [line for line in lines[start:end] if not is_blank(line)]
    buttons = sum(1 for line in tail if _BUTTON.search(line))
    has_gap = 0 < start < end and (is_blank(lines[start - 1]) or is_blank(lines[start]))
    if has_gap and buttons * 2 > len(tail):
        return lines[:start], tail
    return lines[:end], []


def _labelled_address(lines: list[str]) -> str:
    """The address that one of the last lines names as the original; a bare address may belong to the text."""
    last = [line for line in lines if not is_blank(line)][-FIRST_LINES:]
    return next((match["url"] for line in reversed(last) if (match := ADDRESS_LINE.fullmatch(line))), "")


def _first_lines(lines: list[str], *, is_markdown: bool) -> tuple[list[str], Claims, list[str]]:
    """The lines that hold metadata, what they say, and the other lines. In Markdown only a heading is a title."""
    numbers = [number for number, line in enumerate(lines) if not is_blank(line)][:FIRST_LINES]
    if not numbers:
        return [], Claims(), lines
    claims, taken = Claims(), []
    title = one_line(lines[numbers[0]])
    if is_markdown:
        if not title.startswith("# "):
            return [], Claims(), lines
        title = title.removeprefix("# ")
    is_alone = len(numbers) == 1 or numbers[1] > numbers[0] + 1 or _is_metadata(lines[numbers[1]])
    if len(title) <= LONGEST_TITLE and is_alone and len(numbers) > 1 and not _is_metadata(title):
        claims = replace(claims, titles=(title,))
        taken.append(numbers[0])
    for number in numbers[len(taken) :]:
        read = _read_metadata(lines[number], claims)
        if read is None:
            break
        claims = read
        taken.append(number)
    rest = [line for number, line in enumerate(lines) if number not in taken]
    return [lines[number] for number in taken], claims, rest


def _is_metadata(line: str) -> bool:
    return _read_metadata(line, Claims()) is not None


def _read_metadata(line: str, claims: Claims) -> Claims | None:
    """`claims` with what a line of date, source, author or address adds; None if it is none of these."""
    if match := DATE_LINE.fullmatch(line):
        stamp = _stamp(match["date"])
        if stamp is not None and not claims.published:
            return replace(claims, published=(stamp,), account=claims.account or one_line(match["source"] or ""))
    if match := ADDRESS_LINE.fullmatch(line):
        return replace(claims, address=match["url"])
    if match := SOURCE_LINE.fullmatch(line):
        return replace(claims, account=one_line(match["source"]))
    if match := AUTHOR_LINE.fullmatch(line):
        return replace(claims, authors=(one_line(match["author"]),))
    return None


def _stamp(written: str) -> Stamp | None:
    return parse_written_date(one_line(written), "first lines") or find_chinese_date(written, "first lines")


def as_html(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs, short lines keep their breaks, hard-wrapped ones are joined."""
    parts = []
    for chunk in re.split(r"\n(?:[ \t\u3000]*\n)+|\n(?=\u3000)", text):
        lines = [line.strip(" \t\u3000") for line in chunk.split("\n") if not is_blank(line)]
        if not lines:
            continue
        escaped = [escape(line, quote=False) for line in lines]
        if _is_hard_wrapped(lines):
            joint = "" if HAN_CHARACTER.search(lines[0][-1:]) else " "
            parts.append(f"<p>{joint.join(escaped)}</p>")
        elif any(len(line) > LONG_LINE for line in lines):
            parts.extend(f"<p>{line}</p>" for line in escaped)
        else:
            parts.append(f"<p>{'<br>'.join(escaped)}</p>")
    return "\n".join(parts)


def _is_hard_wrapped(lines: list[str]) -> bool:
    """Whether a program broke the lines at one width: all but the last nearly as long as the longest."""
    if len(lines) < 3:
        return False
    longest = max(map(len, lines))
    body = lines[:-1]
    return (
        longest >= 30
        and all(len(line) >= longest * 0.8 for line in body)
        and sum(line[-1] in "。！？.!?”" for line in body) <= len(body) / 3
    )


def video_card(claims: Claims, lang: str) -> DraftBlock:
    """A card for a page that is itself a video."""
    card = Card("video", claims.titles[0] if claims.titles else "", claims.account, claims.url)
    return DraftBlock(BlockKind.EMBED, write_card(card, lang), "")
