"""How the search index is cut: into shards that stay the same while the articles in them do.

Articles are taken from the oldest to the newest. A shard ends after one of its own articles: the one whose identifier
has the smallest digest among all that would leave the shard between the two bounds. So the same articles always give
the same shards, one more article changes the shard that it falls into (or two, where it becomes an end itself), and a
newest one changes the last shard only.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

FEWEST_CHARACTERS = 2_400_000
"""Every query asks every shard, some 20 kB each, so none but the youngest is much smaller than it may be."""
MOST_CHARACTERS = 3_000_000
"""Indexing needs up to 0.44 GB for a million characters; this keeps it below 1.5 GB."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article as far as cutting needs to know it."""

    id: str
    date: str | None
    """What it is filed under: a day, a month or a year; None counts as the oldest."""
    characters: int
    digest: str
    """Of all that is indexed and shown of it: title, source, date, language, blocks."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Articles that are indexed together."""

    key: str
    """16 hexadecimal characters: the name of its folder; the same key means the same bytes."""
    members: tuple[Member, ...]
    """From the oldest to the newest."""


def cut(members: Iterable[Member], scheme: str) -> tuple[Shard, ...]:
    """The shards of `members`, oldest first, disjoint and in order of date and identifier.

    `scheme` names all else that an index depends on (`beilin.store.pagefind.index_scheme`).
    """
    ordered = sorted(members, key=lambda member: (member.date or "", member.id))
    return tuple(Shard(_key(part, scheme), tuple(part)) for part in _parts(ordered))


def _parts(ordered: Sequence[Member]) -> Iterator[Sequence[Member]]:
    start = 0
    while start < len(ordered):
        end = _end(ordered, start)
        yield ordered[start:end]
        start = end


def _end(ordered: Sequence[Member], start: int) -> int:
    """Where the shard that starts at `start` ends: the index after its last member."""
    candidates: list[int] = []
    total = 0
    for index in range(start, len(ordered)):
        total += ordered[index].characters
        if total > MOST_CHARACTERS and index > start:
            # An article longer than the distance of the bounds may leave no candidate.
            return min(candidates, key=lambda end: _rank(ordered[end - 1]), default=index)
        if total >= FEWEST_CHARACTERS:
            candidates.append(index + 1)
    return len(ordered)


def _rank(member: Member) -> bytes:
    return hashlib.sha256(member.id.encode()).digest()


def _key(part: Sequence[Member], scheme: str) -> str:
    stated = json.dumps([scheme, [[member.id, member.digest] for member in part]])
    return hashlib.sha256(stated.encode()).hexdigest()[:16]


def shard_path(shard: Shard) -> str:
    """The folder of `shard` below `search/`."""
    return f"shards/{shard.key}"


@dataclass(frozen=True, slots=True)
class Index:
    """The archive's search index, as far as the search page must know it."""

    shards: tuple[Shard, ...]
    """Oldest first."""
    kinds: Mapping[str, str]
    """Kind of source → display name of its outlet."""
