"""`check` names each fault that a built site can have, at its place, and no fault where there is none."""

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from beilin.checks.addresses import Fault, Place, Target, follow, load
from beilin.checks.proof import Anchors
from beilin.checks.site import MOST_PER_CODE, check_site
from beilin.store.workers import Workers

BASE = "https://archive.example/stones/"
DATA = "data:application/x-bibtex,%40online%7B%7D"


def page(root: str, main: str, head: str = "") -> str:
    return f"""<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<title>碑林</title>
<link rel="stylesheet" href="{root}assets/site.css">
{head}
</head>
<body>
<a href="#main">skip</a>
<main id="main"><h1>碑林</h1>
{main}
</main>
</body>
</html>
"""


def article(links: str = "", body: str = '<p id="p1">一</p>\n<p id="p2">二</p>') -> str:
    head = (
        f'<link rel="canonical" href="{BASE}a/1/">\n<link rel="original" href="https://elsewhere.example/x">\n'
        '<script type="application/ld+json">{}</script>'
    )
    main = f"""<article lang="zh-Hans"><div class="article-body">
{body}
</div></article>
<a href="https://elsewhere.example/">original</a> <a href="mailto:a@b.example">write</a>
<a download="x.bib" type="application/x-bibtex" href="{DATA}">cite</a>
<a href="../../index.html#main">front</a> <a href="../../tag/%E7%A2%91%20%E6%9E%97/index.html">tag</a>
<a href="../2/index.html#p2">other</a> <a href="#p2">here</a>
<a href="{BASE}a/2/#p1">absolute</a>
<img src="../../media/x.webp" srcset="../../media/x.webp 1x, ../../media/y.webp 2x" alt="">
<form action="../../search/index.html"><input name="q"></form>
{links}"""
    return page("../../", main, head)


FILES = {
    "index.html": page("", '<a href="a/1/index.html">1</a>', f'<link rel="canonical" href="{BASE}">'),
    "404.html": page("/stones/", '<a href="/stones/">front</a> <a href="/stones/search/index.html?q=x">search</a>'),
    "search/index.html": page("../", '<script src="../assets/site.js"></script>'),
    "a/1/index.html": article(),
    "a/1/capture.txt": "<img src=https://elsewhere.example/>",
    "a/2/index.html": article(),
    "a/3/index.html": page("../../", "withdrawn"),
    "tag/碑 林/index.html": page("../../", '<a href="../../a/1/index.html">1</a>'),
    "assets/site.css": "@import 'other.css';\n/* url(https://a.example/) */ p { background: url(\"../media/x.webp\") }",
    "assets/other.css": "p { background: url(data:image/gif;base64,AA) }",
    "assets/site.js": "1",
    "media/x.webp": "x",
    "media/y.webp": "y",
    "feed.xml": f'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="{BASE}feed.xml"/></feed>',
    "sitemap.xml": f"<urlset><url><loc>{BASE}a/1/</loc></url></urlset>",
    "feed.json": "{}",
    "data/articles.jsonl": '{"url": "a/1/"}\n{"url": "a/2/"}\n',
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8", newline="\n")
    return seal(tmp_path)


def seal(site: Path) -> Path:
    manifest = site / "manifest-sha256.txt"
    manifest.unlink(missing_ok=True)
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    lines = [f"{sha256((site / path).read_bytes()).hexdigest()}  {path}\n" for path in files]
    manifest.write_text("".join(lines), "utf-8", newline="\n")
    return site


def faults(site: Path, jobs: int = 1) -> list[tuple[str, int, str]]:
    with Workers(jobs) as workers:
        return [(problem.path, problem.line, problem.code) for problem in check_site(site, workers)]


def codes(site: Path) -> set[str]:
    return {code for _, _, code in faults(site)}


def test_a_sound_site_has_no_faults(site: Path) -> None:
    assert faults(site) == []


def test_the_owner_s_hidden_files_are_no_strays(site: Path) -> None:
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("x")
    (site / ".nojekyll").touch()
    assert faults(site) == []


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda site: (site / "media/x.webp").write_text("changed"), ("media/x.webp", 1, "fixity-changed")),
        (lambda site: (site / "a/1/capture.txt").unlink(), ("manifest-sha256.txt", 2, "fixity-missing")),
        (lambda site: (site / "a/1/new.txt").touch(), ("a/1/new.txt", 1, "fixity-stray")),
        (lambda site: (site / "manifest-sha256.txt").unlink(), ("manifest-sha256.txt", 1, "fixity-manifest")),
        (lambda site: (site / "manifest-sha256.txt").write_text("x\n"), ("manifest-sha256.txt", 1, "fixity-manifest")),
        (lambda site: (site / "a/1/linked.txt").symlink_to("capture.txt"), ("a/1/linked.txt", 1, "fixity-stray")),
    ],
)
def test_fixity_covers_exactly_the_files(
    site: Path, damage: Callable[[Path], object], fault: tuple[str, int, str]
) -> None:
    damage(site)
    assert fault in faults(site)


