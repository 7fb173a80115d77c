"""Virtual Motion Capture messages move a Unity humanoid as the motion moves: its joints are put where ours are, by
arithmetic of its own in Unity's left-handed space."""

from __future__ import annotations

import numpy as np
import pytest
from pythonosc.osc_message import OscMessage

from a2g_core.body.kinematics import forward_kinematics
from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion, quaternion_to_matrix
from a2g_core.body.skeleton import PELVIS_HEIGHT_M, SMPLX
from a2g_core.live.vmc import BONES, messages

HUMAN_BODY_BONES = """
Hips LeftUpperLeg RightUpperLeg LeftLowerLeg RightLowerLeg LeftFoot RightFoot Spine Chest Neck Head LeftShoulder
RightShoulder LeftUpperArm RightUpperArm LeftLowerArm RightLowerArm LeftHand RightHand LeftToes RightToes LeftEye
RightEye Jaw LeftThumbProximal LeftThumbIntermediate LeftThumbDistal LeftIndexProximal LeftIndexIntermediate
LeftIndexDistal LeftMiddleProximal LeftMiddleIntermediate LeftMiddleDistal LeftRingProximal LeftRingIntermediate
LeftRingDistal LeftLittleProximal LeftLittleIntermediate LeftLittleDistal RightThumbProximal RightThumbIntermediate
RightThumbDistal RightIndexProximal RightIndexIntermediate RightIndexDistal RightMiddleProximal RightMiddleIntermediate
RightMiddleDistal RightRingProximal RightRingIntermediate RightRingDistal RightLittleProximal RightLittleIntermediate
RightLittleDistal UpperChest
""".split()  # noqa: SIM905 - a list that is looked up as a page shows it
"""As Unity's manual lists them, without LastBone."""
ABOVE = {
    "Spine": "Hips", "Chest": "Spine", "UpperChest": "Chest", "Neck": "UpperChest", "Head": "Neck", "Jaw": "Head",
    "Eye": "Head", "UpperLeg": "Hips", "LowerLeg": "UpperLeg", "Foot": "LowerLeg", "Toes": "Foot",
    "Shoulder": "UpperChest", "UpperArm": "Shoulder", "LowerArm": "UpperArm", "Hand": "LowerArm",
    "Proximal": "Hand", "Intermediate": "Proximal", "Distal": "Intermediate",
}  # fmt: skip
"""How Unity's humanoids are put together, each side and each finger by itself."""


def parent_of(bone: str) -> str | None:
    if bone == "Hips":
        return None
    side = next((s for s in ("Left", "Right") if bone.startswith(s)), "")
    part = bone.removeprefix(side)
    for finger in ("Thumb", "Index", "Middle", "Ring", "Little"):
        if part.startswith(finger):
            above = ABOVE[part.removeprefix(finger)]
            return side + (above if above == "Hand" else finger + above)
    above = ABOVE[part]
    is_sided = above not in ("Hips", "UpperChest", "Head")
    return side + above if is_sided else above


def turned(q: np.ndarray, v: np.ndarray) -> np.ndarray:
    """A vector by a quaternion x, y, z, w, as Unity multiplies them."""
    u, w = q[:3], q[3]
    return v + 2 * np.cross(u, np.cross(u, v) + w * v)


def times(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    xyz = a[3] * b[:3] + b[3] * a[:3] + np.cross(a[:3], b[:3])
    return np.append(xyz, a[3] * b[3] - a[:3] @ b[:3])


def received(motion: Motion, frame: int) -> dict[str, np.ndarray]:
    """Place and turn (7,) of each bone about its parent, as a receiver reads a frame."""
    read = [OscMessage(data) for data in list(messages(motion, 7))[frame]]
    assert [(m.address, m.params) for m in read[:2]] == [
        ("/VMC/Ext/OK", [1]), ("/VMC/Ext/T", [pytest.approx((7 + frame) / motion.fps)])
    ]  # fmt: skip
    assert read[2].address == "/VMC/Ext/Root/Pos" and read[2].params == ["root", 0, 0, 0, 0, 0, 0, 1]
    assert {m.address for m in read[3:]} == {"/VMC/Ext/Bone/Pos"}
    return {m.params[0]: np.array(m.params[1:]) for m in read[3:]}


def test_every_joint_has_a_bone_of_unitys():
    assert sorted(BONES.values()) == sorted(HUMAN_BODY_BONES) and set(BONES) == set(SMPLX.names)
    above = {BONES[n]: BONES[SMPLX.names[p]] for n, p in zip(SMPLX.names, SMPLX.parents) if p >= 0}
    assert above == {bone: parent_of(bone) for bone in above}


def test_a_humanoid_in_unity_stands_as_the_motion_does():
    rng = np.random.default_rng(3)
    quaternions = axis_angle_to_quaternion(rng.normal(0, 0.6, (4, len(SMPLX), 3)))
    motion = Motion(quaternions, rng.normal(0, 0.2, (4, 3)), 30.0, SMPLX)
    ours, _ = forward_kinematics(quaternion_to_matrix(motion.quaternions.astype(np.float64)), SMPLX)
    ours = ours + motion.translation[:, None] + (0, PELVIS_HEIGHT_M, 0)
    for frame in range(4):
        bones, places, turns = received(motion, frame), {}, {}
        for bone in sorted(bones, key=lambda b: len(_chain(b))):
            above = parent_of(bone)
            place, turn = bones[bone][:3], bones[bone][3:]
            places[bone] = place if above is None else places[above] + turned(turns[above], place)
            turns[bone] = turn if above is None else times(turns[above], turn)
        mirrored = np.array([places[BONES[name]] for name in SMPLX.names]) * (-1, 1, 1)
        assert np.abs(mirrored - ours[frame]).max() < 1e-5


def _chain(bone: str) -> list[str]:
    above = parent_of(bone)
    return [bone, *(_chain(above) if above else [])]


def test_arms_that_hang_are_turned_as_receivers_expect():
    """A T-pose's arms hang by turns about Z, the left one's positive, the right one's negative, as users of VMC have
    found by trying it."""
    turns = np.zeros((1, len(SMPLX), 3))
    turns[0, SMPLX.index("left_shoulder")] = (0, 0, -1.4)
    turns[0, SMPLX.index("right_shoulder")] = (0, 0, 1.4)
    motion = Motion(axis_angle_to_quaternion(turns), np.zeros((1, 3)), 30.0, SMPLX)
    joints, _ = forward_kinematics(quaternion_to_matrix(motion.quaternions), SMPLX)
    for side in ("left", "right"):
        assert joints[0, SMPLX.index(f"{side}_wrist"), 1] < joints[0, SMPLX.index(f"{side}_shoulder"), 1] - 0.4
    bones = received(motion, 0)
    assert bones["LeftUpperArm"][5] > 0.6 and bones["RightUpperArm"][5] < -0.6
