"""When hands and head move, by what is heard: correlation of their speed with the speech, and speed around accents.

People's hands are fastest about when a syllable is stressed. Two questions, asked of the wrists and of the head:

* **Correlation** of speed with the speech's onsets and with its energy, over lags of a second either way: how high it
  is at lag 0, how high at its best, and at which lag that is. Slow changes, over 4 s, are taken out of both curves, so
  that resting in a pause does not count as listening.
* **Speed around accents**: the mean speed at each moment around the strongest syllables, as a multiple of the overall
  mean; where its peak lies, and how high it is.

Where an accent is depends on how it is looked for: over some thirty ways that were tried, people's peak moved by two
tenths of a second and more, that of version 0.2.0's model between 0.40 and 0.53 s before the accent. This way was kept
because by it two recordings of one actor agree (0.17 and 0.03 s after), at any number of accents; a way that gave both
together -0.07 s, as somebody had measured before, gave them -0.33 and +0.63 s. Compare rows, and trust no tenth.

Negative times mean that the body comes first. `chance` asks the same with the speech shifted in time. What fools these
measures: a twitch on every syllable, however ugly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.ndimage import gaussian_filter1d, uniform_filter1d
from scipy.signal import correlate, find_peaks

from ..body.kinematics import unit_vectors
from ..body.motion import Skeleton
from ..errors import DataError
from ..speech.audio import SAMPLE_RATE_HZ
from ..speech.features import log_mel

PARTS: dict[str, tuple[str, ...]] = {"wrists": ("left_wrist", "right_wrist"), "head": ("head",)}
"""The joints whose mean speed is a part's speed."""

LAG_S = 1.0
REACH_S = 1.2
"""How far the curve around accents goes."""
PEAK_WITHIN_S = 0.7
"""How far from the accent its peak is looked for; further away it is the next accent's."""
ACCENTS_A_SECOND = 0.4

_SLOW_S = 4.0
_RATE_HZ = 100.0
_ONSET_FLOOR_DB, _ENERGY_FLOOR_DB, _ACCENT_FLOOR_DB = 50.0, 40.0, 30.0
"""How far below its loud passages (the 95th percentile) a recording is not heard any more."""
_SYLLABLE_S, _CURVE_S = 0.04, 0.05
"""Smoothing of loudness and of what accents are looked for in; of the two curves."""
_APART_S, _PROMINENCE = 0.2, 0.5
_SEEN_S = 0.07
"""Smoothing of the curve around accents: where few accents are pooled, its very highest point says little."""
_SHIFTS = 20
_CHANCE_PERCENT = 95
_LEAST_SPEED_M_S = 1e-3
"""On average, of a part that moves: less is rounding."""


@dataclass(frozen=True)
class Stress:
    """What is heard of a speech, at the motion's frames.

    onsets: (T,), how fast the bands of the spectrum rise, dB per 10 ms. energy: (T,) dB. accents_s: (N,) rising, the
    strongest syllables, 0.4 of them a second.
    """

    onsets: np.ndarray
    energy: np.ndarray
    accents_s: np.ndarray


@dataclass(frozen=True)
class Timing:
    """The measurements of one set of motions.

    numbers: by name, see `NUMBERS`. lags_s, onset: the correlation with onsets by part, each (61,) at 30 fps.
    offsets_s, around: speed around accents as a multiple of the mean, by part.
    """

    numbers: dict[str, float]
    lags_s: np.ndarray = field(repr=False)
    onset: dict[str, np.ndarray] = field(repr=False)
    offsets_s: np.ndarray = field(repr=False)
    around: dict[str, np.ndarray] = field(repr=False)


def _numbers_of(part: str) -> dict[str, str]:
    return {
        f"onset_{part}": f"correlation of speech onsets with the speed of the {part}, at lag 0",
        f"onset_{part}_best": "the same at its best lag",
        f"onset_{part}_lag_s": "that lag, s; negative: the body comes first",
        f"energy_{part}": f"correlation of the speech's energy with the speed of the {part}, at lag 0",
        f"energy_{part}_best": "the same at its best lag",
        f"energy_{part}_lag_s": "that lag, s",
        f"accent_{part}_s": f"the {part} are fastest so long after an accent, s; negative: before it",
        f"accent_{part}_height": "how fast they are then, as a multiple of their mean speed",
    }


NUMBERS: dict[str, str] = {name: said for part in PARTS for name, said in _numbers_of(part).items()}
"""Description of each number."""


