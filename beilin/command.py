"""The command line: arguments, pipeline, report, exit status."""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from beilin import __version__
from beilin.checks import check_site
from beilin.library.candidates import in_words
from beilin.library.ledger_lines import read_ledger
from beilin.library.recognition import identify
from beilin.model.article import Facts
from beilin.model.explanation import Section
from beilin.model.problem import Level, visible
from beilin.pages.places import article_folder
from beilin.pages.rendering import ThemeError
from beilin.pipeline import Options, Summary, build
from beilin.report import Report, print_sections
from beilin.sources.explaining import explain
from beilin.sources.registry import kinds
from beilin.store.captures import CAPTURE_SUFFIXES, CaptureError, read_capture
from beilin.store.config import load_site
from beilin.store.index_files import IndexingError
from beilin.store.ledger_file import LedgerReadError, read_lines
from beilin.store.serving import ServingError, serve
from beilin.store.site_files import PublicationError
from beilin.store.themes import read_theme
from beilin.store.toml_files import ConfigurationError
from beilin.store.workers import WorkerError, Workers, available_jobs

COMMANDS = ("build", "serve", "check", "explain")
CANNOT_RUN = 2
FATAL = (
    *(ConfigurationError, ThemeError, PublicationError, LedgerReadError),
    *(WorkerError, IndexingError, ServingError, OSError),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 done, 1 done with errors, 2 could not run."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0] not in COMMANDS and words[0] not in ("-h", "--help", "--version")):
        words.insert(0, "build")
    options = _parser().parse_args(words)
    try:
        status: int = options.run(options)
    except FATAL as error:
        print(error, file=sys.stderr)  # noqa: T201 - this is what the user reads
        return CANNOT_RUN
    except KeyboardInterrupt:
        print("stopped; the published site is as it was", file=sys.stderr)  # noqa: T201
        return CANNOT_RUN
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py", description="A static archive site generator for captured Chinese-language articles."
    )
    parser.add_argument("--version", action="version", version=f"Beilin {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    reading = argparse.ArgumentParser(add_help=False)
    reading.add_argument(
        "--content", type=Path, default=Path("content"), metavar="DIR", help="folder of captures (content)"
    )
    reading.add_argument(
        "--theme",
        type=Path,
        default=Path(__file__).parent.parent / "theme",
        metavar="DIR",
        help="templates, styles and words (theme)",
    )
    building = argparse.ArgumentParser(add_help=False, parents=[reading])
    building.add_argument(
        "--site", type=Path, default=Path("site"), metavar="DIR", help="folder that is written (site)"
    )
    building.add_argument("--base-url", metavar="URL", help="address that the site will have; overrides site.toml")
    building.add_argument(
        "--jobs", type=_count, default=available_jobs(), metavar="N", help="processes at work (one a core)"
    )
    building.add_argument("--no-search", action="store_true", help="leave the search index out")
    building.add_argument("--drafts", action="store_true", help="publish drafts too; the ledger is then left alone")
    building.add_argument("--quiet", action="store_true", help="no progress and no summary; problems are still printed")

    command = commands.add_parser("build", parents=[building], help="build the site (the default)")
    command.set_defaults(run=_build)
    command = commands.add_parser("serve", parents=[building], help="build, serve on 127.0.0.1, rebuild on change")
    command.add_argument("--port", type=int, default=8000, metavar="N")
    command.set_defaults(run=_serve)
    command = commands.add_parser("check", help="verify a built site: fixity, links, markup")
    command.add_argument("--site", type=Path, default=Path("site"), metavar="DIR")
    command.add_argument("--jobs", type=_count, default=available_jobs(), metavar="N")
    command.set_defaults(run=_check)
    command = commands.add_parser(
        "explain", parents=[reading], help="what a capture is read as and why, and what is set aside"
    )
    command.add_argument("capture", type=Path, metavar="CAPTURE", help="a file, as it stands or below --content")
    command.add_argument("--blocks", action="store_true", help="print every block of the article too")
    command.set_defaults(run=_explain)
    return parser


def _count(written: str) -> int:
    number = int(written)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _options(arguments: argparse.Namespace, *, keeps_ledger: bool) -> Options:
    return Options(
        content=arguments.content,
        site=arguments.site,
        theme=arguments.theme,
        base_url=arguments.base_url,
        jobs=arguments.jobs,
        search=not arguments.no_search,
        drafts=arguments.drafts,
        keeps_ledger=keeps_ledger and not arguments.drafts,
    )


def _build(arguments: argparse.Namespace, *, keeps_ledger: bool = True) -> int:
    report = Report(is_quiet=arguments.quiet)
    summary = build(_options(arguments, keeps_ledger=keeps_ledger), report)
    report.print_problems()
    if not arguments.quiet:
        _print_summary(summary, report)
    return report.exit_status


def _print_summary(summary: Summary, report: Report) -> None:
    outcome = summary.outcome
    lines = [
        f"{summary.captures:,} captures: {summary.articles:,} articles in {summary.versions:,} versions",
        f"{outcome.written:,} files written ({outcome.bytes_written / 1e6:,.1f} MB), "
        f"{outcome.unchanged:,} unchanged, {outcome.removed:,} removed",
        ", ".join(f"{name} {seconds:.1f} s" for name, seconds in report.stages),
    ]
    lines += [f"{level}s: {counts}" for level in Level if (counts := report.counts(level))]
    if summary.missing_names:
        lines.append(f"names.toml lacks: {in_words(summary.missing_names)}")
    print("\n".join(lines))  # noqa: T201


def _serve(arguments: argparse.Namespace) -> int:
    rebuild = partial(_build, arguments, keeps_ledger=False)
    serve(arguments.site, arguments.port, rebuild, (arguments.content, arguments.theme))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    report = Report()
    with Workers(arguments.jobs) as workers:
        report.add(check_site(arguments.site, workers))
    report.print_problems()
    print("the site is whole" if not report.exit_status else report.counts(Level.ERROR))  # noqa: T201
    return report.exit_status


def _explain(arguments: argparse.Namespace) -> int:
    content: Path = arguments.content
    file = _locate(arguments.capture, content)
    root = content.resolve()
    is_inside = file.is_relative_to(root)
    path = file.relative_to(root).as_posix() if is_inside else arguments.capture.as_posix()
    site = load_site(content, kinds=kinds(), languages=read_theme(arguments.theme).languages.keys())
    try:
        data = read_capture(file.parent, file.name)
    except CaptureError as error:
        print(error.problem, file=sys.stderr)  # noqa: T201
        return 1
    explanation = explain(path, data, site, shows_blocks=arguments.blocks)
    facts = explanation.reading.facts
    rows = [("published", "yes" if facts else "no")]
    if not is_inside:
        rows.append(("but", f"a build does not see it: it is not below {content.as_posix()}"))
    elif file.suffix.lower() not in CAPTURE_SUFFIXES:
        rows.append(("but", f"a build does not see it: its name ends in none of {' '.join(sorted(CAPTURE_SUFFIXES))}"))
    if facts:
        rows += _places(facts, content)
    print_sections((Section("publication", ("", ""), tuple(rows)), *explanation.sections))
    return int(facts is None)


def _locate(written: Path, content: Path) -> Path:
    """The file that is meant: as written, or below `content`. Raises `FileNotFoundError`."""
    for path in (written, content / written):
        if path.is_file():
            return path.parent.resolve() / path.name  # a link keeps its own name
    place = visible(written.as_posix())
    raise FileNotFoundError(f"{place}:1: capture-missing: there is no such file, here or below {content.as_posix()}")


def _places(facts: Facts, content: Path) -> list[tuple[str, str]]:
    """Identifier and address, as the ledger has them where it knows the capture."""
    ledger, _ = read_ledger(read_lines(content))
    identifiers, problems = identify([facts], ledger)
    (identifier,) = identifiers or (facts.natural_id,)
    known = "known to the ledger" if identifier in ledger.numbers else "new"
    return [
        ("identifier", f"{identifier}, {known}"),
        ("address", f"/{article_folder(identifier)}"),
        *(("problem", str(problem)) for problem in problems),
    ]
