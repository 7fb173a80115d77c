"""The gesture library: short clips of arms and head that mean something, each to be pinned where its emphasis belongs.

`library.npz` holds the clips and `library.json` what they are, both made by `scripts/build_gestures.py`; the notices
of the recordings are in `NOTICE`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from math import ceil, floor
from typing import Any

import numpy as np

from ..body.motion import Motion, Pin, Skeleton
from ..body.rotations import axis_angle_to_quaternion
from ..body.skeleton import SIDES, SMPLX_NAMES, mirror_name
from ..errors import GestureError

FPS = 30.0
UNIT = 1e-4
"""Radians: what a stored number counts."""
FADE_S = 1.0
"""Of a gesture's pin: half of it lies inside the clip, which is at its full strength at the emphasis."""
_NEAR = 4
HANDS = (*SIDES, "both", "head")

ARMS = {side: tuple(f"{side}_{joint}" for joint in ("collar", "shoulder", "elbow", "wrist")) for side in SIDES}
FINGERS = {side: tuple(name for name in SMPLX_NAMES[25:] if name.startswith(side)) for side in SIDES}
HEAD = ("neck", "head")


@dataclass(frozen=True)
class Gesture:
    """A named gesture.

    category: what it means ("negate"). hand: "left", "right", "both", or "head" for one of the head. clip: joints that
    take part, which stand at no place. emphasis_s: its strongest moment, in seconds of the clip. source: where it is
    from.
    """

    name: str
    category: str
    hand: str
    clip: Motion = field(repr=False)
    emphasis_s: float
    source: str

    def with_hand(self, hand: str) -> Gesture:
        """The same with the other hand, with both or with one of them. GestureError where there is no hand in it."""
        if hand == self.hand:
            return self
        if hand not in HANDS or hand == "head":
            raise GestureError(
                "'{name}' is done with no hand '{hand}'", "give left, right or both", name=self.name, hand=hand
            )
        if self.hand == "head":
            raise GestureError(
                "'{name}' is done with the head", "ask for no hand, or for another gesture", name=self.name
            )
        if self.hand == "both":
            kept = [name for name in self.clip.skeleton.names if not name.startswith(_other(hand))]
            return self._as(hand, self.clip.only(kept))
        if hand == "both":
            return self._as(hand, _together(self.clip, _mirrored(self.clip)))
        return self._as(hand, _mirrored(self.clip))

    def pin(self, at_s: float, duration_s: float, strength: float = 1.0) -> Pin:
        """Its pin in a speech of this length, with the emphasis at this second of it, which must lie in the speech.

        Nothing but the gesture's own joints follows it. GestureError for a time outside of the speech.
        """
        if not 0 <= at_s <= duration_s:
            raise GestureError(
                "'{name}' at {time:.2f} s lies outside the speech", "give a second of it", name=self.name, time=at_s
            )
        start_s = at_s - self.emphasis_s
        first = max(0, ceil(-start_s * FPS - 1e-6))
        stop = min(len(self.clip), floor((duration_s - start_s) * FPS + 1e-6) + 1)
        clip = self.clip.slice(min(first, stop - 2), max(stop, first + 2))
        # Half of a fade lies inside the clip: of what is cut off, that much of the fade is over already.
        cut_s = first / FPS, (len(self.clip) - stop) / FPS
        fade_in_s, fade_out_s = (max(0.0, FADE_S - 2 * cut) for cut in cut_s)
        start_s = max(0.0, start_s + cut_s[0]) if first else start_s
        return Pin(clip, start_s, strength, fade_in_s, fade_out_s, travel="none")

    def _as(self, hand: str, clip: Motion) -> Gesture:
        return Gesture(self.name, self.category, hand, clip, self.emphasis_s, self.source)


@cache
def catalogue() -> list[dict[str, Any]]:
    """What the gestures are, without their clips, in the order in which they were chosen."""
    rows: list[dict[str, Any]] = json.loads(files(__package__).joinpath("library.json").read_text("utf-8"))
    return rows


@cache
def library() -> Mapping[str, Gesture]:
    """Every gesture by its name, in the order of the catalogue."""
    found = {}
    with files(__package__).joinpath("library.npz").open("rb") as file, np.load(file) as stored:
        for row in catalogue():
            clip = _motion(stored[row["name"]], joints(row["hand"], row["with_head"]))
            found[row["name"]] = Gesture(
                row["name"], row["category"], row["hand"], clip, row["emphasis_s"], row["source"]
            )
    return found


def find(name: str) -> Gesture:
    """The gesture of this name, or the first one of this category. GestureError, with those that are called most like
    it, for others."""
    wanted, gestures = name.strip().lower(), library()
    if wanted in gestures:
        return gestures[wanted]
    of_category = [gesture for gesture in gestures.values() if gesture.category == wanted]
    if of_category:
        return of_category[0]
    known = list(dict.fromkeys([*gestures, *(gesture.category for gesture in gestures.values())]))
    near = ", ".join(get_close_matches(wanted, known, _NEAR, 0.0))
    raise GestureError("there is no gesture '{name}'", "the nearest are {near}", name=name, near=near)


def joints(hand: str, with_head: bool) -> tuple[str, ...]:
    """Those that take part in a gesture of this hand."""
    sides = () if hand == "head" else SIDES if hand == "both" else (hand,)
    return (*(HEAD if with_head else ()), *(n for side in sides for n in ARMS[side] + FINGERS[side]))


def _motion(differences: np.ndarray, names: tuple[str, ...]) -> Motion:
    turns = (np.cumsum(differences, axis=0, dtype=np.int64) * UNIT).reshape(len(differences), len(names), 3)
    quaternions = axis_angle_to_quaternion(turns.astype(np.float32))
    return Motion(quaternions, np.zeros((len(turns), 3), np.float32), FPS, Skeleton.flat(names))


def _other(side: str) -> str:
    return SIDES[1 - SIDES.index(side)]


def _mirrored(clip: Motion) -> Motion:
    """Left and right exchanged."""
    names = tuple(mirror_name(name) for name in clip.skeleton.names)
    quaternions = clip.quaternions * np.array([1, 1, -1, -1], np.float32)
    return Motion(quaternions, clip.translation, clip.fps, Skeleton.flat(names))


def _together(a: Motion, b: Motion) -> Motion:
    """Joints of both; those that are in both move as in the first."""
    added = [i for i, name in enumerate(b.skeleton.names) if name not in a.skeleton.names]
    names = (*a.skeleton.names, *(b.skeleton.names[i] for i in added))
    quaternions = np.concatenate([a.quaternions, b.quaternions[:, added]], axis=1)
    return Motion(quaternions, a.translation, a.fps, Skeleton.flat(names))
