"""Hands inside the trunk, a thigh or the head, arms inside each other, and the turns of thumbs and shoulders that take
them out.

Rotations are (T, J, 3, 3), each about the joint's parent. Fingers that a skeleton lacks are held straight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .components import cross, dot, from_axis_angle, product, to_axis_angle, turned
from .kinematics import unit_vectors
from .motion import Skeleton
from .resample import eased, smooth
from .skeleton import BODY_HANDS, FINGERS, SIDES
from .solids import OURS, Solids

_OFFSETS = dict(zip(BODY_HANDS.names, BODY_HANDS.offsets, strict=True))
_TIP = 0.65
"""Of the bone before a finger's last joint, so far beyond that joint lies the ball in its tip."""
_HAND = {
    "wrist": 0.022,
    **{f"{finger}{k}": radius_m for finger in FINGERS for k, radius_m in enumerate((0.018, 0.01, 0.01, 0.008), 1)},
}
"""Balls that fill a hand, by where they are, and their radii in metres; a finger's fourth is in its tip."""
_THUMB, _PALM = ("thumb2", "thumb3", "thumb4"), ("wrist", "middle1", "middle3")
LAID = {"left_thumb1": np.radians((0.0, 33.0, 0.0)), "right_thumb1": np.radians((0.0, -33.0, 0.0))}
"""How a thumb's first joint is turned, axis-angle, as the thumb lies along its hand."""
_LAID_M = 0.02
"""A thumb that is so deep in the body is laid down wholly."""
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
_HOLD_S, _CORPUS_HOLD_S = 0.2, 0.13
"""What a contact needs is held so long before and after it, and comes and goes within as much again."""
_AGREED = 0.7
"""Length of the mean of near turns, as a share of their mean length, from which on they agree on the way out."""

JOINTS = (
    "pelvis", "spine1", "spine2", "spine3", "neck", "head", "left_hip", "right_hip",
    *(f"{side}_{joint}" for side in SIDES for joint in ("collar", "shoulder", "elbow", "wrist")),
    *(f"{side}_{finger}{k}" for side in SIDES for finger in FINGERS for k in (1, 2, 3)),
)  # fmt: skip
"""Those whose rotations matter here, parents first."""


def receptive_field(fps: float) -> int:
    """Frames before and after a contact in which something turns: what is `held` goes half as far, and shoulders follow
    thumbs."""
    return 4 * _frames(_HOLD_S, fps)


def _frames(seconds: float, fps: float) -> int:
    return max(1, round(seconds * fps))


def hand_depths_m(rotations: np.ndarray, skeleton: Skeleton, solids: Solids = OURS) -> np.ndarray:
    """How deep the deepest point of each hand is in the body, (T, 2) metres, left first; 0: outside."""
    turns = _by_joint(rotations, skeleton)
    body = _Body(solids, _views(turns, solids))
    return np.stack([body.deepest(*_balls(turns, side, solids.thicker_m)).clip(0) for side in SIDES], axis=1)


def thumb_folds(
    rotations: np.ndarray, skeleton: Skeleton, *, clearance_m: np.ndarray | None = None, solids: Solids = OURS
) -> np.ndarray:
    """How far each thumb that is in the body must be laid down along its hand, (T, 2) in 0..1, left first; 1: as in
    `LAID`.

    The deeper it is, the further, each frame by itself: see `held`. Shoulders do the rest. By themselves they would
    take a hand that rests on the hip far off it, for a thumb that points into the body. Parameters as of
    `shoulder_turns`; no fold without fingers.
    """
    turns, out = _by_joint(rotations, skeleton), np.zeros((len(rotations), 2), rotations.dtype)
    body, wider = _Body(solids, _views(turns, solids)), _wider(clearance_m, rotations)
    around = (_AROUND_KNUCKLE_M + solids.thicker_m[0],)
    for k, side in enumerate(SIDES):
        if f"{side}_thumb1" in turns:
            (near,) = np.nonzero(body.deepest(_coarse(turns, side)[:, :1], around) + wider > 0)
            depth = body.at(near).deepest(*_balls(_at(turns, near), side, solids.thicker_m, _THUMB))
            out[near, k] = np.clip((depth + wider[near]) / _LAID_M, 0, 1)
    return out


