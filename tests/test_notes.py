"""A note's mark leads to the note and the note back, where the page or the labels leave no doubt; no text changes."""

import re
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from beilin.markup.building import Page, build_blocks
from beilin.markup.draft import DraftBlock
from beilin.markup.gate import admit, link_to_passage, place
from beilin.markup.notes import resolve_anchors
from beilin.markup.parsing import parse_html
from beilin.model.article import Block

STYLES = Path(__file__).parent.parent / "theme" / "assets" / "beilin.css"
PADDING = "<p>石碑立在学宫里，人们一再抄录。</p>"
ELSEWHERE = "https://journal.example/essay"


def blocks_of(html: str) -> list[DraftBlock]:
    """The blocks of a page as they are before and after its notes are linked; their texts are the same."""
    root = parse_html(html).body
    assert root is not None
    blocks = build_blocks(root, Page(None, "zh-Hans", has_anchors='href="#' in html))
    resolved = resolve_anchors(blocks)
    assert [block.text for block in resolved] == [block.text for block in blocks]
    return resolved


def links(html: str) -> dict[str, str]:
    """Every link inside the page, as `block:words` and the block it leads to."""
    found = {}
    for number, block in enumerate(blocks_of(html), 1):
        assert admit(block.html) == block.html
        for link in BeautifulSoup(block.html, "html.parser").select("a[href^='#']"):
            assert not link.find("a")
            found[f"{number}:{link.get_text() or link['aria-label']}"] = str(link["href"])
    return found


def both_ways(*labels: str, first_note: int, marks: int = 1) -> dict[str, str]:
    """The links of marks that stand in block `marks` and of their notes, one a block."""
    there = {f"{marks}:{label}": f"#p{first_note + index}" for index, label in enumerate(labels)}
    back = {
        f"{first_note + index}:返回正文 {label.strip('[]〔〕')}": f"#p{marks}" for index, label in enumerate(labels)
    }
    return there | back


@pytest.mark.parametrize(
    ("marks", "notes", "labels"),
    [
        (("<sup>[1]</sup>", "<sup>[2]</sup>"), ("[1] 县志。", "[2] 府志。"), ("[1]", "[2]")),
        (("<sup><strong>[1]</strong></sup>", "<sup>[2]</sup>"), ("<sup>[1]</sup> 县志。", "[2]府志。"), ("[1]", "[2]")),
        (("<sup>1</sup>", "<sup>2</sup>"), ("1. 县志。", "2、府志。"), ("1", "2")),
        (("<sup>[i]</sup>", "<sup>[ii]</sup>"), ("[i] 县志。", "[ii] 府志。"), ("[i]", "[ii]")),
        (("<sup>①</sup>", "<sup>②</sup>"), ("①县志。", "② 府志。"), ("①", "②")),
        (("①", "②"), ("①县志。", "②府志。"), ("①", "②")),
        (("[1]", "[2]"), ("[1] 县志。", "[2] 府志。"), ("[1]", "[2]")),
        (("<sup>〔1〕</sup>", "<sup>〔2〕</sup>"), ("1　县志。", "2　府志。"), ("〔1〕", "〔2〕")),
        (("<sup>*</sup>", "<sup>**</sup>"), ("*县志。", "**府志。"), ("*", "**")),
    ],
    ids="enclosed nested bare roman circled circled-text text brackets stars".split(),
)
@pytest.mark.parametrize(
    "title", ["<h2>参考资料</h2>", "<p><strong>注释：</strong></p>", "<h3>References</h3>", "<p>【註釋】</p>"]
)
def test_marks_and_notes_under_a_title_are_linked_both_ways(
    marks: tuple[str, str], notes: tuple[str, str], labels: tuple[str, str], title: str
) -> None:
    html = f"<p>碑在城南{marks[0]}，后来迁走{marks[1]}。</p>{PADDING}{title}<p>{notes[0]}</p><p>{notes[1]}</p>"
    assert links(html) == both_ways(*labels, first_note=4)


def test_a_label_with_a_block_of_its_own_is_the_note() -> None:
    html = (
        "<p>县志<sup>[1]</sup>与府志<sup>[2]</sup>。</p><h2>参考资料</h2><p>[1]</p><p>县志: x</p><p>[2]</p><p>府志</p>"
    )
    assert links(html) == {"1:[1]": "#p3", "3:返回正文 1": "#p1", "1:[2]": "#p5", "5:返回正文 2": "#p1"}


