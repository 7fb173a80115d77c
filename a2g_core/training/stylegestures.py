"""Training of StyleGestures by the exact likelihood of every pose, given the previous poses and the speech."""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from ..model.baselines.stylegestures import (
    StyleGesturesConfig,
    coupling_scale,
    mixing_matrix,
    parameter_shapes,
    speech_context,
)
from .system_module import SystemModule

_FIXED = ("sign", "permutation", "initialised")


class StyleGestures(SystemModule[StyleGesturesConfig]):
    """The flow's parameters, those of `model.baselines.stylegestures` and whether the actnorms are set."""

    def __init__(self, config: StyleGesturesConfig, motion_mean: Tensor, motion_std: Tensor) -> None:
        shapes = {**parameter_shapes(config.architecture), "initialised": (1,)}
        super().__init__(config, shapes, motion_mean, motion_std)
        for name, parameter in self.weights.items():
            parameter.requires_grad_(not name.endswith(_FIXED))
        self._draw_parameters()

    @torch.no_grad()
    def _draw_parameters(self) -> None:
        """Random rotations, torch's default LSTM initialisation, and couplings close to identity (`out` stays 0)."""
        bound = self.config.architecture.hidden_size**-0.5
        for name, weight in self.weights.items():
            if "/lstm" in name:
                nn.init.uniform_(weight, -bound, bound)
        nn.init.xavier_uniform_(self.weights["audio/weight"])
        size = self.config.architecture.motion_size
        for k in range(self.config.architecture.flow_steps):
            rotation = torch.linalg.qr(torch.randn(size, size))[0]
            permutation, lower, upper = torch.linalg.lu(rotation)
            diagonal = upper.diagonal()
            parts = {
                "permutation": permutation.argmax(1), "lower": lower, "upper": upper,
                "sign": diagonal.sign(), "log_diagonal": diagonal.abs().log(),
            }  # fmt: skip
            for part, value in parts.items():
                self.weights[f"step{k}/mix/{part}"].copy_(value)

    def forward(self, features: Tensor, motion: Tensor) -> dict[str, Tensor]:
        """{"nll": nats per channel}. The first batch in training also sets the actnorms."""
        if self.training:
            motion = motion + self.config.training.data_noise * torch.randn_like(motion)
        noise, log_det = self.encode(features, motion)
        log_density = -0.5 * (noise**2 + math.log(2 * math.pi)).sum(-1) + log_det
        return {"nll": -log_density.mean() / self.config.architecture.motion_size}

    def total_loss(self, terms: Mapping[str, Tensor], step: int) -> Tensor:
        """The negative log-likelihood, the only loss."""
        return terms["nll"]

    @torch.compiler.disable  # type: ignore[untyped-decorator]  # a compiler would unroll the LSTMs, frame by frame
    def encode(self, features: Tensor, motion: Tensor) -> tuple[Tensor, Tensor]:
        """The noise of each middle frame, (B, n, motion_size), and log|d noise / d frame|, (B, n)."""
        with torch.autocast(motion.device.type, enabled=False):  # the way back must undo every bit of the way here
            architecture, p = self.config.architecture, self.parameters_by_name()
            beyond = architecture.loss_receptive_field
            context = self._context(p, features, motion)
            x = motion[:, beyond:-beyond].transpose(0, 1)  # time first, as torch's LSTM has it
            log_det = x.new_zeros(x.shape[:2])
            first = self.training and not bool(p["initialised"])
            for k in range(architecture.flow_steps):
                if first:
                    self._set_norm(k, x.detach())
                x = (x + p[f"step{k}.norm.bias"]) * p[f"step{k}.norm.log_scale"].exp()
                x = x @ mixing_matrix(p, k)
                kept, moved = x.split([architecture.kept_size, x.shape[-1] - architecture.kept_size], dim=-1)
                shift, scale = self._couple(p, k, torch.cat([context, kept], -1))
                x = torch.cat([kept, (moved + shift) * scale], -1)
                constant = p[f"step{k}.norm.log_scale"].sum() + p[f"step{k}.mix.log_diagonal"].sum()
                log_det = log_det + constant + scale.log().sum(-1)
            if first:
                self._share_norms()
        return x.transpose(0, 1), log_det.transpose(0, 1)

    def _context(self, p: dict[str, Tensor], features: Tensor, motion: Tensor) -> Tensor:
        """Speech around and poses before every middle frame, (n, B, channels), time first."""
        architecture = self.config.architecture
        beyond, history = architecture.loss_receptive_field, architecture.history_frames
        n, before = motion.shape[1] - 2 * beyond, beyond - history
        after = beyond + n + architecture.lookahead_frames
        speech = speech_context(p, features[:, before:after], architecture)
        poses = torch.stack([motion[:, before + k : before + k + n] for k in range(history)], 2)
        if self.training:
            poses = poses * (torch.rand_like(poses[..., :1]) >= self.config.training.history_dropout)
        return torch.cat([speech, poses.flatten(2)], -1).transpose(0, 1)

    def _couple(self, p: dict[str, Tensor], k: int, x: Tensor) -> tuple[Tensor, Tensor]:
        """Shift and scale of a step's moved channels, (n, B, channels) each, from an LSTM that begins empty."""
        hidden, layers = self.config.architecture.hidden_size, self.config.architecture.lstm_layers
        flat = []
        for layer in range(layers):
            weight, bias = p[f"step{k}.lstm{layer}.weight"], p[f"step{k}.lstm{layer}.bias"]
            flat += [weight[:-hidden].T, weight[-hidden:].T, bias, torch.zeros_like(bias)]  # torch has two biases
        empty = x.new_zeros(layers, x.shape[1], hidden)
        out = torch.lstm(x, (empty, empty), flat, True, layers, 0.0, self.training, False, False)[0]
        shift, raw = (out @ p[f"step{k}.out.weight"] + p[f"step{k}.out.bias"]).chunk(2, -1)
        return shift, coupling_scale(raw)

    @torch.no_grad()
    def _set_norm(self, k: int, x: Tensor) -> None:
        """Zero mean and unit standard deviation after this step's actnorm, for this batch."""
        self.weights[f"step{k}/norm/bias"].copy_(-x.mean((0, 1)))
        self.weights[f"step{k}/norm/log_scale"].copy_(-x.std((0, 1)).clamp(min=1e-6).log())

    @torch.no_grad()
    def _share_norms(self) -> None:
        """Remember that the actnorms are set; of several processes, each with a batch of its own, rank 0 decides."""
        self.weights["initialised"].fill_(1)
        if torch.distributed.is_available() and torch.distributed.is_initialized():
            for name, weight in self.weights.items():
                if "/norm/" in name:
                    torch.distributed.broadcast(weight, 0)
