"""Gaze and face: a closed part of the main panel."""

from __future__ import annotations

import bpy

from ..a2g_core.errors import A2GError
from ..scene import gaze, shapes
from ..sentences import sentence
from .common import draw_sentence, folded


def draw_gaze(layout: bpy.types.UILayout, context: bpy.types.Context, obj: bpy.types.Object) -> None:
    """What is looked at, how firmly, lids and jaw; what the character lacks for it is said."""
    header, body = folded(layout, "a2g_gaze", is_closed=True)
    header.label(text="Gaze and Face")
    if body is None:
        return
    body.prop(obj, "a2g_look_at")
    looks = obj.a2g_look_at != "NONE"
    if obj.a2g_look_at == "OBJECT":
        body.prop(obj, "a2g_look_target")
    if looks:
        body.prop(obj, "a2g_look_strength", slider=True)
    has = shapes.connected(obj)
    column = body.column(align=True)
    for name, works in (("blink", shapes.BLINK in has), ("jaw", shapes.JAW in has or not gaze.lacks_jaw(obj))):
        row = column.row(align=True)
        row.active = works
        row.prop(obj, f"a2g_{name}", slider=True)
    if shapes.can_connect(context, obj):
        body.operator("a2g.connect_shapes", icon="SHAPEKEY_DATA")
    if has:
        body.operator("a2g.disconnect_shapes", icon="UNLINKED")
    try:
        gaze.check(context, obj)
    except A2GError as error:
        draw_sentence(body, context, sentence(error), "ERROR")
    if looks and gaze.lacks_eyes(obj) and not shapes.turn_eyes(has):
        lacking = A2GError(
            "no bone is an eye of this character: its head turns alone", "choose them in the list of bones"
        )
        draw_sentence(body, context, sentence(lacking), "INFO")
    if obj.a2g_jaw and gaze.lacks_jaw(obj) and shapes.JAW not in has:
        lacking = A2GError("no bone is the jaw of this character", "choose it in the list of bones")
        draw_sentence(body, context, sentence(lacking), "INFO")
