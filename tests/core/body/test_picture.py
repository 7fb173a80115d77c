"""Small pictures: what they show is where the joints are, and what is nearer hides what is behind it."""

from __future__ import annotations

import numpy as np
import pytest

from a2g_core.body import picture
from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion
from a2g_core.body.skeleton import BODY_PARTS, PELVIS_HEIGHT_M, SIDES, SMPLX

SMALL = ("jaw", "left_eye_smplhf", "right_eye_smplhf")
SEEN_FROM_DEG = -18.0
SKY_M = 1.95  # the picture shows 1.98 m from 3 cm below the floor


def motion(*poses: dict[str, tuple[float, float, float]]) -> Motion:
    """Frames in which these joints are turned so, by axis times angle, and the others rest."""
    quaternions = np.zeros((len(poses), len(SMPLX), 4), np.float32)
    quaternions[..., 0] = 1.0
    for frame, pose in enumerate(poses):
        for joint, turn in pose.items():
            quaternions[frame, SMPLX.index(joint)] = axis_angle_to_quaternion(np.array(turn))
    return Motion(quaternions, np.zeros((len(poses), 3), np.float32), 30.0, SMPLX)


HANGING = {"left_shoulder": (0.0, 0.0, -1.3), "right_shoulder": (0.0, 0.0, 1.3)}
FORWARD = {"left_shoulder": (0.0, -1.5, 0.0), "right_shoulder": (0.0, 1.5, 0.0)}


def pixels(positions: np.ndarray, middle_x: float, height: int) -> np.ndarray:
    """Where places (J, 3) are in the picture, (J, 2) column and row, as a camera far away sees them."""
    angle = np.radians(SEEN_FROM_DEG)
    across = positions[:, 0] * np.cos(angle) - positions[:, 2] * np.sin(angle)
    scale = height / 1.98
    return np.stack((middle_x + scale * across, scale * (SKY_M - PELVIS_HEIGHT_M - positions[:, 1])), axis=-1)


def test_every_joint_is_covered_and_nothing_far_from_them():
    poses = motion(HANGING, FORWARD, {**HANGING, "left_elbow": (0.0, -1.6, 0.0), "right_hip": (-0.5, 0.0, 0.0)})
    drawn = picture.draw(poses, (600, 200))
    assert drawn.shape == (200, 600, 4) and drawn.dtype == np.float32
    assert drawn.min() >= 0.0 and drawn.max() <= 1.0
    rows, columns = np.mgrid[:200, :600] + 0.5
    nearest = np.full((200, 600), np.inf)
    for k, places in enumerate(joint_positions(poses)):
        body = [j for j, name in enumerate(SMPLX.names) if name not in SMALL]
        at = pixels(places[body], (k + 0.5) * 200, 200)
        for (x, y), name in zip(at, (SMPLX.names[j] for j in body), strict=True):
            assert drawn[int(y), int(x), 3] > 0.5, (k, name)
            nearest = np.minimum(nearest, np.hypot(columns - x, rows - y))
    far = nearest > 0.32 * 200 / 1.98  # longer than half a thigh with its thickness
    assert far.any() and drawn[far, 3].max() == 0.0


def test_what_is_nearer_hides_what_is_behind():
    """Hands have a colour of their own: before the chest they are seen, behind the back they are not."""
    turned = {"left_shoulder": (0.0, -1.5, 0.0), "left_elbow": (0.0, -1.5, 0.0)}
    before = motion({**HANGING, **turned})
    behind = motion({**HANGING, "left_shoulder": (0.0, 1.2, 0.0), "left_elbow": (0.0, 1.6, 0.0)})
    found = []
    for poses in (before, behind):
        drawn = picture.draw(poses, (400, 400))
        x, y = pixels(joint_positions(poses)[0], 200.0, 400)[SMPLX.index("left_middle1")].astype(int)
        red, _green, blue, cover = drawn[y, x]
        assert cover == 1.0
        found.append(float(blue / red))
    assert found[0] > 0.79 > 0.77 > found[1]


def test_the_frames_that_tell_are_those_with_gestures():
    quiet = [HANGING] * 8
    frames = picture.telling_frames(motion(*quiet, FORWARD, *quiet, *quiet, {**HANGING, **FORWARD}, *quiet))
    assert {8, 25} <= set(frames) and len(frames) == picture.POSES


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_short_motion_has_fewer_poses(length):
    assert picture.telling_frames(motion(*[HANGING] * length)) == list(range(length))
    assert picture.draw(motion(*[HANGING] * length)).shape == (picture.SIZE[1], picture.SIZE[0], 4)


def test_two_takes_that_differ_in_their_arms_alone_have_different_pictures():
    names = [*BODY_PARTS["ARMS"], *BODY_PARTS["HANDS"]]
    assert all(name.startswith(SIDES) for name in names)
    first, second = (picture.draw(motion(pose)) for pose in (HANGING, {**HANGING, "left_elbow": (0.0, -1.0, 0.0)}))
    assert (np.abs(first - second).max(axis=-1) > 0.2).sum() > 50
