"""What a character looks at, as its settings say it: a place seen from its own eyes, frame by frame where it moves.

What moves is followed on copies in a scene of their own, so that the frame and the undo history of the artist's scene
stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

import bpy
import numpy as np

from .. import bl
from ..a2g_core.body.rig import Rig
from ..a2g_core.body.skeleton import EYES, SMPLX
from ..a2g_core.errors import A2GError, RigError
from ..a2g_core.performing.face import Face
from ..a2g_core.performing.gaze import Gaze
from . import nla, rig, shapes

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
    has = shapes.connected(obj)
    jaw = 0.0 if lacks_jaw(obj) and shapes.JAW not in has else obj.a2g_jaw
    return Face(blink=obj.a2g_blink if shapes.BLINK in has else 0.0, jaw=jaw)


def read(context: bpy.types.Context, obj: bpy.types.Object, start_frame: int, fps: float) -> Gaze | None:
    """Where the character looks in a take whose speech begins on start_frame; None for nowhere in particular.

    Moving targets are followed over the scene's range. A2GError for a target that is not there.
    """
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
    cameras = _cameras(scene, frames)
    looked_at = [camera for _first, camera in cameras] if obj.a2g_look_at == "CAMERA" else [_chosen(obj)]
    if len(looked_at) == 1 and not any(map(_moves, (obj, *looked_at))):
        target = between(obj, looked_at[0])
    else:
        target = _followed(obj, looked_at, frames, [first for first, _camera in cameras])
    return Gaze(target, strength, begins_s)


def between(obj: bpy.types.Object, other: bpy.types.Object) -> np.ndarray:
    """Where another object is looked at now, (3,) metres from between the character's eyes as it rests."""
    return _seen(rig.read(obj), np.array(obj.matrix_world)[None], _place(other)[None])[0]


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


def _followed(
    obj: bpy.types.Object, looked_at: list[bpy.types.Object], frames: np.ndarray, firsts: list[int]
) -> np.ndarray:
    """(n, 3) where they are on frames, one after another, each from its first frame on; see `Gaze.target`."""
    character, places = np.empty((len(frames), 4, 4)), np.empty((len(frames), 3))
    at = np.searchsorted(firsts, frames, side="right") - 1 if len(looked_at) > 1 else np.zeros(len(frames), int)
    own = _Apart([obj, *looked_at])
    with own as copies:
        for row, frame in enumerate(frames.tolist()):
            own.go_to(frame)
            character[row] = own.matrix(copies[0])
            seen = looked_at[at[row]]
            places[row] = (own.matrix(copies[1 + at[row]]) @ np.append(_point(seen), 1.0))[:3]
    return _seen(rig.read(obj), character, places)


def _seen(body: Rig, character: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Places (n, 3) of the world as (n, 3) metres from between the eyes of a character (n, 4, 4) as it rests."""
    inside = np.linalg.solve(character, np.concatenate([places, np.ones((len(places), 1))], axis=1)[..., None])
    return (inside[:, :3, 0] - _eyes(body)) @ body.axes / body.scale


def _eyes(body: Rig) -> np.ndarray:
    """Between the eyes at rest, (3,) in armature space."""
    joints = body.fit.joints
    if set(EYES) <= joints.keys():
        return np.mean([body.controls[joints[eye]].head for eye in EYES], axis=0)
    if len(body.aims) == len(EYES):
        return np.mean([aim.eye for aim in body.aims], axis=0)
    return body.controls[joints[_HEAD]].head + body.scale * body.axes @ _REST_EYES


def _place(obj: bpy.types.Object) -> np.ndarray:
    """Where in the world an object is looked at, (3,)."""
    return (np.array(obj.matrix_world) @ np.append(_point(obj), 1.0))[:3]


def _point(obj: bpy.types.Object) -> np.ndarray:
    """Where an object is looked at, (3,) in its own space: of another character into the eyes, else at its origin."""
    if obj.type == "ARMATURE":
        try:
            return _eyes(rig.read(obj))
        except RigError:
            pass  # no character: it is an object as any other
    return np.zeros(3)


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
    """A context that gives copies of objects in a scene of their own, in which time can be played."""

    def __init__(self, originals: list[bpy.types.Object]) -> None:
        self._scene = bpy.data.scenes.new("A2G Targets")
        self._copies = [obj.copy() for obj in originals]
        for copy in self._copies:
            self._scene.collection.objects.link(copy)

    def __enter__(self) -> list[bpy.types.Object]:
        return self._copies

    def __exit__(self, *_error: object) -> None:
        bpy.data.scenes.remove(self._scene)
        for copy in self._copies:
            bpy.data.objects.remove(copy)

    def go_to(self, frame: int) -> None:
        """Play a frame."""
        self._scene.frame_set(frame)

    def matrix(self, copy: bpy.types.Object) -> np.ndarray:
        """Where a copy is on that frame, (4, 4)."""
        return np.array(copy.evaluated_get(self._scene.view_layers[0].depsgraph).matrix_world, np.float64)
