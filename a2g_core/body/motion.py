"""The data that rooms exchange: Skeleton, Motion, Pin. Frozen, and validated when made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Self

import numpy as np

from ..errors import MotionError, PinError
from .skeleton import Skeleton as Skeleton

PART_FRAMES = 2048
"""Frames of a motion that are worked on at a time: few enough for the processor's cache."""


@dataclass(frozen=True)
class Motion:
    """An animation of a skeleton. Raises MotionError for other shapes and for values that are not finite.

    quaternions: (T, J, 4) float32, unit, (w, x, y, z): the joint's rotation about its parent.
    translation: (T, 3) float32, metres: the root's offset from its rest position.
    fps: frames per second, any positive number. lids: (T,) float32, how far both eyes' are closed, 0 to 1; None where
    nothing is known of them. Raises MotionError for wrong shapes and values that are not finite.
    """

    quaternions: np.ndarray
    translation: np.ndarray
    fps: float
    skeleton: Skeleton = field(repr=False)
    lids: np.ndarray | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        q = np.ascontiguousarray(self.quaternions, dtype=np.float32)
        t = np.ascontiguousarray(self.translation, dtype=np.float32)
        if q.ndim != 3 or q.shape[1:] != (len(self.skeleton), 4):
            raise MotionError(
                f"rotations have shape {q.shape}",
                f"give (frames, {len(self.skeleton)}, 4) quaternions for this skeleton",
            )
        if t.shape != (q.shape[0], 3):
            raise MotionError(f"translation has shape {t.shape}", f"give ({q.shape[0]}, 3), one per frame")
        if not (np.isfinite(q).all() and np.isfinite(t).all()):
            raise MotionError("the motion contains values that are not finite", "correct or remove those frames")
        if not 0 < self.fps < 1e6:
            raise MotionError(f"the frame rate is {self.fps}", "give frames per second, such as 30")
        if self.lids is not None:
            lids = np.ascontiguousarray(self.lids, dtype=np.float32)
            if lids.shape != (q.shape[0],) or not np.isfinite(lids).all():
                raise MotionError(f"lids have shape {lids.shape}", f"give {q.shape[0]} finite numbers, one per frame")
            object.__setattr__(self, "lids", lids)
        object.__setattr__(self, "quaternions", q)
        object.__setattr__(self, "translation", t)

    def __len__(self) -> int:
        return self.quaternions.shape[0]

    @property
    def duration_s(self) -> float:
        """Number of frames over frames per second."""
        return len(self) / self.fps

    def to_dict(self) -> dict[str, Any]:
        """Its arrays, and its skeleton's fields among its own."""
        fields = {"fps": float(self.fps), "quaternions": self.quaternions, "translation": self.translation}
        fields |= {} if self.lids is None else {"lids": self.lids}
        return fields | self.skeleton.to_dict()

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_dict`. MotionError, LookupError, TypeError or ValueError for anything else."""
        skeleton = Skeleton.from_dict(values)
        return cls(values["quaternions"], values["translation"], float(values["fps"]), skeleton, values.get("lids"))

    def slice(self, start: int, stop: int) -> Motion:
        """Frames from start up to, but not including, stop."""
        lids = None if self.lids is None else self.lids[start:stop]
        return Motion(self.quaternions[start:stop], self.translation[start:stop], self.fps, self.skeleton, lids)

    def parts(self) -> Iterator[Motion]:
        """Its frames in order, `PART_FRAMES` at a time."""
        return (self.slice(first, first + PART_FRAMES) for first in range(0, len(self), PART_FRAMES))

    def only(self, names: Sequence[str]) -> Motion:
        """These joints alone, with or without their parents, for a pin that holds no others; MotionError without any.

        A pin tells joints by name: the skeleton is flat, which says no more than is known.
        """
        index = [self.skeleton.index(name) for name in names]
        return Motion(self.quaternions[:, index], self.translation, self.fps, Skeleton.flat(names))


@dataclass(frozen=True)
class LongMotion:
    """A motion of which no more than a part is in memory at a time.

    n_frames, fps, skeleton: of the whole. made: its parts in order, each made as it is asked for, and once.
    """

    n_frames: int
    fps: float
    skeleton: Skeleton = field(repr=False)
    made: Iterator[Motion] = field(repr=False)

    def __len__(self) -> int:
        return self.n_frames

    def parts(self) -> Iterator[Motion]:
        """Its frames in order, some at a time; once."""
        return self.made

    def whole(self) -> Motion:
        """All of it, in memory."""
        first = next(self.made)
        if len(first) == self.n_frames:
            return first
        quaternions = np.empty((self.n_frames, *first.quaternions.shape[1:]), np.float32)
        translation, done = np.empty((self.n_frames, 3), np.float32), 0
        lids = None if first.lids is None else np.empty(self.n_frames, np.float32)
        for part in chain((first,), self.made):
            rows = slice(done, done := done + len(part))
            quaternions[rows], translation[rows] = part.quaternions, part.translation
            if lids is not None:
                lids[rows] = part.lids
        return Motion(quaternions, translation, self.fps, self.skeleton, lids)


_TRAVELS = ("relative", "absolute", "none")


@dataclass(frozen=True)
class Pin:
    """A clip that the generated motion must follow (sec. 5.6).

    clip: the motion, at any frame rate. Its skeleton may hold any of the character's joints; the others are generated.
    start_s: where it begins, in seconds of the speech.
    strength: 0 leaves the voice in charge (only the clip's specific code is used), 1 follows the clip as closely as
    possible; one number, or (len(clip),) for one per frame.
    fade_in_s, fade_out_s: time over which the clip is faded in at its start and out at its end; half of each lies
    inside the clip. Outside, a model that keeps pins takes longer, where other pins leave room (see `performing.pins`).
    travel: what the clip's translation says. "relative": how the hips move from where the character stands: the clip's
    first frame is there, and its feet touch the floor where they are lowest; nothing in a clip that does not turn the
    pelvis or whose translation never changes, whose feet are then on the floor. "absolute": where the hips are, from
    the character's rest position. "none": nothing.
    Raises PinError for values out of range and for clips of fewer than two frames, ValueError for another travel.
    """

    clip: Motion
    start_s: float
    strength: float | np.ndarray = 1.0
    fade_in_s: float = 0.3
    fade_out_s: float = 0.3
    travel: str = "relative"

    def __post_init__(self) -> None:
        strength = np.asarray(self.strength, np.float32)
        if strength.shape not in ((), (len(self.clip),)):
            raise PinError("a pin's strength has {n} values", "give one, or one per frame of its clip", n=strength.size)
        if not ((strength >= 0) & (strength <= 1)).all():
            raise PinError(
                "a pin's strength of {strength} is out of range", "give 0 (loose) to 1 (exact)", strength=self.strength
            )
        for fade_s in (self.fade_in_s, self.fade_out_s):
            if not 0.0 <= fade_s < 1e4:
                raise PinError("a pin's fade of {fade} s is out of range", "give seconds, 0 or more", fade=fade_s)
        if len(self.clip) < 2:
            raise PinError("a pinned clip has fewer than two frames", "pin a longer clip")
        if not np.isfinite(self.start_s):
            raise PinError("a pin's start is not a number", "give its start in seconds")
        if self.travel not in _TRAVELS:
            raise ValueError(f"a pin's travel is '{self.travel}', and not one of {', '.join(_TRAVELS)}")

    def to_dict(self) -> dict[str, Any]:
        """Its fields, the clip's in a dict of their own."""
        strength = np.asarray(self.strength)
        return {
            "clip": self.clip.to_dict(),
            "start_s": float(self.start_s),
            "strength": strength if strength.ndim else float(strength),
            "fade_in_s": float(self.fade_in_s),
            "fade_out_s": float(self.fade_out_s),
            "travel": self.travel,
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_dict`. PinError, MotionError, LookupError, TypeError or ValueError for anything else."""
        times = {name: float(values[name]) for name in ("start_s", "fade_in_s", "fade_out_s")}
        travel = str(values["travel"])
        return cls(Motion.from_dict(values["clip"]), strength=values["strength"], travel=travel, **times)
