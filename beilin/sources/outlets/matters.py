"""Matters: essays from its feed."""

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="matters",
    name="Matters",
    hosts=("matters.news", "matters.town"),
    markers=("figure.embed-code", "figure.audio .player", "a.mention"),
    drop=("figure.audio .player", "div.time"),
)
