"""Where gestures are generated: inside Blender by NumPy, or in a worker process by torch, as the preferences say.

The one place that decides it. What fails says so and is never silently replaced by the other. The worker starts when it
is first needed, stays warm, also over file loads, and ends with Blender. ``generate`` runs in a job's thread and
touches nothing of Blender's; what it needs of the preferences is gathered before, into EngineSettings.
"""

from __future__ import annotations

import atexit
import logging
import platform
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bpy
import numpy as np

from .. import preferences
from ..a2g_core.body.motion import Motion
from ..a2g_core.errors import A2GError, Cancelled
from ..a2g_core.model.checkpoint import Model
from ..a2g_core.performing import generate as core
from ..a2g_core.speech.audio import Speech
from ..a2g_core.speech.heard import Heard
from ..a2g_core.worker.client import Worker
from ..a2g_core.worker.install import interpreter_in
from ..a2g_core.worker.protocol import WorkerError
from ..sentences import sentence
from . import gesture_model
from .redraw import redraw

IDLE, LOADING, READY, BUSY, STOPPED = "Idle", "Starting", "Ready", "Busy", "Stopped"
CPU_NAME = "CPU"

_REDRAW_S = 0.2
_LOCK_S = 0.05
_log = logging.getLogger(__name__)
_starting = threading.Lock()
_worker: Worker | None = None
_problem: A2GError | None = None


@dataclass(frozen=True)
class EngineSettings:
    """What the preferences say about the engine; without arguments, NumPy inside Blender."""

    engine: str = "NUMPY"
    python: str = ""
    device: str = "AUTO"

    @property
    def uses_worker(self) -> bool:
        """Whether gestures are generated outside Blender."""
        return self.engine == "WORKER"


@dataclass(frozen=True)
class EngineState:
    """What a panel shows. kind: one of IDLE, LOADING, READY, BUSY, STOPPED. problem: how the last attempt failed."""

    kind: str
    device: str
    problem: str = ""


@dataclass(frozen=True)
class Finding:
    """A line of Check Setup."""

    label: str
    is_good: bool
    text: str


last_check: tuple[Finding, ...] = ()
"""What Check Setup found when it was last used."""


def settings(context: bpy.types.Context) -> EngineSettings:
    """The preferences' choice, with no reference to Blender's data."""
    chosen = preferences.get(context)
    python = bpy.path.abspath(chosen.worker_python) if chosen.worker_python else ""
    own = interpreter_in(preferences.user_folder("worker"))
    return EngineSettings(chosen.engine, python or (str(own) if own.is_file() else ""), chosen.device)


def check(chosen: EngineSettings) -> None:
    """A2GError if this engine cannot be started; cheap enough for every redraw."""
    if not chosen.uses_worker:
        return
    if not chosen.python:
        raise WorkerError("the graphics card's engine is not set up", "use Set Up GPU, or this computer's CPU")
    if not Path(chosen.python).is_file():
        raise WorkerError(
            "the engine's Python '{path}' is missing", "use Set Up GPU, or this computer's CPU", path=chosen.python
        )


def generate(
    speech: Speech | Heard,
    model: Model,
    *,
    settings: EngineSettings = EngineSettings(),
    progress: Callable[[str, float], None] | None = None,
    should_cancel: Callable[[], bool] | None = None,
    **options: Any,
) -> Motion:
    """`generate` on the chosen engine: same arguments but for the device, same motion within 1e-4.

    For any thread. A worker that does not run is started first. Raises WorkerError besides the core's errors.
    """
    global _problem
    options |= {"progress": progress, "should_cancel": should_cancel}
    if not settings.uses_worker:
        return core.generate(speech, model, device="numpy", **options)
    try:
        worker = _running(settings, progress, should_cancel)
        motion = worker.generate(speech, model, device=settings.device.lower(), **options)
    except WorkerError as error:
        _log.info("the engine failed: %s", error)
        _problem = error
        raise
    _problem = None
    return motion


def state(chosen: EngineSettings) -> EngineState:
    """What the engine is doing; notices a worker that died unasked."""
    global _worker, _problem
    worker = _worker
    if not chosen.uses_worker:
        return EngineState(READY, CPU_NAME)
    if _starting.locked():
        return EngineState(LOADING, _wished(chosen))
    if worker is not None and not worker.is_alive:
        _problem = _problem or worker.death()
        _worker = worker = None
    problem = sentence(_problem) if _problem else ""
    if worker is None:
        return EngineState(STOPPED if problem else IDLE, _wished(chosen), problem)
    return EngineState(BUSY if worker.is_busy else READY, _device_name(worker, chosen), problem)


