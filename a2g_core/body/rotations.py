"""Rotations: 6-D, matrix, quaternion and axis-angle, written once on the array API (NumPy and torch alike).

Shapes: matrix (..., 3, 3) acting on column vectors; quaternion (..., 4) as (w, x, y, z); axis-angle (..., 3) in
radians; 6-D (..., 6), the first two *rows* of the matrix (Zhou et al., CVPR 2019, with rows for their columns).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .array_api import array_namespace

Array = Any
"""A NumPy array or a torch tensor: the array API has no types of its own yet."""

_TINY = 1e-12


def _dot(a: Array, b: Array) -> Array:
    """Over the last axis, which is kept. Term by term: NumPy's own sum over three numbers takes far longer."""
    out = a[..., :1] * b[..., :1]
    for k in range(1, a.shape[-1]):
        out = out + a[..., k : k + 1] * b[..., k : k + 1]
    return out


def _normalize(x: Array) -> Array:
    """Scale the last axis to length one; a zero vector stays zero (and its gradient finite)."""
    xp = array_namespace(x)
    return x / xp.sqrt(_dot(x, x) + _TINY)


def sixd_to_matrix(d6: Array) -> Array:
    """(..., 6) of any scale to the matrix (..., 3, 3), by Gram-Schmidt on the two rows (Zhou et al., sec. 4.2)."""
    xp = array_namespace(d6)
    # Coordinate by coordinate, here and below: NumPy takes three times as long for sums over three numbers.
    a0, a1, a2, b0, b1, b2 = (d6[..., k] for k in range(6))
    length = xp.sqrt(a0 * a0 + a1 * a1 + a2 * a2 + _TINY)
    a0, a1, a2 = a0 / length, a1 / length, a2 / length
    dot = a0 * b0 + a1 * b1 + a2 * b2
    b0, b1, b2 = b0 - dot * a0, b1 - dot * a1, b2 - dot * a2
    length = xp.sqrt(b0 * b0 + b1 * b1 + b2 * b2 + _TINY)
    b0, b1, b2 = b0 / length, b1 / length, b2 / length
    cross = (a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0)
    return xp.reshape(xp.stack([a0, a1, a2, b0, b1, b2, *cross], axis=-1), (*d6.shape[:-1], 3, 3))


def matrix_to_sixd(matrix: Array) -> Array:
    """(..., 3, 3) to (..., 6)."""
    xp = array_namespace(matrix)
    return xp.reshape(matrix[..., :2, :], (*matrix.shape[:-2], 6))


def quaternion_to_matrix(q: Array) -> Array:
    """(..., 4), of any non-zero length, to (..., 3, 3)."""
    xp = array_namespace(q)
    q = _normalize(q)
    w, x, y, z = q[..., 0], q[..., 1], q[..., 2], q[..., 3]
    flat = xp.stack(
        [
            1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
            2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
            2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y),
        ],
        axis=-1,
    )  # fmt: skip
    return xp.reshape(flat, (*q.shape[:-1], 3, 3))


def matrix_to_quaternion(matrix: Array) -> Array:
    """(..., 3, 3) to (..., 4) with w >= 0; exact to rounding at every angle, half turns included.

    Each of the four components can be recovered by dividing by itself; the largest one is used, so that nothing is
    divided by a small number (Shepperd 1978).
    """
    xp = array_namespace(matrix)
    m = [[matrix[..., i, j] for j in range(3)] for i in range(3)]
    ww = 1 + m[0][0] + m[1][1] + m[2][2]
    xx = 1 + m[0][0] - m[1][1] - m[2][2]
    yy = 1 - m[0][0] + m[1][1] - m[2][2]
    zz = 1 - m[0][0] - m[1][1] + m[2][2]
    wx, wy, wz = m[2][1] - m[1][2], m[0][2] - m[2][0], m[1][0] - m[0][1]
    xy, xz, yz = m[0][1] + m[1][0], m[0][2] + m[2][0], m[1][2] + m[2][1]
    # Each row is the quaternion times 4 times the component of the row's number.
    rows = (ww, wx, wy, wz), (wx, xx, xy, xz), (wy, xy, yy, yz), (wz, xz, yz, zz)
    best: Array = ww
    chosen: tuple[Array, ...] = rows[0]
    for square, row in zip((xx, yy, zz), rows[1:]):
        is_larger = square > best
        best = xp.where(is_larger, square, best)
        chosen = tuple(xp.where(is_larger, new, old) for new, old in zip(row, chosen))
    w, x, y, z = chosen
    length = xp.sqrt(w * w + x * x + y * y + z * z + _TINY)
    length = xp.where(w < 0, -length, length)
    return xp.stack([w / length, x / length, y / length, z / length], axis=-1)


