"""Converts the decoder's output to a Motion."""

from __future__ import annotations

import numpy as np

from ..body.kinematics import ground_translation
from ..body.motion import Motion, Skeleton
from ..body.resample import slices
from ..body.rotations import matrix_to_quaternion, sixd_to_matrix


def motion_from_sixd(sixd: np.ndarray, skeleton: Skeleton, fps: float) -> Motion:
    """6-D rotations (T, J * 6) of any scale to a Motion whose feet stand on the floor.

    Each quaternion gets w >= 0, independent of its neighbours.
    """
    quaternions = np.empty((len(sixd), len(skeleton), 4), np.float32)
    translation = np.empty((len(sixd), 3), np.float32)
    for part in slices(len(sixd)):
        matrices = sixd_to_matrix(sixd[part].reshape(-1, len(skeleton), 6))
        quaternions[part] = matrix_to_quaternion(matrices)
        translation[part] = ground_translation(matrices, skeleton)
    return Motion(quaternions, translation, fps, skeleton)
