"""A pinned clip at the model's frames: its pose, its travel, its fades, and how its codes replace others (sec. 5.6).

A pin holds its clip's joints and no others. The codes are about the whole body: what is decoded from a clip's codes is
therefore taken for its joints alone (`held_together`), and the others keep what the take does without the pin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import ceil, floor

import numpy as np

from ..body.kinematics import LEG_CHAIN, ground_translation
from ..body.motion import Motion, Pin, Skeleton
from ..body.resample import sample_motion
from ..body.rotations import matrix_to_sixd, quaternion_to_matrix, sixd_to_matrix
from ..errors import PinError

_LEAST_TRAVEL_M = 1e-5
"""A translation that changes by less is a place, and no travel."""


@dataclass(frozen=True)
class PinCodes:
    """What is pinned on frames first to first + n.

    approach (n, 1): the fade of the codes, 0 to 1. weight (n, 1): the fade of the pose, which begins later and ends
    earlier. strength (n, 1). pose (n, k, 6): the clip's rotations of the k joints of the model in `joints`.
    away (n, 3): how far the clip's feet are from where the character's would be, metres; or place (n, 3): where its
    hips are, from the character's rest position; neither if it does not say.
    codes (n, 16 or 32): S_M and I_M side by side, once they are known.
    """

    first: int
    approach: np.ndarray
    weight: np.ndarray
    strength: np.ndarray
    pose: np.ndarray
    joints: list[int]
    away: np.ndarray | None = None
    place: np.ndarray | None = None
    codes: np.ndarray | None = field(default=None)

    def coded(self, means: list[np.ndarray]) -> PinCodes:
        """A copy with codes: the means of S_M and I_M, or of S_M alone."""
        return replace(self, codes=np.concatenate(means, axis=1))

    def touches(self, first: int, n: int) -> bool:
        """Whether any of frames first to first + n is the pin's, its approaches included."""
        return self.first < first + n and first < self.first + len(self.weight)

    def mix(self, codes: np.ndarray, first: int, code_size: int) -> np.ndarray:
        """Mix the pin's codes into codes of frames from `first` on.

        S (the first code_size channels) is mixed by approach times strength, I by approach alone.
        """
        low, high = max(first, self.first), min(first + len(codes), self.first + len(self.weight))
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

    def keep(self, frames: np.ndarray, first: int) -> None:
        """Bring decoded frames (T, motion_size) from `first` on, which already follow the clip, to its exact pose."""
        low, high = max(first, self.first), min(first + len(frames), self.first + len(self.weight))
        if low >= high:
            return
        mine = slice(low - self.first, high - self.first)
        inside = frames.reshape(len(frames), -1, 6)[low - first : high - first]
        share = (self.weight * self.strength)[mine, :, None]
        inside[:, self.joints] = (1 - share) * inside[:, self.joints] + share * self.pose[mine]

    def carry(
        self, translation: np.ndarray, grounded: np.ndarray, frames: np.ndarray, first: int, skeleton: Skeleton
    ) -> None:
        """Bring the root to where the clip takes it: change translation (T, 3) of frames from `first` on, in place.

        grounded (T, 3): the translation that keeps the feet on the floor. frames (T, motion_size): the poses. Feet are
        as far from the floor as the clip's, by fade times strength; the hips are the clip's at strength 1.
        """
        low, high = max(first, self.first), min(first + len(frames), self.first + len(self.weight))
        if low >= high:
            return
        inside, mine = slice(low - first, high - first), slice(low - self.first, high - self.first)
        if self.place is not None:
            posed = frames[inside].reshape(high - low, -1, 6).copy()
            posed[:, self.joints] = self.pose[mine]
            away = self.place[mine] - ground_translation(sixd_to_matrix(posed), skeleton)
        elif self.away is not None:
            away = self.away[mine]
        else:
            return
        # Where the share is 0 this adds 0: frames outside the fades keep their bits.
        share = (self.weight * self.strength)[mine]
        translation[inside] += share * (grounded[inside] + away - translation[inside])


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
        low, high = max(first, pin.first), min(first + n, pin.first + len(pin.weight))
        if low < high:
            mine = slice(low - pin.first, high - pin.first)
            free[low - first : high - first, pin.joints] *= 1 - pin.approach[mine] * pin.strength[mine]
    return free


def pinned_pose(pin: Pin, skeleton: Skeleton, fps: float, approach_frames: int) -> PinCodes:
    """The clip on the model's own frames, without codes yet; PinError if it has none of the skeleton's joints.

    approach_frames: how long before its fade, and after it, the codes are on their way to the clip's and back.
    """
    names = [name for name in skeleton.names if name in pin.clip.skeleton.names]
    if not names:
        raise PinError("a pinned clip has none of the character's joints", "pin a clip that moves its body")
    # Half of a fade lies outside the clip, where its first or last pose is held: otherwise the motion would have to
    # catch up with a clip that starts fast. The codes begin even earlier: a hand that is far away needs time.
    before, after = round(pin.fade_in_s * fps / 2), round(pin.fade_out_s * fps / 2)
    first = ceil(pin.start_s * fps - 1e-6) - before - approach_frames
    last = floor((pin.start_s + (len(pin.clip) - 1) / pin.clip.fps) * fps + 1e-6) + after + approach_frames
    n = max(1 + 2 * approach_frames, last - first + 1)
    inner = _fade(n - 2 * approach_frames, pin.fade_in_s * fps, pin.fade_out_s * fps)
    times_s = np.arange(first, first + n) / fps - pin.start_s
    clip = sample_motion(pin.clip, times_s, fps)
    of_clip = [clip.skeleton.index(name) for name in names]
    away = _away(pin.clip, skeleton) if pin.travel == "relative" else None
    strength = np.atleast_1d(np.asarray(pin.strength, np.float32))
    return PinCodes(
        first=first,
        approach=_fade(n, approach_frames + before, approach_frames + after),
        weight=np.pad(inner, ((approach_frames, approach_frames), (0, 0))),
        strength=np.interp(times_s * pin.clip.fps, np.arange(len(strength)), strength).astype(np.float32)[:, None],
        pose=matrix_to_sixd(quaternion_to_matrix(clip.quaternions[:, of_clip])),
        joints=[skeleton.index(name) for name in names],
        away=None if away is None else sample_motion(replace(pin.clip, translation=away), times_s, fps).translation,
        place=clip.translation if pin.travel == "absolute" else None,
    )


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


def _fade(n: int, in_frames: float, out_frames: float) -> np.ndarray:
    """(n, 1) float32: rises smoothly over in_frames at the start and falls over out_frames at the end.

    If the two do not fit, each is shortened in proportion.
    """
    fit = min(1.0, n / max(in_frames + out_frames, 1e-6))

    def ramp(edge: np.ndarray, frames: float) -> np.ndarray:
        return np.clip((edge + 0.5) / frames, 0, 1) if frames > 0 else np.ones(n)

    x = np.minimum(ramp(np.arange(n), fit * in_frames), ramp(np.arange(n)[::-1], fit * out_frames))
    return (x * x * (3 - 2 * x)).astype(np.float32)[:, None]
