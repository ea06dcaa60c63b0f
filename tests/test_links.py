"""Links between the archive's own articles get a second, local goal, and only where it is certain."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from beilin.library.links import find_goals
from tests.posts import PARAGRAPH, post
from tests.samples import article

ROOT = Path(__file__).resolve().parent.parent
LONG = "https://mp.weixin.qq.com/s?__biz=MzA5&amp;mid=22&amp;idx=1&amp;sn=ab&amp;chksm=cd"


def to(words: str, address: str = LONG) -> str:
    """A paragraph with one link."""
    return f'<p>参看<a href="{address}">{words}</a>一文。</p>'


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Tag]]:
    """The links of each article's body, by title, on a site of seven posts."""
    work = tmp_path_factory.mktemp("links")
    captures = {
        "one": post(1, PARAGRAPH, title="辨认残字"),
        "two": post(2, PARAGRAPH, title="同题两篇"),
        "three": post(3, PARAGRAPH * 2, title="同题两篇"),
        "four": post(4, PARAGRAPH, account="别家账号", title="别家的题目"),
        "by-title": post(5, PARAGRAPH + to("辨认残字") + to("《辨认残字》"), title="按题目"),
        "by-address": post(
            6,
            PARAGRAPH
            + to("这里", "http://mp.weixin.qq.com/s/made_up_post_0001?scene=21#wechat_redirect")
            + to("自己", "https://mp.weixin.qq.com/s/made_up_post_0006"),
            title="按地址",
        ),
        "doubtful": post(
            7,
            PARAGRAPH + to("同题两篇") + to("别家的题目") + to("辨认残字", "https://elsewhere.example/?__biz=1"),
            title="存疑",
        ),
    }
    (work / "content").mkdir()
    for name, data in captures.items():
        (work / "content" / f"{name}.md").write_bytes(data)
    command = [sys.executable, "build.py", "--content", work / "content", "--site", work / "site", "--quiet"]
    subprocess.run([*command, "--no-search", "--jobs", "1"], cwd=ROOT, check=True)
    found: dict[str, list[Tag]] = {}
    for page in (work / "site" / "a").glob("*/index.html"):
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        title, body = soup.select_one("h1"), soup.select_one(".article-body")
        assert title is not None
        assert body is not None
        links = body.select("a.inside")
        for link in links:
            assert (page.parent / str(link["href"])).is_file()
        found[title.get_text()] = links
    shutil.rmtree(work)
    return found


def test_a_long_address_is_followed_by_the_exact_title_within_the_account(pages: dict[str, list[Tag]]) -> None:
    assert len(pages["按题目"]) == 2


def test_an_address_is_followed_in_any_of_its_forms_but_never_to_the_page_itself(pages: dict[str, list[Tag]]) -> None:
    assert len(pages["按地址"]) == 1


def test_a_title_of_two_posts_or_of_another_account_or_on_another_host_is_not_followed(
    pages: dict[str, list[Tag]],
) -> None:
    assert pages["存疑"] == []


def test_the_second_goal_says_nothing_and_is_named(pages: dict[str, list[Tag]]) -> None:
    (link,) = pages["按地址"]
    before = link.find_previous_sibling()
    assert link.get_text() == ""
    assert link["aria-label"]
    assert before is not None
    assert before.get("class") == ["outside"]


def test_keys_of_two_articles_stand_for_none() -> None:
    one, two = article(), article(original_url="https://other.example/", natural_id="00000000000")
    assert set(find_goals([one]).values()) == {one.id}
    twin = type(two)("00000000000", 1, two.facts, two.date, is_newest=True, seen_again=())
    assert sorted(find_goals([one, twin]).values()) == sorted([one.id, twin.id])
