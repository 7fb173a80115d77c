"""Fewer keys: a copy of a take whose curves are few Bezier keys, near all that the take does, for editing by hand.

How near is measured: each bone by the angle between the two, hands and feet also by where they are and how they are
turned in the character's space, in centimetres of a body of a person's size. What the artist has edited stays: a frame
that she changed keeps its keys, and a property that she keyed in another way keeps all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import bpy
import numpy as np

from .. import bl
from ..a2g_core.body import channels
from ..a2g_core.body.motion import Motion
from ..a2g_core.body.rig import Rig
from ..a2g_core.body.skeleton import SMPLX, joints_of
from ..a2g_core.errors import A2GError
from . import as_ik, edits, keys, rig, shapes, take_list
from .keys import Curves, Track
from .recipe import Recipe

if TYPE_CHECKING:
    from ..a2g_core.body.reduction import Whole

_ENDS = {"left_wrist": 1.0, "right_wrist": 1.0, "left_ankle": 0.4, "right_ankle": 0.4}
"""The joints that must be where they were, and the part of the tolerance that each has: feet are seen to slide."""

_CM_OF_DEG = 1.0
"""Centimetres that hands and feet may be off for each degree."""

_CARRYING = 0.5
"""The part of the tolerance that bones which carry an end begin with: their errors add up."""

_VALUE = 0.01
"""How far other values may be off, such as those of shape keys."""

_Errors = tuple[np.ndarray, np.ndarray]


class Nearness(NamedTuple):
    """share: of the keys that are left. degrees: by which a bone, a hand or a foot is turned otherwise at most.
    centimetres: by which a hand or a foot is elsewhere at most.
    """

    share: float
    degrees: float
    centimetres: float


def check_dense(strip: bpy.types.NlaStrip) -> None:
    """A2GError for a take with fewer keys: it is the artist's now, and the one that it was made from can be changed."""
    if has_fewer_keys(strip):
        raise A2GError(
            "take '{name}' has fewer keys, to be edited by hand", "change the take that it was made from",
            name=strip.name,
        )  # fmt: skip


def has_fewer_keys(strip: bpy.types.NlaStrip) -> bool:
    """Whether a take was made by `make`."""
    return bl.action_of(strip).a2g.has_fewer_keys


def check(strip: bpy.types.NlaStrip) -> None:
    """A2GError if a take cannot be copied with fewer keys."""
    check_dense(strip)
    as_ik.check_as_fk(strip)
    Recipe.from_text(bl.action_of(strip).a2g.recipe)


def make(obj: bpy.types.Object, strip: bpy.types.NlaStrip, degrees: float) -> Nearness:
    """Copy a take to a track of its own, which plays instead of it, and leave out keys where the curves stay within
    this error.
    """
    from ..a2g_core.body.reduction import Reduced, tighten

    check(strip)
    recipe = Recipe.from_text(bl.action_of(strip).a2g.recipe)
    found = rig.read(obj)
    curves = _curves(bl.action_of(strip))
    tracks = _tracks(obj, found, recipe, curves)
    keyed = {t.path: edits.read(curves, t, recipe.start_frame, recipe.n_frames) for t in tracks}
    edited = _edited(strip, recipe, [keyed[t.path].values for t in tracks])
    rows = {path: np.nan_to_num(each.values).astype(np.float64) for path, each in keyed.items()}
    pose = _Pose(found, rows)
    reduced = {}
    for track in tracks:
        each = keyed[track.path]
        if recipe.n_frames > 1 and not (each.edited.any() or each.is_removed.any()):
            error = _error(track, rows[track.path], found.scale, degrees * pose.share(track.path))
            reduced[track.path] = Reduced(rows[track.path], error, edited.copy())
    tighten(reduced, pose.wholes(degrees))
    copy = take_list.duplicate(obj, strip)
    action = bl.action_of(copy)
    frames = recipe.start_frame + np.arange(recipe.n_frames)
    n_before = sum(len(curve.keyframe_points) for curve in curves.values())
    written = _curves(action)
    for path, curve in reduced.items():
        kept = curve.kept
        for k in range(curve.rows.shape[1]):
            keys.write_fewer(written[path, k], frames[kept], curve.rows[kept, k], curve.slopes[kept, k])
    action.a2g.has_fewer_keys = True
    n_after = sum(len(curve.keyframe_points) for curve in written.values())
    modes = {track.path: track.mode for track in tracks}
    turned = [_angles(modes[path], t.rows, t.curve).max() for path, t in reduced.items() if modes[path]]
    off_deg, off_cm = pose.off({path: track.curve for path, track in reduced.items()})
    return Nearness(n_after / max(n_before, 1), max([*turned, off_deg]), off_cm)


def _curves(action: bpy.types.Action) -> Curves:
    return {(c.data_path, c.array_index): c for c in bl.fcurves(action, bl.first_slot(action))}


def _tracks(obj: bpy.types.Object, found: Rig, recipe: Recipe, curves: Curves) -> list[Track]:
    """What the take keys, in the order in which it was written; the values are of no account."""
    n, joints = recipe.n_frames, joints_of(recipe.body_parts)
    still = np.tile(np.array([1.0, 0.0, 0.0, 0.0]), (n, len(SMPLX.names), 1))
    motion = Motion(still, np.zeros((n, 3)), recipe.fps, SMPLX, lids=np.zeros(n))
    every = (*rig.tracks(found, motion, joints), *shapes.tracks(obj, motion, joints))
    return [track for track in every if any((track.path, k) in curves for k in range(track.width))]


