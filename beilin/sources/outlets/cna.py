"""中央社 Central News Agency."""

import re
from html import escape

from selectolax.lexbor import LexborNode

from beilin.sources.declaration import Source

PLACE = (
    "台北|新北|基隆|桃園|新竹|苗栗|台中|彰化|南投|雲林|嘉義|台南|高雄|屏東|宜蘭|花蓮|台東|澎湖|金門|馬祖|連江|香港|澳門|北京|上海|"
    "東京|首爾|紐約|洛杉磯|舊金山|華盛頓|休士頓|波士頓|芝加哥|多倫多|渥太華|溫哥華|倫敦|巴黎|柏林|布魯塞爾|日內瓦|羅馬|華沙|布拉格|"
    "維也納|馬德里|莫斯科|伊斯坦堡|新德里|曼谷|新加坡|吉隆坡|雅加達|馬尼拉|河內|胡志明市|仰光|雪梨|坎培拉|威靈頓|耶路撒冷|聖保羅|聖地牙哥"
)
"""Where its reporters write from; the place runs on right after the name: `記者某某某台北21日電`."""
NAME = r"[^（）\d、／/\s]"
REPORTER = rf"(?:{NAME}{{2,4}}?(?=(?:{PLACE})[^（）]{{0,10}}?(?:\d{{1,2}}日|電|報導|專|綜合|特稿)|、)|{NAME}{{3}})"
PERSON = r"[^\s：:；;（）()/／﹨、]{2,8}(?=\s{0,2}[、/／﹨）)])"
PERSONS = rf"(?P<names>{PERSON}(?:\s{{0,2}}[、/／]\s{{0,2}}{PERSON}){{0,5}})"
"""Names, each before the next mark: `甲甲甲/核稿：乙乙乙` names one."""


def _repair(root: LexborNode) -> None:
    """Puts frames in the place of videos, posts and pictures that only a script would have loaded."""
    for video in reversed(root.css("div.fb-video[data-href], div.fb-post[data-href]")):
        video.inner_html = f'<iframe src="{escape(video.attributes.get("data-href") or "")}"></iframe>'
    for post in reversed(root.css("blockquote.twitter-tweet:has(> a[href]:empty)")):
        links = [link.attributes.get("href") or "" for link in post.css("a[href]")]
        post.inner_html = f'<iframe src="{escape(links[-1])}"></iframe>'
        post.unwrap()
    for frame in root.css("iframe[title='youtube iframe']"):
        del frame.attrs["title"]
    for picture in reversed(root.css("a.gie-single[href]")):
        words, address = escape(picture.text() or ""), escape(picture.attributes.get("href") or "")
        picture.inner_html = f'<small data-set-aside="">{words}</small><iframe src="{address}"></iframe>'
        picture.unwrap()
    _free_definitions(root)


def _free_definitions(root: LexborNode) -> None:
    """Moves what defines a term, which opened over the sentence that uses it, behind the paragraph."""
    for box in reversed(root.css("div.dictionary-box")):
        paragraph = box.parent
        if paragraph is None or paragraph.tag not in ("div", "p"):
            continue
        for button in box.css(".news-dic-all"):
            button.attrs["data-set-aside"] = ""
        box.inner_html = f"<blockquote>{box.inner_html or ''}</blockquote>"
        paragraph.insert_after(box)  # a copy
        box.decompose()


SOURCE = Source(
    kind="cna",
    name="中央社",
    hosts=("www.cna.com.tw",),
    markers=("div.floatImg div.picinfo", "div.paragraph .moreArticle", "div.SubscriptionInner"),
    drop=(
        ".SubscriptionInner",
        ".bottomArticleBanner",
        "[id^='adslot']",
        ".adslot_infinite",
        "div.bottomBox",
        ".moreArticle",
        "a.moreArticle-link",
        "div.articlekeywordGroup",
        "ul.timeline",
        # invitations to its newsletters
        "div.myCustom p:has(a[href*='list-manage.com/subscribe'])",
        "[data-set-aside]",
    ),
    captions=("div.picinfo", "figcaption.picinfo"),
    tags=("div.articlekeywordGroup a",),
    reporters=re.compile(
        rf"（中央社(?:駐\S{{2,4}}?)?(?:特約)?(?:記者|特派員)(?P<names>{REPORTER}(?:、{REPORTER}){{0,7}})[^（）]{{0,14}}?"
        r"(?:電|報導|特稿|專訪|\d日)）"
    ),
    # （編輯：甲甲甲/乙乙乙）1121028, （譯者：甲甲甲/核稿：乙乙乙）
    editors=re.compile(rf"[（(/／﹨]\s{{0,2}}(?:實習)?(?:編輯|編|核稿|責編)\s{{0,2}}[：:；;]\s{{0,2}}{PERSONS}"),
    translators=re.compile(rf"[（(/／﹨]\s{{0,2}}(?:實習)?(?:譯者|編譯|翻譯)\s{{0,2}}[：:；;]\s{{0,2}}{PERSONS}"),
    repair=_repair,
    is_newspaper=True,
)
