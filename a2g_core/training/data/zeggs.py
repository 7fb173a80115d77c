"""ZeroEGGS reduced to 9 joints (`.npz` with `pos_quat`): for testing training on real pairs, never for a shipped model.

(T, 9, 7) at `fps`: world position in metres and world quaternion (x, y, z, w) of hips, spine, chest, and each arm's
shoulder, elbow and wrist, right arm first. Y is up. An arm's bones lie along their joints' own Y. There is neither head
nor legs: the head stays straight on the chest and the legs stand under the pelvis.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np

from ...body.motion import Motion
from ...body.resample import smooth
from ...body.retarget import Source, retarget
from ...body.rotations import axis_angle_to_matrix, quaternion_to_matrix, slerp
from ...body.skeleton import SIDES
from ...errors import DataError, reason
from ...formats.arrays import DamagedError, read_arrays

_JOINTS = (
    "pelvis", "spine2", "spine3", "right_shoulder", "right_elbow", "right_wrist",
    "left_shoulder", "left_elbow", "left_wrist",
)  # fmt: skip
_MOST_BYTES, _FARTHEST_M = 1 << 26, 1e4
_STANCE_S = 2.0
"""The feet turn with the pelvis, averaged over so long."""


def load_nine_joints(path: Path) -> Motion:
    """The recording on BODY's 22 joints at its own frame rate."""
    try:
        arrays = read_arrays(path, ("pos_quat", "fps"), _MOST_BYTES)
        values, fps = np.asarray(arrays["pos_quat"], np.float64), float(arrays["fps"])
    except (DamagedError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"'{Path(path).name}' is no 9-joint recording ({reason(error)})",
            "give an npz with 'pos_quat' (T, 9, 7) and 'fps'",
        ) from None
    if values.ndim != 3 or values.shape[1:] != (9, 7) or len(values) < 2 or not np.isfinite(values).all():
        raise DataError(f"'pos_quat' in '{Path(path).name}' has shape {values.shape}", "give finite (T, 9, 7)")
    if not 1 <= fps <= 1000 or np.abs(values).max() > _FARTHEST_M:
        raise DataError(f"'{Path(path).name}' is out of bounds", "give metres, and 1 to 1000 frames per second")
    return retarget(_source(values, fps))


def _source(values: np.ndarray, fps: float) -> Source:
    places = dict(zip(_JOINTS, np.swapaxes(values[..., :3], 0, 1)))
    quaternions = dict(zip(_JOINTS, np.swapaxes(values[..., [6, 3, 4, 5]], 0, 1)))
    quaternions["spine1"] = slerp(quaternions["pelvis"], quaternions["spine2"], 0.5)
    heading = _heading(quaternion_to_matrix(quaternions["pelvis"]), fps)

    def turns(frames: np.ndarray) -> dict[str, np.ndarray]:
        world = {name: quaternion_to_matrix(q[frames]) for name, q in quaternions.items()}
        return world | {f"{side}_hip": heading[frames] for side in SIDES}

    return Source(_rest(places, quaternions), turns, places["pelvis"], len(places["pelvis"]), fps)


def _rest(places: dict[str, np.ndarray], quaternions: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Places in the zero pose: each joint from its parent, as seen from the parent's own frame, on average."""
    rest = {"pelvis": np.zeros(3)}
    chains: list[tuple[str, ...]] = [("pelvis", "spine2", "spine3")]
    chains += [("spine3", *(f"{side}_{n}" for n in ("shoulder", "elbow", "wrist"))) for side in SIDES]
    for chain in chains:
        for parent, child in pairwise(chain):
            frame = np.swapaxes(quaternion_to_matrix(quaternions[parent]), -1, -2)
            own = (frame @ (places[child] - places[parent])[..., None])[..., 0]
            rest[child] = rest[parent] + own.mean(axis=0)
    return rest


def _heading(pelvis: np.ndarray, fps: float) -> np.ndarray:
    """(T, 3, 3): upright, and turned about Y as the pelvis (T, 3, 3) is on average around each frame."""
    forward = smooth(pelvis[:, :, 2].astype(np.float32), _STANCE_S * fps)
    yaw = np.arctan2(forward[:, 0], forward[:, 2])
    return axis_angle_to_matrix(np.stack([0 * yaw, yaw, 0 * yaw], axis=-1).astype(np.float64))
