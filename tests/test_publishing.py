"""Whatever happens to a build, what `site/` serves is whole, no file is lost, and the next build completes it."""

import posixpath
import random
import re
import resource
import shutil
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from beilin.store.cache import work_folder
from beilin.store.publishing import Outcome, Publication
from beilin.store.site_files import MANIFEST, PublicationError, read_manifest
from beilin.store.staging import Placed

ROOT = Path(__file__).parent.parent
Files = dict[str, bytes]


def generation(seed: int) -> Files:
    """A small site whose pages link to one another; other seeds add, change and remove articles, tags and shards."""
    chance = random.Random(seed)  # noqa: S311  chance here keeps no secret
    articles = sorted(chance.sample(range(30), 12))
    files = {"assets/site.css": b"p {}" * chance.randint(1, 2)}
    shard = f"search/{chance.randint(0, 9)}.pf"
    files[shard] = shard.encode()
    tags: dict[str, list[int]] = {}
    for earlier, number, later in zip([articles[-1], *articles], articles, [*articles[1:], articles[0]], strict=False):
        tag = f"tag/{chance.randint(0, 4)}/index.html"
        tags.setdefault(tag, []).append(number)
        links = [f"../../{tag}", f"../{earlier}/index.html", f"../{later}/index.html", "capture.txt"]
        files[f"a/{number}/index.html"] = page(links, chance.randint(0, 2))
        files[f"a/{number}/capture.txt"] = b"%d" % chance.randint(0, 2)
    for tag, members in tags.items():
        files[tag] = page([f"../../a/{number}/index.html" for number in members] + ["../../index.html"])
    files["search/index.html"] = page([f"../{shard}"])
    files["index.html"] = page([*tags, "assets/site.css", "search/index.html", "feed.xml"])
    files["feed.xml"] = page([f"a/{number}/index.html" for number in articles])
    return files


def page(links: list[str], variant: int = 0) -> bytes:
    return "".join(f'<a href="{link}">{variant}</a>\n' for link in links).encode()


def publish(site: Path, files: Files) -> Outcome:
    with Publication(site) as publication:
        return publication.finish([publication.staging.put(path, data) for path, data in files.items()])


def tree(site: Path) -> Files:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def with_manifest(files: Files) -> Files:
    lines = "".join(f"{sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return {**files, MANIFEST: lines.encode()}


def insist_on_whole(site: Path, *generations: Files) -> None:
    """Every file is that of one of the generations, and every link that a reader can follow leads to a file."""
    files = tree(site)
    for path, data in files.items():
        assert any(files.get(path) == data for files in map(with_manifest, generations)), path
    waiting, seen = ["index.html"], {"index.html"}
    while waiting:
        path = waiting.pop()
        assert path in files, f"{path} is linked and is not there"
        for link in re.findall(rb'href="([^"]+)"', files[path]):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link.decode()))
            if target not in seen:
                seen.add(target)
                waiting.append(target)


def test_the_site_becomes_exactly_what_was_placed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for seed in range(6):
        publish(site, generation(seed))
        assert tree(site) == with_manifest(generation(seed))
        assert not any(not any(folder.iterdir()) for folder in site.rglob("*") if folder.is_dir())
    assert [path.name for path in work_folder(site).iterdir()] == ["lock"]


def test_the_manifest_satisfies_sha256sum(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, {**generation(0), "tag/碑 林/index.html": b"x"})
    if program := shutil.which("sha256sum"):
        subprocess.run([program, "--check", "--strict", "--quiet", MANIFEST], cwd=site, check=True)
    assert set(read_manifest(site)) == set(tree(site)) - {MANIFEST}


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    first = publish(site, generation(0))
    before = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in site.rglob("*")}
    second = publish(site, generation(0))
    assert first == Outcome(written=len(tree(site)), removed=0, unchanged=0, bytes_written=bulk(site), set_aside=())
    assert second == Outcome(written=0, removed=0, unchanged=len(tree(site)), bytes_written=0, set_aside=())
    assert before == {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in site.rglob("*")}


def bulk(site: Path) -> int:
    return sum(len(data) for data in tree(site).values())


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, generation(0))
    untouched = (site / "feed.xml").stat().st_ino
    outcome = publish(site, {**generation(0), "assets/site.css": b"changed"})
    assert (outcome.written, outcome.removed) == (2, 0)
    assert (site / "feed.xml").stat().st_ino == untouched


def test_damage_to_the_site_is_repaired(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, generation(0))
    (site / "index.html").write_bytes(b"x" * (site / "index.html").stat().st_size)
    (site / "feed.xml").unlink()
    publish(site, generation(0))
    assert tree(site) == with_manifest(generation(0))


