"""A difference is the whole truth about two versions, keeps blocks together, and reads as an editor would mark it."""

import random
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from beilin.library.chains import Pair, heaviest_chain
from beilin.library.differences import Change, ChangeKind, compare
from beilin.library.wording import Fate, segments
from beilin.model.article import Block, BlockKind, SafeHtml
from beilin.model.site import Site
from beilin.model.stamp import Stamp
from beilin.pages.differences import ComparedVersion, difference_page
from beilin.pages.rendering import Theme
from beilin.pages.setting import Setting

THEME = Path(__file__).parent.parent / "theme"
LANGUAGES = ("zh-Hans", "zh-Hant", "en")

PARAGRAPHS = (
    "渡口边的石碑立于清代道光年间，高约七尺，碑额刻着两条缠在一起的鲤鱼，镇上的老人都叫它鱼碑。",
    "碑文共三百一十二字，记的是沿河四个村子怎样分担修堤的工钱，哪一村出石料，哪一村出人力，写得清清楚楚。",
    "上个世纪修公路的时候，鱼碑被当作桥板铺在水渠上，字面朝下，这才躲过了后来的风雨。",
    "2009 年秋天，水渠改道，施工队翻起石板，发现底面有字，便停下来等县里的人。",
    "县文化馆派来两位馆员，用清水和软毛刷洗了一个下午，认出了开头的二十多个字。",
    "第二天下起小雨，他们支起雨布，用宣纸和墨拓下了全文，一共拓了三份。",
    "第一份留在馆里，第二份送到省城，第三份由村委会装进玻璃框，挂在祠堂东墙。",
    "省城的研究者比对了地方志，指出碑上第十七行的年号与志书相差四年，志书很可能抄错了。",
    "这个意见发表以后，有读者来信说，自家族谱里也抄了这篇碑文，年号与石碑一致。",
    "族谱的抄本写在毛边纸上，虫蛀得厉害，不过年号那一处正好完整。",
    "村里为鱼碑盖了一座四角亭，柱子用的是旧戏台拆下来的杉木。",
    "亭子落成那天放了鞭炮，孩子们爬上台阶，用手指一笔一画地描石头上的字。",
    "不到五年，凹下去的笔画已经被摸得发亮，馆里只好在碑前加了一道矮栏杆。",
    "也有人反对装栏杆，说石头本来就是给人看、给人摸的，隔开了反而没有意思。",
    "最后商量出一个办法：平时围着，每年清明前后开放三天，由馆员在旁边照看。",
    "2016 年，学校把抄写碑文列入五年级的课外活动，全班三十八人都去抄过一遍。",
    "有个学生在作文里写道，刻字的人一定很怕写错，因为石头上没有橡皮。",
    "The county museum keeps an English leaflet of 4 pages, printed in 2018 in 500 copies.",
    "去年台风过境，亭子的瓦掉了一半，碑身倒没有受伤，只是亭柱歪了几寸。",
    "修缮的预算是 12.6 万元，其中七成由县里承担，剩下的由四个村子按老碑上的比例分摊。",
    "照这个比例，上游的村子出得最多，他们的代表笑着说，两百年前就定好了，没有话讲。",
    "施工前，馆员重新量了一次碑身，发现比道光年间的记录短了两分，多半是埋进了土里。",
    "新的说明牌用了两种字体，上面一行是碑额的篆书，下面几行是给过路人看的白话。",
    "石碑旁边还留着当年铺桥时凿出来的四个榫孔，谁也没有去填它。",
)
NEWCOMERS = (
    "渡轮停航之后，码头改成了一个小小的菜市场，早上五点就有人摆摊。",
    "附近的中学买了一台扫描仪，打算把全县的拓片都存成图像。",
    "据气象站的记录，那一年的雨量比往年多出三成，梯田里的稻子倒伏了不少。",
)

texts = st.text(st.sampled_from("石碑立在城墙下，。！\n ab12.5%é́“”"), max_size=40)
bodies = st.lists(st.one_of(texts, st.sampled_from(PARAGRAPHS)), max_size=9)


def old_of(change: Change) -> str:
    return "".join(segment.text for segment in change.segments if segment.fate is not Fate.INSERTED)


