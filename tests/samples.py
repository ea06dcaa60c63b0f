"""Made-up articles, and texts that are out to break every format: what several tests need."""

from dataclasses import replace

from beilin.model.article import Article, Facts
from beilin.model.site import Site
from beilin.model.stamp import Stamp

HOME = Site(title="小碑林", base_url="https://archive.example/steles/")
ADRIFT = Site(title="小碑林")

AWKWARD = (
    '他说："{石碑}" 与 \\cite{x} 100%',
    "}{ unbalanced } and { $x_1^2$ ~ # & _",
    "TI  - ER  - ",
    "first line\nTY  - BOOK\r\nER  - \u2028tail\u0085end",
    "@online{fake, title = {x}}",
    '</script><b>"A" & B</b>',
    "　全角　空格　",
    "A and B, et al.",
    "\ufeff\x00\x1f\x7f控制\x0b符",
    "\\",
    "%20 %",
)


def article(version: int = 1, **changes: object) -> Article:
    """A made-up article; `changes` replace its facts."""
    facts = Facts(
        capture="rfa/steles.md",
        capture_sha256="ab" * 32,
        kind="rfa",
        title="石碑的修补",
        authors=("陈某",),
        editors=("李某",),
        translators=(),
        source="某电台",
        published=Stamp("2023-10-27", "dateline"),
        captured=Stamp("2024-04-27", "front matter"),
        original_url="https://radio.example/steles.html",
        lang="zh-Hans",
        tags=("石刻",),
        summary="石碑立在林中。",
        characters=7,
        text_sha256="cd" * 32,
        natural_id="0123456789b",
        pinned_id=None,
    )
    facts = replace(facts, **changes)  # type: ignore[arg-type]
    return Article("0123456789b", version, facts, "2023-10-27", is_newest=True, seen_again=())
