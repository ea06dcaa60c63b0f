"""A page of the site, held against the rules for its markup."""

import re
import warnings
from collections.abc import Callable

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

from beilin.checks.proof import Anchors, Proof

DATA_TYPES = frozenset({"application/ld+json", "application/json"})
NOT_IN_A_BODY = frozenset(
    {"script", "iframe", "form", "object", "embed", "style", "link", "meta", "base", "svg", "math"}
)
# Relations that only name an address; of every other one a browser may fetch it.
NAMING = frozenset(
    "alternate author bookmark canonical cite-as collection describedby first help item last license me memento next "
    "original prev self timegate timemap up".split()
)
_LOADING = frozenset(
    "action archive background codebase data formaction href imagesrcset longdesc manifest ping poster src srcset "
    "xlink:href".split()
)
_SETS = frozenset({"srcset", "imagesrcset"})
_BLOCK = re.compile(r"p[0-9]+")
# A former address may lead on at once, to a page of this site.
_ONWARD = re.compile(r"0; url=((?:\.\./)*(?:a/\w+|tag/[^/?#]+)/index\.html)")


def read_page(proof: Proof, is_article: bool) -> None:
    """Notes in `proof` every link and anchor of the page, and every rule that it breaks."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(proof.text, "lxml", multi_valued_attributes=None)
    tags: list[Tag] = soup.find_all(True)
    ids: list[str] = []
    for tag in tags:
        if (found := tag.attrs.get("id")) is not None:
            ids.append(str(found))
        if tag.name == "a" and "name" in tag.attrs:
            ids.append(str(tag.attrs["name"]))
        _read_tag(proof, tag)
    _read_frame(proof, tags)
    _read_ids(proof, [str(tag.attrs["id"]) for tag in tags if "id" in tag.attrs])
    bodies = [tag for tag in tags if "article-body" in str(tag.attrs.get("class", "")).split()]
    if is_article or bodies:
        _read_article(proof, bodies)
    proof.anchors = Anchors.of(ids)


def _read_tag(proof: Proof, tag: Tag) -> None:
    for name, value in tag.attrs.items():
        if name in _LOADING:
            _read_address(proof, tag, name, str(value))
        elif name.startswith("on"):
            proof.fault("handler-inline", f"{name} on {tag.name}", f"{name}=")
        elif name == "style":
            proof.fault("style-inline", f"style on {tag.name}: the policy forbids it", f'style="{value}')
        elif name == "srcdoc":
            proof.fault("frame-inline", "a frame with a page of its own inside", "srcdoc")
    rule = _RULES.get(tag.name)
    if rule:
        rule(proof, tag)


def _read_address(proof: Proof, tag: Tag, name: str, value: str) -> None:
    near = f'{name}="{value}"'
    if tag.name in ("a", "area") and name == "href":
        if tag.name == "a" and "download" in tag.attrs and value.startswith("data:"):
            return
        proof.follow(value, near)
    elif name == "longdesc" or (tag.name == "link" and _relations(tag) <= NAMING):
        proof.follow(value, near)
    elif name in _SETS:
        for candidate in value.split(","):
            proof.load(candidate.split()[0] if candidate.split() else "", near)
    else:
        proof.load(value, near)


def _relations(tag: Tag) -> set[str]:
    return set(str(tag.attrs.get("rel", "")).lower().split())


def _read_script(proof: Proof, tag: Tag) -> None:
    if "src" not in tag.attrs and str(tag.attrs.get("type", "")).lower() not in DATA_TYPES:
        proof.fault("script-inline", "a script inside the page: the policy forbids it", _content(tag))


def _content(tag: Tag) -> str:
    return f">{tag.string or ''}</{tag.name}>"


def _read_style(proof: Proof, tag: Tag) -> None:
    proof.fault("style-inline", "a style sheet inside the page: the policy forbids it", _content(tag))


def _read_meta(proof: Proof, tag: Tag) -> None:
    if str(tag.attrs.get("http-equiv", "")).lower() != "refresh":
        return
    content = str(tag.attrs.get("content", ""))
    near = f'content="{content}"'
    onward = _ONWARD.fullmatch(content)
    if onward is None:
        proof.fault("meta-refresh", "a page that leads away by itself", near)
    else:
        proof.load(onward[1], near)


def _read_base(proof: Proof, tag: Tag) -> None:
    proof.fault("base-element", f"{tag} turns every link of the page elsewhere", "<base")


_RULES: dict[str, Callable[[Proof, Tag], None]] = {
    "script": _read_script,
    "style": _read_style,
    "meta": _read_meta,
    "base": _read_base,
}


def _read_frame(proof: Proof, tags: list[Tag]) -> None:
    if not proof.text[:15].lower().startswith("<!doctype html>"):
        proof.fault("doctype-missing", "the page does not begin with <!doctype html>")
    first = {tag.name: tag for tag in reversed(tags)}
    if "html" not in first or not str(first["html"].attrs.get("lang", "")).strip():
        proof.fault("lang-missing", "html has no lang", "<html")
    if "title" not in first or not first["title"].get_text().strip():
        proof.fault("title-missing", "no title", "<title")
    headings = sum(tag.name == "h1" for tag in tags)
    if headings != 1:
        proof.fault("heading-count", f"{headings} h1, there must be one", "<h1")


def _read_ids(proof: Proof, ids: list[str]) -> None:
    seen: set[str] = set()
    for found in ids:
        if found in seen:
            proof.fault("id-twice", f"id {found!r} stands twice", f'id="{found}"')
        elif not found or any(character.isspace() for character in found):
            proof.fault("id-unusable", f"id {found!r} cannot be linked to", f'id="{found}"')
        seen.add(found)


def _read_article(proof: Proof, bodies: list[Tag]) -> None:
    if len(bodies) != 1:
        proof.fault("body-missing", f"{len(bodies)} elements of class article-body, there must be one", "article-body")
        return
    body = bodies[0]
    article = body.find_parent("article")
    if article is None or not str(article.attrs.get("lang", "")).strip():
        proof.fault("lang-missing", "the body is not in an article with lang", "<article")
    inner: list[Tag] = body.find_all(True)
    blocks = [str(tag.attrs["id"]) for tag in inner if _BLOCK.fullmatch(str(tag.attrs.get("id", "")))]
    for number, found in enumerate(blocks, start=1):
        if found != f"p{number}":
            proof.fault("block-order", f"block {number} has the id {found}", f'id="{found}"')
            break
    for tag in inner:
        if tag.name in NOT_IN_A_BODY and not _is_formula(tag):
            proof.fault("body-element", f"{tag.name} in the body of an article", f"<{tag.name}")


def _is_formula(tag: Tag) -> bool:
    """Whether an element is MathML that was drawn beside a formula's TeX."""
    around = tag.parent
    return tag.name == "math" and around is not None and "formula" in str(around.attrs.get("class", "")).split()
