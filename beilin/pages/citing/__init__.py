"""Citations of an article in every form that the site offers."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from beilin.pages.citing.apa import apa
from beilin.pages.citing.biblatex import biblatex
from beilin.pages.citing.chicago import chicago
from beilin.pages.citing.gbt7714 import gbt7714_2015, gbt7714_2025
from beilin.pages.citing.item import Item, csl
from beilin.pages.citing.mla import mla
from beilin.pages.citing.ris import ris
from beilin.pages.citing.wikipedia import wikipedia_en, wikipedia_zh
from beilin.pages.views import Citation, Download

UNENCODED = "/:=,;@?+!*()$"
"""Characters of a `data:` address that need no percent-encoding in a quoted attribute, besides letters and digits."""


def csl_json(items: Iterable[Item]) -> str:
    """A CSL-JSON array, one item a line, keys sorted."""
    lines = [json.dumps(csl(item), ensure_ascii=False, sort_keys=True) for item in items]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


@dataclass(frozen=True, slots=True)
class Format:
    """A file format that reference managers read."""

    label: str
    suffix: str
    type: str
    write: Callable[[Iterable[Item]], str]


FORMATS = (
    Format("BibLaTeX", "bib", "application/x-bibtex", biblatex),
    Format("RIS", "ris", "application/x-research-info-systems", ris),
    Format("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json),
)


def citations(item: Item) -> tuple[Citation, ...]:
    """The formatted citations of an article page, the standard in force first."""
    return (
        Citation("gb7714-2025", "GB/T 7714—2025", gbt7714_2025(item)),
        Citation("gb7714-2015", "GB/T 7714—2015", gbt7714_2015(item)),
        Citation("apa", "APA 7", apa(item)),
        Citation("mla", "MLA 9", mla(item)),
        Citation("chicago", "Chicago 18", chicago(item)),
        Citation("wikipedia-zh", "Wikipedia 中文", wikipedia_zh(item)),
        Citation("wikipedia-en", "Wikipedia English", wikipedia_en(item)),
    )


def downloads(item: Item) -> tuple[Download, ...]:
    """The citation files of an article page as `data:` addresses, which need neither server nor script."""
    return tuple(
        Download(
            href=f"data:{form.type};charset=utf-8,{quote(form.write([item]), safe=UNENCODED)}",
            filename=f"{item.key}.{form.suffix}",
            type=form.type,
            label=form.label,
        )
        for form in FORMATS
    )


def bulk_files(items: Iterable[Item]) -> Mapping[str, str]:
    """The citation files of a listing: name, such as `cite.bib`, → text to be written as UTF-8 without translation."""
    cited = tuple(items)
    return {f"cite.{form.suffix}": form.write(cited) for form in FORMATS}


def bulk_downloads(folder: str = "") -> tuple[Download, ...]:
    """Links to the files of `bulk_files` in `folder`, a relative address that is empty or ends in `/`."""
    return tuple(
        Download(f"{folder}cite.{form.suffix}", f"cite.{form.suffix}", form.type, form.label) for form in FORMATS
    )
