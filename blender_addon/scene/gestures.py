"""Puts a gesture of the library on the timeline: an ordinary strip with its own Action, pinned, on any rig."""

from __future__ import annotations

import hashlib
from math import floor
from typing import TYPE_CHECKING, Any

import bpy
import numpy as np

from .. import bl
from ..a2g_core.body.motion import Motion
from ..a2g_core.body.resample import sample_motion
from ..a2g_core.body.skeleton import SMPLX
from ..a2g_core.errors import GestureError
from . import keys, nla, pins, rig, takes
from .own_gestures import EMPHASIS

if TYPE_CHECKING:
    from ..a2g_core.gestures.library import Gesture

TRACK_NAME = "Named Gestures"
_LONGEST_NAME = 60
"""Of the 63 bytes that Blender keeps, some are for a number behind it."""


def add(obj: bpy.types.Object, gesture: Gesture, frame: int, fps: float, said: str = "") -> bpy.types.NlaStrip:
    """Pin a gesture with its emphasis on this frame. GestureError, before anything is changed, if that cannot be.

    said: the words that it is for, which are then a part of its name.
    """
    from ..a2g_core.gestures.library import FADE_S

    nla.check_not_tweaked(obj)
    of_character = rig.read(obj)
    chosen = joints_for(obj, gesture)
    if not chosen:
        raise GestureError(
            "the character has no bones for '{name}'", "add them to its list of bones", name=gesture.name
        )
    motion, lead = sampled(gesture, fps)
    label = " · ".join(filter(None, (gesture.name, gesture.category, said)))
    label = label.encode()[:_LONGEST_NAME].decode(errors="ignore")
    action, owner, slot = bl.new_action(label, obj)
    for track in rig.tracks(of_character, motion, chosen):
        keys.write(owner, track, frame - lead)
    action.pose_markers.new(EMPHASIS).frame = frame
    note = action.a2g
    note.gesture, note.hand, note.category, note.said = gesture.name, gesture.hand, gesture.category, said
    strip = _place(obj, action, slot, label, frame - lead, len(motion))
    pins.pin_strips(obj, [nla.find(obj, strip)])
    entry = next(pinned.entry for pinned in pins.pinned_strips(obj) if pinned.strip == strip)
    entry.fade_in_frames = entry.fade_out_frames = round(FADE_S * fps)
    return strip


def replace(obj: bpy.types.Object, placed: nla.Placed, gesture: Gesture, fps: float) -> bpy.types.NlaStrip:
    """Another gesture in place of one, its emphasis on the same frame and followed as that was.

    GestureError, before anything is changed, for one whose emphasis is not on the timeline any more.
    """
    frame = emphasis_frame(placed)
    pinned = next((p for p in pins.pinned_strips(obj) if p.strip == placed.strip), None)
    before = pinned.settings if pinned is not None else None
    is_active = pinned is not None and pinned.index == obj.a2g_active_pin
    kept = {name: getattr(before, name) for name in pins.SETTINGS} if before is not None else {}
    old, muted, selected = placed.action, placed.strip.mute, placed.strip.select
    strip = add(obj, gesture, frame, fps, old.a2g.said)
    placed = nla.find(obj, placed.strip)
    if placed.action.a2g.pinned:
        pins.unpin_strips(obj, [placed])
    remove_strip(obj, placed.track, placed.strip)
    if not old.users:
        bpy.data.actions.remove(old)
    strip.mute, strip.select = muted, selected
    pinned = next(pinned for pinned in pins.pinned_strips(obj) if pinned.strip == strip)
    for name, value in kept.items():
        setattr(pinned.entry, name, value)
    if is_active and pinned.index is not None:
        obj.a2g_active_pin = pinned.index
    return strip