def listen(samples: np.ndarray, n_frames: int, fps: float) -> Stress:
    """16 kHz mono samples (N,) to what is heard of them at n_frames motion frames."""
    n = max(2, int(len(samples) / SAMPLE_RATE_HZ * _RATE_HZ))
    mel = log_mel([np.asarray(samples, np.float32)], n, _RATE_HZ).astype(np.float64)
    audible = np.maximum(mel, np.percentile(mel.mean(axis=1), 95) - _ONSET_FLOOR_DB)
    rises = np.maximum(np.diff(audible, axis=0, prepend=audible[:1]), 0).mean(axis=1)
    power = gaussian_filter1d((10 ** (mel / 10)).sum(axis=1), _SYLLABLE_S * _RATE_HZ)
    level = 10 * np.log10(power + 1e-12)
    top = np.percentile(level, 95)
    at, times = np.arange(n_frames) / fps, np.arange(n) / _RATE_HZ
    curves = rises, np.maximum(level, top - _ENERGY_FLOOR_DB)
    onsets, energy = (np.interp(at, times, gaussian_filter1d(x, _CURVE_S * _RATE_HZ)) for x in curves)
    return Stress(onsets, energy, _accents_s(np.maximum(level, top - _ACCENT_FLOOR_DB), rises))


def _accents_s(level: np.ndarray, rises: np.ndarray) -> np.ndarray:
    """The strongest syllables: the highest peaks of loudness (T,) in dB and spectral change (T,) together, at 100 Hz.

    Both are standardized over what is audible, added and smoothed.
    """
    audible = level > level.min()
    if not audible.any():
        return np.zeros(0)
    smooth = _SYLLABLE_S * _RATE_HZ
    parts = level, gaussian_filter1d(rises, smooth)
    score = gaussian_filter1d(sum((x - x[audible].mean()) / (x[audible].std() + 1e-9) for x in parts), smooth)
    peaks, _ = find_peaks(score, distance=round(_APART_S * _RATE_HZ), prominence=_PROMINENCE)
    most = int(ACCENTS_A_SECOND * len(level) / _RATE_HZ)
    return np.sort(peaks[np.argsort(-score[peaks], kind="stable")[:most]]) / _RATE_HZ


def speeds(positions: np.ndarray, fps: float, skeleton: Skeleton) -> dict[str, np.ndarray]:
    """Each part's speed (T,) in m/s, from positions (T, J, 3) in metres relative to the root.

    Wrists are seen from the chest, so that arms that a swaying trunk carries along stand still.
    """
    positions = np.asarray(positions, np.float64)
    out = {}
    for part, joints in PARTS.items():
        places = positions[:, [skeleton.index(name) for name in joints]]
        if part == "wrists":
            places = _from_chest(places, positions, skeleton)
        out[part] = np.linalg.norm(np.gradient(places, 1 / fps, axis=0), axis=-1).mean(axis=1)
    return out


def _from_chest(places: np.ndarray, positions: np.ndarray, skeleton: Skeleton) -> np.ndarray:
    """Places (T, N, 3) in the chest's own axes, which the collars' joints show: no arm can move those."""
    chest, left, right = (positions[:, skeleton.index(n)] for n in ("spine3", "left_collar", "right_collar"))
    across = unit_vectors(left - right)
    forward = unit_vectors(np.cross(across, (left + right) / 2 - chest))
    axes = np.stack([across, np.cross(forward, across), forward], axis=-1)
    return (places - chest[:, None]) @ axes


def measure_timing(
    pairs: Sequence[tuple[Stress, np.ndarray]], fps: float, skeleton: Skeleton, *, parts: Sequence[str] = tuple(PARTS)
) -> Timing:
    """All pairs of speech and positions (T, J, 3) relative to the root, together.

    Correlations are averaged over pairs by their length, accents are pooled. A part that never moves gets 0 for
    correlations and heights, and nan for times. parts: leave out those that the recording does not have; their numbers
    are nan. Raises DataError if no motion is longer than two seconds and a bit.
    """
    heard = [(stress, speeds(p, fps, skeleton)) for stress, p in pairs if len(p) > 2.5 * LAG_S * fps]
    if not heard:
        raise DataError("there is too little motion to measure its timing", "measure three seconds or more")
    most, reach = round(LAG_S * fps), round(REACH_S * fps)
    numbers = dict.fromkeys(NUMBERS, float("nan"))
    onset, around = {}, {}
    for part in parts:
        onset[part] = _correlation([(s.onsets, v[part]) for s, v in heard], most, fps)
        energy = _correlation([(s.energy, v[part]) for s, v in heard], most, fps)
        around[part] = _around([(s.accents_s, v[part]) for s, v in heard], reach, fps)
        for name, curve in (("onset", onset[part]), ("energy", energy)):
            numbers[f"{name}_{part}"] = float(curve[most])
            numbers[f"{name}_{part}_best"] = float(curve.max())
            numbers[f"{name}_{part}_lag_s"] = (int(curve.argmax()) - most) / fps if curve.any() else float("nan")
        peak_s, height = _peak(around[part], reach, fps)
        numbers[f"accent_{part}_s"], numbers[f"accent_{part}_height"] = peak_s, height
    offsets = np.arange(-reach, reach + 1) / fps
    return Timing(numbers, np.arange(-most, most + 1) / fps, onset, offsets, around)


