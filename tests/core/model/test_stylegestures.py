"""StyleGestures from noise to motion: what a frame depends on, its bits in every span, and the flow's pieces."""

import numpy as np
import pytest
import torch

from a2g_core.errors import Cancelled, CheckpointError, ConfigError, MotionError
from a2g_core.model.baselines.stylegestures import (
    NAMED,
    coupling_scale,
    flops_per_frame,
    generate_frames,
    mixing_matrix,
    parameter_shapes,
)
from a2g_core.model.checkpoint import check_arrays
from a2g_core.performing.sampling import white_noise

SMALL = NAMED["stylegestures"].replace(
    name="small", flow_steps=3, hidden_size=12, history_frames=3, lookahead_frames=4, audio_size=5
)
SPEECH = np.random.default_rng(1).standard_normal((400, 64)).astype(np.float32)


def _features_of(first, n, speech=SPEECH):
    return speech[first + 100 : first + 100 + n]


def _noise_of(first, n, channels):
    return white_noise(0, 0, first, n, channels)


def _parameters(config=SMALL, seed=0) -> dict[str, np.ndarray]:
    """A flow with all its parts at work, and poses of the size that training has them."""
    rng = np.random.default_rng(seed)
    out = {n: 0.2 * rng.standard_normal(s).astype(np.float32) for n, s in parameter_shapes(config.architecture).items()}
    for name in out:
        if name.endswith((".lower", ".upper")):
            out[name] /= 4
        if name.endswith(".sign"):
            out[name] = np.sign(out[name])
        if name.endswith(".permutation"):
            out[name] = rng.permutation(config.architecture.motion_size).astype(np.float32)
    return out


def _generate(first, n, parameters=None, config=SMALL, features_of=_features_of, noise_of=_noise_of, tick=None):
    parameters = _parameters() if parameters is None else parameters
    tick = tick or (lambda share: None)
    return generate_frames(parameters, features_of, noise_of, config, first, n, (np.asarray, np.asarray), tick)


@pytest.fixture(scope="module")
def whole():
    return _generate(0, 110)


@pytest.mark.parametrize(("first", "n"), [(0, 1), (0, 40), (31, 2), (33, 20), (64, 46), (109, 1)])
def test_a_frame_has_the_same_bits_in_every_span(whole, first, n):
    assert 0.5 < whole.std() < 5
    assert np.array_equal(_generate(first, n), whole[first : first + n])


def test_before_the_speech_stands_the_mean_pose(whole):
    assert np.array_equal(_generate(-9, 20), np.concatenate([np.zeros((9, 66), np.float32), whole[:11]]))
    assert not _generate(-20, 5).any()


def test_a_frame_depends_on_the_past_and_the_speech_around_it(whole):
    def later_noise(first, n, channels):
        return _noise_of(first, n, channels) + (np.arange(first, first + n) >= 50)[:, None].astype(np.float32)

    changed = (_generate(0, 110, noise_of=later_noise) != whole).any(1)
    assert not changed[:50].any() and changed[50:].all()

    speech = SPEECH.copy()
    speech[100 + 60 :] += 1
    changed = (_generate(0, 110, features_of=lambda f, n: _features_of(f, n, speech)) != whole).any(1)
    first = 60 - SMALL.architecture.lookahead_frames
    assert not changed[:first].any() and changed[first:].all()


def test_it_remembers_beyond_the_poses_it_sees():
    """One frame of other speech still tells when it has long left the window: the LSTM's memory."""
    speech = SPEECH.copy()
    speech[100 + 20] += 1
    cold = _generate(0, 60, config=SMALL.replace(temperature=0.0))
    other = _generate(0, 60, config=SMALL.replace(temperature=0.0), features_of=lambda f, n: _features_of(f, n, speech))
    beyond = 20 + 2 * SMALL.architecture.history_frames + 1
    assert (other[beyond : beyond + 5] != cold[beyond : beyond + 5]).any()


def test_seeds_differ_and_temperature_zero_knows_none():
    def seed_one(first, n, channels):
        return white_noise(1, 0, first, n, channels)

    assert np.abs(_generate(0, 40, noise_of=seed_one) - _generate(0, 40)).mean() > 0.1
    cold = SMALL.replace(temperature=0.0)
    assert np.array_equal(_generate(0, 40, config=cold, noise_of=seed_one), _generate(0, 40, config=cold))
    assert SMALL.is_random and not cold.is_random


