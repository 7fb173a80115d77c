"""Stops a command at each moment at which it changes its folder: every creation, write, flush and renaming of a file.

    python moments.py SPEC.json

forks a process for each moment, lets it be killed there, find its disk full from there on, or be told to end, and looks
at what it has left; after a kill it runs the command once more. It prints one JSON line per moment: see `Outcome`. The
command runs on one thread, without which a forked process that computes would hang.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from places import ROOT

SIGNALS = {"kill": signal.SIGKILL, "term": signal.SIGTERM, "interrupt": signal.SIGINT}
STOPS = (*SIGNALS, "full")
PART = re.compile(r"\..*\.[0-9a-f]{8}\.part(\.\w+)?")
"""Names of what a killed process may leave beside its output."""


@dataclass(frozen=True)
class Outcome:
    """What was left when a command was stopped at a moment (counted from 1), and by running it once more.

    code: the exit code, negative for a signal. files: digests by path in the folder; parts left aside. said: the last
    line on standard error. again_code: what it said instead if it failed; None if it was not run once more.
    """

    stop: str
    moment: int
    code: int
    said: str
    files: dict[str, str]
    parts: list[str]
    again_code: int | str | None
    again_files: dict[str, str]
    again_parts: list[str]


def stop_everywhere(spec: dict[str, Any], scratch: Path) -> list[Outcome]:
    """Outcomes of a command, in a process of its own.

    spec: "folder", whose files are watched and put back before each moment; "commands", alternatives of which the first
    is run whose "if" (a file in the folder) is there, each with its "arguments"; "stops", of STOPS; "most" moments of
    each, evenly spread (None: all); "imports", modules to import once; "again", whether the command is run once more
    "always" or "killed".
    """
    (scratch / "spec.json").write_text(json.dumps(spec))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(Path(__file__).parent)))}
    environment |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [sys.executable, __file__, str(scratch / "spec.json")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return [Outcome(**json.loads(line)) for line in done.stdout.splitlines()]


# In the process of its own --------------------------------------------------------------------------------------------


class Watch:
    """Counts the moments, and stops the process at one of them."""

    def __init__(self, folder: Path, stop: str, moment: int) -> None:
        self.folder, self.stop, self.moment, self.count = str(folder), stop, moment, 0

    def begin(self) -> None:
        """From now on."""
        sys.addaudithook(self._on_event)
        builtins.open = io.open = self._open
        flush = os.fsync

        def fsync(handle: int) -> None:
            self.tick(can_be_full=True)
            flush(handle)

        os.fsync = fsync

    def tick(self, *, can_be_full: bool) -> None:
        """One more moment."""
        self.count += 1
        if self.stop == "full":
            if self.moment <= self.count and can_be_full:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        elif self.count == self.moment:
            os.kill(os.getpid(), SIGNALS[self.stop])

    def is_watched(self, path: object) -> bool:
        """Whether a path leads into the folder; a log that another thread writes is not counted."""
        if not isinstance(path, (str, bytes, os.PathLike)):
            return False
        path = os.path.abspath(os.fsdecode(path))
        return path.startswith(self.folder + os.sep) and "/log/" not in path

    def _on_event(self, event: str, arguments: tuple) -> None:
        if event == "open":
            path, mode, flags = arguments
            if mode is None and flags & os.O_CREAT and self.is_watched(path):
                self.tick(can_be_full=True)
        elif event in ("os.rename", "os.remove", "os.rmdir", "os.chmod", "os.truncate") and self.is_watched(
            arguments[0]
        ):
            self.tick(can_be_full=False)
        elif event == "os.mkdir" and self.is_watched(arguments[0]):
            self.tick(can_be_full=True)

    def _open(self, file: object, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        if not (set(mode) & set("wax+") and self.is_watched(file)):
            return OPEN(file, mode, *arguments, **named)
        self.tick(can_be_full=True)
        return Watched(OPEN(file, mode, *arguments, **named), self)


OPEN = io.open
_BUFFER = 2048  # a small file has several writes too


class Watched:
    """A file whose writes are moments: the first, and then each that fills a buffer, as of the system's writes.

    On a full disk half of what is written arrives.
    """

    def __init__(self, file: Any, watch: Watch) -> None:
        self._file, self._watch, self._unseen = file, watch, _BUFFER

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def write(self, data: Any) -> int:
        self._unseen += len(data)
        if self._unseen >= _BUFFER:
            self._unseen = 0
            try:
                self._watch.tick(can_be_full=True)
            except OSError:
                self._file.write(data[: len(data) // 2])
                raise
        written = self._file.write(data)
        self._file.flush()
        return written


def digests(folder: Path) -> tuple[dict[str, str], list[str]]:
    """(digest of each file by its path, names of parts); of a file of tensors, what they hold."""
    from a2g_core.model.checkpoint import checksum, read_safetensors

    found, parts = {}, []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(PART.fullmatch(part) for part in Path(name).parts):
            parts.append(name)
        elif path.is_file() and not name.endswith("/lock") and "/log/" not in name:
            is_model = path.suffix == ".safetensors"
            found[name] = (
                checksum(read_safetensors(path)[0]) if is_model else hashlib.sha256(path.read_bytes()).hexdigest()
            )
    return found, parts


def _attempt(spec: dict[str, Any], watch: Watch) -> tuple[int, str, int]:
    """Run the command in a forked process: (exit code, last line of stderr, moments counted)."""
    from a2g_core.cli.main import main

    folder = Path(spec["folder"])
    arguments = next(c["arguments"] for c in spec["commands"] if "if" not in c or (folder / c["if"]).is_file())
    said, counted = folder.parent / "said.txt", folder.parent / "count.txt"
    counted.write_text("0")
    child = os.fork()
    if not child:
        handle = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 1), os.dup2(handle, 2)
        code = 70
        try:
            watch.begin()
            code = main(arguments)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            with contextlib.suppress(BaseException):
                sys.stderr.flush()
                OPEN(counted, "w").write(str(watch.count))
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, (said.read_text(errors="replace").splitlines() or [""])[-1], int(counted.read_text() or 0)


def _main(spec: dict[str, Any]) -> None:
    for module in spec["imports"]:
        __import__(module)
    folder, before = Path(spec["folder"]), Path(spec["folder"] + ".before")
    shutil.copytree(folder, before)

    def put_back() -> None:
        shutil.rmtree(folder)
        shutil.copytree(before, folder)

    code, said, total = _attempt(spec, Watch(folder, "kill", 0))
    assert code == 0, said
    new, parts = digests(folder)
    print(json.dumps({"stop": "none", "moment": total, "code": code, "said": said, "files": new, "parts": parts,
                      "again_code": 0, "again_files": new, "again_parts": []}))  # fmt: skip
    for stop in spec["stops"]:
        most = min(spec["most"] or total, total)
        for moment in sorted({1 + int((k + 0.5) * total / most) for k in range(most)}):
            put_back()
            code, said, _ = _attempt(spec, Watch(folder, stop, moment))
            files, parts = digests(folder)
            again: tuple[object, dict[str, str], list[str]] = (None, {}, [])
            if stop == "kill" or spec["again"] == "always":
                again_code, again_said, _ = _attempt(spec, Watch(folder, "kill", 0))
                again = (again_code if again_code == 0 else again_said, *digests(folder))
            print(json.dumps({
                "stop": stop, "moment": moment, "code": code, "said": said, "files": files, "parts": parts,
                "again_code": again[0], "again_files": again[1], "again_parts": again[2],
            }), flush=True)  # fmt: skip


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs begin with it ignored
    _main(json.loads(Path(sys.argv[1]).read_text()))