@pytest.mark.parametrize("seed", range(8))
def test_after_every_single_step_the_site_is_whole(tmp_path: Path, seed: int) -> None:
    site, old, new = tmp_path / "site", generation(seed), generation(seed + 100)
    publish(site, old)
    with Publication(site) as publication:
        publication.commit([publication.staging.put(path, data) for path, data in new.items()])
        for _ in publication.roll_forward():
            insist_on_whole(site, old, new)
    assert tree(site) == with_manifest(new)


def test_a_publication_broken_off_at_any_step_is_completed_by_the_next(tmp_path: Path) -> None:
    old, new = generation(1), generation(2)
    total = 0
    step = 0
    while step <= total:
        site = tmp_path / str(step) / "site"
        site.parent.mkdir()
        publish(site, old)
        with Publication(site) as publication:
            publication.commit([publication.staging.put(path, data) for path, data in new.items()])
            steps = publication.roll_forward()
            for _ in range(step):
                next(steps)
            steps.close()
            total = total or len(set(old) ^ set(new))
        with Publication(site):
            assert tree(site) == with_manifest(new)
        step += 1
    assert total > 20


def test_a_build_that_was_never_committed_changes_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, generation(0))
    with pytest.raises(RuntimeError), Publication(site) as publication:
        publication.staging.put("index.html", b"half")
        raise RuntimeError
    assert tree(site) == with_manifest(generation(0))
    assert not publication.staging.folder.exists()


KILLED = """
import sys, time
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/tests"]
from test_publishing import generation, publish
seeds = [int(seed) for seed in sys.argv[3:]]
print("ready", flush=True)
while True:
    for seed in seeds:
        publish(Path(sys.argv[2]), generation(seed))
"""


