"""Music and tones beneath speech: of all kinds, and with no tie to the speech."""

import numpy as np

from a2g_core.speech.audio import SAMPLE_RATE_HZ
from a2g_core.speech.features import log_mel
from a2g_core.training.beds import make_bed
from a2g_core.training.rerecording import rerecord

SECONDS = 12


def beds(count: int = 60) -> list[np.ndarray]:
    return [make_bed(SECONDS * SAMPLE_RATE_HZ, np.random.default_rng(seed)) for seed in range(count)]


def onsets(bed: np.ndarray) -> np.ndarray:
    """How much louder its bands have just become, at 30 frames a second."""
    loudness = log_mel([(0.1 * bed).astype(np.float32)], SECONDS * 30, 30.0).astype(float)
    return np.maximum(np.diff(loudness, axis=0), 0).mean(1)


def tonality_db(samples: np.ndarray) -> float:
    """How far a line of the spectrum stands out from its surroundings."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    bands = spectrum[: len(spectrum) // 64 * 64].reshape(64, -1)
    return float(10 * np.log10((bands.max(axis=1) / np.median(bands, axis=1)).max()))


def test_a_bed_follows_from_the_generators_state_and_has_its_level():
    one, again, other = (make_bed(50_000, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert one.tobytes() == again.tobytes() != other.tobytes()
    assert all(np.isfinite(bed).all() and abs(np.sqrt(np.mean(bed**2)) - 1) < 1e-6 for bed in beds())


def test_beds_are_steady_or_have_a_beat():
    """Some are the same all the time; others strike at a steady tempo, their onsets like themselves bars later."""
    curves = [onsets(bed)[10:-10] for bed in beds()]
    steady = [curve.max() < 1.0 for curve in curves]
    assert 0.15 < np.mean(steady) < 0.6
    rhythms = []
    for curve in curves:
        curve = curve - curve.mean()
        again = np.correlate(curve, curve, "full")[len(curve) :] / (curve @ curve)
        rhythms.append(curve.std() > 0.5 and again[10:150].max() > 0.3)
    assert 0.15 < np.mean(rhythms) < 0.6


def test_some_recordings_lie_on_a_bed_that_goes_on_where_nobody_speaks():
    rng = np.random.default_rng(3)
    quiet = 4 * SAMPLE_RATE_HZ
    speech = np.concatenate([1e-5 * rng.standard_normal(quiet), 0.2 * rng.standard_normal(quiet)]).astype(np.float32)
    tonal = [tonality_db(rerecord(speech, np.random.default_rng(seed))[:quiet]) > 20 for seed in range(80)]
    assert 0.2 < np.mean(tonal) < 0.5
