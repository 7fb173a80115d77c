"""Idles around what is said, takes of those who say nothing, and takes for everybody at once."""

from __future__ import annotations

import addon_utils
import bpy
import numpy as np
import pytest
import rigs
from refusals import problems
from scenes import key_clip, place_sound, strips, turn
from ticking import tick_to_the_end

WRISTS = ("left_wrist", "right_wrist")


def recipe(addon, strip):
    return addon.scene.take_list.recipe_of(strip)


def take(obj: bpy.types.Object) -> bpy.types.NlaStrip:
    """The take on the uppermost track."""
    return list(strips(obj).values())[-1]


def places(addon, obj: bpy.types.Object, frames) -> dict[str, np.ndarray]:
    """Heads (T, 3) of the arms' bones and the ankles' on scene frames, as Blender shows them; where the head looks."""
    names = [f"{side}_{joint}" for side in ("left", "right") for joint in ("shoulder", "wrist", "ankle")]
    bones, axes = addon.scene.rig.joints(obj), addon.scene.rig.read(obj).axes
    found = {name: [] for name in (*names, "ahead")}
    for frame in frames:
        bpy.context.scene.frame_set(frame)
        pose = obj.evaluated_get(bpy.context.evaluated_depsgraph_get()).pose
        for name in names:
            found[name].append(np.array(pose.bones[bones[name]].head))
        head = pose.bones[bones["head"]]
        rest = np.array(head.bone.matrix_local)[:3, :3]
        found["ahead"].append(axes.T @ np.array(head.matrix)[:3, :3] @ rest.T @ axes[:, 2])
    return {name: np.array(values) for name, values in found.items()}


def t_pose_deg(found: dict[str, np.ndarray]) -> float:
    """The least angle of an arm to where it is in the T-pose."""
    least = 180.0
    for side, sign in (("left", 1), ("right", -1)):
        arm = found[f"{side}_wrist"] - found[f"{side}_shoulder"]
        cosine = sign * arm[:, 0] / np.linalg.norm(arm, axis=1)
        least = min(least, float(np.degrees(np.arccos(np.clip(cosine, -1, 1))).min()))
    return least


def fastest_m_s(found: dict[str, np.ndarray]) -> float:
    return max(float(np.linalg.norm(np.diff(found[name], axis=0), axis=1).max() * 30) for name in WRISTS)


@pytest.fixture
def speaker(character, speech_file, scene):
    """Speaks from frame 37 on, for 4 s, in a scene of 1 to 250."""
    character.a2g_idle = True
    return character


def test_a_take_lasts_as_long_as_the_scene_and_says_where_its_speech_is(addon, speaker):
    bpy.ops.a2g.generate()
    made = recipe(addon, take(speaker))
    assert (made.start_frame, made.n_frames, made.speech_frame, made.speech_frames) == (1, 250, 37, 120)
    assert (take(speaker).frame_start, take(speaker).frame_end) == (1, 250)
    assert t_pose_deg(places(addon, speaker, range(1, 251, 5))) > 30
    assert fastest_m_s(places(addon, speaker, [*range(25, 42)])) < 1.0
    assert fastest_m_s(places(addon, speaker, [*range(150, 165)])) < 1.0


def test_the_speech_in_it_is_what_it_is_without_the_idle(addon, speaker):
    speaker.a2g_keep_seed = True
    bpy.ops.a2g.generate()
    idle = places(addon, speaker, range(75, 125, 7))
    speaker.a2g_idle = False
    bpy.ops.a2g.generate()
    assert recipe(addon, take(speaker)).n_frames == 120
    alone = places(addon, speaker, range(75, 125, 7))
    assert all(np.abs(idle[name] - alone[name]).max() < 1e-5 for name in idle)


def test_a_phrase_a_range_a_slider_and_a_copy_keep_the_idle(addon, speaker, scene):
    bpy.ops.a2g.generate()
    before = places(addon, speaker, (5, 20, 200, 240))
    scene.frame_set(80)
    bpy.ops.a2g.change_phrase(direction="NEXT")
    scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end = True, 20, 90
    bpy.ops.a2g.regenerate_range()
    made = recipe(addon, take(speaker))
    assert (made.start_frame, made.n_frames, len(made.request.choices)) == (1, 250, 2)
    assert made.request.choices[-1].start_s == 0.0
    after = places(addon, speaker, (5, 20, 200, 240))
    assert all(np.abs(before[name] - after[name]).max() < 1e-6 for name in before)
    bpy.ops.a2g.reproduce_take()
    again = recipe(addon, take(speaker))
    assert len(strips(speaker)) == 2 and again.row_checksums == made.row_checksums
    scene.frame_preview_start, scene.frame_preview_end = 200, 240
    with pytest.raises(RuntimeError, match="Nothing is said in the selected range"):
        bpy.ops.a2g.regenerate_range()


