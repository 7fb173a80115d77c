"""Hands inside the trunk, a thigh or the head, and the turns of thumbs and shoulders that take them out.

Rotations are (T, J, 3, 3), each about the joint's parent. Fingers that a skeleton lacks are held straight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from .arms import (
    AROUND_KNUCKLE_M,
    HOLD_S,
    LEAST_SINE,
    ROUNDING,
    STEPS,
    Turns,
    about_collar,
    at_frames,
    by_joint,
    coarse,
    column,
    held_from,
    no_turn,
    norm,
    on_forearm,
    seen_from_chest,
    shoulder_of,
    unit,
)
from .components import cross, dot, from_axis_angle, product, total, turned
from .motion import Skeleton
from .skeleton import FINGERS, SIDES
from .solids import OURS, Solids

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
_LAID_M = 0.008
"""A thumb that is so deep in the body is laid down wholly."""
_FOREARM_RADII_M = (0.03, 0.026)
"""How thick the forearm is there."""
_CORPUS_HOLD_S = 0.13
"""So long contacts are held in corpora; elsewhere `HOLD_S`."""


def hand_depths_m(rotations: np.ndarray, skeleton: Skeleton, solids: Solids = OURS) -> np.ndarray:
    """How deep the deepest point of each hand is in the body, (T, 2) metres, left first; 0: outside."""
    turns = by_joint(rotations, skeleton)
    return _Body.of(turns, solids).deepest(*_balls(turns, solids.thicker_m)).clip(0)


def near_body(turns: Turns, wider_m: np.ndarray, solids: Solids = OURS, *, forearms: bool = True) -> np.ndarray:
    """Whether each hand, or its forearm, may be in the body, (T, 2), left first: nowhere else is it. No finger is asked
    for. Parameters as of `turns_out`."""
    hand_m, forearm_m = solids.thicker_m
    around = (AROUND_KNUCKLE_M + hand_m, *(radius_m + forearm_m for radius_m in _FOREARM_RADII_M))
    n = len(around) if forearms else 1
    points = np.stack([coarse(turns, side)[:, :n] for side in SIDES], axis=1)
    return _Body.of(turns, solids).deepest(points, around[:n]) + wider_m[:, None] > 0


def thumb_folds(turns: Turns, wider_m: np.ndarray, solids: Solids = OURS) -> np.ndarray:
    """How far each thumb that is in the body must be laid down along its hand, (T, 2) in 0..1, left first; 1: as in
    `LAID`.

    The deeper it is, the further, each frame by itself: see `held`. Shoulders do the rest. By themselves they would
    take a hand that rests on the hip far off it, for a thumb that points into the body. Parameters as of `turns_out`;
    no fold without fingers.
    """
    depth = _Body.of(turns, solids).deepest(*_balls(turns, solids.thicker_m, _THUMB)) + wider_m[:, None]
    is_felt = near_body(turns, wider_m, solids, forearms=False) & [name in turns for name in LAID]
    return np.clip(depth / _LAID_M, 0, 1) * is_felt


def turns_out(
    turns: Turns, wider_m: np.ndarray, near: np.ndarray, solids: Solids = OURS, *, for_corpus: bool = False
) -> np.ndarray:
    """Turns of the shoulders that take hands and forearms out of the body, (T, 2, 3) axis-angle, left first, each frame
    by itself: see `held`.

    wider_m: (T,) how much wider the body is. near: `near_body`. solids: the body. for_corpus: wrist, palm and middle
    finger alone, in the way that corpora were made. A turn goes before the shoulder's own rotation, about the collar's
    axes. It is exactly zero where nothing is inside. A hand may lie on the body.
    """
    body, out = _Body.of(turns, solids), np.zeros((len(wider_m), 2, 3), wider_m.dtype)
    points, radii = _balls(turns, solids.thicker_m, _PALM if for_corpus else _HAND, forearm=not for_corpus)
    depths = body.deepest(points, radii) + wider_m[:, None]
    for k, side in enumerate(SIDES):
        (meet,) = np.nonzero(near[:, k] & (depths[:, k] > 0))
        if len(meet):
            shoulder, collar = shoulder_of(turns, side)[:, meet], turns[f"{side}_collar"][..., meet]
            levers = points[:, k][..., meet] - shoulder[:, None]
            found = _turns_out(body.at(meet), shoulder, (levers, radii), wider_m[meet], of_deepest=for_corpus)
            out[meet, k] = about_collar(collar, found).T
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
    """`turns_out`, `held`: exactly zero where nothing is inside within the `receptive_field`."""
    turns, n = by_joint(rotations, skeleton), len(rotations)
    wider_m = np.zeros(n, rotations.dtype) if clearance_m is None else np.asarray(clearance_m).astype(rotations.dtype)
    near = near_body(turns, wider_m, solids, forearms=not for_corpus)
    (frames,) = np.nonzero(near.any(axis=1))
    found = turns_out(at_frames(turns, frames), wider_m[frames], near[frames], solids, for_corpus=for_corpus)
    hold_s = _CORPUS_HOLD_S if for_corpus else HOLD_S
    return np.stack([held_from(found[:, k], frames, n, fps, hold_s) for k in range(len(SIDES))], axis=1)


def _balls(
    turns: Turns, thicker_m: tuple[float, float], names: Iterable[str] = tuple(_HAND), forearm: bool = False
) -> tuple[np.ndarray, list[float]]:
    """Where these balls of each hand, and those of the forearm, are in the chest's axes, (3, 2, P, T), and their radii
    (P,)."""
    rows = [list(_HAND).index(name) for name in names]
    radii = [_HAND[name] + thicker_m[0] for name in names]
    points = [_hand(turns, side)[:, rows] for side in SIDES]
    if forearm:
        points = [np.concatenate([p, on_forearm(turns, side)], axis=1) for p, side in zip(points, SIDES, strict=True)]
        radii += [radius_m + thicker_m[1] for radius_m in _FOREARM_RADII_M]
    return np.stack(points, axis=1), radii


_Views = Mapping[str, tuple[np.ndarray, np.ndarray]]
"""How joints that carry solids see the chest (spine3): its axes (3, 3, T), and its place (3, T)."""


class _Carried(NamedTuple):
    """The S solids of one joint, as it sees them: where their axes start (3, S, 1, 1), the ways along these, the same
    over their squared lengths, by which a point's place along an axis is told; radii (S, 1). across: which components
    of the ways are not 0."""

    joint: str
    starts: np.ndarray
    along: np.ndarray
    shares: np.ndarray
    radii: np.ndarray
    across: list[int]

    @classmethod
    def of(cls, joint: str, solids: Solids, dtype: np.dtype) -> _Carried:
        """Those of a joint."""
        rows = [k for k, carrier in enumerate(solids.joints) if carrier == joint]
        along = solids.along[rows]
        squares = np.maximum((along**2).sum(axis=1, keepdims=True), np.finfo(np.float32).tiny)  # 0 of a ball
        starts, along, shares = (
            v.T.astype(dtype)[..., None, None] for v in (solids.starts[rows], along, along / squares)
        )
        across = [k for k in range(3) if along[k].any()]
        return cls(joint, starts, along, shares, solids.radii[rows, None], across)

    def ways_out(self, points: np.ndarray) -> np.ndarray:
        """The ways out for points (3, P, T), (3, S, P, T) from the solids' axes."""
        ways = points[:, None] - self.starts
        part = np.minimum(np.maximum(sum(self.shares[k] * ways[k] for k in self.across), 0), 1)
        for k in self.across:
            ways[k] -= part * self.along[k]
        return ways

    def depths(self, ways: np.ndarray, radii_m: Sequence[float]) -> np.ndarray:
        """How deep balls with these ways out of the solids are in them, (S, P, T), negative outside."""
        return (self.radii + np.array(radii_m)).astype(ways.dtype)[..., None] - norm(ways)


