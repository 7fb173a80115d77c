"""How a body idles: it breathes, sways, shifts its weight, looks about and waits, on feet that stay where they are.

An idle is made of recorded parts (`idle_clips`), laid over a pose at rest, whatever that is: each says how much further
joints are turned than at rest, and where the pelvis goes. Legs follow from that, and from where the feet stand.

When a part begins, which one it is and how far it goes is drawn for places on a grid of time, by seed and take. So a
frame of an idle depends on its number alone, and a long idle never repeats itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil, floor
from typing import NamedTuple

import numpy as np

from ..body.kinematics import LEG_CHAIN, forward_kinematics, ground_translation
from ..body.legs import OURS
from ..body.motion import Skeleton
from ..body.planting import lowering_m, reach_ankles
from ..body.resample import eased
from ..body.rotations import (
    axis_angle_to_matrix,
    matrix_to_axis_angle,
    matrix_to_sixd,
    sixd_to_matrix,
)
from ..body.skeleton import SIDES
from . import idle_clips
from .idle_clips import ARMS, CHANNELS, FINGERS, JOINTS, TRAVEL, mirrored, parts
from .sampling import draw_idle, interpolate

LOOP_FADE_S = 3.0
"""Over this time at its end an idle that loops goes over into itself."""

_STANDING_S, _STANDING_FADE_S = 17.0, 4.0
"""So long one recording is played, and so long it takes to go over into the next."""
_SHIFT_S, _SHIFT_EARLIER_S = 10.5, 4.4
"""From one weight shift to the next, and how much earlier than on this grid one may begin: 6.1 to 14.9 s apart."""
_LEAN_M = 0.015, 0.05
"""How far the pelvis is to the side after a weight shift."""
_LOOK_S, _LOOK_SHARE = 9.0, 0.6
_WAIT_S, _WAIT_SHARE, _WAIT_FADE_S = 31.0, 0.6, 1.2
"""Length of a place for such a part, the share of places that have one, and how fast hands go there and back."""

_WAIT_SPEED = 0.75
"""Their performers acted; who waits has time."""

_BREATH_S = 3.75
"""16 breaths a minute."""
_BREATH_DEG = {
    "spine2": (-0.5, 0.0, 0.0), "spine3": (-0.8, 0.0, 0.0), "neck": (0.6, 0.0, 0.0), "head": (0.7, 0.0, 0.0),
    "left_collar": (0.0, 0.0, 1.5), "right_collar": (0.0, 0.0, -1.5),
    "left_shoulder": (0.0, 0.0, -1.0), "right_shoulder": (0.0, 0.0, 1.0),
}  # fmt: skip
"""How joints turn as the breath is drawn: the chest opens, the shoulders rise, the arms go on hanging."""
_BREATH_JITTER = 0.7
"""How irregular breathing is, in radians of its phase."""
_BREATH_JITTER_S = 6.0

# Streams of random numbers for `draw_idle`.
_STANDING, _SHIFT, _LOOK, _WAIT, _BREATH = range(5)


class Gesture(NamedTuple):
    """A part that is played once: from start_s on, so far, on the other side where it is mirrored, so fast."""

    part: np.ndarray
    start_s: float
    size: float = 1.0
    is_mirrored: bool = False
    speed: float = 1.0

    @property
    def end_s(self) -> float:
        """When it is over."""
        return self.start_s + (len(self.part) - 1) / (idle_clips.FPS * self.speed)

    def at(self, times_s: np.ndarray) -> np.ndarray:
        """Channels (n, C) at times inside it."""
        values = interpolate(self.part, (times_s - self.start_s) * idle_clips.FPS * self.speed)
        return np.float32(self.size) * (mirrored(values) if self.is_mirrored else values)


class Idling:
    """The idle of one take at fps on a skeleton.

    looks: whether the head looks about; if not, only hands and arms move while it waits. loop_s: the idle's length if
    it is to loop. nods: parts of kind "nod" that are played besides.
    """

    def __init__(
        self, skeleton: Skeleton, fps: float, seed: int, take: int, *,
        looks: bool = True, loop_s: float = 0.0, nods: Sequence[Gesture] = (),
    ) -> None:  # fmt: skip
        self._skeleton, self._fps, self._key = skeleton, fps, (seed, take)
        self._looks, self._loop_s, self._nods = looks, loop_s, nods

    def poses(self, rest: np.ndarray, first: int, free: np.ndarray) -> np.ndarray:
        """Frames (n, J * 6) of an idle from frame `first` on, over poses at rest (n, J * 6).

        free (n, 1): how much of what is large is shown, 0 to 1: at 0 the body breathes and sways, and shifts no weight.
        """
        times_s = np.arange(first, first + len(rest)) / self._fps
        local = sixd_to_matrix(rest.reshape(len(rest), -1, 6).astype(np.float64))
        legs = self._skeleton.subset(LEG_CHAIN)
        standing = local[:, [self._skeleton.index(name) for name in LEG_CHAIN]]
        aside = ground_translation(standing, legs)[:, :1]
        turns = self._looping(lambda at_s: self._turns(at_s), times_s)
        turns += free * self._looping(lambda at_s: self._large(at_s), times_s)
        turns += free * (self._looping(lambda at_s: self._leaning(at_s), times_s) - aside) * parts("lean")[0][0]
        out = self._waiting(local, times_s, free[:, 0])
        for k, name in enumerate(JOINTS):
            turn = axis_angle_to_matrix(turns[:, TRAVEL + 3 * k : TRAVEL + 3 * k + 3].astype(np.float64))
            joint = self._skeleton.index(name)
            out[:, joint] = out[:, joint] @ turn if k else turn @ out[:, joint]
        self._stand(out, standing, turns[:, :TRAVEL].astype(np.float64), legs)
        return matrix_to_sixd(out).reshape(rest.shape).astype(np.float32)

    def _looping(self, curve: Callable[[np.ndarray], np.ndarray], times_s: np.ndarray) -> np.ndarray:
        """A curve (n, C) of times; one that loops goes over, towards its end, into what it was before its beginning."""
        out = curve(times_s)
        if self._loop_s:
            fade_s = min(LOOP_FADE_S, self._loop_s / 2)
            share = eased((times_s - self._loop_s) / fade_s + 1)[:, None]
            out = out + share * (curve(times_s - self._loop_s) - out)
        return out

    def _turns(self, times_s: np.ndarray) -> np.ndarray:
        """Channels (n, C) of what never ends: standing and breathing; and of nods."""
        out = self._standing(times_s) + self._breathing(times_s)
        return _played(self._nods, times_s, out)

    def _standing(self, times_s: np.ndarray) -> np.ndarray:
        out = np.zeros((len(times_s), CHANNELS), np.float32)
        for k, inside, share in _places(times_s, _STANDING_S, _STANDING_FADE_S):
            which, begin, side, size = draw_idle(*self._key, _STANDING, k, 4)
            part = _one_of(parts("standing"), which)
            position = (times_s[inside] * idle_clips.FPS + begin * len(part)) % len(part)
            around = np.concatenate([part[-1:], part, part[:2]])
            values = interpolate(around, position + 1)
            values = mirrored(values) if side < 0.5 else values
            out[inside] += np.float32(0.8 + 0.4 * size) * share[:, None] * values
        return out

    def _breathing(self, times_s: np.ndarray) -> np.ndarray:
        position = times_s / _BREATH_JITTER_S
        low, high = floor(position.min()) - 1, floor(position.max()) + 3
        jitter = np.array([draw_idle(*self._key, _BREATH, k, 1) for k in range(low, high + 1)], np.float32) - 0.5
        phase = 2 * np.pi * times_s / _BREATH_S + 2 * _BREATH_JITTER * interpolate(jitter, position - low)[:, 0]
        # Out takes longer than in.
        breath = 0.5 - 0.5 * np.cos(phase + 0.35 * np.sin(phase))
        out = np.zeros((len(times_s), CHANNELS), np.float32)
        for name, degrees in _BREATH_DEG.items():
            at = TRAVEL + 3 * JOINTS.index(name)
            out[:, at : at + 3] = (breath[:, None] - 0.5) * np.radians(degrees)
        return out

    def _leaning(self, times_s: np.ndarray) -> np.ndarray:
        """(n, 1), metres: where weight shifts have taken the pelvis."""
        out = np.empty((len(times_s), 1))
        for inside, shift, come_from, goes_to in self._shifts(times_s):
            done = interpolate(shift.part[:, :1], (times_s[inside] - shift.start_s) * idle_clips.FPS)
            out[inside] = come_from + done * (goes_to - come_from)
        return out

    def _large(self, times_s: np.ndarray) -> np.ndarray:
        """Channels (n, C) of what the body does as it shifts its weight, besides leaning; and of looks."""
        out = np.zeros((len(times_s), CHANNELS), np.float32)
        for inside, shift, _, _ in self._shifts(times_s):
            (during,) = np.nonzero(inside & (times_s < shift.end_s))
            values = shift.at(times_s[during])
            values[:, 0] = 0
            out[during] += values
        return _played(self._lookings(times_s), times_s, out) if self._looks else out

    def _shifts(self, times_s: np.ndarray) -> Iterator[tuple[np.ndarray, Gesture, float, float]]:
        """For each weight shift, which of the times are from its beginning to the next one's; the shift; from where the
        pelvis goes where to, metres to the left."""
        key = self._key

        def drawn(k: int) -> tuple[float, float, float]:
            which, early, far = draw_idle(*key, _SHIFT, k, 3)
            metres = _LEAN_M[0] + (_LEAN_M[1] - _LEAN_M[0]) * far
            return which, (k - early * _SHIFT_EARLIER_S / _SHIFT_S) * _SHIFT_S, metres if k % 2 else -metres

        for k in range(floor(times_s.min() / _SHIFT_S), ceil(times_s.max() / _SHIFT_S) + 2):
            (_, _, before), (which, start_s, now), (_, next_s, _) = drawn(k - 1), drawn(k), drawn(k + 1)
            inside = (times_s >= start_s) & (times_s < next_s)
            if inside.any():
                part = _one_of(parts("shift"), which)
                yield inside, Gesture(part, start_s, abs(now - before), now < before), before, now

    def _lookings(self, times_s: np.ndarray) -> list[Gesture]:
        found = []
        for k in range(floor(times_s.min() / _LOOK_S) - 2, ceil(times_s.max() / _LOOK_S) + 1):
            there, which, later, side, size = draw_idle(*self._key, _LOOK, k, 5)
            if there < _LOOK_SHARE:
                part = _one_of(parts("look"), which)
                found.append(Gesture(part, (k + later) * _LOOK_S, 0.4 + 0.5 * size, side < 0.5))
        return found

    def _waiting(self, local: np.ndarray, times_s: np.ndarray, free: np.ndarray) -> np.ndarray:
        """Rotations (n, J, 3, 3) with what hands do now and then."""
        out = local.copy()
        for k in range(floor(times_s.min() / _WAIT_S) - 1, ceil(times_s.max() / _WAIT_S) + 1):
            there, which, later, side = draw_idle(*self._key, _WAIT, k, 4)
            gesture = Gesture(_one_of(parts("wait"), which), (k + later) * _WAIT_S, 1.0, side < 0.5, _WAIT_SPEED)
            beyond = self._loop_s and not 0 <= gesture.start_s < gesture.end_s < self._loop_s - LOOP_FADE_S
            (during,) = np.nonzero((times_s >= gesture.start_s) & (times_s <= gesture.end_s))
            if there >= _WAIT_SHARE or beyond or not len(during):
                continue
            at_s = times_s[during]
            share = free[during] * eased(np.minimum(at_s - gesture.start_s, gesture.end_s - at_s) / _WAIT_FADE_S)
            values = gesture.at(at_s)
            names = JOINTS + FINGERS if values.shape[1] > CHANNELS else JOINTS
            for row, name in enumerate(names):
                is_arm = name in ARMS or name in FINGERS
                if name not in self._skeleton.names or name == "pelvis" or not (is_arm or self._looks):
                    continue
                joint = self._skeleton.index(name)
                turn = values[:, TRAVEL + 3 * row : TRAVEL + 3 * row + 3].astype(np.float64)
                own = out[during, joint]
                if is_arm:
                    turn = matrix_to_axis_angle(np.swapaxes(own, -1, -2) @ axis_angle_to_matrix(turn))
                out[during, joint] = own @ axis_angle_to_matrix(share[:, None] * turn)
        return out

    def _stand(self, out: np.ndarray, before: np.ndarray, shift: np.ndarray, legs: Skeleton) -> None:
        """Turn the legs of out (n, J, 3, 3), in place, so that the feet are where they were before (n, L, 3, 3), though
        the pelvis has turned, and goes by shift (n, 3)."""
        rows = {name: self._skeleton.index(name) for name in LEG_CHAIN}
        places, turned = forward_kinematics(before, legs)
        world = {name: turned[:, k] for k, name in enumerate(LEG_CHAIN)}
        ankles = places[:, [LEG_CHAIN.index(f"{side}_ankle") for side in SIDES]]
        world["pelvis"] = out[:, rows["pelvis"]]
        offsets = np.array([legs.offsets[LEG_CHAIN.index(f"{side}_hip")] for side in SIDES])
        hips = (world["pelvis"][:, None] @ offsets[..., None])[..., 0]
        to_ankles = ankles - hips - shift[:, None]
        to_ankles[..., 1] += lowering_m(OURS, to_ankles)[:, None]
        world |= reach_ankles(OURS, world, to_ankles)
        for side in SIDES:
            above = "pelvis"
            for joint in ("hip", "knee", "ankle"):
                name = f"{side}_{joint}"
                out[:, rows[name]] = np.swapaxes(world[above], -1, -2) @ world[name]
                above = name


def _played(gestures: Sequence[Gesture], times_s: np.ndarray, out: np.ndarray) -> np.ndarray:
    """out (n, C) with the channels of gestures added, in place."""
    for gesture in gestures:
        (during,) = np.nonzero((times_s >= gesture.start_s) & (times_s <= gesture.end_s))
        if len(during):
            out[during] += gesture.at(times_s[during])[:, :CHANNELS]
    return out


def _places(times_s: np.ndarray, every_s: float, fade_s: float) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Places on a grid of time, each with the indices of the times in it, and how much of each frame is its own."""
    half_s = fade_s / 2
    for k in range(floor((times_s.min() - half_s) / every_s), floor((times_s.max() + half_s) / every_s) + 1):
        x = np.minimum(times_s - k * every_s, (k + 1) * every_s - times_s) / fade_s + 0.5
        (inside,) = np.nonzero(x > 0)
        if len(inside):
            yield k, inside, eased(x[inside]).astype(np.float32)


def _one_of(parts: Sequence[np.ndarray], drawn: float) -> np.ndarray:
    return parts[min(int(drawn * len(parts)), len(parts) - 1)]
