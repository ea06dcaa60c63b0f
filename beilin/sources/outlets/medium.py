"""Medium and its subdomains."""

import re

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="medium",
    name="Medium",
    hosts=("medium.com", "*.medium.com"),
    markers=("img[src*='medium.com/_/stat']",),
    tail=re.compile(
        r".{0,200}was originally published in .{0,200} on Medium, where people are continuing .*", re.DOTALL
    ),
)
