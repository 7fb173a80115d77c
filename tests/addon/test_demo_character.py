"""The demo on a character of the user's: which armature of a file it takes, what it shows, and what it says."""

from __future__ import annotations

import sys
from pathlib import Path

import bpy
import numpy as np
import pytest
import rigs
from places import ROOT

sys.path.append(str(ROOT / "scripts"))

import demo_character


def emptied() -> bpy.types.Scene:
    bpy.data.batch_remove([*bpy.data.objects, *bpy.data.actions])
    return bpy.context.scene


@pytest.fixture(scope="session")
def files(addon, tmp_path_factory) -> Path:
    """A folder with one character in each format, beside an armature and a mesh that are nobody."""
    folder = tmp_path_factory.mktemp("characters")
    bpy.ops.wm.read_homefile(use_empty=True)
    bpy.ops.object.armature_add()
    bpy.context.object.name = "A crane"
    bpy.ops.mesh.primitive_cube_add()
    bpy.context.object.name = "Box"
    rigs.make("made_mixamo")
    bpy.ops.wm.save_as_mainfile(filepath=str(folder / "hero.blend"), copy=True)
    bpy.ops.export_scene.gltf(filepath=str(folder / "hero.glb"))
    (folder / "hero.vrm").write_bytes((folder / "hero.glb").read_bytes())
    bpy.context.scene.render.fps = 25
    bpy.ops.export_scene.fbx(filepath=str(folder / "hero.fbx"))
    return folder


@pytest.mark.parametrize("ending", ["blend", "fbx", "glb", "vrm"])
def test_the_first_that_can_be_one_is_the_character(addon, files, voice, ending):
    scene = emptied()
    scene.render.fps = 30
    obj = demo_character.add(files / f"hero.{ending}")
    assert scene.a2g_character == obj and scene.render.fps == 30
    assert addon.scene.found.fit(obj).joints["left_shoulder"] == "mixamorig:LeftArm"
    shown = [o for o in scene.objects if o.type == "MESH" and not o.hide_render]
    assert shown and all(o.name != "Box" for o in shown)
    middle, size, turn_rad = demo_character.place(obj)
    np.testing.assert_allclose(middle, (0, 0, 0), atol=0.1)
    assert 0.8 < size < 1.3 and abs(turn_rad) < 0.05
    obj.a2g_speech_source, obj.a2g_speech_file = "FILE", str(voice)
    assert bpy.ops.a2g.generate() == {"FINISHED"}


def test_a_character_that_stands_elsewhere_and_larger(addon, files):
    emptied()
    obj = demo_character.add(files / "hero.blend")
    before = demo_character.place(obj)
    obj.location, obj.scale = (3, 4, 5), 2 * obj.scale
    obj.rotation_mode = "XYZ"
    obj.rotation_euler.z += 1.0
    bpy.context.view_layer.update()
    middle, size, turn_rad = demo_character.place(obj)
    np.testing.assert_allclose(middle, (3, 4, 5), atol=0.2)
    np.testing.assert_allclose((size, turn_rad), (2 * before[1], before[2] + 1.0), rtol=1e-2, atol=1e-2)


def test_a_file_without_a_character_is_told(addon, files, tmp_path):
    emptied()
    bpy.ops.mesh.primitive_cube_add()
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "box.blend"), copy=True)
    with pytest.raises(demo_character.CharacterError, match=r"^there is no armature in box\.blend\.$"):
        demo_character.add(tmp_path / "box.blend")
    emptied()
    bpy.ops.object.armature_add()
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "bone.blend"), copy=True)
    emptied()
    with pytest.raises(demo_character.CharacterError, match=r"can be the character\. No bone was found for the hips"):
        demo_character.add(tmp_path / "bone.blend")
    (tmp_path / "hero.txt").touch()
    with pytest.raises(demo_character.CharacterError, match=r"none of \.blend"):
        demo_character.add(tmp_path / "hero.txt")
    (tmp_path / "broken.glb").write_bytes(b"glTF and nothing more")
    with pytest.raises(demo_character.CharacterError, match=r"broken\.glb cannot be read"):
        demo_character.add(tmp_path / "broken.glb")
    (tmp_path / "broken.blend").write_bytes(b"BLENDER and nothing more")
    with pytest.raises(demo_character.CharacterError, match=r"broken\.blend cannot be read"):
        demo_character.add(tmp_path / "broken.blend")
