"""Names that the authority file may lack: guessed from the form of the text, told to the archive's keeper, no more."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from beilin.library.names import Authority, variant_key
from beilin.model.name import Mentions
from beilin.model.problem import visible
from beilin.text.characters import HAN, HAN_CHARACTER
from beilin.text.folding import SIMPLIFIED

FEWEST_ARTICLES = 5
"""What fewer articles say is rather a slip or a stranger."""
MOST_TOLD = 10
LONGEST_TAIL = 12
"""Characters kept before a gloss: longer Chinese names are few, and the rest is the sentence."""

_SOUNDING = (
    "阿埃艾爱安昂奥澳巴柏班邦鲍贝本比彼毕宾波伯博勃布采策查察昌茨达大戴丹德登邓迪蒂丁东杜敦顿多恩尔法凡范菲费芬丰冯佛夫"
    "弗福富盖甘冈戈哥格葛根贡古瓜圭哈海汉豪赫亨洪胡华怀惠霍基吉加嘉贾简杰金津卡凯坎康考柯科克肯孔库夸奎昆拉腊莱赖兰郎朗"
    "劳勒雷蕾里丽利莉连廉良列林琳刘留龙隆卢鲁路露伦罗洛吕马玛迈麦买曼芒毛茅梅门蒙孟米密敏明摩莫墨默姆木穆纳娜奈南内尼妮"
    "涅宁纽农努诺欧帕派潘庞佩彭皮匹平珀蒲普齐奇恰乔切钦琼邱屈热荣茹瑞若萨赛桑瑟森沙莎珊尚绍舍申圣施什史士舒朔司丝思斯松"
    "苏索塔泰坦汤唐陶特滕提田廷图土吐托瓦旺威薇韦维卫魏温文翁沃乌吴武伍西希悉夏肖谢欣辛逊休许雅亚扬杨耶叶伊依易因英尤约"
    "扎詹珍治朱兹孜卓佐合江艺娅琪梵贤塞翰蓬缪泽娃裴朵芝黛薛仑迭歇"
)
"""Characters with which foreign names are written by their sound. They tell where in a sentence a name begins."""
_SOUND = _SOUNDING + "".join(old for old, new in SIMPLIFIED.items() if new in set(_SOUNDING) and old not in _SOUNDING)

_DOTTED = re.compile(rf"[{_SOUND}]{{1,7}}(?:[·•‧・][{_SOUND}]{{1,7}}){{1,3}}")
_GLOSS = re.compile(r"[（(]([A-ZÀ-Þ][A-Za-zÀ-ɏ0-9.'’&, -]{2,60})[）)]")
_TAIL = re.compile(rf"([{HAN}·•‧・]{{2,}}) ?$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a name."""

    name: str
    articles: int
    """In how many articles it stands."""


def find_candidates(texts: Iterable[str]) -> tuple[str, ...]:
    """Foreign names written out in Chinese, `安东尼·布林肯`, each once."""
    return tuple(dict.fromkeys(found for text in texts for found in _DOTTED.findall(text) if len(found) > 3))


def find_glosses(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """What stands before a name in Latin letters and brackets, with that name, each once."""
    return tuple(dict.fromkeys(pair for text in texts for pair in _glosses(text)))


def _glosses(text: str) -> Iterator[tuple[str, str]]:
    for gloss in _GLOSS.finditer(text):
        before = text[max(gloss.start() - LONGEST_TAIL, 0) : gloss.start()]
        if tail := _TAIL.search(before):
            yield tail[1], gloss[1].strip()


def lacking(articles: Iterable[tuple[Sequence[str], Mentions]], authority: Authority) -> tuple[Candidate, ...]:
    """The most frequent candidates that `authority` does not know, over each article's own tags and mentions."""
    counts: Counter[str] = Counter()
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    tails: dict[str, list[str]] = defaultdict(list)
    for tags, mentions in articles:
        # the form that an article uses first is its own
        forms = {variant_key(form): form for form in reversed((*filter(_is_chinese, tags), *mentions.candidates))}
        counts.update(forms.keys())
        for key, form in forms.items():
            printed[key][form] += 1
        for gloss, tail in {gloss: tail for tail, gloss in mentions.glosses}.items():
            tails[gloss].append(tail)
    found = {key: Candidate(_usual(printed[key]), number) for key, number in counts.items()}
    for gloss, ends in tails.items():
        if len(ends) >= FEWEST_ARTICLES and (name := _shared_end(ends)) and not authority.find(gloss):
            known = found.pop(variant_key(name), Candidate(name, 0))
            found[variant_key(name)] = Candidate(f"{name} ({gloss})", max(known.articles, len(ends)))
    kept = [
        one
        for key, one in found.items()
        if one.articles >= FEWEST_ARTICLES and len(key) > 1 and not any(map(authority.find, _callings(key)))
    ]
    return tuple(sorted(kept, key=lambda one: (-one.articles, one.name))[:MOST_TOLD])


def in_words(candidates: Iterable[Candidate]) -> str:
    """One line for the report."""
    return ", ".join(f"{visible(one.name)} ({one.articles:,} articles)" for one in candidates)


def _is_chinese(tag: str) -> bool:
    # what Chinese outlets tag in English are topics: Technology, Surveillance
    return HAN_CHARACTER.search(tag) is not None


def _usual(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _callings(key: str) -> Iterator[str]:
    """A person is known where the surname is: what follows the last dot."""
    yield key
    yield key.rpartition("·")[2]


def _shared_end(ends: Sequence[str]) -> str:
    """The longest end that more than half of `ends` have; empty if they share less than two characters."""
    shared = Counter(end[-length:] for end in ends for length in range(2, len(end) + 1))
    common = (end for end, number in shared.items() if number * 2 > len(ends))
    return max(common, key=lambda end: (len(end), end), default="").lstrip("·•‧・")