@lru_cache(maxsize=8)
def _carried(solids: Solids, dtype: np.dtype) -> list[_Carried]:
    return [_Carried.of(joint, solids, dtype) for joint in dict.fromkeys(solids.joints)]


class _Body(NamedTuple):
    """The capsules that hands keep out of, and how their joints see the chest."""

    solids: Sequence[_Carried]
    views: _Views

    @classmethod
    def of(cls, turns: Turns, solids: Solids) -> _Body:
        """With joints so turned."""
        return cls(_carried(solids, turns["spine3"].dtype), _views(turns, solids))

    def at(self, frames: np.ndarray) -> _Body:
        """On these frames alone."""
        views = {joint: (turn[..., frames], place[..., frames]) for joint, (turn, place) in self.views.items()}
        return _Body(self.solids, views)

    def seen(self, joint: str, points: np.ndarray) -> np.ndarray:
        """Points (3, P, T) as a joint sees them."""
        if joint not in self.views:
            return points
        axes, place = self.views[joint]
        return turned(axes[:, :, None], points) + place[:, None]

    def deepest(self, points: np.ndarray, radii_m: Sequence[float]) -> np.ndarray:
        """How deep the deepest of balls about points (3, 2, P, T) of two hands is in any solid, (T, 2)."""
        hands, n, frames = points.shape[1:]
        out = np.full((hands * n, frames), -np.inf, points.dtype)
        for some in self.solids:
            ways = some.ways_out(self.seen(some.joint, points.reshape(3, hands * n, frames)))
            np.maximum(out, some.depths(ways, [*radii_m] * hands).max(axis=0), out=out)
        return out.reshape(hands, n, frames).max(axis=1).T

    def to_chest(self, joint: str, ways: np.ndarray, frames: np.ndarray) -> np.ndarray:
        """Ways (3, P, F) of these frames, as a joint sees them, in the chest's axes."""
        return turned(self.views[joint][0][:, :, None, frames].swapaxes(0, 1), ways) if joint in self.views else ways


