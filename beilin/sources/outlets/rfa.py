"""自由亚洲电台 Radio Free Asia: the templates of 2020, of 2021 and of the RSSHub feed."""

import re

from selectolax.lexbor import LexborNode

from beilin.sources.declaration import Source

NAME = r"(?![网網责責编編])[^\s：:；;（）()、,，。“”]{2,4}?"
NAMES = rf"{NAME}(?:(?:\s{{0,4}}[、,，]\s{{0,4}}|\s{{1,8}}){NAME}){{0,7}}?"
EDITING = r"(?:责编|責編|责任编辑|責任編輯|網編|网编|编辑|編輯)"
CITY = (
    "(?:台北|香港|北京|华盛顿|纽约|旧金山|洛杉矶|多伦多|渥太华|温哥华|"
    "巴黎|伦敦|柏林|悉尼|墨尔本|东京|首尔|曼谷|达兰萨拉)"
)
PLACE = rf"{CITY}(?:、{CITY}){{0,3}}"
"""Where its reporters write from: a place is printed right after the name, `记者某某某台北报导`."""
REPORTED = rf"\s{{0,8}}(?:{PLACE}|\s\S{{2,4}})?(?:综合|采访|连线)?(?:报导|报道|報導|報道)"
OWN_LINK = ":is([href*='.rfa.org/'], [href*='.rfaweb.org/'])"
MAKING = r"(?:撰稿|制作|製作|主持|采访|採訪|摄影|攝影)"


def _repair(root: LexborNode) -> None:
    """Frees a lead picture of the headline that stands as its alternative text, and a credit of its closing bar."""
    for caption in root.css("span.lead_image_caption"):
        before = caption.prev
        while before is not None and before.tag == "-text":
            before = before.prev
        if before is not None and before.tag == "img":
            before.attrs["alt"] = ""
    for credit in reversed(root.css("span.copyright")):
        words = (credit.text() or "").strip()
        if words.endswith("|"):
            credit.inner_html = words.rstrip("| ")
    # lists of nothing but links to its other articles, put after the first paragraph
    for listing in root.css(
        "ul:has(a[href*='.rfa']):not(:has(a[href]:not([href*='.rfa.org/'], [href*='.rfaweb.org/'])))"
    ):
        linked = "".join(link.text() or "" for link in listing.css("a"))
        if linked.split() and "".join(linked.split()) == "".join((listing.text() or "").split()):
            listing.attrs["data-related"] = ""


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
        "ul[data-related]",
    ),
    captions=("span.lead_image_caption", "div.image-caption > span:not(.copyright)", "figcaption.image-caption"),
    credits=("span.copyright",),
    # 6-MMDDYYYYhhmmss.html, on a clock whose zone nobody states
    url_date=re.compile(r"-(?P<month>\d\d)(?P<day>\d\d)(?P<year>20\d\d)(?P<clock>\d{6})\.html"),
    # a line of credits ends the article; `记者：` with a question after it is a turn of an interview,
    # and `记者某某` without a mark is a credit only where editors follow
    reporters=re.compile(
        rf"(?:(?:记者|記者|{MAKING}(?:、{MAKING}){{0,4}})\s{{0,4}}[：:]|(?:自由亚洲|自由亞洲)(?:电台|電台)?\S{{0,6}}?(?:记者|記者)|"
        rf"(?P<unmarked>\A[（(]?(?:特约|特約)?(?:记者|記者)))\s{{0,8}}(?P<names>{NAMES})"
        rf"(?(unmarked)(?=(?:{REPORTED})?[、，,；;\s]{{0,12}}{EDITING})|"
        rf"(?={REPORTED}|[、，,；;\s]{{0,12}}{EDITING}|\s{{0,8}}(?:[）)。]|\Z)))"
    ),
    editors=re.compile(
        rf"{EDITING}(?:\s{{0,4}}[：:]\s{{0,8}}|\s{{1,8}})(?P<names>{NAMES})(?=[、，,；;\s]{{0,12}}(?:{EDITING}|网络编辑)|\s{{0,8}}(?:[）)。]|\Z))"
    ),
    repair=_repair,
    is_newspaper=True,
)
