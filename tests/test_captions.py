"""A caption under a picture belongs to it; a sentence that speaks of a figure stays a sentence."""

import pytest

from beilin.model.article import Block, BlockKind
from tests.posts import PARAGRAPH, reading_of

PICTURE = '<p><img data-src="https://mmbiz.qpic.cn/made-up/640?wx_fmt=png"></p>'
CAPTIONS = (
    "图1 碑阳拓本",
    "图 2：碑阴拓本",
    "图3. 碑额与题名",
    "图一、碑座",
    "圖4｜碑側",
    "图5-1 残石缀合",
    "图1",
    "Figure 3",
    "Fig. 2 Rubbing of the stele",
    "▲ 碑林第一室",
    "△碑亭旧影",
    "图注：左为初拓，右为近拓",
)
PROSE = (
    "图1显示碑面的裂纹自右上而下。",
    "图2 展示了两种拓本的差别。",
    "图3中的残字可以补足。",
    "图书馆藏有这块碑的三种拓本。",
    "图为碑亭。",
    "图4，可以看到石花。" * 12,
    "图4：我们可以看到石花，" * 12,
    "Figure 2 shows the crack.",
    "照片上看不清的字，要到原石前辨认。",
)


def blocks_of(body: str) -> list[Block]:
    """The blocks of a post with `body` between two paragraphs."""
    return list(reading_of(1, PARAGRAPH + body + PARAGRAPH).blocks)


@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_caption_joins_the_picture_above_it(caption: str) -> None:
    _, figure, _ = blocks_of(f"{PICTURE}<p>{caption}</p>")
    assert figure.kind is BlockKind.FIGURE
    assert figure.text == caption
    assert f"<figcaption>{caption}</figcaption>" in figure.html


@pytest.mark.parametrize("sentence", PROSE)
def test_a_sentence_about_a_figure_stays_a_paragraph(sentence: str) -> None:
    _, figure, paragraph, _ = blocks_of(f"{PICTURE}<p>{sentence}</p>")
    assert (figure.text, paragraph.text) == ("", sentence)


def test_a_caption_that_explains_every_panel_may_be_as_long_as_a_paragraph() -> None:
    caption = "图4 | 碑身四面的石花。" + "".join(f"{panel}. 第{panel}面的石花与裂纹；" for panel in "abcdefghijk")
    _, figure, _ = blocks_of(f"{PICTURE}<p>{caption}</p>")
    assert len(caption) > 120
    assert figure.text == caption


def test_a_caption_in_a_figure_of_its_own_joins_the_picture_above_it() -> None:
    _, figure, _ = blocks_of(f"{PICTURE}<figure><figcaption>碑林第二室</figcaption></figure>")
    assert (figure.kind, figure.text) == (BlockKind.FIGURE, "碑林第二室")


def test_captions_above_their_pictures_stay_where_they_are() -> None:
    body = "".join(f"<p>图{number} 碑之{number}</p>{PICTURE}" for number in range(1, 4))
    assert [block.text for block in blocks_of(body) if block.kind is BlockKind.FIGURE] == ["", "", ""]


def test_a_picture_takes_one_caption() -> None:
    _, figure, rest, _ = blocks_of(f"{PICTURE}<p>图1 碑阳</p><p>图2 碑阴</p>")
    assert (figure.text, rest.text) == ("图1 碑阳", "图2 碑阴")


@pytest.mark.parametrize("credit", ["图片来源：碑林旧藏", "图/碑林旧藏", "图源：旧报", "摄影：甲", "Photo: made up"])
def test_a_credit_follows_the_caption(credit: str) -> None:
    _, figure, _ = blocks_of(f"{PICTURE}<p>图1 碑阳</p><p>{credit}</p>")
    assert figure.text == f"图1 碑阳\n{credit}"
    assert f'<span class="credit">{credit}</span>' in figure.html


def test_a_file_name_is_no_caption_and_is_listed() -> None:
    body = "<figure><img data-src='https://mmbiz.qpic.cn/a/640'><figcaption>image.png</figcaption></figure>"
    reading = reading_of(1, PARAGRAPH + body + PARAGRAPH)
    assert reading.blocks[1].text == ""
    assert ("figure.file-name", "image.png") in [(removal.rule, removal.text) for removal in reading.removals]


def test_an_alternative_text_is_kept_where_the_caption_does_not_say_it() -> None:
    picture = '<figure><img src="https://a.example/x.jpg" alt="{}"><figcaption>碑林旧影</figcaption></figure>'
    same, other = (reading_of(1, PARAGRAPH + picture.format(alt) + PARAGRAPH) for alt in ("碑林旧影", "碑亭与古槐"))
    assert "碑林旧影" not in same.blocks[1].html.split("<figcaption>")[0]
    assert "碑亭与古槐" in other.blocks[1].html
