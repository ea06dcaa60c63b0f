"""Former addresses as paths: read from what a person wrote, and as files that a host finds there."""

import re
from urllib.parse import unquote

LONGEST_PATH_BYTES = 200
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f\\:*?"<>|\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]')
_UNUSABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\\\u2028\u2029\ud800-\udfff\ufffd]")


def read_alias(alias: str, base_url: str) -> str:
    """The path that `alias` names, decoded, without its first slash. Raises `ValueError` that says what is wrong."""
    text = alias.strip()
    if base_url and text.startswith(base_url):
        text = text.removeprefix(base_url)
    if re.match(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", text, re.I):
        raise ValueError("is an address of another site")
    if "?" in text or "#" in text:
        raise ValueError("has a query or a fragment, which no file answers to")
    old = unquote(text, errors="replace").lstrip("/")
    if fault := find_fault(old):
        raise ValueError(fault)
    return old


def find_fault(old: str) -> str:
    """Why `old` can be no address; empty if it can."""
    parts = old.removesuffix("/").split("/")
    if any(part.startswith(".") for part in parts):
        return "has a part that begins with a dot"
    if old and "" in parts:
        return "has two slashes in a row"
    if _UNUSABLE.search(old):
        return "holds characters that no address may hold"
    return ""


def place_of(old: str) -> str:
    """Where the page of a former address lies, so that hosts find it there."""
    if old.endswith(".html"):
        return old
    return f"{old.rstrip('/')}/index.html".lstrip("/")


def is_portable(place: str) -> bool:
    """Whether every host and file system can hold `place`."""
    return (
        len(place.encode()) <= LONGEST_PATH_BYTES
        and not _FORBIDDEN.search(place)
        and all(part[-1:] not in (".", " ", "") for part in place.split("/"))
    )
