"""Shape keys of the face: what a take keys for them, and the drivers that let them follow.

A take keys numbers of the head's bone (`Dial`), in its own Action: so all that is done to the take, or to its strip, is
done to the face. Drivers carry them to the shape keys, whose names tell what they do. These are added when the artist
asks for it, and taken away likewise; shape keys that somebody else drives or keys are left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import bpy
import numpy as np

from .. import bl
from ..a2g_core.body.motion import Motion
from ..a2g_core.body.rotations import quaternion_to_axis_angle, quaternion_to_matrix
from ..a2g_core.body.skeleton import EYES
from ..a2g_core.errors import A2GError
from . import rig
from .double import pose_of
from .keys import Curves, Track


class Dial(NamedTuple):
    """A number of the head's bone, -1 to 1. joints: a character that has bones for them needs no shape keys."""

    name: str
    joints: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name of the bone's custom property."""
        return f"a2g_{self.name}"


BLINK, JAW = Dial("blink"), Dial("jaw", ("jaw",))
_ASIDE, _UP = Dial("look_left", EYES), Dial("look_up", EYES)
DIALS = (BLINK, JAW, _ASIDE, _UP)

_Sets = tuple[tuple[tuple[str, float], ...], ...]


def _both(begin: str, *ends: tuple[str, str]) -> _Sets:
    return tuple(tuple((begin + side, 1.0) for side in sides) for sides in ends)


def _single(*names: str) -> _Sets:
    return tuple(((name, 1.0),) for name in names)


_SHAPES: dict[Dial, _Sets] = {
    BLINK: (
        *_both("eyeblink", ("left", "right"), ("l", "r")),
        *_both("blink", ("left", "right"), ("l", "r")),
        *_single("fcleyeclose", "blink", "vrcblink", "eyesclosed", "eyeblink", "まばたき"),
    ),
    JAW: _single("jawopen", "mouthopen", "fclmtha", "vrcvaa", "aa", "あ"),
    _ASIDE: (
        (("eyelookoutleft", 1.0), ("eyelookinright", 1.0), ("eyelookinleft", -1.0), ("eyelookoutright", -1.0)),
        (("eyelookoutl", 1.0), ("eyelookinr", 1.0), ("eyelookinl", -1.0), ("eyelookoutr", -1.0)),
        (("eyellookl", 1.0), ("eyerlookl", 1.0), ("eyellookr", -1.0), ("eyerlookr", -1.0)),
        (("lookleft", 1.0), ("lookright", -1.0)),
    ),
    _UP: (
        (("eyelookupleft", 1.0), ("eyelookupright", 1.0), ("eyelookdownleft", -1.0), ("eyelookdownright", -1.0)),
        (("eyelookupl", 1.0), ("eyelookupr", 1.0), ("eyelookdownl", -1.0), ("eyelookdownr", -1.0)),
        (("eyellookup", 1.0), ("eyerlookup", 1.0), ("eyellookdown", -1.0), ("eyerlookdown", -1.0)),
        (("lookup", 1.0), ("lookdown", -1.0)),
    ),
}  # fmt: skip
"""For each dial, the sets of names, folded, of the shape keys that do it, and to which side of 0 each does: ARKit's and
MPFB's, Character Creator's, those of VRM, VRoid, VRChat and MMD. The first set of which a mesh has all counts."""


class _Shape(NamedTuple):
    """A shape key of a mesh that a dial can drive, to one side of 0."""

    keys: bpy.types.Key
    name: str
    dial: Dial
    side: float


_SEPARATORS, _AFTER_PREFIX = "_-.:| ", ("eye", "jaw")
"""What may stand between the words of a name; and how one begins that may follow a prefix, as in
`blendShape1.eyeBlink_L`: a shorter one, as `aa`, could be the end of anything."""


def _folded(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter not in _SEPARATORS)


