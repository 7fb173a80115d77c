"""What the add-on's preferences look like."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import bpy
from bpy.app.translations import pgettext_iface as iface_

from .. import preferences, sentences
from ..owner import owned
from ..work import engine, gesture_model
from .common import draw_part, split
from .engine import draw_remedies, draw_setup

_MB = 1e6


def draw_preferences(chosen: Any, context: bpy.types.Context) -> None:
    """Model, engine, check, interface and kept takes, keys. chosen: the AddonPreferences."""
    layout = split(chosen.layout)
    draw_part(_draw_model, layout.box().column(), context, chosen)
    draw_part(_draw_engine, layout.box().column(), context, chosen)
    column = layout.box().column()
    column.operator("a2g.open_manual", icon="HELP")
    column.operator("a2g.check_setup", icon="CHECKMARK")
    sentences.draw_findings(column, owned(engine.Engine).last_check)
    draw_part(_draw_interface, layout.box().column(), context, chosen)
    draw_part(_draw_keys, layout.box().column(), context)


def _draw_interface(column: bpy.types.UILayout, _context: bpy.types.Context, chosen: Any) -> None:
    column.prop(chosen, "tab_name")
    column.prop(chosen, "thumbnails")
    column.prop(chosen, "log_level")
    column.prop(chosen, "log_file")
    row = column.row(align=True)
    row.operator("a2g.open_log", icon="TEXT")
    row.operator("a2g.copy_report", icon="COPYDOWN")
    column.prop(chosen, "cache_limit_mb")
    row = column.row()
    row.label(text=iface_("{size:.1f} MB kept").format(size=preferences.cache_bytes() / _MB))
    row.operator("a2g.clear_cache", icon="TRASH")


def _draw_model(layout: bpy.types.UILayout, context: bpy.types.Context, chosen: Any) -> None:
    layout.prop(chosen, "model_file")
    if problem := sentences.reason(gesture_model.load, gesture_model.chosen(context)):
        sentences.draw_wrapped(layout, problem, "ERROR", 90)
    else:
        layout.label(text=gesture_model.name(context), icon="CHECKMARK", translate=False)
    if chosen.model_file:
        layout.operator("a2g.use_builtin_model", icon="LOOP_BACK")


def _draw_engine(layout: bpy.types.UILayout, context: bpy.types.Context, chosen: Any) -> None:
    layout.prop(chosen, "engine")
    if chosen.engine == "WORKER":
        layout.prop(chosen, "worker_python")
        layout.prop(chosen, "device")
        settings = engine.settings(context)
        now = owned(engine.Engine).state(settings)
        layout.label(text=f"{iface_(now.device)} · {iface_(now.kind)}")
        if problem := now.problem or sentences.reason(engine.check, settings):
            sentences.draw_wrapped(layout, problem, "ERROR", 90)
            draw_remedies(layout, context)
    draw_setup(layout, context)


def _draw_keys(layout: bpy.types.UILayout, context: bpy.types.Context) -> None:
    """The commands that can be given a key, as Blender's own keymap editor shows them."""
    import rna_keymap_ui

    layout.label(text="Shortcuts", icon="KEYINGSET")
    configuration = context.window_manager.keyconfigs.user
    for operator, name, _space in preferences.COMMANDS:
        keymap: bpy.types.KeyMap | None = configuration.keymaps.get(name) if configuration is not None else None
        items: Iterable[bpy.types.KeyMapItem] = keymap.keymap_items if keymap is not None else ()
        item = next((item for item in items if item.idname == operator), None)
        if item is not None:
            layout.context_pointer_set("keymap", keymap)
            rna_keymap_ui.draw_kmi([], configuration, keymap, item, layout, 0)
