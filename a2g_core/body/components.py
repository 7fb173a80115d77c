"""Rotations of many frames with their components first: matrices (3, 3, ...), vectors (3, ...). NumPy alone.

NumPy is several times as fast on a few long rows as on many matrices of three. What is here equals its namesakes in
`rotations` and `kinematics`, but for rounding, and each frame by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .motion import Skeleton
from .rotations import axis_angle_to_quaternion, matrix_to_quaternion, quaternion_to_axis_angle

_TINY = 1e-12
_LARGE_ENOUGH = 0.5
"""Of 4 w squared: rotations by less than 140 degrees, which nearly all are, have more."""


def from_sixd(sixd: np.ndarray) -> np.ndarray:
    """(..., 6) of any scale to matrices (3, 3, ...)."""
    out = np.empty((3, 3, *sixd.shape[:-1]), sixd.dtype)
    out[:2] = np.moveaxis(sixd.reshape(*sixd.shape[:-1], 2, 3), (-2, -1), (0, 1))
    a, b, _ = out
    _normalize(a)
    b -= dot(a, b) * a
    _normalize(b)
    out[2] = cross(a, b)
    return out


def from_quaternion(q: np.ndarray) -> np.ndarray:
    """(..., 4), of any non-zero length, to matrices (3, 3, ...)."""
    parts = np.ascontiguousarray(np.moveaxis(q, -1, 0))
    _normalize(parts)
    w, v = parts[0], parts[1:]
    double = v + v
    out = double[:, None] * v
    diagonal = np.array([out[k, k] for k in range(3)])
    for k in range(3):
        i, j = (k + 1) % 3, (k + 2) % 3
        np.subtract(1 - diagonal[i], diagonal[j], out=out[k, k])
        about = w * double[k]
        out[j, i] += about
        out[i, j] -= about
    return out


def to_quaternion(matrix: np.ndarray) -> np.ndarray:
    """Matrices (3, 3, ...) to (..., 4) with w >= 0."""
    square = matrix[0, 0] + matrix[1, 1]
    square += matrix[2, 2]
    square += 1
    rest = square < _LARGE_ENOUGH
    inverse = 0.5 / np.sqrt(np.maximum(square, _LARGE_ENOUGH))
    out = np.empty((*matrix.shape[2:], 4), matrix.dtype)
    np.multiply(square, inverse, out=out[..., 0])
    for k in range(3):
        i, j = (k + 1) % 3, (k + 2) % 3
        np.multiply(matrix[j, i] - matrix[i, j], inverse, out=out[..., 1 + k])
    if rest.any():
        out[rest] = matrix_to_quaternion(np.moveaxis(matrix[..., rest], -1, 0))
    return out


def from_axis_angle(v: np.ndarray) -> np.ndarray:
    """(3, ...) in radians to matrices (3, 3, ...)."""
    return from_quaternion(axis_angle_to_quaternion(np.moveaxis(v, 0, -1)))


def to_axis_angle(matrix: np.ndarray) -> np.ndarray:
    """Matrices (3, 3, ...) to (3, ...) in radians, of length 0 to pi."""
    return np.moveaxis(quaternion_to_axis_angle(to_quaternion(matrix)), -1, 0)


def product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Matrices a b, of (3, 3, ...) each."""
    out = a[:, 0, None] * b[0]
    out += a[:, 1, None] * b[1]
    out += a[:, 2, None] * b[2]
    return out


def turned(matrix: np.ndarray, vector: np.ndarray | Sequence[float]) -> np.ndarray:
    """Vectors (3, ...), or one of three numbers, turned by matrices (3, 3, ...): (3, ...)."""
    x, y, z = vector
    out = matrix[:, 0] * x
    out += matrix[:, 1] * y
    out += matrix[:, 2] * z
    return out


def dot(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Over the components, (...)."""
    out = a[0] * b[0]
    for k in range(1, len(a)):
        out += a[k] * b[k]
    return out


def cross(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Of vectors (3, ...) each."""
    out = np.empty_like(a)
    for k in range(3):
        i, j = (k + 1) % 3, (k + 2) % 3
        np.multiply(a[i], b[j], out=out[k])
        out[k] -= a[j] * b[i]
    return out


def total(parts: np.ndarray) -> np.ndarray:
    """Of (3, N, T) the sums over N, added in order, (3, T). NumPy's own have other bits where T is 1, and a span must
    have those of the whole."""
    return np.add.accumulate(parts, axis=1)[:, -1]


def forward_kinematics(local: Sequence[np.ndarray], skeleton: Skeleton) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Where joints are from the root, (3, ...) each, and how they are turned in the world, (3, 3, ...) each, from how
    they are turned about their parents."""
    places, world = [np.zeros_like(local[0][0])], [local[0]]
    for joint in range(1, len(skeleton)):
        parent = skeleton.parents[joint]
        places.append(places[parent] + turned(world[parent], skeleton.offsets[joint]))
        world.append(product(world[parent], local[joint]))
    return places, world


def _normalize(x: np.ndarray) -> None:
    """Scale components (C, ...) to length one, in place; zero stays zero."""
    square = dot(x, x)
    square += _TINY
    x *= 1 / np.sqrt(square, out=square)
