"""In a Blender: exports takes of test rigs, and writes down where their bones were, for `scripts/read_back.py`."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path
from typing import Any

import bpy
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/helpers")]

FRAMES, START = 24, 37
RATES = {"24": (24, 1.0), "29.97": (30, 1.001), "30": (30, 1.0), "60": (60, 1.0)}
PACKAGE = "bl_ext.user_default.audio2gestures"


def main(archive: str, folder: Path) -> None:
    """Write all files into a folder."""
    bpy.ops.extensions.package_install_files(filepath=archive, repo="user_default", enable_on_install=True)
    addon = importlib.import_module(PACKAGE)
    for module in pkgutil.walk_packages(addon.__path__, f"{PACKAGE}."):
        if not module.name.endswith(("worker.server", "__main__")) and ".presets." not in module.name:
            importlib.import_module(module.name)
    about = {}
    for rate, (fps, base) in RATES.items():
        about |= _export(addon, "made_unreal", f"rate-{rate}", folder, (fps, base))
    for rig in ("mpfb_mixamo", "mpfb_unreal", "kaykit"):
        about |= _export(addon, rig, rig, folder, (30, 1.0))
    about |= _export(addon, "made_unreal", "face", folder, (30, 1.001), "GODOT")
    about |= _export(addon, "mpfb_rigify", "rigify-unreal", folder, (30, 1.0), "UNREAL")
    (folder / "about.json").write_text(json.dumps(about))


def _export(
    addon: Any, rig: str, name: str, folder: Path, rate: tuple[int, float], preset: str = "CHARACTER"
) -> dict[str, Any]:
    """Export a rig's take in every format: what there is to know of it, by its name; nothing if it is not here."""
    import made_faces
    import rigs
    from moving import swinging
    from scenes import write_take

    if not rigs.available(rig):
        print(f"not here: {rig}")
        return {}
    bpy.ops.wm.read_homefile(use_empty=True)
    scene = bpy.context.scene
    scene.render.fps, scene.render.fps_base = rate
    obj = scene.a2g_character = rigs.make(rig).armature
    if rig == "made_unreal":
        obj.data.bones["hand_l"].name, obj.data.bones["hand_r"].name = "hand.L", "hand_L"
    motion = swinging(addon, FRAMES, legs=0.1)
    write_take(addon, obj, motion, START)
    write_take(addon, obj, swinging(addon, FRAMES, legs=0.1, rest=0.1), START)  # mutes the first
    addon.scene.take_list.use(obj, *addon.scene.take_list.named(obj, "Gestures"))
    frames = range(START, START + FRAMES)
    face = made_faces.speaking(obj, frames) if name == "face" else None
    bones = {bone.name: [] for bone in obj.data.bones}
    for frame in frames:
        scene.frame_set(frame)
        evaluated = obj.evaluated_get(bpy.context.evaluated_depsgraph_get())
        for bone in evaluated.pose.bones:
            bones[bone.name].append(np.array(evaluated.matrix_world @ bone.matrix))
    np.savez(folder / f"{name}.bones.npz", **{bone.encode().hex(): np.array(m) for bone, m in bones.items()})
    read = addon.scene.rig.read_pose(obj, frames, rate[0] / rate[1])
    np.savez(folder / f"{name}.joints.npz", q=read.quaternions, t=read.translation)
    shapes = {} if face is None else dict(zip(made_faces.SHAPES, made_faces.values(face, frames).T, strict=True))
    np.savez(folder / f"{name}.shapes.npz", **shapes)
    said = {}
    for ending in ("glb", "fbx", "usd", "usdc", "bvh", "vrma"):
        options = addon.work.export.Options(preset)
        said[ending] = addon.work.export.export(bpy.context, obj, folder / f"{name}.{ending}", options)
    return {
        name: {"fps": rate[0] / rate[1], "start": START, "frames": FRAMES, "renamed": said["usd"], "preset": preset}
    }


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
    sys.stdout.flush()
    os._exit(0)  # bpy may hang at its end
