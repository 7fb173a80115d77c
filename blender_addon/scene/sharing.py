"""Actions that several play. Blender lets duplicated objects and copied scenes share them, and a linked one cannot be
changed at all: what is changed for one character becomes its own first.
"""

from __future__ import annotations

from collections.abc import Collection

import bpy

from .. import bl
from .ghost import TAG
from .nla import placed_strips

_ONLY_SHOW = (bpy.types.Screen, bpy.types.WindowManager, bpy.types.WorkSpace)


def own_action(obj: bpy.types.Object, action: bpy.types.Action) -> bpy.types.Action | None:
    """The Action, if it can be changed and this object alone plays it; or else a copy, which the object's strips play
    from now on, as they played the Action. None if the object does not play it.
    """
    strips = strips_of(obj, action)
    if not strips:
        return None
    return give_copy(strips) if is_linked(action) or _others_use(obj, action) else action


def strips_of(obj: bpy.types.Object, action: bpy.types.Action) -> list[bpy.types.NlaStrip]:
    """The strips of an object that play an Action."""
    return [placed.strip for placed in placed_strips(obj) if placed.action == action]


def give_copy(strips: Collection[bpy.types.NlaStrip]) -> bpy.types.Action:
    """Let strips of one Action play a copy of it, which is returned."""
    copy = bl.action_of(next(iter(strips))).copy()
    if copy.override_library is not None:
        copy.make_local()
    for strip in strips:
        bl.set_nla_action(strip, copy)
    return copy


def give_back(obj: bpy.types.Object, copy: bpy.types.Action, action: bpy.types.Action) -> None:
    """Undo what `own_action` did."""
    for strip in strips_of(obj, copy):
        bl.set_nla_action(strip, action)
    if not copy.users:
        bpy.data.actions.remove(copy)


def is_linked(action: bpy.types.Action) -> bool:
    """Whether an Action cannot be changed in this file: it belongs to another one."""
    return action.library is not None or action.override_library is not None


def is_only_played_by(obj: bpy.types.Object, strips: Collection[bpy.types.NlaStrip]) -> bool:
    """Whether nothing else plays the Action of these strips of an object."""
    action = bl.action_of(next(iter(strips)))
    is_active = obj.animation_data is not None and obj.animation_data.action == action
    mine = strips_of(obj, action)
    return not is_active and all(strip in strips for strip in mine) and not _others_use(obj, action)


def _others_use(obj: bpy.types.Object, action: bpy.types.Action) -> bool:
    """Whether anything but an object, and ghosts, uses an Action."""
    # Counting is faster than asking all that the file holds, and nearly always enough: no more users than strips.
    if action.users <= len(strips_of(obj, action)) + action.use_fake_user:
        return False
    users = bpy.data.user_map(subset={action}).get(action, set()) - {obj}
    return any(not isinstance(user, _ONLY_SHOW) and TAG not in user.keys() for user in users)  # noqa: SIM118 (an ID is no dictionary)
