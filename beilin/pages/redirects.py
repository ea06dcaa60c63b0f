"""Addresses that articles had before, and where they lead now.

Two kinds of claims: `aliases:` that a person wrote, which come first, and the addresses that another generator made of
the same captures by the patterns of `[redirects]`. What two articles claim is given to neither.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlsplit

from beilin.model.article import Article, Facts
from beilin.model.page import File, Page
from beilin.model.problem import Level, Problem
from beilin.model.site import Site
from beilin.pages.aliases import find_fault, is_portable, place_of, read_alias
from beilin.pages.former import former_addresses
from beilin.pages.places import article_folder, way
from beilin.pages.setting import Setting

FILE = "_redirects"
_OWN = (FILE, "_headers", "manifest-sha256.txt", "index.html")


@dataclass(frozen=True, slots=True)
class Redirect:
    """One former address."""

    old: str
    """Path from the site's root, decoded, without the first slash, such as `2019/06/石经/`."""
    new: str
    """The article's folder, such as `a/0123456789b/`."""
    title: str
    lang: str
    place: str | None
    """The page that leads on, below `site/`; None where some host or file system cannot hold it."""


@dataclass(frozen=True, slots=True)
class Redirections:
    """Every former address that leads somewhere, and what is doubtful about the others."""

    redirects: tuple[Redirect, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class MovedView:
    """A page at a former address."""

    href: str
    title: str
    lang: str


@dataclass(frozen=True, slots=True)
class _Claim:
    old: str
    capture: str
    identifier: str
    is_alias: bool


def redirects(
    articles: Iterable[Article], site: Site, *, captures: Iterable[Facts] = (), taken: Collection[str] = ()
) -> Redirections:
    """The former addresses of `articles`, newest first, aliases before all others.

    `captures`, where given, are all of the archive's: those that are shown as part of another's version had addresses
    too. `taken` are the paths of the site's own files.
    """
    shown = tuple(articles)
    claims, problems = _claims(_owned(shown, captures), site)
    if not claims:
        return Redirections((), tuple(problems))
    names = {article.id: article.facts for article in shown if article.is_newest}
    guard = _Guard((*taken, *_OWN), claims)
    granted = []
    unportable = 0
    for key, group in claims.items():
        found = _judge(group, guard.is_taken(key))
        if isinstance(found, Problem):
            problems.append(found)
            continue
        facts, place = names[found.identifier], place_of(found.old)
        portable = is_portable(place)
        granted.append(
            Redirect(found.old, article_folder(found.identifier), facts.title, facts.lang, place if portable else None)
        )
        unportable += not portable
    if unportable:
        problems.append(_without_page(unportable))
    return Redirections(tuple(granted), tuple(problems))


def redirect_files(found: Redirections, setting: Setting) -> Iterator[Page | File]:
    """`_redirects`, for hosts that read it, and a page at each former address; nothing where there are none."""
    if not found.redirects:
        return
    root = unquote(urlsplit(setting.site.base_url).path or "/")
    # In `_redirects` an asterisk and a colon stand for other text, and a space ends the path.
    lines = (f"{quote(root + item.old)} {quote(root + item.new)} 301\n" for item in found.redirects)
    yield File(FILE, "".join(lines).encode())
    if not setting.site.redirects.pages:
        return
    for item in found.redirects:
        if item.place is not None:
            goal = item.new + "index.html"
            frame = replace(setting.frame(item.place, item.title), canonical=setting.address(goal), feeds=())
            yield Page(item.place, "moved.html", MovedView(way(item.place, goal), item.title, item.lang), frame)


def _owned(articles: tuple[Article, ...], captures: Iterable[Facts]) -> Iterator[tuple[Facts, str]]:
    """Every capture with the identifier under which it is shown."""
    by_capture = {article.facts.capture for article in articles}
    by_text = {article.facts.text_sha256: article.id for article in articles}
    by_page = {(article.facts.natural_id, article.facts.text_sha256): article.id for article in articles}
    for article in articles:
        yield article.facts, article.id
    for facts in captures:
        if facts.capture not in by_capture:
            identifier = by_page.get((facts.natural_id, facts.text_sha256)) or by_text.get(facts.text_sha256)
            if identifier is not None:
                yield facts, identifier


def _claims(owned: Iterable[tuple[Facts, str]], site: Site) -> tuple[Mapping[str, list[_Claim]], list[Problem]]:
    """The claims to each address, as some file system may take it for; an alias sets aside what is no alias."""
    aliases: dict[str, list[_Claim]] = {}
    others: dict[str, list[_Claim]] = {}
    problems = []
    for facts, identifier in owned:
        for alias in facts.aliases:
            try:
                old = read_alias(alias, site.base_url)
            except ValueError as error:
                message = f'the alias "{alias}" {error}; write a path of the former site, such as /2019/06/title/'
                problems.append(Problem(Level.WARNING, "alias-unusable", facts.capture, 1, message))
                continue
            claim = _Claim(old, facts.capture, identifier, is_alias=True)
            aliases.setdefault(_key(place_of(old)), []).append(claim)
        for pattern in site.redirects.permalinks:
            for old in former_addresses(facts, identifier, pattern, site.timezone):
                if not find_fault(old):
                    claim = _Claim(old, facts.capture, identifier, is_alias=False)
                    others.setdefault(_key(place_of(old)), []).append(claim)
    return {**aliases, **{key: group for key, group in others.items() if key not in aliases}}, problems


def _key(place: str) -> str:
    return unicodedata.normalize("NFKC", place).casefold()


class _Guard:
    """What the site's own files and the other claims leave free."""

    def __init__(self, taken: Iterable[str], claims: Collection[str]) -> None:
        self._files = {_key(path) for path in taken}
        self._folders = {parent for path in self._files for parent in _parents(path)}
        self._claims = claims

    def is_taken(self, key: str) -> bool:
        """Whether a page at `key` would replace a file, or stand in a file or in a folder's stead."""
        if key in self._files or key in self._folders:
            return True
        return any(parent in self._files or parent in self._claims for parent in _parents(key))


def _parents(path: str) -> Iterator[str]:
    parts = path.split("/")
    return ("/".join(parts[:length]) for length in range(1, len(parts)))


def _judge(group: list[_Claim], is_taken: bool) -> _Claim | Problem:
    """The claim that is granted, or why none is."""
    first = group[0]
    what = "the alias" if first.is_alias else "the former address"
    kind = "alias" if first.is_alias else "permalink"
    level = Level.ERROR if first.is_alias else Level.WARNING
    other = next((claim for claim in group if claim.identifier != first.identifier), None)
    if other is not None:
        remedy = "remove one" if first.is_alias else "write it as an alias of one of them"
        message = f"{what} /{first.old} is claimed by {first.capture} as well and leads to neither; {remedy}"
        return Problem(level, f"{kind}-conflict", other.capture, 1, message)
    if is_taken:
        message = f"{what} /{first.old} is an address of this site itself and was left out; remove it"
        return Problem(level, f"{kind}-taken", first.capture, 1, message)
    return first


def _without_page(count: int) -> Problem:
    message = (
        f"{count} former addresses are too long for a file's name or hold characters that some file system forbids; "
        f"only hosts that read {FILE} lead on from them"
    )
    return Problem(Level.WARNING, "redirect-without-page", "site.toml", 1, message)
