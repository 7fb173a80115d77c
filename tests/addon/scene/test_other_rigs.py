"""An armature of another family: a map in the folder is all that it needs."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import bpy
import numpy as np
import pytest
from scenes import key_clip, pose_matrices, select_only, strips, turn

SOURCE = Path(__file__).parents[3] / "blender_addon"


def theirs(joint: str) -> str:
    """What the other family calls a joint's bone."""
    return f'Other "{joint.title()}"'  # quotes, as a name may have them


@pytest.fixture
def other_family(addon) -> Iterator[None]:
    """A map file in the installed add-on's folder, and nothing else."""
    rigs = addon.a2g_core.body.rig_map
    own = rigs.own_map()
    joints = {joint: theirs(joint) for joint in own.joints if "eye" not in joint}
    chains = {key: [theirs(joint) for joint in names] for key, names in rigs.CHAINS.items()}
    path = rigs.FOLDER / "other.json"
    data = {"format": 1, "name": "other", "label": "Other", "joints": joints, **chains}
    path.write_text(json.dumps(data), encoding="utf-8")
    rigs.rig_maps.cache_clear()
    yield
    path.unlink()
    rigs.rig_maps.cache_clear()


@pytest.fixture
def other(other_family, scene) -> bpy.types.Object:
    """Our armature under other names, its bones rolled and bent out of line, with its object's rotation applied."""
    bpy.ops.a2g.add_character(with_body=False)
    obj = bpy.context.active_object
    rng = np.random.default_rng(0)
    bpy.ops.object.transform_apply(location=False, rotation=True, scale=False)
    bpy.ops.object.mode_set(mode="EDIT")
    for bone in obj.data.edit_bones:
        bone.tail = np.array(bone.head) + 0.05 * rng.standard_normal(3)
        bone.roll = rng.uniform(-3, 3)
        if "eye" in bone.name:
            obj.data.edit_bones.remove(bone)
        else:
            bone.name = theirs(bone.name)
    bpy.ops.object.mode_set(mode="OBJECT")
    obj.name = "other"
    return obj


def speak(scene: bpy.types.Scene, obj: bpy.types.Object, voice: Path, **settings) -> None:
    scene.a2g_character = obj
    obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", str(voice), 37
    for name, value in settings.items():
        setattr(obj, name, value)


def places(obj: bpy.types.Object, frame: int, bones: Iterable[str]) -> np.ndarray:
    """Evaluated world position of each bone, (n, 3)."""
    pose = pose_matrices(obj, frame)
    return np.array([(np.array(obj.matrix_world) @ pose[bone])[:3, 3] for bone in bones])


def test_it_is_recognised_and_called_by_its_label(addon, scene, other):
    rig = addon.scene.rig
    assert rig.fit(other).map.label == "Other" and len(rig.fit(other).missing) == 0
    assert addon.ui.state.readiness(other) == "Not verified: Other · 53/55 bones"
    assert rig.joints(other)["left_index1"] == theirs("left_index1")
    assert not list(addon.ui.preflight.character_problems(other))


def test_its_joints_are_where_those_of_our_own_armature_are(addon, scene, other, voice):
    bpy.ops.a2g.add_character(with_body=False)
    own = bpy.context.active_object
    own.location = other.location  # it stands beside
    for obj in (own, other):
        speak(scene, obj, voice, a2g_seed=5)
        assert bpy.ops.a2g.generate() == {"FINISHED"}
    names = addon.scene.rig.joints(other)
    moved = []
    for frame in (37, 60, 90, 120):
        there = places(own, frame, names)
        np.testing.assert_allclose(places(other, frame, names.values()), there, atol=1e-4)
        moved.append(there)
    assert np.ptp(moved, axis=0).max() > 0.02  # there was something to compare


