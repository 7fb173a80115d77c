"""What panels show and why buttons are disabled: sentences about the scene, cheap enough for every redraw.

A check raises what is wrong and what to do about it; ``report.reason`` makes it the sentence that is shown.
"""

from __future__ import annotations

import bpy

from . import engine, scene_audio, scene_motion, scene_pins
from .a2g_core.checkpoint import default_model_path
from .a2g_core.errors import A2GError
from .a2g_core.skeleton import SMPLX
from .scene_nla import Placed, placed_strips

_NAMES_SHOWN = 3


def character(context: bpy.types.Context) -> bpy.types.Object | None:
    """The armature to act on: the chosen one, or else the active one, or else the scene's only one."""
    chosen = context.scene.a2g_character
    # The scene's choice keeps a deleted object alive, outside of it.
    if chosen is not None and chosen.users_scene:
        return chosen
    active = context.active_object
    if active is not None and active.type == "ARMATURE":
        return active
    armatures = [obj for obj in context.scene.objects if obj.type == "ARMATURE"]
    return armatures[0] if len(armatures) == 1 else None


def check_character(obj: bpy.types.Object | None) -> None:
    """A2GError if gestures cannot be written to this armature, or would not be seen to move it."""
    if obj is None:
        raise A2GError("no character is chosen", "choose an armature under Character, or use Add SMPL-X Armature")
    if obj.library is not None:
        raise A2GError(f"'{obj.name}' is linked from another file", "make a library override of it first")
    if missing := scene_motion.missing_bones(obj):
        raise A2GError(
            f"'{obj.name}' has no bones named {_shorten(missing)}", "choose an armature with SMPL-X bone names"
        )
    if obj.mode == "EDIT":
        raise A2GError(f"'{obj.name}' is in Edit Mode", "leave it with Tab")
    bones = [obj.pose.bones[name] for name in SMPLX.names if name in obj.pose.bones]
    if others := [bone.name for bone in bones if bone.rotation_mode != "QUATERNION"]:
        raise A2GError(
            f"'{obj.name}' has bones that do not rotate by quaternion ({_shorten(others)})",
            "set their rotation mode to Quaternion (WXYZ)",
        )
    _check_animation(obj)


def _check_animation(obj: bpy.types.Object) -> None:
    data = obj.animation_data
    if data is None:
        return
    if data.use_tweak_mode:
        raise A2GError(f"an NLA strip of '{obj.name}' is being tweaked", "leave it with Tab in the NLA editor")
    if scene_motion.hides_nla(obj):
        raise A2GError(
            f"the active action '{data.action.name}' would hide the gestures",
            "use Push Down Action to keep it as an NLA strip",
        )
    if not data.use_nla:
        raise A2GError(f"the NLA of '{obj.name}' is turned off", "turn it on in the NLA editor")
    if any(track.is_solo for track in data.nla_tracks):
        raise A2GError(f"an NLA track of '{obj.name}' plays solo", "turn off its star in the NLA editor")


def check_generate(context: bpy.types.Context) -> None:
    """A2GError if gestures cannot be generated now."""
    if context.window_manager.a2g.running:
        raise A2GError("gestures are being generated", "wait, or cancel")
    obj = character(context)
    check_character(obj)
    if not default_model_path().is_file():
        raise A2GError("the gesture model is missing", "install the add-on again")
    engine.check(engine.settings(context))
    scene_audio.check_speech(context, obj)


def check_pins(context: bpy.types.Context) -> None:
    """A2GError if there is nothing to regenerate around."""
    check_generate(context)
    if not scene_pins.pinned_strips(character(context)):
        raise A2GError("no clip is pinned", "select NLA strips of the character and use Pin Selected Strips")


def selected_strips(context: bpy.types.Context) -> list[Placed]:
    """Selected NLA strips of the character; told by the strips themselves, so that no NLA editor is needed."""
    obj = character(context)
    return [] if obj is None else [placed for placed in placed_strips(obj) if placed.is_selected]


def readiness(obj: bpy.types.Object) -> str:
    """What kind of rig it is and how much of it can be moved."""
    present = sum(name in obj.data.bones for name in SMPLX.names)
    return f"SMPL-X · {present}/{len(SMPLX)} bones"


def _shorten(names: list[str]) -> str:
    more = len(names) - _NAMES_SHOWN
    return ", ".join(names[:_NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")
