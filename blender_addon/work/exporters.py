"""Blender's own exporters, called on a baked copy, and what is put right in their files afterwards."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bpy
import numpy as np

from ..a2g_core.errors import A2GError, OutputError
from ..a2g_core.files import replacing, size_of
from ..scene.baked import Baked

if TYPE_CHECKING:
    from ..a2g_core.formats.gltf import Gltf

_LATE_S = 2e-4
"""How far the last key of a file may be from where it belongs, beside what float32 makes of it."""


@dataclass(frozen=True)
class Exporter:
    """One of Blender's exporters. endings: of its files. addon: that brings it, with its name in the Preferences.

    rest_before: whether it takes the frame at hand for the rest pose. needs_skin: whether it writes no skeleton without
    a mesh that hangs on it.
    """

    label: str
    endings: tuple[str, ...]
    addon: tuple[str, str] | None = None
    rest_before: bool = False
    needs_skin: bool = False


_BINARY_USD = ".usdc"
GLTF = Exporter("glTF", (".glb", ".gltf"), ("io_scene_gltf2", "glTF 2.0 format"))
FBX = Exporter("FBX", (".fbx",), ("io_scene_fbx", "FBX format"), rest_before=True)
USD = Exporter("USD", (".usd", ".usda", _BINARY_USD), needs_skin=True)
EXPORTERS = (GLTF, FBX, USD)


def exporter_of(path: Path) -> Exporter | None:
    """Which exporter writes such a file; None for one that is not Blender's."""
    return next((exporter for exporter in EXPORTERS if path.suffix.lower() in exporter.endings), None)


def check(exporter: Exporter) -> None:
    """A2GError if this Blender has no such exporter."""
    if exporter.addon is not None:
        module, name = exporter.addon
        if module not in bpy.context.preferences.addons:
            raise A2GError("add-on '{name}' is not enabled", "enable it in the Preferences, under Add-ons", name=name)
    elif not getattr(bpy.app.build_options, "usd", False):
        raise A2GError("this Blender was built without USD", "export to another format")


def rate(scene: bpy.types.Scene) -> float:
    """Frames per second."""
    return scene.render.fps / scene.render.fps_base


def write(exporter: Exporter, baked: Baked, path: Path, options: Mapping[str, Any]) -> None:
    """Write the copy to a file. options: of this exporter, beside its own. A2GError, OSError."""
    with replacing(path) as part:
        if exporter == GLTF:
            _write_gltf(baked, part, path)
        elif exporter == FBX:
            _run(bpy.ops.export_scene.fbx, baked, part, {**_FBX, **options})
        else:
            _write_usd(baked, part)


def _run(operator: Any, baked: Baked, path: Path, options: Mapping[str, Any]) -> None:
    """Call an exporter with those of the options that this version of it has."""
    known = operator.get_rna_type().properties.keys()
    with baked.active():
        done = operator(filepath=str(path), **{name: value for name, value in options.items() if name in known})
    if done != {"FINISHED"} or not size_of(path):
        raise OutputError("Blender's exporter wrote nothing", "look into the console for what it says")


def _unforeseen(name: str) -> OutputError:
    """The error of a file that is not what the exporter of today's Blender is known to write."""
    return OutputError(
        "Blender's {format} exporter wrote something else than it was given", "report it with Blender's version",
        format=name,
    )  # fmt: skip


# glTF -----------------------------------------------------------------------------------------------------------------

_GLTF = {
    "export_format": "GLB", "use_selection": True, "use_active_scene": True, "check_existing": False,
    "export_animations": True, "export_animation_mode": "ACTIVE_ACTIONS", "export_force_sampling": False,
    "export_optimize_animation_size": False, "export_rest_position_armature": True, "export_current_frame": False,
    "export_frame_range": False, "export_negative_frame": "SLIDE", "export_morph_animation": True,
    "export_extras": False, "export_cameras": False, "export_lights": False, "export_leaf_bone": False,
}  # fmt: skip


def _write_gltf(baked: Baked, part: Path, path: Path) -> None:
    """From a scene with a whole rate, since Blender's exporter multiplies by what others are divided by; the times in
    the file are then made those of the real rate.
    """
    from ..a2g_core.formats.gltf import read_glb, write_glb, write_gltf

    real, render = rate(baked.scene), baked.scene.render
    whole, kept = max(round(real), 1), (render.fps, render.fps_base)
    glb = part.with_suffix(".glb")
    render.fps, render.fps_base = whole, 1.0
    try:
        _run(bpy.ops.export_scene.gltf, baked, glb, _GLTF)
        gltf = read_glb(glb)
    finally:
        render.fps, render.fps_base = kept
        if glb != part:
            glb.unlink(missing_ok=True)
    _retime(gltf, whole / real)
    last = max(gltf.document["accessors"][a]["max"][0] for a in _time_accessors(gltf))
    if abs(last - baked.frames[-1] / real) > _LATE_S + np.spacing(np.float32(last)):
        raise _unforeseen("glTF")
    for animation in gltf.document["animations"]:
        animation["name"] = baked.action.name
    if path.suffix.lower() == ".glb":
        write_glb(gltf, part)
    else:
        with replacing(path.with_suffix(".bin")) as data:
            write_gltf(gltf, part, data, path.with_suffix(".bin").name)


def _time_accessors(gltf: Gltf) -> set[int]:
    return {sampler["input"] for animation in gltf.document["animations"] for sampler in animation["samplers"]}


