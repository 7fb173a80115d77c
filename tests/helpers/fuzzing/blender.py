"""What the add-on reads without Blender: its modules that do not import it, as a package of their own."""

from __future__ import annotations

import importlib
import sys
from functools import cache
from types import ModuleType
from typing import Any

from places import ROOT

_PACKAGE = "a2g_addon_without_blender"


@cache
def recipe_class() -> Any:
    """`scene.recipe.Recipe`. Its core is the one that is imported already, so that its errors are known."""
    importlib.import_module("a2g_core.performing.request")
    package = ModuleType(_PACKAGE)
    package.__path__ = [str(ROOT / "blender_addon")]
    sys.modules[_PACKAGE] = package
    for name in [n for n in sys.modules if n.partition(".")[0] == "a2g_core"]:
        sys.modules[f"{_PACKAGE}.{name}"] = sys.modules[name]
    return importlib.import_module(f"{_PACKAGE}.scene.recipe").Recipe
