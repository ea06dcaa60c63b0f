"""What worker processes do: read captures, draw pages, index shards. Each is prepared once and then given chunks."""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from beilin.library.mentions import find_mentions, own_words
from beilin.library.names import Authority
from beilin.library.shards import Shard, shard_path
from beilin.markup.gate import published
from beilin.model.article import Article, Block, Facts
from beilin.model.name import Mentions
from beilin.model.page import Page
from beilin.model.problem import Level, Problem
from beilin.pages.articles import Placement, article_pages, changes_page
from beilin.pages.places import article_place
from beilin.pages.rendering import Theme
from beilin.pages.setting import Setting
from beilin.sources.reading import read
from beilin.sources.traces import without_blocks
from beilin.store.cache import CacheReader, Shelf, decode_body, encode_reading
from beilin.store.captures import CaptureError, read_capture
from beilin.store.pagefind import SearchRecord, index_shard
from beilin.store.staging import Placed, Staging
from beilin.text.decoding import decode
from beilin.text.redaction import redact


@dataclass(frozen=True, slots=True)
class Bench:
    """What every worker needs, the same for the whole build."""

    content: Path
    work: Path
    staging: Staging
    rules: str
    setting: Setting
    theme: Theme
    authority: Authority | None = None
    """The names that the archive knows, if its keeper wrote any down."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A capture after reading."""

    path: str
    key: str
    """Under which the reading is remembered; empty if the file could not be read."""
    head: bytes
    body: bytes | None
    """None where the reading was remembered already."""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """An article to draw: its placement and the key of its reading."""

    placement: Placement
    key: str
    key_before: str | None
    """Of the version before it in time, if there is one."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A shard to index, and what of its articles the index needs besides their bodies."""

    shard: Shard
    articles: Sequence[tuple[Article, str]]
    """In the shard's order, each with the key of its reading."""


_bench: Bench
_cache: CacheReader | None = None


def prepare(bench: Bench) -> None:
    """Lays out what the functions below need, once a process."""
    global _bench, _cache
    _bench, _cache = bench, None


def _memory() -> CacheReader:
    global _cache  # noqa: PLW0603 - opened at the first need, when the database exists
    if _cache is None:
        _cache = CacheReader(_bench.work)
    return _cache


def gather(paths: Sequence[str]) -> list[Gathered]:
    """The readings of the captures at `paths`, from memory where their bytes were read before by the same rules."""
    found: list[Gathered] = []
    unread: list[tuple[int, str, bytes, str, str]] = []
    for path in paths:
        try:
            data = read_capture(_bench.content, path)
        except CaptureError as error:
            found.append(Gathered(path, "", b"", None, error.problem))
            continue
        digest = hashlib.sha256(data).hexdigest()
        key = hashlib.sha256(f"{digest} {_bench.rules}".encode()).hexdigest()
        unread.append((len(found), path, data, digest, key))
        found.append(Gathered(path, key, b"", None))
    remembered = _memory().get(Shelf.HEADS, (key for *_, key in unread))
    for index, path, data, digest, key in unread:
        if key in remembered:
            found[index] = Gathered(path, key, remembered[key], None)
        else:
            found[index] = _read(path, data, digest, key)
    return found


def _read(path: str, data: bytes, digest: str, key: str) -> Gathered:
    """One capture's reading; whatever goes wrong with one capture is said, and stops no other."""
    try:
        head, body = encode_reading(read(path, data, digest, _bench.setting.site))
    except Exception as error:
        message = f"reading it failed ({type(error).__name__}: {error}); this is a fault of Beilin, please report it"
        return Gathered(path, "", b"", None, Problem(Level.ERROR, "reading-failed", path, 1, message))
    return Gathered(path, key, head, body)


def retell(chunk: Sequence[tuple[Facts, str, tuple[int, ...]]]) -> list[Facts]:
    """The facts of articles (each with the key of its reading) without the blocks of these numbers."""
    bodies = _memory().get(Shelf.BODIES, (key for _, key, _ in chunk))
    return [without_blocks(facts, decode_body(bodies[key]).blocks, numbers) for facts, key, numbers in chunk]


