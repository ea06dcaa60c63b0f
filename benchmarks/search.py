"""Measures search: `python -m benchmarks.search [--content DIR] [--sizes N ...] [--rare PHRASE]`.

For each number of captures: what indexing takes, what a reader's first query and later ones move and how long they
take in Chromium, beside plain `pagefind --site` over the same article pages. Bytes are those that a plain server sends,
nothing packed on the way; a server that packs text sends less. Captures come from `--content`, else from the folder
that BEILIN_CORPUS names, else they are made up. The tables go to standard output and to `benchmarks/results/search.md`.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pagefind_bin
from playwright.sync_api import Browser, Page, sync_playwright
from selectolax.lexbor import LexborHTMLParser

from benchmarks.build import KIB_IN_MAXRSS, captures_of, make_up
from tests import browsers

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "search.md"
QUERIES = ("布林肯", "中国", "2024年4月", "中华人民共和国")
RARE = "敦煌藏经洞"
PATIENCE_MILLISECONDS = 120_000
PLAIN_PAGE = '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>plain</title><h1>plain</h1>'
PLAIN_QUERY = """async (query) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const { results } = await pagefind.search(query);
  await Promise.all(results.slice(0, 20).map((result) => result.data()));
  return results.length;
}"""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What indexing took."""

    seconds: float
    megabytes: float
    """Peak resident memory of the largest process."""
    size: int
    """Bytes on disk."""
    files: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What one query took."""

    found: int | None
    """None where the query was refused."""
    seconds: float
    moved: int
    """Bytes."""


def measured(command: list[str], **options: Any) -> tuple[float, float]:
    """Seconds and megabytes of `command`, which may report problems of captures."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, stdout=said, stderr=said, **options) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):
            said.seek(0)
            raise SystemExit(said.read().decode(errors="replace"))
    return time.perf_counter() - start, usage.ru_maxrss * KIB_IN_MAXRSS / 1e6


def sizes_of(folder: Path) -> list[int]:
    """The bytes of every file below `folder`."""
    return [path.stat().st_size for path in folder.rglob("*") if path.is_file()]


def build_index(content: Path, site: Path) -> Indexed:
    """Builds the site without search, then with it: the second build does nothing but index."""
    command = [sys.executable, "build.py", "build", "--quiet", "--drafts"]
    command += ["--content", str(content), "--site", str(site)]
    measured([*command, "--no-search"], cwd=ROOT)
    idle, _ = measured([*command, "--no-search"], cwd=ROOT)
    seconds, megabytes = measured(command, cwd=ROOT)
    sizes = sizes_of(site / "search")
    return Indexed(seconds - idle, megabytes, sum(sizes), len(sizes))


