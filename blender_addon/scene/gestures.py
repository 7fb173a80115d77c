"""Puts a gesture of the library on the timeline: an ordinary strip with its own Action, pinned, on any rig."""

from __future__ import annotations

from math import floor

import bpy
import numpy as np

from .. import bl
from ..a2g_core.body.motion import Motion
from ..a2g_core.body.resample import sample_motion
from ..a2g_core.body.skeleton import SMPLX
from ..a2g_core.errors import GestureError
from ..a2g_core.gestures.library import FADE_S, Gesture
from . import keys, nla, pins, rig, takes

TRACK_NAME = "Named Gestures"
EMPHASIS = "emphasis"
"""The pose marker of an Action where its gesture is strongest."""


def add(obj: bpy.types.Object, gesture: Gesture, frame: int, fps: float) -> bpy.types.NlaStrip:
    """Pin a gesture with its emphasis on this frame. GestureError, before anything is changed, if that cannot be."""
    nla.check_not_tweaked(obj)
    of_character = rig.read(obj)
    moved = rig.moved_joints(obj)
    chosen = [joint for joint in gesture.clip.skeleton.names if joint in moved]
    if not chosen:
        raise GestureError(
            "the character has no bones for '{name}'", "add them to its list of bones", name=gesture.name
        )
    motion, lead = _motion(gesture, fps)
    label = f"{gesture.name} · {gesture.category}"
    action, owner, slot = bl.new_action(label, obj)
    for track in rig.tracks(of_character, motion, chosen):
        keys.write(owner, track, frame - lead)
    action.pose_markers.new(EMPHASIS).frame = frame
    strip = _place(obj, action, slot, label, frame - lead, len(motion))
    placed = next(p for p in nla.placed_strips(obj) if p.strip == strip)
    pins.pin_strips(obj, [placed])
    entry = next(pinned.entry for pinned in pins.pinned_strips(obj) if pinned.strip == strip)
    entry.fade_in_frames = entry.fade_out_frames = round(FADE_S * fps)
    return strip


def _motion(gesture: Gesture, fps: float) -> tuple[Motion, int]:
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
