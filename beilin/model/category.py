"""The cleaning rules by what they set aside, for readers who want to know how much and of which sort."""

from enum import StrEnum


class Category(StrEnum):
    """A sort of thing that is no part of an article."""

    WRAPPER = "wrapper"
    """Lines that a capture tool wrote around the article."""
    METADATA = "metadata"
    """The title, names, dates and summaries where the page repeats them in the text; they are shown as metadata."""
    PAGE = "page"
    """What stands around the article on a page: navigation, sidebars, comments."""
    OUTLET = "outlet"
    """What the outlet puts into its articles: advertisements, share bars, related articles, notices."""
    WIDGETS = "widgets"
    """Forms, buttons and other machinery, such as line numbers and the file names of pictures."""
    PROMOTION = "promotion"
    """What an account says for itself before and after its posts."""
    FEED = "feed"
    """Footers of feed tools."""


_BY_ROOM = {
    "wrapper": Category.WRAPPER,
    "article": Category.METADATA,
    "page": Category.PAGE,
    "builder": Category.WIDGETS,
    "figure": Category.WIDGETS,
    "code": Category.WIDGETS,
    "account": Category.PROMOTION,
}
"""What stands before the full stop of a rule that is the same for every outlet."""

_BY_NAME = {
    "first-lines": Category.METADATA,
    "dek": Category.METADATA,
    "around-the-article": Category.PAGE,
    "page-buttons": Category.PAGE,
    "drop": Category.OUTLET,
    "tail": Category.OUTLET,
    "feed-footer": Category.FEED,
}
"""What stands after it, up to the first space, where an outlet's kind stands before it."""


def category_of(rule: str) -> Category:
    """What `rule`, such as `wrapper.opening` or `rfa.drop div.teaserimg`, sets aside.

    Raises `KeyError` for a rule that no table here knows.
    """
    room, _, name = rule.partition(" ")[0].partition(".")
    return _BY_ROOM[room] if room in _BY_ROOM else _BY_NAME[name]
