"""Somebody who sits: pelvis, legs and feet are those of an animation below, and hands at rest lie on the thighs.

The trunk stays as upright as it would be if it stood, whatever way the pelvis leans in the seat. Arms keep what they
do; but the lower a hand is, the more it does it from where it rests: on the thigh, and not beside a chair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, Self

import numpy as np

from ..body.kinematics import LEG_CHAIN, forward_kinematics, ground_translation, unit_vectors
from ..body.motion import Motion, Pin, Skeleton
from ..body.resample import eased, sample_motion, smooth
from ..body.rotations import (
    axis_angle_to_matrix,
    axis_angle_to_quaternion,
    matrix_to_axis_angle,
    matrix_to_sixd,
    quaternion_to_matrix,
    sixd_to_matrix,
)
from ..body.skeleton import BODY, SIDES, SMPLX
from ..errors import MotionError

_MOST_UPRIGHT_RAD = np.radians(30.0)
"""Who leans back farther than that does not sit upright all the same."""
_SPINE = ("spine1", "spine2", "spine3")
_ARM = ("shoulder", "elbow", "wrist")

_ALONG_THIGH, _OVER_THIGH_M = 0.5, 0.1
"""Where a wrist rests: of the way from hip to knee and above the middle of the thigh."""
_ELBOW_OUT = np.array((0.45, -0.6, -0.66))
"""Which way an elbow points then, outwards, up and ahead."""
_FINGERS_IN_RAD = np.radians(20.0)
_FOREARM_TWIST = 0.6
"""How much of the hand's twist the forearm takes."""
_RESTS_M, _FREE_M = 0.0, 0.3
"""Height of a wrist over the pelvis up to which it rests, and from which on the arm does what it did."""
_SLOW_S = 0.2
"""Standard deviation of the Gaussian over time that this height is smoothed by: an arm does not change its mind as a
hand passes by."""
_STILL = 1e-4

_PELVIS_DEG, _HIP_DEG, _KNEE_DEG, _APART_DEG = -8.0, -76.0, 84.0, 6.0


