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
    with pytest.raises(RuntimeError, match=r"has no pose marker|done with the head"):
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
        assert len(there.actions) == len(addon.a2g_core.gestures.library.library()) and not there.objects
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


def _library(tmp_path, name="gestures.blend"):
    return str(tmp_path / name)


def _mark(addon, character, name="hers", category="stop"):
    strip = key_clip(addon.bl, character, name, 1, {"left_shoulder": RAISED, "left_knee": RAISED})
    select_only(character, strip)
    assert bpy.ops.a2g.mark_as_gesture(category=category) == {"FINISHED"}
    return strip


def test_her_gestures_are_in_the_library_as_they_are(addon, character, tmp_path):
    action = _mark(addon, character).action
    before, keyed = facts(), addon.scene.gestures.digest(action, addon.bl.first_slot(action))
    assert bpy.ops.a2g.write_gesture_library(filepath=_library(tmp_path)) == {"FINISHED"}
    assert facts() == before and action.name == "hers"
    with bpy.data.libraries.load(_library(tmp_path), assets_only=True) as (there, wanted):
        assert len(there.actions) == len(addon.a2g_core.gestures.library.library()) + 1
        wanted.actions = ["hers"]
    (found,) = wanted.actions
    assert found.a2g.is_gesture and {tag.name for tag in found.asset_data.tags} == {"stop", "left"}
    assert addon.scene.gestures.digest(found, addon.bl.first_slot(found)) == keyed
    pixels = np.array(found.preview.image_pixels_float[:]).reshape(128, 128, 4)
    assert ((pixels[..., 0] - pixels[..., 2]) > 0.4).any()  # the arm that takes part


def test_a_library_with_her_gestures_is_replaced_only_if_she_says_so(addon, character, tmp_path):
    strip = _mark(addon, character)
    assert bpy.ops.a2g.write_gesture_library(filepath=_library(tmp_path)) == {"FINISHED"}
    before = (tmp_path / "gestures.blend").read_bytes()
    select_only(character, strip)
    assert bpy.ops.a2g.mark_as_gesture(mark=False) == {"FINISHED"}
    with pytest.raises(RuntimeError, match=r"gestures of your own: hers"):
        bpy.ops.a2g.write_gesture_library(filepath=_library(tmp_path))
    assert (tmp_path / "gestures.blend").read_bytes() == before
    assert bpy.ops.a2g.write_gesture_library(filepath=_library(tmp_path), replace_own=True) == {"FINISHED"}
    with bpy.data.libraries.load(_library(tmp_path)) as (there, _):
        assert "hers" not in there.actions


def test_a_gesture_of_her_asset_library_is_placed_once_taken_in(addon, scene, character, tmp_path):
    _mark(addon, character)
    assert bpy.ops.a2g.write_gesture_library(filepath=_library(tmp_path)) == {"FINISHED"}
    bpy.ops.wm.read_homefile(use_empty=True)
    bpy.ops.a2g.add_character(with_body=False)
    obj = bpy.context.scene.a2g_character
    for frame in (60, 200):
        bpy.context.scene.frame_set(frame)
        assert bpy.ops.a2g.add_gesture_asset(filepath=_library(tmp_path), name="hers") == {"FINISHED"}
    names = [s.name for t in obj.animation_data.nla_tracks for s in t.strips]
    assert [name.partition(".")[0] for name in names] == ["hers · stop"] * 2
    assert [action.name for action in addon.scene.own_gestures.marked()] == ["hers"]
    assert len(obj.a2g_pins) == 2
    assert bpy.ops.a2g.gesture_hand(pin=0, hand="RIGHT") == {"FINISHED"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [({}, "No action is selected in the Asset Browser"), ({"name": "gone"}, "here is no gesture 'gone'"),
     ({"name": "gone", "filepath": "nowhere.blend"}, "here is no gesture 'gone'")],
)  # fmt: skip
def test_an_asset_that_is_not_there_changes_nothing(character, options, sentence):
    before = facts()
    with pytest.raises(RuntimeError, match=sentence):
        bpy.ops.a2g.add_gesture_asset(**options)
    assert facts() == before


def test_the_pin_that_is_chosen_in_the_list_is_that_of_the_new_gesture(character):
    for frame, name in ((60, "wave"), (160, "no"), (260, "nod")):
        bpy.context.scene.frame_set(frame)
        assert bpy.ops.a2g.add_gesture(gesture=name) == {"FINISHED"}
    character.a2g_active_pin = 0
    assert bpy.ops.a2g.replace_gesture(gesture="stop", pin=0) == {"FINISHED"}
    assert character.a2g_pins[character.a2g_active_pin].strip == "stop · stop"
    character.a2g_active_pin = next(i for i, entry in enumerate(character.a2g_pins) if entry.strip == "nod · affirm")
    assert bpy.ops.a2g.replace_gesture(gesture="me", pin=0) == {"FINISHED"}  # another one than the chosen
    assert character.a2g_pins[character.a2g_active_pin].strip == "nod · affirm"


# Pictures of poses ----------------------------------------------------------------------------------------------------


def test_marking_draws_her_gesture_and_keeps_a_picture_of_hers(addon, character):
    action = _mark(addon, character).action
    assert tuple(action.preview.image_size) == (128, 128)
    other = key_clip(addon.bl, character, "other", 90, {"right_shoulder": RAISED})
    other.action.preview_ensure().image_size = (8, 8)
    select_only(character, other)
    assert bpy.ops.a2g.mark_as_gesture() == {"FINISHED"}
    assert tuple(other.action.preview.image_size) == (8, 8)


def test_pictures_are_drawn_once_each_and_only_where_blender_has_an_interface(addon, monkeypatch):
    shown = addon.owner.owned(addon.ui.gesture_pictures.GesturePictures)
    shown.prepare()
    assert shown.icon("wave") == 0  # in the background nothing is drawn
    module = addon.ui.gesture_pictures
    monkeypatch.setattr(module.bpy, "app", type("App", (), {"background": False}))
    fresh = module.GesturePictures()
    fresh.prepare()
    fresh.wait()
    assert {"wave", "no", "three"} <= set(fresh.drawn())
    fresh.close()


def test_what_is_typed_is_found_by_name_and_by_meaning(addon):
    module = addon.operators.gestures
    names = [name for name, _, _ in module.matching("sto")]
    assert names[0] == "stop" and {"stop", "stop one hand", "hold on"} <= set(names)  # of the category stop
    assert [name for name, _, _ in module.matching("one hand stop")] == ["stop one hand"]
    assert len(module.matching("")) == len(addon.a2g_core.gestures.library.library())
    assert module.matching("xyzzy") == []
