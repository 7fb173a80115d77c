"""Rig maps: which bone of a family of armatures stands for which joint, and how one armature fits a map.

A rig map is a JSON file in `rigmaps`, one for each family of armatures. A new file there is all that a family of the
same structure needs:

    {"format": 1, "name": "smplx", "label": "SMPL-X",
     "joints": {"pelvis": "Hips", "spine1": ["Spine", "Spine1"], ...}, "required": ["pelvis", "spine1", ...]}

`joints` gives the bone of each of our joints, or several names of which the first that exists counts; joints that it
leaves out, and joints whose bone an armature lacks, stay at rest. `required` lists the joints without which an armature
is not of the family.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import A2GError, RigError
from .skeleton import SMPLX

FOLDER = Path(__file__).parent / "rigmaps"
FORMAT = 1
"""Version of the files. A program reads its own and older ones."""

OWN = "smplx"
"""Name of the map of the armature that we add ourselves."""

MEASURED = ("pelvis", "head", "right_hip", "left_hip", "left_knee", "left_ankle")
"""Joints that every armature needs: they tell its axes and its size."""


@dataclass(frozen=True)
class Switch:
    """A property of a bone that must have this value for the controls to be in force; it is keyed in the take.

    parts: names of BODY_PARTS whose controls it switches.
    """

    bone: str
    property: str
    value: float
    parts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class RigMap:
    """What a rig map says. name: of its file. label: for the interface.

    joints: names of control bones by joint, the first that exists counts; in the order of SMPLX. spine, neck: names of
    the control bones between pelvis and neck, and between those and the head, from below; empty where the hierarchy
    tells them. deform: the bone that moves the mesh by joint, where it is not the control. free_twist: by joint, the
    bone that takes half of its twist. recognise: names of bones, under "all" those that an armature must have, under
    "any" those of which it must have one. verified: whether an armature of the family has been tried.
    required: joints without which an armature is not of this family.
    """

    name: str
    label: str
    joints: Mapping[str, tuple[str, ...]]
    spine: tuple[str, ...] = ()
    neck: tuple[str, ...] = ()
    deform: Mapping[str, str] = field(default_factory=dict)
    switches: tuple[Switch, ...] = ()
    free_twist: Mapping[str, str] = field(default_factory=dict)
    recognise: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    verified: bool = False
    required: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Fit:
    """A map applied to one armature: its bones by their names, controls first.

    source: how they were found: "stored" (the user's own map), "vrm", "rigify", "names" or "structure".
    joints: the control of each joint that has one; never of spine1 to spine3 and neck, whose turns go to the chains.
    spine: controls between pelvis and neck, from below, without the pelvis; may be empty. neck: from below, without the
    head; may be empty. deform: the bone that moves the mesh by control, where they differ. free_twist: by joint, the
    undriven twist bone that takes half of its twist. missing: joints without a bone, which are left out of motion.
    problems: why the armature cannot be used so; empty if it can. score: how sure this is, 0 to 1.
    """

    map: RigMap
    source: str
    joints: Mapping[str, str]
    spine: tuple[str, ...]
    neck: tuple[str, ...]
    deform: Mapping[str, str]
    switches: tuple[Switch, ...]
    free_twist: Mapping[str, str]
    missing: tuple[str, ...]
    problems: tuple[A2GError, ...]
    score: float


@cache
def rig_maps(folder: Path = FOLDER) -> tuple[RigMap, ...]:
    """Every map of a folder, our own armature's first; RigError, with the file's name, for one that is not valid."""
    found = [read_map(path) for path in sorted(folder.glob("*.json"))]
    return tuple(sorted(found, key=lambda rig_map: rig_map.name != OWN))


def own_map() -> RigMap:
    """The map of the armature that we add ourselves."""
    return next(rig_map for rig_map in rig_maps() if rig_map.name == OWN)


def read_map(path: Path) -> RigMap:
    """A map from its file; RigError, one sentence that names the file, for one that is not valid."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _fault(path, f"cannot be read as JSON ({error})", "check the file with a JSON editor") from error
    return _parse(path, data)


_KEYS = {"format": int, "name": str, "label": str, "joints": dict, "required": list}


def _parse(path: Path, data: Any) -> RigMap:
    if not isinstance(data, dict):
        raise _fault(path, "is not a JSON object", f"give the keys {', '.join(_KEYS)}")
    if unknown := sorted(data.keys() - _KEYS):
        raise _fault(path, f"has the unknown key '{unknown[0]}'", f"use only {', '.join(_KEYS)}")
    for key, kind in _KEYS.items():
        if type(data.get(key)) is not kind:
            raise _fault(path, f"has no '{key}' of type {kind.__name__}", "add it")
    if not 1 <= data["format"] <= FORMAT:
        raise _fault(path, f"has format {data['format']}", f"this version reads 1 to {FORMAT}; update Audio2Gestures")
    if data["name"] != path.stem:
        raise _fault(path, f"is named '{data['name']}' inside", "give the map the name of its file")
    if not data["label"]:
        raise _fault(path, "has an empty label", "give the text that the interface shows")
    joints = _parse_joints(path, data["joints"])
    required = data["required"]
    if lacking := [joint for joint in MEASURED if joint not in required]:
        raise _fault(path, f"does not require joint '{lacking[0]}'", "require it: axes and size are measured there")
    if unmapped := [joint for joint in required if not isinstance(joint, str) or joint not in joints]:
        raise _fault(path, f"requires joint '{unmapped[0]}' but names no bone for it", "add it under joints")
    return RigMap(data["name"], data["label"], joints, required=tuple(required))


def _parse_joints(path: Path, given: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    if unknown := sorted(given.keys() - set(SMPLX.names)):
        raise _fault(path, f"has the unknown joint '{unknown[0]}'", "use the SMPL-X joint names")
    joints: dict[str, tuple[str, ...]] = {}
    user: dict[str, str] = {}
    for joint in SMPLX.names:
        if joint not in given:
            continue
        names = [given[joint]] if isinstance(given[joint], str) else given[joint]
        if not isinstance(names, list) or not names or not all(isinstance(name, str) and name for name in names):
            raise _fault(path, f"gives no bone names for joint '{joint}'", "give one name, or a list of names")
        for name in names:
            if name in user:
                raise _fault(path, f"gives bone '{name}' to joints '{user[name]}' and '{joint}'", "give it to one")
            user[name] = joint
        joints[joint] = tuple(names)
    return joints


def _fault(path: Path, problem: str, hint: str) -> RigError:
    return RigError(f"rig map {path.name} {problem}", hint)
