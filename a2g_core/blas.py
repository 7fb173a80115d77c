"""How many threads NumPy's matrix products take, where that can be told: of OpenBLAS, which NumPy's wheels bring.

OpenBLAS shares out each small product, and its threads wait for one another without rest: beside any other work on the
machine it takes many times as long. Products that are independent are better made on a thread each.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

_MOST_HELPERS = 3
_NAMES = [f"{first}openblas_{{}}_num_threads{last}" for first in ("scipy_", "") for last in ("64_", "", "_")]


class _Limit:
    """The number of threads of this process's matrix products, and how many users want it to be one."""

    def __init__(self) -> None:
        self._lock, self._users, self._usual = Lock(), 0, 1

    def usual(self) -> int:
        functions = _functions()
        with self._lock:
            return 1 if functions is None else self._usual if self._users else max(1, functions[0]())

    @contextmanager
    def one(self) -> Iterator[None]:
        functions = _functions()
        if functions is None:
            yield
            return
        get, put = functions
        with self._lock:
            if not self._users:
                self._usual = max(1, get())
                put(1)
            self._users += 1
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                if not self._users:
                    put(self._usual)


_limit = _Limit()


def threads() -> int:
    """How many threads a matrix product takes; 1 where that cannot be told. The cores that a process may use and
    environment variables limit it."""
    return _limit.usual()


def on_one_thread() -> AbstractContextManager[None]:
    """Within it, each matrix product of this process is made on the thread that asks for it, where that can be told."""
    return _limit.one()


def helpers() -> int:
    """How many threads may make products beside the one that needs them; 0 where a product is to take one thread."""
    return min(_MOST_HELPERS, threads() - 1)


@lru_cache(maxsize=1)
def _functions() -> tuple[Any, Any] | None:
    """OpenBLAS's functions that say and set the number of threads; None if NumPy uses another library."""
    package = Path(np.__file__).parent
    for folder in (package.parent / "numpy.libs", package / ".dylibs", package / ".libs"):
        for path in sorted(folder.glob("*openblas*")):
            try:
                library = ctypes.CDLL(str(path))  # the one that NumPy has loaded
            except OSError:
                continue
            for name in _NAMES:
                if hasattr(library, name.format("set")):
                    return getattr(library, name.format("get")), getattr(library, name.format("set"))
    return None
