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
_SPACES = re.compile(f"[ \n](?:(?:{MARK}*[ \n]+)+|(?<=\n))")
"""White space that is more than the one space it ought to be."""
_INVISIBLE = re.compile(f"[{ZERO_WIDTH}{JOINERS}]")
_INVISIBLE_RUN = re.compile(f"[{ZERO_WIDTH}{JOINERS}][{ZERO_WIDTH}{JOINERS}]*")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdcf\ufe70-\ufefc]")
_SPACE = " \u3000"
_INVISIBLE_BY_NAME = (
    *("零宽", "零寬", "zero width", "zero-width", "zwsp", "zwnj", "zwj"),
    *("u+200b", "u+200c", "u+200d", "u+200e", "u+200f", "u+2060", "u+feff"),
)
"""What a text that is about invisible characters calls them, in lower case."""


def speaks_of_invisible(text: str) -> bool:
    """Whether `text` is about invisible characters, so that those in it may be its examples."""
    lower = text.lower()
    return any(name in lower for name in _INVISIBLE_BY_NAME)


def normalise_spacing(run: str, *, keeps_invisible: bool = False) -> str:
    """`run` with white space collapsed, indentation among Chinese removed and idle invisible characters dropped.

    Spaces typed between Chinese characters stay one space: `王 平` is how a name list aligns its columns. With
    `keeps_invisible` only direction overrides are dropped, where all scripts run one way.
    """
    run = _ODD_SPACES.sub(" ", run)
    if _INVISIBLE.search(run):
        run = _without_invisible(run, keeps_others=keeps_invisible)
    run = _SPACES.sub(_collapse, run)
    if BREAK in run:
        first, *rest = run.split(BREAK)
        *most, last = (_without_start(line) for line in rest)
        run = BREAK.join((*map(_without_end, (first, *most)), last))
    return run


def _without_start(line: str) -> str:
    """`line` without the spaces before and after the tags at its start."""
    tagged = line.lstrip(_SPACE)
    text = tagged.lstrip(MARK)
    return MARK * (len(tagged) - len(text)) + text.lstrip(_SPACE)


def _without_end(line: str) -> str:
    """`line` without the spaces before and after the tags at its end."""
    tagged = line.rstrip(_SPACE)
    text = tagged.rstrip(MARK)
    return text.rstrip(_SPACE) + MARK * (len(tagged) - len(text))


def _collapse(spaces: re.Match[str]) -> str:
    found = spaces[0]
    marks = MARK * found.count(MARK)
    if "\n" not in found:
        return " " + marks
    run, start, end = spaces.string, spaces.start(), spaces.end()
    if _is_chinese(_before(run, start)) or _is_chinese(_after(run, end)):
        return marks
    return " " + marks


def _without_invisible(run: str, *, keeps_others: bool) -> str:
    if not _RIGHT_TO_LEFT.search(run):
        run = _DIRECTION.sub("", run)
    return run if keeps_others else _INVISIBLE_RUN.sub(_keep_if_needed, run)


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
