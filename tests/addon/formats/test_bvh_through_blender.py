"""BVH files that have been through Blender's own importer and exporter, against where Blender puts the joints."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import addon_utils
import bpy
import numpy as np
import pytest
from mathutils import Matrix
from scenes import write_take

FRAMES = 20
MEASURED = ("pelvis", "head", "left_wrist", "right_wrist", "left_ankle", "right_ankle")


@pytest.fixture(autouse=True)
def blenders_bvh(scene) -> None:
    addon_utils.enable("io_anim_bvh")


@pytest.fixture(scope="module")
def motion(addon):
    """Arms, legs and fingers that swing, a pelvis that turns, half a metre of travel."""
    body, rng = addon.a2g_core.body, np.random.default_rng(0)
    swing = rng.normal(0, 0.25, (52, 3)) * np.sin(np.arange(FRAMES) / 8)[:, None, None] + rng.normal(0, 0.2, (52, 3))
    swing[:, 0] = np.linspace(0, 0.4, FRAMES)[:, None] * (0.3, 1, 0)
    travel = np.linspace(0, 0.5, FRAMES)[:, None] * (1, 0.2, 0.4) + (0.2, 0.0, -0.1)
    quaternions = body.rotations.axis_angle_to_quaternion(swing)
    return body.motion.Motion(quaternions, travel, 30.0, body.skeleton.BODY_HANDS)


def places(addon: ModuleType, motion) -> np.ndarray:
    """(T, joints, 3), metres."""
    of_ours = [motion.skeleton.index(name) for name in MEASURED]
    return addon.a2g_core.body.kinematics.joint_positions(motion)[:, of_ours]


def export(path: Path, **options) -> None:
    bpy.ops.export_anim.bvh(filepath=str(path), frame_start=1, frame_end=FRAMES, **options)


@pytest.mark.parametrize(
    ("axes", "scale", "modes", "turn"),
    [
        ("-Z Y", 1.0, ("NATIVE", "NATIVE"), None),
        ("-Z Y", 0.01, ("QUATERNION", "XYZ"), 0.0),
        ("Z Y", 0.0254, ("XYZ", "ZXY"), 0.0),
        ("X Z", 0.01, ("ZYX", "YZX"), 0.0),
        ("Y -X", 10.0, ("NATIVE", "YXZ"), 0.0),
        ("-Z Y", 0.01, ("NATIVE", "XZY"), 0.7),
    ],
)
@pytest.mark.parametrize("root_only", [False, True])
def test_what_blender_imports_and_exports(addon, motion, tmp_path, axes, scale, modes, turn, root_only):
    """turn: None leaves the importer's turn on the object; else it is applied, after another one of these radians."""
    forward, up = axes.split()
    formats = addon.a2g_core.formats.registry
    formats.save_motion(motion, tmp_path / "ours.bvh")
    bpy.ops.import_anim.bvh(
        filepath=str(tmp_path / "ours.bvh"), axis_forward=forward, axis_up=up, global_scale=scale, rotate_mode=modes[0]
    )
    obj = bpy.context.object
    if turn is not None:
        obj.matrix_world = Matrix.Rotation(turn, 4, (1, 2, 3)) @ obj.matrix_world
        bpy.context.view_layer.update()
        bpy.ops.object.transform_apply(location=True, rotation=True, scale=True)
    export(tmp_path / "theirs.bvh", rotate_mode=modes[1], root_transform_only=root_only)
    back = formats.load_motion(tmp_path / "theirs.bvh")
    assert (len(back), back.fps) == (FRAMES, 30.0)
    np.testing.assert_allclose(places(addon, back), places(addon, motion), atol=0.001)
    cosine = np.abs((back.quaternions.astype(float) * motion.quaternions[:, of_file(back, motion)]).sum(-1))
    norms = np.linalg.norm(back.quaternions.astype(float), axis=-1)
    assert np.degrees(2 * np.arccos(np.clip(cosine / norms, -1, 1))).max() < 0.1


def of_file(back, motion) -> list[int]:
    return [motion.skeleton.index(name) for name in back.skeleton.names]


@pytest.mark.parametrize("mode", ["NATIVE", "XYZ", "ZYX"])
def test_a_take_exported_by_blender_is_where_blender_shows_it(addon, character, motion, tmp_path, mode):
    write_take(addon, character, motion, 1)
    shown = []
    for frame in range(1, FRAMES + 1):
        bpy.context.scene.frame_set(frame)
        heads = [character.matrix_world @ character.pose.bones[name].head for name in MEASURED]
        shown.append([(x, z, -y) for x, y, z in heads])
    bpy.context.view_layer.objects.active = character
    export(tmp_path / "take.bvh", rotate_mode=mode)
    back = addon.a2g_core.formats.registry.load_motion(tmp_path / "take.bvh")
    floor = addon.a2g_core.body.skeleton.PELVIS_HEIGHT_M
    np.testing.assert_allclose(places(addon, back) + np.array((0, floor, 0)), np.array(shown), atol=0.001)
