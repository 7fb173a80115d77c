"""Takes as VRM animations and as glTF: where joints are by a reader of its own, and what comes back."""

from __future__ import annotations

import json
import struct
from dataclasses import replace

import exported
import numpy as np
import pytest
from places import SHARED
from recordings import talking

from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion
from a2g_core.body.skeleton import BODY_HANDS, PELVIS_HEIGHT_M, SMPLX
from a2g_core.errors import MotionError
from a2g_core.formats.registry import Placing, format_to_write, load_motion, save_motion, save_placed
from a2g_core.formats.vrma import HUMAN_BONES

RATES = (24.0, 30 / 1.001, 30.0, 60.0)
NAMES = {"vrma": HUMAN_BONES, "glb": {name: name for name in SMPLX.names}}


def motion(fps: float = 30.0, frames: int = 40) -> Motion:
    made = talking(frames / 30, 30.0, seed=1)
    place = np.cumsum(np.full((frames, 3), (0.01, 0.002, -0.02)), axis=0)
    return Motion(made.quaternions[:frames], place, fps, made.skeleton)


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("ending", NAMES)
def test_joints_are_where_they_belong_when_they_belong_there(tmp_path, ending, fps):
    made, start_s = motion(fps), 37 / fps
    save_placed(made, tmp_path / f"m.{ending}", Placing(start_s))
    back = exported.glb_places(tmp_path / f"m.{ending}", start_s + np.arange(len(made)) / fps)
    places = joint_positions(made) + np.array((0.0, PELVIS_HEIGHT_M, 0.0))
    for row, joint in enumerate(made.skeleton.names):
        found = back[NAMES[ending][joint]][:, :3, 3]
        assert np.abs(found - places[:, row]).max() < 1e-5, joint
    document, data = exported.read_glb(tmp_path / f"m.{ending}")
    times = exported.numbers(document, data, document["animations"][0]["samplers"][0]["input"])[:, 0]
    np.testing.assert_allclose(times, start_s + np.arange(len(made)) / fps, atol=1e-6)
    assert {s["interpolation"] for s in document["animations"][0]["samplers"]} == {"LINEAR"}


@pytest.mark.parametrize("fps", RATES)
def test_a_vrm_animation_is_read_as_it_was_written(tmp_path, fps):
    made = motion(fps)
    lids = np.linspace(0, 1, len(made)).astype(np.float32)
    save_motion(replace(made, lids=lids), tmp_path / "m.vrma")
    back = load_motion(tmp_path / "m.vrma")
    keep = [back.skeleton.index(name) for name in made.skeleton.names]
    assert len(back) == len(made) and back.fps == pytest.approx(fps, rel=1e-9)
    np.testing.assert_allclose(joint_positions(back)[:, keep], joint_positions(made), atol=1e-5)
    np.testing.assert_allclose(back.lids, lids, atol=1e-6)


def test_where_eyes_look_is_kept(tmp_path):
    quaternions = np.tile((1.0, 0, 0, 0), (10, len(SMPLX), 1))
    for eye in ("left_eye_smplhf", "right_eye_smplhf"):
        quaternions[:, SMPLX.index(eye)] = (np.cos(0.1), 0, np.sin(0.1), 0)
    save_motion(Motion(quaternions, np.zeros((10, 3)), 30.0, SMPLX), tmp_path / "m.vrma")
    document, _data = exported.read_glb(tmp_path / "m.vrma")
    about = document["extensions"]["VRMC_vrm_animation"]
    assert not {"leftEye", "rightEye"} & about["humanoid"]["humanBones"].keys() and "lookAt" in about
    back = load_motion(tmp_path / "m.vrma")
    np.testing.assert_allclose(back.quaternions, quaternions, atol=1e-6)


def test_a_take_that_starts_late_is_read_with_its_pause(tmp_path):
    made = motion(30.0)
    save_placed(made, tmp_path / "m.vrma", Placing(0.5))
    back = load_motion(tmp_path / "m.vrma")
    assert len(back) == len(made) + 15
    np.testing.assert_allclose(back.translation[:15], np.tile(made.translation[0], (15, 1)), atol=1e-6)
    np.testing.assert_allclose(back.translation[15:], made.translation, atol=1e-6)


