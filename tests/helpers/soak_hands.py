"""What the artist does with her own hands to takes, clips and keys, in the walk."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import bpy
from soak import Refused, Step, Walk
from soak_bones import bone_of
from soak_facts import curves, note_edit
from soak_jobs import begin
from soak_ours import IN_TWEAK_MODE, choose_place

_STRIPS = ("clips", "takes")


def move_strip(walk: Walk) -> None:
    """A take or a clip is moved, trimmed, scaled, muted, renamed."""
    _obj, track, strip = walk.strip()
    what = walk.random.choice(("move", "move", "trim", "scale", "unscale", "mute", "lock", "hold"))
    walk.say(f"{what} {strip.name!r}")
    with walk.hers(*_STRIPS):
        match what:
            case "move":
                strip.frame_start_ui = walk.random.randint(20, 120)
            case "trim":
                length = strip.action_frame_end - strip.action_frame_start
                strip.action_frame_end = strip.action_frame_start + max(4, round(0.8 * length))
            case "scale":
                strip.scale = walk.random.choice((0.5, 2.0))
            case "unscale":
                strip.scale = 1.0
            case "mute":
                strip.mute = not strip.mute
            case "lock":
                track.mute = not track.mute
            case "hold":
                strip.extrapolation = walk.random.choice(("NOTHING", "HOLD", "HOLD_FORWARD"))


def put_right(walk: Walk) -> None:
    """She takes back what keeps takes from being changed: scale, trim, mute, frame rate, modes of all kinds."""
    walk.make_ready(walk.character())


def rename(walk: Walk) -> None:
    """Of an object, a track, a strip, an Action, or a finger's bone."""
    obj, track, strip = walk.strip()
    what = walk.random.choice(("object", "track", "strip", "action", "bone"))
    walk.say(what)
    everything = ("object", "bones", "settings", "bookkeeping", "pins", "drivers", "active", "character", "members",
                  "ids", "keys", "note", "mark", "rest", *_STRIPS)  # fmt: skip
    with walk.hers(*everything):
        match what:
            case "object":
                obj.name = walk.random.choice(("Character", "Anna", "Ben", "Zoë 'the \"one\"'"))
            case "track":
                track.name = walk.random.choice(("Gestures", "Gestures 2", "wave", "x", ""))
            case "strip":
                strip.name = walk.random.choice(("wave", "nod", "Gestures", "y"))
            case "action":
                if strip.action.library is None:
                    strip.action.name = walk.random.choice(("wave", "walk", "Gestures", "z"))
            case "bone":
                if obj.data.library is None:
                    joint, b = walk.random.choice((("jaw", "Kiefer"), ("left_pinky3", "Finger ä\"'")))
                    a = bone_of(obj, joint)
                    found = obj.data.bones.get(a) or obj.data.bones.get(b)
                    if found is not None:
                        found.name = b if found.name == a else a


def edit_keys(walk: Walk) -> None:
    """Some keys of a take get another value, interpolation or handle; a key is removed; a curve is muted."""
    _obj, _track, strip = walk.strip(takes=True)
    if strip.action.library is not None:
        raise Refused("the Action is in another file")
    found = [curve for _slot, curve in curves(strip.action)]
    what = walk.random.choice(("value", "value", "value", "interpolation", "handle", "remove", "mute", "insert"))
    walk.say(f"{what} in {strip.action.name!r}")
    with walk.hers("keys", "mark", *_STRIPS):
        for _ in range(walk.random.randint(1, 3)):
            curve = walk.random.choice(found)
            edit_curve(walk, strip.action, curve, what)
            curve.update()


def edit_curve(walk: Walk, action: bpy.types.Action, curve: bpy.types.FCurve, what: str) -> None:
    """One key of it, or all of it."""
    if len(curve.keyframe_points) < 10:
        return
    key = walk.random.choice(curve.keyframe_points)
    frame = key.co[0]
    match what:
        case "value":
            key.co_ui[1] += walk.random.uniform(0.05, 0.2)
        case "interpolation":
            key.interpolation = walk.random.choice(("BEZIER", "CONSTANT", "SINE"))
        case "handle":
            key.interpolation = "BEZIER"
            key.handle_left_type = key.handle_right_type = "FREE"
            key.handle_right[1] += walk.random.uniform(0.05, 0.2)
        case "remove":
            curve.keyframe_points.remove(key)
        case "insert":
            frame = float(round(frame)) + 0.5
            curve.keyframe_points.insert(frame, 0.25)
        case "mute":
            curve.mute, frame = not curve.mute, None
    note_edit(action, curve, frame)


def edit_then_change(walk: Walk) -> None:
    """Keys are edited, and then parts of the take are performed anew, near them and elsewhere, again and again."""
    obj = walk.character(ready=True)
    found = [(track, strip) for track, strip in walk.strips(obj, takes=True) if strip.action.library is None]
    if not found:
        raise Refused("there is no such strip")
    track, strip = walk.random.choice(found)
    name, action = track.name, strip.action.name_full
    walk.ours("use_take", track=name)
    action = bpy.data.actions[action]  # after undo it is another Python object
    with walk.hers("keys", "mark", *_STRIPS):
        for curve in walk.random.sample([curve for _slot, curve in curves(action)], 3):
            edit_curve(walk, action, curve, walk.random.choice(("value", "value", "interpolation")))
            curve.update()
    for _ in range(3):
        choose_place(walk)
        with suppress(Refused):
            walk.ours(walk.random.choice(("regenerate_range", "change_phrase")))


