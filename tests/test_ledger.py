"""The ledger is a set of lines that is only added to: it reads as it was written, in any order, and merges by union."""

import json
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from beilin.library.ledger import Event, Ledger, Record
from beilin.library.ledger_lines import read_ledger, sorted_lines, write_event, write_record
from beilin.model.problem import Level
from beilin.store.ledger_file import LedgerReadError, LedgerWriteError, read_lines, write_lines

ids = st.sampled_from(["0123456789b", "bcdfghjkmn0", "zzzzzzzzzz9"])
words = st.text(st.characters(codec="utf-8"), max_size=12)
days = st.sampled_from(["2024-01-01", "2024-02-03", "2025-12-31"])


@st.composite
def records(draw: st.DrawFn) -> Record:
    return Record(
        id=draw(ids),
        version=draw(st.integers(1, 3)),
        revision=draw(st.integers(1, 3)),
        capture=draw(words),
        capture_sha256=draw(words),
        text_sha256=draw(words),
        title=draw(words),
        authors=tuple(draw(st.lists(words, max_size=2))),
        source=draw(words),
        kind="wechat",
        lang="zh-Hans",
        published=draw(st.none() | days),
        captured=draw(st.none() | days),
        original_url=draw(st.none() | words),
        rules=draw(st.integers(1, 3)),
        revised=draw(st.none() | days),
        sketch=draw(st.sampled_from(["", "00ff"])),
    )


several = st.lists(records(), max_size=6, unique_by=lambda record: (record.id, record.version, record.revision))
events = st.lists(
    st.builds(Event, id=ids, version=st.integers(1, 3), date=days, is_withdrawal=st.booleans(), reason=st.just("")),
    max_size=4,
)


def lines_of(written: list[Record], happened: list[Event]) -> tuple[str, ...]:
    return sorted_lines([*map(write_record, written), *map(write_event, happened)])


def same(one: Ledger, other: Ledger) -> bool:
    return (one.records, one.events, one.numbers) == (other.records, other.events, other.numbers)


@given(several, events)
def test_what_was_written_is_read(written: list[Record], happened: list[Event]) -> None:
    ledger, problems = read_ledger(lines_of(written, happened))
    assert not problems
    assert {record for revisions in ledger.records.values() for record in revisions} == set(written)
    assert {event for found in ledger.events.values() for event in found} == set(happened)
    for revisions in ledger.records.values():
        assert [record.revision for record in revisions] == sorted(record.revision for record in revisions)


@given(several, events, st.randoms(use_true_random=False))
def test_the_order_of_lines_makes_no_difference(  # type: ignore[no-untyped-def]
    written: list[Record], happened: list[Event], random
) -> None:
    lines = list(lines_of(written, happened))
    shuffled = lines[:]
    random.shuffle(shuffled)
    assert sorted_lines(shuffled) == tuple(lines)
    assert same(read_ledger(shuffled)[0], read_ledger(lines)[0])


@given(several, events)
def test_a_line_that_came_twice_is_one_line(written: list[Record], happened: list[Event]) -> None:
    lines = lines_of(written, happened)
    assert sorted_lines([*lines, *lines]) == lines
    # a merge may leave both copies in the file until the next build
    ledger, problems = read_ledger([*lines, *(line for line in lines if "revision" in line)])
    assert not problems
    assert ledger.records == read_ledger(lines)[0].records


@given(several, several, events)
def test_the_union_of_two_branches_reads_as_both(one: list[Record], other: list[Record], happened: list[Event]) -> None:
    places = {(record.id, record.version, record.revision): record for record in one}
    assume(all(places.get((r.id, r.version, r.revision), r) == r for r in other))
    ours, theirs = lines_of(one, happened), lines_of(other, [])
    ledger, problems = read_ledger(sorted_lines([*ours, *theirs]))
    assert not problems
    assert {record for revisions in ledger.records.values() for record in revisions} == {*one, *other}


