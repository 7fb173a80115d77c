"""The formats of motion files. Each is one module in this folder that defines `FORMAT`.

To add a format, add its module:

    FORMAT = Format(".new", "Name of the format", load=load_new, save=save_new)

The command line, the study and the training data ask this module, so nothing else needs to change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import NamedTuple

import numpy as np

from ..body.motion import LongMotion, Motion
from ..errors import MotionError
from ..files import is_file, replacing


@dataclass(frozen=True)
class Format:
    """One format of motion files.

    ending: of its files, in lower case, with the dot. label: its name, for help texts.
    load: reads a file; raises MotionError, with a hint, for one that is damaged or of another kind. None if the format
    is only written. save: writes a motion of any skeleton with SMPL-X joint names. None if the format is only read.
    save_parts: the same of one that is never in memory as a whole. None if the format needs it so.
    save_from: the same as save for one whose files say when a motion begins, in seconds. None if they do not.
    save_z_up: the same as save with Z up, for one whose files may have either axis up. None if they may not.
    None of them may execute anything that a file contains.
    sign: marks a file as a take that this program made. is_signed: whether a file is such a take, which a command may
    replace. A file that anybody has changed since must not pass for one. Without them, no file passes.
    """

    ending: str
    label: str
    load: Callable[[Path], Motion] | None = None
    save: Callable[[Motion, Path], None] | None = None
    save_parts: Callable[[LongMotion, Path], None] | None = None
    save_from: Callable[[Motion, Path, float], None] | None = None
    save_z_up: Callable[[Motion, Path], None] | None = None
    sign: Callable[[Path], None] = lambda path: None
    is_signed: Callable[[Path], bool] = lambda path: False


@cache
def formats() -> dict[str, Format]:
    """All formats by ending, in alphabetical order; ValueError if two modules claim one ending."""
    found: dict[str, Format] = {}
    for module in iter_modules([str(Path(__file__).parent)]):
        format_ = getattr(import_module(f"{__package__}.{module.name}"), "FORMAT", None)
        if format_ is None:
            continue
        if format_.ending in found:
            raise ValueError(f"two formats have the ending {format_.ending}")
        found[format_.ending] = format_
    return dict(sorted(found.items()))


def readable() -> tuple[str, ...]:
    """Endings of the formats that can be read."""
    return tuple(ending for ending, format_ in formats().items() if format_.load)


def writable() -> tuple[str, ...]:
    """Endings of the formats that can be written."""
    return tuple(ending for ending, format_ in formats().items() if format_.save)


def describe(endings: tuple[str, ...]) -> str:
    """The endings with their formats' names, for help texts: ".bvh (Biovision) or .npz (SMPL-X / AMASS)"."""
    return " or ".join(f"{ending} ({formats()[ending].label})" for ending in endings)


def load_motion(path: str | Path) -> Motion:
    """Read a motion file in the format of its ending; MotionError if it is missing, damaged or of no known format."""
    path = Path(path)
    if not is_file(path):
        raise MotionError(f"there is no clip '{path}'", "check the path of the clip")
    format_ = formats().get(path.suffix.lower())
    if format_ is None or format_.load is None:
        raise MotionError(f"'{path.name}' is not a motion file", f"give a file in {describe(readable())}")
    return format_.load(path)


class Placing(NamedTuple):
    """How a motion lies in a file. start_s: time of its first frame, 0 or later; formats that cannot say so hold the
    first frame until then. z_up: with Z up.
    """

    start_s: float = 0.0
    z_up: bool = False


def save_placed(motion: Motion, path: str | Path, placing: Placing, *, sign: bool = False) -> None:
    """The same as `save_motion`, of a motion that lies so. MotionError where the format has one axis up alone."""
    format_ = format_to_write(path)
    save, save_from = format_.save, format_.save_from
    if placing.z_up:
        save = format_.save_z_up
        if save is None:
            raise MotionError(f"'{Path(path).name}' cannot have Z up", "write .npz, or leave it out")
    assert save is not None  # or it would have been refused
    with replacing(path) as part:
        if save_from is not None and not placing.z_up:
            save_from(motion, part, placing.start_s)
        else:
            save(held_from_zero(motion, placing.start_s), part)
        if sign:
            format_.sign(part)


def held_from_zero(motion: Motion, start_s: float) -> Motion:
    """The motion from time 0 on, whose first frame is held until start_s, to the nearest frame."""
    held = np.concatenate([np.zeros(round(start_s * motion.fps), np.int64), np.arange(len(motion))])
    lids = None if motion.lids is None else motion.lids[held]
    return Motion(motion.quaternions[held], motion.translation[held], motion.fps, motion.skeleton, lids)


def save_motion(motion: Motion | LongMotion, path: str | Path, *, sign: bool = False) -> None:
    """Write a motion file in the format of the path's ending, whole or not at all; a long one as it comes.

    sign: as a take that this program made. MotionError for no known format; OSError where it cannot be written.
    """
    format_ = format_to_write(path)
    assert format_.save is not None  # or it would have been refused
    with replacing(path) as part:
        if isinstance(motion, Motion):
            format_.save(motion, part)
        elif format_.save_parts is not None:
            format_.save_parts(motion, part)
        else:
            format_.save(motion.whole(), part)
        if sign:
            format_.sign(part)


def format_to_write(path: str | Path) -> Format:
    """The format of a motion file with this ending; MotionError if it is not one that can be written."""
    path = Path(path)
    format_ = formats().get(path.suffix.lower())
    if format_ is None or format_.save is None:
        raise MotionError(f"motions cannot be written to '{path.name}'", f"give a file in {describe(writable())}")
    return format_
