"""`content/site.toml`, read and judged whole: every mistake is named at once."""

import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from beilin.model.site import Site
from beilin.store.settings import SettingError, find_reader, known_settings, read_base_url
from beilin.store.toml_files import ConfigurationError, read_tables, read_text

SETTINGS_FILE = "site.toml"


def load_site(
    content: Path, *, kinds: Collection[str], languages: Collection[str], base_url: str | None = None
) -> Site:
    """The configuration of the archive in `content`; defaults for what `site.toml` leaves out, or where there is none.

    `kinds` are those that `[hosts]` may name, `languages` those of the theme; `base_url` overrides the file's.
    Raises `ConfigurationError` with every mistake.
    """
    path = content / SETTINGS_FILE
    text = read_text(path, "settings") or ""
    values: dict[str, Any] = {}
    mistakes = []
    known = known_settings(kinds, languages)
    settings = read_tables(text, path, "settings")
    settings.setdefault("language", Site().language)
    for name, value in settings.items():
        try:
            values[name] = find_reader(known, name)(value)
        except SettingError as mistake:
            line = _line_of(text, name, mistake.at)
            mistakes.append(f"{path.as_posix()}:{line}: {mistake.code}: {mistake.message}")
    if base_url is not None:
        try:
            values["base_url"] = read_base_url(base_url)
        except SettingError as mistake:
            mistakes.append(f"--base-url: {mistake.code}: {mistake.message}")
    if mistakes:
        raise ConfigurationError(*mistakes)
    return replace(Site(), **values)


def _line_of(text: str, name: str, key: str) -> int:
    """The line that sets `name`, or `key` inside the table `name`; 1 if the way it is written hides it."""
    quoted = r"[\"']?{}[\"']?\s*"
    start = re.search(rf"^\s*\[\s*{quoted.format(re.escape(name))}\]", text, re.MULTILINE)
    if key and start:
        setting = re.compile(rf"^\s*{quoted.format(re.escape(key))}=", re.MULTILINE).search(text, start.end())
        start = setting or start
    start = start or re.search(rf"^\s*{quoted.format(re.escape(name))}[.=]", text, re.MULTILINE)
    return text.count("\n", 0, start.end()) + 1 if start else 1