def shoulder_turns(
    rotations: np.ndarray,
    skeleton: Skeleton,
    fps: float,
    *,
    clearance_m: np.ndarray | None = None,
    solids: Solids = OURS,
    for_corpus: bool = False,
) -> np.ndarray:
    """Turns of the shoulders that take hands and forearms out of the body, (T, 2, 3) axis-angle, left first.

    clearance_m: (T,) how much wider the body is. solids: the body. for_corpus: wrist, palm and middle finger alone, in
    the way that corpora were made. A turn goes before the shoulder's own rotation, about the collar's axes. It is
    exactly zero where nothing is inside within the `receptive_field`. A hand may lie on the body.
    """
    turns, out = _by_joint(rotations, skeleton), np.zeros((len(rotations), 2, 3), rotations.dtype)
    body, wider = _Body(solids, _views(turns, solids)), _wider(clearance_m, rotations)
    hand_m, forearm_m = solids.thicker_m
    around = (_AROUND_KNUCKLE_M + hand_m, *(radius_m + forearm_m for radius_m in _FOREARM_RADII_M))
    for k, side in enumerate(SIDES):
        seen = _coarse(turns, side)
        if for_corpus:
            around, seen = around[:1], seen[:, :1]
        (near,) = np.nonzero(body.deepest(seen, around) + wider > 0)
        here, there = _at(turns, near), body.at(near)
        points, radii = _balls(here, side, solids.thicker_m, _PALM if for_corpus else _HAND, forearm=not for_corpus)
        (meet,) = np.nonzero(there.deepest(points, radii) + wider[near] > 0)
        if len(meet):
            here, shoulder = _at(here, meet), _shoulder(_at(here, meet), side)
            levers = points[..., meet] - shoulder[:, None]
            found = _turns_out(there.at(meet), shoulder, (levers, radii), wider[near[meet]], of_deepest=for_corpus)
            out[near[meet], k] = _about(here[f"{side}_collar"], found).T
            out[:, k] = held(out[:, k], fps, _CORPUS_HOLD_S if for_corpus else _HOLD_S)
    return out


def held(turns: np.ndarray, fps: float, seconds: float = _HOLD_S) -> np.ndarray:
    """Turns (T, C) that come and go smoothly, and are nowhere smaller than those given.

    But where the way out changes sides: there a hand is let through, as it would jump otherwise.
    """
    hold, sizes = _frames(seconds, fps), np.linalg.norm(turns, axis=1)
    most = sliding_window_view(np.pad(sizes, hold), 2 * hold + 1).max(axis=1)
    mean = smooth(turns, 2 * hold / 3)
    agreement = np.linalg.norm(mean, axis=1, keepdims=True) / np.maximum(smooth(sizes[:, None], 2 * hold / 3), 1e-9)
    return unit_vectors(mean) * smooth(most[:, None], hold / 3) * eased(agreement / _AGREED)


def _wider(clearance_m: np.ndarray | None, rotations: np.ndarray) -> np.ndarray:
    """How much wider the body is, (T,)."""
    if clearance_m is None:
        return np.zeros(len(rotations), rotations.dtype)
    return np.asarray(clearance_m).astype(rotations.dtype)


def _balls(
    turns: _Turns, side: str, thicker_m: tuple[float, float], names: Iterable[str] = tuple(_HAND), forearm: bool = False
) -> tuple[np.ndarray, list[float]]:
    """Where these balls of a hand, and those of the forearm, are in the chest's axes, (3, P, T), and their radii."""
    points = _hand(turns, side)[:, [list(_HAND).index(name) for name in names]]
    radii = [_HAND[name] + thicker_m[0] for name in names]
    if forearm:
        points = np.concatenate([points, _forearm(turns, side)], axis=1)
        radii += [radius_m + thicker_m[1] for radius_m in _FOREARM_RADII_M]
    return points, radii


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
            out[:, k] = held(out[:, k], fps)
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

    def at(self, frames: np.ndarray) -> _Body:
        """On these frames alone."""
        views = {joint: (turn[..., frames], place[..., frames]) for joint, (turn, place) in self.views.items()}
        return _Body(self.solids, views)

    def ways_out(self, points: np.ndarray) -> Iterator[np.ndarray]:
        """Of each solid the way out for points (3, P, T), as its joint sees it, (3, P, T) from the solid's axis."""
        seen = {"spine3": points}
        seen |= {n: turned(axes[:, :, None], points) + place[:, None] for n, (axes, place) in self.views.items()}
        solids = self.solids
        for joint, start, along in zip(solids.joints, solids.starts, solids.along, strict=True):
            way = seen[joint] - start.astype(points.dtype)[:, None, None]
            length2 = max(float(along @ along), np.finfo(np.float32).tiny)  # 0 of a ball
            part = sum(float(a) * w for a, w in zip(along / length2, way, strict=True) if a)
            part = np.minimum(np.maximum(part, 0), 1)
            for k in np.flatnonzero(along):
                way[k] -= part * float(along[k])
            yield way

    def depth(self, solid: int, way: np.ndarray, radii_m: Sequence[float]) -> np.ndarray:
        """How deep balls with this way out of a solid are in it, (P, T), negative outside."""
        radii = self.solids.radii[solid] + np.array(radii_m, way.dtype)[:, None]
        return (radii - _norm(way)).astype(way.dtype)

    def deepest(self, points: np.ndarray, radii_m: Sequence[float]) -> np.ndarray:
        """How deep the deepest of balls about points (3, P, T) is in any solid, (T,)."""
        out = np.full(points.shape[-1], -np.inf, points.dtype)
        for k, way in enumerate(self.ways_out(points)):
            np.maximum(out, self.depth(k, way, radii_m).max(axis=0), out=out)
        return out

    def to_chest(self, solid: int, ways: np.ndarray, frames: np.ndarray) -> np.ndarray:
        """Ways (3, P, F) of these frames, as the joint of a solid sees them, in the chest's axes."""
        joint = self.solids.joints[solid]
        return turned(self.views[joint][0][:, :, None, frames].swapaxes(0, 1), ways) if joint in self.views else ways


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


