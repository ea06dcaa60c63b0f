"""An address gives the same identifier for ever, however it was copied, and a mistyped identifier is noticed."""

from string import ascii_letters, digits

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from beilin.text.addresses import clean_link
from beilin.text.identifiers import (
    ALPHABET,
    LENGTH,
    check_character,
    identifier_of_bytes,
    identifier_of_url,
    is_identifier,
    normalise_url,
)

FROZEN = {
    "https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv": "nb7v9ctjf70",
    "http://mp.weixin.qq.com/s?__biz=MzAwMDAwMDAwMA==&mid=2650000101&idx=1&sn=45f831ce86fd8ea3#rd": "q7w11gpj74w",
    "https://mp.weixin.qq.com/s?__biz=MzAwMDAwMDAwMA==&mid=2650000101&idx=2&sn=45f831ce86fd8ea3": "9pfv527pmz6",
    "https://www.rfa.org/mandarin/Xinwen/6-10282023125450.html": "j0885scsqqv",
    "https://www.epochtimes.com/gb/23/10/26/n14103768.htm": "fbj4sf8mq0d",
    "https://www.bbc.com/zhongwen/simp/world-67236478?at_medium=RSS&at_campaign=KARANGA": "5gr0k1cw46p",
    "https://www.voachinese.com/a/7331415.html": "2rqf62vrzdx",
    "https://youtu.be/dQw4w9WgXcQ?t=43": "kznvz1nhw3s",
    "https://archive.example/": "djm0f6kbrgc",
    "https://archive.example/中文/題名?頁=2": "wz2f6h67zvn",
    "https://archive.example/%E4%B8%AD%E6%96%87/%E9%A1%8C%E5%90%8D?%E9%A0%81=3": "q8stkkcb6j6",
    "https://archive.example:8080/steles": "w6gq5fqsx1b",
    "https://archive.example/steles?b=2&a=1": "5j0796ddrvp",
    "https://archive.example/a%2Fb": "n3hckqrdm9h",
    "https://xn--fiq228c.example/": "6pbcr92wzk0",
}
"""Published addresses rest on these pairs: they may be added to, and never changed."""

stems = st.text(st.sampled_from(ALPHABET), min_size=LENGTH, max_size=LENGTH)
identifiers = stems.map(lambda stem: stem + check_character(stem))
names = st.text(st.sampled_from(ascii_letters + digits + "-._~中文題"), min_size=1, max_size=8).filter(
    lambda name: name.strip(".") and name not in ("scene",)
)
paths = st.lists(names, max_size=4).map(lambda parts: "/" + "/".join(parts))
queries = st.lists(st.tuples(names, names), max_size=3, unique_by=lambda field: field[0])


def address(path: str, fields: list[tuple[str, str]], host: str = "pages.example") -> str:
    query = "&".join(f"{name}={value}" for name, value in fields)
    return f"https://{host}{path}" + (f"?{query}" if query else "")


@pytest.mark.parametrize(("url", "identifier"), FROZEN.items())
def test_published_addresses_keep_their_identifiers(url: str, identifier: str) -> None:
    assert identifier_of_url(url) == identifier


def test_bytes_without_an_address_keep_their_identifier() -> None:
    assert identifier_of_bytes("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") == "1pn87t885xn"


def test_check_character_is_noids_over_the_ten_characters() -> None:
    # NOID's own example, 13030/xf93gt2q, counts its prefix and slash too (a character beyond the alphabet is worth
    # nothing, wherever it stands); ours counts the ten characters alone.
    def noid(name: str) -> str:
        return ALPHABET[sum(n * ALPHABET.find(c) for n, c in enumerate(name, 1) if c in ALPHABET) % len(ALPHABET)]

    assert noid("13030/xf93gt2") == "q"
    stem = "0123456789"
    assert check_character(stem) == noid(stem) == ALPHABET[sum(n * (n - 1) for n in range(1, 11)) % 29]


@given(identifiers)
def test_identifiers_are_eleven_characters_and_hold(identifier: str) -> None:
    assert len(identifier) == LENGTH + 1
    assert is_identifier(identifier)


@given(identifiers, st.integers(0, LENGTH), st.sampled_from(ALPHABET))
def test_every_single_error_is_noticed(identifier: str, place: int, wrong: str) -> None:
    assume(identifier[place] != wrong)
    assert not is_identifier(identifier[:place] + wrong + identifier[place + 1 :])


@given(identifiers, st.integers(0, LENGTH - 1))
def test_every_transposition_of_neighbours_is_noticed(identifier: str, place: int) -> None:
    assume(identifier[place] != identifier[place + 1])
    assert not is_identifier(identifier[:place] + identifier[place + 1] + identifier[place] + identifier[place + 2 :])


@given(st.text(max_size=14))
def test_no_other_text_is_an_identifier(text: str) -> None:
    assume(len(text) != LENGTH + 1 or not set(text) <= set(ALPHABET))
    assert not is_identifier(text)


