"""Which bones stand for which joints: families by names, structure alone, and armatures that are not quite right."""

import json
import sys
from dataclasses import replace

import numpy as np
import pytest
from bone_families import FAMILIES, Z_UP, family

from a2g_core.body.recognise import BoneAt, recognise
from a2g_core.body.rig_map import Fit, RigMap, own_map, parse_map
from a2g_core.body.skeleton import BODY, BODY_HANDS, CHAINS, SMPLX, mirror_name

EXPECTED = {
    "humanik": ("Mixamo names", ["Spine", "Spine1", "Spine2"], ["Neck"]),
    "mixamo": ("Mixamo names", [f"mixamorig1:Spine{k}" for k in ("", 1, 2)], ["mixamorig1:Neck"]),
    "vrm0": ("Mixamo names", [f"Character1_Spine{k}" for k in ("", 1, 2)], ["Character1_Neck"]),
    "cmu": ("Mixamo names", ["LowerBack", "Spine", "Spine1"], ["Neck", "Neck1"]),
    "unreal4": ("Unreal names", ["spine_01", "spine_02", "spine_03"], ["neck_01"]),
    "unreal5": ("Unreal names", [f"spine_0{k}" for k in range(1, 6)], ["neck_01", "neck_02"]),
    "vroid": ("Common names", [f"J_Bip_C_{name}" for name in ("Spine", "Chest", "UpperChest")], ["J_Bip_C_Neck"]),
    "character_creator": (
        "Character Creator",
        ["CC_Base_Waist", "CC_Base_Spine01", "CC_Base_Spine02"],
        ["CC_Base_NeckTwist01", "CC_Base_NeckTwist02"],
    ),
    # What the legs hang on belongs to the hips.
    "biped": ("3ds Max Biped", ["Bip01 Spine1", "Bip01 Spine2"], ["Bip01 Neck"]),
    "biped_fbx": ("3ds Max Biped", ["Bip001_Spine1", "Bip001_Spine2"], ["Bip001_Neck"]),
    "valve": ("3ds Max Biped", ["ValveBiped.Bip01_Spine1", "ValveBiped.Bip01_Spine2"], ["ValveBiped.Bip01_Neck"]),
    "daz": ("Daz Genesis", ["abdomenLower", "abdomenUpper", "chestLower", "chestUpper"], ["neckLower", "neckUpper"]),
    "rokoko": ("Mixamo names", ["Spine1", "Spine2", "Spine3", "Spine4"], ["Neck"]),
    "advanced_skeleton": ("BVH names", ["Spine1_M", "Spine2_M", "Chest_M"], ["Neck_M"]),
    "mmd": ("MikuMikuDance", ["上半身", "上半身2"], ["首"]),
    "kaykit": ("Common names", ["spine", "chest"], []),
    "make_human": ("MakeHuman", [f"spine0{k}" for k in (5, 4, 3, 2, 1)], ["neck01", "neck02", "neck03"]),
    "game_kit": ("Common names", ["Abdomen", "Torso"], ["Neck"]),
    "auto_rig_pro": ("Auto-Rig Pro", ["c_spine_01.x", "c_spine_02.x", "c_spine_03.x"], ["c_neck.x"]),
    "unity_avatar": ("Unity names", ["Spine", "Chest"], ["Neck"]),
    "studio": ("BVH names", ["spine1_JNT", "spine2_JNT", "spine3_JNT"], ["neck_JNT"]),
    "cloudrig": ("CloudRig", ["FK-Spine", "FK-RibCage"], ["FK-Neck"]),
}
VERIFIED = {
    "humanik",
    "mixamo",
    "vrm0",
    "cmu",
    "unreal4",
    "unreal5",
    "vroid",
    "rokoko",
    "kaykit",
    "make_human",
    "game_kit",
}
FINGERS = BODY_HANDS.names[22:]
ASIDE = np.array([2.0, 0, 0])
LACKING = {
    "cmu": {joint for joint in FINGERS if not joint.endswith(("index1", "thumb1"))},
    "kaykit": {"neck", "left_collar", "right_collar", *FINGERS},
    "make_human": {"left_foot", "right_foot"},
    "game_kit": {"left_foot", "right_foot", *(joint for joint in FINGERS if not joint.endswith("1"))},
}
"""Joints that a family has no bone for. (MakeHuman's feet end in five toes.)"""


