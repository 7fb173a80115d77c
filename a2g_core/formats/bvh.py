"""Biovision hierarchies (`.bvh`): joint angles as text, read in any channel order and any rest pose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import numpy as np

from ..body.motion import Motion, Skeleton
from ..body.resample import slices
from ..body.rotations import make_continuous, matrix_to_quaternion, quaternion_to_matrix
from ..body.skeleton import PELVIS_HEIGHT_M, SMPLX
from ..errors import MotionError
from .registry import Format

CM_PER_M = 100.0
"""Lengths are written in centimetres, as motion-capture files have them."""

_LONGEST_HEAD = 65_536
_OFFSET = r"OFFSET(?: -?[0-9]+\.[0-9]{6}){3}"
_LAYOUT = re.compile(
    rf"HIERARCHY\nROOT \w+\n{{\n\t{_OFFSET}\n"
    r"\tCHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation\n"
    rf"(?:\t+(?:JOINT \w+|{{|}}|{_OFFSET}|CHANNELS 3 Zrotation Xrotation Yrotation|End Site|OFFSET 0\.0 0\.0 0\.0)\n)+"
    r"}\nMOTION\nFrames: [0-9]+\nFrame Time: [0-9]+\.[0-9]{9}\n-?[0-9]+\.[0-9]{5}(?: -?[0-9]+\.[0-9]{5})*\n"
)
"""The beginning of what `save_bvh` writes. Others give the frame time and the angles other numbers of digits."""


def save_bvh(motion: Motion, path: str | Path) -> None:
    """Write a motion in centimetres and degrees, channels Z X Y; only the root has position channels."""
    skeleton = motion.skeleton
    order = _depth_first(skeleton)
    with open(path, "w", encoding="ascii") as file:
        file.write("HIERARCHY\n")
        _write_joint(file, skeleton, 0, 0)
        file.write(f"MOTION\nFrames: {len(motion)}\nFrame Time: {1 / motion.fps:.9f}\n")
        root = np.asarray(skeleton.offsets[0]) + np.array((0, PELVIS_HEIGHT_M, 0))
        for part in slices(len(motion)):
            angles = np.degrees(_to_zxy(quaternion_to_matrix(motion.quaternions[part][:, order])))
            place = (motion.translation[part] + root) * CM_PER_M
            rows = np.concatenate([place, angles.reshape(len(angles), -1)], axis=1)
            np.savetxt(file, rows, fmt="%.5f")


def is_as_written(path: str | Path) -> bool:
    """Whether a file is laid out to the letter as `save_bvh` does it, which no program that changes a clip would keep.

    The format has no place for a signature.
    """
    with open(path, encoding="ascii", errors="replace") as file:
        return _LAYOUT.match(file.read(_LONGEST_HEAD)) is not None


def _depth_first(skeleton: Skeleton, joint: int = 0) -> list[int]:
    children = [j for j, p in enumerate(skeleton.parents) if p == joint]
    return [joint, *(k for child in children for k in _depth_first(skeleton, child))]


def _write_joint(file: TextIO, skeleton: Skeleton, joint: int, depth: int) -> None:
    tab, offset = "\t" * depth, np.asarray(skeleton.offsets[joint]) * CM_PER_M
    file.write(f"{tab}{'JOINT' if depth else 'ROOT'} {skeleton.names[joint]}\n{tab}{{\n")
    file.write(f"{tab}\tOFFSET {offset[0]:.6f} {offset[1]:.6f} {offset[2]:.6f}\n")
    position = "" if depth else "Xposition Yposition Zposition "
    file.write(f"{tab}\tCHANNELS {3 if depth else 6} {position}Zrotation Xrotation Yrotation\n")
    children = [j for j, p in enumerate(skeleton.parents) if p == joint]
    for child in children:
        _write_joint(file, skeleton, child, depth + 1)
    if not children:
        file.write(f"{tab}\tEnd Site\n{tab}\t{{\n{tab}\t\tOFFSET 0.0 0.0 0.0\n{tab}\t}}\n")
    file.write(f"{tab}}}\n")


def _to_zxy(m: np.ndarray) -> np.ndarray:
    """Angles (..., 3) in radians, in the order z, x, y, of matrices (..., 3, 3) = Rz Rx Ry; y is 0 at x = ±90°."""
    sine = np.clip(m[..., 2, 1], -1, 1)
    x = np.arcsin(sine)
    pole = np.abs(sine) > 1 - 1e-6
    z = np.where(pole, np.arctan2(m[..., 1, 0], m[..., 0, 0]), np.arctan2(-m[..., 0, 1], m[..., 1, 1]))
    y = np.where(pole, 0.0, np.arctan2(-m[..., 2, 0], m[..., 2, 2]))
    return np.stack([z, x, y], axis=-1)


@dataclass(frozen=True)
class Bvh:
    """The contents of a BVH file, with joints of any names; its rest pose is `offsets` without rotations.

    names: J joints, parents before children; an "End Site" is named after its joint, with "End" appended.
    offsets: (J, 3) from the parent, in the file's own unit. quaternions: (T, J, 4) float32, about the parent.
    root: (T, 3) position of the root, in the file's unit; None where the file has no position channels.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    offsets: np.ndarray
    quaternions: np.ndarray
    root: np.ndarray | None
    fps: float


