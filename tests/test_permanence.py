"""Whatever happens to captures, in whatever order, every address that ever was still leads somewhere."""

import hashlib
import random
from dataclasses import dataclass, replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from samples import article

from beilin.library.catalogue import Catalogue, catalogue
from beilin.library.ledger_lines import read_ledger, sorted_lines
from beilin.model.article import Facts
from beilin.model.site import Site
from beilin.model.stamp import Stamp
from beilin.text.identifiers import identifier_of_bytes, identifier_of_url
from beilin.text.sketches import sketch

SENTENCES = tuple(
    f"{subject}{verb}{thing}。"
    for subject in ("石匠", "刻工", "书手", "拓工", "藏家", "馆员", "刊者")
    for verb in ("修补", "抄录", "校勘", "搬运", "整理")
    for thing in ("残碑", "旧报", "书板", "卷子", "目录", "胶片")
)
URLS = (None, None, "https://radio.example/a", "https://radio.example/b")


@dataclass(frozen=True)
class File:
    """A capture as its keeper sees it."""

    path: str
    url: str | None
    text: str
    captured: str | None
    title: str
    encoding: str

    def facts(self) -> Facts:
        sha256 = hashlib.sha256(
            repr((self.url, self.text, self.captured, self.title, self.encoding)).encode()
        ).hexdigest()
        return replace(
            article().facts,
            capture=self.path,
            capture_sha256=sha256,
            text_sha256=hashlib.sha256(self.text.encode()).hexdigest(),
            title=self.title,
            original_url=self.url,
            captured=Stamp(self.captured, "front matter") if self.captured else None,
            published=None,
            natural_id=identifier_of_url(self.url) if self.url else identifier_of_bytes(sha256),
            sketch=sketch([self.text]),
        )


class Archive(RuleBasedStateMachine):
    """A folder of captures, its ledger, and all the addresses that were ever published."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[int, File] = {}
        self.removed: list[File] = []
        self.lines: tuple[str, ...] = ()
        self.published: set[tuple[str, int]] = set()
        self.addresses: dict[int, tuple[str, int]] = {}
        self.count = 0
        self.day = 1
        self.random = random.Random(1)  # noqa: S311 - only shuffles

    @rule(url=st.sampled_from(URLS), year=st.sampled_from([None, "2019", "2020", "2021"]), start=st.integers(0, 150))
    def add(self, url: str | None, year: str | None, start: int) -> None:
        self.count += 1
        text = "".join(SENTENCES[(start + step * 7) % len(SENTENCES)] for step in range(30))
        self.files[self.count] = File(f"{self.count}.md", url, text, year, f"title {self.count}", "utf-8")

    @rule(key=st.integers(1, 12))
    def recapture(self, key: int) -> None:
        if key in self.files:
            self.count += 1
            again = replace(self.files[key], path=f"{self.count}.md", captured="2023", encoding="again")
            self.files[self.count] = again

    def change(self, key: int, **changes: str | None) -> None:
        if key in self.files:
            self.files[key] = replace(self.files[key], **changes)

    @rule(key=st.integers(1, 12))
    def move(self, key: int) -> None:
        if key in self.files:
            self.change(key, path=f"moved/{self.files[key].path}"[-60:])

    @rule(key=st.integers(1, 12), title=st.sampled_from(["one", "two"]))
    def retitle(self, key: int, title: str) -> None:
        self.change(key, title=title)

    @rule(key=st.integers(1, 12), year=st.sampled_from(["2017", "2018", "2024"]))
    def redate(self, key: int, year: str) -> None:
        self.change(key, captured=year)

    @rule(key=st.integers(1, 12), encoding=st.sampled_from(["gb18030", "big5", "utf-16"]))
    def reencode(self, key: int, encoding: str) -> None:
        self.change(key, encoding=encoding)

    @rule(key=st.integers(1, 12), place=st.integers(0, 25))
    def edit(self, key: int, place: int) -> None:
        if key in self.files:
            text = self.files[key].text
            self.change(key, text=text[: place * 7] + "勘误。" + text[place * 7 :])

    @rule(key=st.integers(1, 12))
    def remove(self, key: int) -> None:
        if key in self.files:
            self.removed.append(self.files.pop(key))

    @precondition(lambda self: self.removed)
    @rule()
    def put_back(self) -> None:
        self.count += 1
        file = self.removed.pop(0)
        if file.path not in {other.path for other in self.files.values()}:
            self.files[self.count] = file

    def build(self, files: list[File]) -> tuple[Catalogue, tuple[str, ...]]:
        found = catalogue(
            (file.facts() for file in files), read_ledger(self.lines)[0], Site(), f"2026-01-{self.day:02}"
        )
        return found, sorted_lines((*self.lines, *found.additions))

    @rule()
    def rebuild(self) -> None:
        files = list(self.files.values())
        found, lines = self.build(files)
        self.random.shuffle(files)
        assert self.build(files) == (found, lines), "the order of captures makes a difference"
        assert set(self.lines) <= set(lines), "a line was taken out of the ledger"
        living = {(one.id, one.version) for one in found.articles}
        gone = {(one.record.id, one.record.version) for one in found.withdrawn}
        assert len(living) == len(found.articles), "two articles have one address"
        assert not living & gone
        self.published |= living
        assert living | gone == self.published, "an address leads nowhere, or to what never was"
        newest = [one.id for one in found.articles if one.is_newest]
        assert sorted(newest) == sorted({one.id for one in found.articles}), "a page has not just one newest version"
        self.lines = lines
        self.day = min(self.day + 1, 28)
        assert self.build(files)[1] == lines, "a second build adds to the ledger"

    @invariant()
    def ledger_reads(self) -> None:
        assert read_ledger(self.lines)[1] == []


class Alone(Archive):
    """One capture of each page, and a keeper who builds after every step: then not even a version number moves."""

    @rule(year=st.sampled_from([None, "2019"]), start=st.integers(0, 150))
    def add(self, year: str | None, start: int) -> None:
        self.count += 1
        text = "".join(SENTENCES[(start + step * 7) % len(SENTENCES)] for step in range(30))
        url = f"https://radio.example/{self.count}" if self.count % 2 else None
        self.files[self.count] = File(
            f"{self.count}.md", url, f"{text}第{self.count}号。", year, f"title {self.count}", "utf-8"
        )

    @rule()
    def recapture(self) -> None:
        """Nothing: a recapture may be joined to what it repeats, and part from it when one of the two changes."""

    def change(self, key: int, **changes: str | None) -> None:
        if key in self.files:
            self.rebuild()
            before = self.address(key)
            super().change(key, **changes)
            self.rebuild()
            assert self.address(key) == before, f"{changes} took the address away"

    def address(self, key: int) -> tuple[str, int]:
        found, _ = self.build(list(self.files.values()))
        return next((one.id, one.version) for one in found.articles if one.facts.capture == self.files[key].path)


TestArchive = Archive.TestCase
TestArchive.settings = settings(max_examples=120, stateful_step_count=30, deadline=None)
TestAlone = Alone.TestCase
TestAlone.settings = settings(max_examples=80, stateful_step_count=20, deadline=None)
