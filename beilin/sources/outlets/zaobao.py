"""联合早报 Lianhe Zaobao."""

import re

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="zaobao",
    name="联合早报",
    hosts=("www.zaobao.com", "www.zaobao.com.sg", "beltandroad.zaobao.com"),
    markers=("section#imu", "#dfp-ad-imu1", "#innity-in-post", "div.figure-media"),
    drop=("section#imu", "[id^='dfp-ad']", "#innity-in-post", "div.cx_paywall_placeholder", "div.tint"),
    captions=("div.figure-media + figcaption",),
    # …/story20231028-1446319
    url_date=re.compile(r"/story(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)-"),
    is_newspaper=True,
)
