"""What a maker remembers, used by two threads at once."""

from __future__ import annotations

import sys
import threading
from types import SimpleNamespace

import numpy as np
import pytest
from waiting import LIMIT_S

RATE_HZ = 8000
N_SPEECHES, N_ROUNDS = 3, 20_000


@pytest.fixture
def hurried():
    """Threads take turns after every few instructions."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def noise(addon) -> SimpleNamespace:
    """A request for a fifth of a second of noise."""
    samples = 0.1 * np.random.default_rng(0).standard_normal(RATE_HZ // 5)
    speech = addon.a2g_core.speech.audio.Speech.from_samples(samples, RATE_HZ)
    return SimpleNamespace(speech=SimpleNamespace(key="noise", clips=(1,), open=lambda _should_cancel: speech))


def test_two_threads_hear_speeches_at_once(addon, maker, hurried, monkeypatch):
    """Hearing takes no time and one speech is kept, so that each thread keeps dropping what the other one is about to
    return."""
    monkeypatch.setattr(addon.work.make, "KEPT_SPEECHES", 1)
    monkeypatch.setattr(
        addon.a2g_core.speech.heard, "hear", lambda speech, _fps, _should_cancel: SimpleNamespace(of=speech)
    )
    maker.forget_speeches()
    model = addon.work.gesture_model.load()
    failures: list[object] = []

    def hear_all(seed: int) -> None:
        order = np.random.default_rng(seed).integers(0, N_SPEECHES, N_ROUNDS).tolist()
        try:
            for which in order:
                speech = SimpleNamespace(key=str(which), clips=(which,), open=lambda _should_cancel, which=which: which)
                request = SimpleNamespace(speech=speech)
                if maker.hear(request, model).of != which:
                    failures.append(which)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=hear_all, args=(seed,)) for seed in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    maker.forget_speeches()
    assert not failures


def test_a_speech_is_heard_once_until_it_is_forgotten(addon, maker):
    model, request = addon.work.gesture_model.load(), noise(addon)
    heard = maker.hear(request, model)
    assert maker.hear(request, model) is heard
    maker.forget_speeches()
    assert maker.hear(request, model) is not heard


def test_two_threads_that_hear_the_same_speech_share_one_copy(addon, maker):
    model, request = addon.work.gesture_model.load(), noise(addon)
    both = threading.Barrier(2)
    speech = request.speech.open(None)

    def open_together(_should_cancel):
        both.wait(LIMIT_S)  # neither has heard it when the other one begins
        return speech

    request.speech.open = open_together
    maker.forget_speeches()
    heard: list[object] = []
    threads = [threading.Thread(target=lambda: heard.append(maker.hear(request, model))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard) == 2 and heard[0] is heard[1]


def test_the_idle_pose_is_computed_once(addon, maker):
    model = addon.work.gesture_model.load()
    assert maker.idle(model) is maker.idle(model)


def test_what_is_prepared_is_there_for_the_first_click_and_no_error_is_told(addon, tmp_path, monkeypatch):
    models = addon.work.gesture_model.Models()
    made = addon.work.make.Maker(models, addon.owner.owned(addon.work.engine.Engine))
    for file in (str(tmp_path / "gone.safetensors"), ""):
        made.prepare(file)
        made.wait_until_prepared()
    monkeypatch.setattr(addon.a2g_core.model.checkpoint, "load_model", lambda _path: pytest.fail("it is read again"))
    assert models.load().info["name"]
