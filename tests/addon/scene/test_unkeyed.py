"""What an artist has set and not keyed yet stays while her character is played on a double."""

from __future__ import annotations

import bpy
import pytest
from scenes import strips


@pytest.fixture
def tweaked(addon, character, speech_file):
    """A character with a take that reaches for an animated object; object and head stand otherwise than keyed."""
    bpy.ops.a2g.generate()
    other = bpy.data.objects.new("Other", None)
    bpy.context.collection.objects.link(other)
    for frame, x in ((1, 1.0), (200, 2.0)):
        other.location.x = x
        other.keyframe_insert("location", frame=frame)
    copying = character.pose.bones["head"].constraints.new("COPY_ROTATION")
    copying.target, copying.influence = other, 0.5
    bpy.context.scene.frame_set(60)
    other.location.x = 7.0
    character.pose.bones["left_elbow"].rotation_quaternion = (0.5, 0.5, 0.5, 0.5)
    character.location.y = 3.0
    return character, other


@pytest.mark.parametrize("without_takes", [False, True])
def test_measuring_what_a_character_does_changes_nothing(addon, tweaked, without_takes):
    character, other = tweaked
    motion = addon.scene.rig.read_pose(character, range(40, 80), 30.0, without_takes=without_takes)
    assert len(motion) == 40 and strips(character)
    assert other.location.x == 7.0 and character.location.y == 3.0
    assert tuple(character.pose.bones["left_elbow"].rotation_quaternion) == (0.5, 0.5, 0.5, 0.5)
    assert bpy.context.scene.frame_current == 60
