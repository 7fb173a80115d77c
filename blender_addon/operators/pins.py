"""Pin NLA strips and unpin them."""

from __future__ import annotations

import bpy

from .. import scene_pins, state
from ..a2g_core.errors import PinError
from .base import A2GOperator


class A2G_OT_pin_clips(A2GOperator, bpy.types.Operator):
    """Make generated motion follow the selected NLA strips of the character"""

    bl_idname = "a2g.pin_clips"
    bl_label = "Pin Selected Strips"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        strips = [strip for _track, strip in state.selected_strips(context)]
        if not strips:
            raise PinError("no NLA strip of the character is selected", "select some in the NLA editor")
        if any(strip.action is None for strip in strips):
            raise PinError("a selected strip has no action of its own", "select action strips only")
        if any(strip.action.library is not None for strip in strips):
            raise PinError("a selected strip's action is linked from another file", "make it local first")

    def run(self, context: bpy.types.Context) -> None:
        obj = state.character(context)
        for track, strip in state.selected_strips(context):
            scene_pins.pin_strip(obj, track, strip)


class A2G_OT_unpin_clips(A2GOperator, bpy.types.Operator):
    """Let generated motion no longer follow the selected NLA strips"""

    bl_idname = "a2g.unpin_clips"
    bl_label = "Unpin Selected Strips"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        strips = [strip for _track, strip in state.selected_strips(context)]
        if not any(strip.action is not None and strip.action.a2g.pinned for strip in strips):
            raise PinError("no pinned NLA strip of the character is selected", "select one in the NLA editor")

    def run(self, context: bpy.types.Context) -> None:
        obj = state.character(context)
        for _track, strip in state.selected_strips(context):
            if strip.action is not None and strip.action.a2g.pinned:
                scene_pins.unpin_strip(obj, strip)
