"""Small pictures of a motion, drawn in milliseconds with NumPy alone: one of its poses, or some side by side.

Each limb is a capsule, a tube with round ends between two joints, seen from the front and a little from the side,
without perspective. Of a pixel within it, place, depth and normal follow from the distance to its axis.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from .kinematics import forward_kinematics, unit_vectors
from .motion import Motion
from .rotations import quaternion_to_matrix
from .skeleton import FINGERS, PELVIS_HEIGHT_M, SIDES, SOLE_BELOW_FOOT_M, joints_of

SIZE = (192, 160)
"""Width and height of a picture, in pixels."""

POSES = 3
"""Side by side in it."""

WHOLE_M, UPPER_M = (-0.03, 1.98), (0.78, 1.22)
"""What is seen: the lowest height over the floor, and how much above it. From below the soles, or below hanging hands,
to where raised hands are."""
_AZIMUTH_DEG = -18.0

CARRY_NO_HAND = joints_of({"HANDS", "HEAD", "LEGS"}) - {"pelvis"}
"""Joints that change nothing of which frames are telling."""

_WOOD, _JOINT, _HAND = (0.88, 0.78, 0.66), (0.60, 0.45, 0.35), (0.98, 0.89, 0.79)
_MARKED = (1.0, 0.55, 0.12)
_LIGHT = unit_vectors(np.array((-0.5, 0.62, 0.6)))

_TIPS = 1.9  # from a finger's second joint, where its end is: the third one is at 1


class _Tube(NamedTuple):
    """A limb from a joint to another, with its radius at either, in metres."""

    start: str
    end: str
    radii: tuple[float, float]
    colour: tuple[float, float, float] = _WOOD


_TUBES = (
    _Tube("left_hip", "right_hip", (0.085, 0.085)),
    _Tube("pelvis", "spine1", (0.105, 0.095)),
    _Tube("spine1", "spine2", (0.09, 0.105), _JOINT),
    _Tube("spine2", "spine3", (0.108, 0.112)),
    _Tube("spine3", "neck", (0.115, 0.06)),
    _Tube("neck", "head", (0.047, 0.045), _JOINT),
    *(
        tube
        for side in SIDES
        for tube in (
            _Tube("spine3", f"{side}_shoulder", (0.085, 0.056)),
            _Tube(f"{side}_shoulder", f"{side}_elbow", (0.050, 0.034)),
            _Tube(f"{side}_elbow", f"{side}_wrist", (0.036, 0.023)),
            _Tube(f"{side}_hip", f"{side}_knee", (0.086, 0.050)),
            _Tube(f"{side}_knee", f"{side}_ankle", (0.053, 0.033)),
            _Tube(f"{side}_ankle", f"{side}_foot", (0.034, 0.032)),
            _Tube(f"{side}_wrist", f"{side}_middle1", (0.026, 0.036), _HAND),
            *(_Tube(f"{side}_{finger}1", f"{side}_{finger}_tip", (0.013, 0.009), _HAND) for finger in FINGERS),
        )
    ),
)


def telling_frames(motion: Motion) -> list[int]:
    """Of each third of a motion the frame on which the hands are furthest from where they rest, which is where they are
    lowest: numbers of its frames, fewer than three of a motion that is shorter.
    """
    places, _ = forward_kinematics(quaternion_to_matrix(motion.quaternions), motion.skeleton)
    hands = places[:, [motion.skeleton.index(f"{side}_wrist") for side in SIDES]]
    resting = hands[np.argmin(hands[..., 1].sum(axis=-1))]
    away = np.linalg.norm(hands - resting, axis=-1).sum(axis=-1)
    parts = np.array_split(np.arange(len(away)), POSES)
    return [int(part[np.argmax(away[part])]) for part in parts if len(part)]


def draw(
    motion: Motion,
    size: tuple[int, int] = SIZE,
    seen_m: tuple[float, float] = WHOLE_M,
    marked: Collection[str] = (),
) -> np.ndarray:
    """The poses of all frames of a motion side by side, (H, W, 4) float32 of 0 to 1, the uppermost row first; the
    ground is transparent. motion: of all 55 joints, a few frames. size: width and height. seen_m: `WHOLE_M` or
    `UPPER_M`. marked: joints whose limbs are coloured.
    """
    width, height = size
    places, turns = forward_kinematics(quaternion_to_matrix(motion.quaternions), motion.skeleton)
    places = places + motion.translation[:, None] * np.array((0.0, 1.0, 0.0), np.float32)
    lowest_m, field_m = seen_m
    scale = height / field_m
    canvas = _Canvas(width, height)
    for k in range(len(motion)):
        at = {name: places[k, j] for j, name in enumerate(motion.skeleton.names)}
        middle = np.array(((k + 0.5) * width / len(motion), height + scale * (lowest_m - PELVIS_HEIGHT_M), 0.0))
        shapes = _shapes(at, turns[k, motion.skeleton.index("head")], marked)
        starts, ends, radii, colours = map(np.array, zip(*shapes, strict=True))
        seen = np.stack((starts, ends), axis=1) @ _CAMERA.T * (scale, -scale, scale) + middle
        canvas.capsules(seen, scale * radii, colours)
    return canvas.finished()


def _camera() -> np.ndarray:
    """(3, 3) rows: to the right, up, towards who looks."""
    angle = np.radians(_AZIMUTH_DEG)
    return np.array(((np.cos(angle), 0.0, -np.sin(angle)), (0.0, 1.0, 0.0), (np.sin(angle), 0.0, np.cos(angle))))


_CAMERA = _camera()

_Shape = tuple[np.ndarray, np.ndarray, tuple[float, float], tuple[float, float, float]]


def _shapes(at: dict[str, np.ndarray], head: np.ndarray, marked: Collection[str]) -> list[_Shape]:
    """Ends, radii and colour of each capsule of a pose. head: (3, 3) how it is turned."""
    for side in SIDES:
        for finger in FINGERS:
            second, third = at[f"{side}_{finger}2"], at[f"{side}_{finger}3"]
            at[f"{side}_{finger}_tip"] = second + _TIPS * (third - second)
    shapes: list[_Shape] = [
        (at[t.start], at[t.end], t.radii, _MARKED if t.start in marked else t.colour) for t in _TUBES
    ]
    for side in SIDES:
        foot, ankle = at[f"{side}_foot"], at[f"{side}_ankle"]
        ahead = foot - ankle
        tip = foot + 0.45 * ahead * np.array((1.0, 0.0, 1.0)) + np.array((0.0, 0.01 - SOLE_BELOW_FOOT_M, 0.0))
        shapes.append((foot, tip, (0.032, 0.026), _WOOD))
    skull, face, nose = (at["head"] + head @ np.array(p) for p in ((0, 0.105, 0.01), (0, 0.02, 0.025), (0, 0.04, 0.1)))
    colour = _MARKED if "head" in marked else _WOOD
    shapes += [(face, skull, (0.066, 0.082), colour), (face, nose, (0.03, 0.016), colour)]
    return shapes


class _Canvas:
    """A picture while it is drawn: colours without light beneath, and how near each pixel is."""

    def __init__(self, width: int, height: int) -> None:
        self._colours = np.zeros((height, width, 3))
        self._cover = np.zeros((height, width))
        self._near = np.full((height, width), -np.inf)

    def capsules(self, ends: np.ndarray, radii: np.ndarray, colours: np.ndarray) -> None:
        """Draw some, one over another. ends: (N, 2, 3), in pixels to the right, down and towards who looks; radii:
        (N, 2); colours: (N, 3).
        """
        edges, reach = np.array(self._cover.shape[::-1]), radii[..., None] + 1.0
        low = np.maximum(np.floor((ends[..., :2] - reach).min(axis=1)).astype(int), 0)
        high = np.minimum(np.ceil((ends[..., :2] + reach).max(axis=1)).astype(int) + 1, edges)
        is_seen = (low < high).all(axis=1)
        low, high, ends, radii, colours = (of_all[is_seen] for of_all in (low, high, ends, radii, colours))
        # What is asked of each pixel is asked of those of all capsules at once.
        width, height = (high - low).T
        stops = np.cumsum(width * height)
        starts = stops - width * height

        def each(values: np.ndarray) -> np.ndarray:
            return np.repeat(values, width * height)

        number = np.arange(stops[-1] if len(stops) else 0) - each(starts)
        row, column = np.divmod(number, each(width))
        x = each(low[:, 0]) + column + 0.5 - each(ends[:, 0, 0])
        y = each(low[:, 1]) + row + 0.5 - each(ends[:, 0, 1])
        (across, down, nearer), (first, second) = (ends[:, 1] - ends[:, 0]).T, radii.T
        square = np.maximum(across * across + down * down, 1e-9)
        across, down = each(across), each(down)
        along = np.clip((x * across + y * down) / each(square), 0.0, 1.0)
        radius = each(first) + along * each(second - first)
        dx, dy = (x - along * across) / radius, (y - along * down) / radius
        away = np.sqrt(dx * dx + dy * dy)
        facing = np.sqrt(np.maximum(1.0 - away * away, 0.0))
        near = each(ends[:, 0, 2]) + along * each(nearer) + radius * facing
        cover = np.clip((1.0 - away) * radius + 0.5, 0.0, 1.0)
        lit = np.maximum(dx * _LIGHT[0] - dy * _LIGHT[1] + facing * _LIGHT[2], 0.0)
        light = (0.30 + 0.13 * (1.0 - dy) + 0.60 * lit) * (0.55 + 0.45 * np.minimum(1.6 * facing, 1.0))
        found = np.stack((near, cover, np.minimum(light, 1.05)))
        for k, (start, stop) in enumerate(zip(starts, stops, strict=True)):
            (x0, y0), (x1, y1) = low[k], high[k]
            mine = found[:, start:stop].reshape(3, y1 - y0, x1 - x0)
            self._put((slice(y0, y1), slice(x0, x1)), mine, colours[k])

    def _put(self, here: tuple[slice, slice], found: np.ndarray, colour: np.ndarray) -> None:
        """Lay a capsule over what is drawn, where it is nearer. found: how near, how much of each pixel, its light."""
        near, cover, light = found
        before, covered, nearest = self._colours[here], self._cover[here], self._near[here]
        cover = np.where(near > nearest, cover, 0.0)
        before += cover[..., None] * (colour * light[..., None] - before)
        np.maximum(covered, cover, out=covered)
        np.copyto(nearest, near, where=cover > 0.5)

    def finished(self) -> np.ndarray:
        """(H, W, 4) float32."""
        cover = self._cover[..., None]
        colours = np.divide(self._colours, cover, out=np.zeros_like(self._colours), where=cover > 0.0)
        return np.clip(np.concatenate((colours, cover), axis=-1), 0.0, 1.0).astype(np.float32)
