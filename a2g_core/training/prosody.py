"""Prosody of speech, without its words: accents, their length and strength, loudness, pitch, pauses, phrases.

Used to place gestures in a synthetic corpus. All in double precision, ties broken by order: single precision differs
between machines in digits that decide now and then which of two accents is the stronger.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.signal import butter, find_peaks, sosfiltfilt

from ..speech.audio import SAMPLE_RATE_HZ
from ..speech.features import FLOOR_DB, mel_filters

_HOP = 160  # 10 ms
_RATE_HZ = SAMPLE_RATE_HZ / _HOP
_WINDOW = 1024
_PAUSE_S = 0.3
"""Gaps shorter than this (stops, breaths between words) still count as speaking and do not end a phrase."""
_MURMUR_DB = 8.0
"""Sounds closer than this to the noise floor are breaths and onsets, which nobody hears as accents."""
_VOWEL_DROP_DB = 6.0
"""How far loudness falls at the ends of a vowel."""


@dataclass(frozen=True)
class Prosody:
    """accents_s: (N,) seconds, rising. strengths: (N,) in 0..1, 1 the strongest of its recording.

    vowels_s: (N,), how long the accented vowel lasts. opens: (N,) bool, whether the accent is the first of its phrase.
    phrases_s: (P, 2), start and end of each stretch of speech between pauses.
    energy: (T,) in 0..1 at motion frames, smooth loudness. pitch: (T,) semitones above the voice's median, smooth, 0
    where there is none. speaking: (T,) bool at motion frames.
    """

    accents_s: np.ndarray
    strengths: np.ndarray
    vowels_s: np.ndarray
    opens: np.ndarray
    phrases_s: np.ndarray
    energy: np.ndarray
    pitch: np.ndarray
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
    spectra = _spectra(samples, n)
    semitones = _pitch(spectra)
    rise = np.clip(gaussian_filter1d(semitones, 6) - gaussian_filter1d(semitones, 2 * _RATE_HZ), 0, 6)
    score += 0.5 * _standardize(_flux(spectra), voiced) + 0.6 * _standardize(rise, voiced)
    score = gaussian_filter1d(np.where(voiced, score, -2.0), 0.04 * _RATE_HZ)
    peaks, found = find_peaks(score, distance=round(0.45 * _RATE_HZ), prominence=0.5)
    keep = loudness[peaks] > floor + _MURMUR_DB
    peaks, prominence = peaks[keep], found["prominences"][keep]
    # Half is how far a syllable stands out, half how high it lies: a rank, so that every voice has both sorts.
    weight = _ranks(prominence) / 2 + _ranks(score[peaks]) / 2
    at = np.arange(n_frames) / fps
    times = np.arange(len(loudness)) / _RATE_HZ
    smooth = gaussian_filter1d(np.clip((loudness - floor) / 30.0, 0, 1), 0.15 * _RATE_HZ)
    speaking = _close_gaps(voiced, round(_PAUSE_S * _RATE_HZ))
    phrases = np.flatnonzero(np.diff(np.concatenate([[0], speaking.astype(int), [0]]))).reshape(-1, 2)
    phrase_of = np.searchsorted(phrases[:, 0], peaks, side="right")
    melody = gaussian_filter1d(semitones * voiced, 0.1 * _RATE_HZ)
    return Prosody(
        accents_s=peaks / _RATE_HZ,
        strengths=_ranks(weight),
        vowels_s=np.array([_vowel_frames(loudness, peak) for peak in peaks]) / _RATE_HZ,
        opens=np.diff(phrase_of, prepend=-1) > 0,
        phrases_s=phrases / _RATE_HZ,
        energy=np.interp(at, times, smooth, right=0.0),
        pitch=np.interp(at, times, melody, right=0.0),
        speaking=np.interp(at, times, speaking.astype(float), right=0.0) > 0.5,
    )


def _vowel_frames(loudness: np.ndarray, peak: int) -> int:
    """Frames around a peak that are nearly as loud."""
    quiet = np.flatnonzero(loudness < loudness[peak] - _VOWEL_DROP_DB)
    at = np.searchsorted(quiet, peak)
    before = quiet[at - 1] if at > 0 else -1
    after = quiet[at] if at < len(quiet) else len(loudness)
    return int(after - before - 1)


def _spectra(samples: np.ndarray, n: int) -> np.ndarray:
    """Of a window around the start of each of n hops, padded to twice its length: (n, 1025)."""
    padded = np.pad(np.asarray(samples, np.float64), (_WINDOW // 2, _WINDOW))
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[: n * _HOP : _HOP]
    return np.fft.rfft(windows * np.hanning(_WINDOW), 2 * _WINDOW)


def _flux(spectra: np.ndarray) -> np.ndarray:
    """How much louder the bands of the spectrum have just become, (n,)."""
    # Every second line is one of the window without its padding, which is as long as that of the log-mel features.
    power = np.abs(spectra[:, ::2]) ** 2 @ mel_filters().astype(np.float64)
    bands = np.maximum(10 * np.log10(power + 1e-9), FLOOR_DB)
    rise = np.diff(bands, axis=0, prepend=FLOOR_DB)
    return gaussian_filter1d(np.maximum(rise, 0).mean(axis=1), 4)


def _pitch(spectra: np.ndarray) -> np.ndarray:
    """Semitones above the voice's median, (n,), from the autocorrelation (70 to 380 Hz), interpolated elsewhere."""
    n = len(spectra)
    correlation = np.fft.irfft(np.abs(spectra) ** 2)
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
    return np.clip(semitones - np.median(semitones[clear]), -12, 12)


def _standardize(x: np.ndarray, where: np.ndarray) -> np.ndarray:
    inside = x[where] if where.any() else x
    return (x - inside.mean()) / (inside.std() + 1e-6)


def _ranks(x: np.ndarray) -> np.ndarray:
    """Each value's place among the others, 0 to 1; equal ones by their order."""
    return np.argsort(np.argsort(np.round(x, 9), kind="stable")) / max(len(x) - 1, 1)


def _close_gaps(mask: np.ndarray, longest: int) -> np.ndarray:
    """Fill runs of False that are shorter than `longest` and lie between True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    out = mask.copy()
    for stop, start in zip(edges[1::2], edges[2::2]):
        if start - stop < longest:
            out[stop:start] = True
    return out
