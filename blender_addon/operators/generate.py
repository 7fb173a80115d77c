"""Generate gestures: start a job, or block where there is no interface; then write its take as one undo step."""

from __future__ import annotations

from dataclasses import replace

import bpy
from bpy.props import IntProperty

from .. import jobs, scene_audio, scene_motion, scene_pins, state
from ..a2g_core.errors import A2GError
from .base import A2GOperator


class _Generates(A2GOperator):
    """Invoked, it starts a job; executed (by a script, or invoked in background mode) it blocks."""

    # No undo step of its own: a2g.apply_take is the step.
    bl_options = {"REGISTER"}

    def request(self, context: bpy.types.Context) -> jobs.Request:
        """What to generate, gathered from the scene."""
        obj = state.character(context)
        render = context.scene.render
        fps = render.fps / render.fps_base
        return jobs.Request(
            character_uid=obj.session_uid,
            speech=scene_audio.find_speech(context, obj),
            clips=tuple(scene_pins.read_pins(obj, fps)),
            fps=fps,
            seed=obj.a2g_seed,
        )

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> set[str]:
        """Start a job."""
        return self.attempt(lambda context: jobs.start(self.request(context)), context)

    def run(self, context: bpy.types.Context) -> None:
        """Generate and write the take."""
        take = jobs.make_take(self.request(context))
        for note in take.notes:
            self.report({"WARNING"}, note)
        jobs.remember(take)
        bpy.ops.a2g.apply_take("EXEC_DEFAULT", True, take=take.number)


class A2G_OT_generate(_Generates, bpy.types.Operator):
    """Generate gestures for the speech as a new take of the character"""

    bl_idname = "a2g.generate"
    bl_label = "Generate Gestures"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.check_generate(context)


class A2G_OT_regenerate_around_pins(_Generates, bpy.types.Operator):
    """Make the take that plays over the speech again, following the pinned clips and unchanged away from them"""

    bl_idname = "a2g.regenerate_around_pins"
    bl_label = "Regenerate Around Pins"

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        state.check_pins(context)

    def request(self, context: bpy.types.Context) -> jobs.Request:
        """As for a new take, with the seed of the one that plays there now."""
        request = super().request(context)
        current = scene_motion.take_at(state.character(context), request.speech.start_frame)
        return replace(request, needs_pins=True, seed=current.action.a2g.seed if current else request.seed)


class A2G_OT_apply_take(A2GOperator, bpy.types.Operator):
    """Write the take that was generated last as an NLA strip of its own"""

    bl_idname = "a2g.apply_take"
    bl_label = "Apply Gesture Take"

    take: IntProperty(options={"HIDDEN", "SKIP_SAVE"})
    offset: IntProperty(name="Offset", description="Frames to move the take by", options={"SKIP_SAVE"})

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if jobs.last_take(0) is None:
            raise A2GError("no take has been generated yet", "use Generate Gestures")

    def run(self, context: bpy.types.Context) -> None:
        take = jobs.last_take(self.take)
        if take is None:
            raise A2GError("this take is no longer kept", "use Generate Gestures again")
        obj = jobs.find_character(take.request.character_uid)
        if obj is None:
            raise A2GError("the character was deleted meanwhile", "choose another one and generate again")
        state.check_character(obj)
        scene_pins.sync_entries(obj)
        start_frame = take.request.speech.start_frame + self.offset
        scene_motion.add_take(obj, take.motion, start_frame, take.request.seed)


class A2G_OT_cancel(A2GOperator, bpy.types.Operator):
    """Stop generating; nothing is written"""

    bl_idname = "a2g.cancel"
    bl_label = "Cancel Generation"
    bl_options = {"INTERNAL"}

    @classmethod
    def require(cls, context: bpy.types.Context) -> None:
        if not context.window_manager.a2g.running:
            raise A2GError("nothing is being generated", "there is nothing to cancel")

    def run(self, context: bpy.types.Context) -> None:
        jobs.cancel()
