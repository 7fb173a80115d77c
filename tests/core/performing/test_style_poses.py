"""Pictures of styles: the poses of each are its own, and say what its name says."""

from __future__ import annotations

import numpy as np
import pytest

from a2g_core.body.kinematics import joint_positions
from a2g_core.body.motion import Motion
from a2g_core.body.picture import POSES
from a2g_core.performing.generate import generate
from a2g_core.performing.request import Request
from a2g_core.performing.style_poses import style_poses

HANDS = ("left_wrist", "right_wrist", "left_elbow", "right_elbow")


@pytest.fixture(scope="module")
def poses(product) -> dict[str, Motion]:
    return style_poses(product)


def places(motion: Motion, names=HANDS) -> np.ndarray:
    return joint_positions(motion)[:, [motion.skeleton.index(name) for name in names]]


def test_every_style_has_its_poses_and_always_the_same(product, poses):
    assert tuple(poses) == product.styles
    assert {len(motion) for motion in poses.values()} == {POSES}
    for style, again in style_poses(product).items():
        np.testing.assert_array_equal(again.quaternions, poses[style].quaternions)


def test_each_pose_is_more_its_styles_than_anothers(product, poses, heard):
    """In another speech hands and elbows are near to it more often in that style than by chance: styles overlap."""
    performed = {
        style: np.concatenate([places(generate(heard, product, Request(style=style, seed=k))) for k in (7, 8, 9)])
        for style in product.styles
    }
    told = 0
    for style, motion in poses.items():
        for pose in places(motion):
            near = {
                other: np.sort(np.linalg.norm(there - pose, axis=-1).sum(axis=-1))[:60].mean()
                for other, there in performed.items()
            }
            told += min(near, key=near.__getitem__) == style
    assert told >= 2.5 * POSES, f"{told} of {POSES * len(poses)}; by chance it would be {POSES}"


def test_hands_on_hips_has_its_hands_on_its_hips(poses):
    away = {
        style: min(
            np.linalg.norm(places(motion, (f"{side}_wrist",)) - places(motion, (f"{side}_hip",)), axis=-1).min()
            for side in ("left", "right")
        )
        for style, motion in poses.items()
    }
    both = places(poses["Hands on Hips"], ("left_wrist", "right_wrist", "left_hip", "right_hip"))
    assert np.linalg.norm(both[:, :2] - both[:, 2:], axis=-1).max(axis=1).min() < 0.25, away


def test_poses_of_one_picture_differ(poses):
    for motion in poses.values():
        shown = places(motion).reshape(len(motion), -1)
        for k in range(len(shown)):
            for j in range(k):
                assert np.linalg.norm(shown[k] - shown[j]) > 0.25
