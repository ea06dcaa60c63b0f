"""中央社 Central News Agency."""

import re

from beilin.sources.declaration import Source

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
    reporters=re.compile(
        r"（中央社(?:記者|特派員)(?P<names>[^（）\d日電]{2,12}?)(?:[^（）]{2,4})?(?:\d{1,2}日)?(?:綜合)?(?:外)?(?:電|報導)）"
    ),
    editors=re.compile(r"（(?:編輯|編|核稿)[：:](?P<names>[^（）]{2,20})）"),
    translators=re.compile(r"（譯者[：:](?P<names>[^（）／/]{2,20})"),
    is_newspaper=True,
)