def test_a_take_whose_speech_has_moved_is_moved_with_its_idle(addon, speaker):
    bpy.ops.a2g.generate()
    speaker.a2g_start_frame = 47
    bpy.ops.a2g.move_take()
    assert take(speaker).frame_start == 11


def test_over_other_animation_there_is_no_idle(addon, speaker):
    speaker.a2g_layering = "COMBINE"
    bpy.ops.a2g.generate()
    speaker.a2g_layering, speaker.a2g_body_parts = "REPLACE", {"ARMS", "HANDS"}
    bpy.ops.a2g.generate()
    assert [recipe(addon, strip).n_frames for strip in strips(speaker).values()] == [120, 120]


def test_a_second_speech_leaves_the_first_one_and_takes_over_its_idle(addon, speaker, voice):
    speaker.a2g_start_frame = 1
    bpy.ops.a2g.generate()
    speaker.a2g_start_frame = 131
    bpy.ops.a2g.generate()
    first, second = strips(speaker).values()
    assert not first.mute and (second.frame_start, second.frame_end) == (121, 250)
    assert second.blend_in > 0 and t_pose_deg(places(addon, speaker, range(1, 251, 6))) > 30
    assert fastest_m_s(places(addon, speaker, range(112, 134))) < 1.0


def test_an_idle_and_listening_are_takes_of_their_own(addon, character, scene, sound_strip):
    scene.frame_end = 120
    bpy.ops.a2g.generate_listening()
    bpy.ops.a2g.generate_idle()
    assert list(strips(character)) == ["Listening", "Idle"]
    listening, idle = (recipe(addon, strip) for strip in strips(character).values())
    assert idle.is_silent and listening.is_silent and len(listening.request.partners) == 1 and not idle.plan
    assert (idle.start_frame, idle.n_frames) == (1, 120)
    assert listening.request.partners[0].spoken[0][0] == pytest.approx(49 / 30, abs=0.4)
    assert strips(character)["Listening"].mute and not strips(character)["Idle"].mute
    assert t_pose_deg(places(addon, character, range(1, 121, 5))) > 30
    with pytest.raises(RuntimeError, match="Nothing is said in this take"):
        bpy.ops.a2g.change_phrase(direction="NEXT")
    bpy.ops.a2g.reproduce_take()
    assert recipe(addon, take(character)).row_checksums == idle.row_checksums


def test_an_idle_needs_no_speech_and_listening_does(addon, character, scene):
    scene.frame_end = 60
    bpy.ops.a2g.generate_idle()
    assert recipe(addon, take(character)).n_frames == 60
    with pytest.raises(RuntimeError, match="sequencer has no sound strip"):
        bpy.ops.a2g.generate_listening()
    scene.frame_start, scene.frame_end = 1, 1
    bpy.ops.a2g.generate_idle()
    assert recipe(addon, take(character)).n_frames == 1


def test_an_idle_follows_pins_without_a_speech(addon, character, scene):
    scene.frame_end, scene.frame_current = 90, 45
    bpy.ops.a2g.generate_idle()
    bpy.ops.a2g.add_gesture(gesture="wave")
    bpy.ops.a2g.regenerate_around_pins()
    changed = recipe(addon, take(character))
    assert changed.is_silent and len(changed.pins) == 1


@pytest.fixture
def three(scene, voice) -> list[bpy.types.Object]:
    """Two who speak, each from a channel, and one who does not, between them."""
    place_sound(scene, voice, 31, 111, start=31, channel=1)
    place_sound(scene, voice, 151, 231, start=151, channel=2)
    cast = []
    for k, x in enumerate((-1.2, 1.2, 0.0)):
        bpy.ops.a2g.add_character(with_body=False)
        obj = bpy.context.active_object
        obj.name, obj.location = f"Character {k}", (x, -1.0 if k < 2 else 0.0, 0.0)
        if k < 2:
            obj.a2g_speech_source, obj.a2g_speech_channel = "CHANNEL", k + 1
        cast.append(obj)
    scene.frame_end = 260
    bpy.context.view_layer.update()
    return cast


def head_yaw_deg(found: dict[str, np.ndarray]) -> np.ndarray:
    """To the character's left."""
    return np.degrees(np.arctan2(found["ahead"][:, 0], found["ahead"][:, 2]))


