"""The buttons beside problems of takes and of the scene: each solves what `ui.showing` finds."""

from __future__ import annotations

import bpy

from ..a2g_core.body.skeleton import joints_of
from ..a2g_core.errors import A2GError
from ..scene import nla, rig, seat, take_list, takes
from ..speech import strips
from ..ui import state
from ..work import changes, orders
from .base import A2GOperator


class A2G_OT_use_pose_position(A2GOperator):
    """Let the armature show its pose instead of its rest position"""

    bl_idname = "a2g.use_pose_position"
    bl_label = "Use Pose Position"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if not rig.is_in_rest_position(state.editable_character(context)):
            raise A2GError("the character is not in Rest Position", "there is nothing to change")

    def run(self, context: bpy.types.Context) -> None:
        rig.use_pose_position(state.chosen_character(context))


class A2G_OT_reset_time_stretching(A2GOperator):
    """Let the scene play at the speed of its sound: set New to what Old is under Time Stretching"""

    bl_idname = "a2g.reset_time_stretching"
    bl_label = "Turn Off Time Stretching"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        render = context.scene.render
        if render.frame_map_new == render.frame_map_old:
            raise A2GError("Time Stretching is off", "there is nothing to turn off")

    def run(self, context: bpy.types.Context) -> None:
        context.scene.render.frame_map_new = context.scene.render.frame_map_old


class A2G_OT_mute_constraints(A2GOperator):
    """Mute the constraints and drivers that turn bones of the chosen body parts, so that the keys alone turn them"""

    bl_idname = "a2g.mute_constraints"
    bl_label = "Mute Constraints and Drivers"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        obj = state.editable_character(context)
        chosen = joints_of(seat.body_parts(obj))
        if not rig.constraints(obj, chosen) and not rig.drivers(obj, chosen):
            raise A2GError("no constraint or driver turns these bones", "there is nothing to mute")

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        chosen = joints_of(seat.body_parts(obj))
        for _bone, constraint in rig.constraints(obj, chosen):
            constraint.mute = True
        for _bone, driver in rig.drivers(obj, chosen):
            driver.mute = True


class _TakesFix(A2GOperator):
    """Changes what is wrong with takes of the character."""

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        obj = state.editable_character(context)
        nla.check_not_tweaked(obj)
        if not cls.concerned(context, obj):
            raise A2GError("no take of the character needs this", "there is nothing to change")

    @classmethod
    def concerned(cls, context: bpy.types.Context, obj: bpy.types.Object) -> list[nla.Placed]:
        """The takes that need it."""
        raise NotImplementedError


class A2G_OT_move_take(_TakesFix):
    """Move the takes to where their speech has been moved"""

    bl_idname = "a2g.move_take"
    bl_label = "Move Take Too"

    @classmethod
    def concerned(cls, context: bpy.types.Context, obj: bpy.types.Object) -> list[nla.Placed]:
        """Those left behind."""
        return [placed for placed, _frames in changes.left_behind(context, obj, nla.playing_takes(obj))]

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        moves = changes.left_behind(context, obj, nla.playing_takes(obj))
        for placed, frames in moves:
            nla.check_room(obj, placed.strip, frames)
        for placed, frames in moves:
            nla.move(placed.strip, frames)


class A2G_OT_restore_frame_rate(_TakesFix):
    """Set the scene's frame rate back to the one that the playing take was made for"""

    bl_idname = "a2g.restore_frame_rate"
    bl_label = "Restore Frame Rate"

    @classmethod
    def concerned(cls, context: bpy.types.Context, obj: bpy.types.Object) -> list[nla.Placed]:
        """Those made for another one."""
        now = strips.scene_fps(context.scene)
        playing = ((placed, take_list.recipe_of(placed.strip)) for placed in nla.playing_takes(obj))
        return [placed for placed, recipe in playing if recipe is not None and abs(recipe.fps - now) > 1e-6]

    def run(self, context: bpy.types.Context) -> None:
        placed = self.concerned(context, state.chosen_character(context))[0]
        recipe, render = take_list.recipe_of(placed.strip), context.scene.render
        assert recipe is not None
        render.fps = max(1, round(recipe.fps))
        render.fps_base = render.fps / recipe.fps


class A2G_OT_reset_take_speed(_TakesFix):
    """Let the playing takes play once, forwards and at their own speed, as the speech does"""

    bl_idname = "a2g.reset_take_speed"
    bl_label = "Reset Take Speed"

    @classmethod
    def concerned(cls, _context: bpy.types.Context, obj: bpy.types.Object) -> list[nla.Placed]:
        """Those that play faster, slower, repeatedly or backwards."""
        return [placed for placed in nla.playing_takes(obj) if not orders.plays_frame_by_frame(placed.strip)]

    def run(self, context: bpy.types.Context) -> None:
        for placed in self.concerned(context, state.chosen_character(context)):
            nla.play_at_own_speed(placed.strip)


class A2G_OT_unmute_take(_TakesFix):
    """Let the NLA track of the newest take play again"""

    bl_idname = "a2g.unmute_take"
    bl_label = "Unmute Track"

    @classmethod
    def concerned(cls, _context: bpy.types.Context, obj: bpy.types.Object) -> list[nla.Placed]:
        """Those on muted tracks."""
        return nla.takes_on_muted_tracks(obj)

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        self.concerned(context, obj)[-1].track.mute = False
        nla.wake(obj)


class A2G_OT_stop_holding(_TakesFix):
    """Let strips on higher tracks no longer hold a pose before or after them, where it hides takes"""

    bl_idname = "a2g.stop_holding"
    bl_label = "Turn Off Hold"

    @classmethod
    def concerned(cls, _context: bpy.types.Context, obj: bpy.types.Object) -> list[nla.Placed]:
        """Those hidden by what is held."""
        return [take for take in nla.playing_takes(obj) if not take.metas and nla.hiding(obj, take)[0]]

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        for take in self.concerned(context, obj):
            for strip in nla.hiding(obj, take)[0]:
                strip.extrapolation = "NOTHING"


class A2G_OT_raise_take(_TakesFix):
    """Move the hidden take to a track above all others"""

    bl_idname = "a2g.raise_take"
    bl_label = "Move Take to Top"

    @classmethod
    def concerned(cls, _context: bpy.types.Context, obj: bpy.types.Object) -> list[nla.Placed]:
        """Those hidden by something above."""
        return [take for take in nla.playing_takes(obj) if not take.metas and any(nla.hiding(obj, take))]

    def run(self, context: bpy.types.Context) -> None:
        obj = state.chosen_character(context)
        take = self.concerned(context, obj)[0]
        takes.raise_to_top(obj, take.track, take.strip)
        take_list.choose_last(obj)


CLASSES = (
    A2G_OT_use_pose_position, A2G_OT_reset_time_stretching, A2G_OT_mute_constraints, A2G_OT_move_take,
    A2G_OT_restore_frame_rate, A2G_OT_reset_take_speed, A2G_OT_unmute_take, A2G_OT_stop_holding, A2G_OT_raise_take,
)  # fmt: skip
