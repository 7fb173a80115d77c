"""SMPL-X motions as NumPy archives (`.npz`), with the keys of AMASS and BEAT2. Read without pickle."""

from __future__ import annotations

import os
import zipfile
from math import prod
from pathlib import Path
from typing import IO

import numpy as np
from numpy.lib import format as npy

from ..body.motion import LongMotion, Motion, Skeleton
from ..body.rotations import (
    axis_angle_to_quaternion,
    make_continuous,
    matrix_to_quaternion,
    multiply_quaternions,
    quaternion_to_axis_angle,
)
from ..body.skeleton import BODY, BODY_HANDS, PELVIS_HEIGHT_M, SMPLX
from ..body.upright import along_y, stand_up
from ..errors import MotionError
from .arrays import DamagedError, read_arrays
from .registry import Format

_SIGNATURE = b"A take made by Audio2Gestures"


def save_npz(motion: Motion | LongMotion, path: str | Path) -> None:
    """Write poses (T, 165), axis-angle of the 55 joints, trans (T, 3) in metres, betas, gender and mocap_frame_rate.

    Joints that the motion lacks are at rest (zero). trans is zero where the root is at its rest position. The file may
    have any ending. It is to the byte what `np.savez` makes of these arrays, of which poses are written as they come.
    """
    _save(motion, path, {})


def save_npz_z_up(motion: Motion | LongMotion, path: str | Path) -> None:
    """The same with Z up, as in AMASS: trans is where the pelvis is, with the floor at 0; `up_axis` says so."""
    turn = matrix_to_quaternion(_TO_Z_UP)

    def turned(part: Motion) -> Motion:
        quaternions = part.quaternions.copy()
        quaternions[:, 0] = multiply_quaternions(turn, quaternions[:, 0].astype(np.float64))
        place = (part.translation + np.array((0.0, PELVIS_HEIGHT_M, 0.0))) @ _TO_Z_UP.T
        return Motion(quaternions, place, part.fps, part.skeleton)

    parts = map(turned, motion.parts())
    _save(LongMotion(len(motion), motion.fps, motion.skeleton, parts), path, {_UP: np.array("Z")})


_TO_Z_UP = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])


def _save(motion: Motion | LongMotion, path: str | Path, more: dict[str, np.ndarray]) -> None:
    to, done = [SMPLX.index(name) for name in motion.skeleton.names], 0
    trans = np.empty((len(motion), 3), np.float32)
    with zipfile.ZipFile(path, "w") as archive:
        with _member(archive, "poses") as member:
            layout = {"descr": "<f4", "fortran_order": False, "shape": (len(motion), 3 * len(SMPLX))}
            npy.write_array_header_1_0(member, layout)
            for part in motion.parts():
                poses = np.zeros((len(part), len(SMPLX), 3), "<f4")
                poses[:, to] = quaternion_to_axis_angle(part.quaternions)
                trans[done : done + len(part)] = part.translation
                done += len(part)
                member.write(poses.tobytes())
        others = {
            "trans": trans, "betas": np.zeros(16, np.float32), "gender": np.array("neutral"),
            "surface_model_type": np.array("smplx"), "mocap_frame_rate": np.array(motion.fps, np.float64),
            **more,
        }  # fmt: skip
        for name, array in others.items():
            with _member(archive, name) as member:
                npy.write_array(member, array, allow_pickle=False)


def _member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    return archive.open(f"{name}.npy", "w", force_zip64=True)


def load_npz(path: str | Path) -> Motion:
    """Read what `save_npz` writes, and motions of AMASS and BEAT2 on SMPL-X, SMPL+H or SMPL; MotionError for others.

    The motion has the joints of its body model: 55, 52, or 22 without the two hands of SMPL. The rotations are either
    in `poses`, or in the parts that AMASS names (`root_orient`, `pose_body`, ...), of which some may be missing. The
    translation is `trans`, zero without it. A file whose `up_axis` is not Y, or that has none and whose body stands
    along another axis, is turned upright, unless it is a take of ours; see `stand_up`.
    """
    name = Path(path).name
    try:
        arrays = read_arrays(path, _READ)
    except DamagedError as error:
        raise MotionError(f"'{name}' is not a SMPL-X motion ({error})", _WANTED) from None
    try:
        poses, skeleton = _poses(arrays)
        if len(poses) == 0:
            raise MotionError("it has no frames", "give a clip with animation")
        trans = _numbers(arrays.get("trans", np.zeros((len(poses), 3))), "trans")
        quaternions = make_continuous(axis_angle_to_quaternion(poses))
        motion = Motion(quaternions, trans, _fps(arrays, len(poses)), skeleton)
        return motion if is_signed_npz(path) and _UP not in arrays else _upright(motion, arrays)
    except MotionError as error:
        raise MotionError(f"'{name}': {error.problem}", error.hint) from None


