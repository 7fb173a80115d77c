"""Which bones are found in real armatures: rigs by others, Rigify as this Blender makes it, and rigs made in code."""

from __future__ import annotations

import addon_utils
import bpy
import numpy as np
import pytest
import rigs

EXPECTED = {
    "own": ("names", "SMPL-X", 3, 1),
    "made_mixamo": ("names", "Mixamo names", 3, 1),
    "made_unreal": ("names", "Unreal names", 5, 2),
    "made_makehuman": ("names", "MakeHuman", 5, 3),
    "made_chibi": ("names", "Common names", 1, 0),
    "made_curled": ("names", "Common names", 3, 1),
    "made_modes": ("names", "Mixamo names", 3, 1),
    "made_nameless": ("structure", "Structure of the bones", 3, 1),
    "metarig": ("rigify", "Rigify metarig", 3, 2),
    "rigify": ("rigify", "Rigify", 2, 1),
    "mpfb_mixamo": ("names", "Mixamo names", 3, 1),
    "mixamo_cm": ("names", "Mixamo names", 3, 1),
    "mpfb_unreal": ("names", "Unreal names", 3, 1),
    "mpfb_default": ("names", "MakeHuman", 5, 3),
    "mpfb_metarig": ("rigify", "Rigify metarig", 4, 1),
    "mpfb_rigify": ("rigify", "Rigify", 3, 1),
    "mpfb_vrm": ("names", "MakeHuman", 5, 3),
    "univrm": ("names", "Mixamo names", 3, 1),
    "kaykit": ("names", "Common names", 2, 0),
}
"""How a rig is found, what it is called, and how many bones trunk and neck have."""


def bones(addon, obj: bpy.types.Object) -> dict:
    place = addon.a2g_core.body.recognise.BoneAt
    return {b.name: place(b.parent.name if b.parent else None, np.array(b.head_local)) for b in obj.data.bones}


@pytest.mark.parametrize("name", rigs.NAMES)
def test_every_test_rig_is_found_and_right(addon, scene, name):
    if not rigs.available(name):
        pytest.skip(f"{name} is not here")
    character = rigs.make(name)
    fit = addon.a2g_core.body.recognise.recognise(bones(addon, character.armature))
    assert (fit.source, fit.map.label, len(fit.spine), len(fit.neck)) == EXPECTED[name]
    assert fit.problems == () and fit.score > 0.5
    moving = {joint: fit.deform.get(bone, bone) for joint, bone in fit.joints.items()}
    known = {joint: bone for joint, bone in character.joints.items() if joint in moving}
    # Of MakeHuman's two collarbones either will do, and Rigify's foot has two bones.
    assert {joint: bone for joint, bone in known.items() if moving[joint] != bone and "collar" not in joint} == {}
    assert len(known) >= 14
    assert not {*fit.joints.values()} & {*fit.spine, *fit.neck}
    assert all(bone in character.armature.data.bones for bone in (*fit.joints.values(), *fit.spine, *fit.neck))


def test_rigifys_switches_are_there(addon, scene):
    armature = rigs.make("rigify").armature
    fit = addon.a2g_core.body.recognise.recognise(bones(addon, armature), rigify="generated")
    assert {switch.parts for switch in fit.switches} == {("ARMS",), ("LEGS",)}
    for switch in fit.switches:
        assert armature.pose.bones[switch.bone][switch.property] == 0.0 and switch.value == 1.0


@pytest.mark.parametrize("animal", ["cat", "horse", "wolf", "basic_quadruped", "shark"])
def test_rigifys_animals_are_refused(addon, scene, animal):
    armature = rigify_sample(animal)
    for kind in (None, "metarig"):
        fit = addon.a2g_core.body.recognise.recognise(bones(addon, armature), rigify=kind)
        assert fit.problems and fit.score < 0.3


def test_rigifys_least_human_needs_neither_fingers_nor_face(addon, scene):
    metarig = rigify_sample("basic_human")
    rigs.rigify_generate()
    rig = next(obj for obj in bpy.data.objects if obj.type == "ARMATURE" and obj != metarig)
    for obj, pelvis, spine in ((metarig, "spine", 3), (rig, "torso", 2)):
        fit = addon.a2g_core.body.recognise.recognise(bones(addon, obj))
        assert (fit.source, fit.problems, fit.joints["pelvis"], len(fit.spine)) == ("rigify", (), pelvis, spine)
        assert all("thumb" in j or "index" in j or "middle" in j or "ring" in j or "pinky" in j for j in fit.missing)


def rigify_sample(kind: str) -> bpy.types.Object:
    """A metarig that comes with Rigify."""
    # Without default_set, Rigify's parameters are not registered and generating fails.
    addon_utils.enable("rigify", default_set=True)
    getattr(bpy.ops.object, f"armature_{kind}_metarig_add")()
    return bpy.context.object
