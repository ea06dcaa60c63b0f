"""The captured tree, rebuilt as a sequence of blocks out of known parts; nothing of the original markup is copied."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html import escape

from selectolax.lexbor import LexborNode

from beilin.markup import code, definitions, embeds, tables
from beilin.markup.draft import DraftBlock, Removed
from beilin.markup.figures import Figure
from beilin.markup.formulas import drawing_of, formula_of
from beilin.markup.joining import inline_html, joined, texts_of
from beilin.markup.lightboxes import full_picture, is_lightbox
from beilin.markup.pictures import placeholder, read_picture, sticker
from beilin.markup.runs import OUTSIDE_LINK, Atom, Line, Run, paragraphs
from beilin.markup.tags import BLOCKS, CONTROLS, DROPPED, EMBEDS, HEADINGS, KEPT_INLINE, LISTS
from beilin.model.article import BlockKind
from beilin.text.addresses import clean_link
from beilin.text.characters import is_blank, one_line

Entry = tuple[LexborNode | None, Callable[[], None] | None]
"""An element's first child, and what to do after its children."""

FORMULA_HOLDERS = ("span", "section", "font", "script")
LONGEST_LINE = 120
"""Characters of a paragraph that, alone with a picture in a figure, is its caption."""
DEEPEST_NESTING = 24
"""Lists, quotations and tables inside each other; what is deeper is flattened, and only an attack is."""


@dataclass(slots=True)
class Page:
    """What the builder must know of the page it rebuilds, and where it notes what it sets aside."""

    base: str | None
    """Address of the page, for relative links."""
    lang: str
    """Main language of the page, for the words on placeholders and cards."""
    roles: Mapping[int, str] = field(default_factory=dict)
    """Roles that a source's rules gave to elements (by `mem_id`): `caption` or `credit`."""
    has_anchors: bool = False
    """Whether any link of the page leads to a place on it."""
    pictures_outside_noscript: frozenset[str] = frozenset()
    keeps_invisible: bool = False
    """Whether the text is about invisible characters, and those in it are its examples."""
    removed: list[Removed] = field(default_factory=list)


def build_blocks(root: LexborNode, page: Page) -> list[DraftBlock]:
    """The blocks below `root`, in reading order."""
    return _Builder(page, depth=0).build(root)


