"""Feeds parse, identify their entries for good, and take every date from the articles."""

import json
import re
from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from samples import ADRIFT, AWKWARD, HOME, article

from beilin.model.article import Article
from beilin.model.site import Site
from beilin.model.stamp import Stamp
from beilin.pages.feeds import LENGTH, UNDATED, Channel, atom, json_feed

ALL = Channel("小碑林", "")
TAG = Channel("石刻", "tag/石刻/")
ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")

sites = st.sampled_from((HOME, ADRIFT))
channels = st.sampled_from((ALL, TAG))
texts = st.sampled_from(AWKWARD) | st.text(max_size=30)
stamps = st.none() | st.sampled_from(
    (
        "2023",
        "2023-10",
        "2023-10-27",
        "2023-10-30T04:43+08:00",
        "2023-10-30T04:43",
        "1898-06-11",
        "2023-10-30T04:43:07Z",
    )
).map(lambda iso: Stamp(iso, "byline"))


@st.composite
def lists(draw: st.DrawFn) -> list[Article]:
    """Some articles with awkward texts, each with an identifier of its own."""
    made = []
    for number in range(draw(st.integers(0, 4))):
        facts = {
            "title": draw(texts),
            "authors": tuple(draw(st.lists(texts, max_size=2))),
            "tags": tuple(draw(st.lists(texts, max_size=2))),
            "summary": draw(texts),
            "published": draw(stamps),
            "captured": draw(stamps),
            "original_url": draw(st.none() | texts),
        }
        made.append(replace(article(**facts), id=f"{number:011}"))
    return made


def read(feed: str) -> etree._Element:
    """The feed as lxml reads its bytes."""
    return etree.fromstring(feed.encode())


@given(sites, channels, lists())
def test_atom_feeds_are_well_formed_and_complete(site: Site, channel: Channel, articles: list[Article]) -> None:
    feed = read(atom(site, channel, articles))
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "小碑林"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len(articles)
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert MOMENT.fullmatch(element.findtext(f"{ATOM}updated"))
        assert len(element.findall(f"{ATOM}link[@rel='alternate']")) == 1
    ids = [element.findtext(f"{ATOM}id") for element in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    assert all(re.match(r"(https|tag):[!-~]+$", name) for name in ids)


@given(sites, channels, lists())
def test_json_feeds_say_what_atom_feeds_say(site: Site, channel: Channel, articles: list[Article]) -> None:
    feed = json.loads(json_feed(site, channel, articles))
    twin = read(atom(site, channel, articles)).findall(f"{ATOM}entry")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in feed["items"]] == [entry.findtext(f"{ATOM}id") for entry in twin]
    for item, entry in zip(feed["items"], twin, strict=True):
        assert item.get("title", "") == (entry.findtext(f"{ATOM}title") or "")
        assert item["content_text"] == (entry.findtext(f"{ATOM}summary") or "")
        assert item.get("date_modified", UNDATED) == entry.findtext(f"{ATOM}updated")
        assert item.get("date_published") == entry.findtext(f"{ATOM}published")
        assert item["url"] == entry.find(f"{ATOM}link[@rel='alternate']").get("href")


@pytest.mark.parametrize("channel", [ALL, TAG])
def test_links_lead_to_the_articles(channel: Channel) -> None:
    for site, base in ((HOME, HOME.base_url), (ADRIFT, "http://anywhere.example/x/")):
        links = read(atom(site, channel, [article()])).iter(f"{ATOM}link")
        found = {link.get("rel"): urljoin(f"{base}{channel.path}feed.xml", link.get("href")) for link in links}
        assert found["via"] == "https://radio.example/steles.html"
        assert found["alternate"] == f"{base}a/0123456789b/"


def test_a_feed_names_its_own_address_only_if_the_site_knows_it() -> None:
    told = json.loads(json_feed(HOME, TAG, []))
    assert told["feed_url"] == "https://archive.example/steles/tag/%E7%9F%B3%E5%88%BB/feed.json"
    assert told["home_page_url"] == "https://archive.example/steles/tag/%E7%9F%B3%E5%88%BB/"
    assert not {"feed_url", "home_page_url"} & set(json.loads(json_feed(ADRIFT, TAG, [])))
    assert "http" not in atom(ADRIFT, TAG, []).replace("http://www.w3.org/2005/Atom", "")


def test_without_a_base_url_identifiers_are_tags_that_no_build_changes() -> None:
    feed = read(atom(ADRIFT, TAG, [article()]))
    assert feed.findtext(f"{ATOM}id") == "tag:beilin.invalid,2026:feed/tag/%E7%9F%B3%E5%88%BB/"
    assert feed.findtext(f"{ATOM}entry/{ATOM}id") == "tag:beilin.invalid,2026:0123456789b"


@pytest.mark.parametrize(
    ("published", "captured", "first", "last"),
    [
        ("2023-10-27", None, "2023-10-27T00:00:00+08:00", "2023-10-27T00:00:00+08:00"),
        ("2023-10-30T04:43+08:00", None, "2023-10-30T04:43:00+08:00", "2023-10-30T04:43:00+08:00"),
        ("2023-10", None, None, "2023-10-01T00:00:00+08:00"),
        ("2023", None, None, "2023-01-01T00:00:00+08:00"),
        ("2023-10-27", "2024-04-27", "2023-10-27T00:00:00+08:00", "2024-04-27T00:00:00+08:00"),
        (None, "2024-04-27", None, "2024-04-27T00:00:00+08:00"),
        (None, None, None, UNDATED),
        ("1898-06-11", None, "1898-06-11T00:00:00+08:05", "1898-06-11T00:00:00+08:05"),
    ],
)
def test_dates_come_from_the_article(published: str | None, captured: str | None, first: str | None, last: str) -> None:
    dated = article(
        published=Stamp(published, "dateline") if published else None,
        captured=Stamp(captured, "front matter") if captured else None,
    )
    feed = read(atom(HOME, ALL, [dated]))
    assert feed.findtext(f"{ATOM}entry/{ATOM}published") == first
    assert feed.findtext(f"{ATOM}entry/{ATOM}updated") == feed.findtext(f"{ATOM}updated") == last
    assert datetime.fromisoformat(last).tzinfo


def test_a_feed_is_as_new_as_its_newest_entry() -> None:
    days = ("2023-10-27", "2024-01-02", "2021-05-06")
    articles = [
        replace(article(published=Stamp(day, "byline"), captured=None), id=f"{number:011}")
        for number, day in enumerate(days)
    ]
    assert read(atom(HOME, ALL, articles)).findtext(f"{ATOM}updated") == "2024-01-02T00:00:00+08:00"
    assert read(atom(HOME, ALL, [])).findtext(f"{ATOM}updated") == UNDATED


def test_feeds_stop_after_fifty() -> None:
    articles = [replace(article(), id=f"{number:011}") for number in range(LENGTH + 1)]
    assert len(read(atom(HOME, ALL, articles)).findall(f"{ATOM}entry")) == LENGTH == 50
    assert len(json.loads(json_feed(HOME, ALL, articles))["items"]) == LENGTH
