"""YouTube: the description of a video, its line breaks deleted by the feed tool."""

import re

from selectolax.lexbor import LexborNode

from beilin.markup.parsing import parse_html
from beilin.sources.declaration import Source

RULE = re.compile(r"(([-－—─━=＝*＊_~～])\2{4,})")
FUSED_LABEL = re.compile(r"(https?://[!-~]{3,300}?)([A-Z][A-Za-z]{2,20})(?=：)")
"""An address and the label of the line after it: `https://pay.example/1E2FPaypal：`."""
FUSED_HASHTAG = re.compile(r"(https?://[!-~]{3,300}?)(?=#[^\x00-\x7f])")
"""An address and the hashtag of the line after it: an address has no characters outside ASCII in its fragment."""
BEFORE_ADDRESS = re.compile(r"(?<=[^\s：:=/（(【\[「『“\"'<>→👉-])(?=https?://)")
AFTER_ADDRESS = re.compile(r"(?<=[!-~])(https?://[!-~]{3,})|(https?://[!-~]{3,})(?=[^\s!-~：，。、；！？）】」』”…])")
CHAPTER = re.compile(r"(?<![\d:.~–-])\d{1,2}:[0-5]\d(?::[0-5]\d)?(?![\d:])")
FEWEST_CHAPTERS = 2
"""Of times that rise from zero."""
HASHTAGS = re.compile(r"(?:#[^\s#]{1,40}\s*){2,}\Z")
LONGEST = 20_000
"""Characters; the site allows a description a quarter of this."""
LAST_CHARACTERS = 1000
"""Hashtags stand at the end."""


def _repair(root: LexborNode) -> None:
    """Gives the text back the line breaks that can be told: by addresses, rules, chapters and hashtags."""
    texts = [node for node in root.traverse(include_text=True) if node.tag == "-text"]
    for node in texts:
        text = node.text_content or ""
        lines = _lines(text) if len(text) <= LONGEST else []
        if len(lines) < 2:
            continue
        for index, line in enumerate(lines):
            if index:
                _insert_element(node, "<br>")
            if RULE.fullmatch(line):
                _insert_element(node, "<hr>")
            else:
                node.insert_before(line)
        node.decompose()


def _insert_element(node: LexborNode, html: str) -> None:
    body = parse_html(html).body
    assert body is not None and body.first_child is not None, "the parser gives every document a body"
    node.insert_before(body.first_child)


def _lines(text: str) -> list[str]:
    text = RULE.sub(r"\n\1\n", text)
    text = FUSED_HASHTAG.sub(r"\1\n", text)
    text = FUSED_LABEL.sub(r"\1\n\2", text)
    text = BEFORE_ADDRESS.sub("\n", text)
    text = AFTER_ADDRESS.sub(lambda match: match[0] if match[1] else match[0] + "\n", text)
    text = _with_chapters(text)
    start = max(len(text) - LAST_CHARACTERS, 0)
    if (tags := HASHTAGS.search(text, start)) and tags.start():
        text = text[: tags.start()].rstrip() + "\n" + tags[0]
    return [line for line in text.split("\n") if line.strip()]


def _with_chapters(text: str) -> str:
    """`text` with each of its chapters on a line of its own, if it has chapters."""
    found = list(CHAPTER.finditer(text))
    seconds = [_seconds(match[0]) for match in found]
    if len(found) < FEWEST_CHAPTERS or seconds[0] != 0 or seconds != sorted(set(seconds)):
        return text
    return CHAPTER.sub(r"\n\g<0>", text)


def _seconds(written: str) -> int:
    total = 0
    for part in written.split(":"):
        total = total * 60 + int(part)
    return total


SOURCE = Source(
    kind="youtube",
    name="YouTube",
    hosts=("www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be"),
    hashtags=True,
    repair=_repair,
    embeds_itself=True,
)
