"""Feet that stay planted on a body of other proportions than our skeleton's: a leg fix after the transfer.

A rig takes over each joint's global rotation, and the middle of its hip joints goes where ours goes, times leg ratio.
Where its hips are wider, its thighs shorter or its feet higher than ours, times that ratio, its ankles then slide and
sink a few millimetres to a few centimetres. Here the ankles are put where they belong:

* horizontally where our ankles are, beside them by what the rig's hips are wider, so that a planted foot slides as ours
  does and not more. What they are wider by turns with the foot, in rounded steps of right angles, so that a foot that
  wobbles does not slide;
* vertically so that the lowest point of the sole is as high above the floor as that of our foot, which is the same
  for a foot that is flat and for one on its toes or heel, however long or high it is.

The pelvis takes what both legs need, since a nearly straight knee turns by degrees for a millimetre; of the rest, up to
`SLACK_M` of height is left as it is, and the knees take what remains: the shin turns about the knee's hinge, and the
whole leg swings by the smallest rotation that brings the ankle to its place. Feet keep their orientation, but for boots
far longer than a foot, which take over less of a small tilt. A knee is never straightened beyond what the leg can
reach: the nearer it is, the more of it the pelvis takes, by going lower. Last, the whole body rises where a sole would
be more than `SOLE_LIMIT_M` below the floor, by a few millimetres at most.

Every step is a function of one frame, without memory, and continuous: a span has the bits of the whole, and nothing
pops. Where nothing is needed, rotations are returned as they came, to the bit.

Axes are SMPL-X's (Y up, facing +Z); lengths are divided by the leg ratio, that is in metres of our skeleton.

`planted` does all of this to a motion before it is transferred: a rig then needs to know nothing of it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from . import components
from .kinematics import LEG_CHAIN, forward_kinematics, unit_vectors
from .legs import OURS, UP, Legs, Rotations, Stance, height_of_soles, stance_of, turned_offsets
from .motion import Motion
from .resample import eased
from .rotations import axis_angle_to_matrix, matrix_to_quaternion, quaternion_to_matrix
from .skeleton import PELVIS_HEIGHT_M, SIDES

SLACK_M = 0.001
"""So much of an ankle's height is left wrong before a knee is bent for it: a knee that is bent by ten degrees would
have to turn by 1.6 for it. Large feet, whose height nobody sees so well, may be off by as much more."""

SOLE_LIMIT_M = 0.001
"""No sole is farther below the floor. Models put heels up to 3.6 mm below it (source_take.npz, 29 November 2026)."""

_RISE_M, _RISE_MORE_M = 0.006, 0.003
"""The body rises by no more than both together. A foot on its toes whose clip does not bend them has them centimetres
below the floor: with every step the body would bob."""

_TURNED_OUT_RAD = np.radians(25.0)
"""Farther than the feet of any of the model's stances."""

_STEEP_RAD = np.radians(20.0)
"""A foot that is tilted more is on its toes or heel, or lifted."""

_STRETCH = 0.9995
"""No leg is stretched further than to this share of its length; a pelvis that would have to is lower."""
_STRETCH_ROUNDING_M = 0.004

_STIFFEST = np.sin(np.radians(1.0)) ** 2
_NOTHING_RAD = 1e-6


class PlantedMotion(NamedTuple):
    """A motion whose feet are planted once it is transferred. before, after: the legs that it is transferred to, as
    they would be without and as they are; `slide_m` tells how far their feet slide, to be multiplied by `Legs.ratio`.
    """

    motion: Motion
    before: Stance
    after: Stance


def planted(motion: Motion, legs: Legs) -> PlantedMotion:
    """A motion of our skeleton for a body with these legs: hips, knees and ankles turned, and the root moved, so that
    its feet are planted after the transfer. MotionError if it lacks a joint of the legs.

    Ankles keep their global rotation, but see `Legs.tilt_share`. Frames that need nothing keep their bits.
    """
    rotations, middle = _legs_of(motion)
    found = plant(legs, rotations, middle)

    quaternions, now = motion.quaternions.copy(), {**rotations, **found.rotations}
    for side in SIDES:
        changed = [now[f"{side}_{joint}"] != rotations[f"{side}_{joint}"] for joint in ("knee", "ankle")]
        is_changed = np.any(changed, axis=(0, -1, -2))
        for parent, joint in pairwise(("pelvis", f"{side}_hip", f"{side}_knee", f"{side}_ankle")):
            own = now[parent][is_changed].swapaxes(-1, -2) @ now[joint][is_changed]
            quaternions[is_changed, motion.skeleton.index(joint)] = matrix_to_quaternion(own)
    translation = motion.translation + (found.middle - middle - (legs.height_m - OURS.height_m) * UP)
    return PlantedMotion(
        Motion(quaternions, translation, motion.fps, motion.skeleton, motion.lids), found.before, found.after
    )


