"""Deciding between a capture's claims: what the article says of itself comes first, then its page, then its tool."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape

from beilin.markup.draft import DraftBlock
from beilin.model.article import BlockKind, Facts, Written
from beilin.model.capture import Capture, FrontMatter
from beilin.model.problem import Level, Problem
from beilin.model.site import Site
from beilin.model.stamp import Stamp
from beilin.sources import RULES
from beilin.sources.claims import Claims
from beilin.sources.declaration import Source
from beilin.sources.front_matter import first
from beilin.sources.furniture import folded
from beilin.text.addresses import host_of
from beilin.text.characters import HAN, NOT_SPACE, is_blank, one_line, shortened
from beilin.text.dates import find_chinese_date
from beilin.text.digests import text_digest
from beilin.text.identifiers import identifier_of_bytes, identifier_of_url
from beilin.text.languages import language_of
from beilin.text.sketches import sketch

FIRST_BLOCKS = 4
"""Datelines and reporters stand in the first blocks with text."""
LAST_BLOCKS = 6
"""Editors and, with some outlets, reporters stand in the last blocks."""
SUMMARY_LENGTH = 120
SHORTEST_SUMMARY = 24
"""Characters; a shorter first paragraph is a greeting or a place and date."""
UNTITLED = "无题"
CLOCK_DAYS = 1
"""Two clocks, the newsroom's and the feed's, may be this far apart without contradiction."""

_SEPARATORS = re.compile(rf"\s*[、，,／/;；]\s*|(?<=[{HAN}])\s+(?=[{HAN}])|(?<=[{HAN}]{{2}})[和与與](?=[{HAN}]{{2}})")
"""Between names: marks, or a space between Chinese ones; the space inside a Latin name is part of it."""
LONGEST_NAME = 40
_SOURCE_IN_TEXT = re.compile(r"(?:^|\s)(?:来源|來源)[：:]\s*(?P<source>[^\s：:，。；]{2,20})(?:\s|$)")
_RUNNING_TEXT = frozenset((BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST))


def settle_title(
    capture: Capture, claims: Claims, source: Source, blocks: list[DraftBlock]
) -> tuple[str, list[Problem]]:
    """The title, and a warning where the capture contradicts itself about it or names none."""
    candidates = [title for title in (_clean_title(text, source) for text in claims.titles) if title]
    if not candidates:
        words = next((block.text for block in blocks if not is_blank(block.text)), "")
        title = shortened(words, 40) or UNTITLED
        message = f'no title was found and the first words stand in for it: "{title}"; write title: in the front matter'
        return title, [Problem(Level.WARNING, "title-missing", capture.path, 1, message)]
    title = candidates[0]
    written = _clean_title(first(capture.front_matter, "title"), source)
    if written and _differs(written, title):
        message = f'the front matter says "{written}", the body says "{title}"; the body was believed'
        return title, [Problem(Level.WARNING, "title-contradiction", capture.path, 2, message)]
    return title, []


def _clean_title(text: str, source: Source) -> str:
    title = one_line(unescape(text).replace('\\"', '"')) if text else ""
    return source.title_suffix.sub("", title) if source.title_suffix else title


def _differs(written: str, title: str) -> bool:
    """Whether two titles differ by more than a tool's habits: it deletes the first `...`, it cuts at 50 characters."""
    one, other = folded(written), folded(title)
    return one != other and not (one and (other.startswith(one) or one.startswith(other)))


def settle(
    capture: Capture, source: Source, claims: Claims, title: str, blocks: list[DraftBlock], site: Site
) -> tuple[Facts, list[Problem]]:
    """The article's facts, and a warning for each contradiction between them."""
    texts = [block.text for block in blocks if not is_blank(block.text)]
    stamps = [
        *_dateline(source, texts),
        *claims.published[:1],
        *_address_date(source, claims.url),
        *claims.published[1:],
    ]
    stamps.sort(key=_rank)
    published = stamps[0] if stamps else None
    doubts = [*claims.doubts, *_contradictions(capture, stamps, claims.captured, site)]
    name = claims.account or _named_source(texts) or source.name
    name = site.source_names.get(name) or site.source_names.get(host_of(claims.url)) or name
    # a page about a program may hold more code than words
    words = [title, *(block.text for block in blocks if block.kind is not BlockKind.CODE)]
    lang = language_of("\n".join(words), "zh-Hans")
    facts = Facts(
        capture=capture.path,
        capture_sha256=capture.sha256,
        kind=source.kind,
        title=title,
        authors=_unique((*_people(source.reporters, texts[:FIRST_BLOCKS] + texts[-LAST_BLOCKS:]), *claims.authors)),
        editors=_unique(_people(source.editors, texts[-LAST_BLOCKS:])),
        translators=_unique(_people(source.translators, texts[:FIRST_BLOCKS] + texts[-LAST_BLOCKS:])),
        source=name,
        published=published,
        captured=claims.captured,
        original_url=claims.url,
        lang=lang,
        tags=_tags(claims, name, site),
        summary=_summary(blocks, title),
        characters=sum(len(NOT_SPACE.findall(block.text)) for block in blocks),
        text_sha256=text_digest(block.text for block in blocks),
        natural_id=identifier_of_url(claims.address) if claims.url else identifier_of_bytes(capture.sha256),
        pinned_id=first(capture.front_matter, "id") or None,
        aliases=_aliases(capture.front_matter),
        written=Written(*(first(capture.front_matter, key) for key in ("title", "slug", "date"))),
        rules=RULES,
        sketch=sketch(block.text for block in blocks),
    )
    return facts, doubts


