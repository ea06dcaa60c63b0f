"""德国之声 Deutsche Welle, Chinese service."""

import re

from selectolax.lexbor import LexborNode

from beilin.sources.declaration import Source

NOTICE = re.compile(
    r"©\ufe0f?\s{0,4}\d{3}\s?\d\s{0,4}年?\s{0,4}德[国國]之[声聲]版[权權][声聲]明.*|"
    r"德[国國]之[声聲]致力[于於][为為]您提供.{10,60}(?:个人|個人)立[场場]。?",
    re.DOTALL,
)
"""The legal notices that close every article: of rights, and of the difference between news and opinion."""
MORE = re.compile(r"(?:延伸|更多|相关|相關)(?:阅读|閱讀)\s*[:：].*", re.DOTALL)
NAME = r"(?:[^\W\d_]{2,4}|[A-Z][\w.'-]{0,20}(?: [A-Z][\w.'-]{0,20}){1,3})"
AGENCIES = r"[（(](?:[^（）()]{0,60}(?:社|等|台|报|報)|综合报[道导]|綜合報[道導]|ARD)\s{0,4}[）)]"
"""What a report draws on, in brackets after the names."""


def _repair(root: LexborNode) -> None:
    """Leaves the words of links into the programming interface, which is no page; marks notices and captions."""
    for paragraph in root.css("p, p > em"):
        words = (paragraph.text() or "").strip()
        if NOTICE.fullmatch(words) or (MORE.fullmatch(words) and _is_link(paragraph, words)):
            paragraph.attrs["data-set-aside"] = ""
    for link in root.css("a[href*='//api.dw.com/api/']"):
        if MORE.fullmatch((link.text() or "").strip()):
            link.attrs["data-set-aside"] = ""
        else:
            link.unwrap()
    for title in reversed(root.css("div > img:first-child + b")):
        frame, image = title.parent, title.prev
        if frame is not None and image is not None and len(frame.css("img")) == 1 and frame.css_first("p") is None:
            picture = image.html or ""
            frame.inner_html = f"{picture}<div><small>{(frame.inner_html or '').removeprefix(picture)}</small></div>"
    root.merge_text_nodes()


def _is_link(paragraph: LexborNode, words: str) -> bool:
    """Whether the paragraph says nothing beside its links, a label before them apart."""
    linked = "".join(link.text() or "" for link in paragraph.css("a[href]")).strip()
    return bool(linked) and (words == linked or re.split("[:：]", words, maxsplit=1)[-1].strip() == linked)


SOURCE = Source(
    kind="dw",
    name="德国之声",
    hosts=("www.dw.com", "p.dw.com"),
    markers=("a[rel='ArticleRef']", "span.placeholder[data-type='IMAGE']"),
    drop=("span.placeholder[data-type]", "[data-set-aside]"),
    captions=("div > small",),
    # `甲甲/乙乙（路透社、法新社）`: who wrote it and who edited it, which it does not tell apart
    reporters=re.compile(
        rf"\A(?P<asked>(?:采访|採訪)[记記]者\s{{0,4}}[:：]?\s{{0,4}})?(?P<names>{NAME}(?:\s{{0,4}}[/／、]{{1,3}}\s{{0,4}}{NAME}){{0,7}})"
        rf"[\s/／]{{0,12}}(?(asked)\Z|{AGENCIES}\Z)"
    ),
    repair=_repair,
    is_newspaper=True,
)
