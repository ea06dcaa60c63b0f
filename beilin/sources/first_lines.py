"""The lines of a plain text that are its metadata: labels and what follows them, dates, names, addresses."""

import re
from dataclasses import dataclass, replace

from beilin.model.stamp import Stamp
from beilin.sources.claims import Claim, Claims, Origin, claims_of, split_names
from beilin.text.characters import one_line
from beilin.text.dates import find_chinese_date, parse_written_date

LONGEST_LINE = 120
"""Characters; a longer line is text, whatever it begins with."""
LONGEST_VALUE = 60

_ROLES = {
    "title": r"标题|標題|题目|題目|Title",
    "published": r"(?:发布|发表|更新|發佈|發布|發表)?(?:时间|時間|日期)|(?:发表|发布|發表|發佈)于|"
    r"Published(?: on)?|Posted on|Date",
    "source": r"来源|來源|稿源|信息来源|资料来源|資料來源|出处|出處|转自|轉自|Source",
    "author": r"作者|撰文|撰稿|记者|記者|文|Author|By",
    "url": r"原文(?:链接|鏈接|連結|地址|网址|網址)?|链接|鏈接|連結|网址|網址|URL|Link|Source URL",
    "count": r"(?:浏览|瀏覽|阅读|閱讀|点击|點擊|访问|評論|评论)(?:次数|次數|量|数|數|率)?|"
    r"人气|字号|字號|字体|字體|Views",
}
_LABEL = re.compile("|".join(f"(?P<{role}>{words})" for role, words in _ROLES.items()), re.I)
_LABELLED = re.compile(
    rf"[【\[（(]?(?:{'|'.join(_ROLES.values())})[】\]）)]?(?:\s*[：:]|(?<=文)\s*[/／|｜丨]|(?<=作者)\s*[/／|｜丨])\s*",
    re.I,
)
_BETWEEN = re.compile(rf"[ \t]{{2,}}|[\u3000\t|｜]+|[ ]+(?={_LABELLED.pattern})", re.I)
DATE = re.compile(
    r"(?P<date>(?:19|20)\d\d(?:\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号號]|[-/.]\d{1,2}[-/.]\d{1,2})"
    r"(?:[ T\u3000]*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}, (?:19|20)\d\d)"
    r"(?:\s+(?P<rest>[^\d\s][^\n]{0,40}))?",
    re.I,
)
_ADDRESS = re.compile(r"<?(?P<url>https?://[^\s<>]+)>?")
_REPORTER = re.compile(
    r"(?:本报|本刊|特约|本台|新华社|中新社)?(?:记者|記者|通讯员)\s+(?P<name>\S{2,4}(?:[\s、]\S{2,4}){0,3})"
)
_ENGLISH_BYLINE = re.compile(r"By (?P<name>[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|and|de|van|von)){1,6})", re.I)
_SIGNED = re.compile(r"(?P<name>[^\s，。：:/／]{2,10})\s*[/／]\s*文|[□■◎]\s*(?P<other>[^\s，。：:]{2,12})")


@dataclass(frozen=True, slots=True)
class _Part:
    role: str
    text: str


def read_metadata(line: str, claims: Claims) -> Claims | None:
    """`claims` with what a line of metadata adds; None if any part of the line is something else."""
    written = line.strip()
    if not written or len(written) > LONGEST_LINE:
        return None
    found = claims
    for part in _parts(written):
        added = _with_part(part, found)
        if added is None:
            return None
        found = added
    return found


def _parts(line: str) -> list[_Part]:
    """The labelled values, dates, names and addresses of a line, in order; role `text` for what is none of these."""
    whole = _part(line)
    if whole.role in ("url", "author") and whole.text:
        return [whole]
    parts: list[_Part] = []
    for piece in _BETWEEN.split(line):
        if not piece or not piece.strip():
            continue
        part = _part(piece.strip())
        if part.role == "text" and parts and not parts[-1].text:
            part = _Part(parts.pop().role, part.text)  # a space stood after the label's colon
        elif part.role == "text" and parts and parts[-1].role == "published":
            part = replace(part, role="source")  # date and outlet, as many sites print them
        parts.append(part)
    return parts


def _part(piece: str) -> _Part:
    label = _LABELLED.match(piece)
    if label:
        role = _LABEL.search(label[0])
        value = piece[label.end() :].strip()
        if role is not None and role.lastgroup is not None and not _LABELLED.search(value):
            return _Part(role.lastgroup, value)
    if _ADDRESS.fullmatch(piece):
        return _Part("url", piece)
    if (dated := DATE.fullmatch(piece)) and not dated["rest"]:
        return _Part("published", piece)
    for pattern in (_REPORTER, _ENGLISH_BYLINE, _SIGNED):
        if match := pattern.fullmatch(piece):
            return _Part("author", next(name for name in match.groups() if name))
    return _Part("dated", piece) if dated else _Part("text", piece)


def _with_part(part: _Part, claims: Claims) -> Claims | None:
    text = one_line(part.text)
    match part.role:
        case "count":
            return claims
        case "dated":
            dated = DATE.fullmatch(part.text)
            assert dated is not None, "only a match gives this role"
            named = _with_part(_Part("source", dated["rest"]), claims)
            return named and _with_part(_Part("published", dated["date"]), named)
        case "url":
            address = _ADDRESS.fullmatch(text)
            return address and replace(claims, addresses=(Claim(address["url"], Origin.FIRST_LINES),))
        case "published":
            stamp = _stamp(text)
            return replace(claims, published=(*claims.published, stamp)) if stamp else None
    return _with_name(part.role, text, claims)


def _with_name(role: str, text: str, claims: Claims) -> Claims | None:
    claim = Claim(text, Origin.FIRST_LINES)
    if not text or len(text) > LONGEST_VALUE or text[-1] in "。！？；，":
        return None
    match role:
        case "title":
            return replace(claims, titles=(claim, *claims.titles))
        case "source":
            return replace(claims, accounts=(*claims.accounts, claim))
        case "author":
            names = claims_of(split_names((text,)), Origin.FIRST_LINES)
            return replace(claims, authors=(*claims.authors, *names))
    return None


def _stamp(written: str) -> Stamp | None:
    dated = DATE.fullmatch(written)
    return dated and (
        parse_written_date(dated["date"], Origin.FIRST_LINES) or find_chinese_date(dated["date"], Origin.FIRST_LINES)
    )
