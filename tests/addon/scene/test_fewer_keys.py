"""Fewer keys: how many are left, how near the take stays in Blender, and what of the artist's is kept."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
import rigs
from places import ROOT
from scenes import counts, curves, pose_matrices, strips

LEG_M = 0.8
"""From hip to ankle."""

SPEECH = ROOT / "scripts" / "sample" / "speech.wav"
RIGS = ("own", "made_mixamo", "made_chibi", "made_modes", "rigify")


def speaking(name: str) -> rigs.Character:
    """A character on a rig, with a take of eighteen seconds of speech."""
    made = rigs.make(name)
    obj = bpy.context.scene.a2g_character = made.armature
    obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_idle = "FILE", str(SPEECH), False
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    return made


def n_keys(addon, obj, name: str) -> int:
    return sum(len(points) for points in curves(addon.bl, strips(obj)[name]).values())


def places(made: rigs.Character, frames) -> dict[str, np.ndarray]:
    """The poses (n, 4, 4) of wrists and ankles in the character's space, in metres of a body of a person's size."""
    legs = [made.armature.data.bones[made.joints[f"left_{joint}"]].head_local for joint in ("hip", "knee", "ankle")]
    scale = ((legs[0] - legs[1]).length + (legs[1] - legs[2]).length) / LEG_M
    found = {end: [] for end in ("left_wrist", "right_wrist", "left_ankle", "right_ankle")}
    for frame in frames:
        poses = pose_matrices(made.armature, frame)
        for end, rows in found.items():
            matrix = np.array(poses[made.joints[end]])
            matrix[:3, 3] /= scale
            rows.append(matrix)
    return {end: np.stack(rows) for end, rows in found.items()}


def turned(obj) -> np.ndarray:
    """How each bone is turned about its own axes on a few frames, (n, 4, 4)."""
    found = []
    for frame in (40, 123, 200, 371, 502):
        bpy.context.scene.frame_set(frame)
        found += [bone.matrix_basis.copy() for bone in obj.pose.bones]
    return np.array(found)


def degrees(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Between the rotations of matrices (n, 4, 4)."""
    a, b = (m[:, :3, :3] / np.linalg.norm(m[:, :3, :3], axis=1, keepdims=True) for m in (first, second))
    apart = np.linalg.norm(a - b, axis=(1, 2)) / (2.0 * np.sqrt(2.0))
    return np.degrees(2.0 * np.arcsin(np.clip(apart, 0.0, 1.0)))


@pytest.mark.parametrize("name", RIGS)
def test_a_quarter_of_the_keys_within_half_a_degree_and_half_a_centimetre(addon, name):
    """Seen in Blender, frame by frame; and feet that stand do not slide more than before."""
    made = speaking(name)
    obj, frames = made.armature, range(1, 540, 3)
    before, bones = places(made, frames), turned(obj)
    n_before = n_keys(addon, obj, "Gestures")
    assert bpy.ops.a2g.fewer_keys(track="Gestures", error_deg=0.5) == {"FINISHED"}
    reduced = list(strips(obj))[-1]
    assert not strips(obj)[reduced].mute and strips(obj)["Gestures"].mute
    share = n_keys(addon, obj, reduced) / n_before
    after = places(made, frames)
    off_cm = {end: 100 * np.linalg.norm(after[end][:, :3, 3] - before[end][:, :3, 3], axis=1).max() for end in before}
    off_deg = {end: degrees(before[end], after[end]).max() for end in before}
    print(f"{name}: {share:.1%} of the keys; {off_cm} cm; {off_deg} degrees")
    assert share <= 0.25
    assert max(off_cm.values()) <= 0.5 and max(off_deg.values()) <= 0.51
    for end in ("left_ankle", "right_ankle"):
        still = np.linalg.norm(np.diff(before[end][:, :3, 3], axis=0), axis=1) < 0.001
        slide_cm = 100 * np.linalg.norm(np.diff(after[end][:, :3, 3], axis=0), axis=1)[still]
        print(f"{name}: {end} slides by {slide_cm.max(initial=0):.3f} cm in three frames on which it stood")
        assert slide_cm.max(initial=0.0) < 0.3
    assert degrees(bones, turned(obj)).max() <= 0.51


def test_one_undo_takes_it_back(addon):
    obj = speaking("own").armature
    name = obj.name
    bpy.ops.ed.undo_push(message="before")
    before = counts()
    assert bpy.ops.a2g.fewer_keys("EXEC_DEFAULT", True) == {"FINISHED"}
    bpy.ops.ed.undo()
    assert counts() == before
    assert list(strips(bpy.data.objects[name])) == ["Gestures"] and not strips(bpy.data.objects[name])["Gestures"].mute


def test_more_error_leaves_fewer_keys_and_curves_are_to_be_edited(addon):
    obj = speaking("own").armature
    left = []
    for degrees_off in (0.2, 1.0, 3.0):
        bpy.ops.a2g.fewer_keys(track="Gestures", error_deg=degrees_off)
        left.append(n_keys(addon, obj, list(strips(obj))[-1]))
    assert left[0] > 1.5 * left[1] > 1.5 * left[2]
    action = list(strips(obj).values())[-1].action
    keys = [key for curve in addon.bl.fcurves(action, addon.bl.first_slot(action)) for key in curve.keyframe_points]
    assert {(key.interpolation, key.handle_left_type, key.handle_right_type) for key in keys} == {
        ("BEZIER", "ALIGNED", "ALIGNED")
    }


def test_keys_that_the_artist_edited_are_kept(addon):
    """A value; and a curve that she shaped, as it is."""
    obj = speaking("own").armature
    action = strips(obj)["Gestures"].action
    found = {(c.data_path, c.array_index): c for c in addon.bl.fcurves(action, addon.bl.first_slot(action))}
    head, neck = (f'pose.bones["{bone}"].rotation_quaternion' for bone in ("head", "neck"))
    found[head, 1].keyframe_points[100].co[1] += 0.2
    found[head, 1].update()
    edited = found[head, 1].keyframe_points[100].co[:]
    for key in found[neck, 2].keyframe_points:
        key.interpolation = "BEZIER"
    shaped = curves(addon.bl, strips(obj)["Gestures"])[neck, 2]
    bpy.ops.a2g.fewer_keys(track="Gestures")
    now = curves(addon.bl, list(strips(obj).values())[-1])
    assert any(np.allclose(key, edited) for key in now[head, 1])
    np.testing.assert_array_equal(now[neck, 2], shaped)
    assert len(now[head, 1]) < 300


def test_a_take_with_fewer_keys_says_what_to_change_instead(addon):
    obj = speaking("own").armature
    bpy.ops.a2g.fewer_keys()
    assert "made from" in addon.operators.generate.A2G_OT_update_take.disabled_reason(bpy.context)
    with pytest.raises(RuntimeError, match="has fewer keys"):
        bpy.ops.a2g.fewer_keys()
    bpy.ops.a2g.use_take(track="Gestures")
    assert addon.operators.generate.A2G_OT_update_take.disabled_reason(bpy.context) == ""
    assert addon.scene.fewer_keys.has_fewer_keys(list(strips(obj).values())[-1])
