"""The command line, called as `main` in this process, and twice as a user starts it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import soundfile
from places import ROOT
from safetensors.numpy import save_file
from small_models import SMALL, random_model
from voices import babble

from a2g_core.body.rotations import geodesic_angle, quaternion_to_matrix
from a2g_core.cli.main import main
from a2g_core.formats.registry import load_motion
from a2g_core.model.checkpoint import SCHEMA, checksum, read_safetensors, save_model


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def a2g(capsys):
    """Runs one command in this process."""

    def run(*arguments) -> Done:
        capsys.readouterr()
        code = main([str(a) for a in arguments])
        return Done(code, *capsys.readouterr())

    return run


@pytest.fixture
def generate(a2g, folder):
    """Generates with the small model from the made speech; a command that must succeed."""

    def run(output: str, *options, speech: str = "speech.wav") -> Done:
        model = ("--model", folder / "model.safetensors")
        done = a2g("generate", folder / speech, "-o", folder / output, *model, *options)
        assert done.code == 0, done.err
        return done

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    soundfile.write(folder / "speech.wav", next(babble(6).read()), 16000)
    save_model(random_model(), folder / "model.safetensors")
    return folder


def _process(*arguments, code: str | None = None) -> subprocess.CompletedProcess:
    start = [sys.executable, "-c", code] if code else [sys.executable, "-m", "a2g_core.cli"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return subprocess.run([*start, *map(str, arguments)], capture_output=True, text=True, env=environment, check=False)


def test_what_is_left_out_of_the_speech_is_said(generate, folder):
    samples = next(babble(6).read())[:, :1]
    soundfile.write(folder / "stereo.wav", np.hstack([samples, -0.95 * samples]), 16000)
    report = json.loads(generate("stereo.npz", "--json", speech="stereo.wav").out)
    (note,) = report["notes"]
    assert note.startswith("the channels of 'stereo.wav' cancel each other out")
    arguments = ("generate", folder / "stereo.wav", "-o", folder / "again.npz", "--model", folder / "model.safetensors")
    assert _process(*arguments, "--device", "numpy").stderr == f"a2g: {note}\n"


# In processes of their own --------------------------------------------------------------------------------------------


def test_a_process_ends_with_one_sentence_and_the_exit_code(folder):
    done = _process("generate", folder / "none.wav", "-o", folder / "never.npz")
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"a2g: there is no file .+\.\n", done.stderr), done.stderr


def test_torch_is_not_needed_and_gives_the_same(a2g, folder, data):
    block = "import sys; sys.modules['torch'] = None; from a2g_core.cli.main import main; sys.exit(main(sys.argv[1:]))"
    source = data.speech(0)
    done = _process("generate", source, "-o", folder / "numpy.npz", "--json", code=block)
    assert done.returncode == 0 and json.loads(done.stdout)["device"] == "numpy", done.stderr
    assert a2g("generate", source, "-o", folder / "torch.npz", "--device", "cpu").code == 0
    a, b = (
        quaternion_to_matrix(load_motion(folder / f"{n}.npz").quaternions.astype(float)) for n in ("numpy", "torch")
    )
    assert geodesic_angle(a, b).max() < 1e-4


def test_a_command_imports_no_other(folder, data):
    """Whoever makes one take waits for what the command line imports."""
    code = """import sys; from a2g_core.cli.main import main; code = main(sys.argv[1:])
