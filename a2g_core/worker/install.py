"""Makes the worker's environment: finds a Python, then fills a folder with venv and pip. Standard library only.

Nothing is downloaded before `Installation.start`, which the artist triggers after seeing what will be done.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import A2GError, Cancelled, reason
from ..files import find_program, is_file, is_folder
from .client import clean_environment
from .protocol import WorkerError

REQUIREMENTS = ("torch>=2.7,<3", "numpy>=1.26")
"""What pip installs; array-api-compat and the core are the add-on's own."""

OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 14)
"""Python versions that both the core and torch support."""

LICENCE = "BSD 3-Clause"

TORCH_PAGES = "https://download.pytorch.org/whl/"
_GB = 1e9
_PROBE_S = 180.0
_MEASURE_S = 1.0
_LOG_LINES = 2000
_PROBE = """
import json, sys
import numpy, torch
devices = [d for d, here in (("cuda", torch.cuda.is_available()), ("mps", torch.backends.mps.is_available())) if here]
print("a2g" + json.dumps({"python": sys.version_info[:2], "torch": torch.__version__, "devices": [*devices, "cpu"]}))
"""


@dataclass(frozen=True)
class Plan:
    """What an installation will do. download_bytes: how much it downloads. size_bytes: how much disk space it needs."""

    folder: Path
    python: Path
    requirements: tuple[str, ...]
    pip_options: tuple[str, ...]
    download_bytes: float
    size_bytes: float

    @property
    def interpreter(self) -> Path:
        """The environment's Python."""
        return interpreter_in(self.folder)


def interpreter_in(folder: Path) -> Path:
    """The Python of a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_plan(folder: Path, use_gpu: bool, python: Path | None) -> Plan:
    """Plan the installation for this computer. Raises WorkerError if `find_python` finds none.

    pip's torch includes CUDA on Linux but not on Windows; the other build of each comes from torch's own index. On a
    Mac there is one build for both.
    """
    if python is None:
        raise WorkerError(
            "no Python from {oldest} to {newest} was found to set up the engine with",
            "install one from python.org, or choose a Python that has torch",
            oldest=".".join(map(str, OLDEST_PYTHON)), newest=".".join(map(str, NEWEST_PYTHON)),
        )  # fmt: skip
    pages, download_gb, size_gb = {
        ("Linux", True): ("", 4.0, 11.0), ("Linux", False): ("cpu", 0.25, 1.3),
        ("Windows", True): ("cu128", 3.5, 9.0), ("Windows", False): ("", 0.25, 1.3),
    }.get((platform.system(), use_gpu), ("", 0.25, 1.0))  # fmt: skip
    options = ("--index-url", TORCH_PAGES + pages) if pages else ()
    return Plan(folder, python, REQUIREMENTS, options, download_gb * _GB, size_gb * _GB)


def find_python() -> Path | None:
    """A Python that can make environments: one of the system's, or the one running this (Blender includes one)."""
    return next((path for path in _pythons() if _can_make_environments(path)), None)


def _pythons() -> Iterator[Path]:
    versions = range(OLDEST_PYTHON[1], NEWEST_PYTHON[1] + 1)
    names = [f"python3.{minor}" for minor in reversed(versions)] + ["python3", "python"]
    for name in names:
        # Every match on PATH, not the first: pyenv's shims come first and refuse a version that is not switched on.
        for folder in os.get_exec_path():
            if found := find_program(name, folder):
                yield found
    if Path(sys.executable).stem.lower().startswith("python"):  # where Blender has none, this is Blender itself
        yield Path(sys.executable)


def _can_make_environments(python: Path) -> bool:
    # ensurepip is asked for because Debian splits it off: without it `venv` fails half-way.
    test = "import sys, venv, ensurepip; print(*sys.version_info[:2])"
    try:
        done = _run([python, "-I", "-c", test], timeout=30)
        version = tuple(map(int, done.stdout.split()))
    except (OSError, ValueError, subprocess.SubprocessError):
        return False
    return done.returncode == 0 and OLDEST_PYTHON <= version <= NEWEST_PYTHON


@dataclass(frozen=True)
class Found:
    """What a Python has for the engine."""

    python: tuple[int, int]
    torch: str
    devices: tuple[str, ...]


def probe(python: Path) -> Found:
    """Examine this Python. Raises WorkerError if it cannot run the engine."""
    if not is_file(python):
        raise WorkerError("there is no file '{path}'", "choose a Python program", path=python)
    advice = "choose a Python with torch and numpy, or let Set Up GPU make one"
    try:
        done = _run([python, "-I", "-B", "-c", _PROBE], timeout=_PROBE_S)
    except (OSError, subprocess.SubprocessError):
        raise WorkerError("'{path}' cannot be run as a Python", advice, path=python) from None
    lines = [line.removeprefix("a2g") for line in done.stdout.splitlines() if line.startswith("a2g{")]
    if done.returncode or not lines:
        why = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise WorkerError("'{path}' cannot be the engine's Python ({why})", advice, path=python, why=why)
    try:
        found = json.loads(lines[-1])
        major, minor = map(int, found["python"])
        torch, devices = str(found["torch"]), tuple(map(str, found["devices"]))
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise WorkerError(
            "'{path}' cannot be the engine's Python ({why})", advice, path=python, why=reason(error)
        ) from None
    if (major, minor) < OLDEST_PYTHON:
        raise WorkerError("'{path}' is older than Python 3.11", advice, path=python)
    return Found((major, minor), torch, devices)


