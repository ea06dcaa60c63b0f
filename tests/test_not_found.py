"""The 404 page in a real browser: it tells a mistyped identifier from an unknown one and finds what was meant."""

import random
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from beilin.model.page import Page as Drawing
from beilin.pages.rendering import Theme
from beilin.pages.views import Frame, NotFoundView
from beilin.store.themes import read_theme
from beilin.text.identifiers import ALPHABET, LENGTH, check_character, is_identifier

THEME = Path(__file__).parent.parent / "theme"
SCRIPT = THEME / "assets" / "not-found.js"
FOLDER = "under/some path/"
KNOWN = "0123456789" + check_character("0123456789")
LONELY = "qrstvwxzbc" + check_character("qrstvwxzbc")
"""Well formed, and of no article."""
TITLE = "石头上的《经》 & 别的"
MOST_REQUESTS = 60


class _Host(SimpleHTTPRequestHandler):
    """A folder as a host serves it: what is not there is answered with its 404 page, at any depth."""

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        data = Path(self.directory, FOLDER, "404.html").read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def list_directory(self, path: object) -> None:  # type: ignore[override]  # noqa: ARG002
        self.send_error(404)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Says nothing."""


class Site(NamedTuple):
    root: str
    """Address of the site, under a path of its host."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    host = tmp_path_factory.mktemp("host")
    root = host / FOLDER
    shutil.copytree(THEME / "assets", root / "assets")
    raw = read_theme(THEME)
    path = "/under/some%20path/"
    frame = Frame(path, "没有找到", "", "碑林", "zh-Hans", None)
    theme = Theme(raw.templates, raw.languages["zh-Hans"])
    (root / "404.html").write_bytes(theme.render(Drawing("404.html", "not-found.html", NotFoundView(path), frame)))
    (root / "a" / KNOWN).mkdir(parents=True)
    heading = f'<h1 lang="zh-Hant">{TITLE.replace("&", "&amp;")}</h1>'
    markup = f'<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>t</title>{heading}'
    (root / "a" / KNOWN / "index.html").write_text(markup, "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(host))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Site(f"http://127.0.0.1:{server.server_address[1]}/under/some%20path/")
        server.shutdown()
        thread.join()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


def settled(page: Page, address: str) -> str:
    """What the page says about `address`, once it has looked."""
    page.goto(address)
    page.wait_for_selector("[data-findings]:not([aria-busy])", state="attached")
    return page.inner_text("[data-findings]")


def found(page: Page) -> list[str]:
    return [link.get_attribute("href") or "" for link in page.query_selector_all("[data-findings] a")]


def slips(name: str) -> list[str]:
    """`name` with one slip of each kind somewhere in it."""
    source = random.Random(name)  # noqa: S311 - draws test data
    index = source.randrange(1, LENGTH - 1)
    other = source.choice(ALPHABET.replace(name[index], ""))
    swapped = name[:index] + name[index + 1] + name[index] + name[index + 2 :]
    return [
        name[:index] + other + name[index + 1 :],
        *([swapped] if swapped != name else []),
        name[:index] + name[index + 1 :],
        name[:index] + other + name[index:],
        name.upper(),
        name.replace("0", "O").replace("1", "l"),
        "".join(chr(ord(letter) + 0xFEE0) for letter in name),
        f"{name}。",
        f"{name}).",
        name[:index] + "e" + name[index + 1 :],
    ]


@pytest.mark.browser
def test_browser_checks_identifiers_as_python_does(page: Page) -> None:
    page.add_script_tag(path=SCRIPT)
    source = random.Random(29)  # noqa: S311 - draws test data
    stems = ["".join(source.choices(ALPHABET, k=LENGTH)) for _ in range(500)]
    assert page.evaluate("stems => stems.map(beilinIdentifiers.checkCharacter)", stems) == [
        *map(check_character, stems)
    ]
    names = [stem + source.choice(ALPHABET) for stem in stems]
    names += [stem + check_character(stem) for stem in stems]
    names += ["", "0123456789", KNOWN + "0", KNOWN.upper(), "éééééééééé0", "a" * 11]
    assert page.evaluate("names => names.map(beilinIdentifiers.isIdentifier)", names) == [*map(is_identifier, names)]


@pytest.mark.browser
def test_every_slip_leads_back_to_what_was_meant(page: Page) -> None:
    page.add_script_tag(path=SCRIPT)
    source = random.Random(31)  # noqa: S311 - draws test data
    for _ in range(100):
        stem = "".join(source.choices(ALPHABET, k=LENGTH))
        name = stem + check_character(stem)
        mistakes = [mistake for mistake in slips(name) if mistake != name]
        for mistake, near in zip(
            mistakes, page.evaluate("all => all.map(beilinIdentifiers.near)", mistakes), strict=True
        ):
            assert name in near, (name, mistake)
            assert len(near) <= MOST_REQUESTS
            assert all(map(is_identifier, near))


@pytest.mark.browser
def test_a_mistyped_identifier_is_known_and_its_article_offered(page: Page, site: Site) -> None:
    for mistake in slips(KNOWN):
        said = settled(page, f"{site.root}a/{mistake}/")
        assert f"“{mistake}”不是" in said, mistake
        assert TITLE in said
        assert KNOWN in said
        assert found(page) == [f"/under/some%20path/a/{KNOWN}/index.html"]
    assert page.get_attribute("[data-findings] a", "lang") == "zh-Hant"
    page.click("[data-findings] a")
    assert page.inner_text("h1") == TITLE


@pytest.mark.browser
def test_a_failed_check_and_a_wrong_form_are_told_apart(page: Page, site: Site) -> None:
    assert "校验符" in settled(page, f"{site.root}a/{KNOWN[:4]}z{KNOWN[5:]}/")
    assert "11 位" in settled(page, f"{site.root}a/{KNOWN[:-1]}/")
    assert "11 位" in settled(page, f"{site.root}a/some-old-post/")
    assert "没有相近" in page.inner_text("[data-findings]")


@pytest.mark.browser
def test_an_unknown_identifier_is_not_called_mistyped(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    said = settled(page, f"{site.root}a/{LONELY}/")
    assert f"“{LONELY}”是合格的标识号" in said
    assert found(page) == []
    assert "HEAD" not in asked


@pytest.mark.browser
def test_a_right_identifier_in_a_wrong_address_is_found(page: Page, site: Site) -> None:
    for address in (f"a/{KNOWN}/v9/", f"A/{KNOWN}/x.html", KNOWN, f"{KNOWN}/"):
        assert f"“{KNOWN}”没有错" in settled(page, site.root + address), address
        assert found(page) == [f"/under/some%20path/a/{KNOWN}/index.html"]
    assert "是合格的标识号" in settled(page, f"{site.root}a/{LONELY}/v9/")


@pytest.mark.browser
def test_a_named_passage_stays_named(page: Page, site: Site) -> None:
    settled(page, f"{site.root}a/{KNOWN.upper()}/#p3")
    assert found(page) == [f"/under/some%20path/a/{KNOWN}/index.html#p3"]


@pytest.mark.browser
def test_one_mistake_asks_a_bounded_number_of_times_and_only_this_host(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    for mistake in (KNOWN[:-1], KNOWN[:4] + "z" + KNOWN[5:], KNOWN + "0"):
        asked.clear()
        settled(page, f"{site.root}a/{mistake}/")
        assert 0 < sum(request.startswith("HEAD ") for request in asked) <= MOST_REQUESTS
        assert all(request.split(" ")[1].startswith(site.root) for request in asked)


@pytest.mark.browser
@pytest.mark.parametrize("address", ["tag/none/", "a/", "some/other/page.html", "%ff", "a/%E0%A4%A/", "newsletters"])
def test_other_addresses_are_left_to_the_ways_in(page: Page, site: Site, address: str) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    assert settled(page, site.root + address) == ""
    assert page.locator("main .chips a").count() == 5
    assert wrong == []


@pytest.mark.browser
def test_hostile_addresses_stay_text(page: Page, site: Site) -> None:
    assert "<img src=x" in settled(page, f"{site.root}a/<img src=x onerror=alert(1)>/")
    assert page.locator("[data-findings] img").count() == 0


@pytest.mark.browser
def test_without_scripts_the_page_is_whole(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.root}a/{KNOWN.upper()}/deeper/still/")
        assert page.inner_text("h1") == "没有找到这一页"
        assert page.inner_text("[data-findings]") == ""
        assert page.evaluate("getComputedStyle(document.body).display") == "flex"
