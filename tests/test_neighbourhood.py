"""What one capture's fate does to the rest of the site: withdrawal, a lost ledger, a repost."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from beilin.command import main

TITLE = "青石的来历"
TEXT = "".join(
    f"第{number}块青石从山里运到城里，刻工在石上刻了{number * 7}个字，立在太学门外。" for number in range(1, 25)
)


def capture(title: str, url: str, text: str = TEXT) -> str:
    return f"---\ntitle: {title}\nsource: 石刻示例刊\nfrom: {url}\ndate: 2024-05-06\n---\n<p>{text}</p>\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.html").write_text(capture(TITLE, "https://a.example/1"), "utf-8")
    (tmp_path / "content/b.html").write_text(capture("旧报", "https://b.example/2", "旧报的纸发脆了。" * 40), "utf-8")
    assert build(tmp_path) == 0
    return tmp_path


def build(archive: Path) -> int:
    folders = ["--content", str(archive / "content"), "--site", str(archive / "site")]
    return main(["build", *folders, "--jobs", "1", "--quiet"])


def addresses(archive: Path) -> dict[str, str]:
    lines = (archive / "site/data/articles.jsonl").read_text("utf-8").split("\n")
    return {record["capture"]: record["url"] for record in map(json.loads, filter(None, lines))}


def test_a_withdrawal_for_privacy_shows_nothing_of_text_and_title_anywhere(archive: Path) -> None:
    url = addresses(archive)["a.html"]
    (archive / "content/a.html").unlink()
    assert build(archive) == 0
    assert TITLE in (archive / "site" / url / "index.html").read_text("utf-8")
    ledger = archive / "content/permalinks.jsonl"
    lines = ledger.read_text("utf-8")
    assert lines.count('"reason": ""') == 1
    ledger.write_text(lines.replace('"reason": ""', '"reason": "privacy"'), "utf-8")
    assert build(archive) == 0
    page = (archive / "site" / url / "index.html").read_text("utf-8")
    assert "个人隐私" in page
    for path in (archive / "site").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert TITLE.encode() not in data, path
            assert TEXT[:20].encode() not in data, path
            assert b"a.example" not in data, path


def test_a_lost_ledger_is_said_and_loses_no_address(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = addresses(archive)
    (archive / "content/permalinks.jsonl").unlink()
    assert build(archive) == 0
    assert "permalinks.jsonl:1: ledger-missing:" in capsys.readouterr().err
    assert addresses(archive) == before


def test_the_same_text_under_another_address_is_linked_as_a_repost(archive: Path) -> None:
    (archive / "content/c.html").write_text(
        capture("青石从哪里来", "https://c.example/3", TEXT + "本刊转载。"), "utf-8"
    )
    assert build(archive) == 0
    found = addresses(archive)
    for one, other in (("a.html", "c.html"), ("c.html", "a.html")):
        page = BeautifulSoup((archive / "site" / found[one] / "index.html").read_bytes(), "lxml")
        links = [str(link["href"]) for link in page.select("section[aria-labelledby=reposts] a")]
        assert links == [f"../../{found[other]}index.html"]
    page = BeautifulSoup((archive / "site" / found["b.html"] / "index.html").read_bytes(), "lxml")
    assert page.select("section[aria-labelledby=reposts]") == []
