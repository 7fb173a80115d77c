"""Inputs are read in a child process: if one ends it, or hangs, another child goes on with the next."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

from .trial import FINDING, MOST_SECONDS, Outcome, Trials, limit_memory

ROOM_MB = 3000
"""Address space that an input may ask for beyond what the process has: more than it may take."""

_HANGS_S, _ENDS_S = MOST_SECONDS + 290, 5  # the first input waits for torch, on a busy machine for long

Task = tuple[str, int]
"""A kind, and a number."""


def watched(tasks: Sequence[Task], seed: int, findings: Path) -> Iterator[Outcome]:
    """The outcomes of these inputs, in their order. An input that ends its process is not kept in `findings`."""
    # A copy of this process, which has imported torch and computed nothing yet.
    context, left = multiprocessing.get_context("fork"), list(tasks)
    while left:
        # The folder is ours, so that an input goes even if it has ended its reader.
        with tempfile.TemporaryDirectory(prefix="a2g-fuzz-", ignore_cleanup_errors=True) as folder:
            ours, theirs = context.Pipe()
            child = context.Process(target=_read_all, args=(theirs, left, seed, Path(folder), findings))
            child.start()
            theirs.close()
            try:
                while left and ours.poll(_HANGS_S):
                    yield ours.recv()
                    del left[0]
            except EOFError:
                pass
            finally:
                child.join(_ENDS_S)
                if child.is_alive() and child.pid is not None:
                    os.killpg(child.pid, signal.SIGKILL)
                    child.join()
        if left:
            kind, number = left.pop(0)
            yield Outcome(kind, number, FINDING, 0.0, 0.0, (), f"it ended its process (exit code {child.exitcode})")


def _read_all(parent: Connection, tasks: Sequence[Task], seed: int, folder: Path, findings: Path) -> None:
    os.setsid()  # so that what an input started ends with it

    @cache
    def of_kind(kind: str) -> Trials:
        return Trials(kind, seed, folder, findings)

    for kind in dict.fromkeys(kind for kind, _ in tasks):
        of_kind(kind).kind.prepare()
    limit_memory(ROOM_MB)
    for kind, number in tasks:
        parent.send(of_kind(kind).run(number))
