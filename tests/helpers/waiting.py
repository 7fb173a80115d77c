"""Waiting for what another thread or process does, for as long as a busy machine may need."""

from __future__ import annotations

import time
from collections.abc import Callable

LIMIT_S = 300.0
"""Far longer than anything takes: a test fails by it only where what it waits for never comes."""


def wait_until(is_so: Callable[[], object], limit_s: float = LIMIT_S) -> None:
    """Return as soon as something is so; AssertionError if it never is."""
    end = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < end, f"waited in vain for {limit_s:g} s"
        time.sleep(0.01)
