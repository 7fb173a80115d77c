"""The timers' ticks, made by hand: Blender has no timers in background mode."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from waiting import LIMIT_S


def tick_until(runner: Any, is_reached: Callable[[], object]) -> None:
    """Tick until a job is where a test wants it; it must not end before."""
    while not is_reached():
        assert runner.tick() is not None
        time.sleep(0.002)


def tick_to_the_end(runner: Any, limit_s: float = LIMIT_S) -> None:
    """Tick until the job has ended."""
    end = time.monotonic() + limit_s
    while runner.tick() is not None:
        assert time.monotonic() < end, "the job does not end"
        time.sleep(0.02)


def run_timers(live: Any, runner: Any, limit_s: float = LIMIT_S) -> int:
    """Tick live updates and jobs until nothing is left to do; how many jobs there were."""
    end, jobs, was_busy = time.monotonic() + limit_s, 0, False
    while True:
        rests = live.tick() is None
        jobs += runner.is_busy and not was_busy
        was_busy = runner.is_busy
        runner.tick()
        if rests and not runner.is_busy:
            return jobs
        assert time.monotonic() < end, "the sliders never come to rest"
        time.sleep(0.005)