def _by_folded(names: list[str]) -> dict[str, str]:
    """Names by what they are when they are folded, with and without a prefix; the first of several, and a whole one
    before one with a prefix."""
    found = {_folded(name): name for name in reversed(names)}
    for name in names:
        starts = [k + 1 for k, letter in enumerate(name) if letter in _SEPARATORS]
        for folded in (_folded(name[start:]) for start in starts):
            if folded.startswith(_AFTER_PREFIX):
                found.setdefault(folded, name)
    return found


def _meshes(context: bpy.types.Context, obj: bpy.types.Object) -> Iterator[bpy.types.Key]:
    """The shape keys of each mesh that a character's bones move."""
    if not len(bpy.data.shape_keys):
        return
    for mesh in context.scene.objects:
        keys = mesh.data.shape_keys if isinstance(mesh.data, bpy.types.Mesh) else None
        if keys is not None and rig.is_part_of(mesh, obj):
            yield keys


def _found(context: bpy.types.Context, obj: bpy.types.Object) -> list[_Shape]:
    """The shape keys that do what no bone of the character does."""
    bones, found = rig.moved_joints(obj), []
    for keys in _meshes(context, obj):
        names = _by_folded([block.name for block in keys.key_blocks[1:]])
        for dial, sets in _SHAPES.items():
            if dial.joints and set(dial.joints) <= bones:
                continue
            for shapes in sets:
                if {name for name, _side in shapes} <= names.keys():
                    found += [_Shape(keys, names[name], dial, side) for name, side in shapes]
                    break
    return found


def connected(obj: bpy.types.Object) -> set[Dial]:
    """The dials that a character has."""
    head = _head(obj)
    return set() if head is None else {dial for dial in DIALS if dial.key in head.keys()}  # noqa: SIM118 (a bone is no dictionary)


def turn_eyes(dials: Collection[Dial]) -> bool:
    """Whether these dials turn eyes."""
    return not {_ASIDE, _UP}.isdisjoint(dials)


def can_connect(context: bpy.types.Context, obj: bpy.types.Object) -> bool:
    """Whether there are shape keys that could follow and do not."""
    return bool({shape.dial for shape in _found(context, obj)} - connected(obj))


def connect(context: bpy.types.Context, obj: bpy.types.Object) -> tuple[int, list[str]]:
    """Let shape keys follow: (how many do now, names of those that cannot). A2GError if none can."""
    found, left = _found(context, obj), []
    head, n = _head(obj), 0
    if not found or head is None:
        raise A2GError(
            "no shape key of this character's meshes is known by its name to close the eyes, turn them or open the jaw",
            "name them as ARKit does, such as eyeBlinkLeft and jawOpen",
        )
    for shape in found:
        path = f'key_blocks["{bpy.utils.escape_identifier(shape.name)}"].value'
        if shape.keys.library is not None or _is_used(shape.keys, path):
            left.append(shape.name)
            continue
        _make_dial(head, shape.dial)
        block: Any = shape.keys.key_blocks[shape.name]
        _drive(block.driver_add("value").driver, obj, shape)
        n += 1
    if not n:
        raise A2GError(
            "others drive, key or own these shape keys already ({names})", "let them be free first",
            names=", ".join(sorted(set(left))),
        )  # fmt: skip
    obj.update_tag()
    return n, left


def disconnect(context: bpy.types.Context, obj: bpy.types.Object) -> None:
    """Take drivers and dials away again; the shape keys are at 0."""
    for keys in _meshes(context, obj):
        data = keys.animation_data
        for curve in list(data.drivers) if data is not None else ():
            if _is_ours(curve, obj):
                block: Any = keys.path_resolve(curve.data_path.rpartition(".")[0])
                block.driver_remove("value")
                block.value = 0.0
    head: Any = _head(obj)
    for dial in connected(obj):
        del head[dial.key]


def _head(obj: bpy.types.Object) -> bpy.types.PoseBone | None:
    name = rig.joints(obj).get("head")
    return None if name is None else pose_of(obj).bones.get(name)