def as_it_comes(motion: Motion, legs: Legs) -> Stance:
    """The same legs if nothing is planted: `before` of `planted`, which takes several times as long."""
    rotations, middle = _legs_of(motion)
    return _taken_over(legs, rotations, middle)[1]


def _legs_of(motion: Motion) -> tuple[Rotations, np.ndarray]:
    """The global rotations of the legs, and the middle of the hip joints, (T, 3) metres above the floor."""
    index = [motion.skeleton.index(name) for name in LEG_CHAIN]
    local = quaternion_to_matrix(motion.quaternions[:, index].astype(np.float64))
    places, turned = forward_kinematics(local, motion.skeleton.subset(LEG_CHAIN))
    hips = [LEG_CHAIN.index(f"{side}_hip") for side in SIDES]
    middle = places[:, hips].mean(axis=1) + motion.translation + PELVIS_HEIGHT_M * UP
    return {name: turned[:, k] for k, name in enumerate(LEG_CHAIN)}, middle


def _taken_over(legs: Legs, rotations: Rotations, middle: np.ndarray) -> tuple[Rotations, Stance]:
    """What a body with these legs makes of rotations and of the middle of our hips, before anything is planted."""
    rotations = {**rotations, **_levelled(legs.tilt_share, rotations)}
    return rotations, stance_of(legs, rotations, middle + (legs.height_m - OURS.height_m) * UP)


class Planted(NamedTuple):
    """A body whose feet are planted. rotations: of its legs, as they are to be. middle: (T, 3) of the hip joints,
    likewise, in metres of our skeleton above the floor. before, after: its legs, as they came and as they are to be.
    """

    rotations: Rotations
    middle: np.ndarray
    before: Stance
    after: Stance


def plant(legs: Legs, rotations: Rotations, middle: np.ndarray) -> Planted:
    """Plant the feet of a body that took over these rotations.

    middle: (T, 3) of the hip joints of our skeleton, in metres above the floor; that of the body is as much higher as
    it is at rest (`Legs.height_m`).
    """
    source = stance_of(OURS, rotations, middle)
    rotations, before = _taken_over(legs, rotations, middle)
    came = middle + (legs.height_m - OURS.height_m) * UP
    wanted = source.ankles + _beside(legs, rotations)
    wanted[..., 1] = source.lowest - height_of_soles(legs, rotations)
    bent = _Bent.of(legs, rotations)

    # What both legs need, the pelvis does. Twice for heights, since a leg that leans does not shorten in proportion.
    shift = np.zeros_like(middle)
    shift[:, [0, 2]] = (wanted - before.ankles)[..., [0, 2]].mean(axis=1)
    for _ in range(2):
        towards, needed = _reach(wanted - before.hips - shift[:, None], bent)
        weight = -towards[..., 1] / (np.sin(bent.angle / 2) ** 2 + _STIFFEST)
        shift[:, 1] -= (weight * needed).sum(axis=1) / np.maximum((weight * -towards[..., 1]).sum(axis=1), 1.0)

    # Of what is left, some may stay wrong, and what the knees cannot straighten for, the pelvis goes down for.
    towards, needed = _reach(wanted - before.hips - shift[:, None], bent)
    slack = SLACK_M / legs.tilt_share
    wanted = wanted - (slack * np.tanh(needed / slack))[..., None] * towards
    towards, needed = _reach(wanted - before.hips - shift[:, None], bent)
    beyond = needed - _limited(needed, 0.0, np.maximum(bent.room, 1e-9))
    shift[:, 1] -= np.maximum(beyond / np.maximum(-towards[..., 1], 0.5), 0.0).max(axis=1)

    rotations = {**rotations, **_solve(bent, rotations, wanted - before.hips - shift[:, None])}
    after = stance_of(legs, rotations, came + shift)
    rise = _limited(_rounded_max(-SOLE_LIMIT_M - after.lowest.min(axis=1), SOLE_LIMIT_M / 2), _RISE_M, _RISE_MORE_M)
    up = rise[:, None, None] * UP
    after = Stance(after.hips + up, after.ankles + up, after.lowest + rise[:, None])
    return Planted(rotations, came + shift + up[:, 0], before, after)


