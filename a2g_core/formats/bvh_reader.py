"""Reads any BVH file as it is: hierarchy, channels and frames, whoever wrote it.

What writers differ in is accepted: capitals, spaces in names, braces and frames over any number of lines, decimal
commas, byte order marks, joints without an End Site. What makes a file ambiguous is refused, and named.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..body.resample import slices
from ..body.retarget import Source
from ..body.rotations import make_continuous, matrix_to_quaternion, quaternion_to_matrix
from ..errors import MotionError

_MOTION = re.compile(r"^\s*MOTION\b", re.IGNORECASE | re.MULTILINE)
_TIMES = re.compile(r"\s*Frames\s*:\s*(\d+)\s+Frame\s+Time\s*:\s*(\S+)", re.IGNORECASE)
_CHANNEL = re.compile(r"([XYZ])(position|rotation)", re.IGNORECASE)
_KEYWORDS = {"HIERARCHY", "ROOT", "JOINT", "OFFSET", "CHANNELS", "}"}
_MOST_ROTATIONS = 20_000_000
"""Half an hour at 120 frames a second of 90 joints."""

_DAMAGED = "is damaged or not a BVH file", "export the clip again"


class Bvh(NamedTuple):
    """The contents of a BVH file, with joints of any names; its rest pose is `offsets` without rotations.

    names: J joints, parents before children; an "End Site" is named after its joint, with "End" appended.
    offsets: (J, 3) from the parent, in the file's own unit; the median of a joint's positions where it has channels for
    these. quaternions: (T, J, 4) float32, about the parent. positions: by joint, (T, 3) from the parent, of those with
    position channels.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    offsets: np.ndarray
    quaternions: np.ndarray
    positions: Mapping[int, np.ndarray]
    fps: float

    def chain(self, joint: int) -> list[int]:
        """The joint and all above it, the root first."""
        found: list[int] = []
        while joint >= 0:
            found.append(joint)
            joint = self.parents[joint]
        return found[::-1]

    def source(self, index: Mapping[str, int]) -> Source:
        """What to retarget: the motion of the joints that stand for ours, `pelvis` among them.

        Joints between and above them are composed into the next one below.
        """
        rest = np.zeros((len(self.names), 3))
        for j, parent in enumerate(self.parents):
            rest[j] = self.offsets[j] + (rest[parent] if parent >= 0 else 0)
        needed = sorted({k for j in index.values() for k in self.chain(j)})

        def turns(frames: np.ndarray) -> dict[str, np.ndarray]:
            world: dict[int, np.ndarray] = {}
            for j in needed:
                own = quaternion_to_matrix(self.quaternions[frames, j].astype(np.float64))
                world[j] = world[self.parents[j]] @ own if self.parents[j] >= 0 else own
            return {name: world[j] for name, j in index.items() if not name.endswith("4")}

        places = {name: rest[j] for name, j in index.items()}
        return Source(places, turns, self._travel(index["pelvis"]), len(self.quaternions), self.fps)

    def _travel(self, joint: int) -> np.ndarray | None:
        """(T, 3), where a joint is, in the file's unit and axes; None where nothing has position channels."""
        chain = self.chain(joint)
        if not any(j in self.positions for j in chain):
            return None
        place, world = np.zeros((len(self.quaternions), 3)), np.eye(3)
        for j in chain:
            own = self.positions.get(j, self.offsets[j])
            place = place + (world @ own[..., None])[..., 0]
            world = world @ quaternion_to_matrix(self.quaternions[:, j].astype(np.float64))
        return place


class _Fault(Exception):
    """What is wrong with the file, and what to do; `read_bvh` adds the file's name."""

    def __init__(self, problem: str, hint: str) -> None:
        super().__init__(problem)
        self.problem, self.hint = problem, hint