def build_plain(site: Path, plain: Path) -> Indexed:
    """Lets Pagefind index the article pages of `site` as it does by itself."""
    shutil.copytree(site / "a", plain / "a", ignore=shutil.ignore_patterns("*.txt"), copy_function=os.link)
    (plain / "index.html").write_text(PLAIN_PAGE, "utf-8")
    seconds, megabytes = measured([str(pagefind_bin.get_executable()), "--site", str(plain), "--silent"])
    sizes = sizes_of(plain / "pagefind")
    return Indexed(seconds, megabytes, sum(sizes), len(sizes))


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """The address of a server of `folder`, and a list to which the bytes of each of its answers are added."""
    moved: list[int] = []

    class Folder(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def send_header(self, keyword: str, value: str) -> None:
            if keyword == "Content-Length":
                moved.append(int(value))
            super().send_header(keyword, value)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class's name
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Folder, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", moved
        server.shutdown()


def ask(page: Page, query: str) -> int | None:
    """How many articles our search page finds; None if it says that the query is too broad."""
    page.fill("#main input[type=search]", query)
    page.press("#main input[type=search]", "Enter")
    page.wait_for_function(
        """() => document.querySelector("#results[data-total]")
          || document.querySelector("[role=status]").textContent === document.querySelector(".search").dataset.broad""",
        timeout=PATIENCE_MILLISECONDS,
    )
    total = page.get_attribute("#results", "data-total")
    return None if total is None else int(total)


def ask_plain(page: Page, query: str) -> int:
    """How many articles plain Pagefind finds."""
    found: int = page.evaluate(PLAIN_QUERY, query)
    return found


def timed(work: Any, page: Page, query: str, moved: list[int]) -> Asked:
    """One query by `work`, with what it moved since `moved` was last emptied."""
    start = time.perf_counter()
    found = work(page, query)
    return Asked(found, time.perf_counter() - start, sum(moved))


def first_and_later(browser: Browser, folder: Path, queries: tuple[str, ...], work: Any) -> list[tuple[Asked, Asked]]:
    """Each query as a reader's first, page and scripts included, and as a later one after all those before it."""
    place = "search/" if work is ask else ""
    results = []
    with served(folder) as (address, moved), browser.new_context() as used:
        open_page = used.new_page()
        open_page.goto(address + place)
        work(open_page, "新闻")
        for query in queries:
            with browser.new_context() as fresh:
                page = fresh.new_page()
                moved.clear()
                page.goto(address + place)
                first = timed(work, page, query, moved)
            moved.clear()
            results.append((first, timed(work, open_page, query, moved)))
    return results


def text_bytes(site: Path) -> int:
    """The bytes in UTF-8 of the text of all article pages."""
    bodies = (LexborHTMLParser(page.read_bytes()).css_first(".article-body") for page in site.glob("a/*/index.html"))
    return sum(len(body.text().encode()) for body in bodies if body)


def table(browser: Browser, content: Path, scratch: Path, queries: tuple[str, ...]) -> Iterator[str]:
    """The lines that tell of one size."""
    site, plain = scratch / "site", scratch / "plain"
    ours, theirs = build_index(content, site), build_plain(site, plain)
    lines = (site / "data/articles.jsonl").read_text("utf-8").splitlines()
    shards = len(json.loads(shards_of(site)))
    text = text_bytes(site)
    yield f"### {len(lines):,} articles, {text / 1e6:,.1f} MB of text, {shards} shards"
    yield ""
    yield "| index | s | MB, largest process | MB on disk | times the text | files |"
    yield "|---|---|---|---|---|---|"
    for name, made in (("Beilin", ours), ("plain pagefind --site", theirs)):
        yield (
            f"| {name} | {made.seconds:.1f} | {made.megabytes:,.0f} | {made.size / 1e6:,.1f} "
            f"| {made.size / text:.2f} | {made.files:,} |"
        )
    asked = first_and_later(browser, site, queries, ask)
    plainly = first_and_later(browser, plain, queries, ask_plain)
    yield ""
    yield "| query | found | first kB | s | later kB | s | plain: found | first kB | s | later kB | s |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for query, both, other in zip(queries, asked, plainly, strict=True):
        yield f"| {query} | {' | '.join(cells(both))} | {' | '.join(cells(other))} |"
    medians = [statistics.median(each[1].moved for each in those) / 1e3 for those in (asked, plainly)]
    yield ""
    yield f"Median of the later queries: {medians[0]:,.0f} kB, plain {medians[1]:,.0f} kB."
    yield ""


def cells(both: tuple[Asked, Asked]) -> Iterator[str]:
    """The cells of a first and a later query."""
    found = both[0].found
    yield "refused" if found is None else f"{found:,}"
    for asked in both:
        yield f"{asked.moved / 1e3:,.0f}"
        yield f"{asked.seconds:.2f}"


def shards_of(site: Path) -> str:
    """What the search page is told of the shards, as JSON."""
    page = LexborHTMLParser((site / "search/index.html").read_bytes()).css_first(".search")
    assert page
    return page.attributes["data-shards"] or "[]"


def copy(captures: list[Path], origin: Path, content: Path) -> None:
    """Copies `captures` from below `origin` to `content`."""
    for path in captures:
        target = content / path.relative_to(origin)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def main() -> None:
    """Measures and writes the tables."""
    parser = argparse.ArgumentParser(description="Measures search.")
    named = os.environ.get("BEILIN_CORPUS")
    parser.add_argument("--content", type=Path, default=Path(named) if named else None, metavar="DIR")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000], metavar="N", help="numbers of captures")
    parser.add_argument("--rare", default=RARE, metavar="PHRASE", help="one more query, of a phrase that is rare")
    asked = parser.parse_args()
    origin = "made up" if asked.content is None else "real"
    lines = [f"Captures: {origin}; {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}", ""]
    print("\n".join(lines), flush=True)
    with sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        for size in asked.sizes:
            with tempfile.TemporaryDirectory() as folder:
                scratch = Path(folder)
                if asked.content is None:
                    make_up(scratch / "content", size)
                else:
                    captures = captures_of(asked.content, size)
                    copy(captures, asked.content, scratch / "content")
                for line in table(browser, scratch / "content", scratch, (*QUERIES, asked.rare)):
                    lines.append(line)
                    print(line, flush=True)
        browser.close()
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n".join(lines), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
