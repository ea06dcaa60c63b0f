"""Deciding between a capture's claims: what the article says of itself comes first, then its page, then its tool."""

import re
from collections.abc import Iterable, Iterator, Sequence

from beilin.markup.draft import DraftBlock
from beilin.model.article import Block, BlockKind, Facts, Written
from beilin.model.capture import Capture, FrontMatter
from beilin.model.problem import Problem
from beilin.model.site import Site
from beilin.sources import RULES
from beilin.sources.claims import Claim, Claims, Origin
from beilin.sources.dating import FIRST_BLOCKS, settle_dates
from beilin.sources.declaration import Source
from beilin.sources.front_matter import first
from beilin.sources.furniture import folded
from beilin.sources.titles import settle_dek
from beilin.text.addresses import host_of
from beilin.text.characters import HAN, is_blank, one_line, shortened
from beilin.text.digests import text_digest
from beilin.text.identifiers import identifier_of_bytes, identifier_of_url
from beilin.text.languages import language_of
from beilin.text.sketches import sketch

LAST_BLOCKS = 6
"""Editors and, with some outlets, reporters stand in the last blocks."""
SUMMARY_LENGTH = 120
SHORTEST_SUMMARY = 24
"""Characters; a shorter first paragraph is a greeting or a place and date."""

_SEPARATORS = re.compile(
    rf"\s*[、，,／/;；]\s*|(?<=[{HAN}])\s+(?=[{HAN}])|(?<=[{HAN}]{{2}})[和与與](?=[{HAN}]{{2}})|(?<=[A-Z])和(?=[A-Z])"
)
"""Between names: marks, or a space between Chinese ones; the space inside a Latin name is part of it."""
LONGEST_NAME = 40
_SOURCE_IN_TEXT = re.compile(r"(?:^|\s)(?:来源|來源)[：:]\s*(?P<source>[^\s：:，。；]{2,20})(?:\s|$)")
_RUNNING_TEXT = frozenset((BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST))


def settle(
    capture: Capture, source: Source, claims: Claims, title: Claim, blocks: list[DraftBlock], site: Site
) -> tuple[Facts, list[Problem]]:
    """The article's facts with the place where each was read, and a warning for each contradiction between them."""
    # under a gallery's captions a line of credits would not be among the last texts
    texts = [block.text for block in blocks if block.kind is not BlockKind.FIGURE and not is_blank(block.text)]
    published, contradictions = settle_dates(capture, source, claims, texts, site)
    name = _source_name(source, claims, texts, site)
    found = {
        "title": (title,),
        "authors": _unique((*_people(source.reporters, texts), *claims.authors)),
        "editors": _unique((*_people(source.editors, texts, has_bylines=False), *claims.editors)),
        "translators": _unique(_people(source.translators, texts)),
        "source": name,
        "published": (Claim(published.iso, Origin(published.origin)),) if published else (),
        "captured": (Claim(claims.captured.iso, Origin(claims.captured.origin)),) if claims.captured else (),
        "original_url": claims.addresses[:1] if claims.url else (),
        "lang": (Claim(_language(title.text, blocks), Origin.TEXT),),
        "tags": _tags(claims, name, site),
        "dek": tuple(filter(None, (settle_dek(claims, title.text, texts),))),
    }
    said = {fact: tuple(claim.text for claim in found[fact]) for fact in found}
    facts = Facts(
        capture=capture.path,
        capture_sha256=capture.sha256,
        kind=source.kind,
        title=title.text,
        authors=said["authors"],
        editors=said["editors"],
        translators=said["translators"],
        source=said["source"][-1] if name else "",
        published=published,
        captured=claims.captured,
        original_url=claims.url,
        lang=said["lang"][0],
        tags=said["tags"],
        summary=summary_of(blocks, title.text),
        characters=sum(len("".join(block.text.split())) for block in blocks),
        text_sha256=text_digest(block.text for block in blocks),
        natural_id=identifier_of_url(claims.address) if claims.url else identifier_of_bytes(capture.sha256),
        pinned_id=first(capture.front_matter, "id") or None,
        aliases=_aliases(capture.front_matter),
        written=Written(*(first(capture.front_matter, key) for key in ("title", "slug", "date"))),
        rules=RULES,
        sketch=sketch(block.text for block in blocks),
        dek=" ".join(said["dek"]),
        origins=tuple(_origins(found)),
    )
    return facts, [*claims.doubts, *contradictions]


