"""Names of tags and sources as parts of addresses: in their own script, safe on every file system."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

LONGEST = 80
LONGEST_BYTES = 120
"""Of UTF-8: with folders and `page/<n>/index.html` around it, a path stays below 200 bytes."""
DIGEST_CHARACTERS = 6

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u0080-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)
"""Names that Windows keeps for devices, whatever their ending."""
_ASCII_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def slugs(names: Iterable[str]) -> dict[str, str]:
    """A slug for each name; those that would be one on some file system all end in their digest."""
    plain = {name: _plain(name) for name in names}
    counts = Counter(_collision_key(slug) for slug in plain.values())
    return {
        name: _with_digest(slug, name) if counts[_collision_key(slug)] > 1 or _needs_digest(slug) else slug
        for name, slug in plain.items()
    }


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).translate(_ASCII_LOWER)
    # macOS stores names decomposed and compares them so; NFKC output is composed and stays comparable
    text = _FORBIDDEN.sub("-", " ".join(text.split()))
    return text.strip(" ").rstrip(".") if text.strip(" .") else "-"


def _collision_key(slug: str) -> str:
    return unicodedata.normalize("NFKC", slug).casefold()


def _needs_digest(slug: str) -> bool:
    return (
        len(slug) > LONGEST
        or len(slug.encode()) > LONGEST_BYTES
        or _DEVICES.fullmatch(slug) is not None
        or slug.startswith(("-", "."))
        or slug == ""
    )


def _with_digest(slug: str, name: str) -> str:
    ending = "-" + hashlib.sha256(name.encode()).hexdigest()[:DIGEST_CHARACTERS]
    # whatever comes before the first full stop may name a device
    stem = (slug.replace(".", "-") if _DEVICES.fullmatch(slug) else slug.lstrip("."))[: LONGEST - len(ending)]
    while len((stem + ending).encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(" .") + ending
