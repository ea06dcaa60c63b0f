"""Pictures of captured pages: where the real address hides, how large they were, and what stands in their place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from beilin.text.addresses import clean_link
from beilin.text.characters import one_line, shortened

ADDRESS_ATTRIBUTES = (
    "data-src",
    "data-original",
    "data-actualsrc",
    "data-lazy-src",
    "data-cfsrc",
    "data-lazyload",
    "data-url",
    "src",
)
"""Where lazy loading keeps the real address until the reader scrolls, the surest first."""

LONGEST_STAND_IN = 1000
"""Characters; a `data:` picture that is no longer is the blank that lazy loading shows, or an icon."""
WIDE = 300
"""Pixels; no sticker or formula is so wide."""
SMALLEST_BLOCK = 50
"""Pixels; what is no wider stands in a line of text as a sticker, an icon or a formula."""
PIXEL = 2
LARGEST_RATIO = 40
DEFAULT_RATIO = 6
"""Height over width in tenths: 3:5, the commonest of the captures' photographs, where nothing says."""

FURNITURE = (
    *("icon-zoom", "/servicelinks/", "share-icon", "shareicon", "/icons/share"),
    *("/feedburner", "stat?event", "/pixel.", "spacer.gif", "/blank.gif", "/blank.png"),
    *("feeds.wordpress.com", "pixel.wp.com", "b.scorecardresearch", "google-analytics", "doubleclick.net"),
)
"""What stands in the addresses of zoom and share icons and of counting pixels, in lower case."""

NO_CAPTION = re.compile(
    r"|图片|image|img|file|filev|photo|picture|插图|配图|null|undefined|.*\.(?:jpe?g|png|gif|webp|svg)", re.I
)
"""Alternative texts that say nothing."""

LABELS = {"zh-Hans": "图片", "zh-Hant": "圖片", "en": "Picture"}
MISSING = {"zh-Hans": "图片未存档", "zh-Hant": "圖片未存檔", "en": "Picture not archived"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the original page."""

    address: str
    """Empty if the page held the picture itself, as a `data:` address."""
    alt: str
    """What it shows, in the page's words; empty if they say nothing."""
    ratio: int
    """Height over width in tenths, 1 to 40."""
    is_small: bool
    """Whether it belongs into a line of text."""
    is_wide: bool = False
    """Whether it stands by itself even where the page has text right after it."""


def read_picture(attributes: Mapping[str, str | None], base: str | None) -> Picture | None:
    """The picture that an `img` with `attributes` on a page at `base` stands for; None if it is a pixel or an icon."""
    address = _address(attributes, base)
    if address is None and len(attributes.get("src") or "") > LONGEST_STAND_IN:
        address = ""
    if address is None or _is_furniture(address.lower()):
        return None
    width = _pixels(attributes.get("data-w") or attributes.get("data-width") or attributes.get("width"))
    height = _pixels(attributes.get("height") or attributes.get("data-height"))
    if (width and width <= PIXEL) or (height and height <= PIXEL):
        return None
    alt = shortened(attributes.get("alt") or "", 200)
    return Picture(
        address=address,
        alt="" if NO_CAPTION.fullmatch(alt) else alt,
        ratio=_ratio(attributes, width, height),
        is_small=bool(width and width <= SMALLEST_BLOCK) or "wp-smiley" in (attributes.get("class") or ""),
        is_wide=bool(width and width >= WIDE),
    )


def _mended(address: str) -> str:
    """`address` without what WordPress's lazy loading adds to it: a parameter, inside an ampersand's number."""
    if "is-pending-load=1" not in address:
        return address
    path, _, query = address.replace("#038;", "&").partition("?")
    fields = [field for field in query.split("&") if field and field != "is-pending-load=1"]
    return f"{path}?{'&'.join(fields)}" if fields else path


def _is_furniture(address: str) -> bool:
    return any(part in address for part in FURNITURE)


def _address(attributes: Mapping[str, str | None], base: str | None) -> str | None:
    for name in ADDRESS_ATTRIBUTES:
        value = attributes.get(name)
        if value and not value.lstrip().lower().startswith("data:"):
            address = clean_link(value, base)
            if address and address.startswith("http"):
                return _mended(address)
    for name in ("data-lazy-srcset", "data-srcset", "srcset"):
        address = _largest(attributes.get(name) or "", base)
        if address:
            return _mended(address)
    return None


def _largest(srcset: str, base: str | None) -> str | None:
    """The candidate with the greatest width or density of a `srcset`."""
    best: tuple[float, str] | None = None
    for candidate in re.findall(r"([^\s,]\S*[^\s,])(?:\s+([\d.]+)[wx])?\s*(?:,|$)", srcset):
        address = clean_link(candidate[0], base)
        size = float(candidate[1]) if re.fullmatch(r"\d+(?:\.\d+)?", candidate[1]) else 1.0
        if address and address.startswith("http") and (best is None or size > best[0]):
            best = size, address
    return best[1] if best else None


def _pixels(written: str | None) -> int | None:
    match = re.match(r"\s*(\d{1,5})", written or "")
    return int(match[1]) if match and "%" not in (written or "") else None


def _ratio(attributes: Mapping[str, str | None], width: int | None, height: int | None) -> int:
    written = attributes.get("data-ratio") or ""
    if re.fullmatch(r"\d+(?:\.\d+)?", written) and float(written) > 0:
        tenths = round(float(written) * 10)
    elif width and height:
        tenths = round(height / width * 10)
    else:
        tenths = DEFAULT_RATIO
    return min(max(tenths, 1), LARGEST_RATIO)


def placeholder(picture: Picture, lang: str) -> str:
    """Markup that stands for a picture that is not archived, alone on its line."""
    return (
        f'<span class="picture-missing ratio-{picture.ratio}" role="img" aria-label="{_label(picture, lang)}">'
        f'<span class="picture-label">{MISSING.get(lang, MISSING["zh-Hans"])}</span>'
        f"{_printed_address(picture)}</span>"
    )


def _printed_address(picture: Picture) -> str:
    return f'<span class="picture-address">{escape(picture.address, quote=False)}</span>' if picture.address else ""


def sticker(picture: Picture, lang: str) -> str:
    """Markup that stands for a small picture in a line of text."""
    return f'<span class="sticker-missing" role="img" aria-label="{_label(picture, lang)}">▢</span>'


def _label(picture: Picture, lang: str) -> str:
    kind = LABELS.get(lang, LABELS["zh-Hans"])
    separator = ": " if lang == "en" else "："
    return escape(f"{kind}{separator}{one_line(picture.alt)}" if picture.alt else kind)
