"""A character's feet: what of a motion must change so that they stay planted on a body of other proportions.

Read from the armature on the main thread; the rest is plain data, so that a job's thread can do the work.
"""

from __future__ import annotations

from dataclasses import dataclass

import bpy
import numpy as np

from ..a2g_core.body import planting
from ..a2g_core.body.motion import Motion
from ..a2g_core.body.planting import Legs
from . import rig

UNKNOWN_CM = -1.0
"""Slide of feet that nobody measured."""


@dataclass(frozen=True, eq=False)
class Feet:
    """The legs of a character at rest, if it has any, and whether its feet are to be planted.

    metre_cm: centimetres in the scene to a metre of our skeleton.
    """

    legs: Legs | None
    are_planted: bool
    metre_cm: float = 100.0

    def place(self, motion: Motion) -> tuple[Motion, float]:
        """The motion for this character, and by how many centimetres a planted foot slides in it at most.

        As it came for legs like ours, to the bit, and for a character without legs.
        """
        if self.legs is None:
            return motion, UNKNOWN_CM
        planted = planting.planted(motion, self.legs)
        if not self.are_planted or self.legs.is_ours:
            return motion, planting.slide_m(planted.before) * self.metre_cm
        return planted.motion, planting.slide_m(planted.after) * self.metre_cm


def read(obj: bpy.types.Object, are_planted: bool) -> Feet:
    """The feet of a character; RigError if it has no rig."""
    found = rig.read(obj)
    places = {joint: found.axes.T @ place for joint, place in rig.rest_places(obj).items()}
    legs = planting.legs_of(places, ratio=found.scale)
    scale = float(np.mean(np.abs(np.array(obj.matrix_world.to_scale()))))
    return Feet(legs, are_planted, 100.0 * found.scale * scale)
