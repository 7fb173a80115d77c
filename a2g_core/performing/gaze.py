"""Where a character looks: its eyes go there at once, its head follows, and its trunk a little.

The head keeps what it does beside that: what is replaced is the slow part of where it looks, not its nods. It takes a
constant share of the way, the eyes take the rest, and make up for all that the head does meanwhile. Nobody's neck
breaks: whoever looks for something behind looks over a shoulder, and straight behind nowhere in particular.

A frame depends on the target, the strength and the motion within `reach_frames`; where the strength is 0, it keeps its
bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any, NamedTuple, Self

import numpy as np

from ..body.kinematics import forward_kinematics, ground_translation
from ..body.motion import Motion, Skeleton
from ..body.resample import eased, smooth
from ..body.rotations import (
    axis_angle_to_matrix,
    matrix_to_axis_angle,
    matrix_to_quaternion,
    matrix_to_sixd,
    quaternion_to_matrix,
    sixd_to_matrix,
)
from ..body.skeleton import EYES, SMPLX
from .attending import Partner, eyes_attended
from .sampling import draw_gaze

HEAD_SHARE = 0.65
"""Of the way from where the hips face to the target, the head's."""
HEAD_MOST_DEG = 70.0, 35.0
"""To a side, and up or down."""
EYES_MOST_DEG = 30.0, 25.0
"""The same, in the head."""
TURN_S = 0.8
"""How long a head takes to turn, however far: its speed is 1.9 times the mean, so at most 330 degrees a second."""
SACCADE_S = 0.08
"""How long eyes take."""

_SLOW_S = 0.25
"""Standard deviation of the Gaussian that tells where a head looks from its gestures."""
_TRUNK_SHARE, _NECK_SHARE = 0.15, 0.5
"""Of the head's turn."""
_BEHIND_DEG = 150.0
"""From here on a target is lost from sight, and wholly so straight behind, where left and right are the same."""
_UPRIGHT_DEG = 65.0, 85.0
"""From the first on, up or down, a target has less of a side, and from the second none, where all of them meet."""
_AT_HAND_M = 0.05, 0.2
"""A target nearer than the second is looked at less, and than the first not at all: it has no direction."""
_FIXATION_S, _FIXATION_DEG = 1.1, 1.3
"""Eyes rest on one point of a target, and soon on another one."""
_GLANCE_S, _GLANCE_DEG = (0.7, 1.6), (9.0, 20.0)
_GLANCE_HEAD_SHARE = 0.3
_GLANCE_SHARES = 0.8, 0.6
"""Of phrases that begin with a glance away, and of places that have one, at a strength that is almost 0."""
_GLANCE_PLACE_S, _GLANCE_PAUSE_S = 5.0, 0.25

_CHAIN = ("pelvis", "spine1", "spine2", "spine3", "neck", "head")
_TREE = SMPLX.subset([name for name in SMPLX.names if name in (*_CHAIN, *EYES)])
_REST = (SMPLX.rest_places[EYES[0]] + SMPLX.rest_places[EYES[1]]) / 2
"""Between the eyes at rest, from the pelvis at rest, metres."""

# Streams of random numbers for `draw_gaze`.
_FIXATION, _GLANCE, _PHRASE = range(3)


