"""Real captures, where a folder of them is named: each is read or refused with its reason and passes the gate."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from beilin.markup.gate import ALLOWED_TAGS
from beilin.model.article import Reading
from beilin.model.problem import Level
from beilin.model.site import Site
from beilin.sources.reading import read


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
