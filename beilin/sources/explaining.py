"""Why a capture was read as it was: from the very functions that read it, what they found and what they set aside."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from beilin.markup.draft import Removed
from beilin.model.article import Facts, Reading
from beilin.model.explanation import Section
from beilin.model.site import Site
from beilin.model.stamp import Stamp
from beilin.sources.captured import as_capture
from beilin.sources.claims import Claim, Claims
from beilin.sources.furniture import candidates, enough_share, leave_out
from beilin.sources.page_claims import selectors_of
from beilin.sources.reading import Recognised, read, recognise
from beilin.sources.registry import GENERIC_KINDS
from beilin.text.addresses import host_of
from beilin.text.characters import NOT_SPACE, one_line, shortened
from beilin.text.decoding import decode

EXPLAINED = (
    *("title", "authors", "editors", "translators", "source", "published", "captured"),
    *("original_url", "lang", "tags", "dek"),
)
"""The facts that a capture says of itself, each of which has its place in `Facts.origins`."""
LONGEST_CELL = 100
"""Characters of a text that is told; the whole of a removal is in the reading."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reading, and the tables that explain it."""

    reading: Reading
    sections: tuple[Section, ...]
    """Those with something to say."""


def explain(path: str, data: bytes, site: Site, *, shows_blocks: bool = False) -> Explanation:
    """What the capture at `path` (below `content/`) with the bytes `data` is read as, and why."""
    sha256 = hashlib.sha256(data).hexdigest()
    reading = read(path, data, sha256, site)
    capture, _ = as_capture(path, data, sha256)
    tables = [_table("encoding", ("", ""), _encoding(data))]
    if capture is not None:
        tables += _because(recognise(capture, site), reading, site)
    tables.append(_table("blocks", ("kind", "number", "languages"), _counts(reading)))
    if shows_blocks:
        tables.append(_table("every block", ("number", "kind", "language", "text"), _blocks(reading)))
    tables.append(_table("set aside", ("rule", "characters", "text"), _removals(reading)))
    problems = ((str(problem.level), str(problem)) for problem in reading.problems)
    tables.append(_table("problems", ("level", "problem"), problems))
    return Explanation(reading, tuple(table for table in tables if table.rows))


