"""大纪元 Epoch Times: its own feed, one template since 2020."""

import re
from html import escape

from selectolax.lexbor import LexborNode

from beilin.markup.parsing import parse_html
from beilin.sources.declaration import Source

CITY = (
    "(?:台湾|台灣|台北|新北|桃园|桃園|新竹|台中|台南|高雄|香港|北京|华盛顿(?:DC)?|華盛頓(?:DC)?|纽约|紐約|旧金山|舊金山|洛杉矶|洛杉磯|"
    "多伦多|多倫多|渥太华|渥太華|温哥华|溫哥華|悉尼|墨尔本|墨爾本|伦敦|倫敦|巴黎|柏林|东京|東京|首尔|首爾|新加坡)"
)
"""Where its reporters write from; the place runs on right after the name: `记者某某某台湾台北报导`."""
WORK = r"(?:综合|綜合|采访|採訪|编译|編譯|专题|專題|整理|独家|獨家)"
REPORTED = rf"\s{{0,4}}{CITY}{{0,2}}{WORK}{{0,2}}(?:报导|報導|报道|報道|撰文|特稿)"
LATIN = r"[A-Z][\w.'·-]{0,20}(?:\s{1,2}[A-Z][\w.'·-]{0,20}){0,3}"
NAME = rf"(?:[\u4e00-\u9fff·]{{2,6}}?(?=[、，,和及与與]|{REPORTED})|{LATIN})"
NAMES = rf"(?P<names>{NAME}(?:\s{{0,2}}[、，,和及与與]\s{{0,2}}{NAME}){{0,5}})"
OFFICE = r"\S{0,12}?(?:中心|编辑部|編輯部|完整版)"
"""What stands where a name should: `大纪元香港新闻中心报导`."""
SUBSCRIBE = re.compile(r"\s*(?:欢迎订阅|歡迎訂閱)\s?[^\s。，：:]{1,12}(?:频道|頻道)[：:]\s*")
"""What stands before the address of a channel under its own videos, loose in the page."""


def _repair(root: LexborNode) -> None:
    """Puts each call to subscribe to a channel and its address into an element, which `drop` then takes out."""
    for link in root.css("a[href*='youtube.com/channel/'], a[href*='ganjing.com/']"):
        words = link.prev
        if words is None or words.tag != "-text" or not SUBSCRIBE.fullmatch(words.text_content or ""):
            continue
        call = escape(f"{words.text_content}{link.text()}")
        body = parse_html(f"<div data-subscribe>{call}</div>").body
        assert body is not None and body.first_child is not None, "the parser gives every document a body"
        link.insert_before(body.first_child)
        words.decompose()
        link.decompose()


SOURCE = Source(
    kind="epochtimes",
    name="大纪元",
    hosts=("www.epochtimes.com", "epochtimes.com"),
    content=("#artbody",),
    drop=(
        "#gtx-anchor",
        "div.jfk-bubble",
        "div.gtx-bubble",
        "div[data-subscribe]",
        # requests for money and for listeners
        "p:has(a[href*='donate.epochtimes.com']):has(br)",
        "p:has(> strong > a[href$='/podcast.htm'])",
    ),
    captions=("p.wp-caption-text",),
    tag_link=re.compile(r"/(?:gb|b5)/tag/[^/?#]+\.html?$"),
    dateline=re.compile(
        r"【\s{0,4}(?:大纪元|大紀元|[^【】\d]{2,12}?)\s{0,4}(?:\d{4}\s{0,2}年\s{0,2})?"
        r"\d{1,2}\s{0,2}月\s{0,2}\d{1,2}\s{0,2}日\s{0,2}(?:讯|訊)】"
    ),
    url_date=re.compile(r"/(?:gb|b5)/(?P<year>\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})/"),
    # 【大纪元2023年10月27日讯】（大纪元记者某某报导／某某编译）; an editorial office has no name
    reporters=re.compile(
        rf"】\s{{0,4}}[（(](?:[^\s（）()]{{2}})?(?:大纪元|大紀元|新唐人)(?:时报|時報)?(?!{OFFICE})"
        rf"(?:[^\s（）()]{{0,6}}?(?:记者|記者|作家|撰稿人))?\s{{0,2}}{NAMES}"
        rf"(?={REPORTED}|[、，,](?:特约|特約)?(?:记者|記者))"
    ),
    editors=re.compile(r"(?:责任编辑|責任編輯|任编辑)[：:]\s{0,4}(?P<names>[^#＃◇\s\d）)，。]{2,12})"),
    translators=re.compile(
        r"[／/]\s{0,2}(?P<names>[^\s（）()／/]{2,6}(?:[、，,][^\s（）()／/、，,]{2,6}){0,3}?)(?:编译|編譯)[）)]"
    ),
    repair=_repair,
    is_newspaper=True,
)