def test_a_killed_build_leaves_the_site_whole_and_the_next_completes_it(tmp_path: Path) -> None:
    site, broken_off = tmp_path / "site", 0
    publish(site, generation(3))
    for attempt in range(25):
        command = [sys.executable, "-c", KILLED, str(ROOT), str(site), "3", "4"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout
            child.stdout.readline()
            time.sleep(attempt * 0.002)
            child.kill()
        insist_on_whole(site, generation(3), generation(4))
        broken_off += (work_folder(site) / "journal").exists()
        with Publication(site):
            assert tree(site) in (with_manifest(generation(3)), with_manifest(generation(4)))
    publish(site, generation(5))
    assert tree(site) == with_manifest(generation(5))
    assert broken_off, "no build was killed while it was publishing"


def test_a_folder_that_beilin_did_not_make_is_refused_and_left_alone(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    (documents / "letters").mkdir(parents=True)
    (documents / "letters" / "will.txt").write_text("mine")
    bag = tmp_path / "bag"
    bag.mkdir()
    (bag / "bagit.txt").write_text("BagIt-Version: 1.0")
    (bag / MANIFEST).write_text(f"{'0' * 64}  index.html\n")
    for folder in (documents, bag):
        before = tree(folder)
        with pytest.raises(PublicationError, match="holds files that Beilin did not make"):
            publish(folder, generation(0))
        assert tree(folder) == before


def test_a_site_may_not_overlap_with_its_sources(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    for site in (content, content / "site", tmp_path):
        with pytest.raises(PublicationError, match="overlaps with"), Publication(site, [content]):
            pass
    with Publication(tmp_path / "site", [content]):
        pass


def test_foreign_files_are_set_aside_and_the_owner_s_hidden_ones_stay(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, generation(0))
    for _ in range(2):
        (site / "notes").mkdir()
        (site / "notes" / "mine.txt").write_text("mine")
        (site / ".git").mkdir(exist_ok=True)
        (site / ".git" / "config").write_text("git")
        (site / ".nojekyll").touch()
        assert publish(site, generation(0)).set_aside == ("notes/mine.txt",)
        assert tree(site) == {**with_manifest(generation(0)), ".git/config": b"git", ".nojekyll": b""}
    assert tree(work_folder(site) / "set-aside") == {"notes/mine.txt": b"mine", "notes/mine.txt~": b"mine"}


def test_a_site_with_a_link_in_it_is_refused(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    publish(site, generation(0))
    shutil.move(site / "tag", elsewhere)
    (site / "tag").symlink_to(elsewhere)
    before = tree(elsewhere)
    with pytest.raises(PublicationError, match="is a symbolic link"):
        publish(site, generation(1))
    assert tree(elsewhere) == before


def test_the_site_may_itself_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk" / "www").mkdir(parents=True)
    (tmp_path / "site").symlink_to(tmp_path / "disk" / "www")
    publish(tmp_path / "site", generation(0))
    assert tree(tmp_path / "disk" / "www") == with_manifest(generation(0))
    assert work_folder(tmp_path / "site") == tmp_path / "disk" / ".www-beilin"


def test_a_file_may_become_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    site = tmp_path / "site"
    front = {"index.html": b"front"}
    for files in ({"x": b"1", "y/z/w.txt": b"2"}, {"x/a/b.txt": b"3", "y": b"4"}, {"x": b"1", "y/z/w.txt": b"2"}):
        publish(site, {**front, **files})
        assert tree(site) == with_manifest({**front, **files})
    (site / "x").unlink()
    (site / "x" / "empty" / "folders").mkdir(parents=True)
    publish(site, {**front, **files})
    assert tree(site) == with_manifest({**front, **files})


@pytest.mark.parametrize(
    "path",
    ["", "/a", "../a", "a/../b", "a//b", "a/", "./a", "a\\b", "a\0b", "a\n", "a:b", "a./b", "a ", ".git/x", "碑" * 67],
)
def test_a_path_that_no_site_may_have_is_a_mistake_in_the_code(tmp_path: Path, path: str) -> None:
    with Publication(tmp_path / "site") as publication:
        with pytest.raises(ValueError, match="not a path"):
            publication.staging.put(path, b"")
        with pytest.raises(ValueError, match="not a path"):
            publication.staging.adopt(path, tmp_path / "file")
        with pytest.raises(ValueError, match="not a path"):
            publication.keep(path)


@pytest.mark.parametrize(("one", "other"), [("a", "a"), ("tag/A", "tag/a"), ("tag/ｘ", "tag/x"), ("é", "e\u0301")])
def test_no_two_files_differ_only_in_case_or_width(tmp_path: Path, one: str, other: str) -> None:
    with Publication(tmp_path / "site") as publication, pytest.raises(ValueError, match="have one name"):
        publication.finish([Placed(path, "0" * 64, 1, is_changed=True) for path in (one, other)])


def test_a_finished_file_is_adopted_without_a_copy(tmp_path: Path) -> None:
    site, finished = tmp_path / "site", tmp_path / "finished"
    for written in (3, 0):
        finished.write_bytes(b"x" * 100)
        inode = finished.stat().st_ino
        with Publication(site) as publication:
            placed = publication.staging.adopt("search/index.pf", finished)
            assert not finished.exists()
            front = publication.staging.put("index.html", b"front")
            assert publication.finish([placed, front]).written == written
        if written:
            assert (site / "search" / "index.pf").stat().st_ino == inode
    assert tree(site) == with_manifest({"search/index.pf": b"x" * 100, "index.html": b"front"})


def test_a_published_file_is_kept_only_as_it_was_published(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, generation(0))
    with Publication(site) as publication:
        kept = [publication.keep(path) for path in generation(0)]
        assert publication.keep("not/there") is None
        assert publication.finish([placed for placed in kept if placed]).written == 0
    assert tree(site) == with_manifest(generation(0))
    (site / "feed.xml").write_bytes(b"damaged")
    with Publication(site) as publication:
        assert publication.keep("feed.xml") is None


def test_two_builds_cannot_write_one_site_at_once(tmp_path: Path) -> None:
    site = tmp_path / "site"
    program = (
        "import sys, time; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path; from beilin.store.publishing import Publication\n"
        "with Publication(Path(sys.argv[2])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program, ROOT, site], stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(PublicationError, match="another build is writing it"):
            publish(site, generation(0))
        other.kill()
    publish(site, generation(0))
    with Publication(site), pytest.raises(PublicationError, match="another build"), Publication(site):
        pass
    assert tree(site) == with_manifest(generation(0))


def test_a_disk_that_takes_no_more_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, generation(0))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(PublicationError, match="the published site is as it was"):
            publish(site, {**generation(1), "assets/large.css": bytes(5000)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert tree(site) == with_manifest(generation(0))
    assert [path.name for path in work_folder(site).iterdir()] == ["lock"]


def test_a_publication_that_meets_an_obstacle_is_completed_when_it_is_gone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, {"index.html": b"old"})
    with pytest.raises(PublicationError, match="the site is completed first"), Publication(site) as publication:
        publication.commit([publication.staging.put(path, b"new") for path in ("index.html", "tag/x.html")])
        (site / "tag").write_bytes(b"in the way")
        list(publication.roll_forward())
    (site / "tag").unlink()
    with Publication(site):
        assert tree(site) == with_manifest({"index.html": b"new", "tag/x.html": b"new"})


def test_places_where_no_site_can_be_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for site, message in {"file": "is not a folder", "nowhere/site": "there is no folder"}.items():
        with pytest.raises(PublicationError, match=message), Publication(tmp_path / site):
            pass
