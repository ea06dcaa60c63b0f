"""Web addresses as people and programs write them: mended, made absolute, freed of what tracks or betrays."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from beilin.text.redaction import SHARER_PARAMETERS

TRACKING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|\w+_\w+)|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|spm|yclid|_ga|ref_src|"
    r"__twitter_impression|cmpid|ocid)",
    re.I,
)
"""Query parameters that only tell whoever runs the site where a reader came from."""

WECHAT_HOST = "mp.weixin.qq.com"
WECHAT_PARAMETERS = ("__biz", "mid", "idx", "sn")
"""What addresses a WeChat post in its long form; everything else there is about the reader (chksm, scene, …)."""

PROXIES = re.compile(r"https?://(?:images\.weserv\.nl|wsrv\.nl)/?\?url=(?P<inner>[^&\s]+)", re.I)
"""Image proxies that feeds put before the real address."""

EXITS = re.compile(r"https?://link\.zhihu\.com/?\?(?:[^#\s]*&)?target=(?P<inner>[^&#\s]+)", re.I)
"""Pages that only ask whether a reader wants to leave, before the address to which a link leads."""

LINK_SCHEMES = ("http", "https", "mailto")
TRAILING_PUNCTUATION = ".,;:!?'\"…）)]】》」』"
ADDRESS_IN_TEXT = re.compile(r"https?://[!-~]{3,}")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufdd0-\ufdef]")
_ABSOLUTE = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_DOUBLY_ENCODED = re.compile(r"%25([0-9A-Fa-f]{2})")
_URL_CHARACTERS = "%/:=&?~#+!$,;'@()*[]|"
"""What stays as it is in an address, beside letters, digits and `_.-`."""
_NOT_URL_CHARACTER = re.compile(rf"[^\w.{re.escape(_URL_CHARACTERS)}-]", re.ASCII)


def clean_link(address: str, base: str | None) -> str | None:
    """`address` as an absolute http(s) or mailto link without tracking; None if it leads nowhere a reader may go.

    `base` is the address of the page that held it.
    """
    address = _FORBIDDEN.sub("", address.replace("\\/", "/")) if "\n" in address or "\t" in address else address.strip()
    address = _FORBIDDEN.sub("", address)
    if not address or address.startswith("#"):
        return None
    try:
        absolute = address if _ABSOLUTE.match(address) else _joined(address, base)
        parts = urlsplit(absolute)
    except ValueError:
        return None
    if parts.scheme.lower() == "mailto":
        return _quoted(absolute)
    if parts.scheme.lower() not in LINK_SCHEMES or not parts.hostname:
        return None
    return without_tracking(absolute)


def _joined(address: str, base: str | None) -> str:
    if base:
        return urljoin(base, address)
    return "https:" + address if address.startswith("//") else address


def _quoted(part: str) -> str:
    """`part` of an address with what may not stand there percent-encoded."""
    return quote(part, safe=_URL_CHARACTERS) if _NOT_URL_CHARACTER.search(part) else part


def without_tracking(url: str) -> str:
    """`url` with its percent-encoding repaired and without parameters that track a reader or name a sharer."""
    proxy = PROXIES.match(url)
    if proxy:
        inner = unquote(proxy["inner"])
        url = inner if re.match(r"https?://", inner) else "https://" + inner.removeprefix("ssl:").lstrip("/")
    if (exit_page := EXITS.match(url)) and _ABSOLUTE.match(inner := unquote(exit_page["inner"])):
        url = inner
    try:
        parts = urlsplit(_DOUBLY_ENCODED.sub(r"%\1", url))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return _quoted(url)
    # a user name in front of a host is a way to lie about where a link leads
    netloc = host + (f":{port}" if port else "") if "@" in parts.netloc else parts.netloc
    query, fragment = parts.query, parts.fragment
    if host == WECHAT_HOST:
        query, fragment = _wechat_query(query), ""
    elif query:
        query = _query_without(query)
    return urlunsplit((parts.scheme.lower(), netloc, _quoted(parts.path), _quoted(query), _quoted(fragment)))


def _wechat_query(query: str) -> str:
    fields = dict(parse_qsl(query))
    return urlencode([(name, fields[name]) for name in WECHAT_PARAMETERS if name in fields], safe="=")


def _query_without(query: str) -> str:
    kept = [
        field
        for field in query.split("&")
        if not TRACKING.fullmatch(name := field.partition("=")[0]) and name.lower() not in SHARER_PARAMETERS
    ]
    return "&".join(kept)


def address_in_text(found: str) -> tuple[str, str]:
    """A match of `ADDRESS_IN_TEXT` as the address proper and the punctuation of the sentence around it."""
    end = len(found)
    unopened = found.count(")") - found.count("(")
    while end and found[end - 1] in TRAILING_PUNCTUATION:
        if found[end - 1] == ")":
            if unopened <= 0:
                break
            unopened -= 1
        end -= 1
    return found[:end], found[end:]


def host_of(url: str | None) -> str:
    """The lower-case host of `url`, empty if it has none."""
    try:
        return (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return ""