def reach_ankles(legs: Legs, rotations: Rotations, to_ankles: np.ndarray) -> Rotations:
    """Rotations of hips and knees that bring the ankles to (T, 2, 3) from the hip joints: the knees turn about their
    hinges, and the whole legs swing. A leg that is too short for it is straight.
    """
    return _solve(_Bent.of(legs, rotations), rotations, to_ankles)


def lowering_m(legs: Legs, to_ankles: np.ndarray) -> np.ndarray:
    """How much lower the hip joints must be so that no leg is stretched too far, (T,). to_ankles: see `reach_ankles`.

    Zero where both reach; it comes without a corner.
    """
    length = _STRETCH * (np.linalg.norm(legs.thighs, axis=-1) + np.linalg.norm(legs.shins, axis=-1))
    across = to_ankles[..., 0] ** 2 + to_ankles[..., 2] ** 2
    beyond = (-to_ankles[..., 1] - np.sqrt(np.maximum(length**2 - across, 0.0))).max(axis=1)
    return _rounded_max(beyond, _STRETCH_ROUNDING_M)


def _levelled(share: float, rotations: Rotations) -> Rotations:
    """Ankles and feet with this share of a small tilt, and all of one beyond `_STEEP_RAD`."""
    if share == 1.0:
        return {}
    found: dict[str, np.ndarray] = {}
    for side in SIDES:
        upright = rotations[f"{side}_ankle"] @ UP
        _turn, tilt = _arcs(upright.T, np.broadcast_to(UP, upright.shape).T)
        less = (1.0 - share) * (1.0 - eased(tilt / _STEEP_RAD)) * tilt
        axis = unit_vectors(np.cross(upright, UP))
        turn = axis_angle_to_matrix(axis * less[:, None])
        found |= {f"{side}_{joint}": turn @ rotations[f"{side}_{joint}"] for joint in ("ankle", "foot")}
    return found


def _beside(legs: Legs, rotations: Rotations) -> np.ndarray:
    """(T, 2, 3) from our ankles to the body's, along the floor: what its hips are wider by, turned with the feet."""
    wider = (legs.hips - OURS.hips) * [1.0, 0.0, 1.0]
    out = np.empty((len(rotations["pelvis"]), 2, 3))
    for k, side in enumerate(SIDES):
        r = rotations[f"{side}_ankle"]
        # The part of the rotation about the upright axis. (A quaternion's w and y are in this proportion.)
        yaw = np.arctan2(r[:, 0, 2] - r[:, 2, 0], r[:, 0, 0] + r[:, 2, 2])
        # To the nearest right angle, so that a foot is not moved where it wobbles, or is turned out; rounded between.
        quarters = np.floor(yaw / (np.pi / 2))
        share = (yaw - quarters * (np.pi / 2) - _TURNED_OUT_RAD) / (np.pi / 2 - 2 * _TURNED_OUT_RAD)
        steps = (quarters + eased(share)) * (np.pi / 2)
        out[:, k] = (axis_angle_to_matrix(steps[:, None] * UP) @ wider[k][:, None])[..., 0]
    return out


def _reach(to_ankles: np.ndarray, bent: _Bent) -> tuple[np.ndarray, np.ndarray]:
    """Directions (T, 2, 3) from hips to ankles, and how much longer (T, 2) the legs must become to reach so far."""
    return unit_vectors(to_ankles), np.linalg.norm(to_ankles, axis=-1) - bent.length


def _limited(x: np.ndarray, kept: float, more: np.ndarray | float) -> np.ndarray:
    """x as far as `kept`, and from there on less and less of it, never as much as `more` above."""
    return np.minimum(x, kept) + more * -np.expm1(-np.maximum(x - kept, 0.0) / more)