@dataclass(frozen=True, eq=False)
class Seat:
    """How somebody sits, frame by frame.

    turns: (n, 9, 4) quaternions of the joints of `LEG_CHAIN`, each about its parent. places: (n, 3) metres, of the
    pelvis from where it rests. fps: of these frames; the first and the last hold beyond them. begins_s: when the first
    is, in seconds of the speech. Raises MotionError for other shapes, and for values that are not finite.
    """

    turns: np.ndarray
    places: np.ndarray
    fps: float
    begins_s: float = 0.0

    def __post_init__(self) -> None:
        clip = Motion(self.turns, self.places, self.fps, _LEGS)
        if not len(clip) or not np.isfinite(self.begins_s):
            raise MotionError("nothing is known of how the character sits", "choose another pose")
        object.__setattr__(self, "turns", clip.quaternions)
        object.__setattr__(self, "places", clip.translation)

    @classmethod
    def of(cls, clip: Motion, begins_s: float = 0.0) -> Self:
        """As in a clip of the whole body. MotionError if it lacks a joint of the legs."""
        if missing := [name for name in LEG_CHAIN if name not in clip.skeleton.names]:
            raise MotionError(
                "a pose to sit in lacks {names}", "choose one of a whole body", names=", ".join(missing)
            )  # fmt: skip
        turns, places = clip.quaternions[:, [clip.skeleton.index(name) for name in LEG_CHAIN]], clip.translation
        if np.ptp(places, axis=0).max() < _STILL and np.ptp(turns, axis=0).max() < _STILL:
            turns, places = turns[:1], places[:1]
        return cls(turns, places, clip.fps, begins_s)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seat) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[bytes, bytes, float, float]:
        return self.turns.tobytes(), self.places.tobytes(), float(self.fps), float(self.begins_s)

    def at(self, times_s: np.ndarray, fps: float) -> Motion:
        """Pelvis and legs at times (n,) in seconds of the speech."""
        return sample_motion(Motion(self.turns, self.places, self.fps, _LEGS), times_s - self.begins_s, fps)

    def to_dict(self) -> dict[str, Any]:
        """Its fields."""
        return {
            "turns": self.turns,
            "places": self.places,
            "fps": float(self.fps),
            "begins_s": float(self.begins_s),
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_dict`. MotionError, LookupError, TypeError or ValueError for anything else."""
        turns = np.asarray(values["turns"], np.float32).reshape(-1, len(LEG_CHAIN), 4)
        places = np.asarray(values["places"], np.float32).reshape(-1, 3)
        return cls(turns, places, float(values["fps"]), float(values["begins_s"]))


_LEGS = BODY.subset(LEG_CHAIN)


def chair() -> Seat:
    """On a chair, the feet on the floor before it."""
    turns = np.zeros((1, len(LEG_CHAIN), 3))
    turns[0, 0, 0] = np.radians(_PELVIS_DEG)
    for side, sign in zip(SIDES, (1, -1), strict=True):
        turns[0, LEG_CHAIN.index(f"{side}_hip")] = np.radians((_HIP_DEG, sign * _APART_DEG, 0.0))
        turns[0, LEG_CHAIN.index(f"{side}_knee"), 0] = np.radians(_KNEE_DEG)
    quaternions = axis_angle_to_quaternion(turns.astype(np.float32))
    height = ground_translation(quaternion_to_matrix(quaternions), _LEGS)[:, 1:2]
    return Seat(quaternions, height * np.array((0, 1, 0), np.float32), 30.0)


def above_the_seat(pins: Sequence[Pin]) -> tuple[Pin, ...]:
    """The pins of somebody who sits: without pelvis, legs and feet, and those without anything else left out."""
    found = []
    for pin in pins:
        names = [name for name in pin.clip.skeleton.names if name not in LEG_CHAIN]
        if names:
            found.append(replace(pin, clip=pin.clip.only(names)))
    return tuple(found)


def keep_seat(motion: Motion, seat: Seat, first: int) -> Motion:
    """A motion whose first frame is `first`, with pelvis, legs and feet exactly as the seat has them."""
    times_s = np.arange(first, first + len(motion)) / motion.fps
    below, quaternions = seat.at(times_s, motion.fps), motion.quaternions.copy()
    quaternions[:, [motion.skeleton.index(name) for name in LEG_CHAIN]] = below.quaternions
    return replace(motion, quaternions=quaternions, translation=below.translation)


def reach_frames(fps: float) -> int:
    """So many frames before a frame, and after it, change how much its hands rest."""
    return ceil(3 * _SLOW_S * fps)


class Sitting:
    """One take in its seat. rest: (motion_size,), how it stands at rest."""

    def __init__(self, seat: Seat, rest: np.ndarray, skeleton: Skeleton) -> None:
        self._seat, self._skeleton = seat, skeleton
        self._legs = [skeleton.index(name) for name in LEG_CHAIN]
        self._lap = self._on_thighs(rest)

    def places(self, first: int, n: int, fps: float) -> np.ndarray:
        """Where the pelvis is on frames first to first + n, (n, 3) metres from where it rests."""
        return self._seat.at(np.arange(first, first + n) / fps, fps).translation

    def sit(self, frames: np.ndarray, first: int, fps: float) -> np.ndarray:
        """Frames (n, J * 6) from `first` on, as they are in the seat; those further than `reach_frames` from both ends
        are the same in any longer stretch."""
        local = self._upright(sixd_to_matrix(frames.reshape(len(frames), -1, 6).astype(np.float64)), first, fps)
        places, _ = forward_kinematics(local, self._skeleton)
        for side, lap in self._lap.items():
            height = smooth(places[:, self._skeleton.index(f"{side}_wrist"), 1:2], _SLOW_S * fps)
            share = 1 - eased((height - _RESTS_M) / (_FREE_M - _RESTS_M))
            (resting,) = np.nonzero(share[:, 0])
            for joint, there in zip(_ARM, lap, strict=True):
                row = self._skeleton.index(f"{side}_{joint}")
                own = local[resting, row]
                way = matrix_to_axis_angle(np.swapaxes(own, -1, -2) @ there)
                local[resting, row] = own @ axis_angle_to_matrix(share[resting] * way)
        return matrix_to_sixd(local).reshape(frames.shape).astype(np.float32)

    def _upright(self, local: np.ndarray, first: int, fps: float) -> np.ndarray:
        """Rotations (n, J, 3, 3) with pelvis and legs of the seat, and a trunk as upright as before on top of it."""
        out, pelvis = local.copy(), local[:, self._legs[0]]
        seat = self._seat.at(np.arange(first, first + len(local)) / fps, fps)
        out[:, self._legs] = quaternion_to_matrix(seat.quaternions.astype(np.float64))
        below = out[:, self._legs[0]]
        facing = np.arctan2(below[:, 0, 2], below[:, 2, 2])
        ahead = axis_angle_to_matrix(facing[:, None] * np.array((0.0, 1.0, 0.0)))
        turn = matrix_to_axis_angle(np.swapaxes(below, -1, -2) @ ahead @ pelvis)
        angle = np.linalg.norm(turn, axis=-1, keepdims=True)
        turn *= np.minimum(1.0, _MOST_UPRIGHT_RAD / np.maximum(angle, 1e-9)) / len(_SPINE)
        for name in _SPINE:
            row = self._skeleton.index(name)
            out[:, row] = axis_angle_to_matrix(turn) @ out[:, row]
        return out

    def _on_thighs(self, rest: np.ndarray) -> dict[str, tuple[np.ndarray, ...]]:
        """How shoulder, elbow and wrist of each side are turned, (3, 3) each, while the hand lies on its thigh."""
        first = round(self._seat.begins_s * self._seat.fps)
        local = self._upright(sixd_to_matrix(rest.reshape(1, -1, 6).astype(np.float64)), first, self._seat.fps)
        places, turned = forward_kinematics(local, self._skeleton)
        at = {name: places[0, k] for k, name in enumerate(self._skeleton.names)}
        return {side: _arm_on_thigh(at, turned[0, self._skeleton.index(f"{side}_collar")], side) for side in SIDES}


def _arm_on_thigh(at: dict[str, np.ndarray], collar: np.ndarray, side: str) -> tuple[np.ndarray, ...]:
    """Shoulder, elbow and wrist of an arm whose hand lies on the thigh. at: where joints are; collar: (3, 3)."""
    out = np.array((1.0 if side == "left" else -1.0, 0.0, 0.0))
    thigh = at[f"{side}_knee"] - at[f"{side}_hip"]
    along = unit_vectors(thigh)
    over = unit_vectors(np.array((0.0, 1.0, 0.0)) - along[1] * along)
    wrist = at[f"{side}_hip"] + _ALONG_THIGH * thigh + _OVER_THIGH_M * over
    shoulder = at[f"{side}_shoulder"]
    upper, fore = (float(np.linalg.norm(SMPLX.offsets[SMPLX.index(f"{side}_{joint}")])) for joint in ("elbow", "wrist"))
    reach = wrist - shoulder
    length = float(np.clip(np.linalg.norm(reach), abs(upper - fore) + 1e-3, 0.98 * (upper + fore)))
    towards = unit_vectors(reach)
    pole = _ELBOW_OUT * (out[0], 1.0, 1.0)
    pole = unit_vectors(pole - (pole @ towards) * towards)
    near = (upper**2 + length**2 - fore**2) / (2 * length)
    elbow = near * towards + np.sqrt(max(upper**2 - near**2, 0.0)) * pole
    arm, forearm = unit_vectors(elbow), unit_vectors(length * towards - elbow)
    bent = float(np.arccos(np.clip(arm @ forearm, -1, 1)))
    # In the T-pose arms point outwards, and elbows bend ahead.
    upper_turn = _axes(out[0] * arm, unit_vectors(forearm - (forearm @ arm) * arm))
    hinge = axis_angle_to_matrix(np.array((0.0, -out[0] * bent, 0.0)))
    inwards = axis_angle_to_matrix(out[0] * _FINGERS_IN_RAD * over)
    fingers = unit_vectors(inwards @ (along - (along @ over) * over))
    hand = np.stack([out[0] * fingers, over, np.cross(out[0] * fingers, over)], axis=-1)
    bend = np.swapaxes(upper_turn @ hinge, -1, -2) @ hand
    twist = np.arctan2(bend[2, 1] - bend[1, 2], bend[1, 1] + bend[2, 2])
    rolled = axis_angle_to_matrix(np.array((_FOREARM_TWIST * twist, 0.0, 0.0)))
    return np.swapaxes(collar, -1, -2) @ upper_turn, hinge @ rolled, np.swapaxes(rolled, -1, -2) @ bend


def _axes(x: np.ndarray, z: np.ndarray) -> np.ndarray:
    """The rotation whose axes x and z these are."""
    return np.stack([x, np.cross(z, x), z], axis=-1)
