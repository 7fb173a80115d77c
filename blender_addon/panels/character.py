"""The character: which one it is, whether it is ready, and what to solve before gestures can be generated."""

from __future__ import annotations

import bpy

from ..ui import preflight, state
from .common import draw_sentence


def draw_character(layout: bpy.types.UILayout, context: bpy.types.Context, obj: bpy.types.Object | None) -> None:
    """The picker, and a line that says whether the character is ready."""
    layout.prop(context.scene, "a2g_character")
    if obj is not None and next(preflight.character_problems(obj), None) is None:
        name = "" if context.scene.a2g_character == obj else f"{obj.name}: "
        layout.label(text=name + state.readiness(obj), icon="CHECKMARK")


def draw_problems(layout: bpy.types.UILayout, context: bpy.types.Context, obj: bpy.types.Object | None) -> None:
    """Each problem with the buttons that solve it."""
    for problem in preflight.problems(context, obj):
        column = layout.column(align=True)
        draw_sentence(column, context, problem.text, problem.icon)
        for fix in problem.fixes:
            column.operator(fix.operator, icon=fix.icon)
