"""What is done to the decoder's output: hands leave the body, and it becomes a Motion whose feet stand on the floor."""

from __future__ import annotations

import numpy as np

from ..body import components
from ..body.arms import JOINTS, held, receptive_field
from ..body.contact import LAID, shoulder_turns, thumb_folds
from ..body.crossing import turns_apart
from ..body.kinematics import LEG_CHAIN, grounded
from ..body.motion import Motion, Skeleton
from ..body.resample import slices
from ..body.rotations import axis_angle_to_matrix, matrix_to_axis_angle, matrix_to_sixd, sixd_to_matrix
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
    """6-D rotations (T, J * 6), the shoulders turned where a hand or forearm is in the body, or in the other arm; a
    thumb that is in the body lies down along its hand.

    clearance_m: (T,) how much wider the body is. solids: the body. Frames beyond the `receptive_field` of a contact
    keep their bits.
    """
    given, field = sixd.reshape(len(sixd), len(skeleton), 6), receptive_field(fps)
    out = given.copy()
    seen = skeleton.subset([name for name in JOINTS if name in skeleton.names])
    joints = [skeleton.index(name) for name in seen.names]
    for part in slices(len(sixd)):
        low = max(0, part.start - field)
        matrices = components.from_sixd(given[low : part.stop + field, joints].swapaxes(0, 1))
        rotations = matrices.transpose(3, 2, 0, 1)  # in memory, the components stay first
        wider = None if clearance_m is None else clearance_m[low : part.stop + field]
        taken = {}
        folds = thumb_folds(rotations, seen, clearance_m=wider, solids=solids)
        for k, (name, laid) in enumerate(LAID.items()):
            if folds[:, k].any():
                thumb = rotations[:, seen.index(name)]
                way = matrix_to_axis_angle(axis_angle_to_matrix(laid) @ thumb.swapaxes(1, 2))
                taken[name] = [held(folds[:, k : k + 1], fps) * way]
                thumb[:] = axis_angle_to_matrix(taken[name][0]) @ thumb
        out_of_body = shoulder_turns(rotations, seen, fps, clearance_m=wider, solids=solids)
        apart = turns_apart(rotations, seen, fps)
        taken |= {f"{side}_shoulder": [out_of_body[:, k], apart[:, k]] for k, side in enumerate(SIDES)}
        for name, turns in taken.items():
            joint = skeleton.index(name)
            for turn in turns:
                shown = turn[part.start - low : part.stop - low]
                (frames,) = np.nonzero(shown.any(axis=-1))
                at = part.start + frames
                out[at, joint] = matrix_to_sixd(axis_angle_to_matrix(shown[frames]) @ sixd_to_matrix(out[at, joint]))
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