def axis_angle_to_quaternion(v: Array) -> Array:
    """(..., 3) in radians to (..., 4)."""
    xp = array_namespace(v)
    angle = xp.sqrt(_dot(v, v) + _TINY * _TINY)
    return xp.concat([xp.cos(angle / 2), v * (xp.sin(angle / 2) / angle)], axis=-1)


def quaternion_to_axis_angle(q: Array) -> Array:
    """(..., 4) to (..., 3) in radians, of length 0 to pi."""
    xp = array_namespace(q)
    q = _normalize(q)
    q = xp.where(q[..., :1] < 0, -q, q)
    w, v = q[..., :1], q[..., 1:]
    sine = xp.sqrt(_dot(v, v) + _TINY * _TINY)
    return v * (2 * xp.atan2(sine, w) / sine)


def axis_angle_to_matrix(v: Array) -> Array:
    """(..., 3) in radians to (..., 3, 3)."""
    return quaternion_to_matrix(axis_angle_to_quaternion(v))


def matrix_to_axis_angle(matrix: Array) -> Array:
    """(..., 3, 3) to (..., 3) in radians, of length 0 to pi."""
    return quaternion_to_axis_angle(matrix_to_quaternion(matrix))


def multiply_quaternions(a: Array, b: Array) -> Array:
    """The rotation that does b first, then a; (..., 4) each, broadcast."""
    xp = array_namespace(a, b)
    aw, ax, ay, az = a[..., 0], a[..., 1], a[..., 2], a[..., 3]
    bw, bx, by, bz = b[..., 0], b[..., 1], b[..., 2], b[..., 3]
    return xp.stack(
        [
            aw * bw - ax * bx - ay * by - az * bz,
            aw * bx + ax * bw + ay * bz - az * by,
            aw * by - ax * bz + ay * bw + az * bx,
            aw * bz + ax * by - ay * bx + az * bw,
        ],
        axis=-1,
    )


def slerp(a: Array, b: Array, weight: Array | float) -> Array:
    """Quaternion on the shorter arc from a (weight 0) to b (weight 1); (..., 4), weight broadcasts against (..., 1)."""
    xp = array_namespace(a, b)
    dot = _dot(a, b)
    b = xp.where(dot < 0, -b, b)
    dot = xp.abs(dot)
    # atan2 of the chord is exact for tiny angles, where acos(dot) has lost all its digits.
    difference, total = b - a, b + a
    half = xp.atan2(xp.sqrt(_dot(difference, difference)), xp.sqrt(_dot(total, total)))
    sine = xp.sin(2 * half)
    near = sine < 1e-6
    safe = xp.where(near, xp.ones_like(sine), sine)
    wa = xp.where(near, 1 - weight + 0 * sine, xp.sin((1 - weight) * 2 * half) / safe)
    wb = xp.where(near, weight + 0 * sine, xp.sin(weight * 2 * half) / safe)
    return _normalize(wa * a + wb * b)


def make_continuous(q: np.ndarray, axis: int = 0) -> np.ndarray:
    """Flip signs along ``axis`` so that neighbouring quaternions lie on one hemisphere; same rotations, NumPy only.

    Curves that are keyed per component must not jump from q to -q between two frames.
    """
    q = np.moveaxis(np.asarray(q), axis, 0)
    signs = np.cumprod(np.where(_dot(q[1:], q[:-1]) < 0, -1.0, 1.0), axis=0).astype(q.dtype)
    return np.moveaxis(np.concatenate([q[:1], q[1:] * signs]), 0, axis)


def geodesic_angle(a: Array, b: Array) -> Array:
    """Angle of a b^T in radians, (...), for matrices (..., 3, 3); the integrand of Eq. 5.

    The paper's acos has an infinite gradient at 0 and pi and, in float32, steps of 5e-4 rad. atan2 of the sine (from
    the antisymmetric part) and the cosine (from the trace) has neither.
    """
    xp = array_namespace(a, b)
    ab = [[xp.sum(a[..., i, :] * b[..., j, :], axis=-1) for j in range(3)] for i in range(3)]
    vx, vy, vz = ab[2][1] - ab[1][2], ab[0][2] - ab[2][0], ab[1][0] - ab[0][1]
    sine = xp.sqrt(vx * vx + vy * vy + vz * vz + _TINY) / 2
    cosine = (ab[0][0] + ab[1][1] + ab[2][2] - 1) / 2
    return xp.atan2(sine, cosine)
