"""An artist who edits the keys of a take by hand, in every way that Blender offers, and knows what she did."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import bpy

Place = tuple[str, int]
"""A curve: its data path and index."""

State = tuple[Any, ...]

_KEY = ("interpolation", "easing", "handle_left_type", "handle_right_type", "type", "amplitude", "back", "period")


class Artist:
    """Edits at random, on frames at least `apart` from each other, and none of the `spared` last ones of a take."""

    apart, spared = 4, 300

    def __init__(self, bl: Any, action: bpy.types.Action, seed: int) -> None:
        self.bl, self.random, self.slot = bl, random.Random(seed), bl.first_slot(action)
        self.edits: dict[tuple[Place, int | None], State] = {}
        """What she edited, by curve and frame, or None for a whole curve; and what it is since then."""

    def curves(self, action: bpy.types.Action) -> dict[Place, bpy.types.FCurve]:
        """An Action's curves."""
        return {(c.data_path, c.array_index): c for c in self.bl.fcurves(action, self.bl.first_slot(action))}

    def edit(self, action: bpy.types.Action, kinds: tuple[str, ...], n_edits: int) -> None:
        """Make that many edits, of each kind as many. kinds: names of methods."""
        first, last = (round(frame) for frame in action.curve_frame_range)
        taken = {frame for _place, frame in self.edits if frame is not None}
        free = [f for f in range(first + 8, last - self.spared) if all(abs(f - t) >= self.apart for t in taken)]
        for number in range(n_edits):
            curves = self.curves(action)
            place = self.random.choice(
                sorted(place for place, curve in curves.items() if len(curve.keyframe_points) > 50)
            )
            frame = self.random.choice(free)
            free = [f for f in free if abs(f - frame) >= self.apart]
            method: Callable[[bpy.types.FCurve, int], int | None] = getattr(self, kinds[number % len(kinds)])
            self.edits[place, method(curves[place], frame)] = ()
        # Only now: one edit may move the handles of another, and a group has several curves.
        self.edits = {where: self.state(action, *where) for where in self.edits}

    def state(self, action: bpy.types.Action, place: Place, frame: int | None) -> State:
        """All that the artist sees of the keys around a frame of a curve, or of a whole curve's settings."""
        curve = self.curves(action).get(place)
        if curve is None:
            return ("gone",)
        if frame is None:
            group = curve.group is not None and (curve.group.mute, curve.group.lock)
            modifiers = [(m.type, m.mute, m.use_restricted_range, m.frame_start, m.frame_end) for m in curve.modifiers]
            return curve.mute, curve.lock, group, curve.extrapolation, modifiers
        keys = [k for k in curve.keyframe_points if abs(k.co[0] - frame) <= 0.5]
        return tuple(
            (*k.co, *k.handle_left, *k.handle_right, *(getattr(k, name) for name in _KEY)) for k in keys
        )  # fmt: skip

    def changed(self, action: bpy.types.Action) -> list[tuple[Place, int | None]]:
        """Her edits that an Action does not hold as she left them."""
        return [where for where, state in self.edits.items() if self.state(action, *where) != state]

    # Edits of single keys: each returns the key's frame.

    def value(self, curve: bpy.types.FCurve, frame: int) -> int:
        """Move a key up or down, as a script does: its handles stay."""
        _key(curve, frame).co[1] += self.random.choice((-0.3, 0.3))
        return frame

    def dragged(self, curve: bpy.types.FCurve, frame: int) -> int:
        """The same in the Graph Editor, which sets handles."""
        _key(curve, frame).co_ui[1] += 0.2
        curve.update()
        return frame

    def constant(self, curve: bpy.types.FCurve, frame: int) -> int:
        _key(curve, frame).interpolation = "CONSTANT"
        return frame

    def eased(self, curve: bpy.types.FCurve, frame: int) -> int:
        key = _key(curve, frame)
        key.interpolation, key.easing, key.back = "BACK", "EASE_IN_OUT", 2.5
        return frame

    def bezier(self, curve: bpy.types.FCurve, frame: int) -> int:
        """Automatic handles."""
        _key(curve, frame).interpolation = "BEZIER"
        curve.update()
        return frame

    def handles(self, curve: bpy.types.FCurve, frame: int) -> int:
        """Handles of her own."""
        key = _key(curve, frame)
        key.interpolation, key.handle_left_type, key.handle_right_type = "BEZIER", "FREE", "FREE"
        key.handle_left, key.handle_right = (frame - 0.6, key.co[1] - 0.1), (frame + 0.4, key.co[1] + 0.2)
        return frame

    def removed(self, curve: bpy.types.FCurve, frame: int) -> int:
        curve.keyframe_points.remove(_key(curve, frame))
        return frame

    def added(self, curve: bpy.types.FCurve, frame: int) -> int:
        curve.keyframe_points.insert(frame + 0.4, curve.evaluate(frame) + 0.1)
        return frame

    def moved(self, curve: bpy.types.FCurve, frame: int) -> int:
        _key(curve, frame).co_ui[0] += 0.3
        curve.update()
        return frame

    # Edits of whole curves.

    def range_of_noise(self, curve: bpy.types.FCurve, frame: int) -> None:
        noise = curve.modifiers.new("NOISE")
        noise.use_restricted_range, noise.frame_start, noise.frame_end = True, frame, frame + 2

    def extrapolated(self, curve: bpy.types.FCurve, _frame: int) -> None:
        curve.extrapolation = "LINEAR"

    def mute(self, curve: bpy.types.FCurve, _frame: int) -> None:
        curve.mute = True

    def lock(self, curve: bpy.types.FCurve, _frame: int) -> None:
        curve.group.lock = True

    def noise(self, curve: bpy.types.FCurve, _frame: int) -> None:
        curve.modifiers.new("NOISE")


OF_FRAMES = (
    "value", "dragged", "constant", "eased", "bezier", "handles", "removed", "added", "moved", "range_of_noise",
    "extrapolated",
)  # fmt: skip
"""Edits that leave most frames of a take to the generator."""

OF_CURVES = ("mute", "lock", "noise")
"""Edits that leave none."""


def _key(curve: bpy.types.FCurve, frame: int) -> bpy.types.Keyframe:
    return next(key for key in curve.keyframe_points if abs(key.co[0] - frame) < 0.01)
