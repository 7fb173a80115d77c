"""Hands inside the trunk or a thigh, arms inside each other, and the turns of the shoulders that take them out.

Rotations are (T, J, 3, 3), each about the joint's parent. Fingers that a skeleton lacks are held straight.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .kinematics import unit_vectors
from .motion import Skeleton
from .resample import eased, smooth
from .rotations import axis_angle_to_matrix, matrix_to_axis_angle
from .skeleton import BODY_HANDS, SIDES


class _Solids(NamedTuple):
    """S capsules that keep their place in a joint's axes, metres: the joints, one end of each and what leads from there
    to the other, (S, 3), and radii (S,)."""

    joints: tuple[str, ...]
    starts: np.ndarray
    along: np.ndarray
    radii: np.ndarray


def _trunk_and_thighs() -> _Solids:
    # Across the trunk: joint, height above it, half width, radius.
    across = (
        ("pelvis", -0.03, 0.15, 0.10),
        ("pelvis", 0.04, 0.14, 0.085),
        ("spine1", 0.02, 0.12, 0.075),
        ("spine3", -0.14, 0.13, 0.088),
        ("spine3", -0.06, 0.143, 0.102),
        ("spine3", 0.03, 0.15, 0.105),
        ("spine3", 0.10, 0.135, 0.088),
    )
    rows = [(joint, (r - w, up, 0.0), (2 * (w - r), 0.0, 0.0), r) for joint, up, w, r in across]
    rows += [(f"{side}_hip", (0.0, 0.0, 0.0), _OFFSETS[f"{side}_knee"], 0.07) for side in SIDES]
    joints, starts, along, radii = zip(*rows, strict=True)
    return _Solids(joints, np.array(starts), np.array(along), np.array(radii))


_OFFSETS = dict(zip(BODY_HANDS.names, BODY_HANDS.offsets, strict=True))
_SOLIDS = _trunk_and_thighs()
"""As wide as the figure of `figure.py`."""
_HAND_RADII_M = (0.022, 0.018, 0.01)
"""About the wrist, and about the first and the last joint of the middle finger."""
_FOREARM, _FOREARM_RADII_M = (0.45, 0.75), (0.03, 0.026)
"""Of the way from elbow to wrist, where the forearm is looked at, and how thick it is there."""
_AROUND_KNUCKLE_M = 0.125
"""From the middle finger's first joint, its knuckle, no part of the hand is further away."""

_ARM = (
    ("elbow", "wrist", 0.4, 0.031), ("elbow", "wrist", 0.7, 0.027), ("wrist", "middle1", 0.0, 0.023),
    ("wrist", "middle1", 0.5, 0.028), ("wrist", "middle1", 1.0, 0.022), ("wrist", "index1", 1.0, 0.018),
    ("wrist", "pinky1", 1.0, 0.018), ("middle1", "middle2", 1.0, 0.024), ("middle2", "middle3", 1.0, 0.02),
)  # fmt: skip
"""Balls that fill a forearm and a hand: the joint that carries one, the next joint, how far from the one to the other
it lies, and its radius in metres."""
_ARMS_MEET_M = 0.45
"""Arms whose wrists are farther apart do not meet: no part of a ball is more than half as far from its wrist."""

_ROUNDING = 8
"""A depth of so many units in the last place of a metre is none."""
_STEPS = 8
"""Turns towards the surface within a frame: each leaves the solid that the hand is deepest in, and may meet another."""
_LEAST_SINE = 0.5
"""Of the angle between the arm and the way out: a turn cannot make the arm longer, and must not try."""
_HOLD_S = 0.13
"""What a contact needs is held so long before and after it, and comes and goes within as much again."""
_AGREED = 0.7
"""Length of the mean of near turns, as a share of their mean length, from which on they agree on the way out."""

JOINTS = (
    "pelvis", "spine1", "spine2", "spine3", "left_hip", "right_hip",
    *(f"{side}_{joint}" for side in SIDES for joint in ("collar", "shoulder", "elbow", "wrist")),
    *(f"{side}_middle{k}" for side in SIDES for k in (1, 2, 3)),
)  # fmt: skip
"""Those whose rotations matter here, parents first."""


def receptive_field(fps: float) -> int:
    """Frames before and after a contact in which `shoulder_turns` are not zero."""
    return 2 * _hold_frames(fps)


def _hold_frames(fps: float) -> int:
    return max(1, round(_HOLD_S * fps))


