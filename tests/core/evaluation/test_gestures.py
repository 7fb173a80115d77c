"""What hands do, on motions whose numbers are known."""

import numpy as np
import pytest

from a2g_core.body.motion import Motion
from a2g_core.body.rotations import axis_angle_to_quaternion
from a2g_core.body.skeleton import BODY, BODY_HANDS
from a2g_core.errors import DataError
from a2g_core.evaluation.gestures import (
    NUMBERS,
    depth_in_body_m,
    distinct_gestures,
    measure_hands,
    rest_distances_m,
    strokes,
)
from a2g_core.evaluation.styles import in_minutes

FPS = 30.0


def posed(frames: int, skeleton=BODY_HANDS, **turns: np.ndarray) -> Motion:
    """Arms hang; turns: axis-angle (T, 3) by joint, in place of that."""
    q = np.zeros((frames, len(skeleton), 3), np.float32)
    q[:, skeleton.index("left_shoulder"), 2], q[:, skeleton.index("right_shoulder"), 2] = -1.25, 1.25
    for joint, turn in turns.items():
        q[:, skeleton.index(joint)] = turn
    return Motion(axis_angle_to_quaternion(q), np.zeros((frames, 3), np.float32), FPS, skeleton)


def raised(frames: int) -> Motion:
    """Both forearms up in front."""
    return posed(frames, left_elbow=[0, -2.0, 0.9], right_elbow=[0, 2.0, -0.9])


def joined(*motions: Motion) -> Motion:
    quaternions = np.concatenate([m.quaternions for m in motions])
    return Motion(quaternions, np.zeros((len(quaternions), 3), np.float32), FPS, motions[0].skeleton)


def test_hands_up_is_a_share_of_time_and_height_is_over_the_pelvis():
    low, high = measure_hands(posed(90)), measure_hands(raised(90))
    assert low["both_hands_up"] == 0 and low["hand_height_95_cm"] < 0
    assert high["both_hands_up"] == 1 and high["hand_height_95_cm"] > 20
    half = measure_hands(joined(posed(90), raised(90)))
    assert half["both_hands_up"] == 0.5
    one = posed(90, left_elbow=[0, -2.0, 0.9])
    assert measure_hands(one)["both_hands_up"] == 0


def test_a_still_body_is_still_and_every_number_is_there():
    numbers = measure_hands(posed(60))
    assert numbers.keys() == NUMBERS.keys()
    assert numbers["wrist_speed_90_m_s"] == numbers["finger_speed_90_deg_s"] == 0
    assert np.isnan(measure_hands(posed(60, BODY))["finger_speed_90_deg_s"])
    with pytest.raises(DataError, match="too short"):
        measure_hands(posed(3))


def test_fingers_that_bend_by_a_known_speed():
    bend = np.zeros((60, 3))
    bend[:, 2] = np.radians(90) * np.arange(60) / FPS  # 90 degrees a second, one joint of thirty
    assert measure_hands(posed(60, left_index1=bend))["finger_speed_90_deg_s"] == pytest.approx(3.0, rel=0.01)


def test_a_take_that_begins_or_ends_with_a_raised_hand_is_found():
    rest, up = posed(120), raised(20)
    numbers = [measure_hands(m) for m in (joined(rest, up, rest), joined(up, rest), joined(rest, up))]
    assert [(n["begins_at_rest"], n["ends_at_rest"]) for n in numbers] == [(1, 1), (0, 1), (1, 0)]
    wrists = np.zeros((100, 2, 3))
    wrists[10:20, 0, 1] = 0.3
    assert rest_distances_m(wrists, FPS)[[0, 15, -1]] == pytest.approx([0, 0.3, 0], abs=0.02)
    wrists[10:90, 0, 1] = 0.3  # held up for longer than down: that is no rest
    assert rest_distances_m(wrists, FPS)[[0, 50, -1]] == pytest.approx([0, 0.3, 0], abs=0.02)
    wrists[:, 0, 1] = 0.3  # never down: then it is
    assert rest_distances_m(wrists, FPS).max() < 0.02


def test_a_hand_in_the_body_is_found_with_and_without_fingers():
    assert depth_in_body_m(posed(5)).max() < 0.01
    for skeleton in (BODY_HANDS, BODY):
        inside = posed(5, skeleton, left_shoulder=[0, 0, -1.85])  # through the thigh
        assert depth_in_body_m(inside).max() > 0.02
    assert measure_hands(inside)["in_body_share"] == 1


def test_strokes_and_distinct_gestures_are_counted():
    def stroke(height: float) -> Motion:
        up = np.zeros((60, 3))
        up[:, 1] = -height * np.exp(-(((np.arange(60) - 30) / 7) ** 2))
        return posed(60, left_elbow=up)

    once = joined(*(stroke(1.2 + 0.01 * k) for k in range(6)))  # nearly the same each time
    wrists = np.zeros((300, 2, 3))
    wrists[:, 0, 0] = np.cumsum(np.exp(-(((np.arange(300) % 60 - 30) / 4) ** 2))) / FPS
    assert strokes(wrists, FPS) == pytest.approx([30, 90, 150, 210, 270], abs=1)
    assert distinct_gestures([once]) == distinct_gestures([joined(stroke(1.2), stroke(1.2))]) < 4
    turned = posed(
        60, right_elbow=np.stack([np.zeros(60), 2.2 * np.exp(-(((np.arange(60) - 30) / 7) ** 2)), np.zeros(60)], 1)
    )
    assert distinct_gestures([once, turned]) > distinct_gestures([once])
    assert distinct_gestures([posed(300)]) == 0


def test_motions_are_cut_and_joined_to_minutes():
    minutes = in_minutes([posed(1000), posed(1000), posed(3000)])
    assert [sum(map(len, minute)) for minute in minutes] == [1800, 1800]
    assert [len(m) for m in in_minutes([posed(50)])[0]] == [50]