def renamed(bones: dict[str, BoneAt], name) -> dict[str, BoneAt]:
    return {name(bone): BoneAt(name(at.parent) if at.parent else None, at.head) for bone, at in bones.items()}


def numbered(bones: dict[str, BoneAt]) -> tuple[dict[str, BoneAt], dict[str, str]]:
    """(The bones without names, the name that each number had)."""
    numbers = {bone: f"b{k:03}" for k, bone in enumerate(bones)}
    return renamed(bones, numbers.get), {number: bone for bone, number in numbers.items()}


def other_side(name: str) -> str:
    """A name of Unreal's with the other side's mark."""
    return name[:-2] + {"_l": "_r", "_r": "_l"}.get(name[-2:], name[-2:])


def at(parent: str | None, *head: float) -> BoneAt:
    return BoneAt(parent, np.array(head))


def without(bones: dict[str, BoneAt], *parts: str) -> dict[str, BoneAt]:
    return {bone: value for bone, value in bones.items() if not any(part in bone for part in parts)}


def sentences(fit: Fit) -> str:
    return " ".join(str(problem) for problem in fit.problems)


def misplaced(fit: Fit, bones: dict[str, BoneAt], axes=Z_UP, scale=1.0) -> set[str]:
    """Joints whose bone does not begin where the joint is, in armatures made from our skeleton."""
    places = SMPLX.rest_places
    return {j for j, bone in fit.joints.items() if not np.allclose(bones[bone].head, scale * axes @ places[j])}


# Names ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_is_found_by_its_names(name):
    bones = family(name)
    fit = recognise(bones)
    label, spine, neck = EXPECTED[name]
    assert (fit.source, fit.map.label) == ("names", label)
    assert (list(fit.spine), list(fit.neck)) == (spine, neck)
    assert fit.map.verified == (name in VERIFIED)
    assert fit.problems == () and set(fit.missing) == LACKING.get(name, set())
    assert misplaced(fit, bones) <= {"head"}  # a toy's head is as wide as its neck
    assert len(set(fit.joints.values())) == len(fit.joints)
    assert not any("ik" in bone.lower() or "twist" in bone.lower() for bone in fit.joints.values())


@pytest.mark.parametrize("name", ["humanik", "unreal4", "daz", "mmd"])
@pytest.mark.parametrize(("axes", "scale"), [(np.eye(3), 100.0), (Z_UP[[1, 0, 2]] * [[-1], [1], [1]], 1.0)])
def test_neither_axes_nor_size_matter(name, axes, scale):
    bones = family(name, axes=axes, scale=scale)
    for given in (bones, numbered(bones)[0]):
        fit = recognise(given)
        assert fit.problems == () and not misplaced(fit, given, axes, scale) - {"left_foot", "right_foot"}


def test_the_joint_is_the_wrist_that_a_hand_hangs_on():
    fit = recognise(family("kaykit"))
    assert fit.joints["left_wrist"] == "wrist.l" and "hand.l" not in fit.joints.values()
    hand_alone = {bone: value for bone, value in family("kaykit").items() if not bone.startswith("hand")}
    renamed_wrist = renamed(hand_alone, lambda bone: bone.replace("wrist", "hand"))
    assert recognise(renamed_wrist).joints["left_wrist"] == "hand.l"


def test_a_twist_bone_takes_its_joints_twist():
    assert recognise(family("unreal4")).free_twist["right_wrist"] == "lowerarm_twist_01_r"
    assert recognise(family("daz")).free_twist["left_wrist"] == "lForearmTwist"
    assert recognise(family("mmd")).free_twist["left_wrist"] == "左手捩"
    assert recognise(family("humanik")).free_twist == {}