def remove_track(walk: Walk) -> None:
    """She deletes a take or a clip with its track."""
    obj, track, _strip = walk.strip()
    check_not_tweaked()
    with walk.hers(*_STRIPS):
        obj.animation_data.nla_tracks.remove(track)


def remove_action(walk: Walk) -> None:
    """She deletes an Action; strips of nothing stay."""
    _obj, _track, strip = walk.strip(takes=walk.random.random() < 0.8)
    check_not_tweaked()
    if strip.action.library is not None:
        raise Refused("the Action is in another file")
    with walk.hers(*_STRIPS, "ids", "keys", "note", "mark", "active"):
        bpy.data.actions.remove(strip.action)


def share_action(walk: Walk) -> None:
    """A second strip of the same Action, as Duplicate Linked makes it; or the Action becomes the active one."""
    obj, _track, strip = walk.strip()
    check_not_tweaked()
    with walk.hers(*_STRIPS, "active"):
        track = obj.animation_data.nla_tracks.new()
        track.name = "again"
        again = track.strips.new(strip.name, round(strip.frame_end) + 5, strip.action)
        if getattr(strip, "action_slot", None) is not None:
            again.action_slot = strip.action_slot
        again.extrapolation = "NOTHING"


def active_action(walk: Walk) -> None:
    """She animates in the Action Editor: an Action of her own becomes the active one, or none."""
    obj = walk.character()
    if obj.animation_data is None or obj.animation_data.use_tweak_mode:
        raise Refused("an Action cannot be chosen")
    clips = walk.strips(obj, takes=False)
    with walk.hers("active"):
        chosen = walk.random.choice([None, *(strip for _track, strip in clips)])
        obj.animation_data.action = chosen and chosen.action
        if chosen is not None and getattr(chosen, "action_slot", None) is not None:
            obj.animation_data.action_slot = chosen.action_slot


def tweak_mode(walk: Walk) -> None:
    """She tweaks a strip: our operators refuse. She may stay in it for some steps."""
    obj, track, strip = walk.strip()
    enter_tweak_mode(walk, obj, track, strip)
    for name in walk.random.sample(IN_TWEAK_MODE, 3):
        try:
            walk.ours(name)
        except Refused:
            continue
        raise AssertionError(f"{name} works in tweak mode")
    if walk.random.random() < 0.6:
        leave_tweak_mode(walk, walk.chosen())


def tweak_under_a_job(walk: Walk) -> None:
    """She begins to tweak while a take is being made or changed: a sentence, and nothing is left behind."""
    walk.character(ready=True)
    walk.finish()
    begin(walk, walk.random.choice(("generate", "update_take", "change_phrase")))
    walk.join()
    obj = walk.chosen()
    found = walk.strips(obj)
    # Where a shared take is being changed already, the copy stays: a tweaked character gets no other Action.
    is_shared = any(strip.action.users > 1 or strip.action.library for _track, strip in walk.strips(obj, takes=True))
    walk.tick(0 if is_shared else walk.random.choice((0, 0, 5, 20)))
    if walk.runner.is_busy and found:
        enter_tweak_mode(walk, obj, *walk.random.choice(found))
        walk.finish()
        status = bpy.context.window_manager.a2g
        assert status.failed, status.message
        leave_tweak_mode(walk, walk.chosen())


def enter_tweak_mode(walk: Walk, obj: bpy.types.Object, track: Any, strip: Any) -> None:
    """As with Tab; Refused if the strip cannot be tweaked."""
    leave_tweak_mode(walk, obj)
    with walk.hers(*_STRIPS, "active"):
        for other_track, other in walk.strips(obj):
            other.select, other_track.select = other == strip, other_track == track
        obj.animation_data.nla_tracks.active = track
        obj.animation_data.use_tweak_mode = True
    if not obj.animation_data.use_tweak_mode:
        raise Refused("the strip cannot be tweaked")


def leave_tweak_mode(walk: Walk, obj: bpy.types.Object) -> None:
    """By hand."""
    if obj.animation_data and obj.animation_data.use_tweak_mode:
        with walk.hers(*_STRIPS, "active"):
            obj.animation_data.use_tweak_mode = False


def check_not_tweaked() -> None:
    """Blender itself may crash where what is being tweaked is taken away."""
    if any(obj.animation_data and obj.animation_data.use_tweak_mode for obj in bpy.data.objects):
        raise Refused("something is being tweaked")


def mute_or_solo(walk: Walk) -> None:
    """The NLA is turned off, or a track plays alone."""
    obj, track, _strip = walk.strip()
    what: Any = walk.random.choice(("solo", "nla"))
    with walk.hers(*_STRIPS, "active"):
        if what == "solo":
            track.is_solo = not track.is_solo
        else:
            obj.animation_data.use_nla = not obj.animation_data.use_nla


STEPS: dict[Step, int] = {
    move_strip: 5, put_right: 3, rename: 4, edit_keys: 8, edit_then_change: 6, remove_track: 2, remove_action: 1,
    share_action: 2, active_action: 2, tweak_mode: 3, tweak_under_a_job: 2, mute_or_solo: 2,
}  # fmt: skip