print(*(name for name in sys.modules if name.startswith("a2g_core.") or name in ("torch", "multiprocessing")))"""
    done = _process("generate", data.speech(0), "-o", folder / "lean.npz", code=code)
    imported = done.stdout.splitlines()[-1].split()
    assert done.returncode == 0 and "a2g_core.performing.generate" in imported, done.stderr
    others = ("batch", "stream", "words", "research")
    unwanted = ("torch", "multiprocessing", "a2g_core.words.", "a2g_core.gestures.", "a2g_core.live.")
    unwanted += tuple(f"a2g_core.cli.{name}" for name in others)
    assert not [name for name in imported if name.startswith(unwanted)]


# In this process ------------------------------------------------------------------------------------------------------


def test_generate_writes_a_motion_and_one_json_line(generate, folder):
    said = json.loads(generate("a.npz", "--seed", 3, "--json").out)
    assert (said["frames"], said["fps"], said["seed"]) == (180, 30, 3)
    assert said["outputs"] == [str(folder / "a.npz")] and len(load_motion(folder / "a.npz")) == 180


def test_who_looks_somewhere_has_eyes(generate, folder):
    generate("plain.npz", "--seed", 3)
    generate("looks.npz", "--seed", 3, "--look-at=-1,0.2,1.5", "--look-strength", 0.9, "--jaw", 1)
    generate("not.npz", "--seed", 3, "--look-at", "0,0,2", "--look-strength", 0)
    plain, looks, not_ = (load_motion(folder / f"{name}.npz") for name in ("plain", "looks", "not"))
    moved = {
        name
        for name in looks.skeleton.names
        if (looks.quaternions != plain.quaternions)[:, looks.skeleton.index(name)].any()
    }
    assert {"left_eye_smplhf", "right_eye_smplhf", "jaw", "head"} <= moved
    assert (not_.quaternions == plain.quaternions).all()


def test_takes_are_numbered_and_differ(generate, folder):
    generate("t.bvh", "--takes", 3, "--fps", 24)
    takes = [load_motion(folder / f"t-{k}.bvh") for k in (1, 2, 3)]
    assert all(len(t) == 144 and t.fps == pytest.approx(24) for t in takes)
    assert np.abs(takes[0].quaternions - takes[1].quaternions).max() > 0.01


def test_takes_are_those_of_the_seeds_that_follow(generate, folder):
    said = json.loads(generate("s.npz", "--takes", 2, "--seed", 6, "--json").out)
    assert (said["seed"], said["seeds"]) == (6, [6, 7])
    generate("seven.npz", "--seed", 7)
    assert (folder / "s-2.npz").read_bytes() == (folder / "seven.npz").read_bytes()


def test_same_seed_same_file(generate, folder):
    for name in ("x.npz", "y.npz"):
        generate(name, "--seed", 5)
    generate("z.npz", "--seed", 6)
    x, y, z = ((folder / f"{name}.npz").read_bytes() for name in "xyz")
    assert x == y != z


def test_a_pinned_file_changes_the_result(generate, folder):
    soundfile.write(folder / "short.wav", next(babble(1.5, seed=4).read()), 16000)
    generate("free.npz")
    generate("clip.npz", "--seed", 8, speech="short.wav")
    generate("pinned.npz", "--pin", f"{folder / 'clip.npz'}@2.5", "--pin-fade", 0.2)
    a, b = (np.load(folder / f"{n}.npz")["poses"] for n in ("free", "pinned"))
    moved = np.nonzero((a != b).any(1))[0]
    field = SMALL.pin_receptive_field + 3  # and half of the fade
    assert 75 - field <= moved.min() < 75 and 120 <= moved.max() < 120 + field


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _truncated(path: Path, to: Path) -> Path:
    return _write(to, path.read_bytes()[:50_000])


def _sound(path: Path, samples: np.ndarray) -> Path:
    soundfile.write(path, samples, 16000)
    return path


def _clip(folder: Path, frames: int) -> Path:
    np.savez(folder / f"{frames}.npz", poses=np.zeros((frames, 165), np.float32), mocap_frame_rate=30.0)
    return folder / f"{frames}.npz"


BAD = {
    "missing file": (lambda f: [f / "none.wav"], "there is no file.*check the path"),
    "silent file": (lambda f: [_sound(f / "silent.wav", np.zeros(16000))], "silent; choose"),
    "not audio": (lambda f: [_write(f / "text.wav", b"hello, this is text")], "not audio"),
    "zero length": (lambda f: [_sound(f / "zero.wav", np.zeros(0))], "no samples; choose"),
    "empty file": (lambda f: [_write(f / "empty.wav", b"")], "is empty; export"),
    "corrupt model": (
        lambda f: [f / "speech.wav", "--model", _write(f / "bad.safetensors", b"\xff" * 99)],
        "damaged or not a model file",
    ),
    "truncated model": (
        lambda f: [f / "speech.wav", "--model", _truncated(f / "model.safetensors", f / "cut.safetensors")],
        "damaged or not a model file",
    ),
    "no model": (lambda f: [f / "speech.wav", "--model", f / "none.safetensors"], "there is no model"),
    "pin longer": (lambda f: [f / "speech.wav", "--pin", f"{_clip(f, 400)}@0"], "longer than the speech.*trim"),
    "pin outside": (lambda f: [f / "speech.wav", "--pin", f"{_clip(f, 60)}@5"], "outside the speech.*move"),
    "pin unreadable": (lambda f: [f / "speech.wav", "--pin", "wave.npz"], "write CLIP@SECONDS"),
    "pin missing": (lambda f: [f / "speech.wav", "--pin", "none.npz@1"], "there is no clip"),
    "no such ending": (lambda f: [f / "speech.wav", "-o", "a.fbx"], "give a file in .bvh .* or .npz"),
    "no takes": (lambda f: [f / "speech.wav", "--takes", 0], "--takes is '0'; give a whole number from 1 to"),
    "no folder": (lambda f: [f / "speech.wav", "-o", f / "none/a.npz"], "check the path"),
    "no place": (lambda f: [f / "speech.wav", "--look-at", "1,2"], "--look-at is '1,2'; give X,Y,Z in metres"),
    "nobody else": (lambda f: [f / "speech.wav", "--look-at", "speaker"], "nobody else who speaks.*--listen-to"),
    "calm too high": (lambda f: [f / "speech.wav", "--calm", 7], "calm is out of range; use values from 0 to 1"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_sentence_and_exit_code_2(a2g, folder, monkeypatch, case):
    monkeypatch.chdir(folder)
    make, message = BAD[case]
    arguments = make(folder)
    if "-o" not in arguments:
        arguments += ["-o", folder / "never.npz"]
    if "--model" not in arguments:
        arguments += ["--model", folder / "model.safetensors"]
    done = a2g("generate", *arguments)
    assert (done.code, done.out) == (2, "")
    assert re.search(message, done.err), done.err
    assert done.err.count("\n") == 1 and done.err.startswith("a2g: ")
    assert not (folder / "never.npz").exists() and not (folder / "a.fbx").exists()


def test_a_newer_model_says_update(a2g, folder):
    tensors, metadata = read_safetensors(folder / "model.safetensors")
    about = json.loads(metadata["audio2gestures"])
    about.update(schema=SCHEMA + 1, sha256=checksum(tensors))
    newer = folder / "newer.safetensors"
    save_file({n: np.array(a) for n, a in tensors.items()}, newer, {"audio2gestures": json.dumps(about)})
    done = a2g("generate", folder / "speech.wav", "-o", folder / "never.npz", "--model", newer, "--json")
    assert done.code == 2 and "newer version" in json.loads(done.out)["error"]


def test_inspect_describes_the_model(a2g, folder):
    said = json.loads(a2g("inspect", folder / "model.safetensors", "--json").out)
    assert said["config"]["name"] == "small" and said["info"]["name"] == "random" and said["bank_entries"] == 20


@pytest.mark.parametrize(
    "arguments, message",
    [
        ([], "is not a corpus"),
        (["--set", "sorcery=1"], "unknown settings"),
        (["--config", "nobody"], "there is no config"),
        (["--set", "steps"], "needs NAME=VALUE"),
        (["--resume", "--set", "steps=9"], "leave out --config and --set"),
        (["--resume"], "there is no training run"),
    ],
)
def test_training_needs_a_corpus_and_known_settings(a2g, folder, arguments, message):
    done = a2g("train", "--out", folder / "run", "--corpus", folder, *arguments)
    assert done.code == 2 and message in done.err, done.err
    assert not (folder / "run").exists()


def test_sliders_steer_the_take(generate, folder):
    def take(*options) -> np.ndarray:
        generate("s.npz", "--device", "numpy", *options)
        return load_motion(folder / "s.npz").quaternions

    neutral = take()
    np.testing.assert_array_equal(take("--energy", 1, "--calm", 0, "--posture", 0, "--variation", 1), neutral)
    for option in ("--energy", "--posture", "--variation"):
        assert np.abs(take(option, 0.5) - neutral).max() > 1e-3
