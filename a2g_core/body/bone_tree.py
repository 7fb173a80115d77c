"""An armature's bones as a tree: what is above and below a bone, and where it begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np


class BoneAt(NamedTuple):
    """A bone at rest. parent: name of the bone above it. head: where it begins, (3,) in armature space."""

    parent: str | None
    head: np.ndarray


class BoneTree:
    """The bones of one armature. Names that are asked for must be among them."""

    def __init__(self, bones: Mapping[str, BoneAt]) -> None:
        self.names: tuple[str, ...] = tuple(bones)
        heads = np.array([bone.head for bone in bones.values()], np.float64).reshape(-1, 3)
        self.heads: dict[str, np.ndarray] = dict(zip(bones, heads))
        self.parents: dict[str, str | None] = {
            name: bone.parent if bone.parent in bones else None for name, bone in bones.items()
        }
        self.children: dict[str, list[str]] = {name: [] for name in bones}
        for name, parent in self.parents.items():
            if parent is not None:
                self.children[parent].append(name)
        self._paths: dict[str, tuple[str, ...]] = {}

    def __contains__(self, name: object) -> bool:
        return name in self.parents

    def path(self, name: str) -> tuple[str, ...]:
        """The bones from the root down to a bone, with it."""
        if name not in self._paths:
            line = [name]
            while (above := self.parents[line[-1]]) is not None and above not in self._paths:
                line.append(above)
            found = self._paths[above] if above is not None else ()
            for bone in reversed(line):
                found = self._paths[bone] = (*found, bone)
        return self._paths[name]

    def is_above(self, upper: str, lower: str) -> bool:
        """Whether a bone is an ancestor of another one; not of itself."""
        path = self.path(upper)
        below = self.path(lower)
        return len(below) > len(path) and below[len(path) - 1] == upper

    def between(self, upper: str, lower: str) -> tuple[str, ...]:
        """The bones below the upper and above the lower one, from above; empty if the lower one hangs elsewhere."""
        return self.path(lower)[len(self.path(upper)) : -1] if self.is_above(upper, lower) else ()

    def common(self, names: Iterable[str]) -> str | None:
        """The lowest bone that is above all of these, or one of them; None without one."""
        paths = [self.path(name) for name in names]
        found = None
        for level in zip(*paths):
            if any(bone != level[0] for bone in level):
                break
            found = level[0]
        return found

    def below(self, name: str) -> list[str]:
        """All bones below a bone, each before those below it."""
        found: list[str] = []
        waiting = list(reversed(self.children[name]))
        while waiting:
            found.append(waiting.pop())
            waiting.extend(reversed(self.children[found[-1]]))
        return found
