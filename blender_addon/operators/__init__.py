"""What the artist can do. Thin: each operator gathers, calls one function, and reports."""

from __future__ import annotations

import bpy

from . import character, engine, generate, pins, speech

CLASSES = tuple(cls for module in (generate, character, pins, engine, speech) for cls in module.CLASSES)


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
    menu.layout.operator(character.A2G_OT_add_character.bl_idname, text="SMPL-X Armature", icon="OUTLINER_OB_ARMATURE")
