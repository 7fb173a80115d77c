"""Finds the cues of a plan in the speech at hand, which may be another recording of the line, re-timed or rewritten.

Accents are aligned in their order, by how alike their contours are and how far each is from the one before it (dynamic
programming, as Needleman & Wunsch 1970 align sequences); either side may have accents that the other lacks. Of the same
speech every accent is found, and nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .accents import SAME_S, Accent, with_strength
from .listening import ALONE, Cue, Listener
from .plan import Plan

Key = tuple[int, int]
"""Place and filler of a cue: which one it is, of a speech."""

_LACKING = 0.35
"""Cost of an accent that the other side lacks. Two contours may differ by twice this and still be matched."""
_PER_SECOND, _MOST_FOR_TIME = 0.3, 0.3
"""Cost of a match whose distance from the accent before it is another than in the plan: per second, and at most."""
_SAME, _SAME_S = 0.01, 0.01
_BOTH, _SPEECH_ALONE, _PLAN_ALONE = range(3)


def key_of(cue: Cue) -> Key:
    """Which cue of a speech it is."""
    return cue.place, cue.filler


def kept_moments(plan: Plan, listener: Listener) -> dict[Key, int]:
    """The planned moment of each cue of this speech that is found in the plan."""
    if not plan:
        return {}
    found = _found(plan, listener)
    step = listener.layout.filler_frames(listener.fps)
    kept, passed = {}, 0  # accents of the plan so far
    for cue in plan.cues:
        passed += cue.filler == 0
        if cue.filler == ALONE:
            place = round(cue.at_s * listener.fps / step)
            if abs(cue.at_s * listener.fps - place * step) < 0.5:
                kept[place, ALONE] = cue.moment
        else:
            accent = passed if cue.filler < 0 else passed - 1
            if accent in found:
                kept[found[accent], cue.filler] = cue.moment
    return kept


def carried(accents: Sequence[Accent], plan: Plan, listener: Listener) -> tuple[tuple[Accent, ...], list[Accent]]:
    """The accents of a plan's speech where this speech has them, and those that it has not."""
    planned_s = [cue.at_s for cue in plan.cues if cue.filler == 0]
    found = _found(plan, listener)
    kept: tuple[Accent, ...] = ()
    lost = []
    for accent in accents:
        number = next((k for k, at_s in enumerate(planned_s) if abs(at_s - accent.at_s) < SAME_S), None)
        if number is None or number not in found:
            lost.append(accent)
        else:
            kept = with_strength(kept, listener.accents[found[number]] / listener.fps, accent.strength)
    return kept, lost


def _found(plan: Plan, listener: Listener) -> dict[int, int]:
    """By number of a plan's accent, that of the same one in this speech."""
    accents = [cue for cue in plan.cues if cue.filler == 0]
    contours = np.array([cue.contour for cue in accents]).reshape(len(accents), listener.layout.contour_points)
    heard_s, planned_s = listener.accents / listener.fps, np.array([cue.at_s for cue in accents])
    pairs = align(heard_s, listener.contours(listener.accents), planned_s, contours)
    return {planned: heard for heard, planned in pairs}


def align(
    times_s: np.ndarray, contours: np.ndarray, planned_s: np.ndarray, planned_contours: np.ndarray
) -> list[tuple[int, int]]:
    """Pairs of numbers of accents, of the speech and of the plan, in order.

    times_s (N,), contours (N, points): the speech's; planned_s (M,), planned_contours (M, points): the plan's.
    """
    head = _alike(times_s, contours, planned_s, planned_contours)
    times_s, contours, planned_s, planned_contours = (
        x[head:] for x in (times_s, contours, planned_s, planned_contours)
    )
    n, m = len(times_s), len(planned_s)
    intervals, planned = (np.diff(t, prepend=t[:1]) for t in (times_s, planned_s))
    lacking = _LACKING * np.arange(m + 1)
    cost, moves = lacking, np.empty((n, m + 1), np.int8)
    for i in range(n):
        unlike = np.sqrt(np.square(planned_contours - contours[i]).sum(axis=1))
        unlike += np.minimum(_PER_SECOND * np.abs(planned - intervals[i]), _MOST_FOR_TIME)
        matched, alone = np.append(np.inf, cost[:-1] + unlike), cost + _LACKING
        best = np.minimum(matched, alone)
        lowest = np.minimum.accumulate(best - lacking)
        moves[i] = np.where(matched <= alone, _BOTH, _SPEECH_ALONE)
        moves[i, lowest < best - lacking] = _PLAN_ALONE
        cost = lowest + lacking
    i, j, found = n, m, []
    while i > 0 and j > 0:
        move = moves[i - 1, j]
        if move == _BOTH:
            found.append((head + i - 1, head + j - 1))
        i, j = i - (move != _PLAN_ALONE), j - (move != _SPEECH_ALONE)
    return [(k, k) for k in range(head)] + found[::-1]


def _alike(times_s: np.ndarray, contours: np.ndarray, planned_s: np.ndarray, planned_contours: np.ndarray) -> int:
    """How many accents at the beginning are the same in both: the rest is work enough."""
    n = min(len(times_s), len(planned_s))
    shift_s = times_s[:n] - planned_s[:n]
    later = np.abs(np.diff(shift_s, prepend=shift_s[:1]))
    other = np.abs(contours[:n] - planned_contours[:n]).max(axis=1, initial=0)
    (odd,) = np.nonzero((later > _SAME_S) | (other > _SAME))
    return int(odd[0]) if len(odd) else n