def new_of(change: Change) -> str:
    return "".join(segment.text for segment in change.segments if segment.fate is not Fate.REMOVED)


def marked(old: str, new: str) -> str:
    """The difference on one line, `[-removed-]` and `{+inserted+}`."""
    frames = {Fate.SAME: "{}", Fate.REMOVED: "[-{}-]", Fate.INSERTED: "{{+{}+}}"}
    return "".join(frames[segment.fate].format(segment.text) for segment in segments(old, new))


def kinds(old: list[str], new: list[str]) -> Counter[ChangeKind]:
    return Counter(change.kind for change in compare(old, new))


@given(bodies, bodies)
def test_both_versions_can_be_rebuilt(old: list[str], new: list[str]) -> None:
    changes = compare(old, new)
    olds = sorted((change.old, old_of(change)) for change in changes if change.old)
    assert olds == list(enumerate(old, 1))
    assert [(change.new, new_of(change)) for change in changes if change.new] == list(enumerate(new, 1))


@given(bodies, bodies)
def test_kinds_say_what_they_mean(old: list[str], new: list[str]) -> None:
    in_place = []
    for change in compare(old, new):
        assert (change.old is None) == (change.kind is ChangeKind.INSERTED)
        assert (change.new is None) == (change.kind is ChangeKind.REMOVED)
        if change.kind in (ChangeKind.UNCHANGED, ChangeKind.EDITED):
            assert (old_of(change) == new_of(change)) == (change.kind is ChangeKind.UNCHANGED)
            in_place.append((change.old or 0, change.new or 0))
    assert in_place == sorted(in_place)
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(in_place))


@given(bodies)
def test_nothing_changes_between_a_version_and_itself(body: list[str]) -> None:
    assert all(change.kind is ChangeKind.UNCHANGED for change in compare(body, body))


@given(st.data(), bodies)
def test_insertions_and_removals_leave_the_other_blocks_alone(data: st.DataObject, old: list[str]) -> None:
    new = list(old)
    added = data.draw(bodies)
    for text in added:
        new.insert(data.draw(st.integers(0, len(new))), text)
    expected = Counter({ChangeKind.UNCHANGED: len(old), ChangeKind.INSERTED: len(added)})
    assert +kinds(old, new) == +expected
    expected = Counter({ChangeKind.UNCHANGED: len(old), ChangeKind.REMOVED: len(added)})
    assert +kinds(new, old) == +expected


@given(st.integers(0, 23), st.integers(0, 23))
def test_a_moved_paragraph_is_recognised(start: int, goal: int) -> None:
    order = list(range(len(PARAGRAPHS)))
    order.insert(goal, order.pop(start))
    changes = compare(PARAGRAPHS, [PARAGRAPHS[index] for index in order])
    moved = [(change.old, change.new) for change in changes if change.kind is ChangeKind.MOVED]
    # two short neighbours may be said to have moved instead of a long one past them, never more text than that
    assert bool(moved) == (start != goal)
    assert sum(len(PARAGRAPHS[old - 1]) for old, _ in moved if old) <= len(PARAGRAPHS[start])
    assert {change.kind for change in changes} <= {ChangeKind.UNCHANGED, ChangeKind.MOVED}
    if (
        abs(start - goal) > 1 and len(moved) == 1
    ):  # of two neighbours that change places, either may be the one that moved
        assert moved == [(start + 1, goal + 1)]


def test_a_moved_paragraph_may_have_been_edited() -> None:
    edited = PARAGRAPHS[2].replace("铺在水渠上", "架在水沟上面")
    changes = compare(PARAGRAPHS, (*PARAGRAPHS[:2], *PARAGRAPHS[3:9], edited, *PARAGRAPHS[9:]))
    (moved,) = (change for change in changes if change.kind is not ChangeKind.UNCHANGED)
    assert (moved.kind, moved.old, moved.new) == (ChangeKind.MOVED, 3, 9)
    assert len(moved.segments) > 1


def test_short_and_empty_blocks_are_not_said_to_have_moved() -> None:
    old = ["", "问：", *PARAGRAPHS[:4], "答：", ""]
    new = ["答：", "", *PARAGRAPHS[:4], "", "问："]
    assert ChangeKind.MOVED not in kinds(old, new)


