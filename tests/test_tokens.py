"""Folding and tokens: the same in Python, which indexes, and in the browser, which asks."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from beilin.text.folding import browser_table, fold, fold_with_offsets
from beilin.text.printed import edits, way_of_printing
from beilin.text.tokens import index_tokens, tokens_of, units

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "theme" / "assets"
CASES: dict[str, list[dict[str, Any]]] = json.loads((ROOT / "tests/cases/tokens.json").read_text(encoding="utf-8"))
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cn"]), max_size=40)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    page = browser.new_page()
    for name in ("folding.js", "tokens.js"):
        page.add_script_tag(path=ASSETS / name)
    return page


@pytest.mark.parametrize("case", CASES["folds"], ids=lambda case: case["folded"])
def test_fold_gives_what_the_case_says(case: dict[str, Any]) -> None:
    assert fold(case["text"]) == case["folded"]


@pytest.mark.parametrize("case", CASES["tokens"], ids=lambda case: "".join(case["tokens"]))
def test_tokens_are_what_the_case_says(case: dict[str, Any]) -> None:
    assert index_tokens(case["text"]) == case["tokens"]


@pytest.mark.browser
def test_browser_folds_alike(page: Page) -> None:
    folded = page.evaluate("texts => texts.map(beilinTokens.fold)", [case["text"] for case in CASES["folds"]])
    assert folded == [case["folded"] for case in CASES["folds"]]


@pytest.mark.browser
def test_browser_cuts_the_same_tokens(page: Page) -> None:
    cut = "texts => texts.map(text => beilinTokens.tokensOf(beilinTokens.units(text)))"
    assert page.evaluate(cut, [case["text"] for case in CASES["tokens"]]) == [
        case["tokens"] for case in CASES["tokens"]
    ]


@pytest.mark.browser
def test_every_chinese_character_is_folded_alike(page: Page) -> None:
    characters = [chr(code) for code in (*range(0x20, 0x600), *range(0x2000, 0xD800), *range(0xF900, 0xFFF0))]
    given_out = page.evaluate("texts => texts.map(beilinTokens.fold)", characters)
    # The browser may know newer editions of Unicode than Python does, never other Chinese characters.
    different = [
        character
        for character, folded in zip(characters, given_out, strict=True)
        if fold(character) != folded and ("一" <= character <= "鿿" or ord(character) < 0x600)
    ]
    assert different == []


@pytest.mark.browser
def test_query_asks_for_the_fewest_tokens(page: Page) -> None:
    ask = """texts => texts.map(text =>
      beilinTokens.grams(beilinTokens.units(text)).map(({offset, token, isPrefix}) => [offset, token, isPrefix]))"""
    assert page.evaluate(ask, [case["text"] for case in CASES["grams"]]) == [case["grams"] for case in CASES["grams"]]


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_browser_prints_what_was_printed(page: Page, lang: str) -> None:
    texts = [case["text"].strip() for case in CASES["folds"] + CASES["tokens"]]
    told = []
    for text in texts:
        cut = units(text)
        told.append([tokens_of(cut), edits(text, cut, way_of_printing(lang))])
    rebuild = """([told, lang]) => told.map(([tokens, edits]) =>
      beilinTokens.prints(tokens.map(beilinTokens.unitOf), edits, beilinTokens.usualPrints(lang)).join(""))"""
    assert page.evaluate(rebuild, [told, lang]) == texts


def test_table_for_the_browser_is_the_one_of_python() -> None:
    assert (ASSETS / "folding.js").read_text(encoding="utf-8") == browser_table()


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_every_folded_character_knows_where_it_was_printed(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded)
    assert all(character in fold(text[offset]) for character, offset in zip(folded, offsets, strict=True))


@given(TEXTS)
def test_every_unit_gives_one_token_that_an_index_keeps(text: str) -> None:
    tokens = index_tokens(text)
    assert len(tokens) == len(units(text).texts)
    assert all(token.isalnum() for token in tokens)


@given(TEXTS, TEXTS, TEXTS)
def test_what_stands_around_a_text_changes_only_its_last_tokens(before: str, text: str, after: str) -> None:
    alone = index_tokens(f"好{text}好")
    within = index_tokens(f"{before}好{text}好{after}")
    settled = max(0, len(alone) - 4)  # a digit's token reaches over three more units
    assert any(within[at : at + settled] == alone[:settled] for at in range(len(within) - settled + 1))