def _origins(found: dict[str, tuple[Claim, ...]]) -> Iterator[tuple[str, str]]:
    """Each fact with each place of which a part of it was read."""
    for fact, claims in found.items():
        yield from dict.fromkeys((fact, str(claim.origin)) for claim in claims)


def _source_name(source: Source, claims: Claims, texts: list[str], site: Site) -> tuple[Claim, ...]:
    """The name of the outlet as read, and after it, where the owner says how to show it, as shown; empty if nothing."""
    candidates = (*claims.accounts, Claim(_named_source(texts), Origin.TEXT), Claim(source.name, Origin.OUTLET))
    name = next((claim for claim in candidates if claim.text), Claim("", Origin.NOTHING))
    shown = site.source_names.get(name.text) or site.source_names.get(host_of(claims.url))
    if shown and shown != name.text:
        return (name, Claim(shown, Origin.SETTINGS)) if name.text else (Claim(shown, Origin.SETTINGS),)
    return (name,) if name.text else ()


def _language(title: str, blocks: list[DraftBlock]) -> str:
    # a page about a program may hold more code than words
    words = [title, *(block.text for block in blocks if block.kind is not BlockKind.CODE)]
    return language_of("\n".join(words), "zh-Hans")


def _people(pattern: re.Pattern[str] | None, texts: list[str], *, has_bylines: bool = True) -> Iterator[Claim]:
    """The names that `pattern` finds in the last texts and, if the outlet prints such names there, in the first."""
    if pattern is None:
        return
    places = dict.fromkeys(texts[:FIRST_BLOCKS], Origin.BYLINE) if has_bylines else {}
    for text in texts[-LAST_BLOCKS:]:
        places.setdefault(text, Origin.CREDIT_LINE)
    for text, origin in places.items():
        for match in pattern.finditer(text):
            names = _SEPARATORS.split(match["names"].strip())
            yield from (Claim(name, origin) for name in names if 2 <= len(name) <= LONGEST_NAME)


def _named_source(texts: list[str]) -> str:
    match = next((match for text in texts[:FIRST_BLOCKS] if (match := _SOURCE_IN_TEXT.search(text))), None)
    return match["source"] if match else ""


def _unique(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """`claims` without repetitions; the first place of each counts."""
    found: dict[str, Origin] = {}
    for claim in claims:
        if name := claim.text.strip():
            found.setdefault(name, claim.origin)
    return tuple(Claim(name, origin) for name, origin in found.items())


def _tags(claims: Claims, name: tuple[Claim, ...], site: Site) -> tuple[Claim, ...]:
    """The article's own tags: not the capture tool's, not the outlet's name."""
    ignored = {text.casefold() for text in (*site.ignored_tags, *(claim.text for claim in name), claims.account)}
    cleaned = (Claim(one_line(claim.text).strip("# "), claim.origin) for claim in claims.tags)
    return _unique(claim for claim in cleaned if claim.text.casefold() not in ignored and len(claim.text) <= 80)


def _aliases(matter: FrontMatter) -> tuple[str, ...]:
    """One alias or a list of them; an address may hold commas."""
    written = matter.get("aliases", ())
    aliases = (written,) if isinstance(written, str) else tuple(written)
    return tuple(dict.fromkeys(alias.strip() for alias in aliases if alias.strip()))


def summary_of(blocks: Sequence[DraftBlock | Block], title: str) -> str:
    """The first words of `blocks` that are neither a greeting nor the `title` again, on one line."""
    texts = [block.text for block in blocks if block.kind in _RUNNING_TEXT and not is_blank(block.text)]
    candidates = (text for text in texts if folded(text) != folded(title))
    words = next(candidates, "")
    if len(words) < SHORTEST_SUMMARY:
        words = next((text for text in candidates if len(text) >= SHORTEST_SUMMARY), words)
    return shortened(words, SUMMARY_LENGTH)
