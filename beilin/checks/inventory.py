"""What files a site has, and what its manifest says of them."""

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from beilin.model.problem import Level, Problem

MANIFEST = "manifest-sha256.txt"
LONGEST_PATH_BYTES = 200
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True, slots=True)
class Inventory:
    """The files of a site; hidden names at its top, such as `.git`, are the owner's own and left out."""

    paths: tuple[str, ...]
    """Sorted, the manifest included."""
    digests: dict[str, str]
    """Path → SHA-256 in hex, as listed in the manifest."""
    problems: tuple[Problem, ...]


def take_inventory(site: Path) -> Inventory:
    """The files below `site`; problems where they are not exactly those that the manifest lists."""
    paths = tuple(sorted(_files(site)))
    digests, lines, problems = _manifest(site)
    problems += [
        _error("fixity-missing", MANIFEST, lines[path], f"{path} is not there") for path in digests.keys() - paths
    ]
    if digests:
        strays = sorted(set(paths) - digests.keys() - {MANIFEST})
        problems += [_error("fixity-stray", path, 1, f"{MANIFEST} does not list it") for path in strays]
    return Inventory(paths, digests, (*problems, *_unportable(paths)))


def _error(code: str, path: str, line: int, message: str) -> Problem:
    return Problem(Level.ERROR, code, path, line, message)


def _files(site: Path) -> Iterator[str]:
    folders = [""]
    while folders:
        below = folders.pop()
        with os.scandir(site / below) as entries:
            for entry in entries:
                path = f"{below}/{entry.name}" if below else entry.name
                if path.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                else:
                    yield path


def _manifest(site: Path) -> tuple[dict[str, str], dict[str, int], list[Problem]]:
    digests: dict[str, str] = {}
    places: dict[str, int] = {}
    try:
        lines = (site / MANIFEST).read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        cause = getattr(error, "strerror", None) or "not UTF-8"
        return {}, {}, [_error("fixity-manifest", MANIFEST, 1, f"{cause}; build the site again")]
    problems = []
    for number, line in enumerate(lines[:-1], start=1):
        entry = _LINE.fullmatch(line)
        if not entry or entry[2] in digests:
            message = "lists a path twice" if entry else "no line of a manifest: a digest, two spaces, a path"
            problems.append(_error("fixity-manifest", MANIFEST, number, message))
            continue
        digests[entry[2]] = entry[1]
        places[entry[2]] = number
    if lines[-1] or not digests:
        problems.append(
            _error("fixity-manifest", MANIFEST, len(lines), "the manifest breaks off; build the site again")
        )
    return digests, places, problems


def _unportable(paths: tuple[str, ...]) -> Iterator[Problem]:
    folded: dict[str, str] = {}
    for path in paths:
        size = len(os.fsencode(path))
        if size > LONGEST_PATH_BYTES:
            yield _error("path-too-long", path, 1, f"{size} bytes, more than {LONGEST_PATH_BYTES}")
        twin = folded.setdefault(unicodedata.normalize("NFKC", path).casefold(), path)
        if twin != path:
            yield _error("path-collision", path, 1, f"differs from {twin} in case or width only")
