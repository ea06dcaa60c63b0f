"""The theme draws every view, trusts nothing, asks no other host for anything, and speaks three languages alike."""

import pickle
import re
import shutil
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jinja2 import UndefinedError
from markupsafe import Markup
from playwright.sync_api import Browser

from beilin.model.category import Category
from beilin.model.page import Page
from beilin.pages.rendering import Theme, ThemeError
from beilin.pages.views import (
    AboutView,
    ArticleView,
    ChangedBlock,
    Citation,
    DifferenceView,
    Download,
    Entry,
    Feed,
    Frame,
    FrontView,
    Group,
    IndexView,
    Link,
    ListingView,
    Meta,
    Moment,
    NotFoundView,
    Pager,
    Piece,
    RepostLink,
    SearchView,
    SetAside,
    Side,
    Stretch,
    TextRevisionNote,
    VersionLink,
    WithdrawnView,
)

THEME = Path(__file__).parent.parent / "theme"
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;"
URL_ATTRIBUTES = ("src", "srcset", "poster", "data", "background")

DAY = Moment("2023-10-27", "2023年10月27日", "../../date/2023/10/27/index.html")
MOMENT = Moment("2023-11-02T09:30+08:00", "2023年11月2日", None)
DIGEST = "0123456789abcdef" * 4
DOWNLOADS = (
    Download("data:application/x-bibtex;charset=utf-8,%40online%7Bx%7D", "x.bib", "application/x-bibtex", "BibLaTeX"),
    Download(
        "data:application/x-research-info-systems,TY%20%20-", "x.ris", "application/x-research-info-systems", "RIS"
    ),
    Download(
        "data:application/vnd.citationstyles.csl+json,%5B%5D",
        "x.json",
        "application/vnd.citationstyles.csl+json",
        "CSL-JSON",
    ),
)
STYLES = ("gb7714-2025", "gb7714-2015", "apa", "mla", "chicago", "wikipedia-zh", "wikipedia-en")

PLAIN_FRAME = Frame("../../", "一块碑", "", "碑林", "zh-Hans", None)
FULL_FRAME = replace(
    PLAIN_FRAME,
    description="城墙下的一块碑",
    canonical="https://archive.example/a/0123456789b/",
    feeds=(Feed("../../feed.xml", "application/atom+xml", "碑林"),),
    metas=(Meta("z:itemType", "blogPost"), Meta("og:type", "article", True)),
    robots="noindex",
)

PLAIN_ARTICLE = ArticleView(
    id="0123456789b",
    title="一块碑",
    lang="zh-Hans",
    kind="plain",
    source=None,
    authors=(),
    editors=(),
    translators=(),
    published=None,
    captured=None,
    seen_again=(),
    original_url=None,
    tags=(),
    characters=0,
    body=(),
    contents=(),
    versions=(),
    text_revisions=(),
    reposts=(),
    citations=(),
    downloads=(),
    permalink="a/0123456789b/",
    capture_href=None,
    capture_path="x.txt",
    capture_sha256=DIGEST,
    text_sha256=DIGEST,
    licence="",
    earlier=None,
    later=None,
    structured_data=Markup("{}"),
)
FULL_ARTICLE = replace(
    PLAIN_ARTICLE,
    source=Link("../../source/x/index.html", "旧石新读", lang="zh-Hans"),
    authors=("甲", "乙"),
    editors=("丙",),
    translators=("丁",),
    published=DAY,
    captured=MOMENT,
    seen_again=(MOMENT, MOMENT),
    original_url="https://outlet.example/s/1?a=1&b=2",
    tags=(Link("../../tag/x/index.html", "碑刻"), Link("../../tag/y/index.html", "Steles", lang="en")),
    characters=12345,
    body=(Markup('<h2 id="p1">一</h2>'), Markup('<p id="p2">字</p>'), Markup('<p id="p3" lang="en">Word</p>')),
    contents=(Link("#p1", "一"), Link("#p2", "二"), Link("#p3", "Three", lang="en")),
    versions=(
        VersionLink(1, "v1/index.html", MOMENT, True, False),
        VersionLink(2, "index.html", None, False, True, "v2/changes/index.html"),
    ),
    text_revisions=(TextRevisionNote(DAY, DIGEST),),
    reposts=(RepostLink("../x/index.html", "一块碑", "zh-Hant", "旧石新读", DAY, 97),),
    citations=tuple(Citation(style, style.upper(), f"甲. 一块碑. {style}") for style in STYLES),
    downloads=DOWNLOADS,
    permalink="https://archive.example/a/0123456789b/",
    capture_href="capture.txt",
    licence="权利归原作者。",
    dek="一行提要。",
    earlier=Link("../b/index.html", "前一块", lang="zh-Hant"),
    later=Link("../c/index.html", "后一块"),
)
ENTRY = Entry("../../a/0123456789b/index.html", "一块碑", "zh-Hans", "旧石新读", DAY, "城墙下有一排旧碑。")
GROUPS = (
    Group(DAY, (ENTRY, replace(ENTRY, source="", date=None, summary=""))),
    Group(None, (replace(ENTRY, lang="en"),)),
)
PLAIN_LISTING = ListingView("tag", "碑刻", 1, (), None, (), None, ())
LINKS = (Link("x/index.html", "碑刻", 12345), Link("y/index.html", "Steles", lang="en"))

