"""What the modules that train a system have in common: parameters by name, and poses of normalised frames."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

from ..body.skeleton import JOINT_SETS
from ..model.settings import SystemArchitecture, SystemConfig
from .kinematics import forward_kinematics, sixd_to_matrix

ConfigOf = TypeVar("ConfigOf", bound=SystemConfig, covariant=True)
Pose = tuple[Tensor, Tensor | None]
"""Joint positions (B, T, J, 3 or 2), and in 3-D rotations (B, T, J, 3, 3)."""


class SystemModule(nn.Module, Generic[ConfigOf]):
    """Parameters of a system. Calling it gives every loss of a batch by name; `total_loss` is their weighted sum."""

    motion_mean: Tensor
    motion_std: Tensor

    def __init__(
        self, config: ConfigOf, shapes: Mapping[str, tuple[int, ...]], motion_mean: Tensor, motion_std: Tensor
    ) -> None:
        super().__init__()
        self.config: ConfigOf = config
        # Module parameters may not have dots in their names.
        self.weights: dict[str, nn.Parameter] = nn.ParameterDict(  # type: ignore[assignment]  # a dict in all but name
            {name.replace(".", "/"): nn.Parameter(torch.zeros(shape)) for name, shape in shapes.items()}
        )
        self.register_buffer("motion_mean", motion_mean)
        self.register_buffer("motion_std", motion_std)

    def parameters_by_name(self) -> dict[str, Tensor]:
        """The flat dict that the functions of `model` take, and what only training needs."""
        return {name.replace("/", "."): parameter for name, parameter in self.weights.items()}

    def forward(self, features: Tensor, motion: Tensor) -> dict[str, Tensor]:
        """Losses by name, unweighted, of (B, T, 64) log-mel and (B, T, motion_size) motion, both normalised.

        T is crop_frames + 2 loss_receptive_field: of T frames the middle crop_frames are judged.
        """
        raise NotImplementedError

    def total_loss(self, terms: Mapping[str, Tensor], step: int) -> Tensor:
        """The weighted sum of a batch's losses at this step."""
        raise NotImplementedError

    def pose(self, frames: Tensor) -> Pose:
        """Joint positions and rotations of normalised frames."""
        return pose_of(frames.float() * self.motion_std + self.motion_mean, self.config.architecture)


def weighted_sum(weights: Mapping[str, float], terms: Mapping[str, Tensor]) -> Tensor:
    """The sum of terms, each times the weight of its name."""
    return reduce(torch.add, [weights[name] * value for name, value in terms.items()])


def pose_of(frames: Tensor, architecture: SystemArchitecture) -> Pose:
    """Joint positions and rotations of frames of 6-D rotations (B, T, motion_size), views of components first.

    In 2-D the frames are the positions themselves, and there are no rotations.
    """
    if architecture.dimensions == 2:
        return frames.unflatten(-1, (-1, 2)), None
    with torch.autocast(frames.device.type, enabled=False):  # errors add up along the arm
        sixd = frames.unflatten(-1, (-1, 2, 3)).permute(3, 4, 2, 0, 1).contiguous()
        rotations = sixd_to_matrix(sixd)
        positions = forward_kinematics(rotations, JOINT_SETS[architecture.joints])
        return positions.permute(2, 3, 1, 0), rotations.permute(3, 4, 2, 0, 1)
