"""The card that an outlet sets into an article that it reprints: who wrote it, when it appeared, what it is about."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from beilin.markup.parsing import parse_html
from beilin.sources.claims import Claims, Origin, claims_of, split_names
from beilin.text.characters import one_line
from beilin.text.dates import parse_written_date

_LINE_END = re.compile(r"<br\b[^<>]*>|</(?:p|div|li|dd|dt|tr|h[1-6])\s*>", re.I)
_LABELS = {
    "标题": "title",
    "標題": "title",
    "作者": "author",
    "发表日期": "published",
    "發表日期": "published",
    "主题归类": "tags",
    "主題歸類": "tags",
}
"""Other lines of a card (where the article is kept, whose the rights are) say nothing of the article itself."""
_LINE = re.compile(rf"(?P<label>{'|'.join(_LABELS)})\s*[：:]\s*(?P<value>\S.*)")
_BETWEEN_TAGS = re.compile(r"\s*[、,，;；]\s*")


def read_card(root: LexborNode, selectors: tuple[str, ...]) -> Claims:
    """What the cards at `selectors` say, a `label：value` a line; no claims where there is no card."""
    said: dict[str, list[str]] = {fact: [] for fact in _LABELS.values()}
    for selector in selectors:
        for card in root.css(selector):
            for fact, value in _values(card):
                said[fact].append(value)
    stamps = (parse_written_date(value, Origin.PAGE) for value in said["published"])
    tags = (tag for value in said["tags"] for tag in _BETWEEN_TAGS.split(value))
    return Claims(
        titles=claims_of(said["title"][:1], Origin.PAGE),
        authors=claims_of(split_names(said["author"]), Origin.PAGE),
        published=tuple(stamp for stamp in stamps if stamp is not None)[:1],
        tags=claims_of(tags, Origin.PAGE),
    )


def _values(card: LexborNode) -> Iterator[tuple[str, str]]:
    """Fact and value of each of the card's lines that has a label."""
    body = parse_html(_LINE_END.sub("\n", card.inner_html or "")).body
    for line in (body.text() or "").split("\n") if body is not None else ():
        if match := _LINE.fullmatch(one_line(line)):
            yield _LABELS[match["label"]], match["value"]
