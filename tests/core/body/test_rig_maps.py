"""Rig maps as files."""

import json
import re

import numpy as np
import pytest

from a2g_core.body.rig_map import (
    FOLDER,
    SINGLE,
    Switch,
    map_data,
    own_map,
    parse_map,
    read_map,
    rig_maps,
)
from a2g_core.body.skeleton import BODY, SMPLX
from a2g_core.errors import RigError

OWN = json.loads((FOLDER / "smplx.json").read_text(encoding="utf-8"))


def other(**changed) -> dict:
    """A valid map of another family, with all that a map may say."""
    return {
        "format": 1,
        "name": "other",
        "label": "Other",
        "verified": True,
        "recognise": {"all": ["Bip pelvis"], "any": ["Bip head", "Bip Head"]},
        "joints": {joint: f"Bip {joint}" for joint in BODY.names if joint in SINGLE},
        "spine": ["Spine1", "Spine2"],
        "neck": ["Neck"],
        "deform": {"left_shoulder": "DEF left_shoulder"},
        "deform_prefix": "DEF ",
        "switches": [{"bone": "Bip left_hip", "property": "IK_FK", "value": 1.0, "parts": ["LEGS"]}],
        "free_twist": {"left_wrist": "Twist"},
        **changed,
    }


def joints(**changed) -> dict:
    return {**other()["joints"], **changed}


def write(folder, data, name="other"):
    path = folder / f"{name}.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_our_own_map_names_every_joint_as_it_is_called():
    own = own_map()
    assert own.label == "SMPL-X" and own.verified
    assert {joint: (joint,) for joint in SINGLE} == own.joints
    assert (own.spine, own.neck) == (("spine1", "spine2", "spine3"), ("neck",))


def test_a_file_is_all_that_a_family_needs(tmp_path):
    write(tmp_path, OWN, "smplx")
    write(tmp_path, other())
    maps = rig_maps(tmp_path)
    assert [rig_map.name for rig_map in maps] == ["smplx", "other"]  # our own first


def test_a_map_says_what_its_file_says():
    rig_map = parse_map(json.dumps(other(joints=joints(jaw=["Jaw", "jaw_master"]))), "other.json")
    assert rig_map.joints["jaw"] == ("Jaw", "jaw_master") and rig_map.joints["head"] == ("Bip head",)
    assert list(rig_map.joints) == [name for name in SMPLX.names if name in joints(jaw="")]  # whatever the file's order
    assert rig_map.switches == (Switch("Bip left_hip", "IK_FK", 1.0, ("LEGS",)),)
    assert rig_map.recognise == {"all": ("Bip pelvis",), "any": ("Bip head", "Bip Head")}
    assert (rig_map.spine, rig_map.neck, rig_map.deform_prefix) == (("Spine1", "Spine2"), ("Neck",), "DEF ")
    assert rig_map.deform == {"left_shoulder": "DEF left_shoulder"} and rig_map.free_twist == {"left_wrist": "Twist"}
    assert rig_map.verified and not rig_map.folded and not rig_map.complete


@pytest.mark.parametrize("rig_map", rig_maps(), ids=lambda rig_map: rig_map.name)
def test_every_map_of_ours_is_written_as_it_was_read(rig_map):
    data = map_data(rig_map)
    assert data == json.loads((FOLDER / f"{rig_map.name}.json").read_text(encoding="utf-8"))
    assert map_data(parse_map(json.dumps(data), "again.json")) == data


