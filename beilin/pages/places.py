"""Where every page lies below `site/`, and the relative way from one to another."""

from urllib.parse import quote

from beilin.model.article import Article

FRONT = "index.html"
SEARCH = "search/index.html"
NOT_FOUND = "404.html"
ABOUT_CLEANING = "about/cleaning/index.html"


def article_folder(identifier: str, version: int | None = None) -> str:
    """The folder of an article, or of one of its versions; ends in `/`."""
    return f"a/{identifier}/" if version is None else f"a/{identifier}/v{version}/"


def article_place(article: Article) -> str:
    """The page that shows `article`: the page of its identifier where it is the newest version."""
    return article_folder(article.id, None if article.is_newest else article.version) + "index.html"


def tag_folder(slug: str) -> str:
    """The folder of a tag's pages."""
    return f"tag/{slug}/"


def source_folder(slug: str) -> str:
    """The folder of a source's pages."""
    return f"source/{slug}/"


def date_folder(date: str) -> str:
    """The folder of the listing for `2023`, `2023-10` or `2023-10-27`."""
    return f"date/{date.replace('-', '/')}/"


def page_of_listing(folder: str, number: int) -> str:
    """The `number`th page, from 1, of the listing in `folder`."""
    return f"{folder}index.html" if number == 1 else f"{folder}page/{number}/index.html"


def root_from(place: str) -> str:
    """The relative way from the page at `place` to the site's root: empty, or ending in `/`."""
    return "../" * place.count("/")


def way(start: str, goal: str) -> str:
    """The relative address that leads from the page at `start` to the file at `goal`."""
    return root_from(start) + quote(goal)