def test_it_can_be_pinned_and_its_clip_means_the_same_motion(addon, scene, other, voice):
    bpy.ops.a2g.add_character(with_body=False)
    own, joint = bpy.context.active_object, "left_shoulder"
    swing = 1.0 + 0.3 * np.sin(np.arange(30) / 3)
    clips = []
    for obj, bone in ((own, joint), (other, theirs(joint))):
        speak(scene, obj, voice)
        rig = addon.scene.rig.read(obj)
        skeleton = addon.a2g_core.body.skeleton.SMPLX
        q = np.tile([1.0, 0, 0, 0], (len(swing), len(skeleton), 1))
        q[:, skeleton.index(joint)] = turn(2, swing)
        motion = addon.a2g_core.body.motion.Motion(q, np.zeros((len(swing), 3)), 30.0, skeleton)
        (values,) = (value.values for value in rig.values(motion, {joint}))
        strip = key_clip(addon.bl, obj, "wave", 80, {bone: values})
        strip.extrapolation = "NOTHING"
        select_only(obj, strip)
        assert bpy.ops.a2g.pin_clips() == {"FINISHED"}
        clips += addon.scene.pins.read_pins(obj, 30.0)
    first, second = (clip.clip for clip in clips)
    assert first.skeleton.names == second.skeleton.names == (joint,)
    cosine = np.abs(np.sum(first.quaternions * second.quaternions, axis=-1))
    np.testing.assert_allclose(cosine, 1, atol=1e-5)


def test_its_active_action_is_seen(addon, scene, other, voice):
    speak(scene, other, voice)
    bone = other.pose.bones[theirs("left_elbow")]
    bone.rotation_mode = "XYZ"
    bone.keyframe_insert("rotation_euler", frame=1)
    assert addon.scene.active_action.hides_nla(other)
    assert bpy.ops.a2g.push_down_action() == {"FINISHED"}
    assert not addon.scene.active_action.hides_nla(other) and len(strips(other)) == 1


def test_a_faulty_map_is_said_in_the_panel(addon, scene, character):
    rigs = addon.a2g_core.body.rig_map
    path = rigs.FOLDER / "faulty.json"
    path.write_text('{"format": 1}', encoding="utf-8")
    rigs.rig_maps.cache_clear()
    try:
        problems = addon.ui.preflight.problems(bpy.context, character)
        assert "rig map 'faulty.json'" in problems[0].text.lower()
    finally:
        path.unlink()
        rigs.rig_maps.cache_clear()


# --- the border --------------------------------------------------------


def literals(tree: ast.AST) -> Iterator[str]:
    """Every text in a module that is not a docstring."""
    documents = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.value


KNOWS_BONES = {
    "scene/rig.py", "scene/follow.py", "scene/double.py", "scene/found.py", "scene/bones.py",
    "scene/played.py", "scene/as_ik.py", "scene/feet.py", "scene/fewer_keys.py", "scene/gaze.py", "scene/ghost.py",
    "scene/girth.py", "scene/own_gestures.py",
    "scene/baked.py", "scene/baked_bones.py", "scene/baked_motion.py", "scene/seat.py", "scene/shapes.py",
    "ui/bone_list.py", "panels/gaze.py", "ui/bone_rows.py", "panels/bones.py",
}  # fmt: skip
"""The rig, what is recognised of it, the soles that its bones move, what head, eyes and jaw do, what sits, which ends
of limbs stay in place, the bones of a baked copy, how a ghost's bones are drawn, how wide a body is, what an
Action moves, and the list in which it is shown and corrected."""


def test_no_other_module_of_the_addon_knows_a_bone(addon):
    """Neither a joint's or bone's name, nor the path to a bone, nor an armature's bones."""
    names = set(addon.a2g_core.body.skeleton.SMPLX.names)
    sided = re.compile(r"(left|right)_[a-z]*")
    outside = [p for p in sorted(SOURCE.rglob("*.py")) if p.parent.name != "translations"]
    outside = [p for p in outside if str(p.relative_to(SOURCE)) not in KNOWS_BONES]
    assert len(outside) > 30
    found = []
    for path in outside:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = [t for t in literals(tree) if t in names or "pose.bones" in t or sided.fullmatch(t)]
        reads = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "bones"]
        found += [f"{path.name}: {what}" for what in (*texts, *reads)]
    # Our own armature is made there, sequencer strips have handles, and the command line has an option of that name.
    assert set(found) <= {"smplx_armature.py: bones", "bl.py: left_handle", "batch.py: jaw"}
