"""The search page, and the small files that its script reads beside the index."""

import json
from collections.abc import Iterator, Mapping, Sequence

from beilin.library.shards import Index, shard_path
from beilin.model.article import Article
from beilin.model.page import File, Page
from beilin.pages import places
from beilin.pages.citing import bulk_downloads, bulk_files
from beilin.pages.citing.item import describe
from beilin.pages.facets import facet_path, facet_table
from beilin.pages.opensearch import opensearch_files
from beilin.pages.setting import Setting
from beilin.pages.views import SearchView

UNDATED = "search/undated/"
"""Where the citations of articles are that no date page lists."""


def search_files(articles: Sequence[Article], index: Index | None, setting: Setting) -> Iterator[Page | File]:
    """The search page and what belongs to it. `articles`: the newest version of each; `index`: None without one."""
    shards = ""
    if index:
        by_id = {article.id: article for article in articles}
        listed = []
        for shard in reversed(index.shards):
            table = facet_table([by_id[member.id] for member in shard.members])
            path = facet_path(shard.key, table)
            yield File(f"search/{path}", table.encode())
            listed.append({"path": f"{shard_path(shard)}/", "articles": len(shard.members), "facets": path})
        shards = json.dumps(listed, separators=(",", ":"))
        yield from _undated([article for article in articles if not article.date], setting)
    kinds = _kinds({article.facts.kind for article in articles}, index.kinds if index else {}, setting)
    view = SearchView(shards, json.dumps(kinds, ensure_ascii=False), bulk_downloads())
    yield Page(places.SEARCH, "search.html", view, setting.frame(places.SEARCH, setting.words["search"]))
    yield from opensearch_files(setting)


def _undated(articles: Sequence[Article], setting: Setting) -> Iterator[File]:
    """Citations of `articles`: those of all others are beside the lists of their months and years."""
    if articles:
        for name, text in bulk_files(describe(setting.site, article) for article in articles).items():
            yield File(UNDATED + name, text.encode())


def _kinds(kinds: set[str], outlets: Mapping[str, str], setting: Setting) -> dict[str, str]:
    """Kind → how the search page calls it."""
    words, names = setting.words, setting.site.source_names
    general = {
        "html": words["kind_html"],
        "markdown": words["kind_markdown"],
        "plain": words["kind_plain"],
        "wechat": words["kind_wechat"],
    }
    called = {kind: outlets.get(kind, kind) for kind in sorted(kinds)}
    return {kind: general.get(kind, names.get(name, name)) for kind, name in called.items()}
