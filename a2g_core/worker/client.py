"""Starts a worker and has it generate motions. Needs only NumPy and the standard library: this half runs in Blender.

Reading threads only fill a queue. If a worker crashes, hangs or is killed, the caller gets a one-sentence error and
nothing else is affected.
"""

from __future__ import annotations

import itertools
import json
import logging
import os
import queue
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import array_api_compat

from ..body.motion import Motion
from ..errors import Cancelled
from ..files import is_file
from ..model.checkpoint import Model
from ..performing.request import DEFAULT, Request
from ..speech.audio import Speech
from ..speech.heard import Heard, hear
from . import packing
from .packing import Task
from .protocol import (
    ANSWERS,
    MAX_LINE,
    PROTOCOL,
    Answer,
    Asked,
    Cancel,
    Done,
    Failed,
    FreeMemory,
    Generate,
    Hello,
    Ping,
    Progress,
    Stop,
    WorkerError,
    decode,
    encode,
    unpack_error,
)

START_S = 180.0
"""Longest wait for a worker's hello: loading torch from a cold disk takes a minute."""

CANCEL_S = 3.0
"""Longest wait for a cancelled worker to stop at its next chunk; then it is killed."""

STOP_S = 2.0
"""Longest wait for a worker that was asked to end, or that has closed its output; then it is killed."""

_POLL_S = 0.05
_LOG_LINES = 200
_QUOTE = 200  # characters kept of the worker's stderr
_log = logging.getLogger(__name__)

# The worker runs this copy of the core, whatever else is installed in its Python. The folder above is not put on its
# path, because the add-on has modules with common names there.
_BOOTSTRAP = """
import importlib.util, json, sys
for name, folder in json.loads(sys.argv[1]).items():
    spec = importlib.util.spec_from_file_location(name, folder + "/__init__.py", submodule_search_locations=[folder])
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
from a2g_core.worker.server import main
sys.exit(main(sys.argv[2:]))
"""


