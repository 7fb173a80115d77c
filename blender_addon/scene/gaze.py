"""What a character looks at, as its settings say it: a place seen from its own eyes, frame by frame where it moves.

What moves is followed on copies in a scene of their own, so that the frame and the undo history of the artist's scene
stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Self

import bpy
import numpy as np

from .. import bl
from ..a2g_core.body.rig import Rig
from ..a2g_core.body.skeleton import EYES, SMPLX
from ..a2g_core.errors import A2GError, RigError
from . import nla, rig, shapes
from .double import pose_of

if TYPE_CHECKING:
    from ..a2g_core.performing.face import Face
    from ..a2g_core.performing.gaze import Gaze

EVERY_S = 0.1
"""How often it is seen where something is that moves."""

_MOVING = ("location", "rotation_", "scale", "delta_")
"""How the paths of properties begin that place an object."""

_HEAD, _REST_EYES = "head", np.mean([SMPLX.rest_places[eye] for eye in EYES], axis=0) - SMPLX.rest_places["head"]
"""Between our eyes, from our head's joint at rest, metres."""


def check(context: bpy.types.Context, obj: bpy.types.Object) -> None:
    """A2GError if there is nothing where the character shall look."""
    if obj.a2g_look_at == "OBJECT" and _target(obj) is None:
        raise A2GError("no object to look at is chosen", "choose one under Gaze and Face, or look at nothing")
    if obj.a2g_look_at == "CAMERA" and context.scene.camera is None:
        raise A2GError("the scene has no camera to look at", "add one, or look at something else")


def lacks_eyes(obj: bpy.types.Object) -> bool:
    """Whether no bone turns an eye of the character: then its head turns alone."""
    return rig.moved_joints(obj).isdisjoint(EYES)


def lacks_jaw(obj: bpy.types.Object) -> bool:
    """Whether no bone of the character is its jaw."""
    return "jaw" not in rig.joints(obj)


def face(obj: bpy.types.Object) -> Face:
    """What else the character's face does, of what it can."""
    from ..a2g_core.performing.face import Face

    has = shapes.connected(obj)
    jaw = 0.0 if lacks_jaw(obj) and shapes.JAW not in has else obj.a2g_jaw
    return Face(blink=obj.a2g_blink if shapes.BLINK in has else 0.0, jaw=jaw)


def read(context: bpy.types.Context, obj: bpy.types.Object, start_frame: int, fps: float) -> Gaze | None:
    """Where the character looks in a take whose speech begins on start_frame; None for nowhere in particular.

    Moving targets are followed over the scene's range. A2GError for a target that is not there.
    """
    from ..a2g_core.performing.gaze import Gaze

    if obj.a2g_look_at == "NONE":
        return None
    check(context, obj)
    scene = context.scene
    frames = np.arange(min(scene.frame_start, start_frame), max(scene.frame_end, start_frame) + 1)
    keyed = nla.animated_values(obj, "a2g_look_strength", frames)
    strength = obj.a2g_look_strength if keyed is None else np.clip(keyed, 0, 1)
    begins_s = (int(frames[0]) - start_frame) / fps
    if obj.a2g_look_at == "SPEAKER":
        return Gaze(None, strength, begins_s)
    if obj.a2g_look_at == "OBJECT":
        (target,) = followed(obj, [_chosen(obj)], frames, fps)
        return Gaze(target, strength, begins_s)
    cuts = _cameras(scene, frames)
    cameras = list(dict.fromkeys(camera for _first, camera in cuts))
    places = dict(zip(cameras, followed(obj, cameras, frames, fps), strict=True))
    if len(cuts) == 1:
        return Gaze(places[cameras[0]], strength, begins_s)
    every = [np.broadcast_to(places[camera], (len(frames), 3)) for _first, camera in cuts]
    at = np.searchsorted([first for first, _camera in cuts], frames, side="right") - 1
    return Gaze(np.stack(every)[at, np.arange(len(frames))], strength, begins_s)


def followed(
    obj: bpy.types.Object, looked_at: list[bpy.types.Object], frames: np.ndarray, fps: float
) -> list[np.ndarray]:
    """Where objects are seen on frames, one after another: (n, 3) each, metres from between the character's eyes as it
    rests; (1, 3) if nothing of all this moves.

    What moves is looked at every `EVERY_S`, and goes straight on between. Takes do not count: they are made for it.
    """
    body, points = rig.read(obj), [_Point(other) for other in looked_at]
    if not any(map(_moves, (obj, *looked_at))) and not any(map(_is_posed, looked_at)):
        world = np.array(obj.matrix_world)[None]
        return [_seen(body, world, point.at(other)[None]) for point, other in zip(points, looked_at, strict=True)]
    sampled = np.unique(np.append(frames[:: max(1, round(EVERY_S * fps))], frames[-1]))
    character, places = np.empty((len(sampled), 4, 4)), np.empty((len(points), len(sampled), 4))
    with _Apart([obj, *looked_at]) as apart:
        for row, frame in enumerate(sampled.tolist()):
            apart.go_to(frame)
            character[row] = np.array(apart.evaluated(0).matrix_world)
            for k, point in enumerate(points):
                places[k, row] = point.posed(apart.evaluated(k + 1))
    seen = (_seen(body, character, place) for place in places)
    return [np.stack([np.interp(frames, sampled, rows[:, k]) for k in range(3)], axis=1) for rows in seen]


