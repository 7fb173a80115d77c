"""What an artist does with a character of another make, by operators alone: from Generate to save and reload."""

from __future__ import annotations

from collections.abc import Collection

import bpy
import deform_table
import numpy as np
import pytest
import rigs
from refusals import refusal
from scenes import curves, select_only, strips

START, FRAMES = 37, 120
CLIP, CLIP_FRAMES = 70, 40
ARM = ("left_shoulder", "left_elbow", "left_wrist")
HELD = range(CLIP + 15, CLIP + CLIP_FRAMES - 15, 4)
"""Frames of the clip on which no fade is left."""


def speak(obj: bpy.types.Object, voice) -> None:
    bpy.context.scene.a2g_character = obj
    obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", str(voice), START


def key_arm(addon, obj: bpy.types.Object, **switches: float) -> bpy.types.NlaStrip:
    """An artist's clip of the left arm, keyed on its own bones in their own rotation modes, on a track of its own.

    switches: properties of bones to key beside it, by name, on the bones that the rig's map names.
    """
    rig = addon.scene.rig
    bones = {joint: rig.joints(obj)[joint] for joint in ARM if joint in rig.joints(obj)}
    action, owner, slot = addon.bl.new_action("wave", obj)
    for n, bone in enumerate(bones.values()):
        mode = obj.pose.bones[bone].rotation_mode
        name, width = ("rotation_quaternion", 4) if mode == "QUATERNION" else ("rotation_euler", 3)
        for k in range(width):
            curve = addon.bl.new_fcurve(owner, f'pose.bones["{bone}"].{name}', k, bone)
            for frame in range(CLIP_FRAMES):
                value = 0.15 * (k + 1) - 0.1 * n + 0.2 * np.sin(frame / 8 + k)
                value = 1.0 if width == 4 and k == 0 else value
                curve.keyframe_points.insert(CLIP + frame, value).interpolation = "LINEAR"
    for switch in rig.fit(obj).switches:
        if switch.property in switches:
            path = rig.switch_path(switch)
            curve = addon.bl.new_fcurve(owner, path, 0, switch.bone)
            curve.keyframe_points.insert(CLIP, switches[switch.property])
    track = (obj.animation_data or obj.animation_data_create()).nla_tracks.new()
    track.name = "wave"
    strip = addon.bl.add_nla_strip(track, "wave", CLIP, action, slot)
    strip.extrapolation = "NOTHING"
    return strip


def local_turns(addon, obj: bpy.types.Object, joints: Collection[str]) -> np.ndarray:
    """What the character shows on the frames that are held, by its deform bones, (frames, joints, 4)."""
    motion = addon.scene.rig.read_pose(obj, HELD, 30.0)
    return motion.quaternions[:, [motion.skeleton.index(joint) for joint in joints]].astype(np.float64)


def degrees_between(a: np.ndarray, b: np.ndarray) -> float:
    cosine = np.abs(np.sum(a * b, axis=-1)) / (np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1))
    return float(np.degrees(2 * np.arccos(np.clip(cosine, 0, 1))).max())


def keys(addon, obj: bpy.types.Object, track: str = "Gestures") -> np.ndarray:
    found = curves(addon.bl, strips(obj)[track])
    return np.stack([found[path][:, 1] for path in sorted(found)], axis=1)


def only(obj: bpy.types.Object, track: str) -> None:
    """Let one track play."""
    for other in obj.animation_data.nla_tracks:
        other.mute = other.name != track


def unmute(obj: bpy.types.Object) -> None:
    for track in obj.animation_data.nla_tracks:
        track.mute = False


CHARACTERS = ("made_mixamo", "made_chibi", "mpfb_mixamo", pytest.param("rigify", marks=pytest.mark.slow))