def test_controls_move_the_mesh_by_other_bones():
    fit = recognise(family("auto_rig_pro"))
    assert fit.deform == {
        "c_root_master.x": "root.x",
        **{f"c_{ours}_fk.{s}": f"{theirs}.{s}" for s in "lr" for ours, theirs in (
            ("arm", "arm_stretch"), ("forearm", "forearm_stretch"), ("hand", "hand"))},
    }  # fmt: skip
    assert {(s.bone, s.property, s.value) for s in fit.switches} == {
        (f"c_{limb}_ik.{side}", "ik_fk_switch", 1.0) for limb in ("hand", "foot") for side in "lr"
    }


def test_other_bones_with_similar_names_are_not_taken():
    more = {
        "weapon_r": at("hand_r", -0.7, 0, 0.4), "prop_hand_l": at("hand_l", 0.7, 0, 0.4),
        "sword_hand_l": at("hand_l", 0.7, 0, 0.4), "skirt_thigh_l": at("pelvis", 0.1, 0, -0.1),
        "tail_01": at("pelvis", 0, 0.1, 0), "tail_02": at("tail_01", 0, 0.4, 0),
        "wing_upperarm_l": at("spine_03", 0.2, 0.1, 0.4), "wing_hand_l": at("wing_upperarm_l", 1, 0.2, 0.4),
        "ctrl_foot_l": at(None, 0.1, 0, -0.9), "head_ctrl": at(None, 0, 0, 0.7), "pole_calf_l": at(None, 0.1, -1, -0.4),
    }  # fmt: skip
    bones = family("unreal4")
    plain, full = recognise(bones), recognise({**more, **bones})
    assert full.joints == plain.joints and full.spine == plain.spine


def test_of_two_characters_in_one_armature_the_bones_of_one_are_taken():
    first = family("unreal4")
    beside = {
        f"{bone}.001": BoneAt(value.parent and f"{value.parent}.001", value.head + ASIDE)
        for bone, value in first.items()
    }
    for both in ({**first, **beside}, {**beside, **first}):
        fit = recognise(both)
        assert fit.joints == recognise(first).joints
    other = {bone: BoneAt(v.parent, v.head + ASIDE) for bone, v in family("mixamo").items()}
    mine = renamed(family("mixamo"), lambda bone: bone.replace("mixamorig1", "mixamorig"))
    assert {bone.split(":")[0] for bone in recognise({**mine, **other}).joints.values()} == {"mixamorig"}


def test_the_highest_bone_of_the_trunk_is_no_neck_for_arms_that_begin_beside_it():
    bones = without(family("make_human"), "neck0", "clavicle", "shoulder01")
    arms = {f"upperarm01.{side}": "spine01" for side in "LR"} | {"head": "spine01"}
    bones = {name: BoneAt(arms.get(name, value.parent), value.head) for name, value in bones.items()}
    beside = np.array([0, 0, bones["upperarm01.L"].head[2] - bones["spine01"].head[2]])
    bones["spine01"] = BoneAt(bones["spine01"].parent, bones["spine01"].head + beside)
    fit = recognise(bones)
    assert (fit.spine[-1], fit.neck, fit.problems) == ("spine01", (), ())


def test_the_names_of_copies_are_understood():
    copies = renamed(family("unreal4"), lambda bone: f"{bone}.001")
    assert recognise(copies).joints == {j: f"{bone}.001" for j, bone in recognise(family("unreal4")).joints.items()}


def test_a_renamed_bone_is_found_by_its_neighbours():
    bones = family("unreal5")
    whole = recognise(bones)
    for joint, bone in whole.joints.items():
        fit = recognise(renamed(bones, lambda name, bone=bone: "Thing" if name == bone else name))
        assert fit.joints.get(joint) == "Thing", joint
        assert len(fit.joints) == len(whole.joints) and fit.problems == ()


