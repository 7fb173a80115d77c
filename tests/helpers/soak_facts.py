"""All that a file holds, as values that can be compared; read without the add-on's own code.

A fact's key is (aspect, name of what has it). Names survive undo and opening a file, which session UIDs and addresses
do not. What belongs to a ghost, and an Action that a job is still writing, are no facts: they come and go in passing.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter, OrderedDict
from collections.abc import Iterator
from typing import Any

import bpy
import numpy as np

MARK = "soak"
"""Custom property that tells the artist's objects and Actions of the first hour, also after they were renamed."""

EDITS = "soak edits"
"""Custom property of an Action: which of its keys she edited, and how she left them. Undo takes it along."""

GHOST = "a2g_ghost"
"""Custom property of what Compare Take shows."""

OF_OBJECTS = frozenset({
    "object", "bones", "settings", "bookkeeping", "pins", "drivers", "active", "clips", "takes", "plays",
    "actions",
})  # fmt: skip
"""Aspects of an object."""

Facts = dict[tuple[str, str], Any]

_KINDS = ("objects", "armatures", "meshes", "collections", "scenes", "texts", "images", "sounds", "worlds", "materials",
          "cameras", "lights", "actions")  # fmt: skip
_STRIP = ("name", "type", "frame_start", "frame_end", "action_frame_start", "action_frame_end", "scale", "repeat",
          "mute", "influence", "blend_type", "extrapolation", "blend_in", "blend_out", "use_auto_blend", "use_reverse",
          "use_animated_influence", "use_animated_time", "use_sync_length")  # fmt: skip
_BOOKKEEPING = ("a2g_seed", "a2g_chosen_take", "a2g_chosen_track", "a2g_active_pin")
_DERIVED = ("a2g_active_take",)  # from those and from what tracks there are
_ANIMATED = ("a2g_energy",)
"""Settings whose value is that of the current frame, whatever the artist set."""

_PLACED_BY_HAND = [
    bpy.types.Keyframe.bl_rna.properties["handle_left_type"].enum_items[kind].value for kind in ("FREE", "ALIGNED")
]

_PIN = ("name", "track", "strip", "action", "strength", "fade_in_frames", "fade_out_frames", "body_parts", "muted")


def facts() -> Facts:
    """Everything, as it is now."""
    found: Facts = {}
    for kind in _KINDS:
        found["ids", kind] = frozenset(i.name_full for i in getattr(bpy.data, kind) if not _is_passing(i))
    keyed = {action: keys_digest(action) for action in bpy.data.actions if not _is_passing(action)}
    for action, digest in keyed.items():
        name, note = action.name_full, action.a2g
        found["keys", name] = digest
        found["note", name] = (note.is_take, note.pinned, note.starred, note.seed, note.recipe)
        found["mark", name] = (action.get(MARK), action.get(EDITS), action.use_fake_user)
    found["unused", "actions"] = frozenset(action.name_full for action in unused_actions())
    for obj in bpy.data.objects:
        if not _is_passing(obj):
            _add_object(found, obj, keyed)
    for armature in bpy.data.armatures:
        _add_armature(found, armature)
    for scene in bpy.data.scenes:
        _add_scene(found, scene)
    found["mode", ""] = bpy.context.mode
    return found


