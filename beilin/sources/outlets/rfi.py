"""法国国际广播电台 RFI, Chinese service."""

import re

from selectolax.lexbor import LexborNode

from beilin.sources.declaration import Source

NAME = r"[^\s：:（）()/／、]{2,8}(?=\s{0,2}[、/／）)])"
NAMES = rf"(?P<names>{NAME}(?:\s{{0,2}}[、/／]\s{{0,2}}{NAME}){{0,5}})"
"""Names, each before the next mark: `甲甲甲/核稿：乙乙乙` names one."""
INTERN = r"(?:实习|實習)?"

NO_SUMMARY = re.compile(r"(?<=</div>)Array(?=<div class=\"t-content__body)")
"""What its feed of 2020 prints where an article has no summary."""


def _repair(root: LexborNode) -> None:
    """Marks the word that stands where an article has no summary."""
    body = root.css_first("div.t-content__body")
    if body is not None and body.parent is not None and NO_SUMMARY.search(markup := body.parent.inner_html or ""):
        body.parent.inner_html = NO_SUMMARY.sub('<small data-set-aside="">Array</small>', markup, count=1)


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
        "[data-selfpromo-app]",
        "div:has(> div > a[href*='facebook.com/dialog/share'])",
        "share-button",
        "p.t-copyright",
        "[data-set-aside]",
        # its logo, which stands where an article has no picture
        "img[src*='/meta_og_twcards/']",
    ),
    captions=("span.m-figure__caption__legend",),
    credits=("span.m-figure__credits", "span.m-figure__caption__credits"),
    # the name of the outlet, or of the programme: `… - 今日经济`
    title_suffix=re.compile(
        r"\s{0,4}[–—-]\s{0,4}法国国际广播电台(?:\s{0,4}-\s{0,4}RFI)?$|\s{1,4}-\s{1,4}[\u4e00-\u9fff]{4,8}$"
    ),
    # 曼谷 某某 法国国际广播电台中文部撰稿
    reporters=re.compile(r"\A\S{2,4}\s{1,8}(?P<names>\S{2,4})\s{1,8}法国国际广播电台(?:中文部)?撰稿\Z"),
    editors=re.compile(rf"[（(/／]\s{{0,2}}{INTERN}(?:核稿|编辑|編輯)[：:]\s*{NAMES}"),
    translators=re.compile(rf"[（(/／]\s{{0,2}}{INTERN}(?:译者|譯者|编译|編譯)[：:]\s*{NAMES}"),
    repair=_repair,
    tail=re.compile(r"©\s*\d{4}\s*AFP"),
    is_newspaper=True,
)
