"""The site on this machine alone, rebuilt and reloaded while its sources change."""

import json
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

import watchfiles

from beilin.store.answering import ADDRESS, Answer


class ServingError(Exception):
    """The site cannot be served; the message says why and what to do."""


class Server:
    """The site over HTTP at `url`, in threads of its own, between entering and leaving a `with` statement."""

    def __init__(self, site: Path, port: int) -> None:
        self.listeners: set[SimpleQueue[bytes]] = set()
        try:
            self._http = ThreadingHTTPServer((ADDRESS, port), partial(Answer, site.resolve(), self.listeners))
        except (OSError, OverflowError) as error:
            raise ServingError(f"port {port} cannot be had: {error}; choose another with --port") from error
        self.url = f"http://{ADDRESS}:{self._http.server_port}/"

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tell(b"")
        self._http.shutdown()
        self._http.server_close()

    def reload(self) -> None:
        """Lets every open page load itself again."""
        self._tell(b"event: reload\ndata: \n\n")

    def report(self, failure: str) -> None:
        """Shows `failure` on every open page."""
        self._tell(f"event: failure\ndata: {json.dumps(failure)}\n\n".encode())

    def _tell(self, event: bytes) -> None:
        for listener in tuple(self.listeners):
            listener.put(event)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def serve(
    site: Path,
    port: int,
    rebuild: Callable[[], object],
    watched: Sequence[Path],
    announce: Callable[[str], None] = _say,
) -> None:
    """Builds and serves `site` until Ctrl-C; after each change below `watched` rebuilds it and reloads open pages.

    What the first `rebuild` raises is raised; what a later one raises is announced and shown on the open pages, and
    the site stays as it is. `announce` gets lines for the terminal. Raises `ServingError`.
    """
    with Server(site, port) as server, suppress(KeyboardInterrupt):
        rebuild()
        announce(f"{server.url} (Ctrl-C ends it)")
        for _ in watchfiles.watch(*(path for path in watched if path.exists()), raise_interrupt=True):
            try:
                rebuild()
            except Exception as error:
                announce(str(error) or repr(error))
                server.report(str(error) or repr(error))
            else:
                server.reload()
