"""What the artist can do. Thin: each operator gathers, calls one function, and reports."""

from __future__ import annotations

import bpy

from .character import A2G_OT_add_character, A2G_OT_push_down_action
from .generate import A2G_OT_apply_take, A2G_OT_cancel, A2G_OT_generate, A2G_OT_regenerate_around_pins
from .pins import A2G_OT_pin_clips, A2G_OT_unpin_clips

CLASSES = (
    A2G_OT_generate, A2G_OT_regenerate_around_pins, A2G_OT_apply_take, A2G_OT_cancel,
    A2G_OT_add_character, A2G_OT_push_down_action,
    A2G_OT_pin_clips, A2G_OT_unpin_clips,
)  # fmt: skip


def register() -> None:
    """Register every operator."""
    for cls in CLASSES:
        bpy.utils.register_class(cls)
    bpy.types.VIEW3D_MT_armature_add.append(_draw_add)


def unregister() -> None:
    """Unregister every operator."""
    bpy.types.VIEW3D_MT_armature_add.remove(_draw_add)
    for cls in reversed(CLASSES):
        bpy.utils.unregister_class(cls)


def _draw_add(menu: bpy.types.Menu, _context: bpy.types.Context) -> None:
    menu.layout.operator(A2G_OT_add_character.bl_idname, text="SMPL-X Armature", icon="OUTLINER_OB_ARMATURE")
