"""Armatures as plain data, made in code: what families of rigs call their bones, and how these hang.

A family is written as a tree: `{"Hips": ("pelvis", {...bones below...})}`. A place is a joint of our skeleton, or two
joints with the part of the way between them. Names with `*` stand for a bone on each side, `*` for its mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from a2g_core.body.bone_tree import BoneAt
from a2g_core.body.skeleton import SMPLX, mirror_name

Tree = Mapping[str, Any]
Place = str | tuple[str, str, float]

Z_UP = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])
"""From our axes to those of an armature in Blender: up is Z, and it looks along -Y."""

FLOOR = {"floor": np.array([0.0, -0.955, 0.0])}


def armature(tree: Tree, marks: tuple[str, str] = ("L", "R"), axes: np.ndarray = Z_UP, scale: float = 1.0):
    """Bones by name, as recognition takes them. marks: what `*` becomes on the left and on the right."""
    return {name: BoneAt(parent, scale * axes @ place(where)) for name, parent, where in _rows(tree, None, marks, None)}


def _rows(
    tree: Tree, parent: str | None, marks: tuple[str, str], side: int | None
) -> Iterator[tuple[str, str | None, Place]]:
    for name, (where, below) in tree.items():
        for k in (0, 1) if "*" in name and side is None else (side,):
            called = name if k is None else name.replace("*", marks[k])
            yield called, parent, where if k != 1 else mirrored(where)
            yield from _rows(below, called, marks, k)


def mirrored(where: Place) -> Place:
    return mirror_name(where) if isinstance(where, str) else (mirror_name(where[0]), mirror_name(where[1]), where[2])


def place(where: Place) -> np.ndarray:
    """(3,) in our axes."""
    places = {**SMPLX.rest_places, **FLOOR}
    if isinstance(where, str):
        return places[where]
    return (1 - where[2]) * places[where[0]] + where[2] * places[where[1]]


def finger(pattern: str, joint: str, numbers: tuple[str, ...] = ("1", "2", "3"), end: str = "") -> dict[str, Any]:
    """A finger's bones; `#` in the pattern becomes each number. end: number of a bone at its tip."""
    below: dict[str, Any] = {pattern.replace("#", end): ((f"{joint}2", f"{joint}3", 2.0), {})} if end else {}
    for k in (3, 2, 1)[3 - len(numbers) :]:
        below = {pattern.replace("#", numbers[k - 1]): (f"{joint}{k}", below)}
    return below


def hand(pattern: str, names: Mapping[str, str], numbers: tuple[str, ...] = ("1", "2", "3"), end: str = ""):
    """The fingers of a hand; `@` in the pattern becomes each finger's name."""
    return {
        key: bone
        for ours, theirs in names.items()
        for key, bone in finger(pattern.replace("@", theirs), f"left_{ours}", numbers, end).items()
    }


NAMES = {"thumb": "Thumb", "index": "Index", "middle": "Middle", "ring": "Ring", "pinky": "Pinky"}
LOWER = {ours: ours for ours in NAMES}
MID = {**NAMES, "middle": "Mid"}
LITTLE = {**NAMES, "pinky": "Little"}


def leg(hip: str, knee: str, ankle: str, foot: str, end: str = "") -> dict[str, Any]:
    toes = {foot: ("left_foot", {end: (("left_ankle", "left_foot", 1.8), {})} if end else {})}
    return {hip: ("left_hip", {knee: ("left_knee", {ankle: ("left_ankle", toes)})})}


def arm(collar: str, shoulder: str, elbow: str, wrist: str, fingers: Tree, extra: Tree | None = None) -> dict[str, Any]:
    upper = {shoulder: ("left_shoulder", {elbow: ("left_elbow", {wrist: ("left_wrist", fingers), **(extra or {})})})}
    return {collar: ("left_collar", upper)} if collar else upper


def trunk(names: list[str], top: Tree) -> dict[str, Any]:
    """Spine bones from below, the highest of which carries `top`."""
    below: dict[str, Any] = dict(top)
    for k in range(len(names) - 1, -1, -1):
        below = {names[k]: (("spine1", "neck", k / len(names)), below)}
    return below


