"""Captures that once broke the reader: each is read, or refused with a line that says why."""

import hashlib

import pytest

from beilin.markup.draft import DraftBlock
from beilin.model.article import BlockKind, Reading
from beilin.model.site import Site
from beilin.model.stamp import Stamp
from beilin.sources.declaration import Source
from beilin.sources.opening import take_opening
from beilin.sources.reading import read
from beilin.store.cache import decode_reading, encode_reading
from beilin.text.characters import UNWANTED_CONTROLS

PARAGRAPH = "<p>拓工在碑前铺纸，先用清水把纸打湿，再用刷子把纸刷进每一笔的凹处。</p>"


def reading(text: str, path: str = "a.md") -> Reading:
    data = text.encode("utf-8", "surrogatepass")
    found = read(path, data, hashlib.sha256(data).hexdigest(), Site())
    return decode_reading(*encode_reading(found), path)


BREAKING = {
    "long-last-line": "碑\n\n石匠在山里找到了一块足够大的青石，花了三个月才把它运到城里，又花了半年刻完",
    "frameset": "<html><frameset><frame src='a'></frameset></html>",
    "graph-null": f'<html><script type="application/ld+json">{{"@graph": null}}</script>{PARAGRAPH}</html>',
    "graph-number": f'<html><script type="application/ld+json">{{"@graph": 5}}</script>{PARAGRAPH}</html>',
    "surrogate": f'<html><script type="application/ld+json">{{"headline": "a\\ud800b"}}</script>{PARAGRAPH}</html>',
    "noncharacters": f"<div>{PARAGRAPH}<p>甲&#xFDD0;乙&#xFDD1;丙&#xFDD2;丁&#1;</p></div>",
    "brackets": f"---\na: {'[' * 50_000}\n---\n<div>{PARAGRAPH}</div>",
    "controls": f'---\ntitle: "a\\0b\\e[31m"\n---\n<div>{PARAGRAPH}</div>',
    "deep-figures": "<figure>" * 20_000 + PARAGRAPH,
    "many-open-paragraphs": "<div>" + "<p>碑" * 3_000,
    "many-brackets": "[" * 30_000,
}


@pytest.mark.parametrize("name", BREAKING)
def test_no_capture_breaks_the_reader(name: str) -> None:
    found = reading(BREAKING[name])
    assert found.facts is not None or any(problem.level == "error" for problem in found.problems)
    if found.facts is not None:
        said = [found.facts.title, found.facts.summary, *(block.html for block in found.blocks)]
        assert not any(UNWANTED_CONTROLS.search(text) for text in said)


def test_paragraphs_without_end_tags_stay_paragraphs() -> None:
    assert len(reading(BREAKING["many-open-paragraphs"]).blocks) == 3_000


def test_a_short_untitled_capture_keeps_its_only_paragraph() -> None:
    found = reading("<p>碑在林中。</p>")
    assert [block.text for block in found.blocks] == ["碑在林中。"]


def test_posts_of_one_account_are_told_apart_by_their_escaped_closing_links() -> None:
    def post(number: int) -> Reading:
        url = f"https://mp.weixin.qq.com/s?__biz=Mz==&amp;mid={number}&amp;idx=1&amp;sn=ab"
        link = f'<a href="{url}",target="_blank" rel="noopener noreferrer">原文链接</a>'
        return reading(f"碑 by 某号\n------\n<div>{PARAGRAPH}</div>  \n<hr>\n{link}")

    one, other = post(1).facts, post(2).facts
    assert one is not None and other is not None
    assert one.natural_id != other.natural_id
    assert one.original_url == "https://mp.weixin.qq.com/s?__biz=Mz==&mid=1&idx=1&sn=ab"


def test_code_does_not_decide_the_language_of_an_article() -> None:
    listing = "<pre><code>" + "for (i in seq_along(files)) print(files[i])<br>" * 40 + "</code></pre>"
    facts = reading(f"<div>{PARAGRAPH}{listing}</div>").facts
    assert facts is not None and facts.lang == "zh-Hans"


def test_a_lead_picture_above_the_body_is_part_of_the_article() -> None:
    page = (
        "<!doctype html><html lang=zh><head><title>碑</title></head><body><nav>首页</nav><article><h1>碑</h1>"
        "<figure><img src='https://a.example/1.jpg' alt='碑额'><figcaption>碑额拓片。</figcaption></figure>"
        f"<div itemprop=articleBody>{PARAGRAPH * 3}</div></article></body></html>"
    )
    found = reading(page)
    assert found.blocks[0].kind == "figure"
    assert found.blocks[0].text == "碑额拓片。"


def with_opening(line: str, url: str = "https://stone.example/1") -> Reading:
    matter = f'---\ntitle: "碑"\nfrom: {url}\n---\n'
    return reading(f"{matter}<div><div><i>{line}</i></div>{PARAGRAPH}</div>")


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("2020-08-05T09:39:06", "2020-08-05T09:39:06Z"),
        ("2021-01-09T13:06:43Z", "2021-01-09T13:06:43Z"),
        ("某某 综合报导<br>2021-01-14T10:21:11.937Z", "2021-01-14T10:21:11.937Z"),
        ("某某<br>2020-07-24 10:00:49", "2020-07-24T10:00:49+08:00"),
        ("Wed, 20 Jan 2021 18:07:07 GMT", "2021-01-20T18:07:07+00:00"),
        ("14/01/2021 - 20:22", "2021-01-14"),
    ],
)
def test_a_programs_date_before_the_text_is_no_part_of_it(line: str, published: str) -> None:
    found = with_opening(line)
    assert found.facts is not None and found.facts.published is not None
    assert (found.facts.published.iso, len(found.blocks)) == (published, 1)
    assert [removal.rule for removal in found.removals] == ["article.opening-line"]


@pytest.mark.parametrize("line", ["1945年8月15日", "2024.02.18", "2020年 7月 17日", "14/01/2021"])
def test_an_article_may_begin_with_a_date(line: str) -> None:
    found = with_opening(line)
    assert found.facts is not None and found.facts.published is None
    assert found.blocks[0].text == " ".join(line.split())


def test_a_declared_feed_may_print_its_dates_as_people_do() -> None:
    blocks = [DraftBlock(BlockKind.PARAGRAPH, "<p>2020年7月17日</p>", "2020年7月17日")]
    rest, opening = take_opening(blocks, Source(kind="stonedrum", opening_date=True))
    assert (rest, opening.published) == ([], Stamp("2020-07-17", "page"))


def test_invisible_characters_stay_where_the_page_is_about_them() -> None:
    about = reading("<div><p>复制下面两个字，中间有一个零宽空格（U+200B）：</p><p>石\u200b碑</p></div>")
    other = reading(f"<div>{PARAGRAPH}<p>石\u200b碑</p></div>")
    assert (about.blocks[-1].text, other.blocks[-1].text) == ("石\u200b碑", "石碑")
    assert "石\u200b碑" in about.blocks[-1].html


BRACKETS = ["[x](y", "[[x](y", "![", "[x](<y", "[x][y", "[^1][", "](", "[x](y z"]


@pytest.mark.parametrize("bracket", BRACKETS)
@pytest.mark.parametrize("end", ["", " z)\n------\n"])
def test_ten_thousand_brackets_are_read(bracket: str, end: str) -> None:
    found = reading(f"---\ntitle: 碑\n---\n{bracket * 10_000}{end}\n\n{'碑在林中。' * 3}")
    assert found.blocks[-1].text == "碑在林中。" * 3
