"""The drawing above the list of bones: which joints of the body have a bone, and which need one first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import bpy.utils.previews
import numpy as np

from ..owner import disown, own
from ..scene import pictures

if TYPE_CHECKING:
    from .bone_list import Summary

_KEPT = 16
"""Drawings, of a character and its corrections."""


class BoneDiagrams:
    """Drawings by what they show. Used on the main thread alone; one takes less time than a panel."""

    def __init__(self) -> None:
        self._shown: Any = bpy.utils.previews.new()

    def find(self, found: Summary) -> Any:
        """The drawing of what was recognised, a preview of Blender; None if nothing was, or pictures are not wanted."""
        if not found.rows or not pictures.are_wanted():
            return None
        name = f"{' '.join(sorted(found.joints))} / {' '.join(sorted(found.wanted))}"
        if name not in self._shown:
            self._draw(name, found)
        return self._shown[name]

    def icon(self, found: Summary) -> int:
        """The number of its icon; 0 if there is none, or Blender has no interface."""
        drawing = self.find(found)
        return 0 if drawing is None else int(drawing.icon_id)

    def close(self) -> None:
        """Forget them."""
        bpy.utils.previews.remove(self._shown)

    def _draw(self, name: str, found: Summary) -> None:
        from ..a2g_core.body import diagram

        if len(self._shown) >= _KEPT:
            self._shown.clear()
        drawn = diagram.draw(found.joints, found.wanted)
        preview = self._shown.new(name)
        preview.image_size = drawn.shape[1::-1]
        preview.image_pixels_float.foreach_set(np.ascontiguousarray(drawn[::-1]).ravel())  # the lowest row first


def register() -> None:
    """Start with no drawing."""
    own(BoneDiagrams())


def unregister() -> None:
    """Forget them."""
    disown(BoneDiagrams).close()
