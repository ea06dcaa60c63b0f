"""One file of the site under proof: what is wrong with it, where it leads and which places it has."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from beilin.checks.addresses import Fault, Place, Target, follow, load
from beilin.model.problem import Level, Problem

_BLOCK = re.compile(r"p[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Anchors:
    """The fragments that a page answers to, kept small: the blocks of an article are a number."""

    blocks: int
    others: frozenset[str]

    @classmethod
    def of(cls, ids: Iterable[str]) -> "Anchors":
        """The anchors for these ids."""
        found = set(ids)
        blocks = 0
        while f"p{blocks + 1}" in found:
            blocks += 1
            found.discard(f"p{blocks}")
        return cls(blocks, frozenset(found))

    def __contains__(self, fragment: str) -> bool:
        if fragment in self.others or fragment.lower() == "top":
            return True
        return _BLOCK.fullmatch(fragment) is not None and int(fragment[1:]) <= self.blocks


@dataclass(slots=True)
class Proof:
    """What is gathered of one file."""

    place: Place
    text: str
    problems: list[Problem] = field(default_factory=list)
    links: dict[Target, int] = field(default_factory=dict)
    """Places inside the site that must be there, and the line that names each first."""
    anchors: Anchors | None = None

    def fault(self, code: str, message: str, near: str = "") -> None:
        """Notes a problem at the line where `near` stands."""
        self.problems.append(Problem(Level.ERROR, code, self.place.path, self._line(near), message))

    def follow(self, url: str, near: str) -> None:
        """Notes a link that a reader may follow."""
        self._note(follow(url, self.place), near)

    def load(self, url: str, near: str) -> None:
        """Notes an address that a browser fetches by itself."""
        self._note(load(url, self.place), near)

    def _note(self, meaning: Target | Fault | None, near: str) -> None:
        if isinstance(meaning, Fault):
            self.fault(meaning.code, meaning.message, near)
        elif meaning and meaning not in self.links:
            self.links[meaning] = self._line(near)

    def _line(self, near: str) -> int:
        at = self.text.find(near)
        if at < 0:
            # Inside an attribute & is written &amp;
            at = self.text.find(near.replace("&", "&amp;"))
        return self.text.count("\n", 0, at) + 1 if at > 0 else 1
