"""What the artist has edited in a take, frame by frame.

A take needs no record of this. Values are compared with the checksums in its recipe. Everything else is known: a new
take has one linear key on each frame, on curves without modifiers that nobody mutes or locks, and no other curves.

Which frames an edit spoils: a key's interpolation, those at both ends of the part that it shapes, and for a Bezier part
the frames beside them, on which its automatic handles depend; a key that was moved, added or removed, its frame; a
curve's extrapolation, the two frames at each end; a modifier, the frames to which it is restricted; a curve that was
added, the frames between its first and last key. A curve that was muted, locked or removed spoils all frames.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import bpy
import numpy as np

from .keys import MENU, Curves, Track, new_key, whole_frames

Place = float | np.ndarray
"""Rows, between two of them too."""


class Keyed(NamedTuple):
    """How a property is keyed on the n frames of a take.

    values: (n, k) float32; NaN where a frame has not exactly one key, on itself. edited: (n,) whether anything but a
    value was edited there. is_removed: (k,) which components have no curve.
    """

    values: np.ndarray
    edited: np.ndarray
    is_removed: np.ndarray

    def as_keyed(self, rows: np.ndarray) -> np.ndarray:
        """Rows (n, k) as they are read once they are written: NaN where a component has no curve."""
        return np.where(self.is_removed, np.float32(np.nan), rows) if self.is_removed.any() else rows


def read(curves: Curves, track: Track, first_frame: int, n_frames: int) -> Keyed:
    """How a track's property is keyed now."""
    found = [curves.get((track.path, component)) for component in range(track.width)]
    is_removed, edited = np.array([curve is None for curve in found]), np.zeros(n_frames, bool)
    values = _as_written(found, first_frame, n_frames)
    if values is None:
        gone = np.full(n_frames, np.nan, np.float32)
        columns = [gone if curve is None else _read_keys(curve, first_frame, edited) for curve in found]
        values = np.stack(columns, axis=1)
    edited |= is_removed.any()
    for curve in found:
        if curve is not None:
            _read_settings(curve, first_frame, edited)
    return Keyed(values, edited, is_removed)


def _as_written(curves: Sequence[bpy.types.FCurve | None], first_frame: int, n_frames: int) -> np.ndarray | None:
    """Values (n, k) of curves of which each has a linear key on each frame, as they nearly always have; else None."""
    points, kinds = np.empty((n_frames, 2), np.float32), np.empty(n_frames, MENU)
    values = np.empty((len(curves), n_frames), np.float32)
    flat, frames, linear = points.ravel(), whole_frames(first_frame, n_frames), new_key()["interpolation"]
    for curve, row in zip(curves, values, strict=True):
        if curve is None or len(curve.keyframe_points) != n_frames:
            return None
        curve.keyframe_points.foreach_get("co", flat)
        curve.keyframe_points.foreach_get("interpolation", kinds)
        if not ((points[:, 0] == frames).all() and (kinds == linear).all()):
            return None
        row[:] = points[:, 1]
    return values.T


def added(curves: Curves, known: set[tuple[str, int]], first_frame: int, n_frames: int) -> np.ndarray:
    """(n_frames,) on which frames curves were added to these known ones."""
    edited = np.zeros(n_frames, bool)
    for place, curve in curves.items():
        if place not in known:
            points = curve.keyframe_points
            ends = (points[0].co[0], points[-1].co[0]) if len(points) else (-np.inf, np.inf)
            _mark(edited, ends[0] - first_frame, ends[1] - first_frame)
    return edited


def _read_keys(curve: bpy.types.FCurve, first_frame: int, edited: np.ndarray) -> np.ndarray:
    """Values (n,) of the keys on the frames of a take; adds to `edited`."""
    n, count = len(edited), len(curve.keyframe_points)
    points, interpolation = np.empty(2 * count, np.float32), np.empty(count, MENU)
    curve.keyframe_points.foreach_get("co", points)
    curve.keyframe_points.foreach_get("interpolation", interpolation)
    places, values = points[::2] - first_frame, points[1::2]
    kinds: Any = bpy.types.Keyframe.bl_rna.properties["interpolation"]
    shaped = np.flatnonzero(interpolation != new_key()["interpolation"])
    is_whole = count == n and np.array_equal(places, np.arange(n))
    if is_whole and not len(shaped):
        return values
    rows = np.clip(np.rint(places), 0, n - 1).astype(int)
    if not is_whole:
        is_here = np.bincount(rows, minlength=n) == 1
        is_here[rows[places != rows]] = False
        values = np.full(n, np.nan, np.float32)
        values[rows] = points[1::2]
        values[~is_here] = np.nan
        edited |= ~is_here
    if len(shaped):
        beside = interpolation[shaped] == kinds.enum_items["BEZIER"].value
        _mark(edited, rows[shaped] - beside, rows[np.minimum(shaped + 1, count - 1)] + beside)
    return values


def _read_settings(curve: bpy.types.FCurve, first_frame: int, edited: np.ndarray) -> None:
    """Adds to `edited` what was set on a curve as a whole."""
    if curve.mute or curve.lock or (curve.group is not None and (curve.group.mute or curve.group.lock)):
        edited[:] = True
    if curve.extrapolation != "CONSTANT":
        edited[:2] = edited[-2:] = True
    for modifier in curve.modifiers:
        if modifier.use_restricted_range:
            _mark(edited, modifier.frame_start - first_frame, modifier.frame_end - first_frame)
        else:
            edited[:] = True


def _mark(edited: np.ndarray, first: Place, last: Place) -> None:
    """Mark the rows from each first to its last, those that lie partly among them included; at least the nearest."""
    low, high = (np.clip(place, 0, len(edited) - 1).astype(int) for place in (np.floor(first), np.ceil(last)))
    begins = np.zeros(len(edited) + 1, int)
    np.add.at(begins, low, 1)
    np.add.at(begins, np.maximum(high, low) + 1, -1)
    edited |= np.cumsum(begins)[:-1] > 0
