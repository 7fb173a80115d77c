"""Hands inside the trunk, a thigh or the head, arms inside each other, and the turns of the shoulders that take them
out.

Rotations are (T, J, 3, 3), each about the joint's parent. Fingers that a skeleton lacks are held straight.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .components import cross, dot, from_axis_angle, product, to_axis_angle, turned
from .kinematics import unit_vectors
from .motion import Skeleton
from .resample import eased, smooth
from .skeleton import BODY_HANDS, SIDES
from .solids import OURS, Solids

_OFFSETS = dict(zip(BODY_HANDS.names, BODY_HANDS.offsets, strict=True))
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
_AROUND_FOREARM_M = 0.045
"""From a point of `_FOREARM`, no part of the ball that is nearest to it is further away."""

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
    "pelvis", "spine1", "spine2", "spine3", "neck", "head", "left_hip", "right_hip",
    *(f"{side}_{joint}" for side in SIDES for joint in ("collar", "shoulder", "elbow", "wrist")),
    *(f"{side}_middle{k}" for side in SIDES for k in (1, 2, 3)),
)  # fmt: skip
"""Those whose rotations matter here, parents first."""


def receptive_field(fps: float) -> int:
    """Frames before and after a contact in which `shoulder_turns` are not zero."""
    return 2 * _hold_frames(fps)


def _hold_frames(fps: float) -> int:
    return max(1, round(_HOLD_S * fps))


def hand_depths_m(rotations: np.ndarray, skeleton: Skeleton, solids: Solids = OURS) -> np.ndarray:
    """How deep the deepest point of each hand is in the body, (T, 2) metres, left first; 0: outside."""
    turns = _by_joint(rotations, skeleton)
    views, radii = _views(turns, solids), _thick(_HAND_RADII_M, solids.thicker_m[0])
    depths = (_depths(solids, views, _hand(turns, side), radii) for side in SIDES)
    return np.stack([depth.max(axis=(0, 1)).clip(0) for depth in depths], 1)


def _thick(radii_m: tuple[float, ...], more_m: float) -> tuple[float, ...]:
    return tuple(radius_m + more_m for radius_m in radii_m)


def shoulder_turns(
    rotations: np.ndarray,
    skeleton: Skeleton,
    fps: float,
    *,
    forearms: bool = False,
    clearance_m: np.ndarray | None = None,
    solids: Solids = OURS,
) -> np.ndarray:
    """Turns of the shoulders that take the hands out of the body, (T, 2, 3) axis-angle, left first.

    forearms: these too. clearance_m: (T,) how much wider the body is. solids: the body. A turn goes before the
    shoulder's own rotation, about the collar's axes. It is exactly zero where nothing is inside within the
    `receptive_field`. A hand may lie on the body.
    """
    turns, out = _by_joint(rotations, skeleton), np.zeros((len(rotations), 2, 3), rotations.dtype)
    views = _views(turns, solids)
    hand_m, forearm_m = solids.thicker_m
    wider = np.zeros(len(rotations)) if clearance_m is None else np.asarray(clearance_m)
    wider = wider.astype(rotations.dtype)
    for k, side in enumerate(SIDES):
        radii = (_AROUND_KNUCKLE_M + hand_m, *_thick(_FOREARM_RADII_M, forearm_m))
        seen = _coarse(turns, side)
        if not forearms:
            radii, seen = radii[:1], seen[:, :1]
        near = np.flatnonzero(_depths(solids, views, seen, radii).max(axis=(0, 1)) + wider > 0)
        if len(near):
            here = {joint: (turn[..., near], place[..., near]) for joint, (turn, place) in views.items()}
            arms = {n: turn[..., near] for n, turn in turns.items()}
            found = _turns_out(_Body(solids, here), arms, side, forearms, wider[near])
            if found.any():
                out[near, k] = found.T
                out[:, k] = _held(out[:, k], _hold_frames(fps))
    return out


def arm_depths_m(rotations: np.ndarray, skeleton: Skeleton) -> np.ndarray:
    """How deep forearms and hands are in each other, (T,) metres; 0: apart."""
    turns = _by_joint(rotations, skeleton)
    return _pair_depths(*(_arm(turns, side) for side in SIDES))[0].max(axis=(0, 1)).clip(0)


def turns_apart(rotations: np.ndarray, skeleton: Skeleton, fps: float) -> np.ndarray:
    """As `shoulder_turns`, what takes forearms and hands out of each other: both arms go half of the way."""
    turns, out = _by_joint(rotations, skeleton), np.zeros((len(rotations), 2, 3), rotations.dtype)
    left, right = (_coarse(turns, side) for side in SIDES)
    radii = np.array((_AROUND_KNUCKLE_M, *[_AROUND_FOREARM_M] * len(_FOREARM)), out.dtype)[:, None, None]
    apart = _norm(left[:, :, None] - right[:, None]) - radii - radii[:, 0]
    near = np.flatnonzero(apart.min(axis=(0, 1)) < 0)
    turns = {name: turn[..., near] for name, turn in turns.items() if name.startswith(SIDES)}
    arms = [_arm(turns, side) for side in SIDES]
    (meet,) = np.nonzero(_pair_depths(*arms)[0].max(axis=(0, 1)) > 0)
    if len(meet):
        found = _turns_apart({n: turn[..., meet] for n, turn in turns.items()}, [arm[..., meet] for arm in arms])
        out[near[meet]] = np.moveaxis(found, -1, 0)
        for k in range(len(SIDES)):
            out[:, k] = _held(out[:, k], _hold_frames(fps))
    return out


_Turns = Mapping[str, np.ndarray]
"""Rotations (3, 3, T) of joints by name, each about its parent. Here and below, points are (3, P, T)."""
_Views = Mapping[str, tuple[np.ndarray, np.ndarray]]
"""How the joint of each solid sees the chest (spine3): its axes (3, 3, T), and its place (3, T)."""


def _by_joint(rotations: np.ndarray, skeleton: Skeleton) -> _Turns:
    """Those of (T, J, 3, 3) that matter here; no copies of what has its components first."""
    return {
        name: np.ascontiguousarray(rotations[:, skeleton.index(name)].transpose(1, 2, 0))
        for name in JOINTS if name in skeleton.names
    }  # fmt: skip


def _column(name: str, dtype: np.dtype) -> np.ndarray:
    """A joint's offset, (3, 1, 1)."""
    return np.array(_OFFSETS[name], dtype)[:, None, None]


