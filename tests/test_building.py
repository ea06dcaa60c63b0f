"""The laws by which captured markup is rebuilt as blocks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beilin.markup import gate
from beilin.markup.building import Page, build_blocks
from beilin.markup.captions import settle_captions
from beilin.markup.draft import DraftBlock, Removed
from beilin.markup.headings import order_headings
from beilin.markup.notes import resolve_anchors
from beilin.markup.parsing import parse_html
from beilin.markup.pictures import read_picture
from beilin.model.article import BlockKind

BASE = "https://library.example/stone/"
PICTURE = '<img src="https://library.example/a.jpg">'
P, H, FIGURE, LIST = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.FIGURE, BlockKind.LIST
QUOTE = BlockKind.QUOTE


def build(html: str, page: Page | None = None) -> list[DraftBlock]:
    """The blocks of a captured body."""
    body = parse_html(html).body
    assert body is not None
    has_anchors = 'href="#' in html
    return build_blocks(body, page or Page(base=BASE, lang="zh-Hans", has_anchors=has_anchors))


def htmls(html: str) -> list[str]:
    """The markup of the blocks, as the page shows it."""
    return [gate.admit(block.html) for block in build(html)]


def kinds(html: str) -> list[BlockKind]:
    return [block.kind for block in build(html)]


def texts(html: str) -> list[str]:
    return [block.text for block in build(html)]


# Inline runs


@pytest.mark.parametrize(
    ("captured", "rebuilt"),
    [
        ("<p>石<span>碑</span>在<font>林</font>中</p>", "<p>石碑在林中</p>"),
        ("<p><b>石</b><b>碑</b></p>", "<p><strong>石碑</strong></p>"),
        ("<p><strong></strong>石<em></em> 碑</p>", "<p>石 碑</p>"),
        ("<p>石<b>碑<i>林</b>中</i></p>", "<p>石<strong>碑<em>林</em></strong><em>中</em></p>"),
        ("<p>\n   石碑\n   <a href='/x'>\n    林\n   </a>\n   中\n</p>", None),
        ("<p>two\n   <em>words</em>\n   apart</p>", "<p>two <em>words</em> apart</p>"),
        ("<p>王\u00a0平　李\u00a0四</p>", "<p>王 平　李 四</p>"),
        ("<p>石\u200b碑\ufeff</p>", "<p>石碑</p>"),
        ("<p>👨\u200d👩\u200d👧</p>", "<p>👨\u200d👩\u200d👧</p>"),
        ("<p>p<0.05，写进 <output_dir> 里</p>", "<p>p&lt;0.05，写进 &lt;output_dir&gt; 里</p>"),
        ("<p>字<sup>①</sup>与<ruby>碑<rt>bēi</rt></ruby></p>", "<p>字<sup>①</sup>与<ruby>碑<rt>bēi</rt></ruby></p>"),
    ],
)
def test_a_line_reads_as_it_looked(captured: str, rebuilt: str | None) -> None:
    link = '<a href="https://library.example/x" class="outside" rel="noopener noreferrer nofollow">林</a>'
    assert htmls(captured) == [rebuilt or f"<p>石碑{link}中</p>"]


def test_two_breaks_part_paragraphs_and_one_parts_lines() -> None:
    assert htmls("<p>甲<br>乙<br><br>丙</p>") == ["<p>甲<br>乙</p>", "<p>丙</p>"]


def test_what_is_open_at_a_break_is_open_after_it() -> None:
    assert htmls("<p><b>甲<br><br>乙</b>丙</p>") == ["<p><strong>甲</strong></p>", "<p><strong>乙</strong>丙</p>"]


def test_text_beside_elements_is_a_paragraph_of_its_own() -> None:
    assert texts("香港 — <p>第一段</p>尾声<div>第二段</div>") == ["香港 —", "第一段", "尾声", "第二段"]


@pytest.mark.parametrize("empty", ["<p></p>", "<p>&nbsp;</p>", "<p><br></p>", "<p><b> </b></p>", "<ul></ul>", "<div/>"])
def test_empty_elements_leave_nothing(empty: str) -> None:
    assert texts(f"{empty}<p>石</p>{empty}") == ["石"]


@pytest.mark.parametrize("wrapper", ["page", "left", "center", "article", "secyion", "ne-p", "section"])
def test_unknown_and_pasted_wrappers_keep_what_they_hold(wrapper: str) -> None:
    assert texts(f"<{wrapper}><p>甲</p><p>乙</p></{wrapper}>") == ["甲", "乙"]


@pytest.mark.parametrize("hidden", ["<script>x</script>", "<style>p{}</style>", "<!-- x -->", "<template>x</template>"])
def test_what_no_reader_saw_is_not_text(hidden: str) -> None:
    assert texts(f"<p>甲{hidden}乙</p>") == ["甲乙"]


def test_a_bare_address_becomes_a_link_without_its_sentence() -> None:
    (html,) = htmls("<p>见 https://library.example/a?utm_source=x&b=1。</p>")
    assert 'href="https://library.example/a?b=1"' in html
    assert html.endswith("</a>。</p>")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc", "#", ""])
def test_a_link_that_leads_nowhere_leaves_its_words(address: str) -> None:
    assert htmls(f'<p>请<a href="{address}">点此</a></p>') == ["<p>请点此</p>"]


@given(
    st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<p>", "</p>", "<ul><li>", "</ul>", "字", "<br>", "x "]))
)
def test_no_tag_soup_loses_or_repeats_text(soup: list[str]) -> None:
    written = "".join(part for part in soup if not part.startswith("<"))
    rebuilt = "".join(texts("".join(soup)))
    assert rebuilt.replace(" ", "").replace("\n", "") == written.replace(" ", "")


# Lists and quotations


def test_a_list_item_of_one_paragraph_is_inline() -> None:
    html = "<ol start='3'><li><section><p>甲</p></section></li><li>乙<br>丙</li><li></li></ol>"
    assert htmls(html) == ['<ol start="3"><li>甲</li><li>乙<br>丙</li></ol>']


def test_a_list_in_a_list_stays_in_its_item() -> None:
    assert htmls("<ul><li>甲<ul><li>乙</li></ul></li></ul>") == ["<ul><li><p>甲</p><ul><li>乙</li></ul></li></ul>"]


def test_a_list_s_text_has_a_line_an_item() -> None:
    assert texts("<ul><li>甲</li><li>乙</li></ul>") == ["甲\n乙"]


def test_a_quotation_keeps_its_paragraphs() -> None:
    (block,) = build("<blockquote>甲<p>乙</p><ul><li>丙</li></ul></blockquote>")
    assert block.kind is BlockKind.QUOTE
    assert block.html == "<blockquote><p>甲</p><p>乙</p><ul><li>丙</li></ul></blockquote>"
    assert block.text == "甲\n乙\n丙"


# Tables


def test_a_table_keeps_header_spans_and_caption() -> None:
    html = "<table><caption>册数</caption><tr><th>部</th><th>册</th></tr><tr><td colspan=2>三<br>四</td></tr></table>"
    (block,) = build(html)
    assert block.html == (
        '<div class="table-scroll"><table><caption>册数</caption><thead><tr><th>部</th><th>册</th></tr></thead>'
        '<tbody><tr><td colspan="2">三<br>四</td></tr></tbody></table></div>'
    )
    assert block.text == "册数\n部\t册\n三 四"


def test_a_table_of_one_column_is_a_box() -> None:
    assert kinds(f"<table><tr><td>{PICTURE}</td></tr><tr><td><p>甲</p><p>乙</p></td></tr></table>") == [FIGURE, P, P]


def test_an_empty_table_leaves_nothing() -> None:
    assert htmls("<table><tr><td></td><td> </td></tr></table>") == []


# Code


@pytest.mark.parametrize(
    "captured",
    [
        "<pre>a = 1\n  b</pre>",
        "<pre><code>a = 1<br>&nbsp;&nbsp;b</code></pre>",
        "<pre><code>a = 1</code><code>  b</code></pre>",
        "<pre><ol><li><code><span>a</span> = 1</code></li><li><code>  b</code></li></ol></pre>",
        "<pre><p>a = 1</p><p>  b</p></pre>",
        "<pre>\n\na = 1  \n  b\n\n</pre>",
    ],
)
def test_every_way_to_write_lines_of_code_gives_the_same_listing(captured: str) -> None:
    assert htmls(captured) == ["<pre><code>a = 1\n  b</code></pre>"]


def test_markup_in_code_stays_text() -> None:
    (block,) = build("<pre><code>&lt;script&gt;x&lt;/script&gt;</code></pre>")
    assert block.text == "<script>x</script>"
    assert gate.admit(block.html) == "<pre><code>&lt;script&gt;x&lt;/script&gt;</code></pre>"


def test_a_listing_keeps_the_language_that_the_page_named() -> None:
    assert htmls('<pre><code class="language-R">x</code></pre>') == ['<pre><code class="language-r">x</code></pre>']


def test_prose_in_a_box_is_no_listing() -> None:
    assert kinds("<pre><section>来源：碑林旧藏</section><section>本文共一千字。</section></pre>") == [P, P]
    assert kinds(f"<pre><p>石碑立在林中，碑文已经模糊。</p>{PICTURE}</pre>") == [P, FIGURE]


# Pictures and figures


@pytest.mark.parametrize(
    "attributes",
    [
        'src="https://library.example/a.jpg"',
        'src="a.jpg" data-src="/a.jpg"',
        'src="data:image/gif;base64,R0lGODlh" data-original="//library.example/a.jpg"',
        'data-lazy-src="https://images.weserv.nl/?url=library.example/a.jpg"',
        'srcset="/small.jpg 200w, /a.jpg 1200w"',
    ],
)
def test_the_real_address_of_a_picture_is_found(attributes: str) -> None:
    (html,) = htmls(f"<p><img {attributes}></p>")
    assert '<span class="picture-address">https://library.example/a.jpg</span>' in html


@pytest.mark.parametrize("size", ['width="1" height="1"', 'data-w="1"', 'width="640" height="2"'])
def test_pixels_and_lines_are_no_pictures(size: str) -> None:
    assert htmls(f'<p><img src="/x.png" {size}></p>') == []


def test_a_picture_in_a_sentence_does_not_break_it() -> None:
    (block,) = build(f"<p>甲{PICTURE}乙</p>")
    assert block.kind is P
    assert block.text == "甲乙"


def test_a_picture_between_paragraphs_is_a_figure() -> None:
    assert kinds(f"<p>甲</p><p>{PICTURE}</p><p>{PICTURE}</p><p>乙</p>") == [P, FIGURE, FIGURE, P]


def test_a_lightbox_shows_what_it_enlarges_and_is_no_link() -> None:
    (html,) = htmls('<a href="/full.jpg"><img src="/thumb.jpg"></a>')
    assert "https://library.example/full.jpg" in html
    assert "<a " not in html


@pytest.mark.parametrize(
    "captured",
    [
        f"<figure>{PICTURE}<figcaption>碑额</figcaption></figure>",
        f"<figure>{PICTURE}<br><figcaption><p>碑额</p></figcaption></figure>",
        f"<div>{PICTURE}</div><figcaption>碑额</figcaption>",
        f"<p><figure><div><p>{PICTURE}</p></div><figcaption>碑额</figcaption></figure></p>",
    ],
)
def test_a_caption_joins_the_picture_before_it(captured: str) -> None:
    (block,) = build(captured)
    assert block.kind is FIGURE
    assert block.text == "碑额"
    assert block.html.endswith("<figcaption>碑额</figcaption></figure>")


def test_a_caption_without_a_picture_is_a_paragraph() -> None:
    assert htmls("<figure><figcaption>碑额</figcaption></figure>") == ["<p>碑额</p>"]


def test_roles_name_captions_and_credits() -> None:
    body = parse_html(f"{PICTURE}<i>碑额</i><u>资料照</u><i>碑额</i>").body
    assert body is not None
    roles = {node.mem_id: "caption" for node in body.css("i")} | {node.mem_id: "credit" for node in body.css("u")}
    (block,) = build_blocks(body, Page(base=BASE, lang="zh-Hans", roles=roles))
    assert block.html.endswith('<figcaption>碑额 <span class="credit">资料照</span></figcaption></figure>')
    assert block.text == "碑额\n资料照"


@pytest.mark.parametrize(
    ("lazy", "address"),
    [
        ("https://i0.wp.com/a.png?w=9&is-pending-load=1#038;ssl=1", "https://i0.wp.com/a.png?w=9&ssl=1"),
        ("https://i0.wp.com/a.png?fit=9%2C9&ssl=1&is-pending-load=1", "https://i0.wp.com/a.png?fit=9%2C9&ssl=1"),
        ("https://i0.wp.com/a.png?is-pending-load=1#038;ssl=1", "https://i0.wp.com/a.png?ssl=1"),
        ("https://i0.wp.com/a.png?is-pending-load=1", "https://i0.wp.com/a.png"),
    ],
)
def test_lazy_loading_leaves_no_mark_on_an_address(lazy: str, address: str) -> None:
    picture = read_picture({"data-lazy-src": lazy, "src": "data:image/gif;base64,R0"}, BASE)
    assert picture is not None and picture.address == address


def test_a_noscript_twin_is_dropped_and_an_only_copy_kept() -> None:
    lazy = f"<noscript>{PICTURE}</noscript>"
    page = Page(base=BASE, lang="zh-Hans", pictures_outside_noscript=frozenset(["https://library.example/a.jpg"]))
    assert [block.kind for block in build(PICTURE + lazy, page)] == [FIGURE]
    assert kinds(f'<img src="data:image/svg+xml,x">{lazy}') == [FIGURE]


# Headings


def ordered(html: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.html[:4].strip("<>")) for block in order_headings(build(html))]


def test_headings_step_down_from_h2_without_gaps() -> None:
    html = "<h1>甲</h1><p>一</p><h4>乙</h4><p>二</p><h6>丙</h6><p>三</p>"
    assert ordered(html) == [(H, "h2"), (P, "p>一"), (H, "h3"), (P, "p>二"), (H, "h4"), (P, "p>三")]


LEVELS = st.lists(st.integers(1, 6), min_size=1, max_size=9)


@given(LEVELS)
def test_headings_never_skip_a_level_and_keep_their_order(captured: list[int]) -> None:
    html = "".join(
        f"<h{level}>第{number}节</h{level}><p>石碑立在林中。</p><p>字迹清楚。</p>"
        for number, level in enumerate(captured)
    )
    found = [int(block.html[2]) for block in order_headings(build(html)) if block.kind is BlockKind.HEADING]
    assert found[0] == 2
    for (before, after), (old, new) in zip(pairwise(captured), pairwise(found), strict=True):
        assert new <= old + 1
        assert (before < after) <= (old < new) or old == 6
        assert before != after or old == new


def test_a_bold_line_above_text_is_a_heading() -> None:
    blocks = order_headings(build("<p><b>缘起</b></p><p>石碑立在林中。</p>"))
    assert [block.html for block in blocks] == ["<h2>缘起</h2>", "<p>石碑立在林中。</p>"]


@pytest.mark.parametrize(
    "captured",
    [
        "<p><b>石碑立在林中。</b></p><p>甲</p>",
        "<p><b>甲</b></p><p><b>乙</b></p><p><b>丙</b></p><p>丁</p>",
        "<p>甲</p><p><b>乙</b></p>",
        f"{PICTURE}<p><b>碑额</b></p><p>甲</p>",
        "<p><b><a href='/x'>甲</a></b></p><p>乙</p>",
        f"<p><b>{'长' * 31}</b></p><p>乙</p>",
    ],
)
def test_sentences_runs_last_lines_captions_and_links_in_bold_are_no_headings(captured: str) -> None:
    assert H not in [kind for kind, _ in ordered(captured)]


@pytest.mark.parametrize(
    ("captured", "wanted"),
    [
        (f"<h1>{'石碑立在林中，字迹清楚。' * 6}</h1><p>甲</p>", [(P, "p>石"), (P, "p>甲")]),
        ("<ul><li><h3>一、碑额</h3></li></ul><p>甲</p>", [(H, "h2"), (P, "p>甲")]),
        ("<blockquote><h1>语石</h1><p>卷一</p></blockquote>", [(QUOTE, "blo")]),
        ("<p><b>二、碑身</b></p><h2>2.1 碑阳</h2><p>甲</p>", [(H, "h2"), (H, "h2"), (P, "p>甲")]),
        ("<p><b>结语</b></p><p><b>01</b></p><p>碑的去向</p><p>甲。</p>", [(H, "h2"), (H, "h2"), (P, "p>甲")]),
        ("<p>甲</p><p><b>- END -</b></p><p>乙</p>", [(P, "p>甲"), (P, "p"), (P, "p>乙")]),
        ("<p>甲</p><p><b>图2 碑阴</b></p><p>乙</p>", [(P, "p>甲"), (P, "p"), (P, "p>乙")]),
    ],
)
def test_headings_are_what_heads_a_part(captured: str, wanted: list[tuple[BlockKind, str]]) -> None:
    assert ordered(captured) == wanted


def test_a_number_alone_belongs_to_the_heading_below_it() -> None:
    blocks = order_headings(build("<p><b>01</b></p><p>碑的去向</p><p>石碑立在林中。</p>"))
    assert [(block.html, block.text) for block in blocks[:1]] == [("<h2>01 碑的去向</h2>", "01 碑的去向")]


def test_a_heading_in_a_quotation_is_a_bold_line_of_it() -> None:
    (block,) = order_headings(build("<blockquote><h1>语石</h1><p>卷一</p></blockquote>"))
    assert block.html == "<blockquote><p><strong>语石</strong></p><p>卷一</p></blockquote>"


def test_a_picture_that_parts_the_text_is_no_picture_of_the_line_below_it() -> None:
    parts = "".join(f"{PICTURE}<p><b>{name}</b></p><p>石碑立在林中。</p>" for name in ("缘起", "经过", "结果"))
    assert [block.kind for block in order_headings(build(parts))] == [FIGURE, H, P] * 3


def test_a_page_all_of_headings_has_none() -> None:
    assert ordered("".join(f"<h4>第{n}行</h4>" for n in range(6))) == [(P, "p>第")] * 6


def test_a_picture_in_a_heading_stands_beside_it() -> None:
    assert kinds(f"<h2>{PICTURE}缘起</h2>") in ([H], [H, FIGURE])
    assert kinds(f"<h2>{PICTURE}<br>缘起</h2>") == [H, FIGURE]
    assert kinds(f"<h2>{PICTURE}</h2>") == [FIGURE]


# Notes and anchors


def test_a_note_s_mark_and_the_note_lead_to_each_other() -> None:
    html = '<p id="r">石<a href="#n">[1]</a></p><p>林</p><p id="n">注<a href="#r">↑</a></p>'
    first, _, last = (gate.admit(block.html) for block in resolve_anchors(build(html)))
    assert first == '<p>石<a class="note-mark" href="#p3">[1]</a></p>'
    assert last == '<p>注<a class="note-mark" href="#p1">↑</a></p>'


def test_a_note_in_a_list_or_a_cell_is_found_in_its_block() -> None:
    marks = '<p><a href="#a">甲</a><a href="#b">乙</a></p>'
    notes = '<ul><li id="a">一</li></ul><table><tr><td><b id="b">二</b><td>三</table>'
    first = resolve_anchors(build(marks + notes))[0]
    assert 'href="#p2"' in first.html
    assert 'href="#p3"' in first.html


def test_an_anchor_before_a_paragraph_names_that_paragraph() -> None:
    html = '<p><a href="#x">到</a></p><a name="x"></a><p>此</p>'
    assert 'href="#p2"' in resolve_anchors(build(html))[0].html


def test_a_link_to_no_place_leaves_its_words() -> None:
    assert [block.html for block in resolve_anchors(build('<p><a href="#gone">词</a></p>'))] == ["<p>词</p>"]


# Embeds


@pytest.mark.parametrize(
    ("captured", "said"),
    [
        ('<iframe src="https://www.youtube.com/embed/abcdefghijk?rel=0"></iframe>', "watch?v=abcdefghijk"),
        ('<iframe data-src="//player.vimeo.com/video/1" src=""></iframe>', "https://player.vimeo.com/video/1"),
        ('<audio controls><source src="/a.mp3"></audio>', "https://library.example/a.mp3"),
        ('<video poster="/p.jpg"><source src="/a.mp4"></video>', None),
        ('<mp-common-videosnap data-nickname="碑林" data-desc="上纸"></mp-common-videosnap>', "上纸 · 碑林"),
        ('<mp-common-mpaudio name="读碑" author="编辑部"></mp-common-mpaudio>', "读碑 · 编辑部"),
        ('<p>甲<iframe src="https://v.qq.com/iframe/preview.html?vid=a0000abcdef"></iframe></p>', "page/a0000abcdef"),
    ],
)
def test_an_embed_becomes_a_card(captured: str, said: str | None) -> None:
    (card,) = (block for block in build(captured) if block.kind is BlockKind.EMBED)
    html = gate.admit(card.html)
    assert html.startswith('<div class="embed"><strong class="embed-kind">')
    assert (said or "") in html
    assert "<iframe" not in html
    assert "src=" not in html


@pytest.mark.parametrize(
    "captured",
    [
        '<iframe src="https://www.googletagmanager.com/ns.html?id=1"></iframe>',
        "<mp-common-profile data-nickname='碑林'></mp-common-profile>",
        "<mp-style-type data-value='3'></mp-style-type>",
        "<mp-common-cpsad></mp-common-cpsad>",
        "<iframe></iframe>",
    ],
)
def test_trackers_and_platform_furniture_leave_no_card(captured: str) -> None:
    assert htmls(f"<p>甲</p>{captured}") == ["<p>甲</p>"]


def test_form_controls_are_set_aside_and_listed() -> None:
    page = Page(base=BASE, lang="zh-Hans")
    blocks = build("<p>甲</p><form><input value='x'><button>搜索</button></form>", page)
    assert [block.text for block in blocks] == ["甲"]
    assert page.removed == [Removed("builder.form-control", "搜索")]


# Formulas


def test_a_formula_is_kept_as_it_was_typed() -> None:
    html = '<p>面积<span data-formula="S = n \\times 2"><svg><text>S=n2</text></svg></span>。</p>'
    assert htmls(html) == ['<p>面积<span class="formula">S = n \\times 2</span>。</p>']


# Depth


def test_no_depth_of_nesting_exhausts_anything() -> None:
    deep = 3_000
    for start, end in (
        ("<div>", "</div>"),
        ("<ul><li>", "</li></ul>"),
        ("<blockquote>", "</blockquote>"),
        ("<b>", "</b>"),
    ):
        assert "".join(texts(start * deep + "石" + end * deep)) == "石"


# Definitions, boxes, repeated elements, empty captions


def test_terms_stand_in_bold_above_what_is_said_of_them() -> None:
    more = "<dt><b>碣</b></dt><dt>碣石</dt><dd>圆首</dd><dd><p>小</p><ul><li>甲</li></ul></dd>"
    captured = f"<dl><dt>碑</dt><dd>立石</dd>{more}</dl>"
    assert htmls(captured) == [
        "<ul><li><strong>碑</strong><br>立石</li>"
        "<li><strong>碣</strong><br><strong>碣石</strong><p>圆首</p><p>小</p><ul><li>甲</li></ul></li></ul>"
    ]
    assert texts(captured) == ["碑\n立石\n碣\n碣石\n圆首\n小\n甲"]


@pytest.mark.parametrize(
    ("captured", "kept"),
    [
        ("<dl><dd>只缩进</dd></dl>", ["只缩进"]),
        ("<dl>旁注<dt>碑</dt><dd>立石</dd></dl>", ["旁注", "碑", "立石"]),
        ("<dl><dt>碑</dt><p>说明</p><dd>立石</dd></dl>", ["碑", "说明", "立石"]),
        (f"<dl><dt>{PICTURE}</dt><dd>立石</dd></dl>", ["", "立石"]),
    ],
)
def test_a_list_of_no_terms_is_what_it_holds(captured: str, kept: list[str]) -> None:
    assert texts(captured) == kept


def test_a_table_around_tables_is_a_box() -> None:
    inner = "<table><tr><td>甲</td><td>一</td></tr><tr><td>乙</td><td>二</td></tr></table>"
    assert kinds(f"<table><tr><td>左栏</td><td>{inner}</td></tr></table>") == [P, BlockKind.TABLE]
    assert kinds(f"<table><tr><th>左栏</th><td>{inner}</td></tr></table>") == [BlockKind.TABLE]


def test_a_box_keeps_its_caption() -> None:
    assert texts("<table><caption>题</caption><tr><td>文</td></tr></table>") == ["题", "文"]


@pytest.mark.parametrize(
    ("captured", "rebuilt"),
    [
        ("<p><strong><strong>石</strong></strong>碑</p>", "<p><strong>石</strong>碑</p>"),
        ("<p><b>石<strong>碑</strong>林</b>中</p>", "<p><strong>石碑林</strong>中</p>"),
        ("<p><b>石<i>碑<b>林</b></i></b>中</p>", "<p><strong>石<em>碑林</em></strong>中</p>"),
        ("<p><b>石<b>碑<br>林</b>中</b>间</p>", "<p><strong>石碑</strong><br><strong>林中</strong>间</p>"),
        ("<p>x<sub>i<sub>j</sub></sub></p>", "<p>x<sub>i<sub>j</sub></sub></p>"),
    ],
)
def test_what_is_said_twice_is_written_once(captured: str, rebuilt: str) -> None:
    assert htmls(captured) == [rebuilt]


def test_below_an_empty_caption_a_bold_line_may_be_a_heading() -> None:
    captured = f"<figure>{PICTURE}<figcaption> </figcaption></figure><p><b>碑额</b></p><p>碑额有六字。</p>"
    assert [block.kind for block in order_headings(build(captured))] == [FIGURE, H, P]
    without = captured.replace("<figcaption> </figcaption>", "")
    assert [block.kind for block in order_headings(build(without))] == [FIGURE, P, P]


def captioned(html: str) -> list[tuple[BlockKind, str]]:
    removed: list[Removed] = []
    return [(block.kind, block.text) for block in settle_captions(build(html), removed)]


def test_a_line_in_italics_says_to_which_of_its_neighbours_it_belongs() -> None:
    other = PICTURE.replace("a.jpg", "b.jpg")
    assert captioned(f"{PICTURE}<p><em>上图：碑阳。</em></p>{other}<p>文。</p>") == [
        (FIGURE, "上图：碑阳。"),
        (FIGURE, ""),
        (P, "文。"),
    ]
    assert captioned(f"{PICTURE}<p><em>下圖：碑陰。</em></p>{other}<p>文。</p>") == [
        (FIGURE, ""),
        (FIGURE, "下圖：碑陰。"),
        (P, "文。"),
    ]
    assert captioned(f"{PICTURE}<p><em>图：碑侧。</em></p>") == [(FIGURE, "图：碑侧。")]


@pytest.mark.parametrize(
    "line", ["上图：碑阳。", "<em>上图</em>：碑阳。", "<em>上图是碑阳。</em>", f"<em>上图：{'碑' * 120}</em>"]
)
def test_other_lines_about_a_picture_stay_paragraphs(line: str) -> None:
    assert [kind for kind, _ in captioned(f"{PICTURE}<p>{line}</p>{PICTURE.replace('a.jpg', 'b.jpg')}")] == [
        FIGURE,
        P,
        FIGURE,
    ]


def test_a_wide_picture_before_the_text_of_its_paragraph_is_a_figure() -> None:
    wide = '<img data-w="1080" src="https://library.example/a.jpg">'
    small = '<img data-w="120" src="https://library.example/a.jpg">'
    assert kinds(f"<p>{wide}石碑立在林中。</p>") == [FIGURE, P]
    assert kinds(f"<p><strong>{wide}</strong>石碑立在林中。<br>{wide}字迹清楚。</p>") == [FIGURE, P, FIGURE, P]
    assert kinds(f"<p>{small}石碑立在林中。</p>") == [P]
    assert kinds(f"<p>石碑{wide}立在林中。</p>") == [P]
