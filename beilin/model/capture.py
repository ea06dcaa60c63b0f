"""A file as it was captured, decoded but not yet understood."""

from collections.abc import Mapping
from dataclasses import dataclass

FrontMatter = Mapping[str, str | list[str]]
"""Keys lower-cased; every scalar is the text that was written, never typed."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One file below `content/`."""

    path: str
    """Path below `content/`, POSIX separators."""
    sha256: str
    """Hex digest of the file's bytes."""
    text: str
    """The whole file decoded, line ends as `\\n`, otherwise as captured."""
    front_matter: FrontMatter
    body: str
    """What follows the front matter, control characters removed."""
    body_line: int
    """The line of the file at which `body` starts, from 1."""
