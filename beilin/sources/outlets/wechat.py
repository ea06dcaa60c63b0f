"""WeChat public accounts: posts as the capture tool wrote them, and pages saved from a browser."""

import re

from selectolax.lexbor import LexborNode

from beilin.sources.declaration import Source
from beilin.text.characters import is_blank

NESTED = "ul > ul, ul > ol, ol > ul, ol > ol"
MOST_NESTED = 500
"""Lists beside the items that they belong to; real posts have a few dozen, and each is copied to its place."""


def _repair(root: LexborNode) -> None:
    _part_captions(root)
    nested = root.css(NESTED)
    if 0 < len(nested) <= MOST_NESTED:
        for inner in reversed(nested):
            if (above := _item_above(inner)) is not None:
                above.insert_child(inner)  # a copy
                inner.decompose()
        _flatten_first(root)


def _item_above(inner: LexborNode) -> LexborNode | None:
    """The list item before a list that stands beside it, where editors write what belongs into it."""
    above = inner.prev
    while above is not None and above.tag == "-text" and is_blank(above.text_content or ""):
        above = above.prev
    return above if above is not None and above.tag == "li" else None


def _flatten_first(root: LexborNode) -> None:
    """Takes lists out of lists that begin with them, and puts what comes after under the item that it belongs to."""
    first: dict[int, int] = {}
    for inner in root.css(NESTED):
        level, outer = _level(inner), inner.parent.mem_id if inner.parent is not None else 0
        above = _item_above(inner)
        if above is None or level <= first.get(outer, 0):
            first.setdefault(outer, level)
            inner.unwrap()
        else:
            _last_item(above, depth=level - first.get(outer, level) - 1).insert_child(inner)  # a copy
            inner.decompose()


def _level(inner: LexborNode) -> int:
    """How deep a list stands, as an editor says that writes each level beside the one above it; 0 if none says."""
    written = inner.attributes.get("ne-level") or ""
    return int(written) if re.fullmatch("[1-9]", written) else 0


def _last_item(item: LexborNode, *, depth: int) -> LexborNode:
    """The last item of the last list in `item`, so many levels down as there are, `depth` at most."""
    for _ in range(depth):
        lists = [child for child in item.iter() if child.tag in ("ul", "ol")]
        items = [child for child in lists[-1].iter() if child.tag == "li"] if lists else []
        if not items:
            break
        item = items[-1]
    return item


def _part_captions(root: LexborNode) -> None:
    """Takes captions out of figures that hold nothing else: an editor writes the picture in a paragraph above them."""
    for caption in root.css("figure > figcaption:only-child"):
        figure = caption.parent
        if figure is not None and is_blank((figure.text() or "").replace(caption.text() or "", "", 1)):
            figure.unwrap()


SOURCE = Source(
    kind="wechat",
    name="微信公众号",
    hosts=("mp.weixin.qq.com",),
    markers=("#js_content", "mp-common-profile", "mp-style-type"),
    content=("#js_content",),
    title=("#activity-name",),
    account=("#js_name", "mp-common-profile[data-nickname]"),
    published=("#publish_time",),
    editors=re.compile(
        r"\A(?:责任编辑|责编|编辑|校对|审核|责任校对)\s*[：:|｜/丨]\s*(?P<names>[^\s：:，。；]{2,4}(?:[、\s]+[^\s：:，。；]{2,4}){0,4})\Z"
    ),
    is_account=True,
    repair=_repair,
    drop=(
        "#js_pc_qr_code",
        "#js_top_ad_area",
        "#content_bottom_area",
        "#js_tags_preview_toast",
        ".qr_code_pc_outer",
        ".rich_media_tool",
    ),
)