def test_a_limb_without_names_is_found_by_structure():
    legs = ("thigh", "calf", "foot", "ball")
    bones = renamed(family("unreal4"), lambda bone: f"x{hash_of(bone)}" if bone.startswith(legs) else bone)
    fit = recognise(bones)
    assert fit.source == "names" and fit.problems == () and not misplaced(fit, bones)
    assert {"left_hip", "left_knee", "left_ankle", "left_foot"} <= fit.joints.keys()


def hash_of(bone: str) -> int:
    """A number for a name, the same in every process."""
    return int.from_bytes(bone.encode(), "big") % 9973


@pytest.mark.parametrize("name", ["unreal4", "unreal5"])
def test_names_that_exchange_left_and_right_are_set_right(name):
    bones = renamed(family(name), other_side)
    fit = recognise(bones)
    assert fit.source == "names" and fit.problems == () and not misplaced(fit, bones)
    assert fit.joints["left_wrist"] == "hand_r"


# Structure ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(FAMILIES.keys() - {"game_kit"}))  # its legs end at the shins
def test_structure_alone_finds_the_body(name):
    given = family(name)
    bones, names = numbered(given)
    fit = recognise(bones)
    assert fit.source == "structure" and fit.problems == () and 0.3 < fit.score <= 0.6
    expected = recognise(given)
    found = {joint: names[bone] for joint, bone in fit.joints.items()}
    wrong = {joint for joint in found if joint in expected.joints and found[joint] != expected.joints[joint]}
    # A Biped has two bones for the hips; Daz has a bone between ankle and toes.
    assert wrong <= {"pelvis", "left_foot", "right_foot"}
    assert {*BODY.names, *FINGERS} - set(fit.missing) >= {*BODY.names, *FINGERS} - set(expected.missing) - set(
        FINGERS if name in ("cmu", "auto_rig_pro") else ()
    )


def test_wings_and_a_tail_are_not_arms_and_legs():
    bones, names = numbered(family("unreal4"))
    number = {name: number for number, name in names.items()}
    for side, sign in (("l", 1), ("r", -1)):
        parent = number["spine_03"]
        for k, (x, y, z) in enumerate(((0.1, 0.1, 0.4), (0.6, 0.2, 0.7), (1.2, 0.2, 0.6), (1.6, 0.2, 0.3))):
            bones[f"w{k}{side}"] = at(parent, sign * x, y, z)
            parent = f"w{k}{side}"
    for k in range(6):
        bones[f"t{k}"] = at(f"t{k - 1}" if k else number["pelvis"], 0, 0.1 + 0.15 * k, -0.05 * k)
    fit = recognise(bones)
    assert not misplaced(fit, bones) and names[fit.joints["left_wrist"]] == "hand_l"


# What is no character -------------------------------------------------------------------------------------------------


def animal() -> dict[str, BoneAt]:
    """A horse, with names that people's bones have."""
    bones = {
        "root": at(None, 0, 0, 0), "hips": at("root", 0, 0.5, 1.2), "spine": at("hips", 0, 0.2, 1.25),
        "chest": at("spine", 0, -0.4, 1.2), "neck": at("chest", 0, -0.6, 1.4), "head": at("neck", 0, -0.9, 1.8),
        "tail": at("hips", 0, 0.7, 1.2),
    }  # fmt: skip
    for mark, x in ((".L", 0.15), (".R", -0.15)):
        hind, fore = ("thigh", "shin", "foot", "toe"), ("upper_arm", "forearm", "hand", "finger")
        for above, names, ys in (
            ("hips", hind, (0.5, 0.4, 0.6, 0.5)),
            ("chest", fore, (-0.45, -0.4, -0.45, -0.5)),
        ):
            for name, y, z in zip(names, ys, (1.05, 0.7, 0.3, 0.05)):
                bones[name + mark] = at(above, x, y, z)
                above = name + mark
    return bones


def test_an_animal_on_four_legs_is_refused():
    fit = recognise(animal())
    assert "does not rise from the hips" in sentences(fit) and fit.score < 0.3
    assert recognise(numbered(animal())[0]).problems


