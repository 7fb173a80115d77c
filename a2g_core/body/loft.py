"""Lofting: closed surfaces through rings, and the mesh bound to joints that they add up to. See `figure.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .resample import eased
from .rest import Places

BODY, JOINT, HAND = 0, 1, 2
"""Materials: of segments, of what lies between them, and of the segments of hands."""

_CAP_RINGS = 5
"""Rings of a rounded end, at the finest."""

UP, FRONT = np.array((0.0, 1.0, 0.0)), np.array((0.0, 0.0, 1.0))

Profile = Sequence[tuple[float, float, float, float, float]]
"""Stations along a segment: place (0 = its joint, 1 = the next), half sizes to the side, to the front and to the back,
and how far the middle is moved to the front."""

Table = Sequence[tuple[float, float, float, float]]
"""Rings around the Y axis: height, half width, and how far they reach to the front and to the back."""


@dataclass(frozen=True)
class Detail:
    """How finely the shapes are made.

    body, hands: number of rings and of their vertices, against the finest. has_knuckles: whether the bones of the
    fingers have balls between them.
    """

    body: float
    hands: float
    has_knuckles: bool

    def count(self, finest: int, material: int = BODY) -> int:
        """A number of rings or of vertices, from that of the finest detail."""
        return max(2, round(finest * (self.hands if material == HAND else self.body)))


FINE = Detail(1.0, 1.0, True)
COARSE = Detail(0.65, 0.4, False)


@dataclass(frozen=True)
class Figure:
    """A mesh whose vertices follow joints.

    vertices: (V, 3) float64, in the rest pose. faces: vertex indices of triangles and quads, counter-clockwise seen
    from outside. materials: (F,) of BODY, JOINT and HAND. weights: by joint, (V,) how much each vertex follows it; the
    weights of a vertex add up to 1.
    """

    vertices: np.ndarray
    faces: tuple[tuple[int, ...], ...]
    materials: np.ndarray
    weights: Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Segment:
    """A tube from a joint to a place, that follows the joint.

    start: where it begins instead of at its joint. front: the direction that its profile calls front. before, after:
    joints that it follows within `blend_m` of its ends, where given. cap: how far the start is rounded out, in its own
    thicknesses; the end always by 0.6.
    """

    joint: str
    end: np.ndarray
    profile: Profile
    start: np.ndarray | None = None
    front: np.ndarray = field(default_factory=FRONT.copy)
    before: str = ""
    after: str = ""
    blend_m: float = 0.012
    material: int = BODY
    squareness: float = 2.0
    around: int = 22
    rows: int = 9
    cap: float = 0.6


class Builder:
    """The mesh while it grows, shape by shape."""

    def __init__(self, places: Places, scale: float, detail: Detail) -> None:
        self.places, self.scale, self.detail = places, scale, detail
        self._vertices: list[np.ndarray] = []
        self._faces: list[tuple[int, ...]] = []
        self._materials: list[int] = []
        self._weights: dict[str, list[tuple[int, np.ndarray]]] = {}
        self._count = 0

    def surface(self, rings: np.ndarray, weights: dict[str, np.ndarray], material: int) -> None:
        """A closed surface through rings (R, N, 3); weights: by joint, (R,)."""
        count, around = rings.shape[:2]
        poles = count * around
        vertices = np.concatenate((rings.reshape(-1, 3), rings[:1].mean(1), rings[-1:].mean(1)))
        index = np.arange(poles).reshape(count, around)
        ahead = np.roll(index, -1, axis=1)
        quads = np.stack((index[:-1], ahead[:-1], ahead[1:], index[1:]), axis=-1).reshape(-1, 4)
        bottom = np.stack((np.full(around, poles), ahead[0], index[0]), axis=-1)
        top = np.stack((np.full(around, poles + 1), index[-1], ahead[-1]), axis=-1)
        if _volume(vertices, quads) < 0:
            quads, bottom, top = quads[:, ::-1], bottom[:, ::-1], top[:, ::-1]
        faces = [tuple(face) for part in (quads, bottom, top) for face in (part + self._count).tolist()]
        self._faces += faces
        self._materials += [material] * len(faces)
        for joint, weight in weights.items():
            full = np.concatenate((np.repeat(weight, around), weight[[0, -1]]))
            self._weights.setdefault(joint, []).append((self._count, full))
        self._vertices.append(vertices)
        self._count += len(vertices)

    def segment(self, segment: Segment) -> None:
        """A tube between two joints."""
        start = self.places[segment.joint] if segment.start is None else segment.start
        rings, along = self._tube(start, segment)
        length, reach = float(np.linalg.norm(segment.end - start)), segment.blend_m * self.scale
        weights = {segment.joint: np.ones_like(along)}
        for joint, distance in ((segment.before, along), (segment.after, length - along)):
            if joint:
                weights[joint] = eased((reach - distance) / (2 * reach))
                weights[segment.joint] = weights[segment.joint] - weights[joint]
        self.surface(rings, weights, segment.material)

    def ball(self, joint: str, radius_m: float, around: int = 20) -> None:
        """A ball around a joint."""
        around = self.detail.count(around)
        tilt = np.linspace(0.03, np.pi - 0.03, max(4, around // 2))
        angle = np.linspace(0.0, 2.0 * np.pi, around, endpoint=False)
        circle = np.stack((np.cos(angle), np.zeros(around), np.sin(angle)), axis=-1)
        unit = np.sin(tilt)[:, None, None] * circle - np.cos(tilt)[:, None, None] * UP
        self.surface(self.places[joint] + radius_m * self.scale * unit, {joint: np.ones(len(tilt))}, JOINT)

    def stations(
        self, profile: Sequence[Sequence[float]], rows: int, caps: tuple[float, float], material: int = BODY
    ) -> tuple[np.ndarray, np.ndarray]:
        """Rings along a profile with rounded ends: (values (R, C) at each ring, how much of its size it keeps (R,)).

        caps: length of the rounded end at the start and at the end, in the unit of the profile's first column, which is
        the ring's place here too.
        """
        table = np.asarray(profile)
        inside = np.linspace(table[0, 0], table[-1, 0], self.detail.count(rows, material))
        bend = np.linspace(0.0, 0.5 * np.pi, self.detail.count(_CAP_RINGS, material) + 1)[1:]
        place = np.concatenate((inside[0] - caps[0] * np.sin(bend)[::-1], inside, inside[-1] + caps[1] * np.sin(bend)))
        keep = np.concatenate((np.cos(bend)[::-1], np.ones(len(inside)), np.cos(bend)))
        values = _spline(table, np.clip(place, inside[0], inside[-1]))
        return np.column_stack((place, values)), np.maximum(keep, 0.02)

    def _tube(self, start: np.ndarray, segment: Segment) -> tuple[np.ndarray, np.ndarray]:
        """A segment's rings (R, N, 3), and each ring's distance from the start (R,), metres."""
        profile, scale = segment.profile, self.scale
        length = float(np.linalg.norm(segment.end - start))
        axis = (segment.end - start) / length
        front = segment.front - axis * (segment.front @ axis)
        front /= np.linalg.norm(front)
        side = np.cross(axis, front)
        caps = (segment.cap * profile[0][1] * scale / length, 0.6 * profile[-1][1] * scale / length)
        table, keep = self.stations(profile, segment.rows, caps, segment.material)
        place, half_side, ahead, behind, shift = table.T
        c, s = ring(self.detail.count(segment.around, segment.material), segment.squareness)
        depth = np.where(s[None] > 0, ahead[:, None], behind[:, None]) * s * keep[:, None] + shift[:, None]
        width = half_side[:, None] * c * keep[:, None]
        middle = start + (place * length)[:, None] * axis
        return middle[:, None] + scale * (width[..., None] * side + depth[..., None] * front), place * length

    def finish(self) -> Figure:
        """The whole mesh."""
        weights = {}
        for joint, runs in self._weights.items():
            weights[joint] = np.zeros(self._count)
            for first, values in runs:
                weights[joint][first : first + len(values)] = values
        return Figure(np.concatenate(self._vertices), tuple(self._faces), np.array(self._materials), weights)


def _spline(stations: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Cubic Hermite through stations (S, 1 + C), first column ascending, at `at` (R,): (R, C)."""
    x, y = stations[:, 0], stations[:, 1:]
    slope = np.gradient(y, x, axis=0)
    k = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
    width = (x[k + 1] - x[k])[:, None]
    u = ((at - x[k])[:, None]) / width
    a, b, da, db = y[k], y[k + 1], slope[k] * width, slope[k + 1] * width
    return (2 * a + da - 2 * b + db) * u**3 + (-3 * a - 2 * da + 3 * b - db) * u**2 + da * u + a


def ring(around: int, squareness: float) -> tuple[np.ndarray, np.ndarray]:
    """Cosine and sine of a superellipse; squareness 2 is an ellipse, more is boxier."""
    angle = np.linspace(0.0, 2.0 * np.pi, around, endpoint=False)
    c, s = np.cos(angle), np.sin(angle)
    return np.sign(c) * np.abs(c) ** (2.0 / squareness), np.sign(s) * np.abs(s) ** (2.0 / squareness)


def _volume(vertices: np.ndarray, quads: np.ndarray) -> float:
    """Six times the volume inside a surface's quads, negative if they are clockwise seen from outside."""
    a, b, c, d = (vertices[quads[:, k]] - vertices.mean(axis=0) for k in range(4))
    return float(np.sum(np.cross(a, b) * c) + np.sum(np.cross(a, c) * d))