SIDE = Side(1, "../../v1/index.html", DAY)
CHANGED = ChangedBlock(
    "edited",
    "zh-Hans",
    Link("../../v1/index.html#p1", "1"),
    Link("../index.html#p1", "1"),
    (Piece("removed", "一"), Piece("inserted", "二"), Piece("same", "块碑", folded=2)),
)
DIFFERENCE = DifferenceView(
    *("0123456789b", "一块碑", "zh-Hans", "../../index.html", SIDE, replace(SIDE, number=2, date=None)),
    *(1, 1, 1, 1, 1, 1),
    (Piece("same", "碑"),),
    (Stretch(True, (replace(CHANGED, kind="unchanged", pieces=()),)), Stretch(False, (CHANGED,))),
)
VIEWS = {
    "difference": ("difference.html", DIFFERENCE),
    "plain article": ("article.html", PLAIN_ARTICLE),
    "full article": ("article.html", FULL_ARTICLE),
    "plain listing": ("listing.html", PLAIN_LISTING),
    "full listing": (
        "listing.html",
        ListingView(
            "month",
            "2023年10月",
            12345,
            LINKS,
            Link("../index.html", "2023年"),
            GROUPS,
            Pager(2, 3, "../../index.html", "../3/index.html"),
            DOWNLOADS,
        ),
    ),
    "first page": ("listing.html", replace(PLAIN_LISTING, kind="source", pager=Pager(1, 2, None, "page/2/index.html"))),
    "last page": ("listing.html", replace(PLAIN_LISTING, kind="day", pager=Pager(2, 2, "../../index.html", None))),
    "empty index": ("index.html", IndexView("tag", "标签", ())),
    "tags": ("index.html", IndexView("tag", "标签", LINKS)),
    "sources": ("index.html", IndexView("source", "来源", LINKS)),
    "dates": ("index.html", IndexView("date", "日期", LINKS)),
    "empty front": ("front.html", FrontView("", 0, None, (), (), (), ())),
    "full front": ("front.html", FrontView("说明", 12345, (DAY, MOMENT), GROUPS, LINKS, LINKS, LINKS)),
    "plain withdrawal": ("withdrawn.html", WithdrawnView("x", "一块碑", "", None, MOMENT, None, "", "", "a/x/")),
    **{
        f"withdrawal for {reason}": (
            "withdrawn.html",
            WithdrawnView("x", "一块碑", "旧石新读", DAY, MOMENT, "https://outlet.example/", reason, "甲.", "a/x/"),
        )
        for reason in ("privacy", "rights", "error")
    },
    "not found": ("not-found.html", NotFoundView("/base/")),
    "nothing cleaned": ("about-cleaning.html", AboutView((), (), 0, 0, ())),
    "cleaned": (
        "about-cleaning.html",
        AboutView(
            tuple((str(category), 30_001) for category in Category),
            tuple(
                SetAside(kind, name, 12_345, (0, 30_001, 0, 0, 0, 0, 0), 30_001)
                for kind, name in (("rfa", "自由亚洲电台"), ("html", ""), ("markdown", ""), ("plain", ""), ("x", ""))
            ),
            61_725,
            210_007,
            tuple((code, 7) for code in ("empty-body", "stub", "not-a-capture", "draft", "encoding-undecidable", "x")),
        ),
    ),
    "search": ("search.html", SearchView("[]", "{}", ())),
    "no search": ("search.html", SearchView("", "{}", ())),
}


