"""`a2g stream`, as a user starts it: its take has the bytes of `a2g generate`'s, and so has what it sends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile
from places import ROOT
from pythonosc.osc_bundle import OscBundle
from small_models import ACCENTED, random_model
from voices import babble
from waiting import LIMIT_S, wait_until

from a2g_core.cli.main import main
from a2g_core.formats.registry import load_motion
from a2g_core.live.lines import read_lines
from a2g_core.live.vmc import BONES
from a2g_core.model.checkpoint import save_model

COMMAND = (sys.executable, "-m", "a2g_core.cli", "stream")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("stream")
    soundfile.write(folder / "speech.wav", np.concatenate(list(babble(40).read())), 16000, subtype="PCM_16")
    save_model(random_model(ACCENTED), folder / "model.safetensors")
    return folder


@pytest.fixture
def a2g(folder, capsys):
    def run(command: str, *arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([command, *map(str, arguments), "--model", str(folder / "model.safetensors")])
        return code, *capsys.readouterr()

    return run


@pytest.mark.parametrize(
    "options", [("-o", "take.npz", "--seed", "3"), ("-o", "take.bvh", "--fps", "24", "--idle", "2", "--jaw", "0.5")]
)
def test_its_take_has_the_bytes_of_the_whole(a2g, folder, options):
    name = options[1]
    arguments = [folder / name, *options[2:]]
    code, out, err = a2g(
        "stream", folder / "speech.wav", "-o", *arguments, "--lines", folder / "poses.jsonl", "--force"
    )
    assert code == 0, err
    assert "s ahead" in err and str(folder / name) in out
    streamed = (folder / name).read_bytes()
    (folder / name).unlink()
    assert a2g("generate", folder / "speech.wav", "-o", *arguments)[0] == 0
    assert (folder / name).read_bytes() == streamed
    (folder / name).unlink()
    assert a2g("stream", "--replay", folder / "poses.jsonl", "-o", folder / name)[0] == 0
    assert (folder / name).read_bytes() == streamed


def test_a_pipe_is_followed_and_ctrl_c_ends_the_speech(folder, a2g):
    """What was heard until then is a take of its own: here eight seconds of voice, and some of the silence behind it,
    of which nobody knows how much has come through the pipe by then.
    """
    samples, rate, voice_s = np.zeros(16000 * 40, np.int16), 16000, 8
    samples[: rate * voice_s] = np.concatenate(list(babble(voice_s).read()))[:, 0] * 32767
    soundfile.write(folder / "long.wav", samples, rate, subtype="PCM_16")
    data = (folder / "long.wav").read_bytes()[: 44 + 2 * rate * 36]
    take, cut, lines = folder / "piped.npz", folder / "cut.npz", folder / "piped.jsonl"
    command = [*COMMAND, "-", "-o", take, "--lines", lines, "--model", folder / "model.safetensors"]
    process = subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
    rng, first = np.random.default_rng(1), 0
    while first < len(data):
        n = int(rng.integers(1, 40_000))
        process.stdin.write(data[first : first + n])
        process.stdin.flush()
        first += n
    # It sends while the pipe is open; the first line says what the others are.
    wait_until(lambda: process.poll() is not None or lines.read_bytes().count(b"\n") > 1 + voice_s * 30)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 0, err
    soundfile.write(folder / "cut.wav", samples[: len(load_motion(take)) * rate // 30], rate, subtype="PCM_16")
    assert a2g("generate", folder / "cut.wav", "-o", cut)[0] == 0
    assert take.read_bytes() == cut.read_bytes()


def test_receivers_get_each_pose_at_its_time(folder):
    soundfile.write(folder / "short.wav", next(babble(2).read()), 16000)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(LIMIT_S)
        receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        to = f"127.0.0.1:{receiver.getsockname()[1]}"
        lines = folder / "sent.jsonl"
        command = [
            *COMMAND,
            folder / "short.wav",
            "--vmc",
            to,
            "--lines",
            lines,
            "--model",
            folder / "model.safetensors",
        ]
        process = subprocess.Popen(list(map(str, command)), env=ENVIRONMENT)
        poses: list[dict[str, list[float]]] = []
        arrived, n_joints = [], len(random_model(ACCENTED).skeleton)
        while len(poses) < 60 or len(poses[-1]) < n_joints:
            for content in OscBundle(receiver.recv(1 << 16)):
                if content.address == "/VMC/Ext/T":
                    poses.append({})
                    arrived.append(time.monotonic())
                elif content.address == "/VMC/Ext/Bone/Pos":
                    poses[-1][content.params[0]] = content.params[1:]
        assert process.wait(LIMIT_S) == 0
    assert arrived[-1] - arrived[0] > 1, "not all at once"
    (motion,) = read_lines(lines)
    for pose, quaternions in zip(poses, motion.quaternions, strict=True):
        for name, (w, x, y, z) in zip(motion.skeleton.names, quaternions.tolist(), strict=True):
            assert pose[BONES[name]][3:] == [x, -y, -z, w]


def test_what_cannot_be_done_is_said(a2g, folder, tmp_path):
    speech = folder / "speech.wav"
    mine = tmp_path / "mine.jsonl"
    mine.write_text("mine")
    wrong = {
        ("-o", tmp_path / "a.npz"): "one source of poses is needed",
        (speech,): "nobody would see the poses",
        (speech, "--vmc", "nowhere:0"): "nothing can be sent to",
        (speech, "--lines", mine): "was not made by this program",
        (speech, "--lines", "-", "--json"): "standard output cannot hold",
        (speech, "-o", speech.with_suffix(".npz"), "--look-at", "speaker"): "nobody else who speaks",
        (tmp_path / "none.wav", "-o", tmp_path / "a.npz"): "there is no file",
    }
    for arguments, why in wrong.items():
        code, _, err = a2g("stream", *arguments)
        assert code == 2 and why in err, (arguments, err)
    assert mine.read_text() == "mine"


def test_the_report_is_one_line(a2g, folder, tmp_path):
    code, out, _ = a2g("stream", folder / "speech.wav", "-o", tmp_path / "a.npz", "--json")
    report = json.loads(out)
    assert code == 0 and report["frames"] == 1200 and report["outputs"] == [str(tmp_path / "a.npz")]
