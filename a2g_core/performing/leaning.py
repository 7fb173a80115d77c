"""Weight shifts between phrases: as a speaker begins or takes breath, the pelvis goes over to one side for a while.

Where it goes is drawn by how long phrases last, not by their number or time: the same line is said on the same legs.
Whatever the style, for most performers stood still while they were recorded; how a body looks that leans is that of
those who did not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from math import inf

import numpy as np

from ..body.motion import Skeleton
from ..body.resample import eased
from ..body.rotations import axis_angle_to_matrix, matrix_to_quaternion, matrix_to_sixd, quaternion_to_matrix
from ..body.skeleton import BODY_PARTS
from . import idle_clips
from .feet import Feet
from .listening import phrases_of
from .postprocess import motion_from_sixd
from .sampling import draw_lean

_LEAN_M = 0.016, 0.026
"""How far the pelvis is to one side after a weight shift."""
_WIDEST_M, _FREE = 0.039, 0.6
"""The pelvis never gets so far aside. Of what a weight shift leaves of it, the sequence that a take stands as has this
share as it is."""
_SHIFT_S, _BESIDE_S = 1.4, 0.25
"""How long the pelvis takes from a side to the middle, and from there to a side: the one so long before the middle of a
pause, the other so long after it, or after the beginning of a speech. So who stays on a leg shifts the weight, too."""
_HELD_S, _GONE_S = 6.0, 10.0
"""In a phrase that is longer, the pelvis comes back to the middle, from the one time after its shift to the other."""
_PAUSE_S, _PHRASE_S = 0.2, 1.2
"""Weight is shifted in pauses as long as this, before phrases as long as that."""
_SETTLING_S = 2.0
"""How long before its end a take begins to stand as usual, and how long after its start it no longer does."""
_TOLD_S, _ALIKE_S = 4.0, 0.2
"""Phrases are told apart by their length, up to the one, in steps of the other."""
KNOWN_S = _SHIFT_S / 2 + _BESIDE_S + _TOLD_S + _PAUSE_S
"""So long before its phrase is known, a weight shift begins that lies where the phrase begins."""


class Leaning:
    """The weight shifts of one take.

    spoken: (start_s, end_s) of what is said. ends_s: when the take leaves rest, and when it ends: there it stands as
    usual. share: how much of them is done, 0 to 1. foresight_s: so long before its phrase a shift lies at most.
    """

    def __init__(
        self, spoken: Sequence[tuple[float, float]], ends_s: tuple[float, float], fps: float, seed: int, take: int,
        share: float = 1.0, foresight_s: float = inf,
    ) -> None:  # fmt: skip
        self._fps, self._ends_s, self._share = fps, ends_s, share
        self._shifts = _shifts(spoken, seed, take, foresight_s)

    def metres(self, first: int, n: int, aside: np.ndarray | float = 0.0) -> np.ndarray:
        """How far the pelvis is to the left on frames first to first + n, (n, 1) float32, where it is so far aside
        already, (n, 1) metres: together less than `_WIDEST_M`."""
        times_s = np.arange(first, first + n) / self._fps
        out, near_s = np.zeros(n), (first / self._fps - _GONE_S, (first + n) / self._fps + _SHIFT_S / 2 - _BESIDE_S)
        for k in range(bisect_left(self._shifts, near_s[:1]), bisect_left(self._shifts, near_s[1:])):
            at_s, lean_m = self._shifts[k]
            here = eased((times_s - at_s - _BESIDE_S) / _SHIFT_S + 0.5)
            here *= 1 - eased((times_s - at_s - _HELD_S) / (_GONE_S - _HELD_S))
            for next_s, _ in self._shifts[k + 1 : k + 2]:
                here *= 1 - eased((times_s - next_s + _BESIDE_S) / _SHIFT_S + 0.5)
            out += self._share * lean_m * here
        start_s, end_s = self._ends_s
        out *= eased(np.minimum(times_s - start_s, end_s - times_s) / _SETTLING_S)
        lean = out.astype(np.float32)[:, None]
        return lean + _limited(aside, np.float32(_WIDEST_M) - np.abs(lean)) - aside


def _limited(aside: np.ndarray | float, most: np.ndarray) -> np.ndarray:
    """As it is up to a share of most, to either side, and from there on less and less, never most."""
    far, free = np.abs(aside), np.float32(_FREE) * most
    limited: np.ndarray = np.minimum(far, free) - (most - free) * np.expm1(-np.maximum(far - free, 0) / (most - free))
    return np.sign(aside) * limited


def _shifts(
    spoken: Sequence[tuple[float, float]], seed: int, take: int, foresight_s: float
) -> list[tuple[float, float]]:
    """When weight is shifted, in seconds, and how far to the left the pelvis is then, in metres."""
    phrases = phrases_of(spoken, _PAUSE_S)
    drawn = [draw_lean(seed, take, round(min(end_s - start_s, _TOLD_S) / _ALIKE_S)) for start_s, end_s in phrases]
    found = []
    # By the phrase alone: if a line before it is said otherwise, it is still said on the same leg.
    for k, (phrase, (drawn_side, far)) in enumerate(zip(phrases, drawn, strict=True)):
        if phrase[1] - phrase[0] >= _PHRASE_S:
            side, pause_s = 1 if drawn_side > 0.5 else -1, phrase[0] - phrases[k - 1][1] if k else 0.0
            found.append(
                (phrase[0] - min(pause_s / 2, foresight_s), side * (_LEAN_M[0] + (_LEAN_M[1] - _LEAN_M[0]) * far))
            )
    return found


def looks_per_metre(pose: np.ndarray, feet: Feet, skeleton: Skeleton) -> np.ndarray:
    """How the channels of a pose (motion_size,) change by the metre that the pelvis goes to the left, over feet that
    stay: (motion_size,). Legs and trunk alone, as `idle_clips` have it of people."""
    standing = motion_from_sixd(pose[None], skeleton, 1.0)
    by_metre = idle_clips.parts("lean")[0][0, idle_clips.TRAVEL :].reshape(-1, 3)
    metres = np.array([_LEAN_M[1], -_LEAN_M[1]])
    local = np.repeat(quaternion_to_matrix(standing.quaternions.astype(np.float64)), len(metres), axis=0)
    for name in ("pelvis", *BODY_PARTS["TORSO"]):
        joint = skeleton.index(name)
        turns = axis_angle_to_matrix(metres[:, None] * by_metre[idle_clips.JOINTS.index(name)])
        local[:, joint] = turns @ local[:, joint] if name == "pelvis" else local[:, joint] @ turns
    aside = standing.translation + metres.astype(np.float32)[:, None] * np.array((1, 0, 0), np.float32)
    stood = feet.stand(replace(standing, quaternions=matrix_to_quaternion(local), translation=aside), (), 0)
    found = matrix_to_sixd(quaternion_to_matrix(stood.quaternions)).reshape(len(metres), -1)
    change: np.ndarray = (found[0] - found[1]) / (2 * _LEAN_M[1])
    return change
