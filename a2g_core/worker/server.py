"""The worker: a process that keeps torch, its device and a model ready, and generates motions for a client.

It reads messages on a separate thread, so that it can be cancelled and pinged while it generates, and ends with its
standard input, so that a client that dies leaves no worker behind. The networks' weights are sent to the device for
every motion, which takes a few milliseconds; the slow steps, importing torch and starting the device, happen once.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import platform
import queue
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import TextIO

from .. import __version__
from ..errors import A2GError, Cancelled
from ..model.checkpoint import Model
from ..model.device import resolve_device
from ..performing.generate import generate
from . import packing
from .protocol import (
    MAX_LINE,
    PROTOCOL,
    REQUESTS,
    Answer,
    Cancel,
    Done,
    FreeMemory,
    Generate,
    Hello,
    OutOfMemoryError,
    Ping,
    Progress,
    Stop,
    Stopped,
    WorkerError,
    decode,
    encode,
    file_in,
    pack_error,
)

_LONGEST_QUOTE = 300  # characters of somebody else's error


def main(arguments: list[str] | None = None) -> int:
    """Serve until told to stop, or until standard input ends."""
    parser = argparse.ArgumentParser(prog="a2g worker", description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, required=True, help="folder for exchanging arrays; made by the client")
    return serve(parser.parse_args(arguments).folder)


def serve(folder: Path) -> int:
    """Take over standard input and output, say hello, and serve. Returns the exit status."""
    requests, answers = _take_pipes()
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # a Ctrl-C in Blender's terminal reaches this process too, but Blender decides
    server = Server(folder, requests, answers)
    try:
        server.send(_hello())
    except ImportError as error:
        missing = WorkerError(
            "the engine's Python cannot load torch ({why})", "use Set Up GPU, or choose another Python",
            why=_quote(error),
        )  # fmt: skip
        server.send(pack_error(0, missing))
        return 1
    return server.run()


def _take_pipes() -> tuple[TextIO, TextIO]:
    """The streams for messages; libraries that print or read from now on use others."""
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8", errors="replace", newline="\n")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr  # which keeps no text back
    return requests, answers


def _hello() -> Hello:
    """Describe this process's versions and devices; also starts the fastest device."""
    import torch

    names = {"cpu": platform.processor() or platform.machine()}
    if torch.cuda.is_available():
        names["cuda"] = torch.cuda.get_device_name(0)
    if torch.backends.mps.is_available():
        names["mps"] = platform.machine()
    auto = resolve_device("auto")
    if auto != "numpy":
        torch.zeros(1, device=auto)
    return Hello(__version__, PROTOCOL, platform.python_version(), str(torch.__version__), list(names), auto, names)


class Server:
    """A worker for one client. The thread that calls `run` generates; another one reads messages."""

    def __init__(self, folder: Path, requests: TextIO, answers: TextIO) -> None:
        self.folder, self.requests, self.answers = folder, requests, answers
        self.waiting: queue.Queue[Generate | FreeMemory] = queue.Queue()
        self.cancelled: set[int] = set()
        self.writing = threading.Lock()
        self.model: tuple[str, Model] | None = None

    def run(self) -> int:
        """Carry out requests one after another. Returns an exit status only if it cannot continue."""
        threading.Thread(target=self._read, name="a2g-requests", daemon=True).start()
        while True:
            request = self.waiting.get()
            if isinstance(request, FreeMemory):
                self.free_memory()
                self.send(Done(request.number))
            elif not self._answer(request):
                return 1

    def send(self, message: Answer) -> None:
        """Write a line. If nobody is left to read it, the process ends."""
        try:
            with self.writing:
                self.answers.write(encode(message))
                self.answers.flush()
        except OSError:
            self._end()

    def free_memory(self) -> None:
        """Drop the model and release cached memory of the device."""
        import torch

        self.model = None
        gc.collect()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        if torch.backends.mps.is_available():
            torch.mps.empty_cache()

    def _read(self) -> None:
        """The reading thread: answers what can be answered at once and queues the rest."""
        while line := self.requests.readline(MAX_LINE + 1):
            try:
                request = decode(line.rstrip("\n"), REQUESTS)
            except WorkerError as error:
                self.send(pack_error(0, error))
                continue
            if isinstance(request, Stop):
                break
            if isinstance(request, Ping):
                self.send(Done(request.number))
            elif isinstance(request, Cancel):
                self.cancelled.add(request.number)
            else:
                self.waiting.put(request)
        self._end()

    def _end(self) -> None:
        """Exit at once, whatever is being computed, leaving no files: the client may be gone.

        Skips Python's own shutdown, which takes a second with torch while Blender would be waiting.
        """
        for path in self.folder.glob("*.npz"):
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # other files are in it, or it is gone
            self.folder.rmdir()
        os._exit(0)

    def _answer(self, request: Generate) -> bool:
        """Generate and send the result. Returns False if the process cannot be used any more."""
        number = request.number
        try:
            self._generate(request)
            self.send(Done(number))
        except Cancelled:
            self.send(Stopped(number))
        except A2GError as error:
            self.send(pack_error(number, error))
        except Exception as error:  # whatever a device's library raises
            traceback.print_exc()
            is_memory = _is_out_of_memory(error)
            self.send(pack_error(number, _out_of_memory() if is_memory else _unforeseen(error)))
            if not is_memory:
                # After an error in one of its kernels CUDA refuses everything else in this process.
                return False
            self.free_memory()
        finally:
            self.cancelled.discard(number)
        return True

    def _generate(self, request: Generate) -> None:
        number = request.number
        task = packing.load_task(file_in(self.folder, request.task))
        output = file_in(self.folder, request.output)
        motion = generate(
            task.heard, self._load_model(request.model), task.request, device=request.device,
            progress=lambda phase, share: self.send(Progress(number, phase, float(share))),
            should_cancel=lambda: number in self.cancelled,
        )  # fmt: skip
        packing.save_motion(output, motion)

    def _load_model(self, name: str) -> Model:
        if self.model is None or self.model[0] != name:
            self.model = None
            self.model = name, packing.load_model(file_in(self.folder, name))
        return self.model[1]


def _is_out_of_memory(error: Exception) -> bool:
    """Whether memory ran out. CUDA has an exception class for it; MPS and the CPU's allocator only a message."""
    import torch

    words = ("out of memory", "not enough memory", "can't allocate memory")
    return isinstance(error, (torch.OutOfMemoryError, MemoryError)) or (
        isinstance(error, RuntimeError) and any(w in str(error).lower() for w in words)
    )


def _out_of_memory() -> OutOfMemoryError:
    return OutOfMemoryError(
        "the graphics card has too little free memory", "close other programs that use it, or use this computer's CPU"
    )


def _unforeseen(error: Exception) -> WorkerError:
    return WorkerError(
        "an unexpected error occurred in the engine ({why})",
        "restart it, or use this computer's CPU",
        why=_quote(error),
    )


def _quote(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_QUOTE].rstrip(".")
