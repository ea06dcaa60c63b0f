"""What an address in a page or style sheet means: a file of the site, another host, or nothing that may be there."""

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_UNSAFE = frozenset({"javascript", "vbscript", "data", "file", "blob", "filesystem", "about"})
# Browsers drop these before they read an address.
_EDGES = "".join(map(chr, range(33)))
_INNER = str.maketrans("", "", "\t\n\r")


@dataclass(frozen=True, slots=True)
class Target:
    """A place inside the site."""

    path: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Fault:
    """An address that must not be there."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address stands."""

    path: str
    """Of the page or style sheet, below the site."""
    base_url: str
    """Of the site, ending in `/`; empty if it has none."""


def follow(url: str, place: Place) -> Target | Fault | None:
    """Where a link that a reader may follow leads; None out of the site."""
    url = url.translate(_INNER).strip(_EDGES)
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() in _UNSAFE:
        return Fault("address-unsafe", f"{scheme[1].lower()}: may not be in a link")
    if scheme:
        if place.base_url and url.startswith(place.base_url):
            return _under_base(url.removeprefix(place.base_url))
        return None
    return _inside(url, place)


def load(url: str, place: Place) -> Target | Fault | None:
    """The file that a browser fetches by itself; a fault if that is not one of the site."""
    url = url.translate(_INNER).strip(_EDGES)
    if _SCHEME.match(url) or url.replace("\\", "/").startswith("//"):
        return Fault("loads-elsewhere", f"{url[:80]} is not a file of the site")
    return _inside(url, place)


def _inside(url: str, place: Place) -> Target | Fault | None:
    if url.replace("\\", "/").startswith("/"):
        # What is not found may be at any depth, so that page alone cannot say where the root is.
        if place.path == "404.html" and not url.replace("\\", "/").startswith("//"):
            root = urlsplit(place.base_url).path or "/"
            if url.startswith(root):
                return _under_base(url.removeprefix(root))
        return Fault("link-absolute", f"{url[:80]} works neither under another path nor from a disk; make it relative")
    before, _, fragment = url.partition("#")
    path = unquote(before.partition("?")[0])
    fragment = unquote(fragment.partition(":~:")[0])
    if not path:
        return Target(place.path, fragment)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(place.path), path))
    if joined == ".." or joined.startswith("../"):
        return Fault("link-broken", f"{url[:80]} leads out of the site")
    if path.endswith(("/", "/.", "/..")) or path in (".", ".."):
        return Fault("link-folder", f"{url[:80]} names a folder, which a disk does not open; name its index.html")
    return Target(joined, fragment)


def _under_base(url: str) -> Target:
    before, _, fragment = url.partition("#")
    path = unquote(before.partition("?")[0])
    return Target(path + "index.html" if not path or path.endswith("/") else path, unquote(fragment))
