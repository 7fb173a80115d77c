"""What the add-on writes where, what is left when it is disabled or removed, and files without it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from blenders import run_in_blender

MODULE = "bl_ext.user_default.audio2gestures"
_POSES = """
def poses():
    obj, scene = bpy.data.objects["Character"], bpy.context.scene
    found = []
    for frame in (37, 45, 60, 80, 96, 120):
        scene.frame_set(frame)
        for bone in obj.evaluated_get(bpy.context.evaluated_depsgraph_get()).pose.bones:
            found.append([value for row in bone.matrix for value in row])
    return found
"""
_HELPERS = """
import json, os
import bpy, addon_utils
def left():
    handlers = {n: len(h) for n in dir(bpy.app.handlers) if isinstance(h := getattr(bpy.app.handlers, n), list)}
    keys = {f"{c.name} {m.name}": len(m.keymap_items) for c in bpy.context.window_manager.keyconfigs for m in c.keymaps}
    kinds = (bpy.types.Object, bpy.types.Action, bpy.types.Scene, bpy.types.WindowManager, bpy.types.Armature)
    properties = {k.__name__: sorted(p.identifier for p in k.bl_rna.properties) for k in kinds}
    menus = {}
    for n in dir(bpy.types):
        t = getattr(bpy.types, n)
        draw = getattr(getattr(t, "draw", None), "_draw_funcs", None)
        menus[n] = len(draw) - 1 if draw else 0  # the first is the menu's own
    return json.dumps([sorted(dir(bpy.types)), handlers, keys, properties, menus, sorted(dir(bpy.ops.a2g))])
