"""The character: add one, and make its NLA visible."""

from __future__ import annotations

import bpy

from .. import scene_motion, scene_rig, state
from ..a2g_core.errors import A2GError
from .base import A2GOperator


class A2G_OT_add_character(A2GOperator, bpy.types.Operator):
    """Add an armature with SMPL-X bones and choose it as the character"""

    bl_idname = "a2g.add_character"
    bl_label = "Add SMPL-X Armature"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if context.mode != "OBJECT":
            raise A2GError("an armature can be added in Object Mode only", "go there with Tab")

    def run(self, context: bpy.types.Context) -> None:
        context.scene.a2g_character = scene_rig.add_armature(context)


class A2G_OT_push_down_action(A2GOperator, bpy.types.Operator):
    """Keep the character's active action as an NLA strip, so that it no longer hides the gestures"""

    bl_idname = "a2g.push_down_action"
    bl_label = "Push Down Action"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        obj = state.character(context)
        if obj is None or obj.animation_data is None or obj.animation_data.action is None:
            raise A2GError("the character has no active action", "there is nothing to push down")
        if obj.animation_data.use_tweak_mode:
            raise A2GError("an NLA strip of the character is being tweaked", "leave it with Tab in the NLA editor")

    def run(self, context: bpy.types.Context) -> None:
        scene_motion.push_down_action(state.character(context))


CLASSES = (A2G_OT_add_character, A2G_OT_push_down_action)
