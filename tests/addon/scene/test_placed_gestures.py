"""Gestures that are on the timeline, the artist's own, and the library as assets."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
import rigs
from scenes import key_clip, select_only, turn
from soak_facts import facts

from a2g_core.body.skeleton import SIDES

FRAME = 100


def _add(name="no", **options):
    bpy.context.scene.frame_set(FRAME)
    assert bpy.ops.a2g.add_gesture(gesture=name, **options) == {"FINISHED"}
    (strip,) = [s for t in bpy.context.object.animation_data.nla_tracks for s in t.strips if s.action.a2g.gesture]
    return strip


def _gesture(obj):
    return next(s for t in obj.animation_data.nla_tracks for s in t.strips if s.action.a2g.gesture)


def _marker(strip):
    return strip.frame_start + strip.action.pose_markers[0].frame - strip.action_frame_start


def test_another_one_in_its_place_keeps_emphasis_strength_and_fades(addon, character):
    _add("no")
    entry = character.a2g_pins[0]
    entry.strength, entry.fade_in_frames, entry.fade_out_frames = 0.6, 11, 12
    assert bpy.ops.a2g.replace_gesture(gesture="wave", pin=0) == {"FINISHED"}
    strip, (entry,) = _gesture(character), character.a2g_pins
    assert strip.name == "wave · greet" and _marker(strip) == FRAME and entry.strip == strip.name
    assert (round(entry.strength, 4), entry.fade_in_frames, entry.fade_out_frames) == (0.6, 11, 12)
    assert [a.name for a in bpy.data.actions] == ["wave · greet"]


@pytest.mark.parametrize("change", ["moved", "trimmed", "stretched"])
def test_the_emphasis_stays_wherever_the_strip_was_put(addon, character, change):
    strip = _add("no")
    if change == "moved":
        addon.scene.nla.move(strip, 33)
        expected = FRAME + 33
    elif change == "trimmed":
        strip.action_frame_start += 5
        strip.frame_start += 5
        expected = round(_marker(strip))
    else:
        strip.scale = 2.0
        expected = round(strip.frame_start + 2 * (strip.action.pose_markers[0].frame - strip.action_frame_start))
    select_only(character, strip)
    assert bpy.ops.a2g.replace_gesture(gesture="stop") == {"FINISHED"}
    assert _marker(_gesture(character)) == expected


def test_left_right_and_both(addon, scene, character):
    select_only(character, _add("wave", hand="LEFT"))

    def moves():
        for bone in character.pose.bones:  # nothing else puts back what a strip has moved that is gone
            bone.matrix_basis.identity()
        scene.frame_set(FRAME)
        turned = {side: character.pose.bones[f"{side}_elbow"].matrix_basis.to_quaternion() for side in SIDES}
        return {side for side, turn in turned.items() if turn.angle > 0.3}

    for hand, expected in (("RIGHT", {"right"}), ("BOTH", {"left", "right"}), ("LEFT", {"left"})):
        assert bpy.ops.a2g.gesture_hand(hand=hand) == {"FINISHED"}
        strip = _gesture(character)
        assert strip.select and _marker(strip) == FRAME and strip.action.a2g.hand == hand.lower()
        assert moves() == expected


@pytest.mark.parametrize("name", ["replace_gesture", "gesture_hand"])
def test_what_cannot_be_changed_says_so_and_stays(addon, character, name):
    strip = _add("nod" if name == "gesture_hand" else "no")
    options = {"hand": "LEFT"} if name == "gesture_hand" else {"gesture": "wave"}
    if name == "replace_gesture":
        strip.action.pose_markers.remove(strip.action.pose_markers[0])
    select_only(character, strip)
    before = facts()
    with pytest.raises(RuntimeError, match=r"has no pose marker|not done with left"):
        getattr(bpy.ops.a2g, name)(**options)
    assert facts() == before
    select_only(character)
    with pytest.raises(RuntimeError, match="No gesture is selected"):
        getattr(bpy.ops.a2g, name)(**options)


# The artist's own -----------------------------------------------------------------------------------------------------

RAISED = turn(2, np.concatenate([np.linspace(0, 1.2, 20), np.full(20, 1.2)]))


def _own(addon, obj, name="my greet", bones=("left_shoulder",), marker=None):
    strip = key_clip(addon.bl, obj, name, 1, dict.fromkeys(bones, RAISED))
    if marker is not None:
        strip.action.pose_markers.new("Emphasis").frame = marker
    select_only(obj, strip)
    assert bpy.ops.a2g.mark_as_gesture() == {"FINISHED"}
    return strip


@pytest.mark.parametrize("marker", [None, 12])
def test_an_action_of_hers_is_a_gesture_with_its_emphasis(addon, scene, character, marker):
    strip = _own(addon, character, marker=marker)
    gesture = addon.scene.own_gestures.read(character, strip.action, 30)
    assert (gesture.hand, gesture.category) == ("left", "greet")
    # Without a marker: when the arm is first as good as raised, frames 18 to 20.
    peak = gesture.emphasis_s * 30 + 1
    assert peak == 12 if marker else 17 <= peak <= 20
    keys = [tuple(k.co) for c in addon.bl.fcurves(strip.action, addon.bl.slot_of(strip)) for k in c.keyframe_points]
    placed = _add("mine:my greet")
    assert placed.action != strip.action and placed.name == "my greet · greet" and _marker(placed) == FRAME
    assert keys == [
        tuple(k.co) for c in addon.bl.fcurves(strip.action, addon.bl.slot_of(strip)) for k in c.keyframe_points
    ]
    strip.mute = True
    scene.frame_set(FRAME)
    shown = np.array(character.pose.bones["left_shoulder"].matrix_basis.to_quaternion())
    expected = RAISED[11 if marker else round(peak) - 1]
    assert abs(shown @ expected) > np.cos(np.radians(1) / 2)


def test_from_another_rig_of_the_file(addon, scene, character):
    other = rigs.make("made_mixamo")
    bone = other.joints["left_shoulder"]
    strip = key_clip(addon.bl, other.armature, "their greet", 1, {bone: RAISED})
    strip.action.a2g.is_gesture = True
    scene.a2g_character = character
    bpy.context.view_layer.objects.active = character
    gesture = addon.scene.own_gestures.read(character, strip.action, 30)
    assert gesture.hand == "left" and "left_shoulder" in gesture.clip.skeleton.names
    own, problems = addon.scene.own_gestures.all_of(character, 30)
    assert [g.name for g in own] == ["their greet"] and not problems
    _add("mine:their greet")
    bpy.data.objects.remove(other.armature)
    assert [str(p)[:10] for p in addon.scene.own_gestures.all_of(character, 30)[1]] == ["no armatur"]


def test_a_tag_says_what_it_means_and_it_can_be_taken_back(addon, character):
    strip = _own(addon, character, name="thing")
    assert addon.scene.own_gestures.category_of(strip.action) == ""
    assert bpy.ops.a2g.mark_as_gesture(category="thank", as_asset=True) == {"FINISHED"}
    strip.action.a2g.category = ""
    assert addon.scene.own_gestures.category_of(strip.action) == "thank"
    assert bpy.ops.a2g.mark_as_gesture(mark=False) == {"FINISHED"}
    assert addon.scene.own_gestures.marked() == []


def test_what_moves_neither_arm_nor_head_is_refused(addon, character):
    strip = key_clip(addon.bl, character, "kick", 1, {"left_knee": RAISED})
    select_only(character, strip)
    with pytest.raises(RuntimeError, match="moves neither an arm nor the head"):
        bpy.ops.a2g.mark_as_gesture()
    assert not strip.action.a2g.is_gesture


# The library as assets ------------------------------------------------------------------------------------------------


def test_the_library_is_a_file_of_assets_with_pictures(addon, character, tmp_path):
    (tmp_path / "blender_assets.cats.txt").write_text("VERSION 1\n\nabc:hers:hers", "utf-8")
    before = facts()
    path = tmp_path / "gestures.blend"
    assert bpy.ops.a2g.write_gesture_library(filepath=str(path)) == {"FINISHED"}
    assert facts() == before
    catalogues = (tmp_path / "blender_assets.cats.txt").read_text("utf-8").splitlines()
    assert "abc:hers:hers" in catalogues and catalogues[-1].endswith(":Gestures:Gestures")
    with bpy.data.libraries.load(str(path), assets_only=True) as (there, wanted):
        assert len(there.actions) == 75 and not there.objects
        wanted.actions = ["no", "nod"]
    no, _ = wanted.actions
    assert no.asset_data.catalog_id == catalogues[-1].split(":")[0]
    assert {tag.name for tag in no.asset_data.tags} == {"negate", "both"} and no.a2g.is_gesture
    pixels = np.array(no.preview.image_pixels_float[:]).reshape(128, 128, 4)
    assert len({tuple(p) for p in pixels[::8, ::8].reshape(-1, 4).round(2)}) > 4  # something is drawn
    gesture = addon.a2g_core.gestures.library.find("no")
    assert no.pose_markers["emphasis"].frame == 1 + np.floor(gesture.emphasis_s * 30 + 1e-6)
    assert bpy.ops.a2g.write_gesture_library(filepath=str(path)) == {"FINISHED"}  # one of ours is replaced
    assert (tmp_path / "blender_assets.cats.txt").read_text("utf-8").splitlines() == catalogues


def test_no_other_file_is_replaced(addon, character, tmp_path):
    hers = tmp_path / "hers.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(hers), copy=True)
    before = hers.read_bytes()
    for path, sentence in (
        (hers, "is there already"), (tmp_path / "x.txt", "no name of a Blender file"),
        (tmp_path / "gone" / "x.blend", "no folder"),
    ):  # fmt: skip
        with pytest.raises(RuntimeError, match=sentence):
            bpy.ops.a2g.write_gesture_library(filepath=str(path))
    assert hers.read_bytes() == before
