"""Takes in the list: which plays, copies, deletion, the ghost, and one Action of all that plays."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
from scenes import counts, curves, key_clip, pose_matrices, select_only, strips, turn


@pytest.fixture
def takes(addon, character, speech_file) -> bpy.types.Object:
    """A character with two takes of the same speech; the second plays."""
    character.a2g_take_count = 2
    assert bpy.ops.a2g.generate() == {"FINISHED"}
    return character


def playing(obj) -> list[str]:
    return [name for name, strip in strips(obj).items() if not strip.mute]


def test_use_take_mutes_the_others_that_it_covers(takes):
    assert playing(takes) == ["Gestures 2"]
    assert bpy.ops.a2g.use_take(track="Gestures") == {"FINISHED"}
    assert playing(takes) == ["Gestures"]
    takes.a2g_active_take = 1
    assert bpy.ops.a2g.use_take() == {"FINISHED"}
    assert playing(takes) == ["Gestures 2"]


def test_use_take_leaves_takes_of_another_time_and_other_clips(addon, takes):
    key_clip(addon.bl, takes, "wave", 40, {"head": turn(2, np.linspace(0, 1, 20))})
    bpy.ops.a2g.duplicate_take(track="Gestures")
    copy = strips(takes)["Gestures 3"]
    copy.frame_end += 400
    copy.frame_start += 400
    copy.frame_end = copy.frame_start + 119
    bpy.ops.a2g.use_take(track="Gestures")
    assert playing(takes) == ["Gestures", "wave", "Gestures 3"]
    bpy.ops.a2g.solo_take(track="Gestures")
    assert playing(takes) == ["Gestures", "wave"]
    assert not any(track.is_solo for track in takes.animation_data.nla_tracks)


def test_pinned_takes_are_not_muted(takes):
    strips(takes)["Gestures 2"].action.a2g.pinned = True
    bpy.ops.a2g.solo_take(track="Gestures")
    assert playing(takes) == ["Gestures", "Gestures 2"]


# Identity and names ---------------------------------------------------------------------------------------------------


def names(obj) -> list[tuple[str, str, str]]:
    """Of each take, the names of its track, its strip and its Action."""
    tracks = obj.animation_data.nla_tracks
    return [(track.name, strip.name, strip.action.name) for track in tracks for strip in track.strips]


def test_track_strip_and_action_are_called_the_same(takes):
    assert names(takes) == [("Gestures",) * 3, ("Gestures 2",) * 3]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_whichever_is_renamed_the_others_follow(addon, takes, which):
    track = takes.animation_data.nla_tracks[0]
    takes.a2g_active_take = 0
    (track, track.strips[0], track.strips[0].action)[which].name = "Happy"
    assert not addon.scene.take_names.are_current(takes)
    addon.scene.take_names.sync(takes)
    assert names(takes) == [("Happy",) * 3, ("Gestures 2",) * 3]
    assert takes.a2g_active_take == 0
    assert addon.scene.take_names.are_current(takes)


def test_an_action_of_the_artists_keeps_its_name(addon, takes):
    hers = bpy.data.actions.new("Happy")
    takes.animation_data.nla_tracks[0].name = "Happy"
    addon.scene.take_names.sync(takes)
    assert hers.name == "Happy"
    assert names(takes)[0] == ("Happy", "Happy", "Happy.001")
    assert addon.scene.take_names.are_current(takes)
    bpy.data.actions.new("Gestures")
    bpy.ops.a2g.generate()
    assert names(takes)[-2] == ("Gestures", "Gestures", "Gestures.001")


def test_takes_of_an_earlier_version_get_one_name(addon, takes):
    track = takes.animation_data.nla_tracks[1]
    track.strips[0].name = track.strips[0].action.name = "Gestures.001"
    addon.scene.take_names.sync(takes)
    assert names(takes)[1] == ("Gestures 2",) * 3


def test_names_of_the_artists_own_are_kept(addon, takes):
    track = takes.animation_data.nla_tracks[0]
    track.name, track.strips[0].name = "Track", "Strip"
    addon.scene.take_names.sync(takes)
    assert names(takes)[0] == ("Track", "Strip", "Gestures")


def test_two_strips_of_one_action_keep_their_names(addon, takes):
    first = takes.animation_data.nla_tracks[0].strips[0]
    track = takes.animation_data.nla_tracks.new()
    track.name = "Again"
    addon.bl.add_nla_strip(track, "Again", 500, first.action, addon.bl.first_slot(first.action))
    before = names(takes)
    addon.scene.take_names.sync(takes)
    assert names(takes) == before


def test_the_chosen_take_stays_chosen_where_tracks_come_and_go(addon, takes):
    takes.a2g_active_take = 0
    other = takes.animation_data.nla_tracks.new(prev=None)
    takes.animation_data.nla_tracks.remove(takes.animation_data.nla_tracks["Gestures 2"])
    assert addon.scene.take_list.active(takes)[0].name == "Gestures"
    takes.animation_data.nla_tracks.remove(other)
    strips(takes)["Gestures"].name = "Renamed"  # and not its track
    assert addon.scene.take_list.active(takes)[0].name == "Gestures"


def test_delete_after_regenerating_around_pins_deletes_what_is_highlighted(addon, takes):
    """Regenerating moves the take to a new track above the pinned clip."""
    takes.a2g_active_take = 1
    clip = key_clip(addon.bl, takes, "wave", 60, {"head": turn(2, np.linspace(0, 1, 20))})
    select_only(takes, clip)
    bpy.ops.a2g.pin_clips()
    assert bpy.ops.a2g.regenerate_around_pins() == {"FINISHED"}
    assert [name[0] for name in names(takes)] == ["Gestures", "wave", "Gestures 2"]
    assert names(takes)[2] == ("Gestures 2",) * 3
    chosen = addon.scene.take_list.active(takes)[0]
    assert chosen.name == "Gestures 2"
    assert bpy.ops.a2g.delete_take() == {"FINISHED"}
    assert [name[0] for name in names(takes)] == ["Gestures", "wave"]


def seeds(obj) -> list[int]:
    return [strip.action.a2g.seed for strip in strips(obj).values()]


def test_generate_again_is_another_performance(addon, takes):
    takes.a2g_take_count = 1
    assert seeds(takes) == [0, 1]
    bpy.ops.a2g.generate()
    bpy.ops.a2g.generate()
    assert seeds(takes) == [0, 1, 2, 3]
    takes.a2g_take_count = 3
    bpy.ops.a2g.generate()
    assert seeds(takes) == [0, 1, 2, 3, 4, 5, 6]
    assert not takes.a2g_keep_seed


def test_a_seed_that_was_typed_is_kept(takes):
    takes.a2g_seed, takes.a2g_take_count = 1, 1
    assert takes.a2g_keep_seed
    bpy.ops.a2g.generate()
    bpy.ops.a2g.next_take()
    bpy.ops.a2g.generate()
    assert (seeds(takes), takes.a2g_seed) == ([0, 1, 1, 2, 1], 1)
    takes.a2g_keep_seed = False
    bpy.ops.a2g.generate()
    assert seeds(takes)[-1] == 3


def test_options_of_the_redo_panel_act(addon, takes):
    """What Blender does there: it asks whether the operator can run, takes back what it did, and runs it again."""
    bpy.ops.ed.undo_push(message="before")
    assert bpy.ops.a2g.bake_action("EXEC_DEFAULT", True) == {"FINISHED"}
    assert addon.operators.takes.A2G_OT_bake_action.disabled_reason(bpy.context)
    assert bpy.ops.a2g.bake_action.poll()
    with pytest.raises(RuntimeError, match="would hide the gestures"):
        bpy.ops.a2g.bake_action(remove_takes=True)
    bpy.ops.ed.undo()
    assert bpy.ops.a2g.bake_action(remove_takes=True) == {"FINISHED"}
    assert list(strips(bpy.data.objects[0])) == ["Gestures"]


def test_options_of_the_redo_panel_of_generate_act_without_the_model(addon, character, speech_file, monkeypatch):
    """Other options after the fact: the motion that was generated is written again in another way."""
    character.a2g_idle, name = False, character.name
    bpy.ops.ed.undo_push(message="before")
    assert bpy.ops.a2g.generate("EXEC_DEFAULT", True) == {"FINISHED"}
    number = addon.owner.owned(addon.work.jobs.Runner).last()[0].number
    dense = sum(map(len, curves(addon.bl, strips(character)["Gestures"]).values()))
    monkeypatch.setattr(addon.work.engine.Engine, "generate", None)
    shown = bpy.ops.a2g.apply_take.get_rna_type().properties
    assert {p.identifier for p in shown if not p.is_hidden} >= {"offset", "influence", "error_deg", "body_parts_arms"}

    def redo(**options) -> bpy.types.Object:
        bpy.ops.ed.undo()
        bpy.ops.a2g.apply_take("EXEC_DEFAULT", True, take=number, **options)
        return bpy.data.objects[name]

    obj = redo(offset=10, influence=0.5)
    assert list(strips(obj)) == ["Gestures"]
    strip = strips(obj)["Gestures"]
    assert (strip.frame_start, strip.use_animated_influence, obj.a2g_influence) == (47, True, 0.5)

    obj = redo(error_deg=1.0, influence=0.5)
    assert playing(obj) == ["Gestures 2"], "the take with every key is kept, and muted"
    assert obj.a2g_influence == 0.5
    assert sum(map(len, curves(addon.bl, strips(obj)["Gestures 2"]).values())) < 0.5 * dense

    obj = redo()
    assert list(strips(obj)) == ["Gestures"], "the options are those of one take"
    assert obj.a2g_influence == 1.0


def test_star_take(takes):
    clip = strips(takes)["Gestures"].action.a2g
    bpy.ops.a2g.star_take(track="Gestures")
    assert clip.starred
    bpy.ops.a2g.star_take(track="Gestures")
    assert not clip.starred


def test_a_name_without_a_take_and_no_choice_are_told(takes):
    with pytest.raises(RuntimeError, match="no take 'Walk'"):
        bpy.ops.a2g.use_take(track="Walk")
    takes.a2g_active_take = 99
    with pytest.raises(RuntimeError, match="No take is chosen"):
        bpy.ops.a2g.delete_take()


def test_without_takes_the_buttons_say_so(addon, character):
    for name in ("use", "solo", "star", "duplicate", "delete", "compare"):
        operator = getattr(addon.operators.takes, f"A2G_OT_{name}_take")
        assert "has no take" in operator.disabled_reason(bpy.context)


def test_duplicate_plays_the_same_from_an_action_of_its_own(takes):
    source = strips(takes)["Gestures 2"]
    source.frame_end += 20
    source.frame_start += 20
    source.frame_end = source.frame_start + 119
    source.action_frame_end -= 30
    source.action_frame_start += 10
    before = {frame: pose_matrices(takes, frame) for frame in (60, 80, 120)}
    assert bpy.ops.a2g.duplicate_take(track="Gestures 2") == {"FINISHED"}
    copy = strips(takes)["Gestures 3"]
    assert copy.action != source.action
    assert playing(takes) == ["Gestures 3"]
    assert (copy.frame_start, copy.frame_end) == (source.frame_start, source.frame_end)
    assert takes.a2g_active_take == 2
    for frame, poses in before.items():
        for name, matrix in pose_matrices(takes, frame).items():
            np.testing.assert_allclose(matrix, poses[name], atol=1e-5)


def test_delete_removes_strip_track_and_action(takes):
    actions = len(bpy.data.actions)
    assert bpy.ops.a2g.delete_take(track="Gestures 2") == {"FINISHED"}
    assert list(strips(takes)) == ["Gestures"]
    assert len(takes.animation_data.nla_tracks) == 1
    assert len(bpy.data.actions) == actions - 1
    assert takes.a2g_active_take == 0


def test_delete_keeps_an_action_that_is_used_elsewhere(addon, takes):
    action = strips(takes)["Gestures"].action
    track = takes.animation_data.nla_tracks.new()
    addon.bl.add_nla_strip(track, "again", 500, action, addon.bl.first_slot(action))
    bpy.ops.a2g.delete_take(track="Gestures")
    assert action.name in bpy.data.actions


def test_compare_shows_a_ghost_and_leaves_nothing_behind(addon, scene, speech_file):
    bpy.ops.a2g.add_character(with_body=True)
    obj = scene.a2g_character
    obj.a2g_speech_source, obj.a2g_speech_file = "FILE", str(speech_file)
    obj.location = (3, 1, 0)
    bpy.ops.a2g.generate()
    before, tracks = counts(), len(obj.animation_data.nla_tracks)
    assert bpy.ops.a2g.compare_take(track="Gestures") == {"FINISHED"}
    ghosts = [o for o in bpy.data.objects if "a2g_ghost" in o]
    assert sorted(o.type for o in ghosts) == ["ARMATURE", "MESH"]
    ghost = next(o for o in ghosts if o.type == "ARMATURE")
    mesh = next(o for o in ghosts if o.type == "MESH")
    assert ghost.data == obj.data
    assert next(m for m in mesh.modifiers if m.type == "ARMATURE").object == ghost
    bpy.context.view_layer.update()
    np.testing.assert_allclose(ghost.matrix_world.translation, (4.2, 1, 0), atol=1e-5)
    ours, theirs = pose_matrices(obj, 40), pose_matrices(ghost, 40)
    for name, matrix in theirs.items():
        np.testing.assert_allclose(matrix, ours[name], atol=1e-5)
    assert addon.ui.state.character(bpy.context) == obj
    assert ghost.name.startswith("Gestures") and ghost.show_name
    body = next(o for o in obj.children if o.type == "MESH")
    for slot, own in zip(mesh.material_slots, body.material_slots, strict=True):
        assert np.abs(np.subtract(slot.material.diffuse_color, own.material.diffuse_color)).max() > 0.2
    assert ghost.pose.bones["head"].color.palette != obj.pose.bones["head"].color.palette
    assert bpy.ops.a2g.compare_take() == {"FINISHED"}
    assert counts() == before
    assert not [m for kind in (bpy.data.materials, bpy.data.meshes) for m in kind if "a2g_ghost" in m]
    assert len(obj.animation_data.nla_tracks) == tracks


def test_deleting_the_take_that_is_compared_takes_its_ghost_along(addon, takes):
    before = counts()
    bpy.ops.a2g.compare_take(track="Gestures")
    bpy.ops.a2g.delete_take(track="Gestures 2")
    assert addon.scene.ghost.exists()
    bpy.ops.a2g.delete_take(track="Gestures")
    assert counts() == {**before, "actions": before["actions"] - 2}


def test_baking_away_the_take_that_is_compared_takes_its_ghost_along(addon, takes):
    before = counts()
    bpy.ops.a2g.compare_take(track="Gestures 2")
    assert bpy.ops.a2g.bake_action(remove_takes=True) == {"FINISHED"}
    assert not addon.scene.ghost.exists()
    assert counts() == before, "one Action came, and one went"


FRAMES = (1, 36, 37, 50, 65, 66, 71, 90, 120, 156)


def bakes_as_it_plays(obj, frames=FRAMES) -> None:
    before = {frame: pose_matrices(obj, frame) for frame in frames}
    assert bpy.ops.a2g.bake_action() == {"FINISHED"}
    assert obj.animation_data.action is not None
    for frame, poses in before.items():
        for name, matrix in pose_matrices(obj, frame).items():
            # Blender combines rotations by a float32 arccosine, which is a few 1e-4 rad off for small ones.
            np.testing.assert_allclose(matrix, poses[name], atol=3e-4, err_msg=f"{name} on {frame}")


def test_bake_plays_as_before_and_mutes_the_takes(takes):
    bakes_as_it_plays(takes)
    assert playing(takes) == []
    assert {len(c.keyframe_points) for c in _curves(takes)} == {120}


def _curves(obj):
    action = obj.animation_data.action
    if hasattr(action, "layers") and len(action.layers):
        return action.layers[0].strips[0].channelbags[0].fcurves
    return action.fcurves


def test_bake_follows_blends_and_influence(addon, takes):
    upper = strips(takes)["Gestures 2"]
    strips(takes)["Gestures"].mute = False
    upper.blend_in, upper.blend_out = 25, 14
    poses = {"head": turn(2, np.linspace(0, 1, 30)), "neck": turn(0, np.linspace(0, 2, 30))}
    clip = key_clip(addon.bl, takes, "wave", 55, poses)
    clip.extrapolation = "HOLD_FORWARD"
    clip.use_animated_influence = True
    clip.influence = 0.4
    curve = next(c for c in clip.fcurves if c.data_path == "influence")
    curve.keyframe_points.insert(55, 0.4)
    curve.keyframe_points.insert(80, 0.9)
    bakes_as_it_plays(takes)


def test_bake_follows_an_influence_that_is_set_and_not_keyed(takes):
    strips(takes)["Gestures"].mute = False
    upper = strips(takes)["Gestures 2"]
    upper.use_animated_influence, upper.influence = True, 0.3
    bakes_as_it_plays(takes)


@pytest.mark.parametrize("influence", [1.0, 0.35])
def test_bake_follows_combined_takes(addon, character, speech_file, influence):
    walk = {"left_shoulder": turn(1, np.linspace(0, 2.5, 200)), "pelvis": turn(2, np.linspace(0, 1, 200))}
    clip = key_clip(addon.bl, character, "walk", 1, walk)
    clip.extrapolation = "NOTHING"
    character.a2g_layering = "COMBINE"
    bpy.ops.a2g.generate()
    take = strips(character)["Gestures"]
    assert take.blend_type == "COMBINE"
    if influence < 1:
        take.use_animated_influence = True
        take.influence = influence
        next(c for c in take.fcurves if c.data_path == "influence").keyframe_points.insert(37, influence)
    bakes_as_it_plays(character)


def test_bake_can_remove_the_takes(takes):
    assert bpy.ops.a2g.bake_action(remove_takes=True) == {"FINISHED"}
    assert list(strips(takes)) == ["Gestures"]  # it did not play


def test_bake_refuses_what_it_cannot_follow(addon, takes):
    bake = addon.operators.takes.A2G_OT_bake_action
    clip = key_clip(addon.bl, takes, "wave", 55, {"head": turn(2, np.linspace(0, 1, 30))})
    clip.blend_type = "ADD"
    assert "cannot be baked" in bake.disabled_reason(bpy.context)
    clip.mute = True
    assert bake.disabled_reason(bpy.context) == ""
