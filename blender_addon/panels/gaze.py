"""Gaze and face: a closed part of the main panel."""

from __future__ import annotations

import bpy

from ..a2g_core.errors import A2GError
from ..scene import gaze
from ..sentences import sentence
from .common import draw_sentence, folded


def draw_gaze(layout: bpy.types.UILayout, context: bpy.types.Context, obj: bpy.types.Object) -> None:
    """What is looked at, how firmly, and the jaw; what the character lacks for it is said."""
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
    row = body.row()
    row.active = not gaze.lacks_jaw(obj)
    row.prop(obj, "a2g_jaw", slider=True)
    try:
        gaze.check(context, obj)
    except A2GError as error:
        draw_sentence(body, context, sentence(error), "ERROR")
    if looks and gaze.lacks_eyes(obj):
        lacking = A2GError(
            "no bone is an eye of this character: its head turns alone", "choose them in the list of bones"
        )
        draw_sentence(body, context, sentence(lacking), "INFO")
    if obj.a2g_jaw and gaze.lacks_jaw(obj):
        lacking = A2GError("no bone is the jaw of this character", "choose it in the list of bones")
        draw_sentence(body, context, sentence(lacking), "INFO")
