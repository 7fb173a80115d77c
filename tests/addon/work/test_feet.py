"""Keep Feet Planted: takes of a character of other proportions, measured on its evaluated pose."""

from __future__ import annotations

import json
from pathlib import Path

import bpy
import numpy as np
import pytest
from layouts import drawn
from scenes import curves, pose_matrices, strips
from ticking import run_timers

FRAMES = range(37, 157, 7)


@pytest.fixture
def stocky(scene) -> bpy.types.Object:
    """Our armature with wider hips, shorter thighs, and higher feet on longer shins."""
    bpy.ops.a2g.add_character(with_body=False)
    obj = bpy.context.active_object
    bpy.ops.object.mode_set(mode="EDIT")
    for side, sign in (("left", 1.0), ("right", -1.0)):
        moved = {"hip": (0.04, 0.0), "knee": (0.04, 0.05), "ankle": (0.04, 0.02), "foot": (0.04, 0.0)}
        for joint, (out, up) in moved.items():
            bone = obj.data.edit_bones[f"{side}_{joint}"]
            offset = np.array([sign * out, up, 0.0])
            bone.head, bone.tail = np.array(bone.head) + offset, np.array(bone.tail) + offset
    bpy.ops.object.mode_set(mode="OBJECT")
    return obj


def speak(obj: bpy.types.Object, voice: Path) -> None:
    bpy.context.scene.a2g_character = obj
    obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", str(voice), 37


def joints(obj: bpy.types.Object) -> dict[str, np.ndarray]:
    """World places (n, 3) of each joint on some frames."""
    poses = [pose_matrices(obj, frame) for frame in FRAMES]
    world = np.array(obj.matrix_world)
    return {name: np.array([(world @ pose[name])[:3, 3] for pose in poses]) for name in poses[0]}


def keys(addon, obj) -> np.ndarray:
    found = curves(addon.bl, strips(obj)["Gestures"])
    return np.stack([found[path][:, 1] for path in sorted(found)], axis=1)


def recipe(addon, obj):
    return addon.scene.take_list.recipe_of(strips(obj)["Gestures"])


def slide(theirs: dict[str, np.ndarray], ours: dict[str, np.ndarray], ratio: float) -> float:
    """How far ankles move along the floor from where ours are, over the frames."""
    off = [theirs[f"{side}_ankle"] / ratio - ours[f"{side}_ankle"] for side in ("left", "right")]
    return max(float(np.ptp(o[:, :2], axis=0).max()) for o in off)


@pytest.fixture
def performed(scene, stocky, voice):
    """What our own body does in the same take, on an armature that is gone again."""
    bpy.ops.a2g.add_character(with_body=False)
    ours = bpy.context.active_object
    speak(ours, voice)
    ours.a2g_energy = 2.0
    bpy.ops.a2g.generate()
    places = joints(ours)
    bpy.data.objects.remove(ours)
    speak(stocky, voice)
    stocky.a2g_energy = 2.0
    return places


def test_feet_of_other_proportions_are_planted_as_ours(addon, stocky, performed):
    rig = addon.scene.rig.read(stocky)
    bpy.ops.a2g.generate()
    planted, told = joints(stocky), recipe(addon, stocky)
    assert told.plants_feet and 0 <= told.slide_cm < 2
    stocky.a2g_plant_feet = False
    bpy.ops.a2g.update_take()
    naive = joints(stocky)
    assert not recipe(addon, stocky).plants_feet
    moved = [slide(places, performed, rig.scale) for places in (planted, naive)]
    assert moved[0] < min(0.0005, moved[1]), moved  # a take that stands still slides little even so
    for side in ("left", "right"):
        height, wanted = (p[f"{side}_ankle"][:, 2] for p in (planted, performed))
        # The feet are 2 cm higher at rest.
        assert np.abs(height - 0.02 - wanted * rig.scale).max() < 0.005
    stocky.a2g_plant_feet = True
    bpy.ops.a2g.update_take()
    again = joints(stocky)
    np.testing.assert_allclose(again["left_ankle"], planted["left_ankle"], atol=1e-6)


def test_our_own_body_needs_nothing(addon, character, speech_file):
    bpy.ops.a2g.generate()
    before = keys(addon, character)
    assert recipe(addon, character).plants_feet and recipe(addon, character).slide_cm >= 0
    character.a2g_plant_feet = False
    bpy.ops.a2g.update_take()
    np.testing.assert_array_equal(keys(addon, character), before)


