"""Calls to follow and lists of older posts leave the text by place and form together, never for a word alone."""

import pytest

from beilin.model.article import BlockKind
from beilin.sources.promotion import is_call
from tests.posts import ACCOUNT, PARAGRAPH, reading_of, texts

CALLS = (
    "点击蓝字 关注我们",
    "点击上方蓝字关注我们",
    "▲长按识别二维码关注",
    "长按扫码可关注",
    "欢迎关注拓片手册",
    "喜欢就点个“在看”吧",
    "看完记得顺手点个「在看」哦！",
    "点赞、在看、转发",
    "設為星標，不錯過更新",
    "關注公眾號，回覆目錄領取資料",
    "扫描下方二维码，加入交流群",
    "点击“阅读原文”查看更多",
    "点击红字即可进入专栏！",
    "点个在看你最好看",
)
PROSE = (
    "他现在看书的时间不多",
    "公众号",
    "这座碑值得更多人关注",
    "二维码是什么时候发明的",
    "图书馆在入口处贴了二维码，读者扫码入场。",
    "今天分享一篇关于拓片的文章",
    "关注我们的河流",
    "点校本与原刻的差别",
    "扫地僧与藏经阁",
    "END 表示序列结束",
    "红字是拓本上的朱批",
    "免费加入微信交流群，",
)


@pytest.mark.parametrize("line", CALLS)
def test_a_line_of_nothing_but_a_call_is_one(line: str) -> None:
    assert is_call(line, ACCOUNT)


@pytest.mark.parametrize("line", PROSE)
def test_prose_with_a_word_of_a_call_is_none(line: str) -> None:
    assert not is_call(line, ACCOUNT)


@pytest.mark.parametrize("line", CALLS)
def test_a_call_leaves_at_both_ends_and_stays_in_the_middle(line: str) -> None:
    call = f"<p>{line}</p>"
    reading = reading_of(1, call + PARAGRAPH * 4 + call)
    assert all(line not in text for text in texts(reading))
    assert [removal.rule for removal in reading.removals].count("account.call") == 2
    kept = reading_of(1, PARAGRAPH * 4 + call + PARAGRAPH)
    assert len(texts(kept)) == 6


def test_a_sentence_of_prose_stays_wherever_it_stands() -> None:
    for line in PROSE:
        reading = reading_of(1, f"<p>{line}</p>{PARAGRAPH * 4}<p>{line}</p>")
        assert len(texts(reading)) == 6, line


def test_a_picture_leaves_only_with_the_call_to_scan_it() -> None:
    picture = '<p><img data-src="https://mmbiz.qpic.cn/made-up/640?wx_fmt=png"></p>'
    with_call = reading_of(1, PARAGRAPH * 4 + picture + "<p>长按识别二维码关注</p>")
    without = reading_of(1, PARAGRAPH * 4 + picture)
    with_thanks = reading_of(1, PARAGRAPH * 4 + picture + "<p>欢迎转发</p>")
    assert [block.kind for block in with_call.blocks] == [BlockKind.PARAGRAPH] * 4
    assert any("made-up/640" in removal.text for removal in with_call.removals)
    assert without.blocks[-1].kind is BlockKind.FIGURE
    assert BlockKind.FIGURE in [block.kind for block in with_thanks.blocks]


def test_a_picture_that_parts_the_post_again_and_again_is_set_aside_and_listed() -> None:
    moving, still = (
        f'<p><img data-src="https://mmbiz.qpic.cn/mmbiz_{form}/made-up/640?wx_fmt={form}"></p>'
        for form in ("gif", "png")
    )
    parted = reading_of(1, (PARAGRAPH + moving) * 3 + PARAGRAPH)
    assert [block.kind for block in parted.blocks] == [BlockKind.PARAGRAPH] * 4
    assert [removal.rule for removal in parted.removals].count("account.divider") == 3
    after_pictures = reading_of(1, (PARAGRAPH + still + moving + "<p><b>碑阴</b></p>") * 3 + PARAGRAPH)
    assert [block.kind for block in after_pictures.blocks].count(BlockKind.HEADING) == 3
    for kept in ((PARAGRAPH + moving) * 2, (PARAGRAPH + still) * 3):
        kinds = [block.kind for block in reading_of(1, kept + PARAGRAPH).blocks]
        assert kinds.count(BlockKind.FIGURE) == kept.count("<img")