def changed(before: Facts, after: Facts) -> set[tuple[str, str]]:
    """Which facts are no longer what they were."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def told(before: Facts, after: Facts, keys: Any) -> str:
    """What these facts were and what they are now."""
    lines = []
    for key in sorted(keys):
        was, now = before.get(key), after.get(key)
        if isinstance(was, frozenset | tuple) and isinstance(now, frozenset | tuple):
            was, now = [x for x in was if x not in now], [x for x in now if x not in was]
        if key[0] == "keys" and was in _COLUMNS and now in _COLUMNS:
            was, now = _COLUMNS[was], _COLUMNS[now]
            places = [place for place in was.keys() | now.keys() if was.get(place) != now.get(place)]
            lines.append(f"{key}: {len(places)} columns of keys, such as {sorted(places)[:6]}")
            continue
        lines.append(f"{key}: {str(was)[:400]} -> {str(now)[:400]}")
    return "\n".join(lines)


def unused_actions() -> list[bpy.types.Action]:
    """Actions that nobody uses; a ghost borrows what it plays, and is no user."""
    lent = Counter(_played_by_ghosts())
    return [action for action in bpy.data.actions if not _is_passing(action) and action.users == lent[action]]


def _played_by_ghosts() -> Iterator[bpy.types.Action]:
    for obj in bpy.data.objects:
        if GHOST in obj and obj.animation_data:
            for track in obj.animation_data.nla_tracks:
                yield from (strip.action for strip in track.strips)


def _is_passing(item: bpy.types.ID) -> bool:
    return GHOST in item or (isinstance(item, bpy.types.Action) and item.a2g.is_unfinished)


# Actions --------------------------------------------------------------------------------------------------------------


def curves(action: bpy.types.Action) -> Iterator[tuple[int, bpy.types.FCurve]]:
    """Every curve of an Action, with the number of the slot that it is for; 0 before there were slots."""
    if not hasattr(action, "layers"):
        yield from ((0, curve) for curve in action.fcurves)
        return
    for layer in action.layers:
        for strip in layer.strips:
            for bag in strip.channelbags:
                yield from ((bag.slot_handle, curve) for curve in bag.fcurves)


_COLUMNS: OrderedDict[str, dict[str, int]] = OrderedDict()
"""By digest: a checksum of each column of keys, so that what has changed can be told."""

_REMEMBERED = 200


def keys_digest(action: bpy.types.Action) -> str:
    """Of all curves and keys: values, interpolation, muting; and handles, unless Blender places them by itself."""
    digest, columns = hashlib.sha256(), {}
    for slot, curve in curves(action):
        place = f"{slot} {curve.data_path} {curve.array_index}"
        for name, column in _columns(curve):
            digest.update(column)
            columns[f"{place} {name}"] = zlib.crc32(column)
    text = digest.hexdigest()[:16]
    _COLUMNS[text] = columns
    while len(_COLUMNS) > _REMEMBERED:
        _COLUMNS.popitem(last=False)
    return text


def _columns(curve: bpy.types.FCurve) -> Iterator[tuple[str, Any]]:
    """What a curve says of itself, and of all its keys; the same buffers each time."""
    yield "curve", f"{curve.data_path} {curve.array_index} {curve.mute} {curve.extrapolation}".encode()
    points = curve.keyframe_points
    values, numbers = np.empty((len(points), 2), np.float32), np.empty(len(points), np.int32)
    for name in ("co", "interpolation"):
        column = values.ravel() if name == "co" else numbers
        points.foreach_get(name, column)
        yield name, column
    for name in ("handle_left", "handle_right"):
        points.foreach_get(f"{name}_type", numbers)
        yield f"{name}_type", numbers
        placed = (numbers == _PLACED_BY_HAND[0]) | (numbers == _PLACED_BY_HAND[1])  # np.isin takes most of a walk
        if placed.any():
            points.foreach_get(name, values.ravel())
            yield name, values[placed]


def note_edit(action: bpy.types.Action, curve: bpy.types.FCurve, frame: float | None) -> None:
    """Remember how the artist left a key, or a whole curve (frame None)."""
    edits = json.loads(action.get(EDITS, "{}"))
    edits[json.dumps([curve.data_path, curve.array_index, frame])] = _state(curve, frame)
    action[EDITS] = json.dumps(edits)


def standing_edits() -> set[tuple[str, str]]:
    """(Action, key) of everything that she edited and that is as she left it."""
    standing = set()
    for action in bpy.data.actions:
        edits = json.loads(action.get(EDITS, "{}"))
        if edits and not action.a2g.is_unfinished:
            found = {(curve.data_path, curve.array_index): curve for _slot, curve in curves(action)}
            for key, state in edits.items():
                path, index, frame = json.loads(key)
                if (path, index) in found and _state(found[path, index], frame) == state:
                    standing.add((action.name_full, key))
    return standing


def _state(curve: bpy.types.FCurve, frame: float | None) -> list[Any] | None:
    """What is hers of a key; None if there is none. Where Blender places a handle by itself, its place is not."""
    if frame is None:
        return [curve.mute, curve.extrapolation]
    key = next((k for k in curve.keyframe_points if k.co[0] == frame), None)
    if key is None:
        return None
    state: list[Any] = [key.co[1], key.interpolation, key.handle_left_type, key.handle_right_type]
    for kind, handle in ((key.handle_left_type, key.handle_left), (key.handle_right_type, key.handle_right)):
        state.append([*handle] if kind == "FREE" else None)
    return state


# Objects --------------------------------------------------------------------------------------------------------------


def _add_object(found: Facts, obj: bpy.types.Object, keyed: dict[bpy.types.Action, str]) -> None:
    name, data = obj.name_full, obj.animation_data
    bones = obj.pose.bones if obj.pose else ()
    groups = sorted(c.name_full for c in obj.users_collection if GHOST not in c)
    found["object", name] = (
        obj.get(MARK), obj.data and obj.data.name_full, obj.parent and obj.parent.name_full, *groups,
        *obj.rotation_euler, *obj.delta_location, obj.hide_viewport, obj.hide_render,
        *((*obj.location, *obj.scale) if obj.type == "ARMATURE" else ()),
    )  # fmt: skip
    driven = {curve.data_path for curve in data.drivers} if data else set()
    found["bones", name] = [(b.name, b.rotation_mode, [_constraint(c, driven) for c in b.constraints]) for b in bones]
    settings = [p for p in obj.bl_rna.properties.keys() if p.startswith("a2g_")]  # noqa: SIM118 (no dictionary)
    found["settings", name] = {
        p: _plain(getattr(obj, p)) for p in settings if p not in (*_BOOKKEEPING, *_DERIVED, *_ANIMATED, "a2g_pins")
    }
    found["bookkeeping", name] = [getattr(obj, p) for p in _BOOKKEEPING]
    found["pins", name] = [[_plain(getattr(pin, p)) for p in _PIN] for pin in obj.a2g_pins]
    found["drivers", name] = [_driver(curve) for curve in data.drivers] if data else []
    action = data.action if data else None
    slot = getattr(data, "action_slot_handle", 0) if action else 0
    modes = (data.action_blend_type, data.action_extrapolation, data.action_influence) if action else ()
    modes += (data.use_nla, data.use_tweak_mode) if data else (True, False)
    found["active", name] = (action and action.name_full, slot, *modes)
    clips, takes, played = [], [], {action} - {None}
    for track in data.nla_tracks if data else ():
        row = (track.name, track.mute, track.lock, track.is_solo)
        for strip in track.strips:
            keys = strip.action and keyed.get(strip.action)
            line = (*row, *(getattr(strip, p) for p in _STRIP), getattr(strip, "action_slot_handle", 0), keys)
            is_take = strip.action is not None and strip.action.a2g.is_take
            played |= {strip.action} - {None}
            (takes if is_take else clips).append((*line, strip.action.name_full) if is_take else line)
        if not len(track.strips):
            clips.append(row)
    found["clips", name], found["takes", name] = tuple(clips), tuple(takes)
    found["plays", name] = (action and keyed.get(action), tuple(clips), tuple(takes))
    found["actions", name] = frozenset(action.name_full for action in played)


def _constraint(constraint: bpy.types.Constraint, driven: set[str]) -> tuple:
    """What is the artist's of it; a control rig's drivers set how much it counts, whenever Blender evaluates them."""
    target = getattr(constraint, "target", None)
    path = constraint.path_from_id() if driven else ""
    counts = [None if f"{path}.{p}" in driven else getattr(constraint, p) for p in ("influence", "mute")]
    return constraint.type, constraint.name, *counts, target and target.name_full


def _driver(curve: bpy.types.FCurve) -> tuple:
    variables = [(v.name, v.type, v.targets[0].data_path, v.targets[0].id.name_full) for v in curve.driver.variables]
    return curve.data_path, curve.array_index, curve.mute, curve.driver.type, curve.driver.expression, variables


def _plain(value: Any) -> Any:
    return frozenset(value) if isinstance(value, set) else value


def _add_armature(found: Facts, armature: bpy.types.Armature) -> None:
    places = np.empty((2, 3 * len(armature.bones)), np.float32)
    armature.bones.foreach_get("head_local", places[0])
    armature.bones.foreach_get("tail_local", places[1])
    names = [(bone.name, bone.parent and bone.parent.name) for bone in armature.bones]
    found["rest", armature.name_full] = (names, places.tobytes(), armature.pose_position)


# Scenes ---------------------------------------------------------------------------------------------------------------


def _add_scene(found: Facts, scene: bpy.types.Scene) -> None:
    name, chosen = scene.name_full, scene.a2g_character
    found["time", name] = (
        scene.render.fps, scene.render.fps_base, scene.render.frame_map_old, scene.render.frame_map_new,
        scene.frame_start, scene.frame_end,
        scene.use_preview_range, scene.frame_preview_start, scene.frame_preview_end, *scene.cursor.location,
    )  # fmt: skip
    found["frame", name] = scene.frame_current
    found["members", name] = frozenset(obj.name_full for obj in scene.objects if not _is_passing(obj))
    found["character", name] = chosen and chosen.name_full
    found["speech", name] = tuple((s.name, s.type, s.channel, s.mute, *_frames(s)) for s in speech_strips(scene))


def speech_strips(scene: bpy.types.Scene) -> Any:
    """All strips of a scene's sequencer."""
    editor = scene.sequence_editor
    if editor is None:
        return ()
    return editor.strips_all if hasattr(editor, "strips_all") else editor.sequences_all


def _frames(strip: Any) -> tuple[float, ...]:
    if hasattr(strip, "left_handle"):
        return strip.left_handle, strip.right_handle, strip.left_handle_offset, strip.right_handle_offset
    return strip.frame_start, strip.frame_final_start, strip.frame_final_end


def poses(frames: tuple[int, ...], without: bpy.types.Object) -> dict[str, bytes]:
    """The evaluated poses, on these frames, of the scene's other characters."""
    scene, found = bpy.context.scene, {}
    now = scene.frame_current
    others = [o for o in scene.objects if o.type == "ARMATURE" and o != without and not _is_passing(o)]
    for frame in frames if others else ():
        scene.frame_set(frame)
        graph = bpy.context.evaluated_depsgraph_get()
        for obj in others:
            bones = obj.evaluated_get(graph).pose.bones
            matrices = np.empty(16 * len(bones), np.float32)
            bones.foreach_get("matrix", matrices)
            found[f"{obj.name_full} on {frame}"] = matrices.tobytes()
    if others:
        scene.frame_set(now)
    return found
