"""The files of SmartBody's archive, as text to numbers: `.skm` motions, `.sk` and `.bvh` skeletons."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from ...body.rotations import axis_angle_to_matrix
from ...errors import DataError
from ...files import is_folder

_PHASES = {
    "ready": "ready", "strokeStart": "stroke_start", "emphasis": "emphasis", "stroke": "stroke", "relax": "relax",
}  # fmt: skip

_LARGEST_FILE, _LARGEST_ARCHIVE = 1 << 25, 1 << 29
_LONGEST_S = 3600.0
_PLACEHOLDER_S = 0.2
"""A few clips count their phases 1/30, 2/30, 3/30...: nobody has marked them. No marked emphasis comes this early."""


@dataclass(frozen=True)
class Phases:
    """When a gesture does what, in seconds of its clip; None where the file does not say.

    ready: the hand has left its rest. stroke_start to stroke: the stroke begins, ends. emphasis: its strongest moment.
    relax: the hand goes back.
    """

    ready: float | None = None
    stroke_start: float | None = None
    emphasis: float | None = None
    stroke: float | None = None
    relax: float | None = None


def read_files(archive: Path) -> Iterator[tuple[PurePosixPath, str]]:
    """(performer folder/.../file, text) of every motion and skeleton."""
    wanted = (".skm", ".sk", ".bvh")
    if is_folder(archive):
        for path in sorted(archive.rglob("*")):
            if path.suffix in wanted:
                yield _below_root(path.relative_to(archive)), path.read_text(errors="replace")
        return
    total = 0
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                name = PurePosixPath(member.name)
                if member.isfile() and name.suffix in wanted and (file := tar.extractfile(member)):
                    total += member.size
                    if member.size > _LARGEST_FILE or total > _LARGEST_ARCHIVE:
                        raise ValueError(f"'{name}' is too large")
                    yield _below_root(name), file.read().decode(errors="replace")
    except Exception as error:  # tarfile and its decompressors raise whatever they stumble over
        raise DataError(f"{archive} cannot be read ({error})", "give smartbody.tar.xz or its folder") from None


def _below_root(path: Path | PurePosixPath) -> PurePosixPath:
    """performer/motions/file, whatever folders the archive puts above."""
    return PurePosixPath(*path.parts[-3:])


@dataclass(frozen=True)
class Joint:
    """parent: its number, -1 for the root. offset: from the parent, in metres. prerot: (3, 3), its turn at rest."""

    name: str
    parent: int
    offset: np.ndarray
    prerot: np.ndarray


def parse_sk(text: str) -> list[Joint]:
    """SmartBody's skeleton: nested `joint NAME { offset x y z  prerot axis x y z ang DEGREES ...}`, in metres."""
    opened: list[int] = []
    found: list[dict[str, Any]] = []
    for line in text.splitlines():
        words = line.replace("{", " { ").split()
        if words[:1] in (["root"], ["joint"]):
            found.append({"name": words[1], "parent": opened[-1] if opened else -1})
        if "{" in words:
            opened.append(len(found) - 1)
        if "offset" in words:
            at = words.index("offset") + 1
            found[-1]["offset"] = np.array(words[at : at + 3], dtype=float)
        if words[:2] == ["prerot", "axis"]:
            axis = np.array(words[2:5], dtype=float)
            axis = axis / max(np.linalg.norm(axis), 1e-9)
            found[-1]["prerot"] = axis_angle_to_matrix(axis * np.deg2rad(float(words[6])))
        if words[:1] == ["}"] and opened:
            opened.pop()
    try:
        return [Joint(**joint) for joint in found]
    except TypeError:
        raise DataError("a skeleton has a joint without offset or prerot", "get the archive again") from None


def parse_bvh(text: str) -> list[Joint]:
    """A BVH file's hierarchy alone, centimetres to metres; SmartBody gives its joints no prerot."""
    opened: list[int] = []
    found: list[tuple[str, int]] = []
    offsets: dict[int, np.ndarray] = {}
    for line in text.split("MOTION")[0].splitlines():
        words = line.split()
        if words[:1] in (["ROOT"], ["JOINT"]):
            found.append((words[1], opened[-1] if opened else -1))
        elif words[:2] == ["End", "Site"]:
            found.append((f"{found[opened[-1]][0]}End", opened[-1]))
        elif words[:1] == ["{"]:
            opened.append(len(found) - 1)
        elif words[:1] == ["OFFSET"]:
            offsets[len(found) - 1] = np.array(words[1:4], dtype=float) / 100
        elif words[:1] == ["}"]:
            opened.pop()
    return [Joint(name, parent, offsets[i], np.eye(3)) for i, (name, parent) in enumerate(found)]


@dataclass(frozen=True)
class SkmMotion:
    """times_s: (T,). rotations: joint name to (T, 3) axis-angle."""

    times_s: np.ndarray
    rotations: dict[str, np.ndarray]
    phases: Phases


def _checked_table(table: np.ndarray, width: int) -> np.ndarray:
    """Times and channels of every frame; ValueError unless they are complete, finite, and the times rise."""
    if table.shape[1:] != (width,) or len(table) < 2 or not np.isfinite(table).all():
        raise ValueError("frames are cut short")
    if (np.diff(table[:, 0]) <= 0).any() or table[-1, 0] - table[0, 0] > _LONGEST_S:
        raise ValueError("times do not rise")
    return table


def parse_skm(text: str, name: str) -> SkmMotion:
    """Channels, frames and phases of a motion; position channels are skipped."""
    columns: dict[str, int] = {}
    width, in_channels, rows = 0, False, []
    phases: dict[str, float] = {}
    try:
        for line in text.splitlines():
            words = line.split()
            if not words:
                continue
            if words[0] == "channels":
                in_channels = True
            elif words[0] == "frames":
                in_channels = False
            elif in_channels:
                if words[1] == "Quat":
                    columns[words[0]] = width
                width += 3 if words[1] == "Quat" else 1
            elif words[0] == "kt":
                rows.append(np.array([words[1], *words[3 : 3 + width]], dtype=float))
            elif len(words) > 2 and words[1] == "time:" and words[0] in _PHASES:
                phases[_PHASES[words[0]]] = float(words[2])
        table = _checked_table(np.stack(rows), width + 1)
    except (ValueError, IndexError) as error:
        raise DataError(f"the motion {name} is damaged ({error})", "get the archive again") from None
    rotations = {joint: table[:, 1 + at : 4 + at] for joint, at in columns.items()}
    if phases.get("emphasis", 0.0) < _PLACEHOLDER_S:
        phases = {}
    return SkmMotion(table[:, 0], rotations, Phases(**phases))
