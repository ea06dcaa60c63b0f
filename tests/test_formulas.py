"""A formula is kept as TeX, once, and drawn as MathML that holds nothing but mathematics."""

import re
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from beilin.markup import mathml
from beilin.markup.draft import DraftBlock
from beilin.markup.formulas import drawing_of, formula_of, set_off_formulas
from beilin.markup.gate import admit, link_to_passage, place
from beilin.markup.mathml import mathml_of
from beilin.markup.parsing import parse_html
from beilin.model.article import Block, BlockKind

STYLES = Path(__file__).parent.parent / "theme" / "assets" / "beilin.css"
TEX = r"s_i = \frac{b_i-a_i}{\max(a_i,b_i)}"
MATHML = "<math><mfrac><mi>a</mi><msup><mi>b</mi><mn>2</mn></msup></mfrac></math>"
ANNOTATED = r'<math><semantics><mi>x</mi><annotation encoding="application/x-tex">\xi^2</annotation></semantics></math>'
KATEX = (
    f'<span class="katex"><span class="katex-mathml">{ANNOTATED}</span>'
    '<span class="katex-html" aria-hidden="true"><span class="base"><span class="mord">ξ2</span></span></span></span>'
)
WIKIPEDIA = (
    '<span class="mwe-math-element"><span class="mwe-math-mathml-inline" style="display: none;"><math><semantics>'
    r'<mi>x</mi><annotation encoding="application/x-tex">{\displaystyle \xi ^{2}}</annotation></semantics></math>'
    r'</span><img class="mwe-math-fallback-image-inline" src="x.svg" alt="{\displaystyle \xi }"></span>'
)
HOSTILE = (
    r"\text{<img src=x onerror=alert(1)>}",
    r"\text{</mtext></math><script>alert(1)</script>}",
    r"\text{&lt;script&gt;alert(1)&lt;/script&gt;}",
    r"\href{javascript:alert(1)}{x}",
    r"\class{article-body}{x}\style{position:fixed}{y}",
    r"\color{red\" onload=alert(1)}x",
    r"\colorbox{url(//evil.example)}{x}",
    r"\unicode{x3c}script\unicode{x3e}",
    r"\unicode{x0}\unicode{xD800}\unicode{x202E}\unicode{110000}",
    "&#x3c;img src=x onerror=alert(1)&#x3e;",
    r"\rule{9999em}{9999em}\hspace{-9999em}\kern-99em\raise99em x",
    r"\def\a{\b\b}\def\b{\c\c}\a",
    r"\newcommand{\a}[1]{#1#1}\a{\a{\a{\a{x}}}}",
    r"\begin{array}{c|c\" onload=x}a\\b\end{array}",
    r"\verb|<b>|\tag{<b>}\operatorname{<b>}\mbox{<b>$<i>$}",
    r"\left<script\right>\middle<",
    "<![CDATA[x]]><!--x--><?x?>",
    "x\u202ey\x00z\x1b",
)
LEVELS = {
    "{": "}",
    r"\frac{": "}{}",
    r"\sqrt{": "}",
    r"\mathbf{": "}",
    r"\left(": r"\right)",
    r"\mathrm\mathbf": "",
    "^": "",
}


def node(html: str, selector: str):
    found = parse_html(f"<div>{html}</div>").css_first(selector)
    assert found is not None
    return found


def placed(html: str, kind: BlockKind = BlockKind.PARAGRAPH, text: str = "x") -> str:
    return place(Block(kind, admit(html), text, "zh-Hans"), 1, "zh-Hans", link_to_passage(1, "", label="1", lang="zh"))


def strangers(markup: str) -> list[str]:
    """Elements and attributes of drawn formulas that no formula may have, as another parser sees them."""
    found = []
    for element in BeautifulSoup(markup, "html.parser").find_all(True):
        if element.name not in mathml.ELEMENTS:
            found.append(f"<{element.name}>")
        for name, value in element.attrs.items():
            if name not in mathml.ATTRIBUTES | {"display", "mathvariant"} or not re.fullmatch(r"[a-z0-9 .+-]+", value):
                found.append(f"{name}={value!r}")
    return found