def test_the_playing_take_follows_the_setting(addon, runner, watching, stocky, voice, monkeypatch):
    monkeypatch.setattr(addon.work.live, "AT_REST_S", 0.05)
    speak(stocky, voice)
    bpy.ops.a2g.generate()
    bpy.context.scene.frame_set(60)
    before = keys(addon, stocky)
    stocky.a2g_plant_feet = False
    run_timers(watching, runner)
    assert (keys(addon, stocky) != before).any()
    assert not recipe(addon, stocky).plants_feet
    stocky.a2g_plant_feet = True
    run_timers(watching, runner)
    np.testing.assert_array_equal(keys(addon, stocky), before)


def test_a_take_keeps_its_feet_when_a_part_of_it_changes(addon, stocky, voice):
    """A phrase or a range is planted, or not, as the rest of its take; and a take is made again as it was."""
    speak(stocky, voice)
    stocky.a2g_plant_feet = False
    bpy.ops.a2g.generate()
    before = keys(addon, stocky)
    stocky.a2g_plant_feet = True
    bpy.context.scene.frame_set(60)
    bpy.ops.a2g.reproduce_take()
    newest = list(strips(stocky).values())[-1]
    found = curves(addon.bl, newest)
    np.testing.assert_array_equal(np.stack([found[path][:, 1] for path in sorted(found)], axis=1), before)
    assert not addon.scene.take_list.recipe_of(newest).plants_feet


def test_gestures_over_a_walk_leave_the_feet_to_it(addon, stocky, voice):
    speak(stocky, voice)
    stocky.a2g_layering = "COMBINE"
    bpy.ops.a2g.generate()
    before = keys(addon, stocky)
    assert recipe(addon, stocky).slide_cm < 0
    stocky.a2g_plant_feet = False
    bpy.ops.a2g.update_take()
    np.testing.assert_array_equal(keys(addon, stocky), before)


def test_a_recovered_take_is_planted_for_whom_it_is_given_to(addon, stocky, voice):
    speak(stocky, voice)
    bpy.ops.a2g.generate()
    before = keys(addon, stocky)
    bpy.ops.a2g.recover_take()
    found = curves(addon.bl, list(strips(stocky).values())[-1])
    np.testing.assert_array_equal(np.stack([found[path][:, 1] for path in sorted(found)], axis=1), before)


def test_takes_of_earlier_versions_are_as_they_were(addon, stocky, voice):
    speak(stocky, voice)
    bpy.ops.a2g.generate()
    action = strips(stocky)["Gestures"].action
    text = json.loads(action.a2g.recipe)
    old = {name: value for name, value in text.items() if name not in ("plants_feet", "slide_cm")} | {"schema": 4}
    read = addon.scene.recipe.Recipe.from_text(json.dumps(old))
    assert not read.plants_feet and read.slide_cm < 0


def test_soles_are_those_of_the_mesh_that_is_seen(addon, stocky):
    """Not of what a modifier hides, as the helpers that clothes of some bodies are fitted by."""
    feet, mannequin = addon.scene.feet, addon.scene.mannequin
    bones_alone = feet.read(stocky, True).legs
    body = mannequin.dress(stocky)
    bpy.context.view_layer.update()
    dressed = feet.read(stocky, True).legs
    assert dressed.soles.shape[1] > bones_alone.soles.shape[1]
    # The mannequin stands where its bones said that it would.
    assert dressed.height_m == pytest.approx(bones_alone.height_m, abs=0.001)
    data = body.data
    first = len(data.vertices)
    data.vertices.add(20)
    for k in range(first, first + 20):
        side = -1 if k % 2 else 1
        data.vertices[k].co = (side * 0.16, dressed_floor(stocky, dressed) - 0.01, 0.001 * k % 0.05)
        body.vertex_groups["left_ankle" if side > 0 else "right_ankle"].add([k], 1.0, "REPLACE")
    helpers = body.vertex_groups.new(name="helpers")
    helpers.add(list(range(first, first + 20)), 1.0, "REPLACE")
    assert feet.read(stocky, True).legs.height_m == pytest.approx(dressed.height_m + 0.01 / dressed.ratio, abs=1e-4)
    mask = body.modifiers.new("Hide Helpers", "MASK")
    mask.vertex_group, mask.invert_vertex_group = "helpers", True
    assert feet.read(stocky, True).legs.height_m == pytest.approx(dressed.height_m, abs=1e-6)


def dressed_floor(obj: bpy.types.Object, legs) -> float:
    """Height of the floor that was found, in armature units."""
    return obj.data.bones["left_hip"].head_local[1] - legs.height_m * legs.ratio


def test_the_panel_says_how_far_feet_slide(addon, character, speech_file):
    bpy.ops.a2g.generate()
    assert f"Feet slide by up to {recipe(addon, character).slide_cm:.1f} cm" in drawn(
        addon.panels.gestures.A2G_PT_gestures
    )
