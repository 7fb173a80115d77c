"""Presets in Blender's own preset system: of the performance's settings, with three of ours; of the list of bones."""

from __future__ import annotations

from pathlib import Path

import bpy
from bl_operators.presets import AddPresetBase
from bpy.props import StringProperty

from ..a2g_core.errors import A2GError
from ..a2g_core.files import is_file
from ..a2g_core.performing.controls import table
from ..preferences import BONES_PRESET_FOLDER, PRESET_FOLDER
from ..scene import bones, rig_store
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


class A2G_OT_add_bones_preset(AddPresetBase, A2GOperator):  # type: ignore[misc]  # Blender's own base is untyped
    """Keep the list of bones as a preset, or remove the preset that was chosen last"""

    bl_idname = "a2g.add_bones_preset"
    bl_label = "Add Bones Preset"
    bl_options = {"REGISTER", "INTERNAL"}

    preset_menu = "A2G_MT_bones_presets"
    preset_subdir = BONES_PRESET_FOLDER

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        bones.rows(state.chosen_character(context))

    def add(self, context: bpy.types.Context, filepath: str) -> None:
        """Write the file. Called by Blender's base, whose own way would keep a guessed list as an empty one."""
        text = rig_store.to_text(bones.current_map(state.chosen_character(context)))
        Path(filepath).write_text(f"import bpy\n{_CHARACTER}\n\nobj.a2g_rig_map = {text!r}\n", encoding="utf-8")


class A2G_OT_use_bones_preset(A2GOperator):
    """Use this preset as the character's list of bones"""

    bl_idname = "a2g.use_bones_preset"
    bl_label = "Use Bones Preset"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    filepath: StringProperty(subtype="FILE_PATH", options={"SKIP_SAVE"})
    menu_idname: StringProperty(options={"HIDDEN", "SKIP_SAVE"})

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.editable_character(context)

    def run(self, _context: bpy.types.Context) -> None:
        if not self.filepath.endswith(".py") or not is_file(self.filepath):
            raise A2GError("there is no file '{path}'", "choose a file that exists", path=self.filepath)
        # Blender's own way, which makes no undo step.
        menu = self.menu_idname or A2G_OT_add_bones_preset.preset_menu
        bpy.ops.script.execute_preset(filepath=self.filepath, menu_idname=menu)


CLASSES = (A2G_OT_add_performance_preset, A2G_OT_add_bones_preset, A2G_OT_use_bones_preset)