def read_bvh(path: str | Path) -> Bvh:
    """Read any BVH file, whatever its joints and channel order; MotionError, with the reason, for one that cannot be.

    A root's positions count from the origin, other joints' from their parent. Files that write the latter as changes
    of the OFFSET, zero at rest, are told by that.
    """
    try:
        return _read(Path(path))
    except _Fault as fault:
        found = fault
    except (OSError, StopIteration, ValueError, IndexError, OverflowError):
        found = _Fault(*_DAMAGED)
    raise MotionError(f"'{Path(path).name}' {found.problem}", found.hint)


def _read(path: Path) -> Bvh:
    head, body = _halves(path)
    joints = _read_hierarchy(iter(re.sub(r"([{}])", r" \1 ", head).split()))
    width = sum(len(joint.channels) for joint in joints)
    frames, fps, values = _read_frames(body, width)
    if frames * len(joints) > _MOST_ROTATIONS:
        raise _Fault(f"has {frames} frames of {len(joints)} joints, which is too much", "cut it into shorter clips")
    return _assemble(joints, values.reshape(frames, width), fps)


def _halves(path: Path) -> tuple[str, str]:
    """Hierarchy and frames."""
    data = path.read_bytes()
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = data.decode("utf-16" if utf16 else "utf-8-sig", errors="replace")
    found = _MOTION.search(text)
    if found is None:
        raise _Fault(*_DAMAGED)
    return text[: found.start()], text[found.end() :]


# The hierarchy --------------------------------------------------------------------------------------------------------


@dataclass
class _BvhJoint:
    name: str
    parent: int
    is_end: bool = False
    offset: tuple[float, ...] = (0.0, 0.0, 0.0)
    channels: list[str] = field(default_factory=list)


def _read_hierarchy(words: Iterator[str]) -> list[_BvhJoint]:
    """All joints; an "End Site" is a joint without channels."""
    joints: list[_BvhJoint] = []
    opened: list[int] = []
    if next(words).upper() != "HIERARCHY":
        raise _Fault(*_DAMAGED)
    for word in words:
        key = word.upper()
        if key in ("ROOT", "JOINT", "END"):
            name, parent = _name(words), opened[-1] if opened else -1
            if key == "END":
                name = f"{joints[parent].name}End"
            opened.append(len(joints))
            joints.append(_BvhJoint(name, parent, key == "END"))
        elif key == "}":
            opened.pop()
        elif key == "OFFSET":
            joints[opened[-1]].offset = tuple(_number(next(words)) for _ in range(3))
        elif key == "CHANNELS":
            joints[opened[-1]].channels += [_channel(next(words)) for _ in range(int(next(words)))]
        else:
            raise _Fault(f"has '{word}' between its joints, which means nothing there", "export the clip again")
    if opened or not joints:
        raise _Fault(*_DAMAGED)
    _check_names(joint.name for joint in joints if not joint.is_end)
    return joints


def _name(words: Iterator[str]) -> str:
    """The words up to the brace that opens the joint."""
    name: list[str] = []
    for word in words:
        if word == "{":
            break
        if word.upper() in _KEYWORDS:
            raise _Fault(f"has no opening brace after the joint '{' '.join(name)}'", "export the clip again")
        name.append(word)
    if not name:
        raise _Fault("has a joint without a name", "name every joint")
    return " ".join(name)


