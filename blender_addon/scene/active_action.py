"""The active Action of a character, which covers whatever its NLA says: whether it does, and where it can go."""

from __future__ import annotations

from math import floor
from typing import Any

import bpy

from .. import bl
from .rig import body_paths


def hides_nla(obj: bpy.types.Object) -> bool:
    """Whether the object's active Action moves body bones itself: it then covers whatever the NLA says about them."""
    data = obj.animation_data
    if data is None or data.action is None:
        return False
    starts = body_paths(obj)
    return any(curve.data_path.startswith(starts) for curve in bl.fcurves(data.action, bl.slot_of(data)))


def push_down_action(obj: bpy.types.Object) -> bpy.types.NlaStrip:
    """Move the active Action onto an NLA strip of a new track, where it plays as before but hides no take beside it.

    An active Action holds its first pose before its keys and its last one after them. Above takes, a strip that did so
    would hide all of them for ever; where there are none, it goes on as before, and later takes lie above it.
    """
    data = bl.animation_of(obj)
    # Without a track, Blender does not ask for the Action's blending, extrapolation and influence.
    is_alone = not len(data.nla_tracks)
    has_takes = any(s.action is not None and s.action.a2g.is_take for track in data.nla_tracks for s in track.strips)
    strip = _as_strip(data)
    if not has_takes:
        strip.extrapolation = "HOLD" if is_alone else data.action_extrapolation
    if not is_alone:
        strip.blend_type = data.action_blend_type
        _set_influence(strip, data.action_influence)
    data.action = None
    return strip


def stash_action(obj: bpy.types.Object) -> bpy.types.NlaStrip:
    """Keep the active Action on a muted, locked NLA track, where it does not play."""
    data = bl.animation_of(obj)
    strip = _as_strip(data)
    data.action = None
    track = next(track for track in data.nla_tracks if strip in track.strips.values())
    track.name = "[Action Stash]"
    track.mute = track.lock = True
    return strip


def keyed_range(action: bpy.types.Action, slot: Any) -> tuple[float, float]:
    """First and last key of what an Action does to the user of this slot; other slots may be longer or shorter."""
    ranges = [curve.range() for curve in bl.fcurves(action, slot)] or [action.frame_range]
    return min(keyed[0] for keyed in ranges), max(keyed[1] for keyed in ranges)


def _as_strip(data: bpy.types.AnimData) -> bpy.types.NlaStrip:
    """The active Action on a strip of a new track, each key on its own frame; it holds nothing."""
    action = bl.action_of(data)
    first, last = keyed_range(action, bl.slot_of(data))
    track = data.nla_tracks.new()
    track.name = action.name
    strip = bl.add_nla_strip(track, action.name, floor(first), action, bl.slot_of(data))
    strip.extrapolation = "NOTHING"
    # What Blender gives it may be the range of another slot, or whole frames.
    strip.use_sync_length = False
    # The ends first: neither range can begin after its own end.
    strip.action_frame_end, strip.action_frame_start = max(last, first + 1), first
    strip.frame_end, strip.frame_start = max(strip.action_frame_end, strip.frame_start + 1), first
    strip.frame_end = strip.action_frame_end
    return strip


def _set_influence(strip: bpy.types.NlaStrip, influence: float) -> None:
    """A constant influence, which a strip has as keys alone."""
    if influence != 1.0:
        strip.use_animated_influence = True
        for curve in strip.fcurves:
            for key in curve.keyframe_points:
                key.co.y = influence