def test_temperature_scales_the_noise(whole):
    halved = _generate(0, 40, config=SMALL.replace(temperature=0.5), noise_of=lambda *at: 2 * _noise_of(*at))
    assert np.array_equal(halved, whole[:40])


def test_numpy_and_torch_are_one_definition(whole):
    parameters = {n: torch.from_numpy(a) for n, a in _parameters().items()}
    theirs = generate_frames(
        parameters, _features_of, _noise_of, SMALL, 0, 110, (torch.from_numpy, lambda t: t.numpy()), lambda share: None
    )
    np.testing.assert_allclose(theirs, whole, atol=1e-3)


def test_progress_is_told_and_the_user_may_cancel():
    shares = []
    _generate(10, 90, tick=shares.append)
    assert shares == sorted(shares) and len(shares) == 5 and shares[-1] == 1

    def cancel(share):
        if share > 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        _generate(10, 90, tick=cancel)


def test_motion_without_bounds_is_an_error_and_not_a_pose():
    def noise_of(first, n, channels):
        noise = _noise_of(first, n, channels)
        noise[np.arange(first, first + n) == 40] = np.inf
        return noise

    with np.errstate(invalid="ignore"), pytest.raises(MotionError, match="by frame 40"):
        _generate(0, 60, noise_of=noise_of)


def test_the_mixing_matrix_turns_round_and_knows_its_determinant():
    parameters = {n: a.astype(np.float64) for n, a in _parameters().items()}
    matrix = mixing_matrix(parameters, 1)
    sign, log_det = np.linalg.slogdet(matrix)
    assert abs(sign) == 1
    assert log_det == pytest.approx(parameters["step1.mix.log_diagonal"].sum())
    theirs = mixing_matrix({n: torch.from_numpy(a) for n, a in parameters.items()}, 1)
    np.testing.assert_allclose(theirs.numpy(), matrix, atol=1e-12)


def test_a_coupling_never_multiplies_by_zero_nor_by_more_than_one():
    scale = coupling_scale(np.float32([-1e30, -50, -2, 50, 1e30]))
    np.testing.assert_allclose(scale, [1e-6, 1e-6, 0.5, 1, 1], rtol=1e-5)


def test_the_named_config_has_the_published_sizes():
    config = NAMED["stylegestures"]
    architecture, shapes = config.architecture, parameter_shapes(config.architecture)
    assert (architecture.fps, architecture.motion_size) == (20, 66)
    assert config.training.crop_frames + architecture.history_frames + architecture.lookahead_frames == 80
    seen = 26 * 27 + 5 * 66 + 33
    assert shapes["step15.lstm0.weight"] == (seen + 800, 3200) and shapes["step15.lstm1.weight"] == (1600, 3200)
    assert "step16.norm.bias" not in shapes
    lstm = 16 * (seen + 800 + 1600) * 3200
    assert flops_per_frame(architecture) == 2 * (lstm + 16 * (800 * 66 + 66 * 66) + 64 * 27)
    assert type(config).from_dict(config.to_dict()) == config


@pytest.mark.parametrize(
    "wrong", [{"flow_steps": 0}, {"history_frames": 0}, {"temperature": -1.0}, {"history_dropout": 1.5}]
)
def test_settings_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ConfigError, match=next(iter(wrong))):
        SMALL.replace(**wrong)


@pytest.mark.parametrize("wrong", [-1e30, 3.0, 0.5])
def test_a_model_whose_channels_are_not_permuted_is_refused(wrong):
    sizes = {"feature": 64, "motion": SMALL.architecture.motion_size}
    statistics = {f"stats.{what}_{of}": np.ones(n, np.float32) for what, n in sizes.items() for of in ("mean", "std")}
    tensors = {**_parameters(), **statistics}
    check_arrays("model", tensors, SMALL)
    tensors["step1.mix.permutation"] = tensors["step1.mix.permutation"].copy()
    tensors["step1.mix.permutation"][:2] = wrong
    with pytest.raises(CheckpointError, match="is not a permutation"):
        check_arrays("model", tensors, SMALL)
