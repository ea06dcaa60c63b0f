"""Search on whole built sites, in a real browser, against what the published pages hold."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from beilin.text.folding import fold

ROOT = Path(__file__).parent.parent
NOWHERE = "无此一词甲乙丙丁"


def build(content: Path, folder: Path) -> Path:
    command = [sys.executable, "build.py", "--content", str(content), "--site", str(folder / "site"), "--quiet"]
    subprocess.run([*command, "--drafts"], cwd=ROOT, check=True, capture_output=True)  # leaves the ledger alone
    return folder / "site"


def holding(site: Path, query: str) -> set[str]:
    """Identifiers of the newest articles in which each word of `query` stands in the title or within one block."""
    found = set()
    for line in filter(None, (site / "data/articles.jsonl").read_text("utf-8").split("\n")):
        record = json.loads(line)
        if record["url"] != f"a/{record['id']}/":
            continue
        page = BeautifulSoup((site / record["url"] / "index.html").read_bytes(), "lxml")
        texts = [fold(record["title"]), *(fold(block.get_text()) for block in page.select(".article-body > *"))]
        if all(any(fold(word) in text for text in texts) for word in query.split()):
            found.add(record["id"])
    return found


def search(browser: Browser, address: str, query: str) -> dict[str, str]:
    """Identifier → address of each result, once the search says that it is complete."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}search/?q={quote(query)}")
        page.wait_for_selector("#results[data-total]", state="attached")
        links = page.eval_on_selector_all("#results > li", "items => items.map(e => e.querySelector('a').href)")
        marks = page.eval_on_selector_all("#results > li", "items => items.map(e => e.querySelectorAll('mark').length)")
        assert len(links) == int(page.get_attribute("#results", "data-total") or "-1")
        assert all(marks), "a result without a marked excerpt"
        assert page.inner_text("[role=status]")
        return {link.split("/a/")[1].split("/")[0]: link for link in links}


@pytest.fixture(scope="module")
def seed_site(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds")
    (folder / "content").mkdir()
    for seed in seeds.glob("0*.txt"):
        (folder / "content" / seed.name).write_bytes(seed.read_bytes())
    return build(folder / "content", folder)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT / "content", tmp_path_factory.mktemp("sample"))


@pytest.mark.browser
@pytest.mark.corpus
@pytest.mark.parametrize(
    ("query", "least"),
    [
        ("布林肯", 5),
        ("布林肯國務卿", 3),
        ("第二托马斯滩", 1),
        ("Second Thomas Shoal", 2),
        ("2024年4月25日", 1),
        (NOWHERE, 0),
    ],
)
def test_the_seeds_are_found(
    seed_site: Path, browser: Browser, served: Callable[[Path], str], query: str, least: int
) -> None:
    expected = holding(seed_site, query)
    assert len(expected) >= least
    assert bool(least) == bool(expected)
    found = search(browser, served(seed_site), query)
    assert set(found) == expected


@pytest.mark.browser
@pytest.mark.parametrize("query", ["石经", "石經", "永樂大典", "GB 18030", "1956年1月28日", "拓片 纸", NOWHERE])
def test_the_sample_is_found(sample: Path, browser: Browser, served: Callable[[Path], str], query: str) -> None:
    expected = holding(sample, query)
    assert bool(expected) == (query != NOWHERE)
    assert set(search(browser, served(sample), query)) == expected


@pytest.mark.browser
def test_a_hit_leads_to_its_block(sample: Path, browser: Browser, served: Callable[[Path], str]) -> None:
    address = served(sample)
    (link,) = search(browser, address, "一百一十四块").values()
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(link)
        assert "一百一十四块" in page.inner_text(f"#{link.rpartition('#')[2]}")
