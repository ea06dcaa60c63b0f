"""Front matter is text until we type it, and what is broken in it is recovered."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beilin.model.capture import FrontMatter
from beilin.sources.front_matter import every, first, split_front_matter

values = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).filter(lambda text: text.isprintable())


def test_the_first_rule_after_the_first_line_ends_it() -> None:
    split = split_front_matter("---\ntitle: 题\n---\n一\n---\n二\n------\n")
    assert split.matter == {"title": "题"}
    assert split.body == "一\n---\n二\n------\n"
    assert split.body_line == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "正文",
        "---",
        "---\n",
        "----\ntitle: x\n----\n",
        "正文\n---\ntitle: x\n---\n",
        "---\n\n---\n",
        "---\n对话\n---\n",
    ],
)
def test_a_text_without_front_matter_is_all_body(text: str) -> None:
    split = split_front_matter(text)
    assert (split.matter, split.body, split.body_line, split.is_recovered) == ({}, text, 1, False)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("no", "no"),
        ("007", "007"),
        ("12:30", "12:30"),
        ("2019-01-01", "2019-01-01"),
        ("1.10", "1.10"),
        ("true", "true"),
        ('"a: b"', "a: b"),
        ("'it''s'", "it's"),
        ("!!python/object/apply:os.system [x]", ["x"]),
    ],
)
def test_every_scalar_stays_the_text_that_was_written(written: str, expected: str | list[str]) -> None:
    assert split_front_matter(f"---\nkey: {written}\n---\n").matter["key"] == expected


@given(values)
def test_a_quoted_value_comes_out_as_it_went_in(value: str) -> None:
    split = split_front_matter(f"---\ntitle: {json.dumps(value, ensure_ascii=False)}\n---\n正文")
    assert split.matter["title"] == value
    assert split.body == "正文"


@given(st.lists(values.map(lambda value: value.replace("\\", "")), min_size=2, max_size=4).map('"'.join))
def test_a_value_with_bare_quotes_runs_to_the_last_quote(value: str) -> None:
    split = split_front_matter(f'---\ntitle: "从{value}说起"\ndate: 2023-10-20\n---\n正文')
    assert split.matter["title"] == f"从{value}说起"
    assert split.matter["date"] == "2023-10-20"
    assert split.is_recovered


def test_lists_are_recovered_too() -> None:
    text = (
        '---\ntitle: "从"直"字说起"\ndraft: ["false"]\ntags: [\n  "fetched",\n  "某 号"\n]\ncategories: ["Duty"]\n---\n'
    )
    matter = split_front_matter(text).matter
    assert matter["tags"] == ["fetched", "某 号"]
    assert matter["draft"] == ["false"]
    assert matter["categories"] == ["Duty"]


def test_keys_are_lower_case() -> None:
    assert split_front_matter("---\nTitle: 题\nDATE: 2020\n---\n").matter == {"title": "题", "date": "2020"}


@given(st.text(max_size=80))
def test_any_text_is_split_without_loss(text: str) -> None:
    split = split_front_matter(f"---\n{text}\n---\n正文")
    assert split.body.endswith("正文")
    again = split_front_matter(text)
    assert text.endswith(again.body)


def test_first_and_every_take_scalars_and_lists_alike() -> None:
    matter: FrontMatter = {"a": "", "b": ["甲", "乙"], "c": "丙、丁", "d": "null", "e": []}
    assert first(matter, "a", "d", "e", "b") == "甲"
    assert first(matter, "x") == ""
    assert every(matter, "b", "c", "b") == ("甲", "乙", "丙", "丁")
