"""What the tool that captured an article wrote around it: front matter and wrapper lines."""

from collections.abc import Iterator

from beilin.model.capture import Capture, FrontMatter
from beilin.model.problem import Level, Problem
from beilin.model.stamp import Stamp
from beilin.sources.claims import Claim, Claims, Origin, claims_of, split_names
from beilin.sources.front_matter import every, first
from beilin.sources.wrappers import Unwrapped
from beilin.text.addresses import clean_link
from beilin.text.characters import one_line
from beilin.text.dates import parse_written_date

URL_KEYS = (
    "from",
    "original_url",
    "source_url",
    "url",
    "link",
    "original",
    "canonical",
    "canonical_url",
    "source",
    "permalink",
)
SOURCE_KEYS = ("publication", "publisher", "outlet", "account", "site", "site_name", "source")
AUTHOR_KEYS = ("author", "authors", "by")
PUBLISHED_KEYS = ("published", "published_at", "pubdate", "publish_date", "publishdate", "date_published", "date")
CAPTURED_KEYS = (
    "captured",
    "captured_at",
    "archived",
    "archived_at",
    "saved",
    "retrieved",
    "accessed",
    "access_date",
    "crawled",
)
DEK_KEYS = ("dek", "subtitle", "description", "summary", "excerpt")


def tool_claims(capture: Capture, unwrapped: Unwrapped) -> Claims:
    """The claims of the front matter and of the wrapper's lines."""
    matter = capture.front_matter
    is_feed = unwrapped.is_feed or ("layout" in matter and "from" in matter)
    accounts, authors, tags = _names(matter, unwrapped, is_feed=is_feed)
    published, captured, doubts = _dates(capture, unwrapped)
    return Claims(
        titles=(
            *claims_of((unwrapped.title,), Origin.WRAPPER_LINE),
            *claims_of((first(matter, "title"),), Origin.FRONT_MATTER),
        ),
        addresses=_addresses(unwrapped, matter),
        accounts=accounts,
        authors=claims_of(authors, Origin.FRONT_MATTER),
        published=published,
        captured=captured,
        tags=claims_of(tags, Origin.FRONT_MATTER),
        deks=claims_of((one_line(first(matter, key)) for key in DEK_KEYS), Origin.FRONT_MATTER),
        doubts=doubts,
    )


def _addresses(unwrapped: Unwrapped, matter: FrontMatter) -> tuple[Claim, ...]:
    wrapped = Claim(unwrapped.url, Origin.CLOSING_LINK if unwrapped.has_closing_link else Origin.WRAPPER_LINE)
    candidates = (wrapped, *claims_of((first(matter, key) for key in URL_KEYS), Origin.FRONT_MATTER))
    return tuple(claim for claim in candidates if "://" in claim.text and clean_link(claim.text, None))


def _names(
    matter: FrontMatter, unwrapped: Unwrapped, *, is_feed: bool
) -> tuple[tuple[Claim, ...], tuple[str, ...], tuple[str, ...]]:
    """Name of the outlet, authors and tags; a feed tool's tags and categories are the outlet's name and no more."""
    authors = split_names(every(matter, *AUTHOR_KEYS))
    if is_feed:
        name = one_line(first(matter, "tags", "categories") or first(matter, "author"))
        return claims_of((name,), Origin.FRONT_MATTER), tuple(author for author in authors if author != name), ()
    tags = every(matter, "tags", "keywords")
    if unwrapped.is_post_capture:
        return claims_of((one_line(unwrapped.account),), Origin.WRAPPER_LINE), authors, tags
    name = next((value for key in SOURCE_KEYS if (value := first(matter, key)) and "://" not in value), "")
    return claims_of((one_line(name),), Origin.FRONT_MATTER), authors, tags


def _dates(capture: Capture, unwrapped: Unwrapped) -> tuple[tuple[Stamp, ...], Stamp | None, tuple[Problem, ...]]:
    matter = capture.front_matter
    doubts: list[Problem] = []

    def read(keys: tuple[str, ...]) -> Iterator[Stamp]:
        for key in keys:
            written = first(matter, key)
            if not written:
                continue
            stamp = parse_written_date(written, Origin.FRONT_MATTER)
            if stamp is not None:
                yield stamp
            else:
                message = f'"{written}" is no date that can be read; write {key}: 2019-06-30, 2019-06 or 2019'
                doubts.append(Problem(Level.WARNING, "date-unreadable", capture.path, _line_of(capture, key), message))

    captured = next(read(CAPTURED_KEYS), None)
    is_tool_date = unwrapped.feed_date == "captured" or "fetched" in every(matter, "tags")
    if is_tool_date:
        return tuple(read(PUBLISHED_KEYS[:-1])), captured or next(read(("date",)), None), tuple(doubts)
    return tuple(read(PUBLISHED_KEYS))[:1], captured, tuple(doubts)


def _line_of(capture: Capture, key: str) -> int:
    for number, line in enumerate(capture.text.split("\n")[: capture.body_line], 1):
        if line.lower().startswith(key):
            return number
    return 1
