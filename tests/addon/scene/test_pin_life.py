"""What a pin survives: everything that an artist does to its strip, its Action, its character and its file."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
from scenes import key_clip, select_only, turn

ARM = "left_shoulder"


@pytest.fixture
def wave(addon, character) -> bpy.types.NlaStrip:
    """A pinned clip of one arm on frames 80 to 109, followed at half strength and without hands."""
    strip = key_clip(addon.bl, character, "wave", 80, {ARM: turn(2, 1.0 + 0.3 * np.sin(np.arange(30) / 3))})
    strip.extrapolation = "NOTHING"
    select_only(character, strip)
    assert bpy.ops.a2g.pin_clips() == {"FINISHED"}
    character.a2g_pins[0].strength = 0.5
    character.a2g_pins[0].body_parts = {"ARMS", "HEAD"}
    return strip


def in_nla_editor(operator, **options):
    """Run one of the NLA editor's own operators there."""
    window = bpy.context.window_manager.windows[0]
    area = window.screen.areas[0]
    area.type = "NLA_EDITOR"
    region = next(region for region in area.regions if region.type == "WINDOW")
    with bpy.context.temp_override(window=window, area=area, region=region):
        assert operator(**options) == {"FINISHED"}


def select_tracks(obj):
    """NLA operators regard selected strips of selected tracks of the active object."""
    bpy.context.view_layer.objects.active = obj
    obj.select_set(True)


def pinned(addon, obj) -> list[tuple[str, float]]:
    """Names of the pinned strips and the strength that each is followed with."""
    return [(p.strip.name, p.settings.strength) for p in addon.scene.pins.pinned_strips(obj)]


def lost(addon, obj) -> list[str]:
    return [obj.a2g_pins[index].strip for index in sorted(addon.scene.pins.lost_pins(obj))]


def save_and_open(path) -> bpy.types.Object:
    bpy.ops.wm.save_as_mainfile(filepath=str(path))
    bpy.ops.wm.open_mainfile(filepath=str(path))
    return next(obj for obj in bpy.context.scene.objects if obj.type == "ARMATURE")


def test_renaming_strip_track_and_action(addon, character, wave):
    track = character.animation_data.nla_tracks["wave"]
    wave.name = "hello"
    assert pinned(addon, character) == [("hello", 0.5)]
    track.name = "my track"
    assert pinned(addon, character) == [("hello", 0.5)]
    addon.scene.pins.sync_entries(character)
    entry = character.a2g_pins[0]
    assert (entry.track, entry.strip, entry.action, entry.name) == ("my track", "hello", "wave", "hello")
    wave.action.name = "greeting"
    assert pinned(addon, character) == [("hello", 0.5)]
    wave.name = "greeting"  # both at once: the only pin of that track whose Action is gone
    assert pinned(addon, character) == [("greeting", 0.5)]
    assert lost(addon, character) == []


def test_swapping_names_goes_by_the_names(addon, character, wave):
    other = key_clip(addon.bl, character, "nod", 20, {"head": turn(0, np.linspace(0, 1, 20))})
    select_only(character, other)
    bpy.ops.a2g.pin_clips()
    wave.name, other.name = "a", "b"
    assert pinned(addon, character) == [("a", 0.5), ("b", 1.0)]


def test_moving_to_another_track_and_time(addon, character, wave):
    bpy.ops.ed.undo_push(message="before")
    wave.frame_start_ui = 40
    (clip,) = addon.scene.pins.read_pins(character, 30.0)
    assert (clip.start_frame, len(clip.clip), clip.strength) == (40, 30, 0.5)
    action, slot = wave.action, addon.bl.slot_of(wave)
    character.animation_data.nla_tracks.remove(character.animation_data.nla_tracks["wave"])
    track = character.animation_data.nla_tracks.new()
    track.name = "elsewhere"
    addon.bl.add_nla_strip(track, "wave", 60, action, slot)
    assert pinned(addon, character) == [("wave", 0.5)]