def _edited(strip: bpy.types.NlaStrip, recipe: Recipe, columns: list[np.ndarray]) -> np.ndarray:
    """(n,) on which frames the artist has changed a value."""
    now, known = keys.checksums(columns), recipe.checksums
    edited = now != known if len(known) == len(now) else np.ones(len(now), bool)
    if edited.all():
        raise A2GError(
            "it cannot be told what was edited in take '{name}'", "use Bake Gestures to Action", name=strip.name
        )
    return edited


def _error(track: Track, rows: np.ndarray, scale: float, degrees: float) -> Callable[[np.ndarray], np.ndarray]:
    """How far a track's curve may be off; see `reduction.Error`."""
    if track.mode:
        return lambda curve: _angles(track.mode, rows, curve) / degrees
    if track.path.endswith(channels.LOCATION.name):
        off_cm = 100.0 / scale / (degrees * _CM_OF_DEG)
        return lambda curve: np.linalg.norm(curve - rows, axis=1) * off_cm
    return lambda curve: np.abs(curve - rows).max(axis=1) / _VALUE


def _angles(mode: str, rows: np.ndarray, curve: np.ndarray) -> np.ndarray:
    """Degrees (n,) between rotations that are stored so."""
    return _between(channels.channel_to_quaternion(mode, rows), channels.channel_to_quaternion(mode, curve))


def _between(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Degrees between unit quaternions (n, 4)."""
    apart = np.minimum(np.linalg.norm(first - second, axis=1), np.linalg.norm(first + second, axis=1))
    return np.degrees(4.0 * np.arcsin(np.clip(apart / 2.0, 0.0, 1.0)))


class _Pose:
    """Where the ends of the limbs are, of a take's rows (n, k) by path and of curves in their place."""

    def __init__(self, found: Rig, rows: Mapping[str, np.ndarray]) -> None:
        self._rig, self._rows = found, rows
        self._n = len(next(iter(rows.values())))
        self._paths = {
            bone: rig.bone_path(bone, channels.rotation_channel(control.mode).name)
            for bone, control in found.controls.items()
        }
        self._location = rig.bone_path(found.root.bone, channels.LOCATION.name)
        chains = {end: found.carriers(end) for end in _ENDS}
        self._chains = {end: chain for end, chain in chains.items() if chain}
        self._made: Mapping[str, np.ndarray] = {}
        self._turns: dict[str, np.ndarray] = {}
        self._turns = self._turned({})
        self._as_it_was = {end: self._end(end, {}) for end in self._chains}

    def share(self, path: str) -> float:
        """The part of the tolerance that a property begins with."""
        return _CARRYING if any(path in self._parts(end) for end in self._chains) else 1.0

    def wholes(self, degrees: float) -> list[Whole]:
        """Of each end of a limb, what moves it and how far it may be off."""
        from ..a2g_core.body.reduction import Whole

        return [Whole(self._parts(end), self._error(end, degrees)) for end in self._chains]

    def off(self, curves: Mapping[str, np.ndarray]) -> tuple[float, float]:
        """Degrees and centimetres that ends are off at most."""
        found = [self._apart(end, curves) for end in self._chains]
        return max((d.max() for d, _ in found), default=0.0), max((cm.max() for _, cm in found), default=0.0)

    def _parts(self, end: str) -> frozenset[str]:
        return frozenset([self._location, *(self._paths[bone] for bone in self._chains[end])])

    def _error(self, end: str, degrees: float) -> Callable[[Mapping[str, np.ndarray]], np.ndarray]:
        def error(curves: Mapping[str, np.ndarray]) -> np.ndarray:
            off_deg, off_cm = self._apart(end, curves)
            return np.maximum(off_deg / degrees, off_cm / (degrees * _CM_OF_DEG * _ENDS[end]))

        return error

    def _apart(self, end: str, curves: Mapping[str, np.ndarray]) -> _Errors:
        turn, place = self._end(end, curves)
        was_turn, was_place = self._as_it_was[end]
        return _between(turn, was_turn), 100.0 * np.linalg.norm(place - was_place, axis=1)

    def _end(self, end: str, curves: Mapping[str, np.ndarray]) -> _Errors:
        """(turn, place) of an end, (n, 4) and (n, 3)."""
        if curves is not self._made:  # once for all ends
            self._made, self._turns = curves, self._turned(curves)
        chain = self._chains[end]
        location = curves.get(self._location, self._rows.get(self._location, np.zeros((self._n, 3))))
        return self._turns[chain[-1]], self._rig.place(chain, self._turns, location)

    def _turned(self, curves: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        rotations = {}
        for bone in {bone for chain in self._chains.values() for bone in chain}:
            path, mode = self._paths[bone], self._rig.controls[bone].mode
            values = curves.get(path, self._rows.get(path))
            if values is not None:
                rotations[bone] = channels.channel_to_quaternion(mode, values)
        return self._rig.pose(rotations, self._n)
