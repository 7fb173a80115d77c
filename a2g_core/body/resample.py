"""Smoothing and resampling over time. NumPy, in blocks of frames, so that memory use stays small."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

import numpy as np

from .motion import PART_FRAMES, Motion
from .rotations import slerp

_SMOOTHED_AT_ONCE = 2**16  # numbers: what is added up stays in the cache of one core


def slices(n: int, size: int = PART_FRAMES) -> Iterator[slice]:
    """The range 0..n in consecutive slices that fit the processor's cache."""
    return (slice(start, min(start + size, n)) for start in range(0, n, size))


def eased(x: np.ndarray) -> np.ndarray:
    """0 to 1 without a corner as x goes from 0 to 1, and constant beyond: every fade's way."""
    x = np.minimum(np.maximum(x, 0), 1)  # short arrays wait longer for `clip`
    return x * x * (3 - 2 * x)


def gaussian(sigma_frames: float, view: int) -> np.ndarray:
    """Gaussian kernel: (2 view + 1,) float32 taps that add up to 1."""
    taps = np.exp(-0.5 * (np.arange(-view, view + 1) / sigma_frames) ** 2)
    return (taps / taps.sum()).astype(np.float32)


def smooth(frames: np.ndarray, sigma_frames: float) -> np.ndarray:
    """(T, channels) smoothed over time by a Gaussian; edge frames are repeated beyond the ends."""
    if sigma_frames == 0:
        return frames
    view = ceil(3 * sigma_frames)
    taps = gaussian(sigma_frames, view)
    out = np.empty_like(frames)
    for part in slices(len(frames), max(1, _SMOOTHED_AT_ONCE // frames.shape[1])):
        around = frames[np.arange(part.start - view, part.stop + view).clip(0, len(frames) - 1)]
        smoothed, n = out[part], part.stop - part.start
        np.multiply(around[view : view + n], taps[view], out=smoothed)
        term = np.empty_like(smoothed)
        for k, tap in enumerate(taps[:view]):  # two frames have each
            np.add(around[k : k + n], around[2 * view - k :][:n], out=term)
            smoothed += np.multiply(term, tap, out=term)
    return out


def sample_motion(motion: Motion, times_s: np.ndarray, fps: float, offset: int = 0) -> Motion:
    """The motion at times (n,) in seconds, by slerp and linear interpolation; edge frames hold beyond the ends.

    fps: of the result. offset: index of the motion's first frame, if it is a span of a longer motion.
    """
    position = np.clip(np.asarray(times_s, np.float64) * motion.fps - offset, 0, len(motion) - 1)
    low = np.minimum(np.floor(position + 1e-6).astype(np.int64), len(motion) - 1)
    high = np.minimum(low + 1, len(motion) - 1)
    weight = np.clip(position - low, 0, 1).astype(np.float32)[:, None]
    quaternions = np.empty((len(position), len(motion.skeleton), 4), np.float32)
    for part in slices(len(position)):
        a, b = motion.quaternions[low[part]], motion.quaternions[high[part]]
        between = slerp(a, b, weight[part, None])
        quaternions[part] = np.where(between[..., :1] < 0, -between, between)
    translation = motion.translation[low] * (1 - weight) + motion.translation[high] * weight
    lids = None if motion.lids is None else np.interp(position, np.arange(len(motion)), motion.lids)
    return Motion(quaternions, translation, fps, motion.skeleton, lids)
