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
        # invitations to subscribe, all of them in italics: the link leads to the form
        "p:has(i a[href*='/email/?source=']):has(> i)",
        "p:has(> i:first-child):has(> a:is([href*='/email/?source='], [href$='/morning-brief/']))",
    ),
    captions=("p > small", "div > small"),
    credits=("figcaption cite",),
    published=("time[pudate]", "time[datetime]"),
    authors=("address",),
    translators=re.compile(r"(?:^|\n)翻译[：:]\s*(?P<names>[^\n]{2,60})"),
    is_newspaper=True,
)
