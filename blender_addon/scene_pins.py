"""Pinned clips: NLA strips that the generated motion follows.

``NlaStrip`` can hold no add-on data, so the mark is on the Action (it survives renaming, copying and appending), and
how closely to follow which strip is in a list on the Object. Strips that share one Action, as the parts of a split one
do, are told apart by that list: an Action's strips are all pinned only while the list names none of them.

A take goes on a track above its pinned strips and replaces them: it follows them by itself, and its way in and out of
them is part of the motion, which no blending of two curves could be. The pinned strips stay below, untouched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import bpy
import numpy as np

from . import bl
from .a2g_core.errors import PinError
from .a2g_core.motion import Motion, Pin, Skeleton
from .a2g_core.skeleton import SMPLX
from .scene_motion import Rest, from_bone, read_rest


@dataclass(frozen=True)
class PinnedStrip:
    """A pinned strip and its entry in the object's list; None where it has none yet, and the defaults hold."""

    track: bpy.types.NlaTrack
    strip: bpy.types.NlaStrip
    entry: Any


@dataclass(frozen=True)
class PinnedClip:
    """What a pinned strip plays, with no reference to Blender. clip begins on start_frame, at the scene's rate."""

    name: str
    clip: Motion
    start_frame: int
    strength: float
    fade_s: float


def pinned_strips(obj: bpy.types.Object) -> list[PinnedStrip]:
    """A character's pinned strips, lowest track first. An entry whose strip was renamed is found by its Action."""
    marked = [(t, s) for t, s in strips_of(obj) if s.action is not None and s.action.a2g.pinned]
    entries = list(obj.a2g_pins)
    found: dict[int, Any] = {}
    for key in (_placement_key, _action_key):
        for number, (track, strip) in enumerate(marked):
            if number not in found:
                wanted = key(_Placement(track.name, strip.name, strip.action.name))
                match = next((entry for entry in entries if key(entry) == wanted), None)
                if match is not None:
                    found[number] = match
                    entries.remove(match)
    listed = {marked[number][1].action for number in found}
    return [
        PinnedStrip(track, strip, found.get(number))
        for number, (track, strip) in enumerate(marked)
        if number in found or strip.action not in listed
    ]


def pin_strip(obj: bpy.types.Object, track: bpy.types.NlaTrack, strip: bpy.types.NlaStrip) -> None:
    """Pin a strip that plays an Action."""
    sync_entries(obj)
    strip.action.a2g.pinned = True
    if not any((entry.track, entry.strip) == (track.name, strip.name) for entry in obj.a2g_pins):
        entry = obj.a2g_pins.add()
        entry.track, entry.strip, entry.action = track.name, strip.name, strip.action.name


def unpin_strip(obj: bpy.types.Object, strip: bpy.types.NlaStrip) -> None:
    """Unpin a strip; its Action loses the mark when none of its strips is left in the list."""
    sync_entries(obj)
    action = strip.action
    for index, entry in reversed(list(enumerate(obj.a2g_pins))):
        if entry.strip == strip.name:
            obj.a2g_pins.remove(index)
    action.a2g.pinned = any(entry.action == action.name for entry in obj.a2g_pins)


def sync_entries(obj: bpy.types.Object) -> None:
    """Bring the list up to date: renamed strips renamed, new ones added, deleted ones removed."""
    rows = []
    for pinned in pinned_strips(obj):
        placement = _Placement(pinned.track.name, pinned.strip.name, pinned.strip.action.name)
        values = (pinned.entry.strength, pinned.entry.fade_frames) if pinned.entry is not None else ()
        rows.append((placement, values))
    obj.a2g_pins.clear()
    for placement, values in rows:
        entry = obj.a2g_pins.add()
        entry.track, entry.strip, entry.action = placement.track, placement.strip, placement.action
        if values:
            entry.strength, entry.fade_frames = values


def strips_of(obj: bpy.types.Object) -> Iterator[tuple[bpy.types.NlaTrack, bpy.types.NlaStrip]]:
    """Every NLA strip of an object with its track, lowest first."""
    if obj.animation_data is not None:
        for track in obj.animation_data.nla_tracks:
            for strip in track.strips:
                yield track, strip


