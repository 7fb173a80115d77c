"""Measure Hand Clearance: the body that hands keep out of is the character's own, part by part."""

from __future__ import annotations

import json

import bpy
import numpy as np
import pytest
import rigs
from scenes import counts

MPFB = ("mpfb_mixamo", "mpfb_unreal", "mpfb_default", "mpfb_rigify", "mixamo_cm")


@pytest.fixture
def dressed(scene) -> bpy.types.Object:
    """Our own armature, with our own body on it."""
    bpy.ops.a2g.add_character(with_body=True)
    obj = scene.a2g_character
    bpy.context.view_layer.objects.active = obj
    return obj


def body_of(obj: bpy.types.Object) -> list[bpy.types.Object]:
    return [mesh for mesh in bpy.context.scene.objects if mesh.type == "MESH" and mesh.find_armature() == obj]


def widen(obj: bpy.types.Object, metres: float) -> None:
    """Its belly grows to the front, between the hips and the chest; arms do not. Our armature has Y up, and faces Z."""
    pelvis = obj.data.bones["pelvis"].head_local
    for mesh in body_of(obj):
        for vertex in mesh.data.vertices:
            if abs(vertex.co.y - pelvis.y - 0.12) < 0.1 and abs(vertex.co.x) < 0.2 and vertex.co.z > pelvis.z:
                vertex.co.z += metres


def wider_cm(addon, obj: bpy.types.Object) -> dict[str, float]:
    bpy.ops.a2g.measure_clearance()
    return addon.scene.girth.wider_cm(addon.scene.girth.measured(obj))


def test_our_own_body_is_nearly_ours_and_a_belly_is_as_large_as_it_is(addon, dressed):
    dressed.a2g_clearance = 4.0
    before = counts()
    own = wider_cm(addon, dressed)
    assert counts() == before and dressed.a2g_clearance == 0
    assert all(abs(more) < 2.5 for more in own.values())
    widen(dressed, 0.12)
    large = wider_cm(addon, dressed)
    assert large["belly"] - own["belly"] == pytest.approx(12, abs=1)
    assert abs(large["thighs"] - own["thighs"]) < 0.2
    text = dressed.a2g_solids
    dressed.scale = (2, 2, 2)  # it is told in metres of our skeleton, whatever its size
    bpy.context.view_layer.update()
    bpy.ops.a2g.measure_clearance()
    big, small = (np.array(json.loads(t)["radii"]) for t in (dressed.a2g_solids, text))
    np.testing.assert_allclose(big, small, atol=1e-3)


def test_hands_keep_out_of_it_and_leave_the_rest_to_the_take(addon, scene, dressed, voice):
    dressed.a2g_keep_seed, dressed.a2g_speech_source = True, "FILE"
    dressed.a2g_speech_file, dressed.a2g_start_frame, scene.frame_end = str(voice), 37, 160
    bpy.ops.a2g.generate()
    plain = recipe(addon, dressed)
    assert plain.request.solids is None
    widen(dressed, 0.12)
    bpy.ops.a2g.measure_clearance()
    bpy.ops.a2g.generate()
    made = recipe(addon, dressed)
    solids, depths = made.request.solids, {}
    for name, strip in zip(("with", "without"), reversed(list(addon.scene.takes.take_strips(dressed)))):
        for other in addon.scene.takes.take_strips(dressed):
            other.mute = other != strip
        motion = addon.scene.rig.read_pose(dressed, range(37, 157), 30.0)
        rotations = addon.a2g_core.body.rotations.quaternion_to_matrix(motion.quaternions.astype(np.float64))
        depths[name] = addon.a2g_core.body.contact.hand_depths_m(rotations, motion.skeleton, solids).max()
    print({name: round(100 * float(depth), 1) for name, depth in depths.items()}, "cm")
    assert depths["with"] < 0.005 and solids == addon.scene.girth.measured(dressed)
    bpy.ops.a2g.forget_body()
    assert not dressed.a2g_solids
    bpy.ops.a2g.generate()
    assert recipe(addon, dressed).row_checksums == plain.row_checksums


def recipe(addon, obj: bpy.types.Object):
    return addon.scene.take_list.recipe_of(list(addon.scene.takes.take_strips(obj))[-1])


@pytest.mark.skipif(not all(map(rigs.available, MPFB)), reason="the rigs by others are not there")
def test_one_body_is_the_same_whatever_rig_moves_it(addon, scene):
    found = []
    for name in MPFB:
        bpy.ops.wm.read_homefile(use_empty=True)
        obj = rigs.make(name).armature
        body = addon.scene.girth.solids(obj)
        found.append(addon.scene.girth.wider_cm(body))
        assert "head" in body.joints
        print(name, {part: round(more, 1) for part, more in found[-1].items()}, np.round(body.thicker_m, 3))
    for part in found[0]:
        assert np.ptp([one[part] for one in found]) < 0.5


def test_one_undo_takes_the_measured_body_back(addon, dressed):
    bpy.ops.ed.undo_push(message="before")
    bpy.ops.a2g.measure_clearance("EXEC_DEFAULT", True)
    bpy.ops.ed.undo()
    assert not bpy.context.scene.a2g_character.a2g_solids


def test_what_cannot_be_measured_says_so(addon, character, speech_file):
    with pytest.raises(RuntimeError, match="No mesh shows how wide the character is"):
        bpy.ops.a2g.measure_clearance()
    assert character.a2g_clearance == 0 and not character.a2g_solids
    with pytest.raises(RuntimeError, match="not measured"):
        bpy.ops.a2g.forget_body()
    for text in ("{", "[]", '{"joints": ["tail"]}', '{"joints": [], "starts": [], "along": [], "radii": []}'):
        character.a2g_solids = text
        with pytest.raises(RuntimeError, match="measured body of the character cannot be read"):
            bpy.ops.a2g.generate()
