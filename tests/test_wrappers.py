"""Wrappers are recognised at the very start and the very end only; the article between them is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beilin.sources.wrappers import Form, unwrap

RULE = "------"
words = st.text(st.sampled_from("石碑林 by[](<>)-—、:\"'#"), min_size=1, max_size=20).map(str.strip).filter(bool)


def test_a_post_has_title_account_and_address() -> None:
    got = unwrap(
        "题 by 号\n------\n<div><p>一</p></div>  \n<hr>\n"
        '<a href="https://x.example/s",target="_blank" rel="x">原文链接</a>\n',
        has_front_matter=True,
    )
    assert (got.title, got.account, got.url, got.form) == ("题", "号", "https://x.example/s", Form.HTML)
    assert (got.is_post_capture, got.is_feed, got.feed_date) == (True, False, "captured")
    assert got.body.strip() == "<div><p>一</p></div>"
    assert [removal.rule for removal in got.removals] == ["wrapper.opening", "wrapper.closing-link"]


@pytest.mark.parametrize(
    ("stamp", "date"),
    [
        ("<!--NaN-->\n", "captured"),
        ("<!--1698361032000-->\n", "published"),
        ("<!--1698361032640-->\n", "captured"),
        ("", ""),
    ],
)
def test_a_feed_has_title_and_address_and_says_what_its_date_is(stamp: str, date: str) -> None:
    got = unwrap(f"{stamp}[题](https://x.example/a)\n------\n\n<div>一</div>\n", has_front_matter=True)
    assert (got.title, got.url, got.feed_date, got.form) == ("题", "https://x.example/a", date, Form.HTML)
    assert (got.is_feed, got.is_post_capture) == (True, False)


@given(words.filter(lambda text: " by " not in text), words)
def test_a_title_is_split_at_the_last_by(account: str, title: str) -> None:
    if title.startswith("<"):
        return
    got = unwrap(f"{title} by {account}\n{RULE}\n<div>一</div>", has_front_matter=True)
    assert got.body == "<div>一</div>"
    assert f"{got.title} by {got.account}" == f"{title} by {account}"
    assert " by " not in got.account


@given(words)
def test_brackets_in_a_title_belong_to_it(title: str) -> None:
    got = unwrap(f"[{title}](https://x.example/a)\n{RULE}\n<div>一</div>", has_front_matter=True)
    assert (got.title, got.url) == (title, "https://x.example/a")


@pytest.mark.parametrize(
    "body",
    [
        "<div><p>一</p><hr><p>二</p></div>",
        '<p>见<a href="https://x.example">原文链接</a>一文。</p><p>二</p>',
        "<p>一</p>\n题 by 号\n------\n<p>二</p>",
        "<p>一</p>\n<!--NaN-->\n[题](https://x.example)\n------\n",
        "一 by 二",
        "[题](https://x.example)\n\n正文",
        "---\n一\n---\n",
    ],
)
def test_what_looks_like_a_wrapper_in_the_middle_is_the_article(body: str) -> None:
    got = unwrap(body, has_front_matter=False)
    assert got.body == body
    assert got.removals == ()
    assert not (got.title or got.url or got.account)


@pytest.mark.parametrize(
    ("body", "has_front_matter", "form"),
    [
        ("<p>一</p>", False, Form.HTML),
        ("<!doctype html><html>", False, Form.HTML),
        ("\n\n  <div>", True, Form.HTML),
        ("# 题\n\n正文", False, Form.MARKDOWN),
        ("正文", True, Form.MARKDOWN),
        ("正文", False, Form.PLAIN),
        ("一\n二\n三 * 四", False, Form.PLAIN),
        ("p<0.05", False, Form.PLAIN),
        ("| a | b |\n| --- | --- |\n| c | d |", False, Form.MARKDOWN),
        ("题 by 号\n------\n正文", True, Form.PLAIN),
    ],
)
def test_the_form_follows_from_what_the_body_holds(body: str, has_front_matter: bool, form: Form) -> None:
    assert unwrap(body, has_front_matter=has_front_matter).form is form


@given(st.text(max_size=60))
def test_any_body_is_unwrapped_without_loss(text: str) -> None:
    got = unwrap(text, has_front_matter=False)
    assert got.body in text
    if not got.removals:
        assert got.body == text
