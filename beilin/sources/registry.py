"""All declared sources, and which of them a capture comes from."""

import functools
import importlib
import pkgutil
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from beilin.sources import outlets
from beilin.sources.declaration import Source


@functools.cache
def sources() -> Mapping[str, Source]:
    """Every declaration in `beilin.sources.outlets`, by kind."""
    found: dict[str, Source] = {}
    for module in sorted(pkgutil.iter_modules(outlets.__path__), key=lambda module: module.name):
        declared: Source = importlib.import_module(f"{outlets.__name__}.{module.name}").SOURCE
        assert declared.kind not in found, f"{declared.kind} is declared twice"
        found[declared.kind] = declared
    return found


GENERIC_KINDS = ("html", "markdown", "plain")


@functools.cache
def kinds() -> frozenset[str]:
    """Every value that `kind` can take."""
    return frozenset((*sources(), *GENERIC_KINDS))


@functools.cache
def _by_host() -> Mapping[str, Source]:
    found: dict[str, Source] = {}
    for source in sources().values():
        for host in source.hosts:
            assert host not in found, f"{host} is declared by {found[host].kind} and {source.kind}"
            found[host] = source
    return found


def source_of_host(host: str, hosts: Mapping[str, str]) -> Source | None:
    """The source whose pages `host` serves; `hosts` (host → kind) are the owner's additions and come first."""
    if not host:
        return None
    if kind := hosts.get(host):
        return sources().get(kind) or Source(kind=kind)
    known = _by_host()
    return known.get(host) or known.get(_parent(host))


def _parent(host: str) -> str:
    """The name that stands for all hosts below a domain in a declaration: `*.medium.com`."""
    return "*." + host.partition(".")[2]


def source_of_markers(body: LexborNode) -> Source | None:
    """The one source whose markers the page has; None if there is none or more than one."""
    found = [
        source for source in sources().values() if any(body.css_first(marker) is not None for marker in source.markers)
    ]
    return found[0] if len(found) == 1 else None
