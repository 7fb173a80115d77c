"""Ends a command as an exception when the system tells it to, so that nothing half-made is left."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_TOLD = ("SIGTERM", "SIGHUP")
"""Ended by another program, or by the closing of its terminal. Ctrl-C is Python's KeyboardInterrupt already."""


@contextmanager
def ends_tidily() -> Iterator[None]:
    """Within it, each of these signals that is not already handled, or ignored, raises SystemExit (128 + its number).

    On the main thread alone: elsewhere Python lets nobody listen.
    """
    numbers = [getattr(signal, name) for name in _TOLD if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        numbers = []
    ours = [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