@pytest.mark.parametrize(
    "bones",
    [
        {},
        {"Bone": at(None, 0, 0, 0)},
        {f"Bone.{k:03}": at(f"Bone.{k - 1:03}" if k else None, 0, 0, k) for k in range(40)},
        {name: BoneAt(bone.parent, np.zeros(3)) for name, bone in family("unreal4").items()},
    ],
    ids=["empty", "one bone", "a rope", "all in one place"],
)
def test_other_armatures_are_refused_in_sentences(bones):
    fit = recognise(bones)
    assert fit.problems and fit.score < 0.1
    for problem in fit.problems:
        assert str(problem).endswith(".") and "\n" not in str(problem)


def test_what_can_be_done_is_done():
    bones = family("unreal4")
    legless = recognise(without(bones, "thigh", "calf", "foot", "ball"))
    assert legless.problems == () and set(legless.missing) == {
        f"{side}_{joint}" for side in ("left", "right") for joint in ("hip", "knee", "ankle", "foot")
    }
    one_arm = recognise(without(bones, "_01_l", "_02_l", "_03_l", "clavicle_l", "upperarm_l", "lowerarm_l", "hand_l"))
    assert one_arm.problems == () and "left_wrist" in one_arm.missing and "right_wrist" in one_arm.joints
    assert "an arm" in sentences(
        recognise(without(bones, "_01_", "_02_", "_03_", "clavicle", "upperarm", "lowerarm", "hand"))
    )
    assert "the head" in sentences(recognise(without(bones, "head", "neck")))


# VRM, Rigify, and the user's own map ----------------------------------------------------------------------------------


def vrm_bones(thumb: tuple[str, str, str]) -> dict[str, str]:
    """VRM's human bones of an armature that is not named like one."""
    found = {"hips": "root", "head": "head", "spine": "spine05", "neck": "neck01"}
    for side, mark in (("left", "L"), ("right", "R")):
        found |= {
            f"{side}{theirs}": f"{ours}.{mark}"
            for theirs, ours in {
                "UpperLeg": "upperleg01", "LowerLeg": "lowerleg01", "Foot": "foot", "Shoulder": "shoulder01",
                "UpperArm": "upperarm01", "LowerArm": "lowerarm01", "Hand": "wrist", "Toes": "toe1-1",
                "LittleProximal": "finger5-1", "Gone": "finger4-1", "RingDistal": "not there",
            }.items()
        }  # fmt: skip
        found |= {f"{side}{name}": f"finger1-{k}.{mark}" for k, name in enumerate(thumb, start=1)}
    return found


@pytest.mark.parametrize(
    "thumb",
    [
        ("ThumbMetacarpal", "ThumbProximal", "ThumbDistal"),
        ("ThumbProximal", "ThumbIntermediate", "ThumbDistal"),
    ],
    ids=["1.0", "0.x"],
)
def test_vrm_says_which_bones_are_human(thumb):
    fit = recognise(family("make_human"), vrm=vrm_bones(thumb))
    assert (fit.source, fit.map.label, fit.problems) == ("vrm", "VRM", ())
    assert [fit.joints[f"left_thumb{k}"] for k in (1, 2, 3)] == ["finger1-1.L", "finger1-2.L", "finger1-3.L"]
    assert fit.joints["left_collar"] == "shoulder01.L" and fit.joints["left_pinky1"] == "finger5-1.L"
    assert len(fit.spine) == 5 and fit.neck == ("neck01", "neck02", "neck03")
    assert "left_ring3" in fit.missing


def test_where_vrm_says_too_little_names_do():
    fit = recognise(family("make_human"), vrm={"hips": "root", "leftHand": "wrist.L"})
    assert (fit.source, fit.map.label) == ("names", "MakeHuman")


def stored(bones: dict[str, BoneAt], **changed) -> RigMap:
    """The map of what was found, as a user keeps it."""
    fit = recognise(bones)
    joints = {joint: (bone,) for joint, bone in {**fit.joints, **changed}.items() if bone}
    return RigMap("own", "Own", joints, fit.spine, fit.neck, complete=True)


