"""Whatever a capture holds, what is published is made of known parts only.

The published blocks are read by another parser than the one that cleaned them, so that one parser's mistake cannot
hide itself.
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup, Comment
from hypothesis import given
from hypothesis import strategies as st

from beilin.markup.gate import (
    ALLOWED_ATTRIBUTES,
    ALLOWED_CLASSES,
    ALLOWED_TAGS,
    admit,
    admit_data,
    link_to_passage,
    place,
)
from beilin.model.article import Block, BlockKind, Reading
from beilin.model.site import Site
from beilin.sources.reading import read

WORDS = "石碑立在林中"
ADDRESS = "https://mp.weixin.qq.com/s/AbCdEfGh"

WRAPPERS: dict[str, Callable[[str], str]] = {
    "post": lambda body: (
        f'---\ntitle: "题"\ndate: 2024-01-01T00:00:00Z\n---\n题 by 号\n------\n<div>{body}</div>  \n<hr>\n'
        f'<a href="{ADDRESS}",target="_blank" rel="noopener noreferrer">原文链接</a>\n'
    ),
    "feed": lambda body: (
        "---\nlayout: post\ntitle: 题\nfrom: https://www.rfa.org/mandarin/x.html\ntags: [ 台 ]\n---\n<!--NaN-->\n"
        f"[题](https://www.rfa.org/mandarin/x.html)\n------\n\n<div>\n{body}\n</div>\n"
    ),
    "stamp": lambda body: f"---\ntitle: 题\n---\n<!--1700000000000-->\n<div>{body}</div>\n",
    "page": lambda body: f"<!doctype html><html><head><title>题</title></head><body><main>{body}</main></body></html>",
    "fragment": lambda body: f"<div>{body}</div>",
    "markdown": lambda body: f"# 题\n\n**段**\n\n{body}\n\n尾\n",
    "text": lambda body: f"题\n\n2024年1月1日 10:00\n\n{body}\n\n尾\n",
    "odd host": lambda body: f"---\ntitle: 题\nfrom: https://pao-pao.net/x\n---\n<div>{body}</div>\n",
}

HOSTILE = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x00>alert(1)</script>",
    "<script/x>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)//",
    '<img src="x` `<script>alert(1)</script>"` `>',
    "<p onclick=alert(1) onmouseover='x' style='position:fixed' id=p1 class='article-body'>x</p>",
    '<a href="javascript:alert(1)">x</a>',
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A&#x61vascript&colon;alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a><a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='file:///etc/passwd'>x</a><a href='blob:x'>y</a><a href='intent://x'>z</a>",
    "<a href='//evil.example/x'>x</a><a href='\\\\evil.example'>x</a><a href='http:evil.example'>x</a>",
    "<a href='https://good.example\\@evil.example/'>x</a>",
    "<a href='#\"><script>alert(1)</script>'>x</a>",
    "<a href='#p1'>x</a><p id=p1>y</p><a name='\"><script>'>z</a>",
    "<a href='x' target=_top ping=//evil.example download>x</a>",
    "<iframe src='javascript:alert(1)'></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=//evil.example></iframe><frame src=x><frameset><frame src=y></frameset>",
    "<object data=//evil.example><param name=x><embed src=//evil.example></object>",
    "<video src=//evil.example poster=x onplay=1><source src=x></video><audio src=javascript:1></audio>",
    "<form action=//evil.example><input name=q autofocus onfocus=alert(1)><button formaction=x>b</button></form>",
    "<textarea><p></textarea><img src=x onerror=alert(1)></textarea>",
    "<select><style></select><img src=x onerror=alert(1)></style></select>",
    "<meta http-equiv=refresh content='0;url=//evil.example'><base href=//evil.example><link rel=stylesheet href=//x>",
    "<style>@import '//evil.example';</style><style><img src='</style><img src=x onerror=alert(1)>'></style>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,x#y'/><image href=//evil.example /><set to=alert(1)></svg>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    "<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>",
    "<svg><title><style></title><img src=x onerror=alert(1)></style></title></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<math><mtext><table><mglyph><style><math><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math href=javascript:alert(1)><mi>x</mi></math>",
    "<math><annotation-xml encoding='text/html'><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<noembed><img src=x onerror=alert(1)></noembed><noframes><script>alert(1)</script></noframes>",
    "<xmp><script>alert(1)</script></xmp><plaintext><script>alert(1)</script>",
    "<template><script>alert(1)</script></template><template shadowrootmode=open><script>alert(1)</script></template>",
    "<!--><script>alert(1)</script>--><!--x--!><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]><?php <script>alert(1)</script> ?><!ELEMENT x>",
    "<p title='<script>alert(1)</script>'>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<pre data-lang='\"onload=1'><code class='language-x\" onload=1'>a<br>b<script>alert(1)</script></code></pre>",
    "<span data-formula='</span><script>alert(1)</script>'>x</span>",
    "<mp-common-videosnap data-nickname='<script>' data-desc='\"><script>alert(1)</script>'></mp-common-videosnap>",
    "<mp-common-miniprogram data-miniprogram-title='<img src=x onerror=1>'></mp-common-miniprogram>",
    "<img alt='\"><script>alert(1)</script>' data-src='https://pic.example/\"><script>.png' src=x>",
    "<img src='https://pic.example/x.png' srcset='javascript:1 1x' longdesc=javascript:1 usemap=#m>",
    "<figure><img src=https://pic.example/x.png><figcaption><script>1</script><b onclick=1>c</b></figcaption>",
    "<table background=//evil.example><tr><td colspan='1 onload=x' rowspan=\"2'>\">a<td>b<tr><td>c<td>d</table>",
    "<ol start='1 onload=x'><li value=x>a</ol><ul><li><script>alert(1)</script>b</ul>",
    "<blockquote cite=javascript:1><q cite=javascript:1>x</q></blockquote><ins cite=x datetime=y>z</ins>",
    "<ruby onclick=1>漢<rp>(</rp><rt><script>alert(1)</script>han</rt></ruby>",
    "<p lang='\"><script>' dir=rtl>x</p><bdo dir=rtl>y</bdo><font face=x color=y>z</font>",
    "<isindex action=x><keygen onfocus=1><dialog open onclose=1>x</dialog><portal src=x></portal>",
    "<custom-element onclick=1 is=x><slot name=x>y</slot></custom-element><output_dir onclick=1>",
    "<b><p><i></b><table><a href=javascript:1><tr><a href=x><td>y",
    "</body></html><script>alert(1)</script>",
    "\ufeff\u202e<script>alert(1)</script>\u2066",
    "[x](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)> [x]: javascript:alert(1)",
    '[x](https://a.example "\\"><script>alert(1)</script>") ![a"onerror=1](https://a.example/x.png)',
    '```"><script>alert(1)</script>\n<script>alert(1)</script>\n```\n\n[^1]\n\n[^1]: <script>alert(1)</script>',
    "a\x00b\x08c\x0bd\x1be",
    "a&#0;b&#xD800;c&#x110000;d",
)

SITE = Site()
SANITISERS_OWN = frozenset(("lang", "title"))
"""Attributes that the sanitiser lets through on every element by itself; nothing that is rebuilt has one."""
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef]")


def reading(text: str) -> Reading:
    data = text.encode("utf-8", "surrogatepass")
    return read("hostile.md", data, hashlib.sha256(data).hexdigest(), SITE)


def strangers(html: str, also: frozenset[str] = frozenset()) -> Iterator[str]:
    """What stands in `html` without being on the allow-list; attributes in `also` are let through."""
    # html.parser and lxml disagree on broken markup; trusted markup must be safe for both
    for parser in ("lxml", "html.parser"):
        soup = BeautifulSoup(f"<body>{html}</body>", parser)
        body = soup.body
        assert body is not None
        yield from (f"comment {text!r}" for text in soup.find_all(string=lambda text: isinstance(text, Comment)))
        for element in body.find_all(True):
            if element.name not in ALLOWED_TAGS:
                yield f"<{element.name}>"
            for name, value in element.attrs.items():
                if name in also:
                    continue
                yield from _strange_attribute(element.name, name, value)


def _strange_attribute(element: str, name: str, value: str | list[str]) -> Iterator[str]:
    words = value if isinstance(value, list) else [value]
    if name == "class":
        allowed = ALLOWED_CLASSES.get(element, set())
        for word in words:
            if word not in allowed and not (element == "code" and re.fullmatch(r"language-[a-z0-9+#.-]{1,20}", word)):
                yield f"<{element} class={word!r}>"
        return
    if name not in ALLOWED_ATTRIBUTES.get(element, set()):
        yield f"<{element} {name}>"
    if name == "href" and not re.match(r"https?:|mailto:|#p[1-9]\d*$", str(value)):
        yield f"<{element} href={value!r}>"


@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_no_wrapper_lets_anything_through_but_the_allow_list(wrapper: str, number: int) -> None:
    body = f"<p>{WORDS}</p>{HOSTILE[number]}<p>{WORDS}</p>"
    for block in reading(WRAPPERS[wrapper](body)).blocks:
        assert list(strangers(block.html)) == [], block.html
        assert not CONTROLS.search(block.html)
        assert not CONTROLS.search(block.text)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_the_gate_alone_lets_nothing_through_but_the_allow_list(number: int) -> None:
    html = admit(HOSTILE[number])
    assert list(strangers(html, SANITISERS_OWN)) == []


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_what_was_admitted_is_admitted_as_it_is(number: int) -> None:
    blocks = reading(WRAPPERS["post"](f"<p>{WORDS}</p>{HOSTILE[number]}")).blocks
    for html in (admit(HOSTILE[number]), *(block.html for block in blocks)):
        assert admit(html) == html


pieces = st.sampled_from(
    "< > </ /> <p> </p> <b> </b> <a </a> href= \" ' ` = javascript: data: // # p1 <svg> </svg> <math> <style> </style> "
    "<table> <td> </table> <!-- --> <![CDATA[ ]]> <title> </title> <noscript> </noscript> <mglyph> <mtext> onerror=x "
    "<img <br> <code class=language-x> <span role=img> & &lt; &#60; &amp;lt; \x00 \n x 碑".split(" ")
)


@given(st.lists(pieces, max_size=25).map("".join))
def test_no_chain_of_markup_passes_the_gate_or_changes_when_it_passes_again(markup: str) -> None:
    html = admit(markup)
    assert list(strangers(html, SANITISERS_OWN)) == []
    assert admit(html) == html


@given(st.lists(pieces, max_size=25).map("".join), st.sampled_from(sorted(WRAPPERS)))
def test_no_chain_of_markup_passes_the_whole_way(markup: str, wrapper: str) -> None:
    for block in reading(WRAPPERS[wrapper](f"<p>{WORDS}</p>{markup}<p>{WORDS}</p>")).blocks:
        assert list(strangers(block.html)) == []
        assert re.match(r"<[a-z0-9]+[ >]", block.html)


@pytest.mark.parametrize("wrapper", ["post", "feed", "stamp", "page", "fragment"])
def test_what_only_looks_like_markup_stays_text(wrapper: str) -> None:
    body = "<p>python run.py <output_dir>，当 p<0.05 且 a<b>c 时。</p><p>(0<p<1)的误解</p><p>List<String> x</p>"
    text = "\n".join(block.text for block in reading(WRAPPERS[wrapper](body)).blocks)
    for words in ("<output_dir>", "p<0.05", "的误解", "List<String> x"):
        assert words in text, text


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_escaped_markup_stays_text(wrapper: str) -> None:
    body = f"<p>{WORDS}</p><pre><code>&lt;script&gt;alert(1)&lt;/script&gt;</code></pre>"
    found = [block for block in reading(WRAPPERS[wrapper](body)).blocks if "alert" in block.text]
    assert found
    assert "<script" not in "".join(block.html for block in found)


@pytest.mark.parametrize(
    "tag", "div b blockquote ul><li table><tr><td a&#32;href=x svg math font sup figure pre h2 mp-x noscript".split()
)
def test_ten_thousand_levels_are_read_within_seconds(tag: str) -> None:
    start = time.process_time()
    found = reading(WRAPPERS["post"](f"<p>{WORDS}</p>" + f"<{tag}>" * 10_000 + WORDS))
    assert found.blocks
    assert list(strangers("".join(block.html for block in found.blocks))) == []
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "body",
    ["碑a" * 250_000, "<b>碑</b> " * 20_000, "<br>" * 50_000 + "碑", "<" * 200_000, "&lt;" * 100_000, "<a " * 50_000],
    ids=["letters", "elements", "breaks", "less-than", "escapes", "open tags"],
)
def test_a_paragraph_of_a_megabyte_is_read_within_seconds(body: str) -> None:
    start = time.process_time()
    found = reading(WRAPPERS["post"](f"<p>{WORDS}</p><p>{body}"))
    assert found.blocks
    assert time.process_time() - start < 20


def test_unclosed_and_misplaced_tags_lose_no_words() -> None:
    body = "<div><p>一<b>二<i>三</p>四</b><table>五<tr><td>六<p>七</table></span>八</section><li>九<h2>十"
    text = "".join(block.text for block in reading(WRAPPERS["post"](body)).blocks)
    assert all(word in text for word in "一二三四五六七八九十")


def test_foreign_ids_and_classes_do_not_arrive() -> None:
    body = "<div id=results class=article-body><p id=main class='notice evil'>碑</p><p><b id=p1>林</b></p></div>"
    html = "".join(block.html for block in reading(WRAPPERS["post"](body)).blocks)
    assert "id=" not in html
    assert "class=" not in html


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
