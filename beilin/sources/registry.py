"""All declared sources, and which of them a capture comes from."""

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from beilin.sources import outlets
from beilin.sources.declaration import Source


@dataclass(frozen=True, slots=True)
class Recognition:
    """Which source a capture comes from, and by what it was told."""

    source: Source
    host: str = ""
    """The host that decided; empty if none did."""
    marks: tuple[tuple[str, str], ...] = ()
    """Kind and selector of each marker on a page whose host is not known; those of one kind decide, of two none."""


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


def recognise_source(host: str, hosts: Mapping[str, str], page: LexborNode | None, otherwise: Source) -> Recognition:
    """The source whose pages `host` serves, else the one source whose markers `page` has, else `otherwise`.

    `hosts` (host → kind) are the owner's additions and come first; only a page of HTML has markers.
    """
    served = _source_of_host(host, hosts) if host else None
    if served is not None:
        return Recognition(served, host)
    marks = _marks(page) if page is not None else ()
    kinds_marked = dict(marks)
    return Recognition(sources()[marks[0][0]] if len(kinds_marked) == 1 else otherwise, "", marks)


def _source_of_host(host: str, hosts: Mapping[str, str]) -> Source | None:
    if kind := hosts.get(host):
        return sources().get(kind) or Source(kind=kind)
    known = _by_host()
    return known.get(host) or known.get(_parent(host))


def _parent(host: str) -> str:
    """The name that stands for all hosts below a domain in a declaration: `*.medium.com`."""
    return "*." + host.partition(".")[2]


def _marks(page: LexborNode) -> tuple[tuple[str, str], ...]:
    """Kind and selector of the first marker of each source that has one on `page`."""
    found = (
        (source.kind, next((marker for marker in source.markers if page.css_first(marker) is not None), ""))
        for source in sources().values()
    )
    return tuple((kind, marker) for kind, marker in found if marker)