@pytest.mark.parametrize(
    ("html", "selector", "tex"),
    [
        (f'<span data-formula="{TEX}"><svg><path d="M0"/></svg></span>', "span", TEX),
        ('<span data-tex="a^2"><img src=x alt="a^2"></span>', "span", "a^2"),
        (KATEX, "span.katex", r"\xi^2"),
        (WIKIPEDIA, "span.mwe-math-element", r"\xi ^{2}"),
        ('<span class="mwe-math-element"><img src=x alt="{\\displaystyle E}"></span>', "span", "E"),
        ('<span class="MathJax"><nobr>E</nobr></span><script type="math/tex">E=mc^2</script>', "span", "E=mc^2"),
        (
            '<span class="MathJax_Preview">E</span><div class="MathJax_Display"><span class="MathJax">E</span></div>'
            '<script type="math/tex; mode=display">E=mc^2</script>',
            "span.MathJax_Preview",
            "",
        ),
        (
            '<div class="MathJax_Display"><span class="MathJax">E</span></div> '
            '<script type="math/tex; mode=display">E=mc^2</script>',
            "span.MathJax",
            "E=mc^2",
        ),
        ('<span class="MathJax_Preview">E</span><script type="math/tex">E=1</script>', "span", "E=1"),
        ('<script type="math/tex; mode=display">% <![CDATA[\na&b\\\\c %]]></script>', "script", "a&b\\\\c"),
        (
            f'<span class="MathJax"><nobr>E</nobr><span class="MJX_Assistive_MathML">{MATHML}</span></span>',
            "span.MathJax",
            r"\frac{a}{b^{2}}",
        ),
    ],
    ids="wechat zhihu katex wikipedia fallback mathjax preview display undrawn script assistive".split(),
)
def test_every_platform_says_its_formula_once_as_tex(html: str, selector: str, tex: str) -> None:
    formula = formula_of(node(html, selector))
    assert formula is not None
    assert formula.text == tex


@pytest.mark.parametrize(
    ("html", "selector", "tex"),
    [
        (
            '<mjx-container class="MathJax" data-formula="\\theta^{- 1}"><svg></svg></mjx-container>',
            "mjx-container",
            r"\theta^{- 1}",
        ),
        (
            f"<mjx-container><mjx-assistive-mml>{ANNOTATED}</mjx-assistive-mml></mjx-container>",
            "mjx-container",
            r"\xi^2",
        ),
        ('<mjx-container><svg><path data-c="3B8"/><path data-c="2B"/></svg></mjx-container>', "mjx-container", "θ+"),
        ('<mjx-container><mjx-math><mjx-c class="mjx-c3B8"></mjx-c></mjx-math></mjx-container>', "mjx-container", "θ"),
        (ANNOTATED, "math", r"\xi^2"),
        (MATHML, "math", r"\frac{a}{b^{2}}"),
        ('<math alttext="a^2"><msup><mi>a</mi><mn>2</mn></msup></math>', "math", "a^2"),
        (
            "<math><semantics><mi>x</mi><annotation encoding='MathType-MTEF'>Math@5@</annotation></semantics></math>",
            "math",
            "x",
        ),
        (
            "<math><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr></mtable></math>",
            "math",
            r"\begin{matrix}a & b\end{matrix}",
        ),
        ("<math><msqrt><mtext>高 度</mtext></msqrt></math>", "math", r"\sqrt{\text{高 度}}"),
        ("<svg><title>t</title><text>相较于</text></svg>", "svg", "相较于"),
    ],
    ids="wechat assistive glyphs shapes annotated plain alternative foreign table text drawing".split(),
)
def test_a_drawn_formula_is_read_from_what_draws_it(html: str, selector: str, tex: str) -> None:
    assert drawing_of(node(html, selector)).text == tex


def test_what_mathjax_already_drew_is_not_said_again() -> None:
    assert formula_of(node('<span class="MathJax">E</span><script type="math/tex">E</script>', "script")) is None
    assert formula_of(node("<script>var x</script>", "script")) is None
    assert formula_of(node("<span class=x>碑</span>", "span")) is None


def test_a_formula_alone_in_its_paragraph_is_a_block_of_its_own() -> None:
    alone, within = (
        DraftBlock(BlockKind.PARAGRAPH, f'<p>{before}<span class="formula">a&lt;b</span></p>', "a<b")
        for before in ("", "故")
    )
    blocks = set_off_formulas([alone, within])
    assert [block.kind for block in blocks] == [BlockKind.FORMULA, BlockKind.PARAGRAPH]
    assert blocks[0].html == admit(blocks[0].html) == '<div class="formula">a&lt;b</div>'
    assert blocks[0].text == alone.text


@pytest.mark.parametrize(
    ("tex", "drawn"),
    [
        ("a_i", "<math><mrow><msub><mi>a</mi><mi>i</mi></msub></mrow></math>"),
        ("a<b", "<math><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math>"),
        (r"\text{高 度}", "<math><mrow><mtext>高\u00a0度</mtext></mrow></math>"),
        (
            r"\mathbf{xy}",
            '<math><mrow><mrow><mi mathvariant="bold">x</mi><mi mathvariant="bold">y</mi></mrow></mrow></math>',
        ),
        (r"\foo{x}", None),
        (r"\frac", None),
        ("RNA@layers", None),
        ("高度=2", None),
        ("x" * (mathml.LONGEST + 1), None),
    ],
)
def test_tex_is_drawn_where_it_is_mathematics_and_understood(tex: str, drawn: str | None) -> None:
    assert mathml_of(tex, "inline") == drawn


