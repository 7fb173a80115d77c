"""A pinned clip at the model's frames: its pose, its travel, its fades, and how its codes replace others (sec. 5.6).

A pin holds its clip's joints and no others. The codes are about the whole body: what is decoded from a clip's codes is
therefore taken for its joints alone (`held_together`), and the others keep what the take does without the pin.

A model that keeps pins (`Generation.keep_pins`) brings the pose itself to the clip's, joint by joint (`kept`). A fade
uses the room that there is: it begins `pin_approach_s` before the artist's, or leads directly from the pin before, if
that is near; beyond its ends the clip swings out at the speed that it has there. The codes are needed for what a
strength below 1 leaves to the voice, and for models that follow by codes alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import ceil, floor
from typing import NamedTuple

import numpy as np

from ..body.kinematics import LEG_CHAIN, ground_translation
from ..body.motion import Motion, Pin, Skeleton
from ..body.resample import eased, sample_motion
from ..body.rotations import (
    axis_angle_to_quaternion,
    make_continuous,
    matrix_to_quaternion,
    matrix_to_sixd,
    multiply_quaternions,
    quaternion_to_axis_angle,
    quaternion_to_matrix,
    sixd_to_matrix,
)
from ..errors import PinError
from .fades import Way, crossed, even_way, way_from_take

_LEAST_TRAVEL_M = 1e-5
"""A translation that changes by less is a place, and no travel."""
_SWING_S = 0.1
"""Beyond its ends a clip turns on for as long as it takes at the speed it has there, ever more slowly: a pose that is
held there instead would begin and end with a jolt."""
_WAY_POINTS = 65
"""Times at which the way from one pin to the next is looked at."""


@dataclass(frozen=True)
class PinCodes:
    """What is pinned on frames first to first + n.

    approach (n, 1): the fade of the codes, 0 to 1. weight (n, 1): the fade of the pose. strength (n, 1).
    turns (n, k, 4): the clip's rotations of the k joints of the model in `joints`, as quaternions.
    away (n, 3): how far the clip's feet are from where the character's would be, metres; or place (n, 3): where its
    hips are, from the character's rest position; neither if it does not say.
    codes (n, 16 or 32): S_M and I_M side by side, once they are known. clip_frames: the first and last frame on which
    the clip itself is; beyond, it swings out.
    """

    first: int
    clip_frames: tuple[int, int]
    approach: np.ndarray
    weight: np.ndarray
    strength: np.ndarray
    turns: np.ndarray
    joints: list[int]
    away: np.ndarray | None = None
    place: np.ndarray | None = None
    codes: np.ndarray | None = field(default=None)

    @property
    def pose(self) -> np.ndarray:
        """`turns` as 6-D rotations, (n, k, 6)."""
        return matrix_to_sixd(quaternion_to_matrix(self.turns))

    def coded(self, means: list[np.ndarray]) -> PinCodes:
        """A copy with codes: the means of S_M and I_M, or of S_M alone."""
        return replace(self, codes=np.concatenate(means, axis=1))

    def within(self, first: int, n: int) -> tuple[int, int]:
        """Which of frames first to first + n are the pin's, approaches included: (low, high), low >= high if none."""
        return max(first, self.first), min(first + n, self.first + len(self.weight))

    def touches(self, first: int, n: int) -> bool:
        """Whether any of these frames is the pin's."""
        low, high = self.within(first, n)
        return low < high

    def mix(self, codes: np.ndarray, first: int, code_size: int) -> np.ndarray:
        """Mix the pin's codes into codes of frames from `first` on.

        S (the first code_size channels) is mixed by approach times strength, I by approach alone.
        """
        low, high = self.within(first, len(codes))
        if low >= high:
            return codes
        inside, mine = slice(low - first, high - first), slice(low - self.first, high - self.first)
        share = np.repeat(self.approach[mine], codes.shape[1], axis=1)
        share[:, :code_size] *= self.strength[mine]
        if self.codes is None:
            raise ValueError("the pinned clip is not encoded yet")
        out = codes.copy()
        # Where share is 0 this adds 0: codes outside the pin's range keep their bits.
        out[inside] += share * (self.codes[mine] - codes[inside])
        return out

    def travel(self, low: int, high: int, frames: np.ndarray, skeleton: Skeleton) -> np.ndarray | None:
        """How far the root is from where it keeps the feet on the floor, on the pin's frames low to high: (T, 3).

        frames (T, motion_size): the poses there. None of a pin that says nothing of it.
        """
        mine = slice(low - self.first, high - self.first)
        if self.place is None:
            return None if self.away is None else self.away[mine]
        posed = frames.reshape(high - low, -1, 6).copy()
        posed[:, self.joints] = self.pose[np.clip(np.arange(low, high), *self.clip_frames) - self.first]
        return self.place[mine] - ground_translation(sixd_to_matrix(posed), skeleton)


