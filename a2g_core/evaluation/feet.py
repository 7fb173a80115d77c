"""Feet on the floor. Positions (T, J, 3) in metres *with* the root's translation (`kinematics.joint_positions`)."""

from __future__ import annotations

import numpy as np

from ..body.motion import Skeleton
from ..body.skeleton import PELVIS_HEIGHT_M, SOLE_BELOW_FOOT_M
from ..errors import DataError

_STANCE_M = 0.02
_ANKLE_CONTACT_M, _BALL_CONTACT_M = 0.08, 0.05
_SKATING_M_S = 0.3


def sliding_speed_cm_s(positions: np.ndarray, fps: float, skeleton: Skeleton) -> float:
    """cm/s: mean horizontal speed of the balls of the feet that the body stands on.

    Those are the lower foot, and the other one while it is less than 2 cm higher; so a floating body slides too.
    """
    ball = _feet(positions, skeleton)[:, :, 1]
    height = ball[..., 1]
    stands = height < height.min(axis=1, keepdims=True) + _STANCE_M
    stands = stands[1:] & stands[:-1]
    if not stands.any():
        return float("nan")
    return 100 * float(_horizontal_speed(ball, fps)[stands].mean())


def skating_share(positions: np.ndarray, fps: float, skeleton: Skeleton) -> float:
    """Share of contacts (one foot in one frame) that skate; nan if no foot ever touches the floor.

    As in LODGE (Li et al. 2024): a foot is in contact while its ankle is at most 8 cm and its ball at most 5 cm above
    the floor, and skates if either moves horizontally by more than 1 cm in 1/30 s.
    """
    feet = _feet(positions, skeleton)
    height = feet[..., 1] + PELVIS_HEIGHT_M
    contact = ((height[:, :, 0] <= _ANKLE_CONTACT_M) & (height[:, :, 1] <= _BALL_CONTACT_M))[:-1]
    skates = np.any(_horizontal_speed(feet, fps) > _SKATING_M_S, axis=-1)
    return float(skates[contact].mean()) if contact.any() else float("nan")


def ground_error_cm(positions: np.ndarray, skeleton: Skeleton) -> float:
    """cm: mean distance of the lower sole from the floor, above or below it."""
    sole = _feet(positions, skeleton)[:, :, 1, 1] + PELVIS_HEIGHT_M - SOLE_BELOW_FOOT_M
    return 100 * float(np.abs(sole.min(axis=1)).mean())


def _feet(positions: np.ndarray, skeleton: Skeleton) -> np.ndarray:
    """Positions (T, 2, 2, 3): left and right foot; ankle and ball."""
    if len(positions) < 2:
        raise DataError("one frame is too short to measure feet", "measure a longer motion")
    index = [[skeleton.index(f"{side}_{joint}") for joint in ("ankle", "foot")] for side in ("left", "right")]
    return np.asarray(positions, np.float64)[:, index]


def _horizontal_speed(points: np.ndarray, fps: float) -> np.ndarray:
    """Horizontal speed: (T, ..., 3) to (T - 1, ...) in m/s."""
    return np.linalg.norm(np.diff(points[..., [0, 2]], axis=0), axis=-1) * fps
