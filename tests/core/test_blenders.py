"""The helper that starts Blenders, on processes that behave as Blender sometimes does at exit."""

from __future__ import annotations

import signal
import subprocess

import blenders
import pytest

CRASHES = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
HANGS_AT_EXIT = "import atexit, time; atexit.register(time.sleep, 600); print('done')"


def test_a_process_that_hangs_at_exit_holds_nobody_up(monkeypatch):
    monkeypatch.setattr(blenders, "EXIT_PATIENCE_S", 0.5)
    done = blenders.run_in_blender(HANGS_AT_EXIT, timeout_s=60)
    assert (done.returncode, done.stdout) == (0, "done\n")


def test_a_process_that_crashes_at_exit_has_run_all_the_same():
    done = blenders.run_in_blender(f"import atexit; atexit.register(exec, {CRASHES!r}); print('done')")
    assert (done.returncode, done.stdout) == (0, "done\n")


def test_what_fails_or_never_ends_is_not_taken_for_success():
    assert blenders.run_in_blender("raise SystemExit(3)").returncode == 3
    failed = blenders.run_in_blender("import sys; print(sys.argv[1]); 1 / 0", "argument")
    assert (failed.returncode, failed.stdout) == (1, "argument\n")
    assert "ZeroDivisionError" in failed.stderr
    assert blenders.run_in_blender(CRASHES).returncode == -signal.SIGSEGV
    with pytest.raises(subprocess.TimeoutExpired):
        blenders.run_in_blender("import time; time.sleep(600)", timeout_s=0.5)
