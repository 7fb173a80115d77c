"""Poses as lines of JSON: first one about the skeleton, then one for each frame. They can be read back as a motion.

{"kind": "audio2gestures poses", "fps": 30.0, "names": [...], "parents": [...], "offsets": [[x, y, z], ...]}
{"frame": 0, "quaternions": [[w, x, y, z], ...], "translation": [x, y, z]}
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from ..body.motion import Motion, Skeleton
from ..errors import A2GError, MotionError, reason
from ..files import is_file
from ..outputs import holds

KIND = "audio2gestures poses"
is_lines = holds(KIND)
"""Whether a file holds such lines, which a command may replace."""

_AT_ONCE = 256
_LONGEST = 1 << 20


def head(motion: Motion) -> str:
    """The first line: what is the same for all frames."""
    return json.dumps({"kind": KIND, "fps": float(motion.fps), **motion.skeleton.to_dict()})


def frames(motion: Motion, first: int) -> Iterator[str]:
    """A line for each frame of a motion, whose first frame has this number. Numbers keep their bits (float32)."""
    for k in range(len(motion)):
        frame = {
            "frame": first + k, "quaternions": _short(motion.quaternions[k]),
            "translation": _short(motion.translation[k]),
        }  # fmt: skip
        yield json.dumps(frame)


def _short(values: np.ndarray) -> Any:
    """Lists of numbers that have as many digits as tell one float32 from another."""
    if values.ndim == 1:
        return [float(f"{value:.9g}") for value in values.tolist()]
    return [_short(row) for row in values]


def read_lines(path: Path) -> Iterator[Motion]:
    """The motion in a file of lines, in parts. A last line that was cut off is left out.

    MotionError for a file of another kind, and for one that lacks a frame.
    """
    if not is_file(path):
        raise MotionError(f"there are no lines '{path}'", "give a file that 'a2g stream --lines' wrote")
    number = None
    with path.open(encoding="utf-8", errors="replace") as file:
        try:
            about = json.loads(file.readline(_LONGEST))
            if about["kind"] != KIND:
                raise ValueError("it is of another kind")
            skeleton, fps = Skeleton.from_dict(about), float(about["fps"])
            while rows := [json.loads(line) for line in _whole_lines(file, _AT_ONCE)]:
                for row in rows:
                    if number is not None and row["frame"] != number + 1:
                        raise MotionError(f"'{path.name}' lacks frame {number + 1}", "record it again")
                    number = row["frame"]
                quaternions, translation = (
                    np.array([row[name] for row in rows], np.float32) for name in ("quaternions", "translation")
                )
                yield Motion(quaternions, translation, fps, skeleton)
        except A2GError:
            raise
        except Exception as error:  # text of any kind may stand in a file
            raise MotionError(
                f"'{path.name}' holds no poses ({reason(error)})", "give a file that 'a2g stream --lines' wrote"
            ) from None
    if number is None:
        raise MotionError(f"'{path.name}' has no frames", "record it again")


def _whole_lines(file: TextIO, n: int) -> Iterator[str]:
    """The next n lines at most, but for one that was cut off."""
    for _ in range(n):
        line = file.readline(_LONGEST)
        if not line.endswith("\n"):
            return
        yield line
