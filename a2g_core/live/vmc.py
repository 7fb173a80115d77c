"""Poses as Virtual Motion Capture messages (protocol.vmc.info), which avatars in Unity, Unreal and browsers follow.

Unity's space is left-handed: up is Y, a character faces Z, and its left is at -X. So X is mirrored. A bone is named as
in Unity's HumanBodyBones, and turned about its parent as beside a T-pose, which is how our skeleton rests.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..body.motion import Motion
from ..body.skeleton import PELVIS_HEIGHT_M, SIDES
from .osc import message

PORT = 39539
"""Where receivers of motion listen by convention."""

_FINGERS = {"thumb": "Thumb", "index": "Index", "middle": "Middle", "ring": "Ring", "pinky": "Little"}
_PARTS = {1: "Proximal", 2: "Intermediate", 3: "Distal"}
_LIMBS = {
    "hip": "UpperLeg", "knee": "LowerLeg", "ankle": "Foot", "foot": "Toes", "collar": "Shoulder",
    "shoulder": "UpperArm", "elbow": "LowerArm", "wrist": "Hand", "eye_smplhf": "Eye",
} | {f"{finger}{k}": name + part for finger, name in _FINGERS.items() for k, part in _PARTS.items()}  # fmt: skip

BONES = {
    "pelvis": "Hips", "spine1": "Spine", "spine2": "Chest", "spine3": "UpperChest", "neck": "Neck", "head": "Head",
    "jaw": "Jaw",
} | {f"{side}_{joint}": side.title() + bone for side in SIDES for joint, bone in _LIMBS.items()}  # fmt: skip
"""Unity's bone for each of our joints."""


def messages(motion: Motion, first: int) -> Iterator[list[bytes]]:
    """The messages of each frame of a motion, whose first frame has this number."""
    names = [BONES[name] for name in motion.skeleton.names]
    offsets = np.array(motion.skeleton.offsets)
    places = np.repeat(offsets[None], len(motion), axis=0)
    places[:, 0] += motion.translation + np.array((0.0, PELVIS_HEIGHT_M, 0.0))
    places[..., 0] *= -1
    turns = motion.quaternions[..., [1, 2, 3, 0]] * np.array((1, -1, -1, 1), np.float32)
    for k in range(len(motion)):
        rows = np.concatenate([places[k], turns[k]], axis=1).tolist()
        yield [
            message("/VMC/Ext/OK", 1),
            message("/VMC/Ext/T", (first + k) / motion.fps),
            message("/VMC/Ext/Root/Pos", "root", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0),
            *(message("/VMC/Ext/Bone/Pos", name, *row) for name, row in zip(names, rows, strict=True)),
        ]