def test_the_least_map_reads_and_is_written_as_little():
    least = {"format": 1, "name": "least", "label": "Least", "joints": {}}
    assert map_data(parse_map(json.dumps(least).encode(), "least.json")) == least


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("{", "cannot be read as JSON"),
        ("[" * 100_000, "cannot be read as JSON"),
        (" " * 1_000_001, "is too large"),
        ([], "no valid 'joints'"),
        (other(bones={}), "unknown key 'bones'"),
        (other(**{"k" * 500: 1}), "unknown key 'kkk"),
        ({key: value for key, value in other().items() if key != "label"}, "no valid 'label'"),
        (other(format=True), "no valid 'format'"),
        (other(format=0), "no valid 'format'"),
        (other(format=2), "has format 2"),
        (other(name="another"), "is named 'another' inside"),
        (other(label=""), "no valid 'label'"),
        (other(label="x" * 256), "no valid 'label'"),
        (other(label="two\nlines"), "no valid 'label'"),
        (other(verified=1), "no valid 'verified'"),
        (other(joints=[]), "no valid 'joints'"),
        (other(joints=joints(tail="Tail")), "unknown joint 'tail' under 'joints'"),
        (other(joints=joints(spine1="Spine")), "has 'spine1' under 'joints'"),
        (other(joints=joints(jaw=[])), "no valid 'joints.jaw'"),
        (other(joints=joints(jaw=[1])), "no valid 'joints.jaw'"),
        (other(joints=joints(jaw=["a"] * 65)), "no valid 'joints.jaw'"),
        (other(joints=joints(jaw="Bip head")), "bone 'Bip head' to 'head' and 'jaw'"),
        (other(spine="Spine"), "no valid 'spine'"),
        (other(spine=["Neck"]), "bone 'Neck' to 'spine' and 'neck'"),
        (other(deform={"left_shoulder": ["DEF"]}), "no valid 'deform.left_shoulder'"),
        (other(deform={"tail": "DEF"}), "unknown joint 'tail' under 'deform'"),
        (other(deform_prefix=""), "no valid 'deform_prefix'"),
        (other(free_twist=[]), "no valid 'free_twist'"),
        (other(switches={}), "no valid 'switches'"),
        (other(switches=["IK_FK"]), "no valid 'switches'"),
        (other(switches=[{"bone": "b", "property": "p", "value": "1", "parts": ["ARMS"]}]), "'switches.value'"),
        (other(switches=[{"bone": "b", "property": "p", "value": True, "parts": ["ARMS"]}]), "'switches.value'"),
        (other(switches=[{"bone": "b", "property": "p", "value": 10**400, "parts": ["ARMS"]}]), "'switches.value'"),
        (other(switches=[{"bone": "b", "property": "p", "value": np.nan, "parts": ["ARMS"]}]), "'switches.value'"),
        (other(switches=[{"bone": "b", "property": "p", "value": 1, "parts": ["arms"]}]), "'switches.parts'"),
        (other(switches=[{"bone": "b", "property": "p", "value": 1}]), "'switches.parts'"),
        (other(switches=[{"bone": 1, "property": "p", "value": 1, "parts": ["ARMS"]}]), "'switches.bone'"),
        (other(switches=[{"bone": "b", "key": "p", "value": 1, "parts": ["ARMS"]}]), "key 'switches.key'"),
        (other(recognise=["a"]), "no valid 'recognise'"),
        (other(recognise={"none": ["a"]}), "unknown key 'recognise.none'"),
        (other(recognise={"all": []}), "no valid 'recognise.all'"),
        (other(aims=[]), "no valid 'aims'"),
        (other(aims={"jaw": {}}), "unknown key 'aims.jaw'"),
        (other(aims={"left_eye_smplhf": []}), "no valid 'aims.left_eye_smplhf'"),
        (other(aims={"left_eye_smplhf": {"target": "eye.L"}}), "no valid 'aims.left_eye_smplhf.eye'"),
        (other(ik=[]), "no valid 'ik'"),
        (other(ik={"left_elbow": {}}), "unknown key 'ik.left_elbow'"),
        (other(ik={"left_wrist": []}), "no valid 'ik.left_wrist'"),
        (other(ik={"left_wrist": {"goal": "hand"}}), "no valid 'ik.left_wrist.pole'"),
        (other(ik={"left_wrist": {"goal": "a", "pole": "b", "toe": "c"}}), "unknown key 'ik.left_wrist.toe'"),
        (other(ik={"left_ankle": {"goal": "a", "pole": "b", "toe": 1}}), "no valid 'ik.left_ankle.toe'"),
        (other(ik={"left_ankle": {"goal": "a", "pole": "b", "switches": [1]}}), "no valid 'ik.left_ankle.switches'"),
        (other(ik={"left_ankle": {"goal": "a", "pole": "b", "switches": [{"bone": "a", "property": "b"}]}}),
         "no valid 'ik.left_ankle.switches.value'"),
    ],
)  # fmt: skip
def test_each_fault_of_a_file_is_one_sentence_that_names_it(tmp_path, data, expected):
    path = write(tmp_path, data)
    with pytest.raises(RigError, match=re.escape(expected)) as caught:
        read_map(path)
    assert str(caught.value).startswith("rig map 'other.json' ") and str(caught.value).endswith(".")
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 400


def test_a_file_that_is_not_there_or_not_text_is_said(tmp_path):
    with pytest.raises(RigError, match=r"gone\.json' cannot be read"):
        read_map(tmp_path / "gone.json")
    with pytest.raises(RigError, match="cannot be read as JSON"):
        parse_map(b"\xff\xfe\x00{", "other.json")


def test_a_folder_with_a_faulty_map_says_which(tmp_path):
    write(tmp_path, OWN, "smplx")
    write(tmp_path, "{")
    with pytest.raises(RigError, match=r"other\.json"):
        rig_maps(tmp_path)
