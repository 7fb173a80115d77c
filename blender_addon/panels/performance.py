"""The performance: its sliders, their presets, and the big button."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy
from bpy.app.translations import pgettext_iface as iface_

from .. import sentences
from ..a2g_core.body import solids
from ..a2g_core.errors import A2GError
from ..a2g_core.performing.controls import table
from ..owner import owned
from ..preferences import PRESET_FOLDER
from ..scene import girth, seat, take_list
from ..ui import state, style_pictures
from ..work import gesture_model, orders
from .common import draw_parts, draw_sentence, style_label, whole
from .engine import draw_remedies

if TYPE_CHECKING:
    from ..a2g_core.model.checkpoint import Model

if TYPE_CHECKING:
    from bpy.stub_internal.rna_enums import IconItems

_ENGINE_PROBLEMS = {"WorkerError", "OutOfMemoryError"}
_NAME_SHARE = 0.4  # of a row, as where Blender puts labels to the left of values
_PICTURE_UNITS, _IN_A_ROW = 5.0, 3  # side of a style's picture, in Blender's units


class A2G_MT_performance_presets(bpy.types.Menu):
    """Settings of the performance that were kept"""

    bl_label = "Performance Presets"
    preset_subdir = PRESET_FOLDER
    preset_operator = "script.execute_preset"
    draw = bpy.types.Menu.draw_preset


class A2G_PT_styles(bpy.types.Panel):
    """Styles of the gesture model"""

    bl_label = "Style"
    bl_space_type = "VIEW_3D"
    bl_region_type = "HEADER"  # shown by its button alone, in whatever editor that is
    bl_options = {"INSTANCED"}
    bl_ui_units_x = 17

    @whole
    def draw(self, context: bpy.types.Context) -> None:
        """No style first, then those of the model, some in a row, each with its name below its picture."""
        obj, model = state.character(context), gesture_model.current(context)
        chosen = "" if obj is None else obj.a2g_style
        _draw_choice(self.layout, "", chosen)
        if model is None or not model.styles:
            return
        icons = {style: owned(style_pictures.StylePictures).icon(model, style) for style in model.styles}
        columns = _IN_A_ROW if any(icons.values()) else 1
        grid = self.layout.grid_flow(row_major=True, columns=columns, even_columns=True, even_rows=True)
        for style, icon in icons.items():
            column = grid.column(align=True)
            if icon:
                column.template_icon(icon_value=icon, scale=_PICTURE_UNITS)
            _draw_choice(column, style, chosen)


def _draw_choice(layout: bpy.types.UILayout, style: str, chosen: str) -> None:
    icon: IconItems = "RADIOBUT_ON" if style == chosen else "RADIOBUT_OFF"
    # Not translated here, or 'Open' would become a command.
    layout.operator("a2g.choose_style", icon=icon, text=style_label(style), translate=False).style = style


def draw_performance(layout: bpy.types.UILayout, context: bpy.types.Context, obj: bpy.types.Object) -> None:
    """Presets, seed, style, sliders, body parts. What the model lacks is greyed out, and a line below says so."""
    model = gesture_model.current(context)
    row = layout.row(align=True)
    row.menu(A2G_MT_performance_presets.__name__, text=A2G_MT_performance_presets.bl_label)
    row.operator("a2g.add_performance_preset", text="", icon="ADD")
    row.operator("a2g.add_performance_preset", text="", icon="REMOVE").remove_active = True
    column = layout.column(align=True)
    column.active = model is None or model.config.is_random
    row = column.row(align=True)
    row.prop(obj, "a2g_seed")
    row.prop(obj, "a2g_keep_seed", text="", icon="PINNED" if obj.a2g_keep_seed else "UNPINNED")
    column.prop(obj, "a2g_take_count")
    if model is not None and model.styles:
        _draw_style(layout, obj, model)
    column = layout.column(align=True)
    for name, control in table().items():
        row = column.row(align=True)
        row.enabled = model is None or control.works_with(model.config)
        row.prop(obj, f"a2g_{name}", slider=True)
        if name == "clearance":
            row.operator("a2g.measure_clearance", text="", icon="FULLSCREEN_ENTER")
            _draw_body(column, obj)
    layout.prop(obj, "a2g_live")
    draw_parts(layout, obj, "a2g_body_parts")
    row = layout.row(align=True)
    row.use_property_split = False
    row.prop(obj, "a2g_layering", expand=True)
    row = layout.row()
    row.active = obj.a2g_layering == "REPLACE"
    row.prop(obj, "a2g_seated")
    _draw_feet(layout, obj)
    row = layout.row()
    row.active = orders.can_idle(obj)
    row.prop(obj, "a2g_idle")
    for text in gesture_model.limits(model) if model is not None else ():
        draw_sentence(layout, context, text, "INFO")


def _draw_body(layout: bpy.types.UILayout, obj: bpy.types.Object) -> None:
    """How much wider than ours the measured body is, if there is one."""
    if not obj.a2g_solids:
        return
    row = layout.row(align=True)
    try:
        wider = girth.wider_cm(girth.measured(obj) or solids.OURS)
        text = iface_("Measured: chest {chest:+.0f}, belly {belly:+.0f}, pelvis {pelvis:+.0f}, thighs {thighs:+.0f} cm")
        row.label(text=text.format(**wider), translate=False)
    except A2GError as error:
        row.label(text=sentences.sentence(error), icon="ERROR", translate=False)
    row.operator("a2g.forget_body", text="", icon="X")


def _draw_feet(layout: bpy.types.UILayout, obj: bpy.types.Object) -> None:
    """Whether feet are planted, and how far they slide in the chosen take all the same."""
    column = layout.column(align=True)
    row = column.row()
    row.active = not seat.is_seated(obj)
    row.prop(obj, "a2g_plant_feet")
    chosen = take_list.active(obj)
    recipe = None if chosen is None else take_list.recipe_of(chosen[1])
    if recipe is not None and recipe.slide_cm >= 0.0:
        row = column.row()
        row.active = False
        row.alignment = "RIGHT"
        row.label(text=iface_("Feet slide by up to {n:.1f} cm").format(n=recipe.slide_cm), translate=False)


def _draw_style(layout: bpy.types.UILayout, obj: bpy.types.Object, model: Model) -> None:
    """A choice of the model's styles; shows the chosen one even if the model lacks it, or which one Any will draw."""
    row = layout.split(factor=_NAME_SHARE)
    name = row.row()
    name.alignment = "RIGHT"
    name.label(text="Style")
    is_lacking = obj.a2g_style not in ("", *model.styles)
    # Of several takes, each has its own.
    drawn = gesture_model.drawn_style(model, orders.next_seed(obj)) if obj.a2g_take_count == 1 else ""
    text = style_label(obj.a2g_style, drawn)
    row.popover(A2G_PT_styles.__name__, icon="ERROR" if is_lacking else "NONE", text=text, translate=False)
    if not bpy.app.background and not bpy.context.window_manager.a2g.running:
        owned(style_pictures.StylePictures).prepare(model)


