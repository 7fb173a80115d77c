"""Motions in files: SMPL-X / AMASS `.npz`, and `.bvh`. NumPy alone; nothing in a file can execute."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from .errors import MotionError
from .motion import Motion, Skeleton
from .postprocess import slices
from .rotations import (
    axis_angle_to_quaternion,
    make_continuous,
    matrix_to_quaternion,
    quaternion_to_axis_angle,
    quaternion_to_matrix,
)
from .skeleton import PELVIS_HEIGHT_M, SMPLX

BVH_CM = 100.0
"""BVH lengths are written in centimetres, as motion-capture files have them."""


def save_motion(motion: Motion, path: str | Path) -> None:
    """Write `.npz` or `.bvh`, by the path's ending."""
    _by_ending(path, {".npz": save_npz, ".bvh": save_bvh})(motion, path)


def load_motion(path: str | Path) -> Motion:
    """Read `.npz` or `.bvh`, by the path's ending."""
    if not Path(path).is_file():
        raise MotionError(f"there is no clip '{path}'", "check the path of the clip")
    return _by_ending(path, {".npz": load_npz, ".bvh": load_bvh})(path)


def _by_ending(path: str | Path, choices: dict):
    ending = Path(path).suffix.lower()
    if ending not in choices:
        raise MotionError(f"'{Path(path).name}' is neither .npz nor .bvh", "use one of these two endings")
    return choices[ending]


# SMPL-X npz -----------------------------------------------------------------------------------------------------------


def save_npz(motion: Motion, path: str | Path) -> None:
    """SMPL-X / AMASS keys: poses (T, 165) axis-angle of 55 joints, trans (T, 3) m, betas, gender, mocap_frame_rate.

    Joints that the motion does not have are at rest (zero). trans is zero where the root is at its rest position.
    """
    poses = np.zeros((len(motion), len(SMPLX), 3), np.float32)
    to = [SMPLX.index(name) for name in motion.skeleton.names]
    for part in slices(len(motion)):
        poses[part, to] = quaternion_to_axis_angle(motion.quaternions[part])
    np.savez(
        path,
        poses=poses.reshape(len(motion), -1), trans=motion.translation, betas=np.zeros(16, np.float32),
        gender=np.array("neutral"), surface_model_type=np.array("smplx"), mocap_frame_rate=np.float64(motion.fps),
    )  # fmt: skip


def load_npz(path: str | Path) -> Motion:
    """The inverse of `save_npz`; reads AMASS SMPL-X and BEAT2 files too (MotionError says what is missing)."""
    name = Path(path).name
    try:
        with np.load(path, allow_pickle=False) as file:
            poses = np.asarray(file["poses"], np.float32)
            rate = next(file[k] for k in ("mocap_frame_rate", "mocap_framerate") if k in file)
            trans = np.asarray(file["trans"], np.float32) if "trans" in file else np.zeros((len(poses), 3), np.float32)
            fps = float(rate)
    except (OSError, ValueError, KeyError, StopIteration, TypeError, zipfile.BadZipFile) as error:
        raise MotionError(
            f"'{name}' is not a SMPL-X motion ({type(error).__name__})",
            "give an npz with 'poses' (T, 165) and 'mocap_frame_rate'",
        ) from None
    if poses.ndim != 2 or poses.shape[1] != 3 * len(SMPLX):
        raise MotionError(
            f"'poses' in '{name}' has shape {poses.shape}", "give (T, 165): axis-angle of the 55 SMPL-X joints"
        )
    quaternions = axis_angle_to_quaternion(poses.reshape(len(poses), len(SMPLX), 3))
    return Motion(make_continuous(quaternions), trans - trans[:1], fps, SMPLX)


# BVH ------------------------------------------------------------------------------------------------------------------


def save_bvh(motion: Motion, path: str | Path) -> None:
    """Biovision hierarchy: centimetres, degrees, root with position, channels Z X Y."""
    skeleton = motion.skeleton
    order = _depth_first(skeleton)
    with open(path, "w", encoding="ascii") as file:
        file.write("HIERARCHY\n")
        _write_joint(file, skeleton, 0, 0)
        file.write(f"MOTION\nFrames: {len(motion)}\nFrame Time: {1 / motion.fps:.9f}\n")
        root = np.asarray(skeleton.offsets[0]) + np.array((0, PELVIS_HEIGHT_M, 0))
        for part in slices(len(motion)):
            angles = np.degrees(_to_zxy(quaternion_to_matrix(motion.quaternions[part][:, order])))
            rows = np.concatenate([(motion.translation[part] + root) * BVH_CM, angles.reshape(len(angles), -1)], axis=1)
            np.savetxt(file, rows, fmt="%.5f")


