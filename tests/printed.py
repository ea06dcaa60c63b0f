"""What a reader of a captured page saw, found by another parser than the cleaner's and by none of its code."""

import codecs
import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from alignment import strip_of

NOT_COUNTED = re.compile(r"[\W_]+")
UNSEEN = frozenset(
    "head script style template title noscript noembed noframes iframe object video audio canvas datalist math desc "
    "defs metadata annotation semantics mjx-container".split()
)
"""Elements whose text no reader sees, or sees drawn as a formula; an SVG's `title` and `desc` among them."""
FORMULA = frozenset(("katex", "mwe-math-element", "MathJax", "MathJax_CHTML", "MathJax_SVG", "MathJax_Preview"))
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
"""Not `visibility: hidden`, which WeChat's pages say of the whole article until a script has run."""
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
ELEMENT = re.compile(r"<(?:p|div|br|span|section|article|img|h[1-6]|table|ul|ol|figure|html|body|a|blockquote)\b", re.I)
FENCE = re.compile(r"\A\s*---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
OPENING = re.compile(r"\A\s*(?:<!--.*?-->\s*)?(?:[^\n]*\n+){1,4}?-{6,}[ \t]*(?:\n|\Z)")
"""The lines that capture tools write above an article, closed by a rule of hyphens."""
MARKDOWN = re.compile(r"^#{1,6} \S|^```|^\[\^[^\]]+\]:|\]\(https?://", re.MULTILINE)
NOTE = re.compile(r"^\[\^[^\]]+\]:[^\n]*(?:\n[ \t]+[^\n]*)*", re.MULTILINE)
"""A note of Markdown: it may be written anywhere, and is printed at the end."""
MARKDOWN_UNSEEN = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)|^\[[^\]^]+\]:[^\n]*$|\[\^[^\]]+\]:?|^(?:```|~~~)[^\n]*$|"
    r"<!--.*?-->|</?[a-z][^<>]*>|^[ \t]*\d+[.)](?=\s)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
"""Addresses, alternative texts, the marks of notes and of lists, names of languages, tags."""


def counted(text: str) -> str:
    """The letters, digits and Chinese characters of `text`."""
    return NOT_COUNTED.sub("", text)


@dataclass(frozen=True, slots=True)
class Printed:
    """What a reader of the captured page saw, as counted characters."""

    text: str
    cuts: tuple[int, ...]
    """Where each text node starts, ascending, and at the end the length of the text."""
    opening: int
    """How many of the first characters the capture tool wrote."""
    unseen: str
    """The text that the page hides."""
    raw: str
    """The body of the capture, references to characters resolved."""


def decoded(data: bytes) -> str:
    """The text of a capture: by its mark, else UTF-8, else the old encoding in which it reads most like Chinese."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    texts = [text for encoding in ("utf-8", "gb18030", "big5hkscs") if (text := _strictly(data, encoding)) is not None]
    is_utf8 = _strictly(data, "utf-8") is not None
    return texts[0] if is_utf8 else max(texts, key=_common_words, default=data.decode("utf-8", "replace"))


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _common_words(text: str) -> int:
    """How many of the commonest Chinese characters, in both scripts, stand in `text`."""
    return sum(map(text.count, "的一是不了在人有我他这這中大来來上国國个個到说說们們为為子和你地出"))


def printed(data: bytes) -> Printed:
    """What a reader of the capture `data` saw."""
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    fence = FENCE.match(text)
    body = text[fence.end() :] if fence else text
    opening = OPENING.match(body)
    unseen: list[str] = []
    head, rest = (body[: opening.end()], body[opening.end() :]) if opening else ("", body)
    if ELEMENT.search(rest):
        parsed = _parsed(rest)
        nodes, unseen = parsed.nodes, parsed.unseen
    elif not opening and (fence or MARKDOWN.search(rest)):
        notes = NOTE.findall(rest)
        nodes = unescape(MARKDOWN_UNSEEN.sub("\n", "\n".join([NOTE.sub("", rest), *notes]))).split("\n")
    else:
        nodes = rest.split("\n")
    first = [counted(re.sub("<!--.*?-->", "", line)) for line in head.split("\n")]
    runs = [*first, *map(counted, nodes)]
    strip = strip_of(runs)
    return Printed(strip.text, strip.cuts, sum(map(len, first)), counted("".join(unseen)), unescape(body))


class _Page(HTMLParser):
    """Collects the text nodes that a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes: list[str] = []
        self.unseen: list[str] = []
        self._unseen = ""
        """The name of the outermost element that hides its text."""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unseen:
            self._depth += tag == self._unseen
        elif tag not in VOID and (tag in UNSEEN or (attrs and _hides(dict(attrs)))):
            self._unseen, self._depth = tag, 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content hides nothing."""

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._depth -= 1
            if not self._depth:
                self._unseen = ""

    def handle_data(self, data: str) -> None:
        (self.unseen if self._unseen else self.nodes).append(data)


def _hides(attributes: dict[str, str | None]) -> bool:
    return (
        "hidden" in attributes
        or bool(attributes.get("data-formula") or attributes.get("data-tex"))
        or HIDDEN.search(attributes.get("style") or "") is not None
        or not FORMULA.isdisjoint((attributes.get("class") or "").split())
    )


def _parsed(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    page.close()
    return page
