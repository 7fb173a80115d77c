"""The character: add one, and remove what keeps gestures from being written to it or from showing on it."""

from __future__ import annotations

import bpy
from bpy.props import BoolProperty
from mathutils import Vector

from ..a2g_core.errors import A2GError
from ..scene import active_action, girth, mannequin, nla, rig, smplx_armature
from ..ui import state
from .base import A2GOperator

_ROOM_M, _STEP_M = 0.7, 1.2
"""Nobody stands nearer to another one than the first; who would takes steps of the second."""


class A2G_OT_add_character(A2GOperator):
    """Add a body of our own at the 3D cursor, or beside who stands there, and choose it as the character"""

    bl_idname = "a2g.add_character"
    bl_label = "Add Character"

    with_body: BoolProperty(
        name="Add Body",
        description="Add a mannequin that the bones move, so that the gestures can be judged",
        default=True,
    )
    frame_view: BoolProperty(
        name="Frame View",
        description="Move the 3D View so that the character is seen; a view through a camera stays",
        default=True,
    )

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if context.mode != "OBJECT":
            raise A2GError("a character can be added in Object Mode only", "go there with Tab")

    def run(self, context: bpy.types.Context) -> None:
        obj = smplx_armature.add_armature(context, place=_free_place(context))
        context.scene.a2g_character = obj
        if self.with_body:
            mannequin.dress(obj)
        if self.frame_view and not bpy.app.background:
            _frame(context)


def _free_place(context: bpy.types.Context) -> Vector:
    """The 3D cursor, or as many steps to the side of it as others stand there."""
    others = [obj.matrix_world.translation for obj in context.scene.objects if obj.type == "ARMATURE"]
    place = context.scene.cursor.location.copy()
    while any((place - other).length < _ROOM_M for other in others):
        place.x += _STEP_M
    return place


def _frame(context: bpy.types.Context) -> None:
    """Let the 3D Views of the window show what is selected; a camera's view is the artist's shot."""
    for area in context.window.screen.areas if context.window is not None else ():
        for space in area.spaces:
            if not isinstance(space, bpy.types.SpaceView3D) or space != area.spaces.active:
                continue
            if space.region_3d is not None and space.region_3d.view_perspective != "CAMERA":
                region = next(region for region in area.regions if region.type == "WINDOW")
                with context.temp_override(area=area, region=region):
                    bpy.ops.view3d.view_selected()


class A2G_OT_measure_clearance(A2GOperator):
    """Measure the body that hands keep out of on the character's mesh; Hand Clearance then counts from it, from 0"""

    bl_idname = "a2g.measure_clearance"
    bl_label = "Measure Hand Clearance"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        rig.check(state.editable_character(context))

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        obj.a2g_solids = girth.to_text(girth.solids(obj))
        setattr(obj, "a2g_clearance", 0.0)  # noqa: B010 - a slider, of which no type is known; last: live updates follow it


class A2G_OT_forget_body(A2GOperator):
    """Let hands keep out of a body like that of Add Character again, not of the measured one"""

    bl_idname = "a2g.forget_body"
    bl_label = "Forget Measured Body"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if not state.editable_character(context).a2g_solids:
            raise A2GError("the body of the character was not measured", "there is nothing to forget")

    def run(self, context: bpy.types.Context) -> None:
        state.chosen_character(context).a2g_solids = ""


class A2G_OT_make_override(A2GOperator):
    """Make a library override of the linked character, so that it can be animated here"""

    bl_idname = "a2g.make_override"
    bl_label = "Make Library Override"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if state.chosen_character(context).library is None:
            raise A2GError("the character is not linked from another file", "there is nothing to override")

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        made = obj.override_hierarchy_create(context.scene, context.view_layer, do_fully_editable=True)
        if made is None:
            raise A2GError(
                "'{name}' cannot be overridden", "use Object > Library Override > Make, or append it instead",
                name=obj.name,
            )  # fmt: skip
        context.scene.a2g_character = made


class A2G_OT_leave_mode(A2GOperator):
    """Take the character out of Edit Mode"""

    bl_idname = "a2g.leave_mode"
    bl_label = "Leave Edit Mode"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if state.chosen_character(context).mode != "EDIT":
            raise A2GError("the character is not in Edit Mode", "there is nothing to leave")

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        with context.temp_override(object=obj, active_object=obj):
            bpy.ops.object.mode_set(mode="OBJECT")


class _ActiveAction(A2GOperator):
    """Moves the active action onto an NLA track."""

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        data = _animation(context)
        if data is None or data.action is None:
            raise A2GError("the character has no active action", "there is nothing to move to the NLA")
        if data.use_tweak_mode:
            raise A2GError("an NLA strip of the character is being tweaked", "leave it with Tab in the NLA editor")


class A2G_OT_push_down_action(_ActiveAction):
    """Keep the character's active action as an NLA strip, so that it no longer hides the gestures"""

    bl_idname = "a2g.push_down_action"
    bl_label = "Push Down Action"

    def run(self, context: bpy.types.Context) -> None:
        active_action.push_down_action(state.chosen_character(context))


class A2G_OT_stash_action(_ActiveAction):
    """Keep the character's active action on a muted NLA track, so that it no longer plays"""

    bl_idname = "a2g.stash_action"
    bl_label = "Stash Action"

    def run(self, context: bpy.types.Context) -> None:
        active_action.stash_action(state.chosen_character(context))


class A2G_OT_leave_tweak_mode(A2GOperator):
    """Stop tweaking an NLA strip of the character"""

    bl_idname = "a2g.leave_tweak_mode"
    bl_label = "Leave Tweak Mode"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        data = _animation(context)
        if data is None or not data.use_tweak_mode:
            raise A2GError("no NLA strip of the character is being tweaked", "there is nothing to leave")

    def run(self, context: bpy.types.Context) -> None:
        if (data := _animation(context)) is not None:
            data.use_tweak_mode = False


class A2G_OT_enable_nla(A2GOperator):
    """Let the character play its NLA tracks"""

    bl_idname = "a2g.enable_nla"
    bl_label = "Turn On NLA"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        data = _animation(context)
        if data is None or data.use_nla:
            raise A2GError("the NLA of the character is on", "there is nothing to turn on")
        nla.check_not_tweaked(state.chosen_character(context))

    def run(self, context: bpy.types.Context) -> None:
        if (data := _animation(context)) is not None:
            data.use_nla = True
            nla.wake(state.chosen_character(context))


class A2G_OT_unsolo(A2GOperator):
    """Let all NLA tracks of the character play again, not only the one that plays solo"""

    bl_idname = "a2g.unsolo"
    bl_label = "Turn Off Solo"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        data = _animation(context)
        if data is None or not any(track.is_solo for track in data.nla_tracks):
            raise A2GError("no NLA track of the character plays solo", "there is nothing to turn off")
        nla.check_not_tweaked(state.chosen_character(context))

    def run(self, context: bpy.types.Context) -> None:
        data = _animation(context)
        for track in data.nla_tracks if data is not None else ():
            if track.is_solo:
                track.is_solo = False
        nla.wake(state.chosen_character(context))


def _animation(context: bpy.types.Context) -> bpy.types.AnimData | None:
    """The animation of the character; A2GError where it cannot be changed."""
    return state.editable_character(context).animation_data


CLASSES = (
    A2G_OT_add_character, A2G_OT_make_override, A2G_OT_leave_mode, A2G_OT_push_down_action, A2G_OT_stash_action,
    A2G_OT_leave_tweak_mode, A2G_OT_enable_nla, A2G_OT_unsolo, A2G_OT_measure_clearance, A2G_OT_forget_body,
)  # fmt: skip
