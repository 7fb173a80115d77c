"""Everything that keeps gestures from being generated: each problem with the buttons that solve it.

Cheap enough for every redraw, and writes nothing. A disabled button gives the first problem as its reason. What only
makes takes look otherwise than they were made is found in `showing`, and disables nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import bpy

from ..a2g_core.errors import A2GError, AudioError, PinError, RigError
from ..scene import active_action, pins, rig, seat
from ..speech import strips
from ..work import engine, gesture_model
from . import bone_list, showing
from .problem import Effect, Fix, Problem

if TYPE_CHECKING:
    from ..a2g_core.model.checkpoint import Model

_OTHER_MODEL = (Fix("a2g.use_builtin_model", "LOOP_BACK"),)
_MOVE_ACTION = Fix("a2g.push_down_action", "NLA_PUSHDOWN"), Fix("a2g.stash_action", "FREEZE")


def problems(context: bpy.types.Context, obj: bpy.types.Object | None) -> list[Problem]:
    """Everything that is wrong: first what keeps gestures from being generated, in the order in which to solve it."""
    found = list(obstacles(context, obj))
    if obj is not None and all(problem.effect is not Effect.WRITING for problem in character_problems(obj)):
        found += showing.problems(context, obj)
    return found


def obstacles(context: bpy.types.Context, obj: bpy.types.Object | None, needs_speech: bool = True) -> Iterator[Problem]:
    """Everything that keeps gestures from being generated for this character, be it that it needs no speech."""
    yield from character_problems(obj)
    model, file = None, gesture_model.chosen(context)
    try:
        model = gesture_model.load(file)
    except A2GError as error:
        yield Problem(error, _OTHER_MODEL if file else ())
    try:
        engine.check(engine.settings(context))
    except A2GError as error:
        yield Problem(error, (Fix("a2g.use_cpu", "MEMORY"),))
    if obj is not None:
        if needs_speech:
            yield from speech_problems(context, obj)
        if not seat.body_parts(obj):
            yield Problem(A2GError("no body part is chosen", "choose at least one above Generate Gestures"))
        elif model is not None:
            yield from model_problems(model, obj)


def model_problems(model: Model, obj: bpy.types.Object) -> Iterator[Problem]:
    """Why this model cannot do what the character's settings ask for."""
    try:
        gesture_model.check_pins(model)
    except PinError as error:
        if any(pinned.is_followed for pinned in pins.pinned_strips(obj)):
            yield Problem(error, _OTHER_MODEL)
    try:
        gesture_model.check_style(model, obj.a2g_style)
    except A2GError as error:
        yield Problem(error, (Fix("a2g.choose_style", "PRESET"),))
    try:
        present = rig.moved_joints(obj)
    except RigError:
        return  # character_problems reports it
    if gesture_model.moved_joints(model, seat.body_parts(obj)).isdisjoint(present):
        lacking = A2GError("none of the chosen body parts can be moved", "choose others above Generate Gestures")
        yield Problem(lacking)


def character_problems(obj: bpy.types.Object | None) -> Iterator[Problem]:
    """Why gestures cannot be written to this armature, or would not show on it."""
    if obj is None:
        fault = A2GError("no character is chosen", "choose an armature under Character, or use Add Character")
        yield Problem(fault, (Fix("a2g.add_character", "OUTLINER_OB_ARMATURE"),))
        return
    if obj.library is not None:
        fault = A2GError("'{name}' is linked from another file", "make a library override of it first", name=obj.name)
        yield Problem(fault, (Fix("a2g.make_override", "LIBRARY_DATA_OVERRIDE"),))
        return  # nothing of it can be changed before that
    unfit = list(bone_list.problems(obj))
    yield from unfit
    if unfit:
        return
    if obj.mode == "EDIT":
        fault = A2GError("'{name}' is in Edit Mode", "leave it with Tab", name=obj.name)
        yield Problem(fault, (Fix("a2g.leave_mode", "OBJECT_DATAMODE"),))
    if rig.is_in_rest_position(obj):
        fault = A2GError(
            "'{name}' is in Rest Position, and would not move", "let it show its pose again", name=obj.name
        )
        yield Problem(fault, (Fix("a2g.use_pose_position", "ARMATURE_DATA"),), Effect.SHOWING)
    if obj.animation_data is not None:
        yield from _animation_problems(obj, obj.animation_data)


def _animation_problems(obj: bpy.types.Object, data: bpy.types.AnimData) -> Iterator[Problem]:
    if data.use_tweak_mode:
        error = A2GError(
            "an NLA strip of '{name}' is being tweaked", "leave it with Tab in the NLA editor", name=obj.name
        )
        yield Problem(error, (Fix("a2g.leave_tweak_mode", "NLA"),))
    elif active_action.hides_nla(obj):
        error = A2GError(
            "the active action '{name}' would hide the gestures", "use Push Down Action to keep it as an NLA strip",
            name=data.action.name if data.action is not None else "",
        )  # fmt: skip
        yield Problem(error, _MOVE_ACTION, Effect.SHOWING)
    if not data.use_nla:
        error = A2GError("the NLA of '{name}' is turned off", "turn it on in the NLA editor", name=obj.name)
        yield Problem(error, (Fix("a2g.enable_nla", "NLA"),), Effect.SHOWING)
    if any(track.is_solo for track in data.nla_tracks):
        error = A2GError("an NLA track of '{name}' plays solo", "turn off its star in the NLA editor", name=obj.name)
        yield Problem(error, (Fix("a2g.unsolo", "SOLO_OFF"),), Effect.SHOWING)


def speech_problems(context: bpy.types.Context, obj: bpy.types.Object) -> Iterator[Problem]:
    """Why there is no speech to read."""
    try:
        strips.check_speech(context, obj)
    except AudioError as error:
        if obj.library is not None:
            yield Problem(error)  # the settings of a linked character cannot be changed
        elif _is_file_missing(context, obj):
            yield Problem(error, (Fix("a2g.find_speech_file", "VIEWZOOM"),))
        else:
            yield Problem(error, (Fix("a2g.choose_speech_file", "FILE_SOUND"),))


def check(found: Iterator[Problem], effects: tuple[Effect, ...] = (Effect.WRITING, Effect.SHOWING)) -> None:
    """Raise the error of the first problem that has one of these effects."""
    for problem in found:
        if problem.effect in effects:
            raise problem.error


def _is_file_missing(context: bpy.types.Context, obj: bpy.types.Object) -> bool:
    """Whether the speech has a file that was not found, so that it can be looked for."""
    if obj.a2g_speech_source == "FILE":
        return bool(obj.a2g_speech_file)
    try:
        sounds = [heard.strip.sound for heard in strips.find_strips(context, obj)]
    except AudioError:
        return False
    return any(sound is not None and strips.is_missing(sound) for sound in sounds)
