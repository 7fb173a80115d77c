"""`a2g generate --write-plan` and `--plan`."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from small_models import ACCENTED, SMALL, random_model
from voices import babble

from a2g_core.cli.main import main
from a2g_core.cli.plans import is_plan
from a2g_core.formats.registry import load_motion
from a2g_core.model.checkpoint import save_model


@pytest.fixture
def folder(tmp_path) -> Path:
    """A line of 20 s, and another recording of it with a sentence before it; a model with moments, and one without."""
    said = next(babble(20).read())[:, 0]
    soundfile.write(tmp_path / "line.wav", said, 16000)
    before = next(babble(7, seed=4).read())[:, 0]
    soundfile.write(tmp_path / "longer.wav", np.concatenate([before, np.zeros(8000), 0.6 * said]), 16000)
    save_model(random_model(ACCENTED), tmp_path / "model.safetensors")
    save_model(random_model(SMALL), tmp_path / "plain.safetensors")
    return tmp_path


@pytest.fixture
def a2g(folder, capsys):
    """Generates; the exit code and what it says on standard error."""

    def run(speech: str, output: str, *options, model: str = "model") -> tuple[int, str]:
        capsys.readouterr()
        fixed = ("--device", "numpy", "--model", folder / f"{model}.safetensors", "-o", folder / output)
        code = main([str(x) for x in ("generate", folder / speech, *fixed, *options)])
        return code, capsys.readouterr().err

    return run


def test_a_plan_performs_the_same_speech_again_to_the_bit(a2g, folder):
    plan = folder / "plan.json"
    assert a2g("line.wav", "a.npz", "--seed", 3, "--write-plan", plan) == (0, "") and is_plan(plan)
    assert a2g("line.wav", "b.npz", "--seed", 3, "--plan", plan, "--write-plan", folder / "again.json")[0] == 0
    assert load_motion(folder / "a.npz").quaternions.tobytes() == load_motion(folder / "b.npz").quaternions.tobytes()
    assert json.loads(plan.read_text()) == json.loads((folder / "again.json").read_text())


def test_another_recording_keeps_the_planned_moments(a2g, folder):
    plan = folder / "plan.json"
    assert a2g("line.wav", "a.npz", "--write-plan", plan)[0] == 0
    assert a2g("longer.wav", "b.npz", "--plan", plan, "--write-plan", folder / "kept.json")[0] == 0
    old, kept = (json.loads((folder / f"{name}.json").read_text()) for name in ("plan", "kept"))
    there = {round(at_s + 7.5, 1): moment for at_s, moment in zip(old["at_s"], old["moments"]) if 2 < at_s < 19}
    here = {round(at_s, 1): moment for at_s, moment in zip(kept["at_s"], kept["moments"])}
    same = [here.get(at_s) == moment for at_s, moment in there.items()]
    assert len(same) > 6 and np.mean(same) > 0.9


def test_what_is_no_plan_or_anothers_is_refused_in_one_sentence(a2g, folder):
    plan = folder / "plan.json"
    assert a2g("line.wav", "a.npz", "--seed", 3, "--style", "Far", "--write-plan", plan)[0] == 0
    (folder / "odd.json").write_text('{"kind": "audio2gestures plan", "seed": 0, "style": "", "pieces": "x"}')
    (folder / "text.json").write_text("a plan")
    for name, options, message in (
        ("none.json", (), "there is no plan"), ("text.json", (), "is not a plan; give a file that"),
        ("odd.json", (), "is not a plan"), ("line.wav", (), "is not a plan"),
        ("plan.json", (), "another seed or style; give --seed 3 --style 'Far'"),
        ("plan.json", ("--seed", 3, "--style", "Far", "--takes", 2), "--takes asks for more"),
    ):  # fmt: skip
        code, said = a2g("line.wav", "b.npz", "--plan", folder / name, *options)
        assert code == 2 and message in said and said.count("\n") == 1
    mine = ("--seed", 3, "--style", "Far", "--plan", plan)
    other = random_model(ACCENTED, seed=1)
    save_model(other, folder / "other.safetensors")
    assert "made with another model" in a2g("line.wav", "b.npz", *mine, model="other")[1]
    assert "this model makes no plans" in a2g("line.wav", "never.npz", "--write-plan", plan, model="plain")[1]
    assert not (folder / "never.npz").exists()


def test_a_plan_replaces_only_plans_and_never_what_is_read(a2g, folder):
    (folder / "notes.json").write_text("mine")
    assert "not made by this program" in a2g("line.wav", "a.npz", "--write-plan", folder / "notes.json")[1]
    assert (folder / "notes.json").read_text() == "mine"
    assert "is read by the same command" in a2g("line.wav", "a.npz", "--write-plan", folder / "line.wav")[1]
    assert "cannot be both take and plan" in a2g("line.wav", "a.npz", "--write-plan", folder / "a.npz")[1]
    for _ in range(2):
        assert a2g("line.wav", "a.npz", "--write-plan", folder / "plan.json") == (0, "")
    again = ("--plan", folder / "plan.json", "--write-plan", folder / "plan.json")
    assert "is read by the same command" in a2g("line.wav", "a.npz", *again)[1]
