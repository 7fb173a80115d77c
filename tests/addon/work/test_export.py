"""Exported takes, read back: where joints are, when, and that the artist's file is as it was."""

from __future__ import annotations

import bpy
import exported
import numpy as np
import pytest
import rigs
import untouched
from moving import swinging
from scenes import write_take

FRAMES, START = 12, 37
RATES = {"24": (24, 1.0), "29.97": (30, 1.001), "30": (30, 1.0), "60": (60, 1.0)}


@pytest.fixture
def motion(addon):
    return swinging(addon, FRAMES, legs=0.1)


def take_on(addon, name: str, motion, rate: str = "30") -> rigs.Character:
    render = bpy.context.scene.render
    render.fps, render.fps_base = RATES[rate]
    made = rigs.make(name)
    bpy.context.scene.a2g_character = made.armature
    write_take(addon, made.armature, motion, START)
    return made


def seen(obj: bpy.types.Object, frames: range) -> dict[str, np.ndarray]:
    """World transforms (T, 4, 4) of every bone, as Blender evaluates it."""
    found: dict[str, list[np.ndarray]] = {bone.name: [] for bone in obj.pose.bones}
    kept = bpy.context.scene.frame_current
    for frame in frames:
        bpy.context.scene.frame_set(frame)
        evaluated = obj.evaluated_get(bpy.context.evaluated_depsgraph_get())
        for bone in evaluated.pose.bones:
            found[bone.name].append(np.array(evaluated.matrix_world @ bone.matrix))
    bpy.context.scene.frame_set(kept)
    return {name: np.array(stack) for name, stack in found.items()}


SPAN = range(START, START + FRAMES)


@pytest.mark.parametrize("rate", RATES)
def test_a_glb_has_the_joints_and_the_times_of_the_scene(addon, scene, motion, tmp_path, rate):
    obj = take_on(addon, "made_unreal", motion, rate).armature
    there = seen(obj, SPAN)
    addon.work.export.export(bpy.context, obj, tmp_path / "take.glb")
    fps = RATES[rate][0] / RATES[rate][1]
    back = exported.glb_places(tmp_path / "take.glb", np.array(SPAN) / fps)
    for bone, expected in there.items():
        found = exported.Y_TO_Z @ back[bone] @ np.linalg.inv(np.eye(4))
        assert exported.apart_mm(found, expected) < 1, bone
        assert exported.apart_deg(found, expected) < 0.05, bone
    document, data = exported.read_glb(tmp_path / "take.glb")
    assert len(document["animations"]) == 1
    sampler = document["animations"][0]["samplers"][0]
    times = exported.numbers(document, data, sampler["input"])[:, 0]
    np.testing.assert_allclose(times, np.array(SPAN) / fps, atol=1e-5)


def imported(path, rate: str = "30") -> bpy.types.Object:
    """The armature of a file, read by Blender into an empty scene of this rate, and played from its first frame."""
    bpy.ops.wm.read_homefile(use_empty=True)
    render = bpy.context.scene.render
    render.fps, render.fps_base = RATES[rate]
    if path.suffix == ".fbx":
        bpy.ops.import_scene.fbx(filepath=str(path), anim_offset=0.0, automatic_bone_orientation=False)
    elif path.suffix == ".usd":
        bpy.ops.wm.usd_import(filepath=str(path))
    else:
        bpy.ops.import_scene.gltf(filepath=str(path), bone_heuristic="BLENDER")
    return next(obj for obj in bpy.data.objects if obj.type == "ARMATURE")


def rests(obj: bpy.types.Object) -> dict[str, np.ndarray]:
    return {bone.name: np.array(obj.matrix_world @ bone.matrix_local) for bone in obj.data.bones}


@pytest.mark.parametrize("with_mesh", [True, False])
@pytest.mark.parametrize("ending", ["glb", "fbx", "usd"])
def test_blender_reads_back_rest_pose_and_motion(addon, scene, motion, tmp_path, ending, with_mesh):
    obj = take_on(addon, "made_unreal", motion).armature
    there, rest = seen(obj, SPAN), rests(obj)
    options = addon.work.export.Options(with_mesh=with_mesh)
    addon.work.export.export(bpy.context, obj, tmp_path / f"take.{ending}", options)
    back = imported(tmp_path / f"take.{ending}")
    assert {bone.name for bone in back.data.bones} == set(rest)
    again, found = seen(back, SPAN), rests(back)
    for bone in rest:
        assert exported.apart_mm(found[bone], rest[bone]) < 1, bone
        assert exported.apart_mm(again[bone], there[bone]) < 1, bone
        # A reader may turn a bone's own axes: what counts is how it turns from its rest.
        turn, same = again[bone] @ np.linalg.inv(found[bone]), there[bone] @ np.linalg.inv(rest[bone])
        assert exported.apart_deg(turn, same) < 0.05, bone
    meshes = [o for o in bpy.data.objects if o.type == "MESH" and o.name.startswith("Pieces")]
    assert bool(meshes) == with_mesh


def everything() -> dict[str, int]:
    return {
        name: len(getattr(bpy.data, name))
        for name in dir(bpy.data)
        if isinstance(getattr(bpy.data, name), bpy.types.bpy_prop_collection)
    }


@pytest.mark.parametrize("ending", ["glb", "gltf", "fbx", "usd", "bvh", "npz"])
def test_nothing_of_the_file_changes(addon, scene, motion, tmp_path, ending):
    made = take_on(addon, "made_mixamo", motion)
    obj = made.armature
    bpy.context.view_layer.objects.active = obj
    obj.select_set(True)
    bpy.ops.object.mode_set(mode="POSE")
    bpy.context.scene.frame_set(40)
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "shot.blend"))

    def facts():
        context = bpy.context
        names = {
            name: sorted(data.name for data in getattr(bpy.data, name)) for name in ("objects", "meshes", "actions")
        }
        return (
            everything(), names, context.scene.name, context.window.scene.name, context.scene.frame_current,
            context.active_object.name, context.mode, sorted(o.name for o in context.selected_objects),
            {m.name: [g.name for g in m.vertex_groups] for m in made.meshes}, obj.data.name, bpy.data.is_dirty,
            {data.name: data.users for data in (*bpy.data.materials, *bpy.data.meshes, *bpy.data.armatures)},
        )  # fmt: skip

    before, own = facts(), untouched.state(obj)
    addon.work.export.export(bpy.context, obj, tmp_path / f"take.{ending}", addon.work.export.Options("UNITY"))
    assert facts() == before
    assert untouched.changes(own, untouched.state(obj)) == []
    names = {"shot.blend", f"take.{ending}"} | ({"take.bin"} if ending == "gltf" else set())
    assert {path.name for path in tmp_path.iterdir()} == names
