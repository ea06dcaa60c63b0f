"""Nei.st: whole Ghost pages, pretty-printed."""

from beilin.sources.declaration import Source

SOURCE = Source(
    kind="neist",
    name="Nei.st",
    hosts=("nei.st",),
    markers=("p.blog-post__description",),
    content=("article .blog-post__content", "div.blog-post__content", "section.post-content"),
    drop=(".progressive__placeholder", "img[class*='placeholder']", "aside", ".related", ".blog-post__related"),
    title=("h1.blog-post__title", "h1"),
    tags=("a[rel='tag']",),
)
