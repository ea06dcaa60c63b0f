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
    # （中央社記者呂佳蓉北京28日電）: a name of three characters runs into the place
    reporters=re.compile(
        r"（中央社(?:記者|特派員)(?P<names>[^（）\d、]{3}(?:、[^（）\d、]{3})*)[^（）\d]{0,8}(?:\d{1,2}日)?[^（）]{0,6}(?:電|報導)）"
    ),
    editors=re.compile(r"（(?:編輯|編|核稿)[：:](?P<names>[^（）]{2,20})）"),
    translators=re.compile(r"（譯者[：:](?P<names>[^（）／/]{2,20})"),
    is_newspaper=True,
)
