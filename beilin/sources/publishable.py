"""Whether a capture holds an article at all."""

import re

from beilin.markup.draft import DraftBlock
from beilin.model.article import BlockKind
from beilin.model.capture import Capture
from beilin.model.problem import Level, Problem
from beilin.sources.front_matter import every
from beilin.sources.wrappers import Form, Unwrapped
from beilin.text.addresses import ADDRESS_IN_TEXT
from beilin.text.characters import is_blank

LICENCE = re.compile(
    r"Permission is hereby granted, free of charge|GNU (?:LESSER |AFFERO )?GENERAL PUBLIC LICENSE|"
    r"Apache License\s+Version 2\.0|Redistribution and use in source and binary forms|Mozilla Public License|"
    r"Creative Commons Legal Code|木兰宽松许可证",
    re.I,
)
"""Sentences that stand in every copy of the common software licences."""

PROJECT_HEADING = re.compile(
    r"^(?:#{1,4}|<h[1-4]>)\s*(?:install(?:ation|ing)?|usage|getting started|quick ?start|contribut(?:ing|ors)|"
    r"licen[cs]e|changelog|change log|supported versions|reporting a vulnerability|code of conduct|our pledge|"
    r"features|requirements|building|(?:[\w-]+ )?v?\d+\.\d+(?:\.\d+)?(?: .*)?|\[?unreleased\]?|"
    r"安装|使用方法|用法|快速开始|贡献|许可证?|更新日志)\s*:?\s*(?:</h[1-4]>)?$",
    re.I | re.M,
)
PROJECT_HEADINGS = 2
"""From so many of these headings on, a Markdown file without front matter is about a program, not a capture."""

_IS_TRUE = frozenset(("true", "yes", "1", "on"))


def is_draft(capture: Capture) -> bool:
    """Whether the front matter marks the capture as a draft; `draft: ["false"]`, as one tool writes, is published."""
    return any(value.lower() in _IS_TRUE for value in every(capture.front_matter, "draft"))


def why_not(capture: Capture, unwrapped: Unwrapped, blocks: list[DraftBlock]) -> Problem | None:
    """The reason why `capture` cannot be an article; None if it can."""
    code, message = _obstacle(capture, unwrapped, blocks)
    if not code:
        return None
    return Problem(Level.ERROR, code, capture.path, capture.body_line, message)


def _obstacle(capture: Capture, unwrapped: Unwrapped, blocks: list[DraftBlock]) -> tuple[str, str]:
    remedy = "list it under expected_unpublished in site.toml if that is as it should be"
    text = "\n".join(block.text for block in blocks)
    if not capture.front_matter and unwrapped.form is not Form.HTML:
        if LICENCE.search(text):
            return "not-a-capture", f"this is a software licence; move it out of content/ or {remedy}"
        if len(PROJECT_HEADING.findall(capture.body)) >= PROJECT_HEADINGS:
            return "not-a-capture", f"this reads as the documentation of a program; move it out of content/ or {remedy}"
    has_things = any(
        block.kind in (BlockKind.FIGURE, BlockKind.EMBED, BlockKind.TABLE, BlockKind.FORMULA) for block in blocks
    )
    has_things = has_things or any("sticker-missing" in block.html for block in blocks)
    if has_things:
        return "", ""
    if is_blank(text):
        return "empty-body", f"there is no text and no picture; capture the page again, or {remedy}"
    if is_blank(ADDRESS_IN_TEXT.sub("", text)):
        return "stub", f"the body is only an address; capture the page itself, or {remedy}"
    return "", ""
