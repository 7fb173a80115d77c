"""Makes and finds the virtual environments that the scripts run in. Standard library only.

Each environment has one list of requirements, on which the demo and the tests agree. Every version is pinned, so that a
new release of a tool or library cannot change what passes before it was tried. A finished environment has a stamp file
with its list; the next run compares it and continues at once.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMP = "a2g-requirements.txt"


class SetupError(Exception):
    """An environment cannot be made here. The message says why and what to do."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment in the repository's root.

    name: as on the command line (`--only`). python: its version. requirements: what pip installs.
    editable: also install the repository itself, so that `a2g` and `import a2g_core` work from anywhere.
    """

    name: str
    python: tuple[int, int]
    requirements: tuple[str, ...]
    editable: bool = False

    @property
    def folder(self) -> Path:
        """The environment's folder."""
        return ROOT / (".venv" if self.name == "core" else f".venv-bpy{self.name}")

    @property
    def interpreter(self) -> Path:
        """The environment's Python."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def stamp(self) -> str:
        """Content of a finished environment's stamp file."""
        version = ".".join(map(str, self.python))
        return "\n".join((f"python {version}", *self.requirements, *(("-e .",) if self.editable else ()), ""))


BESIDE = ("array-api-compat==1.16.0", "soundfile==0.14.0")
TESTS = ("pytest==9.2.0", "hypothesis==6.170.17")


def _bpy(version: str, python: tuple[int, int], numpy: str) -> Environment:
    # torch is left out on purpose: it never shares a process with bpy (torch.compile hangs at exit there).
    beside = (*BESIDE, "imageio-ffmpeg==0.8.1", *TESTS)
    return Environment(version.rpartition(".")[0], python, (f"bpy=={version}", f"numpy=={numpy}", *beside))


CORE = Environment(
    "core",
    (3, 11),
    (
        *("torch==2.13.0", "numpy==2.4.6", *BESIDE, "soxr==1.1.0", "librosa==0.11.0", "scipy==1.17.1"),
        *("safetensors==0.8.0", "tqdm==4.70.1", "tensorboard==2.21.0"),
        *(
            "imageio-ffmpeg==0.8.1",
            "matplotlib==3.11.2",
            "pillow==13.0.0",
            "selenium==4.51.0",
            "python-osc==1.10.0",
            "opentimelineio==0.18.1",
            "otio-cmx3600-adapter==1.0.0",
            "pysubs2==1.8.1",
            "praatio==6.2.2",
            *TESTS,
        ),
        *("ruff==0.17.6", "import-linter==2.17", "mypy==2.4.1", "types-tqdm==4.70.0.20261106"),
        *("fake-bpy-module-5.2==20260730", "build==1.6.1", "setuptools==84.2.1"),
    ),
    editable=True,
)
# With NumPy 2 beside bpy up to 5.0, Blender's sound module `aud` does not import. PyPI's 4.2 has no `aud` and takes any
# NumPy; it gets the 1.x that Blender 4.2 itself ships.
BLENDERS = (
    _bpy("4.2.23", (3, 11), "1.26.4"),
    _bpy("4.5.15", (3, 11), "1.26.4"),
    _bpy("5.0.1", (3, 11), "1.26.4"),
    _bpy("5.2.3", (3, 13), "2.5.5"),
)
DEMO = BLENDERS[1]


def _candidates(version: str) -> Iterator[str]:
    yield sys.executable
    # Every match on PATH, not the first: pyenv's shims come first and refuse a version that is not switched on.
    yield from _on_path(f"python{version}")
    yield from map(str, sorted(Path.home().glob(f".pyenv/versions/{version}*/bin/python")))
    for launcher in _on_path("py"):  # on Windows
        yield from _printed(launcher, f"-{version}", "-c", "import sys; print(sys.executable)")
    for uv in _on_path("uv"):
        yield from _printed(uv, "python", "find", version)


def _on_path(name: str) -> Iterator[str]:
    """Every program of this name on PATH, but none in the current folder, where Windows looks first."""
    name += ".exe" if os.name == "nt" else ""
    for folder in filter(os.path.isabs, os.get_exec_path()):
        if os.path.isfile(found := os.path.join(folder, name)) and os.access(found, os.X_OK):
            yield found


def _printed(*command: str) -> list[str]:
    """The last line that a command prints; empty if it fails."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.SubprocessError):
        return []
    return run.stdout.strip().splitlines()[-1:] if run.returncode == 0 else []


def find_python(python: tuple[int, int]) -> str | None:
    """A Python of this version that actually runs and can make environments; None if there is none."""
    version = ".".join(map(str, python))
    # ensurepip is asked for because Debian splits it off: without it `venv` fails half-way.
    probe = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    for candidate in _candidates(version):
        if _printed(candidate, "-c", probe) == [version]:
            return candidate
    return None


def is_ready(environment: Environment) -> bool:
    """Whether the environment is finished and made from the current list."""
    stamp = environment.folder / STAMP
    return environment.interpreter.exists() and stamp.exists() and stamp.read_text() == environment.stamp


def ready(environment: Environment, say: Callable[[str], None] = print) -> Path:
    """The environment's Python, after completing the environment. Raises SetupError if that is impossible."""
    if is_ready(environment):
        return environment.interpreter
    version = ".".join(map(str, environment.python))
    probe = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    if _printed(str(environment.interpreter), "-c", probe) != [version]:
        python = find_python(environment.python)
        if python is None:
            raise SetupError(
                f"Python {version} with venv was not found; install it (Debian and Ubuntu: apt-get install "
                f"python{version}-venv; anywhere: uv python install {version})."
            )
        say(f"making {environment.folder.name} with Python {version} (about a minute, 1.2 GB)")
        make = [python, "-m", "venv", "--clear", str(environment.folder)]
        _checked(make, f"{environment.folder.name} could not be made")
    else:
        say(f"completing {environment.folder.name}")
    pip = [str(environment.interpreter), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    _checked([*pip, *environment.requirements], f"pip could not fill {environment.folder.name}")
    if environment.editable:
        _checked(
            [*pip, "--no-deps", "-e", str(ROOT)], f"the repository could not be put into {environment.folder.name}"
        )
    (environment.folder / STAMP).write_text(environment.stamp)
    return environment.interpreter


def _checked(command: list[str], failure: str) -> None:
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if run.returncode:
        lines = [line for line in (run.stderr or run.stdout).splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith("ERROR")] or lines or [f"exit status {run.returncode}"]
        raise SetupError(f"{failure}: {errors[-1].strip()} (command: {' '.join(command)}).")