def emphasis_frame(placed: nla.Placed) -> int:
    """The scene's frame on which a gesture is strongest, wherever its strip was moved, trimmed or stretched to.

    GestureError where that is not heard of: its marker is gone or cut off, or the strip is in a meta strip.
    """
    strip = placed.strip
    if placed.metas:
        raise GestureError("strip '{name}' lies in a meta strip", "take it out of there first", name=strip.name)
    marked = next((mark.frame for mark in placed.action.pose_markers if mark.name.lower() == EMPHASIS), None)
    frames = nla.whole_frames(strip)
    if marked is None or len(frames) == 0:
        raise GestureError(
            "strip '{name}' has no pose marker '{marker}'", "add one to its action where the gesture is strongest",
            name=strip.name, marker=EMPHASIS,
        )  # fmt: skip
    away = np.abs(nla.action_times(strip, frames) - marked)
    if away.min() > max(1.0, strip.scale):
        raise GestureError("the emphasis of '{name}' is cut off", "make the strip longer", name=strip.name)
    return int(frames[away.argmin()])


def remove_strip(obj: bpy.types.Object, track: bpy.types.NlaTrack, strip: bpy.types.NlaStrip) -> None:
    """Remove a strip, and its track if that is one of ours and empty then."""
    track.strips.remove(strip)
    if not len(track.strips) and track.name.startswith(TRACK_NAME):
        bl.animation_of(obj).nla_tracks.remove(track)


def digest(action: bpy.types.Action, slot: Any) -> str:
    """What tells whether anything of an Action's curves was edited."""
    found = hashlib.blake2b(digest_size=12)
    for curve in bl.fcurves(action, slot):
        points = np.empty(2 * len(curve.keyframe_points), np.float32)
        curve.keyframe_points.foreach_get("co", points)
        place = f"{curve.data_path} {curve.array_index} {curve.mute} {len(curve.modifiers)}"
        found.update(place.encode() + points.tobytes())
        kinds = np.empty(len(curve.keyframe_points), np.int32)
        curve.keyframe_points.foreach_get("interpolation", kinds)
        found.update(kinds.tobytes())
    return found.hexdigest()


def joints_for(obj: bpy.types.Object, gesture: Gesture) -> list[str]:
    """Those of a gesture's joints that a character has bones for."""
    moved = rig.moved_joints(obj)
    return [joint for joint in gesture.clip.skeleton.names if joint in moved]


def sampled(gesture: Gesture, fps: float) -> tuple[Motion, int]:
    """The clip on our skeleton at the scene's rate, the emphasis on a whole frame; and which frame that is."""
    clip = gesture.clip
    lead = floor(gesture.emphasis_s * fps + 1e-6)
    rest = floor(((len(clip) - 1) / clip.fps - gesture.emphasis_s) * fps + 1e-6)
    sampled = sample_motion(clip, gesture.emphasis_s + np.arange(-lead, rest + 1) / fps, fps)
    quaternions = np.zeros((len(sampled), len(SMPLX), 4), np.float32)
    quaternions[..., 0] = 1
    quaternions[:, [SMPLX.index(name) for name in clip.skeleton.names]] = sampled.quaternions
    return Motion(quaternions, sampled.translation, fps, SMPLX), lead


def _place(
    obj: bpy.types.Object, action: bpy.types.Action, slot: bpy.types.ID, name: str, first: int, n_frames: int
) -> bpy.types.NlaStrip:  # fmt: skip
    """A strip on a track of named gestures that has room for it."""
    tracks = (obj.animation_data or obj.animation_data_create()).nla_tracks
    ours = (t for t in tracks if t.name.startswith(TRACK_NAME) and not t.is_override_data and not t.mute)
    last = first + n_frames - 1
    free = (t for t in ours if all(s.frame_end < first or s.frame_start > last for s in t.strips))
    track = next(free, None)
    if track is None:
        track = tracks.new()
        track.name = takes.unused_name(obj, TRACK_NAME)
    strip = bl.add_nla_strip(track, name, first, action, slot)
    strip.extrapolation = "NOTHING"
    strip.select = False
    return strip