def turned_by_others(folder, kind: str) -> Motion:
    """A turned upper arm as other writers may have it: in another frame, below a node that is no bone, on few keys."""
    half = np.sqrt(0.5)
    rest = (0.0, half, 0.0, half)  # of the shoulder's node: a quarter about Y
    nodes = [
        {"name": "Armature", "children": [1], "scale": [1, 1, 1]},
        {"name": "a", "translation": [0, 1.91, 0], "children": [2]},
        {"name": "b", "translation": [0.2, 0.5, 0], "rotation": rest, "children": [3]},
        {"name": "c", "translation": [0, 0, 0.3]},
    ]
    # A quarter about Z in the world's axes: the node's own turn is that, after its rest.
    keys = [rest, (-0.5, 0.5, 0.5, 0.5)]
    values = list(keys)
    if kind == "CUBICSPLINE":
        values = [value for key in keys for value in ((0, 0, 0, 0), key, (0, 0, 0, 0))]
    data = struct.pack("<2f", 0, 1) + b"".join(struct.pack("<4f", *value) for value in values)
    bones = {"hips": {"node": 1}, "leftUpperArm": {"node": 2}, "leftLowerArm": {"node": 3}}
    document = {
        "asset": {"version": "2.0"}, "nodes": nodes, "scenes": [{"nodes": [0]}],
        "buffers": [{"byteLength": len(data)}],
        "bufferViews": [{"buffer": 0, "byteLength": 8}, {"buffer": 0, "byteOffset": 8, "byteLength": len(data) - 8}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 2, "type": "SCALAR", "min": [0], "max": [1]},
            {"bufferView": 1, "componentType": 5126, "count": len(values), "type": "VEC4"},
        ],
        "animations": [{
            "samplers": [{"input": 0, "output": 1, "interpolation": kind}],
            "channels": [{"sampler": 0, "target": {"node": 2, "path": "rotation"}}],
        }],
        "extensionsUsed": ["VRMC_vrm_animation"],
        "extensions": {"VRMC_vrm_animation": {"specVersion": "1.0", "humanoid": {"humanBones": bones}}},
    }  # fmt: skip
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    head = struct.pack("<5I", 0x46546C67, 2, 28 + len(text) + len(data), len(text), 0x4E4F534A)
    (folder / "o.vrma").write_bytes(head + text + struct.pack("<2I", len(data), 0x4E4942) + data)
    return load_motion(folder / "o.vrma")


@pytest.mark.parametrize(("kind", "middle"), [("LINEAR", 45.0), ("STEP", 0.0), ("CUBICSPLINE", 45.0)])
def test_animations_of_others_are_read_in_any_frame_and_interpolation(tmp_path, kind, middle):
    back = turned_by_others(tmp_path, kind)
    assert back.fps == 30 and len(back) == 31
    arm = back.quaternions[:, SMPLX.index("left_shoulder")].astype(float)
    angles = np.degrees(2 * np.arctan2(np.linalg.norm(arm[:, 1:], axis=1), np.abs(arm[:, 0])))
    np.testing.assert_allclose(angles[[0, 15, 30]], [0, middle, 90], atol=0.01)
    np.testing.assert_allclose(arm[30] * np.sign(arm[30, 0]), [np.sqrt(0.5), 0, 0, np.sqrt(0.5)], atol=1e-5)
    assert np.abs(back.quaternions[:, SMPLX.index("left_elbow"), 0]).min() > 1 - 1e-6
    np.testing.assert_allclose(back.translation, 0, atol=1e-6)


def test_a_changed_file_does_not_pass_for_a_take_of_ours(tmp_path):
    for ending in NAMES:
        path = tmp_path / f"m.{ending}"
        save_motion(motion(), path)
        assert not format_to_write(path).is_signed(path)
        save_motion(motion(), path, sign=True)
        assert format_to_write(path).is_signed(path)
        data = bytearray(path.read_bytes())
        data[-5] ^= 1
        path.write_bytes(data)
        assert not format_to_write(path).is_signed(path)


def test_what_is_no_animation_says_so(tmp_path):
    save_motion(motion(), tmp_path / "m.glb")
    (tmp_path / "m.glb").rename(tmp_path / "m.vrma")
    with pytest.raises(MotionError, match=r"m\.vrma.*it has no VRM animation.*; "):
        load_motion(tmp_path / "m.vrma")
    (tmp_path / "n.vrma").write_bytes(b"glTF" * 9)
    with pytest.raises(MotionError, match=r"n\.vrma.*no glTF 2\.0.*; "):
        load_motion(tmp_path / "n.vrma")


def test_z_up_is_that_of_amass(tmp_path):
    made = motion()
    save_placed(made, tmp_path / "m.npz", Placing(z_up=True), sign=True)
    with np.load(tmp_path / "m.npz") as file:
        assert str(file["up_axis"]) == "Z"
        # Somebody who stands: the pelvis as high above the floor as in our rest pose, along Z.
        assert abs(file["trans"][0, 2] - PELVIS_HEIGHT_M - made.translation[0, 1]) < 1e-6
        np.testing.assert_allclose(file["trans"][:, 0], made.translation[:, 0], atol=1e-6)
        np.testing.assert_allclose(file["trans"][:, 1], -made.translation[:, 2], atol=1e-6)
    back = load_motion(tmp_path / "m.npz")
    keep = [back.skeleton.index(name) for name in made.skeleton.names]
    np.testing.assert_allclose(joint_positions(back)[:, keep], joint_positions(made), atol=1e-5)
    with pytest.raises(MotionError, match="cannot have Z up"):
        save_placed(made, tmp_path / "m.bvh", Placing(z_up=True))


@pytest.mark.parametrize("name", ["three-vrm-test.vrma", "hips_spine_twisting.vrma"])
def test_files_of_others(name):
    path = SHARED / "data/rigs" / name
    if not path.exists():
        pytest.skip("needs ../shared/data")
    back = load_motion(path)
    assert back.fps in RATES and len(back) > 30 and back.skeleton == SMPLX
    assert np.ptp(back.quaternions, axis=0).max() > 0.1
    assert len(BODY_HANDS) < len(back.skeleton)
