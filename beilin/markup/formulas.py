"""Formulas and drawings, said in words: the TeX that the page kept, or the text that the drawing shows."""

from html import escape

from selectolax.lexbor import LexborNode

from beilin.markup.runs import Atom
from beilin.text.characters import is_blank, one_line


def formula_of(node: LexborNode) -> Atom | None:
    """WeChat keeps a formula's TeX in `data-formula` beside its drawing."""
    tex = node.attributes.get("data-formula")
    if not tex or is_blank(tex):
        return None
    tex = one_line(tex)
    return Atom(f'<span class="formula">{escape(tex, quote=False)}</span>', tex)


def drawing_of(node: LexborNode) -> Atom:
    """What a drawing or formula says in words: its TeX annotation, else its text."""
    for unseen in node.css("style, script, metadata, defs, title, desc"):
        unseen.decompose()
    annotation = node.css_first("annotation")
    text = one_line((annotation or node).text(separator=" ") or "")
    if not text:
        return Atom("", "")
    if annotation is not None or node.tag != "svg":
        return Atom(f'<span class="formula">{escape(text, quote=False)}</span>', text)
    return Atom(escape(text, quote=False), text)
