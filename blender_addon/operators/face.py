"""Shape keys of the face that follow takes, or no longer do."""

from __future__ import annotations

import bpy
from bpy.app.translations import pgettext_rpt as rpt_

from ..a2g_core.errors import A2GError
from ..scene import shapes
from ..ui import state
from .base import A2GOperator


class A2G_OT_connect_shapes(A2GOperator):
    """Let shape keys of the character's meshes follow its takes: a driver each, from numbers on the head's bone"""

    bl_idname = "a2g.connect_shapes"
    bl_label = "Connect Shape Keys"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.editable_character(context)

    def run(self, context: bpy.types.Context) -> None:
        n, left = shapes.connect(context, state.chosen_character(context))
        self.report({"INFO"}, rpt_("{n} shape keys follow from the next take on").format(n=n))
        if left:
            names = ", ".join(sorted(set(left)))
            self.report({"WARNING"}, rpt_("Left alone, as others drive, key or own them: {names}").format(names=names))


class A2G_OT_disconnect_shapes(A2GOperator):
    """Remove the drivers and numbers that let shape keys follow the character's takes"""

    bl_idname = "a2g.disconnect_shapes"
    bl_label = "Disconnect Shape Keys"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if not shapes.connected(state.editable_character(context)):
            raise A2GError("no shape key follows this character", "use Connect Shape Keys first")

    def run(self, context: bpy.types.Context) -> None:
        shapes.disconnect(context, state.chosen_character(context))


CLASSES = (A2G_OT_connect_shapes, A2G_OT_disconnect_shapes)
