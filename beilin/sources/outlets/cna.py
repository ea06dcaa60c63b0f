"""中央社 Central News Agency."""

import re
from html import escape

from selectolax.lexbor import LexborNode

from beilin.sources.declaration import Source

PLACE = (
    "台北|新北|基隆|桃園|新竹|苗栗|台中|彰化|南投|雲林|嘉義|台南|高雄|屏東|宜蘭|花蓮|台東|澎湖|金門|馬祖|香港|北京|上海|"
    "東京|首爾|紐約|洛杉磯|舊金山|華盛頓|休士頓|多倫多|倫敦|巴黎|柏林|布魯塞爾|日內瓦|羅馬|華沙|莫斯科|新德里|曼谷|"
    "新加坡|吉隆坡|雅加達|馬尼拉|河內|胡志明市|仰光|雪梨|耶路撒冷|聖保羅"
)
"""Where its reporters write from; the place runs on right after the name: `記者某某某台北21日電`."""
NAME = r"[^（）\d、／/]"
REPORTER = rf"(?:{NAME}{{2,4}}?(?=(?:{PLACE})[^（）]{{0,6}}?(?:\d{{1,2}}日|電|報導|專|綜合)|、)|{NAME}{{3}})"


def _repair(root: LexborNode) -> None:
    """Puts frames in the place of videos and posts that only a script would have loaded."""
    for video in root.css("div.fb-video[data-href], div.fb-post[data-href]"):
        video.inner_html = f'<iframe src="{escape(video.attributes.get("data-href") or "")}"></iframe>'
    for post in root.css("blockquote.twitter-tweet:has(> a[href]:empty)"):
        links = [link.attributes.get("href") or "" for link in post.css("a[href]")]
        post.inner_html = f'<iframe src="{escape(links[-1])}"></iframe>'
        post.unwrap()


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
    ),
    captions=("div.picinfo", "figcaption.picinfo"),
    tags=("div.articlekeywordGroup a",),
    reporters=re.compile(rf"（中央社(?:記者|特派員)(?P<names>{REPORTER}(?:、{REPORTER})*)[^（）]{{0,14}}(?:電|報導)）"),
    editors=re.compile(r"[（／/﹨](?:編輯|編|核稿)[：:](?P<names>[^（）／/﹨]{2,20})"),
    translators=re.compile(r"（(?:譯者|編譯)[：:](?P<names>[^（）／/﹨]{2,20})"),
    repair=_repair,
    is_newspaper=True,
)