def mention(chunk: Sequence[tuple[Facts, str, str]]) -> list[tuple[str, Mentions]]:
    """What articles say of names, each with the key to remember it by; `chunk`: facts, key of the reading, that key."""
    assert _bench.authority is not None, "without names nothing is looked for"
    bodies = _memory().get(Shelf.BODIES, (reading for _, reading, _ in chunk))
    found = []
    for facts, reading, key in chunk:
        blocks = published(decode_body(bodies[reading]).blocks, facts.set_aside)
        found.append((key, find_mentions(_bench.authority, own_words(facts.title, blocks))))
    return found


def _blocks(body: bytes, article: Article) -> tuple[Block, ...]:
    return published(decode_body(body).blocks, article.facts.set_aside)


def draw_articles(chunk: Sequence[Drawn]) -> tuple[list[Placed], list[Problem]]:
    """The articles' pages and captures, staged."""
    bodies = _memory().get(Shelf.BODIES, {key for drawn in chunk for key in (drawn.key, drawn.key_before) if key})
    placed: list[Placed] = []
    problems: list[Problem] = []
    for drawn in chunk:
        blocks = _blocks(bodies[drawn.key], drawn.placement.article)
        pages = article_pages(drawn.placement, blocks, _bench.setting)
        placed.extend(_stage(page) for page in pages)
        if drawn.key_before is not None and drawn.placement.version_before is not None:
            before = _blocks(bodies[drawn.key_before], drawn.placement.version_before)
            placed.append(_stage(changes_page(drawn.placement, blocks, before, _bench.setting)))
        if _bench.setting.site.publish_captures:
            text, problem = _capture_text(drawn.placement.article)
            problems.extend([problem] if problem else [])
            folders = [page.path.removesuffix("index.html") for page in pages]
            placed.extend(_bench.staging.put(f"{folder}capture.txt", text) for folder in folders)
    return placed, problems


def _capture_text(article: Article) -> tuple[bytes, Problem | None]:
    """The capture as it was read, in UTF-8, without marks of the person who captured."""
    path = article.facts.capture
    try:
        data = read_capture(_bench.content, path)
    except CaptureError as error:
        return b"", error.problem
    if hashlib.sha256(data).hexdigest() != article.facts.capture_sha256:
        message = "the capture changed while the site was built; build again"
        return b"", Problem(Level.ERROR, "capture-changed", path, 1, message)
    decoded = decode(data)
    return redact(decoded.text if decoded else "").encode("utf-8", "replace"), None


def draw_pages(pages: Sequence[Page]) -> list[Placed]:
    """Pages of any kind, staged."""
    return [_stage(page) for page in pages]


def _stage(page: Page) -> Placed:
    return _bench.staging.put(page.path, _bench.theme.render(page))


def index(task: Indexed) -> list[Placed]:
    """The files of one shard of the search index, staged."""
    folder = f"search/{shard_path(task.shard)}"
    with tempfile.TemporaryDirectory(dir=_bench.work) as scratch:
        files = index_shard(_records(task), Path(scratch))
        return [_bench.staging.adopt(f"{folder}/{name}", Path(scratch) / name) for name in files]


def _records(task: Indexed) -> Iterator[SearchRecord]:
    for start in range(0, len(task.articles), 200):
        some = task.articles[start : start + 200]
        bodies = _memory().get(Shelf.BODIES, {key for _, key in some})
        for article, key in some:
            blocks = _blocks(bodies[key], article)
            yield SearchRecord(
                id=article.id,
                url=article_place(article),
                title=article.facts.title,
                blocks=tuple((number, block.text) for number, block in enumerate(blocks, 1) if block.text),
                lang=article.facts.lang,
                date=article.date or "",
                source=article.facts.source,
            )