class _Builder:
    """Walks one subtree with a stack of its own, so that no depth of nesting exhausts Python's."""

    def __init__(self, page: Page, depth: int) -> None:
        self._page = page
        self._depth = depth
        self._run = Run()
        self._blocks: list[DraftBlock | Figure] = []
        self._anchors: list[str] = []

    def build(self, root: LexborNode) -> list[DraftBlock]:
        stack: list[Entry] = []
        node = root.first_child
        while True:
            while node is None:
                if not stack:
                    self._flush()
                    return [block.finished() if isinstance(block, Figure) else block for block in self._blocks]
                node, at_end = stack.pop()
                if at_end is not None:
                    at_end()
            following = node.next
            tag = node.tag or ""
            if tag == "-text":
                self._run.add_text(node.text_content or "")
            elif (entered := self._enter(node, tag)) is not None:
                stack.append((following, entered[1]))
                following = entered[0]
            node = following

    def _enter(self, node: LexborNode, tag: str) -> Entry | None:
        """How to go on below `node`; None if `node` is dealt with."""
        if self._page.has_anchors:
            self._note_anchor(node)
        role = self._page.roles.get(node.mem_id) if self._page.roles and self._depth < DEEPEST_NESTING else None
        if role is not None:
            self._take_caption(node, is_credit=role == "credit")
            return None
        if tag in FORMULA_HOLDERS and (formula := formula_of(node)) is not None:
            self._run.add_atom(formula)
            return None
        if tag == "br":
            self._run.add_break()
            return None
        if tag in DROPPED or tag.startswith(("-", "!")):
            return None
        enter = _ENTERING.get(tag) or (_Builder._take_embed if tag.startswith("mp-") else _Builder._enter_nothing)
        return enter(self, node)

    def _enter_inline(self, node: LexborNode) -> Entry:
        name = KEPT_INLINE[node.tag or ""]
        self._run.open(name)
        return node.first_child, lambda: self._run.close(name)

    def _enter_link(self, node: LexborNode) -> Entry:
        href = node.attributes.get("href") or ""
        if href.startswith("#") and len(href) > 1:
            attributes = f' href="{escape(href)}"'
        else:
            address = clean_link(href, self._page.base)
            if address is None or is_lightbox(node, address):
                return node.first_child, None
            attributes = f' href="{escape(address)}" {OUTSIDE_LINK}'
        self._run.open("a", attributes)
        return node.first_child, lambda: self._run.close("a")

    def _enter_block(self, node: LexborNode) -> Entry:
        self._flush()
        return node.first_child, self._flush

    def _enter_nothing(self, node: LexborNode) -> Entry:
        """An element that means nothing here: its children stand in its place."""
        return node.first_child, None

    def _enter_structure(self, node: LexborNode) -> Entry | None:
        if self._depth >= DEEPEST_NESTING:
            return self._enter_block(node)
        self._flush()
        _STRUCTURES[node.tag or ""](self, node)
        return None

    def _inside(self, node: LexborNode) -> list[DraftBlock]:
        """The blocks inside `node`; the places that they hold become places of the block that is being made."""
        builder = _Builder(self._page, self._depth + 1)
        blocks = builder.build(node)
        for block in blocks:
            self._anchors.extend(block.anchors)
        self._anchors.extend(builder._anchors)
        return blocks

    def _flush(self) -> None:
        if not self._run:
            return
        run, self._run = self._run, Run()
        for lines in paragraphs(run.lines(keeps_invisible=self._page.keeps_invisible)):
            if lines[0].has_only_pictures:
                self._add_pictures(lines[0])
            else:
                self._add_paragraph(lines)

    def _add_pictures(self, line: Line) -> None:
        for picture, link in line.pictures:
            if picture.is_small and not picture.alt:
                self._set_aside("builder.decoration", picture.address)
                continue
            if picture.is_small:
                html = sticker(picture, self._page.lang)
                self._append(DraftBlock(BlockKind.FIGURE, f"<p>{html}</p>", ""))
                continue
            shown = placeholder(picture, self._page.lang)
            self._blocks.append(Figure(f"{link}{shown}</a>" if link else shown, picture, self._take_anchors()))

    def _add_paragraph(self, lines: list[Line]) -> None:
        html, text = "<br>".join(line.html for line in lines), "\n".join(line.text for line in lines)
        if is_blank(text) and not any(line.pictures for line in lines):
            return
        is_strong = len(lines) == 1 and lines[0].is_strong
        self._append(DraftBlock(BlockKind.PARAGRAPH, f"<p>{html}</p>", text, is_strong=is_strong))

    def _append(self, block: DraftBlock) -> None:
        if anchors := self._take_anchors():
            block = replace(block, anchors=anchors)
        self._blocks.append(block)

    def _note_anchor(self, node: LexborNode) -> None:
        attributes = node.attributes
        for name in ("id", "name"):
            value = attributes.get(name)
            if value:
                self._anchors.append(value)

    def _take_anchors(self) -> tuple[str, ...]:
        anchors, self._anchors = tuple(self._anchors), []
        return anchors

    def _set_aside(self, rule: str, text: str | None) -> None:
        if text and not is_blank(text):
            self._page.removed.append(Removed(rule, one_line(text)))

    def _take_control(self, node: LexborNode) -> None:
        self._set_aside("builder.form-control", node.text(separator=" "))

    def _take_rule(self, _node: LexborNode) -> None:
        self._flush()
        self._blocks.append(DraftBlock(BlockKind.RULE, "<hr>", ""))

    def _take_drawing(self, node: LexborNode) -> None:
        self._run.add_atom(drawing_of(node))

    def _take_picture(self, node: LexborNode) -> None:
        attributes = node.attributes
        picture = read_picture(attributes, self._page.base)
        if picture is None:
            return
        full = full_picture(node, self._page.base)
        if full is not None:
            picture = replace(picture, address=full)
        if picture.is_small and 0 < len(picture.alt) <= 8 and "wp-smiley" in (attributes.get("class") or ""):
            self._run.add_text(picture.alt)
            return
        begins_line = self._run.begins_line
        self._run.add_atom(Atom(sticker(picture, self._page.lang), "", picture))
        if picture.is_wide and begins_line:
            self._run.add_break()

    def _enter_noscript(self, node: LexborNode) -> Entry | None:
        """A `<noscript>` twin is dropped where its picture stands outside too, and is the only copy elsewhere."""
        images = node.css("img")
        addresses = {p.address for image in images if (p := read_picture(image.attributes, self._page.base))}
        if addresses <= self._page.pictures_outside_noscript and is_blank(node.text() or ""):
            return None
        return self._enter_nothing(node)

    def _take_embed(self, node: LexborNode) -> None:
        card = embeds.read_embed(node, self._page.base)
        if card is None:
            self._set_aside("builder.widget", node.text(separator=" "))
            return
        self._flush()
        self._append(DraftBlock(BlockKind.EMBED, embeds.write_card(card, self._page.lang), card.text(self._page.lang)))

    def _take_caption(self, node: LexborNode, *, is_credit: bool) -> None:
        """Adds the words to the figure just before them, or lets them stand as a paragraph where there is none."""
        self._flush()
        inner = self._inside(node)
        self._join_to_figure([block for block in inner if not block.is_credit], is_credit=is_credit)
        self._join_to_figure([block for block in inner if block.is_credit], is_credit=True)

    def _join_to_figure(self, blocks: list[DraftBlock], *, is_credit: bool) -> None:
        html, text = joined(blocks)
        last = self._blocks[-1] if self._blocks else None
        if is_blank(text):
            if isinstance(last, Figure) and not is_credit:
                last.is_captioned = True
            return
        if not isinstance(last, Figure):
            self._append(DraftBlock(BlockKind.PARAGRAPH, f"<p>{html}</p>", text, is_credit=is_credit))
        elif is_credit:
            last.add_credit(html, text)
        else:
            last.add_caption(html, text)

    def _take_heading(self, node: LexborNode) -> None:
        inner = self._inside(node)
        words = [block for block in inner if block.kind is not BlockKind.FIGURE]
        level = int((node.tag or "h2")[1])
        if words and not is_blank(text := " ".join(one_line(block.text) for block in words)):
            html = " ".join(inline_html(block) for block in words)
            name = f"h{max(level, 2)}"
            self._append(DraftBlock(BlockKind.HEADING, f"<{name}>{html}</{name}>", text, level=level))
        for block in inner:
            if block.kind is BlockKind.FIGURE:
                self._append(block)

    def _take_quote(self, node: LexborNode) -> None:
        inner = self._inside(node)
        if inner:
            html = "".join(block.html for block in inner)
            self._append(DraftBlock(BlockKind.QUOTE, f"<blockquote>{html}</blockquote>", texts_of(inner)))

    def _take_list(self, node: LexborNode) -> None:
        written = self._list_html(node)
        if written is None:
            return
        html, text = written
        self._append(DraftBlock(BlockKind.LIST, html, text))

    def _list_html(self, node: LexborNode) -> tuple[str, str] | None:
        name = node.tag or "ul"
        items, texts = [], []
        for child in node.iter(include_text=False):
            if self._page.has_anchors:
                self._note_anchor(child)
            inner = self._inside(child) if child.tag not in DROPPED else []
            html, text = (
                (inline_html(inner[0]), inner[0].text)
                if _is_inline(inner)
                else ("".join(b.html for b in inner), texts_of(inner))
            )
            if inner:
                items.append(f"<li>{html}</li>")
                texts.append(text)
        if not items:
            return None
        start = node.attributes.get("start") or ""
        attribute = (
            f' start="{int(start)}"'
            if name == "ol" and start.isascii() and start.isdecimal() and len(start) < 6
            else ""
        )
        return f"<{name}{attribute}>{''.join(items)}</{name}>", "\n".join(texts)

    def _take_definitions(self, node: LexborNode) -> None:
        """A list, each term in bold above what is said of it; a `dl` that is no such list is what it holds."""
        items, texts = [], []
        for entry in definitions.read_entries(node):
            terms = [joined(self._inside(term)) for term in entry.terms]
            lines = [
                html if html.startswith("<strong>") and html.endswith("</strong>") else f"<strong>{html}</strong>"
                for html, text in terms
                if not is_blank(text)
            ]
            meanings = [block for part in entry.meanings for block in self._inside(part)]
            is_inline = all(block.kind is BlockKind.PARAGRAPH for block in meanings)
            html, text = joined(meanings)
            lines += [html] if is_inline and meanings else []
            items.append(f"<li>{'<br>'.join(lines)}{'' if is_inline else html}</li>")
            texts += [text for _, text in (*terms, (html, text)) if not is_blank(text)]
        if items:
            self._append(DraftBlock(BlockKind.LIST, f"<ul>{''.join(items)}</ul>", "\n".join(texts)))
            return
        for block in self._inside(node):
            self._append(block)

    def _take_table(self, node: LexborNode) -> None:
        cells = tables.read_rows(node)
        if tables.is_layout(cells):
            for caption in tables.caption_of(node):
                for block in self._inside(caption):
                    self._append(block)
            for row in cells:
                for cell in row:
                    for block in self._inside(cell.node):
                        self._append(block)
            return
        html, text = tables.write_table(node, cells, self._cell)
        if not is_blank(text) or "picture-missing" in html:
            self._append(DraftBlock(BlockKind.TABLE, html, text))

    def _cell(self, node: LexborNode) -> tuple[str, str]:
        return joined(self._inside(node))

    def _take_code(self, node: LexborNode) -> None:
        if code.is_prose(node):
            for block in self._inside(node):
                self._append(block)
            return
        listing = code.read_listing(node)
        if not is_blank(listing.text):
            self._append(DraftBlock(BlockKind.CODE, code.write_listing(listing), listing.text))

    def _take_figure(self, node: LexborNode) -> None:
        """A figure's pictures with its caption; whatever else it holds (a listing, a table) as itself."""
        captions = dict.fromkeys((caption.mem_id for caption in node.css("figcaption")), "caption")
        page = replace(self._page, roles={**captions, **self._page.roles})
        inner = _Builder(page, self._depth + 1)
        inner._anchors, self._anchors = self._anchors, []
        inner.build(node)
        match inner._blocks:
            case [Figure() as figure, DraftBlock(kind=BlockKind.PARAGRAPH) as words] if len(words.text) <= LONGEST_LINE:
                # an editor's caption that is a plain paragraph
                figure.add_caption(inline_html(words), words.text)
                inner._blocks.pop()
        self._blocks.extend(inner._blocks)

    def _take_caption_element(self, node: LexborNode) -> None:
        self._take_caption(node, is_credit=False)