@given(texts, texts)
def test_segments_are_never_empty_and_no_two_neighbours_share_a_fate(old: str, new: str) -> None:
    found = segments(old, new)
    assert all(segment.text for segment in found)
    assert all(one.fate is not other.fate for one, other in pairwise(found))
    assert "".join(segment.text for segment in found if segment.fate is not Fate.INSERTED) == old
    assert "".join(segment.text for segment in found if segment.fate is not Fate.REMOVED) == new


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("他去了北京。", "他来了上海。", "他[-去了北京-]{+来了上海+}。"),
        ("甲，乙。", "甲，丙，乙。", "甲，{+丙，+}乙。"),
        ("“好。”他说。", "“好。很好。”他说。", "“好。{+很好。+}”他说。"),
        ("看碑的人很多。有人抄写。", "有人抄写。", "[-看碑的人很多。-]有人抄写。"),
        ("我们说的话", "我们所说过的话", "我们{+所+}说{+过+}的话"),
        ("GDP增长3.5%，比2019年少。", "GDP增长3.7%，比2016年少。", "GDP增长[-3.5%-]{+3.7%+}，比[-2019-]{+2016+}年少。"),
        ("a stele of marble", "a stele of martyrs", "a stele of [-marble-]{+martyrs+}"),
        ("共9,508万（95,077,677）例", "共9,512万（95,118,418）例",
         "共[-9,508-]{+9,512+}万（[-95,077,677-]{+95,118,418+}）例"),
        ("风雨过后桥还在", "他走出门去看了看天", "[-风雨过后桥还在-]{+他走出门去看了看天+}"),
    ],
)  # fmt: skip
def test_wording_is_marked_as_an_editor_would(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def seeded(seed: int) -> random.Random:
    """The same choices in every run."""
    return random.Random(seed)  # noqa: S311


def edited(text: str, share: float, rng: random.Random) -> str:
    """`text` after changes to `share` of its characters: runs of up to six replaced, inserted or removed."""
    letters, pool, left = list(text), "".join(NEWCOMERS), round(share * len(text))
    while left > 0:
        length = min(left, rng.randint(1, 6))
        at, source = rng.randrange(len(letters) + 1), rng.randrange(len(pool) - length)
        act = rng.choice(("replace", "insert", "remove"))
        letters[at : at + (0 if act == "insert" else length)] = (
            [] if act == "remove" else pool[source : source + length]
        )
        left -= length
    return "".join(letters)


def planted(share: float, seed: int) -> tuple[list[str], list[int | None]]:
    """A new version: three paragraphs gone, three new, two moved, every one edited; and where each came from."""
    rng = seeded(seed)
    order: list[int | None] = sorted(rng.sample(range(len(PARAGRAPHS)), len(PARAGRAPHS) - 3))
    for _ in range(2):
        order.insert(rng.randrange(len(order)), order.pop(rng.randrange(len(order))))
    new = [edited(PARAGRAPHS[index], share, rng) for index in order if index is not None]
    for text in NEWCOMERS:
        at = rng.randrange(len(new) + 1)
        new.insert(at, text)
        order.insert(at, None)
    return new, order


@pytest.mark.parametrize(
    ("share", "recall", "precision"),
    [(0, 1, 1), (0.05, 1, 1), (0.1, 1, 1), (0.2, 0.99, 0.99), (0.3, 0.98, 0.98), (0.4, 0.95, 0.97)],
)
def test_planted_edits_keep_paragraphs_together(share: float, recall: float, precision: float) -> None:
    right = said = wanted = 0
    for seed in range(20):
        new, order = planted(share, seed)
        truth = {(index + 1, place) for place, index in enumerate(order, 1) if index is not None}
        found = {(change.old, change.new) for change in compare(PARAGRAPHS, new) if change.old and change.new}
        right, said, wanted = right + len(truth & found), said + len(found), wanted + len(truth)
    assert right / wanted >= recall
    assert right / said >= precision


def test_planted_edits_are_not_shattered() -> None:
    rng = seeded(7)
    for share in (0.05, 0.1, 0.2, 0.3, 0.4):
        for text in PARAGRAPHS:
            found = segments(text, edited(text, share, rng))
            assert len(found) <= 6 + len(text) // 4
            for before, same, after in zip(found, found[1:], found[2:], strict=False):
                is_between = same.fate is Fate.SAME and len(same.text) == 1
                assert not is_between or {before.fate, after.fate} != {Fate.REMOVED, Fate.INSERTED}


LONG = "".join(seeded(3).choices(PARAGRAPHS, k=500))[:20_000]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LONG, edited(LONG, 0.1, seeded(1))),
        (LONG, LONG[::-1]),
        ("碑" * 20_000, "碑" * 9_000 + "石" + "碑" * 10_000),
        ("石碑" * 10_000, "碑石石" * 6_600),
    ],
    ids=["edited", "reversed", "one character", "refrain"],
)
def test_twenty_thousand_characters_are_compared_in_bounded_time(old: str, new: str) -> None:
    found = segments(old, new)
    assert "".join(segment.text for segment in found if segment.fate is not Fate.INSERTED) == old


