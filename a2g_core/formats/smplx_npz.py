"""SMPL-X motions as NumPy archives (`.npz`), with the keys of AMASS and BEAT2. Read without pickle."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import numpy as np

from ..body.motion import Motion
from ..body.resample import slices
from ..body.rotations import axis_angle_to_quaternion, make_continuous, quaternion_to_axis_angle
from ..body.skeleton import SMPLX
from ..errors import MotionError
from .registry import Format

_SIGNATURE = b"A take made by Audio2Gestures"


def save_npz(motion: Motion, path: str | Path) -> None:
    """Write poses (T, 165), axis-angle of the 55 joints, trans (T, 3) in metres, betas, gender and mocap_frame_rate.

    Joints that the motion lacks are at rest (zero). trans is zero where the root is at its rest position. The file may
    have any ending.
    """
    poses = np.zeros((len(motion), len(SMPLX), 3), np.float32)
    to = [SMPLX.index(name) for name in motion.skeleton.names]
    for part in slices(len(motion)):
        poses[part, to] = quaternion_to_axis_angle(motion.quaternions[part])
    with open(path, "wb") as file:  # of a path, NumPy adds .npz to any other ending, also to .NPZ
        np.savez(
            file,
            poses=poses.reshape(len(motion), -1), trans=motion.translation, betas=np.zeros(16, np.float32),
            gender=np.array("neutral"), surface_model_type=np.array("smplx"), mocap_frame_rate=np.float64(motion.fps),
        )  # fmt: skip


def load_npz(path: str | Path) -> Motion:
    """Read what `save_npz` writes, and SMPL-X files of AMASS and BEAT2; MotionError for anything else."""
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


def sign_npz(path: str | Path) -> None:
    """Add a comment to the archive, which readers of arrays do not see, and which whoever saves them again drops."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = _SIGNATURE


def is_signed_npz(path: str | Path) -> bool:
    """Whether an archive has that comment: it ends with it."""
    with open(path, "rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - len(_SIGNATURE)))
        return file.read() == _SIGNATURE


FORMAT = Format(".npz", "SMPL-X / AMASS", load=load_npz, save=save_npz, sign=sign_npz, is_signed=is_signed_npz)