def read_templates() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted((THEME / "templates").glob("*.html"))}


def read_strings(language: str) -> dict[str, str]:
    return tomllib.loads((THEME / "i18n" / f"{language}.toml").read_text("utf-8"))


TEMPLATES = read_templates()
THEMES = {language: Theme(TEMPLATES, read_strings(language)) for language in LANGUAGES}


def draw(template: str, view: object, frame: Frame = PLAIN_FRAME) -> str:
    return THEMES[frame.lang].render(Page("x/index.html", template, view, frame)).decode()


@pytest.fixture(params=[name for name, (template, _) in VIEWS.items() if template in TEMPLATES])
def drawn(request: pytest.FixtureRequest) -> BeautifulSoup:
    template, view = VIEWS[request.param]
    return BeautifulSoup(draw(template, view, FULL_FRAME), "lxml")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("frame", [PLAIN_FRAME, FULL_FRAME], ids=["plain", "full"])
@pytest.mark.parametrize("name", [name for name, (template, _) in VIEWS.items() if template in TEMPLATES])
def test_every_view_is_drawn_in_every_language(name: str, frame: Frame, language: str) -> None:
    html = draw(*VIEWS[name], frame=replace(frame, lang=language))
    page = BeautifulSoup(html, "lxml")
    assert page.html["lang"] == language
    assert "None" not in page.get_text()
    assert html.endswith("</html>\n")
    assert "\r" not in html


def test_every_template_has_a_view_here() -> None:
    assert set(TEMPLATES) - {"base.html", "parts.html", "moved.html"} <= {template for template, _ in VIEWS.values()}


def test_a_page_has_one_h1_and_one_main(drawn: BeautifulSoup) -> None:
    assert len(drawn.find_all("h1")) == 1
    assert len(drawn.find_all("main")) == 1


def test_no_id_stands_twice(drawn: BeautifulSoup) -> None:
    assert [name for name, times in Counter(tag["id"] for tag in drawn.select("[id]")).items() if times > 1] == []


def test_every_reference_within_a_page_has_its_target(drawn: BeautifulSoup) -> None:
    wanted = [tag["href"][1:] for tag in drawn.select('a[href^="#"]')]
    wanted += [name for tag in drawn.select("[aria-labelledby]") for name in tag["aria-labelledby"].split()]
    assert [name for name in wanted if not drawn.find(id=name)] == []


def test_nothing_runs_or_styles_inline(drawn: BeautifulSoup) -> None:
    scripts = [script for script in drawn.find_all("script") if not script.get("src")]
    assert {script["type"] for script in scripts} <= {"application/ld+json", "application/json"}
    assert drawn.find_all("style") == []
    for tag in drawn.find_all(True):
        assert not [name for name in tag.attrs if name == "style" or name.startswith("on")]


def test_nothing_is_loaded_from_another_host(drawn: BeautifulSoup) -> None:
    loaded = [tag[name] for tag in drawn.find_all(True) for name in URL_ATTRIBUTES if tag.get(name)]
    loaded += [link["href"] for link in drawn.select('link[rel="stylesheet"], link[rel="icon"]')]
    assert loaded
    assert [address for address in loaded if not address.startswith("../../assets/")] == []
    assert not re.search(r"url\(|@import", (THEME / "assets/beilin.css").read_text("utf-8"))


def test_policy_comes_before_anything_it_governs(drawn: BeautifulSoup) -> None:
    first = drawn.head.find_all(True)[:2]
    assert first[0]["charset"] == "utf-8"
    assert first[1]["http-equiv"] == "Content-Security-Policy"
    assert "unsafe-inline" not in first[1]["content"]
    assert drawn.find("meta", attrs={"name": "referrer"})["content"] == "no-referrer"


def test_links_inside_the_site_are_relative_and_name_a_file(drawn: BeautifulSoup) -> None:
    for link in drawn.select("header.masthead a, footer a"):
        assert re.fullmatch(r"\.\./\.\./[\w/-]+\.\w+", link["href"])


def test_every_page_but_search_has_one_search_box_in_its_head(drawn: BeautifulSoup) -> None:
    boxes = drawn.select('.masthead input[type="search"][name="q"]')
    assert len(boxes) == (0 if drawn.select_one(".site-nav [href$='search/index.html'][aria-current]") else 1)


