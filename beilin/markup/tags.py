"""Names of elements, by what they mean for an article."""

import re

KEPT_INLINE = {
    "a": "a",
    "abbr": "abbr",
    "b": "strong",
    "cite": "cite",
    "code": "code",
    "del": "del",
    "dfn": "dfn",
    "em": "em",
    "i": "em",
    "ins": "ins",
    "kbd": "kbd",
    "mark": "mark",
    "q": "q",
    "rp": "rp",
    "rt": "rt",
    "ruby": "ruby",
    "s": "s",
    "samp": "samp",
    "small": "small",
    "strike": "s",
    "strong": "strong",
    "sub": "sub",
    "sup": "sup",
    "tt": "code",
    "u": "u",
    "var": "var",
}
"""Inline elements that carry meaning, and what each becomes."""

BLOCKS = frozenset(
    "address article aside body center dd details dialog dir div dl dt fieldset fig footer form header "
    "hgroup html left legend main menu nav optgroup p page right search secyion section summary title".split()
)
"""Elements that begin and end a block and mean nothing more; among them typing errors and pasted wrappers
that hold paragraphs in real captures (`page`, `left`, `secyion`)."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
LISTS = frozenset(("ul", "ol"))
EMBEDS = frozenset("iframe video audio object embed fb-video fb-post mpvoice mpvideo qqmusic".split())

DROPPED = frozenset(
    "script style template head meta link base param source track area map noframes noembed frameset "
    "frame applet canvas portal mp-style-type mp-common-profile mp-common-cpsad mpcpc mpcps mp-pay- "
    "preview-filter mp-common-redpacket mp-common-search mpprofile mpchecktext".split()
)
"""Elements that a reader of the original page saw nothing of, or that are the platform's own furniture."""

CONTROLS = frozenset("button input select textarea option datalist output progress meter".split())
"""Form controls: visible, dead in an archive, and never part of a text."""

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)

_OTHERS = (
    "acronym annotation annotation-xml animate animatetransform bdi bdo big blink blockquote br caption "
    "circle clippath col colgroup data defs desc ellipse feblend fecolormatrix fegaussianblur figcaption "
    "figure filter font foreignobject g hr image img label li line lineargradient maction marquee mark "
    "mask math menclose menuitem merror mfenced mfrac mglyph mi mlabeledtr mmultiscripts mn mo mover "
    "mpadded mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder "
    "munderover mprescripts none nobr noscript ol path pattern picture plaintext polygon polyline pre "
    "radialgradient rb rect rtc sapn semantics set shape slot span stop strike svg switch symbol table "
    "tbody td text textpath tfoot th thead time tr trans tspan tt ul use view wbr xmp imagedata doubao- "
    "vocabulary-highlight share-button youtube-player"
).split()

KNOWN = frozenset(KEPT_INLINE) | BLOCKS | HEADINGS | LISTS | EMBEDS | DROPPED | CONTROLS | VOID | frozenset(_OTHERS)
"""Every name that makes `<name` the start of an element; anything else is text that only looks like one."""

KNOWN_FAMILIES = ("mp-", "mjx-", "ne-", "o:", "v:", "w:", "st1:", "amp-", "bsp-", "fb-", "svg:")
"""Prefixes of custom elements: WeChat, MathJax, Yuque, Office, AMP."""


def _by_first_letter(names: frozenset[str]) -> str:
    letters = sorted({name[0] for name in names})
    groups = []
    for letter in letters:
        rests = sorted((name[1:] for name in names if name[0] == letter), key=len, reverse=True)
        groups.append(letter + "(?:" + "|".join(map(re.escape, rests)) + ")")
    return "|".join(groups)


_FAMILIES = "|".join(re.escape(prefix) + r"[\w:.-]*" for prefix in KNOWN_FAMILIES)
PSEUDO_TAG = re.compile(
    rf"<(?!/?(?:{_by_first_letter(KNOWN)}|{_FAMILIES})(?=[\s/>])|!--|!doctype[\s>]|!\[|/?body\b|/?html\b)",
    re.IGNORECASE,
)
"""A `<` that starts no known element: `<output_dir>`, `p<0.05`."""

FUSED_TAG = re.compile(
    r"<(div|img|iframe|span|section|youtube-player|a|p|figure|source)(?=(?:class|id|data-[\w-]+|video-type|src|href|alt|style)=)",
    re.I,
)
"""A start tag whose line break before the first attribute was deleted by a feed tool: `<divclass="ad"`."""
