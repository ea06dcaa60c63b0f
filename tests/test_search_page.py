"""The search page as a reader uses it: facets, order, returning, marks on arrival, downloads, help, faults."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

from beilin.text.folding import fold

ROOT = Path(__file__).parent.parent
BOX = "#main input[type=search]"
FACETS = ("source", "date", "tag", "lang", "kind")
WIDE: Any = {"width": 1280, "height": 900}
WATCH = """() => {
  window.moved = 0;
  const watcher = new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (!entry.hadRecentInput) window.moved += entry.value;
  }));
  watcher.observe({ type: "layout-shift", buffered: true });
}"""


def build(content: Path, site: Path, *options: str) -> None:
    command = [sys.executable, "build.py", "--content", str(content), "--site", str(site), "--quiet", "--drafts"]
    subprocess.run([*command, *options], cwd=ROOT, check=True, capture_output=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive."""
    folder = tmp_path_factory.mktemp("sample")
    build(ROOT / "content", folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def address(site: Path, served: Callable[[Path], str]) -> str:
    return served(site)


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    with browser.new_context(**{"viewport": WIDE, **options}) as context:
        page = context.new_page()
        page.goto(address)
        yield page


def complete(page: Page) -> int:
    page.wait_for_selector("#results[data-total]", state="attached")
    return int(page.get_attribute("#results", "data-total") or "")


def titles(page: Page) -> list[str]:
    return page.locator("#results .entry-title").all_text_contents()


def records(site: Path) -> list[dict[str, Any]]:
    """The newest version of every article, as the archive's data tell it."""
    lines = (site / "data/articles.jsonl").read_text("utf-8").splitlines()
    return [record for record in map(json.loads, lines) if record["url"] == f"a/{record['id']}/"]


def texts(site: Path, record: dict[str, Any]) -> list[str]:
    page = BeautifulSoup((site / record["url"] / "index.html").read_bytes(), "lxml")
    return [record["title"], *(block.get_text() for block in page.select(".article-body > *"))]


def holding(site: Path, word: str) -> list[dict[str, Any]]:
    return [record for record in records(site) if any(fold(word) in fold(text) for text in texts(site, record))]


def values(record: dict[str, Any], facet: str) -> set[str]:
    match facet:
        case "date":
            return {record["date"][:4], record["date"][:7]} if record["date"] else {"undated"}
        case "tag":
            return set(record["tags"])
    return {record[facet]}


def told_counts(page: Page, facet: str) -> dict[str, int]:
    boxes = page.locator(f"[data-facet={facet}] li:has(input)")
    found = {}
    for item in boxes.all():
        name = unquote((item.locator("input").get_attribute("id") or "").removeprefix(f"facet-{facet}-"))
        found[name] = int(item.locator(".count").inner_text())
    return found


@pytest.mark.browser
def test_facets_count_what_the_results_hold(site: Path, address: str, browser: Browser) -> None:
    expected = holding(site, "纸")
    with opened(browser, f"{address}search/?q=紙") as page:
        assert complete(page) == len(expected) > 3
        for opener in page.locator("[data-facet] li button").all():
            opener.click()
        for facet in FACETS:
            counted = Counter(value for record in expected for value in values(record, facet))
            told = told_counts(page, facet)
            assert told.items() <= counted.items()
            hidden = set() if facet == "date" or len(counted) == 1 else counted.keys() - told.keys()
            assert not hidden
        years = Counter(record["date"][:4] for record in expected)
        assert {year: count for year, count in told_counts(page, "date").items() if len(year) == 4} == years


@pytest.mark.browser
def test_values_of_a_facet_widen_and_facets_narrow(site: Path, address: str, browser: Browser) -> None:
    expected = holding(site, "纸")
    years = sorted({record["date"][:4] for record in expected})[:2]
    language = "zh-Hant"
    with opened(browser, f"{address}search/?q=纸") as page:
        complete(page)
        for year in years:
            page.check(f"#facet-date-{year}")
        both = [record for record in expected if record["date"][:4] in years]
        assert complete(page) == len(both)
        page.check(f"#facet-lang-{language}")
        narrowed = [record for record in both if record["lang"] == language]
        assert complete(page) == len(narrowed)
        assert sorted(titles(page)) == sorted(record["title"] for record in narrowed)
        parameters = parse_qs(urlsplit(page.url).query)
        assert parameters == {"q": ["纸"], "date": years, "lang": [language]}
        shared = page.url
        assert page.locator(".search-chosen button").count() == 4
        page.locator(".search-chosen button").nth(2).click()
        assert complete(page) == len(both)
        page.locator(".search-chosen button").last.click()
        assert complete(page) == len(expected)
        assert parse_qs(urlsplit(page.url).query) == {"q": ["纸"]}
    with opened(browser, shared) as page:
        assert complete(page) == len(narrowed)
        assert page.is_checked(f"#facet-lang-{language}")


@pytest.mark.browser
def test_a_chosen_year_shows_its_months(site: Path, address: str, browser: Browser) -> None:
    year = max(record["date"][:4] for record in holding(site, "纸"))
    with opened(browser, f"{address}search/?q=纸&date={year}") as page:
        complete(page)
        months = Counter(record["date"][:7] for record in holding(site, "纸") if record["date"].startswith(year))
        assert {month: count for month, count in told_counts(page, "date").items() if len(month) == 7} == months


@pytest.mark.browser
def test_order_is_by_date_where_asked(site: Path, address: str, browser: Browser) -> None:
    with opened(browser, f"{address}search/?q=纸") as page:
        complete(page)
        page.check("input[name=order][value=date]")
        complete(page)
        dates = page.eval_on_selector_all("#results time", "times => times.map(time => time.dateTime)")
        assert dates == sorted(dates, reverse=True)
        assert len(dates) == len(holding(site, "纸"))
        assert parse_qs(urlsplit(page.url).query)["order"] == ["date"]
        page.reload()
        complete(page)
        assert page.is_checked("input[name=order][value=date]")


@pytest.mark.browser
def test_a_facet_is_chosen_and_dropped_by_keyboard(address: str, browser: Browser) -> None:
    with opened(browser, f"{address}search/?q=纸") as page:
        total = complete(page)
        page.focus("[data-facet=lang] input")
        page.keyboard.press("Space")
        assert complete(page) < total
        assert page.evaluate("document.activeElement.id").startswith("facet-lang-"), "the focus stays"
        page.focus(".search-chosen button")
        page.keyboard.press("Enter")
        assert complete(page) == total
        page.focus(BOX)
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.closest('#results li') !== null")


@pytest.mark.browser
def test_the_box_of_every_page_leads_to_the_search_page(site: Path, address: str, browser: Browser) -> None:
    for place in ("index.html", records(site)[0]["url"], "tag/index.html", "404.html"):
        with opened(browser, address + place) as page:
            page.keyboard.press("/")
            page.keyboard.type("石经")
            assert page.evaluate("document.activeElement.name") == "q"
            page.keyboard.press("Enter")
            if place == "404.html":  # its addresses are those of the site's root
                continue
            assert complete(page) > 0
            assert parse_qs(urlsplit(page.url).query) == {"q": ["石经"]}


@pytest.mark.browser
def test_a_hit_is_marked_on_arrival_and_no_server_is_told(site: Path, address: str, browser: Browser) -> None:
    with browser.new_context(viewport=WIDE) as context:
        page = context.new_page()
        page.goto(f"{address}search/")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(unquote(request.url)))
        page.fill(BOX, "石經")
        complete(page)
        passage = page.locator("#results .entry-summary a").first
        target = (passage.get_attribute("href") or "").partition("#")[2]
        assert re.fullmatch(r"p\d+", target), "the link that can be copied holds no words"
        passage.click()
        page.wait_for_selector(f"#{target} mark")
        assert page.url.endswith(f"index.html#{target}")
        assert page.locator(f"#{target}:target").count() == 1
        assert {fold(text) for text in page.locator(".article-body mark").all_text_contents()} == {"石经"}
        assert not [url for url in asked if "石" in url]
        bare = (site / urlsplit(page.url).path.lstrip("/")).read_text("utf-8")
        kept = BeautifulSoup(bare, "lxml").select_one(".article-body")
        assert kept
        assert page.eval_on_selector(".article-body", "body => body.textContent") == kept.get_text()
        page.reload()
        page.wait_for_selector(f"#{target} mark")
        page.click(".found button")
        assert page.locator(".article-body mark, .found").count() == 0
        page.reload()
        page.wait_for_timeout(300)
        assert page.locator(".article-body mark, .found").count() == 0
        assert context.storage_state()["origins"] == []
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0


