"""Nei.st: whole WordPress pages, pretty-printed, with cards that lead to its other articles."""

from selectolax.lexbor import LexborNode

from beilin.sources.declaration import Source


def _repair(root: LexborNode) -> None:
    """Takes captions out of figures that hold no picture, so that they follow the picture that stands before them."""
    for figure in root.css("figure:not(:has(img))"):
        for caption in figure.css("figcaption"):
            caption.unwrap()
        figure.unwrap()


SOURCE = Source(
    kind="neist",
    name="Nei.st",
    hosts=("nei.st",),
    markers=("p.blog-post__description",),
    content=("div.entry-content",),
    drop=(
        # the sizes of a chart that are not shown
        "div.g-artboard[style*='display: none']",
        ".progressive__placeholder",
        "img[class*='placeholder']",
        "section.collection",
        "div.streamItem--heading",
        "section.nopqrstu",
        "div.js-elevateBottomRecirc",
        "div.bqdn",
        "section.wxyz",
        "div.code-block",
        # a joke at paywalls, and cards that lead to other articles
        "[class*='BarrierFailsafe__fullBarrier']",
        "section.globalFooterCards",
    ),
    captions=("p.aesop-cap-description",),
    credits=("p.aesop-cap-cred",),
    title=("h1.page-title", "h1"),
    dek=("p.blog-post__description",),
    tags=("footer a[rel='tag']",),
    repair=_repair,
)
