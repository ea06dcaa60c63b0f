"""联合早报 Lianhe Zaobao."""

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="zaobao",
    name="联合早报",
    hosts=("www.zaobao.com", "www.zaobao.com.sg", "beltandroad.zaobao.com"),
    markers=("section#imu", "#dfp-ad-imu1", "#innity-in-post", "div.figure-media"),
    drop=("section#imu", "[id^='dfp-ad']", "#innity-in-post", "div.cx_paywall_placeholder", "div.tint"),
    captions=("div.figure-media + figcaption",),
    is_newspaper=True,
)
