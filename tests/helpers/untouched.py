"""What of a character is not a take, as digests: to show that nothing else has changed.

    before = state(obj)
    ...generate, change, bake, undo...
    assert changes(before, state(obj)) == []

Covers rest pose, bones' settings and rotation modes, constraints, drivers, the artist's Actions and keys, her NLA
tracks, custom properties, modifiers, meshes and their weights. `values=False` leaves out what a playing take changes:
the channels of bones, custom properties, what drivers set, and the muting of other strips.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import bpy
import numpy as np

Digests = dict[str, str]

_CHANNELS = {"location", "rotation_quaternion", "rotation_euler", "rotation_axis_angle", "scale"}
_FOLLOWS = {
    # Blender computes these from others.
    "matrix", "matrix_basis", "matrix_channel", "matrix_world", "matrix_local", "head", "tail", "center", "length",
    "vector", "x_axis", "y_axis", "z_axis", "is_valid", "error_location", "error_rotation", "is_hidden",
    "dimensions", "bound_box", "is_evaluated", "session_uid", "users", "active", "fcurves_len", "tag",
    # Where the artist looks, not what she has made.
    "select", "select_head", "select_tail", "select_control_point", "show_expanded", "execution_time",
}  # fmt: skip


def state(obj: bpy.types.Object, *, values: bool = True) -> Digests:
    """Digests of everything but takes, by what they are of: "bones/Spine", "drivers/3", "actions/Walk"."""
    found: Digests = {}
    for name, content in _parts(obj, values):
        assert name not in found, name
        found[name] = hashlib.sha256(repr(content).encode()).hexdigest()
    return found


def changes(before: Digests, after: Digests) -> list[str]:
    """What was changed, added or removed, by name."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _parts(obj: bpy.types.Object, values: bool) -> Iterator[tuple[str, Any]]:
    leave_out, driven = set() if values else _CHANNELS, _driven(obj)
    yield "object", _settings(obj, leave_out)
    yield "object properties", _custom(obj) if values else None
    armature = obj.data
    yield "armature", _settings(armature, set())
    yield "armature properties", _custom(armature)
    for bone in armature.bones:
        places = [[tuple(v) for v in bone.matrix_local], tuple(bone.head_local), tuple(bone.tail_local), bone.length]
        parent = bone.parent.name if bone.parent else None
        yield f"bones/{bone.name}", (places, parent, _settings(bone, set()), _custom(bone))
    for bone in obj.pose.bones:
        yield f"pose/{bone.name}", _settings(bone, leave_out | (set() if values else driven.get(bone.name, set())))
        yield f"pose properties/{bone.name}", _custom(bone) if values else sorted(bone.keys())
        for n, constraint in enumerate(bone.constraints):
            yield f"constraints/{bone.name}/{n}", _settings(constraint, set() if values else {"influence", "mute"})
    for collection in getattr(armature, "collections_all", ()):
        yield f"collections/{collection.name}", (collection.is_visible, sorted(b.name for b in collection.bones))
    for owner, data in (("object", obj), ("armature", armature)):
        yield from _animation(owner, data.animation_data, values)
    for action in bpy.data.actions:
        if not action.a2g.is_take:
            yield f"actions/{action.name}", (list(_curves(action)), _custom(action), action.use_fake_user)
    for mesh in bpy.data.objects:
        if mesh.type == "MESH" and any(m.type == "ARMATURE" and m.object == obj for m in mesh.modifiers):
            yield f"mesh/{mesh.name}", _mesh(mesh)


def _driven(obj: bpy.types.Object) -> dict[str, set[str]]:
    """The properties of each pose bone that drivers set: they follow the pose."""
    found: dict[str, set[str]] = {}
    for curve in obj.animation_data.drivers if obj.animation_data else ():
        owner, _dot, name = curve.data_path.rpartition(".")
        if owner.startswith('pose.bones["') and owner.endswith('"]'):
            found.setdefault(owner[12:-2], set()).add(name)
    return found