def chance(
    pairs: Sequence[tuple[Stress, np.ndarray]], fps: float, skeleton: Skeleton, *, parts: Sequence[str] = tuple(PARTS)
) -> dict[str, float]:
    """What the same motion reaches with the wrong speech one time in twenty: `NUMBERS`, its times nan.

    The speech is shifted in a circle, by twenty amounts: the 95th percentile of each number.
    """
    rows = []
    for k in range(_SHIFTS):
        shifted = [(_shifted(stress, (k + 1) / (_SHIFTS + 1), fps), p) for stress, p in pairs]
        rows.append(measure_timing(shifted, fps, skeleton, parts=parts).numbers)
    out = {name: float(np.percentile([row[name] for row in rows], _CHANCE_PERCENT)) for name in NUMBERS}
    return {name: float("nan") if name.endswith("_s") else value for name, value in out.items()}


def _shifted(stress: Stress, share: float, fps: float) -> Stress:
    n = len(stress.onsets)
    by = round(share * n)
    accents_s = np.sort((stress.accents_s + by / fps) % (n / fps))
    return Stress(np.roll(stress.onsets, by), np.roll(stress.energy, by), accents_s)


def _correlation(pairs: Sequence[tuple[np.ndarray, np.ndarray]], most: int, fps: float) -> np.ndarray:
    """Mean correlation at lags of -most to most frames, by length; (2 most + 1,)."""
    total, frames = np.zeros(2 * most + 1), 0
    for heard, moved in pairs:
        a, b = _without_slow(heard, fps), _without_slow(moved, fps)
        n = len(a)
        if moved.mean() > _LEAST_SPEED_M_S and heard.std() > 0:
            total += n * lagged_correlation(a, b, most)
        frames += n
    return total / frames


def lagged_correlation(a: np.ndarray, b: np.ndarray, most: int) -> np.ndarray:
    """Correlation coefficients of a (T,) with b (T,) taken k frames later, for k from -most to most; (2 most + 1,)."""
    n, lags = len(a), np.arange(-most, most + 1)
    products = correlate(b, a, "full", "fft")[n - 1 - most : n + most]
    count = n - np.abs(lags)
    (a1, a2), (b1, b2) = (_sums(x, np.maximum(first, 0), count) for x, first in ((a, -lags), (b, lags)))
    spread = np.sqrt(np.maximum(a2 - a1**2 / count, 0) * np.maximum(b2 - b1**2 / count, 0))
    return (products - a1 * b1 / count) / np.maximum(spread, 1e-12)


def _sums(x: np.ndarray, first: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sums of x and of its squares over `count` frames from `first` on."""
    one, two = (np.concatenate([[0.0], np.cumsum(v)]) for v in (x, x**2))
    return one[first + count] - one[first], two[first + count] - two[first]


def _without_slow(curve: np.ndarray, fps: float) -> np.ndarray:
    return curve - uniform_filter1d(curve, 1 + 2 * round(_SLOW_S / 2 * fps), mode="nearest")


def _around(pairs: Sequence[tuple[np.ndarray, np.ndarray]], reach: int, fps: float) -> np.ndarray:
    """Mean over accents of speed / its mean, (2 reach + 1,); zeros where nothing moves or nothing is stressed."""
    rows = []
    for accents_s, moved in pairs:
        middle = np.round(accents_s * fps).astype(int)
        middle = middle[(middle >= reach) & (middle < len(moved) - reach)]
        relative = moved / moved.mean() if moved.mean() > _LEAST_SPEED_M_S else np.zeros(len(moved))
        rows.append(relative[middle[:, None] + np.arange(-reach, reach + 1)])
    every = np.concatenate(rows)
    if not len(every):
        return np.zeros(2 * reach + 1)
    return gaussian_filter1d(every.mean(axis=0), _SEEN_S * fps, mode="nearest")


def _peak(around: np.ndarray, reach: int, fps: float) -> tuple[float, float]:
    within = round(PEAK_WITHIN_S * fps)
    near = around[reach - within : reach + within + 1]
    if not near.any():
        return float("nan"), 0.0
    return (int(near.argmax()) - within) / fps, float(near.max())
