"""Arithmetic of rest poses: directions of bones, frames, and the rotations that take one rest pose to another.

`places` maps a joint's name to where it lies at rest, (3,), in any unit and any axes. Matrices act on column vectors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from ..errors import MotionError
from .rotations import axis_angle_to_matrix

Places = Mapping[str, np.ndarray]


def unit(v: np.ndarray) -> np.ndarray:
    """(3,) at length one; MotionError for the direction between two joints that coincide."""
    length = np.linalg.norm(v)
    if length < 1e-9:
        raise MotionError("two joints of the skeleton are in the same place", "export it with its bone lengths")
    return v / length


def direction(places: Places, a: str, b: str) -> np.ndarray:
    """Unit vector from joint a to joint b."""
    return unit(places[b] - places[a])


def chain_length(places: Places, joints: Sequence[str]) -> float:
    """From the first joint to the last along the ones between, in the places' unit."""
    return float(sum(np.linalg.norm(places[b] - places[a]) for a, b in pairwise(joints)))


def frame(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Rotation whose columns are `first`, the part of `second` at right angles to it, and their cross product."""
    x = unit(first)
    y = unit(second - x * (second @ x))
    return np.stack([x, y, np.cross(x, y)], axis=1)


def shortest_arc(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The smallest rotation that takes unit vector a to unit vector b; a half turn is about Z, or about X."""
    axis, cosine = np.cross(a, b), a @ b
    sine = np.linalg.norm(axis)
    if sine < 1e-9 and cosine < 0:
        axis = np.cross(a, np.eye(3)[2 if abs(a[2]) < 0.9 else 0])
        return axis_angle_to_matrix(unit(np.cross(axis, a)) * np.pi)
    return axis_angle_to_matrix(axis / max(sine, 1e-12) * np.arctan2(sine, cosine))


def whole_axes(left: np.ndarray, up: np.ndarray) -> np.ndarray:
    """Rotation (3, 3) from SMPL-X axes to those in which the character's left and up point this way.

    Snapped to whole axes: applying an object's rotation turns its space by right angles, bodies lean by less. The
    identity where the two vectors lie along one axis, or are zero.
    """
    x, y = _nearest_axis(left), _nearest_axis(up)
    axes = np.stack([x, y, np.cross(x, y)], axis=-1)
    return axes if np.linalg.det(axes) > 0.5 else np.eye(3)


def _nearest_axis(vector: np.ndarray) -> np.ndarray:
    axis = np.zeros(3)
    largest = int(np.abs(vector).argmax())
    axis[largest] = np.sign(vector[largest])
    return axis
