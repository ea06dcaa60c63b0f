"""Former addresses lead to the articles' own: those that a person wrote, and those that Hugo or Jekyll made."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote, urljoin

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from samples import ADRIFT, HOME, article

from beilin.model.article import Article, Written
from beilin.model.page import File
from beilin.model.problem import Level
from beilin.model.site import Redirects, Site
from beilin.pages.aliases import is_portable, place_of, read_alias
from beilin.pages.former import former_addresses, hugo_slug, jekyll_slug
from beilin.pages.redirects import Redirections, redirect_files, redirects
from beilin.pages.rendering import Theme
from beilin.pages.setting import Setting
from beilin.store.site_files import insist_on_safe
from beilin.store.themes import read_theme

ROOT = Path(__file__).resolve().parent.parent
RAW = read_theme(ROOT / "theme")
WORDS = RAW.languages["zh-Hans"]
THEME = Theme(RAW.templates, WORDS)
DATED = Redirects(("/:year/:month/:title/",))


def stele(name: str = "0123456789b", *, capture: str = "one.md", version: int = 1, **changes: object) -> Article:
    return replace(article(version, capture=capture, text_sha256=capture, **changes), id=name)


def olds(found: Redirections) -> list[str]:
    return [redirect.old for redirect in found.redirects]


def codes(found: Redirections) -> list[str]:
    return [problem.code for problem in found.problems]


def drawn(found: Redirections, site: Site) -> dict[str, bytes]:
    files = redirect_files(found, Setting(site, WORDS))
    return {thing.path: thing.data if isinstance(thing, File) else THEME.render(thing) for thing in files}


def lines(files: dict[str, bytes]) -> list[list[str]]:
    return [line.split(" ") for line in files["_redirects"].decode("ascii").splitlines()]


@pytest.mark.parametrize(
    ("written", "old", "place"),
    [
        ("/2019/06/stele/", "2019/06/stele/", "2019/06/stele/index.html"),
        ("2019/stele", "2019/stele", "2019/stele/index.html"),
        ("/posts/stele.html", "posts/stele.html", "posts/stele.html"),
        ("/old.php", "old.php", "old.php/index.html"),
        ("/%E7%9F%B3%E7%BB%8F/", "石经/", "石经/index.html"),
        ("/石经/", "石经/", "石经/index.html"),
        ("/a, b/", "a, b/", "a, b/index.html"),
        ("https://archive.example/steles/old/", "old/", "old/index.html"),
    ],
)
def test_an_alias_is_a_path_of_the_site(written: str, old: str, place: str) -> None:
    assert read_alias(written, HOME.base_url) == old
    assert place_of(old) == place
    found = redirects([stele(aliases=(written,))], HOME)
    assert [(redirect.old, redirect.new, redirect.place) for redirect in found.redirects] == [
        (old, "a/0123456789b/", place)
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    "written",
    [
        "../x/",
        "/a/../../x/",
        "/%2e%2e/x/",
        "/.git/config",
        "https://elsewhere.example/x/",
        "//elsewhere.example/x/",
        "\\\\elsewhere.example\\x",
        "javascript:alert(1)",
        "/?p=12",
        "/x/#y",
        "/x//y/",
        "/x%00y/",
        "/x%0d%0aSet-Cookie:y/",
        "/x\\y/",
        "/%ff/",
    ],
)
def test_an_unsafe_alias_is_named_and_leads_nowhere(written: str) -> None:
    found = redirects([stele(aliases=(written, "/kept/"))], HOME)
    assert olds(found) == ["kept/"]
    assert codes(found) == ["alias-unusable"]
    assert found.problems[0].level is Level.WARNING
    assert found.problems[0].path == "one.md"


@given(st.lists(st.text(max_size=12), max_size=6))
def test_no_alias_leaves_the_site_or_breaks_a_line(written: list[str]) -> None:
    found = redirects([stele(aliases=tuple(written))], HOME)
    files = drawn(found, HOME)
    for path in files:
        insist_on_safe(path)
    if files:
        for old, new, status in lines(files):
            assert old.startswith("/steles/")
            assert (new, status) == ("/steles/a/0123456789b/", "301")


def test_two_articles_that_claim_one_alias_are_both_named_and_neither_has_it() -> None:
    one = stele(aliases=("/old/", "/one/"))
    two = stele("bbbbbbbbbbb", capture="two.md", aliases=("/OLD",))
    found = redirects([one, two], HOME)
    assert olds(found) == ["one/"]
    (problem,) = found.problems
    assert (problem.level, problem.code, problem.path) == (Level.ERROR, "alias-conflict", "two.md")
    assert "one.md" in problem.message
    assert redirects([two, one], HOME).problems[0].path == "one.md"


def test_versions_of_one_article_share_their_aliases() -> None:
    newest = stele(aliases=("/old/",), title="新题")
    older = replace(stele(capture="before.md", version=2, aliases=("/old/", "/older/")), is_newest=False)
    found = redirects([newest, older], HOME)
    assert [(redirect.old, redirect.new, redirect.title) for redirect in found.redirects] == [
        ("old/", "a/0123456789b/", "新题"),
        ("older/", "a/0123456789b/", "新题"),
    ]
    assert found.problems == ()


def test_a_capture_that_is_shown_as_another_keeps_its_former_addresses() -> None:
    shown = stele()
    twin = replace(shown.facts, capture="twin.md", aliases=("/twin/",))
    stranger = replace(shown.facts, capture="stranger.md", text_sha256="x", aliases=("/stranger/",))
    assert olds(redirects([shown], HOME, captures=[shown.facts, twin, stranger])) == ["twin/"]


@pytest.mark.parametrize(
    "alias", ["/", "/index.html", "/tag/x/", "/TAG/x", "/tag", "/feed.xml", "/feed.xml/deeper/", "/_redirects/"]
)
def test_an_alias_never_replaces_a_file_of_the_site(alias: str) -> None:
    taken = ("tag/x/index.html", "tag/index.html", "feed.xml")
    found = redirects([stele(aliases=(alias,))], HOME, taken=taken)
    assert found.redirects == ()
    assert [(problem.level, problem.code) for problem in found.problems] == [(Level.ERROR, "alias-taken")]


def test_a_page_never_stands_where_another_needs_a_folder() -> None:
    found = redirects([stele(aliases=("/x.html", "/x.html/y/"))], HOME)
    assert olds(found) == ["x.html"]
    assert codes(found) == ["alias-taken"]
    assert codes(redirects([stele(aliases=("/tag/x.html",))], HOME, taken=("tag/x.html/index.html",))) == [
        "alias-taken"
    ]


def test_what_no_file_may_be_called_still_leads_on_by_the_hosts_list() -> None:
    aliases = ("/" + "碑" * 80 + "/", "/what: why*/", "/end./", "/short/")
    found = redirects([stele(aliases=aliases)], ADRIFT)
    files = drawn(found, ADRIFT)
    assert sorted(files) == ["_redirects", "short/index.html"]
    assert [unquote(old) for old, *_ in lines(files)] == list(aliases)
    assert codes(found) == ["redirect-without-page"]
    assert "3 former addresses" in found.problems[0].message


@pytest.mark.parametrize(
    ("title", "hugo", "jekyll"),
    [
        ("Steles of Stone", "steles-of-stone", "Steles-of-Stone"),
        ("石经：刻在石上的书", "石经刻在石上的书", "石经-刻在石上的书"),
        ("“石经”（上）", "石经上", "石经-上"),
        ("A - B", "a-b", "A-B"),
        ("１２ 月", "１２-月", "１２-月"),
        ("C++ & C#: what?", "c++-c#-what", "C-C-what"),
        ("……", "", ""),
    ],
)
def test_slugs_are_those_of_hugo_and_jekyll(title: str, hugo: str, jekyll: str) -> None:
    assert hugo_slug(title) == hugo
    assert jekyll_slug(title) == jekyll


def former(
    pattern: str, capture: str = "posts/2019-06-01-石经，旧.md", timezone: str = "UTC", **written: str
) -> list[str]:
    facts = replace(stele(capture=capture).facts, written=Written(**written))
    return list(former_addresses(facts, "0123456789b", pattern, timezone))


def test_both_generators_spellings_are_given_where_they_differ() -> None:
    same = {"title": "石经", "date": "2019-06-01"}
    assert former("/:year/:month/:title/", "2019-06-01-石经.md", **same) == ["2019/06/石经/"]
    written = {"title": "石经：新", "date": "2019-06-02"}
    assert former("/:year/:month/:day/:title/", **written) == ["2019/06/02/石经新/", "2019/06/02/石经-旧/"]
    assert former("/posts/:filename.html", **written) == ["posts/2019-06-01-石经旧.html", "posts/石经-旧.html"]
    assert former("/:slug/", **written, slug="Stele One") == ["stele-one/"]
    assert former("/:id/x/", **written) == ["0123456789b/x/"]


def test_a_day_that_differs_by_time_zone_is_given_both_ways() -> None:
    late = {"title": "x", "date": "2019-05-31T20:00:00Z"}
    assert former("/:year/:month/:title/", "x.md", **late) == ["2019/05/x/"]
    assert former("/:year/:month/:title/", "x.md", "Asia/Shanghai", **late) == ["2019/05/x/", "2019/06/x/"]


def test_what_a_capture_does_not_say_is_not_made_up() -> None:
    assert former("/:year/:month/:title/", "x.md", title="x") == []
    assert former("/:year/:month/:title/", "x.md", title="x", date="2019") == []
    assert former("/:year/:title/", "x.md", title="x", date="2019") == ["2019/x/"]
    assert former("/:year/:month/:title/", title="x") == ["2019/06/石经-旧/"]
    assert former("/:title/", "x.md", title="……") == []


def test_permalinks_of_a_former_site_lead_to_their_articles() -> None:
    site = replace(HOME, redirects=DATED)
    written = Written("石经", "", "2019-06-01")
    found = redirects([stele(written=written)], site)
    assert [(redirect.old, redirect.new) for redirect in found.redirects] == [("2019/06/石经/", "a/0123456789b/")]
    assert redirects([stele(written=written)], HOME).redirects == ()


def test_a_permalink_that_two_articles_had_leads_to_neither_unless_one_has_it_as_an_alias() -> None:
    site = replace(HOME, redirects=DATED)
    written = Written("石经", "", "2019-06-01")
    one, two = stele(written=written), stele("bbbbbbbbbbb", capture="two.md", written=written)
    found = redirects([one, two], site)
    assert found.redirects == ()
    (problem,) = found.problems
    assert (problem.level, problem.code, problem.path) == (Level.WARNING, "permalink-conflict", "two.md")
    assert "one.md" in problem.message
    claimed = replace(two, facts=replace(two.facts, aliases=("/2019/06/石经/",)))
    found = redirects([one, claimed], site)
    assert [redirect.new for redirect in found.redirects] == ["a/bbbbbbbbbbb/"]
    assert found.problems == ()


def test_hosts_read_encoded_lines_in_order_aliases_first() -> None:
    site = replace(HOME, redirects=DATED)
    one = stele(written=Written("石经", "", "2019-06-01"))
    two = stele("bbbbbbbbbbb", capture="two.md", aliases=("/旧 址/*",))
    assert lines(drawn(redirects([one, two], site), site)) == [
        ["/steles/" + quote("旧 址/*"), "/steles/a/bbbbbbbbbbb/", "301"],
        ["/steles/2019/06/" + quote("石经") + "/", "/steles/a/0123456789b/", "301"],
    ]


def test_pages_can_be_left_to_the_host() -> None:
    site = replace(HOME, redirects=Redirects(pages=False))
    assert list(drawn(redirects([stele(aliases=("/old/",))], site), site)) == ["_redirects"]


def test_without_former_addresses_there_is_no_file() -> None:
    assert drawn(redirects([stele()], HOME), HOME) == {}


@pytest.mark.parametrize("site", [HOME, ADRIFT], ids=["home", "adrift"])
@pytest.mark.parametrize("old", ["old.html", "old/", "2019/06/石 经/", "very/deep/down/below/"])
def test_a_page_leads_on_by_itself_by_its_link_and_by_its_canonical(site: Site, old: str) -> None:
    hostile = stele(aliases=(old,), title='"><script>alert(1)</script>', lang="zh-Hant")
    files = drawn(redirects([hostile], site), site)
    place = place_of(old)
    page = BeautifulSoup(files[place], "lxml")
    refresh = page.select_one('meta[http-equiv="refresh"]')["content"]
    link = page.select_one("a")
    assert refresh == f"0; url={link['href']}"
    assert urljoin("https://x.example/" + quote(place), link["href"]) == "https://x.example/a/0123456789b/index.html"
    assert link.get_text() == hostile.facts.title
    assert link["lang"] == "zh-Hant"
    canonical = page.select_one('link[rel="canonical"]')
    assert (canonical and canonical["href"]) == (f"{site.base_url}a/0123456789b/" if site.base_url else None)
    assert page.find("script") is None
    assert len(files[place]) < 1200


@given(st.text(min_size=1, max_size=220))
def test_a_place_that_is_called_portable_is_one_that_the_site_may_have(old: str) -> None:
    if is_portable(place_of(old)) and not old.startswith((".", "/")) and "/." not in old and "//" not in old:
        insist_on_safe(place_of(old))


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_browser_arrives_at_the_article(
    tmp_path: Path, browser: Browser, served: Callable[[Path], str], scripts: bool
) -> None:
    files = drawn(redirects([stele(aliases=("/2019/06/石经/", "/old.html"))], ADRIFT), ADRIFT)
    write(tmp_path / "sub", {**files, "a/0123456789b/index.html": b"<!doctype html><title>t</title><h1>Stele</h1>"})
    for root in (served(tmp_path) + "sub/", (tmp_path / "sub").as_uri() + "/"):
        for old in (quote("2019/06/石经/index.html"), "old.html"):
            with browser.new_context(java_script_enabled=scripts) as context:
                page = context.new_page()
                page.goto(root + old)
                page.wait_for_url(root + "a/0123456789b/index.html")
                assert page.inner_text("h1") == "Stele"


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


CAPTURE = """---
title: "{title}"
date: {date}
{more}
---
{text}
"""
SETTINGS = '[redirects]\npermalinks = ["/:year/:month/:title/"]\n'


def capture(title: str, text: str, *, date: str = "2019-06-01", more: str = "layout: post") -> bytes:
    return CAPTURE.format(title=title, date=date, text=text, more=more).encode()


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "build.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)


def built(folder: Path, files: dict[str, bytes]) -> tuple[Path, subprocess.CompletedProcess[str]]:
    write(folder / "content", files)
    done = run("build", "--content", folder / "content", "--site", folder / "site", "--no-search", "--jobs", "1")
    return folder / "site", done


def moved(site: Path) -> Iterable[tuple[str, str]]:
    """Each former address with the text of the article to which it leads."""
    for line in (site / "_redirects").read_text("ascii").splitlines():
        old, new, _ = (unquote(part) for part in line.split(" "))
        page = BeautifulSoup((site / new.lstrip("/") / "index.html").read_bytes(), "lxml")
        yield old, page.select_one(".article-body").get_text().strip()


def test_a_site_is_built_with_its_former_addresses_and_is_whole(tmp_path: Path) -> None:
    same = "source_url: https://outlet.example/two"
    files = {
        "site.toml": SETTINGS.encode(),
        "posts/one.md": capture("石经：上", "第一篇的正文。", more="aliases: [/old/one/, '/old/uno, due/']"),
        "posts/two.md": capture("石经：下", "第二篇的正文。", more=f"aliases: /old/two.html\n{same}"),
        "posts/two again.md": capture("石经：下", "第二篇的正文。", more=f"aliases:\n  - /old/again/\n{same}"),
    }
    site, done = built(tmp_path, files)
    assert done.returncode == 0, done.stderr
    assert dict(moved(site)) == {
        "/old/one/": "第一篇的正文。",
        "/old/uno, due/": "第一篇的正文。",
        "/old/two.html": "第二篇的正文。",
        "/old/again/": "第二篇的正文。",
        "/2019/06/石经上/": "第一篇的正文。",
        "/2019/06/石经下/": "第二篇的正文。",
    }
    for old, _ in moved(site):
        assert (site / place_of(old.lstrip("/"))).is_file()
    checked = run("check", "--site", site)
    assert checked.returncode == 0, checked.stderr
    sitemap = site / "sitemap.xml"
    assert not sitemap.exists() or "old" not in sitemap.read_text()


def test_a_claimed_alias_is_an_error_of_the_build_that_names_both(tmp_path: Path) -> None:
    files = {
        "one.md": capture("石经：上", "第一篇的正文。", more="aliases: [/old/]"),
        "two.md": capture("石经：下", "第二篇的正文。", more="aliases: [/old/]"),
        "three.md": capture("石经：全", "第三篇的正文。", more="aliases: [/index.html]"),
    }
    site, done = built(tmp_path, files)
    assert done.returncode == 1
    assert re.search(r"^(one|two)\.md:1: alias-conflict: .*(one|two)\.md", done.stderr, re.M)
    assert "three.md:1: alias-taken:" in done.stderr
    assert not (site / "old").exists()
    assert not (site / "_redirects").exists()
    assert 'http-equiv="refresh"' not in (site / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("settings", "mistake"),
    [
        ("redirects = 1", ":1: setting-type:"),
        ('[redirects]\npermalink = ["/:title/"]', ":2: setting-unknown:"),
        ('[redirects]\npages = true\npermalinks = ["/:section/:title/"]', ":3: permalink-unknown:"),
        ('[redirects]\npermalinks = ["/:year/"]', ":2: permalink-unusable:"),
        ('[redirects]\npermalinks = [":title"]', ":2: permalink-unusable:"),
        ('[redirects]\npermalinks = ["/../:title/"]', ":2: permalink-unusable:"),
        ("[redirects]\npages = 1", ":2: setting-type:"),
    ],
)
def test_a_mistake_in_the_settings_is_named_with_its_line(tmp_path: Path, settings: str, mistake: str) -> None:
    _, done = built(tmp_path, {"site.toml": settings.encode(), "one.md": capture("石经", "正文。")})
    assert done.returncode == 2
    assert f"site.toml{mistake}" in done.stderr
