"""With components first, rotations are what they are in `rotations` and `kinematics`, each frame by itself."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from a2g_core.body import components, kinematics, rotations
from a2g_core.body.kinematics import LEG_CHAIN
from a2g_core.body.skeleton import BODY

RNG = np.random.default_rng(0)
EVERY_ANGLE = Rotation.from_rotvec(
    RNG.standard_normal((500, 3)) * np.linspace(0, 2, 500)[:, None]
    + np.array([[np.pi, 0, 0], [0, np.pi, 0], [0, 0, np.pi], [0, 0, 0]] * 125)
)


def first(matrices: np.ndarray) -> np.ndarray:
    return np.moveaxis(matrices, (-2, -1), (0, 1))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_conversions_are_those_of_rotations(dtype):
    q = np.roll(EVERY_ANGLE.as_quat(), 1, axis=1).reshape(50, 10, 4).astype(dtype)
    atol = 2e-6 if dtype == np.float32 else 1e-11
    matrices = components.from_quaternion(3 * q)
    assert matrices.dtype == dtype and matrices.shape == (3, 3, 50, 10)
    np.testing.assert_allclose(matrices, first(rotations.quaternion_to_matrix(q)), atol=atol)
    sixd = (2.5 * rotations.matrix_to_sixd(rotations.quaternion_to_matrix(q))).astype(dtype)
    np.testing.assert_allclose(components.from_sixd(sixd), matrices, atol=atol)
    again = components.to_quaternion(matrices)
    assert again.dtype == dtype and (again[..., 0] >= 0).all()
    np.testing.assert_allclose(np.abs((again * q).sum(axis=-1)), 1, atol=atol)


def test_products_and_kinematics_are_those_of_matrices():
    a, b = EVERY_ANGLE.as_matrix()[:250], EVERY_ANGLE.as_matrix()[250:]
    np.testing.assert_allclose(components.product(first(a), first(b)), first(a @ b), atol=1e-12)
    v = RNG.standard_normal((250, 3))
    np.testing.assert_allclose(components.turned(first(a), v.T), (a @ v[..., None])[..., 0].T, atol=1e-12)
    legs = BODY.subset(LEG_CHAIN)
    local = EVERY_ANGLE.as_matrix()[:450].reshape(50, 9, 3, 3)
    places, world = kinematics.forward_kinematics(local, legs)
    ours = components.forward_kinematics([first(local[:, k]) for k in range(9)], legs)
    np.testing.assert_allclose(np.stack(ours[0]), places.transpose(1, 2, 0), atol=1e-12)
    np.testing.assert_allclose(np.stack(ours[1]), world.transpose(1, 2, 3, 0), atol=1e-12)


def test_a_frame_has_its_bits_in_any_company():
    sixd = RNG.standard_normal((300, 4, 6)).astype(np.float32)
    whole = components.to_quaternion(components.from_sixd(sixd))
    for low, stop in ((0, 1), (7, 40), (128, 300)):
        part = components.to_quaternion(components.from_sixd(sixd[low:stop]))
        assert part.tobytes() == whole[low:stop].tobytes()
        again = components.to_quaternion(components.from_quaternion(whole[low:stop]))
        assert again.tobytes() == components.to_quaternion(components.from_quaternion(whole))[low:stop].tobytes()
