"""美国之音 Voice of America, Chinese service."""

import re

from selectolax.lexbor import LexborNode

from beilin.sources.declaration import Source

NOTICE = re.compile(
    r"={10,80}\s{0,4}(?:[^=\n]{2,40}[，,])?并不代表美国之音[。.]?\s{0,4}={10,80}|"
    r"[^，。\s]{2,12}?每(?:星期|周)[^。]{2,40}[，,](?:敬请收看|欢迎按时收看|敬请收听)[。.]?|"
    r"《[^》]{2,12}》\s{0,4}YouTube播放列表[：:]\s{0,4}https?://\S{4,200}"
)
"""What a programme prints under every issue: whose the opinions are, when it is on air, where its recordings are."""


def _repair(root: LexborNode) -> None:
    """Marks what a programme repeats under every issue."""
    for paragraph in root.css("p"):
        if NOTICE.fullmatch((paragraph.text() or "").strip()):
            paragraph.attrs["data-set-aside"] = ""


SOURCE = Source(
    kind="voa",
    name="美国之音",
    hosts=("www.voachinese.com", "www.voacantonese.com"),
    markers=("a.wsw__a", "div.contentImage"),
    drop=(
        "iframe.external-content > a",
        # what is printed under a recording is the title once more
        "video + div > small",
        "audio + div > small",
        "[data-set-aside]",
    ),
    captions=("div > small", "div.contentImage small"),
    repair=_repair,
    is_newspaper=True,
)
