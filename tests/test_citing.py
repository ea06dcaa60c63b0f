"""Citations say what is known and nothing else, and other programs read them as they were meant."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from urllib.parse import unquote

import mwparserfromhell
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from samples import ADRIFT, AWKWARD, HOME, article

from beilin.model.stamp import Stamp
from beilin.pages.citing import FORMATS, bulk_downloads, bulk_files, citations, csl_json, downloads
from beilin.pages.citing.biblatex import biblatex
from beilin.pages.citing.gbt7714 import gbt7714_2015, gbt7714_2025
from beilin.pages.citing.item import Genre, Item, csl, describe, one_line, permalink
from beilin.pages.citing.ris import ris
from beilin.pages.citing.wikipedia import wikipedia_en, wikipedia_zh

texts = st.one_of(st.sampled_from(AWKWARD), st.text(max_size=40))
urls = st.one_of(
    st.sampled_from(("https://a.example/x_y?z=%20&q=1#f~{}", "https://例.example/碑 文\\n", "http://b.example/a|b^c")),
    st.text(max_size=30).map("https://c.example/".__add__),
)
dates = st.sampled_from(("2023", "2023-10", "2023-10-27"))


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Citations of articles whose every text is out to break the format."""
    changed = article(
        kind=draw(st.sampled_from(("rfa", "wechat", "html"))),
        title=draw(texts),
        authors=tuple(draw(st.lists(texts, max_size=5))),
        translators=tuple(draw(st.lists(texts, max_size=2))),
        source=draw(texts),
        published=draw(st.none() | dates.map(lambda iso: Stamp(iso, "byline"))),
        captured=draw(st.none() | dates.map(lambda iso: Stamp(iso, "front matter"))),
        original_url=draw(st.none() | urls),
    )
    return describe(draw(st.sampled_from((HOME, ADRIFT))), changed, version=draw(st.none() | st.integers(1, 9)))


def spaced(text: str) -> str:
    """`text` as TeX prints it: runs of white space are one space."""
    return " ".join(text.split())


def printed(tex: str) -> str:
    """What LaTeX prints for a field; unknown commands and lone braces fail."""
    commands = {"textbraceleft": "{", "textbraceright": "}", "textbackslash": "\\", "textasciicircum": "^"}
    commands["textasciitilde"] = "~"
    token = re.compile(r"\{\\([a-z]+)\}|\\([%&#$_])|([^\\{}%&#$_^~])|(.)", re.DOTALL)

    def read(match: re.Match[str]) -> str:
        assert not match[4], f"{match[4]!r} means something to TeX"
        return commands[match[1]] if match[1] else match[2] or match[3]

    return token.sub(read, tex)


@given(items())
def test_biblatex_is_read_back_as_it_was_meant(item: Item) -> None:
    entries = parse_string(biblatex([item]), "bibtex").entries
    assert list(entries) == [item.key]
    (entry,) = entries.values()
    assert entry.type == "online"
    assert spaced(printed(entry.fields.get("title", ""))) == spaced(item.title)
    assert spaced(printed(entry.fields["note"])) == spaced(item.note)
    whole = [str(person) for person in entry.persons.get("author", ())]
    assert [spaced(printed(name[1:-1])) for name in whole] == [spaced(name) for name in item.authors]
    assert entry.fields.get("url") == item.url
    assert entry.fields.get("date") == item.issued
    assert entry.fields.get("urldate") == item.accessed


@given(st.lists(items(), max_size=4))
def test_ris_is_read_back_as_it_was_meant(cited: list[Item]) -> None:
    read = rispy.loads(ris(cited))
    assert len(read) == len(cited)
    for record, item in zip(read, cited, strict=True):
        assert record.get("title", "").strip() == item.title
        assert tuple(record.get("authors", ())) == item.authors
        # This reader parts addresses at semicolons, as others do.
        assert record.get("urls", []) == ([item.url.replace(";", "%3B").strip()] if item.url else [])
        assert record["accession_number"] == item.archive_location


