"""The user's own list of bones: rows, corrections, the other side's names, and its file."""

from dataclasses import replace

import pytest

from a2g_core.body import own_map
from a2g_core.body.own_map import assign, mirrored, other_side, rows, swapped
from a2g_core.body.rig_map import Fit, RigMap, Switch
from a2g_core.body.skeleton import ROWS

LIST = RigMap(
    "own", "Own",
    {"pelvis": ("Hips",), "left_shoulder": ("Arm.L",), "left_elbow": ("Fore.L",), "right_shoulder": ("Arm.R",)},
    spine=("S1", "S2", "S3"), neck=("N",), deform={"left_shoulder": "DEF-Arm.L"}, free_twist={"left_elbow": "Twist.L"},
)  # fmt: skip


def test_each_joint_has_a_row_and_chains_have_as_many_as_they_have_bones():
    assert rows(LIST) == {
        "pelvis": "Hips", "left_shoulder": "Arm.L", "left_elbow": "Fore.L", "right_shoulder": "Arm.R",
        "spine_1": "S1", "spine_2": "S2", "spine_3": "S3", "neck_1": "N",
    }  # fmt: skip
    assert set(rows(LIST)) <= set(ROWS)
    assert not {"spine1", "neck"} & set(ROWS)


def test_a_row_gets_another_bone_and_what_was_known_of_the_old_one_goes_with_it():
    changed = assign(LIST, "left_shoulder", "Other.L")
    assert rows(changed) == {**rows(LIST), "left_shoulder": "Other.L"}
    assert changed.deform == {} and changed.free_twist == LIST.free_twist
    emptied = assign(LIST, "left_elbow", "")
    assert "left_elbow" not in emptied.joints and emptied.free_twist == {} and emptied.deform == LIST.deform


def test_a_bone_stands_in_one_row():
    changed = assign(LIST, "left_elbow", "Arm.L")
    assert (rows(changed)["left_elbow"], rows(changed)["left_shoulder"]) == ("Arm.L", "Fore.L")
    moved = assign(LIST, "right_elbow", "Arm.R")
    assert rows(moved)["right_elbow"] == "Arm.R" and "right_shoulder" not in rows(moved)
    assert rows(assign(LIST, "left_elbow", "Fore.L")) == rows(LIST)


def test_a_chain_closes_up_and_grows_at_its_end():
    assert assign(LIST, "spine_2", "").spine == ("S1", "S3")
    assert assign(LIST, "spine_9", "S4").spine == ("S1", "S2", "S3", "S4")
    assert assign(LIST, "spine_1", "S3").spine == ("S3", "S2", "S1")
    assert assign(LIST, "head", "S2").spine == ("S1", "S3")


def test_a_side_is_filled_from_the_other():
    present = {"Hips", "Arm.L", "Arm.R", "Fore.L", "Fore.R", "Hand.L"}
    made, alone = mirrored(assign(LIST, "left_wrist", "Hand.L"), present)
    assert rows(made)["right_shoulder"] == "Arm.R" and rows(made)["right_elbow"] == "Fore.R"
    assert alone == ("Hand.L",) and "right_wrist" not in rows(made)
    back, _ = mirrored(assign(made, "left_elbow", ""), present, "right")
    assert rows(back)["left_elbow"] == "Fore.L"


def test_sides_are_exchanged():
    turned = swapped(LIST)
    assert rows(turned) == {
        "pelvis": "Hips", "right_shoulder": "Arm.L", "right_elbow": "Fore.L", "left_shoulder": "Arm.R",
        "spine_1": "S1", "spine_2": "S2", "spine_3": "S3", "neck_1": "N",
    }  # fmt: skip
    assert turned.deform == {"right_shoulder": "DEF-Arm.L"} and turned.free_twist == {"right_elbow": "Twist.L"}
    assert rows(swapped(turned)) == rows(LIST) and swapped(turned).deform == LIST.deform


@pytest.mark.parametrize(
    ("bone", "other"),
    [
        ("upper_arm_fk.L", "upper_arm_fk.R"), ("mixamorig:LeftArm", "mixamorig:RightArm"), ("upperarm_l", "upperarm_r"),
        ("Bip01 L Hand", "Bip01 R Hand"), ("CC_Base_L_Hand", "CC_Base_R_Hand"), ("J_Bip_L_Little1", "J_Bip_R_Little1"),
        ("Character1_LeftUpLeg", "Character1_RightUpLeg"), ("lShldrBend", "rShldrBend"), ("Arm.L.001", "Arm.R.001"),
        ("左手", "右手"), ("handL", "handR"), ("LEFT_LEG", "RIGHT_LEG"), ("rThighBend", "lThighBend"),
    ],
)  # fmt: skip
def test_the_other_side_of_a_name(bone, other):
    assert other_side(bone, {bone, other, "Hips"}) == other
    assert other_side(bone, {bone, "Hips"}) is None
    assert other_side(other, {bone, other}) == bone


@pytest.mark.parametrize("bone", ["Hips", "Head", "Spine", "Bip01 Pelvis", "roll", "Ring"])
def test_what_has_no_side_has_no_other(bone):
    assert other_side(bone, {bone, "Hips", "Rips", "Head", "loll"}) is None


def test_a_list_is_what_was_found():
    family = replace(LIST, name="family", recognise={"all": ("Hips",)}, verified=True)
    found = Fit(
        family, "names", {"pelvis": "Hips", "left_shoulder": "Arm.L"}, ("S1",), (), {"Arm.L": "DEF-Arm.L"},
        (Switch("P", "IK_FK", 1.0, ("ARMS",)),), {}, ("head",), (), 1.0,
    )  # fmt: skip
    made = own_map.from_fit(found)
    assert rows(made) == {"pelvis": "Hips", "left_shoulder": "Arm.L", "spine_1": "S1"}
    assert (made.name, made.deform, dict(made.recognise)) == (own_map.NAME, {"left_shoulder": "DEF-Arm.L"}, {})
    assert made.switches == found.switches
