"""BVH files of our skeleton as other programs write them, written with SciPy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation

from a2g_core.body.kinematics import forward_kinematics
from a2g_core.body.motion import Motion
from a2g_core.body.rotations import quaternion_to_matrix
from a2g_core.body.skeleton import PELVIS_HEIGHT_M, Skeleton

NOBODY = Rotation.identity()
Z_UP = Rotation.from_euler("x", 90, degrees=True)
"""From our axes to those of Blender and AMASS."""


def write_own_bvh(
    path: Path,
    motion: Motion,
    *,
    axes: Rotation = NOBODY,
    world: Rotation = NOBODY,
    per_metre: float = 100.0,
    order: str = "ZXY",
    zero: Mapping[str, Rotation] | None = None,
    above: Rotation | None = None,
) -> None:
    """Write a motion with our joints' names.

    axes: of the skeleton and of the world, from ours. world: a turn of the world alone, after that. per_metre: the
    unit. zero: by joint, the world rotation from our rest pose to the file's. above: adds a joint `Armature` that is
    turned so and carries the place, with `pelvis` below it.
    """
    skeleton, zero = motion.skeleton, zero or {}
    zeros = [zero.get(name, NOBODY) for name in skeleton.names]
    _, turned = forward_kinematics(quaternion_to_matrix(motion.quaternions.astype(np.float64)), skeleton)
    file_world = world * axes
    turns = [file_world * Rotation.from_matrix(turned[:, j]) * (axes * zeros[j]).inv() for j in range(len(skeleton))]
    offsets = [
        (axes * (zeros[parent] if parent >= 0 else NOBODY)).apply(offset) * per_metre
        for offset, parent in zip(np.array(skeleton.offsets), skeleton.parents)
    ]
    place = file_world.apply(motion.translation + np.array((0, PELVIS_HEIGHT_M, 0))) * per_metre
    lines, columns = ["HIERARCHY"], [place]
    if above is not None:
        lines += ["ROOT Armature", "{", "OFFSET 0 0 0", f"CHANNELS 6 {_POSITION} {_rotation(order)}"]
        columns.append(np.tile(above.as_euler(order, degrees=True), (len(motion), 1)))
    _joint(lines, columns, 0, skeleton, offsets, turns, above, order)
    if above is not None:
        lines.append("}")
    rows = np.concatenate(columns, axis=1)
    lines += ["MOTION", f"Frames: {len(motion)}", f"Frame Time: {1 / motion.fps:.6f}"]
    path.write_text("\n".join([*lines, *(" ".join(f"{x:.6f}" for x in row) for row in rows)]) + "\n")


_POSITION = "Xposition Yposition Zposition"


def _rotation(order: str) -> str:
    return " ".join(f"{axis}rotation" for axis in order)


def _joint(
    lines: list[str], columns: list[np.ndarray], j: int, skeleton: Skeleton, offsets: Sequence[np.ndarray],
    turns: Sequence[Rotation], above: Rotation | None, order: str,
) -> None:  # fmt: skip
    parent = skeleton.parents[j]
    base = turns[parent] if parent >= 0 else (above or NOBODY)
    with_place = parent < 0 and above is None
    lines += [f"{'ROOT' if with_place else 'JOINT'} {skeleton.names[j]}", "{"]
    lines.append("OFFSET " + " ".join(f"{x:.6f}" for x in offsets[j]))
    lines.append(f"CHANNELS {6 if with_place else 3} {_POSITION if with_place else ''} {_rotation(order)}")
    columns.append((base.inv() * turns[j]).as_euler(order, degrees=True))
    children = [k for k, p in enumerate(skeleton.parents) if p == j]
    for child in children:
        _joint(lines, columns, child, skeleton, offsets, turns, above, order)
    if not children:
        lines += ["End Site", "{", "OFFSET 0 0 0", "}"]
    lines.append("}")
