"""Chunks are made on other cores before they are asked for, once each, and a take has the same bits."""

import threading
import time
from dataclasses import replace

import numpy as np
import pytest
from voices import babble
from waiting import wait_until

from a2g_core import blas
from a2g_core.errors import Cancelled
from a2g_core.model.checkpoint import load_model
from a2g_core.model.network import encode_audio
from a2g_core.performing import performance, session
from a2g_core.performing.ahead import MadeOnce
from a2g_core.performing.controls import Controls
from a2g_core.performing.generate import generate
from a2g_core.performing.request import Choice, Idle, Request
from a2g_core.speech.heard import hear


def test_a_number_is_made_once_however_many_ask():
    made = []

    def make(number: int) -> np.ndarray:
        made.append(number)
        time.sleep(0.01)
        return np.full(3, number)

    once, found = MadeOnce(make, 4), []
    threads = [threading.Thread(target=lambda k: found.append(int(once(k)[0])), args=(k % 3,)) for k in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [0, 1, 2] and sorted(found) == sorted([0, 1, 2] * 4)


def test_what_is_far_behind_is_forgotten():
    made = []
    once = MadeOnce(lambda number: made.append(number) or np.zeros(1), 3)
    for number in (0, 1, 2, 3, 1, 0):
        once(number)
    assert made == [0, 1, 2, 3, 0]


def test_whoever_asks_hears_why_it_failed():
    def make(number: int) -> np.ndarray:
        raise ValueError("no")

    once = MadeOnce(make, 4)
    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            once(1)


def test_products_take_one_thread_while_somebody_wants_it_and_their_usual_number_afterwards():
    usual = blas.threads()
    a = np.ones((64, 64), np.float32)
    with blas.on_one_thread():
        with blas.on_one_thread():
            assert blas.threads() == usual and (a @ a == 64).all()
        assert blas.threads() == usual
    assert blas.threads() == usual


@pytest.fixture
def two_cores(monkeypatch):
    """As on a machine with two cores, whatever this one has."""
    monkeypatch.setattr(blas, "threads", lambda: 2)


def test_a_take_has_the_same_bits_with_helpers_and_without(monkeypatch, two_cores):
    model, speech = load_model(), babble(200.0)
    request = Request(seed=3)
    names = set()

    def noted(*arguments: object) -> object:
        names.add(threading.current_thread().name)
        if blas.threads() > len(names):
            time.sleep(0.05)  # on a busy machine the first might have made all before another begins
        return encode_audio(*arguments)

    monkeypatch.setattr(session, "encode_audio", noted)
    helped = generate(speech, model, request)
    assert len(names) == 2  # this thread, and a helper
    span = generate(speech, model, request, span=(3000, 3100))
    monkeypatch.setattr(blas, "threads", lambda: 1)
    names.clear()
    alone = generate(speech, model, request)
    assert len(names) == 1
    assert helped.quaternions.tobytes() == alone.quaternions.tobytes()
    assert helped.translation.tobytes() == alone.translation.tobytes()
    assert span.quaternions.tobytes() == alone.quaternions[3000:3100].tobytes()


def test_a_take_that_is_cancelled_leaves_no_thread_behind(two_cores):
    before = set(threading.enumerate())
    asked = iter([False, False, False, True])
    with pytest.raises(Cancelled):
        generate(babble(120.0), load_model(), should_cancel=lambda: next(asked, True))
    wait_until(lambda: set(threading.enumerate()) <= before)


def test_what_is_decoded_alike_is_decoded_once_and_gives_the_same_bits(monkeypatch):
    """A slider of the finished motion needs no network, and a choice those chunks alone that it changes."""
    model, heard = load_model(), hear(babble(60.0), load_model().fps)
    decode, made = performance.decode, []
    monkeypatch.setattr(performance, "decode", lambda *arguments: made.append(1) or decode(*arguments))
    kept, base = session.Session(heard, model), Request(seed=3, idle=Idle())
    requests = {
        "base": base,
        "energy": replace(base, controls=Controls(energy=0.5)),
        "posture": replace(base, controls=Controls(energy=1.5, posture=0.5)),
        "choice": replace(base, choices=(Choice(10.0, 12.0, 3, 2),)),
        "no idle": Request(seed=3, controls=Controls(energy=0.5)),
        "variation": replace(base, controls=Controls(variation=1.5)),
        "calm": replace(base, controls=Controls(calm=0.5)),
        "take": replace(base, take=1),
        "style": replace(base, style=model.styles[0]),
        "as before": base,
    }
    decoded = {}
    for name, request in requests.items():
        made.clear()
        motion = generate(kept, model, request)
        decoded[name] = len(made)
        fresh = generate(session.Session(heard, model), model, request)
        assert motion.quaternions.tobytes() == fresh.quaternions.tobytes(), name
        assert motion.translation.tobytes() == fresh.translation.tobytes(), name
    assert decoded["energy"] == decoded["posture"] == 0 < decoded["choice"] < decoded["base"]
    assert all(decoded[name] == decoded["base"] for name in ("variation", "calm", "take", "style", "as before"))
