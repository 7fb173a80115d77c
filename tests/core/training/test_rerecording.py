"""Another microphone in another room: audibly other, and not a sample later."""

import numpy as np
import pytest

from a2g_core.speech.audio import open_speech
from a2g_core.speech.features import log_mel
from a2g_core.training.rerecording import rerecord


@pytest.fixture(scope="module")
def speech(data) -> np.ndarray:
    return np.concatenate(list(open_speech(data.speech(4)).blocks()))


def heard(samples: np.ndarray) -> np.ndarray:
    return log_mel([samples], len(samples) * 30 // 16000, 30.0)


def test_a_recording_follows_from_the_generators_state(speech):
    one, again, other = (rerecord(speech, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert one.tobytes() == again.tobytes() and one.shape == speech.shape and one.dtype == np.float32
    assert np.abs(heard(one) - heard(other)).mean() > 3  # dB


def test_recordings_differ_in_level_and_colour_and_stay_in_range(speech):
    recordings = [rerecord(speech, np.random.default_rng(seed)) for seed in range(40)]
    assert all(np.isfinite(r).all() and np.abs(r).max() <= 1 for r in recordings)
    levels = [20 * np.log10(np.sqrt(np.mean(r**2))) for r in recordings]
    assert np.ptp(levels) > 12
    colours = [heard(r).mean(0) for r in recordings]
    assert np.std([c - c.mean() for c in colours], axis=0).mean() > 2


def test_nothing_moves_in_time(speech):
    """Loudness fits the original's best without a shift, or with a frame of the room's answer."""
    original = heard(speech).mean(1)
    for seed in range(20):
        loudness = heard(rerecord(speech, np.random.default_rng(seed))).mean(1)
        fits = [np.corrcoef(original[5:-5], np.roll(loudness, -k)[5:-5])[0, 1] for k in range(-5, 6)]
        assert np.argmax(fits) - 5 in (0, 1) and max(fits) > 0.5
