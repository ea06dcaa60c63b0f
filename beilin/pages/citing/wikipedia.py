"""Citations as templates of the Chinese and the English Wikipedia: `cite news` for outlets, else `cite web`.

The original address stands under `url`, ours under `archive-url`. The templates take an archived copy for a mistake
without the original address, or without the full day of its capture: then it is left out, and where no original
address is known, `url` is ours and `via` names the archive. They have a field for the archive's name in no other case.
"""

import re
from collections.abc import Callable, Mapping

from beilin.pages.citing.english import in_words, split_date
from beilin.pages.citing.item import Genre, Item

MEANING = re.compile(
    r"[|{}\[\]<>]"
    r"|&(?=#?\w+;)"  # what looks like an entity
    r"|'(?=')|(?<=')'"  # bold and italics
    r"|~(?=~)|(?<=~)~"  # signatures
    r"|_(?=_)|(?<=_)_"  # words that change the page
    r"|(?<=[A-Za-z]):(?=[!-~])"  # what looks like an address, and becomes a link
)
"""What means something to MediaWiki in the value of an argument."""

MEANING_IN_ADDRESSES = re.compile(r"[\[\]]|'(?=')|(?<=')'|~(?=~)|(?<=~)~|_(?=_)|(?<=_)_|&(?=#?\w+;)")
"""The same in an address, which holds no spaces, braces, pipes or angle brackets anyway."""

IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
SCRIPTS = ("zh", "ja", "ko")
"""Languages whose titles the English Wikipedia wants set as what they are, never in italics or quotation marks."""

WHOLE_DAY = len("2023-10-27")


def wikipedia_zh(item: Item) -> str:
    """`item` as a template of the Chinese Wikipedia."""
    return template(item, {"title": plain(item.title)}, chinese)


def wikipedia_en(item: Item) -> str:
    """`item` as a template of the English Wikipedia; a Chinese title is a `script-title`, never put into Latin."""
    language = item.lang.split("-")[0].lower()
    if language in SCRIPTS and IDEOGRAPH.search(item.title):
        return template(item, {"script-title": f"{language}:{plain(item.title)}"}, in_words)
    return template(item, {"title": plain(item.title)}, in_words)


def template(item: Item, title: Mapping[str, str], worded: Callable[[str], str]) -> str:
    """One template on one line; `worded` writes dates that name no day, which the templates refuse as `2023-10`."""
    is_news = item.genre is Genre.NEWS
    values = {
        **numbered("author", item.authors),
        **title,
        **numbered("translator", item.translators),
        **addresses(item),
        "work" if is_news else "website": plain(item.source),
        "date": dated(item.issued, worded),
        "language": item.lang.lower(),
    }
    arguments = "".join(f" |{name}={value}" for name, value in values.items() if value)
    return f"{{{{cite {'news' if is_news else 'web'}{arguments}}}}}"


def numbered(name: str, values: tuple[str, ...]) -> dict[str, str]:
    """`values` under `name`, or under `name1`, `name2` … if there are several."""
    if len(values) == 1:
        return {name: plain(values[0])}
    return {f"{name}{number}": plain(value) for number, value in enumerate(values, 1)}


def addresses(item: Item) -> dict[str, str]:
    """The original address, and where the copy is and since when."""
    if item.original_url is None:
        return {"url": address(item.permalink), "via": plain(item.archive)} if item.permalink else {}
    cited = {"url": address(item.original_url)}
    if item.permalink and item.accessed and len(item.accessed) == WHOLE_DAY:
        cited |= {"archive-url": address(item.permalink), "archive-date": item.accessed}
    return cited


def dated(date: str | None, worded: Callable[[str], str]) -> str:
    """A day or a year as it is, a month in words, nothing if nothing is known."""
    if date is None or len(date) == WHOLE_DAY:
        return date or ""
    return worded(date)


def chinese(date: str) -> str:
    """`2023` or `2023年10月`."""
    year, month, _ = split_date(date)
    return f"{year}年{month}月" if month else year


def plain(text: str) -> str:
    """`text` such that MediaWiki shows it as it is. The pipe has the template that Wikipedia keeps for it."""
    return MEANING.sub(lambda match: "{{!}}" if match[0] == "|" else f"&#{ord(match[0])};", text)


def address(url: str) -> str:
    """`url` such that MediaWiki links to it."""
    return MEANING_IN_ADDRESSES.sub(escaped, url)


def escaped(match: re.Match[str]) -> str:
    """An ampersand as an entity, for it means something to the site that is linked to; all else in per cent."""
    return "&amp;" if match[0] == "&" else f"%{ord(match[0]):02X}"
