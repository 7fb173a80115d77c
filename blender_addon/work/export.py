"""Exports the take that plays: by Blender's exporters on a baked copy, or from its joints in our motion formats.

A frame of the scene is in every file at the time that it has in the scene, counted from frame 0, so that files of one
scene fit together; or else the take begins at 0.
"""

from __future__ import annotations

import os
import struct
import wave
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import bpy
import numpy as np

from .. import bl
from ..a2g_core.errors import A2GError
from ..a2g_core.files import is_file, replacing
from ..scene import bake, nla, rig
from ..scene.baked import Baked
from ..scene.baked_bones import Shape
from ..speech import strips
from . import exporters
from .exporters import Exporter


@dataclass(frozen=True)
class Preset:
    """What a program wants. ending: of its files, unless another one is asked for. fbx: options of the FBX exporter."""

    ending: str
    shape: Shape = field(default_factory=Shape)
    fbx: Mapping[str, Any] = field(default_factory=dict)


_ENGINE = Shape(deform_only=True, at_origin=True)
_Y_UP = {"axis_forward": "-Z", "axis_up": "Y", "global_scale": 1.0, "apply_unit_scale": True}
_Z_UP = _Y_UP | {"axis_forward": "Y", "axis_up": "Z"}  # the axes of Blender: nothing is turned
PRESETS: dict[str, Preset] = {
    "CHARACTER": Preset(".glb", fbx=_Y_UP),
    # Unreal leaves out a node of this name, of which it would make a bone above the root.
    "UNREAL": Preset(".fbx", replace(_ENGINE, scale=100.0, name="Armature"), _Z_UP),
    "UNITY": Preset(".fbx", _ENGINE, _Y_UP | {"apply_scale_options": "FBX_SCALE_ALL"}),
    "GODOT": Preset(".glb", _ENGINE, _Y_UP),
    "WEB": Preset(".glb", _ENGINE, _Y_UP),
}


@dataclass(frozen=True)
class Options:
    """What is exported. preset: a key of `PRESETS`. with_mesh: the meshes that the bones move. with_sound: the speech,
    as a WAV file beside the other. from_zero: the take begins at time 0. deform_only: also without a preset that says
    so, of the bones only those that deform. z_up: Z up, in .npz.
    """

    preset: str = "CHARACTER"
    with_mesh: bool = True
    with_sound: bool = False
    from_zero: bool = False
    deform_only: bool = False
    z_up: bool = False


def endings() -> tuple[str, ...]:
    """Of all files that can be written."""
    from ..a2g_core.formats.registry import writable

    ours = (ending for exporter in exporters.EXPORTERS for ending in exporter.endings)
    return tuple(dict.fromkeys((*ours, *writable())))


def check(context: bpy.types.Context, obj: bpy.types.Object, path: Path, options: Options) -> None:
    """A2GError if the take that plays cannot be exported so, as far as can be known before."""
    from ..a2g_core.formats import gltf
    from ..a2g_core.formats.registry import format_to_write, writable

    first, last = bake.playing_range(obj)
    nla.check_not_tweaked(obj)
    if not bl.animation_of(obj).use_nla:  # it would stand still
        raise A2GError("the NLA of '{name}' is turned off", "turn it on in the NLA editor", name=obj.name)
    exporter = exporters.exporter_of(path)
    if exporter is not None:
        exporters.check(exporter)
    elif path.suffix.lower() not in writable():
        raise A2GError(
            "'{name}' does not end as a file that can be exported", "let it end in {endings}",
            name=path.name, endings=", ".join(endings()),
        )  # fmt: skip
    if exporter is None and options.z_up and format_to_write(path).save_z_up is None:
        raise A2GError("'{name}' cannot have Z up", "export to .npz, or turn Z Up off", name=path.name)
    if first < 0 and not options.from_zero:
        raise A2GError("the take begins before frame 0", "use Start at Zero, or move it")
    if exporter == exporters.GLTF and not options.from_zero:
        gltf.check_times(np.arange(first, last + 1) / exporters.rate(context.scene))
    if options.with_sound:
        strips.check_speech(context, obj)
        _check_sound(path.with_suffix(".wav"))


