"""The performance: how it is played, the presets of that, and the big button."""

from __future__ import annotations

import bpy
from bpy.app.translations import pgettext_iface as iface_

from .. import gesture_model
from ..preferences import PRESET_FOLDER
from .common import draw_sentence
from .engine import draw_remedies

_ENGINE_PROBLEMS = {"WorkerError", "OutOfMemoryError"}


class A2G_MT_performance_presets(bpy.types.Menu):
    """Settings of the performance that were kept"""

    bl_label = "Performance Presets"
    preset_subdir = PRESET_FOLDER
    preset_operator = "script.execute_preset"
    draw = bpy.types.Menu.draw_preset


def draw_performance(layout: bpy.types.UILayout, context: bpy.types.Context, obj: bpy.types.Object) -> None:
    """Presets, seed, sliders, body parts; those that the model has not are greyed, and it is said below them."""
    model = gesture_model.current(context)
    row = layout.row(align=True)
    row.menu(A2G_MT_performance_presets.__name__, text=A2G_MT_performance_presets.bl_label)
    row.operator("a2g.add_performance_preset", text="", icon="ADD")
    row.operator("a2g.add_performance_preset", text="", icon="REMOVE").remove_active = True
    column = layout.column(align=True)
    column.active = model is None or model.config.is_random
    column.prop(obj, "a2g_seed")
    column.prop(obj, "a2g_take_count")
    column = layout.column(align=True)
    for name in ("energy", "calm", "posture", "variation"):
        row = column.row(align=True)
        row.enabled = model is None or gesture_model.has_control(model, name)
        row.prop(obj, f"a2g_{name}", slider=True)
    layout.prop(obj, "a2g_live")
    row = layout.row(align=True)
    row.use_property_split = False  # a label would leave the names too little room
    row.prop(obj, "a2g_body_parts", expand=True)
    row = layout.row(align=True)
    row.use_property_split = False
    row.prop(obj, "a2g_layering", expand=True)
    for text in gesture_model.limits(model) if model is not None else ():
        draw_sentence(layout, context, text, "INFO")


def draw_button(layout: bpy.types.UILayout, context: bpy.types.Context, operator: str = "a2g.generate") -> None:
    """The big button, or how far the job is; then how the last one ended."""
    status = context.window_manager.a2g
    row = layout.row(align=True)
    row.scale_y = 1.6
    if status.running:
        row.progress(factor=status.fraction, text=f"{iface_(status.phase)} {status.fraction:.0%}")
        row.operator("a2g.cancel", text="", icon="X")
    else:
        row.operator(operator, icon="PLAY_SOUND")
        row.operator("a2g.next_take", text="", icon="FILE_REFRESH")
    if status.message:
        draw_sentence(layout, context, status.message, "ERROR" if status.failed else "INFO")
        if status.failed and status.problem in _ENGINE_PROBLEMS:
            draw_remedies(layout, context)
        if status.failed:
            layout.operator("a2g.copy_report", icon="COPYDOWN")
