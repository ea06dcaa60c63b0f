"""中国数字时代 China Digital Times: its feed, and the cards that it puts into the middle of what it reprints."""

import re

from selectolax.lexbor import LexborNode

from beilin.sources.declaration import Source


def _repair(root: LexborNode) -> None:
    """Frees the lead picture of its link to the page itself."""
    for link in root.css("a:has(> img.webfeedsFeaturedVisual)"):
        link.unwrap()


SOURCE = Source(
    kind="cdt",
    name="中国数字时代",
    hosts=("chinadigitaltimes.net", "www.chinadigitaltimes.net"),
    markers=("div.su-spoiler", "a.st_tag", "img.webfeedsFeaturedVisual"),
    drop=(
        "div.su-spoiler",
        # the same reference a second time, as a frame
        "blockquote.wp-embedded-content + p > iframe.wp-embedded-content",
    ),
    captions=("p.wp-caption-text",),
    author_is_editor=True,
    card=("div.su-spoiler-content",),
    tag_link=re.compile(r"chinadigitaltimes\.net/.*/tag/"),
    reporters=re.compile(r"\A(?:作者|撰文|文)\s*[：:|｜丨/／]\s*(?P<names>[^\s：:，。|｜/／]{2,12})\Z"),
    tail=re.compile(
        r"©.{0,80}for 中国数字时代.*|Feed enhanced by Better Feed.*|"
        r"The post .{1,300} (?:appeared first|first appeared) on .{1,80}",
        re.DOTALL,
    ),
    repair=_repair,
)