def start(chosen: EngineSettings) -> None:
    """Have the worker started, anew if it runs, without waiting for it; how that ends shows in `state`."""
    global _problem
    check(chosen)
    stop()
    thread = threading.Thread(target=_start_quietly, args=(chosen,), name="a2g-engine", daemon=True)
    thread.start()
    if bpy.app.background:
        thread.join()
    elif not bpy.app.timers.is_registered(redraw_while_loading):
        bpy.app.timers.register(redraw_while_loading, first_interval=_REDRAW_S)


def stop() -> None:
    """End the worker, if there is one, which gives back all of its memory; a motion in the making is lost."""
    global _worker, _problem
    worker, _worker, _problem = _worker, None, None
    if worker is not None:
        _log.info("stopping the engine")
        worker.stop()


def check_setup(chosen: EngineSettings, model_file: str = "") -> tuple[Finding, ...]:
    """Try everything that generating needs; takes as long as starting the engine does. model_file: see
    ``gesture_model.load``.
    """
    global last_check
    findings = []
    model = None
    try:
        model = gesture_model.load(model_file)
        findings.append(Finding("Gesture Model", True, f"{model.info.get('name')}, {model.info['sha256'][:8]}"))
    except A2GError as error:
        findings.append(Finding("Gesture Model", False, sentence(error)))
    try:
        check(chosen)
        if chosen.uses_worker:
            findings.append(Finding("Engine Python", True, chosen.python))
            _running(chosen, None, None)
        findings.append(Finding("Device", True, state(chosen).device))
        if model is not None:
            findings.append(Finding("One Second of Speech", True, f"{_dry_run(model, chosen):.2f} s"))
    except A2GError as error:
        findings.append(Finding("Engine", False, sentence(error)))
    last_check = tuple(findings)
    return last_check


def redraw_while_loading() -> float | None:
    """A timer: seconds to its next tick, or None when the engine has started."""
    redraw()
    return _REDRAW_S if _starting.locked() else None


def _dry_run(model: Model, chosen: EngineSettings) -> float:
    """Seconds for one second of noise, once everything is warm."""
    rate_hz = 16000
    noise = Speech.from_samples(0.1 * np.random.default_rng(0).standard_normal(rate_hz).astype(np.float32), rate_hz)
    generate(noise, model, settings=chosen)
    began = time.perf_counter()
    generate(noise, model, settings=chosen)
    return time.perf_counter() - began


def _running(chosen: EngineSettings, progress, should_cancel) -> Worker:
    """The worker of these settings, started if it does not run."""
    global _worker
    check(chosen)
    while not _starting.acquire(timeout=_LOCK_S):
        if should_cancel is not None and should_cancel():
            raise Cancelled
    try:
        worker = _worker
        if worker is not None and worker.is_alive and worker.python == Path(chosen.python):
            return worker
        if worker is not None:
            worker.stop()
        if progress is not None:
            progress("Starting the engine", 0.0)
        worker = _worker = Worker(chosen.python)
        _log.info("starting the engine: %s", chosen.python)
        worker.start(should_cancel)
        _log.info("the engine is ready on %s", _device_name(worker, chosen))
        return worker
    except BaseException:
        _worker = None
        raise
    finally:
        _starting.release()


def _start_quietly(chosen: EngineSettings) -> None:
    global _problem
    try:
        _running(chosen, None, None)
    except A2GError as error:
        _log.info("the engine does not start: %s", error)
        _problem = error


def _wished(chosen: EngineSettings) -> str:
    names = {"AUTO": "Graphics Card", "CUDA": "Graphics Card", "MPS": "Apple", "CPU": CPU_NAME}
    return names[chosen.device]


def _device_name(worker: Worker, chosen: EngineSettings) -> str:
    """The maker's name of the device that is used."""
    device = worker.hello.auto if chosen.device == "AUTO" else chosen.device.lower()
    if device in ("numpy", "cpu"):
        return CPU_NAME
    return worker.hello.names.get(device) or platform.machine()


def register() -> None:
    """Have the worker end with Blender."""
    atexit.register(stop)


def unregister() -> None:
    """End the worker."""
    atexit.unregister(stop)
    stop()
    if bpy.app.timers.is_registered(redraw_while_loading):
        bpy.app.timers.unregister(redraw_while_loading)
