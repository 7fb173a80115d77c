"""Takes: each is an Action on an NLA strip in its own track, written in slices so that the interface is not blocked.

A new take's Action is filled before anything uses it, and then put on its track in one undo step. Changing a part of a
take replaces the keys of those frames in place, unless the artist has edited one of them (see `edits`): then the change
becomes a new take, and the edited one is kept. Between slices no Blender data is held; an Action is found again by its
session UID.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Literal, NamedTuple, cast

import bpy
import numpy as np

from .. import bl, sentences
from ..a2g_core.body.motion import Motion
from ..a2g_core.body.skeleton import joints_of
from ..a2g_core.errors import A2GError
from . import around, edits, keys, pictures, rig, shapes, sharing
from .nla import check_not_tweaked, copy_placement, is_tweaked, placed_strips
from .recipe import Recipe, pack_checksums

TRACK_NAME = "Gestures"


def name_of(recipe: Recipe) -> str:
    """What a take's track is called, but for a number."""
    if not recipe.is_silent:
        return TRACK_NAME
    return "Listening" if recipe.request.partners else "Idle"


class NewTake:
    """Fills an Action that nothing uses yet."""

    def __init__(self, obj: bpy.types.Object, motion: Motion, recipe: Recipe, idle: np.ndarray | None) -> None:
        """recipe: of the take, without checksums.

        idle: quaternions (J, 4) that the keys are relative to, in a take that is combined with the animation below it;
        None in one that replaces it.
        """
        self.recipe, self.motion, self.idle = recipe, motion, idle
        self.character_uid, self.rig = obj.session_uid, rig.read(obj)
        self._restart()

    def _restart(self) -> None:
        self.action_uid, self.drawing = 0, pictures.Drawing(self.rig, self.idle)
        self.columns: list[np.ndarray] = []
        joints, obj = joints_of(self.recipe.body_parts), find_object(self.character_uid)
        face = () if obj is None else tuple(shapes.tracks(obj, self.motion, joints))
        self.tracks = chain(rig.tracks(self.rig, self.motion, joints, self.idle), face)

    def step(self, budget_s: float) -> bool:
        """Write for about this long; whether the Action is complete. It starts over where undo took the Action away."""
        deadline = time.perf_counter() + budget_s
        action = self.action()
        if action is None:
            obj = find_object(self.character_uid)
            if obj is None:
                return True
            self._restart()
            action, _owner, _slot = bl.new_action(name_of(self.recipe), obj)
            action.a2g.is_take = action.a2g.is_unfinished = True
            self.action_uid = action.session_uid
        owner = bl.curve_owner(action)
        for track in self.tracks:
            keys.write(owner, track, self.recipe.start_frame)
            self.columns.append(track.values)
            if time.perf_counter() > deadline:
                return False
        if self.columns:
            checksums = pack_checksums(keys.checksums(self.columns))
            action.a2g.recipe = replace(self.recipe, row_checksums=checksums).to_text()
            action.a2g.seed = self.recipe.request.seed
            self.columns = []
            if time.perf_counter() > deadline:
                return False
        return self.drawing.step(action, deadline)

    def action(self) -> bpy.types.Action | None:
        """The Action, if there is one yet and undo has not taken it away."""
        return find_action(self.action_uid)

    @property
    def is_gone(self) -> bool:
        """Whether there is nobody left to write for."""
        return find_object(self.character_uid) is None

    def use_body_parts(self, body_parts: tuple[str, ...]) -> None:
        """Key these parts, whatever was asked for before."""
        if body_parts != self.recipe.body_parts:
            if (action := self.action()) is not None and action.users == 0:
                bpy.data.actions.remove(action)
            self.recipe = replace(self.recipe, body_parts=body_parts)
            self._restart()

    def finish(self) -> bpy.types.Action:
        """Write what is missing, now; the character must be there."""
        self.step(float("inf"))
        action = self.action()
        assert action is not None
        return action


