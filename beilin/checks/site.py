"""A whole site, checked file by file in parallel and then as one."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar
from urllib.parse import unquote

from beilin.checks.addresses import Place, Target
from beilin.checks.documents import read_json, read_json_lines, read_style_sheet, read_xml
from beilin.checks.inventory import Inventory, take_inventory
from beilin.checks.pages import read_page
from beilin.checks.proof import Anchors, Proof
from beilin.model.problem import Level, Problem

FILES_PER_CHUNK = 48  # about a quarter of a second of work
MOST_PER_CODE = 100  # a fault of a template is on every page: a hundred say as much as all, and the rest is counted
RECORDS = "data/articles.jsonl"
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
_DOCUMENTS: dict[str, Callable[[Proof], None]] = {
    ".css": read_style_sheet,
    ".xml": read_xml,
    ".json": read_json,
    ".jsonl": read_json_lines,
}

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")


class Runner(Protocol):
    """What runs a function over chunks, such as `beilin.store.workers.Workers`."""

    def run(self, function: Callable[[Chunk], Result], chunks: Iterable[Chunk]) -> Iterator[Result]:
        """The results in the order of the chunks."""


@dataclass(frozen=True, slots=True)
class Task:
    """Some files to read."""

    site: Path
    base_url: str
    files: tuple[tuple[str, str | None, bool], ...]
    """Path, digest by the manifest (None if not listed), and whether the page is listed as an article."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What one file gave."""

    path: str
    problems: tuple[Problem, ...]
    links: tuple[tuple[Target, int], ...]
    anchors: Anchors | None


def check_site(site: Path, workers: Runner) -> list[Problem]:
    """Everything that is not as it should be in the built `site`, by path; at most `MOST_PER_CODE` of a kind in full.

    Raises `OSError` if there is no such folder.
    """
    inventory = take_inventory(site)
    paths = set(inventory.paths)
    folded = {path.casefold(): path for path in inventory.paths}
    base_url = _base_url(site)
    articles, record_problems = _articles(site, paths)
    report = _Report([*inventory.problems, *record_problems])
    anchors: dict[str, Anchors] = {}
    fragments: list[tuple[str, Target, int]] = []
    for findings in _chain(workers.run(examine, _tasks(site, base_url, inventory, articles))):
        report.add(findings.problems)
        if findings.anchors:
            anchors[findings.path] = findings.anchors
        for target, line in findings.links:
            if target.path not in paths:
                report.add([_broken(findings.path, line, target.path, folded)])
            elif target.fragment:
                fragments.append((findings.path, target, line))
    for path, target, line in fragments:
        if target.path in anchors and target.fragment not in anchors[target.path]:
            message = f"{target.path} has no place {target.fragment!r}"
            report.add([Problem(Level.ERROR, "fragment-missing", path, line, message)])
    return report.problems()


def examine(task: Task) -> tuple[Findings, ...]:
    """What the files of `task` give; runs in any process."""
    return tuple(_examine_file(task, *file) for file in task.files)


def _examine_file(task: Task, path: str, digest: str | None, is_article: bool) -> Findings:
    proof = Proof(Place(path, task.base_url), "")
    try:
        data = (task.site / path).read_bytes()
    except OSError as error:
        proof.fault("file-unreadable", error.strerror or str(error))
        return Findings(path, tuple(proof.problems), (), None)
    if digest and sha256(data).hexdigest() != digest:
        proof.fault("fixity-changed", "its bytes are not those that were published")
    suffix = Path(path).suffix
    if suffix == ".html" or suffix in _DOCUMENTS:
        try:
            proof.text = data.decode()
        except UnicodeDecodeError as error:
            proof.fault("encoding-wrong", f"not UTF-8 at byte {error.start}")
        else:
            if suffix == ".html":
                read_page(proof, is_article)
            else:
                _DOCUMENTS[suffix](proof)
    return Findings(path, tuple(proof.problems), tuple(proof.links.items()), proof.anchors)


def _tasks(site: Path, base_url: str, inventory: Inventory, articles: set[str]) -> Iterator[Task]:
    paths = iter(inventory.paths)
    while some := tuple(islice(paths, FILES_PER_CHUNK)):
        yield Task(site, base_url, tuple((path, inventory.digests.get(path), path in articles) for path in some))


def _chain(results: Iterable[tuple[Findings, ...]]) -> Iterator[Findings]:
    for result in results:
        yield from result


def _base_url(site: Path) -> str:
    try:
        front = (site / "index.html").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    canonical = _CANONICAL.search(front)
    return canonical[1] if canonical else ""


def _articles(site: Path, paths: set[str]) -> tuple[set[str], list[Problem]]:
    """The pages that the records call articles; problems where there is no such page."""
    articles: set[str] = set()
    problems: list[Problem] = []
    try:
        with (site / RECORDS).open(encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, start=1):
                page = _page(line)
                articles.add(page)
                if page and page not in paths:
                    problems.append(Problem(Level.ERROR, "record-dangling", RECORDS, number, f"{page} is not there"))
    except (FileNotFoundError, UnicodeDecodeError):
        pass
    return articles, problems


def _page(record: str) -> str:
    try:
        return unquote(json.loads(record)["url"]).lstrip("/") + "index.html"
    except (ValueError, KeyError, TypeError):
        return ""


def _broken(path: str, line: int, target: str, folded: Mapping[str, str]) -> Problem:
    twin = folded.get(target.casefold())
    message = f"{target} is not there" + (f"; {twin} is, in another case" if twin else "")
    return Problem(Level.ERROR, "link-broken", path, line, message)


class _Report:
    def __init__(self, problems: Iterable[Problem]) -> None:
        self._kept: list[Problem] = []
        self._counts: Counter[str] = Counter()
        self.add(problems)

    def add(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self._counts[problem.code] += 1
            if self._counts[problem.code] <= MOST_PER_CODE:
                self._kept.append(problem)

    def problems(self) -> list[Problem]:
        kept = sorted(self._kept, key=lambda problem: (problem.path, problem.line, problem.code, problem.message))
        for code, count in sorted(self._counts.items()):
            if count > MOST_PER_CODE:
                message = f"{count - MOST_PER_CODE} more of this kind in the site"
                kept.append(Problem(Level.ERROR, code, ".", 1, message))
        return kept