def test_trimming_and_scaling(addon, character, wave):
    wave.action_frame_end = wave.frame_end = 95
    (clip,) = addon.scene.pins.read_pins(character, 30.0)
    assert (clip.start_frame, len(clip.clip)) == (80, 16)
    wave.scale = 2.0
    (scaled,) = addon.scene.pins.read_pins(character, 30.0)
    assert len(scaled.clip) == 31
    np.testing.assert_allclose(scaled.clip.quaternions[::2], clip.clip.quaternions, atol=1e-6)


@pytest.mark.parametrize("linked", [True, False])
def test_a_duplicate_is_pinned_as_its_original(addon, character, wave, linked):
    select_tracks(character)
    in_nla_editor(bpy.ops.nla.duplicate, linked=linked)
    assert sorted(pinned(addon, character)) == [("wave", 0.5), ("wave.001", 0.5)]
    assert len(character.a2g_pins) == 1
    addon.scene.pins.sync_entries(character)
    assert sorted(entry.strip for entry in character.a2g_pins) == ["wave", "wave.001"]
    assert [entry.body_parts for entry in character.a2g_pins] == [{"ARMS", "HEAD"}] * 2
    character.a2g_pins[1].strength = 0.25
    assert sorted(pinned(addon, character)) == [("wave", 0.5), ("wave.001", 0.25)]
    # Renamed, the two go by their tracks; each keeps its own settings.
    for placed in addon.scene.nla.placed_strips(character):
        placed.strip.name = placed.strip.name.replace("wave", "hello")
    assert sorted(strength for _name, strength in pinned(addon, character)) == [0.25, 0.5]
    assert lost(addon, character) == []


def test_both_parts_of_a_split_strip_stay_pinned_and_nothing_fades_between(addon, character, wave):
    (whole,) = addon.scene.pins.read_pins(character, 30.0)
    select_tracks(character)
    bpy.context.scene.frame_set(95)
    in_nla_editor(bpy.ops.nla.split)
    assert pinned(addon, character) == [("wave", 0.5), ("wave.001", 0.5)]
    (joined,) = addon.scene.pins.read_pins(character, 30.0)
    assert (joined.start_frame, joined.strength) == (80, 0.5)
    assert (joined.fade_in_s, joined.fade_out_s) == (whole.fade_in_s, whole.fade_out_s)
    np.testing.assert_allclose(joined.clip.quaternions, whole.clip.quaternions, atol=1e-6)
    addon.scene.pins.sync_entries(character)
    second = character.a2g_pins[1]
    second.strength, second.fade_out_frames = 1.0, 15
    (stepped,) = addon.scene.pins.read_pins(character, 30.0)
    np.testing.assert_array_equal(stepped.strength, [0.5] * 15 + [1.0] * 15)
    assert (stepped.fade_in_s, stepped.fade_out_s) == pytest.approx((8 / 30, 0.5))
    character.a2g_pins[0].muted = True
    (rest,) = addon.scene.pins.read_pins(character, 30.0)
    assert (rest.start_frame, len(rest.clip)) == (95, 15)


def test_a_part_that_is_moved_away_is_a_clip_of_its_own(addon, character, wave):
    select_tracks(character)
    bpy.context.scene.frame_set(95)
    in_nla_editor(bpy.ops.nla.split)
    parts = character.animation_data.nla_tracks["wave"].strips
    parts[1].frame_start_ui = 120
    first, second = addon.scene.pins.read_pins(character, 30.0)
    assert (first.start_frame, second.start_frame) == (80, 120)
    assert second.fade_in_s == first.fade_out_s == pytest.approx(8 / 30)


