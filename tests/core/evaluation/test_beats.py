import math

import numpy as np
import pytest

from a2g_core.body.skeleton import BODY
from a2g_core.errors import DataError
from a2g_core.evaluation import beats
from a2g_core.evaluation.beats import UPPER_BODY, audio_onsets_s, delta_beat_consistency

FPS = 30.0


def clicks(times_s, seconds: float) -> np.ndarray:
    samples = 1e-4 * np.random.default_rng(0).standard_normal(round(seconds * 16000))
    for time_s in times_s:
        start = round(time_s * 16000)
        samples[start : start + 800] += np.random.default_rng(1).standard_normal(800) * np.exp(-np.arange(800) / 200)
    return samples.astype(np.float32)


def slowing(times_s, seconds: float) -> np.ndarray:
    """Every joint runs along X and brakes for a moment at these times; (T, 22, 3)."""
    t = np.arange(round(seconds * FPS)) / FPS
    speed = 1 - 0.6 * sum(np.exp(-((t - time_s) ** 2) / (2 * 0.08**2)) for time_s in times_s)
    x = np.cumsum(speed) / FPS
    return np.repeat(np.stack([x, 0 * x, 0 * x], axis=-1)[:, None], 22, axis=1)


def test_onsets_are_where_clicks_begin():
    times = [1.0, 2.3, 3.1, 4.7]
    found = audio_onsets_s(clicks(times, 6.0))
    assert all(np.abs(found - time).min() < 0.07 for time in times)
    assert all(min(abs(time - f) for time in times) < 0.12 for f in found)
    assert len(audio_onsets_s(np.zeros(16000))) == 0


def test_onsets_are_those_of_librosa_to_the_frame():
    """Its rule in its own Python, which is not compiled here: the compiled one crashes with numba 0.68."""
    import librosa
    import librosa.util.utils as utils

    rng = np.random.default_rng(2)
    samples = clicks(np.cumsum(rng.uniform(0.1, 0.6, 20)), 12.0) + 0.02 * rng.standard_normal(12 * 16000)
    strength = librosa.onset.onset_strength(y=samples.astype(np.float32), sr=16000, hop_length=512)
    strength = (strength - strength.min()) / (strength.max() - strength.min())
    peaks = np.zeros(len(strength), bool)
    pick = vars(utils)["__peak_pick"].__wrapped__
    # pre_max, post_max, pre_avg, post_avg, delta, wait: the defaults of onset_detect at 16 kHz and hop 512
    pick(strength, 480 // 512, 1, 1600 // 512, 1600 // 512 + 1, 0.07, 480 // 512, peaks)
    expected = librosa.frames_to_time(np.flatnonzero(peaks), sr=16000, hop_length=512)
    assert len(expected) > 20
    np.testing.assert_allclose(audio_onsets_s(samples), expected)


def test_consistency_in_loops():
    rng = np.random.default_rng(0)
    positions = np.cumsum(np.cumsum(rng.standard_normal((400, 22, 3)), axis=0), axis=0) / 1000
    onsets = np.sort(rng.uniform(0, 400 / FPS - 4, 15))
    found = beats.beat_consistency(onsets, beats.motion_beats_s(positions, FPS, BODY))
    total = 0.0
    for name in UPPER_BODY:
        p = positions[:, BODY.index(name)]
        speed = [np.linalg.norm(p[min(t + 1, 399)] - p[max(t - 1, 0)]) * FPS / 2 for t in range(400)]
        speed[0], speed[399] = 2 * speed[0], 2 * speed[399]
        inner, mean = speed[60:340], sum(speed) / 400
        low = [
            t for t in range(280)
            if all(inner[t] < inner[min(max(t + k, 0), 279)] for k in range(-7, 8) if k) and inner[t] > 0.1 * mean
        ]  # fmt: skip
        score = [math.exp(-(min(abs(o - t / FPS) for t in low) ** 2) / (2 * 0.3**2)) for o in onsets] if low else [0]
        total += sum(score) / len(score) / 13
    assert found == pytest.approx(total)


def test_braking_at_the_clicks_is_in_time_and_braking_elsewhere_is_not():
    times = np.cumsum(np.random.default_rng(5).uniform(0.9, 2.6, 18))
    seconds = times[-1] + 2
    onsets = audio_onsets_s(clicks(times, seconds))
    right = delta_beat_consistency(onsets, slowing(times, seconds), FPS, BODY)
    wrong = delta_beat_consistency(onsets, slowing((times + seconds / 3) % seconds, seconds), FPS, BODY)
    print(f"delta BC in time {right:.3f}, elsewhere {wrong:.3f}")
    assert right > 0.25 and abs(wrong) < 0.15


def test_a_usual_speed_given_from_outside_decides_what_is_rest():
    times = np.arange(1.0, 19.0, 1.7)
    positions, onsets = slowing(times, 20.0), times
    assert delta_beat_consistency(onsets, positions, FPS, BODY, usual_speed=np.full(22, 0.9)) > 0.2
    assert delta_beat_consistency(onsets, positions, FPS, BODY, usual_speed=np.full(22, 90.0)) == 0


def test_too_little_speech_is_said():
    with pytest.raises(DataError, match="eight seconds"):
        delta_beat_consistency(np.array([3.0]), np.zeros((200, 22, 3)), FPS, BODY)
    with pytest.raises(DataError, match="too little speech"):
        delta_beat_consistency(np.zeros(0), np.zeros((600, 22, 3)), FPS, BODY)
