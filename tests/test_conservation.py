"""No word of a capture is lost: what its reader saw is published, in order and once, or listed as set aside.

How much is published is pinned for each kind of source in floors.toml; lowering a floor is a decision, and needs its
reason in the commit.
"""

import ast
import hashlib
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import casebook
import pytest
from conservation import Account, account
from printed import printed

from beilin.model.article import Block, Reading, Removal
from beilin.model.site import Site
from beilin.sources.reading import read
from beilin.sources.registry import kinds
from beilin.store.captures import CAPTURE_SUFFIXES

TESTS = Path(__file__).parent
CONTENT = TESTS.parent / "content"
FLOORS: dict[str, dict[str, float]] = tomllib.loads((TESTS / "floors.toml").read_text("utf-8"))
Accounts = dict[str, list[tuple[Path, Account]]]


def _accounts(paths: Iterable[Path]) -> Accounts:
    """The accounts of the captures that are published, by kind; the others are named with their reason, and whole."""
    found: Accounts = {}
    for path in paths:
        data = path.read_bytes()
        reading = read(path.name, data, hashlib.sha256(data).hexdigest(), Site())
        if reading.facts is not None:
            found.setdefault(reading.facts.kind, []).append((path, account(printed(data), reading)))
    assert found, "no capture to read"
    return found


@pytest.fixture(scope="module")
def own() -> Accounts:
    """Of the golden cases and the sample archive."""
    cases = [path for folder in casebook.folders() for path in casebook.captures_in(folder)]
    sample = sorted(path for path in CONTENT.rglob("*") if path.suffix in CAPTURE_SUFFIXES)
    return _accounts([*cases, *sample])


@pytest.fixture(scope="module")
def real(corpus: Path) -> Accounts:
    return _accounts(sorted(corpus.rglob("*.md")))


def _faults(accounts: Accounts) -> list[str]:
    return [f"{path.name}: {each.faults}" for many in accounts.values() for path, each in many if each.faults]


def _below_floor(accounts: Accounts, floors: dict[str, float]) -> dict[str, str]:
    shares = {
        kind: sum(each.kept for _, each in many) / max(1, sum(each.visible for _, each in many))
        for kind, many in accounts.items()
    }
    return {kind: f"{share:.4f} of the text" for kind, share in shares.items() if share < floors.get(kind, 1.01)}


def test_every_word_of_our_own_captures_is_published_once_in_order_or_listed(own: Accounts) -> None:
    assert _faults(own) == []


def test_no_kind_keeps_less_of_our_own_captures_than_its_floor(own: Accounts) -> None:
    assert _below_floor(own, FLOORS["own"]) == {}


def test_every_kind_has_a_floor_and_every_floor_a_kind(own: Accounts) -> None:
    assert set(own) == set(FLOORS["own"]) == kinds()
    assert set(FLOORS["real"]) <= kinds()


@pytest.mark.corpus
def test_every_word_of_the_real_captures_is_published_once_in_order_or_listed(real: Accounts) -> None:
    assert _faults(real) == []


@pytest.mark.corpus
def test_no_kind_keeps_less_of_the_real_captures_than_its_floor(real: Accounts) -> None:
    assert _below_floor(real, FLOORS["real"]) == {}


PAGE = """---
title: "印刷所的钟"
---
<div><p>印刷所的墙上挂着一座<b>老</b>钟，每天慢三分钟。</p><script>var clock = "坏";</script>
<figure><img src="https://press.example/clock.jpg" alt="钟面"><figcaption>钟面上没有数字。</figcaption></figure>
<p>排字工人不看它，只听机器的声音。</p><p>第二年春天，钟不见了。</p>
<p>墙上留下一块白，第二年春天也没有人补。</p><p>分享到朋友圈</p></div>
"""
NAMES = ("墙上挂着", "没有数字", "只听机器", "钟不见了", "一块白", "分享到")


@pytest.fixture
def clock() -> Reading:
    """A reading of `PAGE` in which every block but the last, which is listed, is published."""
    data = PAGE.encode()
    reading = read("clock.md", data, hashlib.sha256(data).hexdigest(), Site())
    assert [name in block.text for name, block in zip(NAMES, reading.blocks, strict=True)] == [True] * len(NAMES)
    *rest, last = reading.blocks
    return replace(reading, blocks=tuple(rest), removals=(*reading.removals, Removal("account.call", last.text)))


def test_a_reading_without_fault_has_none(clock: Reading) -> None:
    found = account(printed(PAGE.encode()), clock)
    assert found.faults == {}
    assert found.set_aside == Counter({"account.call": 6})
    assert found.kept + 6 == found.visible


def _without_a_word(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return (replace(blocks[0], text=blocks[0].text.replace("每天", "")), *blocks[1:])


DAMAGES: dict[str, tuple[str, Callable[[tuple[Block, ...]], tuple[Block, ...]]]] = {
    "a paragraph left out": ("lost", lambda blocks: blocks[:2] + blocks[3:]),
    "a caption left out": ("lost", lambda blocks: blocks[:1] + blocks[2:]),
    "a word left out": ("lost", _without_a_word),
    "everything left out": ("lost", lambda _: ()),
    "a paragraph twice": ("doubled", lambda blocks: (*blocks, blocks[2])),
    "a caption twice": ("doubled", lambda blocks: (*blocks[:2], blocks[1], *blocks[2:])),
    "a paragraph in another place": ("moved", lambda blocks: (*blocks[:2], blocks[3], blocks[2], *blocks[4:])),
    "a sentence of our own": ("invented", lambda blocks: (*blocks, replace(blocks[2], text="编者按：从略。"))),
    "a script": ("lost", lambda blocks: (replace(blocks[0], text='var clock = "坏";'), *blocks[1:])),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_reading_is_found_out(damage: str, clock: Reading) -> None:
    fault, done = DAMAGES[damage]
    assert fault in account(printed(PAGE.encode()), replace(clock, blocks=done(clock.blocks))).faults


def test_what_is_set_aside_without_being_listed_is_lost(clock: Reading) -> None:
    assert account(printed(PAGE.encode()), replace(clock, removals=())).lost == ("分享到朋友圈",)


def test_what_is_listed_and_published_all_the_same_is_doubled(clock: Reading) -> None:
    listed = replace(clock, removals=(*clock.removals, Removal("account.call", clock.blocks[2].text)))
    assert account(printed(PAGE.encode()), listed).doubled == ("排字工人不看它只听机器的声音",)


@pytest.mark.parametrize("module", ["printed.py", "alignment.py"])
def test_what_a_reader_saw_is_found_without_the_cleaner(module: str) -> None:
    tree = ast.parse((TESTS / module).read_text("utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not [name for name in imported if name.partition(".")[0] in ("beilin", "selectolax")]
