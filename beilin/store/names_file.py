"""`content/names.toml`, the authority file, read and judged whole: every mistake is named at once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from beilin.library.names import variant_key
from beilin.model.name import Name, NameKind
from beilin.store.toml_files import ConfigurationError, read_tables, read_text
from beilin.text.characters import one_line

NAMES_FILE = "names.toml"
KEYS = ("name", "aliases", "same_as")
FEWEST_CHARACTERS = 2
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*[\"']?([^\]\"'\n]*?)[\"']?[ \t]*\]\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One table of the file, and where it is written."""

    kind: NameKind
    table: Mapping[str, Any]
    line: int
    written: str
    """Its text, from its header on; empty where the way it is written hides it."""

    def line_of(self, key: str, value: str | None = None) -> int:
        """The line that sets `key`, or that holds its `value`; the entry's first where neither is found."""
        setting = re.search(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", self.written, re.MULTILINE)
        if setting is None:
            return self.line
        if value is not None:
            words = r"\s+".join(map(re.escape, value.split()))
            setting = re.compile(rf"[\"']\s*{words}\s*[\"']").search(self.written, setting.end()) or setting
        return self.line + self.written.count("\n", 0, setting.end())


@dataclass(slots=True)
class _Review:
    """What is wrong with a file, as it is read."""

    mistakes: list[tuple[int, str]] = field(default_factory=list)
    """Line, and the rest of the report's line."""
    owners: dict[str, _Entry] = field(default_factory=dict)
    """Folded variant → the entry that has it."""

    def refuse(self, line: int, code: str, message: str) -> None:
        """Takes note of a mistake."""
        self.mistakes.append((line, f"{code}: {message}"))


def load_names(content: Path) -> tuple[Name, ...] | None:
    """The names of the archive in `content`, in the file's order of tables; None where there is no `names.toml`.

    Raises `ConfigurationError` with every mistake.
    """
    path = content / NAMES_FILE
    text = read_text(path, "names")
    if text is None:
        return None
    review = _Review()
    names = []
    for entry in _entries(text, read_tables(text, path, "names"), review):
        name = _read_name(entry, review)
        _claim_variants(entry, name, review)
        names.append(name)
    if review.mistakes:
        raise ConfigurationError(*(f"{path.as_posix()}:{line}: {rest}" for line, rest in sorted(review.mistakes)))
    return tuple(names)


def _entries(text: str, tables: Mapping[str, Any], review: _Review) -> Iterator[_Entry]:
    headers = list(_HEADER.finditer(text))
    ends = [header.start() for header in headers[1:]] + [len(text)]
    for kind, found in tables.items():
        here = [(header.start(), end) for header, end in zip(headers, ends, strict=True) if header[1] == kind]
        line = _line_of_table(text, kind)
        if kind not in list(NameKind):
            near = get_close_matches(kind.lower(), list(NameKind), n=1)
            advice = f"did you mean [[{near[0]}]]?" if near else f"known are {_in_brackets()}"
            review.refuse(line, "table-unknown", f"there is no kind of name {kind!r}; {advice}")
        elif not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
            review.refuse(line, "table-form", f"each entry is a table of its own; write [[{kind}]] above it")
        else:
            # a header inside a longer text would put the lines out of step
            places = here if len(here) == len(found) else [(0, 0)] * len(found)
            for table, (start, end) in zip(found, places, strict=True):
                yield _Entry(NameKind(kind), table, text.count("\n", 0, start) + 1, text[start:end])


def _in_brackets() -> str:
    return " ".join(f"[[{kind}]]" for kind in NameKind)


def _line_of_table(text: str, kind: str) -> int:
    quoted = rf"[\"']?{re.escape(kind)}[\"']?[ \t]*"
    start = re.search(rf"^[ \t]*(?:\[{{1,2}}[ \t]*{quoted}\]|{quoted}[.=])", text, re.MULTILINE)
    return text.count("\n", 0, start.start()) + 1 if start else 1


def _read_name(entry: _Entry, review: _Review) -> Name:
    for key in entry.table:
        if key not in KEYS:
            near = get_close_matches(key.lower().replace("-", "_"), KEYS, n=1)
            advice = f"did you mean {near[0]}?" if near else f"known are {', '.join(KEYS)}"
            review.refuse(entry.line_of(key), "key-unknown", f"there is no key {key!r}; {advice}")
    name = entry.table.get("name", "")
    if "name" not in entry.table:
        review.refuse(entry.line, "name-missing", 'the entry has no name; add name = "…"')
    elif not isinstance(name, str):
        message = f'expected text in quotation marks, such as "…", found {name!r}'
        review.refuse(entry.line_of("name"), "names-type", message)
    same_as = _texts(entry, "same_as", review)
    for address in same_as:
        if not _is_web_address(address):
            message = f"{address!r} is no http or https address; write it in full, such as https://…"
            review.refuse(entry.line_of("same_as", address), "same-as-unusable", message)
    return Name(one_line(str(name)), entry.kind, _texts(entry, "aliases", review), same_as)


def _texts(entry: _Entry, key: str, review: _Review) -> tuple[str, ...]:
    value = entry.table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        message = f'expected a list of texts, such as ["…", "…"], found {value!r}'
        review.refuse(entry.line_of(key), "names-type", message)
        return ()
    return tuple(dict.fromkeys(map(one_line, value)))


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s\\]", address)


def _claim_variants(entry: _Entry, name: Name, review: _Review) -> None:
    """Notes which entry each variant stands for, and those that can stand for none."""
    named = (name.name,) if isinstance(entry.table.get("name"), str) else ()
    for variant in (*named, *name.aliases):
        line = entry.line_of("name" if variant in named else "aliases", variant)
        key = variant_key(variant)
        owner = review.owners.setdefault(key, entry)
        if sum(character.isalnum() for character in key) < FEWEST_CHARACTERS:
            message = f"{variant!r} would be found everywhere; write at least {FEWEST_CHARACTERS} letters or characters"
            review.refuse(line, "variant-short", message)
        elif owner is not entry:
            message = f"{variant!r} belongs to the entry at line {owner.line} as well; leave it to one of them"
            review.refuse(line, "variant-claimed", message)