@dataclass(frozen=True)
class Gaze:
    """Where a character looks.

    target: metres from between its eyes as it rests: to its left, up and ahead; (3,), or (n, 3) one per frame of the
    result; None for the eyes of who speaks, or is looked at
    beside that, of the request's partners (`attending.attended`). strength: 0, not at all, to 1, without a glance
    away; one number, or (n,) one per frame.
    begins_s: when the first frame of these is, in seconds of the speech.
    ValueError for values out of range.
    """

    target: np.ndarray | None
    strength: float | np.ndarray = 1.0
    begins_s: float = 0.0

    def __post_init__(self) -> None:
        strength = np.array(self.strength, np.float32)
        if self.target is not None:
            target = np.array(self.target, np.float32)
            if target.shape[-1:] != (3,) or target.ndim > 2 or not target.size or not np.isfinite(target).all():
                raise ValueError("what is looked at has no place")
            target.flags.writeable = False
            object.__setattr__(self, "target", target)
        if strength.ndim > 1 or not strength.size or not ((strength >= 0) & (strength <= 1)).all():
            raise ValueError("the strength of a gaze is out of range")
        strength.flags.writeable = False
        object.__setattr__(self, "strength", strength if strength.ndim else float(strength))
        object.__setattr__(self, "begins_s", float(self.begins_s))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Gaze) and self._bytes() == other._bytes()

    def __hash__(self) -> int:
        return hash(self._bytes())

    def _bytes(self) -> tuple[bytes, bytes, float]:
        target = b"" if self.target is None else self.target.tobytes()
        return target, np.asarray(self.strength, np.float32).tobytes(), self.begins_s

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return bool(np.any(self.strength))

    def to_dict(self) -> dict[str, Any]:
        """Its fields."""
        return {"target": self.target, "strength": self.strength, "begins_s": self.begins_s}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_dict`. LookupError, TypeError or ValueError for anything else."""
        target = values["target"]
        target = None if target is None else np.asarray(target).reshape(-1, 3)
        return cls(target, values["strength"], values["begins_s"])


class Glance(NamedTuple):
    """Eyes that go elsewhere: from start_s to end_s, so many degrees (2,) to the left and up beside the target."""

    start_s: float
    end_s: float
    aside_deg: np.ndarray


class Looking:
    """The gaze of one take. key: seed, take. spoken: (start_s, end_s) of what is said. fps: of the gaze's own values,
    and the partners'."""

    def __init__(
        self, gaze: Gaze, key: tuple[int, int], spoken: Sequence[tuple[float, float]], fps: float,
        partners: Sequence[Partner] = (),
    ) -> None:  # fmt: skip
        self._gaze, self._key, self._fps, self._partners = gaze, key, fps, partners
        self._starts = [
            start_s for k, (start_s, _) in enumerate(spoken) if not k or start_s - spoken[k - 1][1] >= _GLANCE_PAUSE_S
        ]

    # What is looked at ------------------------------------------------------------------------------------------------

    def target(self, times_s: np.ndarray) -> np.ndarray:
        """(n, 3) metres, from between the eyes at rest."""
        if self._gaze.target is None:
            return eyes_attended(self._partners, times_s, self._fps, self._key)
        values = np.atleast_2d(self._gaze.target).astype(np.float64)
        return np.stack([self._at(values[:, k], times_s) for k in range(3)], axis=1)

    def strength(self, times_s: np.ndarray) -> np.ndarray:
        """(n,)."""
        return self._at(np.atleast_1d(np.asarray(self._gaze.strength, np.float64)), times_s)

    def _at(self, values: np.ndarray, times_s: np.ndarray) -> np.ndarray:
        return np.interp((times_s - self._gaze.begins_s) * self._fps, np.arange(len(values)), values)

    def glances(self, first_s: float, stop_s: float) -> list[Glance]:
        """The glances away that touch this time: as a phrase begins, and now and then."""
        longest, found = _GLANCE_S[1], []
        for at_s in self._starts:
            if first_s - longest - 1 < at_s < stop_s + 1:
                drawn = draw_gaze(*self._key, _PHRASE, round(at_s * 100), 5)
                found.append((at_s - 0.4 + 0.4 * drawn[1], _GLANCE_SHARES[0], drawn))
        for place in range(floor((first_s - longest) / _GLANCE_PLACE_S) - 1, floor(stop_s / _GLANCE_PLACE_S) + 1):
            drawn = draw_gaze(*self._key, _GLANCE, place, 5)
            found.append((_GLANCE_PLACE_S * (place + drawn[1]), _GLANCE_SHARES[1], drawn))
        glances = []
        for start_s, share, (there, _, length, far, way) in found:
            if there < share * (1 - self.strength(np.array([start_s]))[0]):
                angle = 2 * np.pi * way
                reach = _GLANCE_DEG[0] + far * (_GLANCE_DEG[1] - _GLANCE_DEG[0])
                aside = reach * np.array([np.cos(angle), 0.5 * np.sin(angle)])
                glances.append(Glance(start_s, start_s + _GLANCE_S[0] + length * (longest - _GLANCE_S[0]), aside))
        return [glance for glance in glances if glance.end_s > first_s and glance.start_s < stop_s]

    def _glancing(self, times_s: np.ndarray) -> np.ndarray:
        """How far glances take the eyes beside the target, (n, 2) degrees to the left and up."""
        out = np.zeros((len(times_s), 2))
        for glance in self.glances(float(times_s[0]), float(times_s[-1])):
            out[(times_s >= glance.start_s) & (times_s < glance.end_s)] = glance.aside_deg
        return out

    def _fixating(self, times_s: np.ndarray) -> np.ndarray:
        """On which point of the target eyes rest, (n, 2) degrees."""
        low, high = floor(times_s[0] / _FIXATION_S) - 1, floor(times_s[-1] / _FIXATION_S) + 1
        drawn = np.array([draw_gaze(*self._key, _FIXATION, place, 3) for place in range(low, high)])
        begins = _FIXATION_S * (np.arange(low, high) + drawn[:, 0])
        return _FIXATION_DEG * (2 * drawn[:, 1:] - 1)[np.searchsorted(begins, times_s, side="right") - 1]

    # The body ---------------------------------------------------------------------------------------------------------

    def turn_head(
        self, frames: np.ndarray, first: int, fps: float, skeleton: Skeleton, places: np.ndarray | None = None
    ) -> np.ndarray:
        """Frames (n, J * 6) from `first` on with the head turned to the target; those further than `reach_frames` from
        both ends are the same in any longer stretch.

        places: (n, 3) of the pelvis, metres from where it rests; None: over feet that stand.
        """
        times_s = np.arange(first, first + len(frames)) / fps
        length = round(TURN_S * fps)
        earlier_s = np.arange(first - length, first + len(frames)) / fps
        weight = _eased(self.strength(earlier_s)[:, None], length)[length:, 0]
        (turned,) = np.nonzero(weight)
        if not len(turned):
            return frames
        local = sixd_to_matrix(frames.reshape(len(frames), -1, 6).astype(np.float64))
        joints = [skeleton.index(name) for name in _CHAIN]
        facing, slow, places = _slowly(local, joints, skeleton, _SLOW_S * fps, places)
        yaw, pitch = self._goal(times_s, facing, places)
        goal = _eased(np.stack([yaw, pitch], axis=1), length)
        yaw = weight * _wrapped(facing + goal[:, 0] - slow[:, 0])
        to = np.stack([slow[:, 0] + yaw, slow[:, 1] + weight * (goal[:, 1] - slow[:, 1])], axis=1)
        turn = (_aimed(to) @ np.swapaxes(_aimed(slow), -1, -2))[turned]
        spine = axis_angle_to_matrix(_TRUNK_SHARE * yaw[turned, None] * np.array([0.0, 1.0, 0.0]))
        neck = axis_angle_to_matrix(_NECK_SHARE * matrix_to_axis_angle(turn))
        was = _chained(local[turned][:, joints])
        out, above = frames.reshape(len(frames), -1, 6).copy(), was[:, 2]
        for k, change in ((3, spine), (4, neck), (5, turn)):
            now = change @ was[:, k]
            out[turned, joints[k]] = matrix_to_sixd(np.swapaxes(above, -1, -2) @ now)
            above = now
        return out.reshape(frames.shape)

    def _goal(self, times_s: np.ndarray, facing: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where the head would look if it were quick, (n,) radians each: to the left of where the hips face, and up.

        facing: (n,) radians. places: (n, 3), between the eyes, from there at rest.
        """
        yaw, pitch, seen = _direction(self.target(times_s) - places)
        yaw, in_sight = _in_sight(_wrapped(yaw - facing), pitch)
        seen = seen * in_sight
        aside = _GLANCE_HEAD_SHARE * np.radians(self._glancing(times_s))
        most = np.radians(HEAD_MOST_DEG)
        return (
            np.clip(seen * HEAD_SHARE * yaw + aside[:, 0], -most[0], most[0]),
            np.clip(seen * HEAD_SHARE * pitch + aside[:, 1], -most[1], most[1]),
        )

    def eyes(self, motion: Motion, first: int) -> np.ndarray:
        """Quaternions (n, 2, 4) of left and right eye, about the head, for a finished motion whose first frame is
        `first`: the eyes make up for what the head does."""
        n, length = len(motion), max(1, round(SACCADE_S * motion.fps))
        times_s = np.arange(first - length, first + n) / motion.fps
        eased = _eased(np.concatenate([
            self.target(times_s), np.radians(self._glancing(times_s) + self._fixating(times_s)),
            np.minimum(1, 2 * self.strength(times_s))[:, None],
        ], axis=1), length)[length:]  # fmt: skip
        weight = eased[:, 5]
        local = np.tile(np.eye(3), (n, len(_TREE), 1, 1))
        for k, name in enumerate(_TREE.names):
            if name not in EYES:
                local[:, k] = quaternion_to_matrix(
                    motion.quaternions[:, motion.skeleton.index(name)].astype(np.float64)
                )
        places, globals_ = forward_kinematics(local, _TREE)
        head = globals_[:, _TREE.index("head")]
        most = np.radians(EYES_MOST_DEG)
        out = np.empty((n, 2, 4), np.float32)
        for k, eye in enumerate(EYES):
            to = eased[:, :3] + _REST - places[:, _TREE.index(eye)] - motion.translation
            yaw, pitch, seen = _direction((np.swapaxes(head, -1, -2) @ to[..., None])[..., 0])
            yaw, in_sight = _in_sight(yaw, pitch)
            seen = weight * seen * in_sight
            angles = np.stack([
                seen * np.clip(yaw + eased[:, 3], -most[0], most[0]),
                seen * np.clip(pitch + eased[:, 4], -most[1], most[1]),
            ], axis=1)  # fmt: skip
            out[:, k] = matrix_to_quaternion(_aimed(angles))
        return out


def _slowly(
    local: np.ndarray, joints: list[int], skeleton: Skeleton, sigma_frames: float, places: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Without gestures: where the hips face (n,), where the head looks (n, 2), radians to the left and up; and where
    the middle between the eyes is (n, 3), metres from where it rests."""
    turns = _chained(local[:, joints])
    offsets = np.array([SMPLX.offsets[SMPLX.index(name)] for name in _CHAIN[1:]])
    place = (ground_translation(local, skeleton) if places is None else places) + SMPLX.rest_places["pelvis"] - _REST
    for k, offset in enumerate((*offsets, _REST - SMPLX.rest_places["head"])):
        place = place + turns[:, k] @ offset
    slow = smooth(np.concatenate([turns[:, 0, :, 2], turns[:, 5, :, 2], place], axis=1), sigma_frames)
    facing, _, _ = _direction(slow[:, :3])
    yaw, pitch, _ = _direction(slow[:, 3:6])
    return facing, np.stack([yaw, pitch], axis=1), slow[:, 6:]


def _chained(local: np.ndarray) -> np.ndarray:
    """Global rotations (n, k, 3, 3) of joints that follow one another."""
    out = local.copy()
    for k in range(1, local.shape[1]):
        out[:, k] = out[:, k - 1] @ local[:, k]
    return out


def _direction(way: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Yaw and pitch (n,) in radians of vectors (n, 3), and how much of a direction they have, 0 to 1."""
    yaw, level = np.arctan2(way[:, 0], way[:, 2]), np.hypot(way[:, 0], way[:, 2])
    near, far = _AT_HAND_M
    return yaw, np.arctan2(way[:, 1], level), np.clip((np.hypot(level, way[:, 1]) - near) / (far - near), 0, 1)


def _in_sight(yaw: np.ndarray, pitch: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far one turns aside for a target in this direction, (n,) radians: not at all for one straight above or below;
    and how much of it is seen, (n,): 1, but 0 straight behind."""
    low, high = _UPRIGHT_DEG
    level = eased((high - np.abs(np.degrees(pitch))) / (high - low))
    seen = eased((180 - np.abs(np.degrees(yaw))) / (180 - _BEHIND_DEG))
    return level * yaw, seen + (1 - level) * (1 - seen)


def _wrapped(angle: np.ndarray) -> np.ndarray:
    """Radians from -pi to pi."""
    return (angle + np.pi) % (2 * np.pi) - np.pi


def _aimed(angles: np.ndarray) -> np.ndarray:
    """Rotations (n, 3, 3) from straight ahead by yaw and pitch (n, 2), radians to the left and up."""
    up, across = np.array([0.0, 1.0, 0.0]), np.array([-1.0, 0.0, 0.0])
    return axis_angle_to_matrix(angles[:, :1] * up) @ axis_angle_to_matrix(angles[:, 1:] * across)


def _eased(values: np.ndarray, length: int) -> np.ndarray:
    """(n, C) as they are followed: gone over into within so many frames. Before the first they are as there."""
    x = np.arange(length + 1) / length
    steps = np.diff(x**3 * (10 - 15 * x + 6 * x * x))
    padded, out = np.concatenate([np.repeat(values[:1], length, axis=0), values]), np.zeros(values.shape)
    for k, step in enumerate(steps):  # tap by tap: a frame's sum is rounded alike wherever a stretch begins
        out += step * padded[length - k : length - k + len(values)]
    return out


def reach_frames(fps: float) -> tuple[int, int]:
    """So many frames before a frame, and after it, change where its head looks."""
    slow = ceil(3 * _SLOW_S * fps)
    return round(TURN_S * fps) + slow, slow
