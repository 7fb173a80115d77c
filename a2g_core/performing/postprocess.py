"""What is done to the decoder's output: hands leave the body, and it becomes a Motion whose feet stand on the floor."""

from __future__ import annotations

import numpy as np

from ..body import components
from ..body.contact import JOINTS, receptive_field, shoulder_turns, turns_apart
from ..body.kinematics import LEG_CHAIN, grounded
from ..body.motion import Motion, Skeleton
from ..body.resample import slices
from ..body.rotations import axis_angle_to_matrix, matrix_to_sixd, sixd_to_matrix
from ..body.skeleton import SIDES
from ..body.solids import OURS, Solids

_AT_ONCE = 512
"""Frames whose components stay in the cache of one core."""


def take_hands_out(
    sixd: np.ndarray,
    skeleton: Skeleton,
    fps: float,
    clearance_m: np.ndarray | None = None,
    solids: Solids = OURS,
) -> np.ndarray:
    """6-D rotations (T, J * 6), the shoulders turned where a hand or forearm is in the body, or in the other arm.

    clearance_m: (T,) how much wider the body is. solids: the body. Frames beyond the `receptive_field` of a contact
    keep their bits.
    """
    given, field = sixd.reshape(len(sixd), len(skeleton), 6), receptive_field(fps)
    out = given.copy()
    seen = skeleton.subset([name for name in JOINTS if name in skeleton.names])
    joints = [skeleton.index(name) for name in seen.names]
    shoulders = np.array([skeleton.index(f"{side}_shoulder") for side in SIDES])
    for part in slices(len(sixd)):
        low = max(0, part.start - field)
        matrices = components.from_sixd(given[low : part.stop + field, joints].swapaxes(0, 1))
        rotations = matrices.transpose(3, 2, 0, 1)  # in memory, the components stay first
        wider = None if clearance_m is None else clearance_m[low : part.stop + field]
        out_of_body = shoulder_turns(rotations, seen, fps, forearms=True, clearance_m=wider, solids=solids)
        for turns in (out_of_body, turns_apart(rotations, seen, fps)):
            shown = turns[part.start - low : part.stop - low]
            frames, sides = np.nonzero(shown.any(axis=-1))
            at = part.start + frames, shoulders[sides]
            out[at] = matrix_to_sixd(axis_angle_to_matrix(shown[frames, sides]) @ sixd_to_matrix(out[at]))
    return out.reshape(sixd.shape)


def motion_from_sixd(sixd: np.ndarray, skeleton: Skeleton, fps: float) -> Motion:
    """6-D rotations (T, J * 6) of any scale to a Motion whose feet stand on the floor.

    Each quaternion gets w >= 0, independent of its neighbours.
    """
    quaternions = np.empty((len(sixd), len(skeleton), 4), np.float32)
    translation = np.empty((len(sixd), 3), np.float32)
    index, legs = [skeleton.index(name) for name in LEG_CHAIN], skeleton.subset(LEG_CHAIN)
    for part in slices(len(sixd), _AT_ONCE):
        matrices = components.from_sixd(sixd[part].reshape(-1, len(skeleton), 6))
        quaternions[part] = components.to_quaternion(matrices)
        translation[part] = grounded([np.ascontiguousarray(matrices[..., joint]) for joint in index], legs)
    return Motion(quaternions, translation, fps, skeleton)
