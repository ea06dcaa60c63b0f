"""ChinaFile."""

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="chinafile",
    name="ChinaFile",
    hosts=("www.chinafile.com", "chinafile.com"),
    markers=("div.photo-credit",),
    captions=("div.photo-caption",),
    credits=("div.photo-credit",),
)