def _norm(vectors: np.ndarray) -> np.ndarray:
    """Lengths (...) of vectors (3, ...)."""
    return np.sqrt(dot(vectors, vectors))


class _Body(NamedTuple):
    """The capsules that hands keep out of, and how their joints see the chest."""

    solids: Solids
    views: _Views


def _views(turns: _Turns, solids: Solids) -> _Views:
    dtype = turns["spine3"].dtype
    axes, place = turns["spine3"], np.zeros_like(turns["spine3"][0]) + _column("spine3", dtype)[..., 0]
    views = {"spine2": (axes, place)}
    for joint, above in (("spine2", "spine1"), ("spine1", "pelvis")):
        axes, place = product(turns[joint], axes), turned(turns[joint], place) + _column(joint, dtype)[..., 0]
        views[above] = axes, place
    for hip in (f"{side}_hip" for side in SIDES):
        back = turns[hip].swapaxes(0, 1)
        views[hip] = product(back, axes), turned(back, place - _column(hip, dtype)[..., 0])
    if not {"neck", "head"}.isdisjoint(solids.joints):
        axes, place = _no_turn(place.shape[-1], dtype), np.zeros_like(place)
        for joint in ("neck", "head"):
            back = turns[joint].swapaxes(0, 1)
            axes, place = product(back, axes), turned(back, place - _column(joint, dtype)[..., 0])
            views[joint] = axes, place
    return views


def _from_above(turns: _Turns, joint: str, places: np.ndarray) -> np.ndarray:
    """Places (3, P, T) or (3, P, 1) in a joint's axes, as its parent sees them."""
    if joint in turns:
        places = turned(turns[joint][:, :, None], places)
    return places + _column(joint, places.dtype)


def _seen_from_chest(turns: _Turns, side: str, places: np.ndarray, carrier: str = "wrist") -> np.ndarray:
    """Places in the axes of a joint of the arm, in those of the chest, (3, P, T)."""
    chain = ("wrist", "elbow", "shoulder", "collar")
    for joint in chain[chain.index(carrier) :]:
        places = _from_above(turns, f"{side}_{joint}", places)
    return places


def _hand(turns: _Turns, side: str) -> np.ndarray:
    """A hand's three points (3, 3, T) in the chest's axes."""
    wrist = turns[f"{side}_wrist"]
    points = np.zeros((3, 3, wrist.shape[-1]), wrist.dtype)
    points[:, 1:2] = _column(f"{side}_middle1", wrist.dtype)
    last = np.zeros((3, 1, 1), wrist.dtype)
    for joint in ("middle3", "middle2", "middle1"):
        last = _from_above(turns, f"{side}_{joint}", last)
    points[:, 2:] = last
    return _seen_from_chest(turns, side, points)


