"""While an NLA strip is tweaked, its object's tracks stay as they are: Blender itself may crash otherwise."""

from __future__ import annotations

import bpy
import pytest
from scenes import counts, strips

REFUSE = [
    "generate", "next_take", "update_take", "change_phrase", "reproduce_take", "regenerate_around_pins", "recover_take",
    "use_take", "solo_take", "duplicate_take", "delete_take", "compare_take", "bake_action", "pin_clips", "unpin_clips",
    "remove_pin", "push_down_action", "stash_action", "enable_nla", "unsolo", "move_take",
    "raise_take", "stop_holding", "unmute_take", "reset_take_speed", "restore_frame_rate",
]  # fmt: skip


def tweak(obj) -> bpy.types.AnimData:
    data = obj.animation_data
    data.nla_tracks[0].select = data.nla_tracks[0].strips[0].select = True
    data.use_tweak_mode = True
    assert data.use_tweak_mode
    return data


@pytest.fixture
def take(character, speech_file) -> bpy.types.Object:
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    return character


def test_every_operator_that_changes_takes_or_tracks_refuses(take):
    tweak(take)
    before = counts()
    for name in REFUSE:
        with pytest.raises(RuntimeError):
            getattr(bpy.ops.a2g, name)()
    assert counts() == before and list(strips(take)) == ["Gestures"]
    assert bpy.ops.a2g.leave_tweak_mode() == {"FINISHED"}
    assert bpy.ops.a2g.delete_take() == {"FINISHED"}


def test_a_take_is_not_deleted_whose_action_another_object_tweaks(addon, take):
    bpy.ops.object.duplicate()
    other = bpy.context.active_object
    other.animation_data.nla_tracks[0].strips[0].action = strips(take)["Gestures"].action
    data = tweak(other)
    bpy.context.scene.a2g_character = take
    with pytest.raises(RuntimeError, match="is being tweaked"):
        bpy.ops.a2g.delete_take()
    data.use_tweak_mode = False
    assert bpy.ops.a2g.delete_take() == {"FINISHED"}


def test_a_ghost_that_is_tweaked_stays(addon, take):
    assert bpy.ops.a2g.compare_take() == {"FINISHED"}
    ghost = next(obj for obj in bpy.data.objects if obj.get(addon.scene.ghost.TAG) and obj.type == "ARMATURE")
    data = tweak(ghost)
    with pytest.raises(RuntimeError, match="is being tweaked"):
        bpy.ops.a2g.compare_take()
    data.use_tweak_mode = False
    assert bpy.ops.a2g.compare_take() == {"FINISHED"}
    assert not addon.scene.ghost.exists()


def test_a_slider_changes_nothing_that_is_being_tweaked(addon, take):
    bpy.context.scene.frame_set(60)
    assert addon.work.live.gather(take.session_uid, window=True) is not None
    tweak(take)
    assert addon.work.live.gather(take.session_uid, window=True) is None
