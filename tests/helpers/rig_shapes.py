"""A body of plain pieces for armatures without a mesh: one piece for each deform bone, which moves it alone."""

from __future__ import annotations

from collections.abc import Mapping

import bpy
import numpy as np

_RADIUS = {"shoulder": 0.045, "elbow": 0.035, "wrist": 0.03, "hip": 0.07, "knee": 0.05, "pelvis": 0.12, "head": 0.09}
_FINGER, _OTHER = 0.008, 0.03
_FACES = ((0, 1, 2, 3), (7, 6, 5, 4), (0, 4, 5, 1), (1, 5, 6, 2), (2, 6, 7, 3), (3, 7, 4, 0), (4, 8, 5), (5, 8, 6),
          (6, 8, 7), (7, 8, 4))  # fmt: skip


def dress(
    armature: bpy.types.Object, ends: Mapping[str, tuple[np.ndarray, np.ndarray]], joints: Mapping[str, str]
) -> bpy.types.Object:
    """Add a mesh that is bound to the armature, which is in its rest pose.

    ends: by deform bone, where it begins and where what it moves ends, (3,) in world space, in metres. joints: the
    deform bone of each joint. Feet get a flat sole on the floor, Z = 0.
    """
    joint_of = {bone: joint for joint, bone in joints.items()}
    vertices: list[np.ndarray] = []
    faces: list[tuple[int, ...]] = []
    owner: list[str] = []
    for bone, (head, end) in ends.items():
        joint = joint_of.get(bone, "")
        is_foot = joint.endswith(("_ankle", "_foot")) and not joint.startswith("eye")
        piece = _foot(head, end, joint) if is_foot else _piece(head, end, _radius(joint))
        faces += [tuple(k + len(vertices) for k in face) for face in _FACES]
        vertices += list(piece)
        owner += [bone] * len(piece)
    mesh = bpy.data.meshes.new("Pieces")
    mesh.from_pydata([tuple(v) for v in vertices], [], faces)
    obj = bpy.data.objects.new("Pieces", mesh)
    for collection in armature.users_collection:
        collection.objects.link(obj)
    for bone in ends:
        obj.vertex_groups.new(name=bone).add([k for k, name in enumerate(owner) if name == bone], 1.0, "REPLACE")
    obj.parent = armature
    obj.matrix_parent_inverse = armature.matrix_world.inverted()
    obj.modifiers.new("Armature", "ARMATURE").object = armature
    return obj


def _radius(joint: str) -> float:
    plain = joint.removeprefix("left_").removeprefix("right_")
    return _FINGER if plain[-1:].isdigit() and not plain.startswith("spine") else _RADIUS.get(plain, _OTHER)


def _piece(head: np.ndarray, end: np.ndarray, radius: float) -> np.ndarray:
    """A square bar (8, 3) with a point (1, 3) at its end."""
    along = end - head
    length = np.linalg.norm(along)
    across = np.cross(along, (0.0, 1.0, 0.0) if abs(along[1]) < 0.9 * length else (1.0, 0.0, 0.0))
    across /= np.linalg.norm(across)
    other = np.cross(along, across) / length
    ring = [radius * (a * across + b * other) for a, b in ((1, 1), (-1, 1), (-1, -1), (1, -1))]
    ends = [head + r for r in ring] + [head + 0.8 * along + 0.7 * r for r in ring]
    return np.array([*ends, end])


def _foot(head: np.ndarray, end: np.ndarray, joint: str) -> np.ndarray:
    """A wedge (9, 3) whose lower side lies on the floor; a foot's begins with its heel, behind the ankle."""
    heel = 0.05 if joint.endswith("_ankle") else 0.0
    size = np.linalg.norm((end - head)[:2])
    forward = np.append((end - head)[:2] / size, 0.0)
    side = 0.25 * size * np.array((forward[1], -forward[0], 0.0))
    back = head * (1, 1, 0) - heel * forward
    front = end * (1, 1, 0)
    low = [back + 0.7 * side, back - 0.7 * side, front - side, front + side]
    high = [head + 0.5 * side, head - 0.5 * side, end - 0.8 * side, end + 0.8 * side]
    top = [point * (1, 1, 0) + (0, 0, max(point[2], 0.01)) for point in high]
    return np.array([*low, *top, end])
