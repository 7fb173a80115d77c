"""The list of bones: a line that says what was recognised, and folded below it a field for each part of the body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import bpy
from bpy.app.translations import pgettext_iface as iface_

from ..a2g_core.body.skeleton import SIDES
from ..owner import owned
from ..preferences import BONES_PRESET_FOLDER
from ..ui import bone_diagram, bone_list, bone_rows
from .common import draw_sentence, folded

if TYPE_CHECKING:
    from bpy.stub_internal.rna_enums import IconItems

_DIAGRAM_UNITS = 10.0  # side of the drawing, in Blender's units
_NAME_SHARE = 0.3  # of a row; the rest is for the bone's name, which is often long


class A2G_MT_bones_presets(bpy.types.Menu):
    """Lists of bones that were kept"""

    bl_label = "Bones Presets"
    preset_subdir = BONES_PRESET_FOLDER
    preset_operator = "a2g.use_bones_preset"
    draw = bpy.types.Menu.draw_preset


def draw_bones(layout: bpy.types.UILayout, context: bpy.types.Context, obj: bpy.types.Object) -> None:
    """The line is the header of what it folds, which begins open where nothing sure was found."""
    found = bone_list.summary(obj)
    header, body = folded(layout, "a2g_bones" if found.is_sure else "a2g_bones_to_check", is_closed=found.is_sure)
    header.alert = not found.is_usable
    name = "" if context.scene.a2g_character == obj else f"{obj.name}: "
    header.label(text=name + found.text, icon="CHECKMARK" if found.is_usable else "ERROR", translate=False)
    if body is None:
        return
    for problem in bone_list.problems(obj):
        # Again beside the button, below: here it is told where it can be mended.
        draw_sentence(body, context, problem.text, problem.icon)
    if found.left_out:
        line = body.row()
        line.alert = True
        line.label(text=iface_("Left out: {names}").format(names=found.left_out), icon="INFO", translate=False)
    if icon := owned(bone_diagram.BoneDiagrams).icon(found):
        body.template_icon(icon_value=icon, scale=_DIAGRAM_UNITS)
    _draw_buttons(body.column(align=True))
    _draw_rows(body, context, obj, found, found.trunk())
    for section, rows in _ROWS.items():
        # Only arms and legs begin open.
        header, inside = folded(body, f"a2g_bones_{section}", is_closed=not section.endswith("limbs"))
        header.label(text=f"{iface_(_SECTIONS[section])} · {found.count(rows)}/{len(rows)}", translate=False)
        if inside is not None:
            _draw_rows(inside, context, obj, found, rows)


_SECTIONS = {
    "left_limbs": "Left Arm and Leg", "right_limbs": "Right Arm and Leg", "left_fingers": "Left Fingers",
    "right_fingers": "Right Fingers", "face": "Face",
}  # fmt: skip
_ROWS: dict[str, tuple[str, ...]] = {
    **{f"{side}_limbs": tuple(f"{side}_{row}" for row in bone_rows.LIMB_ROWS) for side in SIDES},
    **{f"{side}_fingers": tuple(f"{side}_{row}" for row in bone_rows.FINGER_ROWS) for side in SIDES},
    "face": bone_rows.FACE_ROWS,
}


def _draw_buttons(layout: bpy.types.UILayout) -> None:
    row = layout.row(align=True)
    row.menu(A2G_MT_bones_presets.__name__, text=A2G_MT_bones_presets.bl_label)
    row.operator("a2g.add_bones_preset", text="", icon="ADD")
    row.operator("a2g.add_bones_preset", text="", icon="REMOVE").remove_active = True
    row = layout.row(align=True)
    row.operator("a2g.mirror_bones", text="Mirror", icon="MOD_MIRROR")
    row.operator("a2g.swap_bones", text="", icon="ARROW_LEFTRIGHT")
    row.operator("a2g.guess_bones", icon="LOOP_BACK")
    row = layout.row(align=True)
    row.operator("a2g.import_bones", text="Import…", icon="IMPORT")
    row.operator("a2g.export_bones", text="Export…", icon="EXPORT")


def _draw_rows(
    layout: bpy.types.UILayout, context: bpy.types.Context, obj: bpy.types.Object, found: bone_list.Summary,
    rows: Sequence[str],
) -> None:  # fmt: skip
    """For each row what it is called, the bone in a search field, and a button that takes the bone that was clicked."""
    column = layout.column(align=True)
    column.use_property_split = False  # the label is ours, which is narrower
    column.enabled = obj.library is None
    for row in rows:
        split = column.split(factor=_NAME_SHARE, align=True)
        name, number = bone_rows.label(row)
        # Where both sides stand in one section, each row tells its own.
        name = bone_rows.names([row])[0] if row in bone_rows.FACE_ROWS else iface_(name)
        # The field is red, too; a sign is seen by everybody.
        icon: IconItems = "ERROR" if row in found.wanted else "NONE"
        split.label(text=f"{name} {number}" if number else name, icon=icon, translate=False)
        field = split.row(align=True)
        field.alert = row in found.wanted
        field.prop_search(context.scene.a2g_bones, row, obj.pose, "bones", text="", icon="BONE_DATA")
        field.operator("a2g.pick_bone", text="", icon="EYEDROPPER").row = row
