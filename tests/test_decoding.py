"""Bytes are decoded as what they are, and where that cannot be told, nothing is claimed."""

import codecs

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from beilin.text.decoding import decode, plausibility

SIMPLIFIED = (
    "碑林里的石经刻成以后，读书人纷纷带着抄本前来核对。没有照相机的时代，要把碑上的字带走，最忠实的办法是用纸和墨。"
    "纸贴在石上，墨扑在纸上，揭下来便是一张拓片。"
)
TRADITIONAL = (
    "石經立在太學門外，觀看和摹寫的人每天有一千多輛車。大家趕來，不是為了賞字，而是要拿自己的抄本去校對。"
    "後來洛陽屢遭戰火，石經也一遷再遷。"
)


def page(text: str, charset: str) -> str:
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><p>{text}</p>'


@given(st.text(st.characters(codec="utf-8")))
@example("\ufeff")
@example("a\r\nb\rc")
def test_utf8_is_read_as_it_is(text: str) -> None:
    assume("\x00" not in text and "charset" not in text and not text.startswith("\ufeff"))
    found = decode(text.encode())
    assert found is not None
    assert (found.text, found.encoding) == (text.replace("\r\n", "\n").replace("\r", "\n"), "utf-8")
    assert not found.is_damaged


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, "plain ASCII", "字"])
def test_a_byte_order_mark_decides(mark: bytes, encoding: str, text: str) -> None:
    found = decode(mark + text.encode(encoding))
    assert found is not None
    assert (found.text, found.encoding, found.is_damaged) == (text, encoding, False)


@pytest.mark.parametrize(
    ("text", "declared", "codec"),
    [
        (SIMPLIFIED, "gb2312", "gb18030"),
        (SIMPLIFIED, "GBK", "gb18030"),
        (SIMPLIFIED + "㐂𠮷", "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "Big5-HKSCS", "big5hkscs"),
        (SIMPLIFIED, "utf-8", "utf-8"),
    ],
)
def test_what_a_page_declares_is_believed(text: str, declared: str, codec: str) -> None:
    found = decode(page(text, declared).encode(codec))
    assert found is not None
    assert text in found.text
    assert codecs.lookup(found.encoding) == codecs.lookup(codec)


@pytest.mark.parametrize("declared", ["gb2312", "big5", "iso-8859-1", "no-such-charset", "utf-7", "base64", "rot13"])
def test_a_declaration_that_a_browser_left_behind_is_not_believed(declared: str) -> None:
    found = decode(page(SIMPLIFIED, declared).encode())
    assert found is not None
    assert SIMPLIFIED in found.text
    assert found.encoding == "utf-8"


@pytest.mark.parametrize(
    ("text", "codec"),
    [(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5"), (SIMPLIFIED, "utf-16-le"), (TRADITIONAL, "utf-16-be")],
)
def test_undeclared_chinese_is_told_by_its_characters(text: str, codec: str) -> None:
    found = decode(f"标题\n\n{text}".replace("标题", text[:4]).encode(codec))
    assert found is not None
    assert found.text.endswith(text)
    assert not found.is_damaged


def test_a_few_damaged_bytes_are_shown_and_noted() -> None:
    data = SIMPLIFIED.encode() * 10
    found = decode(data[:301] + b"\xff" + data[301:])
    assert found is not None
    assert found.is_damaged
    assert "\ufffd" in found.text
    assert found.text.count(SIMPLIFIED) >= 8


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe\xff\xfe\xff\x81\x82\x00\x01",
        bytes(range(128, 256)) * 4,
        "caf\xe9 cr\xe8me d\xe9j\xe0 vu".encode("latin-1"),
        bytes.fromhex("89504e470d0a1a0a0000000d49484452000000100000001008060000001ff3ff61"),
        "Съешь же ещё этих мягких французских булок".encode("koi8-r"),
    ],
    ids=["noise", "every byte", "latin-1", "png", "koi8-r"],
)
def test_what_cannot_be_told_is_nothing(data: bytes) -> None:
    assert decode(data) is None


def test_a_short_gbk_word_that_is_also_utf8_needs_its_page() -> None:
    # 联通 in GBK is C1 AA CD A8: an editor that looked at the shape of the bytes alone took it for UTF-8.
    data = "联通".encode("gbk")
    found = decode(data)
    assert found is None or found.text == "联通"
    declared = decode(page("联通", "gbk").encode("gbk"))
    assert declared is not None
    assert "联通" in declared.text
    among_others = decode((SIMPLIFIED + "联通").encode("gbk"))
    assert among_others is not None
    assert among_others.text.endswith("联通")


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_nothing(data: bytes) -> None:
    found = decode(data)
    if found is not None:
        assert "\r" not in found.text
        found.text.encode()
        if not found.is_damaged and b"\xef\xbf\xbd" not in data:
            assert not found.encoding.startswith("utf-8") or "\ufffd" not in found.text


@given(st.binary(max_size=300))
def test_decoding_is_a_function(data: bytes) -> None:
    assert decode(data) == decode(bytes(data))


@given(st.text())
def test_plausibility_is_a_share(text: str) -> None:
    assert 0 <= plausibility(text) <= 1


def test_chinese_is_plausible_and_mojibake_is_not() -> None:
    assert plausibility(SIMPLIFIED) > 0.95
    assert plausibility(TRADITIONAL) > 0.95
    assert plausibility(SIMPLIFIED.encode().decode("gb18030", "ignore")) < 0.9
    assert plausibility(SIMPLIFIED.encode().decode("latin-1")) < 0.5
