"""The networks' residual block, computed as training's gradients take the least time."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from ..model.network import Parameters, linear

_WIDE = 64
"""Channels from which on fewer products are worth the sums that they take."""


def residual_block(parameters: Parameters, name: str, x: Tensor, dilation: int) -> Tensor:
    """`model.network.residual_block` of (B, T, inputs), equal but for rounding."""
    y = _convolve(parameters, f"{name}.conv1", _convolve(parameters, f"{name}.conv0", x, dilation), dilation)
    x = x[:, 2 * dilation : -2 * dilation]
    if f"{name}.skip.weight" in parameters:
        x = linear(parameters, f"{name}.skip", x)
    return (y + x).relu_()


def _convolve(parameters: Parameters, name: str, x: Tensor, dilation: int) -> Tensor:
    """With ReLU, (B, T, inputs) to (B, T - 2 dilation, outputs): on a CPU, in full precision, by fewer products."""
    weight, bias = parameters[f"{name}.weight"], parameters[f"{name}.bias"]
    narrowest = min(x.shape[-1], weight.shape[-1])
    if x.device.type == "cpu" and narrowest >= _WIDE and not torch.is_autocast_enabled("cpu"):
        return _Filtered.apply(x, weight, bias, dilation)  # type: ignore[no-untyped-call]  # torch has no types for it
    # Seen as a picture one row high with its channels last, x lies in memory as torch's own convolution wants it.
    kernel = weight.reshape(3, -1, weight.shape[-1]).permute(2, 1, 0)[:, :, None]
    return F.conv2d(x.mT[:, :, None], kernel, bias, dilation=(1, dilation)).relu_()[:, :, 0].mT


_FILTERS = (
    (1 / 4, 0, 0), (-1 / 6, -1 / 6, -1 / 6), (-1 / 6, 1 / 6, -1 / 6),
    (1 / 24, 1 / 12, 1 / 6), (1 / 24, -1 / 12, 1 / 6), (0, 0, 1),
)  # fmt: skip
"""G of F(4, 3): what each of six products takes of a convolution's three shifts."""


class _Filtered(torch.autograd.Function):
    """A convolution with ReLU and its gradients with six products for four frames, where three shifts take twelve:
    F(4, 3) of Winograd (Lavin and Gray, CVPR 2016, sec. 4.3). Each sum is over all tiles (B, tiles, dilation, channels)
    at once. Rounding carries over within a tile, as generation must not have it: see `model.network._filtered`.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor, dilation: int) -> Tensor:
        batch, frames, inputs = x.shape
        n, outputs = frames - 2 * dilation, weight.shape[1]
        tiles = -(-n // (4 * dilation))
        if beyond := (4 * tiles + 2) * dilation - frames:
            x = F.pad(x, (0, 0, 0, beyond))
        (a, b, c, d), (_, _, e, f) = _earlier(x, tiles, dilation).unbind(2), _later(x, tiles, dilation).unbind(2)
        read = x.new_empty(6, batch, tiles, dilation, inputs)  # B^T x, whose rows share sums
        p, q = torch.add(e, c, alpha=-4), torch.add(d, b, alpha=-4)
        torch.add(p, q, out=read[1])
        torch.sub(p, q, out=read[2])
        torch.add(p.sub_(c), a, alpha=4, out=read[0])
        torch.sub(f, q.add_(d, alpha=4), out=read[5])
        torch.sub(e, c, out=p)
        torch.sub(d, b, out=q)
        torch.add(p, q, alpha=2, out=read[3])
        torch.sub(p, q, alpha=2, out=read[4])
        filters = (x.new_tensor(_FILTERS) @ weight.view(3, -1)).view(6, inputs, outputs)
        products = torch.bmm(read.view(6, -1, inputs), filters).view(6, batch, tiles, dilation, outputs)
        first, one, two, three, four, last = products
        y = x.new_empty(batch, tiles, 4, dilation, outputs)  # A^T of the products
        one += bias  # which is in each frame of a tile
        even, far = one + two, three + four
        odd, wide = one.sub_(two), three.sub_(four)
        torch.add(first.add_(even), far, out=y[:, :, 0])
        torch.add(odd, wide, alpha=2, out=y[:, :, 1])
        torch.add(even, far, alpha=4, out=y[:, :, 2])
        torch.add(odd.add_(last), wide, alpha=8, out=y[:, :, 3])
        y = y.relu_().view(batch, -1, outputs)[:, :n]
        ctx.save_for_backward(read, filters, y)
        ctx.frames = frames
        return y

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, Tensor, Tensor, None]:
        read, filters, y = ctx.saved_tensors
        _, batch, tiles, dilation, inputs = read.shape
        n, outputs = y.shape[1:]
        of_y = gradient.new_empty(batch, tiles * 4 * dilation, outputs)
        of_y[:, n:] = 0
        torch.mul(gradient, y > 0, out=of_y[:, :n])
        a, b, c, d = of_y.view(batch, tiles, 4, dilation, outputs).unbind(2)
        products = gradient.new_empty(6, batch, tiles, dilation, outputs)  # A of y's gradient
        products[0], products[5] = a, d
        even, odd = a + c, b + d
        torch.add(even, odd, out=products[1])
        torch.sub(even, odd, out=products[2])
        even.add_(c, alpha=3)
        odd.add_(d, alpha=3)
        torch.add(even, odd, alpha=2, out=products[3])
        torch.sub(even, odd, alpha=2, out=products[4])
        products = products.view(6, -1, outputs)
        of_filters = torch.bmm(read.view(6, -1, inputs).mT, products)
        of_weight = (gradient.new_tensor(_FILTERS).mT @ of_filters.view(6, -1)).view(3 * inputs, outputs)
        of_x = None
        if ctx.needs_input_grad[0]:
            of_x = _of_tiles(torch.bmm(products, filters.mT).view(6, batch, tiles, dilation, inputs))[:, : ctx.frames]
        return of_x, of_weight, of_y.sum((0, 1)), None


def _earlier(x: Tensor, tiles: int, dilation: int) -> Tensor:
    """The first four of six frames that each tile reads of x (B, T, channels): (B, tiles, 4, dilation, channels)."""
    return x[:, : -2 * dilation].unflatten(1, (tiles, 4, dilation))


def _later(x: Tensor, tiles: int, dilation: int) -> Tensor:
    """The last four of them, of which two are the next tile's first."""
    return x[:, 2 * dilation :].unflatten(1, (tiles, 4, dilation))


def _of_tiles(of_read: Tensor) -> Tensor:
    """The gradient (B, T, inputs) of the frames that tiles read: B of theirs (6, B, tiles, dilation, inputs)."""
    first, one, two, three, four, last = of_read
    batch, tiles, dilation, inputs = first.shape
    near, far = one + two, three + four
    odd, wide = one.sub_(two), three.sub_(four)
    of_x = of_read.new_empty(batch, (4 * tiles + 2) * dilation, inputs)
    earlier, later = _earlier(of_x, tiles, dilation), _later(of_x, tiles, dilation)
    torch.mul(first, 4, out=earlier[:, :, 0])
    torch.mul(torch.add(odd, wide, alpha=0.5).sub_(last), -4, out=earlier[:, :, 1])
    near += far
    carried = near + first
    torch.add(near.mul_(-4).add_(far, alpha=3), first, alpha=-5, out=earlier[:, :, 2])
    torch.add(odd.add_(wide, alpha=2), last, alpha=-5, out=earlier[:, :, 3])
    of_x[:, -2 * dilation :] = 0
    later[:, :, 2] += carried
    later[:, :, 3] += last
    return of_x
