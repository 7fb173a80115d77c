"""Results by number that are made once, by whichever thread comes to them first, and before they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

import numpy as np

from .. import blas


class Helpers:
    """Threads that make matrix products beside the one that needs them; none where the products are made elsewhere, or
    where they are to take one thread. They end when nobody holds this object any more."""

    def __init__(self, *, on_numpy: bool) -> None:
        n = blas.helpers() if on_numpy else 0
        self._pool = ThreadPoolExecutor(n, "a2g") if n else None

    def start(self, task: Callable[[int], object], number: int) -> None:
        """Have a task done soon, if there is somebody to do it."""
        if self._pool is not None:
            self._pool.submit(task, number)


class MadeOnce:
    """make(number), once for each number. keep: so many numbers behind the last one made, or ahead of it, are not
    forgotten.

    Its matrix products take one thread, whoever makes it: the bits would otherwise be those of chance.
    """

    def __init__(self, make: Callable[[int], np.ndarray], keep: int) -> None:
        self._make, self._keep = make, keep
        self._lock, self._results = Lock(), dict[int, Future[np.ndarray]]()

    def __call__(self, number: int) -> np.ndarray:
        """The result of a number; it may be made on another thread, which is waited for. What `make` raises."""
        return self.begin(number).result()

    def begin(self, number: int) -> Future[np.ndarray]:
        """Make a number, unless somebody does or did: what will have its result."""
        with self._lock:
            if number in self._results:
                return self._results[number]
            result = self._results[number] = Future[np.ndarray]()
            for old in [k for k in self._results if abs(k - number) >= self._keep]:
                del self._results[old]
        try:
            with blas.on_one_thread():
                result.set_result(self._make(number))
        except BaseException as error:
            result.set_exception(error)
        return result
