"""Pinned clips, from a selected strip to the motion that follows it."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
from scenes import curves, key_clip, select_only, strips, turn

ARM = "left_shoulder"


@pytest.fixture
def wave(addon, character, speech_file) -> bpy.types.NlaStrip:
    """An artist's clip of one arm on frames 80 to 109, selected; the speech is on 37 to 156."""
    swing = 1.0 + 0.3 * np.sin(np.arange(30) / 3)
    strip = key_clip(addon.bl, character, "wave", 80, {ARM: turn(2, swing)})
    strip.extrapolation = "NOTHING"
    select_only(character, strip)
    return strip


def arm_curve(addon, strip) -> np.ndarray:
    found = curves(addon.bl, strip)
    return np.stack([found[f'pose.bones["{ARM}"].rotation_quaternion', k][:, 1] for k in range(4)], axis=1)


def test_pin_and_unpin(character, wave):
    assert bpy.ops.a2g.pin_clips() == {"FINISHED"}
    assert wave.action.a2g.pinned
    assert [(p.track, p.strip) for p in character.a2g_pins] == [("wave", "wave")]
    assert bpy.ops.a2g.pin_clips() == {"FINISHED"}
    assert len(character.a2g_pins) == 1
    assert bpy.ops.a2g.unpin_clips() == {"FINISHED"}
    assert not wave.action.a2g.pinned
    assert len(character.a2g_pins) == 0