def _check_names(names: Iterable[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise _Fault(f"has {times} joints named '{name}'", "give every joint a name of its own")


def _channel(word: str) -> str:
    """`Xrotation`, however it is capitalised."""
    found = _CHANNEL.fullmatch(word.rstrip(","))
    if found is None:
        raise _Fault(
            f"has a channel '{word}', which is no position and no rotation of X, Y or Z",
            "correct its name, or the number of channels before it",
        )
    return found[1].upper() + found[2].lower()


def _number(word: str) -> float:
    number = float(word.rstrip(",").replace(",", "."))
    if not np.isfinite(number):
        raise _Fault(f"has '{word}' where a number belongs", "export the clip again")
    return number


# The frames -----------------------------------------------------------------------------------------------------------


def _read_frames(body: str, width: int) -> tuple[int, float, np.ndarray]:
    """Number of frames, frames per second, and all values of the file, row after row."""
    if "," in body:
        body = re.sub(r",(?=\s|$)", " ", body).replace(",", ".")
    found = _TIMES.match(body)
    if found is None:
        raise _Fault("does not say 'Frames:' and 'Frame Time:' after MOTION", "export the clip again")
    frames, seconds = int(found[1]), _number(found[2])
    if not 1e-6 < seconds < 1e6:
        raise _Fault(f"has a frame time of {seconds:g} s", "write the time from frame to frame, such as 0.033333")
    rows = [np.array(line.split(), np.float64) for line in body[found.end() :].splitlines()]
    values = np.concatenate([*rows, np.zeros(0)])
    if width == 0 or frames == 0:
        raise _Fault("moves no joint" if frames else "has no frames", "export a clip with animation")
    if values.size != frames * width:
        raise _Fault(f"has {values.size} numbers where {frames} frames need {frames * width}", "export it again")
    if not np.isfinite(values).all():
        raise _Fault("has values that are not finite", "correct or remove those frames")
    whole = round(1 / seconds)
    # Files give the frame time with six digits: 0.016667 for 1/60 s drifts by a frame in ten minutes.
    fps = float(whole) if whole and abs(seconds - 1 / whole) < 1e-6 else 1 / seconds
    return frames, fps, values


def _assemble(joints: list[_BvhJoint], rows: np.ndarray, fps: float) -> Bvh:
    """The file's contents of its joints and its rows (T, channels of all joints)."""
    offsets = np.array([joint.offset for joint in joints], np.float64)
    quaternions = np.zeros((len(rows), len(joints), 4), np.float32)
    positions: dict[int, np.ndarray] = {}
    column = 0
    for j, joint in enumerate(joints):
        own = rows[:, column : column + len(joint.channels)]
        column += len(joint.channels)
        for part in slices(len(rows)):
            quaternions[part, j] = _joint_quaternions(own[part], joint.channels)
        place = _joint_positions(own, joint)
        if place is not None:
            positions[j] = place
            offsets[j] = np.median(place, axis=0)
    names, parents = tuple(joint.name for joint in joints), tuple(joint.parent for joint in joints)
    return Bvh(names, parents, offsets, make_continuous(quaternions), positions, fps)


def _joint_positions(rows: np.ndarray, joint: _BvhJoint) -> np.ndarray | None:
    """(T, 3) from the parent, the OFFSET's value on axes without a channel; None without position channels."""
    columns = {"XYZ".index(name[0]): k for k, name in enumerate(joint.channels) if name.endswith("position")}
    if not columns:
        return None
    offset = np.array(joint.offset)
    place = np.tile(offset, (len(rows), 1))
    for axis, k in columns.items():
        place[:, axis] = rows[:, k]
    is_change = joint.parent >= 0 and np.linalg.norm(np.median(place, axis=0)) < 1e-3 * np.linalg.norm(offset)
    return place + offset if is_change else place


def _joint_quaternions(rows: np.ndarray, channels: list[str]) -> np.ndarray:
    """Quaternions (T, 4) of rows (T, channels) in degrees, rotating in the order of the joint's channels."""
    matrix = np.eye(3)
    for channel, degrees in zip(channels, rows.T):
        if not channel.endswith("rotation"):
            continue
        angle, axis = np.radians(degrees), "XYZ".index(channel[0])
        a, b = (axis + 1) % 3, (axis + 2) % 3
        turn = np.zeros((len(rows), 3, 3))
        turn[:, axis, axis] = 1
        turn[:, a, a] = turn[:, b, b] = np.cos(angle)
        turn[:, b, a], turn[:, a, b] = np.sin(angle), -np.sin(angle)
        matrix = matrix @ turn
    return matrix_to_quaternion(np.broadcast_to(matrix, (len(rows), 3, 3)))
