"""Whom a character listens to, and what that makes it do: it turns its head to who speaks, and nods as they pause.

Before the first word it looks at who will say it, and about. Now and then it looks at another one for a moment, as at
somebody who stands by and says nothing; never as somebody begins.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, inf, isfinite
from typing import Any, Self

import numpy as np

from ..body.motion import Skeleton
from ..body.rotations import axis_angle_to_matrix, matrix_to_sixd, sixd_to_matrix
from . import idle_clips
from .idling import Gesture
from .listening import phrases_of
from .sampling import draw_gaze, draw_nod

LARGEST_YAW_DEG = 80.0
"""A head turns no further; whoever stands behind it is looked for over the shoulder."""
TURN_S = 0.6
"""How long a head takes to turn."""

_SHARES = (("spine3", 0.15), ("neck", 0.35), ("head", 0.5))
_APART_M = 1.5
"""Between two people who talk, where only the direction is known."""
_TURN_BY_S = 0.4
"""Whoever speaks for less than this is not turned to: an "mm" is no turn."""
_LOOK_PLACE_S, _LOOK_SHARE = 6.0, 0.6
"""A place in time for a look at another one, and the share of places that have one."""
_LOOK_S, _LEAST_LOOK_S = (1.4, 2.6), 1.0
"""How long such a look is, and how short it may become because somebody begins."""
_SETTLED_S = 2.0
"""Nobody looks away so soon after another one has begun."""
_LOOK, _WHOM = 6, 7  # streams of random numbers for `draw_gaze`, beside those of gazes and blinks
_NOBODY = -1
_PAUSE_S = 0.25
_PHRASE_S = 0.8
"""After so long a phrase, a pause is nodded in."""
_NOD_SHARE, _SECOND_SHARE, _SECOND_S = 0.75, 0.3, 0.5
"""Share of pauses with a nod; of nods with a second, smaller one; and how much later that comes."""
_ON_S, _ON_SHARE = 9.0, 0.15
"""While somebody speaks on, a place for a nod, and the share of places that have one."""


@dataclass(frozen=True)
class Partner:
    """Somebody whom a character listens to, or who stands by.

    spoken: (start_s, end_s) of what they say, if anything, in order, in seconds of the take's own speech
    (`listening.spoken_parts`). yaw_deg: where they are, degrees to the left of where the character faces; a number, or
    (n,) one per frame of the result. eyes: where theirs are, metres from between the listener's own as these rest: to
    the left, up and ahead; (3,), or (n, 3) one per frame; None, if only the direction is known. begins_s: when the
    first frame of these is, in
    seconds of the speech. ValueError for values that are not finite, or parts out of order.
    """

    spoken: tuple[tuple[float, float], ...]
    yaw_deg: float | np.ndarray = 0.0
    eyes: np.ndarray | None = None
    begins_s: float = 0.0

    def __post_init__(self) -> None:
        spoken = tuple((float(start_s), float(end_s)) for start_s, end_s in self.spoken)
        times = [time_s for part in spoken for time_s in part]
        if times != sorted(times) or not all(map(isfinite, times)):
            raise ValueError("what a partner says is out of order")
        yaw = np.array(self.yaw_deg, np.float32)
        yaw.flags.writeable = False
        if yaw.ndim > 1 or not yaw.size or not np.isfinite(yaw).all():
            raise ValueError("a partner's direction is no angle")
        if self.eyes is not None:
            eyes = np.atleast_2d(np.array(self.eyes, np.float32))
            eyes.flags.writeable = False
            if eyes.shape[1:] != (3,) or not len(eyes) or not np.isfinite(eyes).all():
                raise ValueError("a partner's eyes are nowhere")
            object.__setattr__(self, "eyes", eyes)
        if not isfinite(self.begins_s):
            raise ValueError("a partner's direction begins nowhere")
        object.__setattr__(self, "begins_s", float(self.begins_s))
        object.__setattr__(self, "spoken", spoken)
        object.__setattr__(self, "yaw_deg", yaw if yaw.ndim else float(yaw))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Partner) and self._fields() == other._fields()

    def __hash__(self) -> int:
        return hash(self._fields())

    def _fields(self) -> tuple[object, ...]:
        eyes = b"" if self.eyes is None else self.eyes.tobytes()
        return self.spoken, np.asarray(self.yaw_deg, np.float32).tobytes(), eyes, self.begins_s

    def to_dict(self) -> dict[str, Any]:
        """Its fields."""
        spoken = [list(part) for part in self.spoken]
        return {"spoken": spoken, "yaw_deg": self.yaw_deg, "eyes": self.eyes, "begins_s": self.begins_s}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_dict`. LookupError, TypeError or ValueError for anything else."""
        spoken = tuple((float(start_s), float(end_s)) for start_s, end_s in values["spoken"])
        if (eyes := values.get("eyes")) is not None:
            eyes = np.asarray(eyes, np.float32).reshape(-1, 3)
        return cls(spoken, values["yaw_deg"], eyes, float(values.get("begins_s", 0.0)))

    def phrases(self) -> list[tuple[float, float]]:
        """What they say from one pause to the next."""
        return phrases_of(self.spoken, _PAUSE_S)


