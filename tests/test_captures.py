"""Nothing below `content/` is dropped in silence, followed out of it, or ordered by the file system."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from beilin.model.problem import Level
from beilin.store import captures
from beilin.store.captures import CaptureError, find_captures, read_capture


def fill(content: Path, *names: str) -> Path:
    for name in names:
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(name)
    return content


def said(content: Path) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in find_captures(content).problems]


def test_captures_are_found_at_any_depth_whatever_the_case_of_the_suffix(tmp_path: Path) -> None:
    names = ["a.md", "b/c/d/e/f.HTML", "b/g.Htm", "h.txt", "i.MARKDOWN", 'b/q\\u"o?.md', "README.md", "b/permalinks.md"]
    listing = find_captures(fill(tmp_path, *names))
    assert sorted(listing.paths) == sorted(names)
    assert listing.problems == ()


def test_the_archive_s_own_files_are_no_captures(tmp_path: Path) -> None:
    fill(tmp_path, "media/a.html", "site.toml", "names.toml", "permalinks.jsonl", "permalinks.txt", "a/media/b.html")
    listing = find_captures(tmp_path)
    assert listing.paths == ("a/media/b.html",)
    assert listing.problems == ()


def test_what_tools_leave_behind_is_passed_over_in_silence(tmp_path: Path) -> None:
    fill(
        tmp_path, ".git/x.md", ".obsidian/y.txt", ".DS_Store", "a/Thumbs.db", "a/desktop.ini", "a/._b.md", ".gitignore"
    )
    assert find_captures(tmp_path) == captures.Listing((), ())


def test_a_hidden_capture_is_named(tmp_path: Path) -> None:
    assert said(fill(tmp_path, "a/.b.md")) == [("a/.b.md", "capture-hidden")]


def test_other_files_are_named_once_a_suffix(tmp_path: Path) -> None:
    fill(tmp_path, "b.pdf", "a/a.PDF", "c.webp", "LICENSE", "d.md ")
    problems = find_captures(tmp_path).problems
    assert [(problem.path, problem.level) for problem in problems] == [
        ("LICENSE", Level.WARNING),
        ("a/a.PDF", Level.WARNING),
        ("c.webp", Level.WARNING),
        ("d.md ", Level.WARNING),
    ]
    assert problems[1].message.startswith("2 files ending in .pdf, such as this one, not read;")


def test_the_order_is_that_of_the_characters(tmp_path: Path) -> None:
    names = ("Z.md", "a.md", "a/b.md", "zz.md", "e\u0301.md", "\u00e9a.md", "碑.md", "\uff21.md", "\U00020000.md")
    assert find_captures(fill(tmp_path, *reversed(names))).paths == names


def test_links_are_followed_inside_and_never_out_or_round(tmp_path: Path) -> None:
    outside = fill(tmp_path / "outside", "secret.md")
    content = fill(tmp_path / "content", "real/a.md", "twin/b.md")
    links = {
        "inside.md": content / "real" / "a.md",
        "folder": content / "real",
        "out.md": outside / "secret.md",
        "away": outside,
        "dead.md": content / "nothing.md",
        "self.md": content / "self.md",
        "real/up": content,
        "real/twin": content / "twin",
        "twin/real": content / "real",
        "beside": tmp_path / "content-other",
    }
    (tmp_path / "content-other").mkdir()
    for name, target in links.items():
        (content / name).symlink_to(target)
    listing = find_captures(content)
    assert listing.paths == (
        "folder/a.md",
        "folder/twin/b.md",
        "inside.md",
        "real/a.md",
        "real/twin/b.md",
        "twin/b.md",
        "twin/real/a.md",
    )
    assert all(problem.level is Level.ERROR for problem in listing.problems)
    assert dict(said(content)) == {
        "away": "link-outside",
        "beside": "link-outside",
        "dead.md": "link-broken",
        "folder/twin/real": "link-circular",
        "folder/up": "link-circular",
        "out.md": "link-outside",
        "real/twin/real": "link-circular",
        "real/up": "link-circular",
        "self.md": "link-broken",
        "twin/real/twin": "link-circular",
        "twin/real/up": "link-circular",
    }


def test_content_may_itself_be_a_link(tmp_path: Path) -> None:
    fill(tmp_path / "real", "a.md")
    (tmp_path / "content").symlink_to(tmp_path / "real")
    assert find_captures(tmp_path / "content").paths == ("a.md",)


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="the file system there refuses such names")
def test_a_name_that_is_no_text_is_an_error_and_prints(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb1\xae.md"))).write_text("x")
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))).mkdir()
    problems = find_captures(tmp_path).problems
    assert [problem.code for problem in problems] == ["name-undecodable"] * 2
    assert str(problems[0]).startswith("\\udcb1\\udcae.md:1: name-undecodable: ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_named_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert said(tmp_path) == [("a.md", "not-a-file")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is locked for this user")
def test_a_locked_folder_is_named(tmp_path: Path) -> None:
    fill(tmp_path, "locked/a.md").joinpath("locked").chmod(0)
    try:
        assert said(tmp_path) == [("locked", "folder-unreadable")]
    finally:
        (tmp_path / "locked").chmod(0o700)


@pytest.mark.skipif(sys.platform == "win32", reason="paths there are short")
def test_folders_may_nest_deeper_than_python_recurses(tmp_path: Path) -> None:
    deep = "for i in $(seq 1200); do mkdir d && cd d; done; echo x > a.md"
    try:
        subprocess.run(["/bin/sh", "-c", deep], cwd=tmp_path, check=True)
        assert find_captures(tmp_path).paths == ("d/" * 1200 + "a.md",)
    finally:
        subprocess.run(["/bin/rm", "-rf", tmp_path / "d"], check=True)


def test_bytes_come_back_untouched(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xff\r\n\0")
    assert read_capture(tmp_path, "a.md") == b"\xff\r\n\0"


def test_a_capture_that_cannot_be_read_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    for name in ("gone.md", "folder.md"):
        with pytest.raises(CaptureError) as raised:
            read_capture(tmp_path, name)
        assert raised.value.problem.path == name
        assert raised.value.problem.code == "capture-unreadable"


def test_a_capture_of_monstrous_size_is_refused(tmp_path: Path) -> None:
    limit = captures.LARGEST_CAPTURE_BYTES
    for size in (limit, limit + 1):
        with (tmp_path / f"{size}.md").open("wb") as file:
            file.truncate(size)
    assert len(read_capture(tmp_path, f"{limit}.md")) == limit
    with pytest.raises(CaptureError, match="capture-too-large: larger than 64 MiB"):
        read_capture(tmp_path, f"{limit + 1}.md")
