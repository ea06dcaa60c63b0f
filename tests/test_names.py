"""The archive's names: found where they stand and nowhere else, joined in their tags, and every mistake told."""

import json
import pickle
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from samples import HOME, article

from beilin.library.candidates import Candidate, find_candidates, find_glosses, in_words, lacking
from beilin.library.mentions import find_mentions, own_words
from beilin.library.names import Authority, Occurrence, names_digest, spelled, variant_key
from beilin.library.shelves import arrange
from beilin.model.article import Block, BlockKind, SafeHtml
from beilin.model.name import Mentions, Name, NameKind
from beilin.model.page import File, Page
from beilin.pages.known_names import former_tags
from beilin.pages.listings import listing_pages
from beilin.pages.redirects import Redirections, redirect_files
from beilin.pages.rendering import Theme
from beilin.pages.setting import Setting
from beilin.store.names_file import load_names
from beilin.store.toml_files import ConfigurationError
from beilin.text.folding import SIMPLIFIED, fold

ROOT = Path(__file__).resolve().parent.parent
LETTERS = "甲乙丙丁國国學学AaBb7 ·"
PERSON, PLACE, BODY, SUBJECT = NameKind
TEMPLATES = {path.name: path.read_text("utf-8") for path in (ROOT / "theme/templates").iterdir()}
WORDS = {
    language: tomllib.loads((ROOT / f"theme/i18n/{language}.toml").read_text("utf-8"))
    for language in ("zh-Hans", "zh-Hant", "en")
}


def authority(*entries: str, kind: NameKind = PERSON) -> Authority:
    """Each entry is a name and its aliases, a slash between them."""
    return Authority(tuple(Name(entry.split("/")[0], kind, tuple(entry.split("/")[1:])) for entry in entries))


def named(known: Authority, *texts: str) -> list[str]:
    return [known.names[number].name for number in known.mentions(texts).names]


variants = st.text(LETTERS, min_size=2, max_size=5).filter(lambda variant: sum(map(str.isalnum, variant)) > 1)
entries = st.lists(st.lists(variants, min_size=1, max_size=3), max_size=4)
texts = st.text(LETTERS + "\n，", max_size=30)


@st.composite
def authorities(draw: st.DrawFn) -> Authority:
    claimed: set[str] = set()
    names = []
    for found in draw(entries):
        keys = {variant_key(variant) for variant in found}
        if claimed.isdisjoint(keys):
            claimed |= keys
            names.append(Name(found[0], PERSON, tuple(found[1:])))
    return Authority(tuple(names))


def forms_of(known: Authority) -> dict[str, tuple[int, bool]]:
    """Folded form → the name's number, and whether it counts in capitals only."""
    forms: dict[str, tuple[int, bool]] = {}
    for number, name in enumerate(known.names):
        for variant in name.variants:
            for form in spelled(variant):
                forms[form] = number, variant.isupper() and forms.get(form, (0, True))[1]
    return forms


def is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def standing(known: Authority, text: str) -> Iterator[Occurrence]:
    """Every place at which a variant stands by itself, found by trying them all."""
    folded = fold(text)
    for form, (number, is_capital) in forms_of(known).items():
        for start in range(len(folded) - len(form) + 1):
            end = start + len(form)
            inside = folded.startswith(form, start)
            opened = start > 0 and is_word(folded[start - 1]) and is_word(form[0])
            closed = end < len(folded) and is_word(folded[end]) and is_word(form[-1])
            if inside and not opened and not closed and (not is_capital or text[start:end].isupper()):
                yield Occurrence(start, end, number)


