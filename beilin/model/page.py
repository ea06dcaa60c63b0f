"""A file of the site that is about to be."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """A templated page: where it goes, which template draws it, what the template may see."""

    path: str
    """Below `site/`, POSIX separators, such as `a/<id>/index.html`."""
    template: str
    view: Any
    """A frozen dataclass of `beilin.pages.views`."""
    frame: Any
    """`beilin.pages.views.Frame`: what every page shares."""


@dataclass(frozen=True, slots=True)
class File:
    """A finished file of the site."""

    path: str
    data: bytes
