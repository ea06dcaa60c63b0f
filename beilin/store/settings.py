"""The settings of `site.toml` one by one: what each may be, and what to say where it is not."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from beilin.model.site import Redirects
from beilin.pages.former import NAMING, TOKEN, TOKENS

_HOST = re.compile(r"[^\s/:@?#\\]+")


class SettingError(Exception):
    """One setting that cannot stand."""

    def __init__(self, code: str, message: str, *, at: str = "") -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.at = at
        """The key inside a table, where it is not the setting as a whole."""


Reader = Callable[[Any], Any]


def known_settings(kinds: Collection[str], languages: Collection[str]) -> Mapping[str, Reader]:
    """What turns each setting's value as TOML gives it into that of `Site`, or raises `SettingError`."""
    return {
        "title": _title,
        "description": _text,
        "base_url": read_base_url,
        "language": partial(_language, languages),
        "timezone": _timezone,
        "licence": _text,
        "ignored_tags": _texts,
        "source_names": _names,
        "hosts": partial(_hosts, kinds),
        "expected_unpublished": _texts,
        "redirects": _redirects,
        "publish_captures": _yes_or_no,
    }


def find_reader(readers: Mapping[str, Reader], name: str) -> Reader:
    """The reader of the setting `name`; raises `SettingError` if there is no such setting."""
    if name in readers:
        return readers[name]
    near = get_close_matches(name.lower().replace("-", "_"), readers, n=1)
    advice = f"did you mean {near[0]}?" if near else f"known are {', '.join(readers)}"
    raise SettingError("setting-unknown", f"there is no setting {name!r}; {advice}")


def _wrong_type(wanted: str, value: object) -> SettingError:
    return SettingError("setting-type", f"expected {wanted}, found {value!r}")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong_type('text in quotation marks, such as "…"', value)
    return value.strip()


def _title(value: Any) -> str:
    title = " ".join(_text(value).split())
    if not title:
        raise SettingError("title-empty", "the title is empty; give one, or leave the line out")
    return title


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise _wrong_type('a list of texts, such as ["…", "…"]', value)
    return tuple(value)


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong_type("true or false", value)
    return value


def read_base_url(value: Any) -> str:
    """The address of a site's root, ending in `/`, or the empty string; raises `SettingError`."""
    url = _text(value)
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.port != 0 else None
    except ValueError:
        host = None
    advice = "write it as https://archive.example/ or https://archive.example/folder/"
    if not host or parts.scheme not in ("http", "https") or "@" in parts.netloc or re.search(r"[\s\\]", url):
        raise SettingError("base-url-unusable", f"{url!r} is not the http or https address of a site; {advice}")
    if parts.query or parts.fragment or "?" in url or "#" in url:
        raise SettingError("base-url-unusable", f"{url!r} ends in a query or fragment; {advice}")
    return url if url.endswith("/") else url + "/"


def _choice(choices: Collection[str]) -> str:
    return f"choose one of {', '.join(sorted(choices))}"


def _language(languages: Collection[str], value: Any) -> str:
    language = _text(value)
    if language not in languages:
        raise SettingError("language-unknown", f"the theme has no {language!r}; {_choice(languages)}")
    return language


def _timezone(value: Any) -> str:
    name = _text(value)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        known = False
    else:
        # What these two mean differs from machine to machine.
        known = name not in ("localtime", "posixrules")
    if not known:
        raise SettingError("timezone-unknown", f"{name!r} is no IANA time zone; write one such as Asia/Shanghai or UTC")
    return name


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    # TOML reads an unquoted `weixin.example = "wechat"` as a table inside a table.
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, value


def _names(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _wrong_type("a table [source_names]", value)
    names = {}
    for key, name in _flat(value):
        if not isinstance(name, str) or not name.strip():
            raise SettingError(
                "source-name", f"{key!r} stands for {name!r}; write the name to show in its place", at=key
            )
        names[key] = name.strip()
    return names


def _hosts(kinds: Collection[str], value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _wrong_type("a table [hosts]", value)
    hosts = {}
    for key, kind in _flat(value):
        if not _HOST.fullmatch(key):
            raise SettingError("host-unusable", f"{key!r} is not a host; write it as www.example.org", at=key)
        if kind not in kinds:
            near = get_close_matches(str(kind), kinds, n=1)
            advice = f"did you mean {near[0]}?" if near else _choice(kinds)
            raise SettingError("kind-unknown", f"{key} stands for {kind!r}, which is no kind; {advice}", at=key)
        hosts[key.lower().rstrip(".")] = kind
    return hosts


def _redirects(value: Any) -> Redirects:
    if not isinstance(value, dict):
        raise _wrong_type("a table [redirects]", value)
    readers: dict[str, Reader] = {"permalinks": _patterns, "pages": _yes_or_no}
    settings = {}
    for key, setting in value.items():
        try:
            settings[key] = find_reader(readers, key)(setting)
        except SettingError as mistake:
            raise SettingError(mistake.code, mistake.message, at=key) from mistake
    return Redirects(**settings)


def _patterns(value: Any) -> tuple[str, ...]:
    patterns = _texts(value)
    for pattern in patterns:
        tokens = TOKEN.findall(pattern)
        unknown = [f":{token}" for token in tokens if token not in TOKENS]
        if unknown:
            known = " ".join(f":{token}" for token in TOKENS)
            message = f"{pattern!r} asks for {', '.join(unknown)}; known are {known}"
            raise SettingError("permalink-unknown", message)
        if not pattern.startswith("/") or ".." in pattern or re.search(r"[\s?#\\]", pattern):
            message = f"{pattern!r} is no path of a site; write one such as /:year/:month/:title/"
            raise SettingError("permalink-unusable", message)
        if not NAMING.intersection(tokens):
            message = f"{pattern!r} is the same for every article; add :title, :slug or :filename"
            raise SettingError("permalink-unusable", message)
    return patterns
