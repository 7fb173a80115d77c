"""Add a gesture of the library to the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy
from bpy.props import EnumProperty

from ..a2g_core.gestures.library import catalogue, find
from ..scene import gestures
from ..speech.strips import scene_fps
from ..ui import state
from ..work import gesture_model
from .base import A2GOperator, Items, keep_items

if TYPE_CHECKING:
    from .base import Status

_AS_MADE = "AS_MADE"


def _gesture_items(_context: bpy.types.Context | None) -> Items:
    return [(row["name"], f"{row['name']} · {row['category']}", "") for row in catalogue()]


class A2G_OT_add_gesture(A2GOperator):
    """Pin a gesture that means something, with its emphasis on the current frame; legs and trunk go on as they are"""

    bl_idname = "a2g.add_gesture"
    bl_label = "Add Gesture at Playhead"
    bl_property = "gesture"

    gesture: EnumProperty(
        name="Gesture",
        description="What the gesture is called, and what it means",
        items=keep_items(_gesture_items),
    )
    hand: EnumProperty(
        name="Hand",
        description="Which hand does it",
        items=(
            (_AS_MADE, "As It Is", "The hand or hands that the gesture was recorded with"),
            ("LEFT", "Left", "The character's left hand"),
            ("RIGHT", "Right", "The character's right hand"),
            ("BOTH", "Both", "Both hands, each as the other's mirror if the gesture is one hand's"),
        ),
        default=_AS_MADE,
        options={"SKIP_SAVE"},
    )

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.editable_character(context)
        model = gesture_model.current(context)
        if model is not None:
            gesture_model.check_pins(model)

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> Status:
        """Ask which one, in a list that can be searched; a script or a menu has said it already."""
        if self.properties.is_property_set("gesture"):
            return self.execute(context)
        context.window_manager.invoke_search_popup(self)
        return {"RUNNING_MODAL"}

    def run(self, context: bpy.types.Context) -> None:
        obj, scene = state.chosen_character(context), context.scene
        gesture = find(self.gesture)
        if self.hand != _AS_MADE:
            gesture = gesture.with_hand(self.hand.lower())
        gestures.add(obj, gesture, scene.frame_current, scene_fps(scene))


CLASSES = (A2G_OT_add_gesture,)
