"""The cleaner against its golden cases: one capture in the shape of a real outlet, and what an editor would keep of it.

New output is accepted by `python tests/accept_cases.py [kind/name …]`, never by the test.
"""

from pathlib import Path

import casebook
import pytest

from beilin.sources.registry import kinds


@pytest.mark.parametrize("folder", casebook.folders(), ids=casebook.name_of)
def test_every_case_reads_as_expected(folder: Path) -> None:
    files = sorted(path.name for path in folder.iterdir())
    captures = [path.name for path in casebook.captures_in(folder)]
    assert len(captures) == 1, f"a case has one capture, not {captures}"
    assert files == sorted([*captures, casebook.EXPECTED]), "a case is a capture and what is expected of it"
    expected = (folder / casebook.EXPECTED).read_text(encoding="utf-8")
    assert casebook.as_text(casebook.read_case(folder)) == expected


def test_nothing_but_cases_stands_among_the_cases() -> None:
    depths = {len(path.relative_to(casebook.CASES).parts) for path in casebook.CASES.glob("*/**/*") if path.is_file()}
    assert depths == {3}, "a case's files stand in cases/<kind>/<name>/"


def test_every_kind_has_a_case_and_every_case_a_kind() -> None:
    assert {folder.parent.name for folder in casebook.folders()} == kinds()


@pytest.mark.parametrize("folder", casebook.folders(), ids=casebook.name_of)
def test_every_case_is_recognised_as_its_folder_says(folder: Path) -> None:
    facts = casebook.read_case(folder).facts
    assert facts is None or facts.kind == folder.parent.name