def hand_depths_m(rotations: np.ndarray, skeleton: Skeleton) -> np.ndarray:
    """How deep the deepest point of each hand is in the trunk or a thigh, (T, 2) metres, left first; 0: outside."""
    views = _views(rotations, skeleton)
    hands = [_hand(rotations, skeleton, side) for side in SIDES]
    return np.stack([_depths(views, hand, _HAND_RADII_M)[0].max(axis=(0, 1)).clip(0) for hand in hands], axis=1)


def shoulder_turns(
    rotations: np.ndarray,
    skeleton: Skeleton,
    fps: float,
    *,
    forearms: bool = False,
    clearance_m: np.ndarray | None = None,
) -> np.ndarray:
    """Turns of the shoulders that take the hands out of trunk and thighs, (T, 2, 3) axis-angle, left first.

    forearms: these too. clearance_m: (T,) how much wider the trunk and the thighs are. A turn goes before the
    shoulder's own rotation, about the collar's axes. It is exactly zero where nothing is inside within the
    `receptive_field`. A hand may lie on the body.
    """
    views, out = _views(rotations, skeleton), np.zeros((len(rotations), 2, 3), rotations.dtype)
    wider = np.zeros(len(rotations)) if clearance_m is None else np.asarray(clearance_m)
    wider = wider.astype(rotations.dtype)
    for k, side in enumerate(SIDES):
        seen = [_seen_from_chest(rotations, skeleton, side, _column(f"{side}_middle1", out.dtype))]
        radii: tuple[float, ...] = (_AROUND_KNUCKLE_M,)
        if forearms:
            seen, radii = [*seen, _forearm(rotations, skeleton, side)], (*radii, *_FOREARM_RADII_M)
        depths, _ = _depths(views, np.concatenate(seen, axis=-1), radii)
        near = np.flatnonzero(depths.max(axis=(0, 1)) + wider > 0)
        if len(near):
            turns = _turns_out(views[:, near], rotations[near], skeleton, side, forearms, wider[near])
            if turns.any():
                out[near, k] = turns
                out[:, k] = _held(out[:, k], _hold_frames(fps))
    return out


def arm_depths_m(rotations: np.ndarray, skeleton: Skeleton) -> np.ndarray:
    """How deep forearms and hands are in each other, (T,) metres; 0: apart."""
    left, right = (_arm(rotations, skeleton, side) for side in SIDES)
    return _pair_depths(left, right)[0].max(axis=(1, 2)).clip(0)


def turns_apart(rotations: np.ndarray, skeleton: Skeleton, fps: float) -> np.ndarray:
    """As `shoulder_turns`, what takes forearms and hands out of each other: both arms go half of the way."""
    out = np.zeros((len(rotations), 2, 3), rotations.dtype)
    wrists = [_seen_from_chest(rotations, skeleton, side, np.zeros((3, 1), out.dtype)) for side in SIDES]
    near = np.flatnonzero(np.linalg.norm(wrists[0] - wrists[1], axis=1)[:, 0] < _ARMS_MEET_M)
    arms = [_arm(rotations[near], skeleton, side) for side in SIDES]
    (meet,) = np.nonzero(_pair_depths(*arms)[0].max(axis=(1, 2)) > 0)
    if len(meet):
        out[near[meet]] = _turns_apart(rotations[near[meet]], skeleton, [arm[meet] for arm in arms])
        for k in range(len(SIDES)):
            out[:, k] = _held(out[:, k], _hold_frames(fps))
    return out


def _column(name: str, dtype: np.dtype) -> np.ndarray:
    """A joint's offset, (3, 1)."""
    return np.array(_OFFSETS[name], dtype)[:, None]


def _views(rotations: np.ndarray, skeleton: Skeleton) -> np.ndarray:
    """How the joint of each solid sees the chest (spine3): its axes, and in the last column its place, (S, T, 3, 4)."""
    view = np.broadcast_to(np.eye(3, 4, dtype=rotations.dtype), (len(rotations), 3, 4))
    views = {"spine3": view}
    for joint, above in (("spine3", "spine2"), ("spine2", "spine1"), ("spine1", "pelvis")):
        view = rotations[:, skeleton.index(joint)] @ view
        view[..., 3:] += _column(joint, view.dtype)
        views[above] = view
    for hip in (f"{side}_hip" for side in SIDES):
        from_hip = view.copy()
        from_hip[..., 3:] -= _column(hip, view.dtype)
        views[hip] = np.swapaxes(rotations[:, skeleton.index(hip)], -1, -2) @ from_hip
    return np.stack([views[joint] for joint in _SOLIDS.joints])


