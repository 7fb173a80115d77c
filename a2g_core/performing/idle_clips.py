"""What people did who stood and waited: the recorded parts that an idle is made from (`idles/`, with notices).

A part is (T, channels) at `FPS`: where the pelvis is beside the middle of the feet, in metres, and then an axis-angle
for each of `JOINTS`: how much further than at rest it is turned (the pelvis about the axes of the world, others about
their own). By kind:

* standing: breathing and swaying, beside their mean; the last frame leads to the first.
* lean: per metre by which the pelvis is further to the left, all else that is different.
* shift: the weight goes over to the left leg. First channel: how much of it is done, 0 to 1; the others: what the body
  does besides leaning, per metre.
* look: the head looks about.
* wait: hands meet, or think. `ARMS`, and `FINGERS` where a part has them, are turned as they are, not further.
* nod: the head nods once.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np

from ..body.skeleton import SIDES, SMPLX_NAMES, mirror_name

FPS = 15.0
UNIT = 1e-4
"""Radians or metres: what a stored number counts."""
TRAVEL = 3
"""Channels of the pelvis's place, before those of the joints."""

ARMS = tuple(f"{side}_{joint}" for side in SIDES for joint in ("collar", "shoulder", "elbow", "wrist"))
JOINTS = ("pelvis", "spine1", "spine2", "spine3", "neck", "head", *ARMS)
FINGERS = SMPLX_NAMES[25:]
CHANNELS = TRAVEL + 3 * len(JOINTS)


@cache
def parts(kind: str) -> tuple[np.ndarray, ...]:
    """The parts of a kind, in the order of their names, float32."""
    with files(__package__).joinpath("idles", "clips.npz").open("rb") as file, np.load(file) as stored:
        names = sorted(name for name in stored.files if name.partition("/")[0] == kind)
        return tuple(stored[name].astype(np.float32) * np.float32(UNIT) for name in names)


def mirrored(values: np.ndarray) -> np.ndarray:
    """Left and right swapped, of channels (T, C)."""
    names = JOINTS + FINGERS if values.shape[1] > CHANNELS else JOINTS
    swapped = [names.index(mirror_name(name)) for name in names]
    turns = values[:, TRAVEL:].reshape(len(values), len(names), 3)[:, swapped] * np.array([1, -1, -1], values.dtype)
    travel = values[:, :TRAVEL] * np.array([-1, 1, 1], values.dtype)
    return np.concatenate([travel, turns.reshape(len(values), 3 * len(names))], axis=1)
