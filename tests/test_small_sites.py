"""Whole small sites, built and built again while their captures come, change and go."""

import json
import shutil
import tempfile
from pathlib import Path

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from beilin.checks import check_site
from beilin.command import main
from beilin.store.workers import Workers

NAMES = ("a.txt", "b.md", "c/d.html", "c/e.txt")
TEXTS = tuple(
    f"{subject}在山里找到一块青石，花了三个月运到城里，又花了半年刻完，立在{place}门外。"
    + f"{subject}后来又补刻过两次。" * 9
    for subject, place in (("石匠", "太学"), ("刻工", "府学"), ("书手", "孔庙"))
)


class SmallSite(RuleBasedStateMachine):
    """After every build each address that ever was is a page, the site is whole, and building again changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.content, self.site = self.folder / "content", self.folder / "site"
        self.content.mkdir()
        self.published: set[str] = set()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(
        name=st.sampled_from(NAMES),
        text=st.sampled_from(TEXTS),
        url=st.sampled_from(["", "https://radio.example/a", "https://radio.example/b"]),
        date=st.sampled_from(["2020-01-01", "2021-06-30"]),
    )
    def write(self, name: str, text: str, url: str, date: str) -> None:
        matter = f"---\ntitle: 青石\ncaptured: {date}\n" + (f"from: {url}\n" if url else "") + "---\n"
        (self.content / name).parent.mkdir(exist_ok=True)
        (self.content / name).write_text(f"{matter}<p>{text}</p>", "utf-8")

    @rule(old=st.sampled_from(NAMES), new=st.sampled_from(NAMES))
    def rename(self, old: str, new: str) -> None:
        if (self.content / old).exists():
            (self.content / new).parent.mkdir(exist_ok=True)
            (self.content / old).replace(self.content / new)

    @rule(name=st.sampled_from(NAMES), encoding=st.sampled_from(["gb18030", "utf-16", "utf-8-sig"]))
    def reencode(self, name: str, encoding: str) -> None:
        if (self.content / name).exists() and not (self.content / name).read_bytes().startswith((b"\xff\xfe", b"\xef")):
            try:
                text = (self.content / name).read_text("utf-8")
            except UnicodeDecodeError:
                return
            (self.content / name).write_text(text, encoding)

    @rule(name=st.sampled_from(NAMES))
    def remove(self, name: str) -> None:
        (self.content / name).unlink(missing_ok=True)

    @rule()
    def build(self) -> None:
        command = [
            "build",
            "--content",
            str(self.content),
            "--site",
            str(self.site),
            "--no-search",
            "--jobs",
            "1",
            "--quiet",
        ]
        assert main(command) == 0
        lines = (self.site / "data/articles.jsonl").read_text("utf-8").split("\n")
        self.published |= {json.loads(line)["url"] for line in lines if line}
        for url in self.published:
            assert (self.site / url / "index.html").is_file(), f"{url} leads nowhere"
        with Workers(1) as workers:
            assert check_site(self.site, workers) == []
        before = {path: path.stat().st_mtime_ns for path in self.site.rglob("*") if path.is_file()}
        assert main(command) == 0
        assert {path: path.stat().st_mtime_ns for path in self.site.rglob("*") if path.is_file()} == before


TestSmallSite = SmallSite.TestCase
TestSmallSite.settings = settings(max_examples=12, stateful_step_count=14, deadline=None, phases=[Phase.generate])
