"""What is done to the decoder's output: hands leave the body, and it becomes a Motion whose feet stand on the floor."""

from __future__ import annotations

import numpy as np

from ..body.contact import JOINTS, receptive_field, shoulder_turns
from ..body.kinematics import ground_translation
from ..body.motion import Motion, Skeleton
from ..body.resample import slices
from ..body.rotations import axis_angle_to_matrix, matrix_to_quaternion, matrix_to_sixd, sixd_to_matrix
from ..body.skeleton import SIDES


def take_hands_out(sixd: np.ndarray, skeleton: Skeleton, fps: float) -> np.ndarray:
    """6-D rotations (T, J * 6) with the shoulders turned where a hand would be in the trunk or a thigh.

    Frames beyond the `receptive_field` of a contact keep their bits.
    """
    given, field = sixd.reshape(len(sixd), len(skeleton), 6), receptive_field(fps)
    out = given.copy()
    seen = skeleton.subset([name for name in JOINTS if name in skeleton.names])
    joints = [skeleton.index(name) for name in seen.names]
    shoulders = np.array([skeleton.index(f"{side}_shoulder") for side in SIDES])
    for part in slices(len(sixd)):
        low = max(0, part.start - field)
        rotations = sixd_to_matrix(given[low : part.stop + field, joints])
        turns = shoulder_turns(rotations, seen, fps)[part.start - low : part.stop - low]
        frames, sides = np.nonzero(turns.any(axis=-1))
        at = part.start + frames, shoulders[sides]
        out[at] = matrix_to_sixd(axis_angle_to_matrix(turns[frames, sides]) @ sixd_to_matrix(given[at]))
    return out.reshape(sixd.shape)


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
