"""自由亚洲电台 Radio Free Asia: the templates of 2020, of 2021 and of the RSSHub feed."""

import re

from beilin.sources.declaration import Source

_NAME = r"(?![网網责責编編])[^\s：:；;（）()、,，]{2,6}"
NAMES = rf"{_NAME}(?:[、,，\s]\s*{_NAME})*"
"""Names in a credit line, which runs on to the next credit: `责编：…、… 网编：…`."""

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
    ),
    captions=("span.lead_image_caption", "div.image-caption > span:not(.copyright)", "figcaption.image-caption"),
    credits=("span.copyright",),
    # 6-MMDDYYYYhhmmss.html, on a clock whose zone nobody states
    url_date=re.compile(r"-(?P<month>\d\d)(?P<day>\d\d)(?P<year>20\d\d)\d{6}\.html"),
    reporters=re.compile(rf"(?:记者|記者|撰稿)[：:]\s*(?P<names>{NAMES})"),
    editors=re.compile(rf"(?:责编|責編|责任编辑|網編|网编|编辑|編輯)[：:]?\s*(?P<names>{NAMES})"),
    is_newspaper=True,
)
