"""Times the build: `python benchmarks/build.py [--content DIR] [--limit N] [--runs N]`.

Every number is the median of some runs, in seconds, beside two references over the same captures in the same run:
hashing them, and one bare `nh3.clean` of each, which is about the least that any cleaner could do. Captures come from
`--content`, else from the folder that BEILIN_CORPUS names, else they are made up. They are copied first, so nothing is
written beside them. The table goes to standard output and to `benchmarks/results/build.md`.
"""

import argparse
import hashlib
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nh3

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "build.md"
SUFFIXES = {".md", ".markdown", ".html", ".htm", ".txt"}
MADE_UP = 1_000
WORDS = "石碑 拓片 经文 刻工 书库 城墙 考古 版本 校勘 文字 纸张 印刷 活字 抄本 目录 编号 残片 修补 年代 题记".split()
KIB_IN_MAXRSS = 1024 if sys.platform != "darwin" else 1  # Linux counts KiB, macOS bytes


@dataclass(slots=True)
class Measured:
    """The runs of one step."""

    name: str
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    """Peak resident memory of the step's largest process."""

    def row(self, captures: int, reference: float) -> str:
        """A line of the table; `reference` is the median that counts as 1."""
        median = statistics.median(self.seconds)
        memory = f"{max(self.megabytes):,.0f}" if self.megabytes else "-"
        spread = f"{min(self.seconds):.2f}-{max(self.seconds):.2f}"
        rate, ratio = f"{captures / median:,.0f}", f"{median / reference:.2f}"
        return f"| {self.name} | {median:.2f} | {spread} | {rate} | {ratio} | {memory} |"


def captures_of(folder: Path, limit: int | None) -> list[Path]:
    """The captures below `folder`, in order; at most `limit`, taken evenly, so that all kinds are among them."""
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    if limit is None or len(found) <= limit:
        return found
    return [found[index * len(found) // limit] for index in range(limit)]


def make_up(folder: Path, number: int) -> None:
    """Writes `number` captures of some 4 kB in the shape of posts, the same every time."""
    chance = random.Random(0)  # noqa: S311 - the same captures every time
    for index in range(number):
        day = f"{2015 + index % 10}-{1 + index % 12:02}-{1 + index % 28:02}"
        paragraphs = (
            f'<p style="margin: 0"><span>{"，".join(chance.choices(WORDS, k=chance.randint(5, 30)))}。</span></p>'
            for _ in range(chance.randint(8, 24))
        )
        head = (
            f"---\ntitle: {''.join(chance.choices(WORDS, k=4))}\ndate: {day}\nurl: https://post.example/{index}\n---\n"
        )
        path = folder / day[:4] / f"{index:05}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + "\n".join(paragraphs) + "\n", "utf-8", newline="\n")


def hash_files(paths: list[Path]) -> None:
    """Reads and hashes every capture."""
    for path in paths:
        hashlib.sha256(path.read_bytes()).hexdigest()


def clean_files(paths: list[Path]) -> None:
    """Reads every capture and lets the sanitiser alone clean it."""
    for path in paths:
        nh3.clean(path.read_bytes().decode(errors="replace"))


def timed(measured: Measured, work: Callable[[], float | None]) -> None:
    """One run of `work`, which may return the megabytes it took."""
    start = time.perf_counter()
    megabytes = work()
    measured.seconds.append(time.perf_counter() - start)
    if megabytes is not None:
        measured.megabytes.append(megabytes)


def build(content: Path, site: Path, *options: str) -> float:
    """One build in a process of its own; the megabytes of the largest process that took part."""
    command = [sys.executable, "build.py", "build", "--quiet", "--content", str(content), "--site", str(site), *options]
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, cwd=ROOT, stderr=said) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):
            said.seek(0)
            raise SystemExit(said.read().decode(errors="replace"))
    return usage.ru_maxrss * KIB_IN_MAXRSS / 1e6


def measure(paths: list[Path], content: Path, scratch: Path, runs: int) -> Iterator[Measured]:
    """Every step, `runs` times; the first is the reference."""
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        ("nh3.clean, one process", lambda: clean_files(paths)),
        ("SHA-256, one process", lambda: hash_files(paths)),
    )
    for name, work in steps:
        reference = Measured(name)
        for _ in range(runs):
            timed(reference, work)
        yield reference
    for name, options in (("without search", ("--no-search",)), ("with search", ())):
        cold, second = Measured(f"cold build, {name}"), Measured(f"second build, {name}")
        for run in range(runs):
            site = scratch / f"{len(options)}-{run}" / "site"
            site.parent.mkdir()
            timed(cold, lambda site=site, options=options: build(content, site, *options))
            timed(second, lambda site=site, options=options: build(content, site, *options))
            shutil.rmtree(site.parent)
        yield cold
        yield second


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="Times the build.")
    parser.add_argument("--content", type=Path, default=os.environ.get("BEILIN_CORPUS"), metavar="DIR")
    parser.add_argument("--limit", type=int, metavar="N", help="no more captures than these")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    return parser.parse_args()


def main() -> None:
    """Measures and writes the table."""
    asked = arguments()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        content = scratch / "content"
        if asked.content is None:
            make_up(content, asked.limit or MADE_UP)
        else:
            for path in captures_of(Path(asked.content), asked.limit):
                copy = content / path.relative_to(asked.content)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
        paths = captures_of(content, None)
        size = sum(path.stat().st_size for path in paths)
        origin = "made up" if asked.content is None else "real"
        lines = [
            f"{len(paths):,} captures, {origin}, {size / 1e6:,.1f} MB; {asked.runs} runs; "
            f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}",
            "",
            "| step | median s | range s | captures/s | ratio to nh3 | MB, largest process |",
            "|---|---|---|---|---|---|",
        ]
        print("\n".join(lines), flush=True)
        reference = 0.0
        for measured in measure(paths, content, scratch, asked.runs):
            reference = reference or statistics.median(measured.seconds)
            lines.append(measured.row(len(paths), reference))
            print(lines[-1], flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