def held_together(pins: Sequence[PinCodes], n_joints: int) -> list[tuple[tuple[PinCodes, ...], list[int]]]:
    """The joints of a body by the pins that hold them: (the pins in their order, the joints that just these hold)."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for joint in range(n_joints):
        groups.setdefault(tuple(k for k, pin in enumerate(pins) if joint in pin.joints), []).append(joint)
    return [(tuple(pins[k] for k in holding), joints) for holding, joints in groups.items()]


def unpinned(pins: Sequence[PinCodes], first: int, n: int, n_joints: int) -> np.ndarray:
    """What pins and their approaches leave free of frames first to first + n, (n, n_joints) in 0..1."""
    free = np.ones((n, n_joints), np.float32)
    for pin in pins:
        low, high = pin.within(first, n)
        if low < high:
            mine = slice(low - pin.first, high - pin.first)
            free[low - first : high - first, pin.joints] *= 1 - pin.approach[mine] * pin.strength[mine]
    return free


def kept(frames: np.ndarray, voiced: np.ndarray, first: int, pins: Sequence[PinCodes]) -> np.ndarray:
    """Finished frames (T, motion_size) from `first` on, brought to the poses of the pins by weight and strength.

    voiced (T, motion_size): what the voice makes of the pins' codes, which has the rest of the weight. Later pins go
    before earlier ones. Joints that no pin holds, and frames without weight, keep their bits.
    """
    out = frames.reshape(len(frames), -1, 6).copy()
    given, soft = frames.reshape(out.shape), voiced.reshape(out.shape)
    for holding, joints in held_together(pins, out.shape[1]):
        near = [pin for pin in holding if pin.touches(first, len(frames))]
        if not near:
            continue
        bounds = [pin.within(first, len(frames)) for pin in near]
        start, stop = min(low for low, _ in bounds) - first, max(high for _, high in bounds) - first
        free = _quaternions(given[start:stop, joints])
        moved, left = np.zeros_like(free), np.ones((stop - start, 1, 1), np.float32)
        for is_clip in (True, False):
            for pin, (low, high) in zip(reversed(near), reversed(bounds), strict=True):
                at, mine = slice(low - first - start, high - first - start), slice(low - pin.first, high - pin.first)
                strength = pin.strength[mine] if is_clip else 1 - pin.strength[mine]
                share = np.minimum((pin.weight[mine] * strength)[..., None], left[at])
                if not share.any():
                    continue
                if is_clip:
                    target = pin.turns[mine][:, [pin.joints.index(joint) for joint in joints]]
                else:
                    target = _quaternions(soft[low - first : high - first, joints])
                # Added up as quaternions on one side of the sphere: no turn is so long that its way were in question.
                moved[at] += share * (target - free[at])
                left[at] -= share
        changed = np.flatnonzero(left[:, 0, 0] < 1)
        blended = matrix_to_sixd(quaternion_to_matrix(free[changed] + moved[changed]))
        out[(start + changed)[:, None], joints] = blended
    return out.reshape(frames.shape)


def _quaternions(sixd: np.ndarray) -> np.ndarray:
    """6-D rotations (..., 6) of any scale as quaternions with w >= 0."""
    return matrix_to_quaternion(sixd_to_matrix(sixd))


def carried(
    grounded: np.ndarray, frames: np.ndarray, first: int, pins: Sequence[PinCodes], skeleton: Skeleton
) -> np.ndarray:
    """The root's translation (T, 3) of frames from `first` on, where the pins take it.

    grounded (T, 3): the translation that keeps the feet on the floor. frames (T, motion_size): the poses. Feet are as
    far from the floor as the clip's, by weight times strength; the hips are the clip's at strength 1. Later pins go
    before earlier ones.
    """
    out, left = grounded.copy(), np.ones((len(grounded), 1), np.float32)
    for pin in reversed(pins):
        low, high = pin.within(first, len(grounded))
        inside, mine = slice(low - first, high - first), slice(low - pin.first, high - pin.first)
        travel = pin.travel(low, high, frames[inside], skeleton) if low < high else None
        if travel is None:
            continue
        # Where the share is 0 this adds 0: frames outside the fades keep their bits.
        share = np.minimum((pin.weight * pin.strength)[mine], left[inside])
        out[inside] += share * travel
        left[inside] -= share
    return out


def pinned_pose(pin: Pin, skeleton: Skeleton, fps: float, approach_frames: int, others: Sequence[Pin] = ()) -> PinCodes:
    """The clip on the model's own frames, without codes yet; PinError if it has none of the skeleton's joints.

    approach_frames: how long before its fade, and after it, the codes are on their way to the clip's and back, and its
    pose too, where the other pins allow it.
    """
    names = [name for name in skeleton.names if name in pin.clip.skeleton.names]
    if not names:
        raise PinError("a pinned clip has none of the character's joints", "pin a clip that moves its body")
    # Half of a fade lies outside the clip. The codes begin even earlier: a hand that is far away needs time.
    wanted, (room_in, room_out) = _outside_frames(pin, fps), _rooms(pin, fps, approach_frames, others)
    before, after = (
        max(frames + approach_frames, ceil(room.seconds * fps))
        for frames, room in zip(wanted, (room_in, room_out), strict=True)
    )
    way_in, way_out = _way(room_in.other, pin, skeleton, fps), _way(pin, room_out.other, skeleton, fps)
    if room_in.other is None and not _moves_legs(pin):  # who steps keeps time
        way_in = _way_from_take(pin, room_in.seconds, skeleton, fps)
    first = ceil(pin.start_s * fps - 1e-6) - before
    last = floor(_end_s(pin) * fps + 1e-6) + after
    n = max(1 + before - wanted[0] + after - wanted[1], last - first + 1)
    times_s = np.arange(first, first + n) / fps - pin.start_s
    clip = _swinging(pin.clip, times_s, fps)
    of_clip = [clip.skeleton.index(name) for name in names]
    away = _away(pin.clip, skeleton) if pin.travel == "relative" else None
    strength = np.atleast_1d(np.asarray(pin.strength, np.float32))
    return PinCodes(
        first=first,
        clip_frames=(first + before, first + n - 1 - after),
        approach=_approach(n, before, after, [frames + approach_frames for frames in wanted]),
        weight=_weight(pin, times_s, (room_in.seconds, room_out.seconds), (way_in, way_out)),
        strength=np.interp(times_s * pin.clip.fps, np.arange(len(strength)), strength).astype(np.float32)[:, None],
        turns=_unwound(clip.quaternions[:, of_clip]),
        joints=[skeleton.index(name) for name in names],
        away=None if away is None else sample_motion(replace(pin.clip, translation=away), times_s, fps).translation,
        place=clip.translation if pin.travel == "absolute" else None,
    )


def _end_s(pin: Pin) -> float:
    """When the last frame of a pin's clip is shown."""
    return pin.start_s + (len(pin.clip) - 1) / pin.clip.fps


