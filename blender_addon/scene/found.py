"""What is recognised in an armature: which of its bones stand for which joints, and what that is known by.

The method is in ``a2g_core/body/recognise.py``; here is what it asks of Blender. Nothing is written.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import bpy
import numpy as np

from ..a2g_core.body.recognise import BoneAt, recognise
from ..a2g_core.body.rig_map import Fit, RigMap, rig_maps
from . import rig_store


def fit(obj: bpy.types.Object) -> Fit:
    """Which bones of an armature stand for which joints. Cheap enough for every redraw.

    RigError if the character's own list, or a rig map of ours, cannot be read.
    """
    armature = obj.data
    assert isinstance(armature, bpy.types.Armature)
    bones = armature.bones
    places = np.empty(3 * len(bones), np.float32)
    bones.foreach_get("head_local", places)
    # From the bone above: it changes with that, and costs less than asking every bone which one it is.
    steps = np.empty_like(places)
    bones.foreach_get("head", steps)
    rest = _Rest(tuple(bones.keys()), places.tobytes(), steps.tobytes())
    known = _recent(rest, rig_store.stored_map(obj), _vrm_bones(armature), _rigify(obj), rig_maps())
    if known.fit is None:
        parents = {bone.name: None if bone.parent is None else bone.parent.name for bone in bones}
        heads = dict(zip(rest.names, places.astype(np.float64).reshape(-1, 3)))
        found = {name: BoneAt(parents[name], heads[name]) for name in rest.names}
        known.fit = recognise(found, stored=known.stored, vrm=dict(known.vrm), rigify=known.rigify)
    return known.fit


class _Rest(NamedTuple):
    """All that tells whether an armature's bones are as they were."""

    names: tuple[str, ...]
    places: bytes
    steps: bytes


class _Known:
    """What was asked, and the answer once it is there."""

    def __init__(self, stored: RigMap | None, vrm: tuple[tuple[str, str], ...], rigify: str | None) -> None:
        self.stored, self.vrm, self.rigify = stored, vrm, rigify
        self.fit: Fit | None = None


@lru_cache(maxsize=32)
def _recent(
    _rest: _Rest, stored: RigMap | None, vrm: tuple[tuple[str, str], ...], rigify: str | None,
    _maps: tuple[RigMap, ...],
) -> _Known:  # fmt: skip
    """The same object for the same question. Who asks fills it: parents of bones are looked for once."""
    return _Known(stored, vrm, rigify)


def _vrm_bones(armature: Any) -> tuple[tuple[str, str], ...]:
    """(VRM's name, bone) for each of VRM's human bones, as the VRM add-on keeps them; none without it."""
    extension = getattr(armature, "vrm_addon_extension", None)
    if extension is None:
        return ()
    if str(extension.spec_version).startswith("0"):
        given = [(str(human.bone), human.node.bone_name) for human in extension.vrm0.humanoid.human_bones]
    else:
        human_bones = extension.vrm1.humanoid.human_bones
        named = {p.identifier: getattr(human_bones, p.identifier) for p in human_bones.bl_rna.properties}
        given = [(_camel(name), human.node.bone_name) for name, human in named.items() if hasattr(human, "node")]
    return tuple((name, bone) for name, bone in given if name and bone)


def _camel(name: str) -> str:
    """VRM's spelling of a property's name: left_upper_arm is leftUpperArm."""
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)


def _rigify(obj: bpy.types.Object) -> str | None:
    """Whether Rigify made an armature ("generated"), or could make one from it ("metarig")."""
    if obj.data is not None and "rig_id" in obj.data.keys():  # noqa: SIM118 (an ID is no dictionary)
        return "generated"
    types = (getattr(bone, "rigify_type", "") for bone in obj.pose.bones) if obj.pose is not None else ()
    return "metarig" if any(types) else None
