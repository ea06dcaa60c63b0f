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
    tags=("li.tags a", ".tags-links a"),
    title_suffix=re.compile(r"\s*[-–]\s*iYouPort$"),
)
