"""Legs of a body, whatever its proportions: how long, wide and high they are, and where they stand when joints turn.

Axes are SMPL-X's (Y up, facing +Z); lengths are divided by the leg ratio, that is in metres of our skeleton.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .components import turned
from .rest import Places, chain_length
from .skeleton import BODY, PELVIS_HEIGHT_M, SIDES, SOLE_BELOW_FOOT_M

Rotations = Mapping[str, np.ndarray]
"""Global rotations (T, 3, 3) of the joints of `LEG_CHAIN` by name."""

PLANTED_M = 0.01
"""A foot whose sole is lower than this above the floor is planted."""

_ALIKE_M = 1e-4
"""Legs that differ by less from ours need no fix."""

UP = np.array([0.0, 1.0, 0.0])
_HEEL, _TOES, _EDGE = 0.35, 0.55, 0.12
"""Of the distance from ankle to ball: how far the heel lies behind the ankle, the tip before the ball, and how far on
either side of the line between them the sole is flat. (Feet are twice as wide, and round.)"""

_TILTS_RAD = np.radians((3.0, 10.0, 30.0))
_WAYS = 16
"""Of a skin, the points are kept that are lowest where the foot is tilted so far, towards each of so many sides."""

_FEWEST = 8
_LARGE = 1.25
"""Feet that are longer than ours by up to so much are no large feet."""

_LEG = ("left_hip", "left_knee", "left_ankle")
_FOOT_M = 0.13
_ORIGIN_BELOW_FOOT_M = 0.06
_ORIGIN_BELOW_ANKLE_M = 0.04, 0.2


class Skin(NamedTuple):
    """The surface of a foot at rest: points (n, 3), and how much of each turns with the toes, (n,)."""

    points: np.ndarray
    toes: np.ndarray


@dataclass(frozen=True, eq=False)
class Legs:
    """Legs of a body at rest, in the T-pose. The first axis of arrays is left, right.

    ratio: length of its legs over ours; of the body's own unit to a metre of our skeleton. height_m: of the middle of
    the hip joints above the floor. hips: (2, 3) from that middle to each hip joint. thighs, shins: (2, 3) from joint to
    joint. soles: (2, n, 3) the points of each foot that can be its lowest. balls: (2, 3) the joints that toes turn
    about. Both from the ankle. toes: (2, n) how much of a point turns with the toes, 0 to 1; the rest with the ankle.
    """

    ratio: float
    height_m: float
    hips: np.ndarray
    thighs: np.ndarray
    shins: np.ndarray
    soles: np.ndarray
    balls: np.ndarray
    toes: np.ndarray

    @property
    def is_ours(self) -> bool:
        """Whether the legs are those of our skeleton, so that nothing needs to be fixed."""
        names = ("height_m", "hips", "thighs", "shins", "balls")
        return all(np.allclose(getattr(self, name), getattr(OURS, name), rtol=0, atol=_ALIKE_M) for name in names)

    @property
    def tilt_share(self) -> float:
        """How much of a small tilt large feet keep, 1 for feet of our size: their rims are then as high as ours."""
        ours, theirs = (float(np.linalg.norm(legs.soles[..., [0, 2]], axis=-1).max()) for legs in (OURS, self))
        return min(1.0, _LARGE * ours / theirs)


def legs_of(
    places: Places, floor: float | None = None, ratio: float | None = None, skins: Sequence[Skin] = ()
) -> Legs | None:
    """The legs of a body whose joints lie at these places at rest, in SMPL-X axes and any unit; None without legs.

    ratio: see `Legs`; without, that of the left leg. Thighs and shins are turned to where they lie in our T-pose, as
    transferred motion turns them; feet are taken as they are. floor: its height; without, that of the origin if it is
    where one would expect the soles, as most rigs stand there, or else as far below the feet as our sole is. skins: of
    the left and the right foot, whose lowest points are on the floor; without, or with too few points, the sole is as
    long as ours for such a foot.
    """
    needed = [f"{side}_{joint}" for side in SIDES for joint in ("hip", "knee", "ankle")]
    if any(joint not in places for joint in needed):
        return None
    if ratio is None:
        ratio = chain_length(places, _LEG) / chain_length(BODY.rest_places, _LEG)
    if not ratio > 1e-9:
        return None
    at = {joint: np.asarray(place, np.float64) / ratio for joint, place in places.items()}
    seen = [Skin(skin.points / ratio, skin.toes) for skin in skins if len(skin.points) >= _FEWEST]
    if len(seen) < len(SIDES):
        seen = []
    if floor is None:
        floor_m = min((float(skin.points[:, 1].min()) for skin in seen), default=_floor(at))
    else:
        floor_m = floor / ratio
    middle = (at["left_hip"] + at["right_hip"]) / 2
    feet = [_foot(at, side, floor_m) for side in SIDES]
    soles = [sole for sole, _ball in feet]
    toes = [sole[:, 2] > ball[2] for sole, ball in feet]
    if seen:
        lowest = [_lowest(skin.points) for skin in seen]
        soles = [skin.points[k] - at[f"{side}_ankle"] for skin, k, side in zip(seen, lowest, SIDES, strict=True)]
        toes = [skin.toes[k] for skin, k in zip(seen, lowest, strict=True)]
    has_toes = all(f"{side}_foot" in places for side in SIDES)
    return Legs(
        ratio=ratio,
        height_m=float(middle[1] - floor_m),
        hips=np.array([at[f"{side}_hip"] - middle for side in SIDES]),
        thighs=np.array([_as_ours(at, f"{side}_hip", f"{side}_knee") for side in SIDES]),
        shins=np.array([_as_ours(at, f"{side}_knee", f"{side}_ankle") for side in SIDES]),
        soles=np.array(soles),
        balls=np.array([ball for _sole, ball in feet]),
        toes=np.array(toes, np.float64) * has_toes,
    )


def _as_ours(at: Places, joint: str, end: str) -> np.ndarray:
    """From a joint to the end of its bone, turned to where the bone lies in our T-pose."""
    offset = BODY.rest_places[end] - BODY.rest_places[joint]
    return offset * (np.linalg.norm(at[end] - at[joint]) / np.linalg.norm(offset))


def _floor(at: Places) -> float:
    feet = [at[f"{side}_foot"][1] for side in SIDES if f"{side}_foot" in at]
    if not feet:
        ours = BODY.rest_places["left_ankle"][1] + PELVIS_HEIGHT_M
        lowest = float(min(at[f"{side}_ankle"][1] for side in SIDES))
        return 0.0 if _ORIGIN_BELOW_ANKLE_M[0] <= lowest <= _ORIGIN_BELOW_ANKLE_M[1] else lowest - ours
    lowest = float(min(feet))
    return 0.0 if 0.0 <= lowest <= _ORIGIN_BELOW_FOOT_M else lowest - SOLE_BELOW_FOOT_M


def _foot(at: Places, side: str, floor_m: float) -> tuple[np.ndarray, np.ndarray]:
    """Of a foot, from the ankle: the edges of heel and ball and the tip of the toes on the floor; the toes' joint."""
    ankle, foot = at[f"{side}_ankle"], at.get(f"{side}_foot")
    down = np.array([0.0, floor_m - ankle[1], 0.0])
    along = np.zeros(3) if foot is None else (foot - ankle) * [1.0, 0.0, 1.0]
    if foot is None or np.linalg.norm(along) < _FOOT_M / 3:  # no toes, or a bone that does not begin at them
        along = np.array([0.0, 0.0, _FOOT_M])
        foot = ankle + down + along
    across = _EDGE * np.cross(UP, along)
    edges = [down + share * along + edge for share in (-_HEEL, 1.0) for edge in (-across, across)]
    return np.array([*edges, down + (1.0 + _TOES) * along]), foot - ankle


