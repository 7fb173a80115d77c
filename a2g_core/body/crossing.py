"""Arms inside each other, and the turns of the shoulders that take them apart.

Rotations are (T, J, 3, 3), each about the joint's parent.
"""

from __future__ import annotations

import numpy as np

from .arms import (
    AROUND_KNUCKLE_M,
    FOREARM,
    LEAST_SINE,
    ROUNDING,
    STEPS,
    Turns,
    about_collar,
    at_frames,
    by_joint,
    coarse,
    column,
    from_above,
    no_turn,
    norm,
    shoulder_of,
    unit,
)
from .components import cross, dot, from_axis_angle, product, total, turned
from .motion import Skeleton
from .skeleton import SIDES

_ARM = (
    ("elbow", "wrist", 0.4, 0.031), ("elbow", "wrist", 0.7, 0.027), ("wrist", "middle1", 0.0, 0.023),
    ("wrist", "middle1", 0.5, 0.028), ("wrist", "middle1", 1.0, 0.022), ("wrist", "index1", 1.0, 0.018),
    ("wrist", "pinky1", 1.0, 0.018), ("middle1", "middle2", 1.0, 0.024), ("middle2", "middle3", 1.0, 0.02),
)  # fmt: skip
"""Balls that fill a forearm and a hand: the joint that carries one, the next joint, how far from the one to the other
it lies, and its radius in metres."""
_WRIST = 2
"""From this ball on they are the hand's."""
_THROUGH_M, _ASIDE_M = 0.015, 0.2
"""Of hands that are so deep in each other, the deepest balls may say that the way out leads through the other hand, and
elsewhere on the next frame, and no way would be held. Each goes back to its wrist's side then, and the left one to the
left, as if the wrists were so much further apart."""
_AROUND_FOREARM_M = 0.045
"""From a point of `FOREARM`, no part of the ball that is nearest to it is further away."""


def arm_depths_m(rotations: np.ndarray, skeleton: Skeleton) -> np.ndarray:
    """How deep forearms and hands are in each other, (T,) metres; 0: apart."""
    turns = by_joint(rotations, skeleton)
    return _pair_depths(*(_arm(turns, side) for side in SIDES))[0].max(axis=(0, 1)).clip(0)


def near_each_other(turns: Turns) -> np.ndarray:
    """Whether forearms and hands may be in each other, (T,): nowhere else are they. No finger is asked for."""
    left, right = (coarse(turns, side) for side in SIDES)
    radii = np.array((AROUND_KNUCKLE_M, *[_AROUND_FOREARM_M] * len(FOREARM)), left.dtype)[:, None, None]
    apart = norm(left[:, :, None] - right[:, None]) - radii - radii[:, 0]
    return apart.min(axis=(0, 1)) < 0


def turns_apart(turns: Turns) -> np.ndarray:
    """As `contact.turns_out`, what takes forearms and hands out of each other: both arms go half of the way."""
    arms = [_arm(turns, side) for side in SIDES]
    depths, _ = _pair_depths(*arms)
    out = np.zeros((depths.shape[-1], 2, 3), depths.dtype)
    (meet,) = np.nonzero(depths.max(axis=(0, 1)) > 0)
    if len(meet):
        found = _turns_apart(at_frames(turns, meet), [arm[..., meet] for arm in arms])
        out[meet] = np.moveaxis(found, -1, 0)
    return out


def _arm(turns: Turns, side: str) -> np.ndarray:
    """The balls of a forearm and a hand, (3, P, T), in the chest's axes."""
    wrist = turns[f"{side}_wrist"]
    places = np.empty((3, 0, wrist.shape[-1]), wrist.dtype)
    for carrier in ("middle2", "middle1", "wrist", "elbow", "shoulder", "collar"):
        own = [share * column(f"{side}_{to}", wrist.dtype) for joint, to, share, _ in _ARM if joint == carrier]
        if own:
            columns = np.concatenate(own, axis=1)
            places = np.concatenate([np.broadcast_to(columns, (3, len(own), wrist.shape[-1])), places], axis=1)
        places = from_above(turns, f"{side}_{carrier}", places)
    return places


def _pair_depths(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How deep each ball of one arm (3, P, T) is in each of the other, (P, P, T), negative where apart, and the way
    from the latter to the former, (3, P, P, T)."""
    radii = np.array([radius for *_place, radius in _ARM], left.dtype)
    ways = left[:, :, None] - right[:, None]
    return (radii[:, None] + radii)[..., None] - norm(ways), ways


def _turns_apart(turns: Turns, arms: list[np.ndarray]) -> np.ndarray:
    """Turns about the shoulders that take arms out of each other, (2, 3, T) axis-angle about the collars' axes."""
    dtype, n = arms[0].dtype, len(_ARM)
    frames = np.arange(arms[0].shape[-1])
    collars = [turns[f"{side}_collar"] for side in SIDES]
    shoulders = [shoulder_of(turns, side) for side in SIDES]
    levers = [arm - shoulder[:, None] for arm, shoulder in zip(arms, shoulders, strict=True)]
    whole = [no_turn(len(frames), dtype) for _ in SIDES]
    for _ in range(STEPS):
        now = [turned(turn[:, :, None], lever) for turn, lever in zip(whole, levers, strict=True)]
        depths, ways = _pair_depths(shoulders[0][:, None] + now[0], shoulders[1][:, None] + now[1])
        balls = np.divmod(depths.reshape(-1, len(frames)).argmax(axis=0), n)
        depth = depths[balls[0], balls[1], frames]
        depth = np.where(depth > ROUNDING * np.finfo(dtype).eps, depth, 0)
        if not depth.any():
            break  # further turns would be none, to the bit
        # Of all balls that meet: which is the deepest changes from frame to frame, and with it the way out.
        met = (depths.clip(0) / np.maximum(norm(ways), 1e-9) * ways).reshape(3, -1, len(frames))
        way = unit(total(met))
        aside = shoulders[0] + now[0][:, _WRIST] - shoulders[1] - now[1][:, _WRIST]
        aside[0] += _ASIDE_M
        (through,) = np.nonzero((depth > _THROUGH_M) & (dot(way, aside) < 0) & (np.minimum(*balls) >= _WRIST))
        if len(through):
            way[:, through] = unit(aside[:, through])
            depth[through] = _depth_along(way[:, through], depths[..., through], ways[..., through])
        for k, sign in enumerate((1, -1)):
            whole[k] = product(_turn_by(now[k][:, balls[k], frames], sign * way * (depth / 2)), whole[k])
    return np.stack([about_collar(collar, turn) for collar, turn in zip(collars, whole, strict=True)])


def _depth_along(way: np.ndarray, depths: np.ndarray, ways: np.ndarray) -> np.ndarray:
    """How far one arm must go along a way (3, T) until none of its balls is in one of the other's, (T,).

    depths, ways: see `_pair_depths`.
    """
    along, reach = dot(way[:, None, None], ways), depths + norm(ways)
    return (np.sqrt(np.maximum(along**2 + reach**2 - dot(ways, ways), 0)) - along).max(axis=(0, 1))


def _turn_by(lever: np.ndarray, way: np.ndarray) -> np.ndarray:
    """The turns (3, 3, T) that move the ends of levers (3, T) by ways (3, T), where they can."""
    axis = cross(lever, way)
    along = dot(axis, axis) / np.maximum(dot(way, way), np.finfo(way.dtype).tiny)
    return from_axis_angle(axis / np.maximum(along, LEAST_SINE**2 * dot(lever, lever)))
