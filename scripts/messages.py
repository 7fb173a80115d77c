"""Collects every text that an artist can see from the source: `python scripts/messages.py [--missing]`.

By default, prints the English texts, sorted. With --missing, prints what is missing from and what is left over in each
table of blender_addon/translations, and texts that cannot be translated; exits with 1 if there are any. Standard
library only: Blender is not needed.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from build_extension import GENERATION_ROOMS

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "blender_addon" / "translations"

KEEP = {
    "CPU", "Apple", "SMPL-X", "VRM", "Auto-Rig Pro", "3ds Max Biped", "Character Creator", "CloudRig", "Daz Genesis",
    "MakeHuman", "MikuMikuDance", "Rigify",
}  # fmt: skip
"""Names that are the same in every language."""


_TRANSLATORS = {"iface_", "tip_", "rpt_", "pgettext", "pgettext_iface", "pgettext_tip", "pgettext_rpt", "n_"}
_PROPERTIES = {
    "BoolProperty", "BoolVectorProperty", "CollectionProperty", "EnumProperty", "FloatProperty", "FloatVectorProperty",
    "IntProperty", "IntVectorProperty", "PointerProperty", "StringProperty",
}  # fmt: skip
# Calls that show texts: names and positions of the arguments.
_TEXTS: dict[str, tuple[str | int, ...]] = {
    **dict.fromkeys(_TRANSLATORS, (0,)),
    **dict.fromkeys(_PROPERTIES, ("name", "description")),
    **dict.fromkeys(
        ("label", "operator", "prop", "prop_search", "menu", "popover", "operator_menu_enum", "prop_menu_enum"),
        ("text", "heading", "placeholder"),
    ),
    **dict.fromkeys(("row", "column"), ("heading",)),
    "progress": ("text", 0),
    "report": (1,),
    "undo_push": ("message",),
    "popup_menu": ("title",),
    "popup_menu_pie": ("title",),
    "popover_begin__internal": ("title",),
    "invoke_props_dialog": ("title", "confirm_text"),
    "invoke_confirm": ("title", "message", "confirm_text"),
    "Finding": (0, "label"),
    "Control": ("label", "tooltip"),
    "_do": (0,),
    "abandon": (0,),
    "_end": (1,),
}  # fmt: skip
# Variables, attributes and arguments whose value is shown.
_VARIABLES = {"phase", "problem", "IDLE", "LOADING", "READY", "BUSY", "STOPPED", "bl_label", "bl_description"}
# Functions whose literal results are shown, and variables in one file.
_FUNCTIONS = {"description"}
_LOCAL = {
    ("engine.py", "names"), ("properties.py", "_BODY_PARTS"), ("bone_rows.py", "LABELS"),
    ("bone_list.py", "_SOURCES"), ("bones.py", "_SECTIONS"),
}  # fmt: skip

_IDENTIFIER = re.compile(r"[A-Z][A-Z0-9_]*")
_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass
class Found:
    """messages: each text with its locations (file:line). problems: texts that cannot be translated.

    english: errors of the core that remain in English, because they address programmers.
    """

    messages: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    english: list[str] = field(default_factory=list)


def collect(root: Path = ROOT) -> Found:
    """Collect all texts of the add-on and of the core's rooms in the zip."""
    addon = [p for p in sorted((root / "blender_addon").rglob("*.py")) if p.parent.name != "translations"]
    core = [path for name in GENERATION_ROOMS if (path := root / "a2g_core" / name).exists()]
    files = addon + [p for path in core for p in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in files}
    errors, found = _error_classes(trees.values()), Found()
    for path, tree in trees.items():
        _Reader(path.relative_to(root), errors, found).read(tree)
    for path in sorted((root / "a2g_core" / "body" / "rigmaps").glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))["label"]
        if label not in KEEP:
            found.messages.setdefault(label, []).append(f"{path.relative_to(root)}:1")
    library = root / "a2g_core" / "gestures" / "library.json"
    for row in json.loads(library.read_text(encoding="utf-8")) if library.exists() else ():
        for text in (row["name"], row["category"]):
            found.messages.setdefault(text, []).append(f"{library.relative_to(root)}:1")
    for path in sorted((root / "blender_addon" / "presets").rglob("*.py")):
        name = path.stem.replace("_", " ").title()  # as Blender shows it
        found.messages.setdefault(name, []).append(f"{path.relative_to(root)}:1")
    report = root / "blender_addon" / "sentences.py"
    found.messages.setdefault(sentence_pattern(trees[report]), [f"{report.relative_to(root)}:1"])
    return found


