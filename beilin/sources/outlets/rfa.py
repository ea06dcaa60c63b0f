"""自由亚洲电台 Radio Free Asia: the templates of 2020, of 2021 and of the RSSHub feed."""

import re

from selectolax.lexbor import LexborNode

from beilin.sources.declaration import Source

NAME = r"(?![网網责責编編])[^\s：:；;（）()、,，。“”]{2,4}?"
NAMES = rf"{NAME}(?:(?:\s*[、,，]\s*|\s+){NAME})*?"
EDITING = r"(?:责编|責編|责任编辑|責任編輯|網編|网编|编辑|編輯)"
PLACE = "台北|香港|华盛顿|纽约|旧金山|洛杉矶|多伦多|渥太华|温哥华|巴黎|伦敦|柏林|悉尼|墨尔本|东京|首尔|曼谷"
"""Where its reporters write from: a place is printed right after the name, `记者某某某台北报导`."""
REPORTED = rf"\s*(?:{PLACE}|\s\S{{2,4}})?(?:综合|采访)?(?:报导|报道|報導|報道)"


def _repair(root: LexborNode) -> None:
    """Frees a lead picture of the headline that stands as its alternative text, and a credit of its closing bar."""
    for caption in root.css("span.lead_image_caption"):
        before = caption.prev
        while before is not None and before.tag == "-text":
            before = before.prev
        if before is not None and before.tag == "img":
            before.attrs["alt"] = ""
    for credit in root.css("span.copyright"):
        words = (credit.text() or "").strip()
        if words.endswith("|"):
            credit.inner_html = words.rstrip("| ")


SOURCE = Source(
    kind="rfa",
    name="自由亚洲电台",
    hosts=("www.rfa.org", "rfa.org"),
    markers=("#zoomattribute", "span.lead_image_caption"),
    content=("#storytext",),
    drop=(
        "#zoomattribute img",
        "div.image-caption + div#zoomattribute",
        "figure small:empty",
        "span.searchresultdate",
        "div.teaserimg",
        # lists of nothing but links to its other articles, put after the first paragraph
        "ul:has(a[href*='rfa.org/']):not(:has(a[href]:not([href*='rfa.org/'])))",
    ),
    captions=("span.lead_image_caption", "div.image-caption > span:not(.copyright)", "figcaption.image-caption"),
    credits=("span.copyright",),
    # 6-MMDDYYYYhhmmss.html, on a clock whose zone nobody states
    url_date=re.compile(r"-(?P<month>\d\d)(?P<day>\d\d)(?P<year>20\d\d)\d{6}\.html"),
    # a line of credits ends the article; `记者：` with a question after it is a turn of an interview
    reporters=re.compile(
        rf"(?:(?:记者|記者|撰稿)\s*[：:]|(?:自由亚洲|自由亞洲)(?:电台|電台)?\S{{0,6}}?(?:记者|記者))\s*(?P<names>{NAMES})"
        rf"(?={REPORTED}|[、，,；;\s]*{EDITING}|\s*(?:[）)。]|\Z))"
    ),
    editors=re.compile(
        rf"{EDITING}(?:\s*[：:]\s*|\s+)(?P<names>{NAMES})(?=[、，,；;\s]*(?:{EDITING}|网络编辑)|\s*(?:[）)。]|\Z))"
    ),
    repair=_repair,
    is_newspaper=True,
)
