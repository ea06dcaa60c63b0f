"""What a page says of itself in the elements that its outlet's rules name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from selectolax.lexbor import LexborNode

from beilin.model.stamp import Stamp
from beilin.sources.cards import read_card
from beilin.sources.claims import Claims, Origin, claims_of, split_names
from beilin.sources.declaration import Source
from beilin.sources.opening import Opening
from beilin.text.characters import one_line
from beilin.text.dates import find_date, parse_written_date

LAST_CHARACTERS = 1000
"""Hashtags stand within so many at the end."""
HASHTAGS = re.compile(r"(?<![!-~])(?:#[^\s#]{1,40}\s?){1,60}\Z")
"""Not inside an address; the site of the videos ignores all of a description's hashtags if there are more than 60."""
LONGEST_HASHTAG = 24
"""Characters; where line breaks were deleted, a longer one goes on with the next line's sentence."""
_HASHTAG = re.compile(r"#([^\s#]+?)[，。、；！,.;!]*(?=[\s#]|\Z)")


def selectors_of(source: Source) -> Mapping[str, tuple[str, ...]]:
    """Fact → the selectors of the elements in which `source` looks for it."""
    return {
        "title": source.title,
        "authors": (*source.authors, *source.card),
        "source": source.account,
        "published": (*source.published, *source.card),
        "tags": (*source.tags, *source.card),
        "dek": source.dek,
    }


def with_page(claims: Claims, source: Source, root: LexborNode) -> Claims:
    """`claims` with what `source` says where to find on the page itself."""
    if source.author_is_editor:
        claims = _with_editor(claims)
    card = read_card(root, source.card)
    titles = claims_of(_texts(root, source.title)[:1], Origin.PAGE)
    accounts = claims_of(
        (_account(node) for selector in source.account for node in root.css(selector)[:1]), Origin.PAGE
    )
    stamps = tuple(stamp for node in _nodes(root, source.published) if (stamp := _stamp(node)) is not None)[:1]
    dek = " ".join(_texts(root, source.dek))
    tags = (*_texts(root, source.tags), *_tag_links(root, source), *_hashtags(root, source))
    titles = (*titles, *claims.titles) if claims.is_page else (*claims.titles, *titles)
    return replace(
        claims,
        titles=(*titles, *card.titles),
        accounts=(*accounts, *claims.accounts) if claims.is_page else (*claims.accounts, *accounts),
        authors=card.authors or claims.authors or claims_of(split_names(_texts(root, source.authors)), Origin.PAGE),
        # beside the day on which a reprinted article appeared, the feed's date is that of the reprint
        published=card.published or (*stamps, *claims.published),
        tags=(*claims.tags, *card.tags, *claims_of(tags, Origin.PAGE)),
        deks=(*claims_of((dek,), Origin.PAGE), *claims.deks),
    )


def _with_editor(claims: Claims) -> Claims:
    """`claims` with the author whom the capture tool names among the editors."""
    editors = tuple(claim for claim in claims.authors if claim.origin is Origin.FRONT_MATTER)
    authors = tuple(claim for claim in claims.authors if claim.origin is not Origin.FRONT_MATTER)
    return replace(claims, authors=authors, editors=(*claims.editors, *editors))


def with_opening(claims: Claims, opening: Opening) -> Claims:
    """`claims` with what the line before the text says."""
    stamps = (opening.published,) if opening.published else ()
    authors = claims.authors or claims_of(split_names(opening.authors), Origin.BYLINE)
    return replace(claims, authors=authors, published=(*stamps, *claims.published))


def _nodes(root: LexborNode, selectors: tuple[str, ...]) -> Iterator[LexborNode]:
    for selector in selectors:
        yield from root.css(selector)


def _texts(root: LexborNode, selectors: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for node in _nodes(root, selectors) if (text := one_line(node.text() or "")))


def _tag_links(root: LexborNode, source: Source) -> tuple[str, ...]:
    """The words of links in the text that only lead to the outlet's tag pages."""
    if source.tag_link is None:
        return ()
    links = (link for link in root.css("a[href]") if source.tag_link.search(link.attributes.get("href") or ""))
    return tuple(dict.fromkeys(text for link in links if (text := one_line(link.text() or ""))))


def _hashtags(root: LexborNode, source: Source) -> tuple[str, ...]:
    """The hashtags with which the text closes."""
    if not source.hashtags:
        return ()
    closing = HASHTAGS.search(one_line(root.text() or "")[-LAST_CHARACTERS:])
    found = _HASHTAG.findall(closing[0]) if closing else ()
    return tuple(tag for tag in found if not tag.isdecimal() and len(tag) <= LONGEST_HASHTAG)


def _account(node: LexborNode) -> str:
    return one_line(node.attributes.get("data-nickname") or node.text() or "")


def _stamp(node: LexborNode) -> Stamp | None:
    attributes = node.attributes
    # `<abbr title="2019-04-02T10:20:00Z">`: how pages wrote dates for programs before there was `<time>`
    title = attributes.get("title") if node.tag == "abbr" else None
    said = (attributes.get("datetime"), attributes.get("pudate"), attributes.get("content"), title, node.text())
    for written in said:
        text = one_line(written or "")
        stamp = parse_written_date(text, Origin.PAGE) or find_date(text, Origin.PAGE)
        if stamp is not None:
            return stamp
    return None
