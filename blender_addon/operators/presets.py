"""Presets of the performance's settings, in Blender's own preset system: the user's files, and three of ours."""

from __future__ import annotations

import bpy
from bl_operators.presets import AddPresetBase

from ..a2g_core.performing.controls import table
from ..preferences import PRESET_FOLDER
from ..ui import state
from .base import A2GOperator

# A preset's file repeats this when it is used: the chosen armature, or else the active one, or else the first.
_CHARACTER = (
    "obj = next(o for o in (bpy.context.scene.a2g_character, bpy.context.object, *bpy.context.scene.objects)"
    ' if o and o.type == "ARMATURE" and "a2g_ghost" not in o)'
)


class A2G_OT_add_performance_preset(AddPresetBase, A2GOperator):  # type: ignore[misc]  # Blender's own base is untyped
    """Keep the performance's settings as a preset, or remove the preset that was chosen last"""

    bl_idname = "a2g.add_performance_preset"
    bl_label = "Add Performance Preset"
    bl_options = {"REGISTER", "INTERNAL"}

    preset_menu = "A2G_MT_performance_presets"
    preset_subdir = PRESET_FOLDER
    preset_defines = [_CHARACTER]
    preset_values = [
        "obj.a2g_style", *(f"obj.a2g_{name}" for name in table()), "obj.a2g_body_parts", "obj.a2g_layering",
    ]  # fmt: skip

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.chosen_character(context)


CLASSES = (A2G_OT_add_performance_preset,)
