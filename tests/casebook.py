"""Golden cases of the cleaner: where they stand, and a reading of one as text that a person can check."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from beilin.model.article import Facts, Reading
from beilin.model.site import Site
from beilin.model.stamp import Stamp
from beilin.sources.reading import read

CASES = Path(__file__).parent / "cases"
EXPECTED = "expected.txt"
SUFFIXES = (".md", ".html", ".txt")
SITE = Site()


def folders() -> list[Path]:
    """The folder of every case, `cases/<kind>/<name>`, in order."""
    return sorted(path for kind in CASES.iterdir() if kind.is_dir() for path in kind.iterdir() if path.is_dir())


def name_of(folder: Path) -> str:
    """`<kind>/<name>`."""
    return folder.relative_to(CASES).as_posix()


def captures_in(folder: Path) -> list[Path]:
    """The captures of a case; a whole case has one."""
    return [path for suffix in SUFFIXES if (path := folder / f"capture{suffix}").exists()]


def read_case(folder: Path) -> Reading:
    """What the cleaner makes of the case's capture, as if it stood in `content/<kind>/<name>/`."""
    (capture,) = captures_in(folder)
    data = capture.read_bytes()
    return read(capture.relative_to(CASES).as_posix(), data, hashlib.sha256(data).hexdigest(), SITE)


def as_text(reading: Reading) -> str:
    """Facts, removals, problems and blocks, each under its own title; ends in a line end."""
    parts = [
        _section("facts", _facts(reading.facts) if reading.facts else iter(["none: the capture is not published"])),
        _section("removals", (f"{removal.rule}: {removal.text}" for removal in reading.removals)),
        _section("problems", (f"{problem.level} {problem}" for problem in reading.problems)),
        _section("blocks", (f"{block.kind} {block.lang}\n{block.html}" for block in reading.blocks)),
    ]
    return "\n\n".join(parts) + "\n"


def _section(title: str, lines: Iterator[str]) -> str:
    return "\n".join([f"== {title}", *lines])


def _facts(facts: Facts) -> Iterator[str]:
    yield f"kind: {facts.kind}"
    yield f"title: {facts.title}"
    yield f"authors: {_list(facts.authors)}"
    yield f"editors: {_list(facts.editors)}"
    yield f"translators: {_list(facts.translators)}"
    yield f"source: {facts.source or '-'}"
    yield f"published: {_stamp(facts.published)}"
    yield f"captured: {_stamp(facts.captured)}"
    yield f"original_url: {facts.original_url or '-'}"
    yield f"lang: {facts.lang}"
    yield f"tags: {_list(facts.tags)}"
    if facts.dek:
        yield f"dek: {facts.dek}"


def _list(values: tuple[str, ...]) -> str:
    return " | ".join(values) or "-"


def _stamp(stamp: Stamp | None) -> str:
    return f"{stamp.iso} ({stamp.origin})" if stamp else "-"
