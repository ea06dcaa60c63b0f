"""What cleaning gave, remembered between builds. Deleting it costs time and nothing else."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from beilin.model.article import Block, Facts, Reading, Removal
from beilin.model.name import Mentions
from beilin.model.problem import Problem

SCHEMA = 1  # a database that says another number is discarded
DATABASE = "cache.sqlite3"
_SIZES = ("freelist_count", "page_count")
_OUTER_CAUSES = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
}
PARAMETERS = 900  # SQLite before 3.32 takes at most 999 in a statement


def work_folder(site: Path) -> Path:
    """The folder beside `site` for all that is not published: on the same file system, so that renames are atomic."""
    site = site.resolve()
    return site.with_name(f".{site.name}-beilin")


class Shelf(StrEnum):
    """Where a value is kept: a table each, so that all heads are read without passing over the bodies."""

    HEADS = "heads"
    BODIES = "bodies"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Head:
    """A reading without its body: small enough that those of 100,000 captures fit in memory."""

    facts: Facts | None
    removed: dict[str, int]
    """How often each cleaning rule set something aside."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What is needed only where the article itself is drawn, indexed or explained."""

    blocks: tuple[Block, ...]
    removals: tuple[Removal, ...]


def _as_written(declared: type, value: Any) -> Any:
    # Blocks come back as what they were stored as: SafeHtml is the one declared type that msgspec does not know.
    return declared(value)


_ENCODER = msgspec.msgpack.Encoder(enc_hook=str)
_HEADS = msgspec.msgpack.Decoder(Head)
_MENTIONS = msgspec.msgpack.Decoder(Mentions)
_BODIES = msgspec.msgpack.Decoder(Body, dec_hook=_as_written)


def encode_reading(reading: Reading) -> tuple[bytes, bytes]:
    """The reading in two parts, for `Shelf.HEADS` and `Shelf.BODIES`."""
    removed: dict[str, int] = {}
    for removal in reading.removals:
        removed[removal.rule] = removed.get(removal.rule, 0) + 1
    head = Head(reading.facts, removed, reading.problems)
    return _ENCODER.encode(head), _ENCODER.encode(Body(reading.blocks, reading.removals))


def decode_head(data: bytes, path: str) -> Head:
    """The head as of the capture at `path`: captures of the same bytes share an entry, their paths differ.

    Raises `msgspec.DecodeError` on bytes that `encode_reading` did not make.
    """
    head = _HEADS.decode(data)
    if head.facts and head.facts.capture == path:
        return head
    facts = head.facts and replace(head.facts, capture=path)
    return Head(facts, head.removed, tuple(replace(problem, path=path) for problem in head.problems))


def decode_body(data: bytes) -> Body:
    """The blocks and removals; raises `msgspec.DecodeError` on bytes that `encode_reading` did not make."""
    return _BODIES.decode(data)


def encode_mentions(mentions: Mentions) -> bytes:
    """What an article says of names, for `Shelf.MENTIONS`."""
    return _ENCODER.encode(mentions)


def decode_mentions(data: bytes) -> Mentions:
    """The mentions; raises `msgspec.DecodeError` on bytes that `encode_mentions` did not make."""
    return _MENTIONS.decode(data)


def decode_reading(head: bytes, body: bytes, path: str) -> Reading:
    """The whole reading, as of the capture at `path`."""
    kept, rest = decode_head(head, path), decode_body(body)
    return Reading(kept.facts, rest.blocks, rest.removals, kept.problems)


class CacheReader:
    """The cache, open for reading: for worker processes, beside the one process that writes."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / DATABASE
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)

    def get(self, shelf: Shelf, keys: Iterable[str]) -> dict[str, bytes]:
        """Those of `keys` that are remembered, with their values; a damaged database remembers nothing."""
        found: dict[str, bytes] = {}
        try:
            for some in _batches(keys):
                marks = ",".join("?" * len(some))
                query = f"SELECT key, value FROM {shelf} WHERE key IN ({marks})"  # noqa: S608  a shelf is an enum
                found.update(self._connection.execute(query, some))
        except sqlite3.DatabaseError:
            return {}
        return found

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Cache(CacheReader):
    """The cache, open for writing: one process at a time. A damaged or older database is replaced by an empty one."""

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._prepare()
        except sqlite3.DatabaseError:
            self._discard()
            return self._prepare()

    def _prepare(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if tables and version != SCHEMA:
                raise sqlite3.DatabaseError("made by another version")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            for shelf in Shelf:
                connection.execute(f"CREATE TABLE IF NOT EXISTS {shelf} (key TEXT PRIMARY KEY, value BLOB NOT NULL)")
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
        except BaseException:
            connection.close()
            raise
        return connection

    def _discard(self) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(f"{self._path}{ending}").unlink(missing_ok=True)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            self._connection.close()
            if error.sqlite_errorcode & 0xFF in _OUTER_CAUSES:  # the low byte is the cause, the rest its particulars
                raise OSError(f"{self._path}: {error}") from error
            # What a damaged database could not store is cleaned again next time.
            self._discard()
            self._connection = self._prepare()
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise

    def put(self, shelf: Shelf, items: Iterable[tuple[str, bytes]]) -> None:
        """Remembers each value under its key, in one transaction; call it with some hundreds at a time.

        Raises `OSError` where the disk is full or cannot be written.
        """
        with self._writing():
            self._connection.executemany(f"INSERT OR REPLACE INTO {shelf} VALUES (?, ?)", items)  # noqa: S608

    def prune(self, live_keys: Iterable[str]) -> None:
        """Forgets everything whose key is not in `live_keys`."""
        with self._writing():
            self._connection.execute("CREATE TEMP TABLE live (key TEXT PRIMARY KEY)")
            self._connection.executemany("INSERT OR IGNORE INTO live VALUES (?)", ((key,) for key in live_keys))
            for shelf in Shelf:
                self._connection.execute(f"DELETE FROM {shelf} WHERE key NOT IN (SELECT key FROM live)")  # noqa: S608
            self._connection.execute("DROP TABLE live")
        free, pages = (self._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _SIZES)
        if free * 2 > pages:
            self._connection.execute("VACUUM")


def _batches(keys: Iterable[str]) -> Iterator[Sequence[str]]:
    remaining = iter(keys)
    while some := tuple(islice(remaining, PARAMETERS)):
        yield some
