"""Weight shifts: what is stored of legs and trunk, played beside the codes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_models import ACCENTED, random_model
from spoken import sentence, spoken

from a2g_core.model.checkpoint import Model
from a2g_core.performing.choosing import CuedPieces
from a2g_core.performing.listening import Listener
from a2g_core.performing.standing import Standing

LAYOUT = ACCENTED.architecture.signal
BURSTS = [*sentence(1.0, 9.0, 1), *sentence(14.0, 6.0, 2), *sentence(36.0, 8.0, 3)]
SPEECH = spoken(50.0, BURSTS).features


@pytest.fixture(scope="module")
def model() -> Model:
    return random_model(ACCENTED)


def standing(
    model: Model, seed: int = 0, *, features: np.ndarray = SPEECH, kept: tuple[int, ...] = (0,), share: float = 1.0,
    start: float = 0.0, stop: int = 9000,
) -> Standing:  # fmt: skip
    cued = CuedPieces(model, LAYOUT, Listener(features, LAYOUT, model.fps), np.array([0, 1]), seed, 0)
    return Standing(model, LAYOUT, cued, np.array(kept), seed, 0, share, (start, stop))


def test_a_span_has_the_bits_of_the_whole(model):
    whole = standing(model).at(-100, 3000)[0]
    for first, n in ((-100, 7), (511, 513), (1777, 1)):
        assert standing(model).at(first, n)[0].tobytes() == whole[first + 100 : first + 100 + n].tobytes()


def test_it_shifts_the_weight_slowly_and_without_a_jump(model):
    frames = standing(model).at(0, 1500)[0]
    steepest = np.abs(np.diff(model.stances[:20], axis=0)).max() / LAYOUT.stance_frames(model.fps)
    assert np.abs(np.diff(frames, axis=0)).max() < 6 * steepest
    assert np.abs(np.diff(frames, n=2, axis=0)).max() < 2 * steepest
    assert np.ptp(frames[200:], axis=0).max() > np.ptp(model.stances[:20], axis=0).max() / 3


def test_silence_before_the_speech_makes_it_later_and_no_other(model):
    late = spoken(54.0, [(t + 4.0, db) for t, db in BURSTS]).features
    early, later = standing(model), standing(model, features=late)
    np.testing.assert_allclose(early.at(300, 200)[0], later.at(420, 200)[0], atol=1e-5)


def test_another_sentence_of_another_length_moves_what_follows_and_changes_nothing_beyond_its_reach(model):
    other = [*sentence(1.0, 9.0, 1), *sentence(14.0, 3.0, 7), *((t - 2.0, db) for t, db in sentence(36.0, 8.0, 3))]
    mine, changed = standing(model), standing(model, features=spoken(48.0, other).features)
    np.testing.assert_allclose(mine.at(1160, 60)[0], changed.at(1100, 60)[0], atol=1e-5)
    assert mine.at(100, 60)[0].tobytes() == changed.at(100, 60)[0].tobytes()
    assert np.abs(mine.at(450, 120)[0] - changed.at(450, 120)[0]).max() > 0.01


def test_a_take_begins_and_ends_as_its_sequence_stands_on_average(model):
    take = standing(model, start=12.0, stop=300)
    usual = model.stances[:20].mean(axis=0)
    for frame in (-50, 0, 12, 299, 350):
        np.testing.assert_allclose(take.at(frame, 1)[0][0], usual, atol=1e-6)
    assert np.abs(take.at(150, 1)[0][0] - usual).max() > 0.02
    longer = standing(model, start=12.0, stop=400)
    assert take.at(0, 210)[0].tobytes() == longer.at(0, 210)[0].tobytes()  # 3 s before the earlier end, nothing differs


def test_seeds_draw_sequence_and_beginning(model):
    firsts = {standing(model, seed, kept=(0, 1)).at(500, 1)[0].tobytes() for seed in range(8)}
    assert len(firsts) == 8


def test_its_share_scales_it_and_a_lone_stance_stays(model):
    np.testing.assert_allclose(standing(model, share=0.5).at(0, 90)[0], 0.5 * standing(model).at(0, 90)[0], atol=1e-6)
    assert not standing(model, share=0.0).at(0, 90)[0].any()
    short = replace(model, pieces=model.pieces[:124], stances=model.stances[:21])  # the second one has four codes
    frames = standing(short, kept=(1,)).at(0, 500)[0]
    assert np.ptp(frames, axis=0).max() < 1e-6 and frames.any()
