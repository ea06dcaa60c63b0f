"""From the captures to the facts of the archive: each read, then seen together, then told by the names it mentions."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from beilin.library.candidates import Candidate, lacking
from beilin.library.names import Authority, names_digest
from beilin.library.repetition import repeated_blocks
from beilin.library.tallies import Tally, refusals, tally
from beilin.model.article import Facts
from beilin.model.name import Mentions, Name
from beilin.model.problem import Problem
from beilin.report import Report
from beilin.store.cache import Cache, Shelf, decode_head, decode_mentions, encode_mentions
from beilin.store.workers import Workers
from beilin.store.workshop import Gathered, gather, mention, retell

CHUNK = 32
"""Captures or pages that a worker takes at once: enough to outweigh the passing, few enough to share evenly."""

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Read:
    """What the captures gave, one by one."""

    facts: list[Facts]
    """Of every publishable capture."""
    keys: dict[str, str]
    """The key of each capture's reading, by path."""
    removed: dict[str, dict[str, int]]
    """How often each rule set something aside, by path."""
    refused: list[tuple[Problem, ...]]
    """The problems of each capture that cannot be published."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What the captures gave together."""

    facts: list[Facts]
    """Told without what accounts repeat, with the known names among their tags."""
    keys: dict[str, str]
    tallies: tuple[Tally, ...]
    refusals: dict[str, int]
    """Captures that cannot be published, by the code of the reason."""
    own_tags: list[tuple[str, ...]]
    """The tags of `facts` before names were joined."""
    missing_names: tuple[Candidate, ...]
    live_keys: frozenset[str]
    """Every key of the cache that this build asked for."""


def chunks(things: Iterator[Thing], size: int = CHUNK) -> Iterator[tuple[Thing, ...]]:
    """`things`, `size` at a time."""
    while chunk := tuple(islice(things, size)):
        yield chunk


def collect(
    paths: Sequence[str], names: tuple[Name, ...] | None, cache: Cache, workers: Workers, report: Report
) -> Collected:
    """Everything that the captures at `paths` say; their problems go to `report`. `names` are the archive's, if any."""
    read = _read(paths, cache, workers, report)
    facts = _without_repetition(read, workers)
    tallies = tally((one, read.removed[one.capture]) for one in facts)
    own_tags = [one.tags for one in facts]
    live_keys = {*read.keys.values()}
    missing: tuple[Candidate, ...] = ()
    if names is not None:
        authority = Authority(names)
        keys = [_mention_key(one, read.keys, names) for one in facts]
        mentions = _mentions(facts, keys, read.keys, cache, workers, report)
        facts = [
            replace(one, tags=authority.with_names(one.tags, found)) for one, found in zip(facts, mentions, strict=True)
        ]
        missing = lacking(zip(own_tags, mentions, strict=True), authority)
        live_keys |= set(keys)
    return Collected(facts, read.keys, tallies, refusals(read.refused), own_tags, missing, frozenset(live_keys))


def _read(paths: Sequence[str], cache: Cache, workers: Workers, report: Report) -> Read:
    read = Read([], {}, {}, [])
    results = workers.run(gather, chunks(iter(paths)))
    for chunk in report.progress("reading", results, -(-len(paths) // CHUNK)):
        _remember(chunk, cache)
        for gathered in chunk:
            if gathered.problem is not None:
                report.add([gathered.problem])
                read.refused.append((gathered.problem,))
                continue
            head = decode_head(gathered.head, gathered.path)
            report.add(head.problems)
            read.keys[gathered.path] = gathered.key
            if head.facts is None:
                read.refused.append(head.problems)
            else:
                read.facts.append(head.facts)
                read.removed[gathered.path] = head.removed
    return read


def _remember(chunk: list[Gathered], cache: Cache) -> None:
    fresh = [gathered for gathered in chunk if gathered.body is not None]
    if fresh:
        # bodies first: a build that is killed in between must not leave a head that promises a body
        cache.put(Shelf.BODIES, ((gathered.key, gathered.body or b"") for gathered in fresh))
        cache.put(Shelf.HEADS, ((gathered.key, gathered.head) for gathered in fresh))


def _without_repetition(read: Read, workers: Workers) -> list[Facts]:
    """The facts, those of posts whose account repeats some of their blocks told without these."""
    numbers = repeated_blocks(read.facts)
    told_again = [(one, read.keys[one.capture], numbers[one.capture]) for one in read.facts if one.capture in numbers]
    shorter = {one.capture: one for some in workers.run(retell, chunks(iter(told_again))) for one in some}
    return [shorter.get(one.capture, one) for one in read.facts]


def _mention_key(facts: Facts, keys: dict[str, str], names: tuple[Name, ...]) -> str:
    stated = f"{keys[facts.capture]} {facts.set_aside} {names_digest(names)}"
    return hashlib.sha256(stated.encode()).hexdigest()


def _mentions(
    facts: list[Facts], keys: list[str], readings: dict[str, str], cache: Cache, workers: Workers, report: Report
) -> list[Mentions]:
    """What each article says of names, from memory where the same text was looked through with the same names."""
    remembered = cache.get(Shelf.MENTIONS, keys)
    unknown = [(one, readings[one.capture], key) for one, key in zip(facts, keys, strict=True) if key not in remembered]
    results = workers.run(mention, chunks(iter(unknown)))
    for some in report.progress("finding names", results, -(-len(unknown) // CHUNK)):
        fresh = {key: encode_mentions(found) for key, found in some}
        cache.put(Shelf.MENTIONS, fresh.items())
        remembered |= fresh
    return [decode_mentions(remembered[key]) for key in keys]
