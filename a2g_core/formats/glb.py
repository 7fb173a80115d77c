"""glTF of the joints alone (`.glb`): nodes with SMPL-X names that are a skin's, and their animation. Only written."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..body.motion import Motion
from ..body.skeleton import PELVIS_HEIGHT_M, SMPLX
from .gltf import is_signed_glb, of_motion, sign_glb, write_glb
from .registry import Format


def save_glb(motion: Motion, path: str | Path, start_s: float = 0.0) -> None:
    """Write a motion of any skeleton with SMPL-X joint names, on all joints of ours; start_s: of its first frame."""
    gltf, index = of_motion(motion, {name: name for name in SMPLX.names}, SMPLX, start_s)
    to_joint = np.tile(np.eye(4), (len(SMPLX), 1, 1))
    to_joint[:, :3, 3] = -(SMPLX.rest_positions + np.array((0.0, PELVIS_HEIGHT_M, 0.0)))
    matrices = gltf.add(np.swapaxes(to_joint, 1, 2).reshape(len(SMPLX), 16))  # by columns
    joints = [index[name] for name in SMPLX.names]
    gltf.document["skins"] = [{"name": "SMPL-X", "joints": joints, "skeleton": 0, "inverseBindMatrices": matrices}]
    write_glb(gltf, path)


FORMAT = Format(
    ".glb", "glTF, joints alone", save=save_glb, save_from=save_glb, sign=sign_glb, is_signed=is_signed_glb
)  # fmt: skip