def attach_take(obj: bpy.types.Object, action: bpy.types.Action, offset_frames: int = 0) -> bpy.types.NlaStrip:
    """Put a finished Action on a new track above all others, and mute the earlier takes that it covers unless they are
    pinned.
    """
    recipe = Recipe.from_text(action.a2g.recipe)
    tracks = (obj.animation_data or obj.animation_data_create()).nla_tracks
    track = tracks.new()
    track.name = unused_name(obj, name_of(recipe))
    start_frame = recipe.start_frame + offset_frames
    try:
        strip = bl.add_nla_strip(track, track.name, start_frame, action, bl.first_slot(action))
    except RuntimeError:
        tracks.remove(track)
        raise
    action.name = track.name  # numbered by Blender if another character's take is called so
    # The default would hold the last pose over everything on the tracks below.
    strip.extrapolation = "NOTHING"
    strip.blend_type = cast(Literal["REPLACE", "COMBINE"], recipe.layering)
    # A new strip comes selected; what the artist had selected is what Pin Selected Strips shall mean.
    strip.select = False
    action.a2g.is_unfinished = False
    mute_others(obj, strip)
    if not recipe.is_silent:
        tail = recipe.n_frames - recipe.speech_frames - recipe.lead_frames
        around.blend(obj, strip, recipe.lead_frames, tail, recipe.fps)
    return strip


def detach_take(obj: bpy.types.Object, action: bpy.types.Action) -> None:
    """Take a take that nobody wants off its tracks, and remove its Action if nobody else uses it."""
    data = obj.animation_data
    for track in list(data.nla_tracks) if data is not None else ():
        for strip in [strip for strip in track.strips if strip.action == action]:
            # Blender crashes if a track is removed while a strip is tweaked. This one's tweaking ends anyway.
            bl.animation_of(obj).use_tweak_mode = False
            track.strips.remove(strip)
            if not len(track.strips):
                bl.animation_of(obj).nla_tracks.remove(track)
                break
    if action.users == 0:
        bpy.data.actions.remove(action)


def mute_others(obj: bpy.types.Object, strip: bpy.types.NlaStrip, everywhere: bool = False) -> None:
    """Mute the other takes that this one covers, or all of them. Pinned ones play on. Idles may cover one another."""
    first, last = around.spoken_frames(strip)
    for other in take_strips(obj):
        begins, ends = around.spoken_frames(other)
        covered = begins <= last and ends >= first
        if other != strip and (everywhere or covered) and not bl.action_of(other).a2g.pinned:
            other.mute = True


