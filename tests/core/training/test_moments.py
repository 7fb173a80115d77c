"""Which cues of the training speech become moments."""

from __future__ import annotations

import numpy as np
from small_models import ACCENTED
from spoken import sentence, spoken

from a2g_core.body.rotations import axis_angle_to_matrix, matrix_to_sixd
from a2g_core.body.skeleton import BODY
from a2g_core.performing.listening import ALONE, Listener
from a2g_core.training.moments import cues_of, strokes_of, worth_keeping

ARCHITECTURE = ACCENTED.architecture
LAYOUT = ARCHITECTURE.signal


def swung(times_s: list[float], seconds: float = 20.0) -> np.ndarray:
    """6-D rotations of a body whose right arm is swung, fastest at these times, and is still otherwise."""
    t = np.arange(round(30 * seconds)) / 30
    turns = np.zeros((len(t), len(BODY), 3))
    turns[:, BODY.index("right_shoulder"), 1] = sum(np.tanh(6 * (t - at_s)) for at_s in times_s) / 3
    return matrix_to_sixd(axis_angle_to_matrix(turns)).reshape(len(t), -1).astype(np.float32)


def test_strokes_just_before_a_moment_count_and_others_do_not():
    early = 2 / 30  # a syllable is stressed before it is loudest
    at = 30 * (np.array([5.0, 10.0, 15.0]) + early)
    on, late, still = strokes_of(swung([5.0, 10.5]), at, ARCHITECTURE)
    assert on > 2 and late < 0.5 and still < 0.05


def test_a_style_keeps_its_share_of_accents_and_all_fillers():
    rng = np.random.default_rng(0)
    is_accent, styles, strokes = rng.random(400) < 0.7, rng.integers(0, 3, 400), rng.random(400)
    strokes[styles == 1] += 5  # livelier than the others
    kept = worth_keeping(is_accent, strokes, styles, 0.4)
    assert kept[~is_accent].all()
    for style in range(3):
        mine = is_accent & (styles == style)
        assert abs(kept[mine].mean() - 0.4) < 0.02
        assert strokes[mine & kept].min() > strokes[mine & ~kept].max()
    assert worth_keeping(np.zeros(3, bool), strokes[:3], styles[:3], 0.4).all()


def test_the_rest_after_the_speech_is_a_moment_of_silence():
    features = np.pad(spoken(14.0, sentence(1.0, 12.0, 1)).features, ((60, 60), (0, 0)), constant_values=-80)
    found = cues_of(features, 60, 40, LAYOUT, 30.0)
    listener = Listener(features, LAYOUT, 30.0)
    assert (found[:-1, 0] >= 60).all() and (found[:-1, 0] < len(features) - 60).all()
    assert found[-1, :2].tolist() == [len(features) - 41, ALONE]
    np.testing.assert_array_equal(found[-1, 2:], listener.contours(np.array([-1e6]))[0])