class Worker:
    """A worker process. One motion at a time; its methods may be called from any thread."""

    def __init__(self, python: str | Path) -> None:
        self.python = Path(python)
        self.hello: Hello | None = None
        self.log: deque[str] = deque(maxlen=_LOG_LINES)
        """The last lines that the process wrote to stderr."""
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._numbers = itertools.count(1)
        self._busy, self._writing = threading.Lock(), threading.Lock()
        self._drainer: threading.Thread | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._model: tuple[Model, str] | None = None

    @property
    def process(self) -> subprocess.Popen[str] | None:
        """The process, for monitoring; None before `start`."""
        return self._process

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def is_busy(self) -> bool:
        """Whether it is starting or generating."""
        return self._busy.locked()

    def start(self, should_cancel: Callable[[], bool] | None = None, timeout_s: float = START_S) -> Hello:
        """Start the process and wait for its hello. If it raises WorkerError or Cancelled, no process is left."""
        with self._busy:
            self._answers, self._model = queue.Queue(), None  # of an earlier process nothing holds any more
            self._folder = tempfile.TemporaryDirectory(prefix="a2g-worker-", ignore_cleanup_errors=True)
            try:
                self._launch()
                answer = self._next_answer(0, should_cancel or (lambda: False), time.monotonic() + timeout_s)
                self.hello = _check_hello(answer)
            except BaseException:
                self.kill()
                raise
            return self.hello

    def generate(
        self,
        speech: Speech | Heard,
        model: Model,
        request: Request = DEFAULT,
        *,
        device: str = "auto",
        progress: Callable[[str, float], None] | None = None,
        should_cancel: Callable[[], bool] | None = None,
        **changes: Any,
    ) -> Motion:
        """As `performing.generate.generate`, in the worker: same arguments, same errors, and WorkerError besides."""
        request = replace(request, **changes)
        should_cancel = should_cancel or (lambda: False)
        heard = speech if isinstance(speech, Heard) else hear(speech, model.fps, should_cancel)
        task = Task(heard, request)
        while not self._busy.acquire(timeout=_POLL_S):
            if should_cancel():
                raise Cancelled
        try:
            return self._generate(task, model, device, progress or (lambda phase, share: None), should_cancel)
        finally:
            self._busy.release()

    def ping(self, timeout_s: float = 5.0) -> None:
        """WorkerError if the process does not answer. Not while it generates: then its progress says that it lives."""
        with self._busy:
            self._ask(Ping(next(self._numbers)), timeout_s)

    def free_memory(self, timeout_s: float = 10.0) -> None:
        """Drop models and release the device's memory as far as possible; only `stop` releases all of it."""
        with self._busy:
            self._ask(FreeMemory(next(self._numbers)), timeout_s)

    def stop(self) -> None:
        """End the process: ask it first, kill it if it does not react."""
        if self.is_alive and not self.is_busy:
            try:
                self._send(Stop())
                self._running.wait(STOP_S)
            except (WorkerError, subprocess.TimeoutExpired):
                pass
        self.kill()

    def kill(self) -> None:
        """Kill the process; a generation that is waiting for it raises WorkerError."""
        process, folder = self._process, self._folder
        if process is not None:
            process.kill()
            process.wait()
        if folder is not None:
            folder.cleanup()

    def death(self) -> WorkerError:
        """The error that says why the worker is gone."""
        hint = "restart it, or use this computer's CPU"
        if self._process is None:
            return WorkerError("the engine is not running", hint)
        try:
            status = self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:  # it closed its output, and lives: of no use
            self._process.kill()
            status = self._process.wait()
        if self._drainer is not None:
            self._drainer.join(_POLL_S)
        if status == -9:
            return WorkerError("the engine was killed, perhaps because memory ran out", hint)
        last = next((line.strip() for line in reversed(self.log) if line.strip()), "")
        if last and status > 0:
            return WorkerError("the engine stopped ({why})", hint, why=last[:_QUOTE].rstrip("."))
        return WorkerError("the engine stopped (status {status})", hint, status=status)

    @property
    def _running(self) -> subprocess.Popen[str]:
        """The process, which has been started. Raises WorkerError."""
        if self._process is None:
            raise self.death()
        return self._process

    @property
    def _exchange(self) -> Path:
        """The folder of the running process for its arrays. Raises WorkerError."""
        if self._folder is None:
            raise self.death()
        return Path(self._folder.name)

    # The process ------------------------------------------------------------------------------------------------------

    def command(self) -> list[str]:
        """The command line: isolated from the environment and the user's packages, writing no .pyc files."""
        core = Path(__file__).resolve().parents[1]
        # The client's copy: pure Python, the same on both ends.
        compat = Path(array_api_compat.__file__).parent
        packages = json.dumps({"array_api_compat": compat.as_posix(), "a2g_core": core.as_posix()})
        return [str(self.python), "-I", "-B", "-X", "utf8", "-c", _BOOTSTRAP, packages, "--folder", str(self._exchange)]

    def _launch(self) -> None:
        if not is_file(self.python):
            raise WorkerError(
                "the engine's Python '{path}' is missing", "use Set Up GPU, or choose another Python", path=self.python
            )
        try:
            self._process = subprocess.Popen(
                self.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                encoding="utf-8", errors="replace", bufsize=1, env=clean_environment(), cwd=self.python.parent,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
        except OSError as error:
            raise WorkerError(
                "the engine's Python '{path}' cannot be started ({why})", "choose another Python",
                path=self.python, why=error.strerror,
            ) from None  # fmt: skip
        read = (self._process.stdout, self._answers)
        threading.Thread(target=_read, args=read, name="a2g-worker-answers", daemon=True).start()
        drain = (self._process.stderr,)
        self._drainer = threading.Thread(target=self._drain, args=drain, name="a2g-worker-log", daemon=True)
        self._drainer.start()

    def _drain(self, pipe: IO[str]) -> None:
        while line := pipe.readline(MAX_LINE):
            self.log.append(line.rstrip())
            _log.debug("worker: %s", line.rstrip())

    # Talking ----------------------------------------------------------------------------------------------------------

    def _generate(
        self,
        task: Task,
        model: Model,
        device: str,
        progress: Callable[[str, float], None],
        should_cancel: Callable[[], bool],
    ) -> Motion:
        if not self.is_alive:
            raise self.death()
        number, folder = next(self._numbers), self._exchange
        given, made = folder / f"task-{number}.npz", folder / f"motion-{number}.npz"
        try:
            packing.save_task(given, task)
            self._send(Generate(number, given.name, self._model_file(model, folder), made.name, device))
            self._await_motion(number, progress, should_cancel)
            return packing.load_motion(made)
        except OSError as error:
            raise WorkerError(
                "Blender and its engine cannot exchange files ({why})", "free some space on the disk",
                why=error.strerror or error,
            ) from None  # fmt: skip
        finally:
            for path in (given, made):
                path.unlink(missing_ok=True)

    def _await_motion(
        self, number: int, progress: Callable[[str, float], None], should_cancel: Callable[[], bool]
    ) -> None:
        while True:
            try:
                answer = self._next_answer(number, should_cancel)
            except Cancelled:
                try:
                    self._send(Cancel(number))
                    while isinstance(self._next_answer(number, deadline=time.monotonic() + CANCEL_S), Progress):
                        pass
                except WorkerError:
                    self.kill()  # it hangs, or is dead already
                raise
            if isinstance(answer, Progress):
                progress(answer.phase, answer.share)
            elif isinstance(answer, Done):
                return
            else:
                raise unpack_error(answer) if isinstance(answer, Failed) else Cancelled

    def _model_file(self, model: Model, folder: Path) -> str:
        """The name of this model's file, which is written once and read by the worker once."""
        if self._model is None or self._model[0] is not model:
            if self._model is not None:
                (folder / self._model[1]).unlink(missing_ok=True)
            name = f"model-{next(self._numbers)}.npz"
            packing.save_model(folder / name, model)
            self._model = model, name
        return self._model[1]

    def _ask(self, request: Ping | FreeMemory, timeout_s: float) -> None:
        if not self.is_alive:
            raise self.death()
        self._send(request)
        answer = self._next_answer(request.number, deadline=time.monotonic() + timeout_s)
        if isinstance(answer, Failed):
            raise unpack_error(answer)

    def _send(self, message: Asked) -> None:
        pipe = self._running.stdin
        assert pipe is not None  # `_launch` made it a pipe
        try:
            with self._writing:
                pipe.write(encode(message))
                pipe.flush()
        except (OSError, ValueError):
            raise self.death() from None

    def _next_answer(
        self, number: int, should_cancel: Callable[[], bool] | None = None, deadline: float = float("inf")
    ) -> Answer:
        """The next message about a request; messages about earlier ones are skipped."""
        while True:
            if should_cancel is not None and should_cancel():
                raise Cancelled
            try:
                line = self._answers.get(timeout=_POLL_S)
            except queue.Empty:
                if time.monotonic() > deadline:
                    raise WorkerError("the engine does not answer", "restart it, or use this computer's CPU") from None
                continue
            if line is None:
                self._answers.put(None)  # for whoever asks next
                raise self.death()
            message = decode(line.rstrip("\n"), ANSWERS)
            about = 0 if isinstance(message, Hello) else message.number
            if about in (0, number):  # 0: a hello, or an error that belongs to no request
                return message


def _read(pipe: IO[str], answers: queue.Queue[str | None]) -> None:
    while line := pipe.readline(MAX_LINE + 1):
        answers.put(line)
    answers.put(None)


def _check_hello(answer: Answer) -> Hello:
    if isinstance(answer, Failed):
        raise unpack_error(answer)
    if not isinstance(answer, Hello) or answer.protocol != PROTOCOL:
        raise WorkerError("the engine and the add-on have different versions", "use Set Up GPU again")
    return answer


def clean_environment() -> dict[str, str]:
    """The environment without variables that affect another Python or its libraries, as Blender and shells set them."""
    bent = ("PYTHON", "LD_LIBRARY_PATH", "LD_PRELOAD", "DYLD_", "VIRTUAL_ENV", "CONDA_", "__PYVENV")
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(bent)}
    return {**kept, "PYTHONNOUSERSITE": "1"}
