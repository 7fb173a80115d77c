"""Follows what the artist does in Blender's own editors: strips that became pinned by copying or splitting them, and
takes that she renamed.

A panel may not write while it draws, so it asks for this, and a timer does it right afterwards. Without an interface
nothing needs it: reading pins and takes does not depend on lists and names being up to date.
"""

from __future__ import annotations

import bpy

from ..owner import disown, own
from ..scene import pins, take_names
from ..timer import Timer
from . import state


class Watch:
    """Brings lists of pins and names of takes up to date. Used on the main thread alone."""

    def __init__(self) -> None:
        self.timer = Timer(self.sync)
        self._stuck: set[int] = set()  # characters that cannot be changed so: every redraw would try again

    def sync_soon(self, obj: bpy.types.Object) -> None:
        """Bring a character up to date after this redraw, if it is not."""
        if obj.library is not None or obj.session_uid in self._stuck or self.timer.is_running:
            return
        if not _is_current(obj):
            self.timer.start(0.0)

    def sync(self) -> None:
        """Bring the characters that are shown up to date."""
        for window in bpy.context.window_manager.windows:
            with bpy.context.temp_override(window=window):
                obj = state.character(bpy.context)
                if obj is not None and obj.library is None:
                    try:
                        take_names.sync(obj)
                        pins.sync_entries(obj)
                    finally:
                        if not _is_current(obj):
                            self._stuck.add(obj.session_uid)


def _is_current(obj: bpy.types.Object) -> bool:
    return pins.is_current(obj) and take_names.are_current(obj)


def register() -> None:
    """Start with nothing that is known not to change."""
    own(Watch())


def unregister() -> None:
    """Drop what has not been done yet."""
    disown(Watch).timer.stop()
