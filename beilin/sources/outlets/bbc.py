"""BBC 中文. Its class names are hashes that change every year: only elements, roles and labels are keys."""

import re
from html import escape

from selectolax.lexbor import LexborNode

from beilin.sources.declaration import Source

LABELS = ("图像来源，", "圖像來源，", "图像加注文字，", "圖像加註文字，", "视频加注文字，", "影像加註文字，")
"""Said before credits and captions to those who cannot see how they are set."""
NOT_SPACE = re.compile(r"\S+")


def _repair(root: LexborNode) -> None:
    """Frees captions of their labels, names the posts whose embeds never loaded, and marks lists of its own links."""
    for label in root.css("figcaption > span, p[role='text'] > span"):
        if (label.text() or "").strip() in LABELS:
            label.decompose()
    for lost in root.css("[data-e2e^='twitter-embed-http']"):
        address = (lost.attributes.get("data-e2e") or "").removeprefix("twitter-embed-")
        lost.inner_html = f'<iframe src="{escape(address)}"></iframe>'
    for listing in root.css("ul:has(a[href*='bbc.com/']):not(:has(a[href]:not([href*='bbc.com/'])))"):
        linked = "".join(link.text() or "" for link in listing.css("a"))
        if NOT_SPACE.findall(linked) == NOT_SPACE.findall(listing.text() or ""):
            listing.attrs["data-related"] = ""


SOURCE = Source(
    kind="bbc",
    name="BBC 中文",
    hosts=("www.bbc.com", "www.bbc.co.uk", "bbc.com"),
    markers=("[data-e2e^='twitter-embed']", "section[aria-label^='广告']"),
    drop=(
        "section[aria-label^='广告']",
        "section[aria-label^='廣告']",
        "#dotcom-mpu",
        "h1#content",
        "div:has(+ div > time[datetime]) ul[role='list']",
        "time[datetime]",
        "ul[data-related]",
        "figure img[alt='line' i]",
        "[data-e2e='media-player'] strong",
    ),
    credits=("p[role='text']",),
    authors=("div:has(+ div > time[datetime]) li:first-child",),
    published=("time[datetime]",),
    # its feed puts the section first: `[World] …`
    title_suffix=re.compile(r"^\[[A-Z][A-Za-z ]+\]\s*|\s*[-–—]\s*BBC (?:News )?(?:中文|Chinese)$"),
    repair=_repair,
    is_newspaper=True,
)
