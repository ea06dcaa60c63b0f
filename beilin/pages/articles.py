"""Article pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from beilin.markup.gate import admit_data, follow, link_to_passage, place
from beilin.model.article import Article, Block, BlockKind, TextRevision
from beilin.model.page import Page
from beilin.model.stamp import Stamp
from beilin.pages.citing import citations, downloads
from beilin.pages.citing.item import describe, permalink
from beilin.pages.citing.metadata import head_metas, structured_data
from beilin.pages.differences import ComparedVersion, difference_page, difference_place
from beilin.pages.moments import day_moment, moment_of
from beilin.pages.places import article_folder, article_place, source_folder, tag_folder, way
from beilin.pages.setting import Setting
from beilin.pages.views import ArticleView, Link, Moment, RepostLink, TextRevisionNote, VersionLink
from beilin.text.anchors import anchors

FEWEST_HEADINGS = 3
"""A list of contents with fewer entries helps nobody."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The article before or after in time."""

    id: str
    title: str
    lang: str


@dataclass(frozen=True, slots=True)
class Twin:
    """A near-identical text under another address."""

    article: Article
    similarity: float


@dataclass(frozen=True, slots=True)
class Edition:
    """One version in the list of an article's versions."""

    number: int
    stamp: Stamp | None
    is_newest: bool
    has_changes: bool
    """Whether there is a version before it in time."""


@dataclass(frozen=True, slots=True)
class Placement:
    """An article with all that its page must know of the archive around it; travels to worker processes."""

    article: Article
    source_slug: str
    tag_slugs: tuple[str, ...]
    """In the order of the article's tags."""
    editions: tuple[Edition, ...]
    """Oldest first; empty if there is but one."""
    version_before: Article | None
    """The version before this one in time."""
    twins: tuple[Twin, ...]
    goals: Mapping[bytes, str]
    """Identifiers of the archive's own articles to which links of the text lead, by the links' keys."""
    has_date_page: bool
    """Whether a listing holds the article's date: an older version's may be in none."""
    earlier: Neighbour | None
    later: Neighbour | None


def article_pages(placement: Placement, blocks: tuple[Block, ...], setting: Setting) -> tuple[Page, ...]:
    """The pages that show `placement`: its identifier's for the newest version, its version's if there are several."""
    article = placement.article
    places = [article_place(article)]
    if placement.editions and article.is_newest:
        places.append(article_folder(article.id, article.version) + "index.html")
    return tuple(_page(place, placement, blocks, setting) for place in places)


def changes_page(
    placement: Placement, blocks: tuple[Block, ...], blocks_before: tuple[Block, ...], setting: Setting
) -> Page:
    """What changed in this version since the one before it in time."""
    before = placement.version_before
    assert before is not None, "only a version with one before it has changes"
    article = placement.article
    return difference_page(article.id, _compared(before, blocks_before), _compared(article, blocks), setting)


def _compared(article: Article, blocks: tuple[Block, ...]) -> ComparedVersion:
    facts = article.facts
    return ComparedVersion(article.version, facts.captured or facts.published, facts.title, facts.lang, blocks)


