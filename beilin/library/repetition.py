"""What an account repeats around its posts: set aside where place, repetition within the account and form agree.

The first passes over one capture cannot see repetition; this one sees only fingerprints, so it is cheap, depends on
nothing but the captures of the archive, and gives the same for any order of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from beilin.model.article import Facts
from beilin.text.edges import HEAD_BLOCKS, TAIL_SHARE, Edge, Form, unpack_edges

FEWEST_POSTS = 3
"""A block in fewer posts of an account may be chance, or one post told in two parts."""
SMALLEST_SHARE = 0.1
"""Of the account's posts, for a line that nothing but repetition marks."""

_ONE_OF_ITS_KIND = frozenset((Form.PICTURE, Form.HINT, Form.CALL))
"""What repetition condemns in the first blocks and in the last quarter of a post."""


def repeated_blocks(archive: Iterable[Facts]) -> dict[str, tuple[int, ...]]:
    """For each capture (its path) that has any, the numbers of the blocks that its account repeats."""
    by_account: dict[str, list[Facts]] = defaultdict(list)
    for facts in archive:
        if facts.edges and facts.source:
            by_account[facts.source].append(facts)
    found: dict[str, tuple[int, ...]] = {}
    for posts in by_account.values():
        edges = {facts.capture: unpack_edges(facts.edges) for facts in posts}
        shares = _shares(posts, edges)
        for facts in posts:
            total, own = edges[facts.capture]
            numbers = _set_aside(total, own, shares) if shares else ()
            if numbers and len(numbers) < total:
                found[facts.capture] = numbers
    return found


def _shares(posts: Sequence[Facts], edges: Mapping[str, tuple[int, Sequence[Edge]]]) -> dict[bytes, float]:
    """The digests that stand in enough posts, each with the share of the posts; captures of one page are one post."""
    pages: dict[str, set[bytes]] = defaultdict(set)
    for facts in posts:
        pages[facts.natural_id].update(edge.digest for edge in edges[facts.capture][1])
    counts = Counter(digest for digests in pages.values() for digest in digests)
    return {digest: count / len(pages) for digest, count in counts.items() if count >= FEWEST_POSTS}


def _set_aside(total: int, edges: Sequence[Edge], shares: Mapping[bytes, float]) -> tuple[int, ...]:
    by_number = {edge.number: edge for edge in edges}
    gone = {
        edge.number
        for edge in edges
        if edge.digest in shares
        and (
            edge.form is Form.CALL
            or (edge.form in _ONE_OF_ITS_KIND and (edge.number <= HEAD_BLOCKS or edge.number > total * TAIL_SHARE))
            or (edge.form is Form.NOTICE and edge.number <= HEAD_BLOCKS)
        )
    }
    gone |= {
        edge.number
        for edge in edges
        if edge.form is Form.PICTURE and edge.digest in shares and {edge.number - 1, edge.number + 1} & gone
    }
    gone |= _closing(total, by_number, shares, gone)
    return tuple(sorted(gone)) if _leaves_text(total, by_number, gone) else ()


def _closing(total: int, edges: Mapping[int, Edge], shares: Mapping[bytes, float], gone: set[int]) -> set[int]:
    """What else is repeated, from the last block upwards to the first that is not: notices, slogans, lists of links."""
    closing: set[int] = set()
    for number in range(total, 0, -1):
        edge = edges.get(number)
        if number in gone or (edge is not None and edge.form is Form.GAP):
            continue
        share = shares.get(edge.digest, 0.0) if edge is not None else 0.0
        if edge is None or not share or (edge.form is Form.LINE and share < SMALLEST_SHARE):
            break
        closing.add(number)
    return closing


def _leaves_text(total: int, edges: Mapping[int, Edge], gone: set[int]) -> bool:
    """Whether something else is left: a post that is nothing but its account's own words is an article all the same."""
    return any(number not in gone and number not in edges for number in range(1, total + 1))
