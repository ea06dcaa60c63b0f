"""What pages and texts of no declared outlet have in common: where themes and portals print title, names and dates."""

import re
from collections.abc import Mapping

from beilin.sources.declaration import Source
from beilin.sources.wrappers import Form

EDITORS = re.compile(
    r"(?:责任编辑|責任編輯|责编|責編)\s*[：:]\s*(?P<names>[^\s：:，。；（）()【】]{2,8}(?:[\s、]+[^\s：:，。；（）()【】]{2,4})*)"
)
APPEARED = re.compile(r"The post .{1,300} (?:appeared first|first appeared) on .{1,80}", re.DOTALL)
"""What WordPress adds to its feeds."""

GENERIC: Mapping[Form, Source] = {
    Form.HTML: Source(
        kind="html",
        title=(
            ".entry-title",
            ".post-title",
            ".gh-article-title",
            "#firstHeading",
            "#thread_subject",
            ".Post-Title",
            ".main-title",
            ".post_title",
            ".news_title",
            ".pages-title",
            "[itemprop='headline']",
        ),
        dek=(".gh-article-excerpt", ".post-header .subtitle", ".entry-subtitle", "[itemprop='alternativeHeadline']"),
        authors=(
            "article [rel='author']",
            ".byline [rel='author']",
            ".byline .author",
            "[itemprop='author'] [itemprop='name']",
            ".AuthorInfo .UserLink-link",
            ".post-author .fn",
        ),
        account=(".date-source .source", ".article-info a"),
        published=(
            "[itemprop='datePublished']",
            ".byline time[datetime]",
            "abbr.published",
            ".date-source .date",
            "#news-time",
            ".post_info",
            ".pages-info",
            ".ContentItem-time",
            ".date-header",
        ),
        captions=(".wp-caption-text", ".thumbcaption", ".img_descr", ".image-caption"),
        editors=EDITORS,
        tail=APPEARED,
    ),
    Form.MARKDOWN: Source(kind="markdown", editors=EDITORS, tail=APPEARED),
    Form.PLAIN: Source(kind="plain", editors=EDITORS, tail=APPEARED),
}
