"""Rig maps as files, which of them fits an armature, and the arithmetic from joints to bones and back."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from a2g_core.body import rig as rigs
from a2g_core.body.motion import Motion
from a2g_core.body.rig import Bone, Fit, Rig, best_fit, make_rig
from a2g_core.body.rig_map import (
    FOLDER,
    SINGLE,
    RigMap,
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


def fit(bones, *maps: RigMap) -> Fit:
    return best_fit(frozenset(bones), maps)


def write(folder, data, name="other"):
    path = folder / f"{name}.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_our_own_map_names_every_joint_as_it_is_called():
    own = own_map()
    assert own.label == "SMPL-X" and own.verified
    assert {joint: (joint,) for joint in SINGLE} == own.joints
    assert (own.spine, own.neck) == (("spine1", "spine2", "spine3"), ("neck",))
    assert list(rigs.bone_names(own)) == list(SMPLX.names)


def test_a_file_is_all_that_a_family_needs(tmp_path):
    write(tmp_path, OWN, "smplx")
    write(tmp_path, other())
    maps = rig_maps(tmp_path)
    assert [rig_map.name for rig_map in maps] == ["smplx", "other"]  # our own first
    theirs = [*other()["joints"].values(), "Prop"]
    assert fit(theirs, *maps).map.name == "other" and fit(SMPLX.names, *maps).map.name == "smplx"


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


# --- joints and bones --------------------------------------------------


def rolled_rig(axes: np.ndarray, scale: float) -> Rig:
    """Our body in an armature of other axes, other size, and arbitrary rest rotations."""
    rest = Rotation.random(len(BODY), random_state=1).as_matrix()
    bones = {name: Bone(f"Bip {name}", rest[j]) for j, name in enumerate(BODY.names)}
    heads = {name: scale * axes @ place for name, place in BODY.rest_places.items()}
    return make_rig(replace(own_map(), name="rolled"), bones, heads)


def random_motion(frames: int = 6) -> Motion:
    q = Rotation.random(frames * len(BODY), random_state=2).as_quat()[:, [3, 0, 1, 2]]
    translation = np.random.default_rng(3).standard_normal((frames, 3))
    return Motion(q.reshape(frames, len(BODY), 4), translation, 30.0, BODY)


Z_UP = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])


@pytest.mark.parametrize("axes", [np.eye(3), Z_UP, Z_UP @ Z_UP, np.array([[0, 0, 1.0], [1, 0, 0], [0, 1, 0]])])
def test_axes_and_scale_are_read_from_the_rest_pose(axes):
    rig = rolled_rig(axes, 100.0)
    np.testing.assert_array_equal(rig.axes, axes)
    assert rig.scale == pytest.approx(100)


def test_a_rest_pose_without_extent_has_plain_axes():
    heads = dict.fromkeys(BODY.names, np.zeros(3))
    rig = make_rig(own_map(), {name: Bone(name, np.eye(3)) for name in BODY.names}, heads)
    np.testing.assert_array_equal(rig.axes, np.eye(3))


def test_bones_turn_in_the_armature_as_joints_turn_in_our_space():
    """A bone's global rotation over its rest is the joint's global rotation, seen in the armature's axes."""
    rig, motion = rolled_rig(Z_UP, 100.0), random_motion()
    values = {(bone, channel): v for bone, channel, v in rig.values(motion, BODY.names)}
    assert len(values) == 23
    joints = np.tile(np.eye(3), (22, 6, 1, 1))
    poses = np.tile(np.eye(3), (22, 6, 1, 1))
    for j, (name, parent) in enumerate(zip(BODY.names, BODY.parents)):
        rest = rig.bones[name].rest
        turned = values[rig.bones[name].name, "rotation_quaternion"]
        basis = Rotation.from_quat(turned[:, [1, 2, 3, 0]]).as_matrix()
        local = Rotation.from_quat(motion.quaternions[:, j][:, [1, 2, 3, 0]]).as_matrix()
        above = poses[parent] @ rig.bones[BODY.names[parent]].rest.T if parent >= 0 else np.eye(3)
        poses[j] = above @ rest @ basis  # as Blender poses bones
        joints[j] = (joints[parent] if parent >= 0 else np.eye(3)) @ local
        np.testing.assert_allclose(poses[j] @ rest.T, rig.axes @ joints[j] @ rig.axes.T, atol=1e-5)
    root = rig.bones["pelvis"]
    moved = root.rest @ values[root.name, "location"].T
    np.testing.assert_allclose(moved.T, 100 * motion.translation @ rig.axes.T, rtol=1e-4)


