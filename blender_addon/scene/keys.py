"""Keys. No other module writes them.

What is written is a list of tracks. A track holds one property's values over time, whatever the property: a bone's
rotation, a custom property, a shape key's value. There is one key on every frame, with linear interpolation. A checksum
of each row of values shows later whether somebody has edited it; `edits` tells what else may have been edited.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

import bpy
import numpy as np

from .. import bl
from ..a2g_core.body.channels import QUATERNION, Shift, shift_towards
from ..a2g_core.body.rotations import make_continuous

Curves = Mapping[tuple[str, int], bpy.types.FCurve]
"""An Action's curves by data path and index."""

_POINTS = ("co", "handle_left", "handle_right")
_ENUMS = ("interpolation", "easing", "handle_left_type", "handle_right_type", "type")
_NUMBERS = ("amplitude", "back", "period")
_FLAGS = ("select_control_point", "select_left_handle", "select_right_handle")

MENU = np.uint8
"""Type of a key's menu settings in memory: such an array is copied as a whole, any other one number by number."""


@dataclass(frozen=True)
class Track:
    """One property over time.

    path: its data path, from what the Action animates. values: (T, k) float32, k components (1 for a plain number).
    group: of the Action's curves, as animation editors show them. mode: of a rotation, how it is stored, as Blender
    names it (QUATERNION, AXIS_ANGLE, XYZ, ...): then several values are the same rotation.
    """

    path: str
    values: np.ndarray
    group: str
    mode: str = ""

    @property
    def width(self) -> int:
        """Number of components."""
        return self.values.shape[1]


class Spliced(NamedTuple):
    """Rows (n, k) with a track's values among them, and what made other values of the same rotations of all rows after
    those, if anything did.
    """

    rows: np.ndarray
    rest: Shift | None


def write(owner: Any, track: Track, first_frame: int) -> None:
    """Add a track's curves, with keys on every frame from the first on.

    owner: what ``bl.curve_owner`` returned. All keys of a curve at once: ``keyframe_insert`` would take minutes (it is
    quadratic in the length). An artist who turns keys to Bezier finds Automatic Clamped handles that depend on the keys
    beside them alone, whatever her preferences say about new keys.
    """
    n, points = len(track.values), _points(first_frame, len(track.values))
    settings = {name: np.full(n, value, MENU) for name, value in new_key().items()}
    for component in range(track.width):
        curve = bl.new_fcurve(owner, track.path, component, track.group)
        curve.auto_smoothing = "NONE"
        curve.keyframe_points.add(n)
        points[:, 1] = track.values[:, component]
        curve.keyframe_points.foreach_set("co", points.ravel())
        for name, values in settings.items():
            curve.keyframe_points.foreach_set(name, values)
        # `update` would look for keys that are out of order, too, and tell Blender, as does whoever plays the Action.
        curve.keyframe_points.handles_recalc()


def splice(track: Track, rows: np.ndarray, first: int) -> Spliced:
    """What a property's rows (n, k) become where a track's values replace those from the first on.

    Of a rotation's values, those are written that run on from the row before. Where the row after then lies on the
    other side, or whole turns away, all that follow are shifted: the same rotations, and no curve jumps. Nothing
    follows from a row that is not keyed (NaN).
    """
    stop, n = first + len(track.values), len(rows)
    spliced = rows.copy()
    spliced[first:stop] = track.values
    if not track.mode:
        return Spliced(spliced, None)
    if track.mode == QUATERNION:
        seen = slice(max(first - 1, 0), min(stop + 1, n))
        spliced[seen] = make_continuous(spliced[seen])
        turns_rest = stop < n and not np.array_equal(spliced[stop], rows[stop], equal_nan=True)
        rest = Shift(-np.ones(4), np.zeros(4)) if turns_rest else None
    else:
        if first and (shift := _runs_on(track.mode, spliced[first], rows[first - 1])) is not None:
            spliced[first:stop] = shift(track.values)
        rest = _runs_on(track.mode, rows[stop], spliced[stop - 1]) if stop < n else None
    if rest is not None:
        spliced[stop:] = rest(rows[stop:])
    return Spliced(spliced, rest)


def _runs_on(mode: str, row: np.ndarray, before: np.ndarray) -> Shift | None:
    """What makes a row run on from the one before it, if it does not already and both are keyed."""
    if np.isnan(row).any() or np.isnan(before).any():
        return None
    shift = shift_towards(mode, row, before)
    return None if shift.is_none else shift


class Shifted(NamedTuple):
    """What becomes of a curve's keys after a frame: sign * value + offset."""

    after: float
    sign: float
    offset: float


def overwrite(curve: bpy.types.FCurve, frames: np.ndarray, values: np.ndarray, rest: Shifted | None = None) -> None:
    """Give a curve's keys on these frames (m,) new values (m,); a frame without a key stays without one. All other keys
    stay as they are to the last bit, handles included, but for what shifts the rest.
    """
    points = curve.keyframe_points
    at = _get(points, "co")[:, 0]
    _frames, places, chosen = np.intersect1d(at, frames, return_indices=True)
    for name in _POINTS:
        data = _get(points, name)
        if rest is not None:
            later = at > rest.after
            data[later, 1] = rest.sign * data[later, 1] + rest.offset
        # Flat handles, until Blender sets them: no part of the curve leaves the range of its two keys.
        data[places, 1] = values[chosen]
        points.foreach_set(name, data.ravel())


