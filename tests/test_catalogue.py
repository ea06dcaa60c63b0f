"""Identifiers and versions are given once: nothing that happens to a capture later takes an address away."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from samples import article

from beilin.library.catalogue import Catalogue, catalogue, repeated
from beilin.library.ledger_lines import read_ledger, sorted_lines
from beilin.model.article import Facts, TextRevision
from beilin.model.problem import Level
from beilin.model.site import Site
from beilin.model.stamp import Stamp
from beilin.text.identifiers import check_character, identifier_of_bytes, identifier_of_url

SITE = Site()
URL = "https://radio.example/steles.html"
DAY_ONE, DAY_TWO, DAY_THREE = "2024-01-01", "2024-02-02", "2024-03-03"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def capture(
    path: str, text: str = "text", *, url: str | None = URL, captured: str | None = None, bytes_: str = ""
) -> Facts:
    """The facts of a capture at `path`; its bytes follow from all of them, or from `bytes_`."""
    sha256 = digest(bytes_ or f"{text} {url} {captured}")
    return replace(
        article().facts,
        capture=path,
        capture_sha256=sha256,
        text_sha256=digest(text),
        original_url=url,
        captured=Stamp(captured, "front matter") if captured else None,
        published=None,
        natural_id=identifier_of_url(url) if url else identifier_of_bytes(sha256),
    )


def build(
    facts: Iterable[Facts], lines: tuple[str, ...] = (), today: str = DAY_ONE
) -> tuple[Catalogue, tuple[str, ...]]:
    """The catalogue, and the ledger afterwards."""
    found = catalogue(facts, read_ledger(lines)[0], SITE, today)
    return found, sorted_lines((*lines, *found.additions))


def addresses(found: Catalogue) -> dict[str, tuple[str, int]]:
    """Capture → identifier and version."""
    return {one.facts.capture: (one.id, one.version) for one in found.articles}


@st.composite
def collections(draw: st.DrawFn) -> list[Facts]:
    """Captures of few pages with few texts at few moments, so that everything meets."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        url = draw(st.sampled_from([None, URL, URL + "?b", URL + "?c"]))
        text = draw(st.sampled_from(["one", "two", "three"]))
        moment = draw(st.sampled_from([None, "2020-01-01", "2021-01-01", "2022-01-01"]))
        found.append(
            capture(f"{number}.md", text, url=url, captured=moment, bytes_=draw(st.sampled_from(["", f"{number}"])))
        )
    return found


