"""What makes takes look otherwise than they were made: it is said, disables nothing, and a button mends it."""

from __future__ import annotations

import math

import bpy
import numpy as np
import pytest
from refusals import mends, problems, warns
from scenes import key_clip, place_sound, pose_matrices, strips, turn

FRAMES = range(40, 150, 12)


@pytest.fixture
def take(addon, character, speech_file) -> bpy.types.Object:
    """A character with a take on frames 37 to 156; nothing is wrong with it."""
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    assert problems(addon) == []
    return character


def wrists(obj, frames=FRAMES) -> np.ndarray:
    return np.array([pose_matrices(obj, frame)["left_wrist"][:3, 3] for frame in frames])


def clip(addon, obj, start, n=10, bones=("left_shoulder",), name="wave", **settings) -> bpy.types.NlaStrip:
    """An artist's clip on the uppermost track, with Blender's defaults."""
    strip = key_clip(addon.bl, obj, name, start, {bone: turn(2, np.linspace(0, 1, n)) for bone in bones})
    for setting, value in settings.items():
        setattr(strip, setting, value)
    return strip


# --- the scene and the armature -----------------------------------------


def test_rest_position(addon, character, speech_file):
    character.data.pose_position = "REST"
    mends(addon, "is in Rest Position", "a2g.use_pose_position")


def test_rest_position_of_a_linked_armature(addon, character, speech_file, tmp_path):
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "library.blend"), copy=True)
    with bpy.data.libraries.load(str(tmp_path / "library.blend"), link=True) as (_, wanted):
        wanted.armatures = ["Character"]
    character.data = wanted.armatures[0]
    character.data.pose_position = "REST"
    with pytest.raises(RuntimeError, match="linked from another file"):
        bpy.ops.a2g.use_pose_position()


def test_time_stretching(addon, take, scene):
    before = wrists(take)
    scene.render.frame_map_new = 200
    assert np.abs(wrists(take) - before).max() > 0.05
    warns(addon, "Time Stretching", "a2g.reset_time_stretching")
    np.testing.assert_allclose(wrists(take), before, atol=1e-6)


def test_what_is_wrong_is_said_to_scripts_too(addon, take, scene, capfd):
    scene.render.frame_map_new = 200
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    assert "Time Stretching" in "".join(capfd.readouterr())


def rotating(obj, kind) -> None:
    bone = obj.pose.bones["left_elbow"]
    if kind == "chain":
        bone, target = obj.pose.bones["left_wrist"], bpy.data.objects.new("target", None)
        bpy.context.collection.objects.link(target)
        ik = bone.constraints.new("IK")
        ik.target, ik.chain_count = target, 3
    elif kind == "constraint":
        limit = bone.constraints.new("LIMIT_ROTATION")
        limit.use_limit_x = limit.use_limit_y = limit.use_limit_z = True
    else:
        bone.driver_add("rotation_quaternion", 3).driver.expression = "0.5"


@pytest.mark.parametrize("kind", ["constraint", "chain", "driver"])
def test_what_else_turns_the_bones(addon, take, kind):
    before = wrists(take)
    rotating(take, kind)
    assert np.abs(wrists(take) - before).max() > 0.05
    warns(addon, "drivers turn bones", "a2g.mute_constraints")
    np.testing.assert_allclose(wrists(take), before, atol=1e-6)


def test_what_turns_no_bone_of_the_gestures_is_no_problem(addon, take):
    rotating(take, "constraint")
    take.a2g_body_parts = {"HEAD"}
    assert problems(addon) == []
    take.a2g_body_parts = {"ARMS"}
    bone = take.pose.bones["left_elbow"]
    bone.constraints[0].mute = True
    bone.constraints.new("COPY_TRANSFORMS")  # without a target it does nothing
    bone.constraints.new("LIMIT_SCALE")
    bone.driver_add("scale", 0).driver.expression = "1"
    bone.driver_add("rotation_euler", 0).driver.expression = "1"  # it rotates by quaternion
    assert problems(addon) == []


# --- the take's own strip -----------------------------------------------


@pytest.mark.parametrize("setting", [{"scale": 2.0}, {"repeat": 2.0}, {"use_reverse": True}])
def test_a_take_at_another_speed(addon, take, setting):
    before, strip = wrists(take), strips(take)["Gestures"]
    for name, value in setting.items():
        setattr(strip, name, value)
    warns(addon, "does not play at its own speed", "a2g.reset_take_speed")
    assert (strip.frame_start, strip.frame_end) == (37, 156)
    np.testing.assert_allclose(wrists(take), before, atol=1e-6)


