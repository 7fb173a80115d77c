"""What panels show and why buttons are disabled: sentences about the scene, cheap enough for every redraw.

A check raises what is wrong and what to do about it; ``report.reason`` makes it the sentence that is shown. What the
checks look for is in ``preflight``.
"""

from __future__ import annotations

import bpy

from ..a2g_core.errors import A2GError
from ..scene import pins, rig
from ..scene.ghost import TAG
from ..scene.nla import Placed, placed_strips
from ..work import gesture_model
from . import preflight


def character(context: bpy.types.Context) -> bpy.types.Object | None:
    """The armature to act on: the chosen one, or else the active one, or else the scene's only one."""
    chosen = context.scene.a2g_character
    # The scene's choice keeps a deleted object alive, outside of it.
    if chosen is not None and chosen.users_scene:
        return chosen
    active = context.active_object
    if active is not None and active.type == "ARMATURE":
        return active
    armatures = [obj for obj in context.scene.objects if obj.type == "ARMATURE" and TAG not in obj]
    return armatures[0] if len(armatures) == 1 else None


def check_character(obj: bpy.types.Object | None) -> None:
    """A2GError if gestures cannot be written to this armature, or would not be seen to move it."""
    preflight.check(preflight.character_problems(obj))


def check_generate(context: bpy.types.Context) -> None:
    """A2GError if gestures cannot be generated now."""
    if context.window_manager.a2g.running:
        raise A2GError("gestures are being generated", "wait, or cancel")
    preflight.check(preflight.problems(context, character(context)))


def check_pins(context: bpy.types.Context) -> None:
    """A2GError if there is nothing to regenerate around, or the model cannot."""
    check_generate(context)
    gesture_model.check_pins(gesture_model.load(gesture_model.chosen(context)))
    if not pins.pinned_strips(character(context)):
        raise A2GError("no clip is pinned", "select NLA strips of the character and use Pin Selected Strips")


def selected_strips(context: bpy.types.Context) -> list[Placed]:
    """Selected NLA strips of the character; told by the strips themselves, so that no NLA editor is needed."""
    obj = character(context)
    return [] if obj is None else [placed for placed in placed_strips(obj) if placed.is_selected]


def readiness(obj: bpy.types.Object) -> str:
    """Which family of rigs it belongs to and how much of it can be moved."""
    family = rig.find_map(obj)
    return f"{family.label} · {len(rig.joints(obj))}/{len(family.joints)} bones"
