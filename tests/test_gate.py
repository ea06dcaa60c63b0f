"""The gate's own promises: what a block gets on its way to its page, and what data may hold."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from beilin.markup.gate import admit, admit_data, link_to_passage, place
from beilin.model.article import Block, BlockKind


def test_a_placed_block_has_its_number_and_a_foreign_language() -> None:
    block = Block(BlockKind.PARAGRAPH, admit("<p>stele</p>"), "stele", "en")
    link = link_to_passage(3, "tsomewhere", label="3", lang="en")
    assert place(block, 3, "zh-Hans", link) == f'<p id="p3" lang="en">{link}stele</p>'
    assert place(block, 3, "en", link) == f'<p id="p3">{link}stele</p>'
    hostile = Block(BlockKind.PARAGRAPH, admit("<p>stele</p>"), "stele", '"><script>')
    assert place(hostile, 1, "zh-Hans", link) == f'<p id="p1">{link}stele</p>'


@pytest.mark.parametrize(
    ("html", "placed"),
    [
        ("<ul><li>a</li><li>b</li></ul>", '<ul id="p1"><li>{}a</li><li>b</li></ul>'),
        ('<ol start="3"><li>a</li></ol>', '<ol start="3" id="p1"><li>{}a</li></ol>'),
        ("<hr>", '<hr id="p1">'),
        ("<pre><code>a</code></pre>", '<pre id="p1">{}<code>a</code></pre>'),
    ],
)
def test_the_number_stands_where_the_text_of_a_block_begins(html: str, placed: str) -> None:
    link = link_to_passage(1, "", label="<1>", lang="en")
    placed_block = BeautifulSoup(place(Block(BlockKind.LIST, admit(html), "a", "en"), 1, "en", link), "html.parser")
    assert placed_block == BeautifulSoup(placed.format(link), "html.parser")


@given(st.text())
def test_data_never_ends_its_element(text: str) -> None:
    assert not re.search(r"[<>&\u2028\u2029]", admit_data(text))
