"""What names the person who captured a page is taken out of the published capture; nothing else is touched."""

from html import escape
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beilin.text.redaction import READER_PARAMETERS, REDACTED, SHARER_PARAMETERS, redact

PERSONAL_PARAMETERS = (*SHARER_PARAMETERS, *READER_PARAMETERS)
ADDRESS = "https://mp.weixin.qq.com/s?__biz=MzA==&mid=1&idx=1&sn=ab"


@pytest.mark.parametrize("name", (*SHARER_PARAMETERS, *READER_PARAMETERS))
@pytest.mark.parametrize("write", [str, escape, quote], ids=["plain", "escaped", "encoded"])
def test_personal_values_are_redacted_however_they_are_written(name: str, write) -> None:  # type: ignore[no-untyped-def]
    value = "n_ChQIAhIQsecret9f8e"
    found = redact(f'weixin.qq.com <a href="{write(f"{ADDRESS}&{name}={value}&scene=1")}">x</a> after')
    assert value not in found
    assert REDACTED in found
    assert name in found
    assert found.endswith('">x</a> after')


@pytest.mark.parametrize("name", (*SHARER_PARAMETERS, *READER_PARAMETERS))
def test_personal_values_in_scripts_are_redacted(name: str) -> None:
    for joint in ("\\u0026", "\\x26", "&amp;"):
        found = redact(f'var link = "{ADDRESS}{joint}{name}=secret9f8e";')
        assert "secret9f8e" not in found
        assert found.endswith('";')


def test_what_addresses_the_post_is_kept() -> None:
    assert redact(f"见 {ADDRESS}&chksm=9&scene=21#rd 一文") == f"见 {ADDRESS}&chksm=9&scene=21#rd 一文"


@given(st.text())
def test_text_without_wechat_addresses_stays_as_it_is(text: str) -> None:
    assert redact(text) == text or "=" in text


@given(
    st.lists(st.sampled_from([ADDRESS, "&key=", "?uin=", "secret", "&amp;", "%26openid%3D", " ", "字", '"'])).map(
        "".join
    )
)
def test_redacting_twice_is_redacting_once(text: str) -> None:
    assert redact(redact(text)) == redact(text)


def test_an_ordinary_parameter_key_elsewhere_is_kept() -> None:
    text = "https://shop.example/?key=value"
    assert redact(text) == text
