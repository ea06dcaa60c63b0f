"""The search index from end to end: built by Pagefind, served, asked in a real browser."""

import gzip
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from shutil import copytree
from threading import Thread
from typing import Any

import pytest
import samples
from playwright.sync_api import Browser, Page

from beilin.library.shards import Index, Member, Shard, shard_path
from beilin.model.article import Article
from beilin.model.page import File
from beilin.pages.rendering import Theme
from beilin.pages.search_page import search_files
from beilin.pages.setting import Setting
from beilin.store.index_files import LISTING, NAMES, IndexingError, published
from beilin.store.pagefind import SearchRecord, index_shard, pagefind_files
from beilin.store.themes import read_theme
from beilin.text.folding import fold

THEME = Path(__file__).parent.parent / "theme"
BOX = "#main input[type=search]"
STATUS = "running none one many empty broad failed file missing".split()


def record(name: str, title: str, *texts: str, lang: str = "zh-Hans", date: str = "2024-01-01") -> SearchRecord:
    return SearchRecord(name, f"a/{name}/index.html", title, tuple(enumerate(texts, start=1)), lang, date, "某处晚报")


OLDER = [
    record("stele", "碑林里的石经", "开成石经刻于公元837年，共114块。", "刻石是为了校对：抄本有误，一看便知。"),
    record("river", "黄河水位", "2024年4月25日，水位上涨到10,000立方米以上。", "G20 峰会没有谈到这条河。", date=""),
    record(
        "island", "島嶼的圖書館", "國家圖書館說：「開放時間延長了。」", "發行量達三萬冊……讀者都說好。", lang="zh-Hant"
    ),
    record(
        "english",
        "A Library of Stone",
        "The steles were cut in stone; nobody reads them all.",
        "Stone, again.",
        lang="en",
    ),
    record("novel", "安東尼・布林肯的信", "他寫道：“你好，世界！”然後停筆。", lang="zh-Hant"),
    record("lists", "名单", "王 平\n李 大\n王平", "第一行尾\n第二行头"),
]
NEWER = [
    record(
        "reader",
        "读者来信",
        "安东尼·布林肯的信里说“你好，世界！”是旧话。",
        "iPhone15手机卖完了，A股没有涨。",
        date="2024-05-02",
    ),
    record("weather", "天气", "今天有雨😀，明天晴。", "年年如此，2023年4月25日也下雨。", date="2024-05-03"),
    record("stone", "石头", "石头记；石经；石刻。<b>不是标签</b> & 也不是 &amp;", "石" * 200 + "经", date="2024-05-04"),
]
MANY = [
    record(f"many{number:02}", f"第{number}号", f"编号{number:03}的同一句话", date="2024-06-01") for number in range(45)
]
SHARDS = [OLDER, NEWER + MANY]
RECORDS = {each.id: each for shard in SHARDS for each in shard}


def article_of(told: SearchRecord) -> Article:
    """The article that `told` is the record of, as far as the search page knows it."""
    characters = sum(len(text) for _, text in told.blocks)
    made = samples.article(title=told.title, source=told.source, lang=told.lang, characters=characters, tags=())
    return replace(made, id=told.id, date=told.date or None)


def make_site(root: Path, shards_of_records: list[list[SearchRecord]]) -> None:
    """Writes the search page, its index and its scripts below `root`."""
    shards = []
    for number, told in enumerate(shards_of_records):
        shards.append(Shard(f"shard{number}", tuple(Member(each.id, each.date, 1, "") for each in told)))
        folder = root / "search" / shard_path(shards[-1])
        folder.mkdir(parents=True)
        index_shard(told, folder)
    theme = read_theme(THEME)
    words = {**theme.languages["en"], **{f"search_{key}": f"{key} %s" for key in STATUS}}
    drawing, setting = Theme(theme.templates, words), Setting(samples.ADRIFT, words)
    articles = [article_of(each) for told in shards_of_records for each in told]
    for made in search_files(articles, Index(tuple(shards), {}), setting):
        target = root / made.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made.data if isinstance(made, File) else drawing.render(made))
    copytree(THEME / "assets", root / "assets")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("served") / "under" / "some path"
    make_site(root, SHARDS)
    return root


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=folder)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site.parent.parent) as root:
        yield f"{root}under/some%20path/search/index.html"


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    yield page
    page.close()
    assert complaints == []


def ask(page: Page, query: str) -> int:
    """The number of articles that match `query`, once the search is complete."""
    page.fill(BOX, query)
    page.press(BOX, "Enter")
    page.wait_for_selector("#results[data-total]", state="attached")
    return int(page.get_attribute("#results", "data-total") or "")


def links(page: Page) -> list[str]:
    return [link.get_attribute("href") or "" for link in page.query_selector_all("#results .entry-title a")]


