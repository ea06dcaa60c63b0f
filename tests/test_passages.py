"""Every passage has a number that is a link, and a name that follows from its words alone and finds them again."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from beilin.text.anchors import anchors, essence
from beilin.text.identifiers import ALPHABET

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(rf"t[{ALPHABET}]{{10}}(?:-[1-9]\d*)?")
WORDS = st.text(alphabet="石经碑林拓片abcXYZ019", min_size=1, max_size=8)
PARAGRAPHS = st.lists(WORDS, min_size=1, max_size=8)

FROZEN = {
    "石碑立在林中。": "tdtnk45xq4k",
    "石碑立在林中。１２Ａé①": "tft7br0hjcz",
    "㈠½ﬁ": "tsc2bz0qdkd",
}
"""Names that stand in other people's work: if one of these changes, addresses die."""


def test_names_never_change() -> None:
    assert {text: anchors([text])[0] for text in FROZEN} == FROZEN


@given(st.lists(st.text(max_size=12), max_size=12))
def test_names_are_well_formed_and_no_two_are_alike(texts: list[str]) -> None:
    names = anchors(texts)
    given_out = [name for name in names if name]
    assert len(names) == len(texts)
    assert len(set(given_out)) == len(given_out)
    assert all(NAME.fullmatch(name) for name in given_out)
    assert [bool(name) for name in names] == [bool(essence(text)) for text in texts]


@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_a_name_survives_what_is_added_elsewhere(before: list[str], kept: list[str], after: list[str]) -> None:
    own = set(kept)
    strangers = [[text for text in texts if essence(text) not in map(essence, own)] for texts in (before, after)]
    names = anchors([*strangers[0], *kept, *strangers[1]])
    assert names[len(strangers[0]) : len(strangers[0]) + len(kept)] == anchors(kept)


@given(PARAGRAPHS, st.randoms(use_true_random=False))
def test_a_name_survives_another_cleaning_of_spaces_and_marks(texts: list[str], source: Random) -> None:
    marks = ["", " ", "　", "，", ",", "。", "“", "\n", "—", "\u200b", "\ufeff", "*", "😀"]
    cleaned = ["".join(source.choice(marks) + letter for letter in text) + source.choice(marks) for text in texts]
    assert anchors(cleaned) == anchors(texts)


@pytest.mark.parametrize(
    ("one", "other"), [("１２３", "123"), ("ＡＢＣ", "abc"), ("é", "E"), ("e\u0301", "é"), ("①", "1")]
)
def test_width_case_and_accents_make_no_other_name(one: str, other: str) -> None:
    assert anchors([one]) == anchors([other])


@pytest.mark.parametrize(("one", "other"), [("石经", "石經"), ("石经", "经石"), ("1", "一"), ("𠀀", "𠀁")])
def test_other_words_have_another_name(one: str, other: str) -> None:
    assert anchors([one]) != anchors([other])


def test_what_holds_no_words_has_no_name_and_equal_words_are_numbered() -> None:
    first, *rest = anchors(["碑", "", "……", "碑。", "＊　＊", "「碑」"])
    assert rest == ["", "", f"{first}-2", "", f"{first}-3"]


CAPTURE = """---
title: "石经"
date: {date}
tags: [fetched]
---
石经 by 碑刻示例号
------
<div><section>{body}</section></div>
<hr>
<a href="https://mp.weixin.qq.com/s/Stele",target="_blank" rel="noopener noreferrer">原文链接</a>
"""
TARGETED = "document.querySelector('.block-link:target').closest('.article-body > *').textContent"
KEPT, GONE, NEW = "两版都有的一段话。", "只有旧版才有的一段话。", "新版添上的一段话。"
OLD_BLOCKS = (KEPT, GONE, "同样的话。", "同样的话。")
NEW_BLOCKS = (NEW, NEW.replace("一段", "又一段"), "同样的话。", KEPT + "！")


def capture(blocks: tuple[str, ...], date: str) -> str:
    return CAPTURE.format(date=date, body="".join(f"<p>{block}</p>" for block in blocks))


