"""Keys. No other module writes them.

What is written is a list of tracks. A track holds one property's values over time, whatever the property: a bone's
rotation, a custom property, a shape key's value. There is one key on every frame, with linear interpolation. A checksum
of each row of values shows later whether somebody has edited it.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import bpy
import numpy as np

from .. import bl
from ..a2g_core.body.rotations import make_continuous

Curves = Mapping[tuple[str, int], bpy.types.FCurve]
"""An Action's curves by data path and index."""


@dataclass(frozen=True)
class Track:
    """One property over time.

    path: its data path, from what the Action animates. values: (T, k) float32, k components (1 for a plain number).
    group: of the Action's curves, as animation editors show them.
    """

    path: str
    values: np.ndarray
    group: str

    @property
    def width(self) -> int:
        """Number of components."""
        return self.values.shape[1]


def write(owner: Any, track: Track, first_frame: int) -> None:
    """Add a track's curves, with keys on every frame from the first on.

    owner: what ``bl.curve_owner`` returned. All keys of a curve at once: ``keyframe_insert`` would take minutes (it is
    quadratic in the length).
    """
    n, points = len(track.values), _points(first_frame, len(track.values))
    kinds: Any = bpy.types.Keyframe.bl_rna.properties["interpolation"]
    linear = kinds.enum_items["LINEAR"].value
    interpolation = np.full(n, linear, np.int32)
    for component in range(track.width):
        curve = bl.new_fcurve(owner, track.path, component, track.group)
        curve.keyframe_points.add(n)
        points[:, 1] = track.values[:, component]
        curve.keyframe_points.foreach_set("co", points.ravel())
        curve.keyframe_points.foreach_set("interpolation", interpolation)
        curve.update()


def read(curves: Curves, track: Track, first_frame: int, n_frames: int) -> np.ndarray | None:
    """What is keyed now of a track's property, (n_frames, k) float32; None unless there is one key on each frame."""
    columns, frames = [], _points(first_frame, n_frames)[:, 0]
    for component in range(track.width):
        curve = curves.get((track.path, component))
        if curve is None or len(curve.keyframe_points) != n_frames:
            return None
        keys = np.empty(2 * n_frames, np.float32)
        curve.keyframe_points.foreach_get("co", keys)
        if not np.array_equal(keys[::2], frames):
            return None
        columns.append(keys[1::2])
    return np.stack(columns, axis=1)


def overwrite(curves: Curves, track: Track, rows: np.ndarray, first_frame: int, offset: int) -> None:
    """Replace some of a property's keys, those of rows (n, k) that a track's values stand for, in place.

    rows: what ``read`` returned, changed here too. offset: the row of the track's first value. Interpolation and
    handles stay as they were.
    """
    rows[offset : offset + len(track.values)] = track.values
    if track.path.endswith(".rotation_quaternion"):
        rows[:] = make_continuous(rows)
    points = _points(first_frame, len(rows))
    for component in range(track.width):
        # Without `update`: it would take as long as all the rest, and the order of the keys has not changed.
        points[:, 1] = rows[:, component]
        curves[track.path, component].keyframe_points.foreach_set("co", points.ravel())


def restore(curves: Curves, track: Track, rows: np.ndarray, first_frame: int) -> None:
    """Give the keys of a track's property, those that are still there, the values (n, k) that `read` returned."""
    points = _points(first_frame, len(rows))
    for component in range(track.width):
        curve = curves.get((track.path, component))
        if curve is not None and len(curve.keyframe_points) == len(rows):
            points[:, 1] = rows[:, component]
            curve.keyframe_points.foreach_set("co", points.ravel())


def checksums(columns: Sequence[np.ndarray]) -> np.ndarray:
    """CRC-32 of each row of the columns (T, k) side by side, (T,) uint32."""
    rows = np.ascontiguousarray(np.concatenate(columns, axis=1), "<f4")
    return np.fromiter((zlib.crc32(row) for row in rows), np.uint32, len(rows))


def _points(first_frame: int, n: int) -> np.ndarray:
    """(n, 2) float32 for a curve's keys: whole frames one after another, and values yet to be set."""
    points = np.empty((n, 2), np.float32)
    points[:, 0] = np.arange(first_frame, first_frame + n)
    return points
