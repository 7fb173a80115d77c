"""Biovision hierarchies (`.bvh`): joint angles as text, written with SMPL-X joint names, read with them.

A file says neither which way is up nor what its unit is. Both are told from its skeleton: up is where the head is above
the pelvis, left is from the right hip to the left one, and the legs are as long as ours.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TextIO

import numpy as np

from ..body.motion import LongMotion, Motion, Skeleton
from ..body.retarget import transfer
from ..body.rotations import quaternion_to_matrix
from ..body.skeleton import PELVIS_HEIGHT_M, SMPLX
from ..body.upright import stand_up
from ..errors import MotionError
from .bvh_reader import Bvh, read_bvh
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


def save_bvh(motion: Motion | LongMotion, path: str | Path) -> None:
    """Write a motion in centimetres and degrees, channels Z X Y; only the root has position channels."""
    skeleton = motion.skeleton
    order = _depth_first(skeleton)
    with open(path, "w", encoding="ascii") as file:
        file.write("HIERARCHY\n")
        _write_joint(file, skeleton, 0, 0)
        file.write(f"MOTION\nFrames: {len(motion)}\nFrame Time: {1 / motion.fps:.9f}\n")
        root = np.asarray(skeleton.offsets[0]) + np.array((0, PELVIS_HEIGHT_M, 0))
        for part in motion.parts():
            angles = np.degrees(_to_zxy(quaternion_to_matrix(part.quaternions[:, order])))
            place = (part.translation + root) * CM_PER_M
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


def load_bvh(path: str | Path) -> Motion:
    """Read a BVH file whose joints have SMPL-X names, in any axes, unit, rest pose and channel order.

    Case, spaces and namespaces in names make no difference. Other joints turn the ones below them, and are left out.
    The motion is upright (Y up) and keeps its heading and its place: translation is zero where the pelvis is above the
    file's origin by its height in our rest pose, scaled by the legs. It is zero throughout in a file without positions.
    Raises MotionError for other skeletons, which need retargeting, and where up, left or size cannot be told.
    """
    name, bvh = Path(path).name, read_bvh(path)
    index = _smplx_joints(bvh, name)
    try:
        motion = transfer(bvh.source(index), _skeleton_of(index))
        return motion if is_as_written(path) else stand_up(motion, PELVIS_HEIGHT_M)
    except MotionError as error:
        raise MotionError(f"'{name}': {error.problem}", error.hint) from None


_SIDE_LETTERS = {"l": "left", "r": "right"}


def _smplx_joints(bvh: Bvh, file: str) -> dict[str, int]:
    """The file's joint for each of ours that it has."""
    index: dict[str, int] = {}
    for j, written in enumerate(bvh.names):
        words = written.rpartition(":")[2].replace("-", " ").replace("_", " ").replace(".", " ").lower().split()
        name = "_".join([_SIDE_LETTERS.get(words[0], words[0]), *words[1:]])
        if name not in SMPLX.names:
            continue
        if name in index:
            twice = f"'{bvh.names[index[name]]}' and '{written}'"
            raise MotionError(f"'{file}' has two joints for '{name}': {twice}", "rename or remove one of them")
        index[name] = j
    if "pelvis" not in index:
        raise MotionError(f"'{file}' has no joint 'pelvis'", "give a BVH whose joints have the SMPL-X names")
    return index


def _skeleton_of(index: dict[str, int]) -> Skeleton:
    """These joints and those above them, at rest where the file lacks them."""
    kept = set()
    for name in index:
        j = SMPLX.index(name)
        while j >= 0:
            kept.add(j)
            j = SMPLX.parents[j]
    return SMPLX.subset(tuple(SMPLX.names[j] for j in sorted(kept)))


FORMAT = Format(".bvh", "Biovision", load=load_bvh, save=save_bvh, save_parts=save_bvh, is_signed=is_as_written)