def test_inside_a_meta_strip(addon, character, wave):
    select_tracks(character)
    in_nla_editor(bpy.ops.nla.meta_add)
    (meta,) = character.animation_data.nla_tracks["wave"].strips
    assert meta.type == "META"
    assert pinned(addon, character) == [("wave", 0.5)]
    meta.frame_start_ui = 50
    (clip,) = addon.scene.pins.read_pins(character, 30.0)
    assert (clip.start_frame, len(clip.clip)) == (50, 30)
    bpy.context.scene.frame_set(60)
    basis = np.array(character.pose.bones[ARM].matrix_basis)[:3, :3]
    turned = addon.a2g_core.body.rotations.quaternion_to_matrix(clip.clip.quaternions[10, 0].astype(np.float64))
    np.testing.assert_allclose(turned, basis, atol=2e-4)
    select_only(character, meta)
    assert bpy.ops.a2g.unpin_clips() == {"FINISHED"}
    assert pinned(addon, character) == []
    assert bpy.ops.a2g.pin_clips() == {"FINISHED"}
    assert pinned(addon, character) == [("wave", 1.0)]
    meta.mute = True
    assert addon.scene.pins.read_pins(character, 30.0) == []


def test_undo_and_redo(addon, character, wave):
    bpy.ops.ed.undo_push(message="pinned")
    bpy.ops.a2g.unpin_clips("EXEC_DEFAULT", True)
    obj = bpy.context.scene.objects["Character"]
    assert pinned(addon, obj) == []
    bpy.ops.ed.undo()
    obj = bpy.context.scene.objects["Character"]
    assert pinned(addon, obj) == [("wave", 0.5)]
    bpy.ops.ed.redo()
    obj = bpy.context.scene.objects["Character"]
    assert pinned(addon, obj) == []
    assert len(obj.a2g_pins) == 0


def test_saving_and_opening(addon, character, wave, tmp_path):
    wave.name = "hello"
    character.a2g_pins[0].muted = True
    obj = save_and_open(tmp_path / "pins.blend")
    assert pinned(addon, obj) == [("hello", 0.5)]
    assert obj.a2g_pins[0].muted
    assert obj.a2g_pins[0].body_parts == {"ARMS", "HEAD"}


def test_a_deleted_strip_leaves_a_lost_pin_until_it_is_relinked(addon, character, wave, tmp_path):
    other = key_clip(addon.bl, character, "nod", 20, {"head": turn(0, np.linspace(0, 1, 20))})
    character.animation_data.nla_tracks.remove(character.animation_data.nla_tracks["wave"])
    assert lost(addon, character) == ["wave"]
    select_only(character, other)
    bpy.ops.a2g.pin_clips()
    assert lost(addon, character) == ["wave"]  # pinning another one does not throw it away
    bpy.ops.a2g.unpin_clips()
    obj = save_and_open(tmp_path / "lost.blend")
    assert lost(addon, obj) == ["wave"]
    assert addon.scene.pins.read_pins(obj, 30.0) == []
    assert bpy.ops.a2g.relink_pin() == {"FINISHED"}  # to the selected strip
    assert pinned(addon, obj) == [("nod", 0.5)]
    assert lost(addon, obj) == []
    (clip,) = addon.scene.pins.read_pins(obj, 30.0)
    assert clip.clip.skeleton.names == ("head",)


def test_relinking_by_name_and_what_it_refuses(addon, character, wave):
    key_clip(addon.bl, character, "nod", 20, {"head": turn(0, np.linspace(0, 1, 20))})
    reason = addon.operators.pins.A2G_OT_relink_pin.disabled_reason
    assert "no pin of the character is lost" in reason(bpy.context).lower()
    strip = key_clip(addon.bl, character, "shake", 50, {"head": turn(1, np.linspace(0, 1, 20))})
    select_only(character, strip)
    bpy.ops.a2g.pin_clips()
    character.animation_data.nla_tracks.remove(character.animation_data.nla_tracks["wave"])
    with pytest.raises(TypeError):  # has a pin of its own, so it is not in the menu
        bpy.ops.a2g.relink_pin(strip="shake")
    with pytest.raises(RuntimeError, match="not lost"):
        bpy.ops.a2g.relink_pin(pin=1, strip="nod")
    assert bpy.ops.a2g.relink_pin(pin=0, strip="nod") == {"FINISHED"}
    assert pinned(addon, character) == [("nod", 0.5), ("shake", 1.0)]


