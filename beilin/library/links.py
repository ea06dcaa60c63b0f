"""Links between the archive's own articles."""

from collections.abc import Iterable, Mapping

from beilin.model.article import Article
from beilin.text.links import address_key, title_key, unpack_keys


def find_goals(articles: Iterable[Article]) -> Mapping[bytes, str]:
    """The identifier of the article that each key stands for; keys that stand for more than one are left out."""
    goals: dict[bytes, str] = {}
    ambiguous: set[bytes] = set()
    for article in articles:
        facts = article.facts
        keys = [title_key(facts.source, facts.title)]
        if facts.original_url:
            keys.append(address_key(facts.original_url))
        for key in keys:
            if goals.setdefault(key, article.id) != article.id:
                ambiguous.add(key)
    return {key: goal for key, goal in goals.items() if key not in ambiguous}


def local_links(article: Article, goals: Mapping[bytes, str]) -> dict[bytes, str]:
    """Those of the article's links that lead to another article of the archive, as identifiers by key."""
    found = {key: goals[key] for key in unpack_keys(article.facts.links) if key in goals}
    return {key: goal for key, goal in found.items() if goal != article.id}
