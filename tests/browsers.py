"""The Chromium that the tests drive: one that is installed, else one that is fetched."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

VARIABLE = "BEILIN_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
)
WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Chromium\Application\chrome.exe")
ARGUMENTS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
INSTALL_SECONDS = 900


class NoBrowserError(Exception):
    """No Chromium could be found or fetched; the message says what was tried."""


def launch(playwright: Playwright) -> Browser:
    """A running browser: an installed one, else Debian's, else Playwright's own. Raises NoBrowserError."""
    if named := os.environ.get(VARIABLE):
        return _start(playwright, named)
    tried: list[str] = []
    for path in _installed(playwright):
        try:
            return _start(playwright, path)
        except NoBrowserError as error:
            tried.append(str(error))
    for commands in _installers():
        failure = _run(commands)
        try:
            if not failure:
                return _start(playwright, next(_installed(playwright), ""))
        except NoBrowserError as error:
            failure = str(error)
        tried.append(failure)
    tried.append(f"install Chromium or Chrome, or name one in {VARIABLE}")
    raise NoBrowserError("\n".join(tried))


def _start(playwright: Playwright, path: str) -> Browser:
    # Chromium's sandbox refuses to work for root.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*ARGUMENTS, "--no-sandbox"] if is_root else [*ARGUMENTS]
    try:
        return playwright.chromium.launch(executable_path=path, args=arguments)
    except Error as error:
        raise NoBrowserError(f"{path or 'no Chromium'} does not start: {error.message}") from error


def _installed(playwright: Playwright) -> Iterator[str]:
    """The programs that are there, Playwright's own last."""
    for name in NAMES:
        if path := shutil.which(name):
            yield path
    folders = [Path("/Applications"), Path.home() / "Applications"]
    places = [folder / name for folder in folders for name in MACOS]
    roots = (os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"))
    places += [Path(root) / name for root in roots if root for name in WINDOWS]
    places.append(Path(playwright.chromium.executable_path))
    yield from (str(place) for place in places if place.is_file())


def _installers() -> Iterator[tuple[tuple[str, ...], ...]]:
    """Commands that bring a browser, each group an attempt of its own."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        yield ("apt-get", "update"), ("apt-get", "install", "-y", "--no-install-recommends", "chromium")
    yield ((sys.executable, "-m", "playwright", "install", "chromium"),)


def _run(commands: tuple[tuple[str, ...], ...]) -> str:
    """What went wrong, or nothing."""
    for command in commands:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        try:
            done = subprocess.run(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=INSTALL_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"{' '.join(command)}: {error}"
        if done.returncode:
            lines = done.stderr.decode(errors="replace").strip().splitlines()
            return f"{' '.join(command)}: exit status {done.returncode}: {' '.join(lines[-3:])}"
    return ""


if __name__ == "__main__":
    with sync_playwright() as engine:
        try:
            found = launch(engine)
        except NoBrowserError as error:
            sys.exit(str(error))
        print(f"Chromium {found.version}")  # noqa: T201 - run as a program, this is its answer
        found.close()