def _coarse(turns: _Turns, side: str) -> np.ndarray:
    """A knuckle, and two points of the forearm, (3, 3, T) in the chest's axes."""
    knuckle = _column(f"{side}_middle1", turns[f"{side}_wrist"].dtype)
    return np.concatenate([_seen_from_chest(turns, side, knuckle), _forearm(turns, side)], axis=1)


def _arm(turns: _Turns, side: str) -> np.ndarray:
    """The balls of a forearm and a hand, (3, P, T), in the chest's axes."""
    wrist = turns[f"{side}_wrist"]
    places = np.empty((3, 0, wrist.shape[-1]), wrist.dtype)
    for carrier in ("middle2", "middle1", "wrist", "elbow", "shoulder", "collar"):
        own = [share * _column(f"{side}_{to}", wrist.dtype) for joint, to, share, _ in _ARM if joint == carrier]
        if own:
            columns = np.concatenate(own, axis=1)
            places = np.concatenate([np.broadcast_to(columns, (3, len(own), wrist.shape[-1])), places], axis=1)
        places = _from_above(turns, f"{side}_{carrier}", places)
    return places


def _pair_depths(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How deep each ball of one arm (3, P, T) is in each of the other, (P, P, T), negative where apart, and the way
    from the latter to the former, (3, P, P, T)."""
    radii = np.array([radius for *_place, radius in _ARM], left.dtype)
    ways = left[:, :, None] - right[:, None]
    return (radii[:, None] + radii)[..., None] - _norm(ways), ways


def _turns_apart(turns: _Turns, arms: list[np.ndarray]) -> np.ndarray:
    """Turns about the shoulders that take arms out of each other, (2, 3, T) axis-angle about the collars' axes."""
    dtype, n = arms[0].dtype, len(_ARM)
    frames = np.arange(arms[0].shape[-1])
    collars = [turns[f"{side}_collar"] for side in SIDES]
    shoulders = [_shoulder(turns, side) for side in SIDES]
    levers = [arm - shoulder[:, None] for arm, shoulder in zip(arms, shoulders, strict=True)]
    whole = [_no_turn(len(frames), dtype) for _ in SIDES]
    for _ in range(_STEPS):
        now = [turned(turn[:, :, None], lever) for turn, lever in zip(whole, levers, strict=True)]
        depths, ways = _pair_depths(shoulders[0][:, None] + now[0], shoulders[1][:, None] + now[1])
        balls = np.divmod(depths.reshape(-1, len(frames)).argmax(axis=0), n)
        depth = depths[balls[0], balls[1], frames]
        depth = np.where(depth > _ROUNDING * np.finfo(dtype).eps, depth, 0)
        if not depth.any():
            break  # further turns would be none, to the bit
        # Of all balls that meet: which is the deepest changes from frame to frame, and with it the way out.
        met = (depths.clip(0) / np.maximum(_norm(ways), 1e-9) * ways).reshape(3, -1, len(frames))
        way = _unit(met.sum(axis=1)) * (depth / 2)
        for k, sign in enumerate((1, -1)):
            whole[k] = product(_turn_by(now[k][:, balls[k], frames], sign * way), whole[k])
    return np.stack([_about(collar, turn) for collar, turn in zip(collars, whole, strict=True)])


def _turn_by(lever: np.ndarray, way: np.ndarray) -> np.ndarray:
    """The turns (3, 3, T) that move the ends of levers (3, T) by ways (3, T), where they can."""
    axis = cross(lever, way)
    along = dot(axis, axis) / np.maximum(dot(way, way), np.finfo(way.dtype).tiny)
    return from_axis_angle(axis / np.maximum(along, _LEAST_SINE**2 * dot(lever, lever)))


def _shoulder(turns: _Turns, side: str) -> np.ndarray:
    """Where a shoulder is in the chest's axes, (3, T)."""
    collar = turns[f"{side}_collar"]
    return turned(collar, _OFFSETS[f"{side}_shoulder"]) + _column(f"{side}_collar", collar.dtype)[..., 0]


def _no_turn(n: int, dtype: np.dtype) -> np.ndarray:
    return np.zeros((3, 3, n), dtype) + np.eye(3, dtype=dtype)[..., None]


def _about(collar: np.ndarray, turn: np.ndarray) -> np.ndarray:
    """A turn (3, 3, T) in the chest's axes as axis-angle (3, T) about a collar's."""
    return turned(collar.swapaxes(0, 1), to_axis_angle(turn))


def _unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors (3, T) at length one; what is shorter than 1e-9 stays shorter."""
    return vectors / np.maximum(_norm(vectors), 1e-9)


def _forearm(turns: _Turns, side: str) -> np.ndarray:
    """Balls of a forearm (3, P, T) in the chest's axes."""
    offset = _column(f"{side}_wrist", turns[f"{side}_wrist"].dtype)
    return _seen_from_chest(turns, side, offset * np.array(_FOREARM, offset.dtype)[:, None], "elbow")


def _depths(solids: Solids, views: _Views, points: np.ndarray, radii_m: tuple[float, ...]) -> np.ndarray:
    """How deep balls about points (3, P, T) are in every solid, (S, P, T), negative outside."""
    out = np.empty((len(solids.joints), *points.shape[1:]), points.dtype)
    for k, way in enumerate(_ways_out(solids, views, points)):
        np.subtract(solids.radii[k] + np.array(radii_m, points.dtype)[:, None], _norm(way), out=out[k])
    return out


def _ways_out(solids: Solids, views: _Views, points: np.ndarray) -> Iterator[np.ndarray]:
    """Of each solid the way out for points (3, P, T), as its joint sees it, (3, P, T) from the solid's axis."""
    seen = {"spine3": points}
    seen |= {n: turned(axes[:, :, None], points) + place[:, None] for n, (axes, place) in views.items()}
    for joint, start, along in zip(solids.joints, solids.starts, solids.along, strict=True):
        way = seen[joint] - start.astype(points.dtype)[:, None, None]
        length2 = max(float(along @ along), np.finfo(np.float32).tiny)  # 0 of a ball
        part = sum(float(a) * w for a, w in zip(along / length2, way, strict=True) if a)
        part = np.minimum(np.maximum(part, 0), 1)
        for k in np.flatnonzero(along):
            way[k] -= part * float(along[k])
        yield way


def _turns_out(body: _Body, turns: _Turns, side: str, forearms: bool, wider: np.ndarray) -> np.ndarray:
    """Turns about the shoulder that take a hand out of the solids, (3, T) axis-angle about the collar's axes."""
    solids, views = body
    dtype, frames = wider.dtype, np.arange(len(wider))
    shoulder = _shoulder(turns, side)[:, None]
    arm = _hand(turns, side)
    hand_m, forearm_m = solids.thicker_m
    radii = _thick(_HAND_RADII_M, hand_m)
    if forearms:
        arm = np.concatenate([arm, _forearm(turns, side)], axis=1)
        radii = (*radii, *_thick(_FOREARM_RADII_M, forearm_m))
    # How the joint of each solid sees the chest, for the solids that are deepest.
    axes = np.stack([views[j][0] if j in views else _no_turn(len(wider), dtype) for j in solids.joints])
    arm, whole = arm - shoulder, _no_turn(len(wider), dtype)
    for _ in range(_STEPS):
        levers = turned(whole[:, :, None], arm)
        points = shoulder + levers
        depths = _depths(solids, views, points, radii) + wider
        solid, point = np.divmod(depths.reshape(-1, len(frames)).argmax(axis=0), len(radii))
        depth, lever = depths[solid, point, frames], levers[:, point, frames]
        depth = np.where(depth > _ROUNDING * np.finfo(dtype).eps, depth, 0)
        if not depth.any():
            break  # further turns would be none, to the bit
        ways = np.stack(list(_ways_out(solids, views, points)))[solid, :, point, frames].T
        to_chest = np.moveaxis(axes[solid, :, :, frames], 0, -1).swapaxes(0, 1)
        axis = cross(lever, _unit(turned(to_chest, ways)))
        reach = np.maximum(dot(axis, axis), _LEAST_SINE**2 * dot(lever, lever))
        whole = product(from_axis_angle(axis * (depth / reach)), whole)
    return _about(turns[f"{side}_collar"], whole)


def _held(turns: np.ndarray, hold: int) -> np.ndarray:
    """Turns (T, 3) that come and go smoothly, and are nowhere smaller than those given.

    But where the way out changes sides: there a hand is let through, as it would jump otherwise.
    """
    sizes = np.linalg.norm(turns, axis=1)
    most = sliding_window_view(np.pad(sizes, hold), 2 * hold + 1).max(axis=1)
    mean = smooth(turns, 2 * hold / 3)
    agreement = np.linalg.norm(mean, axis=1, keepdims=True) / np.maximum(smooth(sizes[:, None], 2 * hold / 3), 1e-9)
    return unit_vectors(mean) * smooth(most[:, None], hold / 3) * eased(agreement / _AGREED)
