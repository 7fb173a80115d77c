"""Lists strips that became pinned without our operators: by copying or splitting them in the NLA editor.

A panel may not write while it draws, so it asks for this, and a timer does it right afterwards. Without an interface
nothing needs it: reading pins does not depend on the list being up to date.
"""

from __future__ import annotations

import bpy

from ..owner import disown, own
from ..scene import pins
from ..timer import Timer
from . import state


class PinWatch:
    """Brings lists of pins up to date. Used on the main thread alone."""

    def __init__(self) -> None:
        self.timer = Timer(self.sync)
        self._stuck: set[int] = set()  # characters whose list cannot be changed: every redraw would try again

    def sync_soon(self, obj: bpy.types.Object) -> None:
        """Bring a character's list up to date after this redraw, if it is not."""
        if obj.library is not None or obj.session_uid in self._stuck or self.timer.is_running:
            return
        if not pins.is_current(obj):
            self.timer.start(0.0)

    def sync(self) -> None:
        """Bring the lists of the characters that are shown up to date."""
        for window in bpy.context.window_manager.windows:
            with bpy.context.temp_override(window=window):
                obj = state.character(bpy.context)
                if obj is not None and obj.library is None:
                    try:
                        pins.sync_entries(obj)
                    finally:
                        if not pins.is_current(obj):
                            self._stuck.add(obj.session_uid)


def register() -> None:
    """Start with no list that is known not to change."""
    own(PinWatch())


def unregister() -> None:
    """Drop what has not been done yet."""
    disown(PinWatch).timer.stop()