class Site(NamedTuple):
    folder: Path
    article: str
    """Path of its page."""

    def names(self, version: str = "") -> dict[str, str]:
        """Words of each block → the name of its passage."""
        return {block.get_text(): str(link.get("id")) for link, block in passages(self.folder / self.at(version))}

    def at(self, version: str) -> str:
        return self.article.replace("index.html", f"{version}/index.html" if version else "index.html")


def passages(file: Path) -> Iterator[tuple[Tag, Tag]]:
    """Each block's link and the block."""
    for block in BeautifulSoup(file.read_bytes(), "lxml").select(".article-body > *"):
        link = block.select_one("a.block-link")
        assert link is not None
        yield link, block


def built(folder: Path, files: dict[str, str]) -> Site:
    for name, text in files.items():
        (folder / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / name).write_text(text, "utf-8")
    arguments = ["--content", folder / "content", "--site", folder / "site", "--no-search", "--jobs", "1"]
    command = [sys.executable, str(ROOT / "build.py"), "build", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    (page,) = (folder / "site").glob("a/*/index.html")
    return Site(folder / "site", page.relative_to(folder / "site").as_posix())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    files = {
        "old.md": capture(OLD_BLOCKS, "2024-01-01T00:00:00Z"),
        "new.md": capture(NEW_BLOCKS, "2024-02-01T00:00:00Z"),
    }
    return built(tmp_path_factory.mktemp("versions"), files)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        yield page
        assert wrong == []


def test_every_block_has_its_number_and_the_words_stay_the_articles_alone(site: Site) -> None:
    found = list(passages(site.folder / site.article))
    assert [block["id"] for _, block in found] == [f"p{number}" for number in range(1, len(found) + 1)]
    assert [block.get_text() for _, block in found] == list(NEW_BLOCKS)
    for number, (link, _) in enumerate(found, 1):
        assert (link.name, link["data-number"], link.get_text()) == ("a", str(number), "")
        assert link["href"] == f"#{link['id']}"
        assert link["aria-label"] == f"第 {number} 段"
        assert link["lang"] == "zh-Hans"


def test_a_passage_keeps_its_name_from_version_to_version(site: Site) -> None:
    old, new = site.names("v1"), site.names()
    assert old[KEPT] == new[KEPT + "！"]
    assert not set(old.values()) & {new[NEW]}
    assert old[GONE] not in new.values()


def test_a_block_without_words_is_linked_by_its_number(tmp_path: Path) -> None:
    body = ("一段话。", "……")
    site = built(tmp_path, {"x.md": capture(body, "2024-01-01")})
    *_, (link, _) = passages(site.folder / site.article)
    assert (link["href"], link.get("id")) == ("#p2", None)


@pytest.mark.browser
def test_the_number_is_a_link_without_scripts(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto((site.folder / site.article).as_uri())
        page.get_by_role("link", name="第 4 段", exact=True).click()
        name = site.names()[KEPT + "！"]
        assert page.url.endswith(f"#{name}")
        washes = page.evaluate(
            "[...document.querySelectorAll('[id^=p]')].map(e => getComputedStyle(e).backgroundColor)"
        )
        assert len(set(washes[:3])) == 1
        assert washes[3] != washes[0]


@pytest.mark.browser
def test_the_number_is_reached_by_keyboard_and_seen_then(page: Page, site: Site) -> None:
    page.goto((site.folder / site.article).as_uri())
    link = page.get_by_role("link", name="第 2 段", exact=True)
    assert link.evaluate("e => getComputedStyle(e).opacity") == "0"
    page.get_by_role("link", name="第 1 段", exact=True).focus()
    page.keyboard.press("Tab")
    assert link.evaluate("e => e === document.activeElement")
    assert link.evaluate("e => getComputedStyle(e).opacity") == "1"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#" + (link.get_attribute("id") or "")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "media"), [(360, "screen"), (900, "screen"), (1440, "screen"), (794, "print")])
def test_a_number_stands_beside_its_block_and_inside_the_page(
    browser: Browser, site: Site, width: int, media: str
) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.emulate_media(media=media)  # type: ignore[arg-type]
        page.goto((site.folder / site.article).as_uri())
        for link in page.locator(".block-link").all():
            number, block = (
                link.bounding_box(),
                link.locator("xpath=ancestor::*[starts-with(@id, 'p')][1]").bounding_box(),
            )
            assert number
            assert block
            assert block["y"] - 1 <= number["y"] < block["y"] + min(block["height"], 40), "it is beside the first line"
            assert number["x"] >= 0
            assert number["x"] + number["width"] <= block["x"]
            assert media != "print" or link.evaluate("e => getComputedStyle(e).opacity") == "1"
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_a_passage_that_is_gone_is_found_in_the_version_that_has_it(
    page: Page, site: Site, served: Callable[[Path], str]
) -> None:
    root, name = served(site.folder), site.names("v1")[GONE]
    page.goto(f"{root}{site.article}#{name}")
    page.wait_for_selector("[role=status] a")
    assert "不在本版之中" in page.inner_text("[role=status]")
    assert "第 1 版" in page.inner_text("[role=status] a")
    page.click("[role=status] a")
    page.wait_for_url(f"{root}{site.at('v1')}#{name}")
    assert page.evaluate(TARGETED) == GONE
    assert page.locator("[role=status]").inner_text() == ""


@pytest.mark.browser
def test_a_newer_passage_is_found_from_an_older_version(page: Page, site: Site, served: Callable[[Path], str]) -> None:
    page.goto(f"{served(site.folder)}{site.at('v1')}#{site.names()[NEW]}")
    page.wait_for_selector("[role=status] a")
    assert "第 2 版" in page.inner_text("[role=status] a")


@pytest.mark.browser
def test_a_passage_that_is_there_is_left_in_peace(page: Page, site: Site, served: Callable[[Path], str]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    root = served(site.folder)
    for hash_ in (site.names()[KEPT + "！"], "p2", "citations", "", "t", "nonsense", "p0", "%E0%A4%A"):
        page.goto(f"{root}{site.article}#{hash_}")
        assert page.inner_text("[role=status]") == ""
    assert [url for url in asked if "/v1/" in url] == []


@pytest.mark.browser
def test_of_equal_passages_the_one_that_is_left_is_shown(page: Page, site: Site, served: Callable[[Path], str]) -> None:
    twice = site.names("v1")["同样的话。"]
    assert twice.endswith("-2")
    page.goto(f"{served(site.folder)}{site.article}#{twice}")
    page.wait_for_url(f"**#{twice.removesuffix('-2')}")
    assert page.evaluate(TARGETED) == "同样的话。"


@pytest.mark.browser
def test_a_passage_of_no_version_is_said_to_be_nowhere(page: Page, site: Site, served: Callable[[Path], str]) -> None:
    root = served(site.folder)
    for hash_ in ("t0000000000", "p99"):
        page.goto(f"{root}{site.article}#{hash_}")
        page.wait_for_selector("[role=status] .notice")
        assert "各版都没有" in page.inner_text("[role=status]")
        assert page.locator("[role=status] a").count() == 0
    page.evaluate("location.hash = 'p1'")
    page.wait_for_selector("[role=status] .notice", state="detached")


@pytest.mark.browser
def test_from_a_disk_every_other_version_is_offered_and_found(page: Page, site: Site) -> None:
    name = site.names("v1")[GONE]
    page.goto(f"{(site.folder / site.article).as_uri()}#{name}")
    page.wait_for_selector("[role=status] a")
    assert "可能见于" in page.inner_text("[role=status]")
    page.click("[role=status] a")
    page.wait_for_selector(".block-link:target", state="attached")
    assert page.evaluate(TARGETED) == GONE


@pytest.mark.browser
def test_a_version_that_cannot_be_read_is_not_called_empty(
    page: Page, site: Site, served: Callable[[Path], str], tmp_path: Path
) -> None:
    shutil.copytree(site.folder, tmp_path / "site")
    (tmp_path / "site" / site.at("v1")).unlink()
    page.goto(f"{served(tmp_path / 'site')}{site.article}#t0000000000")
    page.wait_for_selector("[role=status] .notice")
    assert "可能见于" in page.inner_text("[role=status]")
