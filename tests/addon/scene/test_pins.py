"""Pinned clips, from a selected strip to the motion that follows it."""

from __future__ import annotations

from dataclasses import replace

import bpy
import numpy as np
import pytest
import soundfile
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
    (pinned,) = addon.scene.pins.read_pins(character, 30.0)
    assert pinned.start_frame == 60
    assert pinned.clip.skeleton.names == (ARM,)
    character.animation_data.nla_tracks["wave"].mute = False
    rest = np.array(character.data.bones[ARM].matrix_local)[:3, :3]
    for frame in (0, 17, len(pinned.clip) - 1):
        bpy.context.scene.frame_set(60 + frame)
        basis = np.array(character.pose.bones[ARM].matrix_basis)[:3, :3]
        turned = addon.a2g_core.body.rotations.quaternion_to_matrix(
            pinned.clip.quaternions[frame, 0].astype(np.float64)
        )
        np.testing.assert_allclose(turned, rest @ basis @ rest.T, atol=2e-4)


def test_repeated_strip_is_read_to_its_end(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    wave.repeat = 1.5
    (pinned,) = addon.scene.pins.read_pins(character, 30.0)
    for frame in (0, 28, 30, 40, len(pinned.clip) - 1):
        bpy.context.scene.frame_set(80 + frame)
        basis = np.array(character.pose.bones[ARM].matrix_basis)[:3, :3]
        turned = addon.a2g_core.body.rotations.quaternion_to_matrix(
            pinned.clip.quaternions[frame, 0].astype(np.float64)
        )
        np.testing.assert_allclose(turned, basis, atol=2e-4)


def test_a_pinned_clip_changes_the_motion_around_it_and_nothing_else(addon, character, wave, voice, tmp_path):
    samples, rate = soundfile.read(voice)
    soundfile.write(tmp_path / "long.wav", np.tile(samples, 3), rate)
    character.a2g_speech_file, character.a2g_start_frame = str(tmp_path / "long.wav"), 1
    bpy.ops.a2g.generate()
    without = arm_curve(addon, strips(character)["Gestures"])
    bpy.ops.a2g.pin_clips()
    assert bpy.ops.a2g.regenerate_around_pins() == {"FINISHED"}
    found = strips(character)
    assert not found["Gestures"].mute and not wave.mute
    with_pin = arm_curve(addon, found["Gestures"])
    changed = np.abs(with_pin - without).max(axis=1)
    assert changed[80 - 1 : 110 - 1].max() > 1e-4
    reach = addon.a2g_core.model.checkpoint.load_model().config.pin_receptive_field + 8 // 2  # half the default fade
    before, after = changed[: 80 - 1 - reach], changed[110 - 1 + reach :]
    assert len(before) > 3 and (before == 0).all()
    assert len(after) > 50 and (after == 0).all()
    assert sorted(found) == ["Gestures", "wave"]


def test_regenerating_keeps_the_seed_of_the_take_that_plays(addon, character, wave):
    character.a2g_seed = 7
    bpy.ops.a2g.generate()
    character.a2g_seed = 8
    bpy.ops.a2g.pin_clips()
    bpy.ops.a2g.regenerate_around_pins()
    assert strips(character)["Gestures"].action.a2g.seed == 7


def test_strength_and_fade_reach_the_core(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    entry = character.a2g_pins[0]
    entry.strength, entry.fade_in_frames, entry.fade_out_frames = 0.25, 15, 6
    (pin,), outside = addon.scene.pins.place_pins(addon.scene.pins.read_pins(character, 30.0), 37, 120)
    assert (pin.strength, pin.fade_in_s, pin.fade_out_s, outside) == (0.25, 0.5, 0.2, [])
    assert pin.start_s == pytest.approx((80 - 37) / 30)
    assert len(pin.clip) == 30


def test_a_clip_that_sticks_out_is_cut_to_the_speech(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    wave.frame_start_ui = 30
    (pin,), _ = addon.scene.pins.place_pins(addon.scene.pins.read_pins(character, 30.0), 37, 120)
    assert (pin.start_s, len(pin.clip)) == (0.0, 30 - 7)
    assert bpy.ops.a2g.regenerate_around_pins() == {"FINISHED"}


def test_muted_strips_are_not_followed(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    wave.mute = True
    assert addon.scene.pins.read_pins(character, 30.0) == []


def test_a_muted_pin_is_kept_and_not_followed(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    character.a2g_pins[0].muted = True
    assert addon.scene.pins.read_pins(character, 30.0) == []
    assert len(addon.scene.pins.pinned_strips(character)) == 1


def test_a_fade_that_is_cut_off_with_its_clip_is_over_by_then(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    entry = character.a2g_pins[0]
    entry.fade_in_frames, entry.fade_out_frames = 20, 6
    wave.frame_start_ui = 33
    (pin,), _ = addon.scene.pins.place_pins(addon.scene.pins.read_pins(character, 30.0), 37, 120)
    assert (pin.fade_in_s, pin.fade_out_s) == pytest.approx(((20 - 2 * 4) / 30, 0.2))
    wave.frame_start_ui = 20
    (pin,), _ = addon.scene.pins.place_pins(addon.scene.pins.read_pins(character, 30.0), 37, 120)
    assert pin.fade_in_s == 0


def test_fades_longer_than_the_clip_meet_in_it(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    entry = character.a2g_pins[0]
    entry.fade_in_frames, entry.fade_out_frames = 300, 100
    (pin,), _ = addon.scene.pins.place_pins(addon.scene.pins.read_pins(character, 30.0), 37, 120)
    assert pin.fade_in_s / 2 + pin.fade_out_s / 2 == pytest.approx(1.0)  # the clip's length
    assert pin.fade_in_s == pytest.approx(3 * pin.fade_out_s)


def test_body_parts_choose_the_joints(addon, character, speech_file):
    still = turn(2, np.linspace(0, 1, 20))
    bones = ("head", "spine1", "left_shoulder", "left_index1", "left_knee")
    clip = key_clip(addon.bl, character, "body", 60, dict.fromkeys(bones, still))
    select_only(character, clip)
    bpy.ops.a2g.pin_clips()
    read = addon.scene.pins.read_pins
    assert set(read(character, 30.0)[0].clip.skeleton.names) == set(bones)
    expected = {"HEAD": "head", "TORSO": "spine1", "ARMS": "left_shoulder", "HANDS": "left_index1", "LEGS": "left_knee"}
    for part, joint in expected.items():
        character.a2g_pins[0].body_parts = {part}
        assert read(character, 30.0)[0].clip.skeleton.names == (joint,)
    character.a2g_pins[0].body_parts = set()
    with pytest.raises(addon.a2g_core.errors.PinError, match="no body part"):
        read(character, 30.0)


def test_a_pin_without_keys_for_its_body_parts_says_so(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    character.a2g_pins[0].body_parts = {"LEGS"}
    with pytest.raises(addon.a2g_core.errors.PinError, match="body parts chosen"):
        addon.scene.pins.read_pins(character, 30.0)


def test_animated_strength_is_read_frame_by_frame_and_cut_with_the_clip(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    entry = character.a2g_pins[0]
    for frame, value in ((80, 0.0), (109, 1.0)):
        entry.strength = value
        character.keyframe_insert("a2g_pins[0].strength", frame=frame)
    assert not addon.scene.active_action.hides_nla(character)
    (clip,) = addon.scene.pins.read_pins(character, 30.0)
    assert clip.strength.shape == (30,)
    assert (clip.strength[0], clip.strength[-1]) == (0, 1)
    assert (np.diff(clip.strength) >= 0).all()
    wave.frame_start_ui = 30
    (pin,), _ = addon.scene.pins.place_pins(addon.scene.pins.read_pins(character, 30.0), 37, 120)
    assert pin.strength.shape == (len(pin.clip),)
    wave.frame_start_ui = 80
    addon.scene.active_action.push_down_action(character)
    (clip_below,) = addon.scene.pins.read_pins(character, 30.0)
    np.testing.assert_allclose(clip_below.strength, clip.strength, atol=1e-5)


def test_animated_influence_of_the_strip_weakens_the_pin(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    character.a2g_pins[0].strength = 0.5
    wave.use_animated_influence = True
    points = wave.fcurves.find("influence").keyframe_points
    while len(points):
        points.remove(points[0])
    points.insert(80, 1.0).interpolation = "LINEAR"
    points.insert(109, 0.0).interpolation = "LINEAR"
    (clip,) = addon.scene.pins.read_pins(character, 30.0)
    np.testing.assert_allclose(clip.strength, np.linspace(0.5, 0.0, 30), atol=1e-5)


@pytest.mark.parametrize("mode", ["XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX", "AXIS_ANGLE", "QUATERNION"])
def test_clips_keyed_in_any_rotation_mode_are_read_as_they_play(addon, character, mode):
    channel, n = {"QUATERNION": ("rotation_quaternion", 4), "AXIS_ANGLE": ("rotation_axis_angle", 4)}.get(
        mode, ("rotation_euler", 3)
    )
    character.pose.bones[ARM].rotation_mode = mode
    action, owner, slot = addon.bl.new_action("clip", character)
    values = np.random.default_rng(3).uniform(-1.5, 1.5, (12, n))
    for component in range(n):
        curve = addon.bl.new_fcurve(owner, f'pose.bones["{ARM}"].{channel}', component, ARM)
        for frame, value in enumerate(values[:, component]):
            curve.keyframe_points.insert(50 + frame, value).interpolation = "LINEAR"
    track = character.animation_data_create().nla_tracks.new()
    strip = addon.bl.add_nla_strip(track, "clip", 50, action, slot)
    select_only(character, strip)
    assert bpy.ops.a2g.pin_clips() == {"FINISHED"}
    (pinned,) = addon.scene.pins.read_pins(character, 30.0)
    for frame in range(12):
        bpy.context.scene.frame_set(50 + frame)
        basis = np.array(character.pose.bones[ARM].matrix_basis)[:3, :3]
        turned = addon.a2g_core.body.rotations.quaternion_to_matrix(
            pinned.clip.quaternions[frame, 0].astype(np.float64)
        )
        np.testing.assert_allclose(turned, basis, atol=2e-4)


def test_keys_that_do_not_play_are_not_followed(addon, character, wave):
    bpy.ops.a2g.pin_clips()
    character.pose.bones[ARM].rotation_mode = "XYZ"
    with pytest.raises(addon.a2g_core.errors.PinError, match="Rotation Mode"):
        addon.scene.pins.read_pins(character, 30.0)
    character.pose.bones[ARM].rotation_mode = "QUATERNION"
    for curve in addon.bl.fcurves(wave.action, addon.bl.slot_of(wave)):
        curve.mute = True
    with pytest.raises(addon.a2g_core.errors.PinError, match="turns none"):
        addon.scene.pins.read_pins(character, 30.0)


def _animate_time(strip):
    strip.use_animated_time = True


def _add(strip):
    strip.blend_type = "ADD"


@pytest.mark.parametrize(("spoil", "fix"), [(_animate_time, "Animated Strip Time"), (_add, "Blending to Replace")])
def test_strips_that_cannot_be_read_are_refused_with_what_to_do(addon, character, wave, spoil, fix):
    bpy.ops.a2g.pin_clips()
    spoil(wave)
    with pytest.raises(addon.a2g_core.errors.PinError, match=fix):
        addon.scene.pins.read_pins(character, 30.0)
    bpy.ops.a2g.unpin_clips()
    assert fix in addon.operators.pins.A2G_OT_pin_clips.disabled_reason(bpy.context)


def test_pinning_one_of_several_strips_gives_it_an_action_of_its_own(addon, character, wave):
    track = character.animation_data.nla_tracks["wave"]
    wave.action_frame_end = wave.frame_end = 95
    rest = addon.bl.add_nla_strip(track, "rest", 100, wave.action, addon.bl.slot_of(wave))
    select_only(character, wave)
    bpy.ops.a2g.pin_clips()
    assert [p.strip.name for p in addon.scene.pins.pinned_strips(character)] == ["wave"]
    assert rest.action != wave.action
    assert not rest.action.a2g.pinned
    assert addon.bl.slot_of(wave) is None or addon.bl.slot_of(wave).identifier == addon.bl.slot_of(rest).identifier
    (clip,) = addon.scene.pins.read_pins(character, 30.0)
    assert (clip.start_frame, len(clip.clip)) == (80, 16)


def test_unpinning_one_strip_of_a_shared_action_leaves_the_others_pinned(addon, character, wave):
    track = character.animation_data.nla_tracks.new()
    second = addon.bl.add_nla_strip(track, "second", 140, wave.action, addon.bl.slot_of(wave))
    select_only(character, wave, second)
    bpy.ops.a2g.pin_clips()
    assert wave.action == second.action
    assert len(character.a2g_pins) == 2
    select_only(character, second)
    bpy.ops.a2g.unpin_clips()
    assert [p.strip.name for p in addon.scene.pins.pinned_strips(character)] == ["wave"]
    assert [p.strip for p in character.a2g_pins] == ["wave"]


def test_another_character_that_plays_the_same_action_is_not_pinned_with_it(addon, character, wave):
    bpy.ops.a2g.add_character()
    other = bpy.context.active_object
    track = other.animation_data_create().nla_tracks.new()
    theirs = addon.bl.add_nla_strip(track, "theirs", 80, wave.action, addon.bl.slot_of(wave))
    bpy.context.scene.a2g_character = character
    bpy.ops.a2g.pin_clips()
    assert len(addon.scene.pins.pinned_strips(character)) == 1
    assert addon.scene.pins.pinned_strips(other) == []
    assert theirs.action != wave.action


def test_pins_on_turned_bones_follow_the_same_motion(addon, character, wave):
    """A clip of a rig with other rest orientations means the same joint rotations."""
    rig = addon.scene.rig.read(character)
    rng = np.random.default_rng(1)
    q = rng.standard_normal((5, 55, 4))
    q /= np.linalg.norm(q, axis=2, keepdims=True)
    skeleton = addon.a2g_core.body.skeleton.SMPLX
    turned = addon.a2g_core.body.rotations.quaternion_to_matrix(np.array([0.5, 0.5, -0.5, 0.5]))
    odd = replace(rig, controls={**rig.controls, ARM: replace(rig.controls[ARM], rest=turned)})
    motion = addon.a2g_core.body.motion.Motion(q, np.zeros((5, 3)), 30.0, skeleton)
    (keyed,) = odd.values(motion, {ARM})
    back = odd.read({ARM: keyed.values}, None, 30.0).quaternions[:, skeleton.index(ARM)]
    np.testing.assert_allclose(np.abs(np.sum(back * q[:, skeleton.index(ARM)], axis=1)), 1.0, atol=1e-6)
