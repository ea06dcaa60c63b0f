"""中国数字时代 China Digital Times."""

import re

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="cdt",
    name="中国数字时代",
    hosts=("chinadigitaltimes.net", "www.chinadigitaltimes.net"),
    markers=("div.su-spoiler", "a.st_tag", "img.webfeedsFeaturedVisual"),
    captions=("p.wp-caption-text",),
    tag_link=re.compile(r"chinadigitaltimes\.net/.*/tag/|/space/"),
    tail=re.compile(r"©.{0,40}for 中国数字时代.*", re.DOTALL),
    is_newspaper=False,
)