@given(items())
def test_every_ris_line_is_a_tag_and_a_value(item: Item) -> None:
    text = ris([item])
    assert "\n" not in text.replace("\r\n", "")
    lines = text.removesuffix("\r\n\r\n").split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n]*", line) for line in lines)
    assert [line[:2] for line in lines].count("TY") == [line[:2] for line in lines].count("ER") == 1
    assert len(text.splitlines()) == len(lines) + 1


def shown(value: mwparserfromhell.wikicode.Wikicode) -> str:
    """What MediaWiki shows for the value of an argument; anything that is not text fails."""
    text = ""
    for node in value.nodes:
        if isinstance(node, mwparserfromhell.nodes.Template):
            assert node == "{{!}}"
            text += "|"
        else:
            assert isinstance(node, mwparserfromhell.nodes.Text | mwparserfromhell.nodes.HTMLEntity), repr(node)
            text += node.normalize() if isinstance(node, mwparserfromhell.nodes.HTMLEntity) else str(node)
    return text


@given(items())
@pytest.mark.parametrize("write", [wikipedia_zh, wikipedia_en])
def test_wikitext_is_read_back_as_it_was_meant(write: Callable[[Item], str], item: Item) -> None:
    (template,) = mwparserfromhell.parse(write(item)).nodes
    assert isinstance(template, mwparserfromhell.nodes.Template)
    news = item.genre is Genre.NEWS
    assert template.name.strip() == ("cite news" if news else "cite web")
    arguments = {str(argument.name): argument.value for argument in template.params}
    assert len(arguments) == len(template.params)
    links = {name: unescape(str(arguments.pop(name)).strip()) for name in ("url", "archive-url") if name in arguments}
    texts = {name: shown(value).strip() for name, value in arguments.items()}
    title = texts.pop("script-title", "").removeprefix("zh:") or texts.pop("title", "")
    assert title == item.title
    assert tuple(value for name, value in texts.items() if name.startswith("author")) == item.authors
    assert tuple(value for name, value in texts.items() if name.startswith("translator")) == item.translators
    assert texts.get("work" if news else "website", "") == item.source
    assert texts["language"] == item.lang.lower()
    assert ("archive-url" in links) == ("archive-date" in texts)
    assert unquote(links.get("url", "")) == unquote(item.original_url or item.permalink or "")
    if "archive-url" in links:
        assert (links["archive-url"], texts["archive-date"]) == (item.permalink, item.accessed)


@given(st.lists(items(), max_size=3))
def test_csl_json_is_read_back_without_nulls(cited: list[Item]) -> None:
    text = csl_json(cited)
    read = json.loads(text)
    assert [one.get("title", "") for one in read] == [item.title for item in cited]
    assert all(value for one in read for value in one.values())
    assert all(list(one) == sorted(one) for one in read)
    assert all(list(name) == ["literal"] for one in read for name in one.get("author", ()))


@given(items())
def test_downloads_hold_the_very_files(item: Item) -> None:
    for download, form in zip(downloads(item), FORMATS, strict=True):
        prefix = f"data:{form.type};charset=utf-8,"
        assert download.href.startswith(prefix)
        assert unquote(download.href.removeprefix(prefix), errors="strict") == form.write([item])
        assert re.fullmatch(r"[!-~]+", download.href)
        assert not set(download.href) & set("\"'<>&#`{}")


def test_download_types_are_those_of_the_contract() -> None:
    named = [(download.filename, download.type) for download in downloads(describe(HOME, article()))]
    assert named == [
        ("0123456789b.bib", "application/x-bibtex"),
        ("0123456789b.ris", "application/x-research-info-systems"),
        ("0123456789b.json", "application/vnd.citationstyles.csl+json"),
    ]


