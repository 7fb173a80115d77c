"""`a2g generate` for those who idle, listen, or speak with another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from small_models import random_model
from voices import babble

from a2g_core.cli.main import main
from a2g_core.formats.registry import load_motion
from a2g_core.model.checkpoint import save_model


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("scenes")
    for name, seconds in (("one.wav", 5), ("other.wav", 8)):
        soundfile.write(folder / name, next(babble(seconds).read()), 16000)
    save_model(random_model(), folder / "model.safetensors")
    return folder


@pytest.fixture
def generate(folder, capsys):
    """Runs one command and returns what it said on standard error; its takes are called take*.npz."""

    def run(*arguments: object) -> str:
        for path in folder.glob("take*.npz"):
            path.unlink()
        model = ("--model", str(folder / "model.safetensors"))
        main(["generate", *map(str, arguments), "-o", str(folder / "take.npz"), *model])
        return capsys.readouterr().err

    return run


def frames(folder: Path, name: str = "take.npz") -> int:
    return len(load_motion(folder / name))


def test_an_idle_of_any_length_and_a_loop(generate, folder):
    assert generate("--idle", 7, "--seed", 2) == ""
    plain = load_motion(folder / "take.npz")
    assert len(plain) == 210
    assert generate("--idle", 7, "--seed", 2, "--loop", "--fps", 24) == ""
    assert frames(folder) == 168


def test_an_idle_around_a_speech(generate, folder):
    assert generate(folder / "one.wav", "--idle", 2) == ""
    assert frames(folder) == 30 * (2 + 5 + 2)


def test_a_listener_is_as_long_as_what_it_listens_to(generate, folder):
    assert generate("--listen-to", f"{folder / 'other.wav'}@40") == ""
    assert frames(folder) == 240
    turned = load_motion(folder / "take.npz")
    assert generate("--listen-to", folder / "other.wav") == ""
    assert np.abs(turned.quaternions - load_motion(folder / "take.npz").quaternions).max() > 0.1


def test_two_recordings_are_two_takes_of_one_length_and_two_seeds(generate, folder):
    assert generate(folder / "one.wav", folder / "other.wav") == ""
    assert [frames(folder, f"take-{k}.npz") for k in (1, 2)] == [240, 240]
    second = load_motion(folder / "take-2.npz")
    assert generate(folder / "other.wav", "--seed", 1, "--listen-to", folder / "one.wav") == ""
    assert (load_motion(folder / "take.npz").quaternions == second.quaternions).all()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "nothing is said what to do"),
        (("one.wav", "one.wav", "one.wav"), "more than two recordings"),
        (("one.wav", "other.wav", "--takes", 2), "two recordings make one take of each"),
        (("one.wav", "--loop"), "only an idle without speech can loop"),
        (("--idle", 0), "shorter than a frame"),
        (("--idle", -1), "--idle"),
        (("--listen-to", "one.wav@200"), "out of range"),
        (("--listen-to", "nowhere.wav"), "nowhere.wav"),
        (("--idle", 3, "--write-plan", "plan.json"), "a plan is of a speech"),
    ],
)
def test_what_does_not_go_together_is_refused_in_one_sentence(generate, folder, arguments, sentence):
    places = [folder / a if str(a).endswith(".wav") or "@" in str(a) else a for a in arguments]
    said = generate(*places)
    assert sentence in said and said.count("\n") == 1
    assert not list(folder.glob("take*.npz"))


def test_who_sits_keeps_the_legs_of_its_pose(generate, folder):
    assert generate("--idle", 3, "--seated", "chair") == ""
    on_chair = load_motion(folder / "take.npz")
    legs = [on_chair.skeleton.index(f"{side}_{joint}") for side in ("left", "right") for joint in ("hip", "knee")]
    assert np.ptp(on_chair.quaternions[:, legs], axis=0).max() == 0 and on_chair.translation[:, 1].max() < -0.3
    (folder / "take.npz").rename(folder / "sitting.npz")
    assert generate(folder / "one.wav", "--seated", folder / "sitting.npz") == ""
    np.testing.assert_allclose(
        load_motion(folder / "take.npz").quaternions[7, legs], on_chair.quaternions[0, legs], atol=1e-5
    )
    assert "there is no clip" in generate("--idle", 3, "--seated", folder / "nowhere.npz")
