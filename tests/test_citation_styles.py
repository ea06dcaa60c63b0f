"""APA, MLA and Chicago as citeproc-js writes them, and the templates of the two Wikipedias.

What citeproc-js says of every case of `cited.py`, in the public CSL styles, was written down by `ask_citeproc.py`. The
exceptions are rewritings of those answers, each with its reason, and each must still change something.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cited import CASES
from samples import ADRIFT, HOME, article

from beilin.model.stamp import Stamp
from beilin.pages.citing.apa import apa
from beilin.pages.citing.chicago import chicago
from beilin.pages.citing.item import Item, csl, describe
from beilin.pages.citing.mla import mla
from beilin.pages.citing.wikipedia import wikipedia_en, wikipedia_zh

LINES = (Path(__file__).parent / "citeproc/answers.jsonl").read_text(encoding="utf-8").split("\n")[1:-1]
ANSWERS = {answer["case"]: answer for answer in map(json.loads, LINES)}
STYLES = {"apa": apa, "mla": mla, "chicago": chicago}

TITLES = {
    # Straight quotation marks may be primes or something else: they stay. The processor takes this for an apostrophe.
    "甲'乙": "甲’乙",
    # A title is text. The processor reads some tags in it as markup.
    "<b>石</b>碑": "石碑",
    # A title is cited with the capitals that it has. MLA and Chicago want headline capitals, which need judgement.
    "the mending of steles: a history": "The Mending of Steles: A History",
    "NASA’s steles": "NASA’s Steles",
}
"""Titles as printed → what the processor makes of them."""

ARCHIVED = {
    "2024-04-27": "archived April 27, 2024, at",
    "2024-04": "archived April 2024 at",
    "2024": "archived 2024 at",
    None: "archived at",
}


def without_empty_retrieval(style: str, answer: str, item: Item) -> str:
    """The APA style says "Retrieved" even where no day of retrieval is known, and then leaves it hanging."""
    return answer.replace("Retrieved https:", "https:") if style == "apa" and item.accessed is None else answer


def ended_once(style: str, answer: str, _: Item) -> str:
    """。？！ end a sentence: no full stop follows. The processor knows only the narrow marks."""
    return answer if style == "chicago" else re.sub(r"([。？！])\.", r"\1", answer)


def title_as_printed(_: str, answer: str, item: Item) -> str:
    """The title stays as it is: see `TITLES`."""
    return answer.replace(TITLES.get(item.title, item.title), item.title)


def archived_copy(style: str, answer: str, item: Item) -> str:
    """CSL has no variables for an archived copy. The editors of the Chicago Manual want original address and day:

    https://www.chicagomanualofstyle.org/qanda/data/faq/topics/Documentation/faq0434.html
    """
    if style != "chicago":
        return answer
    before = answer[: answer.rindex(f"{item.archive_location}, {item.archive}")]
    original = f"{item.original_url}, " if item.original_url else ""
    return f"{before}{original}{ARCHIVED[item.accessed]} {item.archive}, {item.permalink or item.archive_location}."


EXCEPTIONS = (without_empty_retrieval, ended_once, title_as_printed, archived_copy)


def test_citeproc_was_asked_about_these_very_items() -> None:
    asked = {case: {**csl(item), "id": case} for case, item in CASES.items()}
    assert {case: answer["item"] for case, answer in ANSWERS.items()} == json.loads(json.dumps(asked)), (
        "run tests/ask_citeproc.py"
    )


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("case", CASES)
def test_citations_are_those_of_citeproc(case: str, style: str) -> None:
    answer = ANSWERS[case][style]
    for rewritten in EXCEPTIONS:
        answer = rewritten(style, answer, CASES[case])
    assert STYLES[style](CASES[case]) == answer


@pytest.mark.parametrize("exception", EXCEPTIONS)
def test_every_exception_is_needed(exception: Callable[[str, str, Item], str]) -> None:
    said = [(style, ANSWERS[case][style], item) for case, item in CASES.items() for style in STYLES]
    assert any(exception(style, answer, item) != answer for style, answer, item in said)


def test_most_citations_need_no_exception() -> None:
    same = [STYLES[style](item) == ANSWERS[case][style] for case, item in CASES.items() for style in ("apa", "mla")]
    assert sum(same) / len(same) > 0.9


COPY = "|archive-url=https://archive.example/steles/a/0123456789b/ |archive-date=2024-04-27"
ORIGINAL = "|url=https://radio.example/steles.html"


@pytest.mark.parametrize(
    ("changes", "chinese", "english"),
    [
        (
            {},
            f"{{{{cite news |author=陈某 |title=石碑的修补 {ORIGINAL} {COPY} |work=某电台 |date=2023-10-27"
            " |language=zh-hans}}",
            f"{{{{cite news |author=陈某 |script-title=zh:石碑的修补 {ORIGINAL} {COPY} |work=某电台 |date=2023-10-27"
            " |language=zh-hans}}",
        ),
        (
            {"kind": "wechat", "authors": ("甲", "乙"), "published": Stamp("2023-10", "byline"), "lang": "zh-Hant"},
            f"{{{{cite web |author1=甲 |author2=乙 |title=石碑的修补 {ORIGINAL} {COPY} |website=某电台 |date=2023年10月"
            " |language=zh-hant}}",
            f"{{{{cite web |author1=甲 |author2=乙 |script-title=zh:石碑的修补 {ORIGINAL} {COPY} |website=某电台"
            " |date=October 2023 |language=zh-hant}}",
        ),
        (
            {"title": "Steles | {a}", "lang": "en", "authors": (), "published": None, "captured": None, "source": ""},
            f"{{{{cite news |title=Steles {{{{!}}}} &#123;a&#125; {ORIGINAL} |language=en}}}}",
            f"{{{{cite news |title=Steles {{{{!}}}} &#123;a&#125; {ORIGINAL} |language=en}}}}",
        ),
        (
            {"original_url": None},
            "{{cite news |author=陈某 |title=石碑的修补 |url=https://archive.example/steles/a/0123456789b/ |via=小碑林"
            " |work=某电台 |date=2023-10-27 |language=zh-hans}}",
            "{{cite news |author=陈某 |script-title=zh:石碑的修补 |url=https://archive.example/steles/a/0123456789b/"
            " |via=小碑林 |work=某电台 |date=2023-10-27 |language=zh-hans}}",
        ),
    ],
)
def test_wikipedia_gets_the_original_and_the_copy(changes: dict[str, object], chinese: str, english: str) -> None:
    item = describe(HOME, article(**changes))
    assert (wikipedia_zh(item), wikipedia_en(item)) == (chinese, english)


@pytest.mark.parametrize("captured", [None, Stamp("2024-04", "front matter"), Stamp("2024", "front matter")])
def test_no_copy_is_given_to_wikipedia_without_the_day_of_its_capture(captured: Stamp | None) -> None:
    assert "archive" not in wikipedia_zh(describe(HOME, article(captured=captured)))


def test_no_copy_is_given_to_wikipedia_without_an_address() -> None:
    assert "archive" not in wikipedia_en(describe(ADRIFT, article()))
    assert "url" not in wikipedia_en(describe(ADRIFT, article(original_url=None)))