@given(collections(), st.randoms(use_true_random=False))
def test_the_order_of_captures_makes_no_difference(facts: list[Facts], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = facts[:]
    random.shuffle(shuffled)
    assert build(shuffled) == build(facts)
    kept = [one for one in facts if random.random() < 0.5]
    lines = build(kept)[1]
    assert build(shuffled, lines) == build(facts, lines)


@given(collections())
def test_a_second_build_adds_nothing(facts: list[Facts]) -> None:
    first, lines = build(facts)
    second, after = build(facts, lines, DAY_TWO)
    assert second.additions == ()
    assert after == lines
    assert second.articles == first.articles


@given(st.lists(collections(), min_size=1, max_size=4))
def test_lines_are_only_added_and_no_address_ever_dies(history: list[list[Facts]]) -> None:
    lines: tuple[str, ...] = ()
    ever: set[tuple[str, int]] = set()
    for number, facts in enumerate(history, 1):
        found, after = build(facts, lines, f"2024-01-{number:02}")
        assert set(lines) <= set(after)
        lines = after
        live = {(one.id, one.version) for one in found.articles}
        gone = {(one.record.id, one.record.version) for one in found.withdrawn}
        ever |= live
        assert not live & gone
        assert live | gone == ever


@given(st.lists(collections(), min_size=1, max_size=4))
def test_whatever_happens_the_ledger_stays_readable(history: list[list[Facts]]) -> None:
    lines: tuple[str, ...] = ()
    for facts in history:
        _, lines = build(facts, lines)
        assert read_ledger(lines)[1] == []


@given(collections())
def test_every_capture_is_shown_or_named(facts: list[Facts]) -> None:
    found, _ = build(facts)
    shown = {one.facts.capture for one in found.articles}
    named = {problem.path for problem in repeated(found, facts)}
    assert shown | named == {one.capture for one in facts}
    assert not shown & named


@given(collections())
def test_one_version_of_every_page_is_the_newest_and_numbers_are_unique(facts: list[Facts]) -> None:
    found, _ = build(facts)
    for page in {one.id for one in found.articles}:
        versions = [one for one in found.articles if one.id == page]
        assert [one.is_newest for one in versions].count(True) == 1
        assert sorted(one.version for one in versions) == list(range(1, len(versions) + 1))
        assert len({one.facts.text_sha256 for one in versions}) == len(versions)


def test_two_captures_of_one_page_are_two_versions() -> None:
    found, _ = build(
        [capture("b.md", "later", captured="2021-01-01"), capture("a.md", "earlier", captured="2020-01-01")]
    )
    page = identifier_of_url(URL)
    assert addresses(found) == {"a.md": (page, 1), "b.md": (page, 2)}
    assert [one.facts.capture for one in found.articles if one.is_newest] == ["b.md"]


def test_the_same_text_twice_is_one_version_that_was_seen_again() -> None:
    one, again = capture("a.md", captured="2020-01-01"), capture("b.md", captured="2021-01-01")
    found, _ = build([again, one])
    (shown,) = found.articles
    assert shown.facts == one
    assert shown.seen_again == (again.captured,)
    (problem,) = repeated(found, [one, again])
    assert (problem.level, problem.code, problem.path) == (Level.WARNING, "capture-repeated", "b.md")


def test_an_older_capture_that_arrives_later_gets_the_next_number_and_its_place_in_time() -> None:
    late = capture("late.md", "late", captured="2022-01-01")
    _, lines = build([late])
    old = capture("old.md", "old", captured="2020-01-01")
    found, lines = build([late, old], lines, DAY_TWO)
    page = identifier_of_url(URL)
    assert addresses(found) == {"late.md": (page, 1), "old.md": (page, 2)}
    assert [one.facts.capture for one in found.articles if one.is_newest] == ["late.md"]
    assert addresses(build([old, late], lines, DAY_THREE)[0]) == addresses(found)


def test_a_capture_that_is_renamed_retitled_or_encoded_anew_keeps_its_address() -> None:
    first = capture("a.md", captured="2020-01-01")
    found, lines = build([first])
    before = addresses(found)["a.md"]
    for changed in (
        replace(first, capture="folder/b.md"),
        replace(first, title="另一题"),
        replace(first, capture_sha256=digest("big5")),
        replace(first, text_sha256=digest("corrected")),
        replace(first, captured=Stamp("2019-01-01", "front matter"), capture_sha256=digest("date")),
    ):
        found, after = build([changed], lines, DAY_TWO)
        assert list(addresses(found).values()) == [before]
        assert found.withdrawn == ()
        assert len(after) == len(lines) + 1


def test_a_capture_without_address_keeps_its_identifier_while_its_path_or_its_text_stays() -> None:
    first = capture("a.txt", "text", url=None)
    found, lines = build([first])
    before = addresses(found)["a.txt"]
    moved = capture("b.txt", "text", url=None, bytes_="moved and edited")
    found, lines = build([moved], lines, DAY_TWO)
    assert addresses(found)["b.txt"] == before
    edited = capture("b.txt", "text, corrected", url=None)
    found, lines = build([edited], lines, DAY_THREE)
    assert addresses(found)["b.txt"] == before
    assert found.withdrawn == ()


def test_a_new_capture_without_address_does_not_take_anothers_identifier() -> None:
    first = capture("a.txt", "text", url=None)
    _, lines = build([first])
    other = capture("b.txt", "other", url=None)
    found, _ = build([first, other], lines)
    assert len({identifier for identifier, _ in addresses(found).values()}) == 2


def test_what_disappears_is_withdrawn_on_that_day_and_comes_back_at_its_address() -> None:
    one, other = capture("a.md"), capture("b.md", url=URL + "?other")
    first, lines = build([one, other])
    second, lines = build([other], lines, DAY_TWO)
    (gone,) = second.withdrawn
    assert (gone.record.capture, gone.record.title, gone.date) == ("a.md", one.title, DAY_TWO)
    third, lines = build([other], lines, DAY_THREE)
    assert third.withdrawn == second.withdrawn
    assert third.additions == ()
    fourth, lines = build([one, other], lines, DAY_THREE)
    assert fourth.withdrawn == ()
    assert addresses(fourth) == addresses(first)
    fifth, _ = build([other], lines, "2024-04-04")
    assert [gone.date for gone in fifth.withdrawn] == ["2024-04-04"]


def test_a_withdrawn_version_keeps_its_number_for_ever() -> None:
    first = capture("a.md", "one", captured="2020-01-01")
    second = capture("b.md", "two", captured="2021-01-01")
    _, lines = build([first, second])
    _, lines = build([first], lines, DAY_TWO)
    third = capture("c.md", "three", captured="2022-01-01")
    found, _ = build([first, third], lines, DAY_THREE)
    assert {version for _, version in addresses(found).values()} == {1, 3}


def test_the_reason_that_the_owner_wrote_is_kept() -> None:
    one = capture("a.md")
    _, lines = build([one])
    _, lines = build([], lines, DAY_TWO)
    lines = tuple(line.replace('"reason": ""', '"reason": "rights"') for line in lines)
    found, after = build([], lines, DAY_THREE)
    assert [(gone.date, gone.reason) for gone in found.withdrawn] == [(DAY_TWO, "rights")]
    assert after == lines


def test_a_pinned_identifier_is_used_if_it_holds() -> None:
    stem = "0123456789"
    pinned = stem + check_character(stem)
    found, _ = build([replace(capture("a.md"), pinned_id=pinned)])
    assert addresses(found)["a.md"] == (pinned, 1)
    wrong = stem + ("0" if pinned[-1] != "0" else "1")
    found, _ = build([replace(capture("a.md"), pinned_id=wrong)])
    assert addresses(found)["a.md"] == (identifier_of_url(URL), 1)
    assert [problem.code for problem in found.problems] == ["identifier-invalid"]


def test_two_pages_under_one_pinned_identifier_are_an_error() -> None:
    stem = "0123456789"
    pinned = stem + check_character(stem)
    facts = [replace(capture(f"{n}.md", f"{n}", url=f"{URL}?{n}"), pinned_id=pinned) for n in range(2)]
    found, _ = build(facts)
    assert [(problem.level, problem.code) for problem in found.problems] == [(Level.ERROR, "identifier-conflict")]


def test_an_archive_is_filed_in_its_own_timezone() -> None:
    one = capture("a.md", captured="2020-01-01T20:00:00Z")
    assert [item.date for item in build([one])[0].articles] == ["2020-01-02"]
    found = catalogue([one], read_ledger(())[0], replace(SITE, timezone="UTC"), DAY_ONE)
    assert [item.date for item in found.articles] == ["2020-01-01"]


def test_better_rules_leave_a_text_revision_with_its_day() -> None:
    first = capture("a.md", "before", bytes_="the same")
    _, lines = build([first])
    better = replace(first, text_sha256=digest("after"), rules=2)
    found, after = build([better], lines, today=DAY_TWO)
    (revision,) = found.articles[0].text_revisions
    assert revision == TextRevision(DAY_TWO, digest("before"), digest("after"), 2)
    again, unchanged = build([better], after, today=DAY_THREE)
    assert again.articles[0].text_revisions == (revision,)
    assert unchanged == after


def test_a_corrected_capture_is_no_text_revision() -> None:
    first = capture("a.md", "before")
    _, lines = build([first])
    found, _ = build([capture("a.md", "after")], lines, today=DAY_TWO)
    assert found.articles[0].text_revisions == ()


def test_an_identifier_that_two_pages_claim_stays_with_the_first_and_the_other_is_an_error() -> None:
    pinned = identifier_of_url(URL)
    first, other = capture("a.md"), replace(capture("b.md", url=URL + "?b"), pinned_id=pinned)
    found, lines = build([first])
    both, _ = build([other, first], lines)
    assert addresses(both) == addresses(found)
    (problem,) = both.problems
    assert (problem.level, problem.code, problem.path) == (Level.ERROR, "identifier-conflict", "b.md")
    assert "a.md" in problem.message
    assert URL + "?b" in problem.message


def test_a_capture_that_gains_its_address_keeps_its_identifier() -> None:
    before = capture("a.md", "a text that stays", url=None)
    found, lines = build([before])
    (address,) = addresses(found).values()
    gained = capture("a.md", "a text that stays")
    later, lines = build([gained], lines, today=DAY_TWO)
    assert addresses(later) == {"a.md": address}
    moved, _ = build([replace(gained, capture="b.md", capture_sha256=digest("x"))], lines, today=DAY_THREE)
    assert addresses(moved) == {"b.md": address}


def test_a_new_capture_at_the_path_of_one_that_moved_has_an_address_of_its_own() -> None:
    old = capture("1.txt", "old", url=None)
    found, lines = build([old])
    (address,) = addresses(found).values()
    moved, new = replace(old, capture="2.txt"), capture("1.txt", "new", url=None)
    later, _ = build([moved, new], lines, today=DAY_TWO)
    assert addresses(later)["2.txt"] == address
    assert addresses(later)["1.txt"] != address
