"""The figure in motion: that it goes with the joints, with and without their rotations."""

import numpy as np
import pytest

from a2g_core.body.kinematics import forward_kinematics
from a2g_core.body.rotations import axis_angle_to_matrix
from a2g_core.body.skeleton import BODY, BODY_HANDS, JOINT_SETS, SMPLX
from a2g_core.evaluation.mannequin import Mannequin


def posed(skeleton, **turned) -> tuple[np.ndarray, np.ndarray]:
    """One frame of joints turned by axis angles: positions (1, J, 3) and global rotations."""
    pose = np.zeros((1, len(skeleton), 3))
    for name, angle in turned.items():
        pose[:, skeleton.index(name)] = angle
    return forward_kinematics(axis_angle_to_matrix(pose), skeleton)


@pytest.mark.parametrize("skeleton", [BODY_HANDS, SMPLX], ids=len)
def test_positions_tell_the_same_as_rotations_at_rest(skeleton):
    positions, rotations = posed(skeleton)
    figure = Mannequin(skeleton)
    given, normals = figure.place(positions, rotations)
    told, _ = figure.place(positions)
    np.testing.assert_allclose(told, given, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(normals, axis=-1), 1, atol=1e-3)


def test_positions_tell_how_limbs_and_trunk_are_turned():
    """But for the turn of a limb about itself, which round shapes hide."""
    bent = {"pelvis": (0, 0.5, 0), "spine2": (0.3, 0, 0), "left_shoulder": (0, 0, -1.2), "left_elbow": (0, -1.5, 0),
            "right_hip": (-0.6, 0, 0), "right_knee": (0.9, 0, 0), "left_index1": (0, 0, -0.8)}  # fmt: skip
    positions, rotations = posed(BODY_HANDS, **bent)
    figure = Mannequin(BODY_HANDS)
    given, told = figure.place(positions, rotations)[0], figure.place(positions)[0]
    assert np.linalg.norm(given - told, axis=-1).max() < 0.06  # less than an arm is thick
    assert np.linalg.norm(given - figure.place(*posed(BODY_HANDS))[0], axis=-1).max() > 0.5


@pytest.mark.parametrize("skeleton", JOINT_SETS.values(), ids=len)
def test_shapes_go_rigidly_with_their_joint(skeleton):
    figure = Mannequin(skeleton)
    rest = figure.place(*posed(skeleton))[0][0]
    positions, rotations = posed(skeleton, head=(0, 0.7, 0), left_wrist=(0.4, 0, 0))
    moved = figure.place(positions, rotations)[0][0]
    still = np.isclose(moved, rest, atol=1e-5).all(-1)
    assert 0.4 < still.mean() < 0.95
    top = rest[:, 1].argmax()
    at = skeleton.rest_places["head"]
    np.testing.assert_allclose(moved[top], rotations[0, skeleton.index("head")] @ (rest[top] - at) + at, atol=1e-5)


def test_a_bone_that_is_longer_has_a_longer_shape():
    positions, _ = posed(BODY)
    longer = positions.copy()
    for joint in ("left_ankle", "left_foot"):
        longer[:, BODY.index(joint), 1] -= 0.1
    figure = Mannequin(BODY)
    before, after = figure.place(positions)[0][0], figure.place(longer)[0][0]
    knee, ankle = BODY.rest_places["left_knee"][1], BODY.rest_places["left_ankle"][1]
    part = (knee - before[:, 1]) / (knee - ankle)
    shin = (before[:, 0] > 0) & (part > 0.2) & (part < 0.8)
    np.testing.assert_allclose((before - after)[shin, 1], 0.1 * part[shin], atol=3e-3)
