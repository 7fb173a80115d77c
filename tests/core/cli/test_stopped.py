"""A command that is stopped at any moment leaves the old file or the new one, never a third thing."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from moments import PART, STOPS, Outcome, stop_everywhere
from places import ROOT
from small_models import random_model
from voices import babble

from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion
from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.cli.main import main
from a2g_core.formats.registry import load_motion, save_motion
from a2g_core.model.checkpoint import save_model
from a2g_core.training.corpus import CorpusWriter

CODES = {"kill": -9, "term": 143, "interrupt": 130, "full": 2}


def _swing(n: int, seed: int) -> np.ndarray:
    t, rng = np.arange(n)[:, None, None] / 30, np.random.default_rng(seed)
    return axis_angle_to_quaternion((0.2 * np.sin(2 * t + rng.uniform(0, 6, (1, 52, 3)))).astype(np.float32))


@pytest.fixture(scope="module")
def inputs(tmp_path_factory) -> Path:
    """A speech, a model, a corpus and a run, recordings, and motions of two systems."""
    folder = tmp_path_factory.mktemp("inputs")
    soundfile.write(folder / "speech.wav", next(babble(1).read()), 16000)
    save_model(random_model(), folder / "model.safetensors")
    for name in ("recordings", "speech", "ours", "theirs"):
        (folder / name).mkdir()
    with CorpusWriter(folder / "corpus", fps=30.0, joints=BODY_HANDS.names, notice="made here") as writer:
        for k in range(3):
            samples = np.concatenate(list(babble(5, seed=k).blocks()))
            writer.add("validation" if k == 2 else "train", str(k), samples, _swing(150, k))
            soundfile.write(folder / f"recordings/{k}.wav", samples, 16000)
            save_motion(Motion(_swing(150, k), np.zeros((150, 3)), 30.0, BODY_HANDS), folder / f"recordings/{k}.npz")
        writer.close()
    soundfile.write(folder / "speech/one.wav", samples[:16000], 16000)
    for k, system in enumerate(("ours", "theirs")):
        save_motion(Motion(_swing(30, k), np.zeros((30, 3)), 30.0, BODY_HANDS), folder / system / "one.npz")
    assert main(["train", *TRAIN, "--corpus", str(folder / "corpus"), "--out", str(folder / "run")]) == 0
    return folder


TRAIN = ["--config", "speech2gesture", "--device", "cpu", "--checkpoint-minutes", "0"]
TRAIN += [x for s in ("steps=3", "batch_size=1", "audio_width=4", "unet_width=8") for x in ("--set", s)]


def _generate(inputs: Path, out: Path, name: str, seed: int) -> dict:
    speech, model = str(inputs / "speech.wav"), str(inputs / "model.safetensors")
    arguments = ["generate", speech, "-o", str(out / name), "--model", model, "--device", "numpy", "--seed"]
    assert main([*arguments, str(seed), "--takes", "2"]) == 0  # the old takes
    return {"commands": [{"arguments": [*arguments, str(seed + 7), "--takes", "2"]}], "imports": GENERATE}


GENERATE = [f"a2g_core.{name}" for name in ("cli.main", "performing.generate", "speech.heard", "model.device")]
GENERATE += [f"a2g_core.formats.{name}" for name in ("bvh", "native", "smplx_npz")]


def _export(inputs: Path, out: Path) -> dict:
    shutil.copy(inputs / "run/model.safetensors", out / "mine.safetensors")
    arguments = ["export", str(inputs / "run"), "--corpus", str(inputs / "corpus"), "-o", str(out / "mine.safetensors")]
    return {"commands": [{"arguments": [*arguments, "--half"]}], "imports": ["a2g_core.training.export"]}


def _import(inputs: Path, out: Path) -> dict:
    arguments = ["corpus", "import", str(inputs / "recordings"), "--format", "beat2", "--out", str(out / "corpus")]
    again = {"if": "corpus/manifest.json", "arguments": ["inspect"]}  # it is complete: another import is refused
    return {"commands": [again, {"arguments": arguments}], "imports": ["a2g_core.training.importing"]}


def _train(inputs: Path, out: Path) -> dict:
    folders = ["--corpus", str(inputs / "corpus"), "--out", str(out / "run")]
    go_on = {"if": "run/state.safetensors", "arguments": ["train", *folders, "--resume", "--device", "cpu"]}
    return {"commands": [go_on, {"arguments": ["train", *TRAIN, *folders]}], "imports": ["a2g_core.training.train"]}


def _study(inputs: Path, out: Path) -> dict:
    systems = [x for name in ("ours", "theirs") for x in ("--system", f"{name}={inputs / name}")]
    arguments = ["study", "make", *systems, "--speech", str(inputs / "speech"), "--out", str(out / "study")]
    arguments += ["--seconds", "0.3", "--size", "64", "--checks", "0", "--trials", "1", "--force"]
    return {"commands": [{"arguments": arguments}], "imports": ["a2g_core.evaluation.study.make"]}


COMMANDS = {
    "generate npz": lambda inputs, out: _generate(inputs, out, "take.npz", 0),
    "generate bvh": lambda inputs, out: _generate(inputs, out, "take.bvh", 0),
    "export": _export,
    "corpus import": _import,
    "train": _train,
    "study make": _study,
}


def _stopped(name: str, inputs: Path, tmp_path: Path, most: int | None) -> tuple[dict[str, str], list[Outcome]]:
    """The digests of the old files, and what was left: first of the command that nobody stopped."""
    from moments import digests

    out = tmp_path / "out"
    out.mkdir()
    spec = {"again": "always" if name == "train" else "killed", **COMMANDS[name](inputs, out)}
    old = digests(out)[0]
    return old, stop_everywhere({"folder": str(out), "stops": STOPS, "most": most, **spec}, tmp_path)


def _check(name: str, old: dict[str, str], outcomes: list[Outcome]) -> None:
    whole, *stopped = outcomes
    assert whole.moment > 3 and whole.parts == [] and whole.files != old
    for done in stopped:
        case = f"{name}, {done.stop} at moment {done.moment} of {whole.moment}: {done}"
        # A command that was told to end in its last moments may have succeeded; one that trains finishes its step.
        assert done.code in (CODES[done.stop], 0), case
        if done.stop == "full" and done.code:
            assert re.match("a2g: .*No space left on device.*; free some space", done.said), case
        if done.stop != "kill":
            assert done.parts == [], case
        if name != "train":
            allowed = {path: {old.get(path), whole.files.get(path)} for path in {**old, **whole.files}}
            assert all(digest in allowed.get(path, ()) for path, digest in done.files.items()), case
            assert set(old) <= set(done.files), case
        if name == "corpus import":  # it is there with everything, or not at all
            assert done.files in ({}, whole.files), case
        if done.again_code is not None:
            assert (done.again_code, done.again_files, done.again_parts) == (0, whole.files, []), case


@pytest.mark.parametrize("name", COMMANDS)
def test_a_few_moments(name, inputs, tmp_path):
    old, outcomes = _stopped(name, inputs, tmp_path, 2 if name in ("train", "study make") else 3)
    _check(name, old, outcomes)


@pytest.mark.thorough
@pytest.mark.parametrize("name", COMMANDS)
def test_every_moment(name, inputs, tmp_path):
    old, outcomes = _stopped(name, inputs, tmp_path, None)
    assert len(outcomes) == 1 + len(STOPS) * outcomes[0].moment
    _check(name, old, outcomes)


@pytest.mark.parametrize("ending", ["npz", "bvh"])
def test_a_disk_that_takes_so_many_bytes(inputs, tmp_path, ending):
    """The system's own limit of a file's size: what libraries write without Python is refused as well."""
    take = tmp_path / f"take.{ending}"
    arguments = [
        "generate",
        inputs / "speech.wav",
        "-o",
        take,
        "--model",
        inputs / "model.safetensors",
        "--device",
        "numpy",
    ]
    assert main([*map(str, arguments)]) == 0
    old, size = take.read_bytes(), take.stat().st_size
    for limit in (0, 1, size // 2):
        done = subprocess.run(
            [sys.executable, "-m", "a2g_core.cli", *map(str, arguments), "--seed", "5"], capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (2, ""), done.stderr
        assert done.stderr.splitlines()[-1].startswith("a2g: File too large"), done.stderr
        assert take.read_bytes() == old and os.listdir(tmp_path) == [take.name]


def test_two_at_once_leave_a_take_of_one_of_them(inputs, tmp_path):
    take = tmp_path / "take.npz"
    command = [sys.executable, "-m", "a2g_core.cli", "generate", str(inputs / "speech.wav"), "--device", "numpy"]
    command += ["--model", str(inputs / "model.safetensors"), "-o"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    known = []
    for seed in (1, 2):
        alone = tmp_path / f"alone-{seed}.npz"
        subprocess.run([*command, str(alone), "--seed", str(seed)], env=environment, check=True, capture_output=True)
        known.append(alone.read_bytes())
    both = [
        subprocess.Popen([*command, str(take), "--seed", str(seed), "--json"], env=environment, stdout=subprocess.PIPE)
        for seed in (1, 2)
    ]
    seen = set()
    while any(process.poll() is None for process in both):
        if take.is_file():
            seen.add(take.read_bytes())
    assert [json.loads(process.communicate()[0])["seed"] for process in both] == [1, 2]
    assert seen | {take.read_bytes()} <= set(known)
    assert len(load_motion(take)) == 30 and not any(PART.fullmatch(name) for name in os.listdir(tmp_path))
