"""From the zip to a saved file with gestures, in processes of their own, as on a farm."""

from __future__ import annotations

import ast
import json
import tomllib
import zipfile

MAX_ZIP_BYTES = 10_000_000


def test_zip_holds_what_generation_needs_and_no_more(extension_zip):
    assert extension_zip.stat().st_size < MAX_ZIP_BYTES
    names = zipfile.ZipFile(extension_zip).namelist()
    assert {"blender_manifest.toml", "__init__.py", "LICENSE", "a2g_core/performing/generate.py"} <= set(names)
    assert any(n.startswith("a2g_core/model/weights/") and n.endswith(".safetensors") for n in names)
    assert not any(n.startswith(f"a2g_core/{part}") for n in names for part in ("training", "evaluation", "cli"))
    assert not any(n.endswith((".pyc", ".so", ".pyd", ".dll", ".dylib")) for n in names)
    assert [n for n in names if n.endswith(".whl")] == [n for n in names if n.endswith("-py3-none-any.whl")] != []


def test_versions_agree(extension_zip):
    archive = zipfile.ZipFile(extension_zip)
    manifest = tomllib.loads(archive.read("blender_manifest.toml").decode())
    core = ast.parse(archive.read("a2g_core/__init__.py"))
    versions = [n.value.value for n in core.body if isinstance(n, ast.Assign) and n.targets[0].id == "__version__"]
    assert versions == [manifest["version"]]


def test_one_expression_generates_and_saves(blender, voice, tmp_path):
    saved = tmp_path / "talk.blend"
    done = blender(
        "bpy.ops.a2g.add_character(); character = bpy.context.active_object; "
        f"character.a2g_speech_source = 'FILE'; character.a2g_speech_file = {str(voice)!r}; "
        "character.a2g_start_frame = 37; "
        f"bpy.ops.a2g.generate(); bpy.ops.wm.save_as_mainfile(filepath={str(saved)!r})"
    )
    assert done.returncode == 0, done.stderr
    # The saved file needs no add-on to play: it is opened with factory settings.
    done = blender(f"""
import json
bpy.ops.wm.read_factory_settings(use_empty=True)
bpy.ops.wm.open_mainfile(filepath={str(saved)!r})
assert not hasattr(bpy.types.Scene, "a2g_character")
obj = bpy.data.objects["Character"]
strip = obj.animation_data.nla_tracks["Gestures"].strips[0]
bpy.context.scene.frame_set(60)
moved = obj.evaluated_get(bpy.context.evaluated_depsgraph_get()).pose.bones["left_shoulder"].matrix_basis
away = max(abs(a - b) for row, unit in zip(moved, ((1,0,0,0),(0,1,0,0),(0,0,1,0),(0,0,0,1))) for a, b in zip(row, unit))
scene = bpy.context.scene
print("RESULT", json.dumps([strip.frame_start - scene.frame_start, strip.frame_end - scene.frame_end, away]))
""")
    assert done.returncode == 0, done.stderr
    result = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    start, end, away = json.loads(result.removeprefix("RESULT "))
    assert (start, end) == (0, 0)  # it idles before what it says and after it
    assert away > 1e-3


def test_a_failure_fails_the_process_with_one_sentence(blender, tmp_path):
    gone = str(tmp_path / "gone.wav")
    done = blender(
        "bpy.ops.a2g.add_character(); character = bpy.context.active_object; "
        f"character.a2g_speech_source = 'FILE'; character.a2g_speech_file = {gone!r}; bpy.ops.a2g.generate()"
    )
    assert done.returncode != 0
    assert "gone.wav'; use Find Speech File" in done.stderr.strip().splitlines()[-1]


def test_nothing_but_the_extension_is_needed(blender):
    done = blender("""
import array_api_compat, sys
assert ".local" in array_api_compat.__file__, array_api_compat.__file__
assert not {"torch", "soundfile", "scipy"} & set(sys.modules)
""")
    assert done.returncode == 0, done.stderr
