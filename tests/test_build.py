"""The program from end to end: captures in, a site out, the same on every machine, whole at every moment."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag

from beilin.text.identifiers import is_identifier

ROOT = Path(__file__).resolve().parent.parent
FIRST_DAY = re.compile(r'"withdrawn": "\d{4}-\d\d-\d\d"')

POST = """---
title: "{title}"
date: {date}
draft: ["false"]
tags: [
  "fetched",
  "碑刻示例号"
]
categories: ["Duty"]
---
{title} by 碑刻示例号
------
<div><section><p><span>{text}</span></p><p><img data-ratio="0.75" data-src="https://pic.weixin.example/{title}/640"></p>
<h2>小标题</h2><p>第二段，<strong>加重</strong>。</p></section></div>  
<hr>
<a href="{url}",target="_blank" rel="noopener noreferrer">原文链接</a>
"""  # noqa: W291 - the capture tool writes these spaces

NOTE = """---
title: {title}
date: {date}
author: 编辑部
source: 示例站
source_url: {url}
tags: [石刻, {tag}]
---

{text}

## 第一节

| 年 | 事 |
| --- | --- |
| 837 | 石经刻成 |

```python
print("碑")
```
"""

TEXT = """{title}

2019年5月6日 09:30     示例网

{text}

A stele is a stone with words on it. The words were cut so that every copy could be checked.

The stone stands in the forest of steles.

分享按钮
评论 请在下方区域中输入……
提交
"""


def post(number: int, text: str = "碑石立在林中。", *, date: str = "2024-03-15T02:11:09Z", url: str = "") -> str:
    address = url or f"https://mp.weixin.qq.com/s/Post{number}"
    return POST.format(title=f"第{number}篇", date=date, text=text, url=address)


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


CAPTURES: dict[str, str | bytes] = {
    "wechat/one.md": post(1),
    "wechat/two.md": post(2, "第二篇的正文，说的是拓片。", date="2024-11-02T01:00:00Z"),
    "wechat/two again.md": post(2, "第二篇的正文，后来改过了。", date="2024-11-02T09:00:00Z"),
    "notes/标题.md": NOTE.format(
        title="笔记", date="2022-06", url="https://notes.example/a/", tag="Beijing", text="一条笔记的正文。"
    ),
    "notes/other.md": NOTE.format(
        title="第二条",
        date="2021",
        url="https://notes.example/b/?utm_source=x",
        tag="beijing",
        text="另一条笔记的正文。",
    ),
    "plain.txt": TEXT.format(title="没有网址的一篇", text="正文在这里，说的是石头和纸。" * 3),
    "page.html": (
        "<!doctype html><html><head><meta charset=gb18030><title>一页 - 示例站</title></head><body><nav>导航</nav>"
        "<article><h1>一页</h1><p>正文用的是国标码。</p><p>第二段。</p></article></body></html>"
    ).encode("gb18030"),
    "draft.md": "---\ntitle: 草稿\ndraft: true\n---\n还没有写完的正文。\n",
}


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """One run of the program in the project's folder."""
    command = [sys.executable, "build.py", *map(str, arguments)]
    surroundings = {**os.environ, **environment}
    return subprocess.run(
        command, cwd=ROOT, env=surroundings, capture_output=True, encoding="utf-8", timeout=300, check=False
    )


def build(
    content: Path, site: Path, *options: str, status: int = 0, environment: Mapping[str, str] | None = None
) -> str:
    """Builds and gives what was said on standard error."""
    done = run("build", "--content", content, "--site", site, *options, **(environment or {}))
    assert done.returncode == status, done.stderr + done.stdout
    return done.stderr


