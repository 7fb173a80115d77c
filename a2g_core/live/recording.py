"""A motion that is recorded while it is performed, in a temporary file, until all of it can be written as a take."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import numpy as np

from ..body.motion import PART_FRAMES, LongMotion, Motion
from ..errors import MotionError
from ..formats.registry import save_motion


class Recording:
    """Frames as they come. OSError where the disk has no room for them."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="a2g-")  # noqa: SIM115 - it is closed with this object
        self._like: Motion | None = None
        self.n_frames = 0
        """Frames so far."""

    def __enter__(self) -> Recording:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self._file.close()

    def add(self, part: Motion) -> None:
        """Record the next frames."""
        self._like = part.slice(0, 0) if self._like is None else self._like
        rows = np.concatenate([part.quaternions.reshape(len(part), -1), part.translation], axis=1)
        self._file.write(rows.astype(np.float32).tobytes())
        self.n_frames += len(part)

    def save(self, path: Path) -> None:
        """Write all of it as a take that this program made. MotionError if there is nothing; OSError."""
        if self._like is None or not self.n_frames:
            raise MotionError("there is nothing to record", "let the speech be longer than a frame")
        like = self._like
        save_motion(LongMotion(self.n_frames, like.fps, like.skeleton, self._parts(like)), path, sign=True)

    def _parts(self, like: Motion) -> Iterator[Motion]:
        self._file.seek(0)
        width = 4 * len(like.skeleton) + 3
        while data := self._file.read(PART_FRAMES * width * 4):
            rows = np.frombuffer(data, np.float32).reshape(-1, width)
            yield Motion(rows[:, :-3].reshape(len(rows), -1, 4), rows[:, -3:], like.fps, like.skeleton)
