"""Shape keys of the face: they follow a take through drivers that the artist asks for; nothing else changes."""

from __future__ import annotations

import bpy
import numpy as np
import pytest
from layouts import drawn
from scenes import counts, curves, strips

START = 37
LOOKS = [f"eyeLook{way}{side}" for way in ("In", "Out", "Up", "Down") for side in ("Left", "Right")]
EYES = ("left_eye_smplhf", "right_eye_smplhf")


@pytest.fixture
def speaking(scene, character, voice) -> bpy.types.Object:
    character.a2g_speech_source, character.a2g_speech_file, character.a2g_start_frame = "FILE", str(voice), START
    return character


def head(scene, obj: bpy.types.Object, *names: str) -> bpy.types.Key:
    """A mesh that the character's bones move, with shape keys of these names."""
    mesh = bpy.data.meshes.new("Head")
    mesh.from_pydata([(0, 0, 0), (1, 0, 0), (0, 1, 0)], [], [(0, 1, 2)])
    made = bpy.data.objects.new("Head", mesh)
    scene.collection.objects.link(made)
    made.parent = obj
    made.modifiers.new("Armature", "ARMATURE").object = obj
    for name in ("Basis", *names):
        made.shape_key_add(name=name).value = 0  # 5.2 begins at 1
    return mesh.shape_keys


def without_face_bones(obj: bpy.types.Object) -> None:
    bpy.context.view_layer.objects.active = obj
    bpy.ops.object.mode_set(mode="EDIT")
    for bone in (*EYES, "jaw"):
        obj.data.edit_bones.remove(obj.data.edit_bones[bone])
    bpy.ops.object.mode_set(mode="OBJECT")


def shown(keys: bpy.types.Key, name: str, frames=range(START, START + 120)) -> np.ndarray:
    """The value of a shape key on frames, as it is evaluated."""
    found = []
    for frame in frames:
        bpy.context.scene.frame_set(frame)
        evaluated = keys.evaluated_get(bpy.context.evaluated_depsgraph_get())
        found.append(evaluated.key_blocks[name].value)
    return np.array(found)


@pytest.mark.parametrize(
    "names",
    [
        ("eyeBlinkLeft", "eyeBlinkRight"), ("Eye_Blink_L", "Eye_Blink_R"), ("Fcl_EYE_Close",), ("まばたき",),
        ("blendShape1.eyeBlink_L", "blendShape1.eyeBlink_R"),
    ],
)  # fmt: skip
def test_lids_follow_a_take_once_they_are_connected(addon, scene, speaking, names):
    keys = head(scene, speaking, *names, "smile")
    bpy.ops.a2g.generate()
    assert not np.any(shown(keys, names[0], range(START, START + 120, 20)))
    bpy.ops.a2g.connect_shapes()
    speaking.a2g_seed = 0
    bpy.ops.a2g.generate()
    closed = shown(keys, names[-1])
    assert closed.max() > 0.9
    assert 0 < np.mean(closed > 0.5) < 0.2
    assert not shown(keys, "smile", [START + 5])
    plain, blinks = (curves(addon.bl, strips(speaking)[name]) for name in ("Gestures", "Gestures 2"))
    assert set(blinks) - set(plain) == {('pose.bones["head"]["a2g_blink"]', 0)}
    assert all(np.array_equal(plain[path], blinks[path]) for path in plain)


ARKIT = ("eyeBlinkLeft", "eyeBlinkRight", *LOOKS, "jawOpen")
_SHORT = [name.replace("Left", "_L").replace("Right", "_R") for name in ARKIT]


@pytest.mark.parametrize(
    "names",
    [
        ARKIT, _SHORT, [f"blendShape2.{name}" for name in _SHORT], [f"head_geo:{name}" for name in ARKIT],
        [name[0].upper() + name[1:] for name in ARKIT], [name.upper() for name in ARKIT],
        ["".join(f"_{a.lower()}" if a.isupper() else a for a in name) for name in ARKIT],
        [f"CTRL_expressions_{name.replace('_', '')}" for name in _SHORT], [f"facs_jnt_{name}" for name in ARKIT],
    ],
    ids=lambda names: names[0],
)  # fmt: skip
def test_arkits_names_are_known_in_every_spelling_and_no_others(addon, scene, character, names):
    without_face_bones(character)
    keys = head(scene, character, "mouthFunnel", "browInnerUp", "head_aa", "no_blink", "headLookLeft", *names)
    bpy.ops.a2g.connect_shapes()
    driven = {curve.data_path.split('"')[1] for curve in keys.animation_data.drivers}
    assert driven == set(names)
    ways = {curve.data_path.split('"')[1]: curve.driver.expression for curve in keys.animation_data.drivers}
    opposite = {name for name, way in ways.items() if way.startswith("max(-")}
    assert opposite == {names[k] for k, name in enumerate(ARKIT) if "Down" in name or name in LOOK_RIGHT}


LOOK_RIGHT = ("eyeLookInLeft", "eyeLookOutRight")


