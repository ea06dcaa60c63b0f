"""大纪元 Epoch Times: its own feed, one template since 2020."""

import re

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="epochtimes",
    name="大纪元",
    hosts=("www.epochtimes.com", "epochtimes.com"),
    content=("#artbody",),
    drop=("#gtx-anchor", "div.jfk-bubble", "div.gtx-bubble"),
    captions=("p.wp-caption-text",),
    tag_link=re.compile(r"/(?:gb|b5)/tag/[^/?#]+\.html?$"),
    dateline=re.compile(
        r"【\s*(?:大纪元|大紀元|[^【】\d]{2,12}?)\s*(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:讯|訊)】"
    ),
    url_date=re.compile(r"/(?:gb|b5)/(?P<year>\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})/"),
    reporters=re.compile(
        r"（(?!新唐人)[^（）]{0,12}?(?:记者|記者)(?P<names>[^（）、，/／]{2,6}?(?:[、，,][^（）、，/／]{2,6}?)*)(?:(?:综合|綜合|采访|採訪|編譯|编译|[^（）]{2}?(?=报导|報導))?(?:报导|報導))"
    ),
    editors=re.compile(r"(?:责任编辑|責任編輯|任编辑)[：:]\s*(?P<names>[^#＃◇\s\d）)，。]{2,12})"),
    translators=re.compile(r"[／/](?P<names>[^（）／/]{2,6})(?:编译|編譯)）"),
    is_newspaper=True,
)
