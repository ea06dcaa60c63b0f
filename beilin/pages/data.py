"""`data/articles.jsonl`: the archive's catalogue for programs, one record an article version."""

import json
import re

from beilin.model.article import Article

SCHEMA = 1
BREAKING = re.compile("[\u0085\u2028\u2029\ud800-\udfff]")
"""What some readers take for the end of a line though JSON does not, and what UTF-8 cannot hold."""


def record(article: Article, *, is_newest: bool) -> str:
    """The line of `article`, line break included; an older version has an address of its own."""
    facts = article.facts
    fields = {
        "schema": SCHEMA,
        "id": article.id,
        "url": f"a/{article.id}/" if is_newest else f"a/{article.id}/v{article.version}/",
        "version": article.version,
        "capture": facts.capture,
        "kind": facts.kind,
        "title": facts.title,
        "authors": facts.authors,
        "source": facts.source,
        "published": facts.published.iso if facts.published else None,
        "captured": facts.captured.iso if facts.captured else None,
        "date": article.date,
        "original_url": facts.original_url or None,
        "lang": facts.lang,
        "tags": facts.tags,
        "capture_sha256": facts.capture_sha256,
        "text_sha256": facts.text_sha256,
        "characters": facts.characters,
    }
    line = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return BREAKING.sub(lambda match: f"\\u{ord(match[0]):04x}", line) + "\n"
