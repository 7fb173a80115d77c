"""The character: which one it is, whether it is ready, and what to solve before gestures can be generated."""

from __future__ import annotations

import bpy

from ..ui import preflight
from .bones import draw_bones
from .common import draw_sentence


def draw_character(layout: bpy.types.UILayout, context: bpy.types.Context, obj: bpy.types.Object | None) -> None:
    """The picker, and what was recognised of its bones."""
    layout.prop(context.scene, "a2g_character")
    if obj is not None:
        draw_bones(layout, context, obj)


def draw_problems(layout: bpy.types.UILayout, context: bpy.types.Context, obj: bpy.types.Object | None) -> None:
    """Each problem with the buttons that solve it."""
    for problem in preflight.problems(context, obj):
        column = layout.column(align=True)
        draw_sentence(column, context, problem.text, problem.icon)
        for fix in problem.fixes:
            column.operator(fix.operator, icon=fix.icon)
