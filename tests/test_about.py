"""The page about cleaning: every rule counted once, under one sort, for each kind of source."""

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import casebook
import pytest
from bs4 import BeautifulSoup
from samples import HOME, article

from beilin.library.tallies import refusals, tally
from beilin.model.article import Facts, Reading
from beilin.model.category import Category, category_of
from beilin.model.problem import Level, Problem
from beilin.model.site import Site
from beilin.pages.about import about_page
from beilin.pages.rendering import Theme
from beilin.pages.setting import Setting
from beilin.pages.views import AboutView
from beilin.sources.reading import read
from beilin.sources.registry import sources
from beilin.store.cache import decode_head, encode_reading
from beilin.store.captures import find_captures
from beilin.store.themes import read_theme

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
RAW = read_theme(ROOT / "theme")
RULES = {"Removal", "Removed", "_set_aside"}
OUTLETS = {kind: source.name for kind, source in sources().items()}


def readings() -> Iterator[Reading]:
    """Those of every golden case and of the sample."""
    yield from map(casebook.read_case, casebook.folders())
    for path in find_captures(CONTENT).paths:
        data = (CONTENT / path).read_bytes()
        yield read(path, data, hashlib.sha256(data).hexdigest(), Site())


def heads() -> list[tuple[Facts, dict[str, int]]]:
    found = (decode_head(encode_reading(reading)[0], "x.md") for reading in readings())
    return [(head.facts, head.removed) for head in found if head.facts is not None]


def drawn(view: AboutView, language: str = "zh-Hans") -> BeautifulSoup:
    words = RAW.languages[language]
    page = about_page((), Setting(replace(HOME, language=language), words), outlets={}, unpublished={})
    return BeautifulSoup(Theme(RAW.templates, words).render(replace(page, view=view)), "lxml")


def view_of(found: list[tuple[Facts, dict[str, int]]], unpublished: dict[str, int]) -> AboutView:
    setting = Setting(HOME, RAW.languages["zh-Hans"])
    view: AboutView = about_page(tally(found), setting, outlets=OUTLETS, unpublished=unpublished).view
    return view


def test_every_rule_that_a_capture_met_has_a_category_and_every_category_a_rule() -> None:
    met = {category_of(removal.rule) for reading in readings() for removal in reading.removals}
    assert met == set(Category)


def test_every_rule_that_the_code_names_has_a_category() -> None:
    named = []
    for path in (ROOT / "beilin").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in RULES:
                named += [node.args[0].value for node in [node] if isinstance(node.args[0], ast.Constant)]
    assert len(named) >= 7
    assert {category_of(rule) for rule in named}


def test_a_rule_that_nobody_sorted_is_refused() -> None:
    with pytest.raises(KeyError):
        category_of("rfa.guess")


def test_each_kind_has_a_row_and_each_piece_is_counted_once() -> None:
    found = heads()
    view = view_of(found, {})
    assert {row.kind for row in view.rows} == {facts.kind for facts, _ in found}
    assert sum(row.captures for row in view.rows) == view.captures == len(found)
    pieces = sum(sum(removed.values()) for _, removed in found) + sum(len(facts.set_aside) for facts, _ in found)
    assert sum(row.total for row in view.rows) == view.total == pieces
    assert sum(number for _, number in view.categories) == pieces


def test_the_order_of_the_captures_makes_no_difference() -> None:
    found = heads()
    assert tally(found) == tally(reversed(found))


def test_blocks_that_an_account_repeats_count_as_its_promotion() -> None:
    facts = replace(article().facts, set_aside=(1, 7))
    (one,) = tally([(facts, {"wrapper.opening": 1})])
    assert (one.pieces[Category.PROMOTION], one.pieces[Category.WRAPPER], one.total) == (2, 1, 3)


def test_the_last_problem_is_the_reason_of_a_refusal() -> None:
    doubt = Problem(Level.WARNING, "front-matter-recovered", "a.md", 1, "…")
    reason = Problem(Level.ERROR, "stub", "a.md", 1, "…")
    assert refusals([(doubt, reason), (reason,), ()]) == {"stub": 2}


@pytest.mark.parametrize("language", sorted(RAW.languages))
def test_the_page_shows_every_number(language: str) -> None:
    view = view_of(heads(), {"empty-body": 1372, "reading-failed": 2})
    page = drawn(view, language)
    rows = [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in page.select("tbody tr")]
    assert [row[1:] for row in rows] == [
        [f"{number:,}" for number in (row.captures, row.total, *row.pieces)] for row in view.rows
    ]
    assert all(row[0] for row in rows)
    assert len({row[0] for row in rows}) == len(rows), "two kinds have one name"
    assert "1,372" in page.get_text()
    assert page.select_one("code").get_text() == "empty-body"
    assert all(definition.get_text(strip=True) for definition in page.select("main dd"))


def test_the_owner_s_names_are_the_page_s_names() -> None:
    setting = Setting(replace(HOME, source_names={"自由亚洲电台": "某电台"}), RAW.languages["zh-Hans"])
    page = about_page(tally([(article().facts, {})]), setting, outlets=OUTLETS, unpublished={})
    assert [row.name for row in page.view.rows] == ["某电台"]