def _run(command: list[str | Path], timeout: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)), capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=timeout,
        stdin=subprocess.DEVNULL, env=clean_environment(), creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        check=False,
    )  # fmt: skip


class Installation:
    """An installation on its own thread, which writes phase, fraction, log and finally problem."""

    def __init__(self, plan: Plan, verify: Callable[[Path], object] | None = None) -> None:
        """verify: raises an error if the Python that was made cannot do its work; `probe` if none is given."""
        self.plan, self._verify = plan, verify or probe
        self.phase = "Starting"
        self.fraction = 0.0
        self.log: deque[str] = deque(maxlen=_LOG_LINES)
        self.problem: A2GError | None = None
        self.was_cancelled = False
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._work, name="a2g-install", daemon=True)

    @property
    def is_running(self) -> bool:
        """Whether the installation is running."""
        return self._thread.is_alive()

    @property
    def succeeded(self) -> bool:
        """Whether the installation has succeeded."""
        return not self.is_running and self.fraction == 1.0

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Cancel the installation; what it has written is removed."""
        self._cancelled.set()

    def wait(self, timeout_s: float | None = None) -> None:
        """Wait until the installation has ended."""
        self._thread.join(timeout_s)

    def _work(self) -> None:
        folder = self.plan.folder
        try:
            self._check_space(folder)
            self._clear(folder)
            (folder / "tmp").mkdir(parents=True)
            self._do("Making a folder for it", [self.plan.python, "-I", "-m", "venv", folder])
            pip = ["-I", "-m", "pip", "install", "--no-cache-dir", "--only-binary", ":all:", "--no-input"]
            self._do("Downloading", [self.plan.interpreter, *pip, *self.plan.pip_options, *self.plan.requirements])
            shutil.rmtree(folder / "tmp", ignore_errors=True)
            self.phase = "Testing it"
            self.log.append(str(self._verify(self.plan.interpreter)))
            self.phase, self.fraction = "Ready", 1.0
        except Cancelled:
            self._clear(folder)
            self.was_cancelled = True
        except A2GError as error:
            self._fail(error)
        except OSError as error:
            self._fail(WorkerError(
                "the folder '{path}' cannot be written ({why})", "free some space, or choose an existing Python",
                path=folder, why=error.strerror or error,
            ))  # fmt: skip

    def _fail(self, problem: A2GError) -> None:
        self.log.append(str(problem))
        self._clear(self.plan.folder)
        self.problem = problem

    def _check_space(self, folder: Path) -> None:
        existing = next(parent for parent in (folder, *folder.parents) if is_folder(parent))
        free = shutil.disk_usage(existing).free
        if free < self.plan.size_bytes:
            raise WorkerError(
                "the disk has {free:.1f} GB of free space and the engine needs {size:.1f} GB", "free some space",
                free=free / _GB, size=self.plan.size_bytes / _GB,
            )  # fmt: skip

    @staticmethod
    def _clear(folder: Path) -> None:
        """Remove what an installation left behind, and nothing else."""
        if is_file(folder / "pyvenv.cfg") or is_folder(folder / "tmp"):
            shutil.rmtree(folder, ignore_errors=True)

    def _do(self, phase: str, command: list[str | Path]) -> None:
        """Run a step, its output into the log, its progress by what it writes."""
        self.phase = phase
        words = list(map(str, command))
        self.log.append("> " + " ".join(words))
        # pip unpacks gigabytes where the system puts temporary files, which may be a small disk in memory.
        temporary = {name: str(self.plan.folder / "tmp") for name in ("TMPDIR", "TEMP", "TMP")}
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            encoding="utf-8", errors="replace", env={**clean_environment(), **temporary},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0), start_new_session=os.name != "nt",
        )  # fmt: skip
        reader = threading.Thread(target=self._read, args=(process,), daemon=True)
        reader.start()
        while process.poll() is None:
            if self._cancelled.wait(_MEASURE_S if reader.is_alive() else 0.05):
                _end_group(process)
                raise Cancelled
            self.fraction = min(0.99, max(self.fraction, _size(self.plan.folder) / self.plan.size_bytes))
        reader.join(1.0)
        if process.returncode:
            said = [line for line in self.log if line.startswith("ERROR")] or list(self.log)
            why = said[-1].removeprefix("ERROR: ").strip().rstrip(".")
            raise WorkerError(
                "the engine could not be set up ({why})", "look at the log, or choose an existing Python", why=why
            )

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None  # `_do` made it a pipe
        for line in process.stdout:
            if line.strip():
                self.log.append(line.rstrip())
            if line.startswith("Installing collected packages"):
                self.phase = "Installing"


def _end_group(process: subprocess.Popen[str]) -> None:
    """Kill a process and its children."""
    if os.name == "nt":
        process.kill()
    else:
        import signal

        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _size(folder: Path) -> int:
    """Bytes in a folder; files that vanish meanwhile are not counted."""
    total = 0
    for path, _folders, files in os.walk(folder):
        for name in files:
            try:
                total += os.lstat(os.path.join(path, name)).st_size
            except OSError:
                continue
    return total
