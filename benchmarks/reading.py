"""Times the reading of captures: `python benchmarks/reading.py [--content DIR] [--limit N] [--runs N] [--jobs N]`.

A capture is read whole: decoded, recognised, rebuilt, its facts settled, its blocks admitted by the gate. Beside it, in
the same processes and over the same captures, run one bare `nh3.clean` of each and one bare parse. Captures are posts
of WeChat near 25 kB, from `--content`, else from the folder that BEILIN_CORPUS names, else made up. The table goes to
standard output and to `benchmarks/results/reading.md`.
"""

import argparse
import hashlib
import os
import platform
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import nh3
from selectolax.lexbor import LexborHTMLParser

from beilin.model.site import Site
from beilin.sources.reading import read

RESULTS = Path(__file__).parent / "results" / "reading.md"
SUFFIXES = {".md", ".markdown", ".html", ".htm"}
MARK = b"mp.weixin.qq.com/s"
"""Stands in the closing link of every post that the capture tool wrote."""
SIZES = range(20_000, 30_001)
"""Bytes; the speed that is promised is for captures of 25 kB."""
MADE_UP = 300
WORDS = "石碑 拓片 经文 刻工 书库 城墙 考古 版本 校勘 文字 纸张 印刷 活字 抄本 目录 编号 残片 修补 年代 题记".split()
KIB_IN_MAXRSS = 1024 if sys.platform != "darwin" else 1  # Linux counts KiB, macOS bytes


@dataclass(frozen=True, slots=True)
class Sample:
    """One capture, in memory."""

    path: str
    data: bytes

    def read_whole(self) -> None:
        """Reads the capture as the build does."""
        read(self.path, self.data, hashlib.sha256(self.data).hexdigest(), Site())

    def clean(self) -> None:
        """Lets the sanitiser alone clean the capture."""
        nh3.clean(self.data.decode(errors="replace"))

    def parse(self) -> None:
        """Lets the parser alone parse the capture."""
        LexborHTMLParser(self.data.decode(errors="replace"))


STEPS: dict[str, Callable[[Sample], None]] = {
    "nh3.clean": Sample.clean,
    "selectolax parse": Sample.parse,
    "reading": Sample.read_whole,
}
"""Name of each step and what it does to a capture; the first is the reference."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What one process measured of one step."""

    seconds: tuple[float, ...]
    """For each capture, in order."""
    megabytes: float
    """Peak resident memory of the process so far."""


def found_below(folder: Path, limit: int) -> Iterator[Sample]:
    """At most `limit` posts of the right size, chosen by chance, the same every time."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    random.Random(0).shuffle(paths)  # noqa: S311 - the same captures every time
    for path in paths:
        if limit and path.stat().st_size in SIZES and MARK in (data := path.read_bytes()):
            yield Sample(path.relative_to(folder).as_posix(), data)
            limit -= 1


def made_up(number: int) -> Iterator[Sample]:
    """Posts of some 25 kB as the capture tool writes them, the same every time."""
    chance = random.Random(0)  # noqa: S311 - the same captures every time
    for index in range(number):
        parts: list[str] = []
        while sum(map(len, parts)) < 15_000:
            words = ["，".join(chance.choices(WORDS, k=chance.randint(5, 20))) for _ in range(2)]
            parts.append(f"<section><p><span>{words[0]}<strong><span>{words[1]}</span></strong>。</span></p></section>")
            parts.append("<p><br></p>" * chance.randint(0, 2))
            if chance.random() < 0.2:
                address = f"https://pictures.example/{index}/{len(parts)}/640?wx_fmt=png"
                parts.append(f'<p><img data-ratio="0.6" data-src="{address}" data-w="1080" src="{address}"></p>')
            if chance.random() < 0.1:
                parts.append("<pre><code>read(capture)</code><code>build(site)</code></pre>")
        head = f"---\ntitle: 题记 {index}\ndate: 2023-05-06\ntags:\n- fetched\n---\n题记 {index} by 书库\n------\n"
        tail = f'<hr><a href="https://{MARK.decode()}/{index:022}",target="_blank">原文链接</a>\n'
        yield Sample(f"{index:05}.md", f"{head}<div>{''.join(parts)}</div>{tail}".encode())


def time_step(step: str, samples: list[Sample]) -> Timed:
    """One pass of `step` over `samples`."""
    work, seconds = STEPS[step], []
    for sample in samples:
        start = time.perf_counter()
        work(sample)
        seconds.append(time.perf_counter() - start)
    return Timed(tuple(seconds), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB_IN_MAXRSS / 1e6)


def measure(samples: list[Sample], jobs: int, runs: int) -> dict[str, tuple[list[float], list[Timed]]]:
    """For each step the documents a second of each run, and what the processes measured, after one run unmeasured."""
    measured: dict[str, tuple[list[float], list[Timed]]] = {step: ([], []) for step in STEPS}
    with ProcessPoolExecutor(jobs) as processes:
        for run in range(runs + 1):
            for step, (rates, timed) in measured.items():
                start = time.perf_counter()
                passes = list(processes.map(partial(time_step, step), [samples] * jobs))
                if run:
                    rates.append(jobs * len(samples) / (time.perf_counter() - start))
                    timed.extend(passes)
    return measured


def table(samples: list[Sample], measured: dict[str, tuple[list[float], list[Timed]]]) -> Iterator[str]:
    """The lines of the table, and the slowest capture."""
    yield "| step | captures/s | range | ratio to nh3 | MB, largest process |"
    yield "|---|---|---|---|---|"
    reference = statistics.median(measured["nh3.clean"][0])
    for step, (rates, timed) in measured.items():
        median, memory = statistics.median(rates), max(each.megabytes for each in timed)
        spread = f"{min(rates):,.0f}-{max(rates):,.0f}"
        yield f"| {step} | {median:,.0f} | {spread} | {reference / median:.2f} | {memory:,.0f} |"
    passes = [each.seconds for each in measured["reading"][1]]
    fastest = [min(seconds) for seconds in zip(*passes, strict=True)]
    slowest = max(range(len(samples)), key=fastest.__getitem__)
    yield ""
    yield f"The slowest capture takes {fastest[slowest] * 1e3:.1f} ms and has {len(samples[slowest].data):,} bytes."


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="Times the reading of captures.")
    parser.add_argument("--content", type=Path, default=os.environ.get("BEILIN_CORPUS"), metavar="DIR")
    parser.add_argument("--limit", type=int, default=MADE_UP, metavar="N", help="no more captures than these")
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes; 2 unless told")
    return parser.parse_args()


def main() -> None:
    """Measures and writes the table."""
    asked = arguments()
    found = list(found_below(Path(asked.content), asked.limit)) if asked.content else []
    samples = found or list(made_up(asked.limit))
    size = sum(len(sample.data) for sample in samples)
    lines = [
        f"{len(samples):,} captures of WeChat, {'real' if found else 'made up'}, {size / len(samples) / 1e3:,.1f} kB "
        f"each; {asked.jobs} processes, {asked.runs} runs; {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{platform.system()}",
        "",
        *table(samples, measure(samples, asked.jobs, asked.runs)),
    ]
    print("\n".join(lines))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
