"""Which language a text is in, and which script of Chinese, told by its characters alone."""

import functools
import re

from beilin.text.addresses import ADDRESS_IN_TEXT
from beilin.text.characters import HAN_CHARACTER, HAN_RUN, LATIN_WORD

OTHERS = re.compile("[぀-ゟァ-ヺ가-힣Ѐ-ӿ]")
"""A letter of Japanese, Korean or Russian: without any, no text is in these languages."""
KANA = re.compile("[぀-ゟァ-ヺ]")
HANGUL = re.compile("[가-힣]")
CYRILLIC = re.compile("[Ѐ-ӿ]")

SIMPLIFIED, TRADITIONAL = "zh-Hans", "zh-Hant"
LATIN_LETTERS_PER_CHARACTER = 5
"""A Chinese character says about as much as this many letters of English (counted on bilingual captures: 4.1 to 4.6,
rounded up because Chinese articles quote English more than the reverse); what weighs more names the language."""
ENOUGH = 100_000
"""Characters that tell the language of a text, however long it is."""
CLEAR_MAJORITY = 3
"""So many times more characters of the other script make a passage one of it: both scripts write 於 and 后 at times."""


def language_of(text: str, otherwise: str) -> str:
    """BCP 47 tag of the language that most of `text` is in; `otherwise` where the characters do not tell."""
    text = text[:ENOUGH]
    if "://" in text:
        text = ADDRESS_IN_TEXT.sub("", text)
    words = LATIN_WORD.findall(text)
    if text.isascii():
        return _latin_language(words, otherwise)
    han, latin = _length(HAN_RUN.findall(text)), _length(words)
    if OTHERS.search(text) and (other := _other_language(text, han, latin)):
        return other
    if han * LATIN_LETTERS_PER_CHARACTER >= latin and han:
        return script_of(text) or (otherwise if otherwise.startswith("zh") else SIMPLIFIED)
    return _latin_language(words, otherwise)


def _length(pieces: list[str]) -> int:
    """Characters of `pieces` together."""
    return len("".join(pieces))


def _other_language(text: str, han: int, latin: int) -> str:
    """Japanese, Korean or Russian, where `text` has enough of their letters; empty where it does not."""
    kana = len(KANA.findall(text))
    if kana > han * 0.3 and kana > 3:
        return "ja"
    for pattern, tag in ((HANGUL, "ko"), (CYRILLIC, "ru")):
        if len(pattern.findall(text)) > max(han, latin / LATIN_LETTERS_PER_CHARACTER):
            return tag
    return ""


def script_of(text: str) -> str | None:
    """`zh-Hans` or `zh-Hant`, whichever has more characters that only it writes; None on a tie."""
    simplified, traditional = len(_exclusive(SIMPLIFIED).findall(text)), len(_exclusive(TRADITIONAL).findall(text))
    if simplified == traditional:
        return None
    return SIMPLIFIED if simplified > traditional else TRADITIONAL


def _latin_language(words: list[str], otherwise: str) -> str:
    """English, where at least a few Latin `words` are; otherwise nothing is claimed."""
    return "en" if len(words) >= 3 or (len(words) >= 1 and otherwise == "en") else otherwise


@functools.cache
def _exclusive(script: str) -> re.Pattern[str]:
    """Characters that only one script's national standard holds: GB 2312 for Simplified, Big5 for Traditional."""
    own, other = ("gb2312", "big5") if script == SIMPLIFIED else ("big5", "gb2312")
    characters = [
        character
        for character in map(chr, range(0x4E00, 0xA000))
        if _encodes(character, own) and not _encodes(character, other)
    ]
    return re.compile(f"[{''.join(characters)}]")


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


_LITTLE_WORDS = re.compile("[的了是在和有这這也都不就与與]")
"""What a Chinese sentence has and a label such as 题名 lacks."""


def block_language(text: str, article: str) -> str:
    """BCP 47 tag of one block of an article in the language `article`."""
    found = language_of(text, article)
    if found == "en" and article.startswith("zh") and _is_sentence_with_quotation(text):
        return article
    if {found, article} == {SIMPLIFIED, TRADITIONAL}:
        other, own = len(_exclusive(found).findall(text)), len(_exclusive(article).findall(text))
        return found if other > CLEAR_MAJORITY and other > CLEAR_MAJORITY * own else article
    return found


def is_only_latin(text: str) -> bool:
    """Whether `text` has Latin words and no Chinese character: a heading like `READOUT`, an address."""
    return HAN_CHARACTER.search(text) is None and LATIN_WORD.search(text) is not None


def _is_sentence_with_quotation(text: str) -> bool:
    """Whether Chinese sentences carry the English in `text`, as where a long title is quoted."""
    han, latin = len(HAN_CHARACTER.findall(text)), sum(map(len, LATIN_WORD.findall(text)))
    return len(_LITTLE_WORDS.findall(text)) > 1 and han * 2 * LATIN_LETTERS_PER_CHARACTER >= latin
