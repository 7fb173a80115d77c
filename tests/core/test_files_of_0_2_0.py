"""A model and a training run that version 0.2.0 wrote (tests/files/make_0_2_0.py) go on working."""

from __future__ import annotations

import shutil

import numpy as np
from places import FILES_0_2_0

from a2g_core.model.checkpoint import load_model, read_safetensors
from a2g_core.performing.generate import generate
from a2g_core.speech.audio import open_speech
from a2g_core.training.train import resume

MODEL = FILES_0_2_0 / "model.safetensors"


def test_a_model_moves_as_it_did():
    model = load_model(MODEL)
    assert (model.info["steps"], model.info["notice"], model.config.name) == (6, "made of nothing", "small")
    motion = generate(open_speech(FILES_0_2_0 / "speech.wav"), model, seed=2)
    with np.load(FILES_0_2_0 / "motion.npz") as was:
        np.testing.assert_allclose(motion.quaternions[::15], was["quaternions"], atol=1e-4)
        np.testing.assert_allclose(motion.translation[::15], was["translation"], atol=1e-4)


def test_a_training_run_goes_on_to_what_it_would_have_been(tmp_path):
    """The model is that of the same run after its three other steps, made by 0.2.0."""
    shutil.copy(FILES_0_2_0 / "run/state.safetensors", tmp_path)
    began = {n: np.array(a) for n, a in read_safetensors(tmp_path / "state.safetensors")[0].items()}
    trained = load_model(resume(FILES_0_2_0 / "corpus", tmp_path, device="cpu"))
    was = load_model(MODEL)
    assert trained.info["steps"] == 6 and trained.parameters.keys() == was.parameters.keys()
    apart = np.concatenate([np.abs(trained.parameters[n] - a).ravel() for n, a in was.parameters.items()])
    ended = read_safetensors(tmp_path / "state.safetensors")[0]
    moved = np.concatenate([np.abs(ended[n] - a).ravel() for n, a in began.items() if n.startswith("parameter.")])
    print(f"apart {np.quantile(apart, [0.5, 0.99, 1])}, moved {np.quantile(moved, [0.5, 0.99, 1])}")
    # Another processor multiplies half-precision numbers otherwise: seen to be 14 % of the way. Without the state's
    # moments, or with other crops, it is all of it.
    for share in (0.5, 0.99):
        assert np.quantile(apart, share) < 0.25 * np.quantile(moved, share)
    assert moved.max() > 1e-3
    for name in ("feature_mean", "motion_mean", "motion_std", "bank", "pieces", "sequences"):
        np.testing.assert_allclose(getattr(trained, name), getattr(was, name), atol=5e-2, err_msg=name)
