"""法国国际广播电台 RFI, Chinese service."""

import re

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="rfi",
    name="法国国际广播电台",
    hosts=("www.rfi.fr", "rfi.fr"),
    markers=("div.m-interstitial", "div.t-content__body", "[data-selfpromo-newsletter]"),
    drop=(
        "div.m-interstitial",
        "button.m-interstitial__unlock-btn",
        "div.o-self-promo",
        "[data-selfpromo-newsletter]",
        "div:has(> div > a[href*='facebook.com/dialog/share'])",
        "share-button",
        # its logo, which stands where an article has no picture
        "img[src*='/meta_og_twcards/']",
    ),
    captions=("span.m-figure__caption__legend",),
    credits=("span.m-figure__credits", "span.m-figure__caption__credits"),
    title_suffix=re.compile(r"\s*[–—-]\s*法国国际广播电台(?:\s*-\s*RFI)?$"),
    translators=re.compile(r"（(?:译者|譯者)[：:](?P<names>[^（）]{2,20})）"),
    is_newspaper=True,
)
