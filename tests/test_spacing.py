"""White space and invisible characters go where they say nothing, and no visible character ever does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beilin.text.spacing import ATOM, BREAK, MARK, normalise_spacing, speaks_of_invisible

PLACES = {
    "布林\u200b肯": "布林肯",
    "\ufeff布林肯": "布林肯",
    "中\u00ad国": "中国",
    "10\u00a0月": "10 月",
    "a\u00a0b": "a b",
    "王\u3000平": "王\u3000平",
    "王 平": "王 平",
    "一\n      二": "一二",
    "一，\n二": "一，二",
    "one\n   two": "one two",
    "中文\n English": "中文English",
    "English\n中文": "English中文",
    "a  \t b": "a b",
    "👨\u200d👩\u200d👧": "👨\u200d👩\u200d👧",
    "م\u200cی": "م\u200cی",
    "\u202eabc\u202c": "abc",
    "a\u200bb": "a\u200bb",
    f"布{MARK}林\n{MARK}肯": f"布{MARK}林{MARK}肯",
    f"one{MARK} {MARK} two": f"one{MARK} {MARK}two",
    f"一 {BREAK} 二": f"一{BREAK}二",
    f"一{MARK} {BREAK}{MARK} 二": f"一{MARK}{BREAK}{MARK}二",
}

ABOUT = [
    "零宽空格写成一个看不见的字符",
    "零寬連字",
    "a Zero-Width Space",
    "字符 U+200B 在这里",
    "ZWNJ",
]

WHITE = " \t\n\u00a0\u2003\u3000"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202c\u2066\u2069"
runs = st.text(st.sampled_from(f"王平，。“a1.é👨ا{WHITE}{INVISIBLE}{MARK}{ATOM}{BREAK}"), max_size=30)


def visible(run: str) -> str:
    return "".join(character for character in run if character not in WHITE + INVISIBLE)


@pytest.mark.parametrize(("run", "expected"), PLACES.items())
def test_spacing_is_what_the_language_around_it_asks(run: str, expected: str) -> None:
    assert normalise_spacing(run) == expected


@pytest.mark.parametrize("text", ABOUT)
def test_a_text_about_invisible_characters_keeps_its_examples(text: str) -> None:
    assert speaks_of_invisible(text)
    assert normalise_spacing("石\u200b碑\ufeff", keeps_invisible=True) == "石\u200b碑\ufeff"
    assert normalise_spacing("\u202eabc\u202c", keeps_invisible=True) == "abc"


def test_a_text_about_width_is_not_about_invisible_characters() -> None:
    assert not speaks_of_invisible("碑额的宽度为零点八米，U+200 与 zero 都不算。")


@given(runs)
def test_nothing_visible_is_lost_added_or_moved(run: str) -> None:
    assert visible(normalise_spacing(run)) == visible(run)


@given(runs)
def test_words_are_never_joined_nor_parted(run: str) -> None:
    latin = run.translate({ord(character): " " for character in "王平，。“"}).translate(
        {ord(character): None for character in INVISIBLE}
    )
    plain = str.maketrans({MARK: "", ATOM: " ", BREAK: " "})
    assert normalise_spacing(latin).translate(plain).split() == latin.translate(plain).split()


@given(runs)
def test_only_an_ordinary_or_an_ideographic_space_is_left(run: str) -> None:
    found = normalise_spacing(run)
    assert not set(found) & set("\t\n\u00a0\u2003")
    assert "  " not in found.replace(MARK, "")