def test_three_characters_and_two_channels_by_one_click(addon, three, scene):
    bpy.ops.ed.undo_push(message="Before")
    bpy.ops.a2g.generate_all()
    made = [recipe(addon, take(obj)) for obj in three]
    assert [len(strips(obj)) for obj in three] == [1, 1, 1]
    assert sorted({r.request.seed for r in made}) == [0, 1, 2]
    assert [(r.is_silent, len(r.request.partners)) for r in made] == [(False, 2), (False, 2), (True, 2)]
    assert [(r.start_frame, r.n_frames) for r in made] == [(1, 260)] * 3
    shown = [places(addon, obj, range(1, 261)) for obj in three]
    assert min(map(t_pose_deg, shown)) > 30
    assert fastest_m_s(shown[2]) < 1.0
    borders = [
        fastest_m_s({name: values[first - 12 : first + 6] for name, values in shown[k].items()})
        for k, first in ((0, 31), (0, 111 + 6), (1, 151), (1, 231 + 6))
    ]
    yaw = head_yaw_deg(shown[2])
    print(f"least angle to T-pose {min(map(t_pose_deg, shown)):.0f}; speeds at borders {np.round(borders, 2)} m/s")
    assert max(borders) < 1.0
    for first, sign in ((31, -1), (151, 1)):  # the first one stands to the right of the third, who faces -Y
        turned = yaw[first - 1 + round(0.8 * 30) + 3 : first + 60]
        assert (sign * turned > 25).all()


def apart_from_t_pose_deg(addon, obj: bpy.types.Object, frames) -> float:
    """The least angle of an arm to the T-pose, an arm being as far from it as the part of it that is further."""
    bones, least = addon.scene.rig.joints(obj), 180.0
    for frame in frames:
        bpy.context.scene.frame_set(frame)
        pose = obj.evaluated_get(bpy.context.evaluated_depsgraph_get()).pose
        for side, sign in (("left", 1), ("right", -1)):
            at = [np.array(pose.bones[bones[f"{side}_{j}"]].head) for j in ("shoulder", "elbow", "wrist")]
            parts = np.diff(at, axis=0)
            across = sign * parts[:, 0] / np.linalg.norm(parts, axis=1)
            least = min(least, float(np.degrees(np.arccos(np.clip(across, -1, 1))).max()))
    return least


def test_nobody_is_near_the_t_pose_on_any_frame_and_heads_turn_in_time(addon, three, scene, voice):
    """Line 1 of issue 16: three characters, two channels, who take over, fall in and wait."""
    place_sound(scene, voice, 251, 331, start=251, channel=1)
    place_sound(scene, voice, 341, 421, start=341, channel=2)
    scene.frame_end = 480
    for obj in three:
        obj.a2g_look_at = "SPEAKER"
    bpy.ops.a2g.generate_all()
    assert min(apart_from_t_pose_deg(addon, obj, range(1, 481)) for obj in three) > 30
    shown = [places(addon, obj, range(1, 481)) for obj in three]
    assert fastest_m_s(shown[2]) < 1.0
    for k, spoken in enumerate((((31, 117), (251, 337)), ((151, 237), (341, 427)))):
        for first, stop in spoken:
            into, out = (
                {name: values[low:high] for name, values in shown[k].items()}
                for low, high in ((max(0, first - 49), first - 9), (stop + 24, stop + 60))
            )
            assert fastest_m_s(into) < 1.0 and fastest_m_s(out) < 1.0
    yaw, lags = head_yaw_deg(shown[2]), []
    for first, sign in ((151, 1), (251, -1), (341, 1)):
        rest = yaw[first + 26 : first + 50].mean()
        way = np.abs(yaw[first - 1 :] - rest)
        lags.append(float(np.argmax(way < 0.15 * way[0])) / 30)
        assert sign * rest > 20 and way[0] > 30
    print(f"the listener's head has turned after {lags} s")
    assert max(lags) <= 0.8


def said(addon) -> list[str]:
    return [p.text for p in problems(addon) if "has become longer than the idle" in p.text]


