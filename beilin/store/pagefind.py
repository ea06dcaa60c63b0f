"""One shard of the search index, built by Pagefind.

Pagefind is given tokens of our own (`beilin.text.tokens`) in a language without stemmer, no metadata, no filters and
no sort keys: what it writes is then the same from run to run. A record's content is its title, then its blocks, each
closed by one token of private-use characters that says which block it was and how it was printed. Such a token takes a
position, so that no phrase crosses it, and is not indexed. `theme/assets/shards.js` reads the files.
"""

import json
import os
import subprocess
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import pagefind_bin  # type: ignore[import-untyped]

from beilin.store.index_files import LAYOUT, META, IndexingError, published
from beilin.text.printed import EDIT_END, edits, private, way_of_printing
from beilin.text.tokens import SCHEME, tokens_of, units

LANGUAGE = "zxx"
"""No linguistic content: Pagefind stems nothing."""
CHUNK_SIZE = 1500
"""Positions in one file of the index. A query loads a file for each of its tokens from every shard: some 4 kB each."""
BODY_WEIGHT = "1.05"
"""Times 24 this is 25, the weight that the index leaves unsaid."""
TITLE_WEIGHT = "2"
FIELD_END = "\x1e"
_ENDS = {ord(FIELD_END): None, ord(EDIT_END): None}


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """What can be found of an article, and what a result shows."""

    id: str
    url: str
    """Path of the page below `site/`, such as `a/<id>/index.html`."""
    title: str
    blocks: tuple[tuple[int, str], ...]
    """Number of the block (n of `p<n>`, from 1) and its text as printed."""
    lang: str
    date: str
    """As shown with a result, such as `2023-10-27`; empty if not known."""
    source: str


def index_scheme() -> str:
    """All that an index depends on beside its records; part of every shard's key."""
    return f"tokens {SCHEME}, pagefind {version('pagefind-bin')}, chunks {CHUNK_SIZE}, layout {LAYOUT}"


def index_shard(records: Iterable[SearchRecord], folder: Path) -> tuple[str, ...]:
    """The paths below `folder` (empty, existing) of the files that make one shard of `records`, now written there.

    A page's number in the shard is its place in `records`. Raises `IndexingError` if Pagefind fails or its files are
    not whole.
    """
    ids, made = pagefind_files(records)
    files = published(made, ids)
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)
    return tuple(sorted(files))


def content(record: SearchRecord) -> str:
    """What Pagefind is told of `record`: tokens, closing tokens and weights, with spaces between."""
    way = way_of_printing(record.lang)
    about = (record.date, record.source, record.lang)
    parts = [f"___PAGEFIND_WEIGHT___{TITLE_WEIGHT}", *_block(0, record.title, way, about), "___END_PAGEFIND_WEIGHT___"]
    parts.append(f"___PAGEFIND_WEIGHT___{BODY_WEIGHT}")
    for number, text in record.blocks:
        parts += _block(number, text, way)
    return " ".join(parts)


def _block(number: int, text: str, way: str, about: tuple[str, ...] = ()) -> list[str]:
    text = text.translate(_ENDS)
    cut = units(text)
    closing = FIELD_END.join((str(number), edits(text, cut, way), *(fact.translate(_ENDS) for fact in about)))
    return [*tokens_of(cut), private(closing)]


def pagefind_files(records: Iterable[SearchRecord]) -> tuple[list[str], dict[str, bytes]]:
    """The identifiers of the records, in their order, and what Pagefind makes of them: path → bytes.

    Raises `IndexingError` if Pagefind fails.
    """
    command = [str(pagefind_bin.get_executable()), "--service"]
    environment = os.environ | {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(CHUNK_SIZE)}
    with tempfile.TemporaryFile() as complaints:
        try:
            with subprocess.Popen(  # noqa: S603 - the executable of our own dependency
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, env=environment
            ) as service:
                ids, answer = _converse(service, records)
        except BrokenPipeError:
            answer = None
        if answer is None:
            complaints.seek(0)
            raise IndexingError(f"pagefind: {complaints.read().decode(errors='replace').strip()[-500:]}")
    return ids, _needed(answer["files"])


def _converse(
    service: subprocess.Popen[bytes], records: Iterable[SearchRecord]
) -> tuple[list[str], dict[str, Any] | None]:
    assert service.stdin and service.stdout
    with ThreadPoolExecutor(1) as reader:
        answer = reader.submit(_last_answer, service.stdout)
        try:
            ids = _tell(service.stdin, records)
            return ids, answer.result()
        finally:
            # Whatever went wrong: the reader waits until the other end is closed, and what is not sent is lost.
            service.kill()
            with suppress(BrokenPipeError):
                service.stdin.close()


def _tell(pipe: IO[bytes], records: Iterable[SearchRecord]) -> list[str]:
    """The identifiers of the records that went through `pipe`."""
    pipe.write(_message(0, {"type": "NewIndex", "config": {"keep_index_url": True}}))
    ids: list[str] = []
    for number, record in enumerate(records, start=1):
        ids.append(record.id)
        page = {"index_id": 0, "url": record.url, "content": content(record), "language": LANGUAGE}
        pipe.write(_message(number, {"type": "AddRecord", **page, "meta": None, "filters": None, "sort": None}))
    # The files come back through the pipe: on disk they may be cut short, because Pagefind answers before it has
    # written them, and most of what it writes beside the index is interfaces that no page here uses.
    pipe.write(_message(len(ids) + 1, {"type": "GetFiles", "index_id": 0}))
    pipe.flush()
    return ids


def _message(number: int, payload: dict[str, Any]) -> bytes:
    return b64encode(json.dumps({"message_id": number, "payload": payload}, ensure_ascii=False).encode()) + b","


def _last_answer(pipe: IO[bytes]) -> dict[str, Any] | None:
    """The answer to `GetFiles`; None if Pagefind says no more. Raises `IndexingError` if it reports an error."""
    for message in _messages(pipe):
        payload: dict[str, Any] = json.loads(b64decode(message))["payload"]
        if payload["type"] == "Error":
            raise IndexingError(f"pagefind: {payload.get('message')}")
        if payload["type"] == "GetFiles":
            return payload
    return None


def _messages(pipe: IO[bytes]) -> Iterator[bytes]:
    rest: list[bytes] = []
    while data := os.read(pipe.fileno(), 1 << 20):
        *whole, last = data.split(b",")
        for message in whole:
            yield b"".join([*rest, message])
            rest = []
        rest.append(last)


def _needed(files: list[dict[str, str]]) -> dict[str, bytes]:
    """Path → bytes of the files that make up the index, without Pagefind's own scripts and styles."""
    needed = {}
    for file in files:
        path = file["path"].replace("\\", "/")
        if path.endswith((".pf_index", ".pf_fragment")):
            needed[path] = b64decode(file["content"])
        elif path.endswith(".pf_meta"):
            needed[META] = b64decode(file["content"])
    return needed
