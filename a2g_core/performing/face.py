"""What a face does beside looking: lids that blink, and a jaw that opens as the voice is loud.

The jaw is no lip sync: it tells from afar who speaks. Lips stay with the tools that make them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Any, Self

import numpy as np

from ..body.resample import eased
from ..body.rotations import axis_angle_to_quaternion
from ..model.config import AccentPieces
from ..speech.heard import Heard
from .gaze import Looking
from .listening import FAINT, Listener
from .sampling import draw_gaze

JAW_MOST_DEG = 14.0
"""How far a jaw opens that is open."""

PLACE_S = 4.0
"""There is one blink in each place of this length: 15 a minute."""
_DRAWN_S = 0.9, 3.1
"""Where in its place a blink is, if nothing happens there that people blink at."""
_SNAPS_S = 0.3, 3.7
"""Where in its place it may go to that."""
_FIRST_WITHIN_S, _FIRST_S = 4.5, (1.0, 3.0)
"""A take in which nobody blinks for so long has a blink besides, at a time between these."""
_AFTER_PHRASE_S, _WITH_SHIFT_S = 0.12, 0.03
_DOWN_S, _SHUT_S, _UP_S = 0.1, 0.05, 0.17
_LARGE_SHIFT_DEG = 15.0
_SHIFT_OVER_S = 0.1

_BLINK, _FIRST = 4, 5  # streams of random numbers for `draw_gaze`, beside those of gazes

_JAW_SIGMA_S = 0.035
_OPEN_AT, _HARDER = 1.25, 1.2
"""Loudness beside the loudest nearby at which the jaw is open; and the power that keeps it nearly shut below."""


@dataclass(frozen=True)
class Face:
    """How far lids close in a blink, and a jaw opens, each 0 (neither moves) to 1; ValueError for other numbers."""

    blink: float = 0.0
    jaw: float = 0.0

    def __post_init__(self) -> None:
        for amount in (self.blink, self.jaw):
            if not 0 <= amount <= 1:
                raise ValueError("how far a face moves is out of range")

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """Of a dict of its fields. LookupError, TypeError or ValueError for anything else."""
        return cls(float(values["blink"]), float(values["jaw"]))


STILL = Face()


def blinks(
    spoken: Sequence[tuple[float, float]], looking: Looking | None, key: tuple[int, int],
    begins_s: float, first_s: float, stop_s: float,
) -> list[float]:  # fmt: skip
    """When lids begin to close, in seconds, from first_s to stop_s of a take that begins at begins_s. key: seed, take.

    Each blink depends on what is said, and looked at, within its place of `PLACE_S` alone.
    """
    ends = [end_s + _AFTER_PHRASE_S for _, end_s in spoken]
    phase, luck = draw_gaze(*key, _FIRST, 0, 2)
    phase_s = PLACE_S * phase

    def between(low_s: float, high_s: float) -> list[float]:
        places = range(floor((low_s - phase_s) / PLACE_S), floor((high_s - phase_s) / PLACE_S) + 1)
        return [_blink_in(phase_s + PLACE_S * place, place, ends, looking, key) for place in places]

    found = between(first_s, stop_s)
    earliest = min(at for at in between(begins_s, begins_s + PLACE_S) if at >= begins_s)
    if earliest > begins_s + _FIRST_WITHIN_S:
        low, high = _FIRST_S
        found.append(begins_s + low + (high - low) * luck)
    return sorted(at for at in found if first_s <= at < stop_s)


def _blink_in(
    start_s: float, place: int, ends: Sequence[float], looking: Looking | None, key: tuple[int, int]
) -> float:
    """When the blink of a place that starts then begins, seconds."""
    low, high = (start_s + at for at in _SNAPS_S)
    if looking is not None and (shifts := _large_shifts(looking, low, high)):
        return shifts[0] + _WITH_SHIFT_S
    if inside := [at for at in ends if low <= at <= high]:
        return inside[-1]
    early, late = _DRAWN_S
    return start_s + early + (late - early) * draw_gaze(*key, _BLINK, place, 1)[0]


def _large_shifts(looking: Looking, first_s: float, stop_s: float) -> list[float]:
    """When eyes are sent far, from first_s to stop_s."""
    steps = np.arange(floor(first_s / _SHIFT_OVER_S), floor(stop_s / _SHIFT_OVER_S) + 2) * _SHIFT_OVER_S
    to = looking.target(steps)
    to = to / np.maximum(np.linalg.norm(to, axis=1, keepdims=True), 1e-6)
    sine, cosine = np.linalg.norm(np.cross(to[:-1], to[1:]), axis=1), (to[:-1] * to[1:]).sum(axis=1)
    is_large = (np.degrees(np.arctan2(sine, cosine)) > _LARGE_SHIFT_DEG) & (looking.strength(steps[1:]) > 0)
    found = steps[:-1][is_large].tolist()
    found += [g.start_s for g in looking.glances(first_s, stop_s) if np.linalg.norm(g.aside_deg) > _LARGE_SHIFT_DEG]
    return sorted(at for at in found if first_s <= at <= stop_s)


def lids(at_s: Sequence[float], times_s: np.ndarray) -> np.ndarray:
    """How far lids are closed at times (n,) by blinks that begin then, (n,) 0 to 1."""
    out = np.zeros(len(times_s))
    for begins_s in at_s:
        down = (times_s - begins_s) / _DOWN_S
        up = (begins_s + _DOWN_S + _SHUT_S + _UP_S - times_s) / _UP_S
        out = np.maximum(out, eased(np.minimum(down, up)))
    return out


BLINK_S = _DOWN_S + _SHUT_S + _UP_S
"""How long a blink lasts."""


class Jaw:
    """The jaw of who says this speech."""

    def __init__(self, heard: Heard) -> None:
        layout = AccentPieces(contour_sigma_s=_JAW_SIGMA_S)
        loudness = Listener(heard.features, layout, heard.fps, heard.first).loudness()
        self._fps, self._first = heard.fps, heard.first
        self._opened = np.clip((loudness - FAINT) / (_OPEN_AT - FAINT), 0, 1) ** _HARDER

    def opened(self, times_s: np.ndarray) -> np.ndarray:
        """How far it is open at times (n,), (n,) 0 to 1: 0 where no voice is heard."""
        opened = np.pad(self._opened, 1)
        return np.interp(times_s * self._fps + 1, np.arange(self._first, self._first + len(opened)), opened)


def jaw_turns(opened: np.ndarray) -> np.ndarray:
    """Quaternions (n, 4) of a jaw that is so far open, (n,) 0 to 1."""
    across = np.array([1.0, 0.0, 0.0])
    return axis_angle_to_quaternion(np.radians(JAW_MOST_DEG) * opened[:, None] * across)
