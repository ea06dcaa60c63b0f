"""路透中文网 Reuters, Chinese site."""

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="reuters",
    name="路透中文网",
    hosts=("cn.reuters.com",),
    markers=("div.Attribution_content", "div[class*='BackdropImage']"),
    drop=("[class*='trustBadgeContainer']", "[class*='TrustBadge']"),
    captions=("[class*='Image_caption']", "div > small"),
    is_newspaper=True,
)
