"""德国之声 Deutsche Welle, Chinese service."""

import re

from selectolax.lexbor import LexborNode

from beilin.sources.declaration import Source


def _repair(root: LexborNode) -> None:
    """Leaves the words of links into the programming interface, which is no page and no longer answers."""
    for link in root.css("a[href*='//api.dw.com/api/']"):
        link.unwrap()
    root.merge_text_nodes()


SOURCE = Source(
    kind="dw",
    name="德国之声",
    hosts=("www.dw.com", "p.dw.com"),
    markers=("a[rel='ArticleRef']", "span.placeholder[data-type='IMAGE']"),
    drop=("span.placeholder[data-type]",),
    captions=("div > small",),
    tail=re.compile(r"©\ufe0f?\s*\d{4}\s*年?\s*德[国國]之[声聲]版[权權][声聲]明.*"),
    repair=_repair,
    is_newspaper=True,
)