def _lowest(points: np.ndarray) -> np.ndarray:
    """Which of points (n, 3) are lowest where a foot is tilted: of each tilt, one for each way."""
    way = np.linspace(0.0, 2.0 * np.pi, _WAYS, endpoint=False)[:, None]
    down = [np.stack(np.broadcast_arrays(np.cos(way) * np.sin(t), -np.cos(t), np.sin(way) * np.sin(t)), -1)[:, 0]
            for t in _TILTS_RAD]  # fmt: skip
    return np.argmax(np.concatenate(down) @ points.T, axis=1)


def _ours() -> Legs:
    legs = legs_of({joint: place + PELVIS_HEIGHT_M * UP for joint, place in BODY.rest_places.items()}, floor=0.0)
    assert legs is not None
    return legs


OURS = _ours()
"""The legs of our skeleton, which stands on the floor."""


class Stance(NamedTuple):
    """Where the legs of a body are; the second axis is left, right. Metres of our skeleton, above the floor.

    hips, ankles: (T, 2, 3). lowest: (T, 2) heights of the lowest points of the soles.
    """

    hips: np.ndarray
    ankles: np.ndarray
    lowest: np.ndarray


def stance_of(legs: Legs, rotations: Rotations, middle: np.ndarray) -> Stance:
    """Where legs are whose joints are turned so. middle: (T, 3) of the hip joints, in metres above the floor."""
    hips = middle[:, None] + np.einsum("tij,lj->tli", rotations["pelvis"], legs.hips)
    ankles = hips + turned_offsets(rotations, "hip", legs.thighs) + turned_offsets(rotations, "knee", legs.shins)
    return Stance(hips, ankles, ankles[..., 1] + height_of_soles(legs, rotations))


def turned_offsets(rotations: Rotations, joint: str, offsets: np.ndarray) -> np.ndarray:
    """Offsets (2, 3) of a joint of either leg, turned with it: (T, 2, 3)."""
    turns = [rotations[f"{side}_{joint}"].transpose(1, 2, 0) for side in SIDES]
    return np.stack([turned(turn, offset).T for turn, offset in zip(turns, offsets, strict=True)], axis=1)


def height_of_soles(legs: Legs, rotations: Rotations) -> np.ndarray:
    """Heights (T, 2) of the lowest points of the soles from the ankles."""
    heights = np.empty((len(rotations["pelvis"]), len(SIDES)))
    for k, side in enumerate(SIDES):
        points, ball = legs.soles[k], legs.balls[k]
        foot, toes = (rotations[f"{side}_{joint}"][:, 1] for joint in ("ankle", "foot"))
        of_foot, of_toes = foot @ points.T, (foot @ ball)[:, None] + toes @ (points - ball).T
        heights[:, k] = (of_foot + legs.toes[k] * (of_toes - of_foot)).min(axis=1)
    return heights


def slide_m(stance: Stance) -> float:
    """The farthest that a planted ankle moves along the floor before it is lifted, in metres of our skeleton."""
    farthest = 0.0
    for k in range(len(SIDES)):
        is_down = np.concatenate([[False], stance.lowest[:, k] < PLANTED_M, [False]])
        starts, stops = np.flatnonzero(is_down[1:] & ~is_down[:-1]), np.flatnonzero(is_down[:-1] & ~is_down[1:])
        for start, stop in zip(starts, stops, strict=True):
            farthest = max(farthest, float(np.linalg.norm(np.ptp(stance.ankles[start:stop, k][:, [0, 2]], axis=0))))
    return farthest
