"""Bad input ends in one clear sentence, and nothing is written."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
from refusals import refusal
from scenes import RATE_HZ, key_clip, select_only, turn, write_wav


def test_no_character(scene):
    assert "Add Character" in refusal(bpy.ops.a2g.generate)


def test_deleted_character(character, speech_file):
    bpy.ops.object.delete()
    assert "Add Character" in refusal(bpy.ops.a2g.generate)


def test_armature_without_the_bones(scene):
    bpy.ops.object.armature_add()
    text = refusal(bpy.ops.a2g.generate)
    assert text.startswith("No bone was found for the hips; choose it in the list of bones")


def test_no_speech(character):
    assert "sound strip" in refusal(bpy.ops.a2g.generate)


def test_missing_file(character):
    character.a2g_speech_source, character.a2g_speech_file = "FILE", "/nowhere/voice.wav"
    assert "/nowhere/voice.wav" in refusal(bpy.ops.a2g.generate)


def test_missing_file_of_a_strip(character, sound_strip):
    sound_strip.sound.filepath = "/nowhere/voice.wav"
    assert "/nowhere/voice.wav" in refusal(bpy.ops.a2g.generate)


def test_unknown_strip(character):
    character.a2g_speech_strip = "nobody"
    assert "'nobody'" in refusal(bpy.ops.a2g.generate)


@pytest.mark.parametrize("content", [b"", b"this is no sound", b"RIFF\x00\x00\x00\x00WAVE"])
def test_file_that_is_no_sound(character, tmp_path, content):
    path = tmp_path / "noise.wav"
    path.write_bytes(content)
    character.a2g_speech_source, character.a2g_speech_file = "FILE", str(path)
    assert "noise.wav" in refusal(bpy.ops.a2g.generate)


def test_silent_file(character, tmp_path):
    path = write_wav(tmp_path / "silence.wav", np.zeros(2 * RATE_HZ))
    character.a2g_speech_source, character.a2g_speech_file = "FILE", str(path)
    assert "silent" in refusal(bpy.ops.a2g.generate)


def test_no_body_part(character, speech_file):
    character.a2g_body_parts = set()
    assert "choose at least one above Generate Gestures" in refusal(bpy.ops.a2g.generate)


def test_nothing_to_pin(character):
    assert "select" in refusal(bpy.ops.a2g.pin_clips)
    assert "select" in refusal(bpy.ops.a2g.unpin_clips)


def test_nothing_pinned(character, speech_file):
    assert "no clip is pinned" in refusal(bpy.ops.a2g.regenerate_around_pins).lower()


def test_pin_outside_the_speech(addon, character, speech_file):
    strip = key_clip(addon.bl, character, "wave", 400, {"head": turn(2, np.linspace(0, 1, 20))})
    select_only(character, strip)
    bpy.ops.a2g.pin_clips()
    text = refusal(bpy.ops.a2g.regenerate_around_pins)
    assert "'wave' lies outside the speech (frames 37 to 156)" in text


def test_a_pin_elsewhere_does_not_stop_a_new_take(addon, runner, character, speech_file):
    strip = key_clip(addon.bl, character, "wave", 400, {"head": turn(2, np.linspace(0, 1, 20))})
    select_only(character, strip)
    bpy.ops.a2g.pin_clips()
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    assert "outside the speech" in runner.last()[0].notes[0]


def test_pinned_clip_that_turns_no_bone(addon, character, speech_file):
    strip = key_clip(addon.bl, character, "other", 50, {"tail": turn(2, np.linspace(0, 1, 20))})
    select_only(character, strip)
    bpy.ops.a2g.pin_clips()
    assert "'other'" in refusal(bpy.ops.a2g.generate)


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (lambda obj: setattr(obj.animation_data, "use_nla", False), "turned off"),
        (lambda obj: setattr(obj.animation_data.nla_tracks[0], "is_solo", True), "solo"),
    ],
)
def test_an_nla_that_would_not_show_the_take(addon, character, speech_file, spoil, word):
    key_clip(addon.bl, character, "wave", 50, {"head": turn(2, np.linspace(0, 1, 20))})
    spoil(character)
    assert word in refusal(bpy.ops.a2g.generate)


def test_nothing_to_apply_cancel_or_push_down(runner, character):
    runner.abandon()
    for operator in (bpy.ops.a2g.apply_take, bpy.ops.a2g.cancel, bpy.ops.a2g.push_down_action):
        refusal(operator)
