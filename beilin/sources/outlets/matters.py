"""Matters: essays from its feed."""

from selectolax.lexbor import LexborNode

from beilin.markup.parsing import parse_html
from beilin.sources.declaration import Source
from beilin.text.characters import HAN_CHARACTER, NOT_SPACE

MOSTLY_PROSE = 0.4
"""Share of Chinese characters from which a listing is none: its editor offers a box, and writers put verse into it."""


def _repair(root: LexborNode) -> None:
    """Makes quotations of the boxes that hold prose, and lets the sound recordings keep their names."""
    for box in root.css("pre:not(:has(code))"):
        text = box.text() or ""
        if len(HAN_CHARACTER.findall(text)) > MOSTLY_PROSE * len(NOT_SPACE.findall(text)):
            html = (box.inner_html or "").strip("\n").replace("\n", "<br>")
            body = parse_html(f"<blockquote><p>{html}</p></blockquote>").body
            if body is not None and body.first_child is not None:
                box.insert_before(body.first_child)
                box.decompose()
    for sound in root.css("audio[data-file-name]"):
        sound.attrs["title"] = sound.attributes.get("data-file-name") or ""


SOURCE = Source(
    kind="matters",
    name="Matters",
    hosts=("matters.news", "matters.town"),
    markers=("figure.embed-code", "figure.audio .player", "a.mention"),
    # the player's buttons; what a spelling checker of the writer's browser left behind
    drop=("figure.audio .player", "div.time", "lt-div", "lt-highlighter", "lt-mirror"),
    repair=_repair,
)
