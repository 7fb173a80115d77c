"""The networks' residual block with torch's own convolution, which training's gradients take less time with."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor

from ..model.network import Parameters, linear


def residual_block(parameters: Parameters, name: str, x: Tensor, dilation: int) -> Tensor:
    """`model.network.residual_block` of (B, T, inputs), equal but for rounding."""
    y = _convolve(parameters, f"{name}.conv1", _convolve(parameters, f"{name}.conv0", x, dilation), dilation)
    x = x[:, 2 * dilation : -2 * dilation]
    if f"{name}.skip.weight" in parameters:
        x = linear(parameters, f"{name}.skip", x)
    return (y + x).relu_()


def _convolve(parameters: Parameters, name: str, x: Tensor, dilation: int) -> Tensor:
    """With ReLU, (B, T, inputs) to (B, T - 2 dilation, outputs). Seen as a picture one row high with its channels last,
    x lies in memory as the convolution wants it, and nothing is copied."""
    weight = parameters[f"{name}.weight"]
    kernel = weight.reshape(3, -1, weight.shape[-1]).permute(2, 1, 0)[:, :, None]
    y = F.conv2d(x.mT[:, :, None], kernel, parameters[f"{name}.bias"], dilation=(1, dilation))
    return y.relu_()[:, :, 0].mT
