"""Links lead where a reader may go, and tell nobody who captured or who reads."""

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beilin.text.addresses import (
    ADDRESS_IN_TEXT,
    address_in_text,
    clean_link,
    host_of,
    without_tracking,
)
from beilin.text.redaction import SHARER_PARAMETERS

BASE = "https://pages.example/folder/page.html"

CLEANED = {
    "https://a.example/x?utm_source=rss&id=3&utm_medium=x": "https://a.example/x?id=3",
    "https://a.example/x?fbclid=1": "https://a.example/x",
    "other.html": "https://pages.example/folder/other.html",
    "/root": "https://pages.example/root",
    "//b.example/x": "https://b.example/x",
    "../up": "https://pages.example/up",
    "HTTPS://A.example/X": "https://A.example/X",
    " https://a.example/ x ": "https://a.example/x",
    "https://a.example/\nx": "https://a.example/x",
    "https://a.example/中文?q=值": "https://a.example/%E4%B8%AD%E6%96%87?q=%E5%80%BC",
    "https://a.example/%25E4%25B8%25AD": "https://a.example/%E4%B8%AD",
    "https://user:secret@a.example/x": "https://a.example/x",
    "mailto:editor@a.example": "mailto:editor@a.example",
    "http://mp.weixin.qq.com/s?__biz=M==&mid=1&idx=2&sn=a&chksm=9&scene=21#rd": (
        "http://mp.weixin.qq.com/s?__biz=M==&mid=1&idx=2&sn=a"
    ),
    "https://link.zhihu.com/?target=https%3A//a.example/x%3Fid%3D3%26utm_source%3Dzhihu": "https://a.example/x?id=3",
    "http://link.zhihu.com/?source=1&target=http%3A%2F%2Fa.example%2F%25E7%25A2%2591": "http://a.example/%E7%A2%91",
    "https://link.zhihu.com/?target=javascript%3Aalert(1)": "https://link.zhihu.com/?target=javascript%3Aalert(1)",
    "https://mp.weixin.qq.com/s/AbC?scene=1&sharer_shareid=9": "https://mp.weixin.qq.com/s/AbC",
}

NOWHERE = (
    *(
        "",
        " ",
        "#",
        "#p1",
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "java\nscript:x",
        "java\tscript:x",
        "\x01javascript:x",
    ),
    *(
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://a.example/x",
        "blob:x",
        "tel:1",
        "intent://x",
        "about:blank",
    ),
    *("http://", "https://", "http://[", "https://[::1", "http:///x", "ht tp://a.example"[:0]),
)

names = st.sampled_from(["id", "page", "q", "lang", "utm_source", "fbclid", *SHARER_PARAMETERS[:6]])
fields = st.lists(st.tuples(names, st.text("abc123", min_size=1, max_size=4)), max_size=5)


@pytest.mark.parametrize(("written", "expected"), CLEANED.items())
def test_links_are_absolute_and_free_of_tracking(written: str, expected: str) -> None:
    assert clean_link(written, BASE) == expected


@pytest.mark.parametrize("written", NOWHERE)
def test_links_that_lead_nowhere_are_none(written: str) -> None:
    assert clean_link(written, None) is None


@given(st.text(max_size=40), st.sampled_from([None, BASE]))
def test_a_link_is_http_or_mailto_and_printable_ascii(written: str, base: str | None) -> None:
    for address in (written, f"https://a.example/{written}", f"javascript:{written}", f"/{written}"):
        try:
            found = clean_link(address, base)
        except UnicodeEncodeError:
            assert any("\ud800" <= character <= "\udfff" for character in address)
            continue
        if found is not None:
            assert re.match(r"https?://[^/]|mailto:", found)
            assert not re.search(r"[\x00-\x20\x7f\"<>`]", urlsplit(found).path + urlsplit(found).query)


@given(fields)
def test_cleaning_twice_is_cleaning_once(parameters: list[tuple[str, str]]) -> None:
    query = "&".join(f"{name}={value}" for name, value in parameters)
    for host in ("a.example", "mp.weixin.qq.com"):
        once = without_tracking(f"https://{host}/x?{query}")
        assert without_tracking(once) == once


@pytest.mark.parametrize("name", SHARER_PARAMETERS)
def test_no_link_names_the_person_who_captured(name: str) -> None:
    for host in ("mp.weixin.qq.com", "mirror.example"):
        assert name not in (clean_link(f"https://{host}/s?id=1&{name}=secret#x", None) or "")


@pytest.mark.parametrize(
    ("found", "address", "rest"),
    [
        ("https://a.example/x.", "https://a.example/x", "."),
        ("https://a.example/x).", "https://a.example/x", ")."),
        ("https://a.example/x_(y)", "https://a.example/x_(y)", ""),
        ("https://a.example/x?", "https://a.example/x", "?"),
        ("https://a.example/", "https://a.example/", ""),
    ],
)
def test_the_sentence_around_an_address_is_no_part_of_it(found: str, address: str, rest: str) -> None:
    assert address_in_text(found) == (address, rest)


def test_an_address_in_chinese_text_ends_where_the_chinese_goes_on() -> None:
    match = ADDRESS_IN_TEXT.search("见https://a.example/x，以及其他")
    assert match is not None
    assert match[0] == "https://a.example/x"


@given(st.text(max_size=30))
def test_any_text_has_a_host_or_none(text: str) -> None:
    assert host_of(text) == host_of(text).lower()
    assert host_of(None) == ""
    assert host_of("https://A.Example:8080/x") == "a.example"
