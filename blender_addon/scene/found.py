"""What is recognised in an armature: which of its bones stand for which joints, and what that is known by.

The method is in ``a2g_core/body/recognise.py``; here is what it asks of Blender. Nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import bpy
import numpy as np

from ..a2g_core.body.rig_map import Fit, RigMap, own_map, rig_maps
from . import rig_store


def fit(obj: bpy.types.Object) -> Fit:
    """Which bones of an armature stand for which joints. Cheap enough for every redraw.

    RigError if the character's own list, or a rig map of ours, cannot be read.
    """
    from ..a2g_core.body.recognise import BoneAt, recognise

    armature = obj.data
    assert isinstance(armature, bpy.types.Armature)
    bones = armature.bones
    places = np.empty(3 * len(bones), np.float32)
    bones.foreach_get("head_local", places)
    # From the bone above: it changes with that, and costs less than asking every bone which one it is.
    steps = np.empty_like(places)
    bones.foreach_get("head", steps)
    human, stored, rigify = _human_bones(armature), rig_store.stored_map(obj), _rigify(obj)
    rest = (tuple(bones.keys()), places.tobytes(), steps.tobytes())
    answer = _answer(rest, stored, tuple(mark for *_others, mark in human), rigify, rig_maps())
    if answer.fit is None:
        heads = dict(zip(rest[0], places.astype(np.float64).reshape(-1, 3)))
        above = {bone.name: None if bone.parent is None else bone.parent.name for bone in bones}
        found = {name: BoneAt(above[name], heads[name]) for name in rest[0]}
        vrm = {name: node.bone_name for name, node, _mark in human if node.bone_name}
        answer.fit = recognise(found, stored=stored, vrm=vrm, rigify=rigify)
    return answer.fit


def is_own(fit: Fit) -> bool:
    """Whether an armature has the bones of those that we add."""
    return fit.map.name == own_map().name


@dataclass(eq=False)
class _Answer:
    """fit: None as long as nobody has looked."""

    fit: Fit | None = None


@lru_cache(maxsize=32)
def _answer(
    _rest: tuple[tuple[str, ...], bytes, bytes], _stored: RigMap | None, _vrm: tuple[str, ...], _rigify: str | None,
    _maps: tuple[RigMap, ...],
) -> _Answer:  # fmt: skip
    """The same object for the same question. Who asks fills it: much is looked for only where it was not known."""
    return _Answer()


def _human_bones(armature: Any) -> list[tuple[str, Any, str]]:
    """Of each of VRM's human bones its name, where the VRM add-on keeps the bone, and a mark that changes with that.

    Empty without the add-on. It looks for a bone's name among all bones, so that is left for when the marks are new.
    """
    extension = getattr(armature, "vrm_addon_extension", None)
    if extension is None:
        return []
    if str(extension.spec_version).startswith("0"):
        nodes = [(human.bone, human.node) for human in extension.vrm0.humanoid.human_bones]
    else:
        human_bones = extension.vrm1.humanoid.human_bones
        kind: Any = type(human_bones)
        nodes = [(_camel(name), getattr(human_bones, name).node) for name in _human_names(kind)]
    return [(name, node, getattr(node, "bone_uuid", None) or node.bone_name) for name, node in nodes]


@lru_cache(maxsize=4)
def _human_names(kind: Any) -> tuple[str, ...]:
    """Names of the properties that are human bones."""
    pointers = (p for p in kind.bl_rna.properties if p.type == "POINTER" and p.identifier != "rna_type")
    return tuple(p.identifier for p in pointers if "node" in p.fixed_type.properties)


def _camel(name: str) -> str:
    """VRM's spelling of a property's name: left_upper_arm is leftUpperArm."""
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)


def _rigify(obj: bpy.types.Object) -> str | None:
    """Whether Rigify made an armature ("generated"), or could make one from it ("metarig")."""
    if obj.data is not None and "rig_id" in obj.data.keys():  # noqa: SIM118 (an ID is no dictionary)
        return "generated"
    if obj.pose is None or not hasattr(bpy.types.PoseBone, "rigify_type"):
        return None
    bones: Any = obj.pose.bones
    return "metarig" if any(bone.rigify_type for bone in bones) else None
