"""纽约时报中文网 The New York Times, Chinese edition."""

import re

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="nytcn",
    name="纽约时报中文网",
    hosts=("cn.nytimes.com", "m.cn.nytimes.com"),
    markers=("div.article-partial .article-paragraph", "figure.article-span-photo"),
    drop=("div.trc_related_container", "[id^='SL_']"),
    captions=("p > small",),
    credits=("figcaption cite",),
    published=("time[pudate]", "time[datetime]"),
    authors=("address",),
    translators=re.compile(r"(?:^|\n)翻译[：:](?P<names>[^\n]{2,30})"),
    is_newspaper=True,
)
