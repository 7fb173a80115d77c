"""How deep hands are in the mannequin's own body: counted on its mesh, by vertices and triangles, and by no capsule."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy.spatial import cKDTree

from a2g_core.body.figure import make_figure
from a2g_core.body.kinematics import forward_kinematics
from a2g_core.body.loft import FINE, HAND
from a2g_core.body.motion import Motion
from a2g_core.body.rotations import quaternion_to_matrix
from a2g_core.body.skeleton import BODY_HANDS, SIDES

BODY_JOINTS = ("pelvis", "spine1", "spine2", "spine3", "head", "left_hip", "right_hip")


class MeshBody:
    """The mannequin's trunk, head and thighs as closed surfaces, and the vertices of its hands."""

    def __init__(self) -> None:
        figure = make_figure(BODY_HANDS.rest_places, FINE)
        joints = list(figure.weights)
        weights = np.array([figure.weights[joint] for joint in joints])
        owner = np.array([BODY_HANDS.index(joint) for joint in joints])[weights.argmax(axis=0)]
        names = np.array(BODY_HANDS.names)[owner]
        self._figure = figure
        self.surfaces = []
        for faces in _shapes(figure.faces):
            used = np.unique(faces)
            if set(names[used]) <= set(BODY_JOINTS):
                self.surfaces.append((used, np.searchsorted(used, faces)))
        in_hand = np.zeros(len(names), bool)
        for face, material in zip(figure.faces, figure.materials):
            in_hand[list(face)] |= material == HAND
        for shape in _shapes(figure.faces):
            used = np.unique(shape)
            in_hand[used] |= all(any(f in name for f in ("thumb", "index", "middle", "ring", "pinky"))
                                 for name in names[used])
        self.hands = [np.flatnonzero(in_hand & np.char.startswith(names, side)) for side in SIDES]
        self.names = names

    def vertices(self, motion: Motion) -> np.ndarray:
        """(T, V, 3)."""
        local = np.tile(np.eye(3), (len(motion), len(BODY_HANDS), 1, 1))
        for k, name in enumerate(BODY_HANDS.names):
            if name in motion.skeleton.names:
                local[:, k] = quaternion_to_matrix(motion.quaternions[:, motion.skeleton.index(name)].astype(float))
        places, turns = forward_kinematics(local, BODY_HANDS)
        out = np.zeros((len(motion), len(self._figure.vertices), 3))
        for joint, weights in self._figure.weights.items():
            moved, k = np.flatnonzero(weights), BODY_HANDS.index(joint)
            rest = self._figure.vertices[moved] - BODY_HANDS.rest_places[joint]
            out[:, moved] += weights[moved, None] * (rest @ turns[:, k].swapaxes(1, 2) + places[:, k, None])
        return out

    def depths_m(self, motion: Motion) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(T,) deepest; (T,) vertex of the hand; (T,) number of the surface."""
        out, which, where = np.zeros(len(motion)), np.zeros(len(motion), int), np.zeros(len(motion), int)
        hand = np.concatenate(self.hands)
        for start in range(0, len(motion), 64):
            vertices = self.vertices(motion.slice(start, min(start + 64, len(motion))))
            for t, posed in enumerate(vertices, start):
                points = posed[hand]
                for s, (used, triangles) in enumerate(self.surfaces):
                    surface = posed[used]
                    (near,) = np.nonzero(((points > surface.min(axis=0)) & (points < surface.max(axis=0))).all(axis=1))
                    if not len(near):
                        continue
                    corners = surface[triangles]
                    nearest = cKDTree(surface).query(points[near])[1]
                    below = -((points[near] - surface[nearest]) * _normals(surface, triangles)[nearest]).sum(axis=1)
                    near = near[np.argsort(below)[-4:]][np.sort(below)[-4:] > 0]
                    near = near[_inside(points[near], corners)]
                    if len(near):
                        depth = _distance(points[near], corners)
                        if depth.max() > out[t]:
                            out[t], which[t], where[t] = depth.max(), hand[near[depth.argmax()]], s
        return out, which, where


def _shapes(faces) -> list[np.ndarray]:
    """Triangles (F, 3) of each closed surface: those that share vertices, one after another in the figure."""
    triangles = np.array([(f[0], f[k], f[k + 1]) for f in faces for k in range(1, len(f) - 1)])
    parent = np.arange(triangles.max() + 1)
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]]])
    n = len(parent)
    _, label = connected_components(coo_array((np.ones(len(edges)), edges.T), (n, n)), directed=False)
    of = label[triangles[:, 0]]
    return [triangles[of == k] for k in np.unique(of)]


def _normals(surface, triangles):
    """Of vertices, (V, 3), outwards."""
    a, b, c = (surface[triangles[:, k]] for k in range(3))
    face, out = np.cross(b - a, c - a), np.zeros_like(surface)
    for k in range(3):
        np.add.at(out, triangles[:, k], face)
    return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)


def _inside(points, corners):
    """By the solid angle of the surface."""
    a, b, c = (corners[None, :, k] - points[:, None] for k in range(3))
    la, lb, lc = (np.linalg.norm(v, axis=-1) for v in (a, b, c))
    top = np.einsum("pfi,pfi->pf", a, np.cross(b, c))
    under = la * lb * lc + (a * b).sum(-1) * lc + (b * c).sum(-1) * la + (c * a).sum(-1) * lb
    return 2 * np.arctan2(top, under).sum(axis=1) > 2 * np.pi


def _distance(points, corners):
    """To the nearest triangle (P,)."""
    a, b, c = (corners[None, :, k] for k in range(3))
    p = points[:, None]
    ab, ac, ap = b - a, c - a, p - a
    n = np.cross(ab, ac)
    nn = np.maximum((n * n).sum(-1), 1e-18)
    u = (np.cross(ap, ac) * n).sum(-1) / nn
    v = (np.cross(ab, ap) * n).sum(-1) / nn
    plane = np.abs((ap * n).sum(-1)) / np.sqrt(nn)
    best = np.where((u >= 0) & (v >= 0) & (u + v <= 1), plane, np.inf)
    for one, other in ((a, b), (b, c), (c, a)):
        way = other - one
        part = np.clip(((p - one) * way).sum(-1) / np.maximum((way * way).sum(-1), 1e-18), 0, 1)
        best = np.minimum(best, np.linalg.norm(p - one - part[..., None] * way, axis=-1))
    return best.min(axis=1)
