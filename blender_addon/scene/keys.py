"""Motion on an armature: what it takes to carry one, its curves, and an active Action that would hide it.

A bone's rest rotation B in armature space turns a joint's local rotation R into the bone's own: B^-1 A R A^-1 B, where
A takes SMPL-X axes (Y up, facing +Z) to the armature's; the root moves by B^-1 A t. Its parent's rest does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass

import bpy
import numpy as np

from .. import bl
from ..a2g_core.body.rotations import make_continuous
from ..a2g_core.body.skeleton import BODY, SMPLX

ROOT = SMPLX.names[0]


@dataclass(frozen=True)
class Rest:
    """An armature's rest pose. bones: rest rotation (3, 3) of each SMPL-X bone it has, in armature space.

    axes: rotation (3, 3) from SMPL-X axes to the armature's. scale: its legs' length over our skeleton's.
    """

    bones: dict[str, np.ndarray]
    axes: np.ndarray
    scale: float


def read_rest(obj: bpy.types.Object) -> Rest:
    """The rest pose of an armature that has the 22 body bones."""
    bones = obj.data.bones
    head = {name: np.array(bones[name].head_local) for name in BODY.names}
    return Rest(
        bones={name: np.array(bones[name].matrix_local.to_3x3()) for name in SMPLX.names if name in bones},
        axes=_armature_axes(head),
        scale=_leg_length(head) / _leg_length(_our_heads()),
    )


def missing_bones(obj: bpy.types.Object) -> list[str]:
    """Body bones that the armature lacks; fingers, jaw and eyes may be absent."""
    return [name for name in BODY.names if name not in obj.data.bones]


def to_bone(rest: Rest, name: str, rotations: np.ndarray) -> np.ndarray:
    """Joint rotations (T, 4) as the bone's own: sign-continuous, the first on the rest pose's side (w >= 0)."""
    q = make_continuous(_turn_axes(rotations, rest.bones[name].T @ rest.axes))
    return -q if q[0, 0] < 0 else q


def from_bone(rest: Rest, name: str, rotations: np.ndarray) -> np.ndarray:
    """The inverse of ``to_bone``, up to sign."""
    return _turn_axes(rotations, rest.axes.T @ rest.bones[name])


def _turn_axes(rotations: np.ndarray, turn: np.ndarray) -> np.ndarray:
    """Rotations (T, 4) about turned axes, turn R turn^-1: the quaternion's vector part is turned, its angle kept."""
    return np.concatenate([rotations[:, :1], rotations[:, 1:] @ turn.T], axis=1)


def write_curves(owner: object, bone: str, channel: str, frames: np.ndarray, values: np.ndarray) -> None:
    """Linear keys of all components at once; ``keyframe_insert`` would take minutes (it is quadratic in the length).

    owner: what ``bl.curve_owner`` returned. frames: (T,). values: (T, k).
    """
    linear = bpy.types.Keyframe.bl_rna.properties["interpolation"].enum_items["LINEAR"].value
    interpolation = np.full(len(frames), linear, np.int32)
    points = np.empty((len(frames), 2), np.float32)
    points[:, 0] = frames
    for component in range(values.shape[1]):
        curve = bl.new_fcurve(owner, bone_path(bone, channel), component, bone)
        curve.keyframe_points.add(len(frames))
        points[:, 1] = values[:, component]
        curve.keyframe_points.foreach_set("co", points.ravel())
        curve.keyframe_points.foreach_set("interpolation", interpolation)
        curve.update()


def bone_path(bone: str, channel: str) -> str:
    """The data path of a bone's channel."""
    return f'pose.bones["{bpy.utils.escape_identifier(bone)}"].{channel}'


def hides_nla(obj: bpy.types.Object) -> bool:
    """Whether the object's active Action moves body bones itself: it then covers whatever the NLA says about them."""
    data = obj.animation_data
    if data is None or data.action is None:
        return False
    paths = tuple(f'pose.bones["{name}"]' for name in BODY.names)
    return any(curve.data_path.startswith(paths) for curve in bl.fcurves(data.action, bl.slot_of(data)))


def push_down_action(obj: bpy.types.Object) -> bpy.types.NlaStrip:
    """Move the active Action onto an NLA strip of a new track, where it plays as before."""
    data = obj.animation_data
    action, slot = data.action, bl.slot_of(data)
    track = data.nla_tracks.new()
    track.name = action.name
    strip = bl.add_nla_strip(track, action.name, int(action.frame_range[0]), action, slot)
    strip.blend_type, strip.extrapolation = data.action_blend_type, data.action_extrapolation
    strip.influence = data.action_influence
    data.action = None
    return strip


def stash_action(obj: bpy.types.Object) -> bpy.types.NlaStrip:
    """Keep the active Action on a muted, locked NLA track, where it does not play."""
    strip = push_down_action(obj)
    track = next(track for track in obj.animation_data.nla_tracks if strip in track.strips.values())
    track.name = "[Action Stash]"
    track.mute = track.lock = True
    return strip


def _armature_axes(head: dict[str, np.ndarray]) -> np.ndarray:
    """Matrix (3, 3) from SMPL-X axes to the armature's, told from where the joints lie at rest.

    Snapped to whole axes: applying an armature object's rotation turns its space by right angles, bodies lean by less.
    """
    left = _nearest_axis(head["left_hip"] - head["right_hip"])
    up = _nearest_axis(head["head"] - head["pelvis"])
    axes = np.stack([left, up, np.cross(left, up)], axis=-1)
    # Bones all in one place, or a head beside the hips, say nothing.
    return axes if np.linalg.det(axes) > 0.5 else np.eye(3)


def _nearest_axis(vector: np.ndarray) -> np.ndarray:
    axis = np.zeros(3)
    largest = int(np.abs(vector).argmax())
    axis[largest] = np.sign(vector[largest])
    return axis


def _leg_length(head: dict[str, np.ndarray]) -> float:
    """Hip to ankle along the left leg."""
    thigh, shin = head["left_knee"] - head["left_hip"], head["left_ankle"] - head["left_knee"]
    return float(np.linalg.norm(thigh) + np.linalg.norm(shin))


def _our_heads() -> dict[str, np.ndarray]:
    head = {ROOT: np.zeros(3)}
    for name, parent, offset in zip(BODY.names[1:], BODY.parents[1:], BODY.offsets[1:], strict=True):
        head[name] = head[BODY.names[parent]] + offset
    return head