def _is_inline(blocks: list[DraftBlock]) -> bool:
    return len(blocks) == 1 and blocks[0].kind is BlockKind.PARAGRAPH


_STRUCTURES: dict[str, Callable[[_Builder, LexborNode], None]] = {
    **dict.fromkeys(HEADINGS, _Builder._take_heading),
    **dict.fromkeys(LISTS, _Builder._take_list),
    "blockquote": _Builder._take_quote,
    "dl": _Builder._take_definitions,
    "figcaption": _Builder._take_caption_element,
    "figure": _Builder._take_figure,
    "pre": _Builder._take_code,
    "table": _Builder._take_table,
}
_ENTERING: dict[str, Callable[[_Builder, LexborNode], Entry | None]] = {
    **dict.fromkeys((*BLOCKS, "li", "tr", "caption", "td", "th"), _Builder._enter_block),
    **dict.fromkeys(_STRUCTURES, _Builder._enter_structure),
    **dict.fromkeys(KEPT_INLINE, _Builder._enter_inline),
    "a": _Builder._enter_link,
    **dict.fromkeys(("img", "image", "imagedata"), _Builder._take_picture),
    **dict.fromkeys(CONTROLS, _Builder._take_control),
    "noscript": _Builder._enter_noscript,
    "hr": _Builder._take_rule,
    **dict.fromkeys(EMBEDS, _Builder._take_embed),
    **dict.fromkeys(("svg", "math", "mjx-container", "semantics"), _Builder._take_drawing),
}
