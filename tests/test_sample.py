"""The sample archive comes out as its captures say, and opens in a browser."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Expected:
    """What a capture of the sample says of itself, read by eye."""

    kind: str
    title: str
    source: str
    published: str | None
    captured: str | None
    lang: str
    original_url: str | None
    tags: str = ""
    headings: int = 0
    tables: int = 0
    listings: int = 0
    figures: int = 0


POSTS, STONE, BELL = (
    "https://mp.weixin.example/s/",
    "https://www.stone-drum.example/",
    "https://www.bell-and-drum.example/",
)

SAMPLE = {
    "feeds/2018/2018-06-19-从邸报说起：古人怎样读到昨天的消息.md": Expected(
        *("epochtimes", "从邸报说起：古人怎样读到昨天的消息", "钟鼓示例报", "2018-06-19", None, "zh-Hans"),
        BELL + "gb/18/6/19/n10496033.htm",
        headings=2,
        tags="邸报 报纸 印刷术 藏经洞",
    ),
    "feeds/2019/2019-10-10-熹平石經：太學門外的一千多輛車.md": Expected(
        *("rfa", "熹平石經：太學門外的一千多輛車", "石鼓示例台", "2019-10-09", "2019-10-10T03:27:50.077Z", "zh-Hant"),
        STONE + "cantonese/wenhua/6-10092019111240.html",
        headings=1,
        figures=1,
        tags="熹平石经",
    ),
    "feeds/2020/2020-02-02-標點符號一百年.md": Expected(
        *("epochtimes", "標點符號一百年", "钟鼓示例报", "2020-02-02", None, "zh-Hant"),
        BELL + "b5/20/2/2/n11838210.htm",
        headings=2,
        tags="標點 漢字",
    ),
    "feeds/2020/2020-06-23-藏经洞打开一百二十年：散在各地的卷子怎样重聚.md": Expected(
        *("rfa", "藏经洞打开一百二十年：散在各地的卷子怎样重聚", "石鼓示例台", "2020-06-22"),
        *("2020-06-23T00:41:09.902Z", "zh-Hans", STONE + "mandarin/wenhua/6-06222020081507.html"),
        headings=2,
        figures=1,
        tags="藏经洞 莫高窟 国际敦煌项目 斯坦因 伯希和",
    ),
    "feeds/2021/2021-01-28-六十五年前的今天：《汉字简化方案》通过.md": Expected(
        *("rfa", "六十五年前的今天：《汉字简化方案》通过", "石鼓示例台", "2021-01-28", None, "zh-Hans"),
        STONE + "mandarin/wenhua/6-01282021060030.html",
        headings=1,
        figures=1,
        tags="藏经洞 熹平石经",
    ),
    "feeds/2021/2021-10-13-天一閣：四百多年不散的書.md": Expected(
        *("epochtimes", "天一閣：四百多年不散的書", "钟鼓示例报", "2021-10-13", None, "zh-Hant"),
        BELL + "b5/21/10/13/n13301561.htm",
        headings=2,
        tags="天一阁 藏書樓 四库全书 藏書",
    ),
    "feeds/2023/2023-05-12-868年的《金刚经》：一本知道生日的书.md": Expected(
        *(
            "rfa",
            "868年的《金刚经》：一本知道生日的书",
            "石鼓示例台",
            "2023-05-11",
            "2023-05-12T02:14:33.518Z",
            "zh-Hans",
        ),
        STONE + "mandarin/Xinwen/6-05112023093015.html",
        headings=1,
        figures=1,
        tags="莫高窟 藏经洞",
    ),
    "feeds/2023/2023-11-03-毕昇的泥活字：印两三本不省事，印成百上千才快.md": Expected(
        *("epochtimes", "毕昇的泥活字：印两三本不省事，印成百上千才快", "钟鼓示例报", "2023-11-03", None, "zh-Hans"),
        BELL + "gb/23/11/3/n14108812.htm",
        headings=2,
        figures=1,
        tags="活字 梦溪笔谈 雕版 印刷术 毕昇 沈括",
    ),
    "notes/中文排版的行首与行尾.md": Expected(
        *("markdown", "中文排版的行首与行尾", "版心示例站", "2024-06-18", None, "zh-Hans"),
        "https://banxin.example/typesetting/line-start-and-end/",
        headings=3,
        tables=1,
        listings=1,
        tags="排版 汉字 印刷术 长期保存",
    ),
    "notes/紙的一千九百年.md": Expected(
        *("markdown", "紙的一千九百年", "紙史示例館", "2018-04-21", None, "zh-Hant"),
        "https://zhishi.example/2018/04/1900-years-of-paper.html",
        headings=2,
        tables=1,
        listings=1,
        tags="蔡伦",
    ),
    "pages/2022/申報一百五十年.htm": Expected(
        *("html", "《申報》一百五十年", "申江示例館", "2022-04-30", None, "zh-Hant"),
        "https://www.shenjiang.example/baoshi/shenbao.htm",
        headings=2,
        figures=1,
        tags="報紙 上海 影印 申报（报纸）",
    ),
    "pages/2023/GB 18030：把汉字都装进来 - 字与码示例志.html": Expected(
        *("html", "GB 18030：把汉字都装进来", "字与码示例志", "2023-08-01T09:00:00+08:00", None, "zh-Hans"),
        "https://www.zima.example/2023/08/gb18030.html",
        headings=2,
        tables=1,
        figures=1,
        tags="汉字 编码",
    ),
    "pages/2025/网页会消失，存档要趁早.html": Expected(
        *("html", "网页会消失，存档要趁早", "存网示例刊", "2025-11-05T08:30:00+08:00", None, "zh-Hans"),
        "https://cunwang.example/articles/2025/11/link-rot/",
        headings=2,
        figures=1,
        tags="网页存档 长期保存 互联网档案馆",
    ),
    "plain/位址會變_名字不變_談談DOI.txt": Expected(
        *("plain", "位址會變，名字不變：談談 DOI", "書目示例網", "2017-11-08T14:05+08:00", None, "zh-Hant", None),
        tags="DOI",
    ),
    "plain/缩微胶片_报纸的另一条命.txt": Expected(
        *("plain", "缩微胶片：报纸的另一条命", "缩影示例网", "2019-05-06T09:30+08:00", None, "zh-Hans", None)
    ),
    "wechat/0e6b27cd-从_直_字说起_一个码位_几种写法.md": Expected(
        *("wechat", '从"直"字说起：一个码位，几种写法', "字与码示例号", None, "2023-10-20T08:05:31Z", "zh-Hans"),
        POSTS + "UcGePp8_8WWdWeT7Oao-74",
        headings=2,
        listings=3,
    ),
    "wechat/2020-05/《永乐大典》还剩多少册.md": Expected(
        *("wechat", "《永乐大典》还剩多少册", "碑林示例号", None, "2020-05-18T06:22:47Z", "zh-Hans"),
        POSTS + "VQY0nK42vNvoJXBRhcrTWz",
        figures=1,
        tags="永乐大典 四库全书",
    ),
    "wechat/2020-11/《永乐大典》还剩多少册.md": Expected(
        *("wechat", "《永乐大典》还剩多少册", "碑林示例号", None, "2020-11-23T11:09:03Z", "zh-Hans"),
        POSTS + "VQY0nK42vNvoJXBRhcrTWz",
        figures=1,
        tags="永乐大典 四库全书",
    ),
    "wechat/5d0c81e2-碑林_一座用石头刻成的书库.md": Expected(
        *("wechat", "碑林：一座用石头刻成的书库", "碑林示例号", None, "2024-03-15T02:11:09Z", "zh-Hans"),
        POSTS + "o-ljD19jaxbN-dBMsqR6Z6",
        headings=5,
        tables=1,
        figures=1,
        tags="开成石经 西安碑林 熹平石经",
    ),
    "wechat/7c15ae02-王祯的轮盘_木活字怎样拣字.md": Expected(
        *("wechat", "王祯的轮盘：木活字怎样拣字", "碑林示例号", None, "2024-05-11T03:20:44Z", "zh-Hans"),
        POSTS + "Wz1298LunPanMuHuoZi_2024",
        headings=3,
        figures=1,
        tags="毕昇",
    ),
    "wechat/93d4f06a-校验和能告诉我们什么_不能告诉我们什么.md": Expected(
        *("wechat", "校验和能告诉我们什么，不能告诉我们什么", "字与码示例号", None, "2022-11-07T01:32:18Z", "zh-Hans"),
        POSTS + "SAq2VW0ylLDod1DNBvgDkM",
        headings=2,
        listings=1,
    ),
    "wechat/b7f3a914-一张拓片是怎样得来的.md": Expected(
        *("wechat", "一张拓片是怎样得来的", "金石旬刊（示例）", None, "2021-09-02T13:40:55Z", "zh-Hans"),
        POSTS + "A-uLyi3UYWnmvnWC7Q15wI",
        headings=3,
        figures=2,
        tags="藏经洞",
    ),
}
"""Every capture of `content/` but the one that `site.toml` expects to hold nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive's site, built from a copy of it."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "content", folder / "content")
    command = [sys.executable, "build.py", "--content", str(folder / "content"), "--site", str(folder / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site"


def records(site: Path) -> dict[str, dict[str, object]]:
    lines = (site / "data" / "articles.jsonl").read_text("utf-8").split("\n")
    return {record["capture"]: record for record in map(json.loads, filter(None, lines))}


def body_of(site: Path, capture: str) -> Tag:
    page = BeautifulSoup((site / str(records(site)[capture]["url"]) / "index.html").read_bytes(), "lxml")
    body = page.select_one(".article-body")
    assert body is not None
    return body


def test_every_capture_of_the_sample_is_expected(site: Path) -> None:
    assert set(records(site)) == set(SAMPLE)


@pytest.mark.parametrize("capture", SAMPLE)
def test_the_facts_of_a_sample_capture_come_out_right(site: Path, capture: str) -> None:
    record, expected = records(site)[capture], SAMPLE[capture]
    for name in ("kind", "title", "source", "published", "captured", "lang", "original_url"):
        assert record[name] == getattr(expected, name), name
    assert record["tags"] == expected.tags.split()


@pytest.mark.parametrize("capture", SAMPLE)
def test_the_structure_of_a_sample_capture_comes_out_right(site: Path, capture: str) -> None:
    body, expected = body_of(site, capture), SAMPLE[capture]
    assert len(body.select("h2, h3, h4, h5, h6")) == expected.headings
    assert len(body.select("table")) == expected.tables
    assert len(body.select("pre")) == expected.listings
    assert len(body.select("figure")) == expected.figures


@pytest.mark.parametrize("capture", SAMPLE)
def test_no_furniture_is_left_in_a_sample_article(site: Path, capture: str) -> None:
    body = body_of(site, capture)
    for words in (
        "原文链接",
        " by 碑",
        " by 字",
        "------",
        "icon-zoom",
        "分享按钮",
        "請在下方區域",
        "登录后发表评论",
        "dataLayer",
        "回首頁",
    ):
        assert words not in str(body), words


def test_text_that_looks_like_markup_is_kept(site: Path) -> None:
    body = body_of(site, "wechat/0e6b27cd-从_直_字说起_一个码位_几种写法.md")
    assert "<font_name>" in body.get_text()
    listings = [listing.get_text() for listing in body.select("pre")]
    assert '<p lang="zh-Hans">直</p>\n<p lang="ja">直</p>' in listings[2]
    assert listings[0].splitlines()[-1].startswith("    print(")


def test_characters_beyond_the_basic_plane_survive_an_old_encoding(site: Path) -> None:
    body = body_of(site, "pages/2023/GB 18030：把汉字都装进来 - 字与码示例志.html")
    assert "\u3402" in body.get_text()
    assert "\U00020bb7" in body.get_text()


def test_english_halves_have_their_language(site: Path) -> None:
    for capture in ("plain/缩微胶片_报纸的另一条命.txt", "wechat/b7f3a914-一张拓片是怎样得来的.md"):
        english = [block for block in body_of(site, capture).select("[lang]") if str(block["lang"]).startswith("en")]
        assert len(english) >= 3


PRESS = "wechat/7c15ae02-王祯的轮盘_木活字怎样拣字.md"


def test_an_account_s_banner_and_calls_are_set_aside_and_its_older_posts_folded(site: Path) -> None:
    body = body_of(site, PRESS)
    older = body.select_one("details.older")
    assert "欢迎长按二维码关注我们" not in body.get_text()
    assert "mmbiz_gif" not in str(body)
    assert older is not None
    assert [link.get_text() for link in older.select("a.outside")] == [
        "《永乐大典》还剩多少册",
        "碑林：一座用石头刻成的书库",
    ]


def test_links_to_what_the_archive_holds_have_a_local_goal(site: Path) -> None:
    goals = {str(link["href"]).split("/")[-2] for link in body_of(site, PRESS).select("a.inside")}
    found = records(site)
    assert goals == {
        str(found["wechat/2020-11/《永乐大典》还剩多少册.md"]["id"]),
        str(found["wechat/5d0c81e2-碑林_一座用石头刻成的书库.md"]["id"]),
    }


def test_a_formula_is_shown_and_stays_readable_as_tex(site: Path) -> None:
    body = body_of(site, PRESS)
    assert r"n = \frac{\pi r^{2}}{d^{2}}" in body.get_text()
    assert len(body.select("math mfrac")) == 1


def test_a_name_s_page_shows_what_else_it_is_called(site: Path) -> None:
    page = BeautifulSoup((site / "tag" / "熹平石经" / "index.html").read_bytes(), "lxml")
    assert "熹平石經" in page.get_text() or "汉石经" in page.get_text()
    assert len(page.select("main article, main li article, main ol > li")) >= 3


def test_two_captures_of_a_post_are_two_versions(site: Path) -> None:
    found = records(site)
    old, new = (found[f"wechat/{month}/《永乐大典》还剩多少册.md"] for month in ("2020-05", "2020-11"))
    assert old["id"] == new["id"]
    assert (old["version"], new["version"]) == (1, 2)
    assert (site / "a" / str(new["id"]) / "v1" / "index.html").is_file()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ["", "ARTICLE", "search/?q=石經", "tag/", "date/2023/"])
def test_pages_open_without_errors_and_without_scrolling_sideways(
    site: Path, browser: Browser, served: Callable[[Path], str], address: str, width: int
) -> None:
    base = served(site)
    article = str(records(site)["wechat/5d0c81e2-碑林_一座用石头刻成的书库.md"]["url"])
    context = browser.new_context(viewport={"width": width, "height": 800}, service_workers="block")
    page = context.new_page()
    said: list[str] = []
    strangers: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request", lambda request: None if request.url.startswith((base, "data:")) else strangers.append(request.url)
    )
    page.goto(base + quote(address.replace("ARTICLE", article), safe="/?="), wait_until="networkidle")
    if address.startswith("search"):
        page.wait_for_selector("#results[data-total]", timeout=20_000)
        assert page.locator("#results > li").count() > 0
        assert page.locator("#results mark").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert said == []
    assert strangers == []
    context.close()
