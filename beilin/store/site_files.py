"""The files of a site: which names they may have, which there are, and the manifest over them."""

import os
import unicodedata
from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path

MANIFEST = "manifest-sha256.txt"
LONGEST_PATH_BYTES = 200
_FORBIDDEN = frozenset('\\:*?"<>|') | {chr(code) for code in range(32)} | {"\x7f"}


class PublicationError(Exception):
    """The site cannot be written; the message names the place, the cause and the remedy, and what state it is in."""


def insist_on_safe(path: str) -> None:
    """Raises `ValueError` unless every host and file system can hold `path`, below the site and not hidden."""
    if (
        len(path.encode()) > LONGEST_PATH_BYTES
        or path.startswith(".")
        or any(part in ("", ".", "..") or part[-1] in ". " for part in path.split("/"))
        or not _FORBIDDEN.isdisjoint(path)
    ):
        raise ValueError(f"not a path that every host and file system can hold: {path!r}")


def fold(path: str) -> str:
    """What some file system may take `path` for: equal for paths that differ only in case or width."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFKC", path).casefold()


def list_files(folder: Path) -> set[str]:
    """The POSIX paths of all files below `folder`; none if it does not exist.

    Hidden names at its top, such as `.git` or `.nojekyll`, are the owner's own and left out. Raises
    `PublicationError` on a symbolic link: what is written through one ends up elsewhere.
    """
    found: set[str] = set()
    folders = [""] if folder.exists() else []
    while folders:
        below = folders.pop()
        with os.scandir(folder / below) as entries:
            for entry in entries:
                path = f"{below}/{entry.name}" if below else entry.name
                if path.startswith("."):
                    continue
                if entry.is_symlink():
                    raise PublicationError(f"{entry.path}: is a symbolic link; remove it, a site holds real files only")
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                else:
                    found.add(path)
    return found


def write_manifest(digests: Mapping[str, str]) -> bytes:
    """The manifest over path → SHA-256 in hex, in the form that `sha256sum -c` reads, ordered by path."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def read_manifest(site: Path) -> dict[str, str]:
    """Path → SHA-256 in hex, as `write_manifest` wrote them; empty if there is no manifest or it is not text."""
    try:
        lines = (site / MANIFEST).read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return {}
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines) if path}


def digest_of(file: Path) -> str:
    """SHA-256 of the file's bytes in hex, read in pieces."""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def make_folder_for(file: Path) -> None:
    """Sees to it that the folder of `file` exists."""
    file.parent.mkdir(parents=True, exist_ok=True)
