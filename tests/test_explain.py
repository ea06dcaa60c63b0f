"""What `explain` says of a capture is what a build does with it: each fact with its place, each removal and doubt."""

import hashlib
from pathlib import Path

import casebook
import pytest

from beilin.command import main
from beilin.model.site import Site
from beilin.sources.claims import Origin
from beilin.sources.explaining import EXPLAINED, Explanation, explain
from beilin.sources.reading import read
from beilin.store.captures import find_captures
from beilin.text.characters import shortened

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "content"
EMPTY = "feeds/2019/2019-10-14-.md"
PUBLISHED = [path for path in find_captures(SAMPLE).paths if path != EMPTY]
PARAGRAPH = "<p>拓工在碑前铺纸，先用清水把纸打湿，再用刷子把纸刷进每一笔的凹处。</p>"


def explained(text: str, path: str = "a.md") -> Explanation:
    return explain(path, text.encode(), Site())


def table(explanation: Explanation, title: str) -> list[tuple[str, ...]]:
    """The rows of the table with that title; none if it is left out."""
    return [row for section in explanation.sections if section.title == title for row in section.rows]


def of_case(folder: Path) -> Explanation:
    (capture,) = casebook.captures_in(folder)
    return explain(capture.relative_to(casebook.CASES).as_posix(), capture.read_bytes(), casebook.SITE)


@pytest.mark.parametrize("folder", casebook.folders(), ids=casebook.name_of)
def test_every_fact_has_its_place_and_no_place_stands_without_its_fact(folder: Path) -> None:
    facts = casebook.read_case(folder).facts
    if facts is not None:
        assert {fact for fact, _ in facts.origins} == {fact for fact in EXPLAINED if getattr(facts, fact)}
        assert {place for _, place in facts.origins} <= set(Origin)


@pytest.mark.parametrize("folder", casebook.folders(), ids=casebook.name_of)
def test_the_explained_reading_is_the_build_s_and_nothing_of_it_is_left_out(folder: Path) -> None:
    explanation = of_case(folder)
    reading = casebook.read_case(folder)
    assert explanation.reading == reading
    assert [(rule, text) for rule, _, text in table(explanation, "set aside")] == [
        (removal.rule, shortened(removal.text, 100)) for removal in reading.removals
    ]
    assert [problem for _, problem in table(explanation, "problems")] == [str(problem) for problem in reading.problems]
    assert sum(int(number) for _, number, _ in table(explanation, "blocks")) == len(reading.blocks)
    assert dict(table(explanation, "recognised"))["kind"] == folder.parent.name


@pytest.mark.parametrize("path", PUBLISHED)
def test_each_sample_capture_is_explained(
    path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["explain", path]) == 0
    said = capsys.readouterr().out
    site = Site(hosts={"mp.weixin.example": "wechat", "www.stone-drum.example": "rfa"})
    data = (SAMPLE / path).read_bytes()
    facts = read(path, data, hashlib.sha256(data).hexdigest(), site).facts
    assert facts is not None
    assert facts.title in said
    assert f"captured\t{facts.captured.iso if facts.captured else '-'}\t" in said
    assert [line.partition("\t")[0] for line in said.split("# facts\n")[1].split("\n")[1 : len(EXPLAINED) + 1]] == list(
        EXPLAINED
    )
    assert main(["explain", f"content/{path}"]) == 0
    assert capsys.readouterr().out == said, "the same file by another name is another file"


def test_a_capture_without_an_article_is_explained_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", EMPTY, "--content", str(SAMPLE)]) == 1
    said = capsys.readouterr().out
    assert "published\tno" in said
    assert "empty-body" in said


def test_what_is_not_there_cannot_be_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "nowhere.md", "--content", str(SAMPLE)]) == 2
    assert "nowhere.md:1: capture-missing: " in capsys.readouterr().err


def test_a_file_that_no_build_sees_is_explained_and_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.xhtml").write_text(f"<div>{PARAGRAPH}</div>", "utf-8")
    assert main(["explain", str(tmp_path / "a.xhtml"), "--content", str(SAMPLE)]) == 0
    assert "a build does not see it" in capsys.readouterr().out


def test_every_block_is_printed_where_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", PUBLISHED[0], "--content", str(SAMPLE)]) == 0
    without = capsys.readouterr().out
    assert main(["explain", PUBLISHED[0], "--content", str(SAMPLE), "--blocks"]) == 0
    extra = set(capsys.readouterr().out.splitlines()) - set(without.splitlines())
    assert any(line.startswith("p1\tparagraph\t") for line in extra)


