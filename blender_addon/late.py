"""Modules that are imported when something of them is first used, as most of what operators and panels stand on is.

Every start of Blender waits for what `register()` imports. A room whose `__init__` says

    if not TYPE_CHECKING:
        __getattr__ = late.modules(__name__, __path__)

gives its modules so to everyone who writes `from ..room import module`; `from ..room.module import name` imports at
once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from types import ModuleType
from typing import Any


class _Late(ModuleType):
    """Stands for a module. What is asked of it, and set on it, is the module's own, which it imports for that.

    Any thread may use it: it is Python's own import that waits for another thread's.
    """

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(import_module(self.__name__), name, value)

    def __delattr__(self, name: str) -> None:
        delattr(import_module(self.__name__), name)


ROOMS = ("scene", "speech", "work", "ui")
"""Those that give their modules so."""


def modules(room: str, folders: Iterable[str]) -> Callable[[str], ModuleType]:
    """The `__getattr__` of a package in these folders: its modules, each until it is imported."""
    known = _modules_in(folders)

    def module(name: str) -> ModuleType:
        if name not in known:
            raise AttributeError(f"module '{room}' has no attribute '{name}'")
        # Import puts the module itself in its place.
        found = vars(sys.modules[room])[name] = _Late(f"{room}.{name}")
        return found

    return module


def import_all() -> None:
    """Import what has not been asked for yet."""
    for room in ROOMS:
        package = f"{__package__}.{room}"
        for name in sorted(_modules_in(import_module(package).__path__)):
            import_module(f"{package}.{name}")


def _modules_in(folders: Iterable[str]) -> set[str]:
    files = {file.partition(".")[0] for folder in folders for file in os.listdir(folder)}
    return {name for name in files if not name.startswith("_")}