def found(page: Page, query: str) -> set[str]:
    total = ask(page, query)
    while page.is_visible(".search-more"):
        shown = len(links(page))
        page.click(".search-more")
        page.wait_for_function("shown => document.querySelectorAll('#results li').length > shown", arg=shown)
    names = [link.split("/")[2] for link in links(page)]
    assert len(names) == len(set(names)) == total
    return set(names)


def holding(text: str) -> set[str]:
    """The articles that hold `text` in their title or in a block, told without the index."""
    return {
        each.id
        for each in RECORDS.values()
        if any(fold(text) in fold(printed) for printed in (each.title, *(block for _, block in each.blocks)))
    }


def substrings(count: int) -> list[str]:
    """Substrings of 2 to 8 characters that hold no space and no part of a Latin word."""
    source = Random(3)  # noqa: S311 - draws test data
    records = OLDER + NEWER + MANY[:2]
    texts = [text for each in records for text in (each.title, *(block for _, block in each.blocks))]
    chosen: set[str] = set()
    while len(chosen) < count:
        text = source.choice(texts)
        start = source.randrange(len(text))
        piece = text[start : start + source.randint(2, 8)]
        if len(piece) > 1 and not re.search(r"[\sA-Za-z]|^[-\"“「]", piece):
            chosen.add(piece)
    return sorted(chosen)


@pytest.mark.browser
def test_every_substring_finds_exactly_the_articles_that_hold_it(page: Page) -> None:
    wrong = {piece: names for piece in substrings(100) if (names := found(page, piece)) != holding(piece)}
    assert wrong == {}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("安东尼·布林肯", {"novel", "reader"}),
        ("安東尼・布林肯", {"novel", "reader"}),
        ("安东尼‧布林肯", {"novel", "reader"}),
        ("安东尼•布林肯", {"novel", "reader"}),
        ("安东尼布林肯", set()),
        ("国家图书馆", {"island"}),
        ("國家圖書館", {"island"}),
        ("你好，世界", {"novel", "reader"}),
        ("你好世界", set()),
        ("说“你好", {"reader"}),
        ("2024年4月25日", {"river"}),
        ("２０２４年", {"river"}),
        ("4月25日", {"river", "weather"}),
        ("24年4月", {"river"}),
        ("G20峰会", {"river"}),
        ("10,000", {"river"}),
        ("iphone15手机", {"reader"}),
        ("iPho", {"reader"}),
        ("phone", set()),
        ("STELE", {"english"}),
        ("ste", {"english"}),
        ("stone", {"english"}),
        ("A股", {"reader"}),
        ("雨😀", {"weather"}),
        ("河", {"river"}),
        ("经", {"stele", "stone"}),
        ("行尾第二", set()),
        ("王平", {"lists"}),
        ("<b>不是标签</b>", {"stone"}),
        ("&amp;", {"stone"}),
    ],
)
def test_run_is_found_as_it_stands(page: Page, query: str, names: set[str]) -> None:
    assert found(page, query) == names


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("石经 抄本", {"stele"}),
        ("石经　-抄本", {"stone"}),
        ("stone nobody", {"english"}),
        ('"cut in stone"', {"english"}),
        ('"in cut stone"', set()),
        ("“王 平”", {"lists"}),
        ("「王 平」", {"lists"}),
        ("雨 -2023年", set()),
        ('石 -"石头 记"', {"stele", "stone", "english"} - {"english"}),
        ("王平 -“王 平”", set()),
    ],
)
def test_spaces_part_quotation_marks_hold_and_a_minus_excludes(page: Page, query: str, names: set[str]) -> None:
    assert found(page, query) == names


@pytest.mark.browser
def test_excerpts_are_as_printed_and_mark_the_hit(page: Page) -> None:
    for query in ("开放时间", "三万册", "你好，世界", "cut in", "標題", "编号007", "石经", "安东尼·布林肯"):
        found(page, query)
        for item in page.query_selector_all("#results li"):
            link = item.query_selector("a")
            excerpt = item.query_selector(".entry-summary")
            assert link
            assert excerpt
            name, _, block = (link.get_attribute("href") or "").removeprefix("../a/").partition("/index.html")
            texts = dict(RECORDS[name].blocks)
            assert link.text_content() == RECORDS[name].title
            assert (excerpt.text_content() or "").strip("…") in texts[int(block.removeprefix("#p") or 1)]
            marks = [fold(mark.text_content() or "") for mark in item.query_selector_all("mark")]
            assert any(fold(word) in marks for word in (query, *query.split()))


