"""What an artist has set and not keyed yet: it is gone once Blender plays the animation again, as it does for a scene
that a window shows again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import bpy

from .. import bl


class _Animated(NamedTuple):
    """A property that animation moves. end: its name, or its key in square brackets."""

    data: bpy.types.ID
    owner: str
    end: str

    def read(self) -> Any:
        """Its value, (k,) for one of several components; None if there is no such property."""
        try:
            value: Any = self.data.path_resolve(f"{self.owner}{self.end}" if self.owner else self.end.lstrip("."))
        except ValueError:
            return None
        return tuple(value) if hasattr(value, "__len__") and not isinstance(value, str) else value

    def write(self, value: Any) -> None:
        owner: Any = self.data.path_resolve(self.owner) if self.owner else self.data
        if self.end.endswith("]"):
            owner[self.end[2:-2]] = value
        else:
            setattr(owner, self.end.lstrip("."), value)


class Tweaks:
    """The values that all animated properties have at the time."""

    def __init__(self) -> None:
        self._values = {animated: value for animated in _animated() if (value := animated.read()) is not None}

    def restore(self) -> None:
        """Give them these again, those that have others by now."""
        for animated, value in self._values.items():
            if animated.read() != value:
                animated.write(value)


def _animated() -> Iterator[_Animated]:
    for name in dir(bpy.data):
        collection = getattr(bpy.data, name)
        if not isinstance(collection, bpy.types.bpy_prop_collection):
            continue
        for data in collection:
            for path in sorted(_paths(getattr(data, "animation_data", None))):
                at = path.rfind("[") if path.endswith("]") else path.rfind(".")
                yield _Animated(data, path[: max(at, 0)], path[max(at, 0) :])


def _paths(animation: bpy.types.AnimData | None) -> set[str]:
    """Of what an Action or the NLA plays."""
    if animation is None:
        return set()
    users: list[Any] = [animation, *(strip for track in animation.nla_tracks for strip in track.strips)]
    found: set[str] = set()
    while users:
        user = users.pop()
        users += getattr(user, "strips", ())  # of a meta strip
        if user.action is not None:
            found |= {curve.data_path for curve in bl.fcurves(user.action, getattr(user, "action_slot", None))}
    return found
