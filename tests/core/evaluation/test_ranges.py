import numpy as np
import pytest

from a2g_core.body.rotations import axis_angle_to_quaternion, multiply_quaternions
from a2g_core.body.skeleton import BODY, BODY_HANDS
from a2g_core.evaluation.ranges import HUMAN_DEG, MARGIN_DEG, outside_share


def standing(n: int = 10, skeleton=BODY, **turned) -> np.ndarray:
    """Arms hanging, (T, J, 4), and some joints turned in the last frame alone: name=(degrees about x, y, z)."""
    pose = np.zeros((n, len(skeleton), 3))
    pose[:, skeleton.index("left_shoulder"), 2], pose[:, skeleton.index("right_shoulder"), 2] = -60, 60
    for name, degrees in turned.items():
        pose[-1, skeleton.index(name)] = degrees
    return axis_angle_to_quaternion(np.radians(pose))


def test_a_person_who_stands_or_bends_an_arm_is_within():
    assert outside_share(standing(), BODY) == 0
    assert outside_share(standing(left_elbow=(0, -120, 0), right_elbow=(0, 120, 0), head=(10, 20, 5)), BODY) == 0
    assert outside_share(standing(left_knee=(40, 0, 0)), BODY) == 0
    fingers = np.concatenate([standing(), np.tile(axis_angle_to_quaternion(np.array([3.0, 0, 0])), (10, 30, 1))], 1)
    assert outside_share(fingers, BODY_HANDS) == 0  # nothing is known of them


@pytest.mark.parametrize("side, sign", [("left", 1), ("right", -1)])
def test_one_frame_of_a_broken_joint_is_counted_whichever_the_side(side, sign):
    for joint, degrees in {
        "elbow": (0, 25, 0), "knee": (-20, 0, 0), "shoulder": (0, 0, 40), "wrist": (150, 0, 0), "foot": (30, 0, 0),
    }.items():  # fmt: skip
        x, y, z = degrees
        broken = standing(**{f"{side}_{joint}": (x, sign * y, sign * z)})
        assert outside_share(broken, BODY) == pytest.approx(0.1), joint


def test_an_elbow_that_bends_backwards_within_its_twist_is_found():
    """The forearm 30 degrees behind the upper arm's line, turned about itself: its rotation vector alone may pass."""
    twist = axis_angle_to_quaternion(np.radians([60.0, 0, 0]))
    quaternions = standing()
    backwards = axis_angle_to_quaternion(np.radians([0, 30.0, 0]))
    quaternions[:, BODY.index("left_elbow")] = multiply_quaternions(backwards, twist)
    assert outside_share(quaternions, BODY) == 1


def test_ranges_end_where_the_table_and_its_margin_say():
    for name in ("head", "left_wrist"):
        (low, high), *_ = HUMAN_DEG[name]
        for edge, step in ((low - MARGIN_DEG, -1), (high + MARGIN_DEG, 1)):
            assert outside_share(standing(**{name: (edge - 0.1 * step, 0, 0)}), BODY) == 0
            assert outside_share(standing(**{name: (edge + 0.1 * step, 0, 0)}), BODY) == pytest.approx(0.1)


def test_the_sign_of_a_quaternion_says_nothing():
    assert outside_share(-standing(left_elbow=(0, -120, 0)), BODY) == 0
