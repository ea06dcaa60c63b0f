"""The site as it is served on this machine: what a host would send, to nobody else, fresh after each change."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from beilin.store.answering import EVENTS_URL, SCRIPT_URL
from beilin.store.serving import Server, ServingError

ROOT = Path(__file__).parent.parent
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'"
FILES = {
    "index.html": "<!doctype html><title>front</title><body><p>碑林</body>",
    "404.html": "<title>nothing here</title>",
    "_headers": f"/*\n  Content-Security-Policy: {POLICY}\n  Cache-Control: public\n"
    "/a/:id/capture.txt\n  X-Capture: yes\n  Content-Type: text/html\n",
    "a/1/index.html": "<title>one</title>",
    "a/1/capture.txt": "碑",
    "a/2/other.txt": "no front page here",
    "tag/碑 林/index.html": "<title>tag</title>",
    "feed.xml": "<feed/>",
    "assets/x.js": "1",
    ".git/config": "secret",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(text)
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path / "site"


@pytest.fixture
def server(site: Path) -> Iterator[Server]:
    with Server(site, 0) as server:
        yield server


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection(server.url.split("/")[2], timeout=10)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/a/1/capture.txt", "text/plain; charset=utf-8"),
        ("/feed.xml?x=y", "application/xml; charset=utf-8"),
        ("/assets/x.js", "text/javascript; charset=utf-8"),
        ("/tag/%E7%A2%91%20%E6%9E%97/", "text/html; charset=utf-8"),
    ],
)
def test_files_come_with_their_types_and_the_site_s_headers(server: Server, path: str, kind: str) -> None:
    answer, _ = ask(server, path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers.get_all("Cache-Control") == ["no-store"]
    assert answer.headers["X-Capture"] == ("yes" if path == "/a/1/capture.txt" else None)


def test_only_pages_get_the_script_that_reloads_them(server: Server) -> None:
    assert ask(server, "/")[1] == FILES["index.html"].replace(
        "</body>", f'<script src="{SCRIPT_URL}" defer></script></body>'
    )
    assert ask(server, "/a/1/index.html")[1].endswith("</script>")
    assert ask(server, "/feed.xml")[1] == FILES["feed.xml"]
    assert ask(server, SCRIPT_URL)[0].headers["Content-Type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/a/2/",
        "/a/",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/a/%5c..%5c..",
        "/%00",
        "/%ff",
        "/.git/config",
        "/_headers",
        "/index.html/x",
        "/" + "x" * 5000,
    ],
)
def test_what_is_not_published_is_not_found_and_folders_are_not_listed(server: Server, path: str) -> None:
    answer, text = ask(server, path)
    assert answer.status == 404
    assert text.startswith(FILES["404.html"])


def test_a_link_out_of_the_site_is_not_followed(server: Server, site: Path) -> None:
    (site / "out.txt").symlink_to(site.parent / "secret.txt")
    assert ask(server, "/out.txt")[0].status == 404


def test_a_folder_without_its_slash_leads_to_the_folder(server: Server) -> None:
    answer, _ = ask(server, "//tag/%E7%A2%91%20%E6%9E%97")
    assert (answer.status, answer.headers["Location"]) == (301, "/tag/%E7%A2%91%20%E6%9E%97/")


def test_head_sends_no_body(server: Server) -> None:
    answer, text = ask(server, "/", "HEAD")
    assert (answer.status, text) == (200, "")


def test_other_names_for_this_machine_get_nothing(server: Server) -> None:
    assert server.url.startswith("http://127.0.0.1:")
    assert ask(server, "/", Host="evil.example")[0].status == 421
    assert ask(server, "/", Host="[::1")[0].status == 421


def test_a_port_that_is_taken_is_an_error_with_advice(server: Server, site: Path) -> None:
    for port in (int(server.url.split(":")[2].strip("/")), 99999):
        with pytest.raises(ServingError, match="choose another with --port"):
            Server(site, port)


PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from beilin.store.serving import serve
site, source = Path(sys.argv[2]), Path(sys.argv[3])
def rebuild():
    text = (source / "page.txt").read_text()
    if text == "bad":
        raise ValueError("page.txt:1: bad: this cannot be built")
    (site / "index.html").write_text(f"<!doctype html><title>{text}</title><body>{text}</body>")
serve(site, 0, rebuild, [source, source / "not there"], lambda line: print(line, flush=True))
"""


@pytest.mark.browser
def test_a_change_reaches_the_open_page_and_so_does_a_failure(site: Path, tmp_path: Path, browser: Browser) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.txt").write_text("first")
    with serving(site, source) as child, browser.new_context() as context:
        assert child.stdout
        url = child.stdout.readline().split()[0]
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        with page.expect_request(url.rstrip("/") + EVENTS_URL):
            page.goto(url)
        page.get_by_text("first").wait_for()
        time.sleep(0.5)  # until the watcher has begun to watch
        (source / "page.txt").write_text("changed")
        page.get_by_text("changed").wait_for(timeout=20_000)
        (source / "page.txt").write_text("bad")
        page.wait_for_selector("[role=alert]", timeout=20_000)
        assert page.inner_text("[role=alert]") == "page.txt:1: bad: this cannot be built"
        assert child.stdout.readline() == "page.txt:1: bad: this cannot be built\n"
        assert page.evaluate("getComputedStyle(document.querySelector('[role=alert]')).position") == "fixed"
        assert said == []
        page.close()
        child.send_signal(signal.SIGINT)
        assert child.wait(timeout=10) == 0


@contextmanager
def serving(site: Path, source: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, ROOT, site, source], stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            yield child
        finally:
            child.kill()
