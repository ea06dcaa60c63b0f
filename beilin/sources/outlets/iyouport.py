"""iYouPort: whole WordPress pages, pretty-printed."""

import re

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="iyouport",
    name="iYouPort",
    hosts=("www.iyouport.org", "iyouport.org"),
    content=("div.entry-content",),
    drop=(".sharedaddy", "#jp-post-flair", "#jp-relatedposts", ".jp-relatedposts"),
    authors=("span.byline a",),
    published=("time.published", "time.entry-date"),
    tags=("ul.post-tags a[rel='tag']",),
    title_suffix=re.compile(r"\s*[-–]\s*iYouPort$"),
    # its request for support
    tail=re.compile(r"与大多数内容网站不同，\s*IYP\s*没有付费墙.*", re.DOTALL),
)
