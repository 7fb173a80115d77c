"""Copies of finished takes on disk, in case Blender ends before the file is saved.

A job's thread writes them; the main thread reads them on demand.

A file is a dict packed by `formats.native`: the motion's fields among those of `_write`.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import bpy
import numpy as np

from .. import preferences
from ..a2g_core.body.motion import Motion
from ..a2g_core.body.skeleton import BODY_PARTS, SMPLX
from ..a2g_core.errors import A2GError, MotionError
from ..a2g_core.files import listed, remove_abandoned_in, replacing, size_of
from ..scene.recipe import Recipe

SCHEMA = 1
"""Version of the files. A program reads its own and older ones."""

_NAMES_SHOWN = 3
_MB = 1_000_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """Where to keep takes, gathered on the main thread. character: its name. file: path of the .blend, may be empty."""

    folder: Path
    limit_bytes: int
    character: str
    file: str


@dataclass(frozen=True)
class Kept:
    """A take that was kept: the arguments of `scene.takes.NewTake`."""

    motion: Motion
    recipe: Recipe
    idle: np.ndarray | None


def place(context: bpy.types.Context, obj: bpy.types.Object) -> Place:
    """Where the character's takes are to be kept."""
    limit = preferences.get(context).cache_limit_mb * _MB
    # A path may contain bytes that are not Unicode, which Blender's menus refuse.
    file = bpy.data.filepath.encode(errors="replace").decode()
    return Place(preferences.takes_folder(), limit, obj.name, file)


def keep(where: Place | None, motion: Motion, recipe: Recipe, idle: np.ndarray | None) -> None:
    """Write a whole take and remove the oldest ones beyond the limit, on any thread. Never raises."""
    if where is None or motion.quaternions.nbytes > where.limit_bytes:
        return
    try:
        where.folder.mkdir(parents=True, exist_ok=True)
        # Names sort by time; the process id tells two Blenders apart.
        _write(where.folder / f"{time.time_ns()}-{os.getpid()}.npz", where, motion, recipe, idle)
        _trim(where)
    except Exception as error:  # a full disk, most likely; the take itself is worth more than its copy
        _log.warning("the take was not kept for recovery: %s", error)


def files() -> list[Path]:
    """The kept takes, newest first."""
    return _kept_files(preferences.takes_folder())


@lru_cache(maxsize=1024)
def describe(path: Path) -> tuple[str, str]:
    """Name and tooltip of a kept take; ("", "") if it cannot be read. Remembered, since a file never changes."""
    from ..a2g_core.formats import native

    try:
        return native.load(path, _description, with_arrays=False)
    except (A2GError, native.DamagedError):
        return "", ""


def load(path: Path) -> Kept:
    """Read a kept take. Raises MotionError if it is damaged or was made by a newer version."""
    from ..a2g_core.formats import native

    try:
        kept = native.load(path, _kept)
    except native.DamagedError as error:
        raise _damaged() from error
    motion, recipe, idle = kept.motion, kept.recipe, kept.idle
    if len(motion) != recipe.n_frames or (idle is not None and idle.shape != motion.quaternions.shape[1:]):
        raise _damaged()
    parts = set(recipe.body_parts)
    if unknown := [*sorted(parts - set(BODY_PARTS)), *(n for n in motion.skeleton.names if n not in SMPLX.names)]:
        raise MotionError(
            "the kept take is for a body that this version does not know ({names})", "generate a new take",
            names=", ".join(unknown[:_NAMES_SHOWN]),
        )  # fmt: skip
    return kept


def _description(about: dict[str, Any]) -> tuple[str, str]:
    _check_schema(about)
    recipe = Recipe.from_text(about["recipe"])
    made = time.strftime("%Y-%m-%d %H:%M", time.localtime(about["time"]))
    described = f"{about['character']} · {recipe.speech} · {made}", str(about["file"])
    "".join(described).encode()  # else no menu could show it
    return described


def _kept(values: dict[str, Any]) -> Kept:
    _check_schema(values)
    idle = values.get("idle")
    if idle is not None and not np.isfinite(idle.astype(np.float32)).all():
        raise ValueError("the pose is not finite")
    return Kept(Motion.from_dict(values), Recipe.from_text(values["recipe"]), idle)


def _check_schema(values: dict[str, Any]) -> None:
    if values["schema"] > SCHEMA:
        raise MotionError("the kept take was made by a newer version of Audio2Gestures", "update the add-on")


def _damaged() -> MotionError:
    return MotionError("the kept take is damaged", "choose another one, or generate a new take")


def _write(path: Path, where: Place, motion: Motion, recipe: Recipe, idle: np.ndarray | None) -> None:
    from ..a2g_core.formats import native

    values = {
        "schema": SCHEMA, "time": time.time(), "character": where.character, "file": where.file,
        "recipe": recipe.to_text(), "idle": idle, **motion.to_dict(),
    }  # fmt: skip
    with replacing(path) as part, part.open("wb") as file:
        native.save(file, values)


def _trim(where: Place) -> None:
    remove_abandoned_in(where.folder)
    kept, total = _kept_files(where.folder), 0
    for i, path in enumerate(kept):
        total += size_of(path)
        if total > where.limit_bytes:
            _remove(kept[i:])
            break


def _kept_files(folder: Path) -> list[Path]:
    """The takes in a folder, newest first, without those that are being written."""
    return [path for path in reversed(listed(folder)) if path.suffix == ".npz" and not path.name.startswith(".")]


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
