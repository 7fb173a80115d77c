"""How wide a character is: how much further its own mesh reaches than the trunk and the thighs that hands keep off.

Measured at rest, on the meshes that the armature moves, as shape keys form them; clothes count.
"""

from __future__ import annotations

from collections.abc import Mapping

import bpy
import numpy as np

from ..a2g_core.body.contact import Capsule, capsules_at_rest
from ..a2g_core.body.rig import Rig
from ..a2g_core.body.skeleton import BODY_PARTS, SMPLX
from ..a2g_core.errors import A2GError
from . import feet, rig
from .double import armature_of

_SLICE_M = 0.02
"""Of the trunk what is so near to a height is looked at there."""
_THIGH, _THIGH_MOST_M = (0.15, 0.85), 0.3
"""Of the way from hip to knee, where a thigh is looked at, and how far from its middle it reaches at most."""
_SHARE = 95.0
"""Per cent of the points that are no further out: buttons and loose ends do not count."""
_OURS_M = 0.02
"""So much further than these parts our own body's mesh reaches, and hands may lie on it."""
_ARMPIT_M, _ASIDE = 0.08, 1.4
"""So far below the shoulders arms begin; what is so many times further aside than these is none of the trunk."""
_MOST_POINTS, _FEWEST = 60_000, 12


def clearance_cm(obj: bpy.types.Object) -> float:
    """By how many centimetres of our skeleton's hands must keep farther from the body, for the widest part of it.

    A2GError if no mesh moves with the armature, RigError if it cannot be a character.
    """
    found = rig.read(obj)
    at = {joint: found.axes.T @ place / found.scale for joint, place in rig.rest_places(obj).items()}
    points = _points(obj, found)
    wider = [more for capsule in capsules_at_rest() if (more := _wider_m(capsule, at, points)) is not None]
    if not wider:
        raise A2GError("no mesh shows how wide the character is", "set Hand Clearance yourself")
    return float(np.clip(100.0 * (max(wider) - _OURS_M), 0.0, 30.0))


def _points(obj: bpy.types.Object, found: Rig) -> np.ndarray:
    """Of all meshes, points (n, 3) that arms do not move, in metres of our skeleton."""
    arms, stacks = _arm_bones(obj, found), [np.empty((0, 3))]
    for mesh, places in feet.meshes(obj, found.axes):
        weights, every = feet.Weights(mesh, obj), max(1, len(places) // _MOST_POINTS)
        chosen = [k for k in range(0, len(places), every) if weights.is_seen(k) and weights.of(k, arms) < 0.2]
        stacks.append(places[chosen] / found.scale)
    return np.concatenate(stacks)


def _arm_bones(obj: bpy.types.Object, found: Rig) -> set[str]:
    """Bones beyond the shoulders, with all that hang on them."""
    joints = {*BODY_PARTS["ARMS"], *BODY_PARTS["HANDS"]} - {"left_collar", "right_collar"}
    shown = rig.shown_by(obj, found)
    roots = {shown[bone] for bone, control in found.controls.items() if control.joint in joints}
    return {
        bone.name
        for bone in armature_of(obj).bones
        if bone.name in roots or any(above.name in roots for above in bone.parent_recursive)
    }


def _wider_m(capsule: Capsule, at: Mapping[str, np.ndarray], points: np.ndarray) -> float | None:
    """How much further the mesh reaches than a part of our trunk or thighs; None where there is too little of it."""
    if capsule.joint.endswith("hip"):
        knee = capsule.joint.replace("hip", "knee")
        if knee not in at:
            return None
        start, along = at[capsule.joint], at[knee] - at[capsule.joint]
        part = (points - start) @ along / (along @ along)
        off = np.linalg.norm(points - start - part[:, None] * along, axis=1)
        same_side = points[:, 0] * start[0] > 0
        off = off[(part > _THIGH[0]) & (part < _THIGH[1]) & same_side & (off < _THIGH_MOST_M)]
    else:
        ours = SMPLX.rest_places
        if not {"neck", "left_shoulder"} <= at.keys() or capsule.middle[1] > ours["left_shoulder"][1] - _ARMPIT_M:
            return None
        low, way = ours["pelvis"], ours["neck"] - ours["pelvis"]
        height = (capsule.middle - low)[1] / way[1]
        middle = at["pelvis"] + height * (at["neck"] - at["pelvis"]) + (capsule.middle - low - height * way) * (0, 0, 1)
        here = points[np.abs(points[:, 1] - middle[1]) < _SLICE_M] - middle
        here = here[np.abs(here[:, 0]) < _ASIDE * abs(at["left_shoulder"][0])]
        off = np.hypot(np.maximum(np.abs(here[:, 0]) - capsule.half_m, 0.0), here[:, 2])
    return float(np.percentile(off, _SHARE)) - capsule.radius_m if len(off) >= _FEWEST else None