def nods(partners: Sequence[Partner], seed: int, take: int) -> list[Gesture]:
    """The nods of one listener: most where a partner's phrase ends, some while they speak on."""
    found: list[Gesture] = []
    if not partners:
        return found
    (part,) = idle_clips.parts("nod")
    for partner in partners:
        for start_s, end_s in partner.phrases():
            there, size, later, second = draw_nod(seed, take, end_s)
            at_s, size = end_s + 0.15 * later - 0.05, 0.35 + 0.5 * size
            if there < _NOD_SHARE and end_s - start_s >= _PHRASE_S:
                found.append(Gesture(part, at_s, size))
                if second < _SECOND_SHARE:
                    found.append(Gesture(part, at_s + _SECOND_S, 0.6 * size))
            for on_s in np.arange(start_s + _ON_S / 2, end_s - _ON_S / 4, _ON_S).tolist():
                there, size, later, _ = draw_nod(seed, take, on_s)
                if there < _ON_SHARE:
                    found.append(Gesture(part, on_s + later, 0.25 + 0.25 * size))
    return found


def yaw_deg(
    partners: Sequence[Partner], first: int, n: int, fps: float, values_fps: float, key: tuple[int, int]
) -> np.ndarray:
    """How far the head is turned to who is looked at, (n, 1) float32 degrees, for frames from `first` on at fps.

    values_fps: the rate of the partners' own values. key: see `attended`. To each it turns within `TURN_S`.
    """
    length = round(TURN_S * fps)
    times_s = np.arange(first - length, first + n) / fps
    towards = np.zeros(len(times_s), np.float32)
    whom = attended(partners, times_s, key)
    for k, partner in enumerate(partners):
        own = whom == k
        towards[own] = _yaw_at(partner, times_s[own], values_fps)
    towards = np.clip(towards, -LARGEST_YAW_DEG, LARGEST_YAW_DEG)
    x = np.arange(length + 1) / length
    eased = x**3 * (10 - 15 * x + 6 * x * x)
    out = np.zeros(n, np.float32)
    for k in range(length):  # tap by tap: a frame's sum is rounded alike wherever a chunk begins
        out += np.float32(eased[k + 1] - eased[k]) * towards[length - k : length - k + n]
    return out[:, None]


