"""Blenders of their own: Python in a new process that imports bpy."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

EXIT_PATIENCE_S = 20.0
"""How long a Blender may clean up after its last line; 4.5.15 sometimes never finishes."""

_REPORT = "\nimport pathlib as _pathlib, sys as _sys; _sys.stdout.flush(); _pathlib.Path({mark!r}).touch()\n"


def run_in_blender(
    code: str,
    *arguments: object,
    folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
    timeout_s: float = 900.0,
) -> subprocess.CompletedProcess[str]:
    """Run code to its end and return its status and output.

    A process that has run all of the code and then hangs is killed. Its status is 0, as that of one which then crashes
    (bpy 4.2, now and then): the test is about the code.
    Raises TimeoutExpired for one that does not come to the end of the code in time.
    """
    with tempfile.TemporaryDirectory() as scratch:
        mark, out, errors = (Path(scratch, name) for name in ("over", "out", "errors"))
        command = [sys.executable, "-c", code + _REPORT.format(mark=str(mark)), *map(str, arguments)]
        with out.open("wb") as stdout, errors.open("wb") as stderr:
            process = subprocess.Popen(command, cwd=folder, env=environ, stdout=stdout, stderr=stderr)
            status = _wait(process, mark, timeout_s)
        texts = (path.read_text(encoding="utf-8", errors="replace") for path in (out, errors))
        return subprocess.CompletedProcess(command, status, *texts)


def _wait(process: subprocess.Popen[bytes], mark: Path, timeout_s: float) -> int:
    give_up = time.monotonic() + timeout_s
    try:
        while True:
            is_over = mark.exists()
            try:
                status = process.wait(EXIT_PATIENCE_S if is_over else 0.1)
                return 0 if status < 0 and mark.exists() else status
            except subprocess.TimeoutExpired:
                if is_over:
                    return 0
                if time.monotonic() > give_up:
                    raise subprocess.TimeoutExpired(process.args, timeout_s) from None
    finally:
        process.kill()
        process.wait()
