"""A picture with its caption and credit, while they are being found."""

from dataclasses import dataclass, field

from beilin.markup.draft import DraftBlock
from beilin.markup.pictures import Picture
from beilin.model.article import BlockKind
from beilin.text.characters import one_line


@dataclass(slots=True)
class Figure:
    """Collects what belongs to one picture."""

    shown: str
    """Markup of the picture or its placeholder."""
    picture: Picture
    anchors: tuple[str, ...]
    is_captioned: bool = False
    """Whether the page has an element for the caption, which may be empty."""
    _captions: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Markup and text by the text on one line, so that none stands twice."""
    _credits: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add_caption(self, html: str, text: str) -> None:
        self._captions.setdefault(one_line(text), (html, text))

    def add_credit(self, html: str, text: str) -> None:
        self._credits.setdefault(text, (html, text))

    def finished(self) -> DraftBlock:
        """The figure as a block; its text is the caption and the credit."""
        captions, credited = self._captions.values(), self._credits.values()
        parts = [html for html, _ in captions] + [f'<span class="credit">{html}</span>' for html, _ in credited]
        texts = [text for _, text in (*captions, *credited)]
        caption = f"<figcaption>{' '.join(parts)}</figcaption>" if parts else ""
        html = f'<figure class="figure">{self.shown}{caption}</figure>'
        text = "\n".join(texts)
        return DraftBlock(BlockKind.FIGURE, html, text, is_captioned=self.is_captioned, anchors=self.anchors)