def test_three_hundred_blocks_find_their_own() -> None:
    rng = seeded(5)
    old = [f"{rng.choice(PARAGRAPHS)}{rng.choice(NEWCOMERS)}{number}" for number in range(300)]
    assert compare(old, [text + "。" for text in old])[-1].old == 300
    assert len(compare(old, rng.sample(old, 300))) == 300
    assert kinds([""] * 600, [""] * 601) == {ChangeKind.UNCHANGED: 600, ChangeKind.INSERTED: 1}


def every_chain(pairs: list[Pair]) -> Iterator[int]:
    yield 0
    for index, pair in enumerate(pairs):
        rest = [other for other in pairs[index + 1 :] if other.old > pair.old and other.new > pair.new]
        yield from (pair.weight + weight for weight in every_chain(rest))


@given(st.lists(st.builds(Pair, st.integers(0, 6), st.integers(0, 6), st.integers(1, 9)), max_size=9))
def test_no_chain_is_heavier_than_the_one_that_is_found(pairs: list[Pair]) -> None:
    chain = heaviest_chain(pairs)
    assert all(one.old < other.old and one.new < other.new for one, other in pairwise(chain))
    assert sum(pair.weight for pair in chain) == max(every_chain(sorted(pairs)))


HOSTILE = "</ins><script>alert(1)</script><img src=x onerror=alert(1)>&amp;"


def blocks(*written: str) -> tuple[Block, ...]:
    return tuple(Block(BlockKind.PARAGRAPH, SafeHtml(""), text, "zh-Hans") for text in written)


LONG_BLOCK = "".join(PARAGRAPHS)
OLD = ComparedVersion(
    2,
    Stamp("2023-10-27", "dateline"),
    "鱼碑记",
    "zh-Hans",
    blocks(*PARAGRAPHS[:16], "", PARAGRAPHS[20], PARAGRAPHS[21], LONG_BLOCK),
)
NEW = ComparedVersion(
    5,
    Stamp("2024-04-30T08:15+08:00", "front matter"),
    "鱼碑重修记",
    "zh-Hans",
    (
        *blocks(PARAGRAPHS[0].replace("七尺", "六尺"), PARAGRAPHS[1], NEWCOMERS[0], *PARAGRAPHS[2:7], PARAGRAPHS[14]),
        *blocks(*PARAGRAPHS[7:14], HOSTILE, "", PARAGRAPHS[21].replace("重新量了一次碑身", "把碑身又量了一次")),
        replace(blocks(LONG_BLOCK.replace("三百一十二字", "三百一十三字"))[0], lang="zh-Hant"),
        *blocks("石碑：\n1. 高七尺\n2. 宽三尺"),
    ),
)


def drawn(language: str = "zh-Hans", *, old: ComparedVersion = OLD, new: ComparedVersion = NEW) -> str:
    strings = tomllib.loads((THEME / "i18n" / f"{language}.toml").read_text("utf-8"))
    templates = {path.name: path.read_text("utf-8") for path in sorted((THEME / "templates").glob("*.html"))}
    setting = Setting(Site(language=language), strings)
    return Theme(templates, strings).render(difference_page("0123456789b", old, new, setting)).decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_drawn_in_every_language(language: str) -> None:
    page = BeautifulSoup(drawn(language), "lxml")
    assert page.html["lang"] == language
    assert [heading.get_text() for heading in page.find_all("h1")] == [NEW.title]
    assert [name for name, times in Counter(tag["id"] for tag in page.select("[id]")).items() if times > 1] == []
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"
    assert "None" not in page.get_text()


