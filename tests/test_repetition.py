"""What an account repeats is set aside across the archive, the same for any order, never the article's own words."""

import random
from collections.abc import Sequence

from beilin.library.repetition import repeated_blocks
from beilin.model.article import Facts, Reading
from beilin.sources.traces import without_blocks
from tests.posts import ACCOUNT, PARAGRAPH, reading_of

BANNER = '<p><img data-src="https://mmbiz.qpic.cn/made-up-banner/640?wx_fmt=gif"></p>'
NOTICE = "<p>加入读碑交流群请先添加管理员，注明所在城市与所读的碑名，本群不收费，也不接受广告，谢谢各位朋友的关注。</p>"
SLOGAN = "<p>每日一碑</p>"
STATEMENT = "<p>只有碑石原文方可视为依据。</p>"


def posts(bodies: Sequence[str], account: str = ACCOUNT) -> list[Reading]:
    """The readings of posts with these bodies, one account's."""
    return [reading_of(number, body, account) for number, body in enumerate(bodies, 1)]


def facts_of(readings: Sequence[Reading]) -> list[Facts]:
    """Their facts."""
    return [reading.facts for reading in readings if reading.facts]


def own(number: int) -> str:
    """Paragraphs that only post `number` has."""
    return "".join(f"<p>第{number}号碑的第{line}行，字口尚清，惟末字泐损，旧拓可补。</p>" for line in range(6))


def set_aside(bodies: Sequence[str]) -> list[list[str]]:
    """The words, or addresses of pictures, that are set aside in each post."""
    readings = posts(bodies)
    numbers = repeated_blocks(facts_of(readings))
    return [
        [reading.blocks[number - 1].text or "picture" for number in numbers.get(f"wechat/{index}.md", ())]
        for index, reading in enumerate(readings, 1)
    ]


def test_a_banner_in_three_posts_of_an_account_is_furniture_and_in_two_is_not() -> None:
    assert set_aside([BANNER + own(number) for number in range(3)]) == [["picture"]] * 3
    assert set_aside([BANNER + own(number) for number in range(2)]) == [[]] * 2


def test_notice_and_slogan_at_the_end_go_and_a_repeated_statement_stays() -> None:
    end = STATEMENT + BANNER + SLOGAN + NOTICE
    for found in set_aside([own(number) + end for number in range(4)]):
        assert len(found) == 3
        assert "只有碑石原文方可视为依据。" not in found


def test_what_is_repeated_in_the_middle_of_the_text_stays() -> None:
    bodies = [own(number) + BANNER + SLOGAN + NOTICE + own(number + 50) * 3 for number in range(4)]
    assert set_aside(bodies) == [[]] * 4


def test_a_line_before_other_text_ends_the_walk_from_the_end() -> None:
    bodies = [own(number) + SLOGAN + f"<p>第{number}号碑到此抄完，下次再抄一号。</p>" for number in range(4)]
    assert set_aside(bodies) == [[]] * 4


def test_captures_of_one_page_are_one_post() -> None:
    page = reading_of(1, BANNER + own(1))
    assert page.facts is not None
    again = [page.facts] * 5
    assert repeated_blocks(again) == {}


def test_accounts_do_not_share_their_banners() -> None:
    readings = [reading_of(number, BANNER + own(number), f"账号{number}") for number in range(5)]
    assert repeated_blocks(facts_of(readings)) == {}


def test_a_post_that_is_nothing_but_repetition_stays_whole() -> None:
    bodies = [BANNER] + [BANNER + own(number) + SLOGAN for number in range(2, 6)]
    found = repeated_blocks(facts_of(posts(bodies)))
    assert "wechat/1.md" not in found
    assert len(found) == 4


def test_the_order_of_captures_makes_no_difference() -> None:
    facts = facts_of(posts([BANNER + own(number) + SLOGAN + NOTICE for number in range(6)]))
    shuffled = random.Random(7).sample(facts, len(facts))  # noqa: S311
    assert repeated_blocks(facts) == repeated_blocks(shuffled)


def test_facts_without_the_blocks_are_those_of_the_capture_without_them() -> None:
    whole, bare = reading_of(1, BANNER + own(1) + SLOGAN), reading_of(1, own(1))
    assert whole.facts is not None
    assert bare.facts is not None
    told = without_blocks(whole.facts, whole.blocks, (1, len(whole.blocks)))
    assert (told.text_sha256, told.characters, told.summary, told.sketch) == (
        bare.facts.text_sha256,
        bare.facts.characters,
        bare.facts.summary,
        bare.facts.sketch,
    )
    assert PARAGRAPH not in told.summary
