"""How a bone's rotation is stored: quaternion, axis and angle, or Euler angles in one of six orders, as Blender names
and applies them. One rotation has many values; these functions choose those that let curves run on without a jump.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .rotations import axis_angle_to_quaternion, make_continuous, multiply_quaternions


class Channel(NamedTuple):
    """A property of a bone that is animated. rest: its values in the rest pose, one per component."""

    name: str
    rest: tuple[float, ...]


QUATERNION = "QUATERNION"
AXIS_ANGLE = "AXIS_ANGLE"
_EULER = Channel("rotation_euler", (0.0, 0.0, 0.0))
_CHANNELS = {
    QUATERNION: Channel("rotation_quaternion", (1.0, 0.0, 0.0, 0.0)),
    AXIS_ANGLE: Channel("rotation_axis_angle", (0.0, 0.0, 1.0, 0.0)),
}
LOCATION = Channel("location", (0.0, 0.0, 0.0))
ROTATIONS = (_CHANNELS[QUATERNION], _CHANNELS[AXIS_ANGLE], _EULER)

_POLE = 1e-7
"""How near to a pole of Euler angles, in radians, two of them are taken to turn about one axis. Far above rounding."""


def rotation_channel(mode: str) -> Channel:
    """Where a bone of this rotation mode (Blender's names: QUATERNION, AXIS_ANGLE, XYZ, ...) keeps its rotation."""
    return _CHANNELS.get(mode, _EULER)


# To quaternions -------------------------------------------------------------------------------------------------------


def channel_to_quaternion(mode: str, values: np.ndarray) -> np.ndarray:
    """Values (T, 3 or 4) of a bone's rotation channel as unit quaternions (T, 4), as Blender makes them."""
    if mode == QUATERNION:
        # Blender, too, normalises a pose's quaternion, and takes a zero one as no rotation.
        normalised, is_zero = _normalised(values)
        return np.where(is_zero, _CHANNELS[mode].rest, normalised)
    if mode == AXIS_ANGLE:
        axis, _is_zero = _normalised(values[:, 1:])
        return axis_angle_to_quaternion(axis * values[:, :1])
    return euler_to_quaternion(values, mode)


def euler_to_quaternion(angles: np.ndarray, order: str) -> np.ndarray:
    """Euler angles (T, 3) about X, Y and Z, the first axis of the order turned first, as quaternions (T, 4)."""
    turns = {axis: axis_angle_to_quaternion(angles * np.eye(3)[k]) for k, axis in enumerate("XYZ")}
    first, second, third = (turns[axis] for axis in order)
    return multiply_quaternions(third, multiply_quaternions(second, first))


def _normalised(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(the vectors at unit length, (T, 1) which are zero); those stay zero."""
    norm = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.where(norm > 1e-9, vectors / np.maximum(norm, 1e-9), 0.0), norm <= 1e-9


# From quaternions -----------------------------------------------------------------------------------------------------


def quaternion_to_channel(mode: str, q: np.ndarray) -> np.ndarray:
    """Unit quaternions (T, 4) as values (T, 3 or 4) of a rotation channel that run on from row to row.

    Of the values of the first rotation, those nearest to the rest pose.
    """
    q = make_continuous(np.asarray(q, np.float64))
    q = -q if len(q) and q[0, 0] < 0 else q
    if mode == QUATERNION:
        return q
    return _axis_angles(q) if mode == AXIS_ANGLE else _eulers(q, mode)


def _axis_angles(q: np.ndarray) -> np.ndarray:
    """(T, 4) angle and axis of continuous quaternions: the axis keeps its side, and the angle may be negative."""
    sine = np.linalg.norm(q[:, 1:], axis=1)
    is_told = sine > 1e-9
    if not is_told.any():
        return np.tile(_CHANNELS[AXIS_ANGLE].rest, (len(q), 1))
    # A rotation by nothing has the axis of the rotation before it, or of the first after it.
    row = np.maximum.accumulate(np.where(is_told, np.arange(len(q)), int(is_told.argmax())))
    axes = q[row, 1:] / sine[row, None]
    kept = make_continuous(axes)
    sign = np.where(np.sum(kept * axes, axis=1) < 0, -1.0, 1.0)
    angles = np.unwrap(2.0 * np.arctan2(sign * np.where(is_told, sine, 0.0), q[:, 0]), period=4.0 * np.pi)
    return np.concatenate([angles[:, None], kept], axis=1)


def _eulers(q: np.ndarray, order: str) -> np.ndarray:
    """(T, 3) Euler angles: of the two triples that make each rotation, the one nearer to the row before.

    Bernardes and Viollet, "Quaternion to Euler angles conversion", PLoS ONE 17 (2022): half the sum and half the
    difference of the outer angles are angles of two complex numbers, whose lengths tell the middle angle.
    """
    i, j, k = ("XYZ".index(axis) for axis in order)
    odd = 1.0 if (j - i) % 3 == 1 else -1.0
    w, a, b, c = q[:, 0], q[:, 1 + i], q[:, 1 + j], odd * q[:, 1 + k]
    lower, upper = np.hypot(w - b, a + c), np.hypot(w + b, a - c)
    total, difference = 2.0 * np.arctan2(a + c, w - b), 2.0 * np.arctan2(a - c, w + b)
    triples = np.stack(
        [(total + difference) / 2, np.pi / 2 - 2.0 * np.arctan2(lower, upper), odd * (total - difference) / 2], axis=1
    )
    # At a pole only one of the two is told: the last angle stays as it was.
    for row in np.flatnonzero(np.minimum(lower, upper) < _POLE):
        last = triples[row - 1, 2] if row else 0.0
        first = difference[row] + odd * last if lower[row] < upper[row] else total[row] - odd * last
        triples[row] = first, triples[row, 1], last
    angles = np.empty((len(q), 3))
    angles[:, [i, j, k]] = np.unwrap(_nearer_twins(triples), axis=0)
    return angles


def _nearer_twins(triples: np.ndarray) -> np.ndarray:
    """Each of these triples (T, 3), outer angles first and last, or its twin, which makes the same rotation: whichever
    is nearer to the row before, the first to zero. Whole turns are not counted.
    """
    twins = _twin(triples)
    before = np.concatenate([np.zeros((1, 3)), triples[:-1]])
    # A twin's twin is the triple itself, so a step to the other kind is as long from either.
    changes = _step(twins - before) < _step(triples - before)
    is_twin = np.cumsum(changes) % 2 == 1
    return np.where(is_twin[:, None], twins, triples)


def _twin(triples: np.ndarray) -> np.ndarray:
    return np.array([1.0, -1.0, 1.0]) * triples + np.pi


def _step(difference: np.ndarray) -> np.ndarray:
    """Squared length (T,) of differences of angles (T, 3), each taken the short way round."""
    return np.sum((difference - 2 * np.pi * np.rint(difference / (2 * np.pi))) ** 2, axis=1)


# Running on -----------------------------------------------------------------------------------------------------------


class Shift(NamedTuple):
    """Another value of the same rotation, component by component: sign * value + offset, (k,) each."""

    sign: np.ndarray
    offset: np.ndarray

    def __call__(self, values: np.ndarray) -> np.ndarray:
        """The other values (T, k) of the same rotations."""
        return (self.sign * values + self.offset).astype(values.dtype)

    @property
    def is_none(self) -> bool:
        """Whether values stay as they are."""
        return bool((self.sign == 1).all() and (self.offset == 0).all())


def shift_towards(mode: str, values: np.ndarray, before: np.ndarray) -> Shift:
    """What makes of a rotation's values (k,) those of the same rotation that are nearest to others (k,).

    mode: a rotation mode; "" for values that are no rotation and have no others.
    """
    shifts = [_whole_turns(mode, shift, values, before) for shift in _others(mode, len(values))]
    return min(shifts, key=lambda shift: float(np.sum((shift.sign * values + shift.offset - before) ** 2)))


def _others(mode: str, width: int) -> list[Shift]:
    """The values of a rotation besides whole turns; as they stand first."""
    same = Shift(np.ones(width), np.zeros(width))
    if mode in _CHANNELS:
        return [same, Shift(-np.ones(width), np.zeros(width))]
    if not mode:
        return [same]
    sign = np.ones(3)
    sign["XYZ".index(mode[1])] = -1.0
    return [same, Shift(sign, np.full(3, np.pi))]


def _whole_turns(mode: str, shift: Shift, values: np.ndarray, before: np.ndarray) -> Shift:
    """The shift with whole turns added to its angles, so that they come as near as they can."""
    turns = np.rint((before - shift.sign * values - shift.offset) / (2 * np.pi))
    if mode in (QUATERNION, ""):
        turns[:] = 0.0
    elif mode == AXIS_ANGLE:
        turns[1:] = 0.0
    return Shift(shift.sign, shift.offset + 2 * np.pi * turns)
