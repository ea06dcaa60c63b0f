"""美国之音 Voice of America, Chinese service."""

from beilin.sources.declaration import Source

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
    ),
    captions=("div > small", "div.contentImage small"),
    is_newspaper=True,
)
