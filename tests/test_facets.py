"""What the search page is told beside the index: shards, facets, kinds, citations."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import samples
from playwright.sync_api import Browser

from beilin.library.shards import Index, Member, Shard
from beilin.model.article import Article
from beilin.model.page import File, Page
from beilin.pages.citing import bulk_files
from beilin.pages.citing.item import describe
from beilin.pages.facets import facet_path, facet_table
from beilin.pages.search_page import search_files
from beilin.pages.setting import Setting
from beilin.pages.views import SearchView

ASSETS = Path(__file__).parent.parent / "theme" / "assets"
WORDS = {"search": "Search", "search_archive": "Search the archive", "kind_html": "Other web pages"}
WORDS |= {"kind_markdown": "Markdown files", "kind_plain": "Plain text", "kind_wechat": "WeChat accounts"}
ADRIFT, HOME = Setting(samples.ADRIFT, WORDS), Setting(samples.HOME, WORDS)


def article(name: str, date: str | None, **changes: object) -> Article:
    return replace(samples.article(**changes), id=name, date=date)


ARTICLES = [
    article("a", None, tags=(), characters=0, source=""),
    article("b", "2023", tags=("石刻", "拓片"), characters=100),
    article("c", "2023-10-27", tags=("石刻", "拓片"), characters=1_000, lang="zh-Hant"),
    article("d", "2023-10-27", tags=(), characters=5_000_000, kind="html"),
]
READ = "text => Array.from(JSON.parse(text).lengths, (_, number) => beilinFacets.rows(JSON.parse(text))(number))"
SHARDS = (
    Shard("older", tuple(Member(each.id, each.date, 1, "") for each in ARTICLES[:2])),
    Shard("newer", tuple(Member(each.id, each.date, 1, "") for each in ARTICLES[2:])),
)


def made(articles: list[Article], index: Index | None, setting: Setting) -> tuple[Mapping[str, bytes], SearchView]:
    """Path → bytes of the files, and what the page is told."""
    found = list(search_files(articles, index, setting))
    (page,) = [each for each in found if isinstance(each, Page)]
    assert isinstance(page.view, SearchView)
    return {each.path: each.data for each in found if isinstance(each, File)}, page.view


@pytest.mark.browser
def test_the_browser_reads_out_of_a_table_what_went_into_it(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(path=ASSETS / "facets.js")
    rows: list[dict[str, Any]] = page.evaluate(READ, facet_table(ARTICLES))
    for row, told in zip(rows, ARTICLES, strict=True):
        assert row["date"] == (told.date or "")
        assert row["source"] == told.facts.source
        assert row["values"]["source"] == [told.facts.source or "none"]
        assert row["values"]["tag"] == list(told.facts.tags)
        assert row["values"]["lang"] == [told.facts.lang]
        assert row["values"]["kind"] == [told.facts.kind]
        assert row["length"] // 2 <= told.facts.characters <= row["length"]
    assert [row["values"]["date"] for row in rows] == [["undated"], ["2023"], *[["2023", "2023-10"]] * 2]
    page.close()


def test_the_page_is_told_the_newest_shard_first_and_where_its_facets_are() -> None:
    files, view = made(ARTICLES, Index(SHARDS, {}), ADRIFT)
    listed = json.loads(view.shards)
    assert [(each["path"], each["articles"]) for each in listed] == [("shards/newer/", 2), ("shards/older/", 2)]
    tables = [files[f"search/{each['facets']}"].decode() for each in listed]
    assert tables == [facet_table(ARTICLES[2:]), facet_table(ARTICLES[:2])]


def test_without_an_index_nothing_is_told() -> None:
    files, view = made(ARTICLES, None, ADRIFT)
    assert (dict(files), view.shards) == ({}, "")
    assert made([], Index((), {}), ADRIFT)[1].shards == "[]"


def test_another_tag_moves_the_table_of_its_shard_and_no_other() -> None:
    before, _ = made(ARTICLES, Index(SHARDS, {}), ADRIFT)
    tagged = replace(ARTICLES[3], facts=replace(ARTICLES[3].facts, tags=("纸",)))
    after, _ = made([*ARTICLES[:3], tagged], Index(SHARDS, {}), ADRIFT)
    assert len(before.keys() - after.keys()) == len(after.keys() - before.keys()) == 1


def test_equal_tables_of_two_shards_do_not_meet() -> None:
    assert facet_path("one", "{}") != facet_path("two", "{}")


def test_what_no_date_page_lists_has_its_citations_beside_the_search_page() -> None:
    files, _ = made(ARTICLES, Index(SHARDS, {}), ADRIFT)
    undated = {path.removeprefix("search/undated/"): data.decode() for path, data in files.items() if "undated" in path}
    assert undated == dict(bulk_files([describe(samples.ADRIFT, ARTICLES[0])]))
    dated, _ = made(ARTICLES[1:], Index((), {}), ADRIFT)
    assert not [path for path in dated if "undated" in path]


def test_kinds_are_called_by_the_interface_else_by_their_outlet_else_by_the_owner() -> None:
    _, view = made(ARTICLES, Index(SHARDS, {"rfa": "某台", "html": "x"}), ADRIFT)
    assert json.loads(view.kinds) == {"html": "Other web pages", "rfa": "某台"}
    called = replace(samples.ADRIFT, source_names={"某台": "一台"})
    _, view = made(ARTICLES, Index(SHARDS, {"rfa": "某台"}), Setting(called, WORDS))
    assert json.loads(view.kinds)["rfa"] == "一台"


def test_a_description_for_browsers_needs_an_address() -> None:
    assert "opensearch.xml" not in made(ARTICLES, Index(SHARDS, {}), ADRIFT)[0]
    described = made(ARTICLES, Index(SHARDS, {}), HOME)[0]["opensearch.xml"].decode()
    assert 'template="https://archive.example/steles/search/?q={searchTerms}"' in described
    long = replace(samples.HOME, title="一座题名很长很长很长很长很长的碑林")
    told = made(ARTICLES, Index(SHARDS, {}), Setting(long, WORDS))[0]["opensearch.xml"].decode()
    assert f"<ShortName>{long.title[:16]}</ShortName>" in told
    assert f"<LongName>{long.title}</LongName>" in told
