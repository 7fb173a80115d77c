"""The manual's page on rig maps, followed: its maps are valid, and fit the rigs that it describes."""

import json
import re

import pytest
from bone_families import armature
from places import ROOT

from a2g_core.body.bone_tree import BoneTree
from a2g_core.body.by_name import is_of
from a2g_core.body.own_map import from_fit
from a2g_core.body.recognise import recognise
from a2g_core.body.rig_map import map_data, parse_map, read_map
from a2g_core.body.skeleton import BODY_PARTS

PAGE = (ROOT / "docs/manual/rig-maps.md").read_text(encoding="utf-8")
MAPS = re.findall(r"```json\n(.*?)```", PAGE, flags=re.S)


def chain(*rows):
    """Bones that hang on each other."""
    below = {}
    for name, joint in reversed(rows):
        below = {name: (joint, below)}
    return below


def toon():
    """The control rig that the page describes: controls, IK, and bones that move the mesh beside them."""
    arm, leg = ("arm", "forearm", "hand"), ("thigh", "shin", "foot")
    joints = {
        "arm": "left_shoulder", "forearm": "left_elbow", "hand": "left_wrist",
        "thigh": "left_hip", "shin": "left_knee", "foot": "left_ankle",
    }  # fmt: skip
    arms = {"clavicle_ctrl.*": ("left_collar", chain(*((f"{part}_fk.*", joints[part]) for part in arm)))}
    head = chain(("neck_ctrl", "neck"), ("head_ctrl", "head"))
    trunk = {"spine_ctrl.001": ("spine1", {"spine_ctrl.002": ("spine2", {**head, **arms})})}
    legs = chain(*((f"{part}_fk.*", joints[part]) for part in leg))
    deform = {f"DEF-{part}.*": (joints[part], {}) for part in (*arm, *leg)}
    more = {
        "DEF-hips": ("left_hip", {}), "DEF-chest": ("spine2", {}), "hand_ik.*": ("left_wrist", {}),
        "foot_ik.*": ("left_ankle", {}), "forearm_twist.*": (("left_elbow", "left_wrist", 0.5), {}),
    }  # fmt: skip
    return armature({"root": ("floor", {"hips_ctrl": ("pelvis", {**trunk, **legs}), **deform, **more})})


def german(prefix="", marks=("L", "R")):
    arms = chain(
        (f"{prefix}*_Schluesselbein", "left_collar"), (f"{prefix}*_Oberarm", "left_shoulder"),
        (f"{prefix}*_Unterarm", "left_elbow"), (f"{prefix}*_Hand", "left_wrist"),
    )  # fmt: skip
    legs = chain(
        (f"{prefix}*_Oberschenkel", "left_hip"), (f"{prefix}*_Unterschenkel", "left_knee"),
        (f"{prefix}*_Fuss", "left_ankle"),
    )  # fmt: skip
    head = chain((f"{prefix}Hals", "neck"), (f"{prefix}Kopf", "head"))
    trunk = {f"{prefix}Bauch": ("spine1", {f"{prefix}Brust": ("spine2", {**head, **arms})})}
    return armature({f"{prefix}Becken": ("pelvis", {**trunk, **legs})}, marks)


def test_the_page_has_two_maps_and_each_is_valid_as_a_file(tmp_path):
    assert len(MAPS) == 2
    for text in MAPS:
        name = json.loads(text)["name"]
        path = tmp_path / f"{name}.json"
        path.write_text(text, encoding="utf-8")
        assert map_data(read_map(path)) == json.loads(text)


def test_the_control_rig_of_the_page_fits_its_map():
    bones, rig_map = toon(), parse_map(MAPS[0], "toon.json")
    assert is_of(rig_map, BoneTree(bones))
    fit = recognise(bones, stored=rig_map)
    assert fit.problems == () and fit.source == "stored"
    assert fit.joints["left_wrist"] == "hand_fk.L" and fit.joints["pelvis"] == "hips_ctrl"
    assert fit.spine == ("spine_ctrl.001", "spine_ctrl.002") and fit.neck == ("neck_ctrl",)  # no third one here
    # By its own key, by name, and by place.
    assert fit.deform["hips_ctrl"] == "DEF-hips" and fit.deform["arm_fk.R"] == "DEF-arm.R"
    assert fit.deform["spine_ctrl.002"] == "DEF-chest"
    assert len(fit.switches) == 4 and fit.free_twist["right_wrist"] == "forearm_twist.R"
    assert {"left_foot", "left_index1"} <= set(fit.missing)


def test_an_exported_list_becomes_that_map_by_what_the_page_says():
    """Export, without what belongs to one character alone, is a map that finds the same."""
    bones, rig_map = toon(), parse_map(MAPS[0], "toon.json")
    exported = map_data(from_fit(recognise(bones, stored=rig_map)))
    assert exported.pop("complete")
    again = recognise(bones, stored=parse_map(json.dumps(exported), "own.json"))
    first = recognise(bones, stored=rig_map)
    assert (again.joints, again.spine, again.neck, again.deform) == (
        first.joints,
        first.spine,
        first.neck,
        first.deform,
    )


@pytest.mark.parametrize("bones", [german(), german("Hero:"), german("b_", ("l", "r"))], ids=["plain", "Hero:", "b_"])
def test_the_plain_skeleton_of_the_page_fits_its_map(bones):
    fit = recognise(bones, stored=parse_map(MAPS[1], "german.json"))
    assert fit.problems == () and len(fit.joints) == 16
    assert len(fit.spine) == 2 and fit.neck == tuple(bone for bone in bones if bone.endswith("Hals"))


def test_the_page_names_every_key_and_every_part():
    used = {key for text in MAPS for key in json.loads(text)} | {"complete"}
    named = set(re.findall(r"`(\w+)`", PAGE))
    assert used - {"joints"} <= named | {"format", "name", "label"}
    assert set(BODY_PARTS) <= named