@pytest.mark.parametrize(("fps", "base"), [(24, 1.0), (30, 1.001), (60, 1.0)])
def test_another_frame_rate(addon, take, scene, fps, base):
    scene.render.fps, scene.render.fps_base = fps, base
    warns(addon, "frames per second, but the scene plays", "a2g.restore_frame_rate")
    assert scene.render.fps == 30 and scene.render.fps_base == pytest.approx(1)


def test_a_frame_rate_that_is_no_whole_number_comes_back(addon, character, speech_file, scene):
    scene.render.fps, scene.render.fps_base = 30, 1.001
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    scene.render.fps, scene.render.fps_base = 24, 1.0
    warns(addon, "frames per second, but the scene plays", "a2g.restore_frame_rate")
    assert bpy.ops.a2g.update_take() == {"FINISHED"}


def test_a_muted_track(addon, take):
    before = wrists(take)
    take.animation_data.nla_tracks[0].mute = True
    warns(addon, "track of take 'Gestures' is muted", "a2g.unmute_take")
    np.testing.assert_allclose(wrists(take), before, atol=1e-6)


def test_a_take_that_the_artist_muted_is_no_problem(addon, take):
    strips(take)["Gestures"].mute = True
    assert problems(addon) == []
    strips(take)["Gestures"].mute = False
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    assert problems(addon) == []  # the first one is muted by itself
    strips(take)["Gestures"].mute = False
    take.animation_data.nla_tracks[0].mute = True
    assert problems(addon) == []  # the second one plays instead


# --- what lies above ----------------------------------------------------


@pytest.mark.parametrize(("start", "extrapolation"), [(300, "HOLD"), (1, "HOLD_FORWARD")])
@pytest.mark.parametrize("fix", ["a2g.stop_holding", "a2g.raise_take"])
def test_a_clip_above_that_holds_its_pose(addon, take, start, extrapolation, fix):
    before, recipe = wrists(take), strips(take)["Gestures"].action.a2g.recipe
    clip(addon, take, start, extrapolation=extrapolation)
    assert np.abs(wrists(take) - before).max() > 0.05
    warns(addon, "holds its pose", fix)
    np.testing.assert_allclose(wrists(take), before, atol=1e-6)
    assert strips(take)["wave"].extrapolation == ("NOTHING" if fix == "a2g.stop_holding" else extrapolation)
    (playing,) = (s for s in strips(take).values() if s.action.a2g.is_take)
    assert playing.action.a2g.recipe == recipe and (playing.frame_start, playing.frame_end) == (37, 156)


def test_a_clip_that_covers_the_whole_take(addon, take):
    before = wrists(take)
    keyed = {c.data_path.split('"')[1] for c in addon.bl.fcurves(*played(addon, take))}
    cover = clip(addon, take, 30, 140, bones=sorted(keyed), extrapolation="NOTHING")
    owner = addon.bl.curve_owner(cover.action)
    for k in range(3):
        addon.bl.new_fcurve(owner, 'pose.bones["pelvis"].location', k, "pelvis").keyframe_points.insert(30, 0.0)
    assert np.abs(wrists(take) - before).max() > 0.05
    warns(addon, "lies over all of take", "a2g.raise_take")
    np.testing.assert_allclose(wrists(take), before, atol=1e-6)


def played(addon, obj):
    strip = strips(obj)["Gestures"]
    return strip.action, addon.bl.slot_of(strip)


def test_what_the_nla_is_for_is_no_problem(addon, take, scene):
    """A clip over a part of the take, a layer of some bones, what is added, what is muted, what lies below."""
    clip(addon, take, 60, name="part", extrapolation="NOTHING")
    clip(addon, take, 300, name="later", extrapolation="HOLD_FORWARD")
    clip(addon, take, 1, 200, name="layer", bones=("left_index1",), extrapolation="NOTHING")
    clip(addon, take, 300, name="added", blend_type="COMBINE")
    clip(addon, take, 300, name="muted", mute=True)
    clip(addon, take, 300, name="track")
    take.animation_data.nla_tracks["track"].mute = True
    fading = clip(addon, take, 10, name="fading")
    fading.use_auto_blend = False
    fading.blend_out = 5
    fading.extrapolation = "HOLD_FORWARD"
    assert problems(addon) == []
    before = wrists(take, (80, 100, 140))
    fading.mute = True
    np.testing.assert_allclose(wrists(take, (80, 100, 140)), before, atol=1e-6)


