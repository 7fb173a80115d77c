"""How a character sits: what the animation below its takes does with hips, legs and feet.

Its takes leave these alone, and keep its hands off its thighs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy
import numpy as np

from . import nla, rig
from .double import pose_of

if TYPE_CHECKING:
    from ..a2g_core.performing.seated import Seat

_LEGS = "LEGS"


def is_seated(obj: bpy.types.Object) -> bool:
    """Whether new takes of a character keep it in its seat."""
    return obj.a2g_seated and obj.a2g_layering == "REPLACE"


def body_parts(obj: bpy.types.Object) -> set[str]:
    """The parts of the body that new takes move."""
    return set(obj.a2g_body_parts) - ({_LEGS} if is_seated(obj) else set())


def read(context: bpy.types.Context, obj: bpy.types.Object, start_frame: int, fps: float) -> Seat | None:
    """How a character sits in a take whose speech begins on start_frame, over the scene's range; None if it does not.

    Its takes are left out. RigError if the armature cannot be a character.
    """
    from ..a2g_core.performing.seated import Seat

    if not is_seated(obj):
        return None
    scene = context.scene
    first, last = min(scene.frame_start, start_frame), max(scene.frame_end, start_frame)
    # What nothing moves sits on every frame as it does on this one.
    frames = np.arange(first, last + 1) if _moves(obj) else np.array([scene.frame_current])
    return Seat.of(rig.read_pose(obj, frames.tolist(), fps, without_takes=True), (int(frames[0]) - start_frame) / fps)


def _moves(obj: bpy.types.Object) -> bool:
    data = obj.animation_data
    if data is not None and (data.action is not None or len(data.drivers)):
        return True
    if any(placed.plays and not placed.action.a2g.is_take for placed in nla.placed_strips(obj)):
        return True
    return any(bone.constraints for bone in pose_of(obj).bones)
