"""Which way is up in a motion from elsewhere, told from how the body stands in it."""

from __future__ import annotations

import numpy as np

from ..errors import MotionError
from .kinematics import joint_positions
from .motion import Motion
from .rest import shortest_arc, unit
from .rotations import make_continuous, matrix_to_quaternion, multiply_quaternions
from .skeleton import PELVIS_HEIGHT_M

_FRAMES = 1500
"""Number of frames, spread over the motion, from which up is told."""

_Y = np.array([0.0, 1.0, 0.0])
_TRUNK_CLEAR, _LEGS_CLEAR = np.cos(np.deg2rad(40.0)), np.cos(np.deg2rad(30.0))
_LEAST_AGREEMENT = 0.5
"""Mean length of the trunk's direction over time below which the body has no main direction."""

_STANDING_M, _LYING_M = (0.6, 1.35), (0.02, 0.4)
"""How high a pelvis is above the floor."""


def stand_up(motion: Motion, zero_m: float = 0.0) -> Motion:
    """The motion with Y up, turned from whichever axis the body stands along; unchanged where that is Y.


    zero_m: how high above the origin, along Y, the translation counts from. That of what was turned counts from our
    rest position above the origin.
    Up is from pelvis to head; where the trunk lies between the axes, from the feet to the pelvis. A body that turns all
    ways has no main direction and is left as it is. Z up becomes Y up as (x, y, z) to (x, z, -y), and Y down, as
    cameras have it, by half a turn about X. MotionError where up cannot be told: of somebody who lies, stands on
    the hands, or leans by half a right angle.
    """
    up = _up_of(motion, zero_m)
    return motion if up is None else along_y(motion, up, zero_m)


def up_is_unclear() -> MotionError:
    """The error of a body whose up cannot be told."""
    return MotionError("it cannot be told which way is up", "give a clip of somebody who stands upright, with Y up")


def along_y(motion: Motion, up: np.ndarray, zero_m: float = 0.0) -> Motion:
    """The motion, whose up (3,) is one of the axes, with Y up, as described at `stand_up`."""
    if up @ _Y > 0.5:
        return motion
    turn = np.diag([1.0, -1.0, -1.0]) if up @ _Y < -0.5 else shortest_arc(up, _Y)
    quaternions = motion.quaternions.copy()
    quaternions[:, 0] = multiply_quaternions(matrix_to_quaternion(turn), motion.quaternions[:, 0])
    translation = (motion.translation + zero_m * _Y) @ turn.T - PELVIS_HEIGHT_M * _Y
    return Motion(make_continuous(quaternions), translation, motion.fps, motion.skeleton)


def _up_of(motion: Motion, zero_m: float) -> np.ndarray | None:
    """The axis (3,) that the body stands along; None if it has no main direction. zero_m: see `stand_up`."""
    frames = np.linspace(0, len(motion) - 1, min(len(motion), _FRAMES)).astype(np.int64)
    sample = Motion(motion.quaternions[frames], motion.translation[frames], motion.fps, motion.skeleton)
    trunk, legs = _directions(sample)
    if np.linalg.norm(trunk) < _LEAST_AGREEMENT:
        return None
    up, cosine = nearest_axis(trunk)
    if cosine > _TRUNK_CLEAR:
        if up @ _Y < 0.5 and (_nearly(legs, _Y) or _is_acrobat(sample.translation, up, zero_m)):
            raise up_is_unclear()
        return up
    up, cosine = nearest_axis(legs)
    if cosine > _LEGS_CLEAR:
        return up
    raise up_is_unclear()


def _directions(motion: Motion) -> tuple[np.ndarray, np.ndarray]:
    """Means over time of the unit vectors (3,) from pelvis to head and from feet to pelvis; zero without legs."""
    places = joint_positions(motion)
    top = [n for n in ("head", "neck", "spine3", "spine2", "spine1") if n in motion.skeleton.names][:1]
    feet = [n for n in ("left_ankle", "right_ankle") if n in motion.skeleton.names]
    root = places[:, 0]
    trunk = places[:, motion.skeleton.index(top[0])] - root if top else np.zeros_like(root)
    legs = root - places[:, [motion.skeleton.index(n) for n in feet]].mean(axis=1) if feet else np.zeros_like(root)
    means = [v / np.maximum(np.linalg.norm(v, axis=1, keepdims=True), 1e-9) for v in (trunk, legs)]
    return means[0].mean(axis=0), means[1].mean(axis=0)


def nearest_axis(v: np.ndarray) -> tuple[np.ndarray, float]:
    """The axis, or its opposite, that is nearest to a vector, and the cosine between them; 0 for a zero vector."""
    axis = np.zeros(3)
    largest = int(np.abs(v).argmax())
    axis[largest] = np.sign(v[largest]) or 1.0
    return axis, float(abs(v[largest]) / max(np.linalg.norm(v), 1e-9))


def _nearly(v: np.ndarray, axis: np.ndarray) -> bool:
    return bool(np.linalg.norm(v) > _LEAST_AGREEMENT and unit(v) @ axis > _LEGS_CLEAR)


def _is_acrobat(translation: np.ndarray, up: np.ndarray, zero_m: float) -> bool:
    """Whether the root is as high as somebody's who lies, or stands on the hands, in a world with Y up.

    translation (T, 3) counts from our rest position or, where zero_m is 0, perhaps from the floor.
    """
    median = np.median(translation, axis=0)
    if up @ _Y < -0.5:
        return bool(_STANDING_M[0] < median[1] + zero_m < _STANDING_M[1])
    if _STANDING_M[0] < median @ up < _STANDING_M[1]:
        return False
    return any(_LYING_M[0] < median[1] + above < _LYING_M[1] for above in (zero_m, PELVIS_HEIGHT_M))
