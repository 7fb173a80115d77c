"""Weight shifts between phrases, in every style, over feet that stay."""

from __future__ import annotations

import numpy as np
import pytest
from places import ROOT

from a2g_core.model.checkpoint import load_model
from a2g_core.performing.generate import generate
from a2g_core.performing.leaning import Leaning
from a2g_core.performing.sampling import side_of
from a2g_core.speech.audio import open_speech
from a2g_core.speech.heard import hear

SPOKEN = (
    (0.1, 4.03), (4.27, 7.97), (8.73, 12.65), (12.95, 14.88), (15.3, 19.05), (40.0, 60.0), (60.5, 61.0), (61.3, 66.07)
)  # fmt: skip


def leaning(seed: int = 0, spoken: tuple[tuple[float, float], ...] = SPOKEN, later_s: float = 0.0) -> Leaning:
    return Leaning([(a + later_s, b + later_s) for a, b in spoken], (later_s, later_s + 70.0), 30.0, seed, 0)


def test_weight_is_shifted_in_pauses_to_either_side_and_comes_back_in_long_phrases():
    for seed in range(4):
        metres = leaning(seed).metres(0, 2100)[:, 0]
        speed = np.abs(np.diff(metres)) * 30
        pauses = np.concatenate([speed[round(30 * t) - 29 : round(30 * t) + 29] for t in (4.15, 8.35, 12.8, 15.09)])
        assert speed[90:480].sum() - pauses.sum() < 1e-3 and pauses.sum() / 30 > 0.04
        assert 0.01 < np.abs(metres).max() <= 0.026 and np.abs(np.diff(metres, 2)).max() * 900 < 0.2
        assert not metres[(30 * 52) : (30 * 59)].any() and np.abs(metres[[0, -1]]).max() < 1e-4
    sides = np.sign([leaning(seed).metres(30 * k, 1)[0, 0] for seed in range(20) for k in (6, 11, 14)]).reshape(20, 3)
    assert (np.ptp(sides, axis=1) > 0).sum() >= 14 and abs(sides[:, 0].sum()) < 16


def test_who_stays_on_a_leg_shifts_the_weight_too():
    found = 0
    for seed in range(12):
        metres = leaning(seed).metres(0, 2100)[:, 0]
        before, middle, after = (metres[round(30 * t)] for t in (8.35 - 1.0, 8.35, 8.35 + 1.0))
        if before * after > 0:
            found += 1
            assert abs(middle) < 0.8 * min(abs(before), abs(after))
    assert found >= 3


def test_a_span_has_the_bits_of_the_whole_and_time_does_not_matter():
    whole = leaning().metres(-30, 2160)
    for first, n in ((-30, 7), (511, 300), (1777, 1)):
        assert leaning().metres(first, n).tobytes() == whole[first + 30 : first + 30 + n].tobytes()
    np.testing.assert_allclose(leaning(later_s=4.0).metres(300, 300), leaning().metres(180, 300), atol=1e-6)
    other = leaning(spoken=(*SPOKEN[:5], (40.0, 58.0), (60.2, 61.0), (61.3, 66.0))).metres(0, 2100)
    assert other[:1200].tobytes() == leaning().metres(0, 1200).tobytes()


def test_seeds_of_one_style_stand_on_either_leg():
    model = load_model()
    sides = np.sort([side_of(model, len(model.styles) * k + 2) for k in range(8)])
    assert np.diff(sides).max() < 0.13 and sides.min() >= 0 and sides.max() < 1


def test_the_pelvis_sways_by_some_centimetres_most_between_phrases():
    model = load_model()
    heard = hear(open_speech(ROOT / "scripts/sample/speech.wav"), model.fps)
    sways, rates = [], []
    for seed in range(6):
        aside = 100 * generate(heard, model, seed=seed).translation[:, 0]
        speed = np.abs(np.diff(aside))
        frames = np.arange(len(speed))
        near = np.minimum(frames, frames[::-1]) < 45  # it begins to speak, and ends
        for pause in (4.1, 8.4, 12.9, 15.1):
            near[round(30 * pause) - 30 : round(30 * pause) + 30] = True
        sways.append(np.ptp(aside))
        rates.append(speed[near].mean() / speed[~near].mean())
    print(f"sway, cm: {np.round(sways, 1)}; speed near pauses by that elsewhere: {np.round(rates, 1)}")
    assert sum(2 <= sway <= 8 for sway in sways) >= 5 and max(sways) < 8 and min(sways) > 1.7
    assert sum(rate > 1 for rate in rates) >= 5 and min(rates) > 0.8


def test_a_line_of_one_phrase_shifts_weight_as_it_begins():
    found = leaning(spoken=((0.4, 5.0),)).metres(0, 2100)[:, 0]
    assert 0.016 <= np.abs(found).max() <= 0.026 and np.abs(found[45:]).max() == np.abs(found).max()
    assert np.abs(np.diff(found))[60:175].max() < 1e-4
    assert not leaning(spoken=((0.4, 1.0),)).metres(0, 300).any()  # a word is no line


def test_the_pelvis_stays_within_eight_centimetres_however_the_sequence_stood():
    aside = np.linspace(-0.08, 0.08, 900, dtype=np.float32)[:, None]
    for seed in range(4):
        together = aside + leaning(seed).metres(0, 900, aside)
        assert np.abs(together).max() < 0.039 and np.abs(np.diff(together[:, 0])).max() < 0.003
        np.testing.assert_allclose(leaning(seed).metres(0, 900, 0 * aside), leaning(seed).metres(0, 900), atol=1e-9)


@pytest.mark.parametrize("variation", [0.0])
def test_without_variation_nothing_is_shifted(variation):
    assert not Leaning(SPOKEN, (0.0, 70.0), 30.0, 0, 0, variation).metres(0, 600).any()
