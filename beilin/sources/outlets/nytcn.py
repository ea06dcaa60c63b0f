"""纽约时报中文网 The New York Times, Chinese edition: its feeds of 2020, of 2022 and of 2024."""

import re

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="nytcn",
    name="纽约时报中文网",
    hosts=("cn.nytimes.com", "m.cn.nytimes.com"),
    markers=("div.article-partial .article-paragraph", "figure.article-span-photo"),
    drop=(
        "div.trc_related_container",
        "[id^='SL_']",
        "address:has(+ time[pudate])",
        "time[pudate]",
        # an invitation to subscribe, all of it in italics
        "p:has(> a[href*='nytimes.com/morning-brief']):has(> i:first-child)",
    ),
    captions=("p > small", "div > small"),
    credits=("figcaption cite",),
    published=("time[pudate]", "time[datetime]"),
    authors=("address",),
    translators=re.compile(r"(?:^|\n)翻译[：:](?P<names>[^\n]{2,30})"),
    is_newspaper=True,
)
