"""The command line as a user runs it: in a process of its own."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
import soundfile
from places import ROOT
from small_models import SMALL, random_model
from voices import babble, librispeech

from a2g_core.formats.registry import load_motion
from a2g_core.model.checkpoint import save_model

BLOCK_TORCH = (
    "import sys; sys.modules['torch'] = None; from a2g_core.cli.main import main; sys.exit(main(sys.argv[1:]))"
)


def _a2g(*arguments, code: str | None = None, cwd=None) -> subprocess.CompletedProcess:
    start = [sys.executable, "-c", code] if code else [sys.executable, "-m", "a2g_core.cli"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return subprocess.run(
        [*start, *map(str, arguments)], capture_output=True, text=True, env=environment, cwd=cwd, check=False
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli")
    soundfile.write(folder / "speech.wav", next(babble(6).read()), 16000)
    save_model(random_model(), folder / "model.safetensors")
    return folder


def test_generate_writes_a_motion_and_one_json_line(folder):
    done = _a2g(
        "generate",
        folder / "speech.wav",
        "-o",
        folder / "a.npz",
        "--model",
        folder / "model.safetensors",
        "--seed",
        3,
        "--json",
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["frames"], said["fps"], said["seed"]) == (180, 30, 3)
    assert said["outputs"] == [str(folder / "a.npz")] and len(load_motion(folder / "a.npz")) == 180


def test_torch_is_not_needed_and_gives_the_same(folder):
    source = librispeech(0)
    done = _a2g("generate", source, "-o", folder / "numpy.npz", "--json", code=BLOCK_TORCH)
    assert done.returncode == 0 and json.loads(done.stdout)["device"] == "numpy", done.stderr
    assert _a2g("generate", source, "-o", folder / "torch.npz", "--device", "cpu").returncode == 0
    from a2g_core.body.rotations import geodesic_angle, quaternion_to_matrix

    a, b = (
        quaternion_to_matrix(load_motion(folder / f"{n}.npz").quaternions.astype(float)) for n in ("numpy", "torch")
    )
    assert geodesic_angle(a, b).max() < 1e-4


def test_takes_are_numbered_and_differ(folder):
    done = _a2g(
        "generate",
        folder / "speech.wav",
        "-o",
        folder / "t.bvh",
        "--takes",
        3,
        "--fps",
        24,
        "--model",
        folder / "model.safetensors",
    )
    assert done.returncode == 0, done.stderr
    takes = [load_motion(folder / f"t-{k}.bvh") for k in (1, 2, 3)]
    assert all(len(t) == 144 and t.fps == pytest.approx(24) for t in takes)
    assert np.abs(takes[0].quaternions - takes[1].quaternions).max() > 0.01


def test_same_seed_same_file(folder):
    for name in ("x", "y"):
        assert (
            _a2g(
                "generate",
                folder / "speech.wav",
                "-o",
                folder / f"{name}.npz",
                "--seed",
                5,
                "--model",
                folder / "model.safetensors",
            ).returncode
            == 0
        )
    assert (folder / "x.npz").read_bytes() == (folder / "y.npz").read_bytes()


def test_a_pinned_file_changes_the_result(folder):
    common = ("generate", folder / "speech.wav", "--model", folder / "model.safetensors", "-o")
    assert _a2g(*common, folder / "free.npz").returncode == 0
    soundfile.write(folder / "short.wav", next(babble(1.5, seed=4).read()), 16000)
    assert (
        _a2g(
            "generate",
            folder / "short.wav",
            "--model",
            folder / "model.safetensors",
            "-o",
            folder / "clip.npz",
            "--seed",
            8,
        ).returncode
        == 0
    )
    done = _a2g(*common, folder / "pinned.npz", "--pin", f"{folder / 'clip.npz'}@2.5", "--pin-fade", 0.2)
    assert done.returncode == 0, done.stderr
    a, b = (np.load(folder / f"{n}.npz")["poses"] for n in ("free", "pinned"))
    moved = np.nonzero((a != b).any(1))[0]
    reach = SMALL.pin_reach + 3  # and half of the fade
    assert 75 - reach <= moved.min() < 75 and 120 <= moved.max() < 120 + reach


def _write(path, data: bytes):
    path.write_bytes(data)
    return path


def _truncated(path, to):
    return _write(to, path.read_bytes()[:50_000])


BAD = {
    "missing file": (lambda f: [f / "none.wav"], "there is no file.*check the path"),
    "silent file": (lambda f: [_sound(f / "silent.wav", np.zeros(16000))], "silent; choose"),
    "not audio": (lambda f: [_write(f / "text.wav", b"hello, this is text")], "not audio"),
    "zero length": (lambda f: [_sound(f / "zero.wav", np.zeros(0))], "no samples; choose"),
    "empty file": (lambda f: [_write(f / "empty.wav", b"")], "is empty; export"),
    "corrupt model": (
        lambda f: [f / "speech.wav", "--model", _write(f / "bad.safetensors", b"\xff" * 99)],
        "damaged or no model",
    ),
    "truncated model": (
        lambda f: [f / "speech.wav", "--model", _truncated(f / "model.safetensors", f / "cut.safetensors")],
        "damaged or no model",
    ),
    "no model": (lambda f: [f / "speech.wav", "--model", f / "none.safetensors"], "there is no model"),
    "pin longer": (lambda f: [f / "speech.wav", "--pin", f"{_clip(f, 400)}@0"], "longer than the speech.*trim"),
    "pin outside": (lambda f: [f / "speech.wav", "--pin", f"{_clip(f, 60)}@5"], "outside the speech.*move"),
    "pin unreadable": (lambda f: [f / "speech.wav", "--pin", "wave.npz"], "write CLIP@SECONDS"),
    "pin missing": (lambda f: [f / "speech.wav", "--pin", "none.npz@1"], "there is no clip"),
    "no such ending": (lambda f: [f / "speech.wav", "-o", "a.fbx"], "give a file in .bvh .* or .npz"),
    "no takes": (lambda f: [f / "speech.wav", "--takes", 0], "takes make no sense"),
    "no folder": (lambda f: [f / "speech.wav", "-o", f / "none/a.npz"], "check the path"),
}  # fmt: skip


def _sound(path, samples):
    soundfile.write(path, samples, 16000)
    return path


def _clip(folder, frames):
    np.savez(folder / f"{frames}.npz", poses=np.zeros((frames, 165), np.float32), mocap_frame_rate=30.0)
    return folder / f"{frames}.npz"


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_sentence_and_exit_code_2(folder, case):
    import re

    arguments, message = BAD[case]
    arguments = arguments(folder)
    if "-o" not in arguments:
        arguments = [*arguments, "-o", folder / "never.npz"]
    if "--model" not in arguments:
        arguments = [*arguments, "--model", folder / "model.safetensors"]
    done = _a2g("generate", *arguments)
    assert done.returncode == 2
    assert re.search(message, done.stderr), done.stderr
    assert done.stderr.count("\n") == 1 and done.stderr.startswith("a2g: ") and "Traceback" not in done.stderr
    assert not (folder / "never.npz").exists()


def test_a_newer_model_says_update(folder):
    from safetensors.numpy import save_file

    from a2g_core.model.checkpoint import SCHEMA, checksum, read_safetensors

    tensors, metadata = read_safetensors(folder / "model.safetensors")
    about = json.loads(metadata["audio2gestures"])
    about.update(schema=SCHEMA + 1, sha256=checksum(tensors))
    save_file(
        {n: np.array(a) for n, a in tensors.items()},
        folder / "newer.safetensors",
        {"audio2gestures": json.dumps(about)},
    )
    done = _a2g(
        "generate", folder / "speech.wav", "-o", folder / "never.npz", "--model", folder / "newer.safetensors", "--json"
    )
    assert done.returncode == 2 and "newer version" in json.loads(done.stdout)["error"]


def test_inspect_describes_the_model(folder):
    done = _a2g("inspect", folder / "model.safetensors", "--json")
    said = json.loads(done.stdout)
    assert said["config"]["name"] == "small" and said["info"]["name"] == "random" and said["bank_entries"] == 20


def test_training_needs_a_corpus_and_known_settings(folder):
    for arguments, message in (
        (("--corpus", folder), "is not a corpus"),
        (("--corpus", folder, "--set", "sorcery=1"), "unknown settings"),
        (("--corpus", folder, "--config", "nobody"), "there is no config"),
        (("--corpus", folder, "--set", "steps"), "needs NAME=VALUE"),
        (("--corpus", folder, "--resume", "--set", "steps=9"), "leave out --config and --set"),
        (("--corpus", folder, "--resume"), "there is no training run"),
    ):
        done = _a2g("train", "--out", folder / "run", *arguments)
        assert done.returncode == 2 and message in done.stderr, done.stderr


def test_sliders_steer_the_take(folder):
    def take(*options) -> np.ndarray:
        done = _a2g("generate", folder / "speech.wav", "-o", folder / "s.npz", "--device", "numpy", *options)
        assert done.returncode == 0, done.stderr
        return load_motion(folder / "s.npz").quaternions

    neutral = take()
    np.testing.assert_array_equal(take("--energy", 1, "--calm", 0, "--posture", 0, "--variation", 1), neutral)
    for option in ("--energy", "--posture", "--variation"):
        assert np.abs(take(option, 0.5) - neutral).max() > 1e-3
    done = _a2g("generate", folder / "speech.wav", "-o", folder / "s.npz", "--calm", 7)
    assert (done.returncode, done.stderr) == (2, "a2g: calm is out of range; use values from 0 to 1.\n")