def test_the_page_holds_both_versions_and_links_each_block() -> None:
    page = BeautifulSoup(drawn(), "lxml")
    assert [time["datetime"] for time in page.select(".facts time")] == [OLD.stamp.iso, NEW.stamp.iso]
    root = "../../../../a/0123456789b/"
    assert [link["href"] for link in page.select(".facts a")] == [f"{root}v2/index.html", f"{root}v5/index.html"]
    linked = {link["href"] for link in page.select('main a[href*="#p"]')}
    assert {f"{root}v5/index.html#p{number}" for number in range(1, len(NEW.blocks) + 1)} <= linked
    for mark in page.select("summary, .textless"):
        mark.decompose()
    for version, other in ((OLD, "ins"), (NEW, "del")):
        copy = BeautifulSoup(str(page), "lxml")
        for mark in copy.select(other):
            mark.decompose()
        shown = [text.get_text() for text in copy.select("[lang].change-text")]
        assert Counter(text for text in shown if text) >= Counter(block.text for block in version.blocks if block.text)
    assert {text["lang"] for text in page.select(".change-text")} == {"zh-Hans", "zh-Hant"}


def test_the_summary_counts_what_the_page_shows() -> None:
    view = difference_page("0123456789b", OLD, NEW, Setting(Site(), {"changes": "版本差异"})).view
    page = BeautifulSoup(drawn(), "lxml")
    for kind in ("edited", "inserted", "removed", "moved"):
        shown = page.select(f"main .change-{kind}")
        assert len(shown) == getattr(view, kind) + (kind == "edited"), "and the title"
    assert view.moved == 1
    assert len(page.select("details.unchanged")) == sum(stretch.is_unchanged for stretch in view.stretches)


def test_hostile_captures_stay_text() -> None:
    page = BeautifulSoup(drawn(new=replace(NEW, title=HOSTILE)), "lxml")
    assert HOSTILE in page.get_text()
    assert not page.select("img")
    assert all(script.get("src") for script in page.find_all("script"))


def test_long_unchanged_runs_within_a_block_are_folded() -> None:
    page = BeautifulSoup(drawn(), "lxml")
    folded = page.select(".change details.folded")
    assert len(folded) == 1
    assert str(len(folded[0].get_text()) - len(folded[0].summary.get_text())) in folded[0].summary.get_text()


def test_versions_without_dates_or_difference_have_a_page() -> None:
    page = BeautifulSoup(drawn(old=replace(OLD, stamp=None), new=replace(OLD, number=3)), "lxml")
    assert not page.select(".change")
    assert len(page.select("details.unchanged")) == 1
    assert len(page.select(".facts time")) == 1


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_marks_show_without_colour_and_folds_open_without_scripts(tmp_path: Path, browser: Browser, width: int) -> None:
    place = tmp_path / "a/0123456789b/v5/changes/index.html"
    place.parent.mkdir(parents=True)
    place.write_text(drawn(), "utf-8")
    shutil.copytree(THEME / "assets", tmp_path / "assets")
    with browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.goto(place.as_uri())
        for mark in page.locator("main .change-text ins").all():
            assert "underline" in str(mark.evaluate("mark => getComputedStyle(mark).textDecorationLine"))
        for mark in page.locator("main .change-edited del").all():
            assert "gradient" in str(mark.evaluate("mark => getComputedStyle(mark).backgroundImage"))
        for block in page.locator("main .change-removed").all():
            assert block.evaluate("block => getComputedStyle(block).borderInlineStartStyle") == "dashed"
        page.emulate_media(media="print")
        for mark in page.locator("main .change-text del").all():
            assert "line-through" in str(mark.evaluate("mark => getComputedStyle(mark).textDecorationLine"))
        page.emulate_media(media="screen")
        fold = page.locator("details.unchanged").first
        assert not fold.locator(".change-text").first.is_visible()
        fold.locator("summary").click()
        assert fold.locator(".change-text").first.is_visible()
        for fold in reversed(page.locator("details:not([open]) > summary").all()):
            fold.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
