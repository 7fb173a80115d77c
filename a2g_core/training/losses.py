"""Every loss of the paper, one function per equation, as resolved in the project's notes on the paper.

Shapes: positions (..., T, J, 3 or 2) in metres (2-D: in the data's unit), rotations (..., T, J, 3, 3), codes
(..., T, 16). Each returns a scalar, averaged over batch, time and joints. l1 is 'mean' over coordinates as in the
authors' code or 'sum' as the equations are printed.
"""

from __future__ import annotations

from torch import Tensor
from torch.nn.functional import avg_pool1d

from .kinematics import angle, product

_EFFORT_WINDOW_FRAMES = 31


def _l1(difference: Tensor, l1: str) -> Tensor:
    """The 1-norm over the last axis, or its mean."""
    return difference.abs().mean(-1) if l1 == "mean" else difference.abs().sum(-1)


def kl_divergence(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Eq. 3 (the KL term of Eq. 1 and Eq. 2) from N(mean, variance) to N(0, 1).

    Summed over channels, averaged over batch and time.
    """
    return 0.5 * (log_variance.exp() + mean**2 - 1 - log_variance).sum(-1).mean()


def rotation_loss(predicted: Tensor, target: Tensor) -> Tensor:
    """Eq. 5, the geodesic distance in radians, by atan2 instead of acos: see `rotations.geodesic_angle`."""
    turned, back = predicted.movedim((-2, -1), (0, 1)), target.movedim((-1, -2), (0, 1))
    return angle(product(turned, back)).mean()


def position_loss(predicted: Tensor, target: Tensor, l1: str) -> Tensor:
    """Eq. 6: L1 distance of joint positions."""
    return _l1(predicted - target, l1).mean()


def speed_loss(predicted: Tensor, target: Tensor, l1: str) -> Tensor:
    """Eq. 7: L1 distance of joint speeds; a speed is the difference of successive frames."""
    return _l1(predicted.diff(dim=-3) - target.diff(dim=-3), l1).mean()


def motion_losses(
    predicted: tuple[Tensor, Tensor | None], target: tuple[Tensor, Tensor | None], l1: str
) -> dict[str, Tensor]:
    """The three terms of Eq. 4, unweighted, from (positions, rotations) of each; two of them in 2-D."""
    terms = {
        "position": position_loss(predicted[0], target[0], l1), "speed": speed_loss(predicted[0], target[0], l1)
    }  # fmt: skip
    if predicted[1] is not None and target[1] is not None:
        terms["rotation"] = rotation_loss(predicted[1], target[1])
    return terms


def alignment_loss(shared_audio: Tensor, shared_motion: Tensor, l1: str) -> Tensor:
    """Eq. 9: the shared codes of the audio and of its motion should be equal."""
    return _l1(shared_audio - shared_motion, l1).mean()


def relaxed_loss(predicted: Tensor, target: Tensor, rho_m: float) -> Tensor:
    """Eq. 10: zero within rho of the target, linear beyond.

    A hinge on each joint's 1-norm, averaged over time too. (The authors' code averages the coordinates that exceed rho
    without subtracting it, which is nan if none does: paper notes, point 4.)
    """
    return (_l1(predicted - target, "sum") - rho_m).clamp(min=0).mean()


def bicycle_loss(recovered: Tensor, specific: Tensor, l1: str) -> Tensor:
    """Eq. 11: encoding the motion made from I_R should recover I_R."""
    return _l1(recovered - specific, l1).mean()


def diversity_loss(one: Tensor, other: Tensor, clamp_m: float) -> Tensor:
    """Eq. 12 as in StarGAN v2 and the authors' first release: minus the distance of two motions with the same S_A.

    The other motion gets no gradient, and distances are clamped at clamp_m, as otherwise the loss has no lower bound
    (paper notes, point 6).
    """
    return -_l1(one - other.detach(), "mean").clamp(max=clamp_m).mean()


def effort_loss(predicted: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """How far each joint moves about its mean over a second, and how much it accelerates, as in the target.

    Not in the paper. Ignores exact timing: with Eq. 5 to 7 alone, uncertain movements become small and slow.
    Metres; metres per frame squared.
    """
    (deviation, acceleration), (wanted_deviation, wanted_acceleration) = _effort(predicted), _effort(target)
    return (deviation - wanted_deviation).abs().mean(), (acceleration - wanted_acceleration).abs().mean()


def _effort(positions: Tensor) -> tuple[Tensor, Tensor]:
    """(B, T, J, 3) to the standard deviations (J, B, T') and mean accelerations (J, B, T'') of every fifth window."""

    def windowed(x: Tensor) -> Tensor:
        return avg_pool1d(x.flatten(0, -2), _EFFORT_WINDOW_FRAMES, stride=5).unflatten(0, x.shape[:-1])

    rows = positions.permute(3, 2, 0, 1)
    variance = windowed(rows.square()) - windowed(rows).square()
    deviation = (variance.clamp(min=0).sum(0) + 1e-6).sqrt()
    accelerations = rows.diff(n=2).square().sum(0).add(1e-10).sqrt()
    return deviation, windowed(accelerations)