def test_removing_a_lost_pin_and_a_living_one(addon, character, wave):
    other = key_clip(addon.bl, character, "nod", 20, {"head": turn(0, np.linspace(0, 1, 20))})
    select_only(character, other)
    bpy.ops.a2g.pin_clips()
    for frame in (20, 30):
        character.keyframe_insert("a2g_pins[1].strength", frame=frame)
        character.keyframe_insert("a2g_pins[0].strength", frame=frame)
    character.animation_data.nla_tracks.remove(character.animation_data.nla_tracks["wave"])
    assert bpy.ops.a2g.remove_pin(pin=0) == {"FINISHED"}
    assert pinned(addon, character) == [("nod", 1.0)]
    data = character.animation_data
    paths = [curve.data_path for curve in addon.bl.fcurves(data.action, addon.bl.slot_of(data))]
    assert paths == ["a2g_pins[0].strength"]  # the keys went with their pin, the others moved up with theirs
    assert bpy.ops.a2g.remove_pin() == {"FINISHED"}
    assert pinned(addon, character) == []
    assert not other.action.a2g.pinned
    assert len(character.a2g_pins) == 0


def test_deleting_and_undoing_it_brings_the_pin_back(addon, character, wave):
    bpy.ops.ed.undo_push(message="pinned")
    character.animation_data.nla_tracks.remove(character.animation_data.nla_tracks["wave"])
    bpy.ops.ed.undo_push(message="deleted")
    assert lost(addon, character) == ["wave"]
    bpy.ops.ed.undo()
    obj = bpy.context.scene.objects["Character"]
    assert lost(addon, obj) == []
    assert pinned(addon, obj) == [("wave", 0.5)]


def test_going_to_a_pin_selects_its_strip(addon, character, wave):
    other = key_clip(addon.bl, character, "nod", 20, {"head": turn(0, np.linspace(0, 1, 20))})
    select_only(character, other)
    bpy.context.scene.frame_set(1)
    assert bpy.ops.a2g.select_pin() == {"FINISHED"}
    assert (wave.select, other.select, bpy.context.scene.frame_current) == (True, False, 80)


def append(path, kind, name, link=False):
    with bpy.data.libraries.load(str(path), link=link) as (_, wanted):
        setattr(wanted, kind, [name])
    return getattr(wanted, kind)[0]


def test_appending_the_character(addon, character, wave, tmp_path):
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "library.blend"))
    bpy.ops.wm.read_homefile(use_empty=True)
    obj = append(tmp_path / "library.blend", "objects", "Character")
    bpy.context.collection.objects.link(obj)
    assert pinned(addon, obj) == [("wave", 0.5)]
    assert len(addon.scene.pins.read_pins(obj, 30.0)) == 1


def test_appending_the_action(addon, character, wave, tmp_path):
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "library.blend"))
    bpy.ops.wm.read_homefile(use_empty=True)
    bpy.ops.a2g.add_character()
    obj = bpy.context.active_object
    action = append(tmp_path / "library.blend", "actions", "wave")
    track = obj.animation_data_create().nla_tracks.new()
    slot = action.slots[0] if hasattr(action, "slots") else None
    addon.bl.add_nla_strip(track, "wave", 10, action, slot)
    assert pinned(addon, obj) == [("wave", 1.0)]
    (clip,) = addon.scene.pins.read_pins(obj, 30.0)
    assert clip.start_frame == 10


