"""Limbs posed by inverse kinematics: where an elbow or a knee must point to lie where a motion has it."""

from __future__ import annotations

import numpy as np

from .rotations import axis_angle_to_quaternion, quaternion_to_matrix

_STRAIGHT = 0.003
"""A limb whose middle is less than about this share of its length off the line from end to end has no plane to tell."""


def pole_places(limb: np.ndarray, fallback: np.ndarray) -> np.ndarray:
    """Where a limb's pole is put, (T, 3).

    limb: (T, 3, 3) places of shoulder, elbow and wrist, or of hip, knee and ankle. fallback: unit vectors (T, 3) in
    which the middle joint points by how its upper bone is turned: a stretched limb does not tell it. The pole lies as
    far from the middle joint as the limb is long, so that it moves little where the limb is nearly straight.
    """
    above, middle, below = (np.asarray(limb, np.float64)[:, k] for k in range(3))
    upper, lower = middle - above, below - middle
    long = np.linalg.norm(upper, axis=1, keepdims=True) + np.linalg.norm(lower, axis=1, keepdims=True)
    line = _unit(below - above)
    off = upper - np.sum(upper * line, axis=1, keepdims=True) * line
    sideways = fallback - np.sum(fallback * line, axis=1, keepdims=True) * line
    return middle + long * _unit(off + _STRAIGHT * long * _unit(sideways))


def swing(limb: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Radians (T,) by which a limb turns about the line between its ends to bring its middle joint to the side where it
    is wanted; limb, wanted: (T, 3, 3) as in `pole_places`, of the same ends.
    """
    line = _unit(wanted[:, 2] - wanted[:, 0])
    found, off = limb[:, 1] - limb[:, 0], wanted[:, 1] - wanted[:, 0]
    found, off = (v - np.sum(v * line, axis=1, keepdims=True) * line for v in (found, off))
    return np.arctan2(np.sum(line * np.cross(found, off), axis=1), np.sum(found * off, axis=1))


def swung(places: np.ndarray, limb: np.ndarray, angles: np.ndarray) -> np.ndarray:
    """Places (T, 3) turned by these angles (T,) about the lines between the ends of a limb (T, 3, 3)."""
    line = _unit(limb[:, 2] - limb[:, 0])
    turn = axis_angle_to_quaternion(line * angles[:, None])
    return limb[:, 0] + np.einsum("tij,tj->ti", quaternion_to_matrix(turn), places - limb[:, 0])


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