LINK_LINE = 1 + article("HERE").split("HERE")[0].count("\n")


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ('<a href="../9/index.html">x</a>', "link-broken"),
        ('<a href="../1/INDEX.html">x</a>', "link-broken"),
        ('<a href="../../../up.html">x</a>', "link-broken"),
        (f'<a href="{BASE}a/9/">x</a>', "link-broken"),
        ('<img src="../../media/none.webp" alt="">', "link-broken"),
        ('<a href="../2/">x</a>', "link-folder"),
        ('<a href="/a/2/index.html">x</a>', "link-absolute"),
        ('<a href="//elsewhere.example/">x</a>', "link-absolute"),
        ('<a href="../2/index.html#p3">x</a>', "fragment-missing"),
        ('<a href="#nowhere">x</a>', "fragment-missing"),
        ('<a href="java&#10;script:alert(1)">x</a>', "address-unsafe"),
        (f'<a href="{DATA}">x</a>', "address-unsafe"),
        ('<img src="https://elsewhere.example/x.png" alt="">', "loads-elsewhere"),
        ('<img src="//elsewhere.example/x.png" alt="">', "loads-elsewhere"),
        ('<img src="data:image/gif;base64,AA" alt="">', "loads-elsewhere"),
        (f'<img src="{BASE}media/x.webp" alt="">', "loads-elsewhere"),
        ('<img srcset="../../media/x.webp 1x, https://elsewhere.example/x.png 2x" alt="">', "loads-elsewhere"),
        ('<link rel="stylesheet" href="https://elsewhere.example/x.css">', "loads-elsewhere"),
        ('<link rel="alternate stylesheet" href="https://elsewhere.example/x.css">', "loads-elsewhere"),
        ('<link rel="preconnect" href="https://elsewhere.example">', "loads-elsewhere"),
        ('<link rel="dns-prefetch" href="//elsewhere.example">', "loads-elsewhere"),
        ('<script src="https://elsewhere.example/x.js"></script>', "loads-elsewhere"),
        ('<iframe src="https://elsewhere.example/"></iframe>', "loads-elsewhere"),
        ('<object data="https://elsewhere.example/"></object>', "loads-elsewhere"),
        ('<embed src="https://elsewhere.example/">', "loads-elsewhere"),
        ('<video poster="https://elsewhere.example/"></video>', "loads-elsewhere"),
        ('<form action="https://elsewhere.example/"></form>', "loads-elsewhere"),
        ('<button formaction="https://elsewhere.example/">x</button>', "loads-elsewhere"),
        ('<a href="#p1" ping="https://elsewhere.example/">x</a>', "loads-elsewhere"),
        ('<svg><use xlink:href="https://elsewhere.example/#x"></use></svg>', "loads-elsewhere"),
        ('<meta http-equiv="Refresh" content="0; url=https://elsewhere.example/">', "meta-refresh"),
        ('<base href="https://elsewhere.example/">', "base-element"),
        ("<script>alert(1)</script>", "script-inline"),
        ('<script type="module">1</script>', "script-inline"),
        ("<style>p {}</style>", "style-inline"),
        ('<p style="color: red">x</p>', "style-inline"),
        ('<img src="../../media/x.webp" alt="" onerror="x()">', "handler-inline"),
        ('<iframe srcdoc="<p>x">x</iframe>', "frame-inline"),
        ("<h1>second</h1>", "heading-count"),
        ('<p id="p1">x</p>', "id-twice"),
        ('<p id="a b">x</p>', "id-unusable"),
        ('<div class="x article-body"></div>', "body-missing"),
    ],
)
def test_a_fault_in_a_page_is_named_with_its_line(site: Path, markup: str, code: str) -> None:
    (site / "a/1/index.html").write_text(article(markup), "utf-8")
    found = faults(seal(site))
    assert code in {code for _, _, code in found}
    assert {path for path, _, _ in found} == {"a/1/index.html"}
    if "-" in code and code not in ("heading-count", "id-twice", "body-missing", "address-unsafe", "frame-inline"):
        assert ("a/1/index.html", LINK_LINE, code) in found


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<p id="p1">x</p><p id="p3">x</p>', "block-order"),
        ('<p id="p2">x</p><p id="p1">x</p>', "block-order"),
        *(
            (f'<p id="p1"></p><div id="p2"><{name}></{name}></div>', "body-element")
            for name in ("script", "iframe", "form", "object", "style", "svg", "math", "embed", "link", "meta", "base")
        ),
    ],
)
def test_a_body_holds_blocks_in_order_and_nothing_active(site: Path, body: str, code: str) -> None:
    (site / "a/1/index.html").write_text(article(body=body), "utf-8")
    assert code in codes(seal(site))


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("<!doctype html>", "", "doctype-missing"),
        ('<html lang="zh-Hans">', "<html>", "lang-missing"),
        ('<article lang="zh-Hans">', "<article>", "lang-missing"),
        ("<title>碑林</title>", "<title> </title>", "title-missing"),
        ("<h1>碑林</h1>", "", "heading-count"),
        ("article-body", "body", "body-missing"),
    ],
)
def test_a_page_has_what_every_page_needs(site: Path, before: str, after: str, code: str) -> None:
    (site / "a/2/index.html").write_text(article().replace(before, after), "utf-8")
    assert code in codes(seal(site))


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("assets/site.css", "p { background: url(https://elsewhere.example/x) }", "loads-elsewhere"),
        ("assets/site.css", '@import "//elsewhere.example/x.css";', "loads-elsewhere"),
        ("assets/site.css", "p { src: url('none.woff2') }", "link-broken"),
        ("feed.xml", "<feed><entry></feed>", "xml-malformed"),
        ("feed.xml", f'<feed><link href="{BASE}a/9/"/></feed>', "link-broken"),
        ("sitemap.xml", "<urlset><url><loc>https://elsewhere.example/</loc></url></urlset>", "sitemap-elsewhere"),
        ("sitemap.xml", f"<urlset><url><loc>{BASE}a/9/</loc></url></urlset>", "link-broken"),
        ("feed.json", "{", "json-malformed"),
        ("data/articles.jsonl", '{"url": "a/1/"}\n{\n', "json-malformed"),
        ("data/articles.jsonl", '{"url": "a/1/"}', "json-malformed"),
        ("data/articles.jsonl", '{"url": "a/7/"}\n', "record-dangling"),
        ("data/articles.jsonl", '{"url": "a/3/"}\n', "body-missing"),
        ("A/1/Capture.TXT", "x", "path-collision"),
        ("tag/" + "碑" * 70 + "/x.txt", "x", "path-too-long"),
    ],
)
def test_feeds_data_and_style_sheets_are_read_too(site: Path, path: str, text: str, code: str) -> None:
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(text, "utf-8")
    assert code in codes(seal(site))


