"""What an article page tells Zotero, Open Graph readers and schema.org readers."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from samples import ADRIFT, AWKWARD, HOME, article

from beilin.model.stamp import Stamp
from beilin.pages.citing.metadata import head_metas, structured_data, unsplit
from beilin.pages.views import Meta

PERMALINK = "https://archive.example/steles/a/0123456789b/"


def contents(metas: tuple[Meta, ...], name: str) -> list[str]:
    """What the metas of that name say."""
    return [meta.content for meta in metas if meta.name == name]


@pytest.mark.parametrize(
    ("kind", "item_type"),
    [("rfa", "newspaperArticle"), ("wechat", "blogPost"), ("html", "webpage")],
)
def test_zotero_is_told_the_type(kind: str, item_type: str) -> None:
    metas = head_metas(HOME, article(kind=kind))
    assert contents(metas, "z:itemType") == [item_type]
    assert contents(metas, "og:type") == ["article"]
    assert not contents(metas, "citation_title")


def test_zotero_is_told_where_the_copy_is() -> None:
    metas = head_metas(HOME, article())
    assert contents(metas, "z:archive") == ["小碑林"]
    assert contents(metas, "z:archiveLocation") == ["0123456789b"]
    assert contents(metas, "z:extra") == [
        f"captured 2024-04-27; SHA-256 {'ab' * 32}; original address https://radio.example/steles.html"
    ]
    assert contents(metas, "citation_public_url") == contents(metas, "og:url") == [PERMALINK]


def test_without_a_base_url_no_address_is_told() -> None:
    metas = head_metas(ADRIFT, article())
    assert not contents(metas, "citation_public_url")
    assert not contents(metas, "og:url")
    assert contents(metas, "DC.identifier") == ["a/0123456789b/"]


@pytest.mark.parametrize("iso", ["2023", "2023-10", "2023-10-27"])
def test_both_dates_are_the_same_bare_date(iso: str) -> None:
    metas = head_metas(HOME, article(published=Stamp(iso, "byline")))
    assert contents(metas, "DC.date") == contents(metas, "article:published_time") == [iso]


def test_an_undated_article_has_no_date() -> None:
    metas = head_metas(HOME, article(published=None, captured=None))
    assert not contents(metas, "DC.date")
    assert not contents(metas, "article:published_time")
    assert "captured" not in contents(metas, "z:extra")[0]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("王小明", "王小明"),
        ("王, 小明", "王, 小明"),
        ("Radio Stele", "Radio Stele,"),
        ("石碑 Radio", "石碑 Radio,"),
        ("Steleteam", "Steleteam"),
    ],
)
def test_zotero_keeps_names_whole(name: str, told: str) -> None:
    assert unsplit(name) == told
    assert contents(head_metas(HOME, article(authors=(name,))), "DC.creator") == [told]


def test_the_archive_is_never_taken_for_the_publication() -> None:
    metas = head_metas(HOME, article(source=""))
    assert not contents(metas, "DC.source")
    assert not contents(metas, "og:site_name")
    assert contents(head_metas(HOME, article()), "DC.source") == ["某电台"]


def test_open_graph_alone_uses_property() -> None:
    metas = head_metas(replace(HOME, licence="保留权利"), article())
    assert all(meta.is_property == meta.name.startswith(("og:", "article:")) for meta in metas)
    assert contents(metas, "DC.rights") == ["保留权利"]
    assert all(meta.content for meta in metas)


@given(st.sampled_from(AWKWARD) | st.text(), st.sampled_from((HOME, ADRIFT)))
def test_structured_data_survives_a_script_element(title: str, site: object) -> None:
    data = structured_data(site, article(title=title, authors=(title,), tags=(title,)))  # type: ignore[arg-type]
    assert not set(data) & set("<>&\u2028\u2029")
    page = html.document_fromstring(
        f'<!doctype html><meta charset="utf-8"><script type="application/ld+json">{data}</script>'
    )
    (script,) = page.xpath("//script/text()")
    assert json.loads(script) == json.loads(data)


def test_structured_data_names_work_and_copy() -> None:
    work = json.loads(structured_data(HOME, article(2), version=2))
    assert work["@type"] == "NewsArticle"
    assert work["url"] == "https://radio.example/steles.html"
    assert work["archivedAt"]["url"] == f"{PERMALINK}v2/"
    assert work["archivedAt"]["isPartOf"]["url"] == HOME.base_url
    assert work["encoding"] == {"@type": "MediaObject", "sha256": "ab" * 32, "dateCreated": "2024-04-27"}
    assert work["author"] == [{"name": "陈某"}]


def test_structured_data_invents_nothing() -> None:
    bare = article(authors=(), editors=(), source="", published=None, captured=None, original_url=None, tags=())
    work = json.loads(structured_data(ADRIFT, bare))
    assert set(work) == {"@context", "@type", "headline", "inLanguage", "archivedAt", "encoding"}
    assert "url" not in work["archivedAt"]
    assert "url" not in work["archivedAt"]["isPartOf"]
