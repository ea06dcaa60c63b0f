"""A name that the archive knows, whatever it is called elsewhere, and what a text says of such names."""

from dataclasses import dataclass
from enum import StrEnum


class NameKind(StrEnum):
    """What a name names: a table of `content/names.toml` each."""

    PERSON = "person"
    PLACE = "place"
    BODY = "body"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Name:
    """An entry of the authority file."""

    name: str
    """As the archive shows it: also the tag under which every article that mentions it stands."""
    kind: NameKind
    aliases: tuple[str, ...] = ()
    """What else it is called, in any script and language."""
    same_as: tuple[str, ...] = ()
    """Addresses that identify the same thing elsewhere, http or https."""

    @property
    def variants(self) -> tuple[str, ...]:
        """Everything it is called, its own name first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Mentions:
    """What one article's text says of names: small, to be remembered for each capture."""

    names: tuple[int, ...] = ()
    """Numbers of the known names, from 0 in the authority's order: the most frequent first, then the first to occur."""
    candidates: tuple[str, ...] = ()
    """What looks like a name written out, as printed."""
    glosses: tuple[tuple[str, str], ...] = ()
    """The end of some Chinese, and the Latin words in brackets after it: `("在黄岩岛", "Scarborough Shoal")`."""