def _views(turns: Turns, solids: Solids) -> _Views:
    dtype = turns["spine3"].dtype
    axes, place = turns["spine3"], np.zeros_like(turns["spine3"][0]) + column("spine3", dtype)[..., 0]
    views = {"spine2": (axes, place)}
    for joint, above in (("spine2", "spine1"), ("spine1", "pelvis")):
        axes, place = product(turns[joint], axes), turned(turns[joint], place) + column(joint, dtype)[..., 0]
        views[above] = axes, place
    for hip in (f"{side}_hip" for side in SIDES):
        back = turns[hip].swapaxes(0, 1)
        views[hip] = product(back, axes), turned(back, place - column(hip, dtype)[..., 0])
    if not {"neck", "head"}.isdisjoint(solids.joints):
        axes, place = no_turn(place.shape[-1], dtype), np.zeros_like(place)
        for joint in ("neck", "head"):
            back = turns[joint].swapaxes(0, 1)
            axes, place = product(back, axes), turned(back, place - column(joint, dtype)[..., 0])
            views[joint] = axes, place
    return views


def _hand(turns: Turns, side: str) -> np.ndarray:
    """The balls of a hand, (3, P, T), in the chest's axes: the wrist's, then finger by finger, all of which are turned
    at once."""
    wrist = turns[f"{side}_wrist"]
    n, dtype = wrist.shape[-1], wrist.dtype
    none, straight = np.zeros((3, len(FINGERS), 1, n), dtype), no_turn(n, dtype)
    places = none + _TIP * _of_fingers(side, 3, dtype)
    for k in (3, 2, 1):
        turn = np.stack([turns.get(f"{side}_{finger}{k}", straight) for finger in FINGERS], axis=2)
        places = turned(turn[:, :, :, None], np.concatenate([none, places], axis=2)) + _of_fingers(side, k, dtype)
    return seen_from_chest(turns, side, np.concatenate([none[:, 0], *places.swapaxes(0, 1)], axis=1))


@cache
def _of_fingers(side: str, k: int, dtype: np.dtype) -> np.ndarray:
    """Offsets of the k-th joint of each finger, (3, 5, 1, 1)."""
    return np.stack([column(f"{side}_{finger}{k}", dtype) for finger in FINGERS], axis=1)


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
    whole = no_turn(len(wider), wider.dtype)
    for _ in range(STEPS):
        levers = turned(whole[:, :, None], arm)
        depth, lever = np.zeros_like(wider), np.zeros_like(shoulder)
        axis, all_axes = np.zeros_like(shoulder), np.zeros_like(shoulder)
        for some in body.solids:
            ways = some.ways_out(body.seen(some.joint, shoulder[:, None] + levers))
            depths = some.depths(ways, radii) + wider
            (met,) = np.nonzero(depths.max(axis=(0, 1)) > 0)
            if not len(met):
                continue
            arms = np.tile(levers[..., met], (1, len(depths), 1))
            depths, ways = depths[..., met].reshape(-1, len(met)), ways[..., met].reshape(3, -1, len(met))
            axes = cross(arms, unit(body.to_chest(some.joint, ways, met)))
            all_axes[:, met] += total(depths.clip(0) * axes)
            point = depths.argmax(axis=0)
            (deeper,) = np.nonzero(depths[point, np.arange(len(met))] > depth[met])
            at, point = met[deeper], point[deeper]
            depth[at], axis[:, at], lever[:, at] = depths[point, deeper], axes[:, point, deeper], arms[:, point, deeper]
        depth = np.where(depth > ROUNDING * np.finfo(depth.dtype).eps, depth, 0)
        if not depth.any():
            break  # further turns would be none, to the bit
        if of_deepest:
            reach = np.maximum(dot(axis, axis), LEAST_SINE**2 * dot(lever, lever))
            turn = axis * (depth / np.maximum(reach, np.finfo(depth.dtype).tiny))
        else:
            aim = unit(all_axes)
            reach = np.maximum(dot(aim, axis), LEAST_SINE * norm(lever))
            turn = aim * (depth / np.maximum(reach, np.finfo(depth.dtype).tiny))
        whole = product(from_axis_angle(turn), whole)
    return whole
