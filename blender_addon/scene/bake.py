"""Bakes the NLA stack of a character's bones to one Action, by our own evaluation of each whole frame.

It follows Blender's rules: from the lowest strip up, Replace mixes components linearly by influence. Combine multiplies
the quaternion below by the strip's to the power of its influence. Of all else, Euler angles, axis and angle, locations
and custom properties, it adds what the strip's components differ by from their default, times its influence.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

import bpy
import numpy as np

from .. import bl
from ..a2g_core.body import channels as kinds
from ..a2g_core.body.channels import Channel
from ..a2g_core.body.rotations import make_continuous, multiply_quaternions
from ..a2g_core.errors import A2GError
from . import keys, nla, rig
from .keys import Curves, Track
from .nla import Placed
from .takes import take_strips

_QUATERNION = kinds.rotation_channel(kinds.QUATERNION)
_AXIS_ANGLE = kinds.rotation_channel(kinds.AXIS_ANGLE)
_JUMP = 1.0
"""Components of rotations that move by less from frame to frame, radians or parts of an axis, surely run on."""
_MODES = ("REPLACE", "COMBINE")


def playing_range(obj: bpy.types.Object) -> tuple[int, int]:
    """First and last whole frame of the takes that play; A2GError if none does."""
    takes = [p.strip for p in nla.placed_strips(obj) if p.plays and p.action.a2g.is_take]
    if not takes:
        raise A2GError("no take of the character plays", "use Generate Gestures, or unmute a take")
    return ceil(min(s.frame_start for s in takes) - 1e-4), floor(max(s.frame_end for s in takes) + 1e-4)


def check(obj: bpy.types.Object) -> None:
    """A2GError if what plays cannot be baked by our arithmetic."""
    first, last = playing_range(obj)
    for placed in _playing(obj, first, last):
        strip = placed.strip
        if placed.metas or strip.use_animated_time or len(strip.modifiers) or strip.blend_type not in _MODES:
            raise A2GError(
                "strip '{name}' plays in a way that cannot be baked (only plain strips that replace or combine can)",
                "mute it, or set its Blending to Replace or Combine", name=strip.name,
            )  # fmt: skip


def bake(obj: bpy.types.Object, name: str = "Gestures Baked") -> bpy.types.Action:
    """What the character's bones do while takes play, as the object's active Action; takes that play are muted.

    The object must have no active Action. Outside of the takes the Action does nothing where the NLA has a track left.
    """
    check(obj)
    first, last = playing_range(obj)
    frames = np.arange(first, last + 1)
    baked = list(evaluate(obj, frames))
    action, owner, slot = bl.new_action(name, obj)
    for track in baked:
        keys.write(owner, track, first)
    for strip in take_strips(obj):
        strip.mute = True
    data = bl.animation_of(obj)
    data.action = action
    if slot is not None:
        data.action_slot = slot
    data.action_blend_type, data.action_extrapolation, data.action_influence = "REPLACE", "NOTHING", 1.0
    return action


def evaluate(obj: bpy.types.Object, frames: np.ndarray) -> Iterator[Track]:
    """Each property that the playing strips key, on these scene frames (T,)."""
    values: dict[str, np.ndarray] = {}
    channels = rig.channels(obj) | rig.property_channels(obj)
    for nla_track in bl.animation_of(obj).nla_tracks:
        placed = [p for p in _playing(obj, int(frames[0]), int(frames[-1])) if p.track == nla_track]
        for strip, chosen, times in _plays_when(nla_track, [p.strip for p in placed], frames):
            curves = _curves(strip)
            share = influence(strip, frames[chosen])
            for path, (_bone, channel) in channels.items():
                if any((path, k) in curves for k in range(len(channel.rest))):
                    lower = values.setdefault(path, np.tile(_default(channel), (len(frames), 1)))
                    # What the strip does not key is as it is below, or adds nothing.
                    is_replaced = strip.blend_type == "REPLACE"
                    base = lower[chosen] if is_replaced else np.tile(_default(channel), (len(times), 1))
                    upper = _read(path, curves, times, base)
                    lower[chosen] = _blend(lower[chosen], upper, share[:, None], strip.blend_type, channel)
    modes = rig.rotation_modes(obj)
    for path, rows in values.items():
        bone, channel = channels[path]
        yield Track(path, _run_on(rows, channel, modes[bone]).astype(np.float32), bone)


def influence(strip: bpy.types.NlaStrip, frames: np.ndarray) -> np.ndarray:
    """(T,) how much a strip counts on scene frames: its animated influence, or else its Blend In and Out."""
    animated = nla.influence(strip, frames)
    if animated is not None:
        return animated
    share = np.ones(len(frames))
    if strip.blend_out > 0:
        is_out = frames >= strip.frame_end - strip.blend_out
        share = np.where(is_out, (strip.frame_end - frames) / strip.blend_out, share)
    if strip.blend_in > 0:
        is_in = frames <= strip.frame_start + strip.blend_in
        share = np.where(is_in, (frames - strip.frame_start) / strip.blend_in, share)
    return np.clip(share, 0.0, 1.0)


def _playing(obj: bpy.types.Object, first: int, last: int) -> list[Placed]:
    """Strips that have something to say between two frames, lowest track first."""
    return [placed for placed in nla.placed_strips(obj) if placed.plays and _reaches(placed, first, last)]


def _reaches(placed: Placed, first: int, last: int) -> bool:
    strip = placed.strip
    after = strip.extrapolation in {"HOLD", "HOLD_FORWARD"}
    return (strip.frame_start <= last or strip.extrapolation == "HOLD") and (strip.frame_end >= first or after)


def _plays_when(
    track: bpy.types.NlaTrack, playing: list[bpy.types.NlaStrip], frames: np.ndarray
) -> Iterator[tuple[bpy.types.NlaStrip, np.ndarray, np.ndarray]]:
    """(strip, which frames (T,), Action's frames) for the strips of a track; one strip at most plays on each frame."""
    strips = list(track.strips)
    speaker = np.full(len(frames), -1)
    for index, strip in enumerate(strips):
        inside = (frames >= strip.frame_start) & (frames <= strip.frame_end)
        before = (frames < strip.frame_start) & (strip.extrapolation == "HOLD") & (index == 0)
        until = strips[index + 1].frame_start if index + 1 < len(strips) else np.inf
        after = (frames > strip.frame_end) & (frames < until) & (strip.extrapolation != "NOTHING")
        speaker[(speaker < 0) & (inside | before | after)] = index
    for index, strip in enumerate(strips):
        chosen = speaker == index
        if strip in playing and chosen.any():
            inside = np.clip(frames[chosen], strip.frame_start, strip.frame_end)
            yield strip, chosen, nla.action_times(strip, inside)


def _blend(lower: np.ndarray, upper: np.ndarray, share: np.ndarray, blend_type: str, channel: Channel) -> np.ndarray:
    """What a strip makes of a property's values (T, k) below it; share (T, 1): how much it counts."""
    if blend_type == "REPLACE":
        return lower + share * (upper - lower)
    if channel == _QUATERNION:
        return multiply_quaternions(_unit(lower), _power(_unit(upper), share))
    return lower + share * (upper - _default(channel))


def _default(channel: Channel) -> tuple[float, ...]:
    """What the lowest strip is blended with. Of axis and angle Blender takes zeros, no rotation about no axis."""
    return (0.0,) * 4 if channel == _AXIS_ANGLE else channel.rest


def _run_on(rows: np.ndarray, channel: Channel, mode: str) -> np.ndarray:
    """The same values (T, k) of a bone in this rotation mode without jumps, where one strip follows on another."""
    if channel == _QUATERNION:
        return make_continuous(_unit(rows))
    if channel == kinds.rotation_channel(mode):
        rows = rows.copy()
        for row in np.flatnonzero(np.abs(np.diff(rows, axis=0)).max(axis=1) > _JUMP) + 1:
            rows[row:] = kinds.shift_towards(mode, rows[row], rows[row - 1])(rows[row:])
    return rows


def _read(path: str, curves: Curves, times: np.ndarray, base: np.ndarray) -> np.ndarray:
    """(T, k) of a strip's property; components that it does not key are the base's."""
    values = base.copy()
    for k in range(values.shape[1]):
        if (curve := curves.get((path, k))) is not None:
            values[:, k] = [curve.evaluate(t) for t in times.tolist()]
    return values


def _curves(strip: bpy.types.NlaStrip) -> Curves:
    return nla.playing_curves(bl.action_of(strip), bl.slot_of(strip))


def _unit(q: np.ndarray) -> np.ndarray:
    return kinds.channel_to_quaternion(kinds.QUATERNION, q)


def _power(q: np.ndarray, exponent: np.ndarray) -> np.ndarray:
    """Unit quaternions (T, 4) with their angle, 0 to 360 degrees, multiplied by (T, 1)."""
    half = np.arccos(np.clip(q[:, :1], -1.0, 1.0))
    sine = np.sin(half)
    axis = np.where(sine > 1e-7, q[:, 1:] / np.maximum(sine, 1e-7), 0.0)
    return np.concatenate([np.cos(half * exponent), axis * np.sin(half * exponent)], axis=1)
