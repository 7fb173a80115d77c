"""What hands keep out of: the trunk, the thighs and the head of a character, as capsules that joints carry.

Ours are as wide as the figure of `figure.py`. Those of another body are measured on its mesh.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np

from .skeleton import BODY_HANDS, SIDES

CARRIERS = ("pelvis", "spine1", "spine2", "spine3", "neck", "head", *(f"{side}_hip" for side in SIDES))
"""The joints that may carry a capsule."""
_MOST, _LARGEST_M = 64, 3.0

_OFFSETS = dict(zip(BODY_HANDS.names, BODY_HANDS.offsets, strict=True))
_ACROSS = (
    ("pelvis", -0.03, 0.15, 0.10),
    ("pelvis", 0.04, 0.14, 0.085),
    ("spine1", 0.02, 0.12, 0.075),
    ("spine3", -0.14, 0.13, 0.088),
    ("spine3", -0.06, 0.143, 0.102),
    ("spine3", 0.03, 0.15, 0.105),
    ("spine3", 0.10, 0.135, 0.088),
)
"""Of our trunk: joint, height above it, half width, radius."""
_ALONG_THIGH = ((0.0, 0.25, 0.0, 0.083), (0.25, 0.5, 0.006, 0.077), (0.5, 1.0, 0.003, 0.061))
"""Of our thighs: from where to where between hip and knee, how far ahead of that line, radius."""
_IN_HEAD = ((0.02, 0.0, 0.03, 0.069), (0.095, -0.024, 0.02, 0.077))
"""Of our head: height above its joint, from where to where ahead of it, radius."""


class Capsule(NamedTuple):
    """The joint that carries it, and in the joint's axes one end of its axis and the way from there to the other end,
    (3,) each, and its radius; metres of our skeleton."""

    joint: str
    start: np.ndarray
    along: np.ndarray
    radius_m: float


@dataclass(frozen=True, eq=False)
class Solids:
    """S capsules. joints: that carry them; starts, along: (S, 3) and radii: (S,), as `Capsule` has them.

    thicker_m: how much thicker hands, and forearms, are than ours, (2,). Raises ValueError for shapes and values that
    are none of a body's.
    """

    joints: tuple[str, ...]
    starts: np.ndarray
    along: np.ndarray
    radii: np.ndarray
    thicker_m: tuple[float, float] = (0.0, 0.0)

    def __post_init__(self) -> None:
        n = len(self.joints)
        for name, shape in (("starts", (n, 3)), ("along", (n, 3)), ("radii", (n,)), ("thicker_m", (2,))):
            values = np.array(getattr(self, name), np.float64)
            if values.shape != shape or not (np.abs(values) <= _LARGEST_M).all():
                raise ValueError("a body that hands keep out of has no shape")
            values.flags.writeable = False
            object.__setattr__(self, name, values if name != "thicker_m" else tuple(values.tolist()))
        if not 0 < n <= _MOST or not set(self.joints) <= set(CARRIERS) or not (self.radii > 0).all():
            raise ValueError("a body that hands keep out of has no parts")

    @classmethod
    def of(cls, capsules: Sequence[Capsule], thicker_m: tuple[float, float] = (0.0, 0.0)) -> Self:
        """Of single ones."""
        joints, starts, along, radii = zip(*capsules, strict=True)
        return cls(joints, np.array(starts), np.array(along), np.array(radii), thicker_m)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Solids) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[Any, ...]:
        return self.joints, self.starts.tobytes(), self.along.tobytes(), self.radii.tobytes(), self.thicker_m

    def capsules(self) -> list[Capsule]:
        """Each of them."""
        return [Capsule(*row) for row in zip(self.joints, self.starts, self.along, self.radii.tolist(), strict=True)]

    def to_dict(self) -> dict[str, Any]:
        """Its fields."""
        return {
            "joints": list(self.joints), "starts": self.starts.tolist(), "along": self.along.tolist(),
            "radii": self.radii.tolist(), "thicker_m": list(self.thicker_m),
        }  # fmt: skip

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The inverse of `to_dict`. LookupError, TypeError or ValueError for anything else."""
        hand, forearm = values["thicker_m"]
        starts, along, radii = (np.asarray(values[name], np.float64) for name in ("starts", "along", "radii"))
        return cls(tuple(map(str, values["joints"])), starts, along, radii, (float(hand), float(forearm)))


def _ours() -> Solids:
    rows = [
        Capsule(joint, np.array((r - w, up, 0.0)), np.array((2 * (w - r), 0.0, 0.0)), r) for joint, up, w, r in _ACROSS
    ]
    for side in SIDES:
        thigh = np.array(_OFFSETS[f"{side}_knee"])
        for first, last, ahead, radius_m in _ALONG_THIGH:
            start = first * thigh + (0.0, 0.0, ahead)
            rows.append(Capsule(f"{side}_hip", start, (last - first) * thigh, radius_m))
    for up, back, front, radius_m in _IN_HEAD:
        rows.append(Capsule("head", np.array((0.0, up, back)), np.array((0.0, 0.0, front - back)), radius_m))
    return Solids.of(rows)


OURS = _ours()
