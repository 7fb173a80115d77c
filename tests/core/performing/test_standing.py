"""Weight shifts: what is stored of legs and trunk, played beside the codes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_models import ACCENTED, random_model

from a2g_core.model.checkpoint import Model
from a2g_core.performing.standing import Standing

LAYOUT = ACCENTED.architecture.signal


@pytest.fixture(scope="module")
def model() -> Model:
    return random_model(ACCENTED)


def standing(
    model: Model,
    seed: int = 0,
    *,
    kept: tuple[int, ...] = (0,),
    share: float = 1.0,
    start: float = 0.0,
    stop: int = 9000,
) -> Standing:
    return Standing(model, LAYOUT, np.array(kept), seed, 0, share, start, stop)


def test_a_span_has_the_bits_of_the_whole(model):
    take = standing(model)
    whole = take.at(-100, 3000)
    for first, n in ((-100, 7), (511, 513), (1777, 1)):
        assert take.at(first, n).tobytes() == whole[first + 100 : first + 100 + n].tobytes()


def test_it_goes_there_and_back_without_a_jump(model):
    """Slow, and as smooth where it turns as anywhere else."""
    frames, interval = standing(model).at(90, 4000), LAYOUT.stance_frames(model.fps)
    n = -(-120 // LAYOUT.codes_a_stance)
    period = 2 * (n - 1) * interval
    np.testing.assert_allclose(frames[:500], frames[period : period + 500], atol=1e-5)
    within = np.ptp(frames[: period // 2 + interval], axis=0).max()
    corners = np.abs(np.diff(frames, n=2, axis=0)).max()
    assert corners < 10 * within / interval**2


def test_silence_before_the_speech_makes_it_later_and_no_other(model):
    early, late = standing(model, start=10.2, stop=8970), standing(model, start=40.4)
    np.testing.assert_allclose(early.at(0, 300), late.at(30, 300), atol=1e-5)
    sooner = standing(model, start=9.8, stop=8970)  # heard a little earlier
    assert sooner.at(0, 99).tobytes() == early.at(0, 99).tobytes()


def test_a_take_begins_and_ends_as_its_sequence_stands_on_average(model):
    take = standing(model, start=12.0, stop=300)
    usual = np.zeros(len(model.motion_mean), np.float32)
    usual[model.config.architecture.standing_channels] = model.stances[:20].mean(axis=0)
    for frame in (-50, 0, 12, 299, 350):
        np.testing.assert_allclose(take.at(frame, 1)[0], usual, atol=1e-6)
    assert np.abs(take.at(150, 1)[0] - usual).max() > 0.02
    longer = standing(model, start=12.0, stop=400)
    assert take.at(0, 210).tobytes() == longer.at(0, 210).tobytes()  # 3 s before the earlier end, nothing differs


def test_seeds_draw_sequence_and_beginning(model):
    firsts = {standing(model, seed, kept=(0, 1)).at(500, 1).tobytes() for seed in range(8)}
    assert len(firsts) == 8


def test_its_share_scales_it_and_a_lone_stance_stays(model):
    np.testing.assert_allclose(standing(model, share=0.5).at(0, 90), 0.5 * standing(model).at(0, 90), atol=1e-6)
    assert not standing(model, share=0.0).at(0, 90).any()
    short = replace(model, pieces=model.pieces[:124], stances=model.stances[:21])  # the second one has four codes
    frames = standing(short, kept=(1,)).at(0, 500)
    assert np.ptp(frames, axis=0).max() < 1e-6 and frames.any()