def sentence_pattern(tree: ast.Module) -> str:
    """The pattern by which sentences.py joins the two halves of an error."""
    values = _assigned(tree).get("PATTERN", [])
    return next(node.value for node in values if isinstance(node, ast.Constant))


def languages(folder: Path = TRANSLATIONS) -> dict[str, dict[str, str]]:
    """Translations by file name and English text, read without importing the files."""
    found = {}
    for path in sorted(folder.glob("*.py")):
        if path.stem != "__init__":
            (table,) = _assigned(ast.parse(path.read_text(encoding="utf-8")))["MESSAGES"]
            keys = [ast.literal_eval(key) for key in table.keys]
            if twice := {key for key in keys if keys.count(key) > 1}:
                raise SystemExit(f"{path.name} has duplicate texts: {sorted(twice)}")
            found[path.stem] = ast.literal_eval(table)
    return found


def placeholders(text: str) -> list[str]:
    """The placeholders in a text, with their format specifications, sorted."""
    return sorted(re.findall(r"{[^{}]*}", text))


class _Reader(ast.NodeVisitor):
    """Adds the texts of one file to what was found."""

    def __init__(self, path: Path, errors: set[str], found: Found) -> None:
        self.path, self.errors, self.found = path, errors, found
        self.assigned: dict[str, list[ast.expr]] = {}

    def read(self, tree: ast.Module) -> None:
        """Read the whole file."""
        self.assigned = _assigned(tree)
        self.visit(tree)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """An operator's docstring is its tooltip, if it has no other."""
        own = {target.id for item in node.body if isinstance(item, ast.Assign) for target in item.targets}
        if "_OT_" in node.name and "bl_description" not in own and (text := ast.get_docstring(node)):
            self._add(text, node)
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Defaults of arguments that are shown, and results of functions that are."""
        arguments = node.args.args[::-1]
        for argument, default in zip(arguments, node.args.defaults[::-1], strict=False):
            if argument.arg in _VARIABLES:
                self._take(default)
        if node.name in _FUNCTIONS:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    self._take(inner.value)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        """Values of variables that are shown."""
        for target in node.targets:
            for name, value in _pairs(target, node.value):
                self._take_variable(name, value)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """As an assignment without a type."""
        if node.value is not None:
            self._take_variable(_name(node.target), node.value)
        self.generic_visit(node)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        """An item of a menu: identifier, name, description and what may follow."""
        first = node.elts[:3]
        in_addon = self.path.parts[0] == "blender_addon" and len(first) == 3
        texts = [e.value for e in first if isinstance(e, ast.Constant) and isinstance(e.value, str)]
        if in_addon and len(texts) == 3 and _IDENTIFIER.fullmatch(texts[0]):
            self._take(first[1])
            self._take(first[2])
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """A call that shows something."""
        name = _name(node.func)
        options = {keyword.arg: keyword.value for keyword in node.keywords}
        for key in _TEXTS.get(name, ()):
            if isinstance(key, int) and len(node.args) > key:
                self._take(node.args[key])
            elif key in options:
                self._take(options[key])
        if "phase" in options:
            self._take(options["phase"])
        if name in self.errors:
            self._take_error([*node.args[:2], *(options[key] for key in ("problem", "hint") if key in options)])
        self.generic_visit(node)

    def _take_error(self, halves: list[ast.expr]) -> None:
        """Take both halves of an error or neither: a sentence must be in one language."""
        texts = [(half, list(_literals(half, self.assigned))) for half in halves]
        if self.path.parts[0] == "a2g_core" and any(_is_text(text) for _half, some in texts for text in some):
            self.found.english.append(f"{self.path}:{halves[0].lineno}")
            return
        for half, some in texts:
            self._take(half)
            if not some and isinstance(half, ast.Name):
                self._complain(half, f"the text of an error is a variable, '{half.id}'")

    def _take_variable(self, name: str, value: ast.expr) -> None:
        if name in _VARIABLES or (self.path.name, name) in _LOCAL:
            for shown in value.values if isinstance(value, ast.Dict) else [value]:
                for text in shown.elts if isinstance(shown, ast.Tuple) else [shown]:
                    self._take(text)

    def _take(self, node: ast.expr) -> None:
        """Add the texts that an expression can be."""
        for text in _literals(node, self.assigned):
            if isinstance(text, ast.Constant):
                self._add(text.value, node)
            elif _is_text(text):
                self._complain(text, "the text has values in it: pass them to .format, or to the error")

    def _add(self, text: str, node: ast.AST) -> None:
        text = text.strip()
        if _WORD.search(re.sub(r"{[^{}]*}", "", text)) and text not in KEEP:
            self.found.messages.setdefault(text, []).append(f"{self.path}:{node.lineno}")

    def _complain(self, node: ast.AST, why: str) -> None:
        problem = f"{self.path}:{node.lineno}: {why}"
        if problem not in self.found.problems:
            self.found.problems.append(problem)


def _literals(node: ast.expr, assigned: dict[str, list[ast.expr]], depth: int = 4) -> Iterator[ast.expr]:
    """The string constants, and the f-strings and formatted literals, that an expression can be."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node
    elif isinstance(node, ast.JoinedStr):
        yield node
    elif isinstance(node, ast.Call):
        is_filled = isinstance(node.func, ast.Attribute) and node.func.attr == "format"
        if is_filled and isinstance(node.func.value, ast.Constant):
            yield node
    else:
        parts = {ast.IfExp: ("body", "orelse"), ast.BinOp: ("left", "right")}.get(type(node), ())
        inner = [getattr(node, part) for part in parts]
        if isinstance(node, ast.BoolOp):
            inner = node.values
        elif isinstance(node, ast.Name) and depth:
            inner = assigned.get(node.id, [])
        for part in inner:
            yield from _literals(part, assigned, depth - 1)


