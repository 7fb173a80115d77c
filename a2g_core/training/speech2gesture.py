"""Training of Speech2Gesture: its generator on the paper's losses (Eq. 5-7, sec. 5.4), and its patch discriminator.

As in Ginosar et al. 2019, the discriminator sees differences between frames: there of key points, here of joint
positions, which is the same in 2-D. The root is left out, as there: it never moves in real motion, which would give
every fake away. The losses are least squares (Mao et al. 2017).

The original updates generator and discriminator in turn; here one step updates both. The generator's loss passes no
gradient to the discriminator and the discriminator's loss none to the generator, so that the gradient of their sum is
each one's own gradient; Adam treats every parameter separately.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ..model.baselines.speech2gesture import (
    LEAK,
    NORM_EPSILON,
    Layer,
    Speech2GestureConfig,
    parameter_shapes,
    speech_to_motion,
)
from ..model.network import Parameters
from .losses import motion_losses
from .system_module import SystemModule, weighted_sum

_TINY_STEP = 1e-6
"""Added to the size of the real steps, so that a batch of still frames does not divide by nothing."""


class Speech2Gesture(SystemModule[Speech2GestureConfig]):
    """Parameters of generator and discriminator; those of the generator are for `baselines.speech2gesture`."""

    def __init__(self, config: Speech2GestureConfig, motion_mean: Tensor, motion_std: Tensor) -> None:
        shapes = parameter_shapes(config.architecture)
        if config.training.weight_gan:
            shapes |= discriminator_shapes(config)
        super().__init__(config, shapes, motion_mean, motion_std)
        for name, parameter in self.weights.items():
            part = name.rpartition("/")[2]
            if part == "weight":
                nn.init.xavier_uniform_(parameter)
            elif part in ("gain", "variance"):
                nn.init.ones_(parameter)
            parameter.requires_grad_(part not in ("mean", "variance"))

    def forward(self, features: Tensor, motion: Tensor) -> dict[str, Tensor]:
        """The three terms of Eq. 4, and the two adversarial ones where there is a discriminator."""
        architecture, training = self.config.architecture, self.config.training
        made = speech_to_motion(self.parameters_by_name(), features, architecture, self.layer)
        beyond = architecture.loss_receptive_field
        predicted, target = self.pose(made), self.pose(motion[:, beyond:-beyond])
        terms = motion_losses(predicted, target, training.l1)
        if training.weight_gan:
            terms |= self.adversarial_losses(predicted[0], target[0])
        return terms

    def total_loss(self, terms: Mapping[str, Tensor], step: int) -> Tensor:
        """Eq. 4, what the discriminator tells the generator, and the discriminator's own loss."""
        training = self.config.training
        weights = {
            "rotation": training.weight_rotation, "position": training.weight_position, "speed": training.weight_speed,
            "adversarial_generator": training.weight_gan, "adversarial_discriminator": 1.0,
        }  # fmt: skip
        return weighted_sum(weights, terms)

    def layer(self, parameters: Parameters, name: str, x: Tensor, layer: Layer) -> Tensor:
        """`baselines.speech2gesture.normalised_layer` with the batch's own mean and variance, and torch's convolution,
        which takes half the time of shifted matrix products with their gradients.

        Validation, which is without gradients, does as generation does, and leaves the running statistics alone.
        """
        kernel = parameters[f"{name}.weight"].reshape(layer.time, layer.bands, layer.inputs, layer.outputs)
        y = F.conv2d(
            x.permute(0, 3, 1, 2), kernel.permute(3, 2, 0, 1),
            stride=(layer.time_stride, layer.band_stride), padding=(0, layer.pad),
        )  # fmt: skip
        mean, variance, gain, bias = (parameters[f"{name}.{p}"] for p in ("mean", "variance", "gain", "bias"))
        learns = self.training and torch.is_grad_enabled()
        y = F.batch_norm(y, mean, variance, gain, bias, learns, 1 - self.config.training.norm_momentum, NORM_EPSILON)
        return F.leaky_relu(y, LEAK).permute(0, 2, 3, 1)

    def adversarial_losses(self, positions: Tensor, real: Tensor) -> dict[str, Tensor]:
        """Least squares: the generator wants 1 for its motion; the discriminator 1 for real motion, and 0 for that."""
        parameters = {n: p for n, p in self.parameters_by_name().items() if n.startswith("discriminator.")}
        given = {name: parameter.detach() for name, parameter in parameters.items()}
        real_steps = steps_of(real)
        size = real_steps.square().mean().sqrt() + _TINY_STEP
        made_steps, real_steps = steps_of(positions) / size, real_steps / size
        return {
            "adversarial_generator": (discriminate(given, made_steps) - 1).square().mean(),
            "adversarial_discriminator": (discriminate(parameters, real_steps) - 1).square().mean()
            + discriminate(parameters, made_steps.detach()).square().mean(),
        }


def steps_of(positions: Tensor) -> Tensor:
    """Motion from one frame to the next, (B, T, J, D) to (B, T - 1, (J - 1) * D); without the root, the first joint."""
    return positions[:, :, 1:].diff(dim=1).flatten(2)


def discriminator_shapes(config: Speech2GestureConfig) -> dict[str, tuple[int, ...]]:
    """Name and shape of the discriminator's parameters: four convolutions of width 4, the middle two normalised."""
    width = config.training.discriminator_width
    inputs = (config.architecture.joints - 1) * config.architecture.dimensions
    shapes: dict[str, tuple[int, ...]] = {}
    for k, outputs in enumerate((width, 2 * width, 4 * width, 1)):
        shapes[f"discriminator.layer{k}.weight"] = (4 * inputs, outputs)
        shapes[f"discriminator.layer{k}.bias"] = (outputs,)
        if k in (1, 2):
            shapes[f"discriminator.layer{k}.gain"] = (outputs,)
        inputs = outputs
    return shapes


def discriminate(parameters: dict[str, Tensor], steps: Tensor) -> Tensor:
    """How real each patch of 34 steps of motion looks: (B, T, C) to (B, patches).

    Batch norm always goes by the batch, as no generation ever asks a discriminator.
    """
    y = steps.mT
    for k, stride in enumerate((2, 2, 1, 1)):
        name = f"discriminator.layer{k}"
        kernel, bias = parameters[f"{name}.weight"], parameters[f"{name}.bias"]
        kernel = kernel.reshape(4, -1, kernel.shape[1]).permute(2, 1, 0)
        if (gain := parameters.get(f"{name}.gain")) is not None:
            y = F.batch_norm(F.conv1d(y, kernel, stride=stride), None, None, gain, bias, True, 0.0, NORM_EPSILON)
        else:
            y = F.conv1d(y, kernel, bias, stride)
        if k < 3:
            y = F.leaky_relu(y, LEAK)
    return y[:, 0]