def _table(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Section:
    return Section(title, columns, tuple(rows))


def _because(recognised: Recognised, reading: Reading, site: Site) -> Iterator[Section]:
    yield _table("recognised", ("", ""), _recognised(recognised, site))
    if reading.facts is not None:
        yield _table("facts", ("fact", "value", "precision", "read from"), _facts(reading.facts, recognised))
        yield _table("also said", ("fact", "value", "read from"), _others(recognised.claims, reading.facts))
    if recognised.claims.is_page and recognised.source.kind in GENERIC_KINDS:
        yield _table("where the article may stand", ("selector", "share of the text", ""), _candidates(recognised))


def _encoding(data: bytes) -> Iterator[tuple[str, str]]:
    """Nothing where the file is UTF-8."""
    decoded = decode(data)
    if decoded is None or decoded.encoding != "utf-8" or decoded.is_damaged:
        damage = ", with bytes that it does not have" if decoded and decoded.is_damaged else ""
        yield "encoding", f"{decoded.encoding}{damage}" if decoded else "none fits, or more than one"


def _recognised(recognised: Recognised, site: Site) -> Iterator[tuple[str, str]]:
    recognition, unwrapped, claims = recognised.recognition, recognised.unwrapped, recognised.claims
    yield "kind", recognised.source.kind
    marks = ", ".join(f"{kind} `{selector}`" for kind, selector in recognition.marks)
    if recognition.host:
        named = ", which site.toml names" if recognition.host in site.hosts else ""
        yield (
            "because",
            f"exact host {recognition.host}{named}, of the address read from the {claims.addresses[0].origin}",
        )
    else:
        host = host_of(claims.url)
        nowhere = f"{host} is no host that is known" if host else "there is no address"
        if len({kind for kind, _ in recognition.marks}) == 1:
            yield "because", f"{nowhere}, and the page has a marker of one kind only: {marks}"
        elif marks:
            yield "because", f"{nowhere}, and the page has markers of several kinds, which decide nothing: {marks}"
        else:
            yield "because", f"{nowhere}, and the page has no marker: read by the rules for any page"
    wrapper = (
        "of the WeChat capture tool" if unwrapped.is_post_capture else "of a feed tool" if unwrapped.is_feed else ""
    )
    yield "wrapper", wrapper or "none"
    yield "body", f"{unwrapped.form}, a whole page" if claims.is_page else str(unwrapped.form)
    if unwrapped.feed_date:
        yield "date", f"of the front matter is when it was {unwrapped.feed_date}"


def _facts(facts: Facts, recognised: Recognised) -> Iterator[tuple[str, str, str, str]]:
    for fact in EXPLAINED:
        value = getattr(facts, fact)
        origins = [_place(fact, origin, recognised) for name, origin in facts.origins if name == fact]
        yield fact, _value(value), _precision(value), "; ".join(origins) or "nothing says"


def _value(value: object) -> str:
    if isinstance(value, Stamp):
        return value.iso
    return (" | ".join(value) if isinstance(value, tuple) else str(value or "")) or "-"


def _precision(value: object) -> str:
    return {4: "year", 7: "month", 10: "day"}.get(len(value.iso), "moment") if isinstance(value, Stamp) else ""


def _place(fact: str, origin: str, recognised: Recognised) -> str:
    """`origin`, with the selectors that found something where it is an element of the page."""
    if origin != "page":
        return origin
    selectors = selectors_of(recognised.source).get(fact, ())
    found = [selector for selector in selectors if recognised.root.css_first(selector) is not None]
    return " ".join([origin, *(f"`{selector}`" for selector in found)])


def _others(claims: Claims, facts: Facts) -> Iterator[tuple[str, str, str]]:
    """What the capture says besides, and was not believed or did not count."""
    addresses = [claim for claim in claims.addresses if claim.text != claims.address]
    written: dict[str, tuple[Claim, ...]] = {
        "title": claims.titles,
        "authors": claims.authors,
        "source": claims.accounts,
        "original_url": tuple(addresses),
        "tags": claims.tags,
        "dek": claims.deks,
    }
    for fact, several in written.items():
        value = getattr(facts, fact)
        believed = value if isinstance(value, tuple) else (value,)
        for claim in dict.fromkeys(several):
            if one_line(claim.text) not in believed:
                yield fact, shortened(claim.text, LONGEST_CELL), claim.origin
    for stamp in dict.fromkeys(claims.published):
        if stamp != facts.published:
            yield "published", stamp.iso, stamp.origin


def _candidates(recognised: Recognised) -> Iterator[tuple[str, str, str]]:
    removed: list[Removed] = []
    leave_out(recognised.root, recognised.source, removed, is_page=True)
    is_open = True
    for selector, _, share in candidates(recognised.root):
        is_chosen = is_open and share >= enough_share(selector)
        is_open = is_open and not is_chosen
        yield selector, f"{share:.0%}", "the article" if is_chosen else ""


def _counts(reading: Reading) -> Iterator[tuple[str, str, str]]:
    for kind, number in Counter(block.kind for block in reading.blocks).most_common():
        langs = Counter(block.lang for block in reading.blocks if block.kind is kind)
        yield str(kind), str(number), ", ".join(f"{lang} {count}" for lang, count in langs.most_common())


def _blocks(reading: Reading) -> Iterator[tuple[str, str, str, str]]:
    for number, block in enumerate(reading.blocks, 1):
        yield f"p{number}", str(block.kind), block.lang, one_line(block.text)


def _removals(reading: Reading) -> Iterator[tuple[str, str, str]]:
    for removal in reading.removals:
        yield removal.rule, str(len(NOT_SPACE.findall(removal.text))), shortened(removal.text, LONGEST_CELL)