def neck(names: list[str], head: str, below: Tree | None = None) -> dict[str, Any]:
    line: dict[str, Any] = {head: ("head", below or {})}
    for k in range(len(names) - 1, -1, -1):
        line = {names[k]: (("neck", "head", k / len(names)), line)}
    return line


# Families -------------------------------------------------------------------------------------------------------------


def human_ik(prefix: str = "") -> Tree:
    """Mixamo, Ready Player Me, HumanIK."""
    p = prefix
    fingers = hand(f"{p}*Hand@#", NAMES, end="4")
    arms = arm(f"{p}*Shoulder", f"{p}*Arm", f"{p}*ForeArm", f"{p}*Hand", fingers)
    top = {**neck([f"{p}Neck"], f"{p}Head", {f"{p}HeadTop_End": (("neck", "head", 2.5), {})}), **arms}
    legs = leg(f"{p}*UpLeg", f"{p}*Leg", f"{p}*Foot", f"{p}*ToeBase", f"{p}*Toe_End")
    return {f"{p}Hips": ("pelvis", {**trunk([f"{p}Spine", f"{p}Spine1", f"{p}Spine2"], top), **legs})}


def cmu() -> Tree:
    """The BVH conversion of CMU's archive: a bone before the thighs, three in the trunk, one finger and a thumb."""
    fingers = {
        "*FingerBase": (("left_wrist", "left_index1", 0.5), {"*HandIndex1": ("left_index1", {})}),
        "*Thumb": ("left_thumb1", {}),
    }
    top = {**neck(["Neck", "Neck1"], "Head"), **arm("*Shoulder", "*Arm", "*ForeArm", "*Hand", fingers)}
    legs = {"*HipJoint": ("pelvis", leg("*UpLeg", "*Leg", "*Foot", "*ToeBase"))}
    return {"Hips": ("pelvis", {**legs, **trunk(["LowerBack", "Spine", "Spine1"], top)})}


def unreal(spines: int = 3, necks: int = 1, palms: bool = False) -> Tree:
    """The mannequins of Unreal Engine 4 (3 spine bones) and 5 (5, two in the neck, bones of the palm), IK bones too."""
    fingers = hand("@_0#_*", LOWER)
    if palms:
        fingers = {
            name if "thumb" in name else name.replace("_01_", "_metacarpal_"): (
                bone if "thumb" in name else (("left_wrist", bone[0], 0.3), {name: bone})
            )
            for name, bone in fingers.items()
        }
    twist = {"lowerarm_twist_01_*": (("left_elbow", "left_wrist", 0.6), {})}
    arms = arm("clavicle_*", "upperarm_*", "lowerarm_*", "hand_*", fingers, twist)
    arms["clavicle_*"][1]["upperarm_*"][1]["upperarm_twist_01_*"] = ("left_shoulder", {})
    legs = leg("thigh_*", "calf_*", "foot_*", "ball_*")
    legs["thigh_*"][1]["thigh_twist_01_*"] = ("left_hip", {})
    legs["thigh_*"][1]["calf_*"][1]["calf_twist_01_*"] = (("left_knee", "left_ankle", 0.6), {})
    necks_of = [f"neck_0{k}" for k in range(1, necks + 1)]
    spine = trunk([f"spine_0{k}" for k in range(1, spines + 1)], {**neck(necks_of, "head"), **arms})
    feet = {"ik_foot_root": ("floor", {"ik_foot_*": ("left_ankle", {})})}
    hands = {"ik_hand_root": ("floor", {"ik_hand_gun": ("right_wrist", {"ik_hand_*": ("left_wrist", {})})})}
    return {"root": ("floor", {"pelvis": ("pelvis", {**spine, **legs}), **feet, **hands})}


