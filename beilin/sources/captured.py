"""Bytes of a file as a capture: decoded, its front matter apart, its control characters gone."""

from beilin.model.capture import Capture
from beilin.model.problem import Level, Problem
from beilin.sources.front_matter import split_front_matter
from beilin.text.characters import UNWANTED_CONTROLS
from beilin.text.decoding import decode


def as_capture(path: str, data: bytes, sha256: str) -> tuple[Capture | None, list[Problem]]:
    """The capture at `path`, and what is doubtful about its bytes; None where no encoding can be decided."""
    problems: list[Problem] = []
    decoded = decode(data)
    if decoded is None:
        message = "the encoding cannot be told; save the file as UTF-8, or declare it with <meta charset>"
        return None, [Problem(Level.ERROR, "encoding-undecidable", path, 1, message)]
    if decoded.is_damaged:
        line = decoded.text.count("\n", 0, decoded.text.index("\ufffd")) + 1
        message = "bytes that are not UTF-8 are shown as \ufffd; mend the file or capture the page again"
        problems.append(Problem(Level.WARNING, "encoding-damaged", path, line, message))
    text = UNWANTED_CONTROLS.sub("", decoded.text)
    split = split_front_matter(text)
    if split.is_recovered:
        message = 'the front matter is not YAML and was read line by line; write quotes inside quotes as \\"'
        problems.append(Problem(Level.WARNING, "front-matter-recovered", path, 1, message))
    return Capture(path, sha256, decoded.text, split.matter, split.body, split.body_line), problems
