"""Which bones of its characters the walk means, whatever they are called."""

from __future__ import annotations

import json

import bpy

BONES = "soak bones"
"""Custom property of an armature's object: the bone of each joint. Copies take it along."""

_STAND_IN = {
    "spine1": ("spine3", "pelvis"), "spine2": ("spine3", "pelvis"), "spine3": ("pelvis",), "jaw": ("left_wrist",),
    "right_eye_smplhf": ("head",), "left_foot": ("left_ankle",), "left_pinky3": ("left_wrist",),
    "left_index1": ("right_wrist",),
}  # fmt: skip


def bone_of(obj: bpy.types.Object, joint: str) -> str:
    """The bone of a joint, or of one that stands in for a joint that a rig lacks; "" for none."""
    if BONES not in obj:
        return joint
    known = json.loads(obj[BONES])
    return next((known[name] for name in (joint, *_STAND_IN.get(joint, ())) if name in known), "")
