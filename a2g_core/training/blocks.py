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


class _Filtered(torch.autograd.Function):
    """A convolution with ReLU and its gradients with four products for two frames, where three shifts take six: see
    `model.network._filtered`. Each sum is over all tiles (B, tiles, dilation, channels) at once."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor, dilation: int) -> Tensor:
        batch, frames, inputs = x.shape
        n, outputs = frames - 2 * dilation, weight.shape[1]
        tiles = -(-n // (2 * dilation))
        if beyond := (tiles + 1) * 2 * dilation - frames:
            x = F.pad(x, (0, 0, 0, beyond))
        halves = x.view(batch, tiles + 1, 2, dilation, inputs)
        a, b, c, d = halves[:, :-1, 0], halves[:, :-1, 1], halves[:, 1:, 0], halves[:, 1:, 1]
        read = x.new_empty(4, batch, tiles, dilation, inputs)
        torch.sub(a, c, out=read[0])
        torch.add(b, c, out=read[1])
        torch.sub(c, b, out=read[2])
        torch.sub(b, d, out=read[3])
        first, middle, last = weight.view(3, inputs, outputs)
        filters = torch.stack([first, (first + middle + last) / 2, (first - middle + last) / 2, last])
        one, plus, minus, other = torch.bmm(read.view(4, -1, inputs), filters).view(4, batch, tiles, dilation, outputs)
        y = x.new_empty(batch, tiles, 2, dilation, outputs)
        plus += bias  # which is in both frames of a tile
        torch.add(one.add_(plus), minus, out=y[:, :, 0])
        torch.sub(plus.sub_(minus), other, out=y[:, :, 1])
        y = y.relu_().view(batch, -1, outputs)[:, :n]
        ctx.save_for_backward(read, filters, y)
        ctx.frames = frames
        return y

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, Tensor, Tensor, None]:
        read, filters, y = ctx.saved_tensors
        _, batch, tiles, dilation, inputs = read.shape
        n, outputs = y.shape[1:]
        of_y = gradient.new_empty(batch, tiles * 2 * dilation, outputs)
        of_y[:, n:] = 0
        torch.mul(gradient, y > 0, out=of_y[:, :n])
        one, other = of_y.view(batch, tiles, 2, dilation, outputs).unbind(2)
        products = gradient.new_empty(4, batch, tiles, dilation, outputs)
        products[0] = one
        torch.add(one, other, out=products[1])
        torch.sub(one, other, out=products[2])
        torch.neg(other, out=products[3])
        products = products.view(4, -1, outputs)
        first, plus, minus, last = torch.bmm(read.view(4, -1, inputs).mT, products)
        of_weight = torch.cat([first + (plus + minus) / 2, (plus - minus) / 2, last + (plus + minus) / 2])
        of_x = None
        if ctx.needs_input_grad[0]:
            of_x = _of_halves(torch.bmm(products, filters.mT).view(4, batch, tiles, dilation, inputs))[:, : ctx.frames]
        return of_x, of_weight, of_y.sum((0, 1)), None


def _of_halves(tiles: Tensor) -> Tensor:
    """The gradient (B, T, inputs) of the frames that tiles (4, B, tiles, dilation, inputs) read."""
    first, plus, minus, last = tiles
    batch, n, dilation, inputs = first.shape
    halves = tiles.new_empty(batch, n + 1, 2, dilation, inputs)
    halves[:, -1] = 0
    halves[:, :-1, 0] = first
    torch.sub(plus, minus, out=halves[:, :-1, 1])
    halves[:, :-1, 1] += last
    halves[:, 1:, 0] += minus.add_(plus).sub_(first)
    halves[:, 1:, 1] -= last
    return halves.view(batch, -1, inputs)
