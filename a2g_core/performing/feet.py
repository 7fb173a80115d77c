"""Feet that stay where a take stands, whatever the pelvis and the legs above them do.

A take stands in one place: where its feet are at rest. Decoded legs know that by and large; here each foot is put there
to the millimetre, as it is turned at rest, and the legs follow from that and from where the pelvis is. Where a pinned
clip moves the feet it has its way: they step there and back, one after the other, within the pin's fades.

Every frame is solved by itself, so that a change reaches no further than before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ..body import components
from ..body.kinematics import LEG_CHAIN, grounded
from ..body.legs import OURS, UP
from ..body.motion import Motion, Skeleton
from ..body.planting import lowering_m, reach_ankles
from ..body.resample import eased, slices
from ..body.rotations import (
    axis_angle_to_quaternion,
    matrix_to_sixd,
    multiply_quaternions,
    quaternion_to_matrix,
    slerp,
)
from ..body.skeleton import SIDES
from .fades import passed
from .pins import PinCodes

_UP, _ON, _OVER = 0.4, 0.25, 0.5
"""Shares of a step: how long the foot rises, and sinks at the end; when it begins to move, and how long it does."""
_LIFT_M, _LIFT_SHARE = 0.035, 0.2
"""How high a foot is lifted for a step, and how much more for each metre that it moves: by two centimetres as it begins
to move."""
_SMALL_LIFT_M = 0.028
"""How high for a small step, likewise."""
_NO_STEP_M, _STEP_M = 0.0015, 0.003
"""A foot whose ankle and ball move by less is not lifted, and one of which either moves by so much is lifted wholly."""
_CARRY_M = 0.02
"""How far the pelvis goes over the foot that stands while the other one is lifted for a small step."""
_ROUNDING = 1e-6


class Steps(NamedTuple):
    """Small steps from where a take stands, and back, on n frames.

    passed: (n, 1), 0 to 1, how much of the time of both feet's steps has passed, or is left; aside: (n, 2, 3), where
    each foot goes, metres; yaw: (n, 2), how far it is turned to the left then, radians.
    """

    passed: np.ndarray
    aside: np.ndarray
    yaw: np.ndarray


class Feet:
    """The feet of one take. pose: (motion_size,), how it stands at rest."""

    def __init__(self, pose: np.ndarray, skeleton: Skeleton) -> None:
        self._skeleton, self._legs = skeleton, skeleton.subset(LEG_CHAIN)
        self._rows = {name: skeleton.index(name) for name in LEG_CHAIN}
        local = self._local(pose.reshape(1, -1, 6))
        places, world = self._world(local)
        self._ankles = (places + grounded(local, self._legs)[:, None])[0]
        self._turns = {n: components.to_quaternion(world[n]) for n in world if n.endswith(("ankle", "foot"))}
        self._ankles[:, 1] -= self._above_the_floor_m()

    def stand(self, motion: Motion, pins: Sequence[PinCodes], first: int, steps: Steps | None = None) -> Motion:
        """A motion from frame `first` on whose feet are at their place, but where these steps and pins move them.

        A frame in which the feet do just as a pin wants keeps its bits.
        """
        n, near = len(motion), [pin for pin in pins if pin.touches(first, len(motion)) and self._is_moved_by(pin)]
        own_way = np.zeros(n, bool)
        ankles = np.repeat(self._ankles[None], n, axis=0)
        turns = {name: np.repeat(turn, n, axis=0) for name, turn in self._turns.items()}
        if steps is not None and steps.passed.any():
            motion = replace(motion, translation=motion.translation + self._small_steps(ankles, turns, steps))
        sixd = matrix_to_sixd(quaternion_to_matrix(motion.quaternions)) if near else np.zeros((n, 0, 6), np.float32)
        for pin, weight in zip(near, _in_turn(near, first, n), strict=True):
            low, high = pin.within(first, n)
            inside, mine = slice(low - first, high - first), slice(low - pin.first, high - pin.first)
            strength = pin.strength[mine].astype(np.float64)
            is_whole, is_none = (pin.weight[mine] == 1) & (strength == 1), weight[inside] == 0
            own_way[inside] = is_whole[:, 0] | (own_way[inside] & is_none[:, 0])
            theirs, their_turns = self._places(pin, sixd[inside], low, high)
            here = {name: turn[inside] for name, turn in turns.items()}
            self._step(ankles[inside], here, theirs, their_turns, _stepped(passed(weight[inside])), _LIFT_M, strength)
        frames = np.flatnonzero(~own_way)
        if not len(frames):
            return motion
        quaternions, translation = motion.quaternions.copy(), motion.translation.copy()
        for part in slices(len(frames)):
            own = frames[part]
            self._put(quaternions, translation, own, ankles[own], {name: turn[own] for name, turn in turns.items()})
        return replace(motion, quaternions=quaternions, translation=translation)

    def _step(
        self, ankles: np.ndarray, turns: dict[str, np.ndarray], theirs: np.ndarray, their_turns: dict[str, np.ndarray],
        step: tuple[np.ndarray, np.ndarray], lift_m: float, strength: np.ndarray | float = 1.0,
    ) -> None:  # fmt: skip
        """Step from ankles (n, 2, 3) with these turns, in place, to theirs, as far as `_stepped` says."""
        moved, lifted = step
        away = theirs - ankles
        turned = self._balls(their_turns) - self._balls(turns)
        far = strength * np.maximum(_along_floor(away), _along_floor(away + turned))
        height = eased((far - _NO_STEP_M) / (_STEP_M - _NO_STEP_M)) * (lift_m + _LIFT_SHARE * far)
        ankles += (strength * moved)[..., None] * away + (lifted * height)[..., None] * UP
        for name, turn in turns.items():
            share = (strength * moved)[:, SIDES.index(name.partition("_")[0]), None]
            turn[:] = slerp(turn, their_turns[name], share)

    def _small_steps(self, ankles: np.ndarray, turns: dict[str, np.ndarray], steps: Steps) -> np.ndarray:
        """Take them, in place, and say where they take the pelvis, (n, 3) float32: with the feet, and over the one that
        stands."""
        (during,) = np.nonzero(steps.passed[:, 0])
        here, own, aside = {name: turn[during] for name, turn in turns.items()}, ankles[during], steps.aside[during]
        yaw = axis_angle_to_quaternion(steps.yaw[during][..., None] * UP)
        there = {
            name: multiply_quaternions(yaw[:, SIDES.index(name.partition("_")[0])], turn) for name, turn in here.items()
        }
        step = _stepped(steps.passed[during])
        self._step(own, here, own + aside, there, step, _SMALL_LIFT_M)
        ankles[during] = own
        for name, turn in here.items():
            turns[name][during] = turn
        out = np.zeros((len(ankles), 3), np.float32)
        out[during] = (step[0][..., None] * aside).mean(axis=1)
        goes = step[1] * eased(_along_floor(aside) / _STEP_M)
        out[during, 0] += _CARRY_M * (goes[:, 1] - goes[:, 0])
        return out

    def _put(
        self, quaternions: np.ndarray, translation: np.ndarray, frames: np.ndarray, ankles: np.ndarray,
        turns: dict[str, np.ndarray],
    ) -> None:  # fmt: skip
        """Turn the legs of these frames, and lower the root, so that ankles (n, 2, 3) are there and so turned."""
        above = [name for name in LEG_CHAIN if name not in turns]
        rows = [self._rows[name] for name in above]
        local = components.from_quaternion(quaternions[frames][:, rows].astype(np.float64))
        _, turned = components.forward_kinematics(
            [np.ascontiguousarray(local[..., k]) for k in range(len(above))], self._legs.subset(above)
        )
        world = dict(zip(above, turned, strict=True))
        hips = self._hips(world["pelvis"]) + translation[frames, None].astype(np.float64)
        lower = lowering_m(OURS, ankles - hips)
        hips[..., 1] -= lower[:, None]
        rotations = {name: matrix.transpose(2, 0, 1) for name, matrix in world.items()}
        reached = reach_ankles(OURS, rotations, ankles - hips)
        world |= {name: matrix.transpose(1, 2, 0) for name, matrix in reached.items()}
        world |= {name: components.from_quaternion(turn) for name, turn in turns.items()}
        for name in LEG_CHAIN[1:]:
            parent = LEG_CHAIN[self._legs.parents[LEG_CHAIN.index(name)]]
            own = components.product(world[parent].swapaxes(0, 1), world[name])
            quaternions[frames, self._rows[name]] = components.to_quaternion(own)
        translation[frames, 1] -= lower

    def _above_the_floor_m(self) -> np.ndarray:
        """How far each foot can go down, (2,): until its ball is on the floor, or its heel, by the ankle's height."""
        ankles, balls = (
            np.array([self._legs.rest_places[f"{side}_{joint}"][1] for side in SIDES]) for joint in ("ankle", "foot")
        )
        heights = self._ankles[:, 1]
        return np.minimum(heights + self._balls(self._turns)[0, :, 1] - balls, heights - ankles).clip(0)

    def _is_moved_by(self, pin: PinCodes) -> bool:
        """Whether a pin holds a joint below the pelvis, or takes the body elsewhere."""
        travels = pin.place is not None or (pin.away is not None and bool(pin.away.any()))
        return travels or any(self._skeleton.names[joint] in LEG_CHAIN[1:] for joint in pin.joints)

    def _places(self, pin: PinCodes, sixd: np.ndarray, low: int, high: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """Where a pin has the ankles at its full weight on its frames low to high, (n, 2, 3), and how ankles and feet
        are turned there. sixd (n, J, 6): the poses, for the joints that it does not hold."""
        posed = sixd.copy()
        posed[:, pin.joints] = pin.pose[low - pin.first : high - pin.first]
        local = self._local(posed)
        places, world = self._world(local)
        root = grounded(local, self._legs)
        travel = pin.travel(low, high, sixd.reshape(len(sixd), -1), self._skeleton)
        if travel is not None:
            root = root + travel
        return places + root[:, None], {name: components.to_quaternion(world[name]) for name in self._turns}

    def _local(self, sixd: np.ndarray) -> list[np.ndarray]:
        """How the joints of the legs are turned in poses (T, J, 6), (3, 3, T) each."""
        return [components.from_sixd(sixd[:, row].astype(np.float64)) for row in self._rows.values()]

    def _world(self, local: list[np.ndarray]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """Where the ankles are beside the pelvis, (T, 2, 3), and how the joints of the legs are turned in the world,
        (3, 3, T) each."""
        places, turned = components.forward_kinematics(local, self._legs)
        ankles = np.stack([places[LEG_CHAIN.index(f"{side}_ankle")].T for side in SIDES], axis=1)
        return ankles, dict(zip(LEG_CHAIN, turned, strict=True))

    def _balls(self, turns: dict[str, np.ndarray]) -> np.ndarray:
        """Where the balls of the feet are beside the ankles, (T, 2, 3). turns: quaternions (T, 4) of the ankles."""
        offsets = [self._legs.offsets[LEG_CHAIN.index(f"{side}_foot")] for side in SIDES]
        matrices = [quaternion_to_matrix(turns[f"{side}_ankle"]) for side in SIDES]
        return np.stack([m @ np.array(offset) for m, offset in zip(matrices, offsets, strict=True)], axis=1)

    def _hips(self, pelvis: np.ndarray) -> np.ndarray:
        """Where the hip joints are beside the pelvis, (T, 2, 3)."""
        offsets = [self._legs.offsets[LEG_CHAIN.index(f"{side}_hip")] for side in SIDES]
        return np.stack([components.turned(pelvis, offset).T for offset in offsets], axis=1)


def _along_floor(way: np.ndarray) -> np.ndarray:
    """How far a way (..., 3) leads, (...) metres, whatever it rises."""
    return np.hypot(way[..., 0], way[..., 2])


def _in_turn(pins: Sequence[PinCodes], first: int, n: int) -> list[np.ndarray]:
    """The weight of each pin on frames first to first + n beside those before it, (n, 1) each in 0..1: its share of
    what the later ones leave. So one that rises as another falls, be it earlier or later, is stepped to from that."""
    left, found = np.ones((n, 1)), []
    for pin in reversed(pins):
        weight = np.zeros((n, 1))
        low, high = pin.within(first, n)
        weight[low - first : high - first] = pin.weight[low - pin.first : high - pin.first]
        found.append(np.where(left > _ROUNDING, np.clip(weight / np.maximum(left, _ROUNDING), 0, 1), weight > 0))
        left = np.maximum(left - weight, 0)
    return [np.where(weight > 1 - _ROUNDING, 1.0, weight) for weight in reversed(found)]


def _stepped(passed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far each foot is on its way, (n, 2), when so much of the time has passed, (n, 1) 0 to 1; and how far it is
    lifted, likewise.

    In the first half of the time the left foot steps, and in the second the right one.
    """
    step = np.clip(2 * passed - (0, 1), 0, 1)
    return eased((step - _ON) / _OVER), eased(step / _UP) * eased((1 - step) / _UP)
