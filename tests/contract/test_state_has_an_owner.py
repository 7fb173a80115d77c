"""What the add-on remembers lies in objects made by `register()` (blender_addon/owner.py); tests use public names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADDON = [
    path
    for path in sorted((ROOT / "blender_addon").rglob("*.py"))
    if path.parent.name not in ("translations", "presets")
]
TESTS = [path for name in ("addon", "helpers") for path in sorted((ROOT / "tests" / name).rglob("*.py"))]

CONTAINERS = {"list", "dict", "set", "deque", "OrderedDict", "defaultdict", "Counter", "WeakSet", "WeakKeyDictionary"}
SYNCHRONISED = {"Lock", "RLock", "Event", "Condition", "Semaphore", "Queue", "Thread", "count", "local"}

OWNER = "owner.py"
"""The only module that may have mutable state: it holds everybody's objects."""

NOT_OURS = {"_exit", "_dyn_ui_initialize"}
"""Private names of Python and of Blender that a test cannot do without."""


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def is_mutable(value: ast.expr | None) -> bool:
    """Whether a module that assigns this must mean to change it later."""
    if isinstance(value, ast.List | ast.Dict | ast.Set):
        return not (value.keys if isinstance(value, ast.Dict) else value.elts)
    if isinstance(value, ast.Constant):
        return value.value is None
    if not isinstance(value, ast.Call):
        return False
    name = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
    return name in SYNCHRONISED or (name in CONTAINERS and not value.args)


def module_state(tree: ast.Module) -> Iterator[str]:
    """Names that a module assigns something mutable and empty, or None to be replaced."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and is_mutable(node.value):
            yield from (ast.unparse(target) for target in node.targets)
        elif isinstance(node, ast.AnnAssign) and is_mutable(node.value):
            yield ast.unparse(node.target)


def private_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, name) of every private name of somebody else's that a file uses."""
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Attribute) and not (
            isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
        ):
            names = [node.attr]
        elif isinstance(node, ast.ImportFrom):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in (
            "setattr", "getattr", "delattr",
        ):  # fmt: skip
            names = [a.value for a in node.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        for name in names:
            if name.startswith("_") and not name.startswith("__") and name not in NOT_OURS:
                yield node.lineno, name


@pytest.mark.parametrize("path", ADDON, ids=relative)
def test_no_module_of_the_add_on_keeps_state(path: Path) -> None:
    tree = parse(path)
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Global)]
    if path.name != OWNER:
        assert not list(module_state(tree))


@pytest.mark.parametrize("path", TESTS, ids=relative)
def test_tests_of_the_add_on_use_public_names(path: Path) -> None:
    assert not list(private_names(parse(path)))


def test_these_checks_see_what_they_look_for() -> None:
    state = (
        "_job = None\n_heard: dict[str, int] = {}\n_lock = threading.Lock()\n_lines = deque(maxlen=5)\nNAMES = ['a']\n"
    )
    assert list(module_state(ast.parse(state))) == ["_job", "_heard", "_lock", "_lines"]
    uses = "from scenes import _one\njobs._two\nself._mine\nmonkeypatch.setattr(live, '_three', 1)\nos._exit(0)\n"
    assert [name for _line, name in private_names(ast.parse(uses))] == ["_one", "_two", "_three"]
