"""Digests that a reader can check."""

import hashlib
from collections.abc import Iterable


def text_digest(blocks: Iterable[str]) -> str:
    """Hex SHA-256 over the lines of the hex SHA-256 of each block's text (UTF-8), each line ended by `\\n`.

    With the list of the blocks' digests one paragraph can be checked alone.
    """
    lines = "".join(hashlib.sha256(text.encode()).hexdigest() + "\n" for text in blocks)
    return hashlib.sha256(lines.encode("ascii")).hexdigest()


def short_digest(text: str) -> bytes:
    """Eight bytes of the SHA-256 of `text`: enough to tell some millions of things apart, not to prove one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8]
