"""The style of the performance: one of the gesture model's, or any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy
from bpy.app.translations import pgettext_tip as tip_
from bpy.props import StringProperty

from ..a2g_core.errors import A2GError
from ..ui import state
from ..work import gesture_model
from .base import A2GOperator

if TYPE_CHECKING:
    from .base import Status


class A2G_OT_choose_style(A2GOperator):
    """Choose the style in which the character performs, among those of the gesture model"""

    bl_idname = "a2g.choose_style"
    bl_label = "Choose Style"

    style: StringProperty(
        name="Style",
        description="Style of the gesture model to perform in; when empty, one is drawn with each take",
        options={"SKIP_SAVE"},
    )

    @classmethod
    def description(cls, _context: bpy.types.Context, options: bpy.types.OperatorProperties) -> str:
        """Tooltip by the entry of the list."""
        if not options.is_property_set("style"):
            return tip_(cls.__doc__)
        return tip_("Perform in this style") if options.style else tip_("A style chosen at random for each take")

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        obj = state.editable_character(context)
        if not gesture_model.load(gesture_model.chosen(context)).styles and not obj.a2g_style:
            raise A2GError("this model has no styles", "choose one that has them in the preferences")

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Ask which style, unless it was chosen in the list."""
        if self.properties.is_property_set("style") or bpy.app.background:
            return self.execute(context)
        bpy.ops.wm.call_panel(name="A2G_PT_styles", keep_open=False)
        return {"INTERFACE"}

    def run(self, context: bpy.types.Context) -> None:
        gesture_model.check_style(gesture_model.load(gesture_model.chosen(context)), self.style)
        state.chosen_character(context).a2g_style = self.style


CLASSES = (A2G_OT_choose_style,)