class ChangedTake:
    """Replaces the keys of some frames of a take, and its recipe.

    A frame that the artist has edited keeps its keys, and the checksum by which it is known as edited. If the change
    would make it another one, or turn the sign of its quaternions, nothing is changed, and `edited` says how many such
    frames there are. A take that another object plays too, or that is linked, is copied for this character first.
    """

    def __init__(
        self, obj: bpy.types.Object, action: bpy.types.Action, motion: Motion, first: int, recipe: Recipe,
        idle: np.ndarray | None, is_preview: bool = False,
    ) -> None:  # fmt: skip
        """motion: frames first to first + len(motion) of the take. recipe: the new one, without checksums. is_preview:
        the other frames follow later, so that any edited one forbids the change.
        """
        self.recipe, self.action_uid, self.character_uid = recipe, action.session_uid, obj.session_uid
        self.rig, self.idle = rig.read(obj), idle
        self.span = slice(first, first + len(motion))
        self.drawing = None if is_preview else pictures.Drawing(self.rig, idle)
        self.is_preview = is_preview
        self.are_handles_left = not is_preview and action.a2g.is_following
        """Whether previews have written keys before, and left their handles."""
        joints, curves = joints_of(recipe.body_parts), _curves(action)
        # A take that was made before shape keys followed does not key them, and goes on not to.
        face = [track for track in shapes.tracks(obj, motion, joints) if (track.path, 0) in curves]
        self._coming = chain(rig.tracks(self.rig, motion, joints, idle), face)
        self.tracks: list[keys.Track] = []
        self.keyed: list[edits.Keyed] = []
        self.spliced: list[keys.Spliced] = []
        self.checksums: np.ndarray | None = None
        self.plan: _Plan | None = None
        self.written = self.edited = self.shared_uid = 0
        self.is_done = False
        self.begun = 0  # tracks that were ever begun to be written: undo lowers `written` alone

    def step(self, budget_s: float) -> bool:
        """Work for about this long; whether it is done, or cannot be."""
        deadline = time.perf_counter() + budget_s
        action = self.action()
        if action is None or self.edited or self.is_done:
            return True
        if self.plan is None:
            curves = _curves(action)
            if not self._read(curves, deadline):
                return False
            if not self.tracks or (action := self._begin(action, curves)) is None:
                return True
            if time.perf_counter() > deadline:
                return False
        assert self.plan is not None
        curves = _curves(action) if self.written < len(self.tracks) else {}
        while self.written < len(self.tracks):
            self._write(self.plan, curves, in_copy=False)
            if time.perf_counter() > deadline:
                return False
        if self.drawing is not None and not self.drawing.step(action, deadline):
            return False
        self._finish(self.plan, action)
        return True

    def _read(self, curves: keys.Curves, deadline: float) -> bool:
        """Read what is keyed now, and put the change into it, until the deadline; whether that is done."""
        start, n = self.recipe.start_frame, self.recipe.n_frames
        for track in self._coming:
            self.tracks.append(track)
            self.keyed.append(edits.read(curves, track, start, n))
            if time.perf_counter() > deadline:
                return False
        if bones := rig.keyed_otherwise(self.tracks, curves):
            raise A2GError(
                "the take keys rotations of another kind than its bones are set to ({bones})",
                "set the bones to that Rotation Mode, or use Generate Gestures for a new take",
                bones=sentences.shorten(bones),
            )
        while len(self.spliced) < len(self.tracks):
            track, keyed = self.tracks[len(self.spliced)], self.keyed[len(self.spliced)]
            self.spliced.append(keys.splice(track, keyed.values, self.span.start))
            if time.perf_counter() > deadline:
                return False
        if self.checksums is None and self.tracks:
            self.checksums = keys.checksums([keyed.values for keyed in self.keyed])
            return time.perf_counter() <= deadline
        return True

    def _begin(self, action: bpy.types.Action, curves: keys.Curves) -> bpy.types.Action | None:
        """Plan the change; the Action to write to, None if nothing is to be written."""
        if (obj := find_object(self.character_uid)) is not None:
            check_not_tweaked(obj)  # she may have begun while the motion was generated
        self.plan = self._plan(action, curves)
        clash = self.plan.edited & (self.plan.wanted | self.is_preview)
        self.edited = int(clash.sum())
        return None if self.edited else self._own(action)

    def action(self) -> bpy.types.Action | None:
        """The take's Action, if it is still there."""
        return find_action(self.action_uid)

    @property
    def is_gone(self) -> bool:
        """Whether the take was deleted, or its character no longer plays it."""
        action, obj = self.action(), find_object(self.character_uid)
        return action is None or obj is None or not sharing.strips_of(obj, action)

    def finish(self) -> None:
        """Do what is left, now."""
        self.step(float("inf"))

    def revert(self) -> None:
        """Give the take back the keys and the recipe that it had, as far as they were replaced."""
        plan, action, obj = self.plan, self.action(), find_object(self.character_uid)
        if plan is None or self.edited or action is None:
            return
        curves = _curves(action)
        # One more than are complete: its curves may have been changed before an error.
        begun = max(self.begun, self.written + 1)
        for track, keyed, spliced in list(zip(self.tracks, self.keyed, self.spliced, strict=True))[:begun]:
            self._take_back(plan, curves, track, keyed.values, spliced.rows)
        action.a2g.recipe, self.written, self.is_done = plan.recipe, 0, False
        if self.drawing is not None:
            self.drawing = pictures.Drawing(self.rig, self.idle)
        action.update_tag()
        # A tweaked character keeps its copy, whose keys are those of before: Blender gives its strips no other Action.
        shared = find_action(self.shared_uid)
        if obj is not None and shared is not None and not is_tweaked(obj):
            sharing.give_back(obj, action, shared)
            self.action_uid, self.shared_uid = self.shared_uid, 0

    def revert_half(self) -> None:
        """The same after undo or redo: they may show a moment at which this was half written, such as a step that the
        artist made then. What they show of before and after keeps its keys.
        """
        action = self.action()
        if self.plan is not None and action is not None and action.a2g.recipe == self.plan.recipe:
            self.revert()

    def _take_back(
        self, plan: _Plan, curves: keys.Curves, track: keys.Track, before: np.ndarray, written: np.ndarray
    ) -> None:
        """Give a track's curves the values of before, where they are what was written."""
        start, n = self.recipe.start_frame, self.recipe.n_frames
        now = edits.read(curves, track, start, n).values
        is_ours = plan.wanted[:, None] & (now == np.float32(written)) & (now != before) & ~np.isnan(before)
        for component, curve in _components(curves, track):
            rows = np.flatnonzero(is_ours[:, component])
            if len(rows):
                keys.overwrite(curve, start + rows, before[rows, component])
                if not plan.edited.any():
                    curve.update()

    def as_copy(self) -> bpy.types.Action:
        """A copy of the take's Action with the change, over what the artist has edited; hers stays as it is. What she
        edited elsewhere is edited in the copy as well.
        """
        original = self.action()
        assert original is not None and self.plan is not None
        action = original.copy()
        action.a2g.pinned, action.a2g.is_unfinished = False, True
        self.action_uid, self.edited = action.session_uid, 0
        curves = _curves(action)
        while self.written < len(self.tracks):
            self._write(self.plan, curves, in_copy=True)
        self._finish(self.plan, action)
        pictures.draw(action, self.rig, self.idle)
        return action

    def _plan(self, action: bpy.types.Action, curves: keys.Curves) -> _Plan:
        before = self.checksums
        assert before is not None
        known = Recipe.from_text(action.a2g.recipe).checksums
        after, seen = before.copy(), self.span
        if any(s.rest is not None for s in self.spliced):
            seen = slice(seen.start, len(before))
        after[seen] = keys.checksums([k.as_keyed(s.rows)[seen] for k, s in zip(self.keyed, self.spliced, strict=True)])
        # Of a take that does not say what was written, every frame may have been edited.
        known = known if len(known) == len(before) else ~before
        edited = (before != known) | np.any([keyed.edited for keyed in self.keyed], axis=0)
        places = {(track.path, k) for track in self.tracks for k in range(track.width)}
        edited |= edits.added(curves, places, self.recipe.start_frame, self.recipe.n_frames)
        wanted = after != before
        # An edited frame is left alone where the change makes it what it was before the artist edited it.
        wanted[self.span] = after[self.span] != known[self.span]
        is_ours = before == known
        is_ours[self.span] = True
        return _Plan(action.a2g.recipe, edited, wanted, np.where(wanted & is_ours, after, known))

    def _own(self, action: bpy.types.Action) -> bpy.types.Action | None:
        """The Action to write to; None if the character no longer plays this one."""
        obj = find_object(self.character_uid)
        own = None if obj is None else sharing.own_action(obj, action)
        if own not in (None, action):
            self.shared_uid, self.action_uid = action.session_uid, own.session_uid
        return own

    def _write(self, plan: _Plan, curves: keys.Curves, in_copy: bool) -> None:
        track, (rows, rest) = self.tracks[self.written], self.spliced[self.written]
        before = self.keyed[self.written]
        start = self.recipe.start_frame
        found = dict(_components(curves, track))
        if found.keys() != set(np.flatnonzero(~before.is_removed)):
            raise A2GError("the take was edited meanwhile", "change it again")
        if plan.is_edited:
            self._write_around(plan, found, in_copy)
        else:
            changed = slice(self.span.start, self.span.stop if rest is None else None)
            is_other = (rows[changed] != before.values[changed]).any(axis=0) | self.are_handles_left
            for component, curve in found.items():
                if is_other[component]:
                    keys.overwrite_untouched(curve, rows[:, component], start, with_handles=not self.is_preview)
        self.written += 1
        self.begun = max(self.begun, self.written + 1)

    def _write_around(self, plan: _Plan, found: dict[int, bpy.types.FCurve], in_copy: bool) -> None:
        """Write a track to its curves, but for the frames that the artist has edited."""
        rows, rest = self.spliced[self.written]
        start = self.recipe.start_frame
        inside = np.flatnonzero(plan.wanted[self.span]) + self.span.start
        after = start + self.span.stop - 0.5
        for component, curve in found.items():
            if in_copy:
                keys.make_plain(curve, start + inside)
            shifted = None if rest is None else keys.Shifted(after, rest.sign[component], rest.offset[component])
            keys.overwrite(curve, start + inside, rows[inside, component], shifted)
            if in_copy:
                curve.update()

    def _finish(self, plan: _Plan, action: bpy.types.Action) -> None:
        action.a2g.recipe = replace(self.recipe, row_checksums=pack_checksums(plan.checksums)).to_text()
        self.is_done = True
        action.update_tag()
        if (obj := find_object(self.character_uid)) is not None:
            obj.update_tag(refresh={"TIME"})  # a new Action alone moves nothing before the next frame