def vroid() -> Tree:
    fingers = hand("J_Bip_*_@#", LITTLE)
    arms = arm("J_Bip_*_Shoulder", "J_Bip_*_UpperArm", "J_Bip_*_LowerArm", "J_Bip_*_Hand", fingers)
    hair = {"J_Sec_Hair1_01": (("neck", "head", 2.0), {"J_Sec_Hair2_01": (("neck", "head", 1.5), {})})}
    face = {"J_Adj_*_FaceEye": ("left_eye_smplhf", {}), **hair}
    top = {
        **neck(["J_Bip_C_Neck"], "J_Bip_C_Head", face), **arms, "J_Sec_*_Bust1": (("spine3", "left_collar", 0.8), {}),
    }  # fmt: skip
    spine = trunk(["J_Bip_C_Spine", "J_Bip_C_Chest", "J_Bip_C_UpperChest"], top)
    legs = leg("J_Bip_*_UpperLeg", "J_Bip_*_LowerLeg", "J_Bip_*_Foot", "J_Bip_*_ToeBase")
    skirt = {f"J_Sec_*_CoatSkirt{k}_01": (("left_hip", "left_knee", 0.3 * k), {}) for k in (1, 2)}
    return {"Root": ("floor", {"J_Bip_C_Hips": ("pelvis", {**spine, **legs, **skirt})})}


def character_creator() -> Tree:
    b = "CC_Base_"
    twist = {f"{b}*_ForearmTwist01": (("left_elbow", "left_wrist", 0.5), {})}
    arms = arm(
        f"{b}*_Clavicle", f"{b}*_Upperarm", f"{b}*_Forearm", f"{b}*_Hand", hand(f"{b}*_@#", MID), twist
    )  # fmt: skip
    face = {f"{b}FacialBone": ("head", {f"{b}JawRoot": ("jaw", {}), f"{b}*_Eye": ("left_eye_smplhf", {})})}
    top = {**neck([f"{b}NeckTwist01", f"{b}NeckTwist02"], f"{b}Head", face), **arms}
    spine = {f"{b}Waist": ("spine1", trunk([f"{b}Spine01", f"{b}Spine02"], top))}
    legs = {f"{b}Pelvis": ("pelvis", leg(f"{b}*_Thigh", f"{b}*_Calf", f"{b}*_Foot", f"{b}*_ToeBase"))}
    return {f"{b}BoneRoot": ("floor", {f"{b}Hip": ("pelvis", {**legs, **spine})})}


def biped(prefix: str = "Bip01 ", joined: str = " ") -> Tree:
    """3ds Max: legs hang on the lowest spine bone, clavicles on the neck, fingers are numbered from the thumb."""

    def called(name: str) -> str:
        return (prefix + name).replace(" ", joined)

    numbered = {"thumb": "0", "index": "1", "middle": "2", "ring": "3", "pinky": "4"}
    fingers = hand(called("* Finger@#"), numbered, ("", "1", "2"), end="Nub")
    arms = arm(called("* Clavicle"), called("* UpperArm"), called("* Forearm"), called("* Hand"), fingers)
    on_neck = {**neck([], called("Head"), {called("HeadNub"): (("neck", "head", 2.5), {})}), **arms}
    legs = leg(called("* Thigh"), called("* Calf"), called("* Foot"), called("* Toe0"), called("* Toe0Nub"))
    spine = {
        called("Spine"): (
            "spine1",
            {**trunk([called("Spine1"), called("Spine2")], {called("Neck"): ("neck", on_neck)}), **legs},
        )
    }
    return {prefix.strip(" _."): ("pelvis", {called("Pelvis"): ("pelvis", spine)})}


