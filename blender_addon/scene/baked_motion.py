"""What a baked copy shows (see `baked`): the character's bones as Blender evaluates them, and what to key for that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import bpy
import numpy as np

from ..a2g_core.body.rotations import make_continuous, matrix_to_quaternion, quaternion_to_matrix
from ..a2g_core.errors import A2GError
from . import rig
from .baked_bones import NEAR, Bones, Shape, spread
from .double import Double, armature_of
from .keys import Track

_ROOT_LENGTH = 0.1  # of an added root, in parts of a character's spread
_SAME = 1e-5
_RIGID = 1e-3
"""Scales that are no further from 1 come from rigs that stretch a bone to reach its end exactly, and are left out."""


@dataclass(frozen=True)
class Seen:
    """Poses (T, 4, 4) in armature space by bone, where the object is, (T, 4, 4), and by mesh what its n shape keys are,
    (T, n).
    """

    poses: dict[str, np.ndarray]
    objects: np.ndarray
    shapes: dict[bpy.types.Object, np.ndarray]


def see(obj: bpy.types.Object, bones: Bones, frames: Sequence[int], meshes: Sequence[bpy.types.Object]) -> Seen:
    """What a character's bones and the shape keys of these meshes do on these frames of its scene."""
    names = [name for name in bones.sources if name]
    stacks: dict[str, list[np.ndarray]] = {name: [] for name in names}
    objects = []
    with Double(obj, animated=True) as double:
        carried = {mesh: double.carry(mesh) for mesh in meshes}
        shapes: dict[bpy.types.Object, list[np.ndarray]] = {mesh: [] for mesh in meshes}
        for _posed in double.playing(frames):
            for name, pose in double.poses(names).items():
                stacks[name].append(pose)
            objects.append(double.place())
            for mesh, keys in carried.items():
                shapes[mesh].append(double.shapes(keys))
    poses = {name: np.array(stack) for name, stack in stacks.items()}
    return Seen(poses, np.array(objects), {mesh: np.array(stack) for mesh, stack in shapes.items()})


@dataclass(frozen=True)
class Placed:
    """Where a copy's bones rest, (n, 4, 4), and are, (T, n, 4, 4), in its armature's space; and its object, (T, 4, 4).

    lengths: (n,) of its bones. world: where the character's object was on the first frame. from_world: what takes its
    world to the copy's.
    """

    rests: np.ndarray
    poses: np.ndarray
    objects: np.ndarray
    lengths: np.ndarray
    world: np.ndarray
    from_world: np.ndarray


def place(obj: bpy.types.Object, bones: Bones, seen: Seen, shape: Shape) -> Placed:
    """Where that is in the copy. A2GError for a character that cannot be put on the origin."""
    first, n_frames = seen.objects[0], len(seen.objects)
    rests = [rig.rest_of(obj, name) if name else np.eye(4) for name in bones.sources]
    poses = [seen.poses[name] if name else np.tile(np.eye(4), (n_frames, 1, 1)) for name in bones.sources]
    objects, world = seen.objects, np.eye(4)
    every = armature_of(obj).bones
    lengths = np.array([every[name].length if name else _ROOT_LENGTH * spread(obj) for name in bones.sources])
    if shape.at_origin:
        size = np.linalg.norm(first[:3, :3], axis=0)
        if np.ptp(size) > NEAR * size.max() or np.linalg.det(first[:3, :3]) < 0:
            raise A2GError(
                "'{name}' is scaled by other factors along its axes", "apply its scale (Ctrl A), or export it as it is",
                name=obj.name,
            )  # fmt: skip
        world = _to_origin(obj, first)
        moved = world @ objects
        rests = [_unscaled(moved[0] @ rest) if name else rest for name, rest in zip(bones.sources, rests, strict=True)]
        poses = [_unscaled(moved @ p, size) if name else p for name, p in zip(bones.sources, poses, strict=True)]
        if not bones.sources[0]:
            poses[0] = _unscaled(moved @ np.linalg.inv(moved[0]))
        objects, lengths = np.tile(np.eye(4), (n_frames, 1, 1)), lengths * size.mean()
    if shape.scale != 1:
        larger = np.diag((shape.scale,) * 3 + (1.0,))
        smaller = np.linalg.inv(larger)
        rests, poses = [larger @ rest @ smaller for rest in rests], [larger @ pose @ smaller for pose in poses]
        objects = larger @ objects @ smaller
        world, lengths = larger @ world, shape.scale * lengths
    return Placed(np.array(rests), np.stack(poses, axis=1), np.array(objects), lengths, first, world)


