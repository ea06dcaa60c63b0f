"""Medium and its subdomains."""

import re

from selectolax.lexbor import LexborNode

from beilin.sources.declaration import Source

ADDRESS = re.compile(r"href=\"(https?://[^\"\s]+)\"")


def _repair(root: LexborNode) -> None:
    """Gives frames that the feed left without an address the one that their fallback link names."""
    for frame in root.css("iframe"):
        match = ADDRESS.search(frame.text() or "")
        if match and not frame.attributes.get("src"):
            frame.attrs["src"] = match[1]


SOURCE = Source(
    kind="medium",
    name="Medium",
    hosts=("medium.com", "*.medium.com"),
    markers=("img[src*='medium.com/_/stat']",),
    tail=re.compile(
        r".{0,200}was originally published in .{0,200} on Medium, where people are continuing .*|"
        r"Continue reading on .{1,80} »",
        re.DOTALL,
    ),
    repair=_repair,
)
