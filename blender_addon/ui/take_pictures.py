"""Keeps the pictures of takes current, whoever changed the keys: those that a panel shows are compared with them.

A panel may not write while it draws, so a timer draws what does not fit any more, one picture at a time. Takes that
were made by this version have a picture already; files of earlier ones get theirs when the list is looked at.
"""

from __future__ import annotations

import bpy

from .. import bl
from ..owner import disown, own
from ..scene import nla, pictures, rig
from ..scene.takes import find_action, find_object
from ..timer import Timer
from ..work.redraw import redraw

_SOON_S, _NEXT_S = 0.1, 0.02


class TakePictures:
    """Pictures that are to be drawn. Used on the main thread alone."""

    def __init__(self) -> None:
        self.timer = Timer(self.draw_next)
        self._wanted: dict[int, int] = {}  # session UIDs: of the Action, and of the character

    def icon(self, obj: bpy.types.Object, strip: bpy.types.NlaStrip) -> int:
        """The number of the icon to show for a take of a character; 0 for none. Draws it soon, if it is not current."""
        if not pictures.are_wanted():
            return 0
        action = bl.action_of(strip)
        is_at_rest = not bpy.context.window_manager.a2g.running and not action.a2g.is_following
        if is_at_rest and obj.library is None and not pictures.is_current(strip):
            self._wanted[action.session_uid] = obj.session_uid
            self.timer.start(_SOON_S)
        return pictures.icon_of(action)

    def draw_next(self) -> float | None:
        """Draw one; the seconds until the next."""
        if not self._wanted:
            return None
        action_uid, character_uid = self._wanted.popitem()
        action, obj = find_action(action_uid), find_object(character_uid)
        if action is not None and obj is not None and not nla.is_tweaked(obj):
            pictures.draw(action, rig.read(obj))
            redraw({"UI"})
        return _NEXT_S if self._wanted else None


def register() -> None:
    """Start with nothing to draw."""
    own(TakePictures())


def unregister() -> None:
    """Draw no more."""
    disown(TakePictures).timer.stop()
