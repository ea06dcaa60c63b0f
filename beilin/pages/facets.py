"""Facets of the search page: by what a list of results can be narrowed down, one small table for each shard.

Pagefind's own filters come out different from run to run. These tables are made anew at each build, from facts alone,
so that another tag or another name of a source indexes nothing again.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from itertools import groupby

from beilin.model.article import Article

LENGTH_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
"""A length is told by its number of binary digits, which is all that ranking needs, as one of these."""


def facet_table(articles: Sequence[Article]) -> str:
    """The facets of a shard's `articles`, in the shard's order, as JSON in columns.

    `dates`: runs of one date, each with its length. `groups` and `tagLists`: what the numbers in `group` and `tagList`
    stand for, a source with language and kind, or a list of tags. `lengths`: a digit for each article.
    """
    groups, group = _numbered((article.facts.source, article.facts.lang, article.facts.kind) for article in articles)
    tag_lists, tag_list = _numbered(article.facts.tags for article in articles)
    table = {
        "dates": [[date, len(tuple(run))] for date, run in groupby(article.date or "" for article in articles)],
        "groups": groups,
        "group": group,
        "tagLists": tag_lists,
        "tagList": tag_list,
        "lengths": "".join(LENGTH_DIGITS[article.facts.characters.bit_length()] for article in articles),
    }
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"))


def _numbered(lists: Iterable[tuple[str, ...]]) -> tuple[list[tuple[str, ...]], list[int]]:
    """The different lists in the order of their coming, and for each of all its place there."""
    places: dict[tuple[str, ...], int] = {}
    numbers = [places.setdefault(each, len(places)) for each in lists]
    return list(places), numbers


def facet_path(key: str, table: str) -> str:
    """Where `table`, of the shard of that key, is published below `search/`: another table has another place."""
    return f"facets/{hashlib.sha256(f'{key} {table}'.encode()).hexdigest()[:16]}.json"
