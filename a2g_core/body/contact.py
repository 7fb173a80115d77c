"""Hands inside the trunk, a thigh or the head, and the turns of thumbs and shoulders that take them out.

Rotations are (T, J, 3, 3), each about the joint's parent. Fingers that a skeleton lacks are held straight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    from_above,
    held,
    no_turn,
    norm,
    on_forearm,
    seen_from_chest,
    shoulder_of,
    unit,
)
from .components import cross, dot, from_axis_angle, product, turned
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
    turns, out = by_joint(rotations, skeleton), np.zeros((len(rotations), 2), rotations.dtype)
    body, wider = _Body(solids, _views(turns, solids)), _wider(clearance_m, rotations)
    around = (AROUND_KNUCKLE_M + solids.thicker_m[0],)
    for k, side in enumerate(SIDES):
        if f"{side}_thumb1" in turns:
            (near,) = np.nonzero(body.deepest(coarse(turns, side)[:, :1], around) + wider > 0)
            depth = body.at(near).deepest(*_balls(at_frames(turns, near), side, solids.thicker_m, _THUMB))
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
    turns, out = by_joint(rotations, skeleton), np.zeros((len(rotations), 2, 3), rotations.dtype)
    body, wider = _Body(solids, _views(turns, solids)), _wider(clearance_m, rotations)
    hand_m, forearm_m = solids.thicker_m
    around = (AROUND_KNUCKLE_M + hand_m, *(radius_m + forearm_m for radius_m in _FOREARM_RADII_M))
    for k, side in enumerate(SIDES):
        seen = coarse(turns, side)
        if for_corpus:
            around, seen = around[:1], seen[:, :1]
        (near,) = np.nonzero(body.deepest(seen, around) + wider > 0)
        here, there = at_frames(turns, near), body.at(near)
        points, radii = _balls(here, side, solids.thicker_m, _PALM if for_corpus else _HAND, forearm=not for_corpus)
        (meet,) = np.nonzero(there.deepest(points, radii) + wider[near] > 0)
        if len(meet):
            here, shoulder = at_frames(here, meet), shoulder_of(at_frames(here, meet), side)
            levers = points[..., meet] - shoulder[:, None]
            found = _turns_out(there.at(meet), shoulder, (levers, radii), wider[near[meet]], of_deepest=for_corpus)
            out[near[meet], k] = about_collar(here[f"{side}_collar"], found).T
            out[:, k] = held(out[:, k], fps, _CORPUS_HOLD_S if for_corpus else HOLD_S)
    return out


def _wider(clearance_m: np.ndarray | None, rotations: np.ndarray) -> np.ndarray:
    """How much wider the body is, (T,)."""
    if clearance_m is None:
        return np.zeros(len(rotations), rotations.dtype)
    return np.asarray(clearance_m).astype(rotations.dtype)


def _balls(
    turns: Turns, side: str, thicker_m: tuple[float, float], names: Iterable[str] = tuple(_HAND), forearm: bool = False
) -> tuple[np.ndarray, list[float]]:
    """Where these balls of a hand, and those of the forearm, are in the chest's axes, (3, P, T), and their radii."""
    points = _hand(turns, side)[:, [list(_HAND).index(name) for name in names]]
    radii = [_HAND[name] + thicker_m[0] for name in names]
    if forearm:
        points = np.concatenate([points, on_forearm(turns, side)], axis=1)
        radii += [radius_m + thicker_m[1] for radius_m in _FOREARM_RADII_M]
    return points, radii


_Views = Mapping[str, tuple[np.ndarray, np.ndarray]]
"""How the joint of each solid sees the chest (spine3): its axes (3, 3, T), and its place (3, T)."""


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
        return (radii - norm(way)).astype(way.dtype)

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
    """The balls of a hand, (3, P, T), in the chest's axes."""
    none = np.zeros((3, 1, turns[f"{side}_wrist"].shape[-1]), turns[f"{side}_wrist"].dtype)
    points = [none]
    for finger in FINGERS:
        places = none + _TIP * column(f"{side}_{finger}3", none.dtype)
        for k in (3, 2, 1):
            places = from_above(turns, f"{side}_{finger}{k}", np.concatenate([none, places], axis=1))
        points.append(places)
    return seen_from_chest(turns, side, np.concatenate(points, axis=1))


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
        for k, way in enumerate(body.ways_out(shoulder[:, None] + levers)):
            depths = body.depth(k, way, radii) + wider
            (met,) = np.nonzero(depths.max(axis=0) > 0)
            if not len(met):
                continue
            depths, arms = depths[:, met], levers[..., met]
            axes = cross(arms, unit(body.to_chest(k, way[..., met], met)))
            all_axes[:, met] += (depths.clip(0) * axes).sum(axis=1)
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
