"""Imports point down, nothing below the edge touches the world, and one module alone calls markup safe."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PURE = {
    "model": set(),
    "text": {"model"},
    "markup": {"model", "text"},
    "sources": {"model", "text", "markup"},
    "library": {"model", "text"},
    "pages": {"model", "text", "markup", "library"},
}
EDGE = {"store": {*PURE}, "checks": {*PURE}, "report": {"model"}}
BELOW = {
    **PURE,
    **EDGE,
    "collecting": {*PURE, *EDGE},
    "pipeline": {*PURE, *EDGE, "collecting"},
    "command": {*PURE, *EDGE, "pipeline"},
    "build": {"command"},
}
WORLD = set(
    """
    asyncio concurrent ctypes fileinput getpass glob http io locale logging mmap multiprocessing os platform queue
    random secrets shutil signal socket sqlite3 ssl subprocess sys tempfile threading time urllib.request uuid
    """.split()
)
WORLDLY_CALLS = {"__import__(", "eval(", "exec(", "input(", "open(", "print("}
WORLDLY_CALLS |= {".now(", ".today(", ".utcnow(", ".read_text(", ".read_bytes(", ".write_text(", ".write_bytes("}
GATE = "beilin/markup/gate.py"
# The cache's decoder gives a block's markup its type back without naming it: what it reads, the gate has made.
TREES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8"))
    for path in sorted([ROOT / "build.py", *(ROOT / "beilin").rglob("*.py")])
}


def room(path: str) -> str:
    """Where in `beilin` a module stands: `store` for `beilin/store/cache.py`, `report` for `beilin/report.py`."""
    return path.removeprefix("beilin/").partition("/")[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[str]:
    """Dotted names of all that a module imports, inside functions too; `from a import b` is `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def called(tree: ast.AST) -> Iterator[str]:
    """All that a module calls: `name(` for a function, `.name(` for a method or a module's function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield f"{node.func.id}("
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield f".{node.func.attr}("


@pytest.mark.parametrize("path", [path for path in TREES if path != "beilin/__init__.py"])
def test_imports_point_down(path: str) -> None:
    here = room(path)
    rooms = {name.split(".")[1] for name in imported(TREES[path]) if name.startswith("beilin.")}
    assert rooms - BELOW[here] - {here, "__version__"} == set()
    assert not [name for name in imported(TREES[path]) if name.startswith(".")], "a relative import hides its room"


@pytest.mark.parametrize("path", [path for path in TREES if room(path) in PURE])
def test_below_the_edge_nothing_touches_the_world(path: str) -> None:
    tree = TREES[path]
    names = {name for name in imported(tree) if name.partition(".")[0] in WORLD or name.rpartition(".")[0] in WORLD}
    names |= {name for name in imported(tree) if name.startswith("pathlib") and not name.startswith("pathlib.Pure")}
    assert names == set()
    assert WORLDLY_CALLS & set(called(tree)) == set()


@pytest.mark.parametrize("path", [path for path in TREES if path != GATE])
def test_only_the_gate_calls_markup_safe(path: str) -> None:
    tree = TREES[path]
    assert not [call for call in called(tree) if call.strip(".(") in ("Markup", "SafeHtml")]
    assert not [
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.asname and alias.name in ("Markup", "SafeHtml", "markupsafe")
    ], "a second name would hide a call"
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "__html__"]
    switches = (node for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "autoescape")
    assert [ast.unparse(switch.value) for switch in switches if ast.unparse(switch.value) != "True"] == []


def test_no_template_calls_anything_safe() -> None:
    for path in (ROOT / "theme/templates").iterdir():
        assert not re.search(r"\|\s*safe\b|autoescape|Markup|__html__", path.read_text("utf-8")), path.name


def test_every_room_stands_on_the_plan() -> None:
    assert {room(path) for path in TREES} - {"__init__"} == set(BELOW)
