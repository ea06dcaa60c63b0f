"""What is told of one capture to the person who wonders what became of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A table of an explanation."""

    title: str
    columns: tuple[str, ...]
    """What stands in each column of `rows`."""
    rows: tuple[tuple[str, ...], ...]
    """Each as long as `columns`, every cell on one line."""
