"""Classes of characters, as bodies of regular-expression sets and as compiled patterns."""

import re

HAN = "㐀-䶿一-鿿豈-﫿𠀀-𲎯〇々"
"""Chinese characters: URO, extensions A to I, compatibility forms, zero and the iteration mark."""

FULLWIDTH = "　-〃〈-〟！-｠￠-￦·—…“”‘’、。「」『』"
"""Punctuation that Chinese sets in a full square, and the marks that both scripts share."""

CHINESE = HAN + FULLWIDTH + "぀-ヿㄅ-ㄯ"

ZERO_WIDTH = "\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Invisible characters that only steer layout: zero-width space, word joiner, BOM, soft hyphen, direction marks."""

JOINERS = "\u200c\u200d"

UNWANTED_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
"""Controls that no text holds, noncharacters and lone surrogates. Tab, line feed, carriage return and U+0085 stay."""

HAN_CHARACTER = re.compile(f"[{HAN}]")
HAN_RUN = re.compile(f"[{HAN}]+")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ]*(?:['’][A-Za-z]+)?")
NOT_SPACE = re.compile(r"\S")


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing of `text`."""
    return not text.strip(" \t\r\n\u00a0\u3000\u200b\u200c\u200d\u2060\u2800\ufeff\u00ad")


def one_line(text: str) -> str:
    """`text` with every run of white space as one space, none at its ends, and no control characters."""
    return " ".join(UNWANTED_CONTROLS.sub("", text).split())


def shortened(text: str, length: int) -> str:
    """`text` on one line, at most `length` characters, with `…` where something was cut."""
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