def test_library_override(addon, character, wave, tmp_path):
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "library.blend"))
    bpy.ops.wm.read_homefile(use_empty=True)
    linked = append(tmp_path / "library.blend", "objects", "Character", link=True)
    bpy.context.collection.objects.link(linked)
    bpy.context.scene.a2g_character = linked
    assert "library override" in addon.operators.pins.A2G_OT_remove_pin.disabled_reason(bpy.context)
    obj = linked.override_create(remap_local_usages=True)
    bpy.context.scene.a2g_character = obj
    assert pinned(addon, obj) == [("wave", 0.5)]
    nod = key_clip(addon.bl, obj, "nod", 20, {"head": turn(0, np.linspace(0, 1, 20))})
    select_only(obj, nod)
    assert bpy.ops.a2g.pin_clips() == {"FINISHED"}
    obj.a2g_pins[0].strength, obj.a2g_pins[1].body_parts = 0.75, {"HEAD"}
    assert len(addon.scene.pins.read_pins(obj, 30.0)) == 2
    obj = save_and_open(tmp_path / "shot.blend")
    assert obj.override_library is not None
    assert pinned(addon, obj) == [("wave", 0.75), ("nod", 1.0)]
    assert obj.a2g_pins[1].body_parts == {"HEAD"}
    with pytest.raises(RuntimeError, match="mute its pin instead"):
        bpy.ops.a2g.remove_pin(pin=0)
    obj.a2g_pins[0].muted = True
    assert [clip.name for clip in addon.scene.pins.read_pins(obj, 30.0)] == ["nod"]
    assert bpy.ops.a2g.remove_pin(pin=1) == {"FINISHED"}
    assert pinned(addon, obj) == [("wave", 0.75)]


def test_a_lost_pin_of_the_library_can_be_muted_but_not_removed(addon, character, wave, tmp_path):
    character.animation_data.nla_tracks.remove(character.animation_data.nla_tracks["wave"])
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "library.blend"))
    bpy.ops.wm.read_homefile(use_empty=True)
    linked = append(tmp_path / "library.blend", "objects", "Character", link=True)
    bpy.context.collection.objects.link(linked)
    obj = linked.override_create(remap_local_usages=True)
    bpy.context.scene.a2g_character = obj
    with pytest.raises(RuntimeError, match="comes from the linked file"):
        bpy.ops.a2g.remove_pin(pin=0)
    nod = key_clip(addon.bl, obj, "nod", 20, {"head": turn(0, np.linspace(0, 1, 20))})
    select_only(obj, nod)
    assert bpy.ops.a2g.relink_pin(pin=0) == {"FINISHED"}
    assert pinned(addon, obj) == [("nod", 0.5)]


def test_linked_actions_are_followed_but_not_marked(addon, character, wave, tmp_path):
    bpy.ops.a2g.unpin_clips()
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "library.blend"))
    bpy.ops.wm.read_homefile(use_empty=True)
    bpy.ops.a2g.add_character()
    obj = bpy.context.active_object
    action = append(tmp_path / "library.blend", "actions", "wave", link=True)
    track = obj.animation_data_create().nla_tracks.new()
    strip = addon.bl.add_nla_strip(track, "wave", 10, action, action.slots[0] if hasattr(action, "slots") else None)
    select_only(obj, strip)
    assert "make it local first" in addon.operators.pins.A2G_OT_pin_clips.disabled_reason(bpy.context)


def test_the_timer_lists_what_the_nla_editor_pinned(addon, character, wave):
    select_tracks(character)
    in_nla_editor(bpy.ops.nla.duplicate, linked=True)
    watch = addon.owner.owned(addon.ui.watch.Watch)
    watch.sync_soon(character)
    assert watch.timer.is_running
    assert len(character.a2g_pins) == 1
    watch.sync()
    assert len(character.a2g_pins) == 2
    watch.timer.stop()
    assert not watch.timer.is_running
    watch.sync_soon(character)
    assert not watch.timer.is_running


def test_what_is_shown_over_the_strips(addon, character, wave):
    (band,) = addon.ui.overlay.bands(character)
    assert (band.name, band.start, band.end, band.strength, band.is_followed) == ("wave", 80, 109, 0.5, True)
    assert band.ramp == (76, 84, 105, 113)
    character.a2g_pins[0].fade_in_frames = 500
    (band,) = addon.ui.overlay.bands(character)
    assert band.ramp[1] == pytest.approx(band.ramp[2])
    character.a2g_pins[0].muted = True
    assert not addon.ui.overlay.bands(character)[0].is_followed
    character.animation_data.nla_tracks.remove(character.animation_data.nla_tracks["wave"])
    assert addon.ui.overlay.bands(character) == []
