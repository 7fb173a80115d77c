"""What speech alone tells about its emphases: accents, loudness, pauses. Used to place gestures in a made corpus."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.signal import butter, find_peaks, sosfiltfilt

from ..audio import SAMPLE_RATE_HZ
from ..features import log_mel

_HOP = 160  # 10 ms
_RATE_HZ = SAMPLE_RATE_HZ / _HOP
_WINDOW = 1024
_PAUSE_S = 0.3
"""Shorter gaps than this (stops, breaths between words) still count as speaking."""


@dataclass(frozen=True)
class Prosody:
    """accents_s: (N,) seconds, rising. strengths: (N,) in 0..1, 1 the strongest of its recording.

    energy: (T,) in 0..1 at motion frames, smooth loudness. speaking: (T,) bool at motion frames.
    """

    accents_s: np.ndarray
    strengths: np.ndarray
    energy: np.ndarray
    speaking: np.ndarray


def analyse(samples: np.ndarray, n_frames: int, fps: float) -> Prosody:
    """Prosody of clean 16 kHz mono speech (samples,), its curves at n_frames motion frames.

    Prominence is loudness of the syllables (300 to 4000 Hz, smoothed over 80 ms), raised where the spectrum changes and
    the voice rises. Loudness tells most about what listeners hear as prominent (Kochanski et al. 2005).
    """
    band = sosfiltfilt(butter(4, (300, 4000), "bandpass", fs=SAMPLE_RATE_HZ, output="sos"), samples)
    n = len(samples) // _HOP
    power = gaussian_filter1d((band[: n * _HOP] ** 2).reshape(n, _HOP).mean(axis=1), 0.08 * _RATE_HZ / 2)
    loudness = 10 * np.log10(power + 1e-9)
    floor = max(np.percentile(loudness, 95) - 30.0, -80.0)
    voiced = loudness > floor
    score = _standardize(np.maximum(loudness, floor), voiced)
    score += 0.5 * _standardize(_flux(samples, n), voiced) + 0.6 * _standardize(_pitch_rise(samples, n), voiced)
    score = gaussian_filter1d(np.where(voiced, score, -2.0), 0.04 * _RATE_HZ)
    peaks, found = find_peaks(score, distance=round(0.45 * _RATE_HZ), prominence=0.5)
    keep = voiced[peaks]
    peaks, prominence = peaks[keep], found["prominences"][keep]
    # Half is how far a syllable stands out, half how high it lies: a rank, so that every voice has both sorts.
    weight = _ranks(prominence) / 2 + _ranks(score[peaks]) / 2
    at = np.arange(n_frames) / fps
    times = np.arange(len(loudness)) / _RATE_HZ
    smooth = gaussian_filter1d(np.clip((loudness - floor) / 30.0, 0, 1), 0.15 * _RATE_HZ)
    speaking = _close_gaps(voiced, round(_PAUSE_S * _RATE_HZ))
    return Prosody(
        accents_s=peaks / _RATE_HZ,
        strengths=_ranks(weight),
        energy=np.interp(at, times, smooth, right=0.0),
        speaking=np.interp(at, times, speaking.astype(float), right=0.0) > 0.5,
    )


def _flux(samples: np.ndarray, n: int) -> np.ndarray:
    """How much louder the bands of the spectrum have just become, (n,)."""
    rise = np.diff(log_mel([samples.astype(np.float32)], n, _RATE_HZ), axis=0, prepend=np.float32(-80))
    return gaussian_filter1d(np.maximum(rise, 0).mean(axis=1).astype(float), 4)


def _pitch_rise(samples: np.ndarray, n: int) -> np.ndarray:
    """Semitones above the pitch's own mean over four seconds, (n,), 0 to 6, from the autocorrelation (70 to 380 Hz)."""
    padded = np.pad(samples, (_WINDOW // 2, _WINDOW))
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[: n * _HOP : _HOP] * np.hanning(_WINDOW)
    spectrum = np.fft.rfft(windows, 2 * _WINDOW)
    correlation = np.fft.irfft(np.abs(spectrum) ** 2)
    shortest, longest = SAMPLE_RATE_HZ // 380, SAMPLE_RATE_HZ // 70
    lags = np.arange(shortest, longest)
    # A window of w samples overlaps itself by w - lag: without the division short periods would win.
    inside = correlation[:, shortest:longest] / (1 - lags / _WINDOW)
    best = inside.argmax(axis=1)
    clear = inside[np.arange(n), best] > 0.5 * correlation[:, 0] + 1e-9
    if not clear.any():
        return np.zeros(n)
    semitones = 12 * np.log2(SAMPLE_RATE_HZ / lags[best])
    semitones = np.interp(np.arange(n), np.flatnonzero(clear), semitones[clear])
    return np.clip(gaussian_filter1d(semitones, 6) - gaussian_filter1d(semitones, 2 * _RATE_HZ), 0, 6)


def _standardize(x: np.ndarray, where: np.ndarray) -> np.ndarray:
    inside = x[where] if where.any() else x
    return (x - inside.mean()) / (inside.std() + 1e-6)


def _ranks(x: np.ndarray) -> np.ndarray:
    """Each value's place among the others, 0 to 1."""
    return np.argsort(np.argsort(x)) / max(len(x) - 1, 1)


def _close_gaps(mask: np.ndarray, longest: int) -> np.ndarray:
    """Fill runs of False that are shorter than `longest` and lie between True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    out = mask.copy()
    for stop, start in zip(edges[1::2], edges[2::2]):
        if start - stop < longest:
            out[stop:start] = True
    return out
