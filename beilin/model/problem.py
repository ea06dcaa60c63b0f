"""What went wrong with a capture, said so that its keeper can mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a problem matters: an error keeps a capture unpublished, a warning only doubts a fact."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the report: place, fact and remedy."""

    level: Level
    code: str
    """Stable, hyphenated name of the kind of problem, such as `date-unreadable`."""
    path: str
    """The capture's path below `content/`, or a file's path below `site/`; POSIX separators."""
    line: int
    """Line number from 1; 1 where the whole file is meant."""
    message: str
    """The fact, and after a semicolon what to do about it."""

    def __str__(self) -> str:
        return f"{visible(self.path)}:{self.line}: {self.code}: {visible(self.message)}"


def visible(text: str) -> str:
    """`text` with control, bidirectional and surrogate characters escaped, so that a name cannot fake a report line."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape", "surrogatepass").decode("ascii")
        for character in text
    )