def test_class_names_that_citation_tools_scrape_are_not_used() -> None:
    for path in THEME.rglob("*.*"):
        assert not re.search("byline|vcard", path.read_text("utf-8")), path


def test_hostile_values_stay_text() -> None:
    hostile = replace(
        FULL_ARTICLE,
        title=HOSTILE,
        authors=(HOSTILE,),
        lang='zh-Hans" onclick="x',
        original_url=f"https://outlet.example/{HOSTILE}",
        citations=(Citation("apa", HOSTILE, HOSTILE),),
        tags=(Link(HOSTILE, HOSTILE, 1, HOSTILE),),
        capture_path=HOSTILE,
    )
    frame = replace(FULL_FRAME, title=HOSTILE, description=HOSTILE, site_title=HOSTILE, metas=(Meta(HOSTILE, HOSTILE),))
    page = BeautifulSoup(draw("article.html", hostile, frame), "lxml")
    assert page.h1.get_text() == HOSTILE
    assert page.title.get_text() == HOSTILE
    assert not page.find_all("img")
    assert all(script.get("src") or script.get("type") for script in page.find_all("script"))
    assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    assert page.select_one(".article-tags a")["href"] == HOSTILE


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//x.example/", "x"])
def test_only_web_addresses_become_links_out_of_the_site(url: str) -> None:
    page = BeautifulSoup(draw("article.html", replace(FULL_ARTICLE, original_url=url), FULL_FRAME), "lxml")
    assert url in page.get_text()
    assert url not in [tag.get("href") for tag in page.find_all(href=True)]


def test_article_page_keeps_the_public_hooks() -> None:
    page = BeautifulSoup(draw("article.html", FULL_ARTICLE, FULL_FRAME), "lxml")
    article = page.select_one("article[lang]")
    assert article["lang"] == "zh-Hans"
    blocks = article.select("div.article-body > *")
    assert [block["id"] for block in blocks] == ["p1", "p2", "p3"]
    assert [link["type"] for link in page.select("a[download]")] == [download.type for download in DOWNLOADS]
    assert [link["href"] for link in page.select("a[download]")] == [download.href for download in DOWNLOADS]
    cited = {tag["data-citation-style"]: tag.get_text() for tag in page.select("[data-citation-style]")}
    assert cited == {citation.style: citation.text for citation in FULL_ARTICLE.citations}
    assert {tag["datetime"] for tag in page.select("time")} == {DAY.iso, MOMENT.iso}
    original = page.select_one("[data-originalurl]")
    assert original["data-originalurl"] == original["href"] == FULL_ARTICLE.original_url
    assert original["data-versiondate"] == MOMENT.iso


def test_an_older_version_points_to_the_newest() -> None:
    page = BeautifulSoup(draw("article.html", FULL_ARTICLE), "lxml")
    assert page.select_one(".notice a")["href"] == "index.html"
    newest = tuple(replace(version, is_shown=version.is_newest) for version in FULL_ARTICLE.versions)
    page = BeautifulSoup(draw("article.html", replace(FULL_ARTICLE, versions=newest)), "lxml")
    assert not page.select(".notice")


def test_listed_articles_are_articles_with_a_link() -> None:
    page = BeautifulSoup(draw(*VIEWS["full listing"]), "lxml")
    entries = page.select("main article")
    assert len(entries) == sum(len(group.entries) for group in GROUPS)
    assert all(entry.select_one("a[href]")["href"] == ENTRY.href for entry in entries)


def test_the_dek_stands_between_the_title_and_the_facts() -> None:
    page = BeautifulSoup(draw("article.html", FULL_ARTICLE), "lxml")
    header = page.select_one(".article-head")
    assert [child.name for child in header.find_all(["h1", "p", "dl"])][-3:] == ["h1", "p", "dl"]
    assert header.select_one("h1 + .dek").get_text() == FULL_ARTICLE.dek
    assert 'class="dek"' not in draw("article.html", PLAIN_ARTICLE)


def test_one_page_has_no_pager() -> None:
    assert "pager" not in draw("listing.html", PLAIN_LISTING)


def test_line_ends_are_plain() -> None:
    html = draw("article.html", replace(FULL_ARTICLE, licence="一\r\n二\r三"))
    assert "一\n二\n三" in html


def test_languages_have_the_same_keys_in_the_same_order() -> None:
    first, *others = (list(read_strings(language)) for language in LANGUAGES)
    assert all(other == first for other in others)


