"""Made motion for rigs: everything swings, fingers too, and the feet stand."""

from __future__ import annotations

from typing import Any

import numpy as np

from a2g_core.body.skeleton import SMPLX

_STILL = ("hip", "knee", "ankle", "foot", "pelvis")


def swinging(addon: Any, frames: int, *, legs: float = 0.03, rest: float = 0.3) -> Any:
    """A motion of the add-on's at 30 frames a second. legs, rest: radians that legs and pelvis, and the others, swing.

    As in a take, the hips sway over feet that stand on the floor.
    """
    rng, body = np.random.default_rng(1), addon.a2g_core.body
    size = np.array([legs if name.endswith(_STILL) else rest for name in SMPLX.names])
    axes = rng.normal(0, 1, (len(SMPLX), 3)).clip(-1.5, 1.5)
    swing = (size[:, None] * axes) * np.sin(np.arange(frames) / 6 + 1)[:, None, None]
    # Arms hang as they do in speech: a T-pose would not tell a correction of the rest pose from none.
    for side, sign in (("left", -1), ("right", 1)):
        swing[:, SMPLX.index(f"{side}_shoulder"), 2] += sign * 1.1
        swing[:, SMPLX.index(f"{side}_elbow"), 1] += sign * 0.7
    quaternions = body.rotations.axis_angle_to_quaternion(swing)
    translation = body.kinematics.ground_translation(body.rotations.quaternion_to_matrix(quaternions), SMPLX)
    return body.motion.Motion(quaternions, translation, 30.0, body.skeleton.SMPLX)
