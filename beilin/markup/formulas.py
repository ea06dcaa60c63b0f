"""Formulas and drawings, said in words: the TeX that the page kept, or the text that the drawing shows."""

import re
from html import escape

from selectolax.lexbor import LexborNode

from beilin.markup import formula_text
from beilin.markup.draft import DraftBlock
from beilin.markup.runs import Atom
from beilin.model.article import BlockKind
from beilin.text.characters import is_blank, one_line

_RENDERED = {
    "katex": "annotation[encoding='application/x-tex']",
    "mwe-math-element": "annotation[encoding='application/x-tex'], img[alt]",
}
"""Classes of elements that hold one formula several times over, for eyes, ears and machines, and where its TeX is."""
_MATHJAX = frozenset(("MathJax", "MathJax_CHTML", "MathJax_SVG", "MathJax_PHTML", "MathJax_Preview"))
"""MathJax 2 puts what it drew, and what it showed until then, before the script element that holds the TeX."""
_MATHJAX_FAMILY = re.compile(r"MathJax\w*")
_SCRIPT_SHELL = re.compile(r"^\s*%\s*<!\[CDATA\[(.*?)%?\s*\]\]>\s*$", re.DOTALL)
_DISPLAY_SHELL = re.compile(r"^\{\\(?:displaystyle|textstyle) (.*)\}$")
"""Wikipedia wraps every formula so."""
_ALONE = re.compile(r'<p><span class="formula">(?P<tex>[^<]*)</span></p>')


def formula_of(node: LexborNode) -> Atom | None:
    """The formula that `node` stands for, said once; empty where a neighbour says it; None if it is no formula.

    WeChat keeps a formula's TeX in `data-formula` beside its drawing, Zhihu in `data-tex`.
    """
    attributes = node.attributes
    tex = attributes.get("data-formula") or attributes.get("data-tex")
    if tex:
        return _formula(tex)
    if node.tag == "script":
        return _formula(_script_tex(node)) if _holds_tex(node) else None
    for name in (attributes.get("class") or "").split():
        if name in _RENDERED:
            return _rendered(node, _RENDERED[name])
        if name in _MATHJAX:
            return _drawn_by_mathjax(node)
    return None


def drawing_of(node: LexborNode) -> Atom:
    """What a drawing or formula says in words: its TeX, else its text."""
    own = formula_of(node)
    if own is not None:
        return own
    for unseen in node.css("style, script, metadata, defs, title, desc"):
        unseen.decompose()
    if node.tag == "svg":
        text = one_line(node.text(separator=" ") or "")
        glyphs = "" if text else formula_text.of_glyphs(node)
        return (_formula(glyphs) or Atom("", "")) if glyphs else Atom(escape(text, quote=False), text)
    return _formula(formula_text.of_mathml(node)) or Atom("", "")


def set_off_formulas(blocks: list[DraftBlock]) -> list[DraftBlock]:
    """`blocks` with every paragraph that is one formula and nothing else as a block of its own kind."""
    return [
        DraftBlock(BlockKind.FORMULA, f'<div class="formula">{alone["tex"]}</div>', block.text, anchors=block.anchors)
        if block.kind is BlockKind.PARAGRAPH and (alone := _ALONE.fullmatch(block.html))
        else block
        for block in blocks
    ]


def _formula(tex: str) -> Atom | None:
    tex = one_line(tex)
    if shell := _DISPLAY_SHELL.match(tex):
        tex = shell[1].strip()
    if is_blank(tex):
        return None
    return Atom(f'<span class="formula">{escape(tex, quote=False)}</span>', tex)


def _rendered(node: LexborNode, place: str) -> Atom | None:
    for found in node.css(place):
        tex = (found.attributes.get("alt") if found.tag == "img" else found.text()) or ""
        if formula := _formula(tex):
            return formula
    return None


def _holds_tex(script: LexborNode) -> bool:
    """Whether nobody says the TeX of a script element: what MathJax drew of it would stand before it."""
    if not (script.attributes.get("type") or "").startswith("math/tex"):
        return False
    before = _beside(script, forward=False)
    return before is None or not _MATHJAX_FAMILY.search(before.attributes.get("class") or "")


def _script_tex(script: LexborNode) -> str:
    tex = script.text() or ""
    shell = _SCRIPT_SHELL.match(tex)
    return shell[1] if shell else tex


def _drawn_by_mathjax(node: LexborNode) -> Atom | None:
    """The formula that MathJax 2 drew here; the last of preview and drawing before its script says it."""
    outer = node
    while (parent := outer.parent) is not None and _MATHJAX_FAMILY.match(parent.attributes.get("class") or ""):
        outer = parent
    beside = _beside(outer, forward=True)
    if beside is None or beside.tag != "script":
        if "MathJax_Preview" in (node.attributes.get("class") or ""):
            return Atom("", "") if beside is not None and _is_drawing(beside) else None
        return _formula(formula_text.of_mathml(node))
    return _formula(_script_tex(beside))


def _is_drawing(node: LexborNode) -> bool:
    return bool(_MATHJAX_FAMILY.search(node.attributes.get("class") or ""))


def _beside(node: LexborNode, *, forward: bool) -> LexborNode | None:
    """The element before or after `node`, with nothing but white space between them."""
    found = node.next if forward else node.prev
    while found is not None and found.tag == "-text" and is_blank(found.text_content or ""):
        found = found.next if forward else found.prev
    return None if found is None or (found.tag or "-").startswith("-") else found
