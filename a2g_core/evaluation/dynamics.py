"""How a body moves, whatever it says: speed, acceleration, jerk, speed histograms, spread.

Positions are (T, J, 3) in metres relative to the root (`metrics.body_positions`). Mean norms of differences, as in
GENEA's numerical evaluations (Kucherenko et al.). None of these numbers is good or bad by itself: it should be close to
that of held-out people (`gap`). None can tell a motion from the same one reversed, or from one made for other speech.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..body.motion import Skeleton
from ..body.skeleton import BODY_PARTS
from ..errors import DataError

SPEED_BIN_M_S = 0.01
SPEED_BINS = 200
"""Bins of the speed histogram; the last one also holds everything faster."""


def derivative(positions: np.ndarray, fps: float, order: int) -> np.ndarray:
    """Norms of the order-th time derivative by finite differences, (T - order, J), in m / s^order."""
    if len(positions) <= order:
        raise DataError(
            "a motion of {frames} frames is too short to measure", "measure a longer one", frames=len(positions)
        )
    return np.linalg.norm(np.diff(np.asarray(positions, np.float64), n=order, axis=0), axis=-1) * fps**order


def mean_speed(positions: np.ndarray, fps: float) -> float:
    """m/s, mean over frames and joints."""
    return float(derivative(positions, fps, 1).mean())


def mean_acceleration(positions: np.ndarray, fps: float) -> float:
    """m/s²."""
    return float(derivative(positions, fps, 2).mean())


def mean_jerk(positions: np.ndarray, fps: float) -> float:
    """m/s³. One centimetre of jitter adds a thousand; compare only at the same frame rate."""
    return float(derivative(positions, fps, 3).mean())


def median_speed(positions: np.ndarray, fps: float) -> float:
    """m/s, median over frames of the mean over joints: a typical moment, unaffected by the few largest gestures."""
    return float(np.median(derivative(positions, fps, 1).mean(axis=1)))


def median_jerk(positions: np.ndarray, fps: float) -> float:
    """m/s³, median over frames of the mean over joints: constant trembling rather than the few fastest strokes."""
    return float(np.median(derivative(positions, fps, 3).mean(axis=1)))


def speed_percentiles(positions: np.ndarray, fps: float, percents: Sequence[float] = (50, 95, 99)) -> tuple[float, ...]:
    """m/s, over all frames and joints: a mean hides whether there are gestures at all, the 95th percentile shows it."""
    return tuple(float(v) for v in np.percentile(derivative(positions, fps, 1), percents))


def speed_histograms(positions: np.ndarray, fps: float, skeleton: Skeleton) -> dict[str, np.ndarray]:
    """Counts of (frame, joint) per speed bin, by body part; to pool sequences, add their histograms."""
    bins = np.minimum(derivative(positions, fps, 1) / SPEED_BIN_M_S, SPEED_BINS - 1).astype(np.int64)
    joints = {part: [j for j, name in enumerate(skeleton.names) if name in names] for part, names in BODY_PARTS.items()}
    return {part: np.bincount(bins[:, js].ravel(), minlength=SPEED_BINS) for part, js in joints.items() if js}


def hellinger(a: np.ndarray, b: np.ndarray) -> float:
    """Hellinger distance of two histograms with the same bins: 0 (same shape) to 1 (no overlap)."""
    if a.shape != b.shape or a.sum() <= 0 or b.sum() <= 0:
        raise DataError("these histograms cannot be compared", "give two non-empty ones with the same bins")
    return float(np.sqrt(max(0.0, 1 - np.sqrt(a / a.sum() * (b / b.sum())).sum())))


def speed_distances(a: Mapping[str, np.ndarray], b: Mapping[str, np.ndarray]) -> dict[str, float]:
    """Hellinger distance for each body part of two `speed_histograms`."""
    return {part: hellinger(a[part], b[part]) for part in a}


def l1_divergence(positions: np.ndarray) -> float:
    """L1Div: mean over frames of the L1 distance to the clip's mean pose, summed over all joints and xyz.

    In metres, as published; it grows with the number of joints. Despite its name it measures the spread within one
    clip, not between motions.
    """
    positions = np.asarray(positions, np.float64)
    return float(np.abs(positions - positions.mean(axis=0)).sum() / len(positions))


def gap(value: float, human: float) -> float:
    """Relative difference from held-out people's value: -0.2 is a fifth too low."""
    if not human > 0:
        raise DataError("there is no gap to a human value of {human}", "measure people who move", human=human)
    return value / human - 1
