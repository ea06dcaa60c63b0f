"""What a publication is about to do, written down so that whoever comes next can complete it."""

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from beilin.store.site_files import PublicationError, fold, make_folder_for

FEW = 64  # up to so many files are flushed to the disk one by one; beyond, one flush of everything is quicker


@dataclass(frozen=True, slots=True)
class Journal:
    """The steps of one publication: files put in place in this order, then files removed or set aside."""

    place: tuple[str, ...]
    remove: tuple[str, ...]
    set_aside: tuple[str, ...]
    """Files that Beilin did not make: they are moved out of the site, never deleted."""

    def write(self, work: Path) -> None:
        """Commits to these steps: they are on the disk, with all staged files, or they are not at all."""
        flush([work / "staging" / path for path in self.place])
        draft = work / "journal.new"
        draft.write_text(json.dumps(asdict(self)), "utf-8")
        flush([draft])
        draft.replace(work / "journal")
        _flush_folder(work)

    @classmethod
    def read(cls, work: Path) -> Self | None:
        """The steps that were committed to and not completed, if any."""
        try:
            steps = json.loads((work / "journal").read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        return cls(tuple(steps["place"]), tuple(steps["remove"]), tuple(steps["set_aside"]))


def roll_forward(site: Path, work: Path) -> Iterator[str]:
    """Does what the journal in `work` says, one rename or removal between two results; nothing if there is none.

    Results are the paths done. May be broken off anywhere and begun anew. Raises `PublicationError`.
    """
    journal = Journal.read(work)
    if journal is None:
        return
    refuges = {path: work / "set-aside" / path for path in journal.set_aside}
    obstacles = _obstacles(journal.place, (*journal.remove, *journal.set_aside))
    path = ""
    try:
        for path in journal.place:
            staged = f"{work}/staging/{path}"
            if path in obstacles and os.path.exists(staged):  # noqa: PTH110
                for obstacle in obstacles[path]:
                    _take_away(site, obstacle, refuges.get(obstacle))
            if _put_in_place(staged, f"{site}/{path}"):
                yield path
        gone = {path for paths in obstacles.values() for path in paths}
        for path in (*journal.remove, *journal.set_aside):
            if path not in gone:
                _take_away(site, path, refuges.get(path))
                yield path
        (work / "journal").unlink()
    except OSError as error:
        cause = f"{site / path}: {error.strerror or error}"
        raise PublicationError(f"{cause}; mend that and build again: the site is completed first") from error
    shutil.rmtree(work / "staging", ignore_errors=True)


def _obstacles(place: Iterable[str], leaving: Iterable[str]) -> dict[str, list[str]]:
    """Which leaving files must go before a path can come: a file where a folder must be, the reverse, another case."""
    leaves = {fold(path): path for path in leaving}
    inside: dict[str, list[str]] = {}
    for folded, path in leaves.items():
        for folder in _folders(folded):
            inside.setdefault(folder, []).append(path)
    obstacles = {}
    for path in place if leaves else ():
        folded = fold(path)
        around = [leaves[name] for name in (folded, *_folders(folded)) if name in leaves]
        if found := around + inside.get(folded, []):
            obstacles[path] = found
    return obstacles


def _folders(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _put_in_place(staged: str, target: str) -> bool:
    """Whether there was anything to put in place."""
    # This runs once for each file of a large site, so it tries first and asks afterwards, with paths as text.
    try:
        os.replace(staged, target)  # noqa: PTH105
    except FileNotFoundError:
        if not os.path.exists(staged):  # noqa: PTH110
            return False
        make_folder_for(Path(target))
        os.replace(staged, target)  # noqa: PTH105
    except IsADirectoryError:
        _remove_empty_folders(Path(target))
        os.replace(staged, target)  # noqa: PTH105
    return True


def _remove_empty_folders(top: Path) -> None:
    for folder, _, _ in os.walk(top, topdown=False):
        Path(folder).rmdir()


def _take_away(site: Path, path: str, refuge: Path | None) -> None:
    file = site / path
    if refuge and file.exists():
        while refuge.exists():
            refuge = refuge.with_name(refuge.name + "~")
        make_folder_for(refuge)
        file.replace(refuge)
    else:
        file.unlink(missing_ok=True)
    with suppress(OSError):
        for folder in _folders(path):
            (site / folder).rmdir()


def flush(files: list[Path]) -> None:
    """Sees to it that the bytes of `files` are on the disk, not only in memory."""
    if len(files) > FEW and hasattr(os, "sync"):
        os.sync()
        return
    for file in files:
        with file.open("rb+") as opened:
            os.fsync(opened.fileno())


def _flush_folder(folder: Path) -> None:
    if sys.platform != "win32":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