def test_what_the_account_says_of_itself_leaves_with_its_call() -> None:
    notice = f"<blockquote><p>{ACCOUNT} 公众号 主要分享：一、拓片的做法；二、读碑的笔记！</p></blockquote>"
    code = '<p><img data-src="https://mmbiz.qpic.cn/made-up/640?wx_fmt=png"></p>'
    ended = reading_of(1, PARAGRAPH * 4 + f"<p>欢迎大家关注我的公众号</p><p><b>{ACCOUNT}</b></p>" + notice + code)
    signed = reading_of(1, PARAGRAPH * 4 + f"<p>{ACCOUNT}</p>")
    assert [block.kind for block in ended.blocks] == [BlockKind.PARAGRAPH] * 4
    assert len(ended.removals) == 2 + 4
    assert texts(signed)[-1] == ACCOUNT


def test_pictures_after_the_end_mark_leave_with_it() -> None:
    picture = '<p><img data-src="https://mmbiz.qpic.cn/made-up/640?wx_fmt=png"></p>'
    ended = reading_of(1, PARAGRAPH * 4 + picture + "<p><b>- END -</b></p>" + picture)
    assert [block.kind for block in ended.blocks] == [*[BlockKind.PARAGRAPH] * 4, BlockKind.FIGURE]


def test_marks_around_a_quotation_that_an_editor_drew_are_set_aside_and_listed() -> None:
    reading = reading_of(1, f"{PARAGRAPH}<blockquote><span>❝</span>{PARAGRAPH}<span>❞</span></blockquote>{PARAGRAPH}")
    assert reading.blocks[1].text == reading.blocks[0].text
    assert "builder.quotation-marks" in [removal.rule for removal in reading.removals]


def test_a_post_that_is_only_a_call_stays() -> None:
    assert texts(reading_of(1, "<p>点击蓝字 关注我们</p>")) == ["点击蓝字 关注我们"]


def link(number: int) -> str:
    """A link to another post, in WeChat's long form."""
    return f'<a href="https://mp.weixin.qq.com/s?__biz=made&amp;mid={number}&amp;idx=1">另外的一篇旧文之{number}</a>'


LISTS = (
    "".join(f"<p>{link(number)}</p>" for number in range(4)),
    "<ul>" + "".join(f"<li>{link(number)}</li>" for number in range(4)) + "</ul>",
    "<blockquote>" + "<br>".join(link(number) for number in range(4)) + "</blockquote>",
    "".join(f"<p>0{number}</p><p>{link(number)}</p>" for number in range(4)),
    "<p>旧文之一没有链接</p><p>旧文之二没有链接</p>",
)


@pytest.mark.parametrize("older", LISTS)
@pytest.mark.parametrize("heading", ["<p><strong>往期推荐</strong></p>", "<h2>往期回顾</h2>", "<p>· 历史文章 ·</p>"])
def test_a_list_of_older_posts_after_the_text_is_folded_and_whole(heading: str, older: str) -> None:
    reading = reading_of(1, PARAGRAPH * 6 + heading + older)
    assert reading.blocks[-1].kind is BlockKind.OLDER
    assert [block.kind for block in reading.blocks[:-1]] == [BlockKind.PARAGRAPH] * 6
    assert reading.blocks[-1].html.startswith('<details class="older"><summary>')
    assert reading.blocks[-1].html.count("旧文之") == older.count("旧文之")
    assert reading.blocks[-1].text.count("旧文之") == older.count("旧文之")


def test_a_heading_in_two_lines_heads_such_a_list() -> None:
    reading = reading_of(1, PARAGRAPH * 6 + "<p><b>热文</b></p><p><b>推荐</b></p>" + LISTS[0])
    assert reading.blocks[-1].kind is BlockKind.OLDER
    assert "<summary>热文推荐</summary>" in reading.blocks[-1].html


@pytest.mark.parametrize(
    "body",
    [
        "<p>往期推荐</p>" + LISTS[0] + PARAGRAPH * 8,  # at the top it leads into the post
        "<p>本号往期文章目录如下。</p><p>往期推荐</p>" + LISTS[0] * 6,  # the list is the post
        PARAGRAPH * 6 + "<h2>往期回顾</h2>" + PARAGRAPH * 3,  # a chapter of the text
        PARAGRAPH * 6 + "<p>延伸阅读</p><p>《语石》，叶昌炽著，清宣统元年刻本。</p>",  # literature
    ],
)
def test_a_list_that_is_the_article_stays(body: str) -> None:
    assert BlockKind.OLDER not in [block.kind for block in reading_of(1, body).blocks]
