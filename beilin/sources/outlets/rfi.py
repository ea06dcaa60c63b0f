"""法国国际广播电台 RFI, Chinese service."""

import re

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="rfi",
    name="法国国际广播电台",
    hosts=("www.rfi.fr", "rfi.fr"),
    markers=("div.m-interstitial", "div.t-content__body", "[data-selfpromo-newsletter]"),
    drop=("div.m-interstitial", "div.o-self-promo", "[data-selfpromo-newsletter]", "share-button"),
    captions=("span.m-figure__caption__legend",),
    credits=("span.m-figure__credits", "span.m-figure__caption__credits"),
    title_suffix=re.compile(r"\s*[–—-]\s*法国国际广播电台(?:\s*-\s*RFI)?$"),
    is_newspaper=True,
)