def _outside_frames(pin: Pin, fps: float) -> tuple[int, int]:
    """How much of each fade lies outside the clip."""
    return round(pin.fade_in_s * fps / 2), round(pin.fade_out_s * fps / 2)


def _halves_s(pin: Pin) -> tuple[float, float]:
    """How much of each fade lies inside the clip: half of it, or less if both do not fit."""
    halves = pin.fade_in_s / 2, pin.fade_out_s / 2
    fit = min(1.0, (len(pin.clip) - 1) / pin.clip.fps / max(sum(halves), 1e-9))
    return fit * halves[0], fit * halves[1]


class _Room(NamedTuple):
    """How long a fade takes outside of a pin's clip, and the pin to which or from which it leads directly, if any."""

    seconds: float
    other: Pin | None = None


def _rooms(pin: Pin, fps: float, approach_frames: int, others: Sequence[Pin]) -> tuple[_Room, _Room]:
    """How long before its clip a pin's pose begins to come in, and how long after it it is gone.

    As long as the artist wants and the approach. Of two pins so near that both ways together would have more than the
    full weight, one falls as the other rises, from where the first leaves its full weight to where the second has it:
    the take does not come back for a moment. What further ones leave is the take's: who is led from gesture to gesture
    for seconds says nothing with the hands meanwhile. But two that both move the legs are joined as long as their ways
    meet: nobody steps into another stance and back within a second. Where clips overlap, fades are no longer than the
    artist wants.
    """
    wanted_in, wanted_out = (frames / fps for frames in _outside_frames(pin, fps))
    approach_s, halves_s = approach_frames / fps, _halves_s(pin)
    room_in, room_out = _Room(wanted_in + approach_s), _Room(wanted_out + approach_s)
    near_in, near_out = np.inf, np.inf
    for other in others:
        if other is pin or set(pin.clip.skeleton.names).isdisjoint(other.clip.skeleton.names):
            continue
        gap_in, gap_out = pin.start_s - _end_s(other), other.start_s - _end_s(pin)
        their_in, their_out = (frames / fps for frames in _outside_frames(other, fps))
        theirs_s = _halves_s(other)
        if _moves_legs(pin) and _moves_legs(other):
            both_in, both_out = wanted_in + their_out + 2 * approach_s, wanted_out + their_in + 2 * approach_s
        else:
            both_in = approach_s + max(wanted_in - theirs_s[1], their_out - halves_s[0])
            both_out = approach_s + max(wanted_out - theirs_s[0], their_in - halves_s[1])
        if other.start_s < pin.start_s and gap_in < min(near_in, both_in):
            near_in, room_in = gap_in, _Room(gap_in + theirs_s[1], other) if gap_in > 0 else _Room(wanted_in)
        if _end_s(other) > _end_s(pin) and gap_out < min(near_out, both_out):
            near_out, room_out = gap_out, _Room(gap_out + theirs_s[0], other) if gap_out > 0 else _Room(wanted_out)
    return room_in, room_out


