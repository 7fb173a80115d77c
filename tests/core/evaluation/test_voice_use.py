from dataclasses import replace

import numpy as np
import pytest
from small_models import ACCENTED, SMALL, STITCHED, random_model
from voices import babble

from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion, matrix_to_sixd, quaternion_to_matrix
from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.errors import ConfigError, DataError
from a2g_core.evaluation.voice_use import perform_with_voice, shared_code_gap
from a2g_core.model.network import encode_audio, encode_motion
from a2g_core.performing.generate import generate
from a2g_core.performing.request import Request
from a2g_core.speech.heard import hear


def pair(frames: int, seed: int) -> tuple[np.ndarray, Motion]:
    """Speech and a motion of 52 joints, of which the models here know 22."""
    rng = np.random.default_rng(seed)
    q = axis_angle_to_quaternion(np.cumsum(0.03 * rng.standard_normal((frames, 52, 3)), axis=0))
    features = rng.uniform(-80, -20, (frames, 64)).astype(np.float16)
    return features, Motion(q, np.zeros((frames, 3)), 30.0, BODY_HANDS)


def deaf(model, value: float = 0.0):
    """The same model with one S_A for everything that is said."""
    parameters = dict(model.parameters)
    last = "audio_encoder.shared.mean1"
    parameters[f"{last}.weight"] = np.zeros_like(parameters[f"{last}.weight"])
    parameters[f"{last}.bias"] = np.full_like(parameters[f"{last}.bias"], value)
    return replace(model, parameters=parameters)


def test_the_gap_frame_by_frame():
    """Each frame's codes from its own surroundings alone; smoothing makes the receptive fields unequal."""
    model = random_model(SMALL.replace(specific_sigma_frames=2.0))
    config, (features, motion) = model.config.architecture, pair(100, 0)
    near, far = config.receptive_field, config.motion_receptive_field
    sixd = matrix_to_sixd(quaternion_to_matrix(motion.quaternions[:, :22])).reshape(100, -1)
    sixd = (sixd - model.motion_mean) / model.motion_std
    heard = model.normalised(np.asarray(features, np.float32))
    codes = []
    for t in range(far, 100 - far):
        s_a = encode_audio(model.parameters, heard[t - near : t + near + 1], config)[0][0]
        s_m = encode_motion(model.parameters, sixd[t - far : t + far + 1], config)[0][0][0]
        codes.append((s_a, s_m))
    s_a, s_m = np.array(codes).transpose(1, 0, 2)
    expected = np.sqrt(((s_a - s_m) ** 2).sum() / (s_m**2).sum())
    assert shared_code_gap(model, [(features, motion)]) == pytest.approx(expected, rel=1e-4)
    s_a, s_m = (code - code.mean(axis=0) for code in (s_a, s_m))
    expected = np.sqrt(((s_a - s_m) ** 2).sum() / (s_m**2).sum())
    assert shared_code_gap(model, [(features, motion)], centred=True) == pytest.approx(expected, rel=1e-4)


def test_a_deaf_model_gets_one(model):
    pairs = [pair(90, 1), pair(120, 2)]
    assert shared_code_gap(deaf(model), pairs) == pytest.approx(1)
    assert shared_code_gap(deaf(model, 7.0), pairs, centred=True) == pytest.approx(1)
    assert shared_code_gap(deaf(model, 7.0), pairs) > 1
    assert shared_code_gap(model, pairs, centred=True) != pytest.approx(1)


def test_what_has_no_codes_to_compare_is_said(model):
    features, motion = pair(100, 0)
    with pytest.raises(DataError, match="do not make a pair"):
        shared_code_gap(model, [(features[:-1], motion)])
    with pytest.raises(DataError, match="no pairs"):
        shared_code_gap(model, [])
    with pytest.raises(ConfigError, match="of a skeleton"):
        shared_code_gap(random_model(SMALL.replace(dimensions=2, joints=49)), [(features, motion)])


def test_another_voice_for_the_decoder_alone():
    model, request = random_model(ACCENTED), Request(seed=3)
    heard = hear(babble(6.0), model.fps)
    same = perform_with_voice(model, heard, request, lambda codes: codes)
    np.testing.assert_allclose(same.quaternions, generate(heard, model, request).quaternions, atol=1e-5)
    silent = perform_with_voice(model, heard, request, np.zeros_like)
    expected = generate(heard, deaf(model), request).quaternions  # its pieces do not depend on S_A
    inside = slice(60, -60)  # further from the silence around the speech than the decoder sees
    np.testing.assert_allclose(silent.quaternions[inside], expected[inside], atol=1e-5)
    assert np.abs(silent.quaternions - same.quaternions).max() > 0.01


def test_where_s_a_chooses_the_pieces_too_nothing_is_told_apart():
    model = random_model(STITCHED)
    with pytest.raises(ConfigError, match="chooses its pieces by S_A"):
        perform_with_voice(model, hear(babble(3.0), model.fps), Request(), np.zeros_like)
