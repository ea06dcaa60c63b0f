"""White space and invisible characters, by the language around them.

The functions see an inline run as one string in which `MARK` stands for each tag, so that a word split over several
elements is one word here.
"""

import re

from beilin.text.characters import CHINESE, JOINERS, ZERO_WIDTH

MARK = "\ufdd0"
"""Stands for one start or end tag; a noncharacter, which no captured text holds once it is decoded."""
ATOM = "\ufdd1"
"""Stands for one picture, formula or note mark."""
BREAK = "\ufdd2"
"""Stands for one `<br>`."""

_CHINESE = re.compile(f"[{CHINESE}]")
_ODD_SPACES = re.compile("[\t\x0b\x0c\u00a0\u2000-\u200a\u202f\u205f]")
_SPACES = re.compile(f"[ \n]+(?:{MARK}*[ \n]+)*")
_INVISIBLE = re.compile(f"[{ZERO_WIDTH}{JOINERS}]")
_INVISIBLE_RUN = re.compile(f"[{ZERO_WIDTH}{JOINERS}]+")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdcf\ufe70-\ufefc]")
_EDGES = re.compile(f"[ \u3000]*({MARK}*)[ \u3000]*{BREAK}[ \u3000]*({MARK}*)[ \u3000]*")


def normalise_spacing(run: str) -> str:
    """`run` with white space collapsed, indentation among Chinese removed and idle invisible characters dropped.

    Spaces typed between Chinese characters stay one space: `王 平` is how a name list aligns its columns.
    """
    run = _ODD_SPACES.sub(" ", run)
    if _INVISIBLE.search(run):
        run = _without_invisible(run)
    run = _SPACES.sub(_collapse, run)
    if BREAK in run:
        run = _EDGES.sub(rf"\1{BREAK}\2", run)
    return run


def _collapse(spaces: re.Match[str]) -> str:
    found = spaces[0]
    marks = MARK * found.count(MARK)
    if "\n" not in found:
        return " " + marks
    run, start, end = spaces.string, spaces.start(), spaces.end()
    if _is_chinese(_before(run, start)) or _is_chinese(_after(run, end)):
        return marks
    return " " + marks


def _without_invisible(run: str) -> str:
    if not _RIGHT_TO_LEFT.search(run):
        run = _DIRECTION.sub("", run)
    return _INVISIBLE_RUN.sub(_keep_if_needed, run)


def _keep_if_needed(found: re.Match[str]) -> str:
    before, after = _before(found.string, found.start()), _after(found.string, found.end())
    is_idle = any(not side or side in f" \n{BREAK}{ATOM}" or _CHINESE.match(side) for side in (before, after))
    return "" if is_idle else found[0]


def _is_chinese(character: str) -> bool:
    return bool(character) and _CHINESE.match(character) is not None


def _before(run: str, position: int) -> str:
    while position and run[position - 1] == MARK:
        position -= 1
    return run[position - 1] if position else ""


def _after(run: str, position: int) -> str:
    while position < len(run) and run[position] == MARK:
        position += 1
    return run[position] if position < len(run) else ""