def test_languages_fill_in_the_same_places() -> None:
    first, *others = ({key: text.count("%s") for key, text in read_strings(name).items()} for name in LANGUAGES)
    assert all(other == first for other in others)


def test_every_string_is_used() -> None:
    used = {key for source in TEMPLATES.values() for key in re.findall(r"\bt\.(\w+)", source)}
    scripts = "".join(path.read_text("utf-8") for path in (THEME / "assets").glob("*.js"))
    pages = "".join(path.read_text("utf-8") for path in (THEME.parent / "beilin" / "pages").glob("*.py"))
    used.update(re.findall(r'words\["(\w+)"\]', pages))
    assert [key for key in read_strings("en") if key not in used and key not in scripts] == []


def test_every_asset_that_a_template_names_is_there() -> None:
    named = {name for source in TEMPLATES.values() for name in re.findall(r'frame\.root \}\}assets/([^"{]+)"', source)}
    assert named
    assert [name for name in sorted(named) if not (THEME / "assets" / name).is_file()] == []


@pytest.mark.parametrize(
    ("source", "mistake"),
    [
        ("{{ t.nowhere }}", "x.html:1: string-missing: t.nowhere"),
        ("\n{% for %}", "x.html:2: template-syntax:"),
        ("{{ view.body|safe }}", "x.html:1: template-syntax: No filter named 'safe'"),
        ("{% autoescape false %}{{ view }}{% endautoescape %}", "x.html:1: escaping-switched:"),
        ('{% include "y.html" %}', "x.html:1: template-missing: y.html"),
    ],
)
def test_a_broken_theme_is_refused_before_any_page(source: str, mistake: str) -> None:
    with pytest.raises(ThemeError, match=re.escape(mistake)):
        Theme({"x.html": source}, {})


def test_every_mistake_of_a_theme_is_named_at_once() -> None:
    with pytest.raises(ThemeError) as caught:
        Theme({"a.html": "{{ t.one }}{{ t.two }}", "b.html": "{% if %}"}, {})
    assert len(str(caught.value).splitlines()) == 3


def test_a_name_the_view_does_not_have_is_an_error() -> None:
    theme = Theme({"x.html": "{{ view.nowhere }}"}, {})
    with pytest.raises(UndefinedError):
        theme.render(Page("x", "x.html", NotFoundView("/"), PLAIN_FRAME))


def test_none_is_never_printed() -> None:
    theme = Theme({"x.html": "{{ frame.canonical }}"}, {})
    with pytest.raises(TypeError):
        theme.render(Page("x", "x.html", NotFoundView("/"), PLAIN_FRAME))


def test_a_theme_travels_to_another_process_unchanged() -> None:
    theme = THEMES["en"]
    page = Page("x", "article.html", FULL_ARTICLE, FULL_FRAME)
    assert pickle.loads(pickle.dumps(theme)).render(page) == theme.render(page)  # noqa: S301


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    shutil.copytree(THEME / "assets", root / "assets")
    (root / "search").mkdir()
    (root / "search/index.html").write_text("<!doctype html><title>search</title>", "utf-8")
    frame = replace(FULL_FRAME, root="")
    for name, (template, view) in VIEWS.items():
        if template in TEMPLATES:
            (root / f"{name}.html").write_text(draw(template, view, frame), "utf-8")
    return root


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_scrolls_sideways_or_complains_or_asks_elsewhere(site: Path, browser: Browser, width: int) -> None:
    asked: list[str] = []
    said: list[str] = []
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for path in sorted(site.glob("*.html")):
            if path.name not in ("search.html", "no search.html"):
                page.goto(path.as_uri())
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name
    assert said == []
    assert [url for url in asked if not url.startswith(site.as_uri())] == []


@pytest.mark.browser
def test_slash_and_enter_lead_to_the_search_page_from_a_disk(site: Path, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((site / "full article.html").as_uri())
        page.keyboard.press("/")
        page.keyboard.type("a/b 碑")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/index.html?q=a%2Fb+%E7%A2%91")


@pytest.mark.browser
def test_copied_citation_is_the_citation(site: Path, browser: Browser) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto((site / "full article.html").as_uri())
        page.click('[data-citation-style="apa"] + button')
        assert page.evaluate("navigator.clipboard.readText()") == FULL_ARTICLE.citations[2].text
        assert page.inner_text('[data-citation-style="apa"]') == FULL_ARTICLE.citations[2].text