def _rounded_max(x: np.ndarray, reach: float) -> np.ndarray:
    """At least max(x, 0), without its corner: exactly 0 from -reach down, x from reach up."""
    return np.where(x > reach, x, np.clip(x + reach, 0.0, None) ** 2 / (4.0 * reach))


class _Bent(NamedTuple):
    """How the legs are bent as they came; arrays (T, 2). The shin turns about the hinge, a unit vector (T, 2, 3).

    angle: of the knee, 0 where straight. length: from hip to ankle. room: how much longer that can become. thighs,
    shins: (T, 2, 3). across: what is left of both across the hinge (`_solve`). start: the turn at which the leg, as it
    came, would be straight.
    """

    hinge: np.ndarray
    thighs: np.ndarray
    shins: np.ndarray
    start: np.ndarray
    across: np.ndarray
    along: np.ndarray

    @classmethod
    def of(cls, legs: Legs, rotations: Rotations) -> _Bent:
        sideways = np.array([[1.0, 0.0, 0.0]] * 2)
        hinge = unit_vectors(turned_offsets(rotations, "hip", sideways) + turned_offsets(rotations, "knee", sideways))
        thighs, shins = turned_offsets(rotations, "hip", legs.thighs), turned_offsets(rotations, "knee", legs.shins)
        along = (hinge * thighs).sum(-1) * (hinge * shins).sum(-1)
        cosine, sine = (thighs * shins).sum(-1) - along, (thighs * np.cross(hinge, shins)).sum(-1)
        return cls(hinge, thighs, shins, np.arctan2(sine, cosine), np.hypot(sine, cosine), along)

    @property
    def angle(self) -> np.ndarray:
        return np.abs(self.start)

    @property
    def length(self) -> np.ndarray:
        return np.linalg.norm(self.thighs + self.shins, axis=-1)

    @property
    def room(self) -> np.ndarray:
        squares = (self.thighs**2).sum(-1) + (self.shins**2).sum(-1)
        return np.sqrt(squares + 2.0 * (self.along + self.across)) - self.length


def _solve(bent: _Bent, rotations: Rotations, to_ankle: np.ndarray) -> Rotations:
    """Rotations of hips and knees that bring the ankles there, (T, 2, 3) from the hip joints.

    Turned by t about the hinge, thigh and shin have the product `along + across cos(t - start)`, which the distance
    wanted gives. A knee that came bent backwards turns as much as one that was bent forwards so far, so that nothing
    jumps where a knee passes through straight; its ankle then misses its place by about twice what was needed.
    """
    squares = (bent.thighs**2).sum(-1) + (bent.shins**2).sum(-1)
    product = ((to_ankle**2).sum(-1) - squares) / 2.0 - bent.along
    flexed = np.arccos(np.clip(product / np.maximum(bent.across, 1e-12), -1.0, 1.0))
    turn = flexed - bent.angle
    hinge, thighs, shins, to = (
        np.ascontiguousarray(v.transpose(2, 1, 0)) for v in (bent.hinge, bent.thighs, bent.shins, to_ankle)
    )
    bend = components.from_axis_angle(np.ascontiguousarray(turn.T) * hinge)
    legs = thighs + components.turned(bend, shins)
    swing, swing_angle = _arcs(_unit(legs), _unit(to))
    is_needed = (np.abs(turn.T) > _NOTHING_RAD) | (swing_angle > _NOTHING_RAD)
    turned: dict[str, np.ndarray] = {}
    for k, side in enumerate(SIDES):
        for name, more in ((f"{side}_hip", swing[:, :, k]), (f"{side}_knee", components.product(swing, bend)[:, :, k])):
            came = rotations[name].transpose(1, 2, 0)
            turned[name] = np.where(is_needed[k], components.product(more, came), came).transpose(2, 0, 1)
    return turned


def _unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors (3, ...) at length one; zero stays zero."""
    return vectors / np.maximum(np.sqrt(components.dot(vectors, vectors)), 1e-9)


def _arcs(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The smallest rotations (3, 3, ...) that take unit vectors (3, ...) a to b, and their angles (...)."""
    axis = components.cross(a, b)
    sine = np.sqrt(components.dot(axis, axis))
    angle = np.arctan2(sine, components.dot(a, b))
    # Of a tiny angle, angle over sine is 1.
    return components.from_axis_angle(axis * np.where(sine > 1e-9, angle / np.maximum(sine, 1e-9), 1.0)), angle