def _at(turns: _Turns, frames: np.ndarray) -> _Turns:
    """Rotations of these frames alone."""
    return {name: turn[..., frames] for name, turn in turns.items()}


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
    """The balls of a hand, (3, P, T), in the chest's axes."""
    none = np.zeros((3, 1, turns[f"{side}_wrist"].shape[-1]), turns[f"{side}_wrist"].dtype)
    points = [none]
    for finger in FINGERS:
        places = none + _TIP * _column(f"{side}_{finger}3", none.dtype)
        for k in (3, 2, 1):
            places = _from_above(turns, f"{side}_{finger}{k}", np.concatenate([none, places], axis=1))
        points.append(places)
    return _seen_from_chest(turns, side, np.concatenate(points, axis=1))


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
    """Vectors (3, ...) at length one; what is shorter than 1e-9 stays shorter."""
    return vectors / np.maximum(_norm(vectors), 1e-9)


def _forearm(turns: _Turns, side: str) -> np.ndarray:
    """Balls of a forearm (3, P, T) in the chest's axes."""
    offset = _column(f"{side}_wrist", turns[f"{side}_wrist"].dtype)
    return _seen_from_chest(turns, side, offset * np.array(_FOREARM, offset.dtype)[:, None], "elbow")


def _turns_out(
    body: _Body,
    shoulder: np.ndarray,
    balls: tuple[np.ndarray, Sequence[float]],
    wider: np.ndarray,
    *,
    of_deepest: bool,
) -> np.ndarray:
    """Turns about a shoulder (3, T) that take balls of its arm out of the solids, (3, 3, T).

    balls: where they are from the shoulder, (3, P, T), and their radii. of_deepest: the way out is that of the deepest
    ball; otherwise all that are inside have a say, so that it does not change when another becomes the deepest. All in
    the chest's axes.
    """
    arm, radii = balls
    whole = _no_turn(len(wider), wider.dtype)
    for _ in range(_STEPS):
        levers = turned(whole[:, :, None], arm)
        depth, lever = np.zeros_like(wider), np.zeros_like(shoulder)
        axis, all_axes = np.zeros_like(shoulder), np.zeros_like(shoulder)
        for k, way in enumerate(body.ways_out(shoulder[:, None] + levers)):
            depths = body.depth(k, way, radii) + wider
            (met,) = np.nonzero(depths.max(axis=0) > 0)
            if not len(met):
                continue
            depths, arms = depths[:, met], levers[..., met]
            axes = cross(arms, _unit(body.to_chest(k, way[..., met], met)))
            all_axes[:, met] += (depths.clip(0) * axes).sum(axis=1)
            point = depths.argmax(axis=0)
            (deeper,) = np.nonzero(depths[point, np.arange(len(met))] > depth[met])
            at, point = met[deeper], point[deeper]
            depth[at], axis[:, at], lever[:, at] = depths[point, deeper], axes[:, point, deeper], arms[:, point, deeper]
        depth = np.where(depth > _ROUNDING * np.finfo(depth.dtype).eps, depth, 0)
        if not depth.any():
            break  # further turns would be none, to the bit
        if of_deepest:
            reach = np.maximum(dot(axis, axis), _LEAST_SINE**2 * dot(lever, lever))
            turn = axis * (depth / np.maximum(reach, np.finfo(depth.dtype).tiny))
        else:
            aim = _unit(all_axes)
            reach = np.maximum(dot(aim, axis), _LEAST_SINE * _norm(lever))
            turn = aim * (depth / np.maximum(reach, np.finfo(depth.dtype).tiny))
        whole = product(from_axis_angle(turn), whole)
    return whole
