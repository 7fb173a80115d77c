"""What is done to the decoder's output: hands leave the body, and it becomes a Motion whose feet stand on the floor."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..body import components
from ..body.arms import TRUNK_AND_ARMS, by_sixd, held_from, receptive_field
from ..body.contact import LAID, near_body, thumb_folds, turns_out
from ..body.crossing import near_each_other, turns_apart
from ..body.kinematics import LEG_CHAIN, grounded
from ..body.motion import PART_FRAMES, Motion, Skeleton
from ..body.resample import slices
from ..body.rotations import axis_angle_to_matrix, matrix_to_axis_angle, matrix_to_sixd, sixd_to_matrix
from ..body.skeleton import SIDES
from ..body.solids import OURS, Solids

_AT_ONCE = 512
"""Frames whose components stay in the cache of one core."""
_LOOKED_AT = 2 * PART_FRAMES
"""Frames whose hands are looked at at once: a part of a take, with what is finished from around it."""


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
    clearance_m = np.zeros(len(sixd)) if clearance_m is None else np.asarray(clearance_m)
    for part in slices(len(sixd), _LOOKED_AT):
        around = slice(max(0, part.start - field), part.stop + field)
        turns = _taken_out(given[around], skeleton, fps, clearance_m[around].astype(sixd.dtype), solids)
        for name, turn in turns:
            shown = turn[part.start - around.start : part.stop - around.start]
            (frames,) = np.nonzero(shown.any(axis=-1))
            at, joint = part.start + frames, skeleton.index(name)
            out[at, joint] = matrix_to_sixd(axis_angle_to_matrix(shown[frames]) @ sixd_to_matrix(out[at, joint]))
    return out.reshape(sixd.shape)


def _taken_out(
    sixd: np.ndarray, skeleton: Skeleton, fps: float, wider_m: np.ndarray, solids: Solids
) -> Iterator[tuple[str, np.ndarray]]:
    """The turns (T, 3) of thumbs and shoulders, one after the other, with the joint's name: axis-angle, of poses
    (T, J, 6) beside a body that is so much wider, (T,). Only of frames on which something is near are fingers looked
    at."""
    n, arms = len(sixd), by_sixd(sixd, skeleton, TRUNK_AND_ARMS)
    near = near_body(arms, wider_m, solids)
    (frames,) = np.nonzero(near.any(axis=1))
    if len(frames):
        seen = dict(by_sixd(sixd[frames], skeleton))
        folds = thumb_folds(seen, wider_m[frames], solids)
        for k, (name, laid) in enumerate(LAID.items()):
            if folds[:, k].any():
                fold = held_from(folds[:, k : k + 1], frames, n, fps)
                (folded,) = np.nonzero(fold[:, 0])
                thumb = components.from_sixd(sixd[folded, skeleton.index(name)]).transpose(2, 0, 1)
                turn = np.zeros((n, 3), sixd.dtype)
                turn[folded] = fold[folded] * matrix_to_axis_angle(axis_angle_to_matrix(laid) @ thumb.swapaxes(1, 2))
                seen[name] = components.product(components.from_axis_angle(turn[frames].T), seen[name])
                yield name, turn
        found = turns_out(seen, wider_m[frames], near[frames], solids)
        for k, side in enumerate(SIDES):
            yield f"{side}_shoulder", held_from(found[:, k], frames, n, fps)
    (frames,) = np.nonzero(near_each_other(arms))
    if len(frames):
        found = turns_apart(by_sixd(sixd[frames], skeleton))
        for k, side in enumerate(SIDES):
            yield f"{side}_shoulder", held_from(found[:, k], frames, n, fps)


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
