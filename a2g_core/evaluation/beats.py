"""Whether strokes of the body end when syllables begin: beat consistency, reported only as a difference.

Plain beat consistency (BC) cannot tell the right speech from the wrong one (measured on real motion: .792 against .785
to .794) and rewards jitter, which adds beats (.86 with 2 cm of it). What is reported is therefore BC with the speech
minus BC with the same speech shifted in time: 0 means that the motion does not follow the speech.
"""

from __future__ import annotations

import numpy as np
from scipy.signal import argrelextrema

from ..body.motion import Skeleton
from ..errors import DataError
from ..speech.audio import SAMPLE_RATE_HZ

UPPER_BODY = (
    "spine1", "spine2", "spine3", "neck", "left_collar", "right_collar", "head",
    "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
)  # fmt: skip

_HOP = 512
_STRENGTH_ABOVE_MEAN, _MEAN_BEFORE, _MEAN_AFTER = 0.07, 3, 3
_SIGMA_S = 0.3
_ORDER_S = 7 / 30
_LEAST_SPEED = 0.1
_TRIM_S = 2.0


def audio_onsets_s(samples_16k: np.ndarray) -> np.ndarray:
    """Times of sound onsets in seconds, as `librosa.onset.onset_detect` finds them with a hop of 512.

    At 16 kHz its window for local maxima is one frame long, so every frame whose onset strength is at least 0.07 above
    the mean of the seven frames around it is an onset. The rule is written out here because librosa's compiled version
    crashes with some releases of numba.
    """
    from librosa.onset import onset_strength

    strength = onset_strength(y=np.asarray(samples_16k, np.float32), sr=SAMPLE_RATE_HZ, hop_length=_HOP)
    strength = strength.astype(np.float64) - strength.min()
    if not strength.any():
        return np.zeros(0)
    strength /= strength.max()
    total = np.concatenate([[0.0], np.cumsum(strength)])
    frames = np.arange(len(strength))
    low, high = np.maximum(frames - _MEAN_BEFORE, 0), np.minimum(frames + _MEAN_AFTER + 1, len(strength))
    average = (total[high] - total[low]) / (high - low)
    return np.flatnonzero(strength >= average + _STRENGTH_ABOVE_MEAN) * (_HOP / SAMPLE_RATE_HZ)


def delta_beat_consistency(
    onsets_s: np.ndarray,
    positions: np.ndarray,
    fps: float,
    skeleton: Skeleton,
    *,
    usual_speed: np.ndarray | None = None,
    shifts: int = 20,
) -> float:
    """BC minus the mean BC of the same onsets shifted in a circle through the recording. Positive means in time.

    positions: (T, J, 3) in metres, relative to the root. usual_speed: (J,) in m/s, each joint's mean speed in human
    motion, so that all systems are measured by one yardstick; by default each joint's mean in this motion. The first
    and last two seconds are ignored. Raises DataError if too little is left.
    """
    end_s = len(positions) / fps - _TRIM_S
    onsets = onsets_s[(onsets_s >= _TRIM_S) & (onsets_s < end_s)] - _TRIM_S
    length_s = end_s - _TRIM_S
    if length_s < 2 * _TRIM_S or len(onsets) == 0:
        raise DataError("there is too little speech for beat consistency", "measure at least eight seconds of speech")
    beats = motion_beats_s(positions, fps, skeleton, usual_speed)
    steps = length_s * np.arange(1, shifts + 1) / (shifts + 1)
    shifted = [beat_consistency((onsets + step_s) % length_s, beats) for step_s in steps]
    return beat_consistency(onsets, beats) - float(np.mean(shifted))


def motion_beats_s(
    positions: np.ndarray, fps: float, skeleton: Skeleton, usual_speed: np.ndarray | None = None
) -> list[np.ndarray]:
    """Times at which each upper-body joint slows down after having moved, in seconds after the trimmed start."""
    joints = [skeleton.index(name) for name in UPPER_BODY]
    velocity = np.gradient(np.asarray(positions[:, joints], np.float64), 1 / fps, axis=0)
    speed = np.linalg.norm(velocity, axis=-1)  # (T, 13)
    usual = speed.mean(axis=0) if usual_speed is None else np.asarray(usual_speed)[joints]
    trim = round(_TRIM_S * fps)
    speed = speed[trim : len(speed) - trim]
    frames, columns = argrelextrema(speed, np.less, axis=0, order=max(1, round(_ORDER_S * fps)))
    moving = speed[frames, columns] > _LEAST_SPEED * usual[columns]
    return [frames[moving & (columns == j)] / fps for j in range(len(joints))]


def beat_consistency(onsets_s: np.ndarray, beats_s: list[np.ndarray]) -> float:
    """Mean over joints and onsets of exp(-d² / 2σ²), d: time to the joint's nearest beat; 0 for a joint without any."""
    nearest = [np.abs(onsets_s[:, None] - beats).min(axis=1) for beats in beats_s if len(beats)]
    return float(sum(np.exp(-(d**2) / (2 * _SIGMA_S**2)).mean() for d in nearest)) / len(beats_s)