@given(several, events)
def test_sorting_keeps_every_line_and_nothing_breaks_one(written: list[Record], happened: list[Event]) -> None:
    lines = lines_of(written, happened)
    for line in lines:
        assert line.splitlines() == [line]
        json.loads(line)
    assert set(lines) == {*map(write_record, written), *map(write_event, happened)}


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "<<<<<<< ours",
        "[]",
        "null",
        '{"id":"0123456789b"}',
        '{"id":1,"version":1}',
        '{"id":"x","version":"1"}',
        '{"id":"0123456789b","version":true}',
        '{"id":"0123456789b","version":1,"revision":"x"}',
        "[" * 100_000,
    ],
    ids=range(10),
)
def test_a_line_that_cannot_be_read_is_reported_and_kept(line: str) -> None:
    good = write_event(Event("0123456789b", 1, "2024-01-01", is_withdrawal=True, reason="rights"))
    ledger, problems = read_ledger([good, line])
    assert [(problem.level, problem.code, problem.line) for problem in problems] == [
        (Level.ERROR, "ledger-unreadable", 2)
    ]
    assert ledger.withdrawal("0123456789b", 1) is not None
    assert set(sorted_lines([good, line])) == {good, line}


@given(records(), words)
def test_two_captures_that_were_given_one_number_are_reported(record: Record, title: str) -> None:
    assume(title != record.title)
    line = write_record(record)
    other = json.dumps({**json.loads(line), "title": title})
    ledger, problems = read_ledger([line, other])
    assert [problem.code for problem in problems] == ["ledger-conflict"]
    assert ledger.newest(record.id, record.version) == record


@given(st.lists(st.tuples(days, st.booleans()), max_size=5))
def test_the_last_event_decides(happened: list[tuple[str, bool]]) -> None:
    lines = [
        write_event(Event("0123456789b", 1, day, is_withdrawal=gone, reason="")) for day, gone in dict(happened).items()
    ]
    ledger, _ = read_ledger(lines)
    expected = max(dict(happened).items(), default=("", False))
    found = ledger.withdrawal("0123456789b", 1)
    assert (found is not None) == expected[1]
    assert found is None or found.date == expected[0]


def test_the_owners_reason_is_read() -> None:
    line = '{"id": "0123456789b", "version": 2, "withdrawn": "2024-05-06", "reason": "privacy"}'
    event = read_ledger([line])[0].withdrawal("0123456789b", 2)
    assert event == Event("0123456789b", 2, "2024-05-06", is_withdrawal=True, reason="privacy")


@given(several, events)
def test_the_file_holds_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, written: list[Record], happened: list[Event]
) -> None:
    folder = tmp_path_factory.mktemp("content")
    lines = lines_of(written, happened)
    assert write_lines(folder, lines) == bool(lines)
    assert read_lines(folder) == lines
    assert not write_lines(folder, lines)


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path: Path) -> None:
    write_lines(tmp_path, ["a", "b"])
    (tmp_path / "permalinks.jsonl").write_bytes(b"\xef\xbb\xbfa\r\nb\r\n\r\n")
    assert read_lines(tmp_path) == ("a", "b")


def test_no_ledger_has_no_lines(tmp_path: Path) -> None:
    assert read_lines(tmp_path) == ()


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", "碑林\n".encode("gb18030")])
def test_a_ledger_that_is_not_text_stops_the_build(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "permalinks.jsonl").write_bytes(data)
    with pytest.raises(LedgerReadError):
        read_lines(tmp_path)


def test_a_ledger_that_cannot_be_written_is_as_it_was(tmp_path: Path) -> None:
    write_lines(tmp_path, ["a"])
    # a folder in the way of the new copy stands for a full disk, also where the tests run as root
    (tmp_path / ".permalinks.jsonl.new").mkdir()
    with pytest.raises(LedgerWriteError):
        write_lines(tmp_path, ["a", "b"])
    assert read_lines(tmp_path) == ("a",)
