"""The page that says what cleaning does, and how much of what it set aside."""

from collections.abc import Iterable, Mapping

from beilin.library.tallies import Tally
from beilin.model.category import Category
from beilin.model.page import Page
from beilin.pages import places
from beilin.pages.setting import Setting
from beilin.pages.views import AboutView, SetAside


def about_page(
    tallies: Iterable[Tally], setting: Setting, *, outlets: Mapping[str, str], unpublished: Mapping[str, int]
) -> Page:
    """The page about cleaning. `outlets`: kind → display name; `unpublished`: code of a problem → captures.

    The rows stand in the order of `tallies`, the codes by number of captures.
    """
    names = setting.site.source_names
    rows = tuple(
        SetAside(
            kind=tally.kind,
            name=names.get(outlets.get(tally.kind, ""), outlets.get(tally.kind, "")),
            captures=tally.captures,
            pieces=tuple(tally.pieces[category] for category in Category),
            total=tally.total,
        )
        for tally in tallies
    )
    view = AboutView(
        categories=tuple(
            (str(category), sum(row.pieces[number] for row in rows)) for number, category in enumerate(Category)
        ),
        rows=rows,
        captures=sum(row.captures for row in rows),
        total=sum(row.total for row in rows),
        unpublished=tuple(sorted(unpublished.items(), key=lambda item: (-item[1], item[0]))),
    )
    here = places.ABOUT_CLEANING
    frame = setting.frame(here, setting.words["cleaning"], description=setting.words["cleaning_summary"])
    return Page(here, "about-cleaning.html", view, frame)