def _is_text(node: ast.expr) -> bool:
    """Whether an f-string or a formatted literal contains words."""
    if isinstance(node, ast.Call):
        return bool(_WORD.search(re.sub(r"{[^{}]*}", "", node.func.value.value)))
    if not isinstance(node, ast.JoinedStr):
        return False
    constants = [part.value for part in node.values if isinstance(part, ast.Constant)]
    return any(_WORD.search(text) and text.strip() not in KEEP for text in constants)


def _assigned(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """Every value that is assigned to each name in a file."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for name, value in (pair for target in node.targets for pair in _pairs(target, node.value)):
                found.setdefault(name, []).append(value)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            found.setdefault(_name(node.target), []).append(node.value)
    return found


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Pairs of a name and the value assigned to it."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for inner, given in zip(target.elts, value.elts, strict=False):
            yield from _pairs(inner, given)
    else:
        yield _name(target), value


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _error_classes(trees: Iterator[ast.Module]) -> set[str]:
    """Names of A2GError and its subclasses."""
    bases = {n.name: {_name(b) for b in n.bases} for t in trees for n in ast.walk(t) if isinstance(n, ast.ClassDef)}
    found = {"A2GError"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def _show_missing(found: Found) -> int:
    """Print what is wrong; returns the exit status."""
    wrong = [f"cannot be translated: {problem}" for problem in found.problems]
    for name, table in languages().items():
        lacking = sorted(found.messages.keys() - table)
        wrong += [f"{name} lacks ({found.messages[text][0]}): {text!r}" for text in lacking]
        wrong += [f"{name} has too much: {text!r}" for text in sorted(table.keys() - found.messages)]
    print("\n".join(wrong) or "Every language is complete.")
    return 1 if wrong else 0


def main() -> int:
    """Print texts, or what is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--missing", action="store_true", help="print what is missing or left over in each language")
    found = collect()
    if parser.parse_args().missing:
        return _show_missing(found)
    print("\n".join(map(repr, sorted(found.messages))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
