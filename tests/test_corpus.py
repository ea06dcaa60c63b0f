"""Real captures, where a folder of them is named: each is read or refused with its reason, and no word is lost."""

import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from beilin.markup.gate import ALLOWED_TAGS
from beilin.model.article import Reading
from beilin.model.problem import Level
from beilin.model.site import Site
from beilin.sources.reading import read

HAN = re.compile("[一-鿿]")
UNSEEN = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)
SHARE_KEPT = 0.98
"""Of the Chinese characters of WeChat posts, whose pages hold little furniture; lowering it is a decision."""


@pytest.fixture(scope="module")
def readings(corpus: Path) -> dict[Path, Reading]:
    found = {}
    for path in sorted(corpus.rglob("*.md")):
        data = path.read_bytes()
        found[path] = read(path.name, data, hashlib.sha256(data).hexdigest(), Site())
    assert found, "the folder of captures is empty"
    return found


@pytest.mark.corpus
def test_every_real_capture_is_an_article_or_named_with_its_reason(readings: dict[Path, Reading]) -> None:
    for path, reading in readings.items():
        codes = [problem.code for problem in reading.problems if problem.level is Level.ERROR]
        assert (reading.facts is None) == bool(codes), path
        assert reading.facts is None or (reading.blocks and reading.facts.title), path


@pytest.mark.corpus
def test_no_real_capture_brings_a_foreign_element_through_the_gate(readings: dict[Path, Reading]) -> None:
    found: Counter[str] = Counter()
    for reading in readings.values():
        soup = BeautifulSoup("".join(block.html for block in reading.blocks), "html.parser")
        found.update(element.name for element in soup.find_all(True))
        assert not soup.find_all(style=True)
    assert set(found) <= ALLOWED_TAGS


@pytest.mark.corpus
def test_hardly_a_word_of_a_real_post_is_lost(readings: dict[Path, Reading]) -> None:
    printed = kept = 0
    for path, reading in readings.items():
        if reading.facts is not None and reading.facts.kind == "wechat":
            body = path.read_text("utf-8").split("\n------\n", 1)[-1]
            printed += len(HAN.findall(UNSEEN.sub("", body)))
            words = [block.text for block in reading.blocks] + [removal.text for removal in reading.removals]
            kept += min(sum(len(HAN.findall(text)) for text in words), len(HAN.findall(body)))
    assert printed, "no post among the captures"
    assert kept / printed >= SHARE_KEPT