def slowly(known: Authority, text: str) -> list[Occurrence]:
    found = list(standing(known, text))
    free = [
        one
        for one in found
        if not any(other.start <= one.start and one.end <= other.end for other in found if other != one)
    ]
    kept: list[Occurrence] = []
    for one in sorted(free, key=lambda one: (one.start - one.end, one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


@given(authorities(), texts)
def test_names_are_found_where_trying_them_all_finds_them(known: Authority, text: str) -> None:
    assert known.occurrences(text) == slowly(known, text)


@given(authorities(), texts)
def test_no_name_is_found_inside_another(known: Authority, text: str) -> None:
    found = known.occurrences(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for one in found:
        for other in standing(known, text):
            assert other == one or not (other.start <= one.start and one.end <= other.end)


@given(authorities(), texts)
def test_simplified_traditional_and_full_width_are_alike(known: Authority, text: str) -> None:
    simplified = "".join(SIMPLIFIED.get(character, character) for character in text)
    wide = "".join(chr(ord(character) + 0xFEE0) if is_word(character) else character for character in text)
    assert known.occurrences(simplified) == known.occurrences(text) == known.occurrences(wide)


@given(authorities(), st.lists(texts, max_size=4))
def test_no_name_reaches_from_one_block_into_the_next(known: Authority, blocks: list[str]) -> None:
    apart = {number for text in blocks for number in known.mentions([text]).names}
    assert set(known.mentions(blocks).names) == apart


@given(authorities(), texts)
def test_names_travel_to_another_process_unchanged(known: Authority, text: str) -> None:
    again = pickle.loads(pickle.dumps(known))  # noqa: S301
    assert again == known
    assert again.occurrences(text) == known.occurrences(text)


@pytest.mark.parametrize(
    ("known", "text", "expected"),
    [
        ("王甲|王甲乙", "王甲乙来了", "王甲乙"),
        ("王甲|某国/王甲乙", "王甲乙来了，王甲没来", "某国|王甲"),
        ("甲乙丙丁|丙丁戊", "甲乙丙丁戊", "甲乙丙丁"),
        ("甲乙丙|乙丙丁戊", "甲乙丙丁戊", "乙丙丁戊"),
        ("Blinken", "Blinkenberg 与 xBlinken 与 Blinken7", ""),
        ("Blinken", "国务卿Blinken说，BLINKEN's", "Blinken"),
        ("Blinken", "ＢＬＩＮＫＥＮ。", "Blinken"),
        ("20国集团", "120国集团", ""),
        ("世卫/WHO", "the man who came", ""),
        ("世卫/WHO", "ＷＨＯ宣布", "世卫"),
        ("世卫/WHO/Who", "the man who came", "世卫"),
        ("GB 18030标准", "《GB 18030 标准》", "GB 18030标准"),
        ("安东尼·甲林肯", "安东尼 • 甲林肯", "安东尼·甲林肯"),
        ("布林肯國務卿", "布林肯国务卿", "布林肯國務卿"),
        ("甲乙", "甲 乙，甲\n乙", ""),
    ],
)
def test_a_name_is_found_only_where_it_is_meant(known: str, text: str, expected: str) -> None:
    assert "|".join(named(authority(*known.split("|")), text)) == expected


def test_the_most_frequent_name_comes_first_then_the_first_to_occur() -> None:
    known = authority("甲甲", "乙乙/B乙", "丙丙")
    assert named(known, "丙丙", "甲甲乙乙", "B乙") == ["乙乙", "丙丙", "甲甲"]


def test_names_are_looked_for_in_the_title_and_in_prose_but_not_in_code_or_in_lists_of_other_posts() -> None:
    kinds = (BlockKind.PARAGRAPH, BlockKind.CODE, BlockKind.TABLE, BlockKind.FORMULA, BlockKind.OLDER)
    blocks = [Block(kind, SafeHtml("<p></p>"), kind.value, "zh-Hans") for kind in kinds]
    assert list(own_words("题", blocks)) == ["题", "paragraph", "table"]


tags = st.lists(st.one_of(variants, st.sampled_from(["石刻", "拓片"])), max_size=4, unique=True)


@given(authorities(), tags, texts)
def test_tags_are_joined_to_their_names_and_none_is_lost_or_doubled(
    known: Authority, own: list[str], text: str
) -> None:
    mentions = known.mentions([text])
    joined = known.with_names(own, mentions)
    assert len(set(joined)) == len(joined)
    shown = [entry.name if (entry := known.find(tag)) else tag for tag in own]
    assert list(joined[: len(set(shown))]) == list(dict.fromkeys(shown))
    assert set(joined) == {*shown, *(known.names[number].name for number in mentions.names)}
    assert known.with_names(joined, mentions) == joined


def test_the_digest_changes_with_what_is_looked_for_and_with_nothing_else() -> None:
    name = Name("甲乙", PERSON, ("丙丁",))
    digest = names_digest([name])
    assert names_digest([replace(name, kind=PLACE, same_as=("https://a.example/",))]) == digest
    assert len({digest, names_digest([]), names_digest([replace(name, aliases=())]), names_digest([name, name])}) == 4


# the file


def load(content: Path, text: str | bytes) -> tuple[Name, ...] | None:
    (content / "names.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_names(content)


def mistakes(content: Path, text: str | bytes) -> list[str]:
    with pytest.raises(ConfigurationError) as raised:
        load(content, text)
    return [mistake.replace(content.as_posix(), "content") for mistake in raised.value.mistakes]


def test_an_archive_without_the_file_knows_no_names(tmp_path: Path) -> None:
    assert load_names(tmp_path) is None
    assert load(tmp_path, "# nothing yet\n") == ()


def test_every_key_is_read(tmp_path: Path) -> None:
    text = """\ufeff[[person]]\r
name = " 甲  某 "
aliases = ["Jia", "Jia", '甲先生']
same_as = ["https://a.example/1"]
[[subject]]
name = "石经"
[[person]]
name = "乙某"
"""
    assert load(tmp_path, text) == (
        Name("甲 某", PERSON, ("Jia", "甲先生"), ("https://a.example/1",)),
        Name("乙某", PERSON),
        Name("石经", SUBJECT),
    )


def test_all_mistakes_are_named_at_once_each_with_its_line(tmp_path: Path) -> None:
    text = """title = 3
[[persons]]
name = "甲某"
[place]
name = "某地"
[[person]]
nam = "乙某"
aliases = ["Yi Mou", "乙"]
[[person]]
name = "丙某"
aliases = [
  "ＹＩ　ＭＯＵ",
  "··",
  "",
]
same_as = ["wikidata.org/wiki/Q1", "javascript:x"]
[[body]]
name = 3
aliases = "某社"
[[subject]]
name = "石经"
[[subject]]
name = "石經"
same_as = [3]
"""
    short = "would be found everywhere; write at least 2 letters or characters"
    assert mistakes(tmp_path, text) == [
        "content/names.toml:1: table-unknown: there is no kind of name 'title'; "
        "known are [[person]] [[place]] [[body]] [[subject]]",
        "content/names.toml:2: table-unknown: there is no kind of name 'persons'; did you mean [[person]]?",
        "content/names.toml:4: table-form: each entry is a table of its own; write [[place]] above it",
        'content/names.toml:6: name-missing: the entry has no name; add name = "…"',
        "content/names.toml:7: key-unknown: there is no key 'nam'; did you mean name?",
        f"content/names.toml:8: variant-short: '乙' {short}",
        "content/names.toml:12: variant-claimed: 'ＹＩ ＭＯＵ' belongs to the entry at line 6 as well; "
        "leave it to one of them",
        f"content/names.toml:13: variant-short: '··' {short}",
        f"content/names.toml:14: variant-short: '' {short}",
        "content/names.toml:16: same-as-unusable: 'javascript:x' is no http or https address; "
        "write it in full, such as https://…",
        "content/names.toml:16: same-as-unusable: 'wikidata.org/wiki/Q1' is no http or https address; "
        "write it in full, such as https://…",
        'content/names.toml:18: names-type: expected text in quotation marks, such as "…", found 3',
        'content/names.toml:19: names-type: expected a list of texts, such as ["…", "…"], found \'某社\'',
        "content/names.toml:23: variant-claimed: '石經' belongs to the entry at line 20 as well; "
        "leave it to one of them",
        'content/names.toml:24: names-type: expected a list of texts, such as ["…", "…"], found [3]',
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[person]]\nname = 甲\n", "content/names.toml:2: names-syntax: "),
        ("[[person]]\nname = \"甲某\"\naliases = '''", "content/names.toml:3: names-syntax: "),
        ("[[person]]\nname = '某".encode() + b"\xff'", "content/names.toml:2: names-encoding: not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path: Path, text: str | bytes, expected: str) -> None:
    (mistake,) = mistakes(tmp_path, text)
    assert mistake.startswith(expected)


@given(entries)
def test_what_is_accepted_belongs_to_one_name_each(
    tmp_path_factory: pytest.TempPathFactory, found: list[list[str]]
) -> None:
    text = "".join(f"[[person]]\nname = {json.dumps(first)}\naliases = {json.dumps(rest)}\n" for first, *rest in found)
    try:
        names = load(tmp_path_factory.mktemp("content"), text)
    except ConfigurationError as error:
        assert all("variant-claimed" in mistake for mistake in error.mistakes)
        return
    assert names is not None
    known = Authority(names)
    assert [known.find(variant) for name in names for variant in name.variants] == [
        name for name in names for _ in name.variants
    ]


def test_every_name_of_the_sample_stands_in_the_sample() -> None:
    names = load_names(ROOT / "content")
    assert names is not None and len(names) > 12
    assert {name.kind for name in names} == set(NameKind)
    captures = (path for path in (ROOT / "content").rglob("*") if path.suffix in (".md", ".txt", ".html", ".htm"))
    text = "\n".join(path.read_bytes().decode(_encoding(path)) for path in captures)
    assert sorted(Authority(names).mentions([text]).names) == list(range(len(names)))


def _encoding(path: Path) -> str:
    return {".htm": "cp950"}.get(path.suffix, "gb18030" if path.name.startswith("GB") else "utf-8")


# what the file lacks


def test_foreign_names_are_cut_out_of_their_sentence() -> None:
    assert find_candidates(["国务卿安东尼·布林肯说，和約翰•史密斯在一起", "安东尼·布林肯", "图·文"]) == (
        "安东尼·布林肯",
        "約翰•史密斯",
    )


def test_glosses_keep_the_end_of_what_stands_before_them() -> None:
    text = "他们在第二石头滩（Second Stone Shoal）附近，见附录 (A1) 和（中文）以及甲 (Jia Yi)"
    assert find_glosses([text]) == (("他们在第二石头滩", "Second Stone Shoal"), ("以及甲", "Jia Yi"))


def test_the_most_frequent_names_that_are_not_known_are_told() -> None:
    sentences = [
        "船在第二石头滩（Second Stone Shoal）",
        "驶近第二石头滩（Second Stone Shoal）",
        "第二石头滩(Second Stone Shoal)",
    ]
    known = authority("布林肯", "石鼓")
    archive = [
        (
            ("石鼓", "碑刻", "Topic"),
            find_mentions(known, [sentences[number % 3], "约翰·史密斯", "約翰·史密斯，安东尼·布林肯" * (number % 2)]),
        )
        for number in range(6)
    ]
    found = lacking(archive, known)
    assert found == (
        Candidate("碑刻", 6),
        Candidate("第二石头滩 (Second Stone Shoal)", 6),
        Candidate("约翰·史密斯", 6),
    )
    assert in_words(found[:1]) == "碑刻 (6 articles)"
    assert lacking(archive[:4], known) == ()


def test_captions_credited_to_an_agency_are_no_candidates() -> None:
    texts = [f"{first}在会上（Some Agency）" for first in "甲乙丙丁戊己"]
    texts = [text.replace("会上", other) for text, other in zip(texts, "山 水 城 林 石 路".split(), strict=True)]
    assert lacking([((), find_mentions(authority(), [text])) for text in texts], authority()) == ()


# the pages


STELES = Name("石经", SUBJECT, ("石經", "Stone Classics"), ("https://a.example/wiki/%E7%9F%B3?x=1&y=2",))
OWN_TAGS = (("Stone Classics", "拓片"), ("石經",), ("拓片",))


def joined() -> tuple[Authority, list]:
    known = Authority((STELES, Name("某人", PERSON)))
    found = [
        replace(article(tags=known.with_names(own, Mentions())), id=f"{number:011}")
        for number, own in enumerate(OWN_TAGS)
    ]
    return known, found


@pytest.mark.parametrize("language", sorted(WORDS))
def test_the_tag_page_of_a_name_shows_its_kind_its_variants_and_where_else_it_is(language: str) -> None:
    known, found = joined()
    setting = Setting(replace(HOME, language=language), WORDS[language])
    pages = {page.path: page for page in listing_pages(arrange(found, known.names), setting) if isinstance(page, Page)}
    theme = Theme(TEMPLATES, WORDS[language])
    soup = BeautifulSoup(theme.render(pages["tag/石经/index.html"]).decode(), "lxml")
    facts = [dd.get_text() for dd in soup.select(".page-head dd")]
    words = WORDS[language]
    assert facts[:2] == [words["name_subject"], words["list_separator"].join(STELES.variants)]
    assert [(span.get_text(), span.get("lang")) for span in soup.select(".page-head dd span")] == [
        ("石经", "zh-Hans"),
        ("石經", "zh-Hant"),
        ("Stone Classics", None),
    ]
    (link,) = soup.select(".page-head dd a")
    assert link["href"] == STELES.same_as[0]
    assert {"noopener", "noreferrer"} <= set(link["rel"])
    assert link.get_text() == "a.example/wiki/石"
    (data,) = soup.select("script[type='application/ld+json']")
    thing = json.loads(data.get_text())
    assert (thing["@type"], thing["name"], thing["sameAs"]) == ("DefinedTerm", "石经", list(STELES.same_as))
    other = theme.render(pages["tag/拓片/index.html"]).decode()
    assert "ld+json" not in other and words["name_variants"] not in other


def test_only_names_that_an_article_bears_have_a_page() -> None:
    known, found = joined()
    shelves = arrange(found, known.names)
    assert {shelf.name: shelf.entry for shelf in shelves.tags} == {"石经": STELES, "拓片": None}
    assert all(shelf.entry is None for shelf in shelves.sources)


def test_the_page_of_a_tag_that_was_joined_leads_to_the_name() -> None:
    known, found = joined()
    shelves = arrange(found, known.names)
    setting = Setting(HOME, WORDS["zh-Hans"])
    files = list(redirect_files(Redirections(former_tags(OWN_TAGS, shelves, known), ()), setting))
    pages = {page.path: page for page in files if isinstance(page, Page)}
    assert sorted(pages) == ["tag/stone classics/index.html", "tag/石經/index.html"]
    theme = Theme(TEMPLATES, WORDS["zh-Hans"])
    for page in pages.values():
        soup = BeautifulSoup(theme.render(page).decode(), "lxml")
        assert soup.a is not None and soup.a["href"] == "../../tag/%E7%9F%B3%E7%BB%8F/index.html"
        assert soup.select_one("link[rel=canonical]")["href"] == HOME.base_url + "tag/%E7%9F%B3%E7%BB%8F/"  # type: ignore[index]
    (lines,) = (file.data.decode() for file in files if isinstance(file, File))
    assert "/tag/stone%20classics/feed.xml /steles/tag/%E7%9F%B3%E7%BB%8F/feed.xml 301" in lines
    assert not re.search(r"拓片|%E6%8B%93", lines)


def test_a_tag_that_keeps_its_address_is_not_led_away() -> None:
    known = authority("Steles/STELES", kind=SUBJECT)
    own = [("STELES",), ("steles",)]
    found = [article(tags=known.with_names(tags, Mentions())) for tags in own]
    shelves = arrange(found, known.names)
    assert shelves.slug_of_tag == {"Steles": "steles"}
    alone = former_tags([("STELES",)], shelves, known)
    assert alone == ()
    # two tags that differ in case alone had addresses of their own
    assert len({one.old for one in former_tags(own, shelves, known) if one.place}) == 2
