"""The cache gives back what it was given, and its loss or damage harms nothing."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from beilin.model.article import Block, BlockKind, Facts, Reading, Removal, SafeHtml
from beilin.model.problem import Level, Problem
from beilin.model.stamp import Stamp
from beilin.store.cache import (
    DATABASE,
    Cache,
    CacheReader,
    Shelf,
    decode_body,
    decode_head,
    decode_reading,
    encode_reading,
    work_folder,
)


def a_reading(path: str = "a.md") -> Reading:
    facts = Facts(
        capture=path,
        capture_sha256="0" * 64,
        kind="wechat",
        title="碑 \U00020000\u0000",
        authors=("甲", "乙"),
        editors=(),
        translators=(),
        source="某刊",
        published=Stamp("2023-10", "byline"),
        captured=None,
        original_url=None,
        lang="zh-Hans",
        tags=("一",),
        summary="",
        characters=3,
        text_sha256="1" * 64,
        natural_id="0123456789b",
        pinned_id=None,
    )
    return Reading(
        facts,
        (Block(BlockKind.QUOTE, SafeHtml("<blockquote>碑</blockquote>"), "碑", "zh-Hans"),),
        (Removal("wechat.widgets", "赞"), Removal("wechat.widgets", "在看")),
        (Problem(Level.WARNING, "date-unreadable", path, 3, "no year"),),
    )


def test_a_reading_comes_back_as_it_was() -> None:
    reading = a_reading()
    again = decode_reading(*encode_reading(reading), "a.md")
    assert again == reading
    assert type(again.blocks[0].html) is SafeHtml
    assert again.blocks[0].kind is BlockKind.QUOTE


def test_a_capture_that_cannot_be_published_is_remembered_too() -> None:
    reading = Reading(None, (), (), a_reading().problems)
    assert decode_reading(*encode_reading(reading), "a.md") == reading


def test_captures_of_the_same_bytes_keep_their_own_paths() -> None:
    assert decode_reading(*encode_reading(a_reading("a.md")), "b/c.md") == a_reading("b/c.md")


def test_a_head_counts_what_was_set_aside() -> None:
    assert decode_head(encode_reading(a_reading())[0], "a.md").removed == {"wechat.widgets": 2}


def test_what_is_put_is_found_by_this_and_later_openings(tmp_path: Path) -> None:
    with Cache(tmp_path / "new" / "folder") as cache:
        cache.put(Shelf.HEADS, [("k", b"1"), ("l", b"2")])
        cache.put(Shelf.HEADS, [("k", b"3")])
        assert cache.get(Shelf.HEADS, ["k", "l", "m"]) == {"k": b"3", "l": b"2"}
        assert cache.get(Shelf.BODIES, ["k"]) == {}
    with Cache(tmp_path / "new" / "folder") as cache:
        assert cache.get(Shelf.HEADS, ["k"]) == {"k": b"3"}


def test_more_keys_than_a_statement_takes_are_found(tmp_path: Path) -> None:
    values = {f"key{number}": b"%d" % number for number in range(5000)}
    with Cache(tmp_path) as cache:
        cache.put(Shelf.BODIES, values.items())
        assert cache.get(Shelf.BODIES, values) == values


def test_pruning_keeps_what_lives_and_gives_the_room_back(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put(Shelf.BODIES, ((f"key{number}", bytes(9000)) for number in range(500)))
        cache.prune(["key7", "not there"])
        assert list(cache.get(Shelf.BODIES, [f"key{number}" for number in range(500)])) == ["key7"]
    assert (tmp_path / DATABASE).stat().st_size < 100_000


def test_a_reader_in_another_process_sees_what_is_written_beside_it(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from beilin.store.cache import CacheReader, Shelf\n"
        "with CacheReader(Path(sys.argv[1])) as cache: print(cache.get(Shelf.HEADS, ['k']))"
    )
    with Cache(tmp_path) as cache:
        cache.put(Shelf.HEADS, [("k", b"written")])
        root = Path(__file__).parent.parent
        seen = subprocess.run(
            [sys.executable, "-c", program, tmp_path], cwd=root, capture_output=True, text=True, check=True
        )
        assert seen.stdout.strip() == "{'k': b'written'}"
        cache.put(Shelf.HEADS, [("l", b"after")])


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_database_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / DATABASE).write_bytes(damage)
    with Cache(tmp_path) as cache:
        assert cache.get(Shelf.HEADS, ["k"]) == {}
        cache.put(Shelf.HEADS, [("k", b"1")])
        assert cache.get(Shelf.HEADS, ["k"]) == {"k": b"1"}


def test_damage_in_the_middle_loses_entries_and_nothing_else(tmp_path: Path) -> None:
    values = {f"key{number}": bytes(3000) for number in range(300)}
    with Cache(tmp_path) as cache:
        cache.put(Shelf.BODIES, values.items())
    data = bytearray((tmp_path / DATABASE).read_bytes())
    data[4096 * 3 :] = b"\xee" * (len(data) - 4096 * 3)
    (tmp_path / DATABASE).write_bytes(data)
    with CacheReader(tmp_path) as reader:
        assert reader.get(Shelf.BODIES, values).items() <= values.items()
    with Cache(tmp_path) as cache:
        assert cache.get(Shelf.BODIES, values).items() <= values.items()
        cache.put(Shelf.BODIES, values.items())
        cache.put(Shelf.BODIES, values.items())
        assert cache.get(Shelf.BODIES, values) == values


def test_a_database_of_another_schema_is_begun_anew(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / DATABASE)
    connection.execute("CREATE TABLE heads (something INTEGER)")
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    with Cache(tmp_path) as cache:
        cache.put(Shelf.HEADS, [("k", b"1")])
        assert cache.get(Shelf.HEADS, ["k"]) == {"k": b"1"}


def test_the_work_folder_lies_hidden_beside_the_site() -> None:
    assert work_folder(Path("/srv/archive/site")) == Path("/srv/archive/.site-beilin")


def test_a_body_decodes_without_its_head() -> None:
    assert decode_body(encode_reading(a_reading())[1]).blocks == a_reading().blocks


def test_a_put_that_breaks_off_leaves_nothing_behind(tmp_path: Path) -> None:
    def items() -> Iterator[tuple[str, bytes]]:
        yield "k", b"1"
        raise RuntimeError("broken off")

    with Cache(tmp_path) as cache:
        with pytest.raises(RuntimeError, match="broken off"):
            cache.put(Shelf.HEADS, items())
        assert cache.get(Shelf.HEADS, ["k"]) == {}
        cache.put(Shelf.HEADS, [("l", b"2")])
        assert cache.get(Shelf.HEADS, ["l"]) == {"l": b"2"}
