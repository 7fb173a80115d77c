"""Timers by hand: they do not run in background mode."""

from __future__ import annotations

import time


def tick_to_the_end(jobs, limit_s: float = 60.0) -> None:
    end = time.monotonic() + limit_s
    while jobs.tick() is not None:
        assert time.monotonic() < end, "the job does not end"
        time.sleep(0.02)


def run_timers(addon, limit_s: float = 30.0) -> int:
    """Tick until nothing is left to do; how many jobs there were."""
    end, jobs, was_busy = time.monotonic() + limit_s, 0, False
    while True:
        rests = addon.work.live.tick() is None
        jobs += addon.work.jobs.is_busy() and not was_busy
        was_busy = addon.work.jobs.is_busy()
        addon.work.jobs.tick()
        if rests and not addon.work.jobs.is_busy():
            return jobs
        assert time.monotonic() < end, "the sliders never come to rest"
        time.sleep(0.005)
