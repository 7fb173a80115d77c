"""Small pictures of takes: three poses side by side, as the preview of the take's Action.

They are drawn from the Action's keys by `a2g_core.body.picture`, never by the scene's engine, so that they are the same
in the background, and cost milliseconds. Asset browser and lists of Actions show them too, also where the add-on is not
installed. Beside the picture an Action keeps of which frames it is and what was keyed there: whether it still fits is
seen by looking at those keys, whoever changed them.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Collection, Iterable
from typing import Any

import bpy
import numpy as np

from .. import bl, preferences
from ..a2g_core.body import picture
from ..a2g_core.body.motion import Motion
from ..a2g_core.body.rig import Rig
from ..a2g_core.body.rotations import multiply_quaternions
from ..a2g_core.body.skeleton import JOINT_SETS
from . import rig, sharing
from .keys import Curves
from .nla import playing_curves

_SAMPLES = 24
"""Frames of a take, evenly spaced, of which those are chosen that are drawn."""
_ICON_PX = 32
"""Side of the small picture that Blender shows in lists; without one it would render the scene for it."""
_UNKNOWN = "-"
"""In place of frames and keys where nothing can be drawn: nobody tries again until something else is keyed."""


def are_wanted() -> bool:
    """Whether the artist wants pictures of takes."""
    return bool(preferences.get().thumbnails)


def icon_of(action: bpy.types.Action) -> int:
    """The number of the icon that an Action's picture is; 0 if it has none, or Blender no interface."""
    is_drawn = action.a2g.picture and not action.a2g.picture.startswith(_UNKNOWN)
    return action.preview.icon_id if is_drawn and action.preview is not None else 0


def is_current(strip: bpy.types.NlaStrip) -> bool:
    """Whether a take's picture shows what is keyed now, or cannot be brought up to date.

    It cannot where the Action is linked from another file. Nor where keys are relative to a pose that the Action does
    not keep, as those of a combined take are: its picture is drawn when it is written.
    """
    action = bl.action_of(strip)
    if sharing.is_linked(action) or strip.blend_type == "COMBINE":
        return True
    *frames, seen = action.a2g.picture.split() or [""]
    if frames == [_UNKNOWN]:
        frames = []
    return seen == _seen(_curves(action), [float(frame) for frame in frames])


class Drawing:
    """An Action's picture in the making, in steps of milliseconds; nothing of Blender's is held between them."""

    def __init__(self, found: Rig, idle: np.ndarray | None = None) -> None:
        """found: the rig of the character whose take it is.

        idle: quaternions (J, 4) that the keys are relative to; None for a take that replaces what is below it.
        """
        self._rig, self._idle = found, idle
        self._frames: list[float] | None = None
        self._poses: Motion | None = None
        self._drawn = ""
        self.is_done = False

    def step(self, action: bpy.types.Action, deadline: float) -> bool:
        """Go on until this time of `time.perf_counter`; whether the Action has its picture, if the artist wants one."""
        while not self.is_done:
            if self._frames is None:
                self.is_done = not self._choose(action)
            elif self._poses is None:
                self.is_done = not self._read(action, self._frames)
            else:
                keep(action.preview_ensure(), picture.draw(self._poses))
                action.a2g.picture, self.is_done = self._drawn, True
            if time.perf_counter() > deadline:
                break
        return self.is_done

    def _choose(self, action: bpy.types.Action) -> bool:
        """Choose the frames that are drawn; whether there are any."""
        if not are_wanted():
            return False
        curves = _curves(action)
        if not rig.keyed_bones(self._rig, curves):
            action.a2g.picture = f"{_UNKNOWN} {_seen(curves, [])}"
            return False
        first, last = action.frame_range[0], action.frame_range[1]
        times = sorted(set(np.linspace(first, last, _SAMPLES).round().tolist()))
        poses = _motion(self._rig, curves, times, self._idle, but=picture.CARRY_NO_HAND)
        self._frames = [times[k] for k in picture.telling_frames(poses)]
        return True

    def _read(self, action: bpy.types.Action, frames: list[float]) -> bool:
        """Read the poses; whether the Action has not this picture already."""
        curves = _curves(action)
        numbers = [int(frame) for frame in frames]
        self._drawn = " ".join(map(str, [*numbers, _seen(curves, numbers)]))
        if action.preview is not None and action.a2g.picture == self._drawn:
            return False
        self._poses = _motion(self._rig, curves, frames, self._idle)
        return True


def draw(action: bpy.types.Action, found: Rig, idle: np.ndarray | None = None) -> None:
    """Draw an Action's picture, if the artist wants pictures and it has not this one; see `Drawing`."""
    Drawing(found, idle).step(action, float("inf"))


def _motion(
    found: Rig, curves: Curves, times: list[float], idle: np.ndarray | None, but: Collection[str] = ()
) -> Motion:
    """What an Action does on these of its frames, as far as somebody wants to know; the rate does not matter."""
    motion, _travels = rig.read_keys(found, curves, times, 1.0, but)
    if idle is None:
        return motion
    turned = motion.quaternions.copy()
    for name, resting in zip(JOINT_SETS[len(idle)].names, idle.astype(np.float32), strict=True):
        joint = motion.skeleton.index(name)
        turned[:, joint] = multiply_quaternions(resting[None], turned[:, joint])
    return Motion(turned, motion.translation, motion.fps, motion.skeleton)


def keep(preview: Any, drawn: np.ndarray) -> None:
    """Make a picture (H, W, 4), H at most W, the uppermost row first, a preview, in both sizes that Blender shows."""
    height, width = drawn.shape[:2]
    upwards = np.ascontiguousarray(drawn[::-1])  # as Blender keeps it: from the lowest row
    preview.image_size = (width, height)
    preview.image_pixels_float.foreach_set(upwards.ravel())
    at = ((np.arange(_ICON_PX) + 0.5) * width / _ICON_PX).astype(int)
    rows = at[at < height]
    low = (_ICON_PX - len(rows)) // 2
    small = np.zeros((_ICON_PX, _ICON_PX, 4), np.float32)
    small[low : low + len(rows)] = upwards[rows][:, at]
    preview.icon_size = (_ICON_PX, _ICON_PX)
    preview.icon_pixels_float.foreach_set(small.ravel())


def _curves(action: bpy.types.Action) -> Curves:
    return playing_curves(action, bl.first_slot(action))


def _seen(curves: Curves, frames: Iterable[float]) -> str:
    """A checksum of what is keyed on these frames."""
    values = [curve.evaluate(frame) for curve in curves.values() for frame in frames]
    return f"{zlib.crc32(np.array([len(curves), *values], np.float32).tobytes()):08x}"