@given(st.text(max_size=40).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)))
def test_any_address_gives_an_identifier(text: str) -> None:
    assert is_identifier(identifier_of_url(text))
    assert is_identifier(identifier_of_url(f"https://pages.example/{text}"))


@given(paths, queries)
@example("/", [])
@example("/a b", [("q", "中 文")])
def test_normalising_twice_is_normalising_once(path: str, fields: list[tuple[str, str]]) -> None:
    once = normalise_url(address(path, fields))
    assert normalise_url(once) == once


@given(paths, queries)
def test_the_way_an_address_is_copied_makes_no_difference(path: str, fields: list[tuple[str, str]]) -> None:
    plain = identifier_of_url(address(path, fields))
    for same in (
        address(path, fields).replace("https:", "http:"),
        address(path, fields).replace("https://pages.example", "HTTPS://PAGES.Example:443"),
        address(path, fields).replace("pages.example", "pages.example."),
        address(path, fields) + "#:~:text=x",
        f" {address(path, fields)}\n",
        address(path + "/", fields),
        address(path, fields[::-1]),
        address(path, [*fields, ("utm_source", "rss"), ("fbclid", "Iw"), ("spm", "1.2")]),
    ):
        assert identifier_of_url(same) == plain, same


@given(paths, queries)
def test_percent_encoding_makes_no_difference(path: str, fields: list[tuple[str, str]]) -> None:
    def encoded(text: str, form: str) -> str:
        return "".join(form.format(byte) for byte in text.encode())

    plain = identifier_of_url(address(path, fields))
    for form in ("%{:02X}", "%{:02x}", "%25{:02X}"):
        # encoded dots alone would be a step up, which no address that is copied from a page has
        wrapped = "/" + "/".join(encoded(part, form) for part in path.strip("/").split("/"))
        assert identifier_of_url(address(wrapped, [(encoded(n, form), encoded(v, form)) for n, v in fields])) == plain


@given(paths, queries, paths, queries)
def test_different_pages_stay_different(
    path: str, fields: list[tuple[str, str]], other: str, others: list[tuple[str, str]]
) -> None:
    assume(path.rstrip("/") != other.rstrip("/") or sorted(fields) != sorted(others))
    assert identifier_of_url(address(path, fields)) != identifier_of_url(address(other, others))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example/x", "https://b.example/x"),
        ("https://a.example/x", "https://www.a.example/x"),
        ("https://a.example/x", "https://a.example:8080/x"),
        ("https://a.example/x", "https://a.example/x.html"),
        ("https://a.example/a/b", "https://a.example/a%2Fb"),
        ("https://a.example/?a=1&b=2", "https://a.example/?a=2&b=1"),
        ("https://a.example/?a=1", "https://a.example/?a=1&a=2"),
        ("https://a.example/?q=a%26b", "https://a.example/?q=a&b"),
        ("https://a.example/?q=a%2Bb", "https://a.example/?q=a+b"),
        ("https://mp.weixin.qq.com/s/AbC", "https://mp.weixin.qq.com/s/abc"),
        (
            "https://mp.weixin.qq.com/s?__biz=M&mid=1&idx=1&sn=a",
            "https://mp.weixin.qq.com/s?__biz=M&mid=1&idx=2&sn=a",
        ),
        ("https://youtu.be/abc", "https://youtu.be/abC"),
    ],
)
def test_pages_that_differ_in_what_counts_stay_different(one: str, other: str) -> None:
    assert identifier_of_url(one) != identifier_of_url(other)


@pytest.mark.parametrize(
    "url",
    [
        "https://mp.weixin.qq.com/s?__biz=MzA==&mid=1&idx=1&sn=ab",
        "http://mp.weixin.qq.com/s?sn=ab&idx=1&mid=1&__biz=MzA==&chksm=8c&scene=21#wechat_redirect",
        "https://mp.weixin.qq.com/s?__biz=MzA%3D%3D&mid=1&idx=1&sn=ab&sharer_shareid=9f&exportkey=n_Ch&pass_ticket=x",
        "https://mp.weixin.qq.com/s/?__biz=MzA==&mid=1&idx=1&sn=ab&key=77&uin=Nw%3D%3D",
    ],
)
def test_wechat_addresses_keep_account_message_place_and_seal_alone(url: str) -> None:
    assert normalise_url(url) == "https://mp.weixin.qq.com/s?__biz=MzA%3D%3D&idx=1&mid=1&sn=ab"


def test_short_and_long_form_of_a_video_are_one_page() -> None:
    forms = ("https://youtu.be/abc?si=x", "https://www.youtube.com/watch?v=abc&t=3", "http://m.youtube.com/watch?v=abc")
    assert len({identifier_of_url(form) for form in forms}) == 1


@given(paths, queries, st.sampled_from(["pages.example", "mp.weixin.qq.com", "www.youtube.com"]))
def test_the_published_address_gives_the_published_identifier(
    path: str, fields: list[tuple[str, str]], host: str
) -> None:
    captured = address(path, [*fields, ("utm_source", "x")], host)
    published = clean_link(captured, None)
    assert published is not None
    assert identifier_of_url(published) == identifier_of_url(captured)
