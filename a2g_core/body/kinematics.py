"""Forward kinematics, on the array API for NumPy and torch, and keeping the feet on the floor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from . import components
from .array_api import array_namespace
from .motion import Motion, Skeleton
from .rotations import Array, quaternion_to_matrix


def forward_kinematics(rotations: Array, skeleton: Skeleton) -> tuple[Array, Array]:
    """Eq. 8 as resolved: p_j = p_parent + G_parent s_j and G_j = G_parent R_j, with the root at the origin.

    rotations: (..., J, 3, 3), each about the joint's parent. Returns positions (..., J, 3) in metres and global
    rotations (..., J, 3, 3). All joints at one depth of the tree are computed at once. (Read literally, the paper's
    equation turns an offset by the joint's own rotation, which moves wrists by 27 cm: paper notes, point 1.)
    """
    xp = array_namespace(rotations)
    device = getattr(rotations, "device", None)
    offsets = xp.asarray(skeleton.offsets, dtype=rotations.dtype, device=device)
    parts_g: list[Array] = []
    parts_p: list[Array] = []
    order: list[int] = []
    row: dict[int, int] = {}
    g = rotations[..., 0:1, :, :]
    p = xp.zeros_like(g[..., 0])
    for depth, joints in enumerate(skeleton.levels):
        if depth:
            index = xp.asarray(joints, device=device)
            parent_row = xp.asarray([row[skeleton.parents[j]] for j in joints], device=device)
            parent_g = xp.take(g, parent_row, axis=-3)
            p = xp.take(p, parent_row, axis=-2) + (parent_g @ offsets[list(joints)][..., None])[..., 0]
            g = parent_g @ xp.take(rotations, index, axis=-3)
        row = {j: k for k, j in enumerate(joints)}
        parts_g.append(g)
        parts_p.append(p)
        order += joints
    back = xp.asarray(np.argsort(order).tolist(), device=device)
    return xp.take(xp.concat(parts_p, axis=-2), back, axis=-2), xp.take(xp.concat(parts_g, axis=-3), back, axis=-3)


def unit_vectors(v: np.ndarray) -> np.ndarray:
    """Directions (..., 3) at length one; what is shorter than 1e-9 stays shorter, and zero stays zero."""
    return v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-9)


def joint_positions(motion: Motion) -> np.ndarray:
    """(T, J, 3) in metres, root translation included."""
    positions, _ = forward_kinematics(quaternion_to_matrix(motion.quaternions), motion.skeleton)
    return positions + motion.translation[:, None, :]


def ground_translation(rotations: np.ndarray, skeleton: Skeleton) -> np.ndarray:
    """Root translation (..., 3) that keeps the feet where they are in the rest pose, for NumPy.

    rotations: (..., J, 3, 3). The midpoint of the ankles stays above its rest position and the lower ball of the foot
    stays on the floor, so that the hips sway over the standing feet instead of dragging them. Models predict no
    translation (paper notes, point 19).
    """
    joints = [rotations[..., skeleton.index(name), :, :] for name in LEG_CHAIN]
    return grounded([np.moveaxis(joint, (-2, -1), (0, 1)) for joint in joints], skeleton.subset(LEG_CHAIN))


def grounded(local: Sequence[np.ndarray], legs: Skeleton) -> np.ndarray:
    """`ground_translation` (..., 3) for the joints of `LEG_CHAIN`, each (3, 3, ...). legs: their skeleton."""
    places, _ = components.forward_kinematics(local, legs)
    at, rest = dict(zip(LEG_CHAIN, places, strict=True)), legs.rest_places
    out = np.empty((*places[0].shape[1:], 3), places[0].dtype)
    for k in (0, 2):
        middle = float(rest["left_ankle"][k] + rest["right_ankle"][k])
        out[..., k] = (middle - at["left_ankle"][k] - at["right_ankle"][k]) / 2
    out[..., 1] = float(rest["left_foot"][1]) - np.minimum(at["left_foot"][1], at["right_foot"][1])
    return out


LEG_CHAIN = (
    "pelvis", "left_hip", "right_hip", "left_knee", "right_knee",
    "left_ankle", "right_ankle", "left_foot", "right_foot",
)  # fmt: skip