def test_a_hold_that_ends_before_the_take_is_no_problem(addon, take):
    first = clip(addon, take, 1, 5, extrapolation="HOLD_FORWARD")
    track = take.animation_data.nla_tracks["wave"]
    addon.bl.add_nla_strip(track, "next", 20, first.action, addon.bl.slot_of(first)).extrapolation = "NOTHING"
    assert problems(addon) == []
    first.extrapolation = "NOTHING"
    track.strips[1].extrapolation = "HOLD_FORWARD"
    assert [p.fixes[0].operator for p in problems(addon)] == ["a2g.stop_holding"]


# --- the speech ---------------------------------------------------------


def sounds_for(take, scene, voice, kind):
    """The take's speech as a strip or as a file: (how to move it to a frame)."""
    if kind == "file":
        return lambda frame: setattr(take, "a2g_start_frame", frame)
    strip = place_sound(scene, voice, 0, 0)
    take.a2g_speech_source = "STRIP"
    return lambda frame: setattr(strip, "frame_start", frame)


@pytest.mark.parametrize("kind", ["file", "strip"])
def test_a_speech_that_was_moved(addon, character, scene, speech_file, voice, kind):
    move = sounds_for(character, scene, voice, kind)
    move(37)
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    before, recipe = wrists(character), strips(character)["Gestures"].action.a2g.recipe
    assert problems(addon) == []
    move(77)
    bpy.ops.ed.undo_push(message="moved")
    warns(addon, "moved to frame 77, but take 'Gestures' begins on frame 37", "a2g.move_take")
    np.testing.assert_allclose(wrists(character, [f + 40 for f in FRAMES]), before, atol=1e-6)
    # What can be done with a take can be done there.
    scene.frame_set(100)
    for change in (bpy.ops.a2g.change_phrase, bpy.ops.a2g.update_take):
        assert change() == {"FINISHED"}
    (strip,) = strips(character).values()
    assert (strip.frame_start, strip.frame_end) == (77, 196)
    assert addon.scene.recipe.Recipe.from_text(strip.action.a2g.recipe).speech_digest in recipe


@pytest.mark.parametrize("kind", ["file", "strip"])
def test_reproduce_take_puts_it_where_the_speech_is(addon, character, scene, speech_file, voice, kind):
    move = sounds_for(character, scene, voice, kind)
    move(37)
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    before = wrists(character)
    move(77)
    assert bpy.ops.a2g.reproduce_take() == {"FINISHED"}
    assert strips(character)["Gestures 2"].frame_start == 77
    assert problems(addon) == []
    np.testing.assert_allclose(wrists(character, [f + 40 for f in FRAMES]), before, atol=1e-6)


def test_moving_a_take_is_one_undo_step(addon, take):
    take.a2g_start_frame = 77
    bpy.ops.ed.undo_push(message="moved")
    bpy.ops.a2g.move_take("EXEC_DEFAULT", True)
    bpy.ops.ed.undo()
    assert strips(bpy.data.objects["Character"])["Gestures"].frame_start == 37


def test_a_take_that_the_artist_moved_stays(addon, take):
    strips(take)["Gestures"].frame_start_ui = 40
    assert problems(addon) == []
    take.a2g_start_frame = 40
    assert problems(addon) == []  # moved together


def test_a_moved_take_takes_its_influence_along(addon, take):
    strip = strips(take)["Gestures"]
    strip.use_animated_influence = True
    for frame, value in ((40, 0.0), (60, 1.0)):
        strip.influence = value
        strip.keyframe_insert("influence", frame=frame)
    before = wrists(take)
    take.a2g_start_frame = 137
    assert bpy.ops.a2g.move_take() == {"FINISHED"}
    np.testing.assert_allclose(wrists(take, [f + 100 for f in FRAMES]), before, atol=1e-6)


def test_a_take_that_has_no_room_there_stays_and_is_told(addon, take):
    strip = strips(take)["Gestures"]
    other = addon.bl.add_nla_strip(
        take.animation_data.nla_tracks[0], "other", 400, strip.action, addon.bl.slot_of(strip)
    )
    other.action = clip(addon, take, 800, extrapolation="NOTHING").action
    take.a2g_start_frame = round(other.frame_start) - 20
    with pytest.raises(RuntimeError, match="has no room there"):
        bpy.ops.a2g.move_take()
    assert strip.frame_start == 37


