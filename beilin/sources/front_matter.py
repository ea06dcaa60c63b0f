"""The front matter of a capture: text until we type it, and recovered where its quotes are broken."""

import re
from dataclasses import dataclass
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from beilin.model.capture import FrontMatter

FENCE = re.compile(r"\A\s*---[ \t]*\n(?P<matter>.*?)(?:\n|(?<=\n))---[ \t]*(?:\n|\Z)(?P<body>.*)\Z", re.DOTALL)
_KEY_LINE = re.compile(r"(?P<key>[A-Za-z_][\w -]*?)[ \t]*:(?:[ \t]+(?P<value>.*))?$")

MOST_BRACKETS = 1000
"""The C parser of YAML ends the whole program on some ten thousand nested lists."""
_BARE_QUOTES = re.compile(r'^[A-Za-z_][\w -]*:[ \t]+"(?!(?:[^"\\\n]|\\.)*"[ \t]*$)[^\n]*"[ \t]*$', re.MULTILINE)
"""A value in quotes with a bare quote inside: where `#` follows that, YAML takes the rest for a comment."""
_SURROGATES = re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
"""How JSON writes a character beyond the first plane, which YAML does not know."""

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Loads every scalar as the text that was written: `no`, `007` and `12:30` stay what they are."""


class _TextHandler(YAMLHandler):
    """Front matter between the first line `---` and the next; `------` and later rules belong to the body."""

    def detect(self, text: str) -> bool:
        return FENCE.match(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        match = FENCE.match(text)
        assert match is not None
        return match["matter"], match["body"]

    def load(self, fm: str, **_kwargs: object) -> Any:
        return yaml.load(fm, Loader=_Loader)  # noqa: S506 - a base loader makes nothing but str, list and dict


_HANDLER = _TextHandler()


@dataclass(frozen=True, slots=True)
class Split:
    """A file's front matter and body."""

    matter: FrontMatter
    body: str
    body_line: int
    """The line at which `body` starts, from 1."""
    is_recovered: bool
    """Whether the front matter is not YAML and was read line by line."""


def split_front_matter(text: str) -> Split:
    """The front matter of `text`, empty if it has none."""
    match = FENCE.match(text)
    if match is None or not _KEY_LINE.search(match["matter"].strip("\n").split("\n")[0]):
        return Split({}, text, 1, is_recovered=False)
    line = text.count("\n", 0, match.start("body")) + 1
    try:
        if match["matter"].count("[") + match["matter"].count("{") > MOST_BRACKETS:
            raise yaml.YAMLError("nested too deep")
        if _BARE_QUOTES.search(match["matter"]):
            raise yaml.YAMLError("quotes inside quotes")
        loaded, _ = frontmatter.parse(_with_whole_characters(text), handler=_HANDLER)
    except yaml.YAMLError:
        return Split(_recover(match["matter"]), match["body"], line, is_recovered=True)
    return Split(_typed(loaded), match["body"], line, is_recovered=False)


def _with_whole_characters(text: str) -> str:
    def whole(pair: re.Match[str]) -> str:
        return (chr(int(pair[1], 16)) + chr(int(pair[2], 16))).encode("utf-16", "surrogatepass").decode("utf-16")

    return _SURROGATES.sub(whole, text)


def _typed(loaded: object) -> FrontMatter:
    if not isinstance(loaded, dict):
        return {}
    matter: dict[str, str | list[str]] = {}
    for key, value in loaded.items():
        if isinstance(value, list):
            matter[str(key).strip().lower()] = [item for item in value if isinstance(item, str)]
        elif isinstance(value, str):
            matter[str(key).strip().lower()] = value
    return matter


def _recover(text: str) -> FrontMatter:
    """Keys and values line by line: a quoted value runs from its first quote to the line's last; `\\"` is an escape."""
    matter: dict[str, str | list[str]] = {}
    pending: str | None = None
    for line in text.split("\n"):
        match = _KEY_LINE.match(line)
        if match and not line[0].isspace():
            key, value = match["key"].strip().lower(), (match["value"] or "").strip()
            pending = key if value in ("", "[") else None
            matter[key] = [] if pending else _value(value)
        elif pending and (item := line.strip().strip(",").removeprefix("- ").strip()) not in ("", "]"):
            items = matter[pending]
            assert isinstance(items, list)
            items.append(_unquoted(item))
    return matter


def _value(written: str) -> str | list[str]:
    if written.startswith("[") and written.endswith("]"):
        return [_unquoted(item.strip()) for item in written[1:-1].split(",") if item.strip()]
    return _unquoted(written)


def _unquoted(written: str) -> str:
    if len(written) > 1 and written[0] == '"' and '"' in written[1:]:
        return written[1 : written.rindex('"')].replace('\\"', '"')
    if len(written) > 1 and written[0] == "'" and written[-1] == "'":
        return written[1:-1].replace("''", "'")
    return written


def first(matter: FrontMatter, *keys: str) -> str:
    """The first non-empty value among `keys`; of a list its first item."""
    for key in keys:
        value = matter.get(key)
        text = value[0] if isinstance(value, list) and value else value
        if isinstance(text, str) and text.strip() and text.strip().lower() not in ("null", "~"):
            return text.strip()
    return ""


def every(matter: FrontMatter, *keys: str) -> tuple[str, ...]:
    """All values of `keys`, a lone string counting as a list of one, or of several at its commas."""
    found: list[str] = []
    for key in keys:
        value = matter.get(key)
        items = re.split(r"[,，、;；]", value) if isinstance(value, str) else value or []
        found.extend(item.strip() for item in items if item.strip())
    return tuple(dict.fromkeys(found))
