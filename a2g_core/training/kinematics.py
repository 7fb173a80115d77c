"""Poses with gradients: rotations and kinematics of torch tensors with their components first.

Torch, as NumPy (see `body.components`), is several times as fast on a few long rows as on many matrices of three, and
the more so with gradients. What is here equals its namesakes in `body`, but for rounding.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..body.motion import Skeleton

_TINY = 1e-12


def sixd_to_matrix(sixd: Tensor) -> Tensor:
    """(2, 3, ...) of any scale, the first two rows, to matrices (3, 3, ...)."""
    a, b = sixd
    a = a / (a.square().sum(0) + _TINY).sqrt()
    b = b - (a * b).sum(0) * a
    b = b / (b.square().sum(0) + _TINY).sqrt()
    return torch.stack([a, b, _cross(a, b)])


def forward_kinematics(rotations: Tensor, skeleton: Skeleton) -> Tensor:
    """Where joints (3, J, ...) are from the root, in metres, by their rotations (3, 3, J, ...) about their parents."""
    device, beyond = rotations.device, [1] * (rotations.ndim - 3)
    offsets = torch.tensor(skeleton.offsets, dtype=rotations.dtype, device=device).reshape(-1, 3, *beyond).movedim(1, 0)
    parents = {joint for joint in skeleton.parents if joint >= 0}
    turned, places = rotations[:, :, :1], torch.zeros_like(rotations[0, :, :1])
    parts, order = [places], [0]
    known = row = {0: 0}  # of joints among `turned`, and among `places`
    for joints in skeleton.levels[1:]:
        above = [skeleton.parents[joint] for joint in joints]
        about = _chosen(turned, 2, [known[parent] for parent in above])
        steps = (about * offsets[:, list(joints)]).sum(1)
        places = _chosen(places, 1, [row[parent] for parent in above]) + steps
        inner = [k for k, joint in enumerate(joints) if joint in parents]
        turned = product(_chosen(about, 2, inner), _chosen(rotations, 2, [joints[k] for k in inner]))
        known, row = {joints[k]: n for n, k in enumerate(inner)}, {joint: k for k, joint in enumerate(joints)}
        parts.append(places)
        order += joints
    return _chosen(torch.cat(parts, 1), 1, np.argsort(order).tolist())


def angle(rotation: Tensor) -> Tensor:
    """Of matrices (3, 3, ...) in radians, (...): what `body.rotations.geodesic_angle` is of a product."""
    (xx, xy, xz), (yx, yy, yz), (zx, zy, zz) = (row.unbind() for row in rotation.unbind())
    x, y, z = zy - yz, xz - zx, yx - xy
    sine = (x * x + y * y + z * z + _TINY).sqrt() / 2
    return torch.atan2(sine, (xx + yy + zz - 1) / 2)


def product(a: Tensor, b: Tensor) -> Tensor:
    """Matrices a b, of (3, 3, ...) each."""
    return _Product.apply(a, b)  # type: ignore[no-untyped-call]  # torch has no types for it


def _chosen(x: Tensor, axis: int, rows: list[int]) -> Tensor:
    return x.index_select(axis, torch.tensor(rows, dtype=torch.int64, device=x.device))


def _cross(a: Tensor, b: Tensor) -> Tensor:
    """Of vectors (3, ...) each."""
    (ax, ay, az), (bx, by, bz) = a, b
    return torch.stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx])


class _Product(torch.autograd.Function):
    """Matrices a b, of (3, 3, ...) each. Torch's own gradient of the sum below would keep and add up every term."""

    @staticmethod
    def forward(ctx: Any, a: Tensor, b: Tensor) -> Tensor:
        ctx.save_for_backward(a, b)
        return _product(a, b)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, Tensor | None]:
        a, b = ctx.saved_tensors
        to_a = _product(gradient, b.transpose(0, 1)) if ctx.needs_input_grad[0] else None
        to_b = _product(a.transpose(0, 1), gradient) if ctx.needs_input_grad[1] else None
        return to_a, to_b


def _product(a: Tensor, b: Tensor) -> Tensor:
    out = a[:, 0, None] * b[0]
    for k in (1, 2):
        out.addcmul_(a[:, k, None], b[k])
    return out
