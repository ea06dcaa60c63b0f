"""Real captures come out as clean, searchable, citable articles.

Their texts belong to others, so no sentence of them stands here: what is expected is read from the captures
themselves, by simpler means than the program's own.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from beilin.text.identifiers import identifier_of_url, is_identifier

pytestmark = pytest.mark.corpus

ROOT = Path(__file__).resolve().parent.parent
POSTS, RADIO, PLAIN, PAPER = ("000", "001"), "002", "003", "004"
NUMBERS = (*POSTS, RADIO, PLAIN, PAPER)


@pytest.fixture(scope="module")
def site(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the seeds, which are named so that no name helps."""
    folder = tmp_path_factory.mktemp("seeds")
    (folder / "content").mkdir()
    for number in NUMBERS:
        (seed,) = seeds.glob(f"{number}_*.txt")
        shutil.copyfile(seed, folder / "content" / f"x{number}.txt")
    command = [sys.executable, "build.py", "--content", str(folder / "content"), "--site", str(folder / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site"


def captured(site: Path, number: str) -> str:
    return (site.parent / "content" / f"x{number}.txt").read_text("utf-8-sig")


def record(site: Path, number: str) -> dict[str, object]:
    lines = (site / "data" / "articles.jsonl").read_text("utf-8").split("\n")
    (found,) = (one for one in map(json.loads, filter(None, lines)) if one["capture"] == f"x{number}.txt")
    assert isinstance(found, dict)
    return found


def page(site: Path, number: str) -> BeautifulSoup:
    return BeautifulSoup((site / str(record(site, number)["url"]) / "index.html").read_bytes(), "lxml")


def body(site: Path, number: str) -> Tag:
    (found,) = page(site, number).select("article[lang] .article-body")
    return found


def letters(text: str) -> str:
    """Han characters and Latin letters alone: what no cleaning of spaces and punctuation changes."""
    return re.sub(r"[^\u3400-\u9fffA-Za-z]", "", text)


@pytest.mark.parametrize("number", POSTS)
def test_a_post_has_the_facts_of_its_wrapper(site: Path, number: str) -> None:
    text, found = captured(site, number), record(site, number)
    match = re.search(r"^(.+) by (.+)\n-{6,}$", text, re.M)
    address = re.search(r'<a href="([^"]+)"[^>]*>原文链接</a>\s*\Z', text)
    date = re.search(r"^date: (\S+)$", text, re.M)
    assert match
    assert address
    assert date
    assert (found["kind"], found["lang"], found["published"]) == ("wechat", "zh-Hans", None)
    assert (found["title"], found["source"]) == (match[1], match[2])
    assert found["original_url"] == address[1]
    assert str(found["captured"])[:10] == found["date"] == date[1][:10]
    assert found["tags"] == []


def test_a_radio_page_has_the_facts_of_its_wrapper_and_its_address(site: Path) -> None:
    text, found = captured(site, RADIO), record(site, RADIO)
    match = re.search(r"^\[(.+)\]\((\S+)\)\n-{6,}$", text, re.M)
    assert match
    assert (found["kind"], found["lang"], found["source"]) == ("rfa", "zh-Hans", "自由亚洲电台")
    assert (found["title"], found["original_url"]) == (match[1], match[2])
    moment = re.search(r"-(\d\d)(\d\d)(\d{4})\d{6}\.html", match[2])
    assert moment
    assert found["published"] == found["date"] == f"{moment[3]}-{moment[1]}-{moment[2]}"


def test_a_plain_text_has_the_facts_of_its_first_lines(site: Path) -> None:
    lines = [line.strip() for line in captured(site, PLAIN).split("\n") if line.strip()]
    found = record(site, PLAIN)
    moment = re.match(r"(\d{4})年(\d+)月(\d+)日 (\d\d:\d\d)\s+(\S+)", lines[1])
    assert moment
    day = f"{moment[1]}-{int(moment[2]):02}-{int(moment[3]):02}"
    assert (found["kind"], found["lang"], found["title"], found["source"]) == ("plain", "zh-Hans", lines[0], moment[5])
    assert (found["published"], found["date"]) == (f"{day}T{moment[4]}+08:00", day)
    assert found["captured"] is None
    assert found["original_url"] is None


def test_a_newspaper_page_has_its_dateline_reporter_and_tags(site: Path) -> None:
    text, found = captured(site, PAPER), record(site, PAPER)
    match = re.search(r"^\[(.+)\]\((\S+)\)\n-{6,}$", text, re.M)
    dateline = re.search(r"【大纪元(\d{4})年(\d\d)月(\d\d)日讯】（[^（）]*?记者(\w+?)[综编]?[合译]?报导）", text)
    assert match
    assert dateline
    assert (found["kind"], found["lang"], found["source"]) == ("epochtimes", "zh-Hans", "大纪元")
    assert (found["title"], found["original_url"]) == (match[1], match[2])
    assert found["published"] == found["date"] == f"{dateline[1]}-{dateline[2]}-{dateline[3]}"
    assert any(str(author) in dateline[4] for author in found["authors"])  # type: ignore[attr-defined]
    linked = dict.fromkeys(re.findall(r'<a [^>]*href="[^"]*/gb/tag/[^"]*"[^>]*>([^<]+)</a>', text))
    assert linked
    assert set(found["tags"]) == set(linked) - {"大纪元"}  # type: ignore[call-overload]


@pytest.mark.parametrize("number", [*POSTS, RADIO, PAPER])
def test_identifiers_follow_from_the_addresses(site: Path, number: str) -> None:
    found = record(site, number)
    assert found["id"] == identifier_of_url(str(found["original_url"]))


@pytest.mark.parametrize("number", NUMBERS)
def test_every_word_of_the_body_is_kept(site: Path, number: str) -> None:
    text = captured(site, number)
    if number == PLAIN:
        lines = [line.strip() for line in text.split("\n")]
        wanted = [line for line in lines if len(line) > 40]
    else:
        inside = BeautifulSoup(re.split(r"^-{6,}$", text, maxsplit=1, flags=re.M)[1], "html.parser")
        wanted = [paragraph.get_text() for paragraph in inside.find_all("p")]
    kept = letters(body(site, number).get_text())
    lost = [words for words in map(letters, wanted) if len(words) > 25 and words not in kept]
    assert len(wanted) > 5
    assert [len(words) for words in lost] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_nothing_of_wrapper_and_page_is_left(site: Path, number: str) -> None:
    found = body(site, number)
    for words in ("原文链接", "------", "mp-common-profile", "data-src", "icon-zoom", "zoomattribute", "分享按钮"):
        assert words not in str(found), words
    assert not re.search(r"<!--|NaN|/gb/tag/|请在下方区域|chksm|\n提交\n", str(found))
    assert not found.find_all("script iframe form object embed style link meta base svg math".split())
    attributes = {name for element in found.find_all(True) for name in element.attrs}
    assert not [name for name in attributes if name.startswith(("on", "data-src", "style"))]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_seeds_page_can_be_cited_to_the_paragraph(site: Path, number: str) -> None:
    assert is_identifier(str(record(site, number)["id"]))
    shown = page(site, number)
    assert len(shown.select("h1")) == 1
    assert all(shown.select_one(f".article-body > #p{n}") for n in range(1, 5))
    assert shown.select_one('[data-citation-style="gb7714-2025"]')
    assert len(shown.select("a[download][type]")) >= 3


def test_a_picture_has_its_caption_and_its_credit(site: Path) -> None:
    text = captured(site, RADIO)
    caption = re.search(r'class="lead_image_caption">([^<]+)<', text)
    credit = re.search(r'class="copyright">([^<]+)<', text)
    assert caption
    assert credit
    figure = body(site, RADIO).find("figure")
    assert isinstance(figure, Tag)
    legend = figure.find("figcaption")
    assert isinstance(legend, Tag)
    assert letters(caption[1]) in letters(legend.get_text())
    assert letters(credit[1]) in letters(legend.get_text())


def test_the_english_half_has_its_language(site: Path) -> None:
    lines = [" ".join(line.split()) for line in captured(site, PLAIN).split("\n")]
    english = [line for line in lines if len(line) > 60 and not re.search(r"[\u3400-\u9fff]|://", line)]
    assert english
    shown = [block.get_text() for block in body(site, PLAIN).select('[lang^="en"]')]
    assert [line for line in english if line not in shown] == []


def test_headings_are_headings(site: Path) -> None:
    inside = BeautifulSoup(captured(site, PAPER), "html.parser")
    assert len(body(site, PAPER).find_all(["h2", "h3"])) == len(inside.find_all(["h2", "h3"])) == 2
