"""What a build tells: progress on a terminal, a line for each problem, and a summary."""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from beilin.model.explanation import Section
from beilin.model.problem import Level, Problem, visible

Item = TypeVar("Item")


@dataclass(slots=True)
class Report:
    """Collects the problems and stage times of one build."""

    is_quiet: bool = False
    problems: list[Problem] = field(default_factory=list)
    stages: list[tuple[str, float]] = field(default_factory=list)
    """Name and seconds of each stage, in order."""

    def add(self, problems: Iterable[Problem]) -> None:
        """Takes note of `problems`."""
        self.problems.extend(problems)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Times what is done inside."""
        start = time.monotonic()
        try:
            yield
        finally:
            self.stages.append((name, time.monotonic() - start))

    def progress(self, name: str, items: Iterable[Item], total: int) -> Iterator[Item]:
        """`items` as they come, counted on a terminal."""
        console = Console(stderr=True)
        if self.is_quiet or not console.is_terminal:
            yield from items
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task(name, total=total)
            for item in items:
                yield item
                bar.advance(task)

    def forgive(self, patterns: tuple[str, ...]) -> None:
        """Takes out the errors of captures that the owner expects to stay unpublished.

        A pattern that no such capture matches is doubtful.
        """
        used: set[str] = set()

        def is_expected(problem: Problem) -> bool:
            found = [pattern for pattern in patterns if fnmatchcase(problem.path, pattern)]
            used.update(found)
            return problem.level is Level.ERROR and bool(found)

        self.problems = [problem for problem in self.problems if not is_expected(problem)]
        for pattern in patterns:
            if pattern not in used:
                message = f'expected_unpublished lists "{pattern}", which no unpublished capture matches; remove it'
                self.problems.append(Problem(Level.WARNING, "expected-published", "site.toml", 1, message))

    def print_problems(self) -> None:
        """One line each on standard error, in order of path, line and code."""
        lines = sorted({(problem.path, problem.line, problem.code, str(problem)) for problem in self.problems})
        sys.stderr.writelines(f"{line}\n" for *_, line in lines)

    def counts(self, level: Level) -> str:
        """How many problems of `level` there are, by code, the most frequent first."""
        counted = Counter(problem.code for problem in self.problems if problem.level is level)
        return ", ".join(f"{number:,} {code}" for code, number in counted.most_common())

    @property
    def exit_status(self) -> int:
        """0 with warnings at most, 1 with an error."""
        return int(any(problem.level is Level.ERROR for problem in self.problems))


def print_sections(sections: Iterable[Section]) -> None:
    """An explanation on standard output: tables on a terminal, lines with tabs between the cells elsewhere."""
    console = Console()
    if not console.is_terminal:
        sys.stdout.writelines(line for section in sections for line in _lines(section))
        return
    for section in sections:
        table = Table(title=section.title, title_justify="left", title_style="bold", show_header=any(section.columns))
        for number, column in enumerate(section.columns, 1):
            table.add_column(Text(column), overflow="fold", ratio=1 if number == len(section.columns) else None)
        for row in section.rows:
            table.add_row(*(Text(visible(cell)) for cell in row))
        console.print(table)


def _lines(section: Section) -> Iterator[str]:
    yield f"# {section.title}\n"
    rows = (section.columns, *section.rows) if any(section.columns) else section.rows
    yield from ("\t".join(map(visible, row)) + "\n" for row in rows)
    yield "\n"
