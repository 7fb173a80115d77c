"""What training computes in its own way, for speed, is what `model` and `body` define, gradients included."""

import pytest
import torch

from a2g_core.body import kinematics, rotations
from a2g_core.body.skeleton import BODY_HANDS
from a2g_core.model import network
from a2g_core.training import blocks
from a2g_core.training.kinematics import forward_kinematics, sixd_to_matrix
from a2g_core.training.losses import rotation_loss


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


@pytest.mark.parametrize(("width", "dilation"), [(5, 1), (7, 4)])
def test_a_block_is_that_of_the_networks(width, dilation):
    torch.manual_seed(0)
    shapes = {"conv0.weight": (15, width), "conv0.bias": (width,), "conv1.weight": (3 * width, width)}
    shapes |= {"conv1.bias": (width,)} | ({"skip.weight": (5, width), "skip.bias": (width,)} if width != 5 else {})
    p = {f"b.{n}": torch.randn(s, dtype=torch.float64, requires_grad=True) for n, s in shapes.items()}
    x = torch.randn(3, 33, 5, dtype=torch.float64, requires_grad=True)
    _assert_same(
        lambda: blocks.residual_block(p, "b", x, dilation), lambda: network.residual_block(p, "b", x, dilation),
        [x, *p.values()],
    )  # fmt: skip


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