def export(
    context: bpy.types.Context, obj: bpy.types.Object, path: str | Path, options: Options | None = None
) -> list[str]:
    """Write the take that plays, as the character performs it with all that moves it, to a file.

    The ending of the path decides the format. Returns the names of bones that had to be changed, as "old: new".
    Everything in the .blend file stays as it is. A2GError, OSError.
    """
    from ..a2g_core.formats.registry import Placing, save_placed

    path, options = Path(path), options or Options()
    check(context, obj, path, options)
    first, last = bake.playing_range(obj)
    frames, zero = range(first, last + 1), first if options.from_zero else 0
    exporter = exporters.exporter_of(path)
    renamed: dict[str, str] = {}
    if exporter is None:
        motion = rig.read_pose(obj, frames, exporters.rate(context.scene))
        save_placed(motion, path, Placing((first - zero) / motion.fps, options.z_up))
    else:
        renamed = _write(context, obj, path, exporter, frames, options)
    if options.with_sound:
        write_sound(context, obj, path.with_suffix(".wav"), zero, last)
    return [f"{old}: {new}" for old, new in renamed.items()]


def _write(
    context: bpy.types.Context, obj: bpy.types.Object, path: Path, exporter: Exporter, frames: range, options: Options
) -> dict[str, str]:
    """By one of Blender's exporters; the bones of which another one's name had to be kept apart."""
    preset = PRESETS[options.preset]
    shape = replace(
        preset.shape, with_mesh=options.with_mesh, deform_only=preset.shape.deform_only or options.deform_only,
        scale=preset.shape.scale if exporter == exporters.FBX else 1.0, first=0 if options.from_zero else None,
        rest_before=exporter.rest_before, needs_skin=exporter.needs_skin,
        rename=exporters.names_in_usd if exporter == exporters.USD else None,
    )  # fmt: skip
    with Baked(obj, frames, shape, name_of(obj)) as baked:
        exporters.write(exporter, baked, path, preset.fbx)
        return {old: new for old, new in baked.renamed.items() if new != exporters.usd_name(old)}


def name_of(obj: bpy.types.Object) -> str:
    """What the exported animation is called: as the take, of several that play as the lowest."""
    return nla.playing_takes(obj)[0].strip.name


# Sound ----------------------------------------------------------------------------------------------------------------

_MADE = b"Audio2Gestures"


def _check_sound(path: Path) -> None:
    """A2GError if there is a sound of this name that is not ours: it may be the recording itself."""
    if is_file(path):
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 2 * len(_MADE)))
            if _MADE not in file.read():
                raise A2GError(
                    "there is a file '{name}' already, where the speech would be written", "export under another name",
                    name=path.name,
                )  # fmt: skip


def write_sound(context: bpy.types.Context, obj: bpy.types.Object, path: Path, zero: int, last: int) -> None:
    """What the character says from one frame to another, as 16-bit mono WAV. AudioError, OSError."""
    source = strips.find_speech(context, obj)
    speech, fps = source.open(), exporters.rate(context.scene)
    skip = round((zero - source.start_frame) / fps * speech.rate_hz)
    left = round((last + 1 - zero) / fps * speech.rate_hz)
    with replacing(path) as part:
        with wave.open(str(part), "wb") as file:
            file.setparams((1, 2, speech.rate_hz, 0, "NONE", ""))
            silence = min(max(-skip, 0), left)
            file.writeframes(bytes(2 * silence))
            left, skip = left - silence, max(skip, 0)
            for block in speech.mono():
                mono = block[skip:][:left]
                skip, left = max(skip - len(block), 0), left - len(mono)
                file.writeframes((np.clip(mono, -1, 1) * 32767).astype("<i2").tobytes())
                if not left:
                    break
            file.writeframes(bytes(2 * left))
        _sign(part)


def _sign(path: Path) -> None:
    """Say in a WAV file, where players do not look, which program made it."""
    made = _MADE + bytes(len(_MADE) % 2)
    about = b"INFOISFT" + struct.pack("<I", len(made)) + made
    with path.open("r+b") as file:
        file.seek(0, os.SEEK_END)
        file.write(b"LIST" + struct.pack("<I", len(about)) + about)
        size = file.tell() - 8
        file.seek(4)
        file.write(struct.pack("<I", size))
