"""A sketch tells how much two texts have in common, whatever their script, width, punctuation and layout."""

import hashlib
import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beilin.text.folding import fold
from beilin.text.sketches import LENGTH, is_recognisable, read_sketch, resemblance, sketch, write_sketch
from beilin.text.traditional import USUAL_SIMPLIFIED, USUAL_TRADITIONAL

CHARACTERS = "石碑林拓片经文刻工书库城墙考古版本校勘字纸张印刷活抄目录编号残修补年代题记山水人家天地日月风雨门户"
TO_TRADITIONAL = str.maketrans(USUAL_SIMPLIFIED, USUAL_TRADITIONAL)
TO_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}

chinese = st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=300)
marks = st.sampled_from(["，", "。", "、", "“", "」", "——", "……", " ", "\n", "\u3000", "\u200b", "\u00ad", "*", "_"])


def made_up(seed: int, sentences: int) -> list[str]:
    """Sentences of some twenty characters, the same for one seed."""
    chance = random.Random(seed)  # noqa: S311 - the same texts every time
    return ["".join(chance.choices(CHARACTERS, k=chance.randint(12, 28))) + "。" for _ in range(sentences)]


@given(st.lists(st.text(st.characters(codec=None)), max_size=5))
def test_any_text_has_one_sketch_or_none(texts: list[str]) -> None:
    found = sketch(texts)
    assert len(found) == (LENGTH if any(letter.isalnum() for text in texts for letter in fold(text)) else 0)
    assert found == sketch(texts) == sketch(["\n".join(texts)])
    assert resemblance(found, found) == bool(found)


@given(chinese, st.lists(st.tuples(st.integers(0, 300), marks), max_size=40))
def test_punctuation_and_layout_make_no_difference(text: str, inserted: list[tuple[int, str]]) -> None:
    other = text
    for place, mark in inserted:
        other = other[:place] + mark + other[place:]
    assert sketch([other]) == sketch([text])


@given(st.text(st.sampled_from(CHARACTERS + "abcXYZ019 "), max_size=200))
def test_script_width_and_case_make_no_difference(text: str) -> None:
    assert sketch([text.translate(TO_TRADITIONAL)]) == sketch([text])
    assert sketch([text.translate(TO_FULL_WIDTH)]) == sketch([text])
    assert sketch([text.swapcase()]) == sketch([text])


@given(st.lists(st.sampled_from("stone stele forest rubbing text wall book page Straße Москва".split()), min_size=1))
def test_words_are_told_apart_by_their_spaces_alone(words: list[str]) -> None:
    assert sketch([" ".join(words)]) == sketch([",\n ".join(words)])
    if len(words) > 3:
        assert sketch([" ".join(words)]) != sketch(["".join(words)])


@given(chinese, chinese)
def test_resemblance_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    found = resemblance(sketch([one]), sketch([other]))
    assert 0 <= found <= 1
    assert found == resemblance(sketch([other]), sketch([one]))
    assert resemblance(sketch([one]), b"") == 0


@pytest.mark.parametrize("sentences", [10, 40, 200, 1000])
@pytest.mark.parametrize("new", [0.0, 0.1, 0.25, 0.5, 1.0])
def test_the_estimate_is_near_the_share_of_triples_in_common(sentences: int, new: float) -> None:
    errors = []
    for seed in range(20):
        ours = made_up(seed, sentences)
        theirs = ours[: round(sentences * (1 - new))] + made_up(1000 + seed, round(sentences * new))
        one, other = (_triples("".join(text).replace("。", "")) for text in (ours, theirs))
        exact = len(one & other) / len(one | other)
        errors.append(resemblance(sketch(ours), sketch(theirs)) - exact)
    assert abs(sum(errors) / len(errors)) < 0.05  # three standard errors of a mean of twenty
    assert max(map(abs, errors)) < 0.25  # four standard errors of one


def _triples(text: str) -> set[str]:
    return {text[start : start + 3] for start in range(len(text) - 2)}


def test_an_edited_text_is_recognised_and_another_is_not() -> None:
    text, other = made_up(1, 60), made_up(2, 60)
    edits = [
        text[:45] + other[45:],
        text[15:],
        text[30:] + text[:30],
        [*other[:15], *text],
        [line.replace("石", "岩").replace("，", " ") for line in text],
    ]
    for edited in edits:
        assert is_recognisable(sketch(text), sketch(edited))
    assert not is_recognisable(sketch(text), sketch(other))
    assert not is_recognisable(sketch(text), sketch(text[:15] + other[15:]))
    assert not is_recognisable(b"", b"")


def test_the_more_is_new_the_less_two_texts_resemble() -> None:
    text, other = made_up(1, 200), made_up(2, 200)
    found = [resemblance(sketch(text), sketch(text[:kept] + other[kept:])) for kept in range(200, -1, -50)]
    assert all(one > other for one, other in pairwise(found))


@given(st.binary(min_size=LENGTH, max_size=LENGTH) | st.just(b""))
def test_a_written_sketch_is_read(found: bytes) -> None:
    assert read_sketch(write_sketch(found)) == found
    assert write_sketch(found).isascii()


@given(st.text() | st.text(st.sampled_from("012.+/=AZ")))
@pytest.mark.parametrize("before", ["", "1.", "2." + "A" * 170])
def test_what_no_sketch_wrote_reads_as_none(before: str, damaged: str) -> None:
    assert read_sketch(before + damaged) == b""


def test_sketches_of_one_scheme_stay_the_same() -> None:
    # Ledgers hold sketches for decades: whoever must change this, changes `SCHEME` too.
    long = "".join(CHARACTERS[(place * place // 7 + place // 11) % len(CHARACTERS)] for place in range(4000))
    texts = ["碑林藏石四千，最早的刻於漢代。", "The Forest of Steles, Xi’an, 1087 年建。", "石" * 40, long]
    digest = hashlib.sha256(b"".join(sketch([text]) for text in texts) + sketch(texts)).hexdigest()
    assert digest == "3720f69c10d6da6bf21ecf485725f9b0bd50d8793aa0b0d6ea5bd63bb2046650"