def _target(obj: bpy.types.Object) -> bpy.types.Object | None:
    """The chosen object, if it is in a scene; a choice keeps a deleted one alive."""
    chosen = obj.a2g_look_target
    return chosen if chosen is not None and chosen.users_scene and chosen != obj else None


def _chosen(obj: bpy.types.Object) -> bpy.types.Object:
    chosen = _target(obj)
    assert chosen is not None  # `check` has seen it
    return chosen


def _cameras(scene: bpy.types.Scene, frames: np.ndarray) -> list[tuple[int, bpy.types.Object]]:
    """(from which frame, camera) of the scene, as its markers say it."""
    bound = sorted(((m.frame, m.camera) for m in scene.timeline_markers if m.camera is not None), key=lambda b: b[0])
    before = [camera for frame, camera in bound if frame <= frames[0]]
    # Before the first marker, Blender shows the camera of that.
    first = before[-1] if before else bound[0][1] if bound else scene.camera
    found = [] if first is None else [(int(frames[0]), first)]
    for frame, camera in bound:
        if frames[0] < frame <= frames[-1] and camera != found[-1][1]:
            found.append((frame, camera))
    return found


def _seen(body: Rig, character: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Places (n, 4) of the world as (n, 3) metres from between the eyes of a character (n, 4, 4) as it rests."""
    inside = np.linalg.solve(character, places[..., None])
    return (inside[:, :3, 0] - _eyes(body)) @ body.axes / body.scale


def _eyes(body: Rig) -> np.ndarray:
    """Between the eyes at rest, (3,) in armature space."""
    joints = body.fit.joints
    if set(EYES) <= joints.keys():
        return np.mean([body.controls[joints[eye]].head for eye in EYES], axis=0)
    if len(body.aims) == len(EYES):
        return np.mean([aim.eye for aim in body.aims], axis=0)
    return body.controls[joints[_HEAD]].head + body.scale * body.axes @ _REST_EYES


class _Point:
    """Where an object is looked at: another character into the eyes, else at its origin."""

    def __init__(self, obj: bpy.types.Object) -> None:
        self._rest, self._head, self._from_head = np.array([0.0, 0.0, 0.0, 1.0]), "", np.eye(4)
        if obj.type != "ARMATURE":
            return
        try:
            body = rig.read(obj)
        except RigError:
            return  # no character: it is an object as any other
        self._rest = np.append(_eyes(body), 1.0)
        self._head = rig.shown_by(obj, body)[body.fit.joints[_HEAD]]
        self._from_head = np.linalg.inv(rig.rest_of(obj, self._head))

    def at(self, obj: bpy.types.Object) -> np.ndarray:
        """Of the object as it rests where it is now, (4,) in the world."""
        return np.array(obj.matrix_world) @ self._rest

    def posed(self, evaluated: bpy.types.Object) -> np.ndarray:
        """Of the object as it is evaluated, (4,) in the world."""
        world = np.array(evaluated.matrix_world)
        if not self._head:
            return world @ self._rest
        return world @ np.array(pose_of(evaluated).bones[self._head].matrix) @ self._from_head @ self._rest


def _is_posed(obj: bpy.types.Object) -> bool:
    """Whether more than takes may pose an armature's bones."""
    data = obj.animation_data
    if obj.type != "ARMATURE" or data is None:
        return False
    return data.action is not None or any(p.plays and not p.action.a2g.is_take for p in nla.placed_strips(obj))


def _moves(obj: bpy.types.Object) -> bool:
    """Whether an object's place may change over time."""
    if len(obj.constraints) or obj.rigid_body is not None:
        return True
    data = obj.animation_data
    if data is not None and (
        any(curve.data_path.startswith(_MOVING) for curve in data.drivers)
        or any(path.startswith(_MOVING) for path in _keyed(obj))
    ):
        return True
    return obj.parent is not None and (obj.parent_type == "BONE" or _moves(obj.parent))


def _keyed(obj: bpy.types.Object) -> Iterator[str]:
    """The paths that an object's Action and NLA key."""
    data = obj.animation_data
    assert data is not None
    if data.action is not None:
        yield from (path for path, _index in nla.playing_curves(data.action, bl.slot_of(data)))
    for placed in nla.placed_strips(obj):
        yield from (path for path, _index in nla.playing_curves(placed.action, bl.slot_of(placed.strip)))


class _Apart:
    """A context in which time can be played for copies of objects, in a scene of their own, and without their takes."""

    def __init__(self, originals: list[bpy.types.Object]) -> None:
        self._scene = bpy.data.scenes.new("A2G Targets")
        self._copies = [obj.copy() for obj in originals]
        for copy in self._copies:
            self._scene.collection.objects.link(copy)
            for placed in nla.placed_strips(copy):
                if placed.action.a2g.is_take:
                    placed.strip.mute = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        bpy.data.scenes.remove(self._scene)
        for copy in self._copies:
            bpy.data.objects.remove(copy)

    def go_to(self, frame: int) -> None:
        """Play a frame."""
        self._scene.frame_set(frame)

    def evaluated(self, number: int) -> bpy.types.Object:
        """A copy as it is on that frame."""
        return self._copies[number].evaluated_get(self._scene.view_layers[0].depsgraph)
