"""`site/`, replaced by renames from a staging folder beside it, so that what it serves is whole at every moment."""

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from beilin.store.cache import work_folder
from beilin.store.journal import Journal, roll_forward
from beilin.store.lock import lock
from beilin.store.site_files import (
    MANIFEST,
    PublicationError,
    digest_of,
    fold,
    insist_on_safe,
    list_files,
    make_folder_for,
    read_manifest,
    write_manifest,
)
from beilin.store.staging import Placed, Staging, untouched

_FRONT_DOORS = frozenset({"index.html", "search/index.html"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a publication did to the site; counts are of files, the manifest included."""

    written: int
    removed: int
    unchanged: int
    bytes_written: int
    set_aside: tuple[str, ...]
    """Files that were not Beilin's, moved out of the site into `set-aside/` of the work folder."""


class Publication:
    """One build's hold on `site`; to be used in a `with` statement, which recovers what an earlier build left undone.

    Raises `PublicationError` where another build holds the site, where it holds what Beilin did not make, where it
    overlaps with one of the folders `sources`, or where it cannot be written.
    """

    def __init__(self, site: Path, sources: Iterable[Path] = ()) -> None:
        self.site = site.resolve()
        self._sources = tuple(source.resolve() for source in sources)
        self._work = work_folder(self.site)
        self._lock: BinaryIO | None = None
        self._published: dict[str, str] = {}
        self.staging = Staging(self.site, self._work / "staging")
        """For `put` and `adopt`, here or in worker processes."""

    def __enter__(self) -> Self:
        for source in self._sources:
            if self.site == source or self.site in source.parents or source in self.site.parents:
                raise PublicationError(f"{self.site}: overlaps with {source}; choose another --site")
        if not self.site.parent.is_dir():
            raise PublicationError(f"{self.site}: there is no folder {self.site.parent}; make it first")
        try:
            self._work.mkdir(exist_ok=True)
            self._lock = lock(self._work / "lock")
        except BlockingIOError as error:
            raise PublicationError(f"{self.site}: another build is writing it; wait until that has ended") from error
        except OSError as error:
            raise untouched(self._work, error) from error
        try:
            self.recover()
            self._claim()
        except BaseException:
            self._lock.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if Journal.read(self._work) is None:
            shutil.rmtree(self.staging.folder, ignore_errors=True)
        if self._lock:
            self._lock.close()

    def recover(self) -> None:
        """Completes a publication that was committed and broken off; throws away one that was not committed."""
        for _ in self.roll_forward():
            pass
        shutil.rmtree(self.staging.folder, ignore_errors=True)

    def _claim(self) -> None:
        if self.site.exists() and not self.site.is_dir():
            raise PublicationError(f"{self.site}: is not a folder; choose another --site")
        self._published = read_manifest(self.site)
        files = list_files(self.site)
        # A BagIt bag has a manifest of the same name.
        if files and ("index.html" not in self._published or "bagit.txt" in files):
            raise PublicationError(f"{self.site}: holds files that Beilin did not make; choose an empty or new --site")
        nearest = self.site if self.site.exists() else self.site.parent
        if nearest.stat().st_dev != self._work.stat().st_dev:
            raise PublicationError(f"{self.site}: is where another file system is mounted; choose a folder below it")
        if not os.access(nearest, os.W_OK):
            raise PublicationError(f"{self.site}: cannot be written; mend its permissions or choose another --site")

    def keep(self, path: str) -> Placed | None:
        """The published file at `path` as it stands; None if there is none or it is not as it was published."""
        insist_on_safe(path)
        file = self.site / path
        if path not in self._published or not file.is_file() or (digest := digest_of(file)) != self._published[path]:
            return None
        return Placed(path, digest, file.stat().st_size, is_changed=False)

    def has(self, path: str) -> bool:
        """Whether the last publication put a file at `path`."""
        return path in self._published

    def keep_folder(self, folder: str) -> tuple[Placed, ...]:
        """The published files below `folder`, which ends in `/`; none at all if one is not as it was published."""
        kept = [self.keep(path) for path in self._published if path.startswith(folder)]
        return tuple(file for file in kept if file) if all(kept) else ()

    def finish(self, placed: Iterable[Placed]) -> Outcome:
        """Makes the site exactly `placed` and their manifest: now, or with the next recovery if it is broken off."""
        outcome = self.commit(placed)
        for _ in self.roll_forward():
            pass
        return outcome

    def commit(self, placed: Iterable[Placed]) -> Outcome:
        """Writes down what is to be done: from here on `roll_forward`, now or at the next start, makes it so.

        New files come first, for nothing that is published points to them yet; then changed ones, those that others
        point to before those that point; what leaves goes last, when nothing points to it any more.
        """
        files = _by_path(placed)
        digests = {path: file.sha256 for path, file in files.items()}
        files[MANIFEST] = self.staging.put(MANIFEST, write_manifest(digests))
        try:
            present = list_files(self.site)
            staged = self._staged(files, present)
            leaving = sorted(present - files.keys())
            removed = tuple(path for path in leaving if path in self._published)
            foreign = tuple(path for path in leaving if path not in self._published)
            order = sorted(staged, key=lambda path: (path in present, _standing(path), path))
            if order or leaving:
                Journal(tuple(order), removed, foreign).write(self._work)
        except OSError as error:
            raise untouched(self.site, error) from error
        written_bytes = sum(files[path].size for path in staged)
        return Outcome(len(staged), len(removed), len(files) - len(staged), written_bytes, foreign)

    def roll_forward(self) -> Iterator[str]:
        """Does what was committed, a rename or removal between two results, which are the paths done."""
        return roll_forward(self.site, self._work)

    def _staged(self, files: dict[str, Placed], present: set[str]) -> set[str]:
        # Where the file system ignores case, a file may have compared equal under a name that only folds to its own.
        staged = {path for path, file in files.items() if file.is_changed or path not in present}
        for path in staged:
            if not files[path].is_changed:
                target = self.staging.folder / path
                make_folder_for(target)
                shutil.copyfile(self.site / path, target)
        if absent := staged - list_files(self.staging.folder):
            raise FileNotFoundError(f"{min(absent)} is not in staging any more")
        return staged


def _by_path(placed: Iterable[Placed]) -> dict[str, Placed]:
    files: dict[str, Placed] = {}
    folded: dict[str, str] = {fold(MANIFEST): MANIFEST}
    for file in placed:
        if twin := folded.get(fold(file.path)):
            raise ValueError(f"two files of the site have one name: {twin!r}, {file.path!r}")
        folded[fold(file.path)] = file.path
        files[file.path] = file
    return files


def _standing(path: str) -> int:
    """How late a file is put in place: what pages need, the articles, lists of them, the front doors, the manifest."""
    name = path.rpartition("/")[2]
    if path == MANIFEST:
        return 4
    if path in _FRONT_DOORS:
        return 3
    if name.endswith(".html"):
        return 1 if path.startswith("a/") else 2
    return 2 if name == "feed.json" or name.endswith((".xml", ".jsonl")) else 0
