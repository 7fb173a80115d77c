"""How bones store rotations: to quaternions and back, and curves that run on."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from a2g_core.body.channels import channel_to_quaternion, quaternion_to_channel, rotation_channel, shift_towards
from a2g_core.body.rotations import axis_angle_to_quaternion

ORDERS = ("XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX")
MODES = (*ORDERS, "AXIS_ANGLE", "QUATERNION")


def same(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.abs(np.sum(a * b, axis=-1))


def wandering(frames: int = 2000, seed: int = 0) -> np.ndarray:
    """Quaternions that turn further and further, by a few degrees from frame to frame."""
    steps = np.cumsum(np.random.default_rng(seed).standard_normal((frames, 3)), axis=0)
    return axis_angle_to_quaternion(0.03 * steps)


@pytest.mark.parametrize("order", ORDERS)
def test_euler_angles_in_every_order(order):
    angles = np.random.default_rng(0).uniform(-3, 3, (20, 3))
    # SciPy wants the angles in the order of the axes; lower case: about fixed axes, the first named turned first.
    expected = Rotation.from_euler(order.lower(), angles[:, ["XYZ".index(axis) for axis in order]]).as_quat()
    found = channel_to_quaternion(order, angles)
    np.testing.assert_allclose(same(found, expected[:, [3, 0, 1, 2]]), 1, atol=1e-12)


def test_other_channels_as_blender_reads_them():
    quaternions = channel_to_quaternion("QUATERNION", np.array([[2.0, 0, 0, 0], [0, 0, 0, 0], [0, 3, 0, 4]]))
    np.testing.assert_allclose(quaternions, [[1, 0, 0, 0], [1, 0, 0, 0], [0, 0.6, 0, 0.8]])
    turned = channel_to_quaternion("AXIS_ANGLE", np.array([[np.pi, 0, 0, 5.0], [1.0, 0, 0, 0]]))
    np.testing.assert_allclose(turned, [[0, 0, 0, 1], [1, 0, 0, 0]], atol=1e-12)
    for mode, width in (("QUATERNION", 4), ("AXIS_ANGLE", 4), ("ZXY", 3)):
        rest = np.array([rotation_channel(mode).rest])
        assert rest.shape == (1, width)
        np.testing.assert_allclose(channel_to_quaternion(mode, rest), [[1, 0, 0, 0]], atol=1e-12)
        np.testing.assert_allclose(quaternion_to_channel(mode, np.array([[1.0, 0, 0, 0]])), rest, atol=1e-12)


@pytest.mark.parametrize("mode", MODES)
def test_values_make_the_rotations_they_were_made_from_and_run_on(mode):
    q = wandering()
    signs = np.random.default_rng(1).choice([-1.0, 1.0], (len(q), 1))
    values = quaternion_to_channel(mode, signs * q)
    np.testing.assert_allclose(same(channel_to_quaternion(mode, values), q), 1, atol=1e-12)
    np.testing.assert_allclose(values, quaternion_to_channel(mode, q), atol=1e-9)
    steps = np.abs(np.diff(values, axis=0)).max(axis=1)
    # Near a pole or near no rotation angles and axes turn fast, but nothing turns back by half a turn.
    assert np.percentile(steps, 95) < 0.3 and steps.max() < 2.0


@pytest.mark.parametrize("order", ORDERS)
def test_curves_run_through_a_pole(order):
    middle = "XYZ".index(order[1])
    angles = np.tile([0.3, -0.4, 0.2], (181, 1))
    angles[:, middle] = np.linspace(0, np.pi, 181)  # at a quarter turn the outer axes are one
    np.testing.assert_allclose(quaternion_to_channel(order, channel_to_quaternion(order, angles)), angles, atol=1e-9)


def test_a_rotation_by_nothing_keeps_the_axis():
    angle = np.concatenate([np.linspace(-1, 1, 21), [0.0, 0.0]])
    values = np.concatenate([angle[:, None], np.tile([0.6, 0.0, 0.8], (23, 1))], axis=1)
    found = quaternion_to_channel("AXIS_ANGLE", channel_to_quaternion("AXIS_ANGLE", values))
    np.testing.assert_allclose(found * np.sign(found[0, 1]), values * [np.sign(found[0, 1]) ** 2, 1, 1, 1], atol=1e-9)


@pytest.mark.parametrize("mode", MODES)
def test_values_that_lie_whole_turns_or_a_side_away_come_back(mode):
    q = wandering(200)
    values = quaternion_to_channel(mode, q)
    row = values[150]
    if mode in ("QUATERNION", "AXIS_ANGLE"):
        away = -row + (np.array([4 * np.pi, 0, 0, 0]) if mode == "AXIS_ANGLE" else 0)
    else:
        away = row + 2 * np.pi * np.array([1, -2, 0])
        away["XYZ".index(mode[1])] *= -1
        away += np.pi
    shift = shift_towards(mode, away, row)
    np.testing.assert_allclose(shift(away[None])[0], row, atol=1e-9)
    np.testing.assert_allclose(same(channel_to_quaternion(mode, shift(values[150:])), q[150:]), 1, atol=1e-9)
    assert shift_towards(mode, row, row).is_none


def test_what_is_no_rotation_is_left_as_it_is():
    assert shift_towards("", np.array([7.0, 8.0]), np.zeros(2)).is_none
