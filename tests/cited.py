"""The articles whose citations are compared with those of citeproc-js: every kind, and every awkward case."""

from samples import ADRIFT, HOME, article

from beilin.model.stamp import Stamp
from beilin.pages.citing.item import Item, describe

KINDS = ("rfa", "wechat", "plain")


def named(count: int) -> tuple[str, ...]:
    """As many made-up names as asked for."""
    return tuple(f"Mason {number}" for number in range(1, count + 1))


def dated(iso: str) -> Stamp:
    return Stamp(iso, "byline")


def of_each_kind() -> dict[str, Item]:
    """What may be missing of a newspaper's article, a blog's and a web page."""
    changes: dict[str, dict[str, object]] = {
        "whole": {},
        "without author": {"authors": ()},
        "without source": {"source": ""},
        "without author and source": {"authors": (), "source": ""},
        "without date": {"published": None},
        "without author and date": {"authors": (), "published": None},
        "without date and source": {"published": None, "source": ""},
        "without date, captured in a month": {"published": None, "captured": dated("2024-04")},
        "without date, captured in a year": {"published": None, "captured": dated("2024")},
        "without any date": {"published": None, "captured": None},
        "month": {"published": dated("2023-10")},
        "year": {"published": dated("2023")},
        "account as author": {"authors": ("某电台",)},
        "one translator": {"translators": ("译者甲",)},
        "two translators": {"translators": ("译者甲", "译者乙")},
        "three translators, no source": {"translators": ("译者甲", "译者乙", "译者丙"), "source": ""},
        "one translator alone": {"translators": ("译者甲",), "authors": ()},
        "three translators alone": {"translators": ("译者甲", "译者乙", "译者丙"), "authors": ()},
    }
    homeless: dict[str, dict[str, object]] = {
        "original address alone": {},
        "no address": {"original_url": None},
        "no address, no date": {"original_url": None, "published": None},
        "bare": {"original_url": None, "published": None, "captured": None, "authors": (), "source": ""},
    }
    cases = {}
    for kind in KINDS:
        cases |= {f"{kind}: {name}": describe(HOME, article(kind=kind, **change)) for name, change in changes.items()}
        cases |= {
            f"{kind}: {name}": describe(ADRIFT, article(kind=kind, **change)) for name, change in homeless.items()
        }
    return cases


def of_names() -> dict[str, Item]:
    cases = {f"{count} authors": {"authors": named(count)} for count in (2, 3, 6, 7, 20, 21, 22)}
    cases |= {f"{count} translators": {"translators": named(count)} for count in (6, 7)}
    whole = ("Stone and Sons, Inc.", "Who Goes There?", "“碑”社", "石碑社", "A & B", "甲, 乙", "某社？")
    cases |= {f"author {name}": {"authors": (name,)} for name in whole}
    cases["authors in two scripts"] = {"authors": ("石碑社", "Stone and Sons, Inc.")}
    cases |= {f"source {name}": {"source": name} for name in ("Radio Inc.", "Stop!", "“台”", "台？")}
    return {name: describe(HOME, article(**change)) for name, change in cases.items()}


def of_titles() -> dict[str, Item]:
    titles = (
        "“石碑”与‘林’",
        "他说：“石碑‘林’立”",
        "《石碑》：修补（上）",
        "管道|与{括号}和}}、[[方]]",
        "修补石碑?",
        "修补石碑.",
        "修补石碑:",
        "修补，",
        "一个“没有闭合",
        "石碑！”",
        "为何修补石碑？",
        "“为何修补？”",
        "石碑。",
        '石碑"修"补',
        "甲'乙",
        "<b>石</b>碑",
        "A_B & C ~ 100%",
    )
    cases = {f"title {title}": describe(HOME, article(title=title)) for title in titles}
    for title in ("the mending of steles: a history", "Where Are the Steles?", "NASA’s steles"):
        cases[f"title {title}"] = describe(HOME, article(title=title, lang="en", authors=("Stone Press",)))
    cases["traditional"] = describe(HOME, article(title="石碑的修補", lang="zh-Hant"))
    cases["an older version"] = describe(HOME, article(2), version=2)
    return cases


def of_months() -> dict[str, Item]:
    """Every month in every abbreviation."""
    months = [f"2023-{month:02}" for month in range(1, 13)]
    return {month: describe(HOME, article(published=dated(f"{month}-01"))) for month in months}


CASES = of_each_kind() | of_names() | of_titles() | of_months()
