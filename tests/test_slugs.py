"""Names of tags and sources become parts of addresses that every file system holds, and keep their script."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beilin.library.slugs import LONGEST, slugs
from beilin.store.site_files import LONGEST_PATH_BYTES, fold, insist_on_safe

names = st.text(st.characters(codec="utf-8"), max_size=120)


def slug(name: str) -> str:
    return slugs([name])[name]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("王毅", "王毅"),
        ("自由亚洲电台", "自由亚洲电台"),
        ("GB 18030", "gb 18030"),
        ("Ａ股", "a股"),
        ("ÉTÉ", "ÉtÉ"),  # only ASCII letters are lower-cased
        ("a/b", "a-b"),
        ("C++", "c++"),
        ('"x"?', "-x--"),
        ("新闻　评论", "新闻 评论"),
        ("两行\n字", "两行 字"),
        ("结尾。", "结尾。"),
        ("ﬁn", "fin"),
    ],
)
def test_slugs_keep_their_script(name: str, expected: str) -> None:
    # a slug that starts with a hyphen takes a digest
    found = slug(name)
    assert found == expected or (expected.startswith("-") and found.startswith(expected))


@given(st.lists(names, max_size=8, unique=True))
def test_every_slug_is_a_folder_that_any_file_system_holds(several: list[str]) -> None:
    for found in slugs(several).values():
        assert 0 < len(found) <= LONGEST
        assert unicodedata.is_normalized("NFKC", found)
        assert not any("A" <= character <= "Z" for character in found)
        for path in (f"tag/{found}/page/9999/index.html", f"source/{found}/feed.json"):
            insist_on_safe(path)
            assert len(path.encode()) < LONGEST_PATH_BYTES


@given(st.lists(names, max_size=8, unique=True))
def test_no_two_names_share_a_folder_on_any_file_system(several: list[str]) -> None:
    found = slugs(several)
    assert set(found) == set(several)
    assert len({fold(one) for one in found.values()}) == len(several)


@given(st.lists(names, max_size=8, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_names_makes_no_difference(several: list[str], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = several[:]
    random.shuffle(shuffled)
    assert slugs(shuffled) == slugs(several)


@pytest.mark.parametrize(
    "group",
    [
        ("Beijing", "beijing", "BEIJING"),
        ("ＡＢ", "ab"),
        ("a/b", "a:b", "a-b"),
        ("straße", "strasse"),
        ("é", "e\u0301"),
        ("x", " x "),
        ("x.", "x"),
    ],
)
def test_names_that_collide_all_end_in_their_digest(group: tuple[str, ...]) -> None:
    found = slugs(group)
    assert len(set(found.values())) == len(group)
    for name, one in found.items():
        assert one.rpartition("-")[2] == slug_digest(name), (name, one)


def slug_digest(name: str) -> str:
    import hashlib  # noqa: PLC0415 - the one place that needs it

    return hashlib.sha256(name.encode()).hexdigest()[:6]


def test_a_name_keeps_its_slug_whatever_else_is_there_unless_it_collides() -> None:
    assert slugs(["王毅", "林燕"])["王毅"] == slugs(["王毅"])["王毅"] == "王毅"


@pytest.mark.parametrize("name", ["字" * 81, "a" * 500, "𠀀" * 60, "é" * 200])
def test_long_names_end_in_their_digest(name: str) -> None:
    found = slug(name)
    assert len(found) <= LONGEST
    assert found.endswith("-" + slug_digest(name))


def test_eighty_letters_are_not_too_long() -> None:
    assert slug("a" * 80) == "a" * 80


@pytest.mark.parametrize("name", ["con", "NUL", "Com1", "lpt9", "", ".", "..", "...", " ", "/", ".git", "-x"])
def test_names_that_systems_keep_for_themselves_take_a_digest(name: str) -> None:
    found = slug(name)
    assert found.endswith(slug_digest(name))
    insist_on_safe(f"tag/{found}/index.html")
    assert found.partition(".")[0].lower() not in {"con", "nul", "aux", "com1", "lpt9"}