def state(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def records(site: Path) -> list[dict[str, object]]:
    lines = (site / "data" / "articles.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def by_capture(site: Path) -> dict[str, dict[str, object]]:
    return {str(record["capture"]): record for record in records(site)}


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "lxml")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `content` and its `site`; to be read only."""
    folder = tmp_path_factory.mktemp("built")
    write(folder / "content", CAPTURES)
    build(folder / "content", folder / "site")
    return folder


def copy_of(built: Path, target: Path) -> Path:
    """A folder of its own with the same captures and ledger, not built yet."""
    write(target / "content", dict(state(built / "content")))
    return target


def test_second_build_writes_nothing(tmp_path: Path, built: Path) -> None:
    here = copy_of(built, tmp_path)
    content, site = here / "content", here / "site"
    build(content, site)
    before = {path: path.stat().st_mtime_ns for path in here.rglob("*") if path.is_file() and ".site-" not in str(path)}
    bytes_before = state(site)
    build(content, site)
    after = {path: path.stat().st_mtime_ns for path in here.rglob("*") if path.is_file() and ".site-" not in str(path)}
    assert after == before
    assert state(site) == bytes_before


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (("--jobs", "1"), {"PYTHONHASHSEED": "1"}),
        (("--jobs", "3"), {"PYTHONHASHSEED": "2", "TZ": "America/New_York"}),
        (("--jobs", "2"), {"LANG": "C", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"}),
        ((), {"LANG": "zh_CN.UTF-8", "PYTHONUTF8": "1"}),
    ],
    ids=["one job", "three jobs", "other locale", "utf-8 mode"],
)
def test_every_way_to_build_gives_the_same_bytes(
    tmp_path: Path, built: Path, options: tuple[str, ...], environment: dict[str, str]
) -> None:
    here = copy_of(built, tmp_path / "某 folder's place")
    (here / "content" / "permalinks.jsonl").unlink()
    build(here / "content", here / "site", *options, environment=environment)
    assert state(here / "site") == state(built / "site")
    assert state(here / "content") == state(built / "content")


def test_a_site_built_step_by_step_is_the_site_built_at_once(tmp_path: Path) -> None:
    content, site = tmp_path / "content", tmp_path / "site"
    names = sorted(CAPTURES)
    for end in (3, 6, len(names)):
        write(content, {name: CAPTURES[name] for name in names[:end]})
        build(content, site)
    fresh = copy_of(tmp_path, tmp_path / "fresh")
    build(fresh / "content", fresh / "site")
    assert state(site) == state(fresh / "site")


def test_every_capture_is_in_the_data_or_named(tmp_path: Path) -> None:
    captures = {
        **CAPTURES,
        "empty.md": "---\ntitle: x\n---\n",
        "blank.txt": "\n \n",
        "stub.md": "---\ntitle: x\n---\nhttps://mp.weixin.qq.com/s/abc\n",
        "noise.html": bytes(range(128, 256)) * 9,
        "copy.md": post(1),
        "zero.txt": b"",
    }
    content, site = write(tmp_path / "content", captures), tmp_path / "site"
    said = build(content, site, status=1)
    published = by_capture(site)
    for name in captures:
        assert (name in published) != bool(
            re.search(rf"^{re.escape(name)}:\d+: (?!title-|date-|front-)[a-z-]+: ", said, re.M)
        ), name
    assert "draft.md:1: draft: " in said


def test_a_report_line_is_place_code_and_message(tmp_path: Path) -> None:
    content = write(tmp_path / "content", {"a\nb\x1b[31m.md": "---\ntitle: x\n---\n", "c.pdf": b"x", "ok.md": post(1)})
    said = build(content, tmp_path / "site", status=1)
    for line in said.splitlines():
        assert re.fullmatch(r"[^:\x00-\x1f]+:\d+: [a-z]+(-[a-z]+)*: .+", line), line
    assert r"a\nb\x1b[31m.md:" in said


def test_expected_losses_are_no_errors(tmp_path: Path) -> None:
    captures = {
        "site.toml": 'expected_unpublished = ["empty*.md"]\n',
        "empty-1.md": "---\ntitle: x\n---\n",
        "a.md": post(1),
    }
    content = write(tmp_path / "content", captures)
    assert "empty" not in build(content, tmp_path / "site")


def test_bad_configuration_lists_every_mistake_and_builds_nothing(tmp_path: Path) -> None:
    settings = (
        'titel = "x"\ntimezone = "Mars/Olympus"\nbase_url = "ftp://x"\nlanguage = 5\n[hosts]\n"a.example" = "wechatt"\n'
    )
    content = write(tmp_path / "content", {"site.toml": settings, "a.md": post(1)})
    said = build(content, tmp_path / "site", status=2)
    assert len(said.strip().split("\n")) == 5
    for number, word in ((1, "titel"), (2, "Mars"), (3, "ftp"), (4, "language|5"), (6, "wechatt")):
        assert re.search(rf"site\.toml:{number}: [a-z-]+: .*(?:{word})", said), (word, said)
    assert not (tmp_path / "site").exists()
    assert not (content / "permalinks.jsonl").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--jobs", "0"),
        ("--jobs", "many"),
        ("--no-such-option",),
        ("--base-url", "nonsense"),
        ("--content", "no-such-folder"),
    ],
)
def test_what_cannot_run_has_status_two(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    content = write(tmp_path / "content", {"a.md": post(1)})
    done = run("build", "--content", content, "--site", tmp_path / "site", *arguments)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_site_folder_that_holds_other_things_is_left_alone(tmp_path: Path) -> None:
    content = write(tmp_path / "content", {"a.md": post(1)})
    site = write(tmp_path / "site", {"thesis.txt": "mine"})
    build(content, site, status=2)
    assert state(site) == {"thesis.txt": b"mine"}


def test_no_search_leaves_no_index(tmp_path: Path, built: Path) -> None:
    here = copy_of(built, tmp_path)
    build(here / "content", here / "site")
    assert list((here / "site" / "search").rglob("*.pf_*"))
    build(here / "content", here / "site", "--no-search")
    assert not list((here / "site").rglob("*.pf_*"))
    assert run("check", "--site", here / "site").returncode == 0
    build(here / "content", here / "site")
    assert state(here / "site") == state(built / "site")


def test_drafts_are_published_on_demand_and_never_enter_the_ledger(tmp_path: Path, built: Path) -> None:
    here = copy_of(built, tmp_path)
    ledger = (here / "content" / "permalinks.jsonl").read_bytes()
    build(here / "content", here / "site", "--drafts")
    assert "draft.md" in by_capture(here / "site")
    assert (here / "content" / "permalinks.jsonl").read_bytes() == ledger
    (here / "content" / "permalinks.jsonl").unlink()
    build(here / "content", here / "site", "--drafts")
    assert not (here / "content" / "permalinks.jsonl").exists()
    assert "draft.md" not in by_capture(built / "site")


def test_a_ledger_that_cannot_be_written_is_said_and_the_site_is_built(tmp_path: Path, built: Path) -> None:
    here = copy_of(built, tmp_path)
    content = write(here / "content", {"new.md": post(9)})
    ledger = (content / "permalinks.jsonl").read_bytes()
    (content / ".permalinks.jsonl.new").mkdir()  # in the way, for root as well
    said = build(content, here / "site")
    assert "ledger-not-written" in said
    record = by_capture(here / "site")["new.md"]
    assert str(record["id"]) in said
    assert (content / "permalinks.jsonl").read_bytes() == ledger


def test_what_is_withdrawn_leaves_a_page_and_comes_back_at_its_address(tmp_path: Path, built: Path) -> None:
    here = copy_of(built, tmp_path)
    content, site = here / "content", here / "site"
    build(content, site)
    whole = state(site)
    record = by_capture(site)["notes/标题.md"]
    page, capture = f"{record['url']}index.html", content / "notes" / "标题.md"
    data = capture.read_bytes()
    capture.unlink()
    build(content, site)
    gone = soup(site / page)
    assert str(record["title"]) in gone.get_text()
    assert gone.select_one(".article-body") is None
    robots = gone.select_one("meta[name=robots]")
    assert robots is not None
    assert robots["content"] == "noindex"
    for path, found in state(site).items():
        if path not in (page, "manifest-sha256.txt"):
            assert str(record["id"]).encode() not in found, path
    assert run("check", "--site", site).returncode == 0
    capture.write_bytes(data)
    build(content, site)
    assert state(site) == whole
    lines = (content / "permalinks.jsonl").read_text("utf-8")
    assert len(FIRST_DAY.findall(lines)) == lines.count('"restored": ') == 1


def test_a_capture_that_moves_keeps_its_address(tmp_path: Path, built: Path) -> None:
    here = copy_of(built, tmp_path)
    content, site = here / "content", here / "site"
    before = by_capture(built / "site")
    for old, new in (("plain.txt", "moved/renamed.txt"), ("wechat/one.md", "second.md")):
        target = content / new
        target.parent.mkdir(exist_ok=True)
        (content / old).rename(target)
        build(content, site)
        assert by_capture(site)[new]["id"] == before[old]["id"]
    assert "withdrawn" not in (content / "permalinks.jsonl").read_text("utf-8")


def test_two_captures_of_a_page_are_two_versions_with_pages_of_their_own(built: Path) -> None:
    site, found = built / "site", by_capture(built / "site")
    old, new = found["wechat/two.md"], found["wechat/two again.md"]
    assert old["id"] == new["id"]
    assert {old["version"], new["version"]} == {1, 2}
    assert new["url"] == f"a/{new['id']}/"
    assert old["url"] == f"a/{old['id']}/v{old['version']}/"
    body = soup(site / f"{new['url']}index.html").select_one(".article-body")
    assert body is not None
    assert "后来改过了" in body.get_text()
    for number in (1, 2):
        assert (site / f"a/{new['id']}/v{number}/index.html").is_file()


def dead_links(site: Path) -> list[tuple[str, str]]:
    """Links inside the site that lead to no file, with the page that has them."""
    found = []
    for path, page in pages(site):
        for element in page.find_all(href=True):
            parts = urlsplit(str(element["href"]))
            if not parts.scheme and parts.path and path != "404.html":
                target = (site / path).parent / unquote(parts.path)
                if not target.is_file():
                    found.append((path, str(element["href"])))
    return found


def reachable(site: Path) -> set[str]:
    """The pages that a reader comes to from the front door: a new page that nothing points to yet is none."""
    found, waiting = {"index.html"}, ["index.html"]
    while waiting:
        path = site / waiting.pop()
        for element in BeautifulSoup(path.read_bytes(), "lxml").find_all(href=re.compile(r"\.html$")):
            target = (path.parent / unquote(urlsplit(str(element["href"])).path)).resolve()
            if target.is_file() and (place := target.relative_to(site.resolve()).as_posix()) not in found:
                found.add(place)
                waiting.append(place)
    return found


def has_files(folder: Path) -> bool:
    return any(path.is_file() for path in folder.rglob("*"))


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "at the start": lambda work: (work / "lock").exists(),
    "while drawing": lambda work: has_files(work / "staging" / "a"),
    "at the end of drawing": lambda work: has_files(work / "staging" / "data"),
    "while publishing": lambda work: (work / "journal").exists(),
}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_build_leaves_a_whole_site_and_the_next_one_completes_it(
    tmp_path: Path, built: Path, moment: str
) -> None:
    here = copy_of(built, tmp_path)
    content, site = here / "content", here / "site"
    build(content, site)
    before = state(site)
    write(content, {f"more/{number}.md": post(100 + number) for number in range(40)})
    (content / "notes" / "other.md").unlink()
    command = [sys.executable, "build.py", "--content", str(content), "--site", str(site), "--jobs", "2"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    while process.poll() is None and not MOMENTS[moment](here / ".site-beilin"):
        time.sleep(0.0005)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    found = reachable(site)
    assert [link for link in dead_links(site) if link[0] in found] == []
    if moment != "while publishing":
        assert state(site) == before
    build(content, site)
    fresh = copy_of(here, tmp_path / "fresh")
    build(fresh / "content", fresh / "site")
    assert state(site) == state(fresh / "site")


def test_check_passes_on_a_fresh_site_and_finds_a_flipped_byte(tmp_path: Path, built: Path) -> None:
    here = copy_of(built, tmp_path)
    site = here / "site"
    build(here / "content", site)
    assert run("check", "--site", site).returncode == 0
    for path in ("index.html", "data/articles.jsonl", "feed.xml", f"{records(site)[0]['url']}capture.txt"):
        data = (site / path).read_bytes()
        middle = len(data) // 2
        (site / path).write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
        done = run("check", "--site", site)
        assert done.returncode == 1
        assert re.search(rf"^{re.escape(path)}:\d+: ", done.stderr, re.M), done.stderr
        (site / path).write_bytes(data)
    (site / "extra.html").write_text("x")
    assert run("check", "--site", site).returncode == 1


def test_manifest_covers_every_other_file(built: Path) -> None:
    files = state(built / "site")
    lines = files.pop("manifest-sha256.txt").decode().splitlines()
    assert {line[66:]: line[:64] for line in lines} == {
        path: hashlib.sha256(data).hexdigest() for path, data in files.items()
    }


def test_paths_fit_every_host(built: Path) -> None:
    paths = list(state(built / "site"))
    assert all(len(path.encode()) <= 200 for path in paths)
    assert len({path.casefold() for path in paths}) == len(paths)
    for record in records(built / "site"):
        folder = built / "site" / str(record["url"])
        assert sorted(path.name for path in folder.iterdir() if path.is_file()) == ["capture.txt", "index.html"]


def pages(site: Path) -> Iterator[tuple[str, BeautifulSoup]]:
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), soup(path)


LOADING = {"src", "srcset", "poster", "data", "background", "action", "formaction", "manifest", "ping", "xlink:href"}


def test_nothing_is_loaded_from_another_host_and_no_script_is_inline(built: Path) -> None:
    for path, page in pages(built / "site"):
        for element in page.find_all(True):
            loading = LOADING | ({"href"} if element.name == "link" and _is_loaded(element) else set())
            for name in loading & element.attrs.keys():
                assert not re.match(r"\s*(?:[a-z]+:)?//", str(element[name]), re.I), (path, element.name)
            assert not [name for name in element.attrs if name.startswith("on") or name == "style"], path
            if element.name == "script" and not element.get("src"):
                assert element.get("type") in ("application/ld+json", "application/json"), path
            assert element.name not in ("iframe", "object", "embed", "style", "base"), path
    for path, data in state(built / "site").items():
        if path.endswith(".css"):
            assert not re.search(rb"@import|url\(\s*['\"]?(?:https?:)?//", data), path


def _is_loaded(link: Tag) -> bool:
    return bool({"stylesheet", "icon", "preload", "prefetch", "modulepreload", "manifest"} & set(link.get("rel") or []))


def test_links_inside_the_site_are_relative_and_lead_to_a_file(built: Path) -> None:
    assert dead_links(built / "site") == []
    for path, page in pages(built / "site"):
        for element in page.find_all(href=True):
            assert path == "404.html" or not str(element["href"]).startswith("/"), path


def test_article_pages_have_the_hooks_of_the_contract(built: Path) -> None:
    for record in records(built / "site"):
        page = soup(built / "site" / str(record["url"]) / "index.html")
        assert len(page.select("h1")) == 1
        (article,) = page.select("article[lang]")
        assert article["lang"] == record["lang"]
        (body,) = article.select("div.article-body")
        # an empty link to a block may stand before it
        blocks = [
            child for child in body.children if isinstance(child, Tag) and (child.name != "a" or child.get_text())
        ]
        assert blocks
        assert [block.get("id") for block in blocks] == [f"p{number}" for number in range(1, len(blocks) + 1)]
        assert not body.select("img:not([src]), [onclick], [style], script, iframe")
        for kind in ("x-bibtex", "x-research-info-systems", "vnd.citationstyles.csl+json"):
            (download,) = page.select(f'a[download][type="application/{kind}"]')
            assert str(download["href"]).startswith("data:")
        styles = {element["data-citation-style"] for element in page.select("[data-citation-style]")}
        assert styles >= {"gb7714-2025", "gb7714-2015"}


def test_data_records_have_the_fields_of_the_contract(built: Path) -> None:
    fields = (
        "schema id url version capture kind title authors source published captured date original_url lang tags "
        "capture_sha256 text_sha256 characters"
    ).split()
    for record in records(built / "site"):
        assert sorted(record) == sorted(fields)
        assert record["schema"] == 1
        assert is_identifier(str(record["id"]))
        assert str(record["url"]).endswith("/")
        data = (built / "content" / str(record["capture"])).read_bytes()
        assert record["capture_sha256"] == hashlib.sha256(data).hexdigest()
    found = by_capture(built / "site")
    assert (found["notes/标题.md"]["published"], found["notes/标题.md"]["date"]) == ("2022-06", "2022-06")
    assert (found["notes/other.md"]["published"], found["notes/other.md"]["date"]) == ("2021", "2021")
    assert found["wechat/one.md"]["published"] is None
    assert found["plain.txt"]["original_url"] is None
    assert found["plain.txt"]["published"] == "2019-05-06T09:30+08:00"


def test_feeds_are_well_formed_and_hold_the_newest(built: Path) -> None:
    site = built / "site"
    ElementTree.parse(site / "feed.xml")  # noqa: S314 - our own output
    feed = json.loads((site / "feed.json").read_bytes())
    assert {item["title"] for item in feed["items"]} == {
        record["title"] for record in records(site) if "/v" not in str(record["url"])
    }


HOSTILE_NAMES = (
    "line\nbreak.md",
    "quote\"'`.md",
    "<script>alert(1)</script>.md".replace("/", "∕"),
    "😀 emoji.md",
    "-rf.md",
    "--help.md",
    "%2e%2e%2fetc.md",
    "trailing .md",
    "con.md",
    "\u202egnp.md",
    "nfd-e\u0301.md",
    "long" + "長" * 80 + ".md",
    "a:b?c*d|e.md",
    "back\\slash.md",
    "$(touch x);&.md",
    "{{ 7*7 }}{% x %}.md",
)


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be made there")
def test_captures_with_hostile_names_build_safely(tmp_path: Path) -> None:
    captures = {name: post(number) for number, name in enumerate(HOSTILE_NAMES)}
    content, site = write(tmp_path / "content", captures), tmp_path / "site"
    build(content, site)
    assert set(by_capture(site)) == set(HOSTILE_NAMES)
    assert run("check", "--site", site).returncode == 0
    for record in records(site):
        page = soup(site / str(record["url"]) / "index.html")
        assert not [script for script in page.find_all("script") if "alert" in script.get_text()]
        (link,) = page.select('a[href="capture.txt"]')
        assert link.get_text().strip().split() == str(record["capture"]).split()


def test_titles_tags_and_sources_are_escaped_everywhere(tmp_path: Path) -> None:
    evil = "</script><script>alert(1)</script>\"'{{ 7*7 }}]]>\u2028"
    quoted = json.dumps(evil)
    note = f"---\ntitle: {quoted}\nsource: {quoted}\nauthor: {quoted}\ntags: [{quoted}]\n---\n正文一段。\n"
    content, site = write(tmp_path / "content", {"evil.md": note, "ok.md": post(1)}), tmp_path / "site"
    build(content, site)
    for path, page in pages(site):
        for script in page.find_all("script"):
            assert script.get("src") or "alert(1)</" not in str(script), path
        assert not page.find("script", string=re.compile(r"^alert")), path
        assert "49" not in page.get_text(), path
    ElementTree.parse(site / "feed.xml")  # noqa: S314 - our own output
    assert by_capture(site)["evil.md"]["title"] == " ".join(evil.split())
    assert run("check", "--site", site).returncode == 0


def test_captures_are_published_as_read_without_personal_marks(tmp_path: Path) -> None:
    text = post(1, '见<a href="https://mp.weixin.qq.com/s?__biz=M&mid=1&idx=1&sn=a&sharer_shareid=SECRET9f">此文</a>')
    content, site = write(tmp_path / "content", {"a.md": text}), tmp_path / "site"
    build(content, site)
    for path, data in state(site).items():
        assert b"SECRET9f" not in data, path
    capture = (site / str(records(site)[0]["url"]) / "capture.txt").read_text("utf-8")
    assert capture.replace("[redacted]", "SECRET9f") == text


def test_captures_can_be_left_unpublished(tmp_path: Path) -> None:
    content = write(tmp_path / "content", {"site.toml": "publish_captures = false\n", "a.md": post(1)})
    build(content, tmp_path / "site")
    assert not list((tmp_path / "site").rglob("capture.txt"))


def test_an_empty_archive_builds(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    build(tmp_path / "content", tmp_path / "site")
    assert (tmp_path / "site" / "index.html").is_file()
    assert run("check", "--site", tmp_path / "site").returncode == 0


def test_addresses_from_the_root_need_a_base_url(tmp_path: Path, built: Path) -> None:
    bare = state(built / "site")
    assert "sitemap.xml" not in bare
    assert not [path for path, page in pages(built / "site") if page.select("link[rel=canonical]")]
    here = copy_of(built, tmp_path)
    build(here / "content", here / "site", "--base-url", "https://archive.example/steles")
    site = here / "site"
    assert b"https://archive.example/steles/a/" in (site / "sitemap.xml").read_bytes()
    page = soup(site / str(records(site)[0]["url"]) / "index.html")
    (canonical,) = page.select("link[rel=canonical]")
    assert canonical["href"] == f"https://archive.example/steles/{records(site)[0]['url']}"
    assert run("check", "--site", site).returncode == 0
