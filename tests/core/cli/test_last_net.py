"""Whatever goes wrong, a command ends with one sentence and its exit code, and writes nothing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys

import pytest
import soundfile
from places import ROOT
from small_models import random_model
from voices import babble
from waiting import wait_until

from a2g_core.cli import main as command
from a2g_core.cli.main import main
from a2g_core.model.checkpoint import save_model


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("net")
    soundfile.write(folder / "speech.wav", next(babble(2).read()), 16000)
    save_model(random_model(), folder / "model.safetensors")
    return folder


def _generate(folder, *options) -> int:
    arguments = ["generate", folder / "speech.wav", "-o", folder / "never.npz", "--model", folder / "model.safetensors"]
    return main([str(a) for a in (*arguments, *options)])


REFUSED = {
    "takes without end": ("--takes", "1e9"),
    "a billion takes": ("--takes", 10**9),
    "no takes": ("--takes", 0),
    "half a take": ("--takes", 0.5),
    "no rate": ("--fps", 0),
    "a rate that is no number": ("--fps", "nan"),
    "a rate without limit": ("--fps", "inf"),
    "a billion frames a second": ("--fps", 1e9),
    "a fade without end": ("--pin-fade", 9999),
    "a negative fade": ("--pin-fade", -1),
    "a strength that is no number": ("--pin-strength", "nan"),
    "a strength above one": ("--pin-strength", 2),
    "a seed that no generator takes": ("--seed", 2**64),
    "a seed of five thousand digits": ("--seed", "9" * 5000),
    "a seed that is text": ("--seed", "lucky"),
    "a value that is no number": ("--energy", "nan"),
    "an option that nobody knows": ("--sorcery", 1),
    "a device that nobody has": ("--device", "abacus"),
    "an option without its value": ("--style",),
}


@pytest.mark.parametrize("case", REFUSED)
def test_values_without_sense_are_refused_before_the_work(folder, capsys, case):
    assert _generate(folder, *REFUSED[case]) == 2
    said = capsys.readouterr()
    assert said.out == "" and re.fullmatch(r"a2g: .+; .+\.\n", said.err), said.err
    assert len(said.err) < 400
    assert not list(folder.glob("never*"))


@pytest.mark.parametrize("seed", [-1, -(2**64) + 1, 2**64 - 1])
def test_every_other_seed_is_a_take(folder, capsys, seed, tmp_path):
    assert _generate(folder, "--seed", seed, "-o", tmp_path / "take.npz") == 0


@pytest.mark.parametrize(
    "options",
    [
        ["train", "--corpus", "c", "--out", "o", "--seed", "-1"],
        ["train", "--corpus", "c", "--out", "o", "--validate-every", "0"],
        ["train", "--corpus", "c", "--out", "o", "--checkpoint-minutes", "nan"],
        ["evaluate", "--corpus", "c", "--out", "o", "--samples", "0"],
        ["corpus", "build", "--smartbody", "s", "--speech", "s", "--out", "o", "--hours", "inf"],
        ["corpus", "flatten", "c", "--out", "o", "--clips", "0"],
        ["study", "make", "--system", "a=b", "--speech", "s", "--out", "o", "--seconds", "1e9"],
        ["study", "analyse", "a", "--key", "k", "--out", "o", "--misses-allowed", "-1"],
    ],
    ids=lambda o: " ".join(o[:2] + o[-2:]),
)
def test_the_same_for_researchers(capsys, options):
    assert main(options) == 2
    assert re.fullmatch(rf"a2g: {options[-2]} is '.+'; give a .*number from .+ to .+\.\n", capsys.readouterr().err)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ZeroDivisionError("two\nlines"), "this was not foreseen (ZeroDivisionError: two lines); add --debug"),
        (MemoryError(), "there is too little memory for this; close"),
        (RecursionError("too deep"), "this was not foreseen (RecursionError: too deep); add"),
        (OSError(28, "No space left on device"), "No space left on device; free some space on the disk."),
        (OSError(5, "Input/output error"), "Input/output error; check files and disk."),
        (PermissionError(13, "Permission denied", "/x\udcff"), r"Permission denied ('/x\udcff'); check the path."),
        (UnicodeEncodeError("ascii", "ü", 0, 1, "why"), "this was not foreseen (UnicodeEncodeError: "),
    ],
    ids=lambda x: type(x).__name__,
)
def test_what_nobody_foresaw_is_one_sentence_and_with_debug_a_traceback(folder, capsys, monkeypatch, error, sentence):
    def fail(*_):
        raise error

    monkeypatch.setattr(command, "load_motion", fail)
    assert _generate(folder, "--pin", "clip.npz@0") == 2
    said = capsys.readouterr().err
    assert said.startswith(f"a2g: {sentence}") and said.count("\n") == 1, said
    assert _generate(folder, "--pin", "clip.npz@0", "--debug") == 2
    said = capsys.readouterr().err
    assert said.startswith("Traceback") and f"\na2g: {sentence}" in said


def _start(*arguments, **settings) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", **settings.pop("env", {})}
    command = [sys.executable, "-m", "a2g_core.cli", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, **settings)


@pytest.mark.skipif(sys.platform == "win32", reason="names there are Unicode, and there is no SIGINT for one process")
class TestProcesses:
    """In processes of their own: what only a real terminal, pipe or signal shows."""

    def test_names_that_the_terminal_cannot_show_are_named(self):
        plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
        process = _start("generate", "gr\u00fc\u00dfe-\u58f0.wav".encode(), "-o", b"no-\xff.npz", env=plain)
        _, err = process.communicate()
        assert process.returncode == 2 and err.startswith(b"a2g: there is no file") and err.count(b"\n") == 1, err

    def test_a_take_may_have_a_name_that_cannot_be_shown(self, folder):
        take = os.fsencode(folder) + b"/take-\xff.npz"
        model = ["--model", str(folder / "model.safetensors"), "--device", "numpy"]
        process = _start("generate", str(folder / "speech.wav"), "-o", take, *model)
        out, err = process.communicate()
        assert process.returncode == 0 and rb"take-\udcff.npz" in out and os.path.exists(take), err

    def test_a_closed_pipe_is_no_error(self, folder):
        process = _start("inspect", str(folder / "model.safetensors"))
        process.stdout.close()
        err = process.stderr.read()
        assert (process.wait(), err) == (141, b"")

    def test_an_interruption_has_no_traceback(self, folder):
        arguments = ("generate", str(folder / "speech.wav"), "-o", str(folder / "never.npz"), "--takes", "10000")
        # A shell's background jobs begin with the signal ignored, and tests may be one.
        process = _start(*arguments, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        wait_until(lambda: process.poll() is not None or list(folder.glob("never*")))
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
        assert process.returncode == 130 and err.endswith(b"a2g: interrupted.\n") and b"Traceback" not in err
        for path in folder.glob("never*"):
            path.unlink()
