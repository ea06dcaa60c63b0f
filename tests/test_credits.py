"""Credits as outlets print them, and the people they name: nobody is invented, and nobody is left out."""

import hashlib
import time

import pytest

from beilin.model.article import Facts
from beilin.model.site import Site
from beilin.sources.declaration import Source
from beilin.sources.reading import read
from beilin.sources.registry import sources

PAGES = {
    "rfa": "https://www.rfa.org/mandarin/yataibaodao/wenhua/jy-01142021055950.html",
    "epochtimes": "https://www.epochtimes.com/gb/23/10/27/n14100001.htm",
    "bbc": "https://www.bbc.com/zhongwen/simp/world-54000001",
    "dw": "https://www.dw.com/zh/x/a-55000001",
    "rfi": "https://www.rfi.fr/cn/x/20201019-x",
    "cna": "https://www.cna.com.tw/news/ahel/202010280001.aspx",
    "nytcn": "https://cn.nytimes.com/china/20201028/x/",
}
FRONT_MATTER = '---\nlayout: post\ntitle: "书目"\ndate: 2020-10-28T03:31:00.000Z\nfrom: {url}\ntags: [ 某报 ]\n---\n'
FILLING = "".join(f"<p>第{number}条书目已经核对，卷数与馆藏目录相同。</p>" for number in "一二三四五六七八")
LONGEST_SECONDS = 1.0
"""No capture may take longer, however its lines are made."""


def facts_of(kind: str, body: str) -> Facts:
    """What the reader says of a capture of `kind` with `body`."""
    data = (FRONT_MATTER.format(url=PAGES[kind]) + body).encode()
    facts = read(f"{kind}.md", data, hashlib.sha256(data).hexdigest(), Site()).facts
    assert facts is not None
    return facts


