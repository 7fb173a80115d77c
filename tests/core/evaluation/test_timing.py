"""Timing must be seen, and every fault of it: late arms, frozen arms, speech from another moment."""

import numpy as np
import pytest
from made_data import voice

from a2g_core.body.skeleton import BODY
from a2g_core.errors import DataError
from a2g_core.evaluation import timing
from a2g_core.evaluation.timing import Stress, chance, lagged_correlation, listen, measure_timing

FPS, SECONDS = 30.0, 40.0
FRAMES = round(FPS * SECONDS)
T = np.arange(FRAMES) / FPS
HANDS = [BODY.index(f"{side}_wrist") for side in ("left", "right")]
HEAD = BODY.index("head")


def stress(number: int) -> Stress:
    """Syllables at random times; every third one is an accent."""
    at = np.cumsum(np.random.default_rng(number).uniform(0.2, 0.5, 400))
    at = at[at < SECONDS - 0.5]
    bumps = np.exp(-(((T[:, None] - at) / 0.05) ** 2) / 2)
    heights = np.where(np.arange(len(at)) % 3, 0.4, 1.0)
    return Stress(bumps @ heights, np.log(bumps @ heights + 0.05), at[::3])


def still() -> np.ndarray:
    """(T, 22, 3): the rest pose."""
    rest = np.zeros((len(BODY), 3))
    for j, parent in enumerate(BODY.parents[1:], start=1):
        rest[j] = rest[parent] + BODY.offsets[j]
    return np.repeat(rest[None], FRAMES, axis=0)


def moving(heard: Stress, late_s: float = 0.0, hands: bool = True) -> np.ndarray:
    """(T, 22, 3): wrists and head that are fastest `late_s` after each accent."""
    pace = 0.1 + np.exp(-(((T[:, None] - heard.accents_s - late_s) / 0.12) ** 2) / 2).sum(axis=1)
    way = np.cumsum(pace) / FPS
    place = np.stack([np.sin(3 * way), np.cos(3 * way), 0 * way], axis=-1) / 3
    positions = still()
    positions[:, HEAD] = 0.1 * place
    if hands:
        positions[:, HANDS] = place[:, None]
    return positions


def measured(late_s: float = 0.0, hands: bool = True) -> dict[str, float]:
    pairs = [(s, moving(s, late_s, hands)) for s in map(stress, range(4))]
    return measure_timing(pairs, FPS, BODY).numbers


def passes(n: dict[str, float]) -> bool:
    """What is asked of a model's wrists."""
    return (
        abs(n["accent_wrists_s"]) <= 0.12
        and n["accent_wrists_height"] >= 1.3
        and n["onset_wrists"] >= 0.12
        and abs(n["onset_wrists_lag_s"]) <= 0.12
        and n["energy_wrists"] >= 0.05
    )


def test_motion_in_time_passes_and_late_early_or_frozen_arms_fail():
    assert passes(measured())
    for fault in (measured(late_s=0.35), measured(late_s=-0.35), measured(hands=False)):
        assert not passes(fault)


@pytest.mark.parametrize("late_s", [-0.4, 0.0, 0.3])
def test_a_planted_lag_is_found_by_each_question(late_s):
    found = measured(late_s)
    for name in ("accent_wrists_s", "onset_wrists_lag_s", "energy_wrists_lag_s", "accent_head_s", "onset_head_lag_s"):
        assert found[name] == pytest.approx(late_s, abs=0.07), name
    assert found["onset_wrists_best"] > 0.3 and found["accent_wrists_height"] > 1.5


def test_arms_that_a_trunk_in_time_carries_along_are_frozen_arms():
    heard = stress(0)
    turn = np.cumsum(0.1 + np.exp(-(((T[:, None] - heard.accents_s) / 0.12) ** 2) / 2).sum(axis=1)) / FPS
    c, s, nil = np.cos(turn), np.sin(turn), 0 * turn
    yaw = np.stack([np.stack([c, nil, s], -1), np.stack([nil, nil + 1, nil], -1), np.stack([-s, nil, c], -1)], axis=1)
    carried = still() @ np.swapaxes(yaw, -1, -2)
    numbers = measure_timing([(heard, carried.astype(np.float32))], FPS, BODY).numbers
    assert numbers["onset_wrists"] == numbers["accent_wrists_height"] == 0 and np.isnan(numbers["accent_wrists_s"])