def _from_above(rotations: np.ndarray, skeleton: Skeleton, joint: str, places: np.ndarray) -> np.ndarray:
    """Places (T, 3, P) or (3, P) in a joint's axes, as its parent sees them."""
    turned = rotations[:, skeleton.index(joint)] @ places if joint in skeleton.names else places
    return turned + _column(joint, places.dtype)


def _seen_from_chest(
    rotations: np.ndarray, skeleton: Skeleton, side: str, places: np.ndarray, carrier: str = "wrist"
) -> np.ndarray:
    """Places in the axes of a joint of the arm, in those of the chest, (T, 3, P)."""
    chain = ("wrist", "elbow", "shoulder", "collar")
    for joint in chain[chain.index(carrier) :]:
        places = _from_above(rotations, skeleton, f"{side}_{joint}", places)
    return places


def _hand(rotations: np.ndarray, skeleton: Skeleton, side: str) -> np.ndarray:
    """A hand's three points (T, 3, 3), in columns, in the chest's axes."""
    wrist = last = np.zeros((len(rotations), 3, 1), rotations.dtype)
    for joint in ("middle3", "middle2", "middle1"):
        last = _from_above(rotations, skeleton, f"{side}_{joint}", last)
    knuckle = wrist + _column(f"{side}_middle1", wrist.dtype)
    return _seen_from_chest(rotations, skeleton, side, np.concatenate([wrist, knuckle, last], axis=-1))


def _arm(rotations: np.ndarray, skeleton: Skeleton, side: str) -> np.ndarray:
    """The balls of a forearm and a hand, (T, 3, P), in columns, in the chest's axes."""
    places = np.empty((len(rotations), 3, 0), rotations.dtype)
    for carrier in ("middle2", "middle1", "wrist", "elbow", "shoulder", "collar"):
        own = [share * _column(f"{side}_{to}", rotations.dtype) for joint, to, share, _ in _ARM if joint == carrier]
        if own:
            columns = np.concatenate(own, axis=-1)
            places = np.concatenate([np.broadcast_to(columns, (len(places), *columns.shape)), places], axis=-1)
        places = _from_above(rotations, skeleton, f"{side}_{carrier}", places)
    return places