def test_bulk_files_and_their_links_agree() -> None:
    files = bulk_files(describe(HOME, article(version), version=version) for version in (1, 2))
    assert list(files) == ["cite.bib", "cite.ris", "cite.json"] == [link.filename for link in bulk_downloads()]
    assert [link.href for link in bulk_downloads("../")] == ["../cite.bib", "../cite.ris", "../cite.json"]
    assert len(parse_string(files["cite.bib"], "bibtex").entries) == 2
    assert len(rispy.loads(files["cite.ris"])) == len(json.loads(files["cite.json"])) == 2


def test_an_empty_list_gives_valid_files() -> None:
    assert bulk_files([]) == {"cite.bib": "", "cite.ris": "", "cite.json": "[]\n"}


@pytest.mark.parametrize(
    ("iso", "parts", "slashed"),
    [("2023", [2023], "2023///"), ("2023-10", [2023, 10], "2023/10//"), ("2023-10-27", [2023, 10, 27], "2023/10/27/")],
)
def test_month_precision_is_never_widened_to_a_day(iso: str, parts: list[int], slashed: str) -> None:
    item = describe(HOME, article(published=Stamp(iso, "byline"), captured=None))
    assert csl(item)["issued"] == {"date-parts": [parts]}
    assert f"date = {{{iso}}}," in biblatex([item])
    assert f"DA  - {slashed}\r\n" in ris([item])
    assert f"，{iso}. " in gbt7714_2025(item)
    assert f", {iso}. " in gbt7714_2015(item)


def test_a_moment_is_cited_as_the_day_it_had_in_the_archive() -> None:
    late = article(published=Stamp("2023-10-27T20:43+00:00", "front matter"))
    assert describe(HOME, late).issued == "2023-10-28"
    assert describe(replace(HOME, timezone="UTC"), late).issued == "2023-10-27"


def test_what_nothing_says_is_not_said() -> None:
    bare = article(kind="html", authors=(), source="", published=None, captured=None, original_url=None)
    item = describe(ADRIFT, bare)
    assert set(csl(item)) == {"id", "type", "title", "language", "archive", "archive_location", "note"}
    assert item.note == f"SHA-256 {'ab' * 32}"
    assert not {"AU", "T2", "PY", "DA", "Y2", "UR"} & {line[:2] for line in ris([item]).splitlines()}
    (entry,) = parse_string(biblatex([item]), "bibtex").entries.values()
    assert not entry.persons
    assert set(entry.fields) == {"title", "langid", "library", "note"}
    assert gbt7714_2025(item) == gbt7714_2015(item) == "石碑的修补[Z]."


def test_the_note_is_not_read_as_fields() -> None:
    note = describe(HOME, article()).note
    assert note == f"captured 2024-04-27; SHA-256 {'ab' * 32}; original address https://radio.example/steles.html"
    assert not re.match(r"[A-Za-z_-]+:", note)


def test_the_address_is_the_permalink_else_the_original_else_nothing() -> None:
    assert describe(HOME, article()).url == "https://archive.example/steles/a/0123456789b/"
    assert describe(ADRIFT, article()).url == "https://radio.example/steles.html"
    assert describe(ADRIFT, article(original_url=None)).url is None
    assert permalink(ADRIFT, article()) == "a/0123456789b/"


def test_an_older_version_is_cited_apart() -> None:
    item = describe(HOME, article(2), version=2)
    assert item.url == "https://archive.example/steles/a/0123456789b/v2/"
    assert (item.key, item.archive_location) == ("0123456789b-v2", "0123456789b/v2")


def test_a_name_is_never_split() -> None:
    item = describe(HOME, article(authors=("Stone and Sons, Inc.", "王小明")))
    (entry,) = parse_string(biblatex([item]), "bibtex").entries.values()
    assert [str(person) for person in entry.persons["author"]] == ["{Stone and Sons, Inc.}", "{王小明}"]
    assert csl(item)["author"] == [{"literal": "Stone and Sons, Inc."}, {"literal": "王小明"}]