@pytest.mark.browser
def test_hit_in_a_block_links_to_the_block_and_hit_in_a_title_to_the_article(page: Page) -> None:
    ask(page, "刻石")
    assert links(page) == ["../a/stele/index.html#p2"]
    ask(page, "碑林里")
    assert links(page) == ["../a/stele/index.html"]


@pytest.mark.browser
def test_titles_come_first_then_the_newest(page: Page) -> None:
    ask(page, "石")
    assert [link.split("/")[2] for link in links(page)] == ["stone", "stele"]
    ask(page, "布林肯")
    assert [link.split("/")[2] for link in links(page)] == ["novel", "reader"]
    ask(page, "同一句话")
    assert [link.split("/")[2] for link in links(page)] == [f"many{number:02}" for number in range(44, 24, -1)]


@pytest.mark.browser
def test_a_title_weighs_more_than_any_number_in_the_text_and_density_more_than_date(
    tmp_path: Path, browser: Browser
) -> None:
    told = [
        record("titled", "拓片", "一句话。" * 60, date="2001-01-01"),
        record("dense", "甲", "拓片与拓片，还是拓片。", date="2002-01-01"),
        record("older", "乙", "拓片。" + "别的话。" * 200, date="2003-01-01"),
        record("newer", "丙", "拓片。" + "别的话。" * 200, date="2004-01-01"),
    ]
    make_site(tmp_path, [told])
    with served(tmp_path) as root:
        page = browser.new_page()
        page.goto(f"{root}search/index.html")
        ask(page, "拓片")
        assert [link.split("/")[2] for link in links(page)] == ["titled", "dense", "newer", "older"]
        page.close()


@pytest.mark.browser
def test_up_to_three_excerpts_lead_to_their_blocks(tmp_path: Path, browser: Browser) -> None:
    told = [
        record("many", "甲", "拓片一", "没有", "拓片二、纸", "拓片三", "拓片四"),
        record("none", "拓片", "只在标题里"),
    ]
    make_site(tmp_path, [told])
    with served(tmp_path) as root:
        page = browser.new_page()
        page.goto(f"{root}search/index.html?q=拓片")
        page.wait_for_selector("#results[data-total]", state="attached")
        excerpts = [
            [link.get_attribute("href") for link in item.query_selector_all(".entry-summary a")]
            for item in page.query_selector_all("#results li")
        ]
        many = [f"../a/many/index.html#p{number}" for number in (1, 3, 4)]
        assert excerpts == [[], many]
        ask(page, "拓片 纸")
        assert links(page) == ["../a/many/index.html#p3"], "the block that holds most of the words"
        page.close()


@pytest.mark.browser
def test_coming_back_finds_the_list_as_it_was(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 800, "height": 700}) as context:
        page = context.new_page()
        page.goto(f"{address}?q=同一句话&order=date&source=某处晚报")
        page.wait_for_selector("#results[data-total]", state="attached")
        page.click(".search-more")
        page.wait_for_function("() => document.querySelectorAll('#results li').length === 40")
        link = page.locator("#results .entry-title a").nth(33)
        link.scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        before = page.evaluate("scrollY")
        assert before > 500
        link.click()
        page.wait_for_url("**/a/many11/index.html*")
        page.go_back()
        page.wait_for_selector("#results[data-total='45']", state="attached")
        page.wait_for_function("place => scrollY === place", arg=before)
        assert page.locator("#results li").count() == 40
        assert page.is_checked("input[name=order][value=date]")
        assert page.locator(".search-chosen button").count() == 1
        assert page.evaluate("document.activeElement.getAttribute('href')") == "../a/many11/index.html#p1"
        assert context.storage_state() == {"cookies": [], "origins": []}


@pytest.mark.browser
@pytest.mark.parametrize("order", ["date", "relevance"])
def test_the_newest_are_shown_while_older_shards_are_on_their_way(browser: Browser, address: str, order: str) -> None:
    page = browser.new_page()
    held: list[Any] = []
    is_held = [True]
    page.route("**/shards/shard0/index/*", lambda route: held.append(route) if is_held[0] else route.continue_())
    page.goto(f"{address}?q=2023年&order={order}")
    page.wait_for_selector("#results li")
    assert [link.split("/")[2] for link in links(page)] == ["weather"]
    assert page.get_attribute("#results", "data-total") is None
    assert page.get_attribute("#results", "aria-busy") == "true"
    assert (page.text_content("[role=status]") or "").startswith("running")
    is_held[0] = False
    for route in held:
        route.continue_()
    page.wait_for_selector("#results[data-total='1']", state="attached")
    page.close()