def say(**values):
    print("RESULT " + json.dumps(values))
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A user's folders, all of them below one."""
    for name in ("home", "tmp", "resources", "work"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def blender(home: Path, extension_zip: Path) -> Callable[[str], dict]:
    """Runs Python in a new Blender of that user, with the extension installed, and returns what it says."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHONPATH", "XDG_"))}
    environ |= {"HOME": str(home / "home"), "BLENDER_USER_RESOURCES": str(home / "resources"),
                "TMPDIR": str(home / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip

    def run(code: str) -> dict:
        # Left in haste: what Blender itself tidies up at exit is not what is asked here.
        haste = "\nimport sys; sys.stdout.flush(); os._exit(0)"
        done = run_in_blender(_HELPERS + code + haste, folder=home / "work", environ=environ)
        assert done.returncode == 0, done.stderr[-3000:]
        lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
        return json.loads(lines[-1].removeprefix("RESULT ")) if lines else {}

    run(f"bpy.ops.extensions.package_install_files(filepath={str(extension_zip)!r}, repo='user_default')")
    return run


def files(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file below a folder, with its size and its time."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns) for path in found}


def generate(voice: Path) -> str:
    return f"""
assert addon_utils.enable({MODULE!r})
bpy.ops.a2g.add_character()
obj = bpy.data.objects["Character"]
obj.a2g_speech_source, obj.a2g_speech_file, obj.a2g_start_frame = "FILE", {str(voice)!r}, 37
assert bpy.ops.a2g.generate() == {{"FINISHED"}}
assert bpy.ops.a2g.next_take() == {{"FINISHED"}}
assert bpy.ops.a2g.change_phrase() == {{"FINISHED"}}
"""


def test_nothing_is_written_outside_the_extensions_own_folder(blender, home, voice):
    before = files(home)
    saved = home / "work" / "talk.blend"
    blender(generate(voice) + f"bpy.ops.wm.save_as_mainfile(filepath={str(saved)!r})")
    changed = {path for path, state in files(home).items() if before.get(path) != state}
    # Blender's own: the session's temporary folder, and, from 5.2 on, the saved file's thumbnail.
    changed = {p for p in changed if not p.startswith(("tmp/blender_", "home/.cache/thumbnails/"))}
    own = "resources/extensions/.user/user_default/audio2gestures/"
    assert {path for path in changed if not path.startswith(own)} == {"work/talk.blend"}
    assert not set(before) - set(files(home))


def test_enabling_does_not_import_what_only_a_click_needs(blender):
    """Every start of Blender waits for what is imported here."""
    said = blender(f"""
import sys
assert addon_utils.enable({MODULE!r})
say(modules=[name.removeprefix({MODULE!r} + ".") for name in sys.modules if name.startswith({MODULE!r})])
""")
    late = ("performing.", "model.", "worker.", "formats.", "gestures.", "words.", "speech.", "body.rig")
    of_core = tuple(f"a2g_core.{name}" for name in late)
    imported = {
        n for n in said["modules"] if n.startswith(of_core) and not n.startswith("a2g_core.performing.controls")
    }
    assert not imported
    # What does something without being asked: a property, a menu, a lane, a handler, a timer.
    rooms = {n for n in said["modules"] if n.startswith(("scene.", "speech.", "ui.", "work."))}
    assert rooms == {
        "scene.influence", "scene.old_files", "ui.bone_fields", "ui.bone_rows", "ui.lanes", "ui.manual", "ui.menus",
        "ui.overlay", "ui.selection_watch", "ui.speech_lanes", "ui.word_lane", "work.command_line", "work.live",
        "work.prepare", "work.redraw",
    }  # fmt: skip
    # Blender speaks English here, and other languages are read when it speaks them.
    assert not {n for n in said["modules"] if n.startswith("translations.")}


def test_what_is_imported_late_is_there_for_the_first_line_of_a_script(blender, voice):
    """In the background no timer ticks; here no operator of ours, and no panel, has been asked before."""
    said = blender(f"""
assert addon_utils.enable({MODULE!r})
bpy.ops.object.armature_add()
bpy.context.scene.a2g_bones.pelvis = "Bone"
obj = bpy.context.object
say(ready=bpy.ops.a2g.generate.poll(), bone=bpy.context.scene.a2g_bones.pelvis, influence=obj.a2g_influence)
""")
    assert said == {"ready": False, "bone": "Bone", "influence": 1.0}
    said = blender(f"""
assert addon_utils.enable({MODULE!r})
from bl_ext.user_default.audio2gestures import late, work
before = type(work.jobs)
late.import_all()
import sys
say(after=work.jobs is sys.modules[{MODULE!r} + ".work.jobs"], before=before is type(sys))
""")
    assert said == {"after": True, "before": False}


def test_disabling_takes_everything_back(blender, voice):
    said = blender(f"""
before = left()
{generate(voice)}
during = left()
addon_utils.disable({MODULE!r})
say(before=json.loads(before), during=json.loads(during), after=json.loads(left()))
""")
    assert said["during"] != said["before"]
    names = ("types", "handlers", "keymaps", "properties", "menus", "operators")
    for name, before, after in zip(names, said["before"], said["after"], strict=True):
        if isinstance(before, dict):
            differing = {k: (before.get(k), after.get(k)) for k in {*before, *after} if before.get(k) != after.get(k)}
            # A keymap that was asked for stays, and empty.
            assert not {k: v for k, v in differing.items() if v not in {(None, 0), (0, None)}}, name
        else:
            assert not set(after) ^ set(before), name


def test_removing_leaves_nothing_behind(blender, home, voice):
    blender(generate(voice))
    assert any("audio2gestures" in path for path in files(home))
    blender("""
repos = [repo.module for repo in bpy.context.preferences.extensions.repos]
index = repos.index("user_default")
assert bpy.ops.extensions.package_uninstall(repo_index=index, pkg_id="audio2gestures") == {"FINISHED"}
""")
    assert not [path for path in files(home) if "audio2gestures" in path or "array_api_compat" in path]


def test_a_saved_file_plays_the_same_without_the_addon(blender, home, voice):
    saved = home / "work" / "talk.blend"
    with_addon = blender(f"""{_POSES}{generate(voice)}
bpy.ops.wm.save_as_mainfile(filepath={str(saved)!r})
say(poses=poses())
""")["poses"]
    without = blender(f"""{_POSES}
bpy.ops.wm.read_factory_settings(use_empty=True)
bpy.ops.wm.open_mainfile(filepath={str(saved)!r})
assert not hasattr(bpy.types.Scene, "a2g_character")
say(poses=poses())
""")["poses"]
    np.testing.assert_array_equal(np.array(without), np.array(with_addon))
    assert np.ptp(np.array(without).reshape(6, -1, 16), axis=0).max() > 1e-2
