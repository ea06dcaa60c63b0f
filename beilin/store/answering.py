"""What the server on this machine answers: files of the site as a host would send them, and news of changes."""

import mimetypes
import re
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import quote, unquote

ADDRESS = "127.0.0.1"
SCRIPT_URL = "/-beilin/reload.js"
EVENTS_URL = "/-beilin/events"
HEADERS_FILE = "_headers"
PULSE_SECONDS = 15  # how soon a connection that nobody listens to any more is noticed
# The types that matter here, whatever the machine's own registry says.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".bib": "application/x-bibtex; charset=utf-8",
    ".ris": "application/x-research-info-systems; charset=utf-8",
}
SCRIPT = f"""\
const events = new EventSource("{EVENTS_URL}");
events.addEventListener("reload", () => location.reload());
events.addEventListener("failure", (event) => {{
  const note = document.createElement("pre");
  note.setAttribute("role", "alert");
  note.style.cssText = "position: fixed; inset: 0 0 auto; margin: 0; padding: 1em; overflow: auto; z-index: 9999;"
    + " color: white; background: darkred; white-space: pre-wrap";
  note.textContent = JSON.parse(event.data);
  document.body.append(note);
}});
"""
_TAG = f'<script src="{SCRIPT_URL}" defer></script>'.encode()


class Answer(BaseHTTPRequestHandler):
    """The answer to one reader, with files below `site`; `listeners` gets a queue for each open page's events."""

    protocol_version = "HTTP/1.1"
    server_version = "Beilin"
    sys_version = ""

    def __init__(self, site: Path, listeners: set[SimpleQueue[bytes]], *arguments: object) -> None:
        self._site = site
        self._listeners = listeners
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        # A page of another site could reach this server under a name of its own that points to 127.0.0.1.
        if self.headers.get("Host", "").partition(":")[0] not in (ADDRESS, "localhost"):
            self._send(HTTPStatus.MISDIRECTED_REQUEST, TYPES[".txt"], b"served as http://127.0.0.1 only\n")
            return
        path = unquote(self.path.partition("?")[0], errors="replace")
        if path == EVENTS_URL:
            self._send_events()
        elif path == SCRIPT_URL:
            self._send(HTTPStatus.OK, TYPES[".js"], SCRIPT.encode())
        else:
            self._send_file(path)

    def _send_file(self, path: str) -> None:
        file = _file(self._site, path)
        if file and file.is_dir():
            if not path.endswith("/"):
                location = quote(f"/{file.relative_to(self._site).as_posix()}/")
                self._send(HTTPStatus.MOVED_PERMANENTLY, TYPES[".txt"], b"", location)
                return
            file /= "index.html"
        status = HTTPStatus.OK
        if file is None or not file.is_file():
            status, file = HTTPStatus.NOT_FOUND, self._site / "404.html"
        try:
            data = file.read_bytes()
        except OSError:
            status, file, data = HTTPStatus.NOT_FOUND, Path("404.txt"), b"not found\n"
        kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        if file.suffix == ".html":
            end = data.rfind(b"</body>")
            data = data[:end] + _TAG + data[end:] if end >= 0 else data + _TAG
        self._send(status, kind, data)

    def _send(self, status: HTTPStatus, kind: str, data: bytes, location: str = "") -> None:
        self.send_response(status)
        for name, value in _headers(self._site, self.path.partition("?")[0]):
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _send_events(self) -> None:
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        listener: SimpleQueue[bytes] = SimpleQueue()
        self._listeners.add(listener)
        try:
            self.wfile.write(b": open\n\n")
            while event := _next(listener):
                self.wfile.write(event)
        finally:
            self._listeners.discard(listener)

    def handle(self) -> None:
        """Readers leave while an answer is on its way; that is no error."""
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Says nothing: the terminal is for what the build reports."""


def _next(listener: SimpleQueue[bytes]) -> bytes:
    try:
        return listener.get(timeout=PULSE_SECONDS)
    except Empty:
        return b": still here\n\n"


def _file(site: Path, path: str) -> Path | None:
    """What `path` of a request names below `site`; None if nothing there may be shown."""
    parts = [part for part in path.split("/") if part]
    if any(part.startswith(".") or "\\" in part or "\0" in part or ":" in part for part in parts):
        return None
    if parts == [HEADERS_FILE]:
        return None
    file = site.joinpath(*parts)
    try:
        return file if file.resolve().is_relative_to(site) and file.exists() else None
    except OSError:
        return None


def _headers(site: Path, path: str) -> Iterator[tuple[str, str]]:
    """The headers that `_headers` asks for at `path`: lines with a pattern, each followed by indented `Name: value`.

    In a pattern `*` stands for anything and `:name` for one segment. Types and caching are this server's own.
    """
    try:
        lines = (site / HEADERS_FILE).read_text("utf-8").splitlines()
    except OSError:
        return
    is_meant = False
    for line in lines:
        if line.startswith("/"):
            pattern = re.sub(r":\w+", "[^/]+", re.escape(line.strip()).replace(r"\*", ".*"))
            is_meant = re.fullmatch(pattern, path) is not None
        elif is_meant and line[:1].isspace() and ":" in line:
            name, _, value = line.strip().partition(":")
            if name.lower() not in ("cache-control", "content-type"):
                yield name, value.strip()
