"""Why takes do not show as they were made, or not with their speech: each problem with the buttons that solve it.

Much of this may be meant, so it is said and disables nothing. Cheap enough for every redraw, and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import bpy

from .. import sentences
from ..a2g_core.body.skeleton import joints_of
from ..a2g_core.errors import A2GError
from ..scene import bones, nla, rig, seat, take_list
from ..scene.nla import Placed
from ..speech import strips
from ..work import changes, dialogue, orders
from .problem import Effect, Fix, Problem


def problems(context: bpy.types.Context, obj: bpy.types.Object) -> Iterator[Problem]:
    """For a character that gestures can be written to, and for its takes that play."""
    render = context.scene.render
    if render.frame_map_old != render.frame_map_new:
        error = A2GError(
            "Time Stretching plays the scene faster or slower than its sound", "use Turn Off Time Stretching"
        )
        yield _problem(error, Fix("a2g.reset_time_stretching", "TIME"))
    if lost := bones.lost_bones(obj):
        error = A2GError(
            "bones of the list are no longer in the armature and will be left out ({bones})",
            "choose others for them in the list of bones, or use Guess Again", bones=sentences.shorten(lost),
        )  # fmt: skip
        yield _problem(error, Fix("a2g.guess_bones", "LOOP_BACK"))
    yield from _steering(obj)
    muted = nla.takes_on_muted_tracks(obj)
    for placed in muted[-1:]:
        error = A2GError("the NLA track of take '{name}' is muted", "use Unmute Track", name=placed.track.name)
        yield _problem(error, Fix("a2g.unmute_take", "HIDE_OFF"))
    playing = nla.playing_takes(obj)
    yield from _speed(context, playing)
    yield from _moved(context, obj, playing)
    yield from _retimed(context, obj)
    yield from _outgrown(context, obj)
    yield from _joined(context, obj)
    yield from _hidden(obj, playing)


def _problem(error: A2GError, *fixes: Fix) -> Problem:
    return Problem(error, fixes, Effect.NOTHING)


def _steering(obj: bpy.types.Object) -> Iterator[Problem]:
    """What turns the bones besides their keys."""
    chosen = joints_of(seat.body_parts(obj))
    steered = [*rig.constraints(obj, chosen), *rig.drivers(obj, chosen)]
    if steered:
        names = list(dict.fromkeys(bone for bone, _what in steered))
        error = A2GError(
            "constraints or drivers turn bones of the gestures ({bones})",
            "use Mute Constraints and Drivers, unless they are meant to", bones=sentences.shorten(names),
        )  # fmt: skip
        yield _problem(error, Fix("a2g.mute_constraints", "CONSTRAINT_BONE"))
    if locked := rig.locked(obj, chosen):
        error = A2GError(
            "bones of the gestures are locked and will be left alone ({bones})",
            "unlock their rotation in the sidebar, unless it is meant", bones=sentences.shorten(locked),
        )  # fmt: skip
        yield _problem(error)


def _speed(context: bpy.types.Context, playing: list[Placed]) -> Iterator[Problem]:
    """Takes that play at another speed than that of the speech."""
    now = strips.scene_fps(context.scene)
    for placed in playing:
        recipe = take_list.recipe_of(placed.strip)
        if recipe is not None and abs(recipe.fps - now) > 1e-6:
            error = A2GError(
                "this take was made for {made:g} frames per second, but the scene plays {now:g}",
                "set the scene's frame rate back, or use Generate Gestures for a new take", made=recipe.fps, now=now,
            )  # fmt: skip
            yield _problem(error, Fix("a2g.restore_frame_rate", "TIME"))
            break
    for placed in playing:
        try:
            orders.shift_frames(placed.strip)
        except A2GError as fault:
            yield _problem(fault, Fix("a2g.reset_take_speed", "LOOP_BACK"))
            break


def _moved(context: bpy.types.Context, obj: bpy.types.Object, playing: list[Placed]) -> Iterator[Problem]:
    """Takes whose speech has moved away."""
    for placed, frames in changes.left_behind(context, obj, playing)[:1]:
        start = round(placed.strip.frame_start)
        error = A2GError(
            "the speech was moved to frame {now}, but take '{name}' begins on frame {then}",
            "use Move Take Too, or move the speech back",
            now=start + frames, then=start, name=placed.track.name,
        )  # fmt: skip
        yield _problem(error, Fix("a2g.move_take", "ARROW_LEFTRIGHT"))


def _retimed(context: bpy.types.Context, obj: bpy.types.Object) -> Iterator[Problem]:
    """A take whose line was cut or timed anew, as far as its length tells."""
    if obj.a2g_speech_source == "FILE":
        return  # a file's length is not known
    try:
        strip, (name, first, end) = changes.playing_take(context, obj), strips.speech_frames(context, obj)
    except A2GError:
        return
    recipe = take_list.recipe_of(strip)
    if recipe is None or not recipe.plan or recipe.speech != name or recipe.speech_frames == end - first:
        return
    if abs(recipe.fps - strips.scene_fps(context.scene)) > 1e-6:
        return  # another frame rate, which is told already
    error = A2GError(
        "speech '{name}' is {now} frames long, but its take was made for {then}",
        "use Update Take for a new take with its gestures", name=name, now=end - first, then=recipe.speech_frames,
    )  # fmt: skip
    yield _problem(error, Fix("a2g.update_take", "FILE_REFRESH"))


def _outgrown(context: bpy.types.Context, obj: bpy.types.Object) -> Iterator[Problem]:
    """A take whose idle is shorter than the scene has become."""
    try:
        strip = changes.playing_take(context, obj)
    except A2GError:
        return
    if changes.outgrown(context, obj, strip) is not None:
        error = A2GError(
            "the scene has become longer than the idle of this take", "use Update Take for a new take with its gestures"
        )
        yield _problem(error, Fix("a2g.update_take", "FILE_REFRESH"))


def _joined(context: bpy.types.Context, obj: bpy.types.Object) -> Iterator[Problem]:
    """Others who take part since a take that knows of others was made."""
    try:
        recipe = take_list.recipe_of(changes.playing_take(context, obj))
        names = [] if recipe is None else dialogue.joined(context, obj, len(recipe.request.partners))
    except A2GError:
        return
    if names:
        error = A2GError(
            "this take does not know everybody who takes part by now ({names})",
            "use Update Take, so that the character looks at them too", names=sentences.shorten(names),
        )  # fmt: skip
        yield _problem(error, Fix("a2g.update_take", "FILE_REFRESH"))


def _hidden(obj: bpy.types.Object, playing: list[Placed]) -> Iterator[Problem]:
    """Takes that something on a higher track hides."""
    for take in playing:
        if take.metas:
            continue
        holding, covering = nla.hiding(obj, take)
        if holding:
            error = A2GError(
                "strip '{strip}' holds its pose (Extrapolation: Hold) over take '{name}' and hides it",
                "use Turn Off Hold or Move Take to Top", strip=holding[0].name, name=take.track.name,
            )  # fmt: skip
            yield _problem(error, Fix("a2g.stop_holding", "NLA"), Fix("a2g.raise_take", "TRIA_UP_BAR"))
            return
        if covering:
            error = A2GError(
                "strip '{strip}' lies over all of take '{name}' and hides it", "use Move Take to Top, or mute it",
                strip=covering[0].name, name=take.track.name,
            )  # fmt: skip
            yield _problem(error, Fix("a2g.raise_take", "TRIA_UP_BAR"))
            return