def _page(here: str, placement: Placement, blocks: tuple[Block, ...], setting: Setting) -> Page:
    article, facts, site = placement.article, placement.article.facts, setting.site
    version = None if here == article_folder(article.id) + "index.html" else article.version
    item = describe(site, article, version=version)
    date_page = here if placement.has_date_page else None
    view = ArticleView(
        id=article.id,
        title=facts.title,
        lang=facts.lang,
        kind=facts.kind,
        source=Link(way(here, source_folder(placement.source_slug) + "index.html"), facts.source)
        if facts.source
        else None,
        authors=facts.authors,
        editors=facts.editors,
        translators=facts.translators,
        published=_moment(facts.published, date_page, setting),
        captured=_moment(facts.captured, None if facts.published else date_page, setting),
        seen_again=tuple(moment for stamp in article.seen_again if (moment := _moment(stamp, None, setting))),
        original_url=facts.original_url,
        tags=tuple(
            Link(way(here, tag_folder(slug) + "index.html"), tag)
            for tag, slug in zip(facts.tags, placement.tag_slugs, strict=True)
        ),
        characters=facts.characters,
        body=tuple(_body(here, placement, blocks, setting)),
        contents=_contents(blocks),
        versions=tuple(_version_link(edition, article, here, setting) for edition in placement.editions),
        text_revisions=tuple(_revision(revision, setting) for revision in article.text_revisions),
        reposts=tuple(_repost(twin, here, setting) for twin in placement.twins),
        citations=citations(item),
        downloads=downloads(item),
        permalink=permalink(site, article, version=version),
        capture_href="capture.txt" if site.publish_captures else None,
        capture_path=facts.capture,
        capture_sha256=facts.capture_sha256,
        text_sha256=facts.text_sha256,
        licence=site.licence,
        earlier=_neighbour(placement.earlier, here),
        later=_neighbour(placement.later, here),
        structured_data=admit_data(structured_data(site, article, version=version)),
        dek=facts.dek,
    )
    folder = source_folder(placement.source_slug)
    frame = setting.frame(
        here,
        facts.title,
        description=facts.dek or facts.summary,
        feed_folders={folder: facts.source} if facts.source else None,
        metas=head_metas(site, article, version=version),
    )
    return Page(here, "article.html", view, frame)


def _body(here: str, placement: Placement, blocks: tuple[Block, ...], setting: Setting) -> Iterator[Markup]:
    names = anchors(block.text for block in blocks)
    facts, words, lang = placement.article.facts, setting.words, setting.site.language
    goals = {key: way(here, article_folder(goal) + "index.html") for key, goal in placement.goals.items()}
    for number, (block, anchor) in enumerate(zip(blocks, names, strict=True), 1):
        link = link_to_passage(number, anchor, label=words["passage"] % number, lang=lang)
        placed = place(block, number, facts.lang, link)
        yield follow(placed, goals, facts.source, label=words["in_archive"], lang=lang) if goals else placed


def _moment(stamp: Stamp | None, page: str | None, setting: Setting) -> Moment | None:
    if stamp is None:
        return None
    return moment_of(stamp, timezone=setting.site.timezone, language=setting.site.language, page=page)


def _contents(blocks: tuple[Block, ...]) -> tuple[Link, ...]:
    headings = [(number, block) for number, block in enumerate(blocks, 1) if block.kind is BlockKind.HEADING]
    if len(headings) < FEWEST_HEADINGS:
        return ()
    return tuple(Link(f"#p{number}", block.text, lang=block.lang) for number, block in headings)


def _version_link(edition: Edition, article: Article, here: str, setting: Setting) -> VersionLink:
    return VersionLink(
        number=edition.number,
        href=way(here, article_folder(article.id, edition.number) + "index.html"),
        date=_moment(edition.stamp, None, setting),
        is_shown=edition.number == article.version,
        is_newest=edition.is_newest,
        changes=way(here, difference_place(article.id, edition.number)) if edition.has_changes else None,
    )


def _revision(revision: TextRevision, setting: Setting) -> TextRevisionNote:
    return TextRevisionNote(day_moment(revision.date, language=setting.site.language), revision.old_sha256)


def _repost(twin: Twin, here: str, setting: Setting) -> RepostLink:
    facts = twin.article.facts
    return RepostLink(
        href=way(here, article_place(twin.article)),
        title=facts.title,
        lang=facts.lang,
        source=facts.source,
        date=day_moment(twin.article.date, language=setting.site.language) if twin.article.date else None,
        percent=round(twin.similarity * 100),
    )


def _neighbour(neighbour: Neighbour | None, here: str) -> Link | None:
    if neighbour is None:
        return None
    return Link(way(here, article_folder(neighbour.id) + "index.html"), neighbour.title, lang=neighbour.lang)