_RANKS = {"dateline": 0, "first lines": 0, "page": 1, "url": 2, "front matter": 3}


def _rank(stamp: Stamp) -> int:
    return _RANKS.get(stamp.origin, len(_RANKS))


def _dateline(source: Source, texts: list[str]) -> Iterator[Stamp]:
    if source.dateline is None:
        return
    for text in texts[:FIRST_BLOCKS]:
        match = source.dateline.search(text)
        if match and (stamp := find_chinese_date(match[0], "dateline")):
            yield stamp
            return


def _address_date(source: Source, url: str | None) -> Iterator[Stamp]:
    match = source.url_date.search(url) if source.url_date and url else None
    if match is None:
        return
    year = match["year"] if len(match["year"]) == 4 else "20" + match["year"]
    try:
        yield Stamp(date(int(year), int(match["month"]), int(match["day"])).isoformat(), "url")
    except ValueError:
        return


def _contradictions(capture: Capture, stamps: list[Stamp], captured: Stamp | None, site: Site) -> Iterator[Problem]:
    def day(stamp: Stamp) -> date | None:
        filed = stamp.filed_under(site.timezone)
        return date.fromisoformat(filed) if len(filed) == 10 else None

    believed = stamps[0] if stamps else None
    if believed is None or (believed_day := day(believed)) is None:
        return
    for other in stamps[1:]:
        other_day = day(other)
        if other_day is not None and abs((believed_day - other_day).days) > CLOCK_DAYS:
            claims = f"the {believed.origin} says {believed.iso}, the {other.origin} {other.iso}"
            message = f"{claims}; the {believed.origin} was believed"
            yield Problem(Level.WARNING, "date-contradiction", capture.path, 1, message)
    if captured is not None and (captured_day := day(captured)) and (believed_day - captured_day).days > CLOCK_DAYS:
        claims = f"published {believed.iso} ({believed.origin}) is after captured {captured.iso} ({captured.origin})"
        message = f"{claims}; mend whichever is wrong"
        yield Problem(Level.WARNING, "date-contradiction", capture.path, 1, message)


def _people(pattern: re.Pattern[str] | None, texts: list[str]) -> Iterator[str]:
    if pattern is None:
        return
    for text in dict.fromkeys(texts):
        for match in pattern.finditer(text):
            yield from (name for name in _SEPARATORS.split(match["names"].strip()) if 2 <= len(name) <= LONGEST_NAME)


def _named_source(texts: list[str]) -> str:
    match = next((match for text in texts[:FIRST_BLOCKS] if (match := _SOURCE_IN_TEXT.search(text))), None)
    return match["source"] if match else ""


def _unique(names: tuple[str, ...] | Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def _tags(claims: Claims, source_name: str, site: Site) -> tuple[str, ...]:
    """The article's own tags: not the capture tool's, not the outlet's name."""
    ignored = {name.casefold() for name in (*site.ignored_tags, source_name, claims.account)}
    cleaned = (one_line(tag).strip("# ") for tag in claims.tags)
    return _unique(tag for tag in cleaned if tag and tag.casefold() not in ignored and len(tag) <= 80)


def _aliases(matter: FrontMatter) -> tuple[str, ...]:
    """One alias or a list of them; an address may hold commas."""
    written = matter.get("aliases", ())
    return _unique((written,) if isinstance(written, str) else tuple(written))


def _summary(blocks: list[DraftBlock], title: str) -> str:
    texts = [block.text for block in blocks if block.kind in _RUNNING_TEXT and not is_blank(block.text)]
    candidates = [text for text in texts if folded(text) != folded(title)]
    words = next((text for text in candidates if len(text) >= SHORTEST_SUMMARY), candidates[0] if candidates else "")
    return shortened(words, SUMMARY_LENGTH)