_WANTED = "give an npz with 'poses' (T, 165) and 'mocap_frame_rate'"
_RATES = ("mocap_frame_rate", "mocap_framerate")
_LENGTH = "mocap_time_length"
_UP = "up_axis"
_PARTS = {
    "root_orient": SMPLX.names[:1], "pose_body": SMPLX.names[1:22], "pose_jaw": SMPLX.names[22:23],
    "pose_eye": SMPLX.names[23:25], "pose_hand": SMPLX.names[25:],
}  # fmt: skip
"""AMASS's parts of the pose and their joints, in our order."""

_READ = ("poses", "trans", *_RATES, _LENGTH, _UP, *_PARTS)
_MODELS = {165: SMPLX, 156: BODY_HANDS, 72: BODY}
"""What is read of `poses` of a width. SMPL's 24 joints end with two that stand for whole hands, which are left out."""


def _poses(arrays: dict[str, np.ndarray]) -> tuple[np.ndarray, Skeleton]:
    """Axis-angle (T, J, 3) of the J joints of a skeleton of ours; MotionError for other shapes."""
    if "poses" not in arrays:
        return _poses_of_parts(arrays)
    poses = arrays["poses"]
    width = prod(poses.shape[1:])
    if poses.ndim not in (2, 3) or width not in _MODELS or (poses.ndim == 3 and poses.shape[2] != 3):
        raise MotionError(
            f"'poses' has shape {poses.shape}",
            "give (T, 165), (T, 156) or (T, 72): axis-angle of the joints of SMPL-X, SMPL+H or SMPL",
        )
    skeleton = _MODELS[width]
    return _numbers(poses, "poses").reshape(len(poses), width // 3, 3)[:, : len(skeleton)], skeleton


def _poses_of_parts(arrays: dict[str, np.ndarray]) -> tuple[np.ndarray, Skeleton]:
    """The same of the parts that a file has."""
    parts = {part: _numbers(arrays[part], part) for part in _PARTS if part in arrays}
    if not {"root_orient", "pose_body"} <= parts.keys():
        raise MotionError("it has no 'poses'", _WANTED)
    frames = len(parts["root_orient"])
    for part, rows in parts.items():
        if rows.shape != (frames, 3 * len(_PARTS[part])):
            raise MotionError(f"'{part}' has shape {rows.shape}", f"give ({frames}, {3 * len(_PARTS[part])})")
    poses = np.concatenate(list(parts.values()), axis=1)
    names = tuple(name for part in parts for name in _PARTS[part])
    return poses.reshape(frames, len(names), 3), SMPLX.subset(names)


def _fps(arrays: dict[str, np.ndarray], frames: int) -> float:
    """Frames per second, as given or from the duration."""
    rate = next((arrays[name] for name in _RATES if name in arrays), None)
    if rate is not None:
        return float(_numbers(_one(rate, "mocap_frame_rate"), "mocap_frame_rate"))
    if _LENGTH in arrays:
        return frames / max(float(_numbers(_one(arrays[_LENGTH], _LENGTH), _LENGTH)), 1e-9)
    raise MotionError("it has no 'mocap_frame_rate'", "give an npz that says its frames per second there")


def _upright(motion: Motion, arrays: dict[str, np.ndarray]) -> Motion:
    if _UP not in arrays:
        return stand_up(motion)
    text = str(_one(arrays[_UP], _UP)).strip().upper()
    if text.lstrip("+-") not in ("X", "Y", "Z") or len(text) > 2:
        raise MotionError(f"its '{_UP}' is '{text}'", "write X, Y or Z there")
    axis = np.eye(3)["XYZ".index(text[-1])] * (-1 if text[0] == "-" else 1)
    return along_y(motion, axis)


def _one(array: np.ndarray, name: str) -> np.ndarray:
    if array.size != 1:
        raise MotionError(f"'{name}' has shape {array.shape}", "give one value there")
    return array.reshape(())


def _numbers(array: np.ndarray, name: str) -> np.ndarray:
    """As float32 (T, ...) or float64 (); MotionError for text and the like."""
    if array.dtype.kind not in "fiu":
        raise MotionError(f"'{name}' holds no numbers", "export the clip again")
    return array.astype(np.float32 if array.ndim else np.float64)


def sign_npz(path: str | Path) -> None:
    """Add a comment to the archive, which readers of arrays do not see, and which whoever saves them again drops."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = _SIGNATURE


def is_signed_npz(path: str | Path) -> bool:
    """Whether an archive has that comment: it ends with it."""
    with open(path, "rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - len(_SIGNATURE)))
        return file.read() == _SIGNATURE


FORMAT = Format(
    ".npz", "SMPL-X / AMASS", load=load_npz, save=save_npz, save_parts=save_npz, save_z_up=save_npz_z_up, sign=sign_npz,
    is_signed=is_signed_npz,
)  # fmt: skip