@pytest.mark.parametrize("tex", HOSTILE)
@pytest.mark.parametrize("display", ["inline", "block"])
def test_hostile_tex_draws_nothing_but_mathematics(tex: str, display: str) -> None:
    drawn = mathml_of(tex, display) or ""
    assert strangers(drawn) == []
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", drawn)


PIECES = (
    r"\text{ \frac \href{ \unicode{ \left( \right) \begin{matrix} \end{matrix} \color{ \def\a \a \hbox{ $ { } [ ] ^ _ "
    r"""& < > \" ' = x 1 碑 % \\ \sqrt \over \limits &#x3c; &#60; &lt; <script> javascript: \rule{9em} \verb| """
    r"\mathbf \tag{ \operatorname{ \substack{ \bra{"
)


@given(st.lists(st.sampled_from(PIECES.split(" ")), max_size=30).map(" ".join))
def test_no_chain_of_tex_draws_anything_else(tex: str) -> None:
    assert strangers(mathml_of(tex, "inline") or "") == []


@pytest.mark.parametrize("opened", LEVELS)
def test_deep_and_long_tex_is_refused_at_once_at_any_depth_of_the_stack(opened: str) -> None:
    def deeper(levels: int) -> str | None:
        return deeper(levels - 1) if levels else mathml_of.__wrapped__(tex, "inline")

    start = time.process_time()
    for count in (5, 20, 23, 24, 25, 40, 60, 100, 300, 1_000):
        tex = (opened * count + "x" + LEVELS[opened] * count)[: mathml.LONGEST]
        assert deeper(0) == deeper(500), f"{count} times {opened}"
    assert time.process_time() - start < 5


def test_a_placed_formula_is_drawn_and_keeps_its_tex() -> None:
    page = BeautifulSoup(placed(admit('<p>为<span class="formula">a &lt; b_i</span>。</p>')), "html.parser")
    formula = page.select_one("span.formula")
    assert formula is not None
    assert [child.name for child in formula.find_all(True, recursive=False)] == ["math", "span"]
    assert formula.select_one("span.tex[aria-hidden=true]").get_text() == "a < b_i"
    block = BeautifulSoup(placed('<div class="formula">a_i</div>', BlockKind.FORMULA), "html.parser")
    assert block.select_one("div.formula > math[display=block]") is not None
    assert block.select_one("div.formula > .tex").get_text() == "a_i"


def test_what_cannot_be_drawn_stays_tex() -> None:
    html = admit(r'<p><span class="formula">\foo{&lt;b&gt;}</span></p>')
    assert placed(html).endswith(html.removeprefix("<p>"))


def test_captured_mathml_never_arrives() -> None:
    html = admit('<p><span class="formula"><math href="javascript:1"><mi>x</mi></math></span><svg><a></a></svg></p>')
    assert "math" not in placed(html)
    assert "svg" not in placed(html)


@pytest.mark.browser
def test_formulas_are_seen_heard_and_copied_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    hostile = "".join(
        f'<p><span class="formula">{tex.replace("&", "&amp;").replace("<", "&lt;")}</span></p>' for tex in HOSTILE
    )
    blocks = [
        placed(f'<p>定义为<span class="formula">{TEX}</span>。</p>'),
        placed(f'<div class="formula">{TEX}</div>', BlockKind.FORMULA),
        *(placed(str(part)) for part in BeautifulSoup(admit(hostile), "html.parser").find_all("p")),
    ]
    page_path = tmp_path / "page.html"
    page_path.write_text(
        f'<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>式</title>'
        f"<style>{STYLES.read_text(encoding='utf-8')}</style><div class=article-body>{''.join(blocks)}</div>",
        encoding="utf-8",
    )
    requests: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.goto(page_path.as_uri())
    heights = page.eval_on_selector_all("math", "all => all.map(one => one.getBoundingClientRect().height)")
    assert len(heights) >= 2
    assert heights[0] > 15
    assert heights[1] > heights[0] * 1.05, "a formula on a line of its own is not squeezed"
    assert page.eval_on_selector("math mfrac", "one => one.namespaceURI").endswith("MathML")
    inside = set(page.eval_on_selector_all("math *", "all => all.map(one => one.localName)"))
    assert inside <= mathml.ELEMENTS
    copied = page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('p')); return String(getSelection()) }"
    )
    assert re.sub(r"\s+", "", copied) == re.sub(r"\s+", "", f"定义为{TEX}。")
    tex = page.locator("p .tex").first
    assert tex.bounding_box()["width"] <= 1
    page.locator("p .formula").first.hover()
    assert tex.bounding_box()["width"] > 50
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert requests == [page_path.as_uri()]
    page.close()
