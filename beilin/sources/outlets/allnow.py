"""全现在 AllNow: whole pages of 2020, pretty-printed, and its feed."""

import re

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="allnow",
    name="全现在",
    hosts=("www.allnow.com", "m.allnow.com"),
    markers=("div.head-img-wrap + div.column-wrap",),
    # the column's name and the title, then the author and a date without its year
    drop=("div.column-wrap", "div.author-wrap"),
    title=("div.column-wrap p.title",),
    authors=("a.single-name",),
    account=("a.column-link",),
    reporters=re.compile(
        r"\A(?:作者|采写|撰文|整理|文)\s*[丨︱|｜/／：:]\s*"
        r"(?P<names>[^\s丨︱|｜：:，。]{2,12}(?: [^\s丨︱|｜：:，。]{2,12})?)\Z"
    ),
    tail=re.compile(r"[—―─-]{2,}|请?微信搜索.{0,100}"),
)
