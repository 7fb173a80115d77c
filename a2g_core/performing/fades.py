"""How a pin's pose comes in, and goes over into the next pin's: a share from 0 to 1 without corners, as time passes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..body.kinematics import forward_kinematics
from ..body.motion import Skeleton
from ..body.resample import smooth
from ..body.rotations import quaternion_to_matrix
from ..body.skeleton import SIDES

_RAMP = 0.2
"""Share of a fade in which it gets its speed, and loses it again. The way is then 1.25 times as fast as one at an even
speed, where `eased` is 1.5 times: two pins may be far apart, and soon after each other. It turns no harder."""
_FAST_M_S, _LEAST_RAMP_S = 1.0, 0.06
"""It gets there sooner where hands would otherwise be faster than this from one pin to the next, but no sooner."""
_LEAST_M = 0.1
"""So far hands go at least, for the even speed that they are given: those that go nowhere do not say when others do."""
_LEAST_SHARE = 0.3
"""Of its usual speed, a fade has so much where the poses themselves take the hands along."""
_FROM_TAKE_M = 0.8
"""So far hands go from a take to a pin, whose way nobody knows here: further than most, for then their speed changes
little. Of 0.4 to 0.8 none was better in 384 takes."""
_SMOOTH_S = 0.1
"""A clip's speed is looked at so smoothly: a fade has no corner where a clip has one."""
_STEP = 1e-3
_TIMES = 3
"""How often a weight is found anew from that which was found before."""


def crossed(x: np.ndarray, ramp: float = _RAMP) -> np.ndarray:
    """How far a fade is, 0 to 1, as its time x goes from 0 to 1, and constant beyond."""
    x = np.clip(x, 0, 1)
    from_end, whole = np.minimum(x, 1 - x), 2 * (1 - ramp)
    way = np.where(from_end < ramp, from_end**2 / ramp, 2 * from_end - ramp) / whole
    return np.where(x < 0.5, way, 1 - way)


def passed(weight: np.ndarray) -> np.ndarray:
    """The inverse of `crossed`, with its usual ramp: how much of a fade's time has passed."""
    way, whole = np.minimum(weight, 1 - weight), 2 * (1 - _RAMP)
    from_end = np.where(way * whole < _RAMP, np.sqrt(np.maximum(way, 0) * whole * _RAMP), (way * whole + _RAMP) / 2)
    return np.where(weight < 0.5, from_end, 1 - from_end)


class Way(NamedTuple):
    """From pose to pose, so that the hands go at an even speed.

    even (n,): how far a fade is, of which weight (n,) makes shares of the other pose; ramp: see `crossed`.
    """

    even: np.ndarray
    weight: np.ndarray
    ramp: float

    def at(self, x: np.ndarray) -> np.ndarray:
        """The share of the other pose as the time x goes from 0 to 1, and beyond."""
        return np.interp(crossed(x, self.ramp), self.even, self.weight)


def even_way(one: np.ndarray, other: np.ndarray, names: tuple[str, ...], skeleton: Skeleton, seconds: float) -> Way:
    """From one pose to another, both given at n even times of the seconds that it takes: quaternions (n, k, 4) of the
    joints of these names."""
    x = np.linspace(0, 1, len(one))

    def places(share: np.ndarray, shift: int = 0) -> np.ndarray:
        """Of the hands, (n, 2, 3), so many times later."""
        at = np.clip(np.arange(len(one)) + shift, 0, len(one) - 1)
        return _hands(one[at] + share[:, None, None] * (other - one)[at], names, skeleton)

    even = weight = crossed(x)
    ways = (places(weight + _STEP) - places(weight - _STEP)) / (2 * _STEP)
    # What the two poses do meanwhile takes the hands along the way, too, or back.
    meanwhile = (places(weight, 1) - places(weight, -1)) / (x[1] * np.where(x % 1, 2, 1))[:, None, None]
    metres = np.linalg.norm(ways, axis=(1, 2)) + _LEAST_M
    along = (meanwhile * ways).sum(axis=(1, 2)) / metres
    gone, whole_m = _gone(along, metres, even)
    of_faster = np.linalg.norm(ways, axis=2).mean(axis=0).max(initial=0) / metres.mean()
    ramp = np.clip(1 - whole_m * of_faster / (seconds * _FAST_M_S), min(_LEAST_RAMP_S / seconds, _RAMP), _RAMP)
    return Way(even, gone, float(ramp))


def way_from_take(poses: np.ndarray, names: tuple[str, ...], skeleton: Skeleton, seconds: float) -> Way:
    """From whatever a take does to a pin's poses, quaternions (n, k, 4) of the joints of these names at n even times of
    the seconds that it takes: hands come while the clip is still, and hardly go on where it takes them along itself."""
    even = weight = crossed(np.linspace(0, 1, len(poses)))
    places = _hands(poses, names, skeleton)
    step_s = seconds / (len(poses) - 1)
    speed_m_s = np.linalg.norm(np.gradient(places, step_s, axis=0), axis=2).max(axis=1, keepdims=True, initial=0)
    speed_m_s = smooth(speed_m_s, min(_SMOOTH_S / step_s, len(poses)))[:, 0]
    for _ in range(_TIMES):
        weight, _ = _gone(weight * speed_m_s * seconds, np.full(len(poses), _FROM_TAKE_M), even)
    return Way(even, weight, _RAMP)


def _hands(poses: np.ndarray, names: tuple[str, ...], skeleton: Skeleton) -> np.ndarray:
    """Where they are beside the root, (n, 2, 3), in poses (n, k, 4) of these joints."""
    hands = [skeleton.index(f"{side}_wrist") for side in SIDES if f"{side}_wrist" in skeleton.names]
    local = np.zeros((len(poses), len(skeleton), 3, 3)) + np.eye(3)
    local[:, [skeleton.index(name) for name in names]] = quaternion_to_matrix(poses)
    return forward_kinematics(local, skeleton)[0][:, hands]


def _gone(along: np.ndarray, metres: np.ndarray, even: np.ndarray) -> tuple[np.ndarray, float]:
    """How much of a way has gone, (n,), of so many metres at each share, when what goes along anyway is taken off an
    even speed; and that speed."""
    whole_m = float((1 + _integral(along / metres, even)[-1]) / _integral(1 / metres, even)[-1])
    gone = _integral(np.maximum(whole_m - along, _LEAST_SHARE * whole_m) / metres, even)
    return gone / gone[-1], whole_m


def _integral(values: np.ndarray, over: np.ndarray) -> np.ndarray:
    """From the first point to each, (n,)."""
    return np.concatenate([[0], np.cumsum(np.diff(over) * (values[1:] + values[:-1]) / 2)])
