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
    _captions: list[tuple[str, str]] = field(default_factory=list)
    _credits: list[tuple[str, str]] = field(default_factory=list)

    def add_caption(self, html: str, text: str) -> None:
        if all(one_line(text) != one_line(known) for _, known in self._captions):
            self._captions.append((html, text))

    def add_credit(self, html: str, text: str) -> None:
        if text not in (known for _, known in self._credits):
            self._credits.append((html, text))

    def finished(self) -> DraftBlock:
        """The figure as a block; its text is the caption and the credit."""
        parts = [html for html, _ in self._captions] + [
            f'<span class="credit">{html}</span>' for html, _ in self._credits
        ]
        texts = [text for _, text in self._captions] + [text for _, text in self._credits]
        caption = f"<figcaption>{' '.join(parts)}</figcaption>" if parts else ""
        html = f'<figure class="figure">{self.shown}{caption}</figure>'
        return DraftBlock(BlockKind.FIGURE, html, "\n".join(texts), anchors=self.anchors)
