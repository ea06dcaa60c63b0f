"""YouTube: the description of a video, its line breaks deleted by the feed tool."""

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="youtube",
    name="YouTube",
    hosts=("www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be"),
    embeds_itself=True,
)
