"""How long this version takes and how long a commit took, measured in turns: `benchmark.py --against COMMIT`."""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from a2g_core.speech.audio import SAMPLE_RATE_HZ, open_speech

_SPEECH_S, _LINE_S, _TWO_HOURS_S = 300, 18, 7200
_LINES = 200
"""Of the folder that stands for a thousand lines."""
_LONG_CROP_FRAMES = 720
"""Of training with crops three times as long, which hear and see as far beyond their ends as others do."""

_PEAK = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)
"""Prints the peak of a command in KiB. From a small process: a process counts what its parent had when it started."""

_Times = tuple[float, float]
"""CPU time, and time on the clock, in seconds."""
_Command = list[str | Path]


def against(root: Path, commit: str, recording: Path, repeats: int) -> None:
    """Print medians of both sides, with the least and the most, each side in processes of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = folder / "before"
        subprocess.run(["git", "-C", root, "worktree", "add", "-q", "--detach", before, commit], check=True)
        try:
            print(f"{'':50}{commit[:10]:>22}{'now':>22}{'times as fast':>22}")
            bench = _Bench(folder, (before, root), recording, repeats)
            bench.generation()
            bench.commands()
            bench.training()
            bench.memory()
        finally:
            subprocess.run(["git", "-C", root, "worktree", "remove", "--force", before], check=True)


class _Bench:
    """Two versions, each in its folder, and the speeches that they are measured on."""

    def __init__(self, folder: Path, trees: tuple[Path, Path], recording: Path, repeats: int) -> None:
        self._folder, self._trees, self._repeats = folder, trees, repeats
        self._side = Path(__file__).with_name("benchmark_side.py")
        self._long, self._line, self._two_hours = (folder / f"{s}.wav" for s in (_SPEECH_S, _LINE_S, _TWO_HOURS_S))
        for path, seconds in ((self._long, _SPEECH_S), (self._line, _LINE_S), (self._two_hours, _TWO_HOURS_S)):
            _write_speech(path, recording, seconds)

    def generation(self) -> None:
        """Speech to motion in a process that has begun, on two cores by the clock, on one by its CPU time."""
        rows: list[tuple[str, Path, dict[str, object]]] = [
            (f"{_SPEECH_S} s of speech to motion", self._long, {}), (f"{_LINE_S} s", self._line, {}),
            (f"two seconds of {_LINE_S}", self._line, {"span": [200, 260]}),
            (f"{_LINE_S} s, another seed and style", self._line, {"seed": 5, "style": "Firm"}),
        ]  # fmt: skip
        for cores, clock, what in ((2, 1, "two cores"), (1, 0, "one core, CPU")):
            with self._process(0, cores) as old, self._process(1, cores) as new:
                for name, speech, options in rows:
                    asked = {"speech": str(speech), "options": options}
                    measured = _in_turns([partial(side, asked) for side in (old, new)], self._repeats)
                    _print_row(f"{name}, {what}", [[t[clock] for t in side] for side in measured])

    def commands(self) -> None:
        """A line by a command of its own, and by the command for a whole folder."""
        module: _Command = [sys.executable, "-m", "a2g_core.cli"]
        without: _Command = [
            sys.executable, "-c", "import runpy, sys; sys.modules['torch'] = None;"
            "runpy.run_module('a2g_core.cli', run_name='__main__', alter_sys=True)",
        ]  # fmt: skip
        out = self._folder / "take.npz"
        for name, start, more in (
            ("a2g generate", module, []), ("a2g generate --device numpy", module, ["--device", "numpy"]),
            ("a2g generate without torch", without, []),
        ):  # fmt: skip
            command: _Command = [*start, "generate", self._line, "-o", out, *more]
            measured = _in_turns([partial(self._run, command, out, tree) for tree in self._trees], self._repeats)
            for clock, what in ((1, "two cores"), (0, "CPU")):
                _print_row(f"{name}, {_LINE_S} s, {what}", [[t[clock] for t in side] for side in measured])
        lines, takes = self._folder / "lines", self._folder / "takes"
        lines.mkdir()
        for k in range(_LINES):
            os.link(self._line, lines / f"{k}.wav")
        one: _Command = [*module, "generate", self._line, "-o", out, "--device", "numpy"]
        batch: _Command = [*module, "batch", lines, "-o", takes]
        sides = [partial(self._run, one, out, self._trees[0]), partial(self._run, batch, takes, self._trees[1])]
        starts, folder = _in_turns(sides, min(self._repeats, 3))
        each = [[t[1] for t in starts], [t[1] / _LINES for t in folder]]
        _print_row(f"a line: one start for each; a2g batch of {_LINES}", each)

    def training(self) -> None:
        """Steps of `product` on random data; frames that losses judge, also of longer crops, as many a batch."""
        with self._process(0, 2) as old, self._process(1, 2) as new:
            steps, long = {"training": {}}, {"training": {"crop_frames": _LONG_CROP_FRAMES}}
            sides = [partial(old, steps), partial(new, steps), partial(new, long)]
            before, now, longer = ([t[1] for t in side] for side in _in_turns(sides, self._repeats))
        _print_row("a training step, two cores", [before, now])
        # Equal batches of crops: the longer are so many times as many frames.
        times = _LONG_CROP_FRAMES / _CROP_FRAMES
        _print_row(
            f"as many frames judged, crops {_CROP_FRAMES}; {_LONG_CROP_FRAMES}", [before, [t / times for t in longer]]
        )

    def memory(self) -> None:
        """The most that two hours take, the take written."""
        peaks = []
        for tree in self._trees:
            out = self._folder / "take.npz"
            out.unlink(missing_ok=True)
            command: _Command = [sys.executable, "-m", "a2g_core.cli", "generate", self._two_hours, "-o", out]
            measured = subprocess.run(
                [sys.executable, "-c", _PEAK, *command, "--device", "numpy"],
                cwd=tree, env=self._environment(2), capture_output=True, text=True, check=True,
            )  # fmt: skip
            peaks.append([int(measured.stdout.split()[-1]) / 1024])
        _print_row("two hours, peak of memory (times as small)", peaks, "MiB", 1)

    def _process(self, side: int, cores: int) -> _Side:
        return _Side([sys.executable, self._side, self._trees[side]], self._environment(cores))

    def _run(self, command: _Command, out: Path, tree: Path) -> _Times:
        """The times of a command that writes a file or folder, of its children too, run in a folder."""
        if out.is_dir():
            shutil.rmtree(out)
        out.unlink(missing_ok=True)  # a version may refuse to replace another's
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, cwd=tree, env=self._environment(2), stdout=subprocess.DEVNULL, check=True)
        after, wall_s = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - began
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall_s

    def _environment(self, cores: int) -> dict[str, str]:
        """Modules are compiled once, as those of an installed package are, whatever the caller's Python is told."""
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
        more = {**dict.fromkeys(names, str(cores)), "PYTHONPYCACHEPREFIX": str(self._folder / "compiled")}
        return {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"} | more


_CROP_FRAMES = 240
"""Of `product`."""


class _Side:
    """A process that works with the version in a folder, see `benchmark_side`."""

    def __init__(self, command: _Command, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(command, env=environment, stdin=-1, stdout=-1, text=True)

    def __enter__(self) -> _Side:
        return self

    def __exit__(self, *error: object) -> None:
        self._process.communicate()

    def __call__(self, asked: dict[str, object]) -> _Times:
        assert self._process.stdin and self._process.stdout
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        cpu_s, wall_s = map(float, self._process.stdout.readline().split())
        return cpu_s, wall_s


def _in_turns(sides: Sequence[Callable[[], _Times]], repeats: int) -> list[list[_Times]]:
    """Times of each, measured one after the other again and again, each first every other time; the first is warm."""
    found: list[list[_Times]] = [[] for _ in sides]
    for turn in range(repeats + 1):
        for k in range(len(sides)) if turn % 2 else reversed(range(len(sides))):
            times = sides[k]()
            if turn:
                found[k].append(times)
    return found


def _print_row(name: str, sides: Sequence[list[float]], unit: str = "ms", scale: float = 1e3) -> None:
    """Medians of both sides, with the least and the most; how many times as fast the second is, likewise."""
    ratios = [old / new for old, new in zip(*sides, strict=True)]

    def shown(values: list[float], scale: float, digits: int) -> str:
        low, middle, high = (scale * v for v in (min(values), statistics.median(values), max(values)))
        return f"{middle:.{digits}f} ({low:.{digits}f}-{high:.{digits}f})"

    measured = [f"{shown(side, scale, 0)} {unit}" for side in sides]
    print(f"{name:50}{measured[0]:>22}{measured[1]:>22}{shown(ratios, 1, 2):>22}", flush=True)


def _write_speech(path: Path, recording: Path, seconds: int) -> None:
    """A WAV file of so many seconds, 16 kHz, of a recording that is repeated."""
    samples = np.resize(np.concatenate(list(open_speech(recording).blocks())), seconds * SAMPLE_RATE_HZ)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes(np.rint(samples.clip(-1, 1) * 32767).astype("<i2").tobytes())
