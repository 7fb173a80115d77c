"""Arrays that are too long for memory: they lie in a temporary file, and come into memory as they are read."""

from __future__ import annotations

import mmap
import tempfile
from collections.abc import Iterable

import numpy as np

MOST_IN_MEMORY = 1 << 16
"""Rows: 36 minutes at 30 frames a second, whose features take 16 MiB."""


def gathered(parts: Iterable[np.ndarray], n_rows: int, width: int) -> np.ndarray:
    """Rows that come in parts (n, width) float32, n_rows in all, as one array.

    A long one lies in a temporary file that goes with it, and is read-only. OSError where the disk has no room for it.
    """
    if n_rows <= MOST_IN_MEMORY:
        out, done = np.empty((n_rows, width), np.float32), 0
        for part in parts:
            out[done : done + len(part)] = part
            done += len(part)
        return out
    with tempfile.TemporaryFile(prefix="a2g-") as file:
        for part in parts:
            file.write(part.tobytes())
        file.flush()
        return np.ndarray((n_rows, width), np.float32, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def let_go(rows: np.ndarray) -> None:
    """Take what was read of an array that lies in a file out of this process's memory again; others stay as they are.

    Where systems cannot be told to (Windows), they do so when memory is short.
    """
    file: object = rows.base
    if isinstance(file, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        file.madvise(mmap.MADV_DONTNEED)
