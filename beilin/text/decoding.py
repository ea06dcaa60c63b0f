"""From bytes to text: the mark, the declaration, strict UTF-8, then the encodings that Chinese pages really had."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARATION = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
DECLARED_WITHIN = 4096  # bytes; HTML asks for the first 1,024, saved pages put comments before it

# What pages call GB2312 is GBK or GB 18030 in practice, and what they call Big5 may hold HKSCS (WHATWG Encoding).
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}

LEGACY_ENCODINGS = ("gb18030", "big5hkscs", "utf_16_le", "utf_16_be")
DAMAGED_SHARE = 0.01
"""UTF-8 with at most this share of undecodable bytes is damaged UTF-8, not another encoding."""
PLAUSIBLE_SHARE = 0.9
"""In running Chinese over 95 % of the characters are of the first level of GB 2312 or Big5 (3,755 and 5,401)."""
CLEAR_MARGIN = 0.05


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded file."""

    text: str
    encoding: str
    """Codec name, such as `utf-8`, `gb18030`."""
    is_damaged: bool
    """Whether bytes had to be replaced by U+FFFD."""


def decode(data: bytes) -> Decoded | None:
    """`data` as text with line ends as `\\n`; None where no encoding, or more than one, fits."""
    found = _marked(data) or _declared_or_utf8(data) or _damaged_utf8(data) or _detected(data)
    if found is None:
        return None
    text = found.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, found.encoding, found.is_damaged)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], encoding)
            if text is not None:
                return Decoded(text, encoding, is_damaged=False)
    return None


def _declared_or_utf8(data: bytes) -> Decoded | None:
    """The declared encoding, unless the bytes are Chinese in strict UTF-8.

    Browsers convert what they save and keep the old declaration.
    """
    if data.isascii() and b"\x1b" not in data:
        return Decoded(data.decode("ascii"), "utf-8", is_damaged=False)
    if b"\x00" in data[:DECLARED_WITHIN] and _wide(data):
        return None
    utf8 = _strictly(data, "utf-8")
    match = DECLARATION.search(data[:DECLARED_WITHIN])
    if match:
        name = match[1].decode("ascii").lower()
        encoding = WIDER.get(name, name)
        text = _strictly(data, encoding) if encoding not in ("utf-8", "utf8") else None
        if text is not None and (utf8 is None or plausibility(text) > plausibility(utf8)):
            return Decoded(text, codecs.lookup(encoding).name, is_damaged=False)
    return Decoded(utf8, "utf-8", is_damaged=False) if utf8 is not None else None


def _wide(data: bytes) -> bool:
    """Whether NULs stand where UTF-16 puts them for the Latin letters, digits and line ends among Chinese text."""
    return any(
        (text := _strictly(data, encoding)) is not None and plausibility(text) >= PLAUSIBLE_SHARE
        for encoding in ("utf_16_le", "utf_16_be")
    )


def _damaged_utf8(data: bytes) -> Decoded | None:
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") <= DAMAGED_SHARE * len(text) and plausibility(text) >= PLAUSIBLE_SHARE:
        return Decoded(text, "utf-8", is_damaged=True)
    return None


def _detected(data: bytes) -> Decoded | None:
    """The one legacy encoding that decodes strictly and reads as Chinese.

    The detector proposes; where it sees several, the share of common characters must tell them clearly apart.
    """
    proposals = {str(match.encoding) for match in from_bytes(data, cp_isolation=[*LEGACY_ENCODINGS, "big5"])}
    candidates = [
        encoding
        for encoding in LEGACY_ENCODINGS
        if encoding in proposals or encoding.removesuffix("hkscs") in proposals
    ]
    scored = sorted(
        (
            (plausibility(text), encoding, text)
            for encoding in candidates or LEGACY_ENCODINGS
            if (text := _strictly(data, encoding)) is not None
        ),
        reverse=True,
    )
    if not scored or scored[0][0] < PLAUSIBLE_SHARE:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < CLEAR_MARGIN:
        return None
    return Decoded(scored[0][2], scored[0][1], is_damaged=False)


def plausibility(text: str) -> float:
    """The share of `text` beyond ASCII that is common Chinese or its punctuation, 0 to 1; 1 for ASCII alone."""
    beyond = [character for character in text if character > "\x7f"]
    if not beyond:
        return 1.0 if "\x00" not in text else 0.0
    common = sum(1 for character in beyond if character in _COMMON)
    return common / len(beyond)


def _level(encoding: str, leads: range, trails: tuple[range, ...]) -> set[str]:
    pairs = (bytes((lead, trail)) for lead in leads for spans in trails for trail in spans)
    return {text for pair in pairs if (text := pair.decode(encoding, "ignore"))}


# First-level characters of GB 2312 (rows 16 to 55) and of Big5 (A440 to C67E), with the punctuation both print.
_COMMON = (
    _level("gb2312", range(0xB0, 0xD8), (range(0xA1, 0xFF),))
    | _level("big5", range(0xA4, 0xC7), (range(0x40, 0x7F), range(0xA1, 0xFF)))
    | set("　、。，；：？！…—·‧“”‘’（）《》〈〉「」『』【】〔〕％～－／＋＝０１２３４５６７８９\u00a0\u200b")
)
