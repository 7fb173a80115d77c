"""What training computes in its own way, for speed, is what `model` and `body` define, gradients included."""

import pytest
import torch

from a2g_core.body import kinematics, rotations
from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.model import network
from a2g_core.training import blocks
from a2g_core.training.kinematics import forward_kinematics, sixd_to_matrix
from a2g_core.training.losses import rotation_loss
from a2g_core.training.muon import orthogonalised


def _gradients(function, inputs):
    """The result, and the gradient of a weighted sum of it with respect to each input."""
    result = function()
    weights = torch.linspace(-1, 2, result.numel(), dtype=result.dtype).reshape(result.shape)
    return result, torch.autograd.grad((weights * result).sum(), inputs)


def _assert_same(function, defined, inputs):
    (one, its), (other, others) = _gradients(function, inputs), _gradients(defined, inputs)
    torch.testing.assert_close(one, other, rtol=1e-9, atol=1e-9)
    for a, b in zip(its, others, strict=True):
        torch.testing.assert_close(a, b, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize(
    ("inputs", "width", "dilation"), [(5, 5, 1), (5, 7, 4), (64, 64, 1), (64, 72, 3), (72, 64, 4), (64, 5, 2)]
)
def test_a_block_is_that_of_the_networks(inputs, width, dilation):
    """Narrow ones and wide ones, whole numbers of tiles and others."""
    torch.manual_seed(0)
    shapes = {"conv0.weight": (3 * inputs, width), "conv0.bias": (width,), "conv1.weight": (3 * width, width)}
    skip = {"skip.weight": (inputs, width), "skip.bias": (width,)}
    shapes |= {"conv1.bias": (width,)} | (skip if width != inputs else {})
    p = {f"b.{n}": torch.randn(s, dtype=torch.float64, requires_grad=True) for n, s in shapes.items()}
    x = torch.randn(3, 33, inputs, dtype=torch.float64, requires_grad=True)
    _assert_same(
        lambda: blocks.residual_block(p, "b", x, dilation), lambda: network.residual_block(p, "b", x, dilation),
        [x, *p.values()],
    )  # fmt: skip


@pytest.mark.parametrize("shape", [(96, 32), (32, 96), (40, 32), (32, 32)])
def test_muons_direction_is_the_iterations_also_of_oblong_matrices(shape):
    torch.manual_seed(0)
    matrix = torch.randn(shape)
    matrix[0] *= 1e3  # one direction far stronger than others
    x = matrix.double() if shape[0] <= shape[1] else matrix.double().mT
    x = x / x.norm()
    for _ in range(5):
        square = x @ x.mT
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
    expected = x if shape[0] <= shape[1] else x.mT
    assert (orthogonalised(matrix) - expected).norm() < 3e-3 * expected.norm()


def test_poses_are_those_of_the_body():
    torch.manual_seed(0)
    sixd = torch.randn(2, 5, 52, 6, dtype=torch.float64, requires_grad=True)

    def rows() -> torch.Tensor:
        return sixd_to_matrix(sixd.unflatten(-1, (2, 3)).permute(3, 4, 2, 0, 1))

    _assert_same(lambda: rows().permute(3, 4, 2, 0, 1), lambda: rotations.sixd_to_matrix(sixd), [sixd])
    _assert_same(
        lambda: forward_kinematics(rows(), BODY_HANDS).permute(2, 3, 1, 0),
        lambda: kinematics.forward_kinematics(rotations.sixd_to_matrix(sixd), BODY_HANDS)[0], [sixd],
    )  # fmt: skip


def test_eq5_is_the_mean_geodesic_angle_with_either_rotation_s_gradient():
    torch.manual_seed(0)
    a, b = (torch.randn(2, 5, 22, 6, dtype=torch.float64, requires_grad=True) for _ in range(2))
    matrices = rotations.sixd_to_matrix
    _assert_same(
        lambda: rotation_loss(matrices(a), matrices(b)),
        lambda: rotations.geodesic_angle(matrices(a), matrices(b)).mean(), [a, b],
    )  # fmt: skip
