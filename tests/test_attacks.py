"""Captures made to cost a reader time or memory: each is read whole, and the words in it are still there.

Nothing here looks at the clock. Work that grew with the square of the length would keep these tests from ending.
"""

import hashlib

import pytest

from beilin.markup.parsing import DEEPEST, MOST_ATTRIBUTES, parse_html
from beilin.model.article import Reading
from beilin.model.site import Site
from beilin.sources.reading import read
from beilin.text.addresses import address_in_text
from beilin.text.spacing import BREAK, MARK, normalise_spacing

WORDS = "石碑立在路旁"
DEEP = 10_000
MANY = 100_000
NESTING = (
    *("div", "span", "b", "blockquote", "table", "pre", "details", "a", "font", "section", "figure", "em", "h2"),
    *("ul><li", "table><tr><td", "mp-x"),
)
EMPTY = ("p", "div", "span", "b", "li", "a", "pre", "section")
LONG = {
    "line breaks": "<p>" + "<br>" * 20_000 + WORDS,
    "attributes": "<p " + " ".join(f"a{number}=1" for number in range(MANY)) + f">{WORDS}",
    "less-than signs": "<p>" + "<" * MANY + WORDS,
    "ampersands": "<p>" + "&" * 20_000 + WORDS,
    "spaces": f"<p>石{' ' * MANY}碑<br>{WORDS}",
    "ideographic spaces": "<p>石" + "\u3000" * MANY + f"碑<br>{WORDS}",
    "no-break spaces": "<p>石" + "\u00a0" * MANY + f"碑<br>{WORDS}",
    "zero-width spaces": "<p>石" + "\u200b" * MANY + f"碑<br>{WORDS}",
    "spaces among tags": "<p>石" + "<b> </b>\n" * 20_000 + WORDS,
    "closing brackets": "<p>https://post.example/" + ")" * MANY + f" {WORDS}",
    "captions": "<figure><img src='https://post.example/a.png'>"
    + "".join(f"<figcaption>图 {number}</figcaption>" for number in range(5_000))
    + f"</figure><p>{WORDS}</p>",
    "pictures": "<p>" + "<img src='https://post.example/a.png'>" * 5_000 + WORDS,
    "words split over tags": "<p>" + "石<b>碑</b>" * 10_000 + WORDS,
    "unknown elements": "<p>" + "<not_a_tag>" * 20_000 + WORDS,
    "one long paragraph": "<p>" + "石碑，拓片。" * MANY + WORDS,
    "end tags": WORDS + "</div>" * MANY,
    "tags closed in the wrong order": "<b><i><u></b></i></u>" * 5_000 + WORDS,
}


def read_page(html: str) -> Reading:
    data = html.encode()
    return read("page.html", data, hashlib.sha256(data).hexdigest(), Site())


def assert_holds_words(html: str) -> None:
    reading = read_page(html)
    assert reading.facts is not None
    assert any(WORDS in block.text for block in reading.blocks)


@pytest.mark.parametrize("name", NESTING)
def test_deep_nesting_is_read(name: str) -> None:
    assert_holds_words(f"<{name}>" * DEEP + WORDS)


@pytest.mark.parametrize("name", EMPTY)
def test_many_empty_elements_are_read(name: str) -> None:
    assert_holds_words(f"<{name}></{name}>" * 20_000 + f"<p>{WORDS}</p>")


@pytest.mark.parametrize("kind", LONG)
def test_long_runs_are_read(kind: str) -> None:
    assert_holds_words(LONG[kind])


def test_links_of_markdown_that_never_end_are_read() -> None:
    data = f"# 题记\n\n{WORDS}\n\n{'[x](y' * 20_000}".encode()
    reading = read("page.md", data, hashlib.sha256(data).hexdigest(), Site())
    assert any(WORDS in block.text for block in reading.blocks)


@pytest.mark.parametrize("depth", [DEEPEST - 10, DEEPEST + 10, 20 * DEEPEST])
def test_the_tree_is_no_deeper_than_its_bound(depth: int) -> None:
    node = parse_html("<div>" * depth + WORDS).css_first("div")
    deep = 0
    while node is not None and node.tag == "div":
        deep, node = deep + 1, node.first_child
    assert deep == min(depth, DEEPEST)


def test_siblings_are_not_depth() -> None:
    html = "<ul>" + "<li><b>石</b><br>碑" * 3_000 + "</ul>"
    tree = parse_html(html)
    assert len(tree.css("li")) == len(tree.css("b")) == 3_000


def test_a_tag_keeps_no_more_attributes_than_its_bound() -> None:
    html = "<p id=石 " + " ".join(f"a{number}=1" for number in range(MANY)) + ">碑</p>"
    paragraph = parse_html(html).css_first("p")
    assert paragraph is not None
    assert len(paragraph.attributes) == MOST_ATTRIBUTES
    assert paragraph.attributes["id"] == "石"


def test_a_long_attribute_is_kept_whole() -> None:
    address = "data:image/png;base64," + "QUJD" * 20_000
    picture = parse_html(f'<p>石<img alt="一 二" src="{address}">').css_first("img")
    assert picture is not None
    assert picture.attributes == {"alt": "一 二", "src": address}


@pytest.mark.parametrize(
    ("found", "address"),
    [
        ("https://post.example/a)))", "https://post.example/a"),
        ("https://post.example/a_(b))).", "https://post.example/a_(b)"),
        ("https://post.example/a_(b)", "https://post.example/a_(b)"),
        ("https://post.example/(a.", "https://post.example/(a"),
    ],
)
def test_an_address_keeps_the_brackets_that_it_opens(found: str, address: str) -> None:
    assert address_in_text(found) == (address, found.removeprefix(address))


def test_spaces_around_a_line_break_go_and_tags_stay() -> None:
    run = f"石 {MARK}\u3000{BREAK} {MARK}{MARK} 碑{BREAK}\u3000林"
    assert normalise_spacing(run) == f"石{MARK}{BREAK}{MARK}{MARK}碑{BREAK}林"


def test_unclosed_bold_is_not_opened_again_a_thousand_times_over() -> None:
    bold = "".join(f"<b class=x{number}>" for number in range(400))
    tree = parse_html(f"{bold}{'<p>碑</p>' * 100}")
    assert len(tree.css("b")) < 400 + 4 * 100
    kept = parse_html("<code class='language-r'>x</code>" * 60).css_first("code")
    assert kept is not None
    assert kept.attributes["class"] == "language-r"
