"""Of each style of a model the poses that tell it from the others, for a small picture of it.

They are found by performing the same sound in each style: whatever model a file brings, its styles are seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..body.kinematics import joint_positions
from ..body.motion import Motion
from ..body.picture import POSES, draw
from ..speech.audio import Speech
from .generate import generate
from .request import Request

if TYPE_CHECKING:
    from ..model.checkpoint import Model

_SOUND_S, _RATE_HZ, _PITCH_HZ, _HARMONICS = 24.0, 16000, 140.0, 11
_BEAT_S, _SYLLABLE_S = (0.3, 1.1), 0.1
"""Syllables are at least and at most so far apart, and each as long."""
_EVERY_S = 1 / 6
"""Of what is performed, frames so far apart are looked at."""
_SHOWS = ("left_wrist", "right_wrist", "left_elbow", "right_elbow")
_ALIKE = 20
"""A style does what a pose shows as well as so many of its frames are near to it."""
_APART_S, _APART_M = 1.0, 0.25
"""Poses of one picture differ by this at least, over these joints together."""


def style_poses(model: Model) -> dict[str, Motion]:
    """For each style of a model at most `POSES` frames, in the order in which they were performed, most unlike the
    other styles; fewer where a style has no more that differ. Empty for a model without styles. Takes a second or two.
    """
    speech = _sound()
    performed = {style: generate(speech, model, Request(style=style)) for style in model.styles}
    step = max(1, round(_EVERY_S * model.fps))
    places = {style: _places(motion)[::step] for style, motion in performed.items()}
    found = {}
    for style, motion in performed.items():
        own = places[style]
        others = [_distance(own, there) for other, there in places.items() if other != style]
        score = _distance(own, own) - np.min(others, axis=0) if others else _distance(own, own)
        chosen: list[int] = []
        for k in map(int, np.argsort(score, kind="stable")):
            if all(
                abs(k - j) * step > _APART_S * model.fps and np.linalg.norm(own[k] - own[j]) > _APART_M for j in chosen
            ):
                chosen.append(k)
            if len(chosen) == POSES:
                break
        frames = [step * k for k in sorted(chosen)]
        found[style] = Motion(motion.quaternions[frames], motion.translation[frames], motion.fps, motion.skeleton)
    return found


def style_pictures(model: Model) -> dict[str, np.ndarray]:
    """Each style's poses, drawn: see `picture.draw`."""
    return {style: draw(motion) for style, motion in style_poses(model).items()}


def _places(motion: Motion) -> np.ndarray:
    """(T, 12) where hands and elbows are, in metres."""
    joints = [motion.skeleton.index(name) for name in _SHOWS]
    return joint_positions(motion)[:, joints].reshape(len(motion), -1)


def _distance(places: np.ndarray, others: np.ndarray) -> np.ndarray:
    """(T,) how far the nearest of others are from each place."""
    away = np.linalg.norm(others[None] - places[:, None], axis=-1)
    return np.sort(away, axis=1)[:, :_ALIKE].mean(axis=1)


def _sound() -> Speech:
    """Syllables of a hum whose pitch wanders, always the same, with the rhythm of nobody's speech in particular."""
    chance = np.random.default_rng(0)
    t = np.arange(int(_SOUND_S * _RATE_HZ)) / _RATE_HZ
    loudness, at_s = np.zeros_like(t), _BEAT_S[0]
    while at_s < _SOUND_S:
        loudness += chance.uniform(0.4, 1.0) * np.exp(-(((t - at_s) / _SYLLABLE_S) ** 2))
        at_s += chance.uniform(*_BEAT_S)
    knots = np.arange(0.0, _SOUND_S + 1.0)
    pitch_hz = _PITCH_HZ * (1 + 0.15 * np.interp(t, knots, chance.normal(size=len(knots))))
    phase = 2 * np.pi * np.cumsum(pitch_hz) / _RATE_HZ
    hum = np.sum([np.sin(k * phase) / k for k in range(1, _HARMONICS + 1)], axis=0)
    return Speech.from_samples((0.2 * loudness * hum).astype(np.float32), _RATE_HZ)
