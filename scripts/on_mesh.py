"""How deep hands are in the mannequin's body, counted on its mesh, by vertices and triangles, and by no capsule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from a2g_core.body.figure import make_figure
from a2g_core.body.kinematics import forward_kinematics
from a2g_core.body.loft import FINE
from a2g_core.body.motion import Motion
from a2g_core.body.rotations import quaternion_to_matrix
from a2g_core.body.skeleton import BODY_HANDS, FINGERS

BODY = {"pelvis", "spine1", "spine2", "spine3", "head", "left_hip", "right_hip"}
"""Shapes that follow none but these are the body, those of the wrists and fingers the hands."""
DEEPEST = 4
"""So many vertices, which seem to be the deepest by the vertex next to them, are measured."""


class MeshBody:
    """The mannequin's trunk, head and thighs as closed surfaces, and its hands as points."""

    def __init__(self) -> None:
        self._figure = make_figure(BODY_HANDS.rest_places, FINE)
        names = np.array(list(self._figure.weights))[np.argmax(list(self._figure.weights.values()), axis=0)]
        self._surfaces, hands = [], []
        for triangles in _shapes(self._figure.faces):
            vertices = np.unique(triangles)
            joints = set(names[vertices])
            if joints <= BODY:
                self._surfaces.append((vertices, np.searchsorted(vertices, triangles)))
            elif all(name.endswith("wrist") or any(finger in name for finger in FINGERS) for name in joints):
                hands.append(vertices)
        self._hands = np.concatenate(hands)[::2]  # a ring has 12 and more

    def depths_m(self, motion: Motion, every: int = 1) -> np.ndarray:
        """How deep the deepest vertex of the hands is, 0 outside, of each so manieth frame of a motion with fingers."""
        return np.array([self._depth_m(posed) for posed in self._posed(motion, every)])

    def _posed(self, motion: Motion, every: int) -> Iterator[np.ndarray]:
        """Vertices (V, 3) of each frame."""
        joints = [motion.skeleton.index(name) for name in BODY_HANDS.names]
        for quaternions in motion.quaternions[::every, joints].astype(np.float64):
            places, turns = forward_kinematics(quaternion_to_matrix(quaternions), BODY_HANDS)
            out = np.zeros(self._figure.vertices.shape)
            for joint, weights in self._figure.weights.items():
                k, moved = BODY_HANDS.index(joint), np.flatnonzero(weights)
                from_joint = self._figure.vertices[moved] - BODY_HANDS.rest_places[joint]
                out[moved] += weights[moved, None] * (from_joint @ turns[k].T + places[k])
            yield out

    def _depth_m(self, posed: np.ndarray) -> float:
        found = 0.0
        for vertices, triangles in self._surfaces:
            surface, points = posed[vertices], posed[self._hands]
            points = points[((points > surface.min(axis=0)) & (points < surface.max(axis=0))).all(axis=1)]
            if not len(points):
                continue
            next_to = KDTree(surface).query(points)[1]
            below = ((surface[next_to] - points) * _normals(surface, triangles)[next_to]).sum(axis=1)
            points = points[np.argsort(below)[-DEEPEST:]]
            points = points[_are_inside(points, surface[triangles])]
            if len(points):
                found = max(found, float(_distances(points, surface[triangles]).max()))
        return found


def _shapes(faces: Sequence[Sequence[int]]) -> list[np.ndarray]:
    """Triangles (F, 3) of each closed surface: those that hang together."""
    triangles = np.array([(face[0], face[k], face[k + 1]) for face in faces for k in range(1, len(face) - 1)])
    edges = np.concatenate([triangles[:, :2], triangles[:, 1:]])
    n = triangles.max() + 1
    _, label = connected_components(coo_array((np.ones(len(edges)), edges.T), (n, n)), directed=False)
    of = label[triangles[:, 0]]
    return [triangles[of == k] for k in np.unique(of)]


def _normals(surface: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """Of vertices, (V, 3), outwards."""
    a, b, c = (surface[triangles[:, k]] for k in range(3))
    out = np.zeros_like(surface)
    for k in range(3):
        np.add.at(out, triangles[:, k], np.cross(b - a, c - a))
    return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)


def _are_inside(points: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """Whether points (P, 3) are inside a closed surface (F, 3, 3): by how much of what they see it fills."""
    a, b, c = (corners[None, :, k] - points[:, None] for k in range(3))
    far = [np.linalg.norm(side, axis=-1) for side in (a, b, c)]
    over = (a * np.cross(b, c)).sum(axis=-1)
    under = far[0] * far[1] * far[2]
    under += (a * b).sum(axis=-1) * far[2] + (b * c).sum(axis=-1) * far[0] + (c * a).sum(axis=-1) * far[1]
    return 2 * np.arctan2(over, under).sum(axis=1) > 2 * np.pi


def _distances(points: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """From points (P, 3) to the nearest triangle of (F, 3, 3): over its inside, or to an edge."""
    a, b, c = (corners[None, :, k] for k in range(3))
    off, normal = points[:, None] - a, np.cross(b - a, c - a)
    square = np.maximum((normal**2).sum(axis=-1), 1e-18)
    u = (np.cross(off, c - a) * normal).sum(axis=-1) / square
    v = (np.cross(b - a, off) * normal).sum(axis=-1) / square
    out = np.abs((off * normal).sum(axis=-1)) / np.sqrt(square)
    out = np.where((u >= 0) & (v >= 0) & (u + v <= 1), out, np.inf)
    for start, end in ((a, b), (b, c), (c, a)):
        along, way = end - start, points[:, None] - start
        part = np.clip((way * along).sum(axis=-1) / np.maximum((along**2).sum(axis=-1), 1e-18), 0, 1)
        out = np.minimum(out, np.linalg.norm(way - part[..., None] * along, axis=-1))
    return out.min(axis=1)