def _make_dial(head: Any, dial: Dial) -> None:
    if dial.key not in head.keys():  # noqa: SIM118 (a bone is no dictionary)
        head[dial.key] = 0.0
        head.id_properties_ui(dial.key).update(default=0.0, min=-1.0, max=1.0)
        head.property_overridable_library_set(f'["{dial.key}"]', True)


def _drive(driver: Any, obj: bpy.types.Object, shape: _Shape) -> None:
    driver.type = "SCRIPTED"
    while len(driver.variables):
        driver.variables.remove(driver.variables[0])
    variable = driver.variables.new()
    variable.name = "dial"
    variable.targets[0].id = obj
    variable.targets[0].data_path = dial_path(obj, shape.dial)
    # Simple expressions, which Blender evaluates without Python, and so in files whose scripts are not trusted.
    driver.expression = "max(dial, 0)" if shape.side > 0 else "max(-dial, 0)"


def _is_ours(curve: bpy.types.FCurve, obj: bpy.types.Object) -> bool:
    paths = {dial_path(obj, dial) for dial in DIALS}
    driver: Any = curve.driver
    return any(t.id == obj and t.data_path in paths for v in driver.variables for t in v.targets)


def _is_used(keys: bpy.types.Key, path: str) -> bool:
    """Whether a property of shape keys is driven, or keyed by an Action or in the NLA."""
    data = keys.animation_data
    if data is None:
        return False
    actions = [(data.action, bl.slot_of(data))]
    actions += [(strip.action, bl.slot_of(strip)) for track in data.nla_tracks for strip in track.strips]
    keyed = [curve for action, slot in actions if action is not None for curve in bl.fcurves(action, slot)]
    return any(curve.data_path == path for curve in (*data.drivers, *keyed))


def dial_path(obj: bpy.types.Object, dial: Dial) -> str:
    """The data path of a dial, from the object."""
    return rig.property_path(rig.joints(obj)["head"], dial.key)


def tracks(obj: bpy.types.Object, motion: Motion, chosen: Collection[str]) -> Iterator[Track]:
    """What to key of the face that a motion tells, for the dials that the character has."""
    has = connected(obj)
    if "head" not in chosen or not has:
        return
    for dial, values in _values(motion).items():
        if dial in has:
            yield Track(dial_path(obj, dial), values.astype(np.float32)[:, None], rig.joints(obj)["head"])


def lacking(obj: bpy.types.Object, curves: Curves, told: Collection[str]) -> bool:
    """Whether an Action's curves lack a dial that the character has. told: what of the face a take moves, see
    `expression.moved`."""
    moves = {BLINK: "lids" in told, JAW: "jaw" in told, _ASIDE: EYES[0] in told, _UP: EYES[0] in told}
    return any(moves[dial] and (dial_path(obj, dial), 0) not in curves for dial in connected(obj))


def _values(motion: Motion) -> dict[Dial, np.ndarray]:
    """What each dial is over time, (T,), of those that the motion tells."""
    from ..a2g_core.performing.face import JAW_MOST_DEG
    from ..a2g_core.performing.gaze import EYES_MOST_DEG

    names, found = motion.skeleton.names, {}
    if motion.lids is not None:
        found[BLINK] = motion.lids
    if "jaw" in names:
        turns = quaternion_to_axis_angle(motion.quaternions[:, names.index("jaw")])
        found[JAW] = np.clip(np.degrees(turns[:, 0]) / JAW_MOST_DEG, 0, 1)
    if set(EYES) <= set(names):
        ahead = quaternion_to_matrix(motion.quaternions[:, [names.index(eye) for eye in EYES]])[..., 2].mean(axis=1)
        aside, up = np.arctan2(ahead[:, 0], ahead[:, 2]), np.arctan2(ahead[:, 1], np.hypot(ahead[:, 0], ahead[:, 2]))
        for dial, angle, most in ((_ASIDE, aside, EYES_MOST_DEG[0]), (_UP, up, EYES_MOST_DEG[1])):
            found[dial] = np.clip(np.degrees(angle) / most, -1, 1)
    return found
