"""What client and worker exchange comes back as it was, and what is spoiled ends in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_models import ACCENTED, SMALL, STITCHED, random_model
from voices import babble

from a2g_core.body.motion import Motion, Pin
from a2g_core.body.skeleton import SMPLX
from a2g_core.errors import A2GError, AudioError, PinError
from a2g_core.formats import native
from a2g_core.performing.controls import Controls
from a2g_core.performing.request import DEFAULT, Choice, Request
from a2g_core.speech.heard import hear
from a2g_core.worker import packing, protocol
from a2g_core.worker.packing import Task
from a2g_core.worker.protocol import ANSWERS, REQUESTS, WorkerError, decode, encode, pack_error, unpack_error

MESSAGES = [
    protocol.Generate(3, "task-3.npz", "model-1.npz", "motion-3.npz", "cuda"),
    protocol.Cancel(3),
    protocol.Ping(4),
    protocol.FreeMemory(5),
    protocol.Stop(),
    protocol.Hello("1.0", 1, "3.12.1", "2.13.0", ["cpu", "cuda"], "cuda", {"cuda": "Müller 9000"}),
    protocol.Progress(3, "Generating", 0.25),
    protocol.Progress(3, "Generating", 1),
    protocol.Done(3),
    protocol.Stopped(3),
    protocol.Failed(3, "PinError", "a {name} is bad", "mend it", {"name": "pin"}),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: type(m).__name__)
def test_messages_come_back(message):
    line = encode(message)
    assert line.endswith("\n") and line.count("\n") == 1
    assert decode(line.rstrip("\n"), (*REQUESTS, *ANSWERS)) == message


@given(st.text() | st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("message"), inner),
).map(json.dumps))  # fmt: skip
def test_anything_else_is_one_sentence(line):
    with pytest.raises(WorkerError, match="cannot be read"):
        decode(line, REQUESTS)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: type(m).__name__)
def test_a_spoiled_field_is_one_sentence(message):
    values = json.loads(encode(message))
    for name in values:
        for bad in (None, True, -1, "x" if not isinstance(values[name], str) else 7, [3], float("nan")):
            if type(bad) is type(values[name]) and bad != -1:
                continue
            with pytest.raises(WorkerError):
                decode(json.dumps({**values, name: bad}), (*REQUESTS, *ANSWERS))
    for kind in (REQUESTS, ANSWERS):
        if type(message) not in kind:
            with pytest.raises(WorkerError, match="unknown"):
                decode(encode(message), kind)


@pytest.mark.parametrize(
    "error",
    [
        AudioError("the speech is silent", "turn it up"),
        PinError("a pin of {n:.2f} s {{really}}", "trim '{name}'", n=3.14159, name="wave"),
        WorkerError("'{path}' is gone", "look for it", path=Path("/tmp/x")),
        protocol.OutOfMemoryError("too little", "free some"),
        PinError("a strength of {values} is odd", "give one", values=np.ones(3)),
        PinError("shape {shape}", "mend it", shape=(1, 2)),
    ],
)
def test_errors_come_back(error):
    line = encode(pack_error(7, error))
    again = unpack_error(decode(line.rstrip("\n"), ANSWERS))
    assert type(again) is type(error)
    assert str(again) == str(error)


def test_an_unknown_error_is_still_an_error():
    assert isinstance(unpack_error(protocol.Failed(1, "SystemExit", "p", "h")), WorkerError)
    assert isinstance(unpack_error(protocol.Failed(1, "AudioError", "{", "h", {"a": 1})), A2GError)
    assert isinstance(unpack_error(protocol.Failed(1, "AudioError", "p", "h", {"problem": 1})), A2GError)


def clip(n: int = 9) -> Motion:
    rng = np.random.default_rng(n)
    q = rng.standard_normal((n, 2, 4))
    q /= np.linalg.norm(q, axis=-1, keepdims=True)
    return Motion(q, rng.standard_normal((n, 3)), 23.976, SMPLX.subset(("pelvis", "spine1")))


def same(a: Motion, b: Motion) -> bool:
    arrays = np.array_equal(a.quaternions, b.quaternions) and np.array_equal(a.translation, b.translation)
    return arrays and (a.fps, a.skeleton) == (b.fps, b.skeleton)


def full_task() -> Task:
    request = Request(
        seed=2**63 + 5, take=3, style="Far",
        choices=(Choice(0.1, 0.7, 8, 1), Choice(-1.0, 0.2, -9)),
        controls=Controls(energy=np.float32([0.5, 1.7]), calm=0.1, posture=np.linspace(-1, 1, 7), variation=0.0),
        pins=(Pin(clip(9), 0.123456789, np.linspace(0, 1, 9, dtype=np.float32), 0.1, 0.7), Pin(clip(4), 1.0)),
        fps=29.97, span=(3, 17),
    )  # fmt: skip
    return Task(hear(babble(2), 30.0), request)


@pytest.mark.parametrize("task", [full_task(), Task(hear(babble(1), 30.0))], ids=["full", "plain"])
def test_a_task_comes_back(tmp_path, task):
    packing.save_task(tmp_path / "task-1.npz", task)
    again = packing.load_task(tmp_path / "task-1.npz")
    assert np.array_equal(again.heard.features, task.heard.features)
    for name in ("fps", "duration_s", "digest"):
        assert getattr(again.heard, name) == getattr(task.heard, name)
    for name in ("seed", "take", "style", "choices", "fps", "span"):
        assert getattr(again.request, name) == getattr(task.request, name)
    for name in ("energy", "calm", "posture", "variation"):
        a, b = getattr(again.request.controls, name), getattr(task.request.controls, name)
        assert np.array_equal(a, b) and np.ndim(a) == np.ndim(b)
    assert len(again.request.pins) == len(task.request.pins)
    for a, b in zip(again.request.pins, task.request.pins, strict=True):
        assert same(a.clip, b.clip) and np.array_equal(a.strength, b.strength)
        assert (a.start_s, a.fade_in_s, a.fade_out_s) == (b.start_s, b.fade_in_s, b.fade_out_s)


def test_the_plain_task_is_that_of_generates_defaults():
    assert Task(hear(babble(1), 30.0)).request is DEFAULT


@pytest.mark.parametrize("config", [SMALL, STITCHED, ACCENTED], ids=lambda c: c.name)
def test_a_model_and_a_motion_come_back(tmp_path, config):
    model = random_model(config)
    packing.save_model(tmp_path / "model-1.npz", model)
    again = packing.load_model(tmp_path / "model-1.npz")
    assert (again.config, again.info) == (model.config, model.info)
    assert all(np.array_equal(again.parameters[n], a) for n, a in model.parameters.items())
    assert all(np.array_equal(getattr(again, n), getattr(model, n)) for n in ("bank", "pieces", "sequences", "moments"))
    assert again.pieces_digest == model.pieces_digest
    assert again.styles == model.styles
    packing.save_motion(tmp_path / "motion-1.npz", clip())
    assert same(packing.load_motion(tmp_path / "motion-1.npz"), clip())


@pytest.mark.parametrize("load", [packing.load_task, packing.load_model, packing.load_motion])
def test_spoiled_files_are_one_sentence(tmp_path, load):
    path = tmp_path / "task-1.npz"
    with pytest.raises(WorkerError, match="cannot be read"):
        load(path)
    pickled = np.empty(1, object)
    pickled[0] = {"not": "unpickled"}
    for content in (b"", b"PK\x03\x04 and no more", b"\x93NUMPY"):
        path.write_bytes(content)
        with pytest.raises(WorkerError, match="cannot be read"):
            load(path)
    for arrays in ({"about": pickled}, {"about": np.zeros(3)}, {"about": np.frombuffer(b"{}", np.uint8)}, {}):
        np.savez(path, **arrays)
        with pytest.raises(WorkerError, match="cannot be read"):
            load(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [("seed", 2**65), ("seed", 1.5), ("seed", "1"), ("span", [1]), ("span", ["a", "b"]), ("span", 3), ("fps", "x"),
     ("choices", [[1]]), ("choices", [{"start_s": 0}]), ("choices", 5), ("pins", [{}]), ("controls", None),
     ("controls", {"grace": 1})],
)  # fmt: skip
def test_a_spoiled_request_is_one_sentence(tmp_path, name, value):
    path = tmp_path / "task-1.npz"
    values = {"heard": full_task().heard.to_dict(), "request": full_task().request.to_dict() | {name: value}}
    with path.open("wb") as file:
        native.save(file, values)
    with pytest.raises(WorkerError, match="cannot be read"):
        packing.load_task(path)


@pytest.mark.parametrize(
    ("name", "value"), [("fps", -1), ("duration_s", float("nan")), ("features", None), ("features", np.zeros((5, 3)))]
)
def test_spoiled_speech_is_one_sentence(tmp_path, name, value):
    path = tmp_path / "task-1.npz"
    with path.open("wb") as file:
        native.save(file, {"heard": full_task().heard.to_dict() | {name: value}, "request": DEFAULT.to_dict()})
    with pytest.raises(WorkerError, match="cannot be read"):
        packing.load_task(path)


def test_a_model_that_is_not_what_it_says(tmp_path):
    model = random_model()
    model.parameters.popitem()
    packing.save_model(tmp_path / "model-1.npz", model)
    with pytest.raises(WorkerError, match="has a missing or unknown array"):
        packing.load_model(tmp_path / "model-1.npz")


@pytest.mark.parametrize(
    ("problem", "values"),
    [
        ("{name:>999999999999}", {"name": "x"}), ("{name.__class__}", {"name": "x"}), ("{name[0]}", {"name": "x"}),
        ("{0}", {}), ("{name!r}", {"name": "x"}), ("{name", {"name": "x"}), ("{problem}", {"problem": "x"}),
        ("{n:.99999999f}", {"n": 1.5}),
    ],
)  # fmt: skip
def test_an_error_of_the_worker_may_name_values_and_do_no_more(problem, values):
    error = unpack_error(protocol.Failed(1, "PinError", problem, "mend it", values))
    assert error.problem == "the engine reported an error that cannot be read"


def test_text_that_is_no_unicode_is_refused_since_nothing_could_show_it():
    line = encode(protocol.Progress(1, "x", 0.5)).replace('"x"', r'"\ud800"').rstrip()
    with pytest.raises(WorkerError, match="not valid JSON"):
        decode(line, ANSWERS)


@pytest.mark.parametrize(
    ("name", "value"), [("duration_s", 1e8), ("features", np.full((180, 64), np.nan, np.float32)), ("fps", 1e8)]
)
def test_speech_that_is_not_as_long_as_it_says_is_one_sentence(tmp_path, name, value):
    path = tmp_path / "task-1.npz"
    values = {"heard": full_task().heard.to_dict() | {name: value}, "request": full_task().request.to_dict()}
    with path.open("wb") as file:
        native.save(file, values)
    with pytest.raises(WorkerError, match="cannot be read"):
        packing.load_task(path)


def test_a_model_that_is_not_finite_is_one_sentence(tmp_path):
    model = random_model()
    model.parameters["decoder.out.bias"] = np.full_like(model.parameters["decoder.out.bias"], np.nan)
    packing.save_model(tmp_path / "model-1.npz", model)
    with pytest.raises(WorkerError, match=r"'decoder\.out\.bias' in 'model' is not finite"):
        packing.load_model(tmp_path / "model-1.npz")
