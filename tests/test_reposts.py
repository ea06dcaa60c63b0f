"""Reposts are found whatever was edited a little, standing text is none, and the order of articles does not matter."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beilin.library.reposts import MOST_PRINTINGS, MOST_REPOSTS, Entry, Repost, find_reposts, groups_of
from beilin.text.sketches import sketch
from beilin.text.traditional import USUAL_SIMPLIFIED, USUAL_TRADITIONAL

CHARACTERS = "石碑林拓片经文刻工书库城墙考古版本校勘字纸张印刷活抄目录编号残修补年代题记山水人家天地日月风雨门户"
_WORD_CHANCE = random.Random(0)  # noqa: S311 - the same words every time
WORDS = ["".join(_WORD_CHANCE.choices(CHARACTERS, k=_WORD_CHANCE.choice((1, 2, 2, 2, 3, 4)))) for _ in range(3000)]
WEIGHTS = [1 / rank for rank in range(1, len(WORDS) + 1)]
"""As in any language: the n-th commonest word is n times as rare as the commonest."""

ARTICLES = 150


def sentences(seed: int, number: int = 30) -> list[str]:
    """Made-up sentences of some twenty characters, the same for one seed."""
    chance = random.Random(seed)  # noqa: S311
    return ["".join(chance.choices(WORDS, WEIGHTS, k=chance.randint(6, 16))) + "，" for _ in range(number)]


def entry(number: int, text: Sequence[str], **changes: object) -> Entry:
    """An article of an outlet of its own, unless `changes` say otherwise."""
    made = Entry(
        id=f"{number:05}",
        source=f"outlet {number}",
        title=f"title {number}",
        date=f"2020-{1 + number % 12:02}",
        characters=sum(map(len, text)),
        sketch=sketch(text),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def rewritten(text: list[str], share: float, seed: int) -> list[str]:
    """`text` with a share of its sentences taken from elsewhere."""
    chance = random.Random(seed)  # noqa: S311
    places = set(chance.sample(range(len(text)), round(share * len(text))))
    other = sentences(1_000_000 + seed, len(text))
    return [other[place] if place in places else line for place, line in enumerate(text)]


def misprinted(text: list[str], share: float, seed: int) -> list[str]:
    """`text` with a share of its characters replaced, here and there."""
    chance = random.Random(seed)  # noqa: S311
    return [
        "".join(chance.choice(CHARACTERS) if chance.random() < share else letter for letter in line) for line in text
    ]


def pairs(found: dict[str, tuple[Repost, ...]]) -> set[frozenset[str]]:
    """The pairs that were found."""
    return {frozenset((one, other.id)) for one, others in found.items() for other in others}


@pytest.mark.parametrize(
    ("edit", "share", "least_recall"),
    [
        (rewritten, 0.0, 1.0),
        (rewritten, 0.05, 1.0),
        (rewritten, 0.1, 1.0),
        (rewritten, 0.2, 0.99),
        (rewritten, 0.3, 0.9),
        (rewritten, 0.4, 0.4),
        (misprinted, 0.05, 1.0),
        (misprinted, 0.1, 0.95),
        (misprinted, 0.2, 0.02),
    ],
)
def test_planted_reposts_are_found_and_nothing_else(
    edit: Callable[[list[str], float, int], list[str]], share: float, least_recall: float
) -> None:
    texts = [sentences(number) for number in range(ARTICLES)]
    originals = [entry(number, text) for number, text in enumerate(texts)]
    planted = [entry(1000 + number, edit(text, share, number)) for number, text in enumerate(texts)]
    found = pairs(find_reposts([*originals, *planted]))
    expected = {frozenset((one.id, other.id)) for one, other in zip(originals, planted, strict=True)}
    assert len(found & expected) >= least_recall * len(expected)
    assert found <= expected


def test_a_text_in_the_other_script_with_other_punctuation_is_the_same_text() -> None:
    text = sentences(1)
    other = "".join(text).replace("，", "。\n　　").translate(str.maketrans(USUAL_SIMPLIFIED, USUAL_TRADITIONAL))
    assert find_reposts([entry(1, text), entry(2, [other])]) == {
        "00001": (Repost("00002", 1.0),),
        "00002": (Repost("00001", 1.0),),
    }


@st.composite
def archives(draw: st.DrawFn) -> list[Entry]:
    """Articles that share some of their sentences, by a few sources."""
    found = []
    for number in range(draw(st.integers(0, 14))):
        common, own = draw(st.integers(0, 20)), draw(st.integers(0, 20))
        found.append(
            entry(
                number,
                sentences(draw(st.integers(0, 1)), common) + sentences(10 + draw(st.integers(0, 3)), own),
                source=draw(st.sampled_from(["", "one", "two"])),
                title=draw(st.sampled_from(["西安的碑林", "西安的 碑林！", "石刻", "拓片"])),
                date=draw(st.sampled_from([None, "2020", "2020-05-06"])),
                is_video=draw(st.booleans()),
            )
        )
    return found


@settings(max_examples=50)
@given(archives(), st.randoms(use_true_random=False))
def test_the_order_of_articles_makes_no_difference(archive: list[Entry], chance: random.Random) -> None:
    found = find_reposts(archive)
    shuffled = archive[:]
    chance.shuffle(shuffled)
    assert list(find_reposts(shuffled).items()) == list(found.items())
    assert list(groups_of(found)) == list(groups_of(dict(sorted(found.items(), reverse=True))))


@settings(max_examples=50)
@given(archives())
def test_reposts_are_mutual_and_ordered(archive: list[Entry]) -> None:
    ages = {one.id: (one.date is None, one.date or "", one.id) for one in archive}
    found = find_reposts(archive)
    for identifier, others in found.items():
        assert others
        assert len(others) <= MOST_REPOSTS
        assert identifier not in [other.id for other in others]
        assert list(others) == sorted(others, key=lambda other: (-other.similarity, ages[other.id]))
        for other in others:
            back = found[other.id]
            assert Repost(identifier, other.similarity) in back or len(back) == MOST_REPOSTS
    groups = list(groups_of(found))
    assert sorted(one for group in groups for one in group) == sorted(found)


def test_what_many_articles_of_a_source_hold_is_no_repost() -> None:
    standing = sentences(1, 30)
    channel = [entry(number, standing + sentences(100 + number, 30), source="channel") for number in range(40)]
    assert find_reposts(channel) == {}
    # the same standing text does not hide what is a repost
    repost = entry(1000, [*sentences(103, 30), *sentences(2, 3)])
    assert pairs(find_reposts([*channel, repost])) == {frozenset((channel[3].id, repost.id))}


def test_a_text_that_many_outlets_repost_is_no_standing_text() -> None:
    text = sentences(1)
    archive = [entry(number, rewritten(text, 0.1, number)) for number in range(60)]
    found = find_reposts(archive)
    assert list(groups_of(found)) == [tuple(one.id for one in archive)]
    assert {len(others) for others in found.values()} == {MOST_REPOSTS}


def test_a_text_that_one_source_printed_once_is_no_standing_text_however_often_it_was_captured() -> None:
    once = [entry(number, sentences(1), source="one", title="西安的碑林", date="2020") for number in range(20)]
    assert set(find_reposts(once)) == {one.id for one in once}
    bulletin = [replace(one, date=f"2020-01-{number:02}") for number, one in enumerate(once, 1)]
    assert find_reposts(bulletin[:MOST_PRINTINGS])
    assert find_reposts(bulletin) == {}


def test_within_a_source_texts_under_other_titles_must_be_nearly_the_same() -> None:
    original = entry(1, sentences(1), source="one", title="西安的碑林")
    part = entry(2, rewritten(sentences(1), 0.25, 2), source="one", title="西安的碑林（二）")
    retitled = entry(2, sentences(1), source="one", title="石刻")
    assert find_reposts([original, part]) == {}
    assert find_reposts([original, replace(part, source="two")])
    assert find_reposts([original, replace(part, title="西安的「碑林」")])
    assert find_reposts([original, retitled])


def test_under_one_title_half_the_text_is_enough_unless_the_title_says_nothing() -> None:
    half = rewritten(sentences(1), 0.5, 2)
    original, edited = entry(1, sentences(1), title="西安的碑林"), entry(2, half, title="西安的碑林")
    assert find_reposts([original, edited])
    assert find_reposts([original, replace(edited, title="石刻")]) == {}
    assert find_reposts([replace(original, title="早报"), replace(edited, title="早报")]) == {}


def test_videos_under_other_titles_are_no_reposts() -> None:
    described = entry(1, sentences(1), title="西安的碑林", is_video=True)
    other = entry(2, sentences(1), is_video=True)
    assert find_reposts([described, other]) == {}
    assert find_reposts([described, replace(other, title=described.title)])


def test_texts_too_short_to_be_told_apart_are_left_alone() -> None:
    short = ["".join(sentences(1))[:199]]
    assert find_reposts([entry(1, short), entry(2, short)]) == {}
    assert find_reposts([entry(1, []), entry(2, [])]) == {}


def test_an_article_within_a_much_longer_one_is_no_repost() -> None:
    text = sentences(1)
    assert find_reposts([entry(1, text), entry(2, [*text, *sentences(2, 120)])]) == {}


def test_a_crowd_of_like_texts_costs_no_square() -> None:
    """Where all are alike, each is compared with few others, and still every one is joined to the rest."""
    text = sentences(1, 60)
    archive = [entry(number, rewritten(text, 0.15, number)) for number in range(400)]
    found = find_reposts(archive)
    assert len(found) == len(archive)
    assert len(list(groups_of(found))) == 1


def test_no_pair_of_unlike_texts_is_near() -> None:
    archive = [entry(number, sentences(number, 12)) for number in range(300)]
    assert find_reposts(archive) == {}
    assert len(list(combinations(archive, 2))) == 44_850