def _retime(gltf: Gltf, factor: float) -> None:
    """Multiply all times of animations."""
    done: set[int] = set()
    for accessor in _time_accessors(gltf):
        about, (first, count) = gltf.document["accessors"][accessor], gltf.place(accessor)
        times = np.frombuffer(gltf.data, "<f4", count, first)
        late = (times * factor).astype("<f4") if first not in done else times
        if first not in done:
            gltf.data[first : first + late.nbytes] = late.tobytes()
            done.add(first)
        about["min"], about["max"] = [float(late.min())], [float(late.max())]


# FBX ------------------------------------------------------------------------------------------------------------------

_FBX: dict[str, Any] = {
    "use_selection": True, "object_types": {"ARMATURE", "MESH"}, "add_leaf_bones": False, "check_existing": False,
    "bake_anim": True, "bake_anim_use_all_bones": True, "bake_anim_use_nla_strips": False,
    "bake_anim_use_all_actions": False, "bake_anim_force_startend_keying": True, "bake_anim_step": 1.0,
    "bake_anim_simplify_factor": 0.0, "path_mode": "COPY", "embed_textures": True, "mesh_smooth_type": "FACE",
}  # fmt: skip

# USD ------------------------------------------------------------------------------------------------------------------

_USD: dict[str, Any] = {
    "selected_objects_only": True, "export_animation": True, "export_armatures": True, "export_shapekeys": True,
    "only_deform_bones": False, "export_hair": False, "export_textures": True, "export_textures_mode": "NEW",
    "overwrite_textures": False, "relative_paths": True, "root_prim_path": "/root", "check_existing": False,
    "convert_world_material": False, "evaluation_mode": "VIEWPORT", "allow_unicode": True,
}  # fmt: skip


_LONGEST_NAME = 63  # bytes of a name in Blender


def usd_name(name: str) -> str:
    """A bone's name for USD, whose names are letters of any script, digits and underscores."""
    found = "".join(c if f"a{c}".isidentifier() else "_" for c in name)
    return _ending(found if found.isidentifier() else f"_{found}", "")


def _ending(name: str, end: str) -> str:
    """A name with an end, as much of it as Blender has room for."""
    return name.encode()[: _LONGEST_NAME - len(end)].decode(errors="ignore") + end


def names_in_usd(names: Sequence[str]) -> dict[str, str]:
    """What bones are to be called, where it is something else: so that no two are called alike, and the exporter, of
    which each version does so in its own way, changes none."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    every = set(map(usd_name, names))
    for name in names:
        own = new = usd_name(name)
        number = 2
        while new in taken or (new != own and new in every):
            new, number = _ending(own, f"_{number}"), number + 1
        taken.add(new)
        if new != name:
            found[name] = new
    return found


def _write_usd(baked: Baked, part: Path) -> None:
    """As text, in which the rest pose can be put right; this tells what to put right in a binary file."""
    text = part.with_suffix(".usda")
    try:
        _run(bpy.ops.wm.usd_export, baked, text, _USD)
        wrong, right = _mend_usd(baked, text)
        if part.suffix.lower() == _BINARY_USD:
            _run(bpy.ops.wm.usd_export, baked, part, _USD)
            _replace_once(part, wrong.tobytes(), right.tobytes())
        elif text != part:
            text.replace(part)
    finally:
        if text != part:
            text.unlink(missing_ok=True)


def _replace_once(path: Path, old: bytes, new: bytes) -> None:
    """Replace bytes of a file that must be there once."""
    data = path.read_bytes()
    if data.count(old) != 1:
        raise _unforeseen("USD")
    path.write_bytes(data.replace(old, new))


def _mend_usd(baked: Baked, path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Give the skeleton of a text its rest pose: Blender writes the pose of the first frame there. Both, (n, 16) as USD
    has matrices.
    """
    wrong = right = np.zeros((0, 16))
    rests = {"/".join(line): matrix for line, matrix in baked.rests().items()}
    joints: list[str] | None = None
    with path.open(encoding="utf-8") as old, tempfile.TemporaryFile("w+", encoding="utf-8") as new:
        for line in old:
            if joints is None and line.lstrip().startswith("uniform token[] joints = ["):
                joints = re.findall(r'"([^"]*)"', line)
            if (begin := line.partition(_REST_TRANSFORMS)[0]) != line:
                if not joints or any(joint not in rests for joint in joints):
                    raise _unforeseen("USD")
                right = np.array([rests[joint].T.ravel() for joint in joints])
                wrong = np.array([float(x) for x in _NUMBER.findall(line.partition("=")[2])]).reshape(right.shape)
                line = f"{begin}{_REST_TRANSFORMS}[{', '.join(map(_usd_matrix, right))}]\n"
                rests = {}
            new.write(line)
        if rests:
            raise _unforeseen("USD")
        new.seek(0)
        with path.open("w", encoding="utf-8") as mended:
            shutil.copyfileobj(new, mended)
    return wrong, right


_REST_TRANSFORMS = "uniform matrix4d[] restTransforms = "
_NUMBER = re.compile(r"[-+0-9.e]+")


def _usd_matrix(row: np.ndarray) -> str:
    """The numbers of a matrix, (16,), as USD writes it."""
    return f"( {', '.join('(' + ', '.join(f'{x:.17g}' for x in four) + ')' for four in row.reshape(4, 4))} )"
