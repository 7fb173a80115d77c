"""The character: add one, and mend what keeps gestures from being written to it or from being seen."""

from __future__ import annotations

import bpy
from bpy.props import BoolProperty

from ..a2g_core.errors import A2GError
from ..scene import mannequin, rig, smplx_armature
from ..ui import state
from .base import A2GOperator


class A2G_OT_add_character(A2GOperator, bpy.types.Operator):
    """Add an armature with SMPL-X bones and choose it as the character"""

    bl_idname = "a2g.add_character"
    bl_label = "Add SMPL-X Armature"

    with_body: BoolProperty(
        name="Add Body",
        description="Add a mannequin that the armature moves, so that the gestures can be judged",
        default=True,
    )

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if context.mode != "OBJECT":
            raise A2GError("an armature can be added in Object Mode only", "go there with Tab")

    def run(self, context: bpy.types.Context) -> None:
        obj = smplx_armature.add_armature(context)
        context.scene.a2g_character = obj
        if self.with_body:
            mannequin.dress(obj)


class A2G_OT_make_override(A2GOperator, bpy.types.Operator):
    """Make a library override of the linked character, so that it can be animated here"""

    bl_idname = "a2g.make_override"
    bl_label = "Make Library Override"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if _chosen(context).library is None:
            raise A2GError("the character is not linked from another file", "there is nothing to override")

    def run(self, context: bpy.types.Context) -> None:
        obj = _chosen(context)
        made = obj.override_hierarchy_create(context.scene, context.view_layer, do_fully_editable=True)
        if made is None:
            raise A2GError(
                "'{name}' cannot be overridden", "use Object > Library Override > Make, or append it instead",
                name=obj.name,
            )  # fmt: skip
        context.scene.a2g_character = made


class A2G_OT_leave_mode(A2GOperator, bpy.types.Operator):
    """Take the character out of Edit Mode"""

    bl_idname = "a2g.leave_mode"
    bl_label = "Leave Edit Mode"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if _chosen(context).mode != "EDIT":
            raise A2GError("the character is not in Edit Mode", "there is nothing to leave")

    def run(self, context: bpy.types.Context) -> None:
        obj = _chosen(context)
        with context.temp_override(object=obj, active_object=obj):
            bpy.ops.object.mode_set(mode="OBJECT")


class A2G_OT_use_quaternions(A2GOperator, bpy.types.Operator):
    """Let the character's bones rotate by quaternion; their pose stays"""

    bl_idname = "a2g.use_quaternions"
    bl_label = "Use Quaternion Rotation"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        obj = _chosen(context)
        if not rig.turned_otherwise(obj):
            raise A2GError("all bones rotate by quaternion already", "there is nothing to change")
        if action := rig.keys_other_rotations(obj):
            raise A2GError(
                "action '{name}' keys rotations of these bones that are not quaternions, and would no longer move them",
                "bake it to quaternions or remove it first", name=action.name,
            )  # fmt: skip

    def run(self, context: bpy.types.Context) -> None:
        rig.use_quaternions(_chosen(context))


class _ActiveAction(A2GOperator):
    """Moves the active action onto an NLA track."""

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        data = _animation(context)
        if data is None or data.action is None:
            raise A2GError("the character has no active action", "there is nothing to move to the NLA")
        if data.use_tweak_mode:
            raise A2GError("an NLA strip of the character is being tweaked", "leave it with Tab in the NLA editor")


class A2G_OT_push_down_action(_ActiveAction, bpy.types.Operator):
    """Keep the character's active action as an NLA strip, so that it no longer hides the gestures"""

    bl_idname = "a2g.push_down_action"
    bl_label = "Push Down Action"

    def run(self, context: bpy.types.Context) -> None:
        rig.push_down_action(_chosen(context))


class A2G_OT_stash_action(_ActiveAction, bpy.types.Operator):
    """Keep the character's active action on a muted NLA track, so that it no longer plays"""

    bl_idname = "a2g.stash_action"
    bl_label = "Stash Action"

    def run(self, context: bpy.types.Context) -> None:
        rig.stash_action(_chosen(context))


class A2G_OT_leave_tweak_mode(A2GOperator, bpy.types.Operator):
    """Stop tweaking an NLA strip of the character"""

    bl_idname = "a2g.leave_tweak_mode"
    bl_label = "Leave Tweak Mode"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        data = _animation(context)
        if data is None or not data.use_tweak_mode:
            raise A2GError("no NLA strip of the character is being tweaked", "there is nothing to leave")

    def run(self, context: bpy.types.Context) -> None:
        _animation(context).use_tweak_mode = False


class A2G_OT_enable_nla(A2GOperator, bpy.types.Operator):
    """Let the character play its NLA tracks"""

    bl_idname = "a2g.enable_nla"
    bl_label = "Turn On NLA"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        data = _animation(context)
        if data is None or data.use_nla:
            raise A2GError("the NLA of the character is on", "there is nothing to turn on")

    def run(self, context: bpy.types.Context) -> None:
        _animation(context).use_nla = True


class A2G_OT_unsolo(A2GOperator, bpy.types.Operator):
    """Let all NLA tracks of the character play again, not only the one that plays solo"""

    bl_idname = "a2g.unsolo"
    bl_label = "Turn Off Solo"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        data = _animation(context)
        if data is None or not any(track.is_solo for track in data.nla_tracks):
            raise A2GError("no NLA track of the character plays solo", "there is nothing to turn off")

    def run(self, context: bpy.types.Context) -> None:
        for track in _animation(context).nla_tracks:
            if track.is_solo:
                track.is_solo = False


def _chosen(context: bpy.types.Context) -> bpy.types.Object:
    """The character; A2GError where there is none."""
    obj = state.character(context)
    if obj is None:
        raise A2GError("no character is chosen", "choose an armature under Character, or use Add SMPL-X Armature")
    return obj


def _animation(context: bpy.types.Context) -> bpy.types.AnimData | None:
    """The animation of the character; A2GError where it cannot be changed."""
    obj = _chosen(context)
    if obj.library is not None:
        raise A2GError("'{name}' is linked from another file", "make a library override of it first", name=obj.name)
    return obj.animation_data


CLASSES = (
    A2G_OT_add_character, A2G_OT_make_override, A2G_OT_leave_mode, A2G_OT_use_quaternions, A2G_OT_push_down_action,
    A2G_OT_stash_action, A2G_OT_leave_tweak_mode, A2G_OT_enable_nla, A2G_OT_unsolo,
)  # fmt: skip