def read_bvh(path: str | Path) -> Bvh:
    """Read any BVH file, whatever its joints and channel order; MotionError if it is damaged.

    The offset of a joint with position channels is the median of these, not the OFFSET in the file.
    """
    name = Path(path).name
    try:
        head, _, body = Path(path).read_text(encoding="utf-8", errors="replace").partition("MOTION")
        joints = _read_hierarchy(iter(head.split()))
        frames, fps, values = _read_frames(body)
    except (OSError, StopIteration, ValueError, IndexError, ZeroDivisionError):
        raise MotionError(f"'{name}' is damaged or not a BVH file", "export the clip again") from None
    width = sum(len(joint.channels) for joint in joints)
    if values.size != frames * width or frames == 0:
        raise MotionError(
            f"'{name}' has {values.size} numbers where {frames} frames need {frames * width}", "export it again"
        )
    rows, offsets = values.reshape(frames, width), np.array([joint.offset for joint in joints], np.float64)
    quaternions = np.zeros((frames, len(joints), 4), np.float32)
    root, column = None, 0
    for j, joint in enumerate(joints):
        own = rows[:, column : column + len(joint.channels)]
        column += len(joint.channels)
        for part in slices(frames):
            quaternions[part, j] = _joint_quaternions(own[part], joint.channels)
        axes = [f"{axis}position" for axis in "XYZ"]
        if set(axes) <= set(joint.channels):
            position = own[:, [joint.channels.index(axis) for axis in axes]]
            root = position if joint.parent < 0 else root
            offsets[j] = np.median(position, axis=0)
    names, parents = tuple(joint.name for joint in joints), tuple(joint.parent for joint in joints)
    return Bvh(names, parents, offsets, make_continuous(quaternions), root, fps)


def load_bvh(path: str | Path) -> Motion:
    """Read a BVH file whose joints have SMPL-X names, in any channel order; other joints are ignored.

    Bone lengths are ignored too. Raises MotionError for other skeletons, which need retargeting.
    """
    bvh = read_bvh(path)
    if "pelvis" not in bvh.names:
        raise MotionError(f"'{Path(path).name}' has no joint 'pelvis'", "give a BVH whose joints have the SMPL-X names")
    known = {n for n in SMPLX.names if n in bvh.names}
    skeleton = SMPLX.subset(tuple(n for n in SMPLX.names if _chain(n) <= known))
    quaternions = bvh.quaternions[:, [bvh.names.index(n) for n in skeleton.names]]
    trans = np.zeros((len(quaternions), 3)) if bvh.root is None else (bvh.root - bvh.root[0]) / CM_PER_M
    return Motion(quaternions, trans, bvh.fps, skeleton)


def _chain(name: str) -> set[str]:
    """The joint and all of its ancestors."""
    j, out = SMPLX.index(name), set()
    while j >= 0:
        out.add(SMPLX.names[j])
        j = SMPLX.parents[j]
    return out


@dataclass
class _BvhJoint:
    name: str
    parent: int
    offset: tuple[float, ...] = (0.0, 0.0, 0.0)
    channels: list[str] = field(default_factory=list)


def _read_hierarchy(words: Iterator[str]) -> list[_BvhJoint]:
    """All joints; an "End Site" is a joint without channels."""
    joints: list[_BvhJoint] = []
    opened: list[int] = []
    for word in words:
        if word in ("ROOT", "JOINT"):
            joints.append(_BvhJoint(next(words), opened[-1] if opened else -1))
        elif word == "End":
            next(words)
            joints.append(_BvhJoint(f"{joints[opened[-1]].name}End", opened[-1]))
        elif word == "{":
            opened.append(len(joints) - 1)
        elif word == "}":
            opened.pop()
        elif word == "OFFSET":
            joints[opened[-1]].offset = tuple(float(next(words)) for _ in range(3))
        elif word == "CHANNELS":
            joints[opened[-1]].channels += [next(words) for _ in range(int(next(words)))]
    if opened or not joints:
        raise ValueError
    return joints


def _read_frames(body: str) -> tuple[int, float, np.ndarray]:
    """Number of frames, frames per second, and all values of the file, row after row."""
    words = body.split(maxsplit=5)
    if words[0] != "Frames:" or words[2:4] != ["Frame", "Time:"]:
        raise ValueError
    seconds = float(words[4])
    whole = round(1 / seconds)
    # Files give the frame time with six digits: 0.016667 for 1/60 s drifts by a frame in ten minutes.
    fps = float(whole) if whole and abs(seconds - 1 / whole) < 1e-6 else 1 / seconds
    rows = [np.array(line.split(), np.float64) for line in words[5].splitlines()] if len(words) > 5 else []
    return int(words[1]), fps, np.concatenate([*rows, np.zeros(0)])


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


FORMAT = Format(".bvh", "Biovision", load=load_bvh, save=save_bvh, is_signed=is_as_written)
