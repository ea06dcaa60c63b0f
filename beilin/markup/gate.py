"""The one gate: the only place where captured markup becomes trusted markup.

What arrives was rebuilt from known parts; here a sanitiser has the last word, against an allow-list of its own.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from html import unescape

import nh3
from markupsafe import Markup

from beilin.markup.links import OUTSIDE, keys_of
from beilin.markup.mathml import mathml_of
from beilin.markup.notes import BACK
from beilin.markup.pictures import LARGEST_RATIO
from beilin.model.article import Block, BlockKind, SafeHtml

_INLINE = "a abbr br cite code del dfn em ins kbd mark q rp rt ruby s samp small span strong sub sup u var".split()
_STRUCTURE = (
    "blockquote caption details div figcaption figure h2 h3 h4 h5 h6 hr li ol p pre summary table tbody td th thead "
    "tr ul".split()
)

ALLOWED_TAGS = frozenset((*_INLINE, *_STRUCTURE))
ALLOWED_ATTRIBUTES = {
    "a": {"href", "rel", "aria-label"},
    "ol": {"start"},
    "span": {"role", "aria-label"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
ALLOWED_CLASSES = {
    "a": {"outside", "note-back", "note-mark"},
    "details": {"older"},
    "div": {"embed", "formula", "table-scroll"},
    "figure": {"figure"},
    "p": {"speaker"},
    "span": {
        *("credit", "embed-title", "formula", "picture-address", "picture-label", "picture-missing", "sticker-missing"),
        *(f"ratio-{tenths}" for tenths in range(1, LARGEST_RATIO + 1)),
    },
    "strong": {"embed-kind"},
}
ALLOWED_SCHEMES = {"http", "https", "mailto"}

_JSON_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)
_NUMBERED = re.compile(r'href="#p([1-9]\d{0,5})"')
_FRAGMENT = re.compile(r"#p[1-9]\d{0,5}")
_BLOCK_START = re.compile(r"<(?P<name>[a-z][a-z0-9]*)(?P<rest>[^<>]*>(?:<li>|<summary>)?)")
"""The start tag of a block, with that of its first item where it is a list, of its summary where it is folded."""
_FORMULA_START = '<span class="formula">'
_FORMULA = re.compile(rf"{_FORMULA_START}(?P<tex>[^<]*)</span>")
_FORMULA_BLOCK = re.compile(r"^(?P<tex>[^<]+)(?=</div>$)")
_WAY_BACK = re.compile(rf"(?:{'|'.join(BACK.values())}) [\divxlc*†‡①-⑳㉑-㉟]{{1,6}}")
_LANGUAGE_CLASS = re.compile(r"language-[a-z0-9+#.-]{1,20}")


def _attribute(element: str, name: str, value: str) -> str | None:
    """The value of an allowed attribute, or None to take it away."""
    if element == "a" and name == "href":
        return value if _FRAGMENT.fullmatch(value) or re.match(r"https?://|mailto:", value, re.I) else None
    if element == "code" and name == "class":
        return value if _LANGUAGE_CLASS.fullmatch(value) else None
    if element == "a" and name == "aria-label":
        return value if _WAY_BACK.fullmatch(value) else None
    if name == "role":
        return value if value == "img" else None
    if name in ("colspan", "rowspan", "start"):
        return value if value.isascii() and value.isdecimal() and len(value) < 6 else None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    clean_content_tags={"script", "style"},
    attributes={**ALLOWED_ATTRIBUTES, "code": {"class"}, "*": set()},
    attribute_filter=_attribute,
    allowed_classes=ALLOWED_CLASSES,
    url_schemes=ALLOWED_SCHEMES,
    link_rel=None,
    strip_comments=True,
)


def admit(html: str) -> SafeHtml:
    """`html` as trusted markup: only the elements, attributes, classes and addresses of the allow-list are left."""
    return SafeHtml(_CLEANER.clean(html))


def place(block: Block, number: int, article_lang: str, link: Markup) -> Markup:
    """An admitted block as it stands on its page: with `id="p<number>"`, and `lang` where it is not the article's.

    `link` (of `link_to_passage`) stands where its text begins; a rule has no text and no room for it.
    """
    lang = (
        f' lang="{block.lang}"' if block.lang != article_lang and re.fullmatch(r"[A-Za-z-]{2,20}", block.lang) else ""
    )
    start = _BLOCK_START.match(block.html)
    if start is None:
        raise AssertionError(f"block {number} does not start with an element: {block.html[:40]!r}")
    opened = f'<{start["name"]} id="p{number}"{lang}{start["rest"]}'
    number_link = "" if start["name"] == "hr" else str(link)
    return Markup(f"{opened}{number_link}{_drawn(block.html[start.end() :], block.kind)}")


def _drawn(html: str, kind: BlockKind) -> str:
    """`html`, the admitted rest of a block, with its formulas drawn as MathML and their TeX beside them.

    MathML is written here anew, from TeX, and never admitted: none that was captured can arrive.
    """
    if kind is BlockKind.FORMULA:
        return _FORMULA_BLOCK.sub(lambda formula: _both(formula["tex"], "block"), html, count=1)
    if _FORMULA_START not in html:
        return html
    return _FORMULA.sub(lambda formula: f"{_FORMULA_START}{_both(formula['tex'], 'inline')}</span>", html)


def _both(tex: str, display: str) -> str:
    """A formula for eyes and ears, and its TeX for those who copy it; `tex` and what comes back are markup."""
    mathml = mathml_of(unescape(tex), display)
    return tex if mathml is None else f'{mathml}<span class="tex" aria-hidden="true">{tex}</span>'


def link_to_passage(number: int, anchor: str, *, label: str, lang: str) -> Markup:
    """The number of a block as a link to its `anchor`, or to the number where it has none; `label` in `lang` names it.

    It holds no text, so that the words of the body are the article's alone: the style sheet draws the number.
    """
    own = Markup(' id="{}"').format(anchor) if anchor else ""
    return Markup('<a class="block-link"{} href="#{}" lang="{}" aria-label="{}" data-number="{}"></a>').format(
        own, anchor or f"p{number}", lang, label, number
    )


def follow(placed: Markup, goals: Mapping[bytes, str], account: str, *, label: str, lang: str) -> Markup:
    """A placed block with a second target beside each link that this archive can follow itself.

    `goals` gives the relative address of the article for each key of a link on a page of `account`. The second link
    holds no text, so that the words of the body are the article's alone; `label` in `lang` names it.
    """

    def with_goal(link: re.Match[str]) -> str:
        goal = next((goals[key] for key in keys_of(link, account) if key in goals), None)
        if goal is None:
            return link[0]
        inside = Markup('<a class="inside" href="{}" lang="{}" aria-label="{}"></a>').format(goal, lang, label)
        return f"{link[0]}{inside}"

    return Markup(OUTSIDE.sub(with_goal, placed))


def published(blocks: tuple[Block, ...], set_aside: Collection[int]) -> tuple[Block, ...]:
    """`blocks` without those whose numbers, from 1, are `set_aside`; links between them lead to their new numbers."""
    if not set_aside:
        return blocks
    kept = [number for number in range(1, len(blocks) + 1) if number not in set_aside]
    numbers = {old: new for new, old in enumerate(kept, 1)}

    def renumbered(fragment: re.Match[str]) -> str:
        # what led to a block that is set aside leads to its own page's start
        return f'href="#p{numbers.get(int(fragment[1]), 1)}"'

    return tuple(
        replace(block, html=SafeHtml(_NUMBERED.sub(renumbered, block.html))) if 'href="#p' in block.html else block
        for block in (blocks[number - 1] for number in kept)
    )


def admit_data(json: str) -> Markup:
    """JSON for a script element of a data type, every character escaped that could end the element or start markup."""
    return Markup(json.translate(_JSON_ESCAPES))
