"""Rig maps: which bone of a family of armatures stands for which joint, and how one armature fits a map.

A rig map is a JSON file, in `rigmaps` one for each family of armatures; a map that a user saves is the same. A new file
there is all that a family needs:

    {"format": 1, "name": "hero", "label": "Hero rig",
     "joints": {"pelvis": "hips", "left_shoulder": ["upper_arm_fk.L", "arm_fk.L"], ...},
     "spine": ["spine_fk.001", "spine_fk.002"], "neck": ["neck"],
     "deform": {"left_shoulder": "DEF-upper_arm.L"}, "deform_prefix": "DEF-",
     "switches": [{"bone": "upper_arm_parent.L", "property": "IK_FK", "value": 1.0, "parts": ["ARMS"]}],
     "free_twist": {"left_wrist": "forearm_twist.L"},
     "ik": {"left_wrist": {"goal": "hand_ik.L", "pole": "arm_pole.L", "switches": [
         {"bone": "upper_arm_parent.L", "property": "IK_FK", "value": 0.0}]}},
     "aims": {"left_eye_smplhf": {"target": "eye.L", "eye": "MCH-eye.L", "switches": [
         {"bone": "eyes", "property": "eyes_follow", "value": 1.0}]}},
     "recognise": {"all": ["upper_arm_fk.L"], "any": ["DEF-spine", "DEF-spine.001"]}, "verified": true}

Only `format`, `name`, `label` and `joints` are needed. `joints` gives the control of each joint, the bone that is
keyed, or several names of which the first that exists counts. `spine` and `neck` list the controls from the hips to the
neck and from there to the head, from below, as many as the family has; those that an armature lacks are passed over,
and where both are left out, the hierarchy tells them. `deform` says which bone moves the mesh, where that is another
one, and `deform_prefix` how such bones' names begin: then it is the one with the control's name, or the one in the same
place.
`switches` are properties that must have a value for the controls to be in force. `free_twist` names, by the joint below
it, an undriven bone that takes half of that joint's twist. `ik` says how a limb is posed by inverse kinematics, by the
joint at its end, a wrist or an ankle: the bone that it reaches for, the one that its elbow or knee points at, `toe` for
toes that are keyed then, and the properties that put all that in force. `aims` says of an eye that aims at a target
which bone that target is, and which one begins in the middle of the eye; and which properties let the target go with
the head, where it has them. An armature is of the family if it has `all`
bones of `recognise`, and one of `any`; without them, if it has the bones of arms, hips and head. `verified` tells that
somebody has tried it. With `"folded": true` the names are those of a plain skeleton, and compared without case,
separators, prefixes and marks of the side; the right side then follows from the left. With `"complete": true` nothing
is added to what the map says: its chains are not looked for in the hierarchy. The manual's page `rig-maps.md` explains
how to write a map.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import A2GError, RigError, reason
from .skeleton import BODY_PARTS, CHAINS, EYES, SIDES, SINGLE, SMPLX

FOLDER = Path(__file__).parent / "rigmaps"
FORMAT = 1
"""Version of the files. A program reads its own and older ones."""

OWN = "smplx"
"""Name of the map of the armature that we add ourselves."""

LIMB_ENDS: dict[str, tuple[str, ...]] = {
    f"{side}_{end}": tuple(f"{side}_{joint}" for joint in joints)
    for end, joints in (("wrist", ("shoulder", "elbow", "wrist")), ("ankle", ("hip", "knee", "ankle")))
    for side in SIDES
}
"""The limbs that may be posed by inverse kinematics, each with its joints from above."""

_LARGEST_BYTES = 1_000_000
_LONGEST_NAME = 255
_MOST_NAMES = 64
_LARGEST_VALUE = 1e9


@dataclass(frozen=True)
class Switch:
    """A property of a bone that must have this value for the controls to be in force; it is keyed in the take.

    parts: names of BODY_PARTS whose controls it switches.
    """

    bone: str
    property: str
    value: float
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Reach:
    """How a limb is posed by inverse kinematics: it reaches for the goal, and its elbow or knee points at the pole.

    toe: what turns the toes then; "" where nothing does. switches: what must have which value for it, without parts.
    """

    goal: str
    pole: str
    toe: str
    switches: tuple[Switch, ...]

    @property
    def bones(self) -> tuple[str, ...]:
        """Those that are keyed."""
        return tuple(filter(None, (self.goal, self.pole, self.toe)))


@dataclass(frozen=True)
class Aim:
    """How an eye is turned that aims at a target: by moving that.

    target: its bone, which goes with the head. eye: a bone that begins in the middle of the eye. switches: properties
    that let the target go with the head, where there are any, without parts.
    """

    target: str
    eye: str
    switches: tuple[Switch, ...] = ()


@dataclass(frozen=True, eq=False)
class RigMap:
    """What a rig map says. name: of its file. label: for the interface.

    joints: names of control bones by joint, the first that exists counts; in the order of SMPLX, of SINGLE alone.
    spine, neck: names of the control bones between pelvis and neck, and between those and the head, from below; both
    empty where the hierarchy tells them. deform: the bone that moves the mesh by joint, where it is not the control.
    free_twist: by joint, the bone that takes half of its twist. ik: by joint of LIMB_ENDS. aims: by eye. recognise:
    names of bones, under "all" those that an armature must have, under "any" those of which it must have one. verified:
    whether an armature of the family has been tried. folded, complete, deform_prefix: see the module.
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
    deform_prefix: str = ""
    folded: bool = False
    complete: bool = False
    ik: Mapping[str, Reach] = field(default_factory=dict)
    aims: Mapping[str, Aim] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Fit:
    """A map applied to one armature: its bones by their names, controls first.

    source: how they were found: "stored" (the user's own map), "vrm", "rigify", "names" or "structure".
    joints: the control of each joint that has one; never of spine1 to spine3 and neck, whose turns go to the chains.
    spine: controls between pelvis and neck, from below, without the pelvis; may be empty. neck: from below, without the
    head; may be empty. deform: the bone that moves the mesh by control, where they differ. free_twist: by joint, the
    twist bone that takes half of its twist, unless something drives it. missing: joints of the body and the fingers
    without a bone, which are left out of motion. problems: why the armature cannot be used so; empty if it can.
    score: how sure this is, 0 to 1.
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


# From a file ----------------------------------------------------------------------------------------------------------


def read_map(path: Path) -> RigMap:
    """A family's map from its file, which has its name; RigError, one sentence that names the file, for one that is
    not valid.
    """
    rig_map = read_file(path)
    if rig_map.name != path.stem:
        raise RigError(
            "rig map '{file}' is named '{name}' inside", "give the map the name of its file",
            file=path.name, name=rig_map.name,
        )  # fmt: skip
    return rig_map


def read_file(path: Path) -> RigMap:
    """The same from a file of any name, as people give copies of files."""
    try:
        text = path.read_bytes()[: _LARGEST_BYTES + 1]
    except OSError as error:
        raise RigError(
            "rig map '{file}' cannot be read ({reason})", "check the file", file=path.name, reason=reason(error)
        ) from error
    return parse_map(text, path.name)


def parse_map(text: str | bytes, file: str) -> RigMap:
    """A map from the text of a JSON file (UTF-8) of this name; RigError, one sentence, if it is not valid."""
    if len(text) > _LARGEST_BYTES:
        raise RigError("rig map '{file}' is too large", "choose another file", file=file)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RigError(
            "rig map '{file}' cannot be read as JSON ({reason})", "check the file with a JSON editor",
            file=file, reason=reason(error),
        ) from error  # fmt: skip
    return _Reader(file).read(data)


_KEYS = (
    "format", "name", "label", "joints", "spine", "neck", "deform", "deform_prefix", "switches", "free_twist",
    "recognise", "verified", "folded", "complete", "ik", "aims",
)  # fmt: skip


@dataclass(frozen=True)
class _Reader:
    """Reads the object of one file. Every fault names the file and the key."""

    file: str

    def read(self, data: Any) -> RigMap:
        if not isinstance(data, dict):
            raise self._wrong("joints")
        self._only(data, _KEYS)
        version = data.get("format")
        if type(version) is not int or version < 1:
            raise self._wrong("format")
        if version > FORMAT:
            raise RigError(
                "rig map '{file}' has format {format}", "this version reads 1 to {newest}; update Audio2Gestures",
                file=self.file, format=version, newest=FORMAT,
            )  # fmt: skip
        chains = {key: self._names(data.get(key, []), key) for key in CHAINS}
        joints = self._joints(data.get("joints"), "joints")
        self._check_once(joints, chains)
        return RigMap(
            self._name(data.get("name"), "name"),
            self._name(data.get("label"), "label"),
            joints,
            **chains,
            deform=self._one_each(data.get("deform", {}), "deform"),
            switches=tuple(self._switches(data.get("switches", []))),
            free_twist=self._one_each(data.get("free_twist", {}), "free_twist"),
            recognise=self._recognise(data.get("recognise", {})),
            verified=self._flag(data.get("verified", False), "verified"),
            deform_prefix=self._name(data["deform_prefix"], "deform_prefix") if "deform_prefix" in data else "",
            folded=self._flag(data.get("folded", False), "folded"),
            complete=self._flag(data.get("complete", False), "complete"),
            ik=self._ik(data.get("ik", {})),
            aims=self._aims(data.get("aims", {})),
        )

    def _joints(self, given: Any, key: str) -> dict[str, tuple[str, ...]]:
        self._check_joints(given, key)
        return {
            joint: self._names([given[joint]] if isinstance(given[joint], str) else given[joint], f"{key}.{joint}", 1)
            for joint in SMPLX.names
            if joint in given
        }

    def _one_each(self, given: Any, key: str) -> dict[str, str]:
        self._check_joints(given, key)
        return {joint: self._name(given[joint], f"{key}.{joint}") for joint in SMPLX.names if joint in given}

    def _check_joints(self, given: Any, key: str) -> None:
        if not isinstance(given, dict):
            raise self._wrong(key)
        for joint in given:
            if joint in SMPLX.names and joint not in SINGLE:
                raise RigError(
                    "rig map '{file}' has '{joint}' under '{key}'",
                    "list the bones from the hips to the head under 'spine' and 'neck'",
                    file=self.file, joint=joint, key=key,
                )  # fmt: skip
            if joint not in SINGLE:
                raise RigError(
                    "rig map '{file}' has the unknown joint '{joint}' under '{key}'", "use the names of SMPL-X joints",
                    file=self.file, joint=_shown(joint), key=key,
                )  # fmt: skip

    def _check_once(self, joints: Mapping[str, tuple[str, ...]], chains: Mapping[str, tuple[str, ...]]) -> None:
        user: dict[str, str] = {}
        for place, names in (*joints.items(), *chains.items()):
            for name in names:
                if name in user:
                    raise RigError(
                        "rig map '{file}' gives bone '{bone}' to '{first}' and '{second}'", "give it to one",
                        file=self.file, bone=name, first=user[name], second=place,
                    )  # fmt: skip
                user[name] = place

    def _switches(self, given: Any) -> Iterator[Switch]:
        if not isinstance(given, list) or len(given) > _MOST_NAMES:
            raise self._wrong("switches")
        for row in given:
            if not isinstance(row, dict):
                raise self._wrong("switches")
            self._only(row, ("bone", "property", "value", "parts"), "switches.")
            parts = self._names(row.get("parts"), "switches.parts", 1)
            if not set(parts) <= BODY_PARTS.keys():
                raise RigError(
                    "rig map '{file}' has no valid '{key}'", "use only {keys}",
                    file=self.file, key="switches.parts", keys=", ".join(BODY_PARTS),
                )  # fmt: skip
            yield self._switch(row, "switches", parts)

    def _switch(self, row: dict[str, Any], key: str, parts: tuple[str, ...]) -> Switch:
        value: Any = row.get("value")
        if type(value) not in (int, float) or not abs(value) <= _LARGEST_VALUE:  # nor NaN
            raise self._wrong(f"{key}.value")
        bone, name = (self._name(row.get(part), f"{key}.{part}") for part in ("bone", "property"))
        return Switch(bone, name, float(value), parts)

    def _ik(self, given: Any) -> dict[str, Reach]:
        if not isinstance(given, dict):
            raise self._wrong("ik")
        self._only(given, tuple(LIMB_ENDS), "ik.")
        return {end: self._reach(given[end], end) for end in LIMB_ENDS if end in given}

    def _reach(self, given: Any, end: str) -> Reach:
        key = f"ik.{end}"
        if not isinstance(given, dict):
            raise self._wrong(key)
        self._only(given, ("goal", "pole", "switches", *(("toe",) if end.endswith("ankle") else ())), f"{key}.")
        return Reach(
            self._name(given.get("goal"), f"{key}.goal"),
            self._name(given.get("pole"), f"{key}.pole"),
            self._name(given["toe"], f"{key}.toe") if "toe" in given else "",
            self._own_switches(given.get("switches", []), f"{key}.switches"),
        )

    def _aims(self, given: Any) -> dict[str, Aim]:
        if not isinstance(given, dict):
            raise self._wrong("aims")
        self._only(given, EYES, "aims.")
        return {eye: self._aim(given[eye], f"aims.{eye}") for eye in EYES if eye in given}

    def _aim(self, given: Any, key: str) -> Aim:
        if not isinstance(given, dict):
            raise self._wrong(key)
        self._only(given, ("target", "eye", "switches"), f"{key}.")
        target, eye = (self._name(given.get(part), f"{key}.{part}") for part in ("target", "eye"))
        return Aim(target, eye, self._own_switches(given.get("switches", []), f"{key}.switches"))

    def _own_switches(self, rows: Any, key: str) -> tuple[Switch, ...]:
        if not isinstance(rows, list) or len(rows) > _MOST_NAMES or not all(isinstance(row, dict) for row in rows):
            raise self._wrong(key)
        for row in rows:
            self._only(row, ("bone", "property", "value"), f"{key}.")
        return tuple(self._switch(row, key, ()) for row in rows)

    def _recognise(self, given: Any) -> dict[str, tuple[str, ...]]:
        if not isinstance(given, dict):
            raise self._wrong("recognise")
        self._only(given, ("all", "any"), "recognise.")
        return {key: self._names(names, f"recognise.{key}", 1) for key, names in given.items()}

    def _only(self, given: dict[str, Any], known: tuple[str, ...], where: str = "") -> None:
        if unknown := sorted(given.keys() - set(known)):
            raise RigError(
                "rig map '{file}' has the unknown key '{key}'", "use only {keys}",
                file=self.file, key=where + _shown(unknown[0]), keys=", ".join(known),
            )  # fmt: skip

    def _names(self, given: Any, key: str, fewest: int = 0) -> tuple[str, ...]:
        if not isinstance(given, list) or not fewest <= len(given) <= _MOST_NAMES:
            raise self._wrong(key)
        return tuple(self._name(name, key) for name in given)

    def _name(self, given: Any, key: str) -> str:
        if not isinstance(given, str) or not 0 < len(given) <= _LONGEST_NAME or not given.isprintable():
            raise self._wrong(key)
        return given

    def _flag(self, given: Any, key: str) -> bool:
        if not isinstance(given, bool):
            raise self._wrong(key)
        return given

    def _wrong(self, key: str) -> RigError:
        return RigError(
            "rig map '{file}' has no valid '{key}'", "see 'Rig maps' in the manual", file=self.file, key=key
        )


def _shown(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[:most] + "..."


# To a file ------------------------------------------------------------------------------------------------------------


def map_data(rig_map: RigMap) -> dict[str, Any]:
    """A map as the JSON object of its file; what says nothing is left out. `parse_map` reads it back."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "name": rig_map.name,
        "label": rig_map.label,
        "verified": rig_map.verified,
        "folded": rig_map.folded,
        "complete": rig_map.complete,
        "recognise": {key: list(names) for key, names in rig_map.recognise.items()},
        "joints": {joint: names[0] if len(names) == 1 else list(names) for joint, names in rig_map.joints.items()},
        "spine": list(rig_map.spine),
        "neck": list(rig_map.neck),
        "deform": dict(rig_map.deform),
        "deform_prefix": rig_map.deform_prefix,
        "switches": [
            {"bone": switch.bone, "property": switch.property, "value": switch.value, "parts": list(switch.parts)}
            for switch in rig_map.switches
        ],
        "free_twist": dict(rig_map.free_twist),
        "ik": {end: _reach_data(reach) for end, reach in rig_map.ik.items()},
        "aims": {eye: _aim_data(aim) for eye, aim in rig_map.aims.items()},
    }
    return {key: value for key, value in data.items() if value or key == "joints"}


def _reach_data(reach: Reach) -> dict[str, Any]:
    data = {"goal": reach.goal, "pole": reach.pole, "toe": reach.toe, "switches": _switches_data(reach.switches)}
    return {key: value for key, value in data.items() if value}


def _aim_data(aim: Aim) -> dict[str, Any]:
    data = {"target": aim.target, "eye": aim.eye, "switches": _switches_data(aim.switches)}
    return {key: value for key, value in data.items() if value}


def _switches_data(switches: tuple[Switch, ...]) -> list[dict[str, Any]]:
    return [{"bone": s.bone, "property": s.property, "value": s.value} for s in switches]