def test_eyes_and_jaw_without_bones_are_turned_by_shape_keys(addon, scene, speaking):
    without_face_bones(speaking)
    keys = head(scene, speaking, *LOOKS, "jawOpen")
    bpy.ops.a2g.connect_shapes()
    ball = bpy.data.objects.new("Ball", None)
    scene.collection.objects.link(ball)
    speaking.a2g_look_at, speaking.a2g_look_target, speaking.a2g_look_strength = "OBJECT", ball, 1.0
    speaking.a2g_jaw = 1.0
    ball.location = (1.5, -1.5, 1.6)  # to its left: it faces -Y
    bpy.context.view_layer.update()
    bpy.ops.a2g.generate()
    assert shown(keys, "eyeLookOutLeft").mean() > 0.3
    assert shown(keys, "eyeLookInRight").mean() > 0.3
    assert shown(keys, "eyeLookInLeft").max() < 0.2
    assert shown(keys, "jawOpen").max() > 0.3


def test_with_bones_for_them_eyes_and_jaw_need_no_shape_keys(addon, scene, speaking):
    keys = head(scene, speaking, *LOOKS, "jawOpen", "blink")
    bpy.ops.a2g.connect_shapes()
    assert [curve.data_path for curve in keys.animation_data.drivers] == ['key_blocks["blink"].value']


def test_who_connects_later_finds_them_in_the_next_take_or_by_an_update(addon, scene, speaking):
    keys = head(scene, speaking, "blink")
    bpy.ops.a2g.generate()
    before = curves(addon.bl, strips(speaking)["Gestures"])
    bpy.ops.a2g.connect_shapes()
    bpy.context.scene.frame_set(START + 40)
    bpy.ops.a2g.change_phrase(direction="NEXT")
    assert curves(addon.bl, strips(speaking)["Gestures"]).keys() == before.keys()
    bpy.ops.a2g.update_take()
    assert set(strips(speaking)) == {"Gestures", "Gestures 2"}
    assert shown(keys, "blink").max() > 0.9
    bpy.ops.a2g.change_phrase(direction="NEXT")
    assert set(strips(speaking)) == {"Gestures", "Gestures 2"}
    bpy.ops.a2g.bake_action()
    assert shown(keys, "blink").max() > 0.9


def test_disconnecting_leaves_nothing_behind(addon, scene, speaking):
    keys = head(scene, speaking, "blink")
    bpy.ops.a2g.connect_shapes()
    bpy.ops.a2g.generate()
    bpy.ops.a2g.disconnect_shapes()
    assert not len(keys.animation_data.drivers)
    assert not [name for name in speaking.pose.bones["head"].keys() if name.startswith("a2g_")]  # noqa: SIM118
    assert not shown(keys, "blink").any()
    with pytest.raises(RuntimeError, match="No shape key follows"):
        bpy.ops.a2g.disconnect_shapes()


def test_one_undo_takes_a_take_and_its_face_away_and_another_one_the_drivers(addon, scene, speaking):
    keys = head(scene, speaking, "blink")
    bpy.ops.ed.undo_push(message="before")
    before = counts()
    bpy.ops.a2g.connect_shapes("EXEC_DEFAULT", True)
    bpy.ops.a2g.generate("EXEC_DEFAULT", True)
    bpy.ops.ed.undo()
    keys, obj = bpy.data.shape_keys[0], bpy.data.objects["Character"]
    assert counts() == before and not strips(obj)
    assert len(keys.animation_data.drivers) == 1
    bpy.ops.ed.undo()
    keys, obj = bpy.data.shape_keys[0], bpy.data.objects["Character"]
    assert keys.animation_data is None or not len(keys.animation_data.drivers)
    assert not obj.pose.bones["head"].keys()


def test_what_others_drive_or_key_is_left_alone(addon, scene, speaking):
    keys = head(scene, speaking, "eyeBlinkLeft", "eyeBlinkRight")
    keys.key_blocks["eyeBlinkLeft"].driver_add("value").driver.expression = "0.25"
    keys.key_blocks["eyeBlinkRight"].value = 0.5
    keys.key_blocks["eyeBlinkRight"].keyframe_insert("value", frame=1)
    with pytest.raises(RuntimeError, match="eyeBlinkLeft, eyeBlinkRight"):
        bpy.ops.a2g.connect_shapes()
    assert shown(keys, "eyeBlinkLeft", [START])[0] == pytest.approx(0.25)
    keys.key_blocks["eyeBlinkLeft"].driver_remove("value")
    bpy.ops.a2g.connect_shapes()
    bpy.ops.a2g.generate()
    assert shown(keys, "eyeBlinkLeft").max() > 0.9
    assert set(shown(keys, "eyeBlinkRight")) == {0.5}


def test_the_panel_says_what_a_face_can_do(addon, scene, speaking):
    panel = bpy.types.A2G_PT_gestures
    assert "a2g.connect_shapes" not in drawn(panel)
    head(scene, speaking, "blink")
    assert "a2g.connect_shapes" in drawn(panel)
    bpy.ops.a2g.connect_shapes()
    shown_now = drawn(panel)
    assert "a2g.connect_shapes" not in shown_now
    assert "a2g.disconnect_shapes" in shown_now
    without_face_bones(speaking)
    speaking.a2g_look_at, speaking.a2g_jaw = "OBJECT", 1.0
    shown_now = drawn(panel)
    for sentence in ("No object to look at is chosen", "No bone is an eye", "No bone is the jaw"):
        assert sentence in shown_now


def test_a_character_without_known_shape_keys_is_told_so(addon, scene, speaking):
    head(scene, speaking, "smile")
    with pytest.raises(RuntimeError, match="known by its name"):
        bpy.ops.a2g.connect_shapes()