def draw_button(layout: bpy.types.UILayout, context: bpy.types.Context, operator: str = "a2g.generate") -> None:
    """The big button and its kin, the job's progress, and how the last one ended.

    All of it has a place that it keeps while jobs come and go: whoever clicks again hits the same button.
    """
    row = layout.row(align=True)
    row.scale_y = 1.6
    row.operator(operator, icon="PLAY_SOUND")
    row.operator("a2g.next_take", text="", icon="FILE_REFRESH")
    column = layout.column(align=True)
    row = column.row(align=True)
    row.operator("a2g.generate_idle")
    row.operator("a2g.generate_listening")
    column.operator("a2g.generate_all", icon="COMMUNITY")
    column.operator("a2g.batch", icon="SPREADSHEET")
    _draw_progress(layout, context)
    status = context.window_manager.a2g
    if status.message:
        draw_sentence(layout, context, status.message, "ERROR" if status.failed else "INFO")
        if status.failed and status.problem in _ENGINE_PROBLEMS:
            draw_remedies(layout, context)
        if status.failed:
            layout.operator("a2g.copy_report", icon="COPYDOWN")


def _draw_progress(layout: bpy.types.UILayout, context: bpy.types.Context) -> None:
    """How far the running job is, how many wait, and the button that ends them. Else their room is empty."""
    status = context.window_manager.a2g
    text, factor = "", 0.0
    if status.running or status.following:
        phase = iface_(status.phase) if status.running else iface_("Following the slider")
        text, factor = f"{phase} {status.fraction:.0%}", status.fraction
    if status.waiting:
        text += iface_(", {n} to come").format(n=status.waiting)
    row = layout.row(align=True)
    if not text:
        row.label(text="")
        return
    row.progress(factor=factor, text=text)
    row.operator("a2g.cancel", text="", icon="X")
