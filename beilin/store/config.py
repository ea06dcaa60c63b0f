"""`content/site.toml`, read and judged whole: every mistake is named at once."""

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from beilin.model.site import Site

SETTINGS_FILE = "site.toml"
_HOST = re.compile(r"[^\s/:@?#\\]+")
_TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)$| \(at end of document\)$")


class ConfigurationError(Exception):
    """What must be mended before anything can be built: `mistakes` holds one line each, `path:line: code: message`."""

    def __init__(self, *mistakes: str) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes

    def __str__(self) -> str:
        return "\n".join(self.mistakes)


class SettingError(Exception):
    """One setting that cannot stand."""

    def __init__(self, code: str, message: str, *, at: str = "") -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.at = at
        """The key inside a table, where it is not the setting as a whole."""


def load_site(
    content: Path, *, kinds: Collection[str], languages: Collection[str], base_url: str | None = None
) -> Site:
    """The configuration of the archive in `content`; defaults for what `site.toml` leaves out, or where there is none.

    `kinds` are those that `[hosts]` may name, `languages` those of the theme; `base_url` overrides the file's.
    Raises `ConfigurationError` with every mistake.
    """
    path = content / SETTINGS_FILE
    text = _read(path)
    values, mistakes = {}, []
    readers = _readers(kinds, languages)
    for name, value in _tables(path, text).items():
        try:
            values[name] = _reader(readers, name)(value)
        except SettingError as mistake:
            line = _line_of(text, name, mistake.at)
            mistakes.append(f"{path.as_posix()}:{line}: {mistake.code}: {mistake.message}")
    if base_url is not None:
        try:
            values["base_url"] = _base_url(base_url)
        except SettingError as mistake:
            mistakes.append(f"--base-url: {mistake.code}: {mistake.message}")
    if "language" not in values and Site().language not in languages:
        mistakes.append(
            f"{path.as_posix()}:1: language-unknown: the theme has no {Site().language}; {_choice(languages)}"
        )
    if mistakes:
        raise ConfigurationError(*mistakes)
    return replace(Site(), **values)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ConfigurationError(f"{path.as_posix()}:1: settings-unreadable: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = "not UTF-8; save the file as UTF-8"
        raise ConfigurationError(f"{path.as_posix()}:{line}: settings-encoding: {message}") from error


def _tables(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_LINE.search(str(error))
        line = place[1] if place and place[1] else text.count("\n") + 1
        message = _TOML_LINE.sub("", str(error))
        raise ConfigurationError(
            f"{path.as_posix()}:{line}: settings-syntax: {message}; see https://toml.io"
        ) from error


def _line_of(text: str, name: str, key: str) -> int:
    """The line that sets `name`, or `key` inside the table `name`; 1 if the way it is written hides it."""
    quoted = r"[\"']?{}[\"']?\s*"
    start = re.search(rf"^\s*\[\s*{quoted.format(re.escape(name))}\]", text, re.MULTILINE)
    if key and start:
        setting = re.compile(rf"^\s*{quoted.format(re.escape(key))}=", re.MULTILINE).search(text, start.end())
        start = setting or start
    start = start or re.search(rf"^\s*{quoted.format(re.escape(name))}[.=]", text, re.MULTILINE)
    return text.count("\n", 0, start.end()) + 1 if start else 1


Reader = Callable[[Any], Any]


def _readers(kinds: Collection[str], languages: Collection[str]) -> Mapping[str, Reader]:
    return {
        "title": _title,
        "description": _text,
        "base_url": _base_url,
        "language": partial(_language, languages),
        "timezone": _timezone,
        "licence": _text,
        "ignored_tags": _texts,
        "source_names": _names,
        "hosts": partial(_hosts, kinds),
        "expected_unpublished": _texts,
        "publish_captures": _yes_or_no,
    }


def _reader(readers: Mapping[str, Reader], name: str) -> Reader:
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


def _base_url(value: Any) -> str:
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
