import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from a2g_core.body import rotations as r

RNG = np.random.default_rng(1)
RANDOM = Rotation.random(500, random_state=1)


def _wxyz(rotation: Rotation) -> np.ndarray:
    return np.roll(rotation.as_quat(), 1, axis=-1)


def _same_rotation(a, b, tolerance=1e-6):
    assert np.abs(r.quaternion_to_matrix(a) - r.quaternion_to_matrix(b)).max() < tolerance


def test_conversions_agree_with_scipy():
    m = RANDOM.as_matrix()
    np.testing.assert_allclose(r.quaternion_to_matrix(_wxyz(RANDOM)), m, atol=1e-9)
    np.testing.assert_allclose(r.axis_angle_to_matrix(RANDOM.as_rotvec()), m, atol=1e-9)
    np.testing.assert_allclose(r.matrix_to_axis_angle(m), RANDOM.as_rotvec(), atol=1e-7)
    _same_rotation(r.matrix_to_quaternion(m), _wxyz(RANDOM))


def test_sixd_holds_the_first_two_rows_and_survives_any_scale():
    m = RANDOM.as_matrix()
    np.testing.assert_allclose(r.matrix_to_sixd(m), m[:, :2].reshape(-1, 6))
    np.testing.assert_allclose(r.sixd_to_matrix(3.7 * r.matrix_to_sixd(m)), m, atol=1e-9)
    skewed = RNG.standard_normal((100, 6))
    made = r.sixd_to_matrix(skewed)
    np.testing.assert_allclose(made @ made.swapaxes(-1, -2), np.broadcast_to(np.eye(3), made.shape), atol=1e-9)
    np.testing.assert_allclose(np.linalg.det(made), 1, atol=1e-9)


@settings(max_examples=200, deadline=None)
@given(st.tuples(*[st.floats(-10, 10)] * 3))
def test_axis_angle_round_trips_at_any_angle(v):
    v = np.array(v)
    back = r.matrix_to_axis_angle(r.axis_angle_to_matrix(v))
    assert np.linalg.norm(back) <= np.pi + 1e-9
    np.testing.assert_allclose(r.axis_angle_to_matrix(back), Rotation.from_rotvec(v).as_matrix(), atol=1e-7)


@pytest.mark.parametrize("axis", np.eye(3))
def test_half_turns_keep_their_axis(axis):
    q = r.matrix_to_quaternion(Rotation.from_rotvec(np.pi * axis).as_matrix())
    np.testing.assert_allclose(np.abs(q[1:]), axis, atol=1e-7)


def test_slerp_takes_the_short_arc_at_constant_speed():
    a, b = _wxyz(RANDOM[:100]), -_wxyz(RANDOM[100:200])
    half = r.slerp(a, b, np.full((100, 1), 0.25))
    angle = r.geodesic_angle(r.quaternion_to_matrix(a), r.quaternion_to_matrix(b))
    quarter = r.geodesic_angle(r.quaternion_to_matrix(a), r.quaternion_to_matrix(half))
    np.testing.assert_allclose(quarter, angle / 4, atol=1e-6)
    _same_rotation(r.slerp(a, a, 0.3), a)


def test_multiplication_composes():
    a, b = RANDOM[:100], RANDOM[100:200]
    _same_rotation(r.multiply_quaternions(_wxyz(a), _wxyz(b)), _wxyz(a * b))


def test_continuous_quaternions_are_the_same_rotations_without_jumps():
    q = _wxyz(RANDOM[:50]).reshape(50, 1, 4).repeat(3, 1)
    fixed = r.make_continuous(q)
    assert (np.sum(fixed[1:] * fixed[:-1], axis=-1) >= 0).all()
    _same_rotation(fixed, q)


def test_geodesic_angle_is_exact_from_zero_to_pi():
    for angle in (0.0, 1e-4, 0.1, 1.0, 3.0, np.pi - 1e-4, np.pi):
        m = Rotation.from_rotvec([0, angle, 0]).as_matrix()
        assert r.geodesic_angle(np.eye(3), m) == pytest.approx(angle, abs=2e-6)


@pytest.mark.parametrize("angle", [0.0, 1e-8, 1e-4, 1.0, np.pi - 1e-6, np.pi])
def test_eq5_gradient_is_finite_everywhere_and_one_away_from_the_ends(angle):
    turn = torch.tensor([angle, 0.0, 0.0], dtype=torch.float64, requires_grad=True)
    r.geodesic_angle(r.axis_angle_to_matrix(turn), torch.eye(3, dtype=torch.float64)).backward()
    assert torch.isfinite(turn.grad).all()
    if 1e-5 < angle < 3:
        assert turn.grad[0].item() == pytest.approx(1.0, abs=1e-3)


def test_numpy_and_torch_agree():
    d6 = RNG.standard_normal((40, 6)).astype(np.float32)
    for function in (r.sixd_to_matrix, lambda x: r.matrix_to_quaternion(r.sixd_to_matrix(x))):
        np.testing.assert_allclose(function(d6), function(torch.from_numpy(d6)).numpy(), atol=1e-5)
