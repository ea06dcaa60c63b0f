"""Citations as BibLaTeX `@online` entries, in UTF-8."""

from collections.abc import Iterable

from beilin.pages.citing.item import Item

ESCAPES = str.maketrans(
    {
        # BibTeX counts braces even after a backslash, so a lone one can only be named.
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "\\": r"{\textbackslash}",
        "^": r"{\textasciicircum}",
        "~": r"{\textasciitilde}",
        **{character: f"\\{character}" for character in "%&#$_"},
    }
)

LANGUAGES = {
    "zh": "chinese",
    "en": "english",
    "ja": "japanese",
    "ko": "korean",
    "bo": "tibetan",
    "ug": "uyghur",
    "mn": "mongolian",
    "ru": "russian",
    "fr": "french",
    "de": "german",
    "es": "spanish",
    "vi": "vietnamese",
}
"""BCP 47 primary language → the name by which babel and polyglossia know it."""


def biblatex(items: Iterable[Item]) -> str:
    """A `.bib` file of `items`, one `@online` entry each, in their order."""
    return "\n".join(map(entry, items))


def entry(item: Item) -> str:
    """One entry, ending in a line break. `url` stands verbatim, as BibLaTeX wants it."""
    fields = {
        "author": names(item.authors),
        "translator": names(item.translators),
        "title": escaped(item.title),
        "organization": names((item.source,)) if item.source else "",
        "date": item.issued,
        "url": item.url,
        "urldate": item.accessed,
        "langid": LANGUAGES.get(item.lang.split("-")[0].lower()),
        "library": names((f"{item.archive}, {item.archive_location}",)),
        "note": escaped(item.note),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@online{{{item.key},\n{''.join(lines)}}}\n"


def names(whole: Iterable[str]) -> str:
    """A list of names, each in braces of its own, so that neither spaces, commas nor "and" split one."""
    return " and ".join(f"{{{escaped(name)}}}" for name in whole)


def escaped(text: str) -> str:
    """`text` such that LaTeX prints it as it is and its braces balance."""
    return text.translate(ESCAPES)
