"""Views turned into pages by the theme's templates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateSyntaxError, meta, nodes

from beilin.model.page import Page

TRUSTING_FILTERS = ("safe", "urlize")
WEB_SCHEMES = ("https://", "http://")


class ThemeError(ValueError):
    """A theme that cannot be used; the message names every mistake, one a line: place, code, fact and remedy."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates and the strings of one language, checked and compiled once; travels to other processes as its sources.

    Templates see `view` and `frame` of the page and the strings as `t`. They cannot mark anything as safe.
    Raises ThemeError if a template does not compile, asks for a string or a template that is not there, or switches
    escaping off.
    """

    templates: Mapping[str, str]
    """Template name, such as `article.html`, → source."""
    strings: Mapping[str, str]
    """Key → interface text."""
    _environment: Environment = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        environment = build_environment(self.templates, self.strings)
        mistakes = [mistake for name in sorted(self.templates) for mistake in find_mistakes(environment, name, self)]
        if mistakes:
            raise ThemeError("\n".join(mistakes))
        object.__setattr__(self, "_environment", environment)

    def __reduce__(self) -> tuple[type["Theme"], tuple[dict[str, str], dict[str, str]]]:
        return Theme, (dict(self.templates), dict(self.strings))

    def render(self, page: Page) -> bytes:
        """The page as UTF-8 with `\\n` line ends.

        Raises jinja2.UndefinedError for a name the view does not have, TypeError where a template would print None.
        """
        html = self._environment.get_template(page.template).render(view=page.view, frame=page.frame)
        return html.replace("\r\n", "\n").replace("\r", "\n").encode()


def build_environment(templates: Mapping[str, str], strings: Mapping[str, str]) -> Environment:
    """The environment of a theme: everything escaped, nothing undefined, `t` also within imported macros."""
    environment = Environment(
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        finalize=refuse_none,
    )
    for name in TRUSTING_FILTERS:
        del environment.filters[name]
    environment.filters["grouped"] = group_digits
    environment.tests["web_address"] = is_web_address
    environment.globals["t"] = SimpleNamespace(**strings)
    return environment


def find_mistakes(environment: Environment, name: str, theme: Theme) -> Iterator[str]:
    """What is wrong with the template `name`, as lines of a report."""
    try:
        environment.get_template(name)
        tree = environment.parse(theme.templates[name], name)
    except TemplateSyntaxError as error:
        yield f"{name}:{error.lineno}: template-syntax: {error.message}"
        return
    for access in tree.find_all(nodes.Getattr):
        if isinstance(access.node, nodes.Name) and access.node.name == "t" and access.attr not in theme.strings:
            yield f"{name}:{access.lineno}: string-missing: t.{access.attr} has no text; add it to the language's file"
    for other in meta.find_referenced_templates(tree):
        if other not in theme.templates:
            yield f"{name}:1: template-missing: {other or 'a computed name'}; name a template of the theme"
    for switch in tree.find_all(nodes.EvalContextModifier):
        yield f"{name}:{switch.lineno}: escaping-switched: escaping cannot be switched; remove the autoescape block"


def refuse_none(value: Any) -> Any:
    """`value` itself; raises TypeError for None, which no reader should ever see as a word."""
    if value is None:
        raise TypeError("a template prints a value that is None; ask for it with `if` first")
    return value


def group_digits(number: int) -> str:
    """`12,345` for 12345."""
    return f"{number:,}"


def is_web_address(url: str | None) -> bool:
    """Whether `url` may stand in a link that leaves the site: `javascript:` and its like may not."""
    return url is not None and url.lower().startswith(WEB_SCHEMES)
