"""Permanent identifiers: ten characters from the address or the bytes, and a check character after them.

Everything here is frozen. Two people who build the same captures must get the same identifiers for decades, so a
better rule is a new version of the normalisation beside this one, and the ledger says which one each address came from.
"""

import hashlib
import re
from urllib.parse import parse_qsl, quote, unquote, urlsplit

ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"
"""NOID's extended digits: no vowels, so no words; no `l`, no `y`."""
LENGTH = 10
NORMALISATION = 1
"""Version of `normalise_url`."""

_VALID = re.compile(rf"[{ALPHABET}]{{{LENGTH + 1}}}")
_IGNORED_PARAMETERS = re.compile(
    r"utm_\w+|at_medium|at_campaign|at_custom\d+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|spm|yclid|_ga|ref_src",
    re.IGNORECASE,
)
_WECHAT_PARAMETERS = ("__biz", "mid", "idx", "sn")
_SAFE_IN_PATH = "-._~!$'()*+,;:@"
_SAFE_IN_QUERY = "-._~!$'()*,;:@"
"""A plus sign in a query stands for a space unless it is encoded."""
_DOUBLY_ENCODED = re.compile(r"%25([0-9A-Fa-f]{2})")


def identifier_of_url(url: str) -> str:
    """The identifier of the page at `url`, eleven characters."""
    return _identifier(f"url:{normalise_url(url)}".encode())


def identifier_of_bytes(sha256: str) -> str:
    """The identifier of a capture without an address, from the hex digest of its bytes, eleven characters."""
    return _identifier(f"sha256:{sha256}".encode("ascii"))


def _identifier(name: bytes) -> str:
    number = int.from_bytes(hashlib.sha256(name).digest(), "big")
    digits = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    stem = "".join(digits)
    return stem + check_character(stem)


def check_character(stem: str) -> str:
    """The NOID check character over `stem`: the sum of position (from 1) times value, modulo 29."""
    return ALPHABET[sum(position * ALPHABET.index(digit) for position, digit in enumerate(stem, 1)) % len(ALPHABET)]


def is_identifier(text: str) -> bool:
    """Whether `text` is well formed and its check character holds."""
    return _VALID.fullmatch(text) is not None and check_character(text[:LENGTH]) == text[LENGTH]


def normalise_url(url: str) -> str:
    """The form of `url` that identifies its page: version 1 of the normalisation.

    Scheme https for http, lower-case host without default port, percent-encoding repaired and in one form, dot
    segments resolved, parameters sorted and those that track or share left out, no fragment, no final slash.
    """
    url = url.strip().encode("utf-8", "replace").decode()
    try:
        parts = urlsplit(url)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return url
    scheme = "https" if parts.scheme.lower() in ("http", "https") else parts.scheme.lower()
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    path, fields = _path(parts.path), _fields(parts.query)
    if host == "youtu.be" and len(path) > 1:
        netloc, path, fields = "www.youtube.com", "/watch", [("v", path[1:])]
    if host == "mp.weixin.qq.com":
        fields = [(name, value) for name, value in fields if name in _WECHAT_PARAMETERS]
    if netloc in ("youtube.com", "m.youtube.com", "www.youtube.com") and path == "/watch":
        netloc, fields = "www.youtube.com", [(name, value) for name, value in fields if name == "v"]
    kept = sorted((name, value) for name, value in fields if not _IGNORED_PARAMETERS.fullmatch(name))
    query = "&".join(f"{_encode(name, _SAFE_IN_QUERY)}={_encode(value, _SAFE_IN_QUERY)}" for name, value in kept)
    return f"{scheme}://{netloc}{path}" + (f"?{query}" if query else "")


def _host(host: str) -> str:
    """Lower case, internationalised names in their ASCII form, IPv6 in brackets."""
    host = host.lower().rstrip(".")
    if ":" in host:
        return f"[{host}]"
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _path(path: str) -> str:
    segments: list[str] = []
    for segment in _repaired(path).split("/"):
        plain = unquote(segment, errors="surrogateescape")
        if plain == "..":
            segments = segments[:-1] if len(segments) > 1 else segments
        elif plain != ".":
            segments.append(_encode(plain, _SAFE_IN_PATH))
    return "/".join(segments).rstrip("/") or "/"


def _fields(query: str) -> list[tuple[str, str]]:
    return parse_qsl(_repaired(query), keep_blank_values=True, encoding="utf-8", errors="surrogateescape")


def _repaired(text: str) -> str:
    """`text` without percent-encoding of percent-encoding, however often it was repeated."""
    while (repaired := _DOUBLY_ENCODED.sub(r"%\1", text)) != text:
        text = repaired
    return text


def _encode(text: str, safe: str) -> str:
    return quote(text, safe=safe, errors="surrogateescape")
