"""The worker process: the same motion, and every way in which it can end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from small_models import STITCHED, random_model
from voices import babble
from waiting import LIMIT_S, wait_until

from a2g_core.body.motion import Motion, Pin
from a2g_core.errors import AudioError, Cancelled, ConfigError, DeviceError, PinError
from a2g_core.model.checkpoint import load_model
from a2g_core.performing.controls import Controls
from a2g_core.performing.generate import generate
from a2g_core.performing.request import Choice
from a2g_core.speech.heard import hear
from a2g_core.worker import client
from a2g_core.worker.client import Worker, clean_environment
from a2g_core.worker.protocol import (
    ANSWERS,
    PROTOCOL,
    Failed,
    Hello,
    OutOfMemoryError,
    Ping,
    Stopped,
    WorkerError,
    decode,
    encode,
)

LONG_S = 1200  # takes seconds to generate, in many chunks


@pytest.fixture(scope="module")
def worker():
    """A warm worker, for tests that leave it alive."""
    worker = Worker(sys.executable)
    worker.start()
    yield worker
    worker.stop()


@pytest.fixture(scope="module")
def product():
    return load_model()


@pytest.fixture(scope="module")
def heard(product):
    return hear(babble(20), product.fps)


@pytest.fixture(scope="module")
def long_heard(product):
    return hear(babble(LONG_S), product.fps)


class Spoiled(Worker):
    """A worker whose server is spoiled by some lines of Python before it serves."""

    def __init__(self, lines: str) -> None:
        super().__init__(sys.executable)
        self.lines = lines

    def command(self) -> list[str]:
        command = super().command()
        at = command.index(client._BOOTSTRAP)
        command[at] = command[at].replace("sys.exit(main(", f"{self.lines}\nsys.exit(main(")
        return command


@pytest.fixture
def spoiled():
    """Makes and starts spoiled workers, and ends them."""
    made = []

    def make(lines: str, start: bool = True) -> Worker:
        made.append(Spoiled(lines))
        if start:
            made[-1].start()
        return made[-1]

    yield make
    for worker in made:
        worker.kill()


def farthest(a: Motion, b: Motion) -> float:
    """Largest angle between two motions, radians."""
    apart = np.minimum(*(np.linalg.norm(a.quaternions - s * b.quaternions, axis=-1) for s in (1, -1)))
    return float((4 * np.arcsin(apart / 2)).max())


def wave(product, seconds: float) -> Motion:
    """A clip of some of the model's joints."""
    names = ("pelvis", "spine1")
    n = round(seconds * 24)
    q = np.zeros((n, 2, 4))
    angles = 0.3 * np.sin(np.linspace(0, 6, n))
    q[..., 0], q[:, 1, 1] = np.cos(angles)[:, None], np.sin(angles)
    q[:, 0] = [1, 0, 0, 0]
    return Motion(q, np.zeros((n, 3)), 24.0, product.skeleton.subset(names))


# The same motion ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("device", ["cpu", "numpy", "auto"])
def test_agrees_with_numpy(worker, product, heard, device):
    clip = wave(product, 3)
    options = {
        "seed": 7, "take": 2, "fps": 24.0, "choices": [Choice(8, 12, 99, 1)],
        "controls": Controls(energy=np.linspace(0.5, 2, 480), posture=0.4, calm=0.2, variation=0.9),
        "pins": [Pin(clip, 4.0, np.linspace(0.2, 1, len(clip)), 0.4, 0.2)],
    }  # fmt: skip
    shares = []
    made = worker.generate(heard, product, device=device, progress=lambda p, s: shares.append(s), **options)
    expected = generate(heard, product, **options)
    assert (made.fps, made.skeleton) == (expected.fps, expected.skeleton)
    assert farthest(made, expected) <= 1e-4
    np.testing.assert_allclose(made.translation, expected.translation, atol=1e-4)
    assert shares[-1] == 1.0


def test_span_and_speech_instead_of_what_was_heard(worker, product, heard):
    made = worker.generate(babble(20), product, seed=1, span=(100, 200))
    assert farthest(made, generate(heard, product, seed=1, span=(100, 200))) <= 1e-4


def test_another_model_is_sent_when_it_is_needed(worker, product, heard):
    for model in (random_model(), product, random_model(seed=1)):
        assert farthest(worker.generate(heard, model), generate(heard, model)) <= 1e-4


def test_a_style_is_that_of_the_core(worker, heard):
    model = random_model(STITCHED)
    made = {style: worker.generate(heard, model, style=style) for style in ("Near", "Far")}
    for style, motion in made.items():
        assert farthest(motion, generate(heard, model, style=style)) <= 1e-4
    assert farthest(made["Near"], made["Far"]) > 0.01
    with pytest.raises(ConfigError, match="this model has no style 'Odd'; use one of: Near, Far"):
        worker.generate(heard, model, style="Odd")


