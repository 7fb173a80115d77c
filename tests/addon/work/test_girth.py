"""Measure Hand Clearance: how much wider a character's own mesh is than the body that gestures are made for."""

from __future__ import annotations

import bpy
import pytest
from scenes import counts


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


def test_our_own_body_needs_none_and_a_belly_as_much_as_it_is(addon, dressed):
    before = counts()
    bpy.ops.a2g.measure_clearance()
    own = dressed.a2g_clearance
    assert own < 0.5 and counts() == before
    widen(dressed, 0.12)
    bpy.ops.a2g.measure_clearance()
    assert 7 < dressed.a2g_clearance < 14
    dressed.scale = (2, 2, 2)  # it is told in centimetres of our skeleton, whatever its size
    bpy.context.view_layer.update()
    big = dressed.a2g_clearance
    bpy.ops.a2g.measure_clearance()
    assert abs(dressed.a2g_clearance - big) < 0.2


def test_without_a_mesh_it_says_so(addon, character):
    with pytest.raises(RuntimeError, match="No mesh shows how wide the character is"):
        bpy.ops.a2g.measure_clearance()
    assert character.a2g_clearance == 0
