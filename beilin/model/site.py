"""What the owner of an archive decides, from `content/site.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

CAPTURE_TOOL_TAGS = ("fetched", "Duty", "duty", "3D", "marker", "付费", "error")
"""Tags that capture tools write about themselves."""


@dataclass(frozen=True, slots=True)
class Redirects:
    """What leads readers on from the addresses that the same captures had on a site of another generator."""

    permalinks: tuple[str, ...] = ()
    """Patterns of its addresses, such as `/:year/:month/:title/`."""
    pages: bool = True
    """Whether each former address gets a page of its own, for hosts that do not read `_redirects`."""


@dataclass(frozen=True, slots=True)
class Site:
    """The configuration; every field has a default, so that a folder of captures alone makes a site."""

    title: str = "碑林"
    description: str = ""
    base_url: str = ""
    """Absolute address of the site's root, ending in `/`; empty if not known."""
    language: str = "zh-Hans"
    """Of the interface: a file of `theme/i18n/`."""
    timezone: str = "Asia/Shanghai"
    licence: str = ""
    """The owner's notice of rights and responsibility, as text; shown with every article."""
    ignored_tags: tuple[str, ...] = CAPTURE_TOOL_TAGS
    source_names: Mapping[str, str] = field(default_factory=dict)
    """Display names: name as captured (or host) → name as shown."""
    hosts: Mapping[str, str] = field(default_factory=dict)
    """Hosts that stand for a known kind: host → kind."""
    expected_unpublished: tuple[str, ...] = ()
    """Glob patterns of captures whose absence from the site is no error."""
    redirects: Redirects = field(default_factory=Redirects)
    publish_captures: bool = True
    """Whether `capture.txt` is written."""
    drafts: bool = False
    """Whether captures that are marked as drafts are published too; from the command line only."""
