"""ChinaFile. Its conversations stand, contribution by contribution, where other pages have their comments."""

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="chinafile",
    name="ChinaFile",
    hosts=("www.chinafile.com", "chinafile.com"),
    markers=("div.photo-credit",),
    drop=("#comments > h2.title", "nav.links"),
    captions=("div.photo-caption",),
    credits=("div.photo-credit",),
)
