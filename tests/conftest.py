"""What the tests share: a browser, a server of folders, and the places of real captures."""

import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import browsers
import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

# A busy machine is no fault of the code under test.
settings.register_profile("here", deadline=None)
# CI judges a change by the same examples each time; new ones are looked for wherever somebody runs the tests.
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium; the tests that need one fail where there is none."""
    with sync_playwright() as playwright:
        try:
            chromium = browsers.launch(playwright)
        except browsers.NoBrowserError as error:
            pytest.fail(str(error), pytrace=False)
        yield chromium
        chromium.close()


class _Folder(SimpleHTTPRequestHandler):
    extensions_map: ClassVar = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
    }

    def handle(self) -> None:
        """Browsers leave while an answer is on its way; that is no error."""
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Says nothing."""


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[[Path], str]]:
    """Serves a folder on 127.0.0.1, as any host would, and gives its address, which ends in `/`."""
    servers: list[ThreadingHTTPServer] = []

    def serve(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Folder, directory=str(folder)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def _folder_of(variable: str) -> Path:
    """The folder that `variable` names; without it the test is skipped, with a folder that is not there it fails."""
    named = os.environ.get(variable)
    if not named:
        pytest.skip(f"{variable} names no folder of captures")
    folder = Path(named)
    if not folder.is_dir():
        message = f"{variable} names {named}, which is no folder"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    return folder


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of a few real captures that BEILIN_SEEDS names."""
    return _folder_of("BEILIN_SEEDS")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of many real captures that BEILIN_CORPUS names."""
    return _folder_of("BEILIN_CORPUS")