@pytest.mark.parametrize("name", CHARACTERS)
def test_the_artists_flow(addon, scene, voice, tmp_path, name):
    if not rigs.available(name):
        pytest.skip("its file is not here")
    obj = rigs.make(name).armature
    speak(obj, voice)
    ops = bpy.ops.a2g

    assert ops.generate() == {"FINISHED"}
    first = keys(addon, obj)
    assert np.ptp(first, axis=0).max() > 0.01
    assert ops.next_take() == {"FINISHED"}
    assert list(strips(obj)) == ["Gestures", "Gestures 2"]
    assert ops.delete_take() == {"FINISHED"} and ops.use_take(track="Gestures") == {"FINISHED"}

    scene.frame_set(START + 60)
    assert ops.change_phrase() == {"FINISHED"}
    phrase = keys(addon, obj)
    assert (phrase != first).any()
    assert ops.change_phrase(direction="PREVIOUS") == {"FINISHED"}
    np.testing.assert_array_equal(keys(addon, obj), first)
    scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end = True, 60, 100
    assert ops.regenerate_range() == {"FINISHED"}
    assert (keys(addon, obj) != first).any()
    scene.use_preview_range = False

    wave = key_arm(addon, obj, IK_FK=1.0)
    select_only(obj, wave)
    assert ops.pin_clips() == {"FINISHED"}
    assert ops.regenerate_around_pins() == {"FINISHED"}
    assert list(strips(obj)) == ["wave", "Gestures"] and not wave.mute
    joints = [joint for joint in ARM if joint in addon.scene.rig.joints(obj)]
    only(obj, "Gestures")
    followed = local_turns(addon, obj, joints)
    only(obj, "wave")
    assert degrees_between(followed, local_turns(addon, obj, joints)) < 1
    unmute(obj)

    style = addon.work.gesture_model.load().styles[0]
    assert ops.choose_style(style=style) == {"FINISHED"}
    before = keys(addon, obj)
    assert ops.update_take() == {"FINISHED"}
    updated = keys(addon, obj)
    assert (updated != before).any()
    assert ops.reproduce_take() == {"FINISHED"}
    np.testing.assert_array_equal(keys(addon, obj, "Gestures 2"), updated)
    assert ops.delete_take(track="Gestures 2") == {"FINISHED"} and ops.use_take(track="Gestures") == {"FINISHED"}

    obj.a2g_layering, obj.a2g_body_parts = "COMBINE", {"ARMS", "HEAD"}
    assert ops.generate() == {"FINISHED"}
    combined = strips(obj)["Gestures 2"]
    assert combined.blend_type == "COMBINE"
    keyed = {path.split('"')[1] for path, _ in curves(addon.bl, combined)}
    assert not keyed & {addon.scene.rig.joints(obj)[joint] for joint in ("left_hip", "right_knee", "pelvis")}
    assert ops.delete_take(track="Gestures 2") == {"FINISHED"} and ops.use_take(track="Gestures") == {"FINISHED"}
    obj.a2g_layering = "REPLACE"

    kept = obj.name
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "file.blend"))
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "file.blend"))
    obj = bpy.data.objects[kept]
    assert bpy.context.scene.a2g_character == obj
    np.testing.assert_array_equal(keys(addon, obj), updated)
    bpy.ops.ed.undo_push(message="before")
    assert ops.update_take("EXEC_DEFAULT", True) == {"FINISHED"}
    scene = bpy.context.scene
    scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end = True, 110, 140
    assert ops.regenerate_range("EXEC_DEFAULT", True) == {"FINISHED"}
    assert (keys(addon, obj) != updated).any()
    bpy.ops.ed.undo()
    bpy.ops.ed.undo()
    np.testing.assert_array_equal(keys(addon, bpy.data.objects[kept]), updated)


def test_a_pin_of_one_character_is_followed_by_another(addon, scene, voice):
    """The clip's action, keyed on one character's bones, on another of the same family and another build."""
    first = rigs.make("made_mixamo").armature
    action = key_arm(addon, first).action
    second = rigs.make("mpfb_mixamo" if rigs.available("mpfb_mixamo") else "made_mixamo").armature
    speak(second, voice)
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    track = second.animation_data.nla_tracks.new()
    track.name = "wave"
    strip = addon.bl.add_nla_strip(track, "wave", CLIP, action, addon.bl.first_slot(action))
    strip.extrapolation = "NOTHING"
    select_only(second, strip)
    assert bpy.ops.a2g.pin_clips() == {"FINISHED"}
    assert bpy.ops.a2g.regenerate_around_pins() == {"FINISHED"}
    only(second, "Gestures")
    followed = local_turns(addon, second, ARM)
    only(second, "wave")
    assert degrees_between(followed, local_turns(addon, second, ARM)) < 1


# Clips that are keyed otherwise than on the rig's controls ------------------------------------------------------------

IN_IK = [
    ("hand_ik.L", "location", lambda t: (0.1 * np.sin(6 * t), 0.1 * t, -0.1)),
    ("hand_ik.R", "rotation_quaternion", lambda t: (1, 0.3 * np.sin(6 * t), 0, 0)),
    ("torso", "location", lambda t: (0.03 * np.sin(6 * t), 0, -0.06 - 0.04 * t)),
    ("torso", "rotation_quaternion", lambda t: (1, 0.05 * t, 0.1 * np.sin(6 * t), 0)),
    ("chest", "rotation_quaternion", lambda t: (1, 0.1 * t, 0, 0.1 * np.sin(6 * t))),
    ("shoulder.L", "rotation_euler", lambda t: (0.1 * np.sin(6 * t), 0, 0.1 * t)),
    ("shoulder.R", "rotation_euler", lambda t: (0, 0.05 * t, 0)),
    ("foot_heel_ik.L", "rotation_euler", lambda t: (0.3 * np.sin(6 * t), 0, 0)),
    ("f_index.01_master.L", "scale", lambda t: (1, 1 - 0.3 * t, 1)),
]
"""As an animator of Rigify keys: goals of hands and feet, masters of trunk and fingers."""