def test_arms_and_head_are_told_apart():
    whole, frozen = measured(), measured(hands=False)
    assert frozen["onset_wrists"] == frozen["accent_wrists_height"] == 0 and np.isnan(frozen["accent_wrists_s"])
    assert frozen["onset_head"] == whole["onset_head"] > 0.3


def test_shifted_speech_is_chance():
    pairs = [(s, moving(s)) for s in map(stress, range(4))]
    at_chance = chance(pairs, FPS, BODY)
    assert set(at_chance) == set(timing.NUMBERS) and np.isnan(at_chance["accent_wrists_s"])
    whole = measured()
    assert abs(at_chance["onset_wrists"]) < 0.15 < 0.3 < whole["onset_wrists"]
    assert at_chance["accent_wrists_height"] < 0.8 * whole["accent_wrists_height"]


def test_slow_changes_do_not_count():
    """Hands that rest while the voice pauses, and do not listen otherwise."""
    heard = stress(0)
    speaking = np.sin(2 * np.pi * T / 20) > 0
    pausing = Stress(heard.onsets * speaking, heard.energy * speaking, heard.accents_s)
    way = np.cumsum(speaking * 0.5 * (1.5 + np.random.default_rng(1).uniform(size=FRAMES))) / FPS
    positions = still()
    positions[:, HANDS, 0] = way[:, None]
    assert abs(measure_timing([(pausing, positions)], FPS, BODY).numbers["onset_wrists"]) < 0.12


def test_lagged_correlation_is_that_of_the_shifted_parts():
    rng = np.random.default_rng(0)
    a, b = rng.standard_normal(200), 3 + rng.standard_normal(200)
    expected = [
        np.corrcoef(a[max(0, -k) : 200 - max(0, k)], b[max(0, k) : 200 - max(0, -k)])[0, 1] for k in range(-20, 21)
    ]
    np.testing.assert_allclose(lagged_correlation(a, b, 20), expected, atol=1e-12)


def test_accents_are_the_loud_syllables_of_a_voice():
    sound = np.zeros(20 * 16000, np.float32)
    loud = [2.0, 5.3, 8.1, 11.6, 14.4, 17.5]
    hum = np.sin(2 * np.pi * 200 * np.arange(16000) / 16000) + 0.5 * np.sin(2 * np.pi * 900 * np.arange(16000) / 16000)
    for at in np.arange(0.5, 19, 0.35):
        strong = min(abs(at - t) for t in loud) < 0.175
        n = round(0.2 * 16000)
        first = round(at * 16000)
        sound[first : first + n] += ((0.5 if strong else 0.05) * hum[:n] * np.hanning(n)).astype(np.float32)
    heard = listen(sound, 600, FPS)
    assert heard.onsets.shape == heard.energy.shape == (600,)
    assert all(np.abs(heard.accents_s - t - 0.1).min() < 0.25 for t in loud)
    assert len(heard.accents_s) == round(timing.ACCENTS_A_SECOND * 20)


def test_neither_level_nor_steady_noise_changes_what_is_heard():
    sound = voice(3, 20.0)
    rng = np.random.default_rng(0)
    clean = listen(sound, 600, FPS)
    other = listen(0.2 * sound + 2e-5 * rng.standard_normal(len(sound)).astype(np.float32), 600, FPS)
    assert np.corrcoef(clean.onsets, other.onsets)[0, 1] > 0.95
    near = [np.abs(other.accents_s - t).min() < 0.05 for t in clean.accents_s]
    assert np.mean(near) > 0.8


def test_silence_and_too_little_motion():
    heard = listen(np.zeros(16000 * 5, np.float32), 150, FPS)
    numbers = measure_timing([(heard, moving(stress(0))[:150])], FPS, BODY).numbers
    assert numbers["onset_wrists"] == 0 and numbers["accent_wrists_height"] >= 0
    with pytest.raises(DataError, match="three seconds"):
        measure_timing([(heard, np.zeros((60, len(BODY), 3)))], FPS, BODY)