def test_clip_is_read_as_the_strip_plays_it(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    wave.scale = 2.0
    wave.frame_start_ui = 60
    wave.use_reverse = True
    (pinned,) = addon.scene_pins.read_pins(character, 30.0)
    assert pinned.start_frame == 60
    assert pinned.clip.skeleton.names == (ARM,)
    character.animation_data.nla_tracks["wave"].mute = False
    rest = np.array(character.data.bones[ARM].matrix_local)[:3, :3]
    for frame in (0, 17, len(pinned.clip) - 1):
        bpy.context.scene.frame_set(60 + frame)
        basis = np.array(character.pose.bones[ARM].matrix_basis)[:3, :3]
        turned = addon.rotations.quaternion_to_matrix(pinned.clip.quaternions[frame, 0].astype(np.float64))
        np.testing.assert_allclose(turned, rest @ basis @ rest.T, atol=2e-4)


def test_repeated_strip_is_read_to_its_end(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    wave.repeat = 1.5
    (pinned,) = addon.scene_pins.read_pins(character, 30.0)
    for frame in (0, 28, 30, 40, len(pinned.clip) - 1):
        bpy.context.scene.frame_set(80 + frame)
        basis = np.array(character.pose.bones[ARM].matrix_basis)[:3, :3]
        turned = addon.rotations.quaternion_to_matrix(pinned.clip.quaternions[frame, 0].astype(np.float64))
        np.testing.assert_allclose(turned, basis, atol=2e-4)


def test_a_pinned_clip_changes_the_motion_around_it_and_nothing_else(addon, character, wave):
    bpy.ops.a2g.generate()
    without = arm_curve(addon, strips(character)["Gestures"])
    bpy.ops.a2g.pin_clips()
    assert bpy.ops.a2g.regenerate_around_pins() == {"FINISHED"}
    found = strips(character)
    assert found["Gestures"].mute
    assert not wave.mute
    with_pin = arm_curve(addon, found["Gestures 2"])
    changed = np.abs(with_pin - without).max(axis=1)
    assert changed[80 - 37 : 110 - 37].max() > 1e-4
    reach = addon.checkpoint.load_model().config.pin_reach + 8 // 2  # half the default fade
    assert (changed[: 80 - 37 - reach] == 0).all()
    assert (changed[110 - 37 + reach :] == 0).all()
    assert list(character.animation_data.nla_tracks)[-1].name == "Gestures 2"


def test_regenerating_keeps_the_seed_of_the_take_that_plays(addon, character, wave):
    character.a2g_seed = 7
    bpy.ops.a2g.generate()
    character.a2g_seed = 8
    bpy.ops.a2g.pin_clips()
    bpy.ops.a2g.regenerate_around_pins()
    assert strips(character)["Gestures 2"].action.a2g.seed == 7


def test_strength_and_fade_reach_the_core(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    character.a2g_pins[0].strength, character.a2g_pins[0].fade_frames = 0.25, 15
    (pin,), outside = addon.scene_pins.place_pins(addon.scene_pins.read_pins(character, 30.0), 37, 120)
    assert (pin.strength, pin.fade_s, outside) == (0.25, 0.5, [])
    assert pin.start_s == pytest.approx((80 - 37) / 30)
    assert len(pin.clip) == 30


def test_a_clip_that_sticks_out_is_cut_to_the_speech(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    wave.frame_start_ui = 30
    (pin,), _ = addon.scene_pins.place_pins(addon.scene_pins.read_pins(character, 30.0), 37, 120)
    assert (pin.start_s, len(pin.clip)) == (0.0, 30 - 7)
    assert bpy.ops.a2g.regenerate_around_pins() == {"FINISHED"}


def test_muted_strips_are_not_followed(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    wave.mute = True
    assert addon.scene_pins.read_pins(character, 30.0) == []


def test_pins_survive_renaming_saving_and_undo(addon, character, wave, tmp_path):
    bpy.ops.a2g.pin_clips()
    character.a2g_pins[0].strength = 0.5
    wave.name = "hello"
    character.animation_data.nla_tracks["wave"].name = "my track"
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "pins.blend"))
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "pins.blend"))
    obj = bpy.context.scene.a2g_character
    (pinned,) = addon.scene_pins.pinned_strips(obj)
    assert (pinned.strip.name, pinned.entry.strength) == ("hello", 0.5)
    bpy.ops.ed.undo_push(message="before")
    bpy.ops.a2g.unpin_clips("EXEC_DEFAULT", True)
    assert addon.scene_pins.pinned_strips(bpy.context.scene.a2g_character) == []
    bpy.ops.ed.undo()
    assert len(addon.scene_pins.pinned_strips(bpy.context.scene.a2g_character)) == 1


def test_parts_of_a_split_take_are_pinned_one_by_one(addon, character, speech_file):
    bpy.ops.a2g.generate()
    whole = strips(character)["Gestures"]
    track = character.animation_data.nla_tracks["Gestures"]
    whole.action_frame_end = whole.frame_end = 80
    rest = addon.bl.add_nla_strip(track, "rest", 100, whole.action, addon.bl.slot_of(whole))
    select_only(character, whole)
    bpy.ops.a2g.pin_clips()
    assert [p.strip.name for p in addon.scene_pins.pinned_strips(character)] == [whole.name]
    assert rest.action == whole.action


def test_a_copied_clip_stays_pinned(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    copy = wave.action.copy()
    track = character.animation_data.nla_tracks.new()
    addon.bl.add_nla_strip(track, "copy", 120, copy, copy.slots[0] if hasattr(copy, "slots") else None)
    assert [p.strip.name for p in addon.scene_pins.pinned_strips(character)] == ["wave", "copy"]
    addon.scene_pins.sync_entries(character)
    assert len(character.a2g_pins) == 2


def test_pins_on_turned_bones_follow_the_same_motion(addon, character, wave):
    """A clip of a rig with other rest orientations means the same joint rotations."""
    rest = addon.scene_motion.read_rest(character)
    rng = np.random.default_rng(1)
    q = rng.standard_normal((5, 4))
    q /= np.linalg.norm(q, axis=1, keepdims=True)
    turned = addon.rotations.quaternion_to_matrix(np.array([0.5, 0.5, -0.5, 0.5]))
    odd = addon.scene_motion.Rest({ARM: turned}, rest.axes, 1.25)
    back = addon.scene_motion.from_bone(odd, ARM, addon.scene_motion.to_bone(odd, ARM, q))
    np.testing.assert_allclose(np.abs(np.sum(back * q, axis=1)), 1.0, atol=1e-12)
