"""Which deform bone moves each joint, written by hand for each family of the test rigs.

Nothing of the add-on's recognition is used: what it finds is judged by these. Of spine and neck only the bones that are
measured are named: `pelvis`, `spine3` (the chest, the highest spine bone), `neck` (the lowest neck bone) and `head`.
"""

from __future__ import annotations

from collections.abc import Mapping

FINGERS = ("thumb", "index", "middle", "ring", "pinky")


def mixamo(prefix: str = "") -> dict[str, str]:
    """Mixamo, HumanIK and Ready Player Me."""
    joints = {
        "collar": "@Shoulder", "shoulder": "@Arm", "elbow": "@ForeArm", "wrist": "@Hand",
        "hip": "@UpLeg", "knee": "@Leg", "ankle": "@Foot", "foot": "@ToeBase",
        **{f"{finger}{k}": f"@Hand{finger.title()}{k}" for finger in FINGERS for k in (1, 2, 3)},
    }  # fmt: skip
    centre = {"pelvis": "Hips", "spine3": "Spine2", "neck": "Neck", "head": "Head"}
    return {joint: prefix + bone for joint, bone in _both(centre, joints, ("Left", "Right")).items()}


def unreal(chest: str = "spine_03") -> dict[str, str]:
    """Unreal's mannequins."""
    joints = {
        "collar": "clavicle_@", "shoulder": "upperarm_@", "elbow": "lowerarm_@", "wrist": "hand_@",
        "hip": "thigh_@", "knee": "calf_@", "ankle": "foot_@", "foot": "ball_@",
        **{f"{finger}{k}": f"{finger}_0{k}_@" for finger in FINGERS for k in (1, 2, 3)},
    }  # fmt: skip
    return _both({"pelvis": "pelvis", "spine3": chest, "neck": "neck_01", "head": "head"}, joints, ("l", "r"))


def makehuman() -> dict[str, str]:
    """MakeHuman's default rig: the `root` lies in the pelvis, limbs have two bones a segment, the thumb is finger 1."""
    joints = {
        "collar": "clavicle.@", "shoulder": "upperarm01.@", "elbow": "lowerarm01.@", "wrist": "wrist.@",
        "hip": "upperleg01.@", "knee": "lowerleg01.@", "ankle": "foot.@", "foot": "toe1-1.@",
        **{f"{finger}{k}": f"finger{n}-{k}.@" for n, finger in enumerate(FINGERS, start=1) for k in (1, 2, 3)},
    }  # fmt: skip
    return _both({"pelvis": "root", "spine3": "spine01", "neck": "neck01", "head": "head"}, joints, ("L", "R"))


def rigify(prefix: str = "DEF-", chest: int = 3) -> dict[str, str]:
    """Rigify's deform bones, or those of a metarig. chest: number of the highest spine bone; the neck is the next."""
    joints = {
        "collar": "shoulder.@", "shoulder": "upper_arm.@", "elbow": "forearm.@", "wrist": "hand.@",
        "hip": "thigh.@", "knee": "shin.@", "ankle": "foot.@", "foot": "toe.@",
        **{f"{f}{k}": f"{'thumb' if f == 'thumb' else 'f_' + f}.0{k}.@" for f in FINGERS for k in (1, 2, 3)},
    }  # fmt: skip
    centre = {
        "pelvis": "spine", "spine3": f"spine.{chest:03d}", "neck": f"spine.{chest + 1:03d}", "head": "spine.006",
    }  # fmt: skip
    return {joint: prefix + bone for joint, bone in _both(centre, joints, ("L", "R")).items()}


def kaykit() -> dict[str, str]:
    """KayKit's chibi mannequin: neither neck, clavicles nor fingers, and a `wrist` that the `hand` hangs on."""
    joints = {
        "shoulder": "upperarm.@", "elbow": "lowerarm.@", "wrist": "wrist.@",
        "hip": "upperleg.@", "knee": "lowerleg.@", "ankle": "foot.@", "foot": "toes.@",
    }  # fmt: skip
    return _both({"pelvis": "hips", "spine3": "chest", "head": "head"}, joints, ("l", "r"))


def vrm() -> dict[str, str]:
    """VRoid Studio's names. The side stands in the middle of a name."""
    joints = {
        "collar": "J_Bip_@_Shoulder", "shoulder": "J_Bip_@_UpperArm", "elbow": "J_Bip_@_LowerArm",
        "wrist": "J_Bip_@_Hand", "hip": "J_Bip_@_UpperLeg", "knee": "J_Bip_@_LowerLeg",
        "ankle": "J_Bip_@_Foot", "foot": "J_Bip_@_ToeBase",
        **{f"{f}{k}": f"J_Bip_@_{'Little' if f == 'pinky' else f.title()}{k}" for f in FINGERS for k in (1, 2, 3)},
    }  # fmt: skip
    centre = {"pelvis": "Hips", "spine3": "UpperChest", "neck": "Neck", "head": "Head"}
    return _both({joint: f"J_Bip_C_{bone}" for joint, bone in centre.items()}, joints, ("L", "R"))


def smplx() -> dict[str, str]:
    """Our own armature."""
    limbs = ("collar", "shoulder", "elbow", "wrist", "hip", "knee", "ankle", "foot")
    joints = {joint: f"@_{joint}" for joint in (*limbs, *(f"{finger}{k}" for finger in FINGERS for k in (1, 2, 3)))}
    return _both({joint: joint for joint in ("pelvis", "spine3", "neck", "head")}, joints, ("left", "right"))


def _both(centre: Mapping[str, str], sided: Mapping[str, str], marks: tuple[str, str]) -> dict[str, str]:
    """The bones of both sides. sided: by joint without its side, with @ for the mark of the side."""
    sides = zip(("left", "right"), marks, strict=True)
    return dict(centre) | {f"{side}_{j}": bone.replace("@", mark) for side, mark in sides for j, bone in sided.items()}
