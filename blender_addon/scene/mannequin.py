"""Dresses an SMPL-X armature with an artist's mannequin, so that the motion can be seen: `dress(armature_object)`.

Every shape is made here from the rest positions of the joints: lofted segments between ball joints. Nothing of a
licensed body model is used. All sizes are metres of a 1.72 m person and follow the armature's own size. Armature space
is SMPL-X space: Y up, facing +Z, the character's left is +X.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import bmesh
import bpy
import numpy as np

from . import rig

BODY_COLOUR = (0.93, 0.77, 0.58, 1.0)
JOINT_COLOUR = (0.38, 0.24, 0.15, 1.0)
_BODY, _JOINT = 0, 1

_UP, _FRONT = np.array((0.0, 1.0, 0.0)), np.array((0.0, 0.0, 1.0))
_HEAD_ABOVE_ANKLE_M = 1.485  # in the skeleton these sizes were drawn for
_ROUND = 22  # vertices around a big segment

# One station of a segment: place along it (0 = its joint, 1 = the next), half sizes to the side, to the front and to
# the back, and how far the middle is moved to the front.
Profile = Sequence[tuple[float, float, float, float, float]]

_UPPER_ARM: Profile = (
    (0.00, 0.048, 0.050, 0.050, 0.0),
    (0.16, 0.0465, 0.049, 0.048, 0.0),
    (0.40, 0.041, 0.044, 0.042, 0.002),
    (0.70, 0.035, 0.037, 0.036, 0.001),
    (0.93, 0.031, 0.033, 0.033, 0.0),
)
_FOREARM: Profile = (
    (0.075, 0.031, 0.034, 0.034, 0.0),
    (0.25, 0.034, 0.039, 0.038, 0.0),
    (0.55, 0.029, 0.033, 0.032, 0.0),
    (0.85, 0.0205, 0.025, 0.025, 0.0),
    (0.95, 0.0195, 0.025, 0.025, 0.0),
)
_THIGH: Profile = (
    (0.02, 0.074, 0.082, 0.088, -0.004),
    (0.14, 0.080, 0.087, 0.091, 0.002),
    (0.40, 0.070, 0.079, 0.078, 0.006),
    (0.75, 0.053, 0.058, 0.056, 0.004),
    (0.94, 0.046, 0.050, 0.047, 0.0),
)
_CALF: Profile = (
    (0.06, 0.044, 0.046, 0.046, 0.0),
    (0.16, 0.045, 0.045, 0.050, -0.004),
    (0.34, 0.050, 0.044, 0.060, -0.010),
    (0.60, 0.039, 0.036, 0.046, -0.008),
    (0.86, 0.029, 0.032, 0.033, -0.002),
    (0.95, 0.029, 0.033, 0.034, 0.0),
)
_NECK: Profile = (
    (-0.30, 0.052, 0.050, 0.054, -0.002),
    (0.30, 0.047, 0.045, 0.047, 0.002),
    (1.10, 0.047, 0.046, 0.045, 0.004),
)
_CLAVICLE: Profile = (
    (0.00, 0.040, 0.052, 0.056, 0.006),
    (0.45, 0.046, 0.050, 0.054, 0.003),
    (0.70, 0.046, 0.046, 0.050, 0.0),
)
_PALM: Profile = (  # side: through the hand; front: towards the thumb
    (0.08, 0.0165, 0.022, 0.022, 0.0),
    (0.35, 0.0175, 0.033, 0.031, 0.0),
    (0.75, 0.0150, 0.039, 0.037, -0.004),
    (0.97, 0.0115, 0.039, 0.037, -0.006),
)
_FOOT: Profile = (  # front: upwards; back: down to the sole
    (-0.36, 0.027, 0.020, 0.028, 0.0),
    (-0.10, 0.032, 0.040, 0.030, 0.0),
    (0.15, 0.033, 0.043, 0.030, 0.0),
    (0.50, 0.038, 0.030, 0.030, 0.0),
    (0.96, 0.045, 0.011, 0.030, 0.0),
)
_TOES: Profile = (
    (0.06, 0.045, 0.008, 0.030, 0.0),
    (0.55, 0.043, 0.002, 0.030, 0.0),
    (0.92, 0.032, -0.004, 0.028, 0.0),
)
_SOLE_LINE_M = 0.03  # the feet's middle line lies this far above the sole

# Height in the reference skeleton, half width, front and back from the spine's line.
_PELVIS = (
    (0.815, 0.045, 0.050, 0.055),
    (0.850, 0.115, 0.080, 0.088),
    (0.885, 0.150, 0.094, 0.112),
    (0.930, 0.157, 0.098, 0.112),
    (0.975, 0.148, 0.092, 0.096),
    (1.025, 0.134, 0.086, 0.083),
)
_WAIST = (
    (0.990, 0.118, 0.074, 0.070),
    (1.040, 0.125, 0.082, 0.077),
    (1.085, 0.125, 0.084, 0.077),
    (1.130, 0.118, 0.078, 0.071),
)
_CHEST = (
    (1.090, 0.124, 0.084, 0.080),
    (1.150, 0.134, 0.096, 0.090),
    (1.220, 0.146, 0.112, 0.102),
    (1.290, 0.154, 0.118, 0.108),
    (1.345, 0.152, 0.108, 0.106),
    (1.395, 0.133, 0.086, 0.092),
    (1.430, 0.098, 0.066, 0.076),
    (1.458, 0.064, 0.054, 0.062),
)
# Height above the head joint, half width, front and back from the head joint.
_HEAD = (
    (-0.054, 0.028, 0.080, -0.036),
    (-0.040, 0.046, 0.092, 0.000),
    (-0.010, 0.060, 0.096, 0.040),
    (0.030, 0.070, 0.096, 0.074),
    (0.070, 0.076, 0.097, 0.094),
    (0.102, 0.0765, 0.096, 0.099),
)
_REFERENCE_HEIGHTS_M = {  # of the joints that carry the trunk, in the skeleton these sizes were drawn for
    "left_hip": 0.885, "pelvis": 0.955, "spine1": 1.055, "spine2": 1.185, "spine3": 1.275, "neck": 1.465, "head": 1.56,
}  # fmt: skip
_SPINE = ("pelvis", "spine1", "spine2", "spine3")

_FINGERS = {"index": 0.0092, "middle": 0.0096, "ring": 0.0090, "pinky": 0.0079, "thumb": 0.0112}
_BALLS = {"elbow": 0.0325, "wrist": 0.0232, "hip": 0.066, "knee": 0.0455, "ankle": 0.033}


@dataclass
class _Body:
    """The mesh while it grows. weights: for each bone, runs of (first vertex, weights)."""

    joints: dict[str, np.ndarray]
    scale: float
    vertices: list[np.ndarray] = field(default_factory=list)
    faces: list[tuple[int, ...]] = field(default_factory=list)
    materials: list[int] = field(default_factory=list)
    weights: dict[str, list[tuple[int, np.ndarray]]] = field(default_factory=dict)

    def add(self, rings: np.ndarray, weights: dict[str, np.ndarray], material: int) -> None:
        """A closed surface through rings (R, N, 3); weights: for each bone (R,) or (R, N)."""
        count, around = rings.shape[:2]
        first = sum(len(v) for v in self.vertices)
        poles = first + count * around
        ends = np.stack((rings[0].mean(0), rings[-1].mean(0)))
        self.vertices.append(np.concatenate((rings.reshape(-1, 3), ends)))
        index = first + np.arange(count * around).reshape(count, around)
        ahead = np.roll(index, -1, axis=1)
        quads = np.stack((index[:-1], ahead[:-1], ahead[1:], index[1:]), axis=-1).reshape(-1, 4)
        bottom = [(poles, b, a) for a, b in zip(index[0], ahead[0])]
        top = [(poles + 1, a, b) for a, b in zip(index[-1], ahead[-1])]
        new = [*map(tuple, quads.tolist()), *bottom, *top]
        self.faces += new
        self.materials += [material] * len(new)
        for bone, weight in weights.items():
            full = np.broadcast_to(weight.reshape(count, -1), (count, around))
            run = np.concatenate((full.ravel(), (full[0].mean(), full[-1].mean())))
            self.weights.setdefault(bone, []).append((first, run))


def dress(armature: bpy.types.Object) -> bpy.types.Object:
    """Add the mannequin to the armature's collections, bound to its bones; the mesh object.

    The armature's rest pose is what the body is built on; it needs every joint of the SMPL-X body, fingers included.
    """
    body = _Body(*_measure(rig.rest_places(armature)))
    _trunk(body)
    for side in ("left", "right"):
        _arm(body, side)
        _hand(body, side)
        _leg(body, side)
    return _bind(body, armature)


def _measure(joints: dict[str, np.ndarray]) -> tuple[dict[str, np.ndarray], float]:
    height = joints["head"][1] - 0.5 * (joints["left_ankle"][1] + joints["right_ankle"][1])
    return joints, float(height / _HEAD_ABOVE_ANKLE_M)


# --- shapes ------------------------------------------------------------


def _smooth(x: np.ndarray) -> np.ndarray:
    """0 below 0, 1 above 1, without a corner between."""
    x = np.clip(x, 0.0, 1.0)
    return x * x * (3.0 - 2.0 * x)


def _spline(stations: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Cubic Hermite through stations (S, 1 + C), first column ascending, at `at` (R,): (R, C)."""
    x, y = stations[:, 0], stations[:, 1:]
    slope = np.gradient(y, x, axis=0)
    k = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
    width = (x[k + 1] - x[k])[:, None]
    u = ((at - x[k])[:, None]) / width
    a, b, da, db = y[k], y[k + 1], slope[k] * width, slope[k + 1] * width
    return (2 * a + da - 2 * b + db) * u**3 + (-3 * a - 2 * da + 3 * b - db) * u**2 + da * u + a


