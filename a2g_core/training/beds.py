"""Sounds that lie beneath speech in films, games and lectures: hum, tones, pads and music, made anew each time.

None of them knows anything of the speech, so that a model learns to hear the voice through them.
"""

from __future__ import annotations

import numpy as np

from ..speech.audio import SAMPLE_RATE_HZ

_MAINS_HZ, _TONE_HZ = (50.0, 60.0), (300.0, 1000.0)
_BEAT_S = (0.35, 1.0)
_BARS, _BEATS = 4, 4
"""Of a piece of music, which is then repeated; each bar has its chord."""
_CHORDS = ((0, 4, 7), (0, 3, 7), (0, 4, 7, 11), (0, 3, 7, 10), (0, 5, 7), (0, 7, 12))
_STEPS = (0, 2, 3, 5, 7, 8, 9, 10)
"""Semitones: notes over a chord's lowest, and lowest notes over the key."""
_LOWEST_HZ = (98.0, 330.0)
_CYCLE = 4096
"""Samples of one period of a note's wave, read faster or slower."""
_OVERTONES = 6


def make_bed(n: int, rng: np.random.Generator) -> np.ndarray:
    """A bed of n samples at 16 kHz, its root mean square 1: tones in a third of cases, a pad, or music with drums."""
    make = (_tones, _pad, _music)[rng.integers(3)]
    bed = make(n, rng)
    return bed / (np.sqrt(np.mean(bed**2)) + 1e-9)


def _tones(n: int, rng: np.random.Generator) -> np.ndarray:
    """Steady: the mains' hum with its overtones, or up to three tones, pure or rich."""
    if rng.random() < 0.5:
        return _note(2 * rng.choice(_MAINS_HZ), n, _wave(rng))
    return np.sum([_note(rng.uniform(*_TONE_HZ), n, _wave(rng)) for _ in range(rng.integers(1, 4))], axis=0)


def _pad(n: int, rng: np.random.Generator) -> np.ndarray:
    """Sustained chords that swell and flow into one another."""
    beat = _beat(rng)
    loop, wave = np.zeros(_BARS * _BEATS * beat), _wave(rng)
    swell = rng.uniform(0.3, 1.5) * _BEATS * beat
    for bar, (lowest_hz, chord) in enumerate(_harmony(rng)):
        length = round(_BEATS * beat + swell)
        at = np.arange(length)
        envelope = np.clip(np.minimum(at, length - at) / swell, 0, 1)
        for semitones in chord:
            hz = lowest_hz * 2 ** (semitones / 12)
            # Two voices, slightly out of tune, beat slowly.
            for detuned_hz in (hz, hz * rng.uniform(1.0, 1.006)):
                _add(loop, bar * _BEATS * beat, envelope * _note(detuned_hz, length, wave))
    return _repeat(loop, n, rng)


def _music(n: int, rng: np.random.Generator) -> np.ndarray:
    """Struck or plucked chords over a bass, and drums, at a steady tempo."""
    beat = _beat(rng)
    loop, wave, low = np.zeros(_BARS * _BEATS * beat), _wave(rng), _wave(rng)
    drums = _drums(rng)
    # What sounds on which half beat: the same in every bar, as music has it.
    half, halves = beat // 2, 2 * _BEATS
    struck, bass = rng.random((2, halves)) < [[0.4], [0.5]]
    hits = rng.random((len(drums), halves)) < [[0.35], [0.25], [0.6]]
    dying = np.exp(-np.arange(2 * beat) / (rng.uniform(0.15, 0.8) * beat))
    for bar, (lowest_hz, chord) in enumerate(_harmony(rng)):
        notes = [_note(lowest_hz * 2 ** (semitones / 12), len(dying), wave) for semitones in chord]
        together = np.sum(notes, axis=0) * dying / len(chord)
        bass_note = _note(lowest_hz / 2, len(dying), low) * dying
        for k in range(halves):
            at = (bar * halves + k) * half
            sounds = [(struck[k], together), (bass[k], bass_note), *zip(hits[:, k], drums, strict=True)]
            for sound in (sound for sounding, sound in sounds if sounding or k == 0):
                _add(loop, at, sound)
    return _repeat(loop, n, rng)


def _drums(rng: np.random.Generator) -> list[np.ndarray]:
    """A kick, whose pitch falls, a snare and a hi-hat, which are noise: each a few tenths of a second."""
    at_s = np.arange(round(0.3 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    kick = np.sin(2 * np.pi * (rng.uniform(45, 60) * at_s - 4 * np.exp(-at_s / 0.03))) * np.exp(-at_s / 0.1)
    snare = rng.standard_normal(len(at_s)) * np.exp(-at_s / rng.uniform(0.03, 0.1))
    hat = np.diff(rng.standard_normal(len(at_s)), prepend=0.0) * np.exp(-at_s / rng.uniform(0.01, 0.04))
    return [rng.uniform(0, 2) * kick, rng.uniform(0, 0.8) * snare, rng.uniform(0, 0.4) * hat]


def _beat(rng: np.random.Generator) -> int:
    """Samples from one beat to the next, an even number."""
    return 2 * round(rng.uniform(*_BEAT_S) * SAMPLE_RATE_HZ / 2)


def _harmony(rng: np.random.Generator) -> list[tuple[float, tuple[int, ...]]]:
    """For each bar its lowest note in Hz, and the chord's notes in semitones above it."""
    key_hz = rng.uniform(*_LOWEST_HZ)
    return [(key_hz * 2 ** (rng.choice(_STEPS) / 12), _CHORDS[rng.integers(len(_CHORDS))]) for _ in range(_BARS)]


def _wave(rng: np.random.Generator) -> np.ndarray:
    """A sound's colour: one period (_CYCLE,), from nearly a sine to many overtones."""
    order = np.arange(1, _OVERTONES + 1)
    heights = order ** -rng.uniform(0.7, 4.0) * np.concatenate([[1.0], rng.uniform(0, 1, _OVERTONES - 1)])
    phases = rng.uniform(0, 2 * np.pi, _OVERTONES)
    at = 2 * np.pi * np.arange(_CYCLE)[:, None] / _CYCLE
    return (heights * np.sin(order * at + phases)).sum(axis=1)


def _note(hz: float, n: int, wave: np.ndarray) -> np.ndarray:
    """n samples of a wave that is repeated hz times a second."""
    return wave[(np.arange(n) * (hz * _CYCLE / SAMPLE_RATE_HZ)).astype(np.int64) % _CYCLE]


def _add(loop: np.ndarray, start: int, sound: np.ndarray) -> None:
    """Add a sound to a loop, in place; what goes beyond its end is heard at its beginning."""
    while len(sound):
        fits = len(loop) - start
        loop[start : start + len(sound)] += sound[:fits]
        sound, start = sound[fits:], 0


def _repeat(loop: np.ndarray, n: int, rng: np.random.Generator) -> np.ndarray:
    """n samples of a loop, from anywhere in it."""
    return np.resize(np.roll(loop, -rng.integers(len(loop))), n)