def test_update_take_listens_to_who_has_moved_and_fills_a_longer_scene(addon, three, scene):
    bpy.ops.a2g.generate_all()
    listener, scene.a2g_character = three[2], three[2]
    made = take(listener).action.name
    three[0].location.y = -3.0
    bpy.context.view_layer.update()
    bpy.ops.a2g.update_take()
    assert [strip.action.name for strip in strips(listener).values()] == [made]
    now = recipe(addon, take(listener)).request.partners
    assert abs(now[0].yaw_deg) < 45 < abs(now[1].yaw_deg)
    for obj in (three[0], listener):
        scene.frame_end, scene.a2g_character = 260, obj
        assert not said(addon)
        then = places(addon, obj, range(40, 100, 6))
        scene.frame_end = 300
        assert len(said(addon)) == 1
        bpy.ops.a2g.update_take()
        first, second = (recipe(addon, strip) for strip in strips(obj).values())
        assert (second.start_frame, second.n_frames) == (1, 300) and second.request.seed == first.request.seed
        after = places(addon, obj, [*range(40, 100, 6), 290])
        assert all(np.abs(then[name] - after[name][:-1]).max() < 1e-6 for name in then)
        assert t_pose_deg(after) > 30 and not said(addon)


def looks_deg(addon, obj: bpy.types.Object, at: bpy.types.Object, frames) -> np.ndarray:
    """How far a head looks beside another character, (n,) degrees to either side."""
    there = np.array(obj.matrix_world.inverted() @ at.matrix_world.translation) @ addon.scene.rig.read(obj).axes
    found = head_yaw_deg(places(addon, obj, frames)) - np.degrees(np.arctan2(there[0], there[2]))
    return np.abs((found + 180) % 360 - 180)


def test_before_the_first_word_somebody_is_looked_at_and_who_says_nothing_now_and_then(addon, three, scene):
    for strip in addon.bl.sequencer_strips(scene.sequence_editor):
        strip.frame_start += 150
    scene.frame_end = 420
    for k, obj in enumerate(three):
        obj.a2g_seed, obj.rotation_euler.z = 10 * k, np.radians((110, -110, 0)[k])
    bpy.context.view_layer.update()
    bpy.ops.a2g.generate_all()
    frames = range(1, 421, 6)
    first, second, third = ({at.name: looks_deg(addon, obj, at, frames) for at in three if at != obj} for obj in three)
    begins = 181 // 6
    shares = [np.mean(looks["Character 0"][2:begins] < 20) for looks in (second, third)]
    silent = [np.mean(looks["Character 2"] < 15) for looks in (first, second)]
    print(f"at who will speak first {np.round(shares, 2)}, at who says nothing {np.round(silent, 2)}")
    assert min(shares) > 0.4 and 0 < max(silent) < 0.5


def test_who_joins_later_is_told_and_an_update_looks_at_them_too(addon, three, scene):
    bpy.ops.a2g.generate_all()
    scene.a2g_character = three[0]
    told = [problem.text for problem in problems(addon)]
    bpy.ops.a2g.add_character(with_body=False)
    newcomer = bpy.context.active_object
    newcomer.name, newcomer.location = "Newcomer", (0.0, -2.0, 0.0)
    scene.a2g_character = three[0]
    bpy.context.view_layer.update()
    (hint,) = [problem.text for problem in problems(addon) if problem.text not in told]
    assert "Newcomer" in hint and "Update Take" in hint
    before = {obj.name: recipe(addon, take(obj)) for obj in three}
    bpy.ops.ed.undo_push(message="Joined")
    bpy.ops.a2g.update_take("EXEC_DEFAULT", True)
    now = recipe(addon, take(three[0]))
    assert len(now.request.partners) == 3 and len(strips(three[0])) == 1
    assert now.plan == before[three[0].name].plan and now.request.seed == before[three[0].name].request.seed
    assert hint not in [problem.text for problem in problems(addon)]
    assert [recipe(addon, take(obj)) for obj in three[1:]] == [before[obj.name] for obj in three[1:]]
    bpy.ops.ed.undo()
    again = bpy.data.objects["Character 0"]
    assert recipe(addon, take(again)).row_checksums == before["Character 0"].row_checksums
    bpy.ops.a2g.generate_all()
    cast = [bpy.data.objects[name] for name in (*before, "Newcomer")]
    assert [len(recipe(addon, take(obj)).request.partners) for obj in cast] == [3, 3, 3, 3]
    assert len({recipe(addon, take(obj)).request.seed for obj in cast}) == 4


def test_one_undo_takes_the_takes_of_all_of_them_back(addon, three):
    names = [obj.name for obj in three]
    bpy.ops.ed.undo_push(message="Before")
    bpy.ops.a2g.generate_all("EXEC_DEFAULT", True)
    bpy.ops.ed.undo()
    cast = [bpy.data.objects[name] for name in names]
    assert not any(strips(obj) for obj in cast) and not len(bpy.data.actions)
    assert {obj.a2g_seed for obj in cast} == {0}