def test_a_stored_map_goes_before_all_else():
    bones = family("unreal4")
    mine = stored(bones, left_wrist="lowerarm_l", left_elbow="", head="neck_01")
    fit = recognise(bones, stored=mine, vrm={"hips": "pelvis"}, rigify="generated")
    assert fit.source == "stored" and fit.map is mine
    assert fit.joints["left_wrist"] == "lowerarm_l" and "left_elbow" in fit.missing  # left out on purpose
    assert fit.joints["head"] == "neck_01" and fit.neck == ()
    fit = recognise(bones, stored=replace(mine, spine=(), neck=()))
    assert fit.spine == () and {"spine1", "spine2", "spine3"} <= set(fit.missing)
    fit = recognise(bones, stored=replace(mine, spine=(), neck=(), complete=False))
    assert fit.spine == ("spine_01", "spine_02", "spine_03")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"left_elbow": "hand_l", "left_wrist": "lowerarm_l"}, "bone 'hand_l' is above"),
        ({"left_knee": "thigh_l", "left_hip": "calf_l"}, "'thigh_l' is above 'calf_l'"),
        ({"left_knee": "ball_l", "left_foot": ""}, "is above 'ball_l'"),
        ({"left_wrist": "hand_r", "right_wrist": "hand_l"}, "left and right are exchanged"),
        ({"left_wrist": "hand_r", "right_wrist": ""}, "does not lie between"),
        ({"head": "pelvis", "pelvis": "head"}, "does not rise"),
        ({"head": "hand_l"}, "bone 'hand_l' stands for two joints"),
        ({"head": ""}, "no bone was found for the head"),
        ({"pelvis": ""}, "no bone was found for the hips"),
        ({"head": "Helmet"}, "names 'Helmet', which the armature does not have"),
    ],
)
def test_a_wrong_map_of_the_users_is_refused_in_one_sentence(changed, expected):
    bones = family("unreal4")
    fit = recognise(bones, stored=stored(bones, **changed))
    text = sentences(fit)
    assert expected in text or (expected.startswith("bone 'hand_l' is above") and "is above 'hand_l'" in text), text


@pytest.mark.parametrize("stray", ["foot_l", "calf_r", "thigh_l", "hand_l"])
def test_a_bone_of_a_limb_is_none_of_the_neck(stray):
    """As one that was clicked by mistake: the neck's turn would be keyed on it."""
    bones = family("unreal4")
    mine = stored(bones)
    others = {joint: names for joint, names in mine.joints.items() if stray not in names}
    fit = recognise(bones, stored=replace(mine, joints=others, neck=(*mine.neck, stray)))
    assert f"bone '{stray}' does not lie between 'pelvis' and 'head'" in sentences(fit)


@pytest.mark.parametrize("name", FAMILIES)
def test_what_was_recognised_can_be_kept_as_a_list_of_ones_own(name):
    bones = family(name)
    assert recognise(bones, stored=stored(bones)).problems == recognise(bones).problems == ()


def test_a_mirrored_map_is_refused():
    bones = family("unreal4")
    joints = {mirror_name(joint): names for joint, names in stored(bones).joints.items()}
    fit = recognise(bones, stored=replace(stored(bones), joints=joints))
    assert "left and right are exchanged" in sentences(fit) and fit.score <= 0.3
    upside_down = renamed(bones, other_side)
    assert recognise(upside_down, stored=replace(stored(bones), joints=joints)).problems == ()


def test_crossed_legs_are_no_exchanged_ones():
    bones = family("unreal4")
    for side, sign in (("l", -1), ("r", 1)):
        for k, bone in enumerate((f"calf_{side}", f"foot_{side}", f"ball_{side}"), start=1):
            bones[bone] = BoneAt(bones[bone].parent, bones[bone].head + sign * 0.07 * k * ASIDE)
    assert recognise(bones).problems == ()