FK, IK = [("upper_arm_fk.L", "rotation_quaternion", lambda t: (1, 0.3 * np.sin(6 * t), 0, 0))], 0.0


def key_bones(addon, obj: bpy.types.Object, name: str, bones, switch: float | None = None) -> bpy.types.NlaStrip:
    """A clip of these bones alone, selected; switch: what "IK_FK" of the left arm is keyed to."""
    action, owner, slot = addon.bl.new_action(name, obj)

    def key(path: str, bone: str, values: np.ndarray) -> None:
        for k, column in enumerate(values.T):
            curve = addon.bl.new_fcurve(owner, path, k, bone)
            for frame, value in enumerate(column):
                curve.keyframe_points.insert(CLIP + frame, value).interpolation = "LINEAR"

    for bone, channel, at in bones:
        values = np.array([at(frame / CLIP_FRAMES) for frame in range(CLIP_FRAMES)], float)
        key(f'pose.bones["{bone}"].{channel}', bone, values)
    if switch is not None:
        key('pose.bones["upper_arm_parent.L"]["IK_FK"]', "upper_arm_parent.L", np.full((CLIP_FRAMES, 1), switch))
    track = (obj.animation_data or obj.animation_data_create()).nla_tracks.new()
    track.name = name
    strip = addon.bl.add_nla_strip(track, name, CLIP, action, slot)
    strip.extrapolation = "NOTHING"
    select_only(obj, strip)
    return strip


def pointing(character: rigs.Character) -> dict[str, np.ndarray]:
    """How limbs and hands point on the held frames, by the deform bones."""
    places = deform_table.observe(character, HELD).places
    pairs = [*((f"{s}_{a}", f"{s}_{b}") for s in ("left", "right") for a, b in LIMBS)]
    steps = {f"{a} {b}": places[b] - places[a] for a, b in pairs}
    return {name: step / np.linalg.norm(step, axis=1, keepdims=True) for name, step in steps.items()}


LIMBS = (("shoulder", "elbow"), ("elbow", "wrist"), ("wrist", "middle1"), ("hip", "knee"), ("knee", "ankle"))


@pytest.mark.slow
def test_a_clip_in_inverse_kinematics_is_followed_as_it_looks_by_a_character_of_another_make(
    addon, scene, voice, monkeypatch
):
    character = rigs.make("rigify")
    obj = scene.a2g_character = character.armature
    strip = key_bones(addon, obj, "reach", IN_IK)
    assert bpy.ops.a2g.pin_clips() == {"FINISHED"}
    obj.a2g_pins[0].body_parts = {"ARMS", "HANDS", "TORSO", "HEAD", "LEGS"}
    played = addon.owner.owned(addon.scene.played.Played)
    frames = played.frames
    clips = addon.scene.pins.read_pins(obj, 30.0)
    assert addon.scene.pins.read_pins(obj, 30.0)[0].clip is not None
    assert played.frames == frames + CLIP_FRAMES  # once
    names = set(clips[0].clip.skeleton.names)
    assert {"spine3", "left_shoulder", "left_elbow", "left_wrist", "right_wrist", "left_index2"} <= names
    assert not {"left_pinky1", "jaw", "right_index2"} & names and clips[0].travels
    looks = pointing(character)
    second = rigs.make("made_mixamo")
    speak(second.armature, voice)
    monkeypatch.setattr(addon.scene.pins, "read_pins", lambda _obj, _fps: clips)
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    for name, directions in pointing(second).items():
        apart = np.degrees(np.arcsin(np.linalg.norm(np.cross(directions, looks[name]), axis=1)))
        if "hip" not in name and "knee" not in name:  # feet are planted, on other legs
            assert apart.max() < 1, name
    monkeypatch.undo()
    strip.mute = True

    key_bones(addon, obj, "unseen", FK, IK)
    scene.a2g_character = obj
    text = refusal(bpy.ops.a2g.pin_clips)
    assert "turns 'upper_arm_fk.L'" in text and "'IK_FK' of 'upper_arm_parent.L' is not 1.0" in text
    seen = key_bones(addon, obj, "seen", FK, 1.0)
    assert bpy.ops.a2g.pin_clips() == {"FINISHED"}
    obj.a2g_pins[0].muted = True
    (clip,) = addon.scene.pins.read_pins(obj, 30.0)
    assert clip.clip.skeleton.names == ("left_shoulder",) and played.frames == frames + CLIP_FRAMES  # its keys tell
    seen.mute = True
    key_bones(addon, obj, "stretched", [("VIS_thigh_ik_pole.L", "scale", lambda t: (1, t, 1))])
    assert "turns none of the character's bones" in refusal(bpy.ops.a2g.pin_clips)
