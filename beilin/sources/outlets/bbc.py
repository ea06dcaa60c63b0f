"""BBC 中文. Its class names are hashes that change every year: only elements, roles and labels are keys."""

import re

from beilin.sources.declaration import Source

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
        "figure img[alt='line']",
        "figure img[alt='Line']",
    ),
    published=("time[datetime]",),
    title_suffix=re.compile(r"\s*[-–—]\s*BBC (?:News )?(?:中文|Chinese)$"),
    is_newspaper=True,
)
