"""Lists strips that became pinned without our operators, by copying or splitting them in the NLA editor.

A panel may write nothing while it draws, so it asks for this, and a timer does it right after. Without an interface
nothing needs it: reading pins does without the list being up to date.
"""

from __future__ import annotations

import bpy

from ..scene import pins
from . import state

_stuck: set[int] = set()  # characters whose list would not change; every redraw would try again


def sync_soon(obj: bpy.types.Object) -> None:
    """Bring a character's list up to date after this redraw if it is not."""
    if obj.library is not None or obj.session_uid in _stuck or bpy.app.timers.is_registered(sync):
        return
    if not pins.is_current(obj):
        bpy.app.timers.register(sync, first_interval=0.0)


def sync() -> None:
    """Bring the lists of the characters that are shown up to date."""
    for window in bpy.context.window_manager.windows:
        with bpy.context.temp_override(window=window):
            obj = state.character(bpy.context)
            if obj is not None and obj.library is None:
                pins.sync_entries(obj)
                if not pins.is_current(obj):
                    _stuck.add(obj.session_uid)


def register() -> None:
    """Nothing is known to resist."""
    _stuck.clear()


def unregister() -> None:
    """Drop what has not been done yet."""
    if bpy.app.timers.is_registered(sync):
        bpy.app.timers.unregister(sync)
