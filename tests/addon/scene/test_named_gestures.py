"""Gestures of the library on the timeline, as pins that the artist can move."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
import rigs
from scenes import key_clip, turn

FRAME = 100


def _add(name="no", frame=FRAME, **options):
    bpy.context.scene.frame_set(frame)
    assert bpy.ops.a2g.add_gesture(gesture=name, **options) == {"FINISHED"}


def _strips(obj):
    return [s for t in obj.animation_data.nla_tracks for s in t.strips]


def _pose(obj):
    return np.array([bone.matrix.to_3x3() for bone in obj.pose.bones])


@pytest.mark.parametrize("fps", [24, 30, 60])
def test_it_is_a_pinned_strip_with_its_emphasis_on_the_frame(addon, scene, character, fps):
    scene.render.fps = fps
    _add("no")
    (strip,) = _strips(character)
    gesture = addon.a2g_core.gestures.library.find("no")
    assert strip.name == strip.action.name == "no · negate" and strip.action.a2g.pinned
    assert strip.frame_start == FRAME - np.floor(gesture.emphasis_s * fps + 1e-6)
    assert [(m.name, m.frame) for m in strip.action.pose_markers] == [("emphasis", FRAME)]
    (entry,) = character.a2g_pins
    assert entry.fade_in_frames == entry.fade_out_frames == fps
    assert strip.extrapolation == "NOTHING" and not strip.select


def test_what_it_looks_like_is_the_gesture_and_legs_and_trunk_stay(addon, scene, character):
    before = _pose(character)
    _add("wave", hand="RIGHT")
    scene.frame_set(FRAME)
    after = _pose(character)
    names = [bone.name for bone in character.pose.bones]
    moved = {name for name, a, b in zip(names, before, after) if np.abs(a - b).max() > 1e-3}
    assert moved and all(name.startswith("right_") for name in moved) and "right_wrist" in moved
    hand, head = (character.pose.bones[name].head.z for name in ("right_wrist", "head"))
    assert hand > head - 0.05  # it waves up there
    scene.frame_set(FRAME + 200)
    np.testing.assert_allclose(_pose(character), before, atol=1e-6)


def test_a_take_follows_it(addon, character, speech_file):
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    _add("stop one hand", frame=100)
    assert bpy.ops.a2g.regenerate_around_pins() == {"FINISHED"}
    scene = bpy.context.scene
    scene.frame_set(100)
    shown = np.array(character.pose.bones["right_elbow"].matrix_basis.to_3x3())
    for strip in _strips(character):
        strip.mute = strip.action.a2g.is_take
    scene.frame_set(101)
    scene.frame_set(100)
    np.testing.assert_allclose(character.pose.bones["right_elbow"].matrix_basis.to_3x3(), shown, atol=0.02)


def test_they_share_a_track_where_there_is_room(character):
    _add("no", frame=100)
    _add("wave", frame=110)  # overlaps
    _add("nod", frame=300)
    assert [t.name for t in character.animation_data.nla_tracks] == ["Named Gestures", "Named Gestures 2"]
    assert [len(t.strips) for t in character.animation_data.nla_tracks] == [2, 1]
    assert len(character.a2g_pins) == 3


def test_the_artists_own_strips_and_keys_are_not_touched(addon, character):
    mine = key_clip(addon.bl, character, "mine", 80, {"left_shoulder": turn(2, np.linspace(0, 1, 30))})
    before = [(mine.frame_start, mine.frame_end, mine.name, mine.select, mine.mute, mine.action.name)]
    _add("wave", frame=90)
    assert before == [(mine.frame_start, mine.frame_end, mine.name, mine.select, mine.mute, mine.action.name)]
    assert not mine.action.a2g.pinned and len(character.a2g_pins) == 1


@pytest.mark.parametrize("name", ["made_mixamo", "rigify"])
def test_other_characters_do_it_too(addon, scene, name):
    other = rigs.make(name)
    bpy.context.view_layer.objects.active = other.armature
    other.armature.select_set(True)
    scene.a2g_character = other.armature
    _add("wave", hand="LEFT")
    scene.frame_set(FRAME)
    bpy.context.view_layer.update()
    bone = {joint: other.armature.pose.bones[bone] for joint, bone in other.joints.items()}
    up = other.axes[:, 1]
    height = {joint: float(np.array(bone[joint].head) @ up) for joint in ("left_wrist", "right_wrist", "head")}
    reach = height["head"] * 0.15
    assert height["left_wrist"] > height["head"] - reach and height["right_wrist"] < height["left_wrist"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [({"gesture": "nod", "hand": "LEFT"}, "'nod' is done with the head")],
)
def test_what_cannot_be_done_changes_nothing(character, options, sentence):
    with pytest.raises(RuntimeError, match=sentence):
        bpy.ops.a2g.add_gesture(**options)
    assert character.animation_data is None or not _strips(character)
    assert not [a for a in bpy.data.actions if "nod" in a.name]


def test_a_character_without_arms_says_so(addon, character):
    gesture = addon.a2g_core.gestures.library.find("wave")
    bpy.ops.object.mode_set(mode="EDIT")
    for bone in list(character.data.edit_bones):
        if bone.name.startswith("left_") and any(part in bone.name for part in gesture.clip.skeleton.names):
            character.data.edit_bones.remove(bone)
    bpy.ops.object.mode_set(mode="OBJECT")
    with pytest.raises(RuntimeError, match="no bones for 'wave'"):
        bpy.ops.a2g.add_gesture(gesture="wave")
    assert not bpy.data.actions