def _to_origin(obj: bpy.types.Object, world: np.ndarray) -> np.ndarray:
    """What puts a character's object on the origin, facing -Y, (4, 4): a turn about Z and a shift."""
    ahead = world[:3, :3] @ rig.read(obj).axes @ (0.0, 0.0, 1.0)
    back = -np.pi / 2 - np.arctan2(ahead[1], ahead[0])
    found = np.eye(4)
    found[:2, :2] = (np.cos(back), -np.sin(back)), (np.sin(back), np.cos(back))
    found[:3, 3] = -found[:3, :3] @ world[:3, 3]
    return found


def _unscaled(matrices: np.ndarray, size: np.ndarray | None = None) -> np.ndarray:
    """The same places and turns (..., 4, 4) without their scale, or without this one (3,) alone."""
    found = matrices.copy()
    found[..., :3, :3] /= np.linalg.norm(found[..., :3, :3], axis=-2, keepdims=True) if size is None else size.mean()
    return found


def parts(matrices: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Location (T, 3), quaternion (T, 4) without jumps and scale (T, 3) of transforms (T, 4, 4)."""
    size = np.linalg.norm(matrices[:, :3, :3], axis=1)
    turn = make_continuous(matrix_to_quaternion(rig.rotations_of(matrices)))
    return matrices[:, :3, 3], turn, size


def moves(matrices: np.ndarray) -> bool:
    """Whether transforms (T, 4, 4) change over time."""
    return bool(np.abs(matrices - matrices[:1]).max() > _SAME)


def bone_tracks(placed: Placed, bones: Bones, names: Sequence[str], *, rigid: bool) -> Iterator[Track]:
    """What to key: of each bone, where and how it is to its rest, on what its parent really shows.

    rigid: leave out how bones are scaled. Each is where it was all the same.
    """
    shown: list[np.ndarray] = []
    size = np.linalg.norm(placed.poses[..., :3, :3], axis=-2)
    is_rigid = rigid or bool(np.abs(size - 1).max() < _RIGID)
    for number, (parent, name) in enumerate(zip(bones.parents, names, strict=True)):
        rest, above = placed.rests[number], np.eye(4)
        if parent >= 0:
            rest = np.linalg.inv(placed.rests[parent]) @ rest
            above = shown[parent]
        at = above @ rest
        place, turn, scale = parts(np.linalg.inv(at) @ placed.poses[:, number])
        if is_rigid:
            scale = np.ones_like(scale)
        basis = np.tile(np.eye(4), (len(place), 1, 1))
        basis[:, :3, :3] = quaternion_to_matrix(turn) * scale[:, None, :]
        basis[:, :3, 3] = place
        shown.append(at @ basis)
        yield Track(rig.bone_path(name, "rotation_quaternion"), turn.astype(np.float32), name)
        if np.abs(place).max() > _SAME * max(1.0, np.abs(placed.rests[:, :3, 3]).max()) or not number:
            yield Track(rig.bone_path(name, "location"), place.astype(np.float32), name)
        if not is_rigid and np.abs(scale - 1).max() > _SAME:
            yield Track(rig.bone_path(name, "scale"), scale.astype(np.float32), name)