def daz() -> Tree:
    """Genesis 8: legs hang on a pelvis below the hip, limbs have two bones each, of which one twists."""
    palms = {
        f"*Carpal{k}": (("left_wrist", f"left_{ours}1", 0.3), finger(f"*{theirs}#", f"left_{ours}"))
        for k, (ours, theirs) in enumerate(list(MID.items())[1:], start=1)
    }
    fingers = {**finger("*Thumb#", "left_thumb"), **palms}
    fore = {"*ForearmTwist": (("left_elbow", "left_wrist", 0.5), {"*Hand": ("left_wrist", fingers)})}
    upper = {"*ShldrTwist": (("left_shoulder", "left_elbow", 0.5), {"*ForearmBend": ("left_elbow", fore)})}
    arms = {"*Collar": ("left_collar", {"*ShldrBend": ("left_shoulder", upper)})}
    feet = {"*Metatarsals": (("left_ankle", "left_foot", 0.4), {"*Toe": ("left_foot", {})})}
    shin = {"*Shin": ("left_knee", {"*Foot": ("left_ankle", feet)})}
    legs = {"*ThighBend": ("left_hip", {"*ThighTwist": (("left_hip", "left_knee", 0.5), shin)})}
    face = {"lowerJaw": ("jaw", {}), "*Eye": ("left_eye_smplhf", {})}
    top = {**neck(["neckLower", "neckUpper"], "head", face), **arms, "*Pectoral": (("spine3", "left_collar", 0.8), {})}
    spine = trunk(["abdomenLower", "abdomenUpper", "chestLower", "chestUpper"], top)
    return {"hip": ("pelvis", {"pelvis": ("pelvis", legs), **spine})}


def rokoko() -> Tree:
    numbered = {"thumb": "1", "index": "2", "middle": "3", "ring": "4", "pinky": "5"}
    fingers = hand("*Finger@#", numbered, ("Proximal", "Medial", "Distal"))
    arms = arm("*Shoulder", "*Arm", "*ForeArm", "*Hand", fingers)
    top = {**neck(["Neck"], "Head"), **arms}
    return {
        "Hips": (
            "pelvis",
            {**trunk(["Spine1", "Spine2", "Spine3", "Spine4"], top), **leg("*Thigh", "*Shin", "*Foot", "*Toe")},
        )
    }


def advanced_skeleton() -> Tree:
    arms = arm("Scapula_*", "Shoulder_*", "Elbow_*", "Wrist_*", hand("@Finger#_*", NAMES))
    top = {**neck(["Neck_M"], "Head_M", {"Jaw_M": ("jaw", {}), "Eye_*": ("left_eye_smplhf", {})}), **arms}
    return {
        "Root_M": (
            "pelvis",
            {**trunk(["Spine1_M", "Spine2_M", "Chest_M"], top), **leg("Hip_*", "Knee_*", "Ankle_*", "Toes_*")},
        )
    }


def mmd() -> Tree:
    """MikuMikuDance: trunk and legs hang on two bones of one centre; IK and twist bones beside them."""
    japanese = {"thumb": "親指", "index": "人指", "middle": "中指", "ring": "薬指", "pinky": "小指"}
    fingers = hand("*@#", {ours: japanese[ours] for ours in list(japanese)[1:]}, ("１", "２", "３"))
    fingers |= hand("*@#", {"thumb": "親指"}, ("０", "１", "２"))
    twist = {"*手捩": (("left_elbow", "left_wrist", 0.5), {})}
    arms = arm("*肩", "*腕", "*ひじ", "*手首", fingers, twist)
    top = {**neck(["首"], "頭", {"*目": ("left_eye_smplhf", {})}), **arms}
    upper = trunk(["上半身", "上半身2"], top)
    lower = {"下半身": ("spine1", leg("*足", "*ひざ", "*足首", "*つま先"))}
    legs_ik = {"*足ＩＫ親": ("floor", {"*足ＩＫ": ("left_ankle", {"*つま先ＩＫ": ("left_foot", {})})})}
    centre = {"センター": ("pelvis", {"グルーブ": ("pelvis", {"腰": ("pelvis", {**upper, **lower})})}), **legs_ik}
    return {"全ての親": ("floor", centre)}


def kaykit() -> Tree:
    """A toy's skeleton: no clavicles, neck or fingers, and a hand on each wrist."""
    arms = {
        "upperarm.*": (
            "left_shoulder",
            {"lowerarm.*": ("left_elbow", {"wrist.*": ("left_wrist", {"hand.*": ("left_middle1", {})})})},
        )
    }
    legs = leg("upperleg.*", "lowerleg.*", "foot.*", "toes.*")
    top = {"spine": ("spine1", {"chest": ("spine3", {**arms, "head": ("neck", {})})})}
    return {"root": ("floor", {"hips": ("pelvis", {**top, **legs})})}


