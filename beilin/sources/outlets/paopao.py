"""泡泡 pao-pao.net: whole Drupal pages with their comments, much of them spam."""

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="paopao",
    name="泡泡",
    hosts=("pao-pao.net",),
    markers=("div.node-pao-pao-article",),
    content=("div.node-pao-pao-article > div.content",),
    drop=(
        "#comments",
        "h2.comment-form",
        "h2.element-invisible",
        ".element-hidden",
        ".servicelinks",
        ".service-links",
        "ul.links",
        ".field-name-field-related",
        ".field-name-field-tags",
        "div.submitted",
        ".field-name-author",
        ".field-name-title",
    ),
    credits=(".field-name-field-image-source",),
    title=("h1.page-title",),
    authors=(".field-name-author a",),
    tags=(".field-name-field-tags a",),
)
