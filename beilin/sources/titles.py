"""Deciding what an article is called, and which of the summaries that a capture holds is the outlet's own dek."""

import re
from html import unescape

from beilin.markup.draft import DraftBlock
from beilin.model.capture import Capture
from beilin.model.problem import Level, Problem
from beilin.sources.claims import Claim, Claims, Origin
from beilin.sources.declaration import Source
from beilin.sources.front_matter import first
from beilin.sources.furniture import folded
from beilin.text.characters import is_blank, one_line, shortened
from beilin.text.spacing import normalise_spacing

UNTITLED = "无题"
LONGEST_DEK = 400
"""Characters; what is longer is the article's text, or a catalogue's entry, not a line under a title."""
DEK_BEGINNING = 16
"""Letters and characters by which the beginning of a summary is known again in the text it was cut from."""
_CUT = re.compile(r"(?:\s*(?:…+|\.{3,}|\[…\]|\[\.\.\.\]|阅读全文|閱讀全文|Read more|Continue reading))+\s*\Z", re.I)


def settle_title(
    capture: Capture, claims: Claims, source: Source, blocks: list[DraftBlock]
) -> tuple[Claim, list[Problem]]:
    """The title, and a warning where the capture contradicts itself about it or names none."""
    cleaned = (Claim(_clean_title(claim.text, source), claim.origin) for claim in claims.titles)
    candidates = [claim for claim in cleaned if claim.text]
    if not candidates:
        words = next((block.text for block in blocks if not is_blank(block.text)), "")
        title = Claim(shortened(words, 40), Origin.TEXT) if words else Claim(UNTITLED, Origin.NOTHING)
        message = (
            f'no title was found and the first words stand in for it: "{title.text}"; write title: in the front matter'
        )
        return title, [Problem(Level.WARNING, "title-missing", capture.path, 1, message)]
    title = candidates[0]
    written = _clean_title(first(capture.front_matter, "title"), source)
    if written and _differs(written, title.text):
        message = f'the front matter says "{written}", the body says "{title.text}"; the body was believed'
        return title, [Problem(Level.WARNING, "title-contradiction", capture.path, 2, message)]
    return title, []


def _clean_title(text: str, source: Source) -> str:
    title = one_line(unescape(text).replace('\\"', '"')) if text else ""
    return source.title_suffix.sub("", title) if source.title_suffix else title


def _differs(written: str, title: str) -> bool:
    """Whether two titles differ by more than a tool's habits: it deletes the first `...`, it cuts at 50 characters."""
    one, other = folded(written), folded(title)
    return one != other and not (one and (other.startswith(one) or one.startswith(other)))


def settle_dek(claims: Claims, title: str, texts: list[str]) -> Claim | None:
    """The first summary that says something which neither the title nor the beginning of the text says already."""
    text = folded(" ".join(texts)) if claims.deks else ""
    for claim in claims.deks:
        dek = normalise_spacing(one_line(unescape(claim.text))).strip()
        words = folded(_CUT.sub("", dek))
        is_repeated = words in folded(f"{title} {claims.account}") or words[:DEK_BEGINNING] in text
        if words and len(dek) <= LONGEST_DEK and not is_repeated:
            return Claim(dek, claim.origin)
    return None
