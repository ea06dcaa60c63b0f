"""德国之声 Deutsche Welle, Chinese service."""

import re

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="dw",
    name="德国之声",
    hosts=("www.dw.com", "p.dw.com"),
    markers=("a[rel='ArticleRef']", "span.placeholder[data-type='IMAGE']"),
    drop=("span.placeholder[data-type]",),
    captions=("div > small",),
    tail=re.compile(r"©\s*\d{4}\s*年?\s*德[国國]之[声聲]版[权權][声聲]明.*"),
    is_newspaper=True,
)
