"""A theme's folder: `templates/`, `assets/` and `i18n/<language>.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beilin.store.toml_files import ConfigurationError


@dataclass(frozen=True, slots=True)
class Theme:
    """All that a theme brings, in memory; it can be sent to worker processes."""

    templates: Mapping[str, str]
    """Name below `templates/`, such as `article.html`, → text."""
    assets: Mapping[str, bytes]
    """Path below `assets/` → bytes."""
    languages: Mapping[str, Mapping[str, str]]
    """BCP 47 tag → key → phrase; a key inside a table is written `table.key`. All languages have the same keys."""


def read_theme(folder: Path) -> Theme:
    """The theme in `folder`. Raises `ConfigurationError` with everything that is missing or cannot be read."""
    mistakes: list[str] = []
    templates: dict[str, str] = {}
    for name, data in _files(folder / "templates"):
        try:
            templates[name] = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            path = folder / "templates" / name
            mistakes.append(f"{path.as_posix()}:1: theme-encoding: not UTF-8; save the file as UTF-8")
    languages: dict[str, dict[str, str]] = {}
    for path in sorted((folder / "i18n").glob("*.toml")):
        try:
            languages[path.stem] = dict(_phrases(tomllib.loads(path.read_text("utf-8-sig"))))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError) as error:
            mistakes.append(f"{path.as_posix()}:1: theme-phrases: {error}")
    mistakes += [f"{folder.as_posix()}:1: theme-empty: no {what}" for what in _absent(templates, languages)]
    mistakes += _untranslated(folder, languages)
    if mistakes:
        raise ConfigurationError(*mistakes)
    return Theme(templates, dict(_files(folder / "assets")), languages)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            yield name, path.read_bytes()


def _phrases(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _phrases(value, f"{before}{key}.")
        elif isinstance(value, str):
            yield before + key, value
        else:
            raise TypeError(f"{before}{key} is not text")


def _absent(templates: Mapping[str, str], languages: Mapping[str, object]) -> Iterator[str]:
    if not templates:
        yield "templates in templates/"
    if not languages:
        yield "languages in i18n/"


def _untranslated(folder: Path, languages: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    every = {key for phrases in languages.values() for key in phrases}
    for language, phrases in sorted(languages.items()):
        if absent := sorted(every - phrases.keys()):
            path = (folder / "i18n" / f"{language}.toml").as_posix()
            yield f"{path}:1: theme-phrases: lacks {', '.join(absent)}, which another language has"
