"""Where gestures are generated: inside Blender by NumPy, or in a worker process by PyTorch, as the preferences say.

This is the one place that decides it. A failure is reported and never silently answered by the other engine. The worker
starts when it is first needed, stays warm even when another file is opened, and ends with Blender. `Engine.generate`
runs on a job's thread and touches no Blender data; what it needs of the preferences is gathered before, into
EngineSettings.
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
from typing import TYPE_CHECKING

import bpy
import numpy as np
from bpy.app.translations import pgettext_iface as iface_

from .. import preferences
from ..a2g_core.body.motion import Motion
from ..a2g_core.errors import A2GError, Cancelled
from ..a2g_core.files import is_file
from ..owner import disown, own, owned
from ..sentences import sentence
from ..timer import Timer
from . import gesture_model
from .gesture_model import Models
from .redraw import redraw

if TYPE_CHECKING:
    from ..a2g_core.model.checkpoint import Model
    from ..a2g_core.performing.request import Request
    from ..a2g_core.performing.session import Progress, Session
    from ..a2g_core.speech.audio import Speech
    from ..a2g_core.speech.heard import Heard
    from ..a2g_core.worker.client import Worker

IDLE, LOADING, READY, BUSY, STOPPED = "Idle", "Starting", "Ready", "Busy", "Stopped"
CPU_NAME = "CPU"

_REDRAW_S = 0.2
_FAST_S = 0.3
"""A slider that answers later than that feels slow."""
_LOCK_S = 0.05
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class EngineSettings:
    """What the preferences say about the engine; the defaults are NumPy inside Blender."""

    engine: str = "NUMPY"
    python: str = ""
    device: str = "AUTO"

    @property
    def uses_worker(self) -> bool:
        """Whether gestures are generated outside Blender."""
        return self.engine == "WORKER"


@dataclass(frozen=True)
class EngineState:
    """What a panel shows. kind: one of IDLE, LOADING, READY, BUSY, STOPPED. problem: why the last attempt failed."""

    kind: str
    device: str
    problem: str = ""


@dataclass(frozen=True)
class Finding:
    """A line of Check Setup."""

    label: str
    is_good: bool
    text: str


def settings(context: bpy.types.Context) -> EngineSettings:
    """The preferences' choice, without a reference to Blender's data."""
    from ..a2g_core.worker.install import interpreter_in

    chosen = preferences.get(context)
    python = bpy.path.abspath(chosen.worker_python) if chosen.worker_python else ""
    installed = interpreter_in(preferences.user_folder("worker"))
    return EngineSettings(chosen.engine, python or (str(installed) if is_file(installed) else ""), chosen.device)


def check(chosen: EngineSettings) -> None:
    """A2GError if this engine cannot be started; cheap enough for every redraw."""
    from ..a2g_core.worker.protocol import WorkerError

    if not chosen.uses_worker:
        return
    if not chosen.python:
        raise WorkerError("the graphics card's engine is not set up", "use Set Up GPU, or this computer's CPU")
    if not is_file(chosen.python):
        raise WorkerError(
            "the engine's Python '{path}' is missing", "use Set Up GPU, or this computer's CPU", path=chosen.python
        )


class Engine:
    """The worker process, if there is one, and why it failed last.

    Threads: a job's thread calls `generate`; `start` has a thread of its own wait for the worker; everything else runs
    on the main thread. `_starting` is held while a worker starts, so that there is never a second one. `_lock` guards
    `_worker` and `_problem`, and is held for an assignment only, so that a redraw never waits.
    """

    def __init__(self, models: Models) -> None:
        self.last_check: tuple[Finding, ...] = ()
        """What Check Setup found when it was last used."""
        self._models = models
        self._timer = Timer(self._redraw_while_starting)
        self._starting = threading.Lock()
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._problem: A2GError | None = None

    @property
    def worker(self) -> Worker | None:
        """The worker process, running or being started; None before it is needed."""
        with self._lock:
            return self._worker

    def generate(
        self,
        speech: Speech | Heard | Session,
        model: Model,
        request: Request | None = None,
        *,
        settings: EngineSettings = EngineSettings(),
        progress: Progress | None = None,
        should_cancel: Callable[[], bool] | None = None,
    ) -> Motion:
        """`performing.generate.generate` on the chosen engine, which gives the same motion to 1e-4.

        Starts the worker if it does not run. Raises WorkerError besides the core's errors.
        """
        from ..a2g_core.performing import generate as core
        from ..a2g_core.performing.request import DEFAULT
        from ..a2g_core.performing.session import Session
        from ..a2g_core.worker.protocol import WorkerError

        asked = request or DEFAULT
        if not settings.uses_worker:
            return core.generate(speech, model, asked, progress=progress, should_cancel=should_cancel)
        said = speech.heard if isinstance(speech, Session) else speech
        try:
            worker = self.running_worker(settings, progress, should_cancel)
            motion = worker.generate(
                said,
                model,
                request or DEFAULT,
                device=settings.device.lower(),
                progress=progress,
                should_cancel=should_cancel,
            )
        except WorkerError as error:
            _log.info("the engine failed: %s", error)
            self._note(error)
            raise
        self._note(None)
        return motion

    def running_worker(
        self,
        chosen: EngineSettings,
        progress: Callable[[str, float], None] | None = None,
        should_cancel: Callable[[], bool] | None = None,
    ) -> Worker:
        """The worker of these settings, started if it does not run. Raises WorkerError, Cancelled."""
        from ..a2g_core.worker.client import Worker

        check(chosen)
        while not self._starting.acquire(timeout=_LOCK_S):
            if should_cancel is not None and should_cancel():
                raise Cancelled
        try:
            worker = self.worker
            if worker is not None and worker.is_alive and worker.python == Path(chosen.python):
                return worker
            if worker is not None:
                worker.stop()
            if progress is not None:
                progress("Starting the engine", 0.0)
            worker = Worker(chosen.python)
            with self._lock:
                self._worker = worker
            _log.info("starting the engine: %s", chosen.python)
            worker.start(should_cancel)
            _log.info("the engine is ready on %s", _device_name(worker, chosen))
            return worker
        except BaseException:
            with self._lock:
                self._worker = None
            raise
        finally:
            self._starting.release()

    def state(self, chosen: EngineSettings) -> EngineState:
        """What the engine is doing; notices a worker that died unasked."""
        if not chosen.uses_worker:
            return EngineState(READY, CPU_NAME)
        if self._starting.locked():
            return EngineState(LOADING, _requested_device(chosen))
        with self._lock:
            worker = self._worker
            if worker is not None and not worker.is_alive:
                self._problem = self._problem or worker.death()
                self._worker = worker = None
            problem = sentence(self._problem) if self._problem else ""
        if worker is None:
            return EngineState(STOPPED if problem else IDLE, _requested_device(chosen), problem)
        return EngineState(BUSY if worker.is_busy else READY, _device_name(worker, chosen), problem)

    def start(self, chosen: EngineSettings) -> None:
        """Start the worker, anew if it runs, without waiting for it; `state` tells how that ends."""
        check(chosen)
        self.stop()
        thread = threading.Thread(target=self._start_quietly, args=(chosen,), name="a2g-engine", daemon=True)
        thread.start()
        if bpy.app.background:
            thread.join()
        else:
            self._timer.start(_REDRAW_S)

    def stop(self) -> None:
        """End the worker, if there is one, which frees all of its memory; a motion in the making is lost."""
        with self._lock:
            worker, self._worker, self._problem = self._worker, None, None
        if worker is not None:
            _log.info("stopping the engine")
            worker.stop()

    def close(self) -> None:
        """End the worker and all that waits for it."""
        self._timer.stop()
        self.stop()

    def check_setup(self, chosen: EngineSettings, model_file: str = "") -> tuple[Finding, ...]:
        """Try everything that generating needs; takes as long as starting the engine does.

        model_file: see ``gesture_model.load``.
        """
        findings = []
        model = None
        try:
            model = self._models.load(model_file)
            name = gesture_model.name_of(model, model_file) if model_file else iface_("built-in model")
            findings.append(Finding("Gesture Model", True, name))
        except A2GError as error:
            findings.append(Finding("Gesture Model", False, sentence(error)))
        try:
            check(chosen)
            if chosen.uses_worker:
                findings.append(Finding("Engine Python", True, chosen.python))
                self.running_worker(chosen)
            findings.append(Finding("Device", True, self.state(chosen).device))
            if model is not None:
                findings.append(Finding("Speed", True, speed(self._dry_run(model, chosen))))
        except A2GError as error:
            findings.append(Finding("Engine", False, sentence(error)))
        self.last_check = tuple(findings)
        return self.last_check

    def _note(self, problem: A2GError | None) -> None:
        with self._lock:
            self._problem = problem

    def _start_quietly(self, chosen: EngineSettings) -> None:
        try:
            self.running_worker(chosen)
        except A2GError as error:
            _log.info("the engine does not start: %s", error)
            self._note(error)

    def _redraw_while_starting(self) -> float | None:
        redraw()
        return _REDRAW_S if self._starting.locked() else None

    def _dry_run(self, model: Model, chosen: EngineSettings) -> float:
        """Seconds for one second of noise, once everything is warm."""
        from ..a2g_core.speech.audio import Speech

        rate_hz = 16000
        noise = Speech.from_samples(0.1 * np.random.default_rng(0).standard_normal(rate_hz).astype(np.float32), rate_hz)
        self.generate(noise, model, settings=chosen)
        began = time.perf_counter()
        self.generate(noise, model, settings=chosen)
        return time.perf_counter() - began


def speed(seconds: float) -> str:
    """In words, how it feels that a second of speech takes so long to perform."""
    if seconds < _FAST_S:
        text = iface_("fast enough, a second of speech takes {seconds:.2f} s")
    elif seconds < 1.0:
        text = iface_("enough to work with, a second of speech takes {seconds:.2f} s")
    else:
        text = iface_("slow, a second of speech takes {seconds:.1f} s; sliders will follow late")
    return text.format(seconds=seconds)


def _requested_device(chosen: EngineSettings) -> str:
    names = {"AUTO": "Graphics Card", "CUDA": "Graphics Card", "MPS": "Apple", "CPU": CPU_NAME}
    return names[chosen.device]


def _device_name(worker: Worker, chosen: EngineSettings) -> str:
    """The manufacturer's name of the device in use; what was asked for until the worker has said hello."""
    if worker.hello is None:
        return _requested_device(chosen)
    device = worker.hello.auto if chosen.device == "AUTO" else chosen.device.lower()
    if device in ("numpy", "cpu"):
        return CPU_NAME
    return worker.hello.names.get(device) or platform.machine()


def register() -> None:
    """Start without a worker; one that is started ends with Blender."""
    atexit.register(own(Engine(owned(Models))).stop)


def unregister() -> None:
    """End the worker."""
    engine = disown(Engine)
    atexit.unregister(engine.stop)
    engine.close()
