"""How the search index is cut."""

import hashlib
from dataclasses import replace
from random import Random

from beilin.library.shards import FEWEST_CHARACTERS, MOST_CHARACTERS, Member, cut


def members(count: int, seed: int = 1) -> list[Member]:
    source = Random(seed)  # noqa: S311 - draws test data
    made = []
    for number in range(count):
        name = hashlib.sha256(f"{seed}/{number}".encode()).hexdigest()[:11]
        date = f"20{source.randrange(10, 25)}-{source.randrange(1, 13):02}-{source.randrange(1, 29):02}"
        made.append(Member(name, date if source.random() > 0.05 else None, source.randrange(200, 20_000), name))
    return made


def keys(those: list[Member]) -> set[str]:
    return {shard.key for shard in cut(those, "1")}


def test_the_order_of_arrival_does_not_matter() -> None:
    those = members(2_000)
    shuffled = list(those)
    Random(2).shuffle(shuffled)  # noqa: S311 - any other order
    assert cut(those, "1") == cut(shuffled, "1")


def test_shards_hold_every_article_once_in_order_of_date() -> None:
    those = members(2_000)
    cut_members = [member for shard in cut(those, "1") for member in shard.members]
    assert cut_members == sorted(those, key=lambda member: (member.date or "", member.id))
    assert cut_members[0].date is None


def test_shards_keep_within_the_bounds() -> None:
    sizes = [sum(member.characters for member in shard.members) for shard in cut(members(3_000), "1")]
    assert len(sizes) > 5
    assert all(FEWEST_CHARACTERS <= size <= MOST_CHARACTERS for size in sizes[:-1])
    assert sizes[-1] <= MOST_CHARACTERS


def test_an_article_longer_than_a_shard_stands_alone() -> None:
    giant = Member("giant", "2020-01-01", MOST_CHARACTERS * 2, "x")
    shards = cut([Member("a", "2019-01-01", 10, "a"), giant, Member("b", "2021-01-01", 10, "b")], "1")
    assert [[member.id for member in shard.members] for shard in shards] == [["a"], ["giant"], ["b"]]


def test_a_newest_article_touches_the_last_shard_only() -> None:
    those = members(3_000)
    before = cut(those, "1")
    after = cut([*those, Member("newest", "2030-01-01", 2_000, "x")], "1")
    assert before[:-1] == after[: len(before) - 1]


def test_one_more_article_touches_at_most_two_shards_as_a_rule() -> None:
    those = members(3_000)
    before = keys(those)
    touched = [len(keys([*those, more]) - before) for more in members(100, seed=7)]
    assert sum(count == 1 for count in touched) >= 90
    assert sum(count <= 2 for count in touched) >= 97


def test_another_text_scheme_or_version_gives_another_key() -> None:
    those = members(10)
    changed = [replace(those[0], digest="other"), *those[1:]]
    assert len({cut(those, "1")[0].key, cut(changed, "1")[0].key, cut(those, "2")[0].key}) == 3


def test_no_articles_make_no_shards() -> None:
    assert cut([], "1") == ()