def test_lines_of_one_block_and_items_of_one_list_are_notes_of_their_own() -> None:
    lines = blocks_of("<p>碑<sup>[1]</sup>林<sup>[2]</sup></p><p>注释：<br>[1] 甲<br>[2] 乙</p>")
    assert re.findall(r"([甲乙])<a [^>]*aria-label=\"([^\"]*)\"", lines[1].html) == [
        ("甲", "返回正文 1"),
        ("乙", "返回正文 2"),
    ]
    items = "<h2>注释</h2><ol><li>甲<ol><li>子目</li></ol></li><li><p>乙</p></li></ol>"
    listed = BeautifulSoup(blocks_of(f"<p>碑<sup>[1]</sup>林<sup>[2]</sup></p>{items}")[2].html, "html.parser")
    ways = [(link["aria-label"], link.find_parent("li").get_text()) for link in listed.select("a.note-back")]
    assert ways == [("返回正文 1", "甲子目"), ("返回正文 2", "乙")]


def test_notes_without_a_title_count_where_they_end_the_text_and_have_the_labels_of_the_marks() -> None:
    body = f"<p>碑<sup>[1]</sup>林<sup>[2]</sup></p>{PADDING}"
    assert links(f"{body}<p>[1] 甲</p><p>又及</p><p>[2] 乙</p><p>编辑：某某</p>")["1:[2]"] == "#p5"
    assert links(f"{body}<p>[3] 甲</p><p>[4] 乙</p>") == {}
    assert links(f"{body}<p>[1] 甲</p><p>[2] 乙</p><p>[2] 丙</p>") == {}


def test_a_mark_twice_leads_twice_and_the_note_leads_to_the_first() -> None:
    html = "<p>碑<sup>[1]</sup></p><p>林<sup>[1]</sup></p><h2>注释</h2><p>[1] 甲</p>"
    assert links(html) == {"1:[1]": "#p4", "2:[1]": "#p4", "4:返回正文 1": "#p1"}


def test_several_marks_in_one_place_each_lead_to_their_note() -> None:
    html = "<p>碑<sup>[1][2]</sup></p><h2>注释</h2><p>[1] 甲</p><p>[2] 乙</p>"
    assert links(html) == both_ways("[1]", "[2]", first_note=3)


@pytest.mark.parametrize(
    "marks",
    [
        "面积九 m<sup>2</sup>，合 km<sup>1</sup>",
        "10<sup>1</sup>与10<sup>2</sup>",
        "x<sup>1</sup>加χ<sup>2</sup>",
        "石匠甲<sup>1</sup>、石匠乙<sup>2</sup>、石匠丙<sup>1</sup>",
        "先说<sup>2</sup>后说<sup>1</sup>",
        "CD8<sup>+</sup>与Ca<sup>2+</sup>",
        "第1<sup>st</sup>回",
        "<code>[1]</code>与<code>[2]</code>",
        "[1] 开头的是列表<br>[2] 也是列表",
        "①石<br>②木",
        "[12]与[13]",
        '<a href="https://stone.example/1"><sup>[1]</sup></a>和<a href="https://stone.example/2">[2]</a>',
        "<sup>[7]</sup>与<sup>[8]</sup>与<sup>[1]</sup>",
    ],
)
def test_what_only_looks_like_a_mark_leads_nowhere(marks: str) -> None:
    assert links(f"<p>{marks}</p><h2>注释</h2><p>1. 甲</p><p>2. 乙</p>") == {}


@pytest.mark.parametrize(
    "rest",
    [
        "<pre><code>[1] 0.05\n[2] 0.01</code></pre>",
        "<h2>方法</h2><p>1. 先拓</p><p>2. 后校</p>",
        "<h2>注释</h2><p>没有一条。</p>",
        "<h2>注释</h2><p>1. 甲</p><p>1. 乙</p><p>2. 丙</p>",
        "",
    ],
    ids="program steps empty ambiguous none".split(),
)
def test_without_a_list_of_notes_nothing_is_linked(rest: str) -> None:
    assert links(f"<p>碑<sup>1</sup>林<sup>2</sup></p>{rest}{PADDING * 4}") == {}