def test_two_threads_take_turns(worker, product, heard):
    made = {}

    def make(seed):
        made[seed] = worker.generate(heard, product, seed=seed)

    threads = [threading.Thread(target=make, args=(seed,)) for seed in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for seed, motion in made.items():
        assert farthest(motion, generate(heard, product, seed=seed)) <= 1e-4
    assert len(made) == 3


# Errors ---------------------------------------------------------------------------------------------------------------


def test_errors_are_those_of_the_core(worker, product, heard):
    with pytest.raises(PinError) as remote:
        worker.generate(heard, product, pins=[Pin(wave(product, 30), 0.0)])
    with pytest.raises(PinError) as local:
        generate(heard, product, pins=[Pin(wave(product, 30), 0.0)])
    assert str(remote.value) == str(local.value)
    assert remote.value.problem_template == local.value.problem_template
    with pytest.raises(AudioError, match="silent"):
        worker.generate(babble(0.01), product)
    with pytest.raises(DeviceError, match="there is no device 'abacus'"):
        worker.generate(heard, product, device="abacus")
    assert worker.is_alive


def test_cancel_stops_at_the_next_chunk_and_keeps_the_worker(worker, product, long_heard, monkeypatch):
    asked, answers = threading.Event(), []

    def noted(line, classes):
        answers.append(decode(line, classes))
        return answers[-1]

    def progress(phase, share):
        if phase == "Generating":
            asked.set()

    monkeypatch.setattr(client, "decode", noted)
    monkeypatch.setattr(client, "CANCEL_S", LIMIT_S)
    with pytest.raises(Cancelled):
        worker.generate(long_heard, product, device="numpy", progress=progress, should_cancel=asked.is_set)
    assert isinstance(answers[-1], Stopped) and answers[-2].share < 0.9
    assert worker.is_alive
    assert len(worker.generate(babble(3), product)) == 90


def test_a_worker_that_hangs_is_killed_by_cancel(spoiled, product, heard, monkeypatch):
    monkeypatch.setattr(client, "CANCEL_S", 0.3)
    worker = spoiled("import a2g_core.worker.server as s, time; s.generate = lambda *a, **o: time.sleep(600)")
    begin = time.monotonic()
    with pytest.raises(Cancelled):
        worker.generate(heard, product, should_cancel=lambda: time.monotonic() - begin > 0.3)
    assert not worker.is_alive


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_killed_mid_job(product, long_heard, heard):
    worker = Worker(sys.executable)
    worker.start()
    folder = Path(worker._folder.name)

    def kill(phase, share):
        if phase == "Generating" and worker.is_alive:
            os.kill(worker.process.pid, signal.SIGKILL)

    with pytest.raises(WorkerError, match=r"the engine was killed.*; restart it"):
        worker.generate(long_heard, product, progress=kill)
    with pytest.raises(WorkerError, match="the engine was killed"):
        worker.generate(heard, product)
    worker.stop()
    assert not folder.exists()


def test_a_crash_says_why(spoiled, product, heard):
    worker = spoiled("import a2g_core.worker.server as s, os; s.generate = lambda *a, **o: os.abort()")
    with pytest.raises(WorkerError, match=r"the engine stopped \(status -?\d+\)"):
        worker.generate(heard, product)


def test_an_error_that_spoils_the_device_ends_the_worker(spoiled, product, heard):
    fail = "def fail(*a, **o): raise RuntimeError('CUDA error: an illegal memory access was encountered')"
    worker = spoiled(f"{fail}\nimport a2g_core.worker.server as s; s.generate = fail")
    with pytest.raises(
        WorkerError, match=r"unexpected error occurred in the engine \(RuntimeError: CUDA error: an illegal"
    ):
        worker.generate(heard, product)
    wait_until(lambda: any("illegal memory access" in line for line in worker.log))
    assert worker.process.wait(LIMIT_S) == 1


@pytest.mark.parametrize(
    "error",
    ["torch.OutOfMemoryError('CUDA out of memory')", "RuntimeError('MPS backend out of memory')", "MemoryError"],
)
def test_out_of_memory_is_survived(spoiled, product, heard, error):
    worker = spoiled(f"""
import torch, a2g_core.worker.server as s
make, left = s.generate, [1]
def fail(*arguments, **options):
    if left:
        left.pop()
        raise {error}
    return make(*arguments, **options)
s.generate = fail""")
    with pytest.raises(OutOfMemoryError, match="too little free memory; close other programs"):
        worker.generate(heard, product)
    assert len(worker.generate(heard, product)) == 600


# Starting and ending --------------------------------------------------------------------------------------------------


def test_hello(worker):
    assert worker.hello.protocol == PROTOCOL
    assert "cpu" in worker.hello.devices
    worker.ping(LIMIT_S)


def test_free_memory_forgets_and_goes_on(worker, product, heard):
    worker.generate(heard, product)
    worker.free_memory(LIMIT_S)
    assert len(worker.generate(heard, product)) == 600


def test_stop_ends_it_and_leaves_no_files(monkeypatch):
    monkeypatch.setattr(client, "STOP_S", LIMIT_S)
    worker = Worker(sys.executable)
    worker.start()
    folder = Path(worker._folder.name)
    worker.stop()
    assert worker.process.returncode == 0
    assert not folder.exists()


@pytest.mark.parametrize("busy", [False, True])
def test_end_of_input_ends_it(product, long_heard, busy):
    worker = Worker(sys.executable)
    worker.start()
    folder = Path(worker._folder.name)

    def generate_in_vain():
        with pytest.raises(WorkerError):
            worker.generate(long_heard, product)

    thread = threading.Thread(target=generate_in_vain)
    if busy:
        thread.start()
        wait_until(lambda: list(folder.glob("model-*.npz")))
        time.sleep(0.3)
    worker.process.stdin.close()  # as when Blender dies
    assert worker.process.wait(LIMIT_S) == 0
    assert not folder.exists()
    if busy:
        thread.join()


def test_a_python_without_torch(spoiled):
    worker = spoiled("sys.modules['torch'] = None", start=False)
    with pytest.raises(WorkerError, match=r"cannot load torch .*; use Set Up GPU"):
        worker.start()
    assert not worker.is_alive


def test_a_python_that_is_missing_or_none(tmp_path):
    with pytest.raises(WorkerError, match="is missing"):
        Worker(tmp_path / "python").start()
    text = tmp_path / "text"
    text.write_text("hello")
    with pytest.raises(WorkerError, match="cannot be started"):
        Worker(text).start()


def test_a_start_can_be_cancelled_and_ends_by_itself(spoiled):
    worker = spoiled("import time; time.sleep(600)", start=False)
    with pytest.raises(Cancelled):
        worker.start(should_cancel=lambda: True)
    with pytest.raises(WorkerError, match="does not answer"):
        worker.start(timeout_s=0.2)
    assert not worker.is_alive


def test_another_protocol_is_refused(spoiled):
    worker = spoiled("import a2g_core.worker.server as s; s.PROTOCOL = 99", start=False)
    with pytest.raises(WorkerError, match="different versions"):
        worker.start()


def test_what_libraries_print_is_harmless(spoiled, product, heard):
    worker = spoiled("""
import os, a2g_core.worker.server as s
make = s.generate
def chatty(*arguments, **options):
    print("from Python"); os.system("echo from a child"); os.write(1, b"from C")
    assert sys.stdin.read() == ""
    return make(*arguments, **options)
s.generate = chatty""")
    assert len(worker.generate(heard, product)) == 600
    worker.stop()
    wait_until(lambda: "from Python" in " ".join(worker.log))


def test_garbage_is_answered_with_an_error(worker, product):
    def answers():
        try:
            worker.ping(LIMIT_S)
        except WorkerError:
            return False
        return True

    for garbage in ("hello", "[]", "{}", '{"message": "Stop", "now": 1}', '{"message": "Ping", "number": -1}',
                    '{"message": "Ping", "number": 1e999}', "x" * (1 << 17), "\udcff"):  # fmt: skip
        worker.process.stdin.write(garbage.encode("utf-8", "replace").decode() + "\n")
        worker.process.stdin.flush()
        with pytest.raises(WorkerError, match="cannot be read"):
            worker.ping(LIMIT_S)
        wait_until(answers)  # a line that is too long is two
    assert len(worker.generate(babble(3), product)) == 90


@pytest.mark.parametrize("name", ["../task-1.npz", "/etc/passwd", "task-1.npz/..", "model.npz", ""])
def test_files_elsewhere_are_refused(worker, name):
    request = client.Generate(999, name, "model-1.npz", "motion-1.npz", "cpu")
    with worker._busy, pytest.raises(WorkerError, match="invalid name"):
        worker._send(request)
        answer = worker._next_answer(999, deadline=time.monotonic() + LIMIT_S)
        raise client.unpack_error(answer)


def test_the_environment_is_clean(monkeypatch):
    for name in ("PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, "/nowhere")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    environment = clean_environment()
    assert "/nowhere" not in environment.values()
    assert environment["PYTHONNOUSERSITE"] == "1"
    assert environment["CUDA_VISIBLE_DEVICES"] == ""


def test_the_command_line_serves_too(tmp_path):
    command = [sys.executable, "-m", "a2g_core.cli", "worker", "--folder", str(tmp_path)]
    done = subprocess.run(command, input=encode(Ping(5)) + "{}\n", capture_output=True, text=True, timeout=LIMIT_S)
    hello, *answers = [decode(line, ANSWERS) for line in done.stdout.splitlines()]
    assert isinstance(hello, Hello)
    assert [answer.number for answer in answers] == [5, 0]
    assert isinstance(answers[1], Failed)
    assert done.returncode == 0
    missing = subprocess.run([*command[:-1], str(tmp_path / "none")], capture_output=True, text=True, timeout=LIMIT_S)
    assert missing.returncode == 2
    assert "there is no folder" in missing.stderr
