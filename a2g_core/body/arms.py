"""Arms as the chest sees them, and turns of joints that come and go.

Rotations are (T, J, 3, 3), each about the joint's parent; by name, and everything else, with their components first.
Points are (3, P, T).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .components import dot, from_sixd, to_axis_angle, turned
from .kinematics import unit_vectors
from .motion import Skeleton
from .resample import eased, smooth
from .skeleton import BODY_HANDS, FINGERS, SIDES

_OFFSETS = dict(zip(BODY_HANDS.names, BODY_HANDS.offsets, strict=True))
FOREARM = (0.45, 0.75)
"""Of the way from elbow to wrist, where the forearm is looked at."""
AROUND_KNUCKLE_M = 0.125
"""From the middle finger's first joint, its knuckle, no part of the hand is further, but a spread thumb."""
ROUNDING = 8
"""A depth of so many units in the last place of a metre is none."""
STEPS = 8
"""Turns towards the surface within a frame: each leaves the solid that the hand is deepest in, and may meet another."""
LEAST_SINE = 0.5
"""Of the angle between the arm and the way out: a turn cannot make the arm longer, and must not try."""
HOLD_S = 0.2
"""What a contact needs is held so long before and after it, and comes and goes within as much again."""
_AGREED = 0.7
"""Length of the mean of near turns, as a share of their mean length, from which on they agree on the way out."""
TRUNK_AND_ARMS = (
    "pelvis", "spine1", "spine2", "spine3", "neck", "head", "left_hip", "right_hip",
    *(f"{side}_{joint}" for side in SIDES for joint in ("collar", "shoulder", "elbow", "wrist")),
)  # fmt: skip
JOINTS = (*TRUNK_AND_ARMS, *(f"{side}_{finger}{k}" for side in SIDES for finger in FINGERS for k in (1, 2, 3)))
"""Those whose rotations matter here, parents first; of fingers only where a hand is near something."""


def receptive_field(fps: float) -> int:
    """Frames before and after a contact in which a joint turns: what is `held` goes half as far, and shoulders follow
    thumbs."""
    return 4 * _frames(HOLD_S, fps)


def _frames(seconds: float, fps: float) -> int:
    return max(1, round(seconds * fps))


def held(turns: np.ndarray, fps: float, seconds: float = HOLD_S) -> np.ndarray:
    """Turns (T, C) that come and go smoothly, and are nowhere smaller than those given.

    But where the way out changes sides: there a hand is let through, as it would jump otherwise.
    """
    hold, sizes = _frames(seconds, fps), np.linalg.norm(turns, axis=1)
    most = sliding_window_view(np.pad(sizes, hold), 2 * hold + 1).max(axis=1)
    mean = smooth(turns, 2 * hold / 3)
    agreement = np.linalg.norm(mean, axis=1, keepdims=True) / np.maximum(smooth(sizes[:, None], 2 * hold / 3), 1e-9)
    return unit_vectors(mean) * smooth(most[:, None], hold / 3) * eased(agreement / _AGREED)


def held_from(found: np.ndarray, frames: np.ndarray, n: int, fps: float, seconds: float = HOLD_S) -> np.ndarray:
    """Turns (F, C) that were found on these of n frames, and none elsewhere, `held`: (n, C)."""
    turns = np.zeros((n, found.shape[1]), found.dtype)
    turns[frames] = found
    return held(turns, fps, seconds) if found.any() else turns


Turns = Mapping[str, np.ndarray]
"""Rotations (3, 3, T) of joints by name, each about its parent."""


def by_joint(rotations: np.ndarray, skeleton: Skeleton) -> Turns:
    """Those of (T, J, 3, 3) that matter here; no copies of what has its components first."""
    return {
        name: np.ascontiguousarray(rotations[:, skeleton.index(name)].transpose(1, 2, 0))
        for name in JOINTS if name in skeleton.names
    }  # fmt: skip


def by_sixd(sixd: np.ndarray, skeleton: Skeleton, joints: Sequence[str] = JOINTS) -> Turns:
    """Those of 6-D rotations (T, J, 6), of these joints as far as there are."""
    names = [name for name in joints if name in skeleton.names]
    matrices = from_sixd(sixd[:, [skeleton.index(name) for name in names]].swapaxes(0, 1))
    return {name: matrices[:, :, k] for k, name in enumerate(names)}


def at_frames(turns: Turns, frames: np.ndarray) -> Turns:
    """Rotations of these frames alone."""
    return {name: turn[..., frames] for name, turn in turns.items()}


def column(name: str, dtype: np.dtype) -> np.ndarray:
    """A joint's offset, (3, 1, 1)."""
    return np.array(_OFFSETS[name], dtype)[:, None, None]


def norm(vectors: np.ndarray) -> np.ndarray:
    """Lengths (...) of vectors (3, ...)."""
    return np.sqrt(dot(vectors, vectors))


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors (3, ...) at length one; what is shorter than 1e-9 stays shorter."""
    return vectors / np.maximum(norm(vectors), 1e-9)


def no_turn(n: int, dtype: np.dtype) -> np.ndarray:
    """(3, 3, n) that turn nothing."""
    return np.zeros((3, 3, n), dtype) + np.eye(3, dtype=dtype)[..., None]


def from_above(turns: Turns, joint: str, places: np.ndarray) -> np.ndarray:
    """Places (3, P, T) or (3, P, 1) in a joint's axes, as its parent sees them."""
    if joint in turns:
        places = turned(turns[joint][:, :, None], places)
    return places + column(joint, places.dtype)


def seen_from_chest(turns: Turns, side: str, places: np.ndarray, carrier: str = "wrist") -> np.ndarray:
    """Places in the axes of a joint of the arm, in those of the chest, (3, P, T)."""
    chain = ("wrist", "elbow", "shoulder", "collar")
    for joint in chain[chain.index(carrier) :]:
        places = from_above(turns, f"{side}_{joint}", places)
    return places


def on_forearm(turns: Turns, side: str) -> np.ndarray:
    """Balls of a forearm (3, P, T) in the chest's axes."""
    offset = column(f"{side}_wrist", turns[f"{side}_wrist"].dtype)
    return seen_from_chest(turns, side, offset * np.array(FOREARM, offset.dtype)[:, None], "elbow")


def coarse(turns: Turns, side: str) -> np.ndarray:
    """A knuckle, and two points of the forearm, (3, 3, T) in the chest's axes."""
    knuckle = column(f"{side}_middle1", turns[f"{side}_wrist"].dtype)
    return np.concatenate([seen_from_chest(turns, side, knuckle), on_forearm(turns, side)], axis=1)


def shoulder_of(turns: Turns, side: str) -> np.ndarray:
    """Where a shoulder is in the chest's axes, (3, T)."""
    collar = turns[f"{side}_collar"]
    return turned(collar, _OFFSETS[f"{side}_shoulder"]) + column(f"{side}_collar", collar.dtype)[..., 0]


def about_collar(collar: np.ndarray, turn: np.ndarray) -> np.ndarray:
    """A turn (3, 3, T) in the chest's axes as axis-angle (3, T) about a collar's."""
    return turned(collar.swapaxes(0, 1), to_axis_angle(turn))
