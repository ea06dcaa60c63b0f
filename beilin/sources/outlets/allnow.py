"""全现在 AllNow."""

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="allnow",
    name="全现在",
    hosts=("www.allnow.com", "m.allnow.com"),
    drop=("div.head-img", "img.avatar", ".author-avatar"),
)