def _animation(owner: str, data: bpy.types.AnimData | None, values: bool) -> Iterator[tuple[str, Any]]:
    for n, curve in enumerate(data.drivers if data else ()):
        variables = [
            (_settings(v, set()), [_settings(target, set()) for target in v.targets]) for v in curve.driver.variables
        ]
        modifiers = [_settings(m, set()) for m in curve.modifiers]
        yield f"{owner} drivers/{n}", (_settings(curve.driver, set()), variables, modifiers, _curve(curve))
    yield f"{owner} active action", (data.action.name if data and data.action else None)
    tracks = data.nla_tracks if data else ()
    strips_of = [(t.name, [s for s in t.strips if s.action is None or not s.action.a2g.is_take]) for t in tracks]
    hers = [(name, strips) for name, strips in strips_of if strips]
    yield f"{owner} tracks", [name for name, _strips in hers]
    for n, (_name, strips) in enumerate(hers):
        yield f"{owner} strips/{n}", [_settings(strip, set() if values else {"mute"}) for strip in strips]


def _curves(action: bpy.types.Action) -> Iterator[Any]:
    if not hasattr(action, "layers"):
        yield from map(_curve, action.fcurves)
        return
    for layer in action.layers:
        for strip in layer.strips:
            for bag in strip.channelbags:
                yield bag.slot.identifier
                yield from map(_curve, bag.fcurves)


def _curve(curve: bpy.types.FCurve) -> Any:
    points = np.empty(6 * len(curve.keyframe_points), np.float32)
    for k, name in enumerate(("co", "handle_left", "handle_right")):
        part = np.empty(2 * len(curve.keyframe_points), np.float32)
        curve.keyframe_points.foreach_get(name, part)
        points[k * len(part) : (k + 1) * len(part)] = part
    kinds = [(p.interpolation, p.handle_left_type, p.handle_right_type, p.type) for p in curve.keyframe_points]
    group = curve.group.name if curve.group else None
    return curve.data_path, curve.array_index, curve.mute, curve.extrapolation, group, points.tobytes(), kinds


def _mesh(mesh: bpy.types.Object) -> Any:
    places = np.empty(3 * len(mesh.data.vertices), np.float32)
    mesh.data.vertices.foreach_get("co", places)
    weights = hashlib.sha256()
    for vertex in mesh.data.vertices:
        weights.update(repr([(g.group, g.weight) for g in vertex.groups]).encode())
    groups = [group.name for group in mesh.vertex_groups]
    return places.tobytes(), groups, weights.hexdigest(), [_settings(m, set()) for m in mesh.modifiers]


def _custom(owner: Any) -> list[tuple[str, Any]]:
    """Custom properties, without what the add-on itself keeps."""
    found = []
    for name, value in sorted(owner.items(), key=lambda item: item[0]):
        if not name.startswith("a2g"):
            content = value.to_list() if hasattr(value, "to_list") else getattr(value, "name", None) or str(value)
            found.append((name, content))
    return found


def _settings(struct: Any, leave_out: set[str]) -> list[tuple[str, Any]]:
    """The properties of one of Blender's structures that are values or point at data with a name."""
    found = []
    for rna in struct.bl_rna.properties:
        name = rna.identifier
        if name in _FOLLOWS or name in leave_out or name.startswith(("a2g", "bl_", "rna_")) or rna.type == "COLLECTION":
            continue
        value = getattr(struct, name, None)
        if rna.type == "POINTER":
            if rna.is_readonly and not hasattr(value, "name"):
                continue
            value = getattr(value, "name", None)
        elif rna.is_readonly and name not in ("parent", "type", "name"):
            continue
        elif getattr(rna, "is_array", False):
            value = _flat(value)
        elif isinstance(value, set):
            value = sorted(value)
        found.append((name, value))
    return found


def _flat(value: Any) -> list[Any]:
    return [_flat(v) if hasattr(v, "__len__") else v for v in value]