ARRIVAL = """<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>x</title><main id="main" tabindex="-1">
<div class="article-body"><p id="p1">石<b>经<i>在</i></b>林。石经</p>
<p id="p2"><span class="formula"><math><mi>石经</mi></math><span class="tex">x</span></span>公式</p>
<details class="older" id="p3"><summary>旧文</summary><ul><li>石
经</li><li>a.b (c)</li></ul></details><p id="p4">aXb (c)</p></div></main>
<script src="assets/found.js" data-found="found %s" data-clear="clear" data-separator="、" defer></script>"""


@pytest.mark.browser
def test_marks_cross_elements_open_what_is_folded_and_leave_formulas(
    tmp_path: Path, served: Callable[[Path], str], browser: Browser
) -> None:
    copytree(ROOT / "theme/assets", tmp_path / "assets")
    (tmp_path / "index.html").write_text(ARRIVAL, "utf-8")
    root = served(tmp_path)
    with opened(browser, f"{root}index.html") as page:
        before = page.inner_html(".article-body")
    with opened(browser, f"{root}index.html#p3&find=%E7%9F%B3%20%E7%BB%8F&find=a.b%20(c)") as page:
        page.wait_for_selector(".found")
        assert page.locator("#p1 mark").all_text_contents() == ["石", "经", "石经"]
        assert page.locator("#p2 mark, #p4 mark").count() == 0
        assert page.locator("#p3 mark").all_text_contents() == ["石\n经", "a.b (c)"]
        assert page.get_attribute("#p3", "open") is not None
        assert page.inner_text("[role=status]") == "found 石 经、a.b (c)"
        assert page.evaluate("location.hash") == "#p3"
        page.keyboard.press("Escape")
        page.eval_on_selector("#p3", "details => { details.open = false; }")
        assert page.inner_html(".article-body").replace(' open=""', "") == before
    with opened(browser, f"{root}index.html#p1&find=%E0%A4%A") as page:
        page.wait_for_function("() => location.hash === '#p1'")
        assert page.locator("mark, .found").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("suffix", ["bib", "ris", "json"])