def _pair_depths(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How deep each ball of one arm (T, 3, P) is in each of the other, (T, P, P), negative where apart, and the way
    from the latter to the former, (T, 3, P, P)."""
    radii = np.array([radius for *_place, radius in _ARM], left.dtype)
    ways = left[..., :, None] - right[..., None, :]
    return radii[:, None] + radii - np.sqrt((ways**2).sum(axis=1)), ways


def _turns_apart(rotations: np.ndarray, skeleton: Skeleton, arms: list[np.ndarray]) -> np.ndarray:
    """Turns about the shoulders that take arms out of each other, (T, 2, 3) axis-angle about the collars' axes."""
    dtype, frames, n = rotations.dtype, np.arange(len(rotations)), len(_ARM)
    collars = [rotations[:, skeleton.index(f"{side}_collar")] for side in SIDES]
    shoulders = [
        collar @ _column(f"{side}_shoulder", dtype) + _column(f"{side}_collar", dtype)
        for collar, side in zip(collars, SIDES, strict=True)
    ]
    levers = [arm - shoulder for arm, shoulder in zip(arms, shoulders, strict=True)]
    whole = [np.broadcast_to(np.eye(3, dtype=dtype), (len(frames), 3, 3)) for _ in SIDES]
    for _ in range(_STEPS):
        now = [turn @ lever for turn, lever in zip(whole, levers, strict=True)]
        depths, ways = _pair_depths(shoulders[0] + now[0], shoulders[1] + now[1])
        balls = np.divmod(depths.reshape(len(frames), -1).argmax(axis=1), n)
        depth = depths[frames, balls[0], balls[1]]
        depth = np.where(depth > _ROUNDING * np.finfo(dtype).eps, depth, 0)
        if not depth.any():
            break  # further turns would be none, to the bit
        # Of all balls that meet: which is the deepest changes from frame to frame, and with it the way out.
        met = depths.clip(0)[:, None] * ways / np.maximum(np.sqrt((ways**2).sum(axis=1, keepdims=True)), 1e-9)
        way = unit_vectors(met.sum(axis=(2, 3))) * (depth / 2)[:, None]
        for k, sign in enumerate((1, -1)):
            whole[k] = _turn_by(now[k][frames, :, balls[k]], sign * way) @ whole[k]
    turns = [matrix_to_axis_angle(turn)[..., None] for turn in whole]
    return np.stack([(np.swapaxes(c, -1, -2) @ turn)[..., 0] for c, turn in zip(collars, turns, strict=True)], axis=1)


def _turn_by(lever: np.ndarray, way: np.ndarray) -> np.ndarray:
    """The turns (T, 3, 3) that move the ends of levers (T, 3) by ways (T, 3), where they can."""
    axis = np.cross(lever, way)
    size = (way**2).sum(axis=-1)
    along = (axis**2).sum(axis=-1) / np.maximum(size, np.finfo(way.dtype).tiny)
    return axis_angle_to_matrix(axis / np.maximum(along, _LEAST_SINE**2 * (lever**2).sum(axis=-1))[:, None])


def _forearm(rotations: np.ndarray, skeleton: Skeleton, side: str) -> np.ndarray:
    """Balls of a forearm (T, 3, P), in columns, in the chest's axes."""
    places = _column(f"{side}_wrist", rotations.dtype) * np.array(_FOREARM, rotations.dtype)
    return _seen_from_chest(rotations, skeleton, side, places, "elbow")


def _depths(views: np.ndarray, points: np.ndarray, radii_m: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray]:
    """How deep balls about points (T, 3, P), in columns, are in every solid, and the way out, as its joint sees it.

    views: see `_views`. Returns (S, P, T), negative outside, and (S, 3, P, T) of any length.
    """
    starts, along, radii, balls = (np.asarray(x, points.dtype)[..., None] for x in (*_SOLIDS[1:], radii_m))
    # Frames last, and coordinate by coordinate: NumPy's sums over three numbers take far longer.
    way = np.ascontiguousarray(np.moveaxis(views[..., :3] @ points + views[..., 3:], 1, -1)) - starts[..., None]
    part = (way * along[..., None]).sum(axis=1) / (along**2).sum(axis=1)[..., None]
    way -= part.clip(0, 1)[:, None] * along[..., None]
    return radii[..., None] + balls - np.sqrt((way**2).sum(axis=1)), way


def _turns_out(
    views: np.ndarray, rotations: np.ndarray, skeleton: Skeleton, side: str, forearms: bool, wider: np.ndarray
) -> np.ndarray:
    """Turns about the shoulder that take a hand out of the solids, (T, 3) axis-angle about the collar's axes."""
    collar, dtype = rotations[:, skeleton.index(f"{side}_collar")], rotations.dtype
    shoulder = collar @ _column(f"{side}_shoulder", dtype) + _column(f"{side}_collar", dtype)
    balls = [_hand(rotations, skeleton, side)]
    radii: tuple[float, ...] = _HAND_RADII_M
    if forearms:
        balls, radii = [*balls, _forearm(rotations, skeleton, side)], (*radii, *_FOREARM_RADII_M)
    arm, frames = np.concatenate(balls, axis=-1) - shoulder, np.arange(len(rotations))
    whole = np.broadcast_to(np.eye(3, dtype=dtype), (len(arm), 3, 3))
    for _ in range(_STEPS):
        levers = whole @ arm
        depths, ways = _depths(views, shoulder + levers, radii)
        depths += wider
        solid, point = np.divmod(depths.reshape(-1, len(arm)).argmax(axis=0), len(radii))
        depth, lever = depths[solid, point, frames], levers[frames, :, point]
        depth = np.where(depth > _ROUNDING * np.finfo(dtype).eps, depth, 0)
        if not depth.any():
            break  # further turns would be none, to the bit
        to_chest = np.swapaxes(views[solid, frames, :, :3], -1, -2)
        way = unit_vectors((to_chest @ ways[solid, :, point, frames][..., None])[..., 0])
        axis = np.cross(lever, way)
        reach = np.maximum((axis**2).sum(axis=-1), _LEAST_SINE**2 * (lever**2).sum(axis=-1))
        whole = axis_angle_to_matrix(axis * (depth / reach)[:, None]) @ whole
    turns = matrix_to_axis_angle(whole)[..., None]
    return (np.swapaxes(collar, -1, -2) @ turns)[..., 0]


def _held(turns: np.ndarray, hold: int) -> np.ndarray:
    """Turns (T, 3) that come and go smoothly, and are nowhere smaller than those given.

    But where the way out changes sides: there a hand is let through, as it would jump otherwise.
    """
    sizes = np.linalg.norm(turns, axis=1)
    most = sliding_window_view(np.pad(sizes, hold), 2 * hold + 1).max(axis=1)
    mean = smooth(turns, 2 * hold / 3)
    agreement = np.linalg.norm(mean, axis=1, keepdims=True) / np.maximum(smooth(sizes[:, None], 2 * hold / 3), 1e-9)
    return unit_vectors(mean) * smooth(most[:, None], hold / 3) * eased(agreement / _AGREED)
