"""What a command refuses to write, before its work, and what --force allows."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from places import ROOT
from small_models import random_model
from voices import babble
from waiting import wait_until

from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion
from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.cli.main import main
from a2g_core.formats.bvh import is_as_written
from a2g_core.formats.registry import load_motion, save_motion
from a2g_core.formats.smplx_npz import is_signed_npz
from a2g_core.model.checkpoint import load_model, save_model
from a2g_core.training.corpus import CorpusWriter


def _swing(n: int, seed: int) -> Motion:
    t, rng = np.arange(n)[:, None, None] / 30, np.random.default_rng(seed)
    turns = axis_angle_to_quaternion((0.2 * np.sin(2 * t + rng.uniform(0, 6, (1, 52, 3)))).astype(np.float32))
    return Motion(turns, np.zeros((n, 3)), 30.0, BODY_HANDS)


@pytest.fixture
def folder(tmp_path) -> Path:
    soundfile.write(tmp_path / "speech.wav", next(babble(2).read()), 16000)
    save_model(random_model(), tmp_path / "model.safetensors")
    save_motion(_swing(20, 0), tmp_path / "wave.npz")
    return tmp_path


@pytest.fixture
def generate(folder, capsys):
    """Generates and returns what is said on standard error, "" for success."""

    def run(output: str, *options) -> str:
        capsys.readouterr()
        arguments = ["generate", folder / "speech.wav", "-o", folder / output, "--model", folder / "model.safetensors"]
        code = main([*map(str, arguments), "--device", "numpy", *map(str, options)])
        said = capsys.readouterr().err
        assert code == (2 if said else 0), said
        return said

    return run


def test_the_artists_own_files_are_not_replaced(generate, folder):
    """The pinned clip never, whatever links and cases say; another clip only with --force."""
    before = (folder / "wave.npz").read_bytes()
    (folder / "link.npz").symlink_to(folder / "wave.npz")
    os.link(folder / "wave.npz", folder / "hard.npz")
    pin = ("--pin", f"{folder / 'wave.npz'}@0.5")
    for output in ("wave.npz", "link.npz", "hard.npz"):
        assert "is read by the same command; write to another file" in generate(output, *pin, "--force")
    shutil.copy(folder / "wave.npz", folder / "kept-2.npz")
    assert "kept-2.npz' is there already and was not made" in generate("kept.npz", "--takes", 2, "--seed", 1)
    assert not (folder / "kept-1.npz").exists()  # all are checked before the first
    assert (folder / "wave.npz").read_bytes() == (folder / "kept-2.npz").read_bytes() == before
    assert generate("kept.npz", "--takes", 2, "--force") == ""
    assert (folder / "kept-2.npz").read_bytes() != before


@pytest.mark.parametrize("ending", ["npz", "bvh"])
def test_its_own_takes_are_made_again_without_asking(generate, folder, ending):
    name = f"take.{ending}"
    for seed in (0, 1):
        assert generate(name, "--seed", seed) == ""
    assert (is_signed_npz if ending == "npz" else is_as_written)(folder / name)


def test_a_take_that_somebody_changed_is_no_longer_its_own(generate, folder):
    assert generate("take.npz") == "" == generate("take.bvh")
    with np.load(folder / "take.npz") as file:
        values = dict(file)
    np.savez(folder / "take.npz", **{**values, "poses": values["poses"] + 0.01})
    assert "was not made by this program" in generate("take.npz")
    text = (folder / "take.bvh").read_text()
    for change in (
        lambda text: text.replace("Frame Time: 0.033333333", "Frame Time: 0.033333"),
        lambda text: text.replace("\t", "  "),
        lambda text: text.replace("Zrotation Xrotation Yrotation", "Xrotation Yrotation Zrotation"),
    ):
        (folder / "take.bvh").write_text(change(text))
        assert "was not made by this program" in generate("take.bvh")


def test_endings_are_read_in_any_case_and_the_file_has_the_name_that_was_given(generate, folder):
    assert generate("take.NPZ") == "" == generate("take.Bvh") and generate("t.NPZ", "--takes", 2) == ""
    made = {"take.NPZ", "take.Bvh", "t-1.NPZ", "t-2.NPZ"}
    assert made < set(os.listdir(folder)) and not [name for name in os.listdir(folder) if name.endswith(".NPZ.npz")]
    assert len(load_motion(folder / "take.NPZ")) == len(load_motion(folder / "take.Bvh")) == 60
    assert generate("take.NPZ", "--seed", 4) == ""


def test_what_cannot_be_written_is_said_before_anything_is_heard(generate, folder, monkeypatch):
    monkeypatch.setattr("a2g_core.speech.audio.open_speech", None)  # would be noticed
    (folder / "a.npz").mkdir()
    (folder / "file").touch()
    for output, why in {"none/t.npz": "there is no folder", "a.npz": "is a folder", "file/t.npz": "is not a folder",
                        "t.txt": "motions cannot be written to 't.txt'", "t": "motions cannot"}.items():  # fmt: skip
        assert why in generate(output), output


def test_a_pipe_takes_a_take(folder):
    pipe = folder / "pipe.npz"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "a2g_core.cli", "generate", folder / "speech.wav", "-o", pipe, "--device", "numpy"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([*map(str, command), "--model", str(folder / "model.safetensors")], env=environment)
    (folder / "read.npz").write_bytes(pipe.read_bytes())
    assert process.wait() == 0 and len(load_motion(folder / "read.npz")) == 60


# Of researchers -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> Path:
    """A corpus, a run, recordings, and motions of two systems."""
    folder = tmp_path_factory.mktemp("lab")
    for name in ("recordings", "speech", "ours", "theirs"):
        (folder / name).mkdir()
    with CorpusWriter(folder / "corpus", fps=30.0, joints=BODY_HANDS.names, notice="made here") as writer:
        for k in range(3):
            samples = np.concatenate(list(babble(5, seed=k).blocks()))
            writer.add("validation" if k == 2 else "train", str(k), samples, _swing(150, k).quaternions)
            soundfile.write(folder / f"recordings/{k}.wav", samples, 16000)
            save_motion(_swing(150, k), folder / f"recordings/{k}.npz")
        writer.close()
    soundfile.write(folder / "speech/one.wav", samples[:16000], 16000)
    for k, system in enumerate(("ours", "theirs")):
        save_motion(_swing(30, k), folder / system / "one.npz")
    assert main([*_training(folder, folder / "run"), "--set", "steps=1"]) == 0
    return folder


def _training(lab: Path, out: Path) -> list[str]:
    settings = [x for s in ("batch_size=1", "audio_width=4", "unet_width=8") for x in ("--set", s)]
    folders = ["--corpus", str(lab / "corpus"), "--out", str(out)]
    return ["train", "--config", "speech2gesture", "--device", "cpu", *folders, *settings]


def test_a_corpus_is_never_made_over_anything(lab, tmp_path, capsys):
    before = {path.name: path.read_bytes() for path in (lab / "corpus").iterdir()}
    build = ["corpus", "build", "--smartbody", str(lab / "none"), "--speech", str(lab / "speech"), "--out"]
    import_ = ["corpus", "import", str(lab / "recordings"), "--format", "beat2", "--out"]
    flatten = ["corpus", "flatten", str(lab / "corpus"), "--out"]
    for command in (build, import_, flatten):
        assert main([*command, str(lab / "corpus")]) == 2
        assert "is not empty; write to another folder" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in (lab / "corpus").iterdir()} == before
    (tmp_path / "empty").mkdir()
    assert main([*import_, str(tmp_path / "empty")]) == 0 and (tmp_path / "empty/manifest.json").is_file()


def test_an_import_that_fails_leaves_nothing(lab, tmp_path, capsys):
    (tmp_path / "one").mkdir()
    for ending in ("wav", "npz"):
        shutil.copy(lab / f"recordings/0.{ending}", tmp_path / "one")
    assert main(["corpus", "import", str(tmp_path / "one"), "--format", "beat2", "--out", str(tmp_path / "out")]) == 2
    assert "a single short recording is not enough" in capsys.readouterr().err and os.listdir(tmp_path) == ["one"]


def test_export_replaces_models_and_nothing_else(lab, tmp_path, capsys):
    export = ["export", str(lab / "run"), "--corpus", str(lab / "corpus"), "-o"]
    assert main([*export, str(tmp_path / "m.safetensors")]) == 0 == main([*export, str(tmp_path / "m.safetensors")])
    (tmp_path / "notes.txt").write_text("mine")
    assert main([*export, str(tmp_path / "notes.txt")]) == 2 and "--force" in capsys.readouterr().err
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert main([*export, str(tmp_path / "notes.txt"), "--force"]) == 0 and load_model(tmp_path / "notes.txt")
    assert main([*export, str(lab / "run/state.safetensors"), "--force"]) == 2
    assert "is read by the same command" in capsys.readouterr().err
    for umask in (0o022, 0o077):
        before = os.umask(umask)
        assert main([*export, str(tmp_path / f"{umask}")]) == 0
        os.umask(before)
        assert (tmp_path / f"{umask}").stat().st_mode & 0o777 == 0o666 & ~umask


def test_two_trainers_cannot_share_a_run_and_a_killed_one_does_not_keep_it(lab, tmp_path, capsys):
    run = tmp_path / "run"
    command = [*_training(lab, run), "--checkpoint-minutes", "0", "--set", "steps=1000000"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    first = subprocess.Popen([sys.executable, "-m", "a2g_core.cli", *command], env=environment, stderr=subprocess.PIPE)
    try:
        wait_until(lambda: first.poll() is not None or (run / "model.safetensors").exists())
        assert first.poll() is None, first.stderr.read()
        resume = ["train", "--corpus", str(lab / "corpus"), "--out", str(run), "--resume", "--device", "cpu"]
        assert main(resume) == 2
        assert "another process is training in" in capsys.readouterr().err
    finally:
        first.kill()
        first.wait()
    assert main(command) == 2 and "already holds a training run" in capsys.readouterr().err
    from a2g_core.training.train import resume as go_on

    before = load_model(run / "model.safetensors").info["steps"]
    assert load_model(go_on(lab / "corpus", run, device="cpu", stop_after=1)).info["steps"] >= before
    (run / "state.safetensors").unlink()
    assert main(command) == 2 and "already holds a model" in capsys.readouterr().err


def test_a_running_study_is_not_replaced(lab, tmp_path, capsys):
    systems = [x for name in ("ours", "theirs") for x in ("--system", f"{name}={lab / name}")]
    make = ["study", "make", *systems, "--speech", str(lab / "speech"), "--out", str(tmp_path / "study"), "--seconds"]
    make += ["0.3", "--size", "64", "--checks", "0", "--trials", "1"]
    assert main(make) == 0
    before = (tmp_path / "study/study.html").read_bytes()
    key = json.loads((tmp_path / "study/key.json").read_text())
    for missing in (None, "study.html"):
        if missing:
            (tmp_path / "study" / missing).rename(tmp_path / missing)  # where the participants are
        assert main([*make, "--seed", "1"]) == 2
        assert "already holds a study" in capsys.readouterr().err
    assert main([*make, "--seed", "1", "--force"]) == 0
    assert (tmp_path / "study/study.html").read_bytes() != before
    (tmp_path / "study/answers").mkdir()
    answers = {"format": "a2g-study-answers/1", "study": key["study"], "answers": []}
    (tmp_path / "study/answers/anna.json").write_text(json.dumps(answers))
    assert main([*make, "--force"]) == 2 and "holds answers to a study" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["judges", "evaluate", "study analyse"])
def test_reports_are_not_written_over_other_files(lab, tmp_path, capsys, command):
    (tmp_path / "key.json").write_text("{}")
    name, arguments = {
        "judges": ("motion_encoder.safetensors", ["--corpus", lab / "corpus"]),
        "evaluate": ("report.html", ["--corpus", lab / "corpus", "--model", f"mine={lab / 'run/model.safetensors'}"]),
        "study analyse": ("figure.png", [tmp_path, "--key", tmp_path / "key.json"]),
    }[command]
    (tmp_path / name).write_text("mine")
    whole = [*command.split(), *map(str, arguments), "--out", str(tmp_path)]
    assert main(whole) == 2 and f"{name}' is there already and was not made by this" in capsys.readouterr().err
    assert (tmp_path / name).read_text() == "mine"
    if command == "study analyse":
        assert main([*whole, "--force"]) == 2  # it goes on to the key
        assert "is there already" not in capsys.readouterr().err
    (tmp_path / "file").touch()
    assert main([*whole[:-1], str(tmp_path / "file/deeper")]) == 2 and "is not a folder" in capsys.readouterr().err
