"""What the project says of itself is so: documents, version, headers, commands."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import beilin
from beilin.model.site import Site
from beilin.pages.sitemap import HEADERS

ROOT = Path(__file__).parent.parent
NOT_OURS = {".git", ".venv", "venv", "site", "build", "results", "__pycache__"}
OUR_HIDDEN = {".ci", ".gitattributes", ".gitignore"}
README = (ROOT / "README.md").read_text("utf-8")
MODULES = [
    path
    for folder in ("beilin", "tests", "benchmarks", "docs")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if not NOT_OURS & set(path.relative_to(ROOT).parts)
]


def files() -> Iterator[Path]:
    """Every file of the project; nothing that a build, a test or a tool left behind."""
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        is_hidden = any(part.startswith(".") and part not in OUR_HIDDEN for part in parts)
        is_left = bool(NOT_OURS & set(parts)) or any(part.endswith(".egg-info") for part in parts)
        if path.is_file() and not is_hidden and not is_left:
            yield path


def test_the_readme_s_two_commands_are_the_ones_that_ci_runs() -> None:
    commands = re.findall(r"(?m)^```sh\n(python3 -m venv [^\n]*)\n```$", README)
    assert len(commands) == len(re.findall(r"(?m)^python3 -m venv", README)) == 2
    assert commands[0].endswith("&& .venv/bin/python build.py")
    assert commands[1].endswith("&& .venv/bin/python -m pytest")
    assert "grep '^python3 -m venv' README.md" in (ROOT / ".ci/run").read_text("utf-8")


def test_every_module_says_what_it_is() -> None:
    undescribed = [
        path for path in [ROOT / "build.py", *MODULES] if not ast.get_docstring(ast.parse(path.read_bytes()))
    ]
    assert undescribed == []


def test_the_changelog_begins_with_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    first = re.search(r"(?m)^## \[([^\]]+)\]", changelog)
    assert first
    assert first[1] == beilin.__version__
    assert f"[{beilin.__version__}]:" in changelog or f"## [{beilin.__version__}] - unreleased" in changelog


def test_no_file_names_a_private_path() -> None:
    private = re.compile(rb"(?<![\w./-])/(?:work|tmp|root|home|mnt|Users|private)/\w|[A-Z]:\\Users\\\w")
    assert [path for path in files() if private.search(path.read_bytes())] == []


def test_netlify_sends_the_headers_that_the_site_writes() -> None:
    written: dict[str, dict[str, str]] = {}
    for line in HEADERS.splitlines():
        if line.startswith("/"):
            rule = written.setdefault(line, {})
        elif line:
            name, _, value = line.strip().partition(": ")
            rule[name] = value
    netlify = tomllib.loads((ROOT / "netlify.toml").read_text("utf-8"))
    assert {rule["for"]: rule["values"] for rule in netlify["headers"]} == written
    assert netlify["build"]["publish"] == "site"


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_documents_link_to_what_is_there(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    missing = [name for name in targets if name and "://" not in name and not (ROOT / name).exists()]
    assert missing == []


def test_the_readme_names_every_setting_and_every_option() -> None:
    settings = [field.name for field in fields(Site) if field.name != "drafts"]
    assert [name for name in settings if f"`{name}`" not in README] == []
    options = re.findall(r'"(--[a-z-]+)"', (ROOT / "beilin/command.py").read_text("utf-8"))
    assert [option for option in options if option not in ("--version", "--help") and option not in README] == []