def read_pins(obj: bpy.types.Object, fps: float) -> list[PinnedClip]:
    """What the pinned strips play, muted ones left out; PinError for one that moves no bone of the character."""
    rest = read_rest(obj)
    defaults = obj.bl_rna.properties["a2g_pins"].fixed_type.properties
    clips = []
    for pinned in pinned_strips(obj):
        if pinned.strip.mute or pinned.track.mute:
            continue
        strength = pinned.entry.strength if pinned.entry is not None else defaults["strength"].default
        fade_frames = pinned.entry.fade_frames if pinned.entry is not None else defaults["fade_frames"].default
        start_frame, clip = _sample(rest, pinned.strip, fps)
        clips.append(PinnedClip(pinned.strip.name, clip, start_frame, strength, fade_frames / fps))
    return clips


def place_pins(clips: list[PinnedClip], start_frame: int, n_frames: int) -> tuple[list[Pin], list[str]]:
    """Cut the clips to a speech of n_frames from start_frame on: (pins, names of clips that lie outside it)."""
    pins, outside = [], []
    for pinned in clips:
        first = max(0, start_frame - pinned.start_frame)
        last = min(len(pinned.clip), start_frame + n_frames - pinned.start_frame)
        if last - first < 2:
            outside.append(pinned.name)
            continue
        start_s = (pinned.start_frame + first - start_frame) / pinned.clip.fps
        pins.append(Pin(pinned.clip.slice(first, last), start_s, pinned.strength, pinned.fade_s))
    return pins, outside


@dataclass(frozen=True)
class _Placement:
    track: str
    strip: str
    action: str


def _placement_key(entry: Any) -> tuple[str, str, str]:
    return entry.track, entry.strip, entry.action


def _action_key(entry: Any) -> str:
    return entry.action


def _sample(rest: Rest, strip: bpy.types.NlaStrip, fps: float) -> tuple[int, Motion]:
    """(first scene frame, motion): the strip's pose on each of its whole scene frames; only the joints that it keys."""
    frames = np.arange(ceil(strip.frame_start), floor(strip.frame_end) + 1)
    if len(frames) < 2:
        raise PinError(f"pinned clip '{strip.name}' is shorter than two frames", "make the strip longer or unpin it")
    curves = {(c.data_path, c.array_index): c for c in bl.fcurves(strip.action, bl.slot_of(strip))}
    times = [float(t) for t in _action_times(strip, frames)]
    names, rotations = [], []
    for name in SMPLX.names:
        path = f'pose.bones["{name}"].rotation_quaternion'
        keyed = [curves.get((path, component)) for component in range(4)]
        if name not in rest.bones or not any(keyed):
            continue
        columns = [[c.evaluate(t) for t in times] if c else [float(k == 0)] * len(times) for k, c in enumerate(keyed)]
        q = np.array(columns).T
        # Blender, too, normalises a pose's quaternion, and takes a zero one as no rotation.
        norm = np.linalg.norm(q, axis=-1, keepdims=True)
        q = np.where(norm > 1e-9, q / np.maximum(norm, 1e-9), [1.0, 0.0, 0.0, 0.0])
        names.append(name)
        rotations.append(from_bone(rest, name, q))
    if not names:
        raise PinError(
            f"pinned clip '{strip.name}' turns none of the character's bones by quaternion keys",
            "pin a clip made for this armature, or unpin it",
        )
    # A pin tells joints by name, and joints between keyed ones may be missing: a flat tree says no more than is known.
    flat = Skeleton(tuple(names), (-1, *[0] * (len(names) - 1)), ((0.0, 0.0, 0.0),) * len(names))
    return int(frames[0]), Motion(np.stack(rotations, axis=1), np.zeros((len(frames), 3)), fps, flat)


def _action_times(strip: bpy.types.NlaStrip, frames: np.ndarray) -> np.ndarray:
    """Frames of the Action that a strip plays on scene frames, with its scale, its repeats and its reversal."""
    length = max(strip.action_frame_end - strip.action_frame_start, 1e-6)
    played = (frames - strip.frame_start) / strip.scale
    # The last frame of the last repeat is the Action's end, not its beginning again.
    repeat = np.minimum(np.floor(played / length + 1e-9), max(ceil(strip.repeat - 1e-9) - 1, 0))
    played = played - repeat * length
    return strip.action_frame_end - played if strip.use_reverse else strip.action_frame_start + played
