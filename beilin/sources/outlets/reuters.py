"""路透中文网 Reuters, Chinese site."""

import re

from beilin.sources.declaration import Source

NAMES = r"[^\s；;，,/／]{2,4}(?:[/／、][^\s；;，,/／]{2,4})*"

SOURCE = Source(
    kind="reuters",
    name="路透中文网",
    hosts=("cn.reuters.com",),
    markers=("div.Attribution_content", "div[class*='BackdropImage']"),
    drop=("[class*='trustBadgeContainer']", "[class*='TrustBadge']"),
    captions=("[class*='Image_caption']", "div > small"),
    # 编译 某某；审校 某某
    reporters=re.compile(rf"(?:^|\n)整理\s+(?P<names>{NAMES})"),
    translators=re.compile(rf"(?:^|\n)(?:编译|翻译)\s+(?P<names>{NAMES})"),
    editors=re.compile(rf"审校\s+(?P<names>{NAMES})\s*$"),
    is_newspaper=True,
)