Printed = tuple[str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
LAST_LINES: list[Printed] = [
    (
        "rfa",
        "记者：甲乙丙&nbsp;&nbsp; 责编：丁戊&nbsp; 己庚辛&nbsp;&nbsp; 网编：壬癸",
        ("甲乙丙",),
        ("丁戊", "己庚辛", "壬癸"),
        (),
    ),
    ("rfa", "记者：甲乙 责编：丙丁、戊己庚、辛壬 网编：癸丑", ("甲乙",), ("丙丁", "戊己庚", "辛壬", "癸丑"), ()),
    ("rfa", "自由亚洲电台记者 甲乙丙 台北报导 责编 丁戊 己庚 网编 辛壬", ("甲乙丙",), ("丁戊", "己庚", "辛壬"), ()),
    ("rfa", "自由亚洲电台特约记者甲乙旧金山、北京连线报道 编辑：丙丁 网编：戊己", ("甲乙",), ("丙丁", "戊己"), ()),
    ("rfa", "（记者：甲乙；编辑：丙丁）网编：戊己", ("甲乙",), ("丙丁", "戊己"), ()),
    ("rfa", "(记者：甲乙丙 责编：丁戊 网编：己庚)", ("甲乙丙",), ("丁戊", "己庚"), ()),
    ("rfa", "记者甲乙 责编 丙丁戊 己庚辛", ("甲乙",), ("丙丁戊", "己庚辛"), ()),
    (
        "rfa",
        "（记者 甲乙丙、丁戊己；责编 庚辛壬、癸丑 网编 寅卯）",
        ("甲乙丙", "丁戊己"),
        ("庚辛壬", "癸丑", "寅卯"),
        (),
    ),
    ("rfa", "撰稿、制作、主持：甲乙 责编：丙丁", ("甲乙",), ("丙丁",), ()),
    ("rfa", "编辑：甲乙", (), ("甲乙",), ()),
    ("rfa", "（责编：甲乙）", (), ("甲乙",), ()),
    ("rfa", "责编：", (), (), ()),
    ("rfa", "记者：“书目是谁编的？”", (), (), ()),
    ("rfa", "记者甲乙看到的书目只有半部。", (), (), ()),
    ("epochtimes", "责任编辑：甲乙 #", (), ("甲乙",), ()),
    ("epochtimes", "责任编辑：甲乙丙#◇", (), ("甲乙丙",), ()),
    ("epochtimes", "文字整理：甲乙；责任编辑：丙丁 ＃", (), ("丙丁",), ()),
    ("epochtimes", "馆藏已经核对。（受访者提供）责任编辑：甲乙丙　◇", (), ("甲乙丙",), ()),
    ("epochtimes", "任编辑：甲乙", (), ("甲乙",), ()),
    ("bbc", "（撰稿：甲乙/责编：丙丁）", ("甲乙",), ("丙丁",), ()),
    ("bbc", "（编译：甲乙 责编：丙丁）", (), ("丙丁",), ("甲乙",)),
    ("bbc", "（编译/责编：甲乙）", (), ("甲乙",), ("甲乙",)),
    ("dw", "甲乙/ 丙丁（路透社、法新社）", ("甲乙", "丙丁"), (), ()),
    ("dw", "甲乙丙／丁戊 (综合报导)", ("甲乙丙", "丁戊"), (), ()),
    ("dw", "甲乙、丙丁/戊己（法新社，德新社等）", ("甲乙", "丙丁", "戊己"), (), ()),
    ("dw", "Jane Doe/甲乙（综合报导）", ("Jane Doe", "甲乙"), (), ()),
    ("dw", "甲乙/丙丁/(德新社等)", ("甲乙", "丙丁"), (), ()),
    ("dw", "采访记者：Jane Doe", ("Jane Doe",), (), ()),
    ("dw", "（路透社、法新社）", (), (), ()),
    ("dw", "字数（含标点）", (), (), ()),
    ("rfi", "馆方不愿说明。（译者：甲乙丙）", (), (), ("甲乙丙",)),
    ("rfi", "馆方不愿说明。（译者：甲乙丙/核稿：丁戊己）", (), ("丁戊己",), ("甲乙丙",)),
    ("rfi", "馆方不愿说明。（实习编译：甲乙丙/核稿：丁戊己）", (), ("丁戊己",), ("甲乙丙",)),
    ("cna", "館方不願說明。（編輯：甲乙丙）1091028", (), ("甲乙丙",), ()),
    ("cna", "館方不願說明。（編輯：甲乙丙/丁戊己）1091028", (), ("甲乙丙", "丁戊己"), ()),
    ("cna", "館方不願說明。（編輯：甲乙丙/核稿：丁戊己、庚辛壬）1091028", (), ("甲乙丙", "丁戊己", "庚辛壬"), ()),
    ("cna", "館方不願說明。（譯者：甲乙丙/核稿：丁戊己）1091028", (), ("丁戊己",), ("甲乙丙",)),
    ("cna", "館方不願說明。（譯者：甲乙丙／編輯：丁戊己）1091028", (), ("丁戊己",), ("甲乙丙",)),
    ("cna", "館方不願說明。（實習編譯：甲乙丙/核稿：丁戊己）1091028", (), ("丁戊己",), ("甲乙丙",)),
    ("cna", "館方不願說明。（編輯；甲乙丙）1091028", (), ("甲乙丙",), ()),
    (
        "nytcn",
        "甲乙丙(Jane Doe)是《纽约时报》记者。<br/>翻译：丁戊、己庚<br/><a>点击查看本文英文版。</a>",
        (),
        (),
        ("丁戊", "己庚"),
    ),
    ("nytcn", "翻译：Jane Doe", (), (), ("Jane Doe",)),
]
FIRST_LINES: list[Printed] = [
    ("epochtimes", "【大纪元2023年10月27日讯】（大纪元记者甲乙丙报导）书目", ("甲乙丙",), (), ()),
    ("epochtimes", "【大纪元2023年10月27日讯】（大纪元记者甲乙、丙丁戊综合报导）书目", ("甲乙", "丙丁戊"), (), ()),
    ("epochtimes", "【大纪元2023年10月27日讯】（大纪元记者甲乙丙台湾台北报导）书目", ("甲乙丙",), (), ()),
    ("epochtimes", "【大纪元2023年10月27日讯】（香港大纪元记者甲乙丙、丁戊采访报导）书目", ("甲乙丙", "丁戊"), (), ()),
    ("epochtimes", "【大纪元2023年10月27日讯】（大纪元特约记者甲乙丙报道）书目", ("甲乙丙",), (), ()),
    (
        "epochtimes",
        "【大纪元2023年10月27日讯】（英文大纪元记者JANE DOE报导 ／甲乙编译）书目",
        ("JANE DOE",),
        (),
        ("甲乙",),
    ),
    (
        "epochtimes",
        "【大纪元2023年10月27日讯】（英文大纪元专栏作家Jane Q. Doe撰文／甲乙编译）书目",
        ("Jane Q. Doe",),
        (),
        ("甲乙",),
    ),
    ("epochtimes", "【大纪元2023年10月27日讯】（大纪元香港新闻中心报导）书目", (), (), ()),
    ("epochtimes", "【大纪元2023年10月27日讯】（新唐人晚间新闻10月27日完整版）书目", (), (), ()),
    ("cna", "（中央社記者甲乙丙北京28日電）書目", ("甲乙丙",), (), ()),
    ("cna", "（中央社記者甲乙、丙丁戊台北28日電）書目", ("甲乙", "丙丁戊"), (), ()),
    ("cna", "（中央社記者甲乙丙華盛頓28日專電）書目", ("甲乙丙",), (), ()),
    ("cna", "（中央社記者甲乙丙紐約特稿）書目", ("甲乙丙",), (), ()),
    ("cna", "（中央社台北28日電）書目", (), (), ()),
    ("cna", "（中央社紐約28日綜合外電報導）書目", (), (), ()),
]


def people(facts: Facts) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Authors, editors and translators."""
    return facts.authors, facts.editors, facts.translators


@pytest.mark.parametrize(
    ("kind", "line", "authors", "editors", "translators"), LAST_LINES, ids=[f"{row[0]}: {row[1]}" for row in LAST_LINES]
)
def test_a_last_line_names_these_people(
    kind: str, line: str, authors: tuple[str, ...], editors: tuple[str, ...], translators: tuple[str, ...]
) -> None:
    assert people(facts_of(kind, f"<div>{FILLING}<p>{line}</p></div>\n")) == (authors, editors, translators)


@pytest.mark.parametrize(
    ("kind", "line", "authors", "editors", "translators"),
    FIRST_LINES,
    ids=[f"{row[0]}: {row[1]}" for row in FIRST_LINES],
)
def test_a_first_line_names_these_people(
    kind: str, line: str, authors: tuple[str, ...], editors: tuple[str, ...], translators: tuple[str, ...]
) -> None:
    assert people(facts_of(kind, f"<div><p>{line}</p>{FILLING}</div>\n")) == (authors, editors, translators)


REPEATED = (
    "甲乙 ",
    "甲乙、",
    "甲乙/",
    "（",
    "】（大纪元",
    "A ",
    " ",
    "\u3000",
    "／甲、",
    "=",
    "©",
    "记者",
    "（中央社記者甲",
    "責編：",
)


@pytest.mark.parametrize("kind", sorted(PAGES))
def test_no_line_of_credits_takes_long_to_read(kind: str) -> None:
    source: Source = sources()[kind]
    patterns = [source.reporters, source.editors, source.translators, source.dateline, source.tail, source.title_suffix]
    started = time.perf_counter()
    for text in REPEATED:
        for pattern in patterns:
            for _ in pattern.finditer("记者：" + text * 3000) if pattern is not None else ():
                pass
    assert time.perf_counter() - started < LONGEST_SECONDS