def test_values_are_continuous_start_near_rest_and_go_back_to_the_joint():
    rig, motion = rolled_rig(Z_UP, 1.0), random_motion(40)
    for j, name in enumerate(BODY.names):
        bone = rig.to_bone(name, motion.quaternions[:, j])
        assert bone[0, 0] >= 0 and (np.sum(bone[1:] * bone[:-1], axis=1) >= 0).all()
        back = rig.from_bone(name, bone)
        np.testing.assert_allclose(np.abs(np.sum(back * motion.quaternions[:, j], axis=1)), 1, atol=1e-5)


@pytest.mark.parametrize(("axes", "scale"), [(np.eye(3), 1.0), (Z_UP, 100.0)])
def test_the_roots_location_goes_back_to_where_the_motion_was(axes, scale):
    rig, motion = rolled_rig(axes, scale), random_motion()
    (location,) = (values for _, channel, values in rig.values(motion, {"pelvis"}) if channel == "location")
    np.testing.assert_allclose(rig.from_location(location), motion.translation, atol=1e-5)


def test_only_the_joints_asked_for_and_only_bones_that_exist():
    rig, motion = rolled_rig(np.eye(3), 1.0), random_motion()
    some = list(rig.values(motion, {"head", "jaw"}))
    assert [(bone, channel) for bone, channel, _ in some] == [("Bip head", "rotation_quaternion")]
    whole = list(rig.values(motion, {"pelvis"}))
    assert [channel for _, channel, _ in whole] == ["rotation_quaternion", "location"]
    assert all(values.dtype == np.float32 for _, _, values in whole)


def test_relative_to_an_idle_pose_the_idle_pose_is_no_rotation():
    rig, motion = rolled_rig(Z_UP, 1.0), random_motion()
    for _bone, channel, values in rig.values(motion, BODY.names, idle=motion.quaternions[2]):
        if channel == "rotation_quaternion":
            np.testing.assert_allclose(np.abs(values[2]), [1, 0, 0, 0], atol=1e-5)


@pytest.mark.parametrize("order", ["XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX"])
def test_euler_angles_in_every_order(order):
    angles = np.random.default_rng(0).uniform(-3, 3, (20, 3))
    # SciPy wants the angles in the order of the axes; lower case: about fixed axes, the first named turned first.
    expected = Rotation.from_euler(order.lower(), angles[:, ["XYZ".index(axis) for axis in order]]).as_quat()
    found = rigs.channel_to_quaternion(order, angles)
    np.testing.assert_allclose(np.abs(np.sum(found * expected[:, [3, 0, 1, 2]], axis=1)), 1, atol=1e-12)


def test_other_channels_as_blender_reads_them():
    quaternions = rigs.channel_to_quaternion("QUATERNION", np.array([[2.0, 0, 0, 0], [0, 0, 0, 0], [0, 3, 0, 4]]))
    np.testing.assert_allclose(quaternions, [[1, 0, 0, 0], [1, 0, 0, 0], [0, 0.6, 0, 0.8]])
    turned = rigs.channel_to_quaternion("AXIS_ANGLE", np.array([[np.pi, 0, 0, 5.0], [1.0, 0, 0, 0]]))
    np.testing.assert_allclose(turned, [[0, 0, 0, 1], [1, 0, 0, 0]], atol=1e-12)
    for mode, width in (("QUATERNION", 4), ("AXIS_ANGLE", 4), ("ZXY", 3)):
        rest = np.array([rigs.rotation_channel(mode).rest])
        assert rest.shape == (1, width)
        np.testing.assert_allclose(rigs.channel_to_quaternion(mode, rest), [[1, 0, 0, 0]], atol=1e-12)