def test_a_page_that_is_no_text_is_named(site: Path) -> None:
    (site / "a/1/index.html").write_bytes(b"<!doctype html>\xff")
    assert "encoding-wrong" in codes(seal(site))


def test_any_number_of_workers_finds_the_same(site: Path) -> None:
    for number in range(200):
        shutil.copytree(site / "a/1", site / f"a/x{number:03}")
        (site / f"a/x{number:03}/index.html").write_text(article(f'<a href="../none{number}.html">x</a>'), "utf-8")
    seal(site)
    assert faults(site, 1) == faults(site, 3)
    assert len(faults(site)) == MOST_PER_CODE + 1
    with Workers(1) as workers:
        assert str(check_site(site, workers)[-1]) == ".:1: link-broken: 100 more of this kind in the site"


def test_addresses_mean_what_a_browser_takes_them_for() -> None:
    place = Place("a/1/index.html", BASE)
    assert follow("../2/index.html?x#p1", place) == Target("a/2/index.html", "p1")
    assert follow("%2e%2e/x.html", place) == Target("a/x.html", "")
    assert follow("", place) == Target("a/1/index.html", "")
    assert follow("https://archive.example/stones/", place) == Target("index.html", "")
    assert follow("https://archive.example/stones", place) is None
    assert follow("magnet:?x", place) is None
    for url in (" \x01javascript:x", "JAVA\tSCRIPT:x", "vbscript:x", "file:///etc", "blob:x"):
        assert isinstance(follow(url, place), Fault)
    for url in ("\\\\elsewhere.example", "/\\elsewhere.example", "\t//elsewhere.example", "http:x"):
        assert isinstance(load(url, place), Fault)
    assert isinstance(follow("/stones/x.html", place), Fault)
    assert follow("/stones/x.html", Place("404.html", BASE)) == Target("x.html", "")
    assert isinstance(follow("//elsewhere.example/", Place("404.html", BASE)), Fault)


def test_anchors_are_the_ids_and_no_others() -> None:
    anchors = Anchors.of(["p1", "p2", "p4", "main"])
    assert [name in anchors for name in ("p1", "p2", "p3", "p4", "p02", "main", "top", "Main")] == [
        *(True, True, False, True, False, True, True, False)
    ]