class _Plan(NamedTuple):
    """How a take is to change. recipe: the text of its old one. Of each frame: whether it was edited, whether it
    becomes another one, and its checksum from then on.
    """

    recipe: str
    edited: np.ndarray
    wanted: np.ndarray
    checksums: np.ndarray

    @property
    def is_edited(self) -> bool:
        """Whether any frame was edited."""
        return bool(self.edited.any())


def _components(curves: keys.Curves, track: keys.Track) -> Iterator[tuple[int, bpy.types.FCurve]]:
    """The curves that a track's property has, by component."""
    places = ((k, curves.get((track.path, k))) for k in range(track.width))
    return ((k, curve) for k, curve in places if curve is not None)


def _curves(action: bpy.types.Action) -> keys.Curves:
    return {(c.data_path, c.array_index): c for c in bl.fcurves(action, bl.first_slot(action))}


def raise_above_pins(obj: bpy.types.Object, action: bpy.types.Action) -> None:
    """Move a take to the top if a pinned strip lies above it: that would hide the take, its way in and out included."""
    tracks = bl.animation_of(obj).nla_tracks
    placed = [(level, track, strip) for level, track in enumerate(tracks) for strip in track.strips if strip.action]
    mine = next((place for place in placed if place[2].action == action), None)
    if mine is None or not any(level > mine[0] and bl.action_of(strip).a2g.pinned for level, _, strip in placed):
        return
    raise_to_top(obj, *mine[1:])


