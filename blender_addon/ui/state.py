"""The character to act on, and why a button is disabled; cheap enough for every redraw.

A check raises an error that says what is wrong and what to do about it; `sentences.reason` turns it into the sentence
that is shown. What the checks look for is in `preflight`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy

from ..a2g_core.errors import A2GError
from ..scene import as_ik, fewer_keys, ghost, nla, pins
from ..work import changes, gesture_model
from . import bone_list, preflight, problem

if TYPE_CHECKING:
    from ..scene.nla import Placed


def character(context: bpy.types.Context) -> bpy.types.Object | None:
    """The armature to act on: the chosen one, or else the active one, or else the scene's only one."""
    chosen = context.scene.a2g_character
    # The scene's choice keeps a deleted object alive, outside of it.
    if chosen is not None and chosen.users_scene:
        return chosen
    active = context.active_object
    if active is not None and active.type == "ARMATURE":
        return active
    armatures = [obj for obj in context.scene.objects if obj.type == "ARMATURE" and ghost.TAG not in obj.keys()]  # noqa: SIM118 (an Object is no dictionary)
    return armatures[0] if len(armatures) == 1 else None


def chosen_character(context: bpy.types.Context) -> bpy.types.Object:
    """The armature to act on; A2GError where there is none."""
    obj = character(context)
    if obj is None:
        raise A2GError("no character is chosen", "choose an armature under Character, or use Add Character")
    return obj


def editable_character(context: bpy.types.Context) -> bpy.types.Object:
    """The armature to act on; A2GError where there is none or it is linked."""
    obj = chosen_character(context)
    check_editable(obj)
    return obj


def check_editable(obj: bpy.types.Object) -> None:
    """A2GError if an object is linked from another file."""
    if obj.library is not None:
        raise A2GError("'{name}' is linked from another file", "make a library override of it first", name=obj.name)


def check_character(obj: bpy.types.Object | None) -> None:
    """A2GError if gestures cannot be written to this armature, or would not show on it."""
    preflight.check(preflight.character_problems(obj))


def check_writable(obj: bpy.types.Object | None) -> None:
    """A2GError if gestures cannot be written to this armature, be they seen there or not."""
    preflight.check(preflight.character_problems(obj), (problem.Effect.WRITING,))


def check_generate(context: bpy.types.Context, obj: bpy.types.Object | None = None, needs_speech: bool = True) -> None:
    """A2GError if gestures cannot be generated now, for this character or else the chosen one."""
    preflight.check(preflight.obstacles(context, obj or character(context), needs_speech))


def check_change(context: bpy.types.Context) -> None:
    """A2GError if the take that plays cannot be changed now."""
    is_silent = changes.is_playing_silence(context, character(context))
    check_generate(context, needs_speech=not is_silent)
    strip = changes.playing_take(context, chosen_character(context))
    as_ik.check_as_fk(strip)
    fewer_keys.check_dense(strip)
    changes.check_model(context, strip)


def check_pins(context: bpy.types.Context) -> None:
    """A2GError if there is nothing to regenerate around, or the model cannot."""
    check_generate(context, needs_speech=not changes.is_playing_silence(context, character(context)))
    gesture_model.check_pins(gesture_model.load(gesture_model.chosen(context)))
    if not pins.pinned_strips(chosen_character(context)):
        raise A2GError("no clip is pinned", "select NLA strips of the character and use Pin Selected Strips")


def selected_strips(context: bpy.types.Context) -> list[Placed]:
    """Selected NLA strips of the character. The strips themselves know, so no NLA editor is needed."""
    obj = character(context)
    return [] if obj is None else [placed for placed in nla.placed_strips(obj) if placed.is_selected]


def readiness(obj: bpy.types.Object) -> str:
    """What was recognised of an armature, and how many of its bones can be moved."""
    return bone_list.summary(obj).counted