def _moves_legs(pin: Pin) -> bool:
    return not set(LEG_CHAIN).isdisjoint(pin.clip.skeleton.names)


def _way(earlier: Pin | None, later: Pin | None, skeleton: Skeleton, fps: float) -> Way | None:
    """From one pin to the next, from where it leaves its full weight to where that one has it."""
    if earlier is None or later is None:
        return None
    names = tuple(n for n in skeleton.names if n in earlier.clip.skeleton.names and n in later.clip.skeleton.names)
    if not names:
        return None
    first_s, last_s = _end_s(earlier) - _halves_s(earlier)[1], later.start_s + _halves_s(later)[0]
    times_s = np.linspace(first_s, last_s, _WAY_POINTS)
    one, other = (_poses(pin, names, times_s, fps) for pin in (earlier, later))
    return even_way(one, other, names, skeleton, last_s - first_s)


def _way_from_take(pin: Pin, room_s: float, skeleton: Skeleton, fps: float) -> Way | None:
    """Into a pin that begins to come in so long before its clip, until it has its full weight; None if at once."""
    first_s, last_s = pin.start_s - room_s, pin.start_s + _halves_s(pin)[0]
    if last_s == first_s:
        return None
    names = tuple(name for name in skeleton.names if name in pin.clip.skeleton.names)
    poses = _poses(pin, names, np.linspace(first_s, last_s, _WAY_POINTS), fps)
    return way_from_take(poses, names, skeleton, last_s - first_s)


def _poses(pin: Pin, names: tuple[str, ...], times_s: np.ndarray, fps: float) -> np.ndarray:
    """Of the clip's joints of these names at times of the speech (n,): quaternions (n, k, 4) with w >= 0."""
    quaternions = _swinging(pin.clip.only(names), times_s - pin.start_s, fps).quaternions
    return quaternions * np.where(quaternions[..., :1] < 0, -1, 1)