def _depth_first(skeleton: Skeleton, joint: int = 0) -> list[int]:
    children = [j for j, p in enumerate(skeleton.parents) if p == joint]
    return [joint, *(k for child in children for k in _depth_first(skeleton, child))]


def _write_joint(file, skeleton: Skeleton, joint: int, depth: int) -> None:
    tab, offset = "\t" * depth, np.asarray(skeleton.offsets[joint]) * BVH_CM
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
    """(..., 3, 3) = Rz Rx Ry to radians (..., 3) in that order; at the pole (x = ±90°) y is set to 0."""
    sine = np.clip(m[..., 2, 1], -1, 1)
    x = np.arcsin(sine)
    pole = np.abs(sine) > 1 - 1e-6
    z = np.where(pole, np.arctan2(m[..., 1, 0], m[..., 0, 0]), np.arctan2(-m[..., 0, 1], m[..., 1, 1]))
    y = np.where(pole, 0.0, np.arctan2(-m[..., 2, 0], m[..., 2, 2]))
    return np.stack([z, x, y], axis=-1)


def load_bvh(path: str | Path) -> Motion:
    """A BVH whose joints have SMPL-X names, any channel order; joints of other names are not read.

    Lengths do not matter. MotionError for other skeletons: those need retargeting.
    """
    name = Path(path).name
    try:
        words = iter(Path(path).read_text(encoding="utf-8", errors="replace").split())
        channels = _read_hierarchy(words)
        frames, fps, values = _read_frames(words)
    except (StopIteration, ValueError, IndexError, ZeroDivisionError):
        raise MotionError(f"'{name}' is damaged or no BVH file", "export the clip again") from None
    if values.size != frames * len(channels) or frames == 0:
        raise MotionError(
            f"'{name}' has {values.size} numbers where {frames} frames need more or fewer", "export it again"
        )
    columns = {channel: k for k, channel in enumerate(channels)}
    joints = list(dict.fromkeys(joint for joint, _ in channels))
    if "pelvis" not in joints:
        raise MotionError(f"'{name}' has no joint 'pelvis'", "give a BVH whose joints have the SMPL-X names")
    known = tuple(n for n in SMPLX.names if n in joints)
    skeleton = SMPLX.subset(tuple(n for n in known if _chain(n) <= set(known)))
    rows = values.reshape(frames, len(channels))
    quaternions = np.stack([_joint_quaternions(rows, columns, channels, n) for n in skeleton.names], axis=1)
    axes = [columns.get(("pelvis", f"{axis}position")) for axis in "XYZ"]
    trans = np.zeros((frames, 3)) if None in axes else (rows[:, axes] - rows[0, axes]) / BVH_CM
    return Motion(make_continuous(quaternions), trans, fps, skeleton)


def _chain(name: str) -> set[str]:
    """The joint and all above it."""
    j, out = SMPLX.index(name), set()
    while j >= 0:
        out.add(SMPLX.names[j])
        j = SMPLX.parents[j]
    return out


def _read_hierarchy(words: Iterator[str]) -> list[tuple[str, str]]:
    """(joint, channel) of every column, up to the word MOTION."""
    channels, joint = [], ""
    while (word := next(words)) != "MOTION":
        if word in ("ROOT", "JOINT"):
            joint = next(words)
        elif word == "CHANNELS":
            channels += [(joint, next(words)) for _ in range(int(next(words)))]
    return channels


def _read_frames(words: Iterator[str]) -> tuple[int, float, np.ndarray]:
    if next(words) != "Frames:":
        raise ValueError
    frames = int(next(words))
    if (next(words), next(words)) != ("Frame", "Time:"):
        raise ValueError
    return frames, 1 / float(next(words)), np.array(list(words), np.float64)


def _joint_quaternions(rows: np.ndarray, columns: dict, channels: list, joint: str) -> np.ndarray:
    """(T, 4): rotations about the axes in the order of the joint's channels."""
    matrix = np.eye(3)
    for channel in (c for c in channels if c[0] == joint and c[1].endswith("rotation")):
        angle = np.radians(rows[:, columns[channel]])
        axis = "XYZ".index(channel[1][0])
        a, b = (axis + 1) % 3, (axis + 2) % 3
        turn = np.zeros((len(rows), 3, 3))
        turn[:, axis, axis] = 1
        turn[:, a, a] = turn[:, b, b] = np.cos(angle)
        turn[:, b, a], turn[:, a, b] = np.sin(angle), -np.sin(angle)
        matrix = matrix @ turn
    return matrix_to_quaternion(np.broadcast_to(matrix, (len(rows), 3, 3)))
