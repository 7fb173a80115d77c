"""Motion that is broken in a known way: rows that say whether a measure of timing can be trusted.

A measure by which late, frozen or backward motion is as good as before has not listened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..body.motion import Motion
from ..body.skeleton import BODY, BODY_PARTS, mirror_name
from . import judges, timing
from .entrants import FPS
from .metrics import body_positions
from .scoreboard import Panel

LATE_S = 0.35

_ARMS = [BODY.index(name) for name in BODY_PARTS["ARMS"]]
_MIRRORED = [BODY.index(mirror_name(name)) for name in BODY.names]


def arms_late(quaternions: np.ndarray) -> np.ndarray:
    """Arms 0.35 s after the rest of the body; (T, 22, 4)."""
    out, frames = quaternions.copy(), round(LATE_S * FPS)
    out[frames:, _ARMS], out[:frames, _ARMS] = quaternions[:-frames, _ARMS], quaternions[:1, _ARMS]
    return out


def arms_frozen(quaternions: np.ndarray) -> np.ndarray:
    """Arms as in the first frame."""
    out = quaternions.copy()
    out[:, _ARMS] = quaternions[:1, _ARMS]
    return out


def backwards(quaternions: np.ndarray) -> np.ndarray:
    """Mirrored in time."""
    return quaternions[::-1].copy()


def mirrored(quaternions: np.ndarray) -> np.ndarray:
    """Left and right swapped: as much in time as before, so that no measure here may change."""
    return quaternions[:, _MIRRORED] * np.array([1, 1, -1, -1], quaternions.dtype)


WAYS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "as it is": lambda quaternions: quaternions,
    "arms 0.35 s late": arms_late,
    "arms frozen": arms_frozen,
    "played backwards": backwards,
    "left and right swapped": mirrored,
}
CHANCE = "chance: the speech shifted"

SHOWN = (
    "onset_wrists", "onset_wrists_lag_s", "energy_wrists", "accent_wrists_s", "accent_wrists_height", "onset_head",
    "onset_head_lag_s", "energy_head", "accent_head_s", "accent_head_height", "alignment_arms", "alignment_head",
)  # fmt: skip


@dataclass(frozen=True)
class BrokenRow:
    """source: whose motion. way: of `WAYS`, or `CHANCE`. numbers: `SHOWN`."""

    source: str
    way: str
    numbers: dict[str, float]


def measure_broken(
    source: str, panel: Panel, runs: Sequence[Sequence[Motion]], parts: Sequence[str] = tuple(timing.PARTS)
) -> list[BrokenRow]:
    """The timing of motions, of the same motions broken in each way, and of chance.

    runs: for each run, a motion for each clip of the panel. parts: of `timing.PARTS`, those that were recorded.
    """
    rows = []
    for way, breaks in WAYS.items():
        broken = [[_with(motion, breaks) for motion in motions] for motions in runs]
        rows.append(BrokenRow(source, way, _measure(panel, broken, parts)))
    whole = [(stress, body_positions(m)) for motions in runs for stress, m in zip(panel.stresses, motions, strict=True)]
    numbers = timing.chance(whole, FPS, BODY, parts=parts)
    for part in ("arms", "head"):
        numbers[f"alignment_{part}"] = _alignment(panel, runs, part, control=True)
    if "head" not in parts:
        numbers["alignment_head"] = float("nan")
    return [*rows, BrokenRow(source, CHANCE, {name: numbers[name] for name in SHOWN})]


def _with(motion: Motion, breaks: Callable[[np.ndarray], np.ndarray]) -> Motion:
    return Motion(breaks(motion.quaternions[:, : len(BODY)]), motion.translation, motion.fps, BODY)


def _measure(panel: Panel, runs: Sequence[Sequence[Motion]], parts: Sequence[str]) -> dict[str, float]:
    pairs = [(stress, body_positions(m)) for motions in runs for stress, m in zip(panel.stresses, motions, strict=True)]
    numbers = timing.measure_timing(pairs, FPS, BODY, parts=parts).numbers
    numbers["alignment_arms"] = _alignment(panel, runs, "arms")
    numbers["alignment_head"] = _alignment(panel, runs, "head") if "head" in parts else float("nan")
    return {name: numbers[name] for name in SHOWN}


def _alignment(panel: Panel, runs: Sequence[Sequence[Motion]], part: str, control: bool = False) -> float:
    shares = [
        judges.alignment_accuracy(panel.scorer, panel.pairs(motions), part, seed=run, control=control).windows
        for run, motions in enumerate(runs)
    ]
    return float(np.mean(shares))
