"""The archive's TOML files: read as text and as tables, with the place of whatever stops that."""

import re
import tomllib
from pathlib import Path
from typing import Any

_TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)$| \(at end of document\)$")


class ConfigurationError(Exception):
    """What must be mended before anything can be built: `mistakes` holds one line each, `path:line: code: message`."""

    def __init__(self, *mistakes: str) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes

    def __str__(self) -> str:
        return "\n".join(self.mistakes)


def read_text(path: Path, subject: str) -> str | None:
    """The text of the file at `path`, line ends as `\\n`; None where there is none.

    Raises `ConfigurationError` with the code `<subject>-unreadable` or `<subject>-encoding`.
    """
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigurationError(f"{path.as_posix()}:1: {subject}-unreadable: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = "not UTF-8; save the file as UTF-8"
        raise ConfigurationError(f"{path.as_posix()}:{line}: {subject}-encoding: {message}") from error


def read_tables(text: str, path: Path, subject: str) -> dict[str, Any]:
    """The tables in `text`, which stands at `path`; raises `ConfigurationError` with the code `<subject>-syntax`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_LINE.search(str(error))
        line = place[1] if place and place[1] else text.count("\n") + 1
        message = _TOML_LINE.sub("", str(error))
        raise ConfigurationError(
            f"{path.as_posix()}:{line}: {subject}-syntax: {message}; see https://toml.io"
        ) from error