@pytest.mark.parametrize(
    ("kind", "genre", "ris_type"),
    [("wechat", Genre.POST, "BLOG"), ("rfa", Genre.NEWS, "NEWS"), ("plain", Genre.PAGE, "ELEC")],
)
def test_the_genre_follows_the_kind_of_source(kind: str, genre: Genre, ris_type: str) -> None:
    item = describe(HOME, article(kind=kind))
    assert item.genre is genre
    assert ris([item]).startswith(f"TY  - {ris_type}\r\n")


PAGE = "https://archive.example/steles/a/0123456789b/"
MANY = ("甲一", "乙二", "丙三", "丁四")


@pytest.mark.parametrize(
    ("changes", "of_2025", "of_2015"),
    [
        (
            {},
            f"陈某. 石碑的修补[N/OL]. 某电台，2023-10-27. {PAGE}.",
            f"陈某. 石碑的修补[N/OL]. 某电台, 2023-10-27[2024-04-27]. {PAGE}.",
        ),
        (
            {"kind": "wechat"},
            f"陈某. 石碑的修补[EB/OL]. （2023-10-27）[2024-04-27]. {PAGE}.",
            f"陈某. 石碑的修补[EB/OL]. (2023-10-27)[2024-04-27]. {PAGE}.",
        ),
        (
            {"kind": "wechat", "authors": (), "published": None},
            f"石碑的修补[EB/OL]. [2024-04-27]. {PAGE}.",
            f"石碑的修补[EB/OL]. [2024-04-27]. {PAGE}.",
        ),
        (
            {"kind": "wechat", "authors": (), "published": None, "captured": None},
            f"石碑的修补[EB/OL]. {PAGE}.",
            f"石碑的修补[EB/OL]. {PAGE}.",
        ),
        (
            {"kind": "plain", "authors": MANY, "captured": None},
            f"甲一，乙二，丙三，等. 石碑的修补[EB/OL]. （2023-10-27）. {PAGE}.",
            f"甲一, 乙二, 丙三, 等. 石碑的修补[EB/OL]. (2023-10-27). {PAGE}.",
        ),
        (
            {"authors": ("Stone Press Inc.",), "lang": "en", "source": ""},
            f"Stone Press Inc. 石碑的修补[N/OL]. 2023-10-27. {PAGE}.",
            f"Stone Press Inc. 石碑的修补[N/OL]. 2023-10-27[2024-04-27]. {PAGE}.",
        ),
    ],
)
def test_formatted_citations_follow_the_standard(changes: dict[str, object], of_2025: str, of_2015: str) -> None:
    formatted = citations(describe(HOME, article(**changes)))
    assert [(citation.style, citation.text) for citation in formatted[:2]] == [
        ("gb7714-2025", of_2025),
        ("gb7714-2015", of_2015),
    ]


def test_every_style_of_the_contract_is_there() -> None:
    styles = [citation.style for citation in citations(describe(HOME, article()))]
    assert styles == "gb7714-2025 gb7714-2015 apa mla chicago wikipedia-zh wikipedia-en".split()


@given(items())
def test_every_citation_is_one_line_without_holes(item: Item) -> None:
    assert all(len(citation.text.splitlines()) == 1 for citation in citations(item))
    for citation in citations(replace(item, title="题", authors=item.authors and ("甲",), translators=(), source="源")):
        assert citation.text == citation.text.strip()
        assert len(citation.text.splitlines()) == 1
        assert not re.search(r"None|\(\)|“”|, ,|\. \.|  ", citation.text)


def test_an_address_with_semicolons_survives_ris() -> None:
    item = describe(ADRIFT, article(original_url="https://radio.example/a;b?c=1;d=2"))
    assert rispy.loads(ris([item]))[0]["urls"] == ["https://radio.example/a%3Bb?c=1%3Bd=2"]


def test_csl_names_the_archive_and_its_place_for_the_article() -> None:
    item = describe(HOME, article(2, captured=Stamp("2024-04", "front matter")), version=2)
    fields = csl(item)
    assert (fields["archive"], fields["archive_location"]) == ("小碑林", "0123456789b/v2")
    assert fields["accessed"] == {"date-parts": [[2024, 4]]}


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == one_line(line) == line.strip()