def _weight(
    pin: Pin, times_s: np.ndarray, rooms_s: tuple[float, float], ways: tuple[Way | None, Way | None]
) -> np.ndarray:
    """The fade of a pin's pose at times since its start, (n, 1) float32: full from half a fade after the clip's start
    to half of one before its end."""
    inside_in, inside_out = _halves_s(pin)
    length_s = _end_s(pin) - pin.start_s
    rising = (times_s - inside_in) / max(rooms_s[0] + inside_in, 1e-6) + 1
    falling = (length_s - inside_out - times_s) / max(rooms_s[1] + inside_out, 1e-6) + 1
    way_in, way_out = ways
    comes = crossed(rising) if way_in is None else way_in.at(rising)
    goes = crossed(falling) if way_out is None else 1 - way_out.at(1 - falling)
    return np.minimum(comes, goes).astype(np.float32)[:, None]


def _approach(n: int, before: int, after: int, ways: Sequence[int]) -> np.ndarray:
    """The fade of the codes, (n, 1) float32: over so many frames before and after the clip; both shorter if they do not
    fit. before, after: how many frames there are on either side of the clip."""
    fit = min(1.0, n / max(sum(ways), 1))
    edges = np.arange(n) - (before - ways[0]), np.arange(n)[::-1] - (after - ways[1])
    rising, falling = ((edge + 0.5) / max(fit * way, 0.5) for edge, way in zip(edges, ways, strict=True))
    return eased(np.minimum(rising, falling)).astype(np.float32)[:, None]


def _swinging(clip: Motion, times_s: np.ndarray, fps: float) -> Motion:
    """The clip at times (n,), which beyond its ends turns on ever more slowly; its root stays there."""
    sampled, end_s = sample_motion(clip, times_s, fps), (len(clip) - 1) / clip.fps
    quaternions = sampled.quaternions.copy()
    for edge_s, step_s, beyond in ((0.0, 1 / fps, times_s < 0), (end_s, -1 / fps, times_s > end_s)):
        at, inside = sample_motion(clip, np.array([edge_s, np.clip(edge_s + step_s, 0, end_s)]), fps).quaternions
        back = multiply_quaternions(at, inside * np.array([1, -1, -1, -1], np.float32))
        speed = quaternion_to_axis_angle(back) * fps  # outwards
        swing_s = _SWING_S * -np.expm1(-np.abs(times_s[beyond] - edge_s) / _SWING_S)
        turns = axis_angle_to_quaternion(swing_s[:, None, None].astype(np.float32) * speed)
        quaternions[beyond] = multiply_quaternions(turns, at)
    return replace(sampled, quaternions=quaternions)


def _unwound(quaternions: np.ndarray) -> np.ndarray:
    """Quaternions (n, k, 4) whose signs do not change from frame to frame, w >= 0 at either end. They may in the middle
    of a clip that turns around."""
    outwards = [half * np.where(half[:1, :, :1] < 0, -1, 1) for half in (quaternions, quaternions[::-1])]
    middle = len(quaternions) // 2
    forwards, backwards = (make_continuous(half) for half in outwards)
    return np.concatenate([forwards[:middle], backwards[::-1][middle:]]).astype(np.float32)


def _away(clip: Motion, skeleton: Skeleton) -> np.ndarray | None:
    """How far the clip's feet are from where they would stand, (T, 3): zero on its first frame and on the floor.

    None in a clip without the root; zero in one that does not travel. Of a clip without legs, how far its root is.
    """
    names = clip.skeleton.names
    if skeleton.names[0] not in names:
        return None
    if np.ptp(clip.translation, axis=0).max() < _LEAST_TRAVEL_M:
        return np.zeros_like(clip.translation)
    if not set(LEG_CHAIN) <= set(names):
        return clip.translation - clip.translation[0]
    legs = quaternion_to_matrix(clip.quaternions[:, [names.index(name) for name in LEG_CHAIN]])
    away = clip.translation - ground_translation(legs, skeleton.subset(LEG_CHAIN))
    return away - np.array((away[0, 0], away[:, 1].min(), away[0, 2]))
