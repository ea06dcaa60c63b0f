"""BBC 中文. Its class names are hashes that change every year: only elements, roles and labels are keys."""

import re
from html import escape

from selectolax.lexbor import LexborNode

from beilin.sources.declaration import Source
from beilin.text.addresses import host_of

LABELS = frozenset(
    "图像来源， 圖像來源， 图像加注文字， 圖像加註文字， 视频加注文字， 影像加註文字， 音频加注文字，".split()
)
"""Said before credits and captions to those who cannot see how they are set."""
MORE = re.compile(r"相关(?:内容|报道|文章)[：:]?|\S{0,20}更多\S{0,16}(?:报道|新闻|内容)[：:]?")
"""What stands above a list that only leads to other articles; under any other heading it is the section itself."""
INTRODUCED = ("：", ":")
VIDEO_HOSTS = ("www.youtube.com", "youtu.be")
COPYRIGHT = re.compile(r"\s{0,8}(©[^<>©]{2,80})$")
NAMES = r"(?P<names>[^\s：:；;（）()/／]{2,12}(?:[、/／][^\s：:；;（）()/／、]{2,12}(?![：:])){0,5})"


def _repair(root: LexborNode) -> None:
    """Marks what goes, gives credits an element of their own, and puts frames where videos and posts never loaded."""
    for label in root.css("figcaption span, p[role='text'] span"):
        if (label.text() or "").strip() in LABELS:
            label.attrs["data-set-aside"] = ""
    for caption in reversed(root.css("figure > br + figcaption")):
        caption.inner_html = COPYRIGHT.sub(r"<cite>\1</cite>", caption.inner_html or "")
    _restore_embeds(root)
    _mark_related(root)


def _restore_embeds(root: LexborNode) -> None:
    for lost in reversed(root.css("[data-e2e*='-embed-http']")):
        address = (lost.attributes.get("data-e2e") or "").partition("-embed-")[2]
        if not (lost.text() or "").strip():
            lost.inner_html = f'<iframe src="{escape(address)}"></iframe>'
    for link in reversed(root.css("img.media-placeholder + br + a[href]")):
        address = escape(link.attributes.get("href") or "")
        link.inner_html = f'{_set_aside(link)}<video src="{address}"></video>'
        link.unwrap()
    for post in reversed(root.css("div.social-embed:has(a[href]):has(img[alt]):not(:has(blockquote, p))")):
        address = post.css("a[href]")[0].attributes.get("href") or ""
        said = escape(post.css("img[alt]")[0].attributes.get("alt") or "")
        frame = f'<iframe src="{escape(address)}" title="{said}"></iframe>'
        if host_of(address) not in VIDEO_HOSTS:
            # a screenshot's alternative text is the whole post, and longer than a card's title
            frame = f'<iframe src="{escape(address)}"></iframe><blockquote>{said}</blockquote>'
        post.inner_html = _set_aside(post) + frame


def _set_aside(node: LexborNode) -> str:
    return f'<small data-set-aside="">{escape(node.text(separator=" ") or "")}</small>'


def _mark_related(root: LexborNode) -> None:
    """Marks lists of nothing but links to its other articles, with the heading that announces them."""
    for listing in root.css("ul:has(a[href*='bbc.com/']):not(:has(a[href]:not([href*='bbc.com/'])))"):
        linked = "".join(link.text() or "" for link in listing.css("a"))
        if "".join(linked.split()) != "".join((listing.text() or "").split()):
            continue
        above = _above(listing)
        words = ((above.text() if above is not None else "") or "").strip()
        if above is not None and MORE.fullmatch(words):
            above.attrs["data-related"] = ""
        elif words.endswith(INTRODUCED):
            continue
        listing.attrs["data-related"] = ""


def _above(node: LexborNode) -> LexborNode | None:
    """The element before `node`, or before the divisions that `node` begins."""
    inner: LexborNode | None = node
    while inner is not None:
        before: LexborNode | None = inner.prev
        while before is not None and before.tag == "-text" and not (before.text_content or "").strip():
            before = before.prev
        if before is not None:
            return before
        inner = inner.parent if inner.parent is not None and inner.parent.tag == "div" else None
    return None


SOURCE = Source(
    kind="bbc",
    name="BBC 中文",
    hosts=("www.bbc.com", "www.bbc.co.uk", "bbc.com"),
    markers=("[data-e2e^='twitter-embed']", "section[aria-label^='广告']"),
    drop=(
        "section[aria-label^='广告']",
        "section[aria-label^='廣告']",
        "#dotcom-mpu",
        "h1#content",
        "div:has(+ div > time[datetime]) ul[role='list']",
        "time[datetime]",
        "[data-related]",
        "figure img[alt$='line' i]:is([alt='line' i], [alt='presentation line' i], [alt='grey line' i])",
        "[data-e2e='media-player'] strong",
        "[data-set-aside]",
    ),
    credits=("p[role='text']", "figure > br + figcaption > cite"),
    authors=("div:has(+ div > time[datetime]) li:first-child",),
    published=("time[datetime]",),
    # its feed puts the section first: `[World] …`
    title_suffix=re.compile(r"^\[[A-Z][A-Za-z ]{1,30}\]\s{0,4}|\s{0,4}[-–—]\s{0,4}BBC (?:News )?(?:中文|Chinese)$"),
    # （撰稿：甲/责编：乙）, （编译/责编：乙）
    reporters=re.compile(rf"[（(](?:[^（）()]{{0,20}}[/／])?撰稿(?:[/／][^：:（）()]{{2,4}})?[：:]\s{{0,4}}{NAMES}"),
    editors=re.compile(rf"[（(](?:[^（）()]{{0,30}}[/／;；\s])?(?:责编|責編)[：:]\s{{0,4}}{NAMES}"),
    translators=re.compile(rf"[（(](?:编译|編譯)(?:[/／](?:责编|責編))?[：:]\s{{0,4}}{NAMES}"),
    repair=_repair,
    opening_date=True,
    is_newspaper=True,
)
