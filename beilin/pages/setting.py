"""What every page is made with: the owner's decisions and the interface's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from beilin.model.site import Site
from beilin.pages.places import root_from
from beilin.pages.views import Feed, Frame, Meta

ATOM, JSON_FEED = "application/atom+xml", "application/feed+json"


@dataclass(frozen=True, slots=True)
class Setting:
    """Travels to worker processes with the theme."""

    site: Site
    words: Mapping[str, str]
    """The interface's strings, by key."""

    def frame(self, place: str, title: str, *, description: str = "", feed_folders: Mapping[str, str] | None = None,
              metas: tuple[Meta, ...] = (), robots: str | None = None) -> Frame:  # fmt: skip
        """The frame of the page at `place`. `feed_folders`: folder with feeds → their title."""
        root = root_from(place)
        folders = {"": self.site.title, **(feed_folders or {})}
        return Frame(
            root=root,
            title=title,
            description=description,
            site_title=self.site.title,
            lang=self.site.language,
            canonical=self.address(place),
            feeds=tuple(feed for folder, name in folders.items() for feed in _feeds(root, folder, name)),
            metas=metas,
            robots=robots,
        )

    def address(self, place: str) -> str | None:
        """The absolute address of the page at `place`, without `index.html`; None where the site knows none."""
        return self.site.base_url + quote(place.removesuffix("index.html")) if self.site.base_url else None


def _feeds(root: str, folder: str, name: str) -> tuple[Feed, Feed]:
    return (
        Feed(f"{root}{quote(folder)}feed.xml", ATOM, f"{name} (Atom)"),
        Feed(f"{root}{quote(folder)}feed.json", JSON_FEED, f"{name} (JSON)"),
    )
