"""The figure of `body/figure.py` in motion, for pictures that need no Blender: coarse enough to be painted by faces.

Metres, Y up, facing +Z, the character's left is +X.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..body.figure import make_figure
from ..body.kinematics import forward_kinematics, unit_vectors
from ..body.loft import BODY as BODY_MATERIAL
from ..body.loft import COARSE, HAND, JOINT
from ..body.motion import Skeleton
from ..body.rotations import axis_angle_to_matrix
from ..body.skeleton import BODY, BODY_HANDS, FINGERS, SIDES
from ..errors import MotionError

_COLOURS = {BODY_MATERIAL: (240, 216, 186), JOINT: (158, 120, 92), HAND: (255, 233, 208)}
"""Hands are a little lighter than the body, so that they are seen in front of it."""

_RELAXED_CURL = 0.32
"""Radians that each finger joint bends where the motion has no fingers."""


@dataclass(frozen=True)
class Mesh:
    """faces: (F, 4) vertex numbers, a triangle's last one twice. colours: (F, 3) 0..1."""

    faces: np.ndarray
    colours: np.ndarray


class Mannequin:
    """The figure for a skeleton with the 22 body joints, with or without fingers, jaw and eyes.

    Raises MotionError for a skeleton that lacks one of them.
    """

    def __init__(self, skeleton: Skeleton) -> None:
        missing = [name for name in BODY.names if name not in skeleton.names]
        if missing:
            raise MotionError(f"the skeleton has no joint '{missing[0]}'", "draw motions of the SMPL-X body joints")
        self.skeleton = skeleton
        figure = make_figure(BODY_HANDS.rest_places, COARSE)
        faces = np.array([(*face, face[-1])[:4] for face in figure.faces])
        colours = np.array([_COLOURS[material] for material in figure.materials.tolist()], np.float32) / 255
        self.mesh = Mesh(faces, colours)
        # For each joint the vertices that follow it, from the joint, and how much they do.
        self._bound = []
        for joint, weights in figure.weights.items():
            moved = np.flatnonzero(weights)
            from_joint = (figure.vertices[moved] - BODY_HANDS.rest_places[joint]).astype(np.float32)
            self._bound.append((joint, moved, from_joint, weights[moved, None].astype(np.float32)))
        self._count = len(figure.vertices)
        self._rest = _Rest(skeleton.rest_positions[None], skeleton, None)

    def place(self, positions: np.ndarray, rotations: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Vertices (B, V, 3) and outward normals of faces (B, F, 3), float32, for positions (B, J, 3).

        rotations: (B, J, 3, 3), global. Positions alone do not say how the head is turned nor, without fingers, the
        hands: then the head faces where the chest does, and hands lie as hands mostly do.
        """
        pose = _Pose(positions, self.skeleton, rotations, self._rest)
        vertices = np.zeros((len(positions), self._count, 3), np.float32)
        for joint, moved, from_joint, weights in self._bound:
            turned = from_joint @ np.swapaxes(pose.turn(joint), -1, -2).astype(np.float32)
            vertices[:, moved] += weights * (turned + pose.at[joint][:, None].astype(np.float32))
        a, b, c, d = (vertices[:, self.mesh.faces[:, k]] for k in range(4))
        return vertices, unit_vectors(np.cross(c - a, d - b))


class _Pose:
    """Where the joints of a block of frames are, and how they are turned; fingers are made up where there are none."""

    def __init__(
        self, positions: np.ndarray, skeleton: Skeleton, rotations: np.ndarray | None, rest: _Pose | None = None
    ) -> None:
        """rest: the rest pose of the skeleton."""
        self._rest = rest
        self.at = {name: positions[:, j] for j, name in enumerate(skeleton.names)}
        self._turns: dict[str, np.ndarray] = {}
        if rotations is not None:
            self._turns = {name: rotations[:, j] for j, name in enumerate(skeleton.names)}
        if "left_index1" not in self.at:
            for side in SIDES:
                hand = self._turns.setdefault(f"{side}_wrist", _bare_hand(side, self))
                for name in (f"{side}_{finger}{k}" for finger in FINGERS for k in (1, 2, 3)):
                    offset, turn = _RELAXED[name]
                    self.at[name] = self.at[f"{side}_wrist"] + hand @ offset
                    self._turns[name] = hand @ turn

    def turn(self, joint: str) -> np.ndarray:
        """(B, 3, 3) global rotation of a joint: as given, or as the joints around it lie against the rest pose."""
        if joint not in self._turns:
            frames = _frames(joint, self)
            self._turns[joint] = frames if self._rest is None else frames @ np.linalg.inv(_frames(joint, self._rest))
        return self._turns[joint]


class _Rest(_Pose):
    """The rest pose, which turns are measured against."""

    def turn(self, joint: str) -> np.ndarray:
        """No rotation."""
        return np.eye(3)[None]


def _frames(joint: str, pose: _Pose) -> np.ndarray:
    """Axes (B, 3, 3) that the positions of the joints around this one show; of the same make in every pose."""
    at = pose.at
    side, _, part = joint.rpartition("_")
    if joint == "pelvis":
        return _axes(at["left_hip"] - at["right_hip"], at["spine1"] - at["pelvis"])
    if joint == "spine3":
        return _axes(at["left_collar"] - at["right_collar"], at["neck"] - at["spine3"])
    if joint in ("spine1", "spine2"):
        across = pose.turn("pelvis")[:, :, 0] + pose.turn("spine3")[:, :, 0]
        return _axes(across, at["spine2" if joint == "spine1" else "spine3"] - at[joint])
    if joint == "neck":
        return _along(at["head"] - at["neck"], pose.turn("spine3")[:, :, 2])
    if joint == "head" and "left_eye_smplhf" in at:
        across = at["left_eye_smplhf"] - at["right_eye_smplhf"]
        eyes = 0.5 * (at["left_eye_smplhf"] + at["right_eye_smplhf"])
        return _axes(across, np.cross(eyes - at["head"], across))
    if joint == "head":
        return _axes(pose.turn("spine3")[:, :, 0], at["head"] - at["neck"])
    if part in ("ankle", "foot"):
        ankle = at[f"{side}_ankle"]
        return _axes(at[f"{side}_knee"] - ankle, at[f"{side}_foot"] - ankle)
    return _limb_frames(side, part, pose)


_NEXT = {"collar": "shoulder", "shoulder": "elbow", "elbow": "wrist", "hip": "knee", "knee": "ankle"}


def _limb_frames(side: str, part: str, pose: _Pose) -> np.ndarray:
    """Of a joint of an arm, a leg or a hand: the bone after it, and a direction that this bone seldom has."""
    at, joint = pose.at, f"{side}_{part}"
    if part in ("hip", "knee"):
        return _along(at[f"{side}_{_NEXT[part]}"] - at[joint], pose.turn("pelvis")[:, :, 2])
    if part in _NEXT:
        aside = np.array((0.0, 1.0, 0.0) if part == "collar" else (0.3, 0.6, -0.7))
        return _along(at[f"{side}_{_NEXT[part]}"] - at[joint], pose.turn("spine3") @ aside)
    to_thumb = at[f"{side}_index1"] - at[f"{side}_pinky1"]
    if part == "wrist":
        return _along(at[f"{side}_middle1"] - at[joint], to_thumb)
    # Positions do not say how a finger's last joint is bent: it goes on as the bone before it.
    finger, k = part[:-1], min(int(part[-1]), 2)
    return _along(at[f"{side}_{finger}{k + 1}"] - at[f"{side}_{finger}{k}"], to_thumb)


def _bare_hand(side: str, pose: _Pose) -> np.ndarray:
    """(B, 3, 3) how a hand without fingers is turned: as hands mostly are, the thumb up and to the front."""
    sign = 1.0 if side == "left" else -1.0
    forearm = sign * (pose.at[f"{side}_wrist"] - pose.at[f"{side}_elbow"])
    return _axes(forearm, np.cross(pose.turn("spine3") @ np.array((-0.35 * sign, 0.5, 1.0)), forearm))


def _axes(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(..., 3, 3) rotation whose columns are x as nearly as y allows, y, and their cross product."""
    y = unit_vectors(y)
    z = unit_vectors(np.cross(x, y))
    return np.stack((np.cross(y, z), y, z), axis=-1)


def _along(bone: np.ndarray, front: np.ndarray) -> np.ndarray:
    """(..., 3, 3) whose columns are the side, the bone with its length (the shape stretches with it), and the front."""
    y = unit_vectors(bone)
    x = unit_vectors(np.cross(y, front))
    return np.stack((x, bone, np.cross(x, y)), axis=-1)


def _relaxed() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Where finger joints are from the wrist, and how they are turned, in its axes: a little bent."""
    turns = np.zeros((len(BODY_HANDS), 3))
    for joint, name in enumerate(BODY_HANDS.names[len(BODY) :], start=len(BODY)):
        axis, bend = (1, 0.15) if "thumb" in name else (2, -_RELAXED_CURL)
        turns[joint, axis] = bend if name.startswith("left") else -bend
    positions, globals_ = forward_kinematics(axis_angle_to_matrix(turns), BODY_HANDS)
    wrists = {side: positions[BODY_HANDS.index(f"{side}_wrist")] for side in SIDES}
    return {
        name: (positions[joint] - wrists[name.partition("_")[0]], globals_[joint])
        for joint, name in enumerate(BODY_HANDS.names)
        if joint >= len(BODY)
    }


_RELAXED = _relaxed()