def attended(partners: Sequence[Partner], times_s: np.ndarray, key: tuple[int, int]) -> np.ndarray:
    """The number of the partner who is looked at, (n,) at times (n,) in order; -1: nobody, straight ahead.

    It is who speaks or spoke last, and before the first word who will say it; where nobody ever speaks, one after
    another. key: seed, take. They draw looks at another one, by places on a grid of time; each depends on who begins to
    speak within it and `_SETTLED_S` before. Before the first word, some of them are at nobody.
    """
    if not len(times_s) or not partners:
        return np.full(len(times_s), _NOBODY)
    turns = _Turns(partners)
    places = range(floor(times_s[0] / _LOOK_PLACE_S) - 1, floor(times_s[-1] / _LOOK_PLACE_S) + 1)
    if not turns.begins:
        drawn = {place: floor(len(partners) * draw_gaze(*key, _WHOM, place, 1)[0]) for place in places}
        return np.array([drawn[floor(time_s / _LOOK_PLACE_S)] for time_s in times_s.tolist()], int)
    whom = np.array([turns.at(time_s) for time_s in times_s.tolist()], int)
    for place in places:
        there, later, length, other = draw_gaze(*key, _LOOK, place, 4)
        start_s = _LOOK_PLACE_S * place + later * (_LOOK_PLACE_S - _LOOK_S[1])
        begun_s, next_s = turns.around(start_s)
        end_s = min(start_s + _LOOK_S[0] + length * (_LOOK_S[1] - _LOOK_S[0]), next_s)
        others = [k for k in range(len(partners)) if k != turns.at(start_s)] + [_NOBODY] * (start_s < turns.begins[0])
        if there < _LOOK_SHARE and others and start_s - begun_s >= _SETTLED_S and end_s - start_s >= _LEAST_LOOK_S:
            whom[(times_s >= start_s) & (times_s < end_s)] = others[floor(len(others) * other)]
    return whom


class _Turns:
    """Who begins to speak when, where another one has spoken before. begins: seconds, in order."""

    def __init__(self, partners: Sequence[Partner]) -> None:
        said = sorted(
            (a_s, k) for k, p in enumerate(partners) for a_s, b_s in p.phrases() if b_s - a_s > _TURN_BY_S
        )  # fmt: skip
        turns = [turn for before, turn in zip([(0.0, _NOBODY), *said], said) if turn[1] != before[1]]
        self.begins = [start_s for start_s, _ in turns]
        self._who = [k for _, k in turns[:1] + turns]

    def at(self, time_s: float) -> int:
        """Who speaks, spoke last, or will speak first."""
        return self._who[bisect_right(self.begins, time_s)]

    def around(self, time_s: float) -> tuple[float, float]:
        """When the last one begun before this time, and when the next one begins; infinite where there is none."""
        at = bisect_right(self.begins, time_s)
        begins = [-inf, *self.begins, inf]
        return begins[at], begins[at + 1]


def eyes_attended(
    partners: Sequence[Partner], times_s: np.ndarray, values_fps: float, key: tuple[int, int]
) -> np.ndarray:
    """Where the eyes are of who is looked at, (n, 3) metres; see `attended` and `Partner.eyes`."""
    out = np.tile([0.0, 0.0, _APART_M], (len(times_s), 1))
    whom = attended(partners, times_s, key)
    for k, partner in enumerate(partners):
        own = whom == k
        if partner.eyes is not None:
            rows = partner.eyes.astype(np.float64)
            out[own] = np.stack([_at(partner, rows[:, c], times_s[own], values_fps) for c in range(3)], axis=1)
        else:
            yaw = np.radians(_yaw_at(partner, times_s[own], values_fps))
            out[own] = _APART_M * np.stack([np.sin(yaw), np.zeros(len(yaw)), np.cos(yaw)], axis=1)
    return out


def _yaw_at(partner: Partner, times_s: np.ndarray, values_fps: float) -> np.ndarray:
    return _at(partner, np.atleast_1d(np.asarray(partner.yaw_deg, np.float32)), times_s, values_fps)


def _at(partner: Partner, values: np.ndarray, times_s: np.ndarray, values_fps: float) -> np.ndarray:
    return np.interp((times_s - partner.begins_s) * values_fps, np.arange(len(values)), values)


def turn_heads(frames: np.ndarray, yaw: np.ndarray, skeleton: Skeleton) -> np.ndarray:
    """Frames (n, J * 6) with the head turned to the left by yaw (n, 1) degrees; where it is 0 they keep their bits."""
    (turned,) = np.nonzero(yaw[:, 0])
    out = frames.reshape(len(frames), -1, 6).copy()
    up = np.array([0.0, 1.0, 0.0], np.float32)
    for name, share in _SHARES:
        joint = skeleton.index(name)
        turn = axis_angle_to_matrix(np.radians(share * yaw[turned]).astype(np.float32) * up)
        out[turned, joint] = matrix_to_sixd(sixd_to_matrix(out[turned, joint]) @ turn)
    return out.reshape(frames.shape)
