"""The captures below `content/`: found without surprises, read within bounds."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from beilin.model.problem import Level, Problem

CAPTURE_SUFFIXES = frozenset({".md", ".markdown", ".html", ".htm", ".txt"})
LARGEST_CAPTURE_BYTES = 64 * 1024 * 1024  # a hundred times the largest article known; more is a mistake, not a page
NOT_CAPTURES = frozenset({"media", "site.toml", "names.toml"})  # at the top of content/ alone
LEDGER_STEM = "permalinks"
LITTER = frozenset({"thumbs.db", "desktop.ini"})  # what Windows leaves in folders that were looked at


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies below `content/`."""

    paths: tuple[str, ...]
    """The captures, POSIX paths below `content/`, in the order of their NFC characters on every file system."""
    problems: tuple[Problem, ...]
    """What will not be read, and why; ordered likewise."""


class CaptureError(Exception):
    """A capture whose bytes cannot be had; `problem` is ready for the report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(slots=True)
class _Walk:
    root: str
    paths: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    others: dict[str, list[str]] = field(default_factory=dict)

    def refuse(self, path: str, code: str, message: str) -> None:
        self.problems.append(Problem(Level.ERROR, code, path, 1, message))


def find_captures(content: Path) -> Listing:
    """Every capture below `content`, and a problem for whatever else is there and will not be published.

    Hidden folders and files are passed over in silence, except hidden captures. Symbolic links are followed as long
    as they stay below `content` and do not lead back to where they stand. Raises `OSError` if `content` itself
    cannot be read.
    """
    walk = _Walk(os.path.realpath(content))
    with os.scandir(walk.root):
        pass
    # (path below content, real path, the real paths of the folders around it)
    folders = [("", walk.root, frozenset({walk.root}))]
    while folders:
        path, real, around = folders.pop()
        for entry in _entries(walk, path, real):
            name = f"{path}/{entry.name}" if path else entry.name
            if _is_passed_over(walk, name, entry):
                continue
            target = _target(walk, name, entry, around)
            if target is None:
                continue
            if stat.S_ISDIR(target[1]):
                folders.append((name, target[0], around | {target[0]}))
            elif not stat.S_ISREG(target[1]):
                walk.refuse(name, "not-a-file", "a pipe, socket or device is not read; remove it")
            elif _suffix(entry.name) in CAPTURE_SUFFIXES:
                walk.paths.append(name)
            else:
                walk.others.setdefault(_suffix(entry.name), []).append(name)
    problems = sorted([*walk.problems, *_unread(walk.others)], key=lambda problem: (_order(problem.path), problem.code))
    return Listing(tuple(sorted(walk.paths, key=_order)), tuple(problems))


def read_capture(content: Path, path: str) -> bytes:
    """The bytes of the capture at `path` below `content`; raises `CaptureError`."""
    try:
        with (content / path).open("rb") as file:
            data = file.read(LARGEST_CAPTURE_BYTES + 1)
    except OSError as error:
        message = f"{error.strerror or error}; it is not published"
        raise CaptureError(Problem(Level.ERROR, "capture-unreadable", path, 1, message)) from error
    if len(data) > LARGEST_CAPTURE_BYTES:
        limit = LARGEST_CAPTURE_BYTES // (1024 * 1024)
        message = f"larger than {limit} MiB; divide it, or move it out of content/"
        raise CaptureError(Problem(Level.ERROR, "capture-too-large", path, 1, message))
    return data


def _entries(walk: _Walk, path: str, real: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(real) as entries:
            return list(entries)
    except OSError as error:
        walk.refuse(path, "folder-unreadable", f"{error.strerror or error}; nothing below it is published")
        return []


def _is_passed_over(walk: _Walk, path: str, entry: os.DirEntry[str]) -> bool:
    name = entry.name
    if path == name and (name in NOT_CAPTURES or name.partition(".")[0] == LEDGER_STEM):
        return True
    # macOS keeps what its file systems cannot hold in ._ files beside the real ones.
    if name.startswith("."):
        if _suffix(name[1:]) in CAPTURE_SUFFIXES and not name.startswith("._") and not entry.is_dir():
            message = "a file whose name begins with a dot is not read; rename it to publish it"
            walk.problems.append(Problem(Level.WARNING, "capture-hidden", path, 1, message))
        return True
    if _is_undecodable(name):
        walk.refuse(path, "name-undecodable", "the name is not UTF-8; rename it, until then it is not published")
        return True
    return name.lower() in LITTER


def _target(walk: _Walk, path: str, entry: os.DirEntry[str], around: frozenset[str]) -> tuple[str, int] | None:
    """Real path and mode of what `entry` is or links to; None, and a problem, where it must not be followed."""
    try:
        if not entry.is_symlink():
            return entry.path, entry.stat(follow_symlinks=False).st_mode
        mode = entry.stat().st_mode
        real = os.path.realpath(entry.path)
    except OSError as error:
        code = "link-broken" if entry.is_symlink() else "capture-unreadable"
        walk.refuse(path, code, f"{error.strerror or error}; it is not published")
        return None
    if not real.startswith(walk.root + os.sep) and real != walk.root:
        walk.refuse(path, "link-outside", "the link leads out of content/ and is not followed; copy the file instead")
        return None
    if any(inner == real or inner.startswith(real + os.sep) for inner in around):
        walk.refuse(path, "link-circular", "the link leads back to a folder around it and is not followed; remove it")
        return None
    return real, mode


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is_undecodable(name: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in name)


def _order(path: str) -> tuple[str, str]:
    return unicodedata.normalize("NFC", path), path


def _unread(others: dict[str, list[str]]) -> Iterator[Problem]:
    for suffix, paths in others.items():
        count = f"{len(paths)} file{'s' if len(paths) > 1 else ''}"
        ending = f"ending in {suffix}" if suffix else "without a suffix"
        message = f"{count} {ending}, such as this one, not read; save as .html, .md or .txt, or move to content/media/"
        yield Problem(Level.WARNING, "suffix-unread", min(paths, key=_order), 1, message)