def raise_to_top(obj: bpy.types.Object, track: bpy.types.NlaTrack, strip: bpy.types.NlaStrip) -> None:
    """Move a take to a track above all others, where it plays as before."""
    tracks, action = bl.animation_of(obj).nla_tracks, bl.action_of(strip)
    called, is_chosen = strip.name, obj.a2g_chosen_take == strip.name
    top = tracks.new()
    raised = bl.add_nla_strip(top, strip.name, round(strip.frame_start), action, bl.slot_of(strip))
    copy_placement(strip, raised)
    raised.mute, raised.select, name, is_muted = strip.mute, strip.select, track.name, track.mute
    if track.is_override_data:  # what is linked from another file can be muted, but not removed
        strip.mute = True
    else:
        track.strips.remove(strip)
        raised.name = called  # which it could not be called beside it
    if not len(track.strips):
        tracks.remove(track)
        top.name, top.mute = name, is_muted
    else:
        top.name = unused_name(obj, name)
    if is_chosen:
        obj.a2g_chosen_take, obj.a2g_chosen_track = raised.name, top.name


def take_strips(obj: bpy.types.Object) -> Iterator[bpy.types.NlaStrip]:
    """The strips of takes that we wrote, lowest track first."""
    if obj.animation_data is None:
        return
    for track in obj.animation_data.nla_tracks:
        for strip in track.strips:
            if strip.action is not None and strip.action.a2g.is_take:
                yield strip


def take_at(obj: bpy.types.Object, frame: int) -> bpy.types.NlaStrip | None:
    """The take that plays on a frame; the highest one if several do."""
    muted = {s for t in obj.animation_data.nla_tracks if t.mute for s in t.strips} if obj.animation_data else set()
    playing = [s for s in take_strips(obj) if not s.mute and s not in muted and s.frame_start <= frame <= s.frame_end]
    return playing[-1] if playing else None


def remove_unfinished() -> None:
    """Remove Actions that a job began and nobody will finish."""
    for action in [a for a in bpy.data.actions if a.a2g.is_unfinished and a.users == 0]:
        bpy.data.actions.remove(action)


def find_object(uid: int) -> bpy.types.Object | None:
    """The object of this session UID, which survives renaming and undo; None if it was deleted."""
    return next((obj for obj in bpy.data.objects if obj.session_uid == uid and obj.users_scene), None)


def find_action(uid: int) -> bpy.types.Action | None:
    """The Action of this session UID."""
    return next((action for action in bpy.data.actions if action.session_uid == uid), None) if uid else None


def unused_name(obj: bpy.types.Object, name: str) -> str:
    """The name, numbered if a track or a strip of the object has it."""
    tracks = bl.animation_of(obj).nla_tracks
    taken = {track.name for track in tracks} | {placed.strip.name for placed in placed_strips(obj)}
    number, candidate = 1, name
    while candidate in taken:
        number += 1
        candidate = f"{name} {number}"
    return candidate