def overwrite_untouched(curve: bpy.types.FCurve, rows: np.ndarray, first_frame: int, with_handles: bool = True) -> None:
    """Give all keys of a curve that nobody has edited, one on each frame, new values (n,).

    with_handles: False, which takes half the time, leaves the handles of before, which linear keys do not use.
    """
    points = _points(first_frame, len(rows))
    points[:, 1] = rows
    curve.keyframe_points.foreach_set("co", points.ravel())
    if with_handles:
        curve.keyframe_points.handles_recalc()


def write_fewer(curve: bpy.types.FCurve, frames: np.ndarray, values: np.ndarray, slopes: np.ndarray) -> None:
    """Let a curve have these keys alone, (m,) each, with these slopes per frame: Bezier keys with aligned handles, by
    which each part of it is a cubic.
    """
    points = curve.keyframe_points
    points.clear()
    points.add(len(frames))
    thirds = np.diff(frames) / 3.0
    before, after = np.append(thirds[:1], thirds), np.append(thirds, thirds[-1:])
    for name, along in (("co", 0.0), ("handle_left", -before), ("handle_right", after)):
        data = np.stack([frames + along, values + along * slopes], axis=1)
        points.foreach_set(name, np.ascontiguousarray(data, np.float32).ravel())
    kinds: Any = bpy.types.Keyframe.bl_rna.properties
    for name, value in (("interpolation", "BEZIER"), ("handle_left_type", "ALIGNED"), ("handle_right_type", "ALIGNED")):
        points.foreach_set(name, np.full(len(frames), kinds[name].enum_items[value].value, MENU))
    curve.update()


def make_plain(curve: bpy.types.FCurve, frames: np.ndarray) -> None:
    """Let a curve have one key on each of these whole frames (m,), as `write` would, in place of those near them.

    Their values are yet to be set. Other keys stay as they are.
    """
    points = curve.keyframe_points
    at = _get(points, "co")[:, 0]
    is_near = np.isin(np.rint(at), frames)
    if not np.array_equal(at[is_near], frames):
        _replace(points, ~is_near, frames)
        is_near = np.isin(_get(points, "co")[:, 0], frames)
    for name, value in new_key().items():
        data = _get(points, name)
        data[is_near] = value
        points.foreach_set(name, data)


def _replace(points: Any, kept: np.ndarray, frames: np.ndarray) -> None:
    """Let a curve have those of its keys that are kept (a mask), and new ones on these frames."""
    before = {name: _get(points, name)[kept] for name in (*_POINTS, *_ENUMS, *_NUMBERS, *_FLAGS)}
    order = np.argsort(np.concatenate([before["co"][:, 0], frames]), kind="stable")
    points.clear()
    points.add(len(order))
    for name, data in before.items():
        new = np.zeros((len(frames), *data.shape[1:]), data.dtype)
        if name in _POINTS:
            new[:, 0] = frames
        points.foreach_set(name, np.ascontiguousarray(np.concatenate([data, new])[order]).ravel())


def _get(points: Any, name: str) -> np.ndarray:
    """One attribute of all keys of a curve: (n, 2) float32 for places, (n,) for the rest."""
    n = len(points)
    if name in _POINTS:
        data = np.empty(2 * n, np.float32)
    else:
        data = np.empty(n, MENU if name in _ENUMS else np.float32 if name in _NUMBERS else bool)
    points.foreach_get(name, data)
    return data.reshape(n, 2) if name in _POINTS else data


@cache
def new_key() -> Mapping[str, int]:
    """What a new key is, as numbers of Blender's menus."""
    wanted = {"interpolation": "LINEAR", "handle_left_type": "AUTO_CLAMPED", "handle_right_type": "AUTO_CLAMPED"}
    kinds: Any = bpy.types.Keyframe.bl_rna.properties
    return {name: kinds[name].enum_items[value].value for name, value in wanted.items()}


def checksums(columns: Sequence[np.ndarray]) -> np.ndarray:
    """CRC-32 of each row of the columns (T, k) side by side, (T,) uint32."""
    rows = np.ascontiguousarray(np.concatenate(columns, axis=1), "<f4")
    return np.fromiter((zlib.crc32(row) for row in rows), np.uint32, len(rows))


def _points(first_frame: int, n: int) -> np.ndarray:
    """(n, 2) float32 for a curve's keys: whole frames one after another, and values yet to be set."""
    points = np.empty((n, 2), np.float32)
    points[:, 0] = whole_frames(first_frame, n)
    return points


@lru_cache(maxsize=4)
def whole_frames(first_frame: int, n: int) -> np.ndarray:
    """(n,) float32, which no frame of Blender's timeline is too large for; not to be written to."""
    frames = np.arange(first_frame, first_frame + n, dtype=np.float32)
    frames.flags.writeable = False
    return frames
