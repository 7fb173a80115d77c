"""Every loss against a case computed by hand."""

import numpy as np
import pytest
import torch
from scipy.spatial.transform import Rotation

from a2g_core.training import losses

P = torch.zeros(1, 3, 2, 3, dtype=torch.float64)  # (batch, frames, joints, xyz)
Q = P + torch.tensor([0.01, -0.02, 0.03], dtype=torch.float64)


def test_eq3_kl_of_a_shifted_and_scaled_gaussian():
    mean, log_variance = torch.full((2, 5, 16), 3.0), torch.full((2, 5, 16), np.log(4.0))
    assert losses.kl_divergence(mean, log_variance).item() == pytest.approx(
        16 * 0.5 * (4 + 9 - 1 - np.log(4)), rel=1e-6
    )
    assert losses.kl_divergence(torch.zeros(1, 1, 16), torch.zeros(1, 1, 16)).item() == 0


def test_eq3_agrees_with_torch_distributions():
    from torch.distributions import Normal
    from torch.distributions import kl_divergence as reference

    mean, log_variance = torch.randn(3, 7, 16), torch.randn(3, 7, 16)
    theirs = reference(Normal(mean, (0.5 * log_variance).exp()), Normal(0.0, 1.0)).sum(-1).mean()
    torch.testing.assert_close(losses.kl_divergence(mean, log_variance), theirs)


def test_eq5_is_the_mean_angle():
    target = torch.eye(3, dtype=torch.float64).expand(1, 1, 2, 3, 3)
    predicted = torch.from_numpy(Rotation.from_rotvec([[0.3, 0, 0], [0, 0, -0.5]]).as_matrix())[None, None]
    assert losses.rotation_loss(predicted, target).item() == pytest.approx(0.4, abs=1e-6)


def test_eq6_as_mean_and_as_printed():
    assert losses.position_loss(Q, P, "mean").item() == pytest.approx(0.02)
    assert losses.position_loss(Q, P, "sum").item() == pytest.approx(0.06)


def test_eq7_sees_steps_not_offsets():
    assert losses.speed_loss(Q, P, "sum").item() == pytest.approx(0)
    moved = P.clone()
    moved[:, 2:] += 0.1  # one of two steps, 0.3 in the 1-norm
    assert losses.speed_loss(moved, P, "sum").item() == pytest.approx(0.15)


def test_eq9_and_eq11_compare_codes():
    a, b = torch.zeros(1, 4, 16), torch.full((1, 4, 16), 0.5)
    assert losses.alignment_loss(a, b, "mean").item() == pytest.approx(0.5)
    assert losses.bicycle_loss(a, b, "sum").item() == pytest.approx(8.0)


def test_eq10_is_zero_inside_rho_with_zero_gradient_and_linear_beyond():
    near = P.clone()
    near[..., 0] = 0.0199
    near.requires_grad_()
    inside = losses.relaxed_loss(near, P, 0.02)
    inside.backward()
    assert inside.item() == 0 and (near.grad == 0).all()
    assert losses.relaxed_loss(Q, P, 0.02).item() == pytest.approx(0.06 - 0.02)


def test_eq12_pushes_the_first_sample_only_and_stops_at_the_clamp():
    one, other = Q.clone().requires_grad_(), P.clone().requires_grad_()
    value = losses.diversity_loss(one, other, 0.5)
    value.backward()
    assert value.item() == pytest.approx(-0.02)
    assert other.grad is None and (one.grad.sign() == -(one - other).sign().detach()).all()
    far = (P + 9.0).requires_grad_()
    clamped = losses.diversity_loss(far, P, 0.5)
    clamped.backward()
    assert clamped.item() == pytest.approx(-0.5) and (far.grad == 0).all()
