"""What the authority file says, as readers and programs see it; and where tags stood that it has joined."""

import json
from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urlsplit

from beilin.library.names import Authority
from beilin.library.shelves import Shelves
from beilin.library.slugs import slugs
from beilin.markup.gate import admit_data
from beilin.model.name import Name, NameKind
from beilin.pages.places import tag_folder
from beilin.pages.redirects import Redirect
from beilin.pages.views import Link, NameView, Spelling
from beilin.text.characters import HAN_CHARACTER
from beilin.text.languages import language_of, script_of

SCHEMA_TYPES = {
    NameKind.PERSON: "Person",
    NameKind.PLACE: "Place",
    NameKind.BODY: "Organization",
    NameKind.SUBJECT: "DefinedTerm",
}
FEEDS = ("feed.xml", "feed.json")


def name_view(entry: Name, address: str | None) -> NameView:
    """`entry` as a tag page shows it; `address` is the page's own, absolute, None where the site knows none."""
    thing = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES[entry.kind],
        "name": entry.name,
        "alternateName": list(entry.aliases),
        "sameAs": list(entry.same_as),
        "mainEntityOfPage": address,
    }
    data = json.dumps({key: value for key, value in thing.items() if value}, ensure_ascii=False)
    return NameView(
        kind=str(entry.kind),
        variants=tuple(Spelling(variant, _lang(variant)) for variant in entry.variants),
        same_as=tuple(Link(url, _legible(url)) for url in entry.same_as),
        structured_data=admit_data(data),
    )


def _lang(variant: str) -> str | None:
    """Latin letters alone do not tell a language, and many Chinese names are the same in both scripts."""
    if HAN_CHARACTER.search(variant):
        return script_of(variant)
    found = language_of(variant, "")
    return found if found not in ("", "en") else None


def _legible(url: str) -> str:
    parts = urlsplit(url)
    return (parts.netloc + unquote(parts.path)).rstrip("/")


def former_tags(own_tags: Iterable[Sequence[str]], shelves: Shelves, authority: Authority) -> tuple[Redirect, ...]:
    """Where tags that articles carry themselves would stand without the authority file, and where they stand now.

    `own_tags` are those of every article, before names were joined. Feeds lead on where the host reads `_redirects`.
    """
    before = slugs(dict.fromkeys(tag for tags in own_tags for tag in tags))
    standing = {slug.casefold() for slug in shelves.slug_of_tag.values()}
    found = []
    for tag, slug in sorted(before.items(), key=lambda item: item[1]):
        entry = authority.find(tag)
        name = entry.name if entry else tag
        if slug.casefold() in standing or name not in shelves.slug_of_tag:
            continue
        old, new = tag_folder(slug), tag_folder(shelves.slug_of_tag[name])
        found.append(Redirect(old, new, name, _lang(name) or "zh", f"{old}index.html"))
        found.extend(Redirect(old + feed, new + feed, name, "", None) for feed in FEEDS)
    return tuple(found)