@pytest.mark.parametrize("name", ["_ftn{}", "fn{}", "footnote-{}", "_edn{}"])
def test_links_to_notes_of_the_page_where_the_text_first_stood_become_links_inside(name: str) -> None:
    there, back = (f'<a href="{ELSEWHERE}#{name.format(n)}">' for n in (1, "ref1"))
    html = f"<p>碑{there}<sup>[1]</sup></a>。</p>{PADDING}<p>{back}<sup>[1]</sup></a> 甲</p>"
    assert links(html) == {"1:[1]": "#p3", "3:[1]": "#p1"}
    assert ELSEWHERE not in "".join(block.html for block in blocks_of(html))


def test_links_to_notes_of_another_page_stay() -> None:
    html = f'<p>碑<a href="{ELSEWHERE}#_ftn3"><sup>[3]</sup></a>。</p>{PADDING}'
    assert f'href="{ELSEWHERE}#_ftn3"' in blocks_of(html)[0].html


def test_a_page_with_one_direction_gets_the_other() -> None:
    html = f'<p>碑<sup><a href="#n1">1</a></sup></p>{PADDING}<p id="n1">1 甲</p>'
    assert links(html) == {"1:1": "#p3", "3:返回正文 1": "#p1"}
    both = f'<p id="m1">碑<sup><a href="#n1">1</a></sup></p>{PADDING}<p id="n1">甲 <a href="#m1">↩︎</a></p>'
    assert links(both) == {"1:1": "#p3", "3:↩︎": "#p1"}


def test_links_to_headings_and_upwards_get_no_way_back() -> None:
    assert links('<p><a href="#h">1</a> <a href="#h">残石</a></p><h2 id="h">残石</h2><p><a href="#h">1</a></p>') == {
        "1:1": "#p2",
        "1:残石": "#p2",
        "3:1": "#p2",
    }


def test_the_way_back_is_named_in_the_language_of_the_page() -> None:
    html = (
        "<p>The stele stands south of the old town<sup>[1]</sup>.</p><h2>Notes</h2><p>[1] The county annals say so.</p>"
    )
    assert links(html)["3:Back to the text 1"] == "#p1"


@pytest.mark.parametrize("label", ["<script>", "返回正文", "返回正文 1 2", "点这里 1", "返回正文 \u202e1"])
def test_the_gate_lets_no_other_name_through(label: str) -> None:
    html = admit(f'<p><a class="note-back" href="#p1" aria-label="{label}"></a></p>')
    assert "aria-label" not in html


@pytest.mark.browser
def test_a_way_back_is_seen_named_and_followed_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    blocks = blocks_of(f"<p>碑<sup>[1]</sup></p>{PADDING * 40}<h2>注释</h2><p>[1] 甲</p>")
    body = "".join(
        place(
            Block(block.kind, admit(block.html), block.text, "zh"),
            number,
            "zh",
            link_to_passage(number, "", label="x", lang="zh"),
        )
        for number, block in enumerate(blocks, 1)
    )
    path = tmp_path / "page.html"
    style = STYLES.read_text(encoding="utf-8")
    path.write_text(
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>注</title><style>{style}</style>'
        f'<div class="article-body">{body}</div>',
        encoding="utf-8",
    )
    page = browser.new_page()
    page.goto(path.as_uri())
    page.get_by_role("link", name="[1]").click()
    assert page.url.endswith(f"#p{len(blocks)}")
    back = page.get_by_role("link", name="返回正文 1")
    assert back.bounding_box()["width"] > 5
    assert back.text_content() == ""
    back.click()
    assert page.url.endswith("#p1")
    assert page.evaluate("scrollY") == 0
    page.close()


def test_ten_thousand_marks_are_paired_within_seconds() -> None:
    marks = "".join(f"<p>碑<sup>[{n}]</sup>林[{n}]石①</p>" for n in range(999)) * 3
    notes = "".join(f"<p>[{n}] 甲</p>" for n in range(999))
    start = time.process_time()
    assert len(links(f"{marks}<h2>注释</h2>{notes}")) > 900
    blocks_of(f"<p>{'<sup>[1]' * 20_000}</p><p>{'[1]' * 20_000}</p><p>{'<a href=#x>' * 3000}</p>")
    assert time.process_time() - start < 30