def make_human() -> Tree:
    """MakeHuman's own: two bones a limb segment, five in the trunk, legs on a bone of each side."""
    numbered = {"index": "2", "middle": "3", "ring": "4", "pinky": "5"}
    palms = {
        f"metacarpal{k}.*": (("left_wrist", f"left_{ours}1", 0.3), finger(f"finger{n}-#.*", f"left_{ours}"))
        for k, (ours, n) in enumerate(numbered.items(), start=1)
    }
    fingers = {**finger("finger1-#.*", "left_thumb"), **palms}
    fore = {
        "lowerarm01.*": (
            "left_elbow",
            {"lowerarm02.*": (("left_elbow", "left_wrist", 0.5), {"wrist.*": ("left_wrist", fingers)})},
        )
    }
    upper = {"upperarm01.*": ("left_shoulder", {"upperarm02.*": (("left_shoulder", "left_elbow", 0.4), fore)})}
    arms = {"clavicle.*": ("left_collar", {"shoulder01.*": (("left_collar", "left_shoulder", 0.5), upper)})}
    foot = {"foot.*": ("left_ankle", {f"toe{k}-1.*": ("left_foot", {}) for k in range(1, 6)})}
    shin = {"lowerleg01.*": ("left_knee", {"lowerleg02.*": (("left_knee", "left_ankle", 0.5), foot)})}
    thigh = {"upperleg01.*": ("left_hip", {"upperleg02.*": (("left_hip", "left_knee", 0.2), shin)})}
    top = {
        **neck(["neck01", "neck02", "neck03"], "head", {"jaw": ("jaw", {}), "eye.*": ("left_eye_smplhf", {})}),
        **arms,
    }
    return {"root": ("pelvis", {"pelvis.*": ("pelvis", thigh), **trunk([f"spine0{k}" for k in (5, 4, 3, 2, 1)], top)})}


def game_kit() -> Tree:
    """A game's simple skeleton: no word for hips, a palm for a hand, one bone a finger, feet that hang on nothing."""
    fingers = {f"{name}1.*": (f"left_{ours}1", {}) for ours, name in NAMES.items()}
    arms = arm("Shoulder.*", "UpperArm.*", "LowerArm.*", "Palm.*", fingers)
    spine = {"Abdomen": ("spine1", {"Torso": ("spine3", {**neck(["Neck"], "Head"), **arms})})}
    legs = {"UpperLeg.*": ("left_hip", {"LowerLeg.*": ("left_knee", {})})}
    body = {"Body": ("pelvis", {**spine, **legs})}
    return {"Bone": ("floor", {**body, "Foot.*": ("left_ankle", {}), "PoleTarget.*": ("left_knee", {})})}


def auto_rig_pro() -> Tree:
    """Auto-Rig Pro: FK controls, and beside them the bones that move the mesh."""
    arms = arm("c_shoulder.*", "c_arm_fk.*", "c_forearm_fk.*", "c_hand_fk.*", {})
    deform = {
        "arm_stretch.*": (
            "left_shoulder",
            {"forearm_stretch.*": ("left_elbow", {"hand.*": ("left_wrist", hand("c_@#.*", LOWER))})},
        )
    }
    legs = leg("c_thigh_fk.*", "c_leg_fk.*", "c_foot_fk.*", "c_toes_fk.*")
    head = {"c_neck.x": ("neck", {"c_head.x": ("head", {"c_jawbone.x": ("jaw", {})})})}
    spine = {"c_spine_01.x": ("spine1", {"c_spine_02.x": ("spine2", {"c_spine_03.x": ("spine3", {**head, **arms})})})}
    return {
        "c_pos": ("floor", {"c_traj": ("floor", {
            "c_root_master.x": ("pelvis", {"c_root.x": ("pelvis", legs), **spine}), **deform,
            "c_hand_ik.*": ("left_wrist", {}), "c_foot_ik.*": ("left_ankle", {}), "root.x": ("pelvis", {}),
        })}),
    }  # fmt: skip