def test_rigifys_word_is_taken_for_it():
    """A generated rig whose controls are incomplete is no other family."""
    left = {"upper_arm_fk.L": at("chest", 0.2, 0, 0.4), "forearm_fk.L": at("upper_arm_fk.L", 0.4, 0, 0.4)}
    fit = recognise({"torso": at(None, 0, 0, 0), "chest": at("torso", 0, 0, 0.3), **left}, rigify="generated")
    assert fit.source == "rigify" and fit.map.label == "Rigify"
    assert "the head" in sentences(fit) and fit.joints["left_elbow"] == "forearm_fk.L"


# Manners --------------------------------------------------------------------------------------------------------------


def test_every_joint_is_found_or_missing():
    for name in FAMILIES:
        fit = recognise(family(name))
        covered = {
            *fit.joints,
            *fit.missing,
            *(CHAINS["spine"] if fit.spine else ()),
            *(CHAINS["neck"] if fit.neck else ()),
        }
        assert covered >= set(BODY_HANDS.names) and not set(fit.joints) & set(fit.missing)
        assert list(fit.joints) == [joint for joint in SMPLX.names if joint in fit.joints]
        assert list(fit.missing) == [joint for joint in SMPLX.names if joint in fit.missing]


def test_our_own_armature_is_found_whatever_else_is():
    parents = {name: SMPLX.names[parent] if parent >= 0 else None for name, parent in zip(SMPLX.names, SMPLX.parents)}
    bones = {name: BoneAt(parents[name], SMPLX.rest_places[name]) for name in SMPLX.names}
    fit = recognise(bones)
    assert fit.map is own_map() and fit.score == 0.95 and fit.missing == ()
    assert fit.joints == {joint: joint for joint in fit.joints} and fit.spine == CHAINS["spine"]


@pytest.mark.parametrize("name", ["unreal5", "mmd", "daz"])
def test_the_order_of_bones_does_not_matter(name):
    bones = family(name)
    shuffled = list(bones)
    np.random.default_rng(1).shuffle(shuffled)
    one, other = recognise(bones), recognise({bone: bones[bone] for bone in shuffled})
    assert (one.joints, one.spine, one.neck, one.score) == (other.joints, other.spine, other.neck, other.score)


def lines_run(work) -> int:
    """How many lines of Python something runs: its time on any machine, however busy."""
    count = 0

    def trace(_frame, event, _argument):
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def test_work_grows_with_the_number_of_bones_and_no_faster():
    def with_hair(n: int) -> dict[str, BoneAt]:
        hair = {
            f"hair_{k:03}": at(f"hair_{k - 1:03}" if k % 8 else "head", 0.01 * (k % 7 - 3), 0.001 * k, 0.7)
            for k in range(n)
        }
        return family("unreal5") | hair

    recognise(with_hair(0))  # reads the maps
    few, many = (lines_run(lambda n=n: recognise(with_hair(n))) for n in (400, 1600))
    print(few, many)
    assert many < 5 * few


def test_a_folded_map_of_the_users_reads_names_like_a_family():
    rig_map = parse_map(
        json.dumps(
            {"format": 1, "name": "toy", "label": "Toy", "folded": True, "joints": {
                "pelvis": "Bauch", "head": "Kopf", "left_shoulder": "Oberarm.L", "left_elbow": "Unterarm.L",
            }}
        ),
        "toy.json",
    )  # fmt: skip
    bones = {"Toy_Bauch": at(None, 0, 0, 0), "Toy_Kopf": at("Toy_Bauch", 0, 0, 0.6)}
    for mark, x in (("L", 0.2), ("R", -0.2)):
        bones[f"Toy_Oberarm_{mark}"] = at("Toy_Bauch", x, 0, 0.4)
        bones[f"Toy_Unterarm_{mark}"] = at(f"Toy_Oberarm_{mark}", 2 * x, 0, 0.4)
    fit = recognise(bones, stored=rig_map)
    assert fit.problems == () and fit.joints["right_elbow"] == "Toy_Unterarm_R"
