"""What programs read: the catalogue, the sitemap, robots.txt and the response headers."""

import hashlib
import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from samples import ADRIFT, AWKWARD, HOME, article

from beilin.model.stamp import Stamp
from beilin.pages.data import record
from beilin.pages.sitemap import HEADERS, LIMIT, robots, sitemaps

KEYS = (  # in the order of the contract
    "schema id url version capture kind title authors source published captured date original_url lang tags "
    "capture_sha256 text_sha256 characters"
)
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"

texts = st.sampled_from(AWKWARD) | st.text()


@given(st.lists(texts, min_size=4, max_size=4))
def test_a_line_is_read_back_as_it_was(awkward: list[str]) -> None:
    title, author, source, tag = awkward
    line = record(article(title=title, authors=(author,), source=source, tags=(tag,)), is_newest=True)
    assert line.endswith("\n")
    assert len(line.splitlines()) == len(line.encode().splitlines()) == 1
    read = json.loads(line)
    assert " ".join(read) == KEYS
    assert (read["title"], read["authors"], read["source"], read["tags"]) == (title, [author], source, [tag])


def test_a_record_says_what_the_contract_says() -> None:
    moment = article(published=Stamp("2023-10-30T04:43+08:00", "byline"), captured=None, original_url=None, tags=())
    assert json.loads(record(replace(moment, date="2023-10-30"), is_newest=True)) == {
        "schema": 1,
        "id": "0123456789b",
        "url": "a/0123456789b/",
        "version": 1,
        "capture": "rfa/steles.md",
        "kind": "rfa",
        "title": "石碑的修补",
        "authors": ["陈某"],
        "source": "某电台",
        "published": "2023-10-30T04:43+08:00",
        "captured": None,
        "date": "2023-10-30",
        "original_url": None,
        "lang": "zh-Hans",
        "tags": [],
        "capture_sha256": "ab" * 32,
        "text_sha256": "cd" * 32,
        "characters": 7,
    }


def test_an_older_version_has_its_own_address() -> None:
    assert json.loads(record(article(2), is_newest=False))["url"] == "a/0123456789b/v2/"
    assert json.loads(record(article(2), is_newest=True))["url"] == "a/0123456789b/"


def test_a_lone_surrogate_does_not_stop_the_build() -> None:
    line = record(article(title="碑\ud800林"), is_newest=True)
    assert json.loads(line.encode())["title"] == "碑\ud800林"


def test_a_sitemap_needs_a_base_url() -> None:
    assert sitemaps(ADRIFT, ["index.html"]) == ()
    assert "Sitemap" not in robots(ADRIFT)
    assert robots(HOME).endswith("\nSitemap: https://archive.example/steles/sitemap.xml\n")


def test_a_sitemap_lists_published_addresses_once_and_in_order() -> None:
    (file,) = sitemaps(HOME, ["tag/石刻/index.html", "index.html", "a/0123456789b/index.html", "index.html"])
    assert file.path == "sitemap.xml"
    assert [loc.text for loc in etree.fromstring(file.data).iter(LOC)] == [
        "https://archive.example/steles/",
        "https://archive.example/steles/a/0123456789b/",
        "https://archive.example/steles/tag/%E7%9F%B3%E5%88%BB/",
    ]


def test_a_large_sitemap_is_an_index_of_parts_within_the_limit() -> None:
    paths = [f"a/{number:011}/index.html" for number in range(LIMIT + 1)]
    *parts, index = sitemaps(HOME, paths)
    assert index.path == "sitemap.xml"
    named = [loc.text for loc in etree.fromstring(index.data).iter(LOC)]
    assert named == [f"https://archive.example/steles/{part.path}" for part in parts]
    counts = [sum(1 for _ in etree.fromstring(part.data).iter(LOC)) for part in parts]
    assert counts == [LIMIT, 1]
    digests = [hashlib.sha256(part.data).digest() for part in sitemaps(HOME, reversed(paths))]
    assert digests == [hashlib.sha256(part.data).digest() for part in (*parts, index)]


def test_headers_forbid_what_the_site_does_not_do() -> None:
    rules: dict[str, dict[str, str]] = {}
    for line in HEADERS.splitlines():
        if line.startswith("/"):
            rules[line] = {}
        elif line:
            name, value = line.strip().split(": ", 1)
            rules[list(rules)[-1]][name] = value
    policy = rules["/*"]["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(policy)
    assert not [part for part in policy if "unsafe-inline" in part or "http" in part or "*" in part]
    assert rules["/*"]["Referrer-Policy"] == "no-referrer"
    assert rules["/*"]["X-Content-Type-Options"] == "nosniff"
    assert rules["/*"]["Permissions-Policy"]
    for path in ("/a/:id/capture.txt", "/a/:id/:version/capture.txt"):
        assert rules[path] == {"Content-Type": "text/plain; charset=utf-8"}