def test_a_downloaded_list_is_what_its_articles_offer(site: Path, address: str, browser: Browser, suffix: str) -> None:
    with opened(browser, f"{address}search/?q=纸") as page:
        total = complete(page)
        with page.expect_download() as saved:
            page.click(f".search-tools button[data-suffix={suffix}]")
        assert saved.value.suggested_filename == f"cite.{suffix}"
        told = Path(saved.value.path()).read_bytes().decode()
        ways = [link.get_attribute("href") or "" for link in page.locator("#results .entry-title a").all()]
        own = []
        for way in ways:
            article = BeautifulSoup((site / way.partition("#")[0].removeprefix("../")).read_bytes(), "lxml")
            link = article.select_one(f'a[download$=".{suffix}"]')
            assert link
            own.append(unquote(str(link["href"]).partition(",")[2]))
        assert len(own) == total
        if suffix == "json":
            assert json.loads(told) == [json.loads(each)[0] for each in own]
            assert told == "[\n" + ",\n".join(each[2:-3] for each in own) + "\n]\n"
        else:
            assert told == ("\n" if suffix == "bib" else "").join(own)


@pytest.mark.browser
def test_where_nothing_is_found_the_page_says_what_would(site: Path, address: str, browser: Browser) -> None:
    alone = len(holding(site, "石经"))
    with opened(browser, f"{address}search/?q=石經 甲乙丙丁") as page:
        assert complete(page) == 0
        said = page.inner_text(".search-help")
        assert "石經、甲乙丙丁" in said
        assert "甲乙丙丁" in page.inner_text(".search-help li:has-text('甲乙丙丁')")
        page.click(f".search-help button:has-text('石經 ({alone})')")
        page.wait_for_selector(f"#results[data-total='{alone}']", state="attached")
        assert page.input_value(BOX) == "石經"
        assert page.is_hidden(".search-help")
    with opened(browser, f"{address}search/?q=石經&kind=youtube") as page:
        assert complete(page) == 0
        page.click(".search-help button")
        page.wait_for_selector(f"#results[data-total='{alone}']", state="attached")
        assert page.locator(".search-chosen button").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_window_and_little_moves(address: str, browser: Browser, width: int) -> None:
    with opened(browser, f"{address}search/", viewport={"width": width, "height": 800}) as page:
        page.evaluate(WATCH)
        place = "box => box.getBoundingClientRect().top + scrollY"
        top = page.eval_on_selector(BOX, place)
        page.type(BOX, "石經")
        complete(page)
        if not page.is_visible("[data-facet=lang]"):
            page.click(".search-facets summary")
        page.check("[data-facet=lang] li:first-child input")
        complete(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.eval_on_selector(BOX, place) == top
        assert page.evaluate("window.moved") < 0.1, "what counts as good for a page"


def test_the_launcher_serves_the_site_to_this_machine_alone(site: Path) -> None:
    environment = {"BROWSER": "echo opens %s", "PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1"}
    launcher = [sys.executable, str(site / "assets/serve.py")]
    with subprocess.Popen(launcher, cwd="/", stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        try:
            address = process.stdout.readline().split()[0]
            assert urlsplit(address).hostname == "127.0.0.1"
            assert urlsplit(address).path == "/search/"
            with urlopen(address, timeout=10) as answer:  # noqa: S310 - an address of our own
                assert answer.read() == (site / "search/index.html").read_bytes()
            script = address.replace("search/", "assets/search.js")
            with urlopen(script, timeout=10) as answer:  # noqa: S310
                assert answer.headers["Content-Type"] == "text/javascript"
            assert process.stdout.readline().split() == ["opens", address]
        finally:
            process.terminate()
    assert "assets/serve.py" in (site / "manifest-sha256.txt").read_text("utf-8")


@pytest.mark.browser
def test_from_a_disk_the_page_names_the_command(site: Path, browser: Browser) -> None:
    with opened(browser, (site / "search/index.html").as_uri() + "?q=石经") as page:
        page.wait_for_function("() => document.querySelector('[role=status]').textContent")
        assert f'"{site / "assets/serve.py"}"' in page.inner_text("[role=status]")
        assert page.get_attribute("#results", "data-total") is None


@pytest.mark.browser
@pytest.mark.parametrize("part", ["index.json", "facets/*.json", "index/*.pf_index", "fragment/*.pf_fragment"])
@pytest.mark.parametrize("fault", ["missing", "cut", "other"])
def test_a_file_that_is_not_whole_is_said_and_never_half_a_search(
    site: Path, address: str, browser: Browser, part: str, fault: str
) -> None:
    with opened(browser, f"{address}search/") as page:

        def answer(route: Any) -> None:
            data = (site / urlsplit(route.request.url).path.lstrip("/")).read_bytes()
            bodies = {"cut": data[: len(data) * 2 // 3], "other": b"<!doctype html><p>front page</p>"}
            if fault == "missing":
                route.fulfill(status=404)
            else:
                route.fulfill(body=bodies[fault])

        page.route(f"**/{part}", answer)
        page.fill(BOX, "石经")
        failed = page.get_attribute(".search", "data-failed")
        page.wait_for_function("told => document.querySelector('[role=status]').textContent === told", arg=failed)
        assert page.get_attribute("#results", "data-total") is None
        assert page.locator("#results li").count() == 0
        page.unroute(f"**/{part}")
        page.press(BOX, "Enter")
        assert complete(page) == len(holding(site, "石经"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("damage", ["cut", "missing", "emptied"])
def test_a_damaged_index_is_made_anew(site: Path, tmp_path: Path, damage: str) -> None:
    whole = files(site)
    copytree(site, tmp_path / "site")
    for path in sorted((tmp_path / "site/search").rglob("*"))[::7]:
        if path.is_file() and path.name != "index.html":
            if damage == "missing":
                path.unlink()
            else:
                path.write_bytes(path.read_bytes()[:-9] if damage == "cut" else b"")
    assert files(tmp_path / "site") != whole
    build(ROOT / "content", tmp_path / "site")
    assert files(tmp_path / "site") == whole


def test_an_index_of_another_scheme_is_replaced(site: Path, tmp_path: Path) -> None:
    copytree(site, tmp_path / "site")
    (shard,) = (tmp_path / "site/search/shards").iterdir()
    older = shard.with_name("0123456789abcdef")
    shard.rename(older)
    manifest = tmp_path / "site/manifest-sha256.txt"
    manifest.write_text(manifest.read_text("utf-8").replace(shard.name, older.name), "utf-8")
    build(ROOT / "content", tmp_path / "site")
    assert files(tmp_path / "site") == files(site)


def test_a_build_that_is_killed_while_it_indexes_leaves_the_old_index_and_the_next_one_completes_it(
    site: Path, tmp_path: Path
) -> None:
    content = copytree(ROOT / "content", tmp_path / "content")
    copytree(site, tmp_path / "site")
    before = files(tmp_path / "site")
    (content / "more.md").write_text("---\ntitle: 再来一篇\ndate: 2025-12-01\n---\n\n末了添上的一段话。\n", "utf-8")
    command = [sys.executable, "build.py", "--content", str(content), "--site", str(tmp_path / "site"), "--drafts"]
    with subprocess.Popen([*command, "--quiet"], cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        work = tmp_path / ".site-beilin"
        while process.poll() is None and not any(work.glob("tmp*")):
            pass
        process.kill()
    assert process.returncode != 0, "it had ended before it could be killed"
    assert files(tmp_path / "site") == before
    build(content, tmp_path / "site")
    build(content, tmp_path / "clean")
    assert files(tmp_path / "site") == files(tmp_path / "clean") != before


def test_a_browser_can_add_the_archive_where_its_address_is_known(site: Path, tmp_path: Path) -> None:
    assert not (site / "opensearch.xml").exists()
    assert 'rel="search"' not in (site / "index.html").read_text("utf-8")
    build(ROOT / "content", tmp_path / "site", "--base-url", "https://archive.example/steles/")
    told = BeautifulSoup((tmp_path / "site/opensearch.xml").read_bytes(), "xml")
    url = told.find("Url")
    assert url
    assert url["template"] == "https://archive.example/steles/search/?q={searchTerms}"
    name = told.find("ShortName")
    assert name
    assert 0 < len(name.get_text()) <= 16
    for path in ("index.html", "search/index.html", "tag/index.html"):
        page = BeautifulSoup((tmp_path / "site" / path).read_bytes(), "lxml")
        link = page.find("link", rel="search")
        assert link
        assert link["type"] == "application/opensearchdescription+xml"
        assert (tmp_path / "site" / path).parent.joinpath(str(link["href"])).resolve() == (
            tmp_path / "site/opensearch.xml"
        )
    command = [sys.executable, "build.py", "check", "--site", str(tmp_path / "site")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