@pytest.mark.browser
def test_one_common_character_is_refused_in_words_and_not_searched_by_half(browser: Browser, address: str) -> None:
    page = browser.new_page()
    many = json.dumps([f"石{chr(code)}" for code in range(0x4E00, 0x4E00 + 500)], ensure_ascii=False)
    page.route("**/index.json", lambda route: route.fulfill(body=many, content_type="application/json"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}?q=石")
    page.wait_for_function("() => document.querySelector('[role=status]').textContent.startsWith('broad')")
    assert page.get_attribute("#results", "data-total") is None
    assert not [url for url in asked if url.endswith(".pf_index")]
    page.close()


@pytest.mark.browser
def test_status_says_what_came_out(page: Page) -> None:
    for query, said in (("河", "one 1"), ("没有这样的话", "none 0"), ("同一句话", "many 45")):
        ask(page, query)
        assert page.text_content("[role=status]") == said
    page.fill(BOX, "-河")
    page.press(BOX, "Enter")
    page.wait_for_function("() => document.querySelector('[role=status]').textContent.startsWith('empty')")
    assert page.get_attribute("#results", "data-total") is None


@pytest.mark.browser
def test_address_asks_and_typing_changes_the_address(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}?q=%E7%9F%B3%E7%BB%8F&other=x")
    page.wait_for_selector("#results[data-total='2']", state="attached")
    assert page.input_value(BOX) == "石经"
    page.fill(BOX, "黄河")
    page.wait_for_selector("#results[data-total='1']", state="attached")
    assert page.evaluate("new URLSearchParams(location.search).get('q')") == "黄河"
    page.fill(BOX, "")
    page.wait_for_function("() => location.search === '?other=x' && !document.querySelector('#results li')")
    assert page.get_attribute("#results", "data-total") is None
    page.close()


@pytest.mark.browser
def test_opened_from_a_disk_it_says_what_to_do(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto(f"{(site / 'search' / 'index.html').as_uri()}?q=x")
    page.wait_for_function("() => document.querySelector('[role=status]').textContent.startsWith('file')")
    page.close()


@pytest.mark.browser
def test_missing_file_is_said_and_the_next_try_may_succeed(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/*.pf_index", lambda route: route.fulfill(status=503))
    page.goto(f"{address}?q=%E7%9F%B3%E7%BB%8F")
    page.wait_for_function("() => document.querySelector('[role=status]').textContent.startsWith('failed')")
    page.unroute("**/*.pf_index")
    assert ask(page, "石经") == 2
    page.close()


def written(folder: Path, records: list[SearchRecord]) -> dict[str, bytes]:
    folder.mkdir()
    return {path: (folder / path).read_bytes() for path in index_shard(iter(records), folder)}


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path / "one", NEWER + MANY) == written(tmp_path / "two", NEWER + MANY)


def test_only_what_the_page_reads_is_written(tmp_path: Path) -> None:
    files = written(tmp_path / "shard", OLDER)
    assert {path for path in files if not path.startswith(("fragment/", "index/"))} == {LISTING, NAMES}
    assert {path for path in files if path.startswith("fragment/")} == {
        f"fragment/{number}.pf_fragment" for number in range(len(OLDER))
    }
    words = json.loads(files[LISTING])
    assert {path for path in files if path.startswith("index/")} == {
        f"index/{number}.pf_index" for number in range(len(words))
    }
    assert [word.encode() for word in words] == sorted(word.encode() for word in words)
    assert json.loads(files[NAMES]) == [told.id for told in OLDER]


@pytest.mark.parametrize("lost", ["pagefind.pf_meta", "fragment/", "index/"])
def test_index_with_a_lost_or_damaged_file_is_refused(lost: str) -> None:
    ids, files = pagefind_files(iter(OLDER))
    assert published(files, ids)
    path = next(path for path in sorted(files) if path.startswith(lost))
    for damaged in (files[path][:-9], b"", gzip.compress(b"something else")):
        with pytest.raises(IndexingError):
            published(files | {path: damaged}, ids)
    with pytest.raises(IndexingError):
        published({other: data for other, data in files.items() if other != path}, ids)
    with pytest.raises(IndexingError):
        published(files, [*ids, "another"])


def test_a_failing_source_of_records_stops_the_build(tmp_path: Path) -> None:
    def records() -> Iterator[SearchRecord]:
        yield OLDER[0]
        raise LookupError("gone")

    with pytest.raises(LookupError):
        index_shard(records(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_variants_that_the_readme_lists_are_indeed_not_alike() -> None:
    told = (THEME.parent / "README.md").read_text("utf-8")
    listed = told[told.index("Not alike are:") : told.index("The index is cut into files")]
    pairs = re.findall(r"([㐀-鿿𠀀-𲎯]) (?:and )?([㐀-鿿𠀀-𲎯])[,)]", listed)
    assert len(pairs) > 30
    assert [pair for pair in pairs if fold(pair[0]) == fold(pair[1])] == []