def test_a_speech_that_is_spoken_twice_has_not_moved(addon, take):
    take.a2g_start_frame = 300
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    assert not any(strip.mute for strip in strips(take).values())
    assert problems(addon) == []


def test_a_strip_that_was_trimmed_has_not_moved(addon, character, sound_strip):
    character.a2g_speech_source = "STRIP"
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    name = "left_handle" if hasattr(sound_strip, "left_handle") else "frame_final_start"
    setattr(sound_strip, name, 60)
    assert not [problem for problem in problems(addon) if "was moved" in problem.text]


# --- tracks that were muted when the file was opened --------------------


@pytest.mark.parametrize("button", ["use_take", "solo_take", "unmute_take"])
def test_a_take_plays_that_was_muted_when_the_file_was_opened(addon, take, tmp_path, button):
    before = wrists(take)
    take.animation_data.nla_tracks[0].mute = True
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "muted.blend"))
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "muted.blend"))
    take = bpy.data.objects["Character"]
    assert np.abs(wrists(take) - before).max() > 0.05
    assert getattr(bpy.ops.a2g, button)() == {"FINISHED"}
    np.testing.assert_allclose(wrists(take), before, atol=1e-6)
    assert len(take.animation_data.nla_tracks) == 1


# --- the active Action --------------------------------------------------


def swing(obj, *frames) -> None:
    """Key the elbow, as the object's active Action."""
    bone = obj.pose.bones["left_elbow"]
    for number, frame in enumerate(frames):
        angle = 0.2 + number % 3 * 0.4
        bone.rotation_quaternion = (math.cos(angle / 2), 0, 0, math.sin(angle / 2))
        bone.keyframe_insert("rotation_quaternion", frame=frame)


@pytest.mark.parametrize("frames", [(10, 30, 50), (20,), (10.5, 40.25)])
@pytest.mark.parametrize("settings", [{}, {"action_extrapolation": "NOTHING"}, {"action_influence": 0.5}])
@pytest.mark.parametrize("beside", [False, True])
def test_push_down_action_changes_nothing_that_is_seen(addon, character, scene, frames, settings, beside):
    swing(character, *frames)
    data = character.animation_data
    if beside:
        clip(addon, character, 1, bones=("head",), extrapolation="NOTHING")
    for name, value in settings.items():
        setattr(data, name, value)
    shown = range(scene.frame_start, scene.frame_end + 1, 3)
    before = wrists(character, shown)
    assert bpy.ops.a2g.push_down_action() == {"FINISHED"}
    assert data.action is None
    np.testing.assert_allclose(wrists(character, shown), before, atol=1e-5)


def test_push_down_action_hides_no_take_beside_it(addon, take):
    before = wrists(take, (80, 100, 140))
    swing(take, 10, 30, 60)
    assert bpy.ops.a2g.push_down_action() == {"FINISHED"}
    strip = take.animation_data.nla_tracks[-1].strips[0]
    assert strip.extrapolation == "NOTHING" and (strip.frame_start, strip.frame_end) == (10, 60)
    np.testing.assert_allclose(wrists(take, (80, 100, 140)), before, atol=1e-6)
    assert problems(addon) == []


@pytest.mark.parametrize("button", ["push_down_action", "stash_action"])
def test_an_action_with_two_slots_keeps_its_length(addon, character, button):
    swing(character, 10, 30, 50)
    action = character.animation_data.action
    if not hasattr(action, "slots"):
        pytest.skip("Actions have no slots here")
    other = bpy.data.objects.new("Other", None)
    data = other.animation_data_create()
    data.action, data.action_slot = action, action.slots.new(id_type="OBJECT", name="Other")
    other.keyframe_insert("location", frame=1)
    character.name = "Renamed"
    before = wrists(character, range(10, 51, 4))
    assert getattr(bpy.ops.a2g, button)() == {"FINISHED"}
    track = character.animation_data.nla_tracks[0]
    (strip,) = track.strips
    assert (strip.frame_start, strip.frame_end) == (10, 50)
    assert strip.action_slot.identifier == "OBCharacter"
    track.mute = False
    addon.scene.nla.wake(character)
    np.testing.assert_allclose(wrists(character, range(10, 51, 4)), before, atol=1e-6)