def test_nothing_that_a_capture_says_steers_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = '<head><meta property="og:title" content="碑[red]&#x202e;&#x9b;31m林"></head>'
    text = f"<html>{head}<body>{PARAGRAPH}</body></html>"
    (tmp_path / "a\x1b[31m.html").write_text(text, "utf-8")
    assert main(["explain", str(tmp_path / "a\x1b[31m.html"), "--content", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "[red]" in said
    assert "\x1b" not in said and "\u202e" not in said and "\x9b" not in said


@pytest.mark.parametrize(
    ("page", "kind", "reason"),
    [
        ("<a class='wsw__a'>美</a>", "voa", "a marker of one kind only: voa `a.wsw__a`"),
        (
            "<a class='wsw__a'>美</a><div class='t-content__body'></div>",
            "html",
            "markers of several kinds, which decide nothing: rfi `div.t-content__body`, voa `a.wsw__a`",
        ),
        ("<a>美</a>", "html", "no marker"),
    ],
)
def test_the_reason_names_the_markers(page: str, kind: str, reason: str) -> None:
    rows = dict(table(explained(f"<div>{PARAGRAPH}{page}</div>"), "recognised"))
    assert rows["kind"] == kind
    assert reason in rows["because"]


def test_the_reason_names_the_host_and_where_its_address_was_read() -> None:
    text = f"---\nfrom: https://www.rfa.org/a.html\n---\n<div>{PARAGRAPH}</div>"
    reason = dict(table(explained(text), "recognised"))["because"]
    assert reason == "exact host www.rfa.org, of the address read from the front matter"


def test_an_old_encoding_is_named() -> None:
    page = f"<html><head><meta charset=gbk><title>碑</title></head><body>{PARAGRAPH * 3}</body></html>"
    assert table(explain("a.html", page.encode("gb18030"), Site()), "encoding") == [("encoding", "gb18030")]
    assert table(explained(page), "encoding") == []


def test_one_element_of_a_foreign_page_is_named_as_the_article() -> None:
    teaser = "<article><p>短文一则。</p></article>"
    page = f"<html><body>{teaser}<main><div class='post-content'>{PARAGRAPH * 4}</div></main></body></html>"
    rows = table(explained(page), "where the article may stand")
    assert [selector for selector, _, remark in rows if remark] == [".post-content"]
    assert ("article", "4%", "") in rows


def test_what_was_said_and_not_believed_is_told() -> None:
    text = f"---\ntitle: 石鼓\ndate: 2019-06\n---\n[碑林](https://a.example/1)\n------\n<div>{PARAGRAPH}</div>"
    explanation = explained(text)
    assert ("title", "石鼓", "front matter") in table(explanation, "also said")
    assert ("title", "碑林", "", "wrapper line") in table(explanation, "facts")
    assert ("published", "2019-06", "month", "front matter") in table(explanation, "facts")


DEKS = {
    "of the outlet": (
        f"description: 一块碑怎样从山里走到城里\n---\n<div>{PARAGRAPH}</div>",
        "一块碑怎样从山里走到城里",
    ),
    "cut from the text": (f"description: 拓工在碑前铺纸，先用清水把纸打湿…\n---\n<div>{PARAGRAPH}</div>", ""),
    "the title again": (f"description: 《拓碑》\n---\n<div>{PARAGRAPH}</div>", ""),
    "a whole text": (f"description: {'碑' * 401}\n---\n<div>{PARAGRAPH}</div>", ""),
}


@pytest.mark.parametrize("name", DEKS)
def test_a_dek_says_something_new(name: str) -> None:
    text, dek = DEKS[name]
    facts = explained(f"---\ntitle: 拓碑\n{text}").reading.facts
    assert facts is not None
    assert facts.dek == dek
    assert (("dek", "front matter") in facts.origins) == bool(dek)


def test_a_dek_among_the_text_leaves_it_and_is_listed() -> None:
    text = f"<div><p class='blog-post__description'>一行提要</p>{PARAGRAPH}</div>"
    reading = explained(f"---\nfrom: https://nei.st/a\n---\n{text}").reading
    assert reading.facts is not None and reading.facts.dek == "一行提要"
    assert [block.text for block in reading.blocks if "提要" in block.text] == []
    assert [removal.text for removal in reading.removals] == ["一行提要"]