@pytest.mark.parametrize("way", ["hidden", "disabled", "excluded"])
def test_who_is_not_there_does_not_stand_by_but_speaks(addon, three, scene, way):
    aside = bpy.data.collections.new("Aside")
    scene.collection.children.link(aside)
    for obj in three[1:]:
        if way == "hidden":
            obj.hide_set(True)
        elif way == "disabled":
            obj.hide_viewport = True
        else:
            for collection in obj.users_collection:
                collection.objects.unlink(obj)
            aside.objects.link(obj)
    bpy.context.view_layer.layer_collection.children["Aside"].exclude = way == "excluded"
    bpy.ops.a2g.generate_all()
    assert [len(strips(obj)) for obj in three] == [1, 1, 0]


def test_a_hidden_armature_whose_body_is_seen_stands_by(addon, three, scene):
    mesh = bpy.data.objects.new("Body", bpy.data.meshes.new("Body"))
    scene.collection.objects.link(mesh)
    mesh.parent = three[2]
    three[2].hide_set(True)
    bpy.ops.a2g.generate_all()
    assert [len(strips(obj)) for obj in three] == [1, 1, 1]


def test_what_a_rigify_rig_was_generated_from_is_no_character(addon, scene):
    addon_utils.enable("rigify", default_set=True)
    bpy.ops.object.armature_human_metarig_add()
    metarig = bpy.context.object
    assert addon.work.dialogue.characters(bpy.context) == [metarig]
    rigs.rigify_generate()
    generated = bpy.context.object
    assert generated != metarig and addon.work.dialogue.characters(bpy.context) == [generated]


def test_the_next_click_mutes_what_it_covers(addon, three):
    bpy.ops.a2g.generate_all()
    bpy.ops.a2g.generate_all()
    for obj in three:
        first, second = strips(obj).values()
        assert first.mute and not second.mute


def test_a_job_for_everybody_writes_everybodys_take_or_nothing(addon, three, runner):
    order = addon.work.dialogue.everyone(bpy.context, None)
    runner.start(order)
    tick_to_the_end(runner)
    assert [len(strips(obj)) for obj in three] == [1, 1, 1]
    runner.start(order)
    runner.cancel()
    tick_to_the_end(runner)
    assert [len(strips(obj)) for obj in three] == [1, 1, 1]
    assert not any(strip.mute for obj in three for strip in strips(obj).values())


def test_a_voice_that_is_missing_is_told_and_nobody_is_silent_by_mistake(addon, three, tmp_path):
    three[1].a2g_speech_source, three[1].a2g_speech_file = "FILE", str(tmp_path / "gone.wav")
    with pytest.raises(RuntimeError, match="gone"):
        bpy.ops.a2g.generate_all()
    assert not any(strips(obj) for obj in three)


def test_whose_voice_is_muted_is_told_and_who_takes_no_part_is_not_asked_for_it(addon, three, scene):
    (muted,) = (s for s in addon.bl.sequencer_strips(scene.sequence_editor) if s.channel == 2)
    muted.mute = True
    with pytest.raises(RuntimeError, match=r"Character .Character 1. has no voice: .* is muted"):
        bpy.ops.a2g.generate_all()
    muted.mute = False
    three[2].hide_set(True)
    three[2].data = three[2].data.copy()
    three[2].data.pose_position = "REST"
    bpy.ops.a2g.generate_all()
    assert [len(strips(obj)) for obj in three] == [1, 1, 0]


def test_who_is_animated_by_hand_is_left_alone(addon, three):
    key_clip(addon.bl, three[2], "dance", 1, {"spine1": turn(0, np.linspace(0, 1, 100))})
    bpy.ops.a2g.generate_all()
    assert list(strips(three[2])) == ["dance"] and [len(strips(obj)) for obj in three[:2]] == [1, 1]


def test_an_idle_ends_where_a_clip_of_the_artists_begins(addon, speaker):
    key_clip(addon.bl, speaker, "dance", 200, {"spine1": turn(0, np.linspace(0, 1, 40))})
    bpy.ops.a2g.generate()
    assert (take(speaker).frame_start, take(speaker).frame_end) == (1, 199)


def test_nobody_has_a_voice_and_everybody_stands_by(addon, three):
    for obj in three:
        obj.a2g_speech_source = "STRIP"
    bpy.context.scene.a2g_character = three[1]
    bpy.ops.a2g.generate_all()
    assert [recipe(addon, take(obj)).is_silent for obj in three] == [True, False, True]
    for strip in list(addon.bl.sequencer_strips(bpy.context.scene.sequence_editor)):
        strip.mute = True
    bpy.ops.a2g.generate_all()
    made = [recipe(addon, take(obj)) for obj in three]
    assert all(r.is_silent and not r.request.partners for r in made)