def unity_avatar() -> Tree:
    """Names of Unity's avatars, as in many made for VRChat: a thumb has no metacarpal bone, but an intermediate one."""
    parts = ("Proximal", "Intermediate", "Distal")
    fingers = {
        k: bone for o, theirs in LITTLE.items() for k, bone in finger(f"{theirs} #.*", f"left_{o}", parts).items()
    }
    top = {**neck(["Neck"], "Head"), **arm("Shoulder.*", "Upper_arm.*", "Lower_arm.*", "Hand.*", fingers)}
    legs = leg("Upper_leg.*", "Lower_leg.*", "Foot.*", "Toe.*")
    return {"Hips": ("pelvis", {**trunk(["Spine", "Chest"], top), **legs})}


def studio() -> Tree:
    """A film studio's joints, named after the joints; toes begin at the ball, and end in a joint of their own."""
    fingers = {k: bone for o in LOWER for k, bone in finger(f"*_{o}#_JNT", f"left_{o}").items()}
    arms = arm("*_clavicle_JNT", "*_shoulder_JNT", "*_elbow_JNT", "*_wrist_JNT", fingers)
    spine = trunk([f"spine{k}_JNT" for k in (1, 2, 3)], {**neck(["neck_JNT"], "head_JNT"), **arms})
    return {
        "root_JNT": (
            "pelvis",
            {**spine, **leg("*_hip_JNT", "*_knee_JNT", "*_ankle_JNT", "*_ball_JNT", "*_toe_JNT")},
        )
    }


def cloudrig() -> Tree:
    """CloudRig's FK controls, with fingers as some of its rigs name them."""
    fingers = {k: bone for o, name in NAMES.items() for k, bone in finger(f"FK-{name}#.*", f"left_{o}").items()}
    top = {
        **neck(["FK-Neck"], "FK-Head"),
        **arm("FK-Shoulder.*", "FK-UpperArm.*", "FK-Forearm.*", "FK-Wrist.*", fingers),
    }
    legs = leg("FK-Thigh.*", "FK-Knee.*", "FK-Foot.*", "FK-Toes.*")
    body = {"FK-Hips": ("pelvis", legs), **trunk(["FK-Spine", "FK-RibCage"], top)}
    ends = {"IK-MSTR-Wrist.*": ("left_wrist", {}), "IK-MSTR-Foot.*": ("left_ankle", {})}
    return {"root": ("floor", {"MSTR-Torso": ("pelvis", body), **ends})}


FAMILIES: dict[str, tuple[Tree, tuple[str, str]]] = {
    "humanik": (human_ik(), ("Left", "Right")),
    "mixamo": (human_ik("mixamorig1:"), ("Left", "Right")),
    "vrm0": (human_ik("Character1_"), ("Left", "Right")),
    "cmu": (cmu(), ("Left", "Right")),
    "unreal4": (unreal(), ("l", "r")),
    "unreal5": (unreal(5, 2, palms=True), ("l", "r")),
    "vroid": (vroid(), ("L", "R")),
    "character_creator": (character_creator(), ("L", "R")),
    "biped": (biped(), ("L", "R")),
    "biped_fbx": (biped("Bip001 ", "_"), ("L", "R")),
    "valve": (biped("ValveBiped.Bip01 ", "_"), ("L", "R")),
    "daz": (daz(), ("l", "r")),
    "rokoko": (rokoko(), ("Left", "Right")),
    "advanced_skeleton": (advanced_skeleton(), ("L", "R")),
    "mmd": (mmd(), ("左", "右")),
    "kaykit": (kaykit(), ("l", "r")),
    "make_human": (make_human(), ("L", "R")),
    "game_kit": (game_kit(), ("L", "R")),
    "auto_rig_pro": (auto_rig_pro(), ("l", "r")),
    "unity_avatar": (unity_avatar(), ("L", "R")),
    "studio": (studio(), ("L", "R")),
    "cloudrig": (cloudrig(), ("L", "R")),
}
"""By name: the tree, and the marks of left and right."""


def family(name: str, **options: Any) -> dict[str, BoneAt]:
    """The bones of a family; options: see `armature`."""
    tree, marks = FAMILIES[name]
    return armature(tree, marks, **options)