def _stations(
    profile: Sequence[Sequence[float]], rows: int, caps: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Rings along a profile with rounded ends: the values (R, C) at each ring, and how much of its size it keeps (R,).

    caps: length of the rounded end at the start and at the end, in the unit of the profile's first column, which is the
    ring's place here too.
    """
    table = np.asarray(profile)
    inside = np.linspace(table[0, 0], table[-1, 0], rows)
    bend = np.linspace(0.0, 0.5 * np.pi, 6)[1:]
    place = np.concatenate((inside[0] - caps[0] * np.sin(bend)[::-1], inside, inside[-1] + caps[1] * np.sin(bend)))
    keep = np.concatenate((np.cos(bend)[::-1], np.ones(rows), np.cos(bend)))
    values = _spline(table, np.clip(place, inside[0], inside[-1]))
    return np.column_stack((place, values)), np.maximum(keep, 0.02)


def _ring(around: int, squareness: float) -> tuple[np.ndarray, np.ndarray]:
    """Cosine and sine of a superellipse; squareness 2 is an ellipse, more is boxier."""
    angle = np.linspace(0.0, 2.0 * np.pi, around, endpoint=False)
    c, s = np.cos(angle), np.sin(angle)
    return np.sign(c) * np.abs(c) ** (2.0 / squareness), np.sign(s) * np.abs(s) ** (2.0 / squareness)


def _tube(
    start: np.ndarray, end: np.ndarray, profile: Profile, front: np.ndarray, scale: float, *,
    squareness: float = 2.0, around: int = _ROUND, rows: int = 9, cap: float = 0.6,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """A segment from one joint to the next: rings (R, N, 3), and each ring's distance from the start (R,), metres.

    cap: how far the start is rounded out, in its own thicknesses; the end always by 0.6.
    """
    length = float(np.linalg.norm(end - start))
    axis = (end - start) / length
    front = front - axis * (front @ axis)
    front /= np.linalg.norm(front)
    side = np.cross(axis, front)
    caps = (cap * profile[0][1] * scale / length, 0.6 * profile[-1][1] * scale / length)
    table, keep = _stations(profile, rows, caps)
    place, half_side, ahead, behind, shift = table.T
    c, s = _ring(around, squareness)
    depth = np.where(s[None] > 0, ahead[:, None], behind[:, None]) * s * keep[:, None] + shift[:, None]
    width = half_side[:, None] * c * keep[:, None]
    middle = start + (place * length)[:, None] * axis
    rings = middle[:, None] + scale * (width[..., None] * side + depth[..., None] * front)
    return rings, place * length


def _ball(centre: np.ndarray, radius: float, around: int = 20) -> np.ndarray:
    """Rings of a sphere."""
    tilt = np.linspace(0.03, np.pi - 0.03, around // 2)
    angle = np.linspace(0.0, 2.0 * np.pi, around, endpoint=False)
    circle = np.stack((np.cos(angle), np.zeros(around), np.sin(angle)), axis=-1)
    return centre + radius * (np.sin(tilt)[:, None, None] * circle - np.cos(tilt)[:, None, None] * _UP)


def _limb(
    body: _Body, bone: str, end: np.ndarray, profile: Profile, *, front: np.ndarray = _FRONT,
    before: str | None = None, after: str | None = None, blend: float = 0.012,
    start: np.ndarray | None = None, material: int = _BODY, **shape: float,
) -> None:  # fmt: skip
    """A segment that follows `bone`, and within `blend` metres of its ends the bones before and after, where given.

    Segments that meet in a ball joint follow one bone alone, as in a wooden mannequin: nothing bends, nothing thins.
    """
    origin = body.joints[bone] if start is None else start
    rings, along = _tube(origin, end, profile, front, body.scale, **shape)
    length, reach = float(np.linalg.norm(end - origin)), blend * body.scale
    to_before = _smooth((reach - along) / (2 * reach)) if before else np.zeros_like(along)
    to_after = _smooth((reach - (length - along)) / (2 * reach)) if after else np.zeros_like(along)
    weights = {bone: 1.0 - to_before - to_after}
    if before:
        weights[before] = to_before
    if after:
        weights[after] = to_after
    body.add(rings, weights, material)


def _joint(body: _Body, bone: str, radius: float, around: int = 20) -> None:
    rings = _ball(body.joints[bone], radius * body.scale, around)
    body.add(rings, {bone: np.ones(len(rings))}, _JOINT)


# --- the body's parts --------------------------------------------------


def _trunk(body: _Body) -> None:
    """Pelvis, waist and chest around the spine, neck and head."""
    for profile, material, squareness in ((_PELVIS, _BODY, 2.3), (_WAIST, _JOINT, 2.2), (_CHEST, _BODY, 2.35)):
        rings = _trunk_rings(body, profile, squareness)
        weights = {"pelvis": np.ones(len(rings))} if profile is _PELVIS else _spine_weights(body, rings)
        body.add(rings, weights, material)
    joints = body.joints
    _limb(body, "neck", joints["head"], _NECK, before="spine3", after="head", blend=0.03, material=_JOINT)
    rings = _head_rings(joints["head"], body.scale)
    body.add(rings, {"head": np.ones(len(rings))}, _BODY)


def _trunk_rings(body: _Body, profile: Sequence[Sequence[float]], squareness: float) -> np.ndarray:
    table, keep = _stations(profile, 12, (0.016, 0.016))
    names = list(_REFERENCE_HEIGHTS_M)
    reference = np.array(list(_REFERENCE_HEIGHTS_M.values()))
    here = np.array([body.joints[n] for n in names])
    # Beyond the last joint heights go on at the body's scale; between joints they stretch with them.
    height = np.interp(table[:, 0], reference, here[:, 1]) + body.scale * (
        np.minimum(table[:, 0] - reference[0], 0.0) + np.maximum(table[:, 0] - reference[-1], 0.0)
    )
    depth = np.interp(table[:, 0], reference, here[:, 2])
    c, s = _ring(32, squareness)
    half_width, ahead, behind = (table[:, 1:] * keep[:, None] * body.scale).T
    x = half_width[:, None] * c
    z = depth[:, None] + np.where(s > 0, ahead[:, None], behind[:, None]) * s
    return np.stack((x, np.broadcast_to(height[:, None], x.shape), z), axis=-1)


def _spine_weights(body: _Body, rings: np.ndarray) -> dict[str, np.ndarray]:
    """Each height follows the bone whose joint is next below; around a joint the change takes a few centimetres."""
    height = rings[:, 0, 1]
    reach = 0.045 * body.scale
    above = [np.ones_like(height)]
    above += [_smooth((height - body.joints[bone][1] + reach) / (2 * reach)) for bone in _SPINE[1:]]
    above.append(np.zeros_like(height))
    return {bone: above[k] - above[k + 1] for k, bone in enumerate(_SPINE)}


def _head_rings(joint: np.ndarray, scale: float) -> np.ndarray:
    """An egg with a flattened face and the ridge of a nose, so that one sees where it looks."""
    table, keep = _stations(_HEAD, 24, (0.010, 0.079))
    around = 40
    c, s = _ring(around, 2.15)
    height, half_width, ahead, behind = table.T
    x = half_width[:, None] * keep[:, None] * c
    z = np.where(s > 0, ahead[:, None], behind[:, None]) * keep[:, None] * s
    y = np.broadcast_to(height[:, None], x.shape)
    is_front = _smooth(s / 0.6)[None]
    # Below the brow the face is a plane, set back a little from the forehead.
    brow = _smooth((0.092 - y) / 0.030) * _smooth((y + 0.045) / 0.04)
    z = z - is_front * brow * np.maximum(z - 0.085, 0.0) * 0.9
    nose = np.exp(-((x / 0.011) ** 2)) * _smooth((0.096 - y) / 0.085) * _smooth((y + 0.006) / 0.016)
    z = z + is_front * 0.019 * nose
    return joint + scale * np.stack((x, y, z), axis=-1)


def _arm(body: _Body, side: str) -> None:
    joints = body.joints
    collar, shoulder, elbow, wrist = (f"{side}_{n}" for n in ("collar", "shoulder", "elbow", "wrist"))
    _limb(body, collar, joints[shoulder], _CLAVICLE, before="spine3", blend=0.03)
    _limb(body, shoulder, joints[elbow], _UPPER_ARM, cap=0.95)
    _limb(body, elbow, joints[wrist], _FOREARM)
    for bone in (elbow, wrist):
        _joint(body, bone, _BALLS[bone.partition("_")[2]])


def _hand(body: _Body, side: str) -> None:
    joints = body.joints
    wrist = f"{side}_wrist"
    to_thumb = joints[f"{side}_index1"] - joints[f"{side}_pinky1"]
    _limb(body, wrist, joints[f"{side}_middle1"], _PALM, front=to_thumb, squareness=2.6)
    for finger, radius in _FINGERS.items():
        bones = [f"{side}_{finger}{k}" for k in (1, 2, 3)]
        points = [joints[b] for b in bones]
        points.append(points[2] + 0.9 * (points[2] - points[1]))
        for k, bone in enumerate(bones):
            r = radius * (1.0 - 0.11 * k)
            end = 0.80 if k == 2 else 0.90
            thin = 0.80 if k == 2 else 0.92
            profile = (
                (0.10, r, r, r, 0.0),
                (0.50, 0.97 * r, 0.97 * r, 0.97 * r, 0.0),
                (end, thin * r, thin * r, thin * r, 0.0),
            )
            _limb(body, bone, points[k + 1], profile, front=to_thumb, around=12, rows=4)
            _joint(body, bone, 0.93 * r, around=12)


def _leg(body: _Body, side: str) -> None:
    joints = body.joints
    hip, knee, ankle, foot = (f"{side}_{n}" for n in ("hip", "knee", "ankle", "foot"))
    _limb(body, hip, joints[knee], _THIGH)
    _limb(body, knee, joints[ankle], _CALF)
    for bone in (hip, knee, ankle):
        _joint(body, bone, _BALLS[bone.partition("_")[2]])
    sole = joints[foot][1] - 0.02 * body.scale
    heel, tread = joints[ankle].copy(), joints[foot].copy()
    heel[1] = tread[1] = sole + _SOLE_LINE_M * body.scale
    _limb(body, ankle, tread, _FOOT, after=foot, start=heel, front=_UP, squareness=2.5)
    tip = tread + 0.55 * (tread - heel)
    _limb(body, foot, tip, _TOES, start=tread, front=_UP, squareness=2.5)


# --- into Blender ------------------------------------------------------


def _bind(body: _Body, armature: bpy.types.Object) -> bpy.types.Object:
    mesh = bpy.data.meshes.new("Mannequin")
    mesh.from_pydata(np.concatenate(body.vertices).tolist(), [], body.faces)
    mesh.polygons.foreach_set("material_index", body.materials)
    mesh.polygons.foreach_set("use_smooth", [True] * len(body.faces))
    for name, colour, roughness in (("Mannequin", BODY_COLOUR, 0.5), ("Mannequin Joints", JOINT_COLOUR, 0.35)):
        mesh.materials.append(_material(name, colour, roughness))
    work = bmesh.new()
    work.from_mesh(mesh)
    bmesh.ops.recalc_face_normals(work, faces=work.faces)
    work.to_mesh(mesh)
    work.free()
    obj = bpy.data.objects.new("Mannequin", mesh)
    for collection in armature.users_collection:
        collection.objects.link(obj)
    bones = rig.joints(armature)
    for joint, runs in body.weights.items():
        group = obj.vertex_groups.new(name=bones[joint])
        for first, weights in runs:
            # Most vertices follow one bone wholly: one call for those, one each for the blended ones.
            group.add((first + np.flatnonzero(weights > 0.999)).tolist(), 1.0, "REPLACE")
            for k in np.flatnonzero((weights > 0.001) & (weights <= 0.999)):
                group.add([first + int(k)], float(weights[k]), "REPLACE")
    obj.parent = armature
    obj.modifiers.new("Armature", "ARMATURE").object = armature
    return obj


def _material(name: str, colour: tuple[float, float, float, float], roughness: float) -> bpy.types.Material:
    material = bpy.data.materials.new(name)
    material.diffuse_color = colour  # what Workbench shows
    material.roughness = roughness
    material.use_nodes = True
    shader = next(n for n in material.node_tree.nodes if n.type == "BSDF_PRINCIPLED")
    shader.inputs["Base Color"].default_value = colour
    shader.inputs["Roughness"].default_value = roughness
    return material
