"""What a remembered reading depends on besides the capture's bytes."""

import functools
import hashlib
import json
from importlib.metadata import version
from pathlib import Path

import beilin
from beilin.model.site import Site

ROOMS = ("model", "text", "markup", "sources")
"""The packages whose code takes part in reading a capture."""
LIBRARIES = (
    *("selectolax", "nh3", "markdown-it-py", "mdit-py-plugins"),
    *("python-frontmatter", "pyyaml", "charset-normalizer"),
)


def rules_digest(site: Site) -> str:
    """Hex digest of the code, the libraries and the settings that decide how a capture is read."""
    settings = [
        sorted(site.hosts.items()),
        sorted(site.source_names.items()),
        list(site.ignored_tags),
        site.timezone,
        site.drafts,
    ]
    stated = json.dumps([_code_digest(), settings], ensure_ascii=False)
    return hashlib.sha256(stated.encode()).hexdigest()


@functools.cache
def _code_digest() -> str:
    digest = hashlib.sha256()
    home = Path(beilin.__file__).parent
    for room in ROOMS:
        for module in sorted((home / room).rglob("*")):
            if module.is_file() and module.suffix != ".pyc":
                digest.update(module.relative_to(home).as_posix().encode() + b"\0" + module.read_bytes() + b"\0")
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()
